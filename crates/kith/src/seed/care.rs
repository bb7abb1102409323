//! Teams, codes and fields of the demo: there before the first account refers to them.

use jiff::civil::Date;
use kith_api::request::{CodeAdd, TeamCreate};
use kith_api::view::ChangeView;
use serde_json::{Value, json};

use super::people::People;
use crate::demo::{CODES, TEAMS, fields, price_lists};
use crate::door::{Call, Door, Local};
use crate::failure::Failure;

/// Makes what accounts refer to.
pub(super) async fn prepare(door: &Door, people: &People, today: Date) -> Result<(), Failure> {
    for (kind, code, label) in CODES {
        let add =
            CodeAdd { code: (*code).to_owned(), label: Some((*label).to_owned()), ..CodeAdd::default() };
        door.call(Call::to("code_add").place(kind).json(&add)?).await?;
    }
    for field in fields() {
        door.call(Call::to("custom_field_add").json(&field)?).await?;
    }
    for list in price_lists(today) {
        door.call(Call::to("price_list_create").json(&list)?).await?;
    }
    for team in TEAMS {
        let members: Result<Vec<String>, Failure> =
            team.members.iter().map(|name| people.id(&format!("{name}@meridian.example"))).collect();
        let members = members?;
        let create = TeamCreate {
            code: team.code.to_owned(),
            name: team.name.to_owned(),
            lead: members.first().cloned(),
            entity: team.entity.map(str::to_owned),
            retired: None,
            members: Some(members),
        };
        door.call(Call::to("team_create").json(&create)?).await?;
    }
    Ok(())
}

/// Asks for what other entities agreed with a customer.
pub(super) async fn agree(
    local: &Local,
    people: &People,
    account: &str,
    overrides: &Value,
) -> Result<ChangeView, Failure> {
    let door = Door::Local(local.of(people.with_role("manager")?));
    let read = door.call(Call::to("account_get").place(account)).await?;
    let version = read.etag.ok_or_else(|| Failure::Here(format!("{account}: no version")))?;
    let patch = json!({"overrides": overrides, "reason": "Agreed with our company over there."});
    let call = Call::to("account_update").place(account).json(&patch)?.header("if-match", version);
    door.call(call).await?.json()
}
