//! The application: who wants to become a customer, who owns it, and how it wants to pay.

use std::collections::{BTreeMap, HashMap};

use kith_template::html;
use maud::Markup;

use super::super::super::part::icon::Icon;
use super::super::super::part::note::{Kind, note};
use super::super::super::shell::{Frame, Shell, framed};
use crate::web::number::capital;
use crate::web::words::{t, told, word};

/// Rows for owners.
pub const OWNERS: usize = 4;

/// Kinds of customers, the usual ones first.
const TYPES: [(&str, &str); 7] = [
    ("wholesale", word("Wholesale")),
    ("distributor", word("Distributor")),
    ("enterprise", word("Enterprise")),
    ("government", word("Government")),
    ("nonprofit", word("Nonprofit")),
    ("retail", word("A person")),
    ("other", word("Other")),
];

/// Kinds of tax numbers.
const TAX_KINDS: [(&str, &str); 2] = [("vat", word("VAT number")), ("ein", word("EIN (United States)"))];

/// The form as it was filled in, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct ApplyPage {
    /// What was typed, by field.
    pub typed: HashMap<String, String>,
    /// What is wrong, by field.
    pub faults: BTreeMap<String, String>,
    /// What is wrong besides.
    pub others: Vec<String>,
    /// Legal entities: code and name.
    pub entities: Vec<(String, String)>,
    /// Payment terms that can be chosen.
    pub terms: Vec<String>,
    /// Price lists that can be chosen: code and name.
    pub price_lists: Vec<(String, String)>,
    /// The prospect who applies: `acc_…` and name; nobody where the company is new.
    pub known: Option<(String, String)>,
}

impl ApplyPage {
    fn typed(&self, name: &str) -> Option<&str> {
        self.typed.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn is_checked(&self, name: &str) -> bool {
        self.typed(name) == Some("true")
    }
}

/// The form.
#[must_use]
pub fn apply(shell: &Shell, page: &ApplyPage) -> Markup {
    let frame = Frame {
        above: &[(t("Onboarding"), "/onboarding")],
        here: t("New application"),
        kind: "onboarding",
        account: None,
        wide: false,
    };
    let count = page.faults.len().saturating_add(page.others.len());
    let content = html! {
        .head { .stack .x {
            h1 { "New application" @if let Some((_, name)) = &page.known { " of " (name) } }
            p .muted { "It becomes a case of twelve steps. What Kith can find out by itself is done at once." }
        } }
        @if count > 0 {
            (note(Kind::Bad, &html! {
                p #apply-fault .b { @if count == 1 { "One thing is to be mended." } @else { (count) " things are to be mended." } }
                @for other in &page.others { p { (capital(&told(other))) } }
            }))
        }
        form #apply .stack method="post" action="/onboarding/new" {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some((id, _)) = &page.known { input type="hidden" name="account" value=(id); }
            @else { (company(page)) (address(page)) (contact(page)) }
            (owners(page))
            (payment(page))
            .row .wrap {
                button .btn .pri type="submit" { (Icon::Check.show()) "Submit the application" }
                a .btn .ghost href="/onboarding" { "Cancel" }
            }
        }
    };
    framed(shell, &frame, &content)
}

/// A field with its label, what was typed, and what is wrong with it.
fn field(page: &ApplyPage, name: &str, (label, hint): (&str, &str), kind: &str) -> Markup {
    let fault = page.faults.get(name);
    let about = format!("{name}-fault");
    html! {
        label .stack .x for=(name) {
            span .sm .b { (label) @if !hint.is_empty() { " " span .muted .plain { (hint) } } }
            input #(name) .field .err[fault.is_some()] type=(kind) name=(name) value=[page.typed(name)] autocomplete="off"
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| &about)];
            @if let Some(fault) = fault { span #(about) .sm .bad { (capital(&told(fault))) } }
        }
    }
}

fn choice(page: &ApplyPage, name: &str, label: &str, choices: &[(&str, &str)]) -> Markup {
    let fault = page.faults.get(name);
    let about = format!("{name}-fault");
    html! {
        label .stack .x for=(name) {
            span .sm .b { (label) }
            select #(name) .field .err[fault.is_some()] name=(name)
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| &about)] {
                @for (code, title) in choices { option value=(code) selected[page.typed(name) == Some(code)] { (title) } }
            }
            @if let Some(fault) = fault { span #(about) .sm .bad { (capital(&told(fault))) } }
        }
    }
}

fn checked(page: &ApplyPage, name: &str, label: &str) -> Markup {
    html! {
        label .row for=(name) {
            input #(name) type="checkbox" name=(name) value="true" checked[page.is_checked(name)];
            span { (label) }
        }
    }
}

