//! Lists: filter, sort, select and page over all accounts in memory.

mod chip;
mod cursor;
mod drawn;
mod export;
mod value;

use kith_api::view::{AccountPage, FieldView};
use kith_domain::access::{AccessAct, Grant, Reach};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::EntityCode;
use kith_query::catalogue::{Catalogue, Field, FieldIndex, Group};
use kith_query::error::Error as QueryError;
use kith_query::filter::{self, Filter};
use kith_query::sort::SortKey;
use kith_query::top::{self, Page};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;
use crate::table::{Accounts, is_of_credit};

pub use chip::Unreadable;
pub use export::Export;
pub(crate) use value::{field_value, metric_value};

/// Rows of a page when nothing is said.
pub const LIMIT: usize = 50;
/// Most rows of a page.
pub const LIMIT_MAX: usize = 200;

/// What a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// CEL; all accounts when empty.
    pub filter: String,
    /// `-revenue_365d,name`.
    pub sort: String,
    /// Fields to give.
    pub fields: Vec<String>,
    /// Rows of the page.
    pub limit: Option<usize>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Only accounts of this entity.
    pub entity: Option<EntityCode>,
    /// Count all that match.
    pub count: bool,
    /// Inactive and closed accounts too. A filter on `stage` asks for them as well.
    pub include_inactive: bool,
}

/// Fields that hold personal data: whoever lists them is noted.
const PERSONAL: [&str; 1] = ["email"];

/// What every row shows besides the fields asked for.
const ALWAYS: [&str; 3] = ["id", "account_number", "name"];

/// What a row shows when no fields are asked for.
const USUAL: [&str; 10] = [
    "tier",
    "stage",
    "owning_entity",
    "health",
    "health_label",
    "order_trend_label_90d",
    "orders_90d",
    "revenue_365d",
    "service_issues_30d",
    "overdue_balance",
];

/// Faults of a filter as field faults, each with its place.
pub(crate) fn located(member: &str, text: &str, errors: &[QueryError]) -> Refusal {
    let fields = errors
        .iter()
        .map(|error| {
            let hint = error.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
            let near: String = text.get(error.at..).unwrap_or_default().chars().take(24).collect();
            let place = format!(
                "at character {} (byte {}, length {})",
                text.get(..error.at).map_or(0, |head| head.chars().count()) + 1,
                error.at,
                error.len
            );
            FieldFault::new(
                format!("/{member}"),
                error.code,
                format!("{} {place}, near {near:?}.{hint}", error.message),
            )
        })
        .collect();
    Refusal::new(
        RefusalKind::Unprocessable,
        format!("{member}_invalid"),
        format!("The {member} cannot be understood."),
        "Mend it at the places named; /api/v1/fields lists the fields.",
    )
    .with_fields(fields)
}

pub(crate) fn invalid(member: &str, code: &str, message: impl Into<String>) -> Refusal {
    let message = message.into();
    Refusal::new(RefusalKind::Unprocessable, code, message.clone(), "").with_fields(vec![FieldFault::new(
        format!("/{member}"),
        code,
        message,
    )])
}

/// A list that was checked and is ready to run.
pub(crate) struct Checked {
    pub(crate) filter: Filter,
    pub(crate) sort: Vec<SortKey>,
    pub(crate) limit: usize,
    pub(crate) after: Option<kith_query::sort::CursorKey>,
    /// Whether inactive and closed accounts are asked for.
    pub(crate) dormant: bool,
    digest: String,
}

impl Engine {
    /// A page of accounts; that personal data was listed is noted.
    ///
    /// # Errors
    /// [`Refusal`] when the filter, the sort, a field or the cursor is at fault.
    pub fn list(&self, caller: &Caller, request: &ListRequest) -> Result<AccountPage, Refusal> {
        let page = self.rows(caller, request)?;
        if request.fields.iter().any(|field| PERSONAL.contains(&field.as_str())) {
            let shown = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
            self.note_access(caller, AccessAct::List, "account", None, shown);
        }
        Ok(page)
    }

    /// A page of accounts.
    fn rows(&self, caller: &Caller, request: &ListRequest) -> Result<AccountPage, Refusal> {
        let catalogue = self.catalogue();
        let fields = chosen(&catalogue, &request.fields)?;
        let checked = self.check(caller, &catalogue, request)?;
        let accounts = Accounts::new(self, caller, request.entity.clone()).with_dormant(checked.dormant);
        let page = run(&checked, &accounts);
        let count = request.count.then(|| top::count(&checked.filter, &accounts));
        let items =
            page.hits.iter().map(|hit| self.item(caller, &catalogue, &accounts, hit.row, &fields)).collect();
        Ok(AccountPage {
            items,
            next_cursor: self.next_cursor(&checked, &page),
            has_more: page.more,
            count,
            day: self.day().to_string(),
            position: self.position(),
        })
    }

