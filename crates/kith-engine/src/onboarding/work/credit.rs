//! The step of credit: a bureau is asked where one is configured, what it says feeds the risk score, and a limit is proposed
//! or payment in advance agreed (D§2.3).

use kith_connect::provider::{ProviderKind, Rating};
use kith_domain::command::Command as Whole;
use kith_domain::risk::{BureauReport, Command, Risk};
use kith_domain::value::{Currency, Money};
use kith_risk::score::BureauScale;
use kith_store::Fault;

use super::outside::{Told, ask, identifier, query};
use super::{Desk, Finding, Proof, StepWork, Work};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::execute::Request;
use crate::noun::load;

/// Days after which a bureau is asked again.
const FRESH_DAYS: i64 = 180;
/// How evidence of a bureau that knows nothing is called: it is not asked again and again.
const UNKNOWN: &str = "bureau";

/// How much it may owe.
pub(super) struct Credit;

impl StepWork for Credit {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(credit(desk))
    }
}

async fn credit(desk: &Desk) -> Result<Finding, Fault> {
    if desk.case.application.prepay {
        return Ok(Finding::passed("It pays in advance."));
    }
    let asked = match bureau(desk).await? {
        Ok(proofs) => proofs,
        Err(finding) => return Ok(finding),
    };
    let mut proofs = asked;
    proofs.extend(assessed(desk).await?);
    let Some(limit) = desk.account.credit_limit else {
        let ask = "No limit is proposed yet: set one on the account, or agree on payment in advance.";
        return Ok(Finding::ours(ask).with(proofs));
    };
    proofs.push(Proof::of("account", format!("Credit limit {limit}.")));
    let name = desk.account.id.to_string();
    let Some(worth) = desk.engine.limit_worth(&Caller::system(), &name).await? else {
        return Ok(Finding::ours("What limit it is worth cannot be told: decide on it.").with(proofs));
    };
    proofs.push(Proof::of("limit_proposal", format!("Worth a limit of {}.", worth.limit)));
    proofs.extend(worth.rails.into_iter().map(|rail| Proof::of("limit_proposal", rail)));
    Ok(match worth.is_enough {
        Some(true) => Finding::passed("The limit is within what it is worth."),
        Some(false) => Finding::ours("The limit is above what it is worth: decide on it."),
        None => Finding::ours("The limit cannot be compared for want of an exchange rate: decide on it."),
    }
    .with(proofs))
}

/// What the last look of this step rests on.
fn said_before(desk: &Desk, source: &str) -> Option<Proof> {
    let step = desk.case.steps.get(&kith_domain::onboarding::StepName::Credit)?;
    let held = step.trail.last()?.evidence.iter().find(|one| one.source == source)?;
    Some(Proof {
        as_of: held.as_of.clone(),
        ..Proof::of(source, held.text.get().cloned().unwrap_or_default())
    })
}

/// Asks a bureau, unless there is a fresh word of one; what ends the step otherwise is the finding.
async fn bureau(desk: &Desk) -> Result<Result<Vec<Proof>, Finding>, Fault> {
    let providers = desk.engine.providers().of(ProviderKind::Bureau);
    let name = desk.account.id.to_string();
    let risk = desk.engine.store().read(move |reader| load::<Risk>(reader, &name)).await?.state;
    if let Some(report) = &risk.bureau {
        let age = desk.today.since(report.reported_on).map_or(i64::MAX, |span| i64::from(span.get_days()));
        if report.is_insolvent {
            return Ok(Err(Finding::failed("A bureau reports an insolvency.").with([proof(report)])));
        }
        if age <= FRESH_DAYS || providers.is_empty() {
            return Ok(Ok(vec![proof(report)]));
        }
    }
    if providers.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    if let Some(before) = said_before(desk, UNKNOWN) {
        return Ok(Ok(vec![before]));
    }
    let number = identifier(desk, &["duns", "company_reg", "registration"]);
    let told = match ask(providers, query(desk, number)).await? {
        Err(down) => return Ok(Err(Finding::pending(format!("The bureau does not answer: {down}")))),
        Ok(None) => return Ok(Ok(vec![Proof::of(UNKNOWN, "No bureau knows the company.")])),
        Ok(Some(told)) => told,
    };
    let Some(rating) = told.found.rating() else {
        let text = format!("{} knows the company and rates it not.", told.by);
        return Ok(Ok(vec![Proof::of(UNKNOWN, text)]));
    };
    record(desk, &told, &rating).await
}

/// What the bureau says counts in the risk score from now on.
async fn record(desk: &Desk, told: &Told, rating: &Rating) -> Result<Result<Vec<Proof>, Finding>, Fault> {
    let unreadable = |why: &str| {
        let text = format!("{} says {} {}: {why}", told.by, rating.scale, rating.value);
        Ok(Ok(vec![Proof::of(UNKNOWN, text)]))
    };
    let Some(scale) = BureauScale::ALL.into_iter().find(|scale| scale.as_str() == rating.scale) else {
        return unreadable("no scale that is known.");
    };
    let day = told.found.as_of.as_deref().and_then(|text| text.get(..10)?.parse().ok());
    let report = BureauReport {
        bureau: told.by.clone(),
        scale,
        value_millionths: millionths(rating.value),
        reported_on: day.unwrap_or(desk.today),
        recommended_limit: rating.limit.as_ref().and_then(|(amount, code)| {
            let currency =
                code.as_deref().and_then(|code| code.parse::<Currency>().ok()).or(desk.account.currency)?;
            Money::parse(amount, currency).ok()
        }),
        insured_limit: None,
        is_insolvent: rating.insolvent,
    };
    let shown = proof(&report);
    let insolvent = report.is_insolvent;
    let command = Command::RecordBureau { report: Box::new(report) };
    let command = Whole::Risk { id: desk.account.id, command };
    let answer = desk.engine.execute(&Caller::system(), Request::from(command)).await?.answer;
    Ok(match answer {
        Answer::Refused(refusal) => return unreadable(&refusal.sentence),
        _ if insolvent => Err(Finding::failed("A bureau reports an insolvency.").with([shown])),
        Answer::Done(_) | Answer::Waiting(_) => Ok(vec![shown]),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and bounded by the rule of the report")]
fn millionths(value: f64) -> i64 {
    (value.clamp(-1e6, 1e6) * 1e6).round() as i64
}

fn proof(report: &BureauReport) -> Proof {
    let value = report.value_millionths as f64 / 1e6;
    let limit = report.recommended_limit.map_or_else(String::new, |limit| format!("; it recommends {limit}"));
    let text = format!("{} {value}{limit}.", report.scale.as_str().replace('_', " "));
    Proof { as_of: Some(report.reported_on.to_string()), ..Proof::of(&report.bureau, text) }
}

/// Score and class, as everybody reads them.
async fn assessed(desk: &Desk) -> Result<Option<Proof>, Fault> {
    let account = desk.account.id.to_string();
    let risk = desk.engine.account_risk(&Caller::system(), &account).await?;
    Ok(risk
        .ok()
        .map(|risk| Proof::of("risk", format!("Class {}, score {:.0} of 100.", risk.class, risk.score))))
}