fn card(id: &str, title: &str, about: &str, fields: &Markup) -> Markup {
    html! {
        section .card aria-labelledby=(id) {
            header { h2 #(id) { (title) } span .sm .muted .push .hide-s { (about) } }
            .body .stack .t { (fields) }
        }
    }
}

fn company(page: &ApplyPage) -> Markup {
    let entities: Vec<(&str, String)> =
        page.entities.iter().map(|(code, name)| (code.as_str(), format!("{name} ({code})"))).collect();
    let entities: Vec<(&str, &str)> = entities.iter().map(|(code, name)| (*code, name.as_str())).collect();
    card(
        "company",
        t("Company"),
        t("as its register has it"),
        &html! { .asked {
            (field(page, "name", (t("Name"), ""), "text"))
            (field(page, "legal_name", (t("Registered name"), ""), "text"))
            (choice(page, "customer_type", t("Kind of customer"), &TYPES.map(|(code, title)| (code, t(title)))))
            (choice(page, "entity", t("Taken on by"), &entities))
            (field(page, "email", (t("E-mail"), t("of the company")), "email"))
            (field(page, "phone", (t("Telephone"), t("if known")), "tel"))
            (choice(page, "tax_kind", t("Tax number"), &TAX_KINDS.map(|(code, title)| (code, t(title)))))
            (field(page, "tax_number", (t("Number"), ""), "text"))
            (field(page, "registration", (t("Register number"), t("if it has one")), "text"))
            (field(page, "lei", (t("LEI"), t("if it has one")), "text"))
        } },
    )
}

fn address(page: &ApplyPage) -> Markup {
    card(
        "address",
        t("Address"),
        t("where bills go"),
        &html! { .asked {
            (field(page, "street", (t("Street"), ""), "text"))
            (field(page, "postal_code", (t("Postal code"), ""), "text"))
            (field(page, "city", (t("City"), ""), "text"))
            (field(page, "state_province", (t("State or province"), t("if the country has them")), "text"))
            (field(page, "country", (t("Country"), t("two letters, such as DE")), "text"))
        } },
    )
}

fn contact(page: &ApplyPage) -> Markup {
    card(
        "contact",
        t("Contact"),
        t("signs the contract and gets the portal"),
        &html! { .asked {
            (field(page, "contact_name", (t("Name"), ""), "text"))
            (field(page, "contact_title", (t("Job"), t("if known")), "text"))
            (field(page, "contact_email", (t("E-mail"), ""), "email"))
            (field(page, "contact_phone", (t("Telephone"), t("if known")), "tel"))
        } },
    )
}

fn owners(page: &ApplyPage) -> Markup {
    card(
        "owners",
        t("Owners and control"),
        t("everybody with 25 % or more, and who directs it"),
        &owner_fields(page),
    )
}

/// The rows of the owners, filled in.
pub(super) fn owner_rows(typed: &HashMap<String, String>) -> Markup {
    owner_fields(&ApplyPage { typed: typed.clone(), ..ApplyPage::default() })
}

fn owner_fields(page: &ApplyPage) -> Markup {
    html! {
        @for place in 1..=OWNERS {
            @let name = |member: &str| format!("owner_{member}_{place}");
            fieldset .asked {
                legend .vh { "Owner " (place) }
                (field(page, &name("name"), (t("Name"), ""), "text"))
                (field(page, &name("percent"), (t("Share in per cent"), ""), "text"))
                (field(page, &name("country"), (t("Country"), t("two letters")), "text"))
                (field(page, &name("born_on"), (t("Born on"), t("of a person")), "date"))
                .row .wrap {
                    (checked(page, &name("controls"), t("Directs or signs")))
                    (checked(page, &name("company"), t("A company")))
                }
            }
        }
        (field(page, "owners_explained", (t("Why less than 75 % are known"), t("if so")), "text"))
    }
}

fn payment(page: &ApplyPage) -> Markup {
    let terms: Vec<(&str, &str)> = page.terms.iter().map(|code| (code.as_str(), code.as_str())).collect();
    let lists = page.price_lists.iter().map(|(code, name)| (code.as_str(), name.as_str()));
    let lists: Vec<(&str, &str)> = std::iter::once(("", t("The standard prices"))).chain(lists).collect();
    card(
        "payment",
        t("Payment and prices"),
        "",
        &html! {
            .asked {
                @if page.known.is_none() {
                    (choice(page, "payment_terms", t("Payment terms"), &terms))
                    (field(page, "credit_limit", (t("Credit limit that is asked for"), t("in the currency of the entity")), "text"))
                }
                (choice(page, "price_list", t("Price list"), &lists))
                (field(page, "edi_id", (t("EDI identifier"), t("qualifier and number, such as 14:4012345000009")), "text"))
            }
            (checked(page, "prepay", t("It pays in advance and wants no credit")))
        },
    )
}
