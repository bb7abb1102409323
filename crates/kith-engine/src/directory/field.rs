//! The fields of the master record that can be filtered, sorted and selected, and how an account fills them.

use std::collections::HashMap;

use jiff::civil::Date;
use kith_domain::account::{Account, Address, AddressKind, CustomerType, HoldType, KybState, Stage, Tier};
use kith_domain::organisation::Organisation;
use kith_domain::value::subdivision::iso_of;
use kith_domain::value::{Currency, Money};
use kith_query::catalogue::{Field, Kind};
use kith_risk::RiskClass;

use super::{ITEM, PART};

/// How a field is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Index into the values of an enum.
    Code,
    /// Whole number, minor units, day.
    Int,
    /// Text in the entry.
    Text,
    /// List of texts in the entry.
    List,
    /// Custom metadata in the entry.
    Map,
    /// An account's id, told from the family at the moment it is asked.
    Kin,
}

/// The place of a field among the names; beyond them when it is not there.
pub(crate) const fn place_of(ids: &[&str], id: &str) -> usize {
    let mut place = 0;
    while place < ids.len() && !same(ids[place].as_bytes(), id.as_bytes()) {
        place += 1;
    }
    place
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// What an account has in a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Index into the values of an enum.
    Code(u16),
    /// Whole number, minor units, day.
    Int(i64),
    /// A number with a fraction.
    Number(f32),
    /// Nothing, or held in the entry's texts.
    None,
}

/// What is needed to fill the fields besides the account.
pub(crate) struct Labels<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) managers: &'a HashMap<String, String>,
    /// The first last day among the account's documents, days since 1970.
    pub(crate) documents: Option<i64>,
    /// The score and class of its risk.
    pub(crate) risk: Option<(f32, RiskClass)>,
    /// How many contracts are in force, and the first of their last days.
    pub(crate) agreed: [(usize, Cell); 2],
}

/// The columns and cells of a score and class of risk.
pub(crate) fn risk_cells(risk: Option<(f32, RiskClass)>) -> [(usize, Cell); 2] {
    const SCORE: usize = place_of(FIELD_IDS, "risk_score");
    const CLASS: usize = place_of(FIELD_IDS, "risk_class");
    let score = risk.map_or(Cell::None, |(score, _)| Cell::Number(score));
    [(SCORE, score), (CLASS, risk.map_or(Cell::None, |(_, class)| code(&RiskClass::ALL, class)))]
}

/// The field of the first last day among an account's documents.
const DOCUMENT_EXPIRES_ON: &str = "document_expires_on";

/// The column and the cell of that day.
pub(crate) fn document_cell(expires_on: Option<i64>) -> (usize, Cell) {
    let column = FIELD_IDS.iter().position(|id| *id == DOCUMENT_EXPIRES_ON);
    (column.unwrap_or(usize::MAX), expires_on.map_or(Cell::None, Cell::Int))
}

/// Days since 1970-01-01.
pub(crate) fn epoch_day(date: Date) -> i64 {
    let from = Date::constant(1970, 1, 1);
    i64::from(date.since((jiff::Unit::Day, from)).map_or(0, |span| span.get_days()))
}

fn code<T: Copy + PartialEq>(all: &[T], value: T) -> Cell {
    let place = all.iter().position(|each| *each == value).and_then(|place| u16::try_from(place).ok());
    place.map_or(Cell::None, Cell::Code)
}

pub(super) fn day(date: Option<Date>) -> Cell {
    date.map_or(Cell::None, |date| Cell::Int(epoch_day(date)))
}

fn count(number: usize) -> Cell {
    i64::try_from(number).map_or(Cell::None, Cell::Int)
}

/// Money fields stand in the organisation's currency: at the rate of its open day, unknown without one.
pub(super) fn money(amount: Option<Money>, organisation: &Organisation) -> Cell {
    let home = organisation.currency.zip(organisation.day);
    let converted =
        amount.zip(home).and_then(|(amount, (home, day))| organisation.convert(amount, home, day));
    converted.map_or(Cell::None, |money| Cell::Int(money.minor))
}

