//! Customers who are being taken on: some done within hours, the others each at another step.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::demo::spare_tax_id;
use crate::door::Call;
use crate::failure::Failure;

/// Who applies.
struct Applicant {
    name: &'static str,
    form: &'static str,
    slug: &'static str,
    entity: &'static str,
    country: &'static str,
    /// Street, city, postal code.
    place: [&'static str; 3],
    /// Name, and what they are.
    contact: [&'static str; 2],
    kind: &'static str,
    /// First name of the account manager.
    manager: &'static str,
    limit: &'static str,
}

#[rustfmt::skip]
const QUARRY: Applicant = Applicant { name: "Quarry Bank Aggregates", form: "Ltd", slug: "quarry-bank", entity: "UK", country: "GB", place: ["4 Quarry Bank Lane", "Derby", "DE1 2QY"], contact: ["Imogen Slater", "Managing Director"], kind: "enterprise", manager: "owen", limit: "40000.00" };
#[rustfmt::skip]
const TERN: Applicant = Applicant { name: "Tern Harbor Cold Storage", form: "LLC", slug: "tern-harbor", entity: "US", country: "US", place: ["900 Wharf Street", "Savannah", "31401"], contact: ["Duane Pickett", "Operations Director"], kind: "enterprise", manager: "priya", limit: "75000.00" };
#[rustfmt::skip]
const KADE: Applicant = Applicant { name: "Zuiderkade Koeltransport", form: "B.V.", slug: "zuiderkade", entity: "EU", country: "NL", place: ["Zuiderkade 18", "Breda", "4811 XC"], contact: ["Femke Hoogland", "Directeur"], kind: "wholesale", manager: "ines", limit: "30000.00" };
#[rustfmt::skip]
const COPPER: Applicant = Applicant { name: "Copperline Elevators", form: "Inc.", slug: "copperline", entity: "US", country: "US", place: ["77 Jackson Street", "Omaha", "68102"], contact: ["Renee Aldous", "President"], kind: "distributor", manager: "daniel", limit: "120000.00" };
#[rustfmt::skip]
const GLEN: Applicant = Applicant { name: "Glenmorrow Distillery Supply", form: "Ltd", slug: "glenmorrow", entity: "UK", country: "GB", place: ["12 Burn Road", "Inverness", "IV1 1AA"], contact: ["Hamish Orr", "Owner"], kind: "enterprise", manager: "owen", limit: "15000.00" };
#[rustfmt::skip]
const HARROW: Applicant = Applicant { name: "Harrow & Pike Orchards", form: "Co.", slug: "harrow-pike", entity: "US", country: "US", place: ["3100 Orchard Loop", "Yakima", "98901"], contact: ["Wilma Pike", "Partner"], kind: "wholesale", manager: "daniel", limit: "25000.00" };

#[rustfmt::skip]
const MILL: Applicant = Applicant { name: "Mill Street Bearings", form: "LLC", slug: "mill-street", entity: "US", country: "US", place: ["512 Mill Street", "Dayton", "45402"], contact: ["Carla Benning", "Purchasing Manager"], kind: "distributor", manager: "priya", limit: "30000.00" };
#[rustfmt::skip]
const ALDER: Applicant = Applicant { name: "Alder & Finch Packaging", form: "Inc.", slug: "alder-finch", entity: "US", country: "US", place: ["88 Finch Avenue", "Rockford", "61101"], contact: ["Noel Finch", "Controller"], kind: "wholesale", manager: "daniel", limit: "20000.00" };
#[rustfmt::skip]
const FJORD: Applicant = Applicant { name: "Fjordline Maskin", form: "B.V.", slug: "fjordline", entity: "EU", country: "NL", place: ["Havenkade 3", "Groningen", "9723 AB"], contact: ["Marit Dekker", "Inkoop"], kind: "enterprise", manager: "ines", limit: "45000.00" };
#[rustfmt::skip]
const BIRCH: Applicant = Applicant { name: "Birchover Stoneworks", form: "Ltd", slug: "birchover", entity: "UK", country: "GB", place: ["1 Quarry Road", "Matlock", "DE4 2BL"], contact: ["Alan Wragg", "Finance Director"], kind: "enterprise", manager: "owen", limit: "18000.00" };

/// What people look into before anybody decides.
const LOOKED_INTO: [&str; 5] = ["registry", "tax_id", "screening", "documents", "credit"];

impl Applicant {
    fn application(&self, place: usize) -> Value {
        let currency = match self.entity {
            "EU" => "EUR",
            "UK" => "GBP",
            _ => "USD",
        };
        let [street, city, postal_code] = self.place;
        let [name, title] = self.contact;
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        json!({
            "account": {
                "name": self.name,
                "legal_name": format!("{} {}", self.name, self.form),
                "email": format!("office@{}.example", self.slug),
                "billing_email": format!("ap@{}.example", self.slug),
                "website": format!("https://{}.example", self.slug),
                "owning_entity": self.entity,
                "customer_type": self.kind,
                "tier": "preferred",
                "currency": currency,
                "payment_terms": "NET30",
                "credit_limit": {"amount": self.limit, "currency": currency},
                "tax_id": spare_tax_id(self.country, place),
                "contacts": [{"name": name, "title": title, "role": "decision_maker", "is_primary": true,
                              "emails": [format!("{first}@{}.example", self.slug)]}],
                "addresses": [{"kinds": ["billing", "shipping"], "lines": [street], "city": city,
                               "postal_code": postal_code, "country": self.country, "is_default": true}],
            },
            "owners": [{"name": name, "percent": 80, "controls": true, "country": self.country}],
        })
    }
}

/// Three business days ago: two are taken on within hours, another waits for a register ever since.
pub(super) async fn first(stage: &Stage) -> Result<(), Failure> {
    let quarry = with_papers(stage, &QUARRY, 0).await?;
    let kade = start(stage, &KADE, 1).await?;
    let mill = with_papers(stage, &MILL, 6).await?;
    stage.go_to(1, 15).await?;
    look_into(stage, &kade, &["tax_id", "documents"]).await?;
    take_on(stage, &quarry).await?;
    stage.go_to(1, 16).await?;
    take_on(stage, &mill).await
}

/// Two business days ago: two are taken on, one of them later than promised.
pub(super) async fn between(stage: &Stage) -> Result<(), Failure> {
    let alder = with_papers(stage, &ALDER, 7).await?;
    let fjord = with_papers(stage, &FJORD, 8).await?;
    stage.go_to(2, 17).await?;
    take_on(stage, &alder).await?;
    stage.go_to(2, 19).await?;
    take_on(stage, &fjord).await
}

/// The day before: one is taken on, one withdraws, one waits for its contract, one owes us its papers.
pub(super) async fn second(stage: &Stage) -> Result<(), Failure> {
    let birch = with_papers(stage, &BIRCH, 9).await?;
    let harrow = with_papers(stage, &HARROW, 2).await?;
    let glen = start(stage, &GLEN, 3).await?;
    start(stage, &TERN, 4).await?;
    stage.go_to(3, 16).await?;
    take_on(stage, &birch).await?;
    look_into(stage, &harrow, &LOOKED_INTO).await?;
    approve(stage, &harrow).await?;
    let reason = json!({"reason": "They stay with their present supplier for another year."});
    let call = Call::to("onboarding_withdraw").place(&id(&glen)).json(&reason)?;
    let asked = stage.call("owen", call).await?;
    if asked["steps"][0]["role"].is_string() {
        stage.settle(asked).await?;
    }
    Ok(())
}

/// Two hours ago one applied.
pub(super) async fn third(stage: &Stage) -> Result<Value, Failure> {
    with_papers(stage, &COPPER, 5).await
}

/// And waits now for the people who decide.
pub(super) async fn fourth(stage: &Stage, copper: &Value) -> Result<(), Failure> {
    look_into(stage, copper, &LOOKED_INTO).await
}

/// Starts a case whose papers came with the application, so that nobody waits for the customer.
async fn with_papers(stage: &Stage, applicant: &Applicant, place: usize) -> Result<Value, Failure> {
    let case = start(stage, applicant, place).await?;
    look_into(stage, &case, &["documents"]).await?;
    Ok(case)
}

/// From what is looked into to the welcome.
async fn take_on(stage: &Stage, case: &Value) -> Result<(), Failure> {
    look_into(stage, case, &LOOKED_INTO).await?;
    approve(stage, case).await?;
    step(stage, case, "contract", "complete", "Signed on paper, filed with the application.").await?;
    until(stage, case, "provisioning", &["running", "passed"]).await?;
    look_into(stage, case, &["provisioning", "welcome"]).await
}

fn id(case: &Value) -> String {
    case["id"].as_str().unwrap_or_default().to_owned()
}

async fn start(stage: &Stage, applicant: &Applicant, place: usize) -> Result<Value, Failure> {
    let call = Call::to("onboarding_start").json(&applicant.application(place))?;
    stage.call(applicant.manager, call).await
}

async fn step(stage: &Stage, case: &Value, name: &str, verb: &str, why: &str) -> Result<Value, Failure> {
    let operation = format!("onboarding_step_{verb}");
    let call = Call::to(&operation).place(&id(case)).place(name).json(&json!({"reason": why}))?;
    stage.call("helen", call).await
}

fn state<'c>(case: &'c Value, name: &str) -> &'c str {
    let mut steps = case["steps"].as_array().into_iter().flatten();
    let found = steps.find(|step| step["step"] == name);
    found.and_then(|step| step["state"].as_str()).unwrap_or_default()
}

