//! Views that people keep.

use kith_api::request::ViewSave;

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Whose, name, filter, sort; what a manager keeps is seen by everybody.
const VIEWS: &[(&str, &str, &str, &str)] = &[
    (
        "ruth",
        "Premium, slipping",
        "tier == \"premium\" && order_trend_label_90d == \"declining\" && service_issues_30d > 0",
        "health",
    ),
    ("ruth", "Large and overdue", "overdue_balance > 0", "-overdue_balance"),
    ("ruth", "Silent for 60 days", "days_since_last_order >= 60", "-days_since_last_order"),
    ("ruth", "Growing", "order_trend_label_90d == \"growing\"", "-revenue_365d"),
    ("leo", "Late for more than a month", "oldest_overdue_days > 30", "-oldest_overdue_days"),
    ("leo", "On credit hold", "credit_hold == true", "-overdue_balance"),
    ("priya", "My premium customers", "tier == \"premium\" && owning_entity == \"US\"", "health"),
    ("maya", "Unhappy", "nps_365d < 0", "nps_365d"),
];

/// Saves them.
pub(super) async fn save(stage: &Stage) -> Result<(), Failure> {
    for (who, name, filter, sort) in VIEWS {
        let view = ViewSave {
            name: (*name).to_owned(),
            shared: *who == "ruth",
            filter: (*filter).to_owned(),
            sort: (*sort).to_owned(),
            ..ViewSave::default()
        };
        stage.call(who, Call::to("view_save").json(&view)?).await?;
    }
    Ok(())
}
