//! A condition of the filter as a form: what it says of which field, with values to choose from. It works as a plain form.

use kith_api::view::{FieldView, MoneyView};
use kith_engine::{Condition, FieldKind as Kind, ME, Relation};
use kith_template::{html, say};
use maud::Markup;

use super::AccountsPage;
use super::address::Address;
use crate::web::clock::date;
use crate::web::number::{amount, in_percent, money, number};
use crate::web::part::icon::Icon;
use crate::web::words::{t, told};

/// Choices that are shown as boxes to tick; more are a list.
const BOXES_MOST: usize = 12;

/// A condition as it stands in its form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clause {
    /// The field that it is about.
    pub field: FieldView,
    /// What it says.
    pub condition: Condition,
    /// Values that may be chosen, with their titles.
    pub choices: Vec<(String, String)>,
    /// There are no other values than these.
    pub closed: bool,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The form for another condition, where it is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adding {
    /// The chip in whose place it comes.
    pub place: Option<usize>,
    /// The condition, once its field is chosen.
    pub clause: Option<Clause>,
}

/// The kind of a field as the query has it; the values of an enum do not matter here.
fn kind(field: &FieldView) -> Kind {
    match field.kind.as_str() {
        "bool" => Kind::Bool,
        "int" => Kind::Int,
        "double" => Kind::Double,
        "money" => Kind::Money,
        "date" => Kind::Date,
        "time" => Kind::Time,
        "enum" => Kind::Enum(Vec::new()),
        "text_list" => Kind::TextList,
        "map" => Kind::Map,
        _ => Kind::Text,
    }
}

/// Whether a field can be asked about in a form.
pub(crate) fn can_ask(field: &FieldView) -> bool {
    !Relation::of(&kind(field)).is_empty()
}

fn is_day(field: &FieldView) -> bool {
    matches!(field.kind.as_str(), "date" | "time")
}

fn is_fraction(field: &FieldView) -> bool {
    matches!(field.unit.as_str(), "ratio" | "fraction" | "share" | "%")
}

/// A relation in words, as it is chosen.
fn title(relation: Relation, field: &FieldView) -> &'static str {
    let day = is_day(field);
    match relation {
        Relation::Is => t("is"),
        Relation::IsNot => t("is not"),
        Relation::AtLeast if day => t("on or after"),
        Relation::AtLeast => t("at least"),
        Relation::AtMost if day => t("on or before"),
        Relation::AtMost => t("at most"),
        Relation::Above if day => t("after"),
        Relation::Above => t("above"),
        Relation::Below if day => t("before"),
        Relation::Below => t("below"),
        Relation::Within => t("in the last … days, or later"),
        Relation::Older => t("more than … days ago"),
        Relation::Ahead => t("in … days, or sooner"),
        Relation::Contains => t("contains"),
        Relation::Lacks => t("does not contain"),
        Relation::StartsWith => t("starts with"),
        Relation::EndsWith => t("ends with"),
        Relation::Known => t("is known"),
        Relation::Missing => t("is missing"),
    }
}

/// A condition in words: what the chip says behind the name of the field.
pub(crate) fn words(clause: &Clause, currency: &str) -> String {
    let said: Vec<String> =
        clause.condition.values.iter().map(|value| value_words(clause, value, currency)).collect();
    let values = said.join(t(" or "));
    match clause.condition.relation {
        Relation::Within => say!("in the last {values} days"),
        Relation::Older => say!("more than {values} days ago"),
        Relation::Ahead => say!("in {values} days, or sooner"),
        relation if relation.needs_value() => format!("{} {values}", title(relation, &clause.field)),
        relation => title(relation, &clause.field).to_owned(),
    }
}