async fn read(stage: &Stage, case: &Value) -> Result<Value, Failure> {
    stage.call("helen", Call::to("onboarding_get").place(&id(case))).await
}

/// Completes by hand what is not done yet.
async fn look_into(stage: &Stage, case: &Value, names: &[&str]) -> Result<(), Failure> {
    const PAPERS: &str = "The extract and the papers of this week have the same name and number.";
    const CREDIT: &str = "Two suppliers of theirs and the plan of the first year bear the limit out.";
    for name in names {
        let why = if *name == "credit" { CREDIT } else { PAPERS };
        let now = read(stage, case).await?;
        if now["state"] == "open" && !matches!(state(&now, name), "passed" | "waived") {
            step(stage, case, name, "complete", why).await?;
        }
    }
    Ok(())
}

/// Waits, five seconds at most, until a step is in one of some states: what Kith does by itself takes a moment.
async fn until(stage: &Stage, case: &Value, name: &str, states: &[&str]) -> Result<Value, Failure> {
    for _ in 0..100 {
        let now = read(stage, case).await?;
        if states.contains(&state(&now, name)) {
            return Ok(now);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Failure::Here(format!("the step {name} of {} does not go on", id(case))))
}

/// Lets the approvers agree, once the change is there.
async fn approve(stage: &Stage, case: &Value) -> Result<(), Failure> {
    until(stage, case, "approvals", &["running", "pending_external"]).await?;
    for _ in 0..100 {
        let waiting = stage.call("helen", Call::to("change_list").with("state", Some("waiting"))).await?;
        let changes = waiting["items"].as_array().cloned().unwrap_or_default();
        let found = changes.into_iter().find(|change| {
            change["operation"] == "onboarding_approve"
                && [&case["id"], &case["account"]].contains(&&change["target"])
        });
        if let Some(change) = found {
            return stage.settle(change).await.map(drop);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Failure::Here(format!("nobody is asked to agree to {}", id(case))))
}
