//! The accounts as the filter language sees them: master columns and profile columns side by side, within the
//! asker's rights.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock, RwLockReadGuard};

use jiff::civil::Date;
use kith_domain::access::{Grant, Reach};
use kith_domain::organisation::Organisation;
use kith_domain::value::{EntityCode, Money};
use kith_profile::ChunkView;
use kith_query::catalogue::FieldIndex;
use kith_query::table::{Chunk, Column, Scalar, Table};

use crate::caller::Caller;
use crate::catalogue::{MASTER_FIELDS, custom_place};
use crate::directory::{
    CHUNK_ROWS, Derived, FIELD_IDS, Inner, SHAPES, Shape, epoch_day, open_fields, usize_of,
};
use crate::engine::Engine;

/// Fields that only those see who may read credit.
const OF_CREDIT: [&str; 4] = ["credit_limit", "risk_score", "risk_class", "balance_to_limit"];

/// Whether a field is shown only to those who may read credit.
pub(crate) fn is_of_credit(field: &str) -> bool {
    OF_CREDIT.contains(&field)
}

/// All accounts, as one asker may see them.
pub(crate) struct Accounts<'e> {
    engine: &'e Engine,
    inner: RwLockReadGuard<'e, Inner>,
    reach: Reach,
    credit: Reach,
    only: Option<EntityCode>,
    dormant: bool,
    me: Option<String>,
    organisation: Arc<Organisation>,
    custom: Vec<String>,
}

impl<'e> Accounts<'e> {
    pub(crate) fn new(engine: &'e Engine, caller: &Caller, only: Option<EntityCode>) -> Self {
        let organisation = engine.organisation();
        Self {
            engine,
            custom: open_fields(&organisation).into_iter().map(|(name, _)| name.clone()).collect(),
            inner: engine.directory().read(),
            reach: caller.principal.reach(Grant::AccountsRead),
            credit: caller.principal.reach(Grant::CreditRead),
            only,
            dormant: false,
            me: caller.principal.user().map(|user| user.to_string()),
            organisation,
        }
    }

    /// With inactive and closed accounts too, where they are asked for.
    pub(crate) fn with_dormant(self, dormant: bool) -> Self {
        Self { dormant, ..self }
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    fn covers(&self, entity: &EntityCode) -> bool {
        self.reach.covers(entity) && self.only.as_ref().is_none_or(|only| only == entity)
    }

    /// Whether one row may be seen.
    pub(crate) fn sees(&self, row: u32) -> bool {
        self.inner.entry(row).is_some_and(|entry| self.covers(&entry.entity))
    }

    /// Whether a field of a row is kept from the asker.
    pub(crate) fn hides(&self, row: u32, field: &str) -> bool {
        is_of_credit(field) && !self.shows_credit(row)
    }

    fn shows_credit(&self, row: u32) -> bool {
        self.inner.entry(row).is_some_and(|entry| self.credit.covers(&entry.entity))
    }

    /// The rows of a chunk whose credit the asker may read; `None` when that is all of them.
    fn credit_mask(&self, chunk: usize, shown: &[u64]) -> Option<Vec<u64>> {
        let partial = self.credit != Reach::Everything;
        partial.then(|| self.masked(chunk, shown, |row| self.shows_credit(row)))
    }

    fn visible(&self, chunk: usize, shown: &[u64]) -> Vec<u64> {
        if self.reach == Reach::Everything && self.only.is_none() {
            return shown.to_vec();
        }
        self.masked(chunk, shown, |row| self.sees(row))
    }

    /// Those of the shown rows of a chunk for which something holds.
    fn masked(&self, chunk: usize, shown: &[u64], holds: impl Fn(u32) -> bool) -> Vec<u64> {
        let first = chunk.saturating_mul(CHUNK_ROWS);
        let mut mask = vec![0_u64; shown.len()];
        for at in 0..CHUNK_ROWS {
            let row = u32::try_from(first.saturating_add(at)).unwrap_or(u32::MAX);
            let is_shown = shown.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
            if is_shown
                && holds(row)
                && let Some(word) = mask.get_mut(at / 64)
            {
                *word |= 1 << (at % 64);
            }
        }
        mask
    }
}

/// The place of a text field among the texts of an entry.
pub(crate) fn text_place(field: usize) -> usize {
    SHAPES.iter().take(field).filter(|shape| matches!(shape, Shape::Text | Shape::List)).count()
}

struct Rows<'a> {
    inner: &'a Inner,
    custom: &'a [String],
    chunk: usize,
    len: usize,
    profile: Option<&'a ChunkView<'a>>,
    visible: Vec<u64>,
    derived: Derived,
    today: i64,
    /// The rows whose credit may be read; `None` for all.
    credit: Option<Vec<u64>>,
    /// Which values of the credit fields are known to the asker.
    known: [OnceLock<Vec<u64>>; OF_CREDIT.len()],
}

impl Rows<'_> {
    fn row(&self, at: usize) -> u32 {
        u32::try_from(self.chunk.saturating_mul(CHUNK_ROWS).saturating_add(at)).unwrap_or(u32::MAX)
    }
}