fn currency_codes() -> Vec<String> {
    (0..=u8::MAX).map_while(Currency::from_index).map(|currency| currency.code().to_owned()).collect()
}

fn owned(codes: impl Iterator<Item = impl ToString>) -> Vec<String> {
    codes.map(|code| code.to_string()).collect()
}

fn listed(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    items.into_iter().fold(String::new(), |mut all, item| {
        if !all.is_empty() {
            all.push(ITEM);
        }
        all.push_str(item.as_ref());
        all
    })
}

/// The unit of a field that has one.
fn unit_of(id: &str) -> &'static str {
    if id == "balance_to_limit" { "fraction" } else { "" }
}

macro_rules! fields {
    ($($id:literal, $title:literal, $shape:ident, |$org:ident| $kind:expr,
       |$account:ident, $labels:ident| $value:expr, [$($synonym:literal),*], $about:literal;)*) => {
        /// How each master field is held, in the order of the columns.
        pub(crate) const SHAPES: &[Shape] = &[$(Shape::$shape),*];

        /// The ids of the fields, in the order of the columns.
        pub(crate) const FIELD_IDS: &[&str] = &[$($id),*];

        /// The catalogue entries, in the order of the columns.
        pub(crate) fn master_fields(organisation: &Organisation) -> Vec<Field> {
            vec![$({
                let $org = organisation;
                let mut field = Field::master($id, $title, $kind).with_synonyms(&[$($synonym),*]);
                field.unit = unit_of($id).to_owned();
                field.description = $about.to_owned();
                field
            }),*]
        }

        /// The cells of an account and the texts of its text fields.
        pub(crate) fn cells(account: &Account, labels: &Labels<'_>) -> (Vec<Cell>, String) {
            let mut all = Vec::with_capacity(SHAPES.len());
            let mut texts = String::new();
            $({
                let ($account, $labels) = (account, labels);
                fields!(@push $shape, all, texts, $value);
            })*
            texts.pop();
            (all, texts)
        }
    };
    (@push Code, $all:ident, $texts:ident, $value:expr) => { $all.push($value) };
    (@push Int, $all:ident, $texts:ident, $value:expr) => { $all.push($value) };
    (@push Map, $all:ident, $texts:ident, $value:expr) => { $all.push(Cell::None) };
    (@push Kin, $all:ident, $texts:ident, $value:expr) => { $all.push(Cell::None) };
    (@push Text, $all:ident, $texts:ident, $value:expr) => {{
        $all.push(Cell::None);
        let value: Option<String> = $value;
        $texts.push_str(&value.unwrap_or_default().replace([PART, ITEM], " "));
        $texts.push(PART);
    }};
    (@push List, $all:ident, $texts:ident, $value:expr) => {{
        $all.push(Cell::None);
        $texts.push_str(&$value);
        $texts.push(PART);
    }};
}

