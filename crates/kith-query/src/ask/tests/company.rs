//! A company to ask about: its catalogue, and some account names.

use std::sync::OnceLock;

use jiff::civil::{Date, date};

use crate::ask::{Grammar, NameHit, Names, Understanding, called};
use crate::catalogue::{Catalogue, Field, Kind};
use crate::sort::SortKey;

fn values(words: &str) -> Kind {
    Kind::Enum(words.split(' ').map(str::to_owned).collect())
}

const MASTER_TEXTS: &[&str] = &[
    "name",
    "number",
    "email",
    "phone",
    "website",
    "tax_id",
    "country",
    "city",
    "subdivision",
    "industry",
    "account_manager",
    "currency",
    "payment_terms",
];

const COUNTS: &[&str] = &[
    "orders",
    "deliveries",
    "exceptions",
    "claims",
    "service_issues",
    "inquiries",
    "complaints",
    "quotes_requested",
    "quotes_won",
    "quotes_lost",
    "portal_logins",
    "portal_users",
    "survey_responses",
    "meetings",
    "competitor_mentions",
    "touchpoints",
];

const MONEYS: &[&str] = &["order_value", "revenue", "claim_value"];

const RATIOS: &[&str] = &[
    "on_time",
    "in_full",
    "otif",
    "exception_rate",
    "claim_ratio",
    "first_contact_resolution",
    "win_rate",
    "paid_on_time",
    "csat",
];

const NUMBERS: &[&str] = &[
    "order_frequency",
    "order_gap_days",
    "order_trend",
    "order_trend_p",
    "revenue_trend",
    "support_intensity",
    "first_response_hours",
    "resolution_hours",
    "quote_response_hours",
    "quote_decision_hours",
    "days_to_pay",
    "days_beyond_terms",
    "weighted_terms_days",
    "nps",
    "ces",
];