impl Rows<'_> {
    /// A column of credit without the values that the asker may not read.
    fn shown<'a>(&'a self, field: usize, column: Column<'a>) -> Column<'a> {
        let Some(mask) = &self.credit else { return column };
        let id = FIELD_IDS.get(field).copied().unwrap_or_default();
        let known = OF_CREDIT.iter().zip(&self.known).find(|(credit, _)| **credit == id);
        let Some((_, known)) = known else { return column };
        let known = |bits: &[u64]| {
            known
                .get_or_init(|| bits.iter().zip(mask).map(|(known, shown)| known & shown).collect())
                .as_slice()
        };
        match column {
            Column::I64(values, bits) => Column::I64(values, known(bits)),
            Column::F32(values, bits) => Column::F32(values, known(bits)),
            Column::Code(values, bits) => Column::Code(values, known(bits)),
            Column::Missing => Column::Missing,
        }
    }

    fn held(&self, field: usize) -> Column<'_> {
        if field < MASTER_FIELDS {
            let Some(chunk) = self.inner.chunk(self.chunk) else { return Column::Missing };
            let stored = |place| chunk.column(place);
            let expiring = |at, days| self.inner.expiring(self.row(at), self.today, days);
            let open = || {
                kith_profile::metric_index("open_balance")
                    .map_or(Column::Missing, |metric| self.measured(metric))
            };
            return self
                .derived
                .column(field, self.today, stored, expiring, open)
                .unwrap_or_else(|| chunk.column(field));
        }
        if let Some(place) = custom_place(field) {
            return self.inner.chunk(self.chunk).map_or(Column::Missing, |chunk| chunk.custom_column(place));
        }
        self.measured(field.saturating_sub(MASTER_FIELDS))
    }

    fn measured(&self, metric: usize) -> Column<'_> {
        match self.profile.and_then(|profile| profile.column(metric)) {
            Some(kith_profile::Column::I64(values, known)) => Column::I64(values, known),
            Some(kith_profile::Column::F32(values, known)) => Column::F32(values, known),
            Some(kith_profile::Column::Code(values, known)) => Column::Code(values, known),
            None => Column::Missing,
        }
    }
}

impl Chunk for Rows<'_> {
    fn len(&self) -> usize {
        self.len
    }

    fn column(&self, field: FieldIndex) -> Column<'_> {
        let field = usize::from(field.0);
        self.shown(field, self.held(field))
    }

    fn text(&self, field: FieldIndex, row: usize) -> Option<Cow<'_, str>> {
        let entry = self.inner.entry(self.row(row))?;
        if let Some(place) = custom_place(field.0.into()) {
            return entry.custom.as_ref()?.get(self.custom.get(place)?)?.as_str().map(Cow::Borrowed);
        }
        if SHAPES.get(usize::from(field.0)) == Some(&Shape::Kin) {
            return self.inner.kin_text(field.0.into(), self.row(row)).map(Cow::Owned);
        }
        entry.text(text_place(field.0.into())).map(Cow::Borrowed)
    }

    fn texts(&self, field: FieldIndex, row: usize) -> Vec<String> {
        let entry = self.inner.entry(self.row(row));
        let place = text_place(field.0.into());
        entry.into_iter().flat_map(|entry| entry.list(place)).map(str::to_owned).collect()
    }

    fn map(&self, _field: FieldIndex, row: usize, key: &str) -> Option<Scalar> {
        let metadata = self.inner.entry(self.row(row))?.metadata.as_ref()?;
        match metadata.get(key)? {
            serde_json::Value::Bool(value) => Some(Scalar::Bool(*value)),
            serde_json::Value::String(text) => Some(Scalar::Text(text.clone())),
            serde_json::Value::Number(number) => {
                number.as_i64().map(Scalar::Int).or_else(|| number.as_f64().map(Scalar::Double))
            }
            _ => None,
        }
    }

    fn visible(&self) -> Option<&[u64]> {
        Some(&self.visible)
    }
}

impl Table for Accounts<'_> {
    fn chunks(&self) -> usize {
        self.inner.len().div_ceil(CHUNK_ROWS)
    }

    fn with_chunk(&self, index: usize, f: &mut dyn FnMut(&dyn Chunk)) {
        let Some(master) = self.inner.chunk(index) else { return };
        let visible = match self.dormant {
            true => self.visible(index, master.shown()),
            false => self.visible(index, &master.awake()),
        };
        let credit = self.credit_mask(index, master.shown());
        let first = index.saturating_mul(CHUNK_ROWS);
        let len = self.inner.len().saturating_sub(first).min(CHUNK_ROWS);
        let rows = |profile| Rows {
            inner: &self.inner,
            custom: &self.custom,
            chunk: index,
            len,
            profile,
            visible: visible.clone(),
            derived: Derived::default(),
            credit: credit.clone(),
            known: Default::default(),
            today: epoch_day(self.engine.day()),
        };
        let found =
            self.engine.living().with_chunk(index, |view| f(&Rows { profile: Some(view), ..rows(None) }));
        if found.is_none() {
            f(&rows(None));
        }
    }

    fn today(&self) -> Date {
        self.engine.day()
    }

    fn me(&self) -> Option<String> {
        self.me.clone()
    }

    fn convert(&self, money: Money) -> Option<i64> {
        let home = self.organisation.currency?;
        self.organisation.convert(money, home, self.engine.day()).map(|money| money.minor)
    }
}

/// One row of a chunk, for reading single values.
pub(crate) fn at(row: u32) -> (usize, usize) {
    (usize_of(row) / CHUNK_ROWS, usize_of(row) % CHUNK_ROWS)
}
