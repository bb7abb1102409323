//! Papers of customers: verified, waiting, expiring, refused.

use axum::body::Bytes;
use kith_pdf::{Block, Paper};
use serde_json::json;

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// A paper, when it was issued and ends (counted from the day of the demo), and what becomes of it.
struct Filed {
    kind: &'static str,
    title: &'static str,
    issued: i64,
    expires: Option<i64>,
    verdict: Verdict,
}

#[derive(Clone, Copy)]
enum Verdict {
    Verified,
    Waiting,
    Refused(&'static str),
}

#[rustfmt::skip]
const FILED: [Filed; 9] = [
    Filed { kind: "tax_certificate", title: "Certificate of exemption", issued: -340, expires: Some(24), verdict: Verdict::Verified },
    Filed { kind: "insurance_certificate", title: "Certificate of insurance", issued: -355, expires: Some(9), verdict: Verdict::Verified },
    Filed { kind: "insurance_certificate", title: "Certificate of insurance", issued: -120, expires: Some(245), verdict: Verdict::Verified },
    Filed { kind: "registry_extract", title: "Extract of the register", issued: -20, expires: None, verdict: Verdict::Verified },
    Filed { kind: "financials", title: "Balance sheet of last year", issued: -150, expires: None, verdict: Verdict::Waiting },
    Filed { kind: "bank_letter", title: "Letter of the bank", issued: -12, expires: None, verdict: Verdict::Refused("The letter names another company.") },
    Filed { kind: "tax_certificate", title: "Resale certificate", issued: -380, expires: Some(-6), verdict: Verdict::Waiting },
    Filed { kind: "credit_application", title: "Application for credit", issued: -9, expires: None, verdict: Verdict::Waiting },
    Filed { kind: "tax_certificate", title: "Certificate of exemption", issued: -300, expires: Some(58), verdict: Verdict::Verified },
];

/// The business day on which they are brought.
pub(super) const BROUGHT: usize = 1;

/// Brings papers, which somebody else looks at.
pub(super) async fn file(stage: &Stage) -> Result<(), Failure> {
    let accounts = stage.steady("premium", "US").chain(stage.steady("preferred", "US"));
    for (account, filed) in accounts.zip(FILED) {
        let call = Call::to("document_add")
            .place(&account.id)
            .with("type", Some(filed.kind))
            .with("name", Some(format!("{}.pdf", filed.title.to_lowercase().replace(' ', "-"))))
            .with("issued_on", Some(stage.calendar.day(filed.issued)))
            .with("expires_on", filed.expires.map(|day| stage.calendar.day(day)));
        let content = scan(filed.title, &account.name)?;
        let made = stage.manager_calls(account, call.bytes("application/pdf", Bytes::from(content))).await?;
        let document = made["id"].as_str().unwrap_or_default();
        let judged = match filed.verdict {
            Verdict::Verified => Call::to("document_verify").json(&json!({}))?,
            Verdict::Refused(reason) => Call::to("document_reject").json(&json!({"reason": reason}))?,
            Verdict::Waiting => continue,
        };
        stage.call("helen", judged.place(&account.id).place(document)).await?;
    }
    Ok(())
}

/// A page that says what it is and whose.
pub(super) fn scan(title: &str, name: &str) -> Result<Vec<u8>, Failure> {
    let paper = Paper {
        title: title.to_owned(),
        language: "en".to_owned(),
        footer: "Made up for looking at Kith".to_owned(),
        blocks: vec![
            Block::Title(title.to_owned()),
            Block::Fields(vec![("Company".to_owned(), name.to_owned())]),
            Block::Paragraph(
                "This paper shows nothing but that there is one: the company is fictitious.".to_owned(),
            ),
        ],
    };
    kith_pdf::write(&paper).map_err(|error| Failure::Here(error.to_string()))
}

#[cfg(test)]
mod tests;
