//! Files of customers: one brought in, one that waits half-way with faults to mend.

use axum::body::Bytes;
use serde_json::Value;

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Customers of a shop that was taken over.
const DONE: &str = "Account ID,Account Name,Email,Phone,Billing Street,Billing City,Billing Postal Code,Billing Country,Payment Terms,Tier\n\
    HV-001,Hollow Vale Trailers,accounts@hollow-vale.example,+44 1332 555 0141,8 Mill Row,Derby,DE1 3LZ,GB,NET30,standard\n\
    HV-002,Kettlewick Springs,office@kettlewick.example,+44 1332 555 0142,2 Forge Close,Burton,DE14 1AA,GB,NET30,standard\n\
    HV-003,Brayford Lifting,hello@brayford-lifting.example,+44 1522 555 0143,91 Dock Street,Lincoln,LN1 1YX,GB,NET30,preferred\n\
    HV-004,Saltmarsh Boatyard,post@saltmarsh-boatyard.example,+44 1502 555 0144,1 Quay Lane,Lowestoft,NR32 1BB,GB,NET15,standard\n";

/// Prospects of a trade fair, typed by hand.
const HALF_WAY: &str = "Account ID,Account Name,Email,Billing City,Billing Country,Payment Terms,Tier\n\
    TF-01,Ardmore Silos,info@ardmore-silos.example,Ardmore,US,NET30,standard\n\
    TF-02,Bellhaven Ice,bellhaven(at)ice.example,Norfolk,US,NET30,standard\n\
    TF-03,Cobalt Ridge Quarries,office@cobalt-ridge.example,Elko,US,NET30,platinum\n\
    TF-04,Dunmore Presses,sales@dunmore-presses.example,Scranton,US,NET33,standard\n\
    TF-05,Ardmore Silos,info@ardmore-silos.example,Ardmore,US,NET30,standard\n\
    TF-06,Emberline Foundry,hello@emberline.example,Gary,US,NET30,preferred\n";

async fn bring(stage: &Stage, file: &'static str, entity: &str, execute: bool) -> Result<Value, Failure> {
    let call = Call::to("import_create")
        .with("format", Some("csv"))
        .with("source_system", Some("crm"))
        .with("entity", Some(entity))
        .with("map", Some("salesforce"))
        .flag("execute", execute)
        .bytes("text/csv", Bytes::from_static(file.as_bytes()));
    stage.call("tomasz", call).await
}

/// Brings in the first file; its manager agrees.
pub(super) async fn done(stage: &Stage) -> Result<(), Failure> {
    let staged = bring(stage, DONE, "UK", true).await?;
    let Some(change) = staged["change"].as_str() else { return Ok(()) };
    let approve = Call::to("change_approve").place(change).json(&serde_json::json!({}))?;
    stage.call("ruth", approve).await.map(drop)
}

/// Looks at the second one, and leaves it.
pub(super) async fn half_way(stage: &Stage) -> Result<(), Failure> {
    bring(stage, HALF_WAY, "US", false).await.map(drop)
}