    pub(crate) fn check(
        &self,
        caller: &Caller,
        catalogue: &Catalogue,
        request: &ListRequest,
    ) -> Result<Checked, Refusal> {
        let filter = filter::check(&request.filter, catalogue)
            .map_err(|errors| located("filter", &request.filter, &errors))?;
        let sort = if request.sort.trim().is_empty() { "name" } else { request.sort.as_str() };
        let sort =
            SortKey::parse(sort, catalogue).map_err(|errors| located("sort", &request.sort, &errors))?;
        let keys: Vec<_> = sort.iter().map(|key| key.field).collect();
        let named = |places: &[FieldIndex]| {
            places.iter().any(|place| catalogue.field(*place).is_some_and(|field| is_of_credit(&field.id)))
        };
        let asked = [
            ("filter", named(filter.fields())),
            ("sort", named(&keys)),
            ("fields", request.fields.iter().any(|field| is_of_credit(field))),
        ];
        if let Some((member, _)) = asked.iter().find(|(_, asked)| *asked) {
            shows_credit(caller).map_err(|refusal| at(refusal, member))?;
        }
        let limit = request.limit.unwrap_or(LIMIT);
        if limit == 0 || limit > LIMIT_MAX {
            return Err(invalid("limit", "limit_out_of_range", format!("The limit is 1 to {LIMIT_MAX}.")));
        }
        let entity = request.entity.as_ref().map(ToString::to_string).unwrap_or_default();
        let dormant = request.include_inactive || asks_for_stage(&filter, catalogue);
        let digest =
            format!("{}\u{0}{}\u{0}{entity}\u{0}{dormant}", filter.print(), SortKey::print(&sort, catalogue));
        let after = match &request.cursor {
            Some(cursor) => {
                Some(cursor::open(self.store().secrets().cursor(), cursor, &digest).ok_or_else(|| {
                    invalid(
                        "cursor",
                        "cursor_invalid",
                        "The cursor is not one of this list; start again without it.",
                    )
                })?)
            }
            None => None,
        };
        Ok(Checked { filter, sort, limit, after, dormant, digest })
    }

    pub(crate) fn next_cursor(&self, checked: &Checked, page: &Page) -> Option<String> {
        let last = page.hits.last().filter(|_| page.more)?;
        Some(cursor::seal(self.store().secrets().cursor(), &last.cursor(), &checked.digest))
    }

    /// A row as a flat object.
    pub(crate) fn item(
        &self,
        caller: &Caller,
        catalogue: &Catalogue,
        accounts: &Accounts<'_>,
        row: u32,
        fields: &[&Field],
    ) -> Map<String, Value> {
        let mut item = Map::new();
        let Some(entry) = accounts.inner().entry(row) else { return item };
        item.insert("id".into(), json!(entry.id));
        item.insert("account_number".into(), json!(&*entry.number));
        item.insert("name".into(), json!(&*entry.name));
        for field in fields {
            let hidden = (field.id == "email" && !caller.reads_personal()) || accounts.hides(row, &field.id);
            let value =
                if hidden { Value::Null } else { field_value(self, catalogue, accounts.inner(), row, field) };
            item.insert(field.id.clone(), value);
        }
        item
    }

    /// All fields that the caller can ask for.
    #[must_use]
    pub fn field_list(&self, caller: &Caller) -> Vec<FieldView> {
        let catalogue = self.catalogue();
        let credit = shows_credit(caller).is_ok();
        catalogue.fields().iter().filter(|field| credit || !is_of_credit(&field.id)).map(field_view).collect()
    }
}

/// Whether the caller may ask about credit at all; whose credit is decided account by account.
pub(crate) fn shows_credit(caller: &Caller) -> Result<(), Refusal> {
    if caller.principal.reach(Grant::CreditRead) != Reach::Nothing {
        return Ok(());
    }
    Err(permit::denied(Grant::CreditRead))
}

fn at(refusal: Refusal, member: &str) -> Refusal {
    let message = "Credit limits and classes of risk are shown to those who may read credit.";
    refusal.with_fields(vec![FieldFault::new(format!("/{member}"), "field_forbidden", message)])
}

/// Whether a filter says itself which stages it wants, so that no account is left out for its stage.
pub(crate) fn asks_for_stage(filter: &Filter, catalogue: &Catalogue) -> bool {
    catalogue.index("stage").is_some_and(|stage| filter.fields().contains(&stage))
}

pub(crate) fn run(checked: &Checked, accounts: &Accounts<'_>) -> Page {
    top::run(&checked.filter, &checked.sort, checked.limit, checked.after.as_ref(), accounts)
}

/// The fields named, or the usual ones.
pub(crate) fn chosen<'c>(catalogue: &'c Catalogue, names: &[String]) -> Result<Vec<&'c Field>, Refusal> {
    if names.is_empty() {
        return Ok(USUAL.iter().filter_map(|id| catalogue.get(id)).collect());
    }
    let mut fields = Vec::new();
    for name in names.iter().filter(|name| !ALWAYS.contains(&name.as_str())) {
        match catalogue.get(name) {
            Some(field) => fields.push(field),
            None => {
                let hint =
                    catalogue.nearest(name).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                return Err(invalid("fields", "unknown_field", format!("There is no field {name:?}.{hint}")));
            }
        }
    }
    Ok(fields)
}

fn field_view(field: &Field) -> FieldView {
    use kith_query::catalogue::Kind;
    let (kind, values) = match &field.kind {
        Kind::Bool => ("bool", Vec::new()),
        Kind::Int => ("int", Vec::new()),
        Kind::Double => ("double", Vec::new()),
        Kind::Money => ("money", Vec::new()),
        Kind::Date => ("date", Vec::new()),
        Kind::Time => ("time", Vec::new()),
        Kind::Enum(values) => ("enum", values.clone()),
        Kind::Text => ("text", Vec::new()),
        Kind::TextList => ("text_list", Vec::new()),
        Kind::Map => ("map", Vec::new()),
    };
    let metric = kith_profile::metric_index(&field.id).and_then(|index| kith_profile::catalogue().get(index));
    FieldView {
        id: field.id.clone(),
        title: field.title.clone(),
        kind: kind.to_owned(),
        values,
        unit: field.unit.clone(),
        group: if field.group == Group::Master { "master" } else { "metric" }.to_owned(),
        window: field.window.map(u32::from),
        description: field.description.clone(),
        formula: metric.map(|metric| metric.formula.to_owned()),
    }
}
