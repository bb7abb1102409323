//! A list of sanctions and of people in office, made up, and what people say of whom it names.

use std::fmt::Write as _;
use std::time::Duration;

use axum::body::Bytes;
use serde_json::{Value, json};

use super::account::Created;
use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// Entries that nobody of the company's customers is: id, name, aliases, kind, country, year of birth.
const ENTRIES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("FIC-0001", "Meridional Phantom Shipping Lines", "MPSL", "company", "PA", ""),
    ("FIC-0002", "Graumark Arsenal Combine", "Graumark Arms", "company", "", ""),
    ("FIC-0003", "Rodrigo Valdespino Imaginario", "", "person", "BO", "1961"),
    ("FIC-0004", "Ruritanian State Forge", "Ruritania Forge Works", "company", "", ""),
    ("FIC-0005", "Zelda Nowhere-Straszny", "Z. Nowhere", "person", "PL", "1958"),
    ("FIC-0006", "MV Invented Tide", "", "vessel", "LR", ""),
    ("FIC-0007", "Borduria Trade Bank", "BTB", "company", "", ""),
    ("FIC-0008", "Ministry of Fabricated Works of Syldavia", "", "company", "", ""),
];

/// How the list names somebody like an account: the words of its entry, made of the account's name.
fn alike(account: &Created, place: usize) -> (String, &'static str) {
    match place {
        // The very name, elsewhere: a person must look.
        0 => (account.name.clone(), "KP"),
        1 => (format!("{} Trading", account.name), "IR"),
        2 => (account.name.replace(' ', "-"), "SY"),
        // Nothing tells them apart: it is held at once.
        3 => (account.name.clone(), ""),
        _ => (format!("{} International", account.name), ""),
    }
}

/// Accounts that the list seems to name.
fn named(stage: &Stage) -> impl Iterator<Item = &Created> {
    stage.steady("standard", "EU").take(3).chain(stage.steady("preferred", "UK").take(3))
}

/// Puts the list in force: every account is screened.
pub(super) async fn in_force(stage: &Stage) -> Result<(), Failure> {
    let mut list = String::from("id,name,aliases,kind,country,birth_date\n");
    for (id, name, aliases, kind, country, birth) in ENTRIES {
        writeln!(list, "{id},{name},{aliases},{kind},{country},{birth}").unwrap_or_default();
    }
    for (place, account) in named(stage).enumerate() {
        let (name, country) = alike(account, place);
        writeln!(list, "FIC-1{place:03},\"{name}\",,company,{country},").unwrap_or_default();
    }
    let call = Call::to("screening_list_load").with("name", Some("fictitious"));
    stage.call("grace", call.bytes("application/octet-stream", Bytes::from(list))).await.map(drop)
}

/// The hits that are there, once the accounts are screened.
async fn hits(stage: &Stage) -> Result<Vec<Value>, Failure> {
    let mut seen = 0;
    for _ in 0..80 {
        let page = stage.call("yusuf", Call::to("screening_hit_list").with("state", Some("open"))).await?;
        let found = page["items"].as_array().cloned().unwrap_or_default();
        if !found.is_empty() && found.len() == seen {
            return Ok(found);
        }
        seen = found.len();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(Vec::new())
}

/// What officers say: two are other companies, and a second one agrees on the first of them; one is not clear, one is looked at,
/// the rest waits.
pub(super) async fn dispositions(stage: &Stage) -> Result<(), Failure> {
    let said = [
        (
            "false_positive",
            "Another company: ours was founded here in 1987 and trades in bearings.",
            "Extract of the register.",
        ),
        ("false_positive", "The word Trading is all that they share.", "Ownership chart and website."),
        ("inconclusive", "The register of that country does not answer.", "Two requests, no reply."),
    ];
    let mut hits = hits(stage).await?.into_iter().rev();
    for (place, (disposition, reason, evidence)) in said.into_iter().enumerate() {
        let Some(hit) = hits.next() else { return Ok(()) };
        let hit = hit["id"].as_str().unwrap_or_default();
        stage.call("yusuf", Call::to("screening_hit_review").place(hit).json(&json!({}))?).await?;
        let body = json!({"disposition": disposition, "reason": reason, "evidence": evidence});
        stage.call("yusuf", Call::to("screening_hit_dispose").place(hit).json(&body)?).await?;
        if place == 0 {
            let agreed = json!({"disposition": disposition, "reason": "Checked once more: another company.", "evidence": evidence});
            stage.call("ingrid", Call::to("screening_hit_dispose").place(hit).json(&agreed)?).await?;
        }
    }
    let Some(hit) = hits.next() else { return Ok(()) };
    let hit = hit["id"].as_str().unwrap_or_default();
    stage.call("ingrid", Call::to("screening_hit_review").place(hit).json(&json!({}))?).await.map(drop)
}
