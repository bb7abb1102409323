//! What people say of the alerts that the last days raised.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Outcomes that people gave, with a word.
const SAID: [(&str, &str); 4] = [
    ("legitimate", "Stock for the shutdown; they told us in October."),
    ("customer_error", "A pallet too many in the portal; corrected the same day."),
    ("legitimate", "Their new line starts next month."),
    ("confirmed_fraud", "Nobody of the company ordered this; the mailbox was taken over."),
];

/// Closes some, takes one on, and leaves the rest open.
pub(super) async fn label(stage: &Stage) -> Result<(), Failure> {
    let page = stage.call("leo", Call::to("alert_list").with("state", Some("open"))).await?;
    let found = page["items"].as_array().cloned().unwrap_or_default();
    // The oldest first, and never the last ones.
    let mut alerts = found.iter().rev().take(found.len() / 2);
    if let Some(alert) = alerts.next() {
        stage.call("leo", Call::to("alert_acknowledge").place(id(alert)).json(&json!({}))?).await?;
    }
    for (alert, (outcome, comment)) in alerts.zip(SAID) {
        let body = json!({"outcome": outcome, "comment": comment});
        stage.call("leo", Call::to("alert_close").place(id(alert)).json(&body)?).await?;
    }
    Ok(())
}

fn id(alert: &Value) -> &str {
    alert["id"].as_str().unwrap_or_default()
}
