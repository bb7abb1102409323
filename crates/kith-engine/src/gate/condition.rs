//! Conditions of the approval policy: the filter language over one operation.

use std::borrow::Cow;

use jiff::civil::Date;
use kith_domain::account::Tier;
use kith_domain::context::ActorKind;
use kith_domain::organisation::Organisation;
use kith_domain::policy::{LaneFacts, Rules};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{Currency, Money};
use kith_query::catalogue::{Catalogue, Field, FieldIndex, Kind};
use kith_query::filter;
use kith_query::table::{Chunk, Column, Scalar, Table};
use kith_query::top;

/// What the conditions ask besides what raises a lane.
#[derive(Debug, Clone, Default)]
pub(crate) struct OperationFacts {
    /// The largest credit limit in it, or what is at stake when a credit hold is released; in the organisation's currency.
    pub(crate) amount: Option<Money>,
    /// Whether a credit limit rises.
    pub(crate) credit_raise: bool,
    /// Whether it grants a role that approves.
    pub(crate) grants_approving: bool,
    /// The account's entity, tier, type and stage, as they would be.
    pub(crate) entity: Option<String>,
    pub(crate) tier: Option<String>,
    pub(crate) customer_type: Option<String>,
    pub(crate) stage: Option<String>,
    /// The kind of the hold that is placed or released.
    pub(crate) hold_type: Option<String>,
}

const ACTORS: [(&str, ActorKind); 4] = [
    ("user", ActorKind::User),
    ("api_client", ActorKind::ApiClient),
    ("agent", ActorKind::Agent),
    ("system", ActorKind::System),
];

/// The facts that a condition may name.
pub(crate) fn catalogue(currency: Currency) -> Catalogue {
    let words = |words: Vec<&str>| Kind::Enum(words.into_iter().map(str::to_owned).collect());
    let fields = vec![
        Field::master("operation", "Operation", Kind::Text),
        Field::master("fields", "Fields touched", Kind::TextList),
        Field::master(
            "amount",
            "Largest credit limit in it, or what the account owes when its credit hold is released",
            Kind::Money,
        ),
        Field::master("credit_raise", "Raises a credit limit", Kind::Bool),
        Field::master("records", "Records touched", Kind::Int),
        Field::master("actor_kind", "Actor", words(ACTORS.map(|(word, _)| word).to_vec())),
        Field::master("entity", "Owning entity", Kind::Text),
        Field::master("tier", "Customer tier", words(Tier::ALL.iter().map(|tier| tier.as_str()).collect())),
        Field::master("customer_type", "Customer type", Kind::Text),
        Field::master("stage", "Stage", Kind::Text),
        Field::master("in_setup", "The organisation is being set up", Kind::Bool),
        Field::master("new_submitter", "Submitted by a new user", Kind::Bool),
        Field::master("grants_approving", "Grants a role that approves", Kind::Bool),
        Field::master("open_compliance", "Open compliance item", Kind::Bool),
        Field::master("held", "Account is held", Kind::Bool),
        Field::master("hold_type", "Kind of the hold", Kind::Text),
    ];
    Catalogue::new(fields, currency)
}

/// One value of the only row.
#[derive(Debug)]
enum Cell {
    Missing,
    Whole([i64; 1]),
    Code([u16; 1]),
    Text(String),
    Texts(Vec<String>),
}

/// A table of one row: the operation.
#[derive(Debug)]
pub(crate) struct OneOperation<'o> {
    organisation: &'o Organisation,
    today: Date,
    cells: Vec<Cell>,
}

const KNOWN: [u64; 1] = [1];

impl<'o> OneOperation<'o> {
    pub(crate) fn new(
        organisation: &'o Organisation,
        today: Date,
        lane: &LaneFacts,
        more: &OperationFacts,
    ) -> Self {
        let text = |text: &Option<String>| text.clone().map_or(Cell::Missing, Cell::Text);
        let flag = |flag: bool| Cell::Whole([i64::from(flag)]);
        let code = |place: Option<usize>| {
            place
                .and_then(|place| u16::try_from(place).ok())
                .map_or(Cell::Missing, |place| Cell::Code([place]))
        };
        let tier = more.tier.as_deref();
        let cells = vec![
            Cell::Text(lane.operation.as_str().to_owned()),
            Cell::Texts(lane.fields.iter().cloned().collect()),
            more.amount.map_or(Cell::Missing, |amount| Cell::Whole([amount.minor])),
            flag(more.credit_raise),
            Cell::Whole([i64::try_from(lane.records).unwrap_or(i64::MAX)]),
            code(ACTORS.iter().position(|(_, kind)| *kind == lane.actor)),
            text(&more.entity),
            code(tier.and_then(|tier| Tier::ALL.iter().position(|known| known.as_str() == tier))),
            text(&more.customer_type),
            text(&more.stage),
            flag(lane.in_setup),
            flag(lane.new_submitter),
            flag(more.grants_approving),
            flag(lane.open_compliance),
            flag(lane.held),
            text(&more.hold_type),
        ];
        Self { organisation, today, cells }
    }

    /// Whether a condition holds; one that cannot be read holds never.
    pub(crate) fn holds(&self, condition: &str, catalogue: &Catalogue) -> bool {
        filter::check(condition, catalogue).is_ok_and(|filter| top::count(&filter, self) > 0)
    }
}

impl Chunk for OneOperation<'_> {
    fn len(&self) -> usize {
        1
    }

    fn column(&self, field: FieldIndex) -> Column<'_> {
        match self.cells.get(usize::from(field.0)) {
            Some(Cell::Whole(value)) => Column::I64(value, &KNOWN),
            Some(Cell::Code(value)) => Column::Code(value, &KNOWN),
            Some(Cell::Missing | Cell::Text(_) | Cell::Texts(_)) | None => Column::Missing,
        }
    }

    fn text(&self, field: FieldIndex, _: usize) -> Option<Cow<'_, str>> {
        match self.cells.get(usize::from(field.0)) {
            Some(Cell::Text(text)) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn texts(&self, field: FieldIndex, _: usize) -> Vec<String> {
        match self.cells.get(usize::from(field.0)) {
            Some(Cell::Texts(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn map(&self, _: FieldIndex, _: usize, _: &str) -> Option<Scalar> {
        None
    }

    fn visible(&self) -> Option<&[u64]> {
        None
    }
}

impl Table for OneOperation<'_> {
    fn chunks(&self) -> usize {
        1
    }

    fn with_chunk(&self, _: usize, f: &mut dyn FnMut(&dyn Chunk)) {
        f(self);
    }

    fn today(&self) -> Date {
        self.today
    }

    fn convert(&self, money: Money) -> Option<i64> {
        let home = self.organisation.currency?;
        self.organisation.convert(money, home, self.today).map(|money| money.minor)
    }
}

/// What the filter language says against the conditions of a policy.
pub(crate) fn faults(rules: &Rules, currency: Currency) -> Vec<FieldFault> {
    let catalogue = catalogue(currency);
    let mut faults = Vec::new();
    for (place, row) in rules.rows.iter().enumerate() {
        let Some(condition) = &row.when else { continue };
        let pointer = format!("/rows/{place}/when");
        if condition.trim().is_empty() || condition.len() > 4_000 {
            faults.push(FieldFault::new(
                &pointer,
                "condition_length",
                "a condition has 1 to 4,000 characters",
            ));
            continue;
        }
        for error in filter::check(condition, &catalogue).err().unwrap_or_default() {
            faults.push(FieldFault::new(&pointer, error.code, error.to_string()));
        }
    }
    faults
}
