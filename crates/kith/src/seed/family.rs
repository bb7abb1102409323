//! Groups of companies, and how companies hang together otherwise.

use serde_json::json;

use super::account::Created;
use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Subsidiaries of each group, from the largest.
const GROUPS: [usize; 4] = [4, 3, 2, 2];

/// Puts companies under their parents.
pub(super) async fn groups(stage: &Stage) -> Result<(), Failure> {
    let mut parents = stage.steady("strategic", "US").chain(stage.steady("premium", "US").skip(30));
    let mut children = stage.steady("standard", "US").skip(30).step_by(7);
    for size in GROUPS {
        let Some(parent) = parents.next() else { return Ok(()) };
        let mut above = parent;
        for place in 0..size {
            let Some(child) = children.next() else { return Ok(()) };
            belongs(stage, child, above).await?;
            // The second one has subsidiaries of its own.
            if place == 1 {
                above = child;
            }
        }
    }
    related(stage).await
}

async fn belongs(stage: &Stage, child: &Created, parent: &Created) -> Result<(), Failure> {
    let body = json!({"parent": parent.id, "valid_from": stage.calendar.day(-500), "reason": "As their annual report says."});
    stage.settled("priya", Call::to("account_parent_set").place(&child.id).json(&body)?).await.map(drop)
}

async fn related(stage: &Stage) -> Result<(), Failure> {
    let mut premium = stage.steady("premium", "US").skip(20);
    let kinds = ["guarantor_of", "distributor_of", "bills_to"];
    for kind in kinds {
        let (Some(one), Some(other)) = (premium.next(), premium.next()) else { return Ok(()) };
        let body = json!({"to": other.id, "type": kind, "source": "Told by the customer"});
        let call = Call::to("relationship_add").place(&one.id).json(&body)?;
        let change = stage.call("ruth", call).await?;
        if change["steps"].is_array() {
            stage.settle(change).await?;
        }
    }
    Ok(())
}