fn title(base: &str) -> String {
    let mut title = base.replace('_', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

/// Master fields and the metrics of design §5.
fn catalogue() -> Catalogue {
    Catalogue::new(fields(), "USD".parse().unwrap())
}

/// Asked of the same company, whose catalogue also has the account managers' names.
pub(super) fn ask_with_names(question: &str) -> (Understanding, String) {
    let mut fields = fields();
    fields.push(Field::master("account_manager_name", "Account manager's name", Kind::Text));
    let catalogue = Catalogue::new(fields, "USD".parse().unwrap());
    let reply = Grammar::new(&catalogue).understand(question, &catalogue, &Book, today());
    let sort = SortKey::print(&reply.sort, &catalogue);
    let told = format!("{} | {sort}", reply.filter.as_deref().unwrap_or("-"));
    (reply, told)
}

fn fields() -> Vec<Field> {
    let mut fields: Vec<Field> =
        MASTER_TEXTS.iter().map(|id| Field::master(id, &title(id), Kind::Text)).collect();
    fields.push(Field::master("tier", "Tier", values("standard preferred premium strategic")));
    fields.push(Field::master("stage", "Stage", values("prospect onboarding active dormant churned closed")));
    fields.push(Field::master("status", "Status", values("active inactive suspended")));
    fields.push(Field::master(
        "customer_type",
        "Customer type",
        values("retail wholesale distributor manufacturer government nonprofit other"),
    ));
    fields.push(Field::master("owning_entity", "Entity", values("US EU")));
    fields.push(Field::master("tags", "Tags", Kind::TextList));
    fields.push(Field::master("metadata", "Metadata", Kind::Map));
    fields.push(Field::master("created_on", "Customer since", Kind::Date));
    fields.push(Field::master("credit_limit", "Credit limit", Kind::Money));
    fields.push(Field::master("risk_score", "Risk score", Kind::Double));
    fields.push(Field::master("risk_class", "Risk class", values("A B C D E F")));
    fields.push(Field::master("balance_to_limit", "Balance to limit", Kind::Double).with_unit("fraction"));
    for (id, title, kind) in [
        ("contract_ends_on", "Contract ends", Kind::Date),
        ("agreement_ends_on", "Agreement ends", Kind::Date),
        ("document_expires_on", "Document expires", Kind::Date),
        ("tax_exemption_expires_on", "Exemption ends", Kind::Date),
        ("last_review_on", "Last review", Kind::Date),
        ("next_review_on", "Next review", Kind::Date),
        ("watched_until", "Watched until", Kind::Date),
        ("review_overdue", "Review overdue", Kind::Bool),
        ("credit_hold", "Credit hold", Kind::Bool),
        ("contracts_count", "Contracts", Kind::Int),
        ("agreements_count", "Agreements", Kind::Int),
        ("contacts_count", "Contacts", Kind::Int),
        ("missing_fields_count", "Missing", Kind::Int),
        ("employees", "Employees", Kind::Int),
        ("annual_revenue", "Own yearly revenue", Kind::Money),
        ("data_quality", "Data quality", Kind::Double),
        ("team", "Team", Kind::Text),
    ] {
        fields.push(Field::master(id, title, kind));
    }
    for window in [30, 90, 365] {
        let metric = |base: &str, kind: Kind| {
            Field::metric(base, Some(window), &format!("{}, {window} days", title(base)), kind)
        };
        fields.extend(COUNTS.iter().map(|base| metric(base, Kind::Int)));
        fields.extend(MONEYS.iter().map(|base| metric(base, Kind::Money)));
        fields.extend(RATIOS.iter().map(|base| metric(base, Kind::Double).with_unit("ratio")));
        fields.extend(NUMBERS.iter().map(|base| metric(base, Kind::Double)));
        fields.push(metric("order_trend_label", values("declining flat growing")));
        fields.push(metric("revenue_trend_label", values("declining flat growing")));
    }
    for base in ["open_balance", "overdue_balance", "unapplied_cash"] {
        fields.push(Field::metric(base, None, &title(base), Kind::Money));
    }
    for base in ["days_since_last_order", "oldest_overdue_days", "days_since_portal", "days_since_contact"] {
        fields.push(Field::metric(base, None, &title(base), Kind::Int).with_unit("days"));
    }
    for base in ["health", "health_coverage", "engagement"] {
        fields.push(Field::metric(base, None, &title(base), Kind::Double));
    }
    fields.push(Field::metric("last_order_on", None, "Last order on", Kind::Date));
    fields.push(Field::metric("first_order_on", None, "First order on", Kind::Date));
    fields.push(Field::metric(
        "health_label",
        None,
        "Health label",
        values("healthy watch at_risk critical"),
    ));
    fields
}

pub(super) struct Book;

const ACCOUNTS: &[(&str, &str)] = &[
    ("acc_acme", "Acme"),
    ("acc_borealis", "Borealis Foods"),
    ("acc_zenith", "Zenith Industries"),
    ("acc_globex", "Globex"),
    ("acc_baltic1", "Baltic Freight"),
    ("acc_baltic2", "Baltic Foods"),
    ("acc_express", "Order Express"),
    ("acc_smith", "Smith and Sons"),
];

const PEOPLE: &[&str] =
    &["Ann Am", "Ann-Sofie Berg", "Priya Raman", "Mark Stone", "João Lima", "Maria Stone"];

impl Names for Book {
    fn people(&self, text: &str) -> Vec<String> {
        called(text, PEOPLE.iter().copied())
    }

    fn find(&self, text: &str) -> Vec<NameHit> {
        let asked = text.to_lowercase();
        let mut hits = Vec::new();
        for (account, name) in ACCOUNTS {
            let lower = name.to_lowercase();
            let first = lower.split(' ').next().unwrap_or_default();
            let alias = first == asked && first != "order";
            let score = if lower == asked {
                1.0
            } else if alias {
                0.97
            } else {
                strsim::jaro_winkler(&lower, &asked)
            };
            if score >= 0.92 {
                #[expect(clippy::cast_possible_truncation, reason = "a likeness")]
                hits.push(NameHit {
                    account: (*account).to_owned(),
                    name: (*name).to_owned(),
                    score: score as f32,
                });
            }
        }
        hits
    }
}

pub(super) fn today() -> Date {
    date(2026, 11, 22)
}

/// The catalogue and its grammar, made once.
pub(super) fn company() -> &'static (Catalogue, Grammar) {
    static COMPANY: OnceLock<(Catalogue, Grammar)> = OnceLock::new();
    COMPANY.get_or_init(|| {
        let catalogue = catalogue();
        let grammar = Grammar::new(&catalogue);
        (catalogue, grammar)
    })
}

pub(super) fn ask(question: &str) -> Understanding {
    let (catalogue, grammar) = company();
    grammar.understand(question, catalogue, &Book, today())
}

/// The filter, then the order after a bar.
pub(super) fn told(reply: &Understanding) -> String {
    let sort = SortKey::print(&reply.sort, &company().0);
    format!("{} | {sort}", reply.filter.as_deref().unwrap_or("-"))
}
