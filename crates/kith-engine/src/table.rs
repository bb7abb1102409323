//! The accounts as the filter language sees them: master columns and profile columns side by side, within the
//! asker's rights.

use std::borrow::Cow;
use std::sync::{Arc, RwLockReadGuard};

use jiff::civil::Date;
use kith_domain::access::{Grant, Reach};
use kith_domain::organisation::Organisation;
use kith_domain::value::{EntityCode, Money};
use kith_profile::ChunkView;
use kith_query::catalogue::FieldIndex;
use kith_query::table::{Chunk, Column, Scalar, Table};

use crate::caller::Caller;
use crate::catalogue::{MASTER_FIELDS, custom_place};
use crate::directory::{CHUNK_ROWS, Derived, Inner, SHAPES, Shape, epoch_day, open_fields, usize_of};
use crate::engine::Engine;

/// All accounts, as one asker may see them.
pub(crate) struct Accounts<'e> {
    engine: &'e Engine,
    inner: RwLockReadGuard<'e, Inner>,
    reach: Reach,
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

    fn visible(&self, chunk: usize, shown: &[u64]) -> Vec<u64> {
        if self.reach == Reach::Everything && self.only.is_none() {
            return shown.to_vec();
        }
        let first = chunk.saturating_mul(CHUNK_ROWS);
        let mut mask = vec![0_u64; shown.len()];
        for at in 0..CHUNK_ROWS {
            let row = u32::try_from(first.saturating_add(at)).unwrap_or(u32::MAX);
            let is_shown = shown.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
            if is_shown
                && self.sees(row)
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
}

impl Rows<'_> {
    fn row(&self, at: usize) -> u32 {
        u32::try_from(self.chunk.saturating_mul(CHUNK_ROWS).saturating_add(at)).unwrap_or(u32::MAX)
    }
}

impl Chunk for Rows<'_> {
    fn len(&self) -> usize {
        self.len
    }

    fn column(&self, field: FieldIndex) -> Column<'_> {
        let field = usize::from(field.0);
        if field < MASTER_FIELDS {
            let Some(chunk) = self.inner.chunk(self.chunk) else { return Column::Missing };
            let stored = |place| chunk.column(place);
            let expiring = |at, days| self.inner.expiring(self.row(at), self.today, days);
            return self
                .derived
                .column(field, self.today, stored, expiring)
                .unwrap_or_else(|| chunk.column(field));
        }
        if let Some(place) = custom_place(field) {
            return self.inner.chunk(self.chunk).map_or(Column::Missing, |chunk| chunk.custom_column(place));
        }
        let metric = field.saturating_sub(MASTER_FIELDS);
        match self.profile.and_then(|profile| profile.column(metric)) {
            Some(kith_profile::Column::I64(values, known)) => Column::I64(values, known),
            Some(kith_profile::Column::F32(values, known)) => Column::F32(values, known),
            Some(kith_profile::Column::Code(values, known)) => Column::Code(values, known),
            None => Column::Missing,
        }
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