fn value_words(clause: &Clause, value: &str, currency: &str) -> String {
    if value == ME {
        return t("me").to_owned();
    }
    if let Some((_, title)) = clause.choices.iter().find(|(code, _)| code == value) {
        return title.clone();
    }
    let figure = || value.parse::<f64>().map_or_else(|_| value.to_owned(), |figure| number(figure, 4));
    match clause.field.kind.as_str() {
        "bool" => if value == "true" { t("Yes") } else { t("No") }.to_owned(),
        "money" => money(&MoneyView { amount: value.to_owned(), currency: currency.to_owned() }),
        "int" => figure(),
        "double" if is_fraction(&clause.field) => in_percent(&figure()),
        "double" => figure(),
        "date" | "time" if !clause.condition.relation.counts_days() => date(value),
        _ => value.to_owned(),
    }
}

/// The form for another condition: first its field, then what is said of it.
pub(super) fn adding(page: &AccountsPage) -> Markup {
    let state = page.adding.clone().unwrap_or_default();
    html! {
        @match &state.clause {
            Some(clause) => (form(page, clause, (state.place, "add", None))),
            None => (fields(page, state.place)),
        }
    }
}

/// The choice of the field.
fn fields(page: &AccountsPage, place: Option<usize>) -> Markup {
    let is_own = |field: &&FieldView| field.id.starts_with("custom_");
    let groups: [(&str, Vec<&FieldView>); 3] = [
        (
            t("On record"),
            page.askable.iter().filter(|field| field.group == "master" && !is_own(field)).collect(),
        ),
        (t("Custom fields"), page.askable.iter().filter(is_own).collect()),
        (t("Measured"), page.askable.iter().filter(|field| field.group != "master").collect()),
    ];
    html! {
        form .panel .cond method="get" action="/accounts/filter" data-condition {
            (Address::of(page).hidden(&[]))
            @if let Some(place) = place { input type="hidden" name="at" value=(place); }
            label .sm .b for="add-field" { "Field" }
            select #add-field .field name="field" required {
                option value="" { "Choose a field" }
                @for (title, members) in &groups {
                    @if !members.is_empty() {
                        optgroup label=(title) { @for field in members { option value=(field.id) { (told(&field.title)) } } }
                    }
                }
            }
            span .row { button .btn .pri .sm type="submit" { "Go on" } }
        }
    }
}

/// The form of a condition whose field is known. `name` makes its ids its own; `rest` is the address without it.
pub(super) fn form(
    page: &AccountsPage,
    clause: &Clause,
    (place, name, rest): (Option<usize>, &str, Option<&str>),
) -> Markup {
    let id = |member: &str| format!("{name}-{member}");
    let fault = clause.fault.as_ref().map(|_| id("fault"));
    let field = &clause.field;
    html! {
        form .panel .cond method="get" action="/accounts/filter" data-condition {
            (Address::of(page).hidden(&[]))
            input type="hidden" name="field" value=(field.id);
            @if let Some(place) = place { input type="hidden" name="at" value=(place); }
            .row .wrap {
                b { (told(&field.title)) }
                a .sm .ul .push href=(Address::of(page).adding(place)) { "Another field" }
            }
            @if !field.description.is_empty() { p .sm .muted .help { (told(&field.description)) } }
            label .vh for=(id("relation")) { "Condition" }
            select .field #(id("relation")) name="rel" {
                @for relation in Relation::of(&kind(field)) {
                    option value=(relation.code()) selected[*relation == clause.condition.relation] data-needs=(needs(*relation)) { (title(*relation, field)) }
                }
            }
            (control(page, clause, &id, fault.as_deref()))
            @if let (Some(fault), Some(text)) = (&fault, &clause.fault) { p #(fault) .sm .bad role="alert" { (text) } }
            span .row {
                button .btn .pri .sm type="submit" { "Apply" }
                @if let Some(rest) = rest { a .btn .sm href=(rest) { "Remove" } }
            }
        }
    }
}

const fn needs(relation: Relation) -> &'static str {
    match relation {
        Relation::Known | Relation::Missing => "none",
        Relation::Within | Relation::Older | Relation::Ahead => "days",
        _ => "value",
    }
}