fields! {
    "name", "Name", Text, |_o| Kind::Text, |a, _l| Some(a.name.clone()), ["customer name", "account name"],
        "Display name.";
    "account_number", "Number", Text, |_o| Kind::Text, |a, _l| Some(a.account_number.clone()), ["account number"],
        "Number for people, never changes.";
    "tier", "Tier", Code, |_o| Kind::Enum(owned(Tier::ALL.iter().map(|t| t.as_str()))),
        |a, _l| code(Tier::ALL, a.tier), ["service tier"], "How well the customer is served.";
    "stage", "Stage", Code, |_o| Kind::Enum(owned(Stage::ALL.iter().map(|s| s.as_str()))),
        |a, _l| code(Stage::ALL, a.stage), ["lifecycle stage"], "Where the account stands in its life.";
    "status", "Status", Code, |_o| Kind::Enum(owned(Account::STATUSES.iter())),
        |a, _l| code(Account::STATUSES, a.status(None)), [], "Stage and holds in one word, the gravest first.";
    "holds", "Holds", Int, |_o| Kind::Int, |a, _l| count(a.holds.len()), [], "How many holds are on it.";
    "credit_hold", "Credit hold", Int, |_o| Kind::Bool,
        |a, _l| Cell::Int(a.holds.iter().any(|hold| hold.kind == HoldType::Credit).into()), [],
        "It has a credit hold, in one legal entity or in all.";
    "watched_until", "Watched until", Int, |_o| Kind::Date,
        |a, _l| day(a.watch.as_ref().map(|watch| watch.expires_at.to_zoned(jiff::tz::TimeZone::UTC).date())),
        ["on watch"], "Day on which the watch on it ends (UTC).";
    "customer_type", "Type", Code, |_o| Kind::Enum(owned(CustomerType::ALL.iter().map(|t| t.as_str()))),
        |a, _l| code(CustomerType::ALL, a.customer_type), ["type of customer", "kind"], "What kind of customer.";
    "owning_entity", "Entity", Code, |o| Kind::Enum(owned(o.entities.iter().map(|e| &e.code))),
        |a, l| l.organisation.entities.iter().position(|e| e.code == a.owning_entity)
            .and_then(|place| u16::try_from(place).ok()).map_or(Cell::None, Cell::Code),
        ["legal entity", "company code"], "The legal entity that owns the account.";
    "currency", "Currency", Code, |_o| Kind::Enum(currency_codes()),
        |a, _l| a.currency.map_or(Cell::None, |c| Cell::Code(c.index().into())), [], "The currency it trades in.";
    "payment_terms", "Terms", Code, |o| Kind::Enum(o.payment_terms().to_vec()),
        |a, l| l.organisation.payment_terms().iter().position(|t| Some(t) == a.payment_terms.as_ref())
            .and_then(|place| u16::try_from(place).ok()).map_or(Cell::None, Cell::Code),
        ["payment terms"], "Code of the payment terms.";
    "credit_limit", "Credit limit", Int, |_o| Kind::Money, |a, l| money(a.credit_limit, l.organisation),
        ["limit"], "The most that may be outstanding, in the organisation's currency.";
    "balance_to_limit", "Balance to limit", Int, |_o| Kind::Double, |_a, _l| Cell::None, ["limit used"],
        "The open balance as a share of the credit limit; orders and reservations, which the credit desk counts too, are not in it.";
    "risk_score", "Risk score", Int, |_o| Kind::Double,
        |_a, l| l.risk.map_or(Cell::None, |(score, _)| Cell::Number(score)), ["credit score"],
        "Score of credit risk, 0 to 100, high is good; unknown where nothing is known of how it pays.";
    "risk_class", "Risk class", Code, |_o| Kind::Enum(owned(RiskClass::ALL.iter())),
        |_a, l| l.risk.map_or(Cell::None, |(_, class)| code(&RiskClass::ALL, class)), ["credit class", "class of risk"],
        "Class of credit risk, A the best, F the worst, after what a person says of it.";
    "annual_revenue", "Own yearly revenue", Int, |_o| Kind::Money, |a, l| money(a.annual_revenue, l.organisation),
        ["company revenue"], "What the customer turns over itself in a year.";
    "employees", "Employees", Int, |_o| Kind::Int, |a, _l| a.employees.map_or(Cell::None, |n| Cell::Int(n.into())),
        ["headcount", "staff"], "How many people work there.";
    "industry", "Industry", Text, |_o| Kind::Text, |a, _l| a.industry.clone(), ["sector", "branch"],
        "NAICS code or words.";
    "country", "Country", Text, |_o| Kind::Text, |a, _l| place(a).map(|p| p.0), [],
        "Country of the billing address, else of the first address; ISO 3166-1 alpha-2.";
    "subdivision", "State or province", Text, |_o| Kind::Text, |a, _l| subdivision(a), ["state", "province"],
        "State or province of the billing address, else of the first address; ISO 3166-2.";
    "city", "City", Text, |_o| Kind::Text, |a, _l| place(a).and_then(|p| p.1), ["town"],
        "City of the billing address, else of the first address.";
    "legal_name", "Legal name", Text, |_o| Kind::Text, |a, _l| a.legal_name.clone(), ["registered name"],
        "Name in the register.";
    "email", "E-mail", Text, |_o| Kind::Text, |a, _l| a.email.get().cloned(), ["mail address"],
        "E-mail address; personal.";
    "domain", "Domain", Text, |_o| Kind::Text, |a, _l| a.domain.clone(), [], "Domain name.";
    "website", "Website", Text, |_o| Kind::Text, |a, _l| a.website.clone(), ["web site", "homepage"], "Web address.";
    "tax_id", "Tax id", Text, |_o| Kind::Text, |a, _l| a.tax_id.as_ref().map(|t| t.value.clone()),
        ["vat number", "tax number"], "Tax identifier.";
    "account_manager", "Account manager", Text, |_o| Kind::Text, |a, _l| a.account_manager.map(|u| u.to_string()),
        ["manager", "owner"], "Identifier of the user who answers for the account.";
    "account_manager_name", "Manager's name", Text, |_o| Kind::Text,
        |a, l| a.account_manager.and_then(|u| l.managers.get(&u.to_string()).cloned()), ["managed by"],
        "Name of the user who answers for the account.";
    "sales_rep", "Sales rep", Text, |_o| Kind::Text, |a, _l| a.sales_rep.map(|u| u.to_string()),
        ["sales representative", "salesperson"], "Identifier of the user who sells to the account.";
    "team", "Team", Text, |_o| Kind::Text, |a, _l| a.team.clone(), [], "Team that looks after the account.";
    "language", "Language", Text, |_o| Kind::Text, |a, _l| a.language.clone(), [], "BCP 47 language.";
    "tags", "Tags", List, |_o| Kind::TextList, |a, _l| listed(&a.tags), ["tagged", "labels"], "Tags.";
    "equipment", "Equipment", List, |_o| Kind::TextList, |a, _l| listed(&a.equipment), [],
        "Equipment the customer needs.";
    "lanes", "Lanes", List, |_o| Kind::TextList,
        |a, _l| listed(a.lanes.iter().map(|lane| format!("{}-{}", lane.origin, lane.destination))),
        ["preferred lanes"], "Preferred lanes, `origin-destination`.";
    "identifiers", "Identifiers", List, |_o| Kind::TextList,
        |a, _l| listed(a.identifiers.iter().map(|i| format!("{}:{}", i.kind, i.value))), [],
        "Identifiers that others gave it, `kind:value`.";
    "missing_fields", "Missing fields", List, |_o| Kind::TextList, |a, _l| listed(a.missing_fields()),
        ["incomplete"], "Fields that an active customer must have and this one has not.";
    "missing_fields_count", "Missing", Int, |_o| Kind::Int, |a, _l| count(a.missing_fields().len()), [],
        "How many fields are missing.";
    "contacts_count", "Contacts", Int, |_o| Kind::Int, |a, _l| count(a.contacts.len()), ["contact persons"],
        "How many contact persons are on record.";
    "agreements_count", "Agreements", Int, |_o| Kind::Int, |a, _l| count(a.agreements.len()), [],
        "How many agreements are on record.";
    "agreement_ends_on", "Agreement ends", Int, |_o| Kind::Date,
        |a, _l| day(a.agreements.iter().filter_map(|agreement| agreement.ends_on).max()),
        [], "Last day of the agreement that ends last.";
    "contracts_count", "Contracts", Int, |_o| Kind::Int, |_a, l| l.agreed[0].1.clone(), ["contracts in force"],
        "How many contracts are in force: signed by all, and not ended.";
    "contract_ends_on", "Contract ends", Int, |_o| Kind::Date, |_a, l| l.agreed[1].1.clone(),
        ["contract end", "end of contract"],
        "Last day of the contract in force that ends first, with its notice if there is one.";
    "tax_exemption_expires_on", "Exemption ends", Int, |_o| Kind::Date, |a, l| day(exemption_end(a, l.organisation)),
        ["tax exemption ends", "certificate expires"],
        "First last day among the verified tax certificates that hold or come to hold.";
    "document_expires_on", "Document expires", Int, |_o| Kind::Date, |_a, l| document_cell(l.documents).1,
        ["documents expire", "document ends"], "First last day among the documents on record, past ones too.";
    "documents_expiring_60d", "Documents expiring", Int, |_o| Kind::Int, |_a, _l| Cell::Int(0),
        ["expiring documents"], "How many documents end today or within 60 days.";
    "price_list", "Price list", Text, |_o| Kind::Text, |a, _l| a.price_list.clone(), [],
        "Code of the price list that it buys from.";
    "price_group", "Price group", Text, |_o| Kind::Text, |a, _l| a.price_group.clone(), [],
        "Code of the price group that it is in.";
    "last_review_on", "Last review", Int, |_o| Kind::Date, |a, _l| day(a.review.last_review_on), ["reviewed"],
        "Day of the last review.";
    "next_review_on", "Next review", Int, |_o| Kind::Date, |a, _l| day(a.review_due_on()),
        ["review due"], "Day on which the next review is due.";
    "review_overdue", "Review overdue", Int, |_o| Kind::Bool, |_a, _l| Cell::Int(0), [],
        "The next review was due before today.";
    "confirmed_on", "Confirmed", Int, |_o| Kind::Date, |a, _l| day(a.confirmed_on()), [],
        "Day on which somebody last confirmed the data: the last review, or a later change (UTC).";
    "data_quality", "Data quality", Int, |_o| Kind::Double, |a, _l| Cell::Int(a.quality().parts().into()),
        ["quality of data"], "How good the data are: completeness × validity × freshness, 0 to 1.";
    "kyb_grandfathered", "Taken over", Int, |_o| Kind::Bool,
        |a, _l| Cell::Int((a.kyb.state == KybState::Grandfathered).into()), [],
        "Taken over as an existing customer; the review of who it is stands out.";
    "created_on", "Created", Int, |_o| Kind::Date,
        |a, _l| day(a.created_at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())), ["opened", "since"],
        "Day on which the account was opened here (UTC).";
    "updated_on", "Updated", Int, |_o| Kind::Date,
        |a, _l| day(a.updated_at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())), ["changed"],
        "Day of the last applied change (UTC).";
    "parent", "Parent", Kin, |_o| Kind::Text, |_a, _l| Cell::None, ["parent company", "mother company"],
        "Identifier of the account that it belongs to, today.";
    "ultimate_parent", "Ultimate parent", Kin, |_o| Kind::Text, |_a, _l| Cell::None,
        ["ultimate parent company", "top parent"],
        "Identifier of the root of its group, itself for the root; unknown where there is no group.";
    "children_count", "Subsidiaries", Int, |_o| Kind::Int, |_a, _l| Cell::Int(0), ["child accounts"],
        "How many accounts belong to it directly, today.";
    "metadata", "Custom fields", Map, |_o| Kind::Map, |_a, _l| Cell::None, [],
        "The organisation's own fields: `metadata[\"colour\"]`.";
}

/// The first last day among the certificates that hold on the open day or later.
fn exemption_end(account: &Account, organisation: &Organisation) -> Option<Date> {
    let day = organisation.day.unwrap_or(Date::MIN);
    let held = account.tax_profiles.iter().filter(|row| row.revoked.is_none() && row.verified.is_some());
    held.filter_map(|row| row.effective_to).filter(|last| *last >= day).min()
}

fn address(account: &Account) -> Option<&Address> {
    account.address(AddressKind::Billing).or_else(|| account.addresses.first())
}

fn place(account: &Account) -> Option<(String, Option<String>)> {
    let address = address(account)?;
    Some((address.country.clone(), address.city.as_ref().map(ToString::to_string)))
}

fn subdivision(account: &Account) -> Option<String> {
    let address = address(account)?;
    Some(iso_of(&address.country, address.state_province.as_ref()?))
}
