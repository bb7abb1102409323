//! Steps that ask outside: registers, tax authorities, the system of legal entity identifiers.

use std::sync::Arc;

use kith_connect::provider::{Down, Extract, Provider, ProviderKind, Query, Standing, alike};
use kith_domain::account::AddressKind;
use kith_domain::document::{DocumentKind, DocumentStatus};
use kith_store::Fault;

use super::{Desk, Finding, Proof, StepWork, Work};

/// How much the name in the register must be like the one on record (D§2.3).
const ALIKE: f64 = 0.90;

/// Whether a register knows the company, under that name, as active.
pub(super) struct Registry;

impl StepWork for Registry {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(registry(desk))
    }
}

/// Whether an authority knows the company's number.
pub(super) struct TaxId;

impl StepWork for TaxId {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(tax_id(desk))
    }
}

/// What was answered, and by whom.
pub(super) struct Told {
    pub(super) by: String,
    pub(super) found: Extract,
}

impl Told {
    /// The name of the company, where one is told.
    fn named(&self) -> Option<&str> {
        self.found.name.as_deref().filter(|name| name.chars().any(char::is_alphabetic))
    }

    fn proof(&self) -> Proof {
        let name = self.found.name.as_deref().unwrap_or("no name");
        let standing = match self.found.standing {
            Standing::Active => "active",
            Standing::Inactive => "not active",
            Standing::Unknown => "status unknown",
        };
        let number = self.found.number.as_deref().unwrap_or("no number");
        let text = format!("{name}, {number}, {standing}");
        Proof { as_of: self.found.as_of.clone(), ..Proof::of(&self.by, text) }
    }
}

/// Asks one after another until one knows the company.
pub(super) async fn ask(
    providers: Vec<Arc<dyn Provider>>,
    query: Query,
) -> Result<Result<Option<Told>, Down>, Fault> {
    let asked = tokio::task::spawn_blocking(move || {
        let mut down = None;
        for provider in providers {
            match provider.look_up(&query) {
                Ok(Some(found)) => return Ok(Some(Told { by: provider.name().to_owned(), found })),
                Ok(None) => {}
                Err(why) => down = Some(why),
            }
        }
        // One that is silent may be the one that knows.
        down.map_or(Ok(None), Err)
    });
    asked.await.map_err(|_| Fault::Panicked)
}

pub(super) fn identifier(desk: &Desk, kinds: &[&str]) -> Option<String> {
    let known = desk.account.identifiers.iter().find(|row| kinds.contains(&row.kind.to_string().as_str()));
    known.map(|row| row.value.clone())
}

pub(super) fn query(desk: &Desk, number: Option<String>) -> Query {
    let account = &desk.account;
    let address = account.address(AddressKind::Registered).or_else(|| account.addresses.first());
    Query {
        number,
        name: account.legal_name.clone().unwrap_or_else(|| account.name.clone()),
        country: address.map(|address| address.country.clone()),
    }
}

/// The verified document of a kind that stands in for an answer.
fn paper(desk: &Desk, kind: DocumentKind) -> Option<Proof> {
    let verified = desk
        .documents
        .iter()
        .find(|document| document.kind == kind && document.status(desk.today) == DocumentStatus::Verified)?;
    Some(Proof { document: Some(verified.id), ..Proof::of("document", kind.as_str()) })
}

async fn registry(desk: &Desk) -> Result<Finding, Fault> {
    if let Some(proof) = paper(desk, DocumentKind::RegistryExtract) {
        return Ok(Finding::passed("A verified extract of the register is on record.").with([proof]));
    }
    let providers = desk.engine.providers();
    let lei = identifier(desk, &["lei"]);
    let by_lei = lei.is_some() && !providers.of(ProviderKind::Lei).is_empty();
    let (kind, number) = match by_lei {
        true => (ProviderKind::Lei, lei),
        false => (ProviderKind::Registry, identifier(desk, &["company_reg", "registration"])),
    };
    let mut asked = providers.of(kind);
    if asked.is_empty() {
        asked = providers.of(ProviderKind::Lei);
    }
    if asked.is_empty() {
        return Ok(Finding::ours(
            "No register can be asked: verify an extract of the register as a document.",
        ));
    }
    let query = query(desk, number);
    Ok(match ask(asked, query.clone()).await? {
        Err(down) => Finding::pending(format!("The register does not answer: {down}")),
        Ok(None) => {
            Finding::failed("The register does not know the company: verify an extract as a document.")
        }
        Ok(Some(told)) => judged(&told, &query.name),
    })
}

/// Whether what the register says is the company, and active.
fn judged(told: &Told, name: &str) -> Finding {
    let Some(found) = told.named() else {
        return Finding::ours("The register names no company: look at what it says.").with([told.proof()]);
    };
    let likeness = alike(found, name);
    let finding = match (likeness >= ALIKE, told.found.standing) {
        (true, Standing::Active) => Finding::passed("The register has it, under this name, as active."),
        (true, Standing::Unknown) => Finding::ours("The register does not say whether it is active."),
        (true, Standing::Inactive) => Finding::failed("The register has it, but not as active."),
        (false, _) => Finding::failed(format!("The register has another name; likeness {likeness:.2}.")),
    };
    finding.with([told.proof()])
}

async fn tax_id(desk: &Desk) -> Result<Finding, Fault> {
    if let Some(proof) = paper(desk, DocumentKind::TaxCertificate) {
        return Ok(Finding::passed("A verified tax form is on record.").with([proof]));
    }
    let Some(tax) = &desk.account.tax_id else {
        return Ok(match desk.account.customer_type {
            kith_domain::account::CustomerType::Retail => Finding::passed("A person needs no tax number."),
            _ => Finding::awaiting("Missing: a tax number, or a tax form."),
        });
    };
    let kind = tax.kind.as_ref().map(ToString::to_string).unwrap_or_default();
    let format = Proof::of("identifier", format!("The number has the form of {kind}."));
    if kind == "ein" {
        let ask = "An EIN is proven by document: ask for the form W-9.";
        return Ok(Finding::awaiting(ask).with([format]));
    }
    let asked = desk.engine.providers().of(ProviderKind::Vat);
    if asked.is_empty() {
        return Ok(
            Finding::ours("No authority can be asked: verify a tax form as a document.").with([format])
        );
    }
    let query = query(desk, Some(tax.value.clone()));
    let asked_for = query.name.clone();
    let answered = ask(asked, query).await?;
    Ok(match answered {
        Err(down) => Finding::pending(format!("The authority does not answer: {down}")),
        Ok(None) => Finding::failed("The authority does not know the number.").with([format]),
        Ok(Some(told)) => {
            let likeness = told.named().map_or(1.0, |found| alike(found, &asked_for));
            let finding = match told.found.standing {
                Standing::Active if likeness < ALIKE => Finding::ours(format!(
                    "The number is valid, but under another name; likeness {likeness:.2}. Verify a tax form as a document."
                )),
                Standing::Active => Finding::passed("The authority says that the number is valid."),
                Standing::Unknown => Finding::ours("The authority does not say whether the number is valid."),
                Standing::Inactive => Finding::failed("The authority says that the number is not valid."),
            };
            finding.with([format, told.proof()])
        }
    })
}