/// Where the value is typed or chosen.
fn control(page: &AccountsPage, clause: &Clause, id: &dyn Fn(&str) -> String, fault: Option<&str>) -> Markup {
    let counts = clause.condition.relation.counts_days();
    let first = clause.condition.values.first().map_or("", String::as_str);
    let invalid = fault.map(|_| "true");
    let several = clause.condition.values.len() > 1;
    let boxes = clause.closed && (several || clause.choices.len() <= BOXES_MOST);
    html! {
        .of-value {
            @match clause.field.kind.as_str() {
                "bool" => {
                    label .vh for=(id("value")) { "Value" }
                    select .field #(id("value")) name="value" aria-invalid=[invalid] aria-describedby=[fault] {
                        @for (value, title) in [("true", t("Yes")), ("false", t("No"))] { option value=(value) selected[value == first] { (title) } }
                    }
                },
                "int" | "double" | "money" => {
                    @let figure = if fault.is_some() { first.to_owned() } else { amount(first) };
                    label .vh for=(id("value")) { "Value" }
                    span .row {
                        input .field #(id("value")) inputmode="decimal" name="value" value=(figure) aria-invalid=[invalid] aria-describedby=[fault] autocomplete="off";
                        span .muted { (unit(page, &clause.field)) }
                    }
                },
                "date" | "time" => {
                    label .vh for=(id("value")) { "Day" }
                    input .field #(id("value")) type="date" name="value" value=[(!counts).then_some(first)] aria-invalid=[invalid] aria-describedby=[fault];
                },
                _ if boxes => (picks(clause, fault)),
                _ if clause.closed => {
                    label .vh for=(id("value")) { "Value" }
                    select .field #(id("value")) name="value" aria-invalid=[invalid] aria-describedby=[fault] {
                        option value="" { "Choose one" }
                        @for (value, title) in &clause.choices { option value=(value) selected[value == first] { (title) } }
                    }
                },
                _ if several => {
                    label .sm .muted for=(id("value")) { "One in each line" }
                    textarea .field #(id("value")) name="value" rows="3" aria-invalid=[invalid] aria-describedby=[fault] { (clause.condition.values.join("\n")) }
                },
                _ => (line(clause, (&id("value"), &id("list")), first, fault)),
            }
        }
        @if is_day(&clause.field) {
            .of-days {
                label .sm for=(id("days")) { "Days" }
                input .field #(id("days")) type="number" min="0" max="36500" name="days" value=(if counts { first } else { "30" }) aria-invalid=[invalid] aria-describedby=[fault];
            }
        }
    }
}

fn unit(page: &AccountsPage, field: &FieldView) -> String {
    match field.kind.as_str() {
        "money" => page.currency.clone(),
        _ if is_fraction(field) => "%".to_owned(),
        _ => crate::web::number::unit(&field.unit),
    }
}

fn picks(clause: &Clause, fault: Option<&str>) -> Markup {
    html! {
        fieldset .picks aria-describedby=[fault] {
            legend .vh { "Values" }
            @for (value, title) in &clause.choices {
                label .row .tick {
                    input type="checkbox" name=(format!("pick.{value}")) value="1" checked[clause.condition.values.contains(value)];
                    span { (title) }
                }
            }
        }
    }
}

fn line(clause: &Clause, (id, list): (&str, &str), first: &str, fault: Option<&str>) -> Markup {
    let proposed = !clause.choices.is_empty();
    html! {
        label .vh for=(id) { "Value" }
        input .field #(id) name="value" value=(first) list=[proposed.then_some(list)] maxlength="500" autocomplete="off" spellcheck="false"
            aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault];
        @if proposed { datalist #(list) { @for (value, title) in &clause.choices { option value=(value) { (title) } } } }
    }
}

/// The form alone, for a place inside the page that is shown.
#[must_use]
pub(crate) fn clause_form(page: &AccountsPage) -> Markup {
    adding(page)
}

/// The button under which another condition is made.
pub(super) fn add(page: &AccountsPage) -> Markup {
    html! {
        details .menu .inline #add-filter open[page.adding.is_some()] {
            summary .btn .ghost .sm { (Icon::Plus.small()) @if page.adding.as_ref().is_some_and(|state| state.place.is_some()) { "Another condition" } @else { "Add filter" } }
            (adding(page))
        }
    }
}
