//! A small table of accounts for tests, and random ones.

use std::borrow::Cow;

use jiff::civil::{Date, date};
use kith_domain::value::Money;
use proptest::prelude::*;

use crate::catalogue::{Catalogue, Field, FieldIndex, Kind};
use crate::table::{CHUNK_ROWS, Chunk, Column, Scalar, Table};

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Whole(i64),
    Single(f32),
    Code(u16),
    Text(String),
    Texts(Vec<String>),
    Region(String),
    None,
}

pub(crate) const TIERS: [&str; 4] = ["standard", "preferred", "premium", "strategic"];

fn values(words: &[&str]) -> Kind {
    Kind::Enum(words.iter().map(|word| (*word).to_owned()).collect())
}

/// Fields of every kind.
pub(crate) fn catalogue() -> Catalogue {
    let fields = vec![
        Field::master("name", "Name", Kind::Text),
        Field::master("tier", "Tier", values(&TIERS)),
        Field::master("active", "Active", Kind::Bool),
        Field::master("created_on", "Customer since", Kind::Date),
        Field::master("changed_at", "Changed", Kind::Time),
        Field::master("tags", "Tags", Kind::TextList),
        Field::master("metadata", "Metadata", Kind::Map),
        Field::metric("orders", Some(90), "Orders, 90 days", Kind::Int),
        Field::metric("revenue", Some(365), "Revenue, 365 days", Kind::Money),
        Field::metric("on_time", Some(90), "On time, 90 days", Kind::Double),
        Field::master("contract.status", "Contract status", values(&["open", "ended"])),
        Field::master("account_manager", "Account manager", Kind::Text),
    ];
    Catalogue::new(fields, "USD".parse().unwrap())
}

/// Rows by field, as the catalogue counts them.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) columns: Vec<Vec<Cell>>,
    pub(crate) hidden: Vec<bool>,
    chunks: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    len: usize,
    columns: Vec<Stored>,
    visible: Vec<u64>,
    cells: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone)]
enum Stored {
    Whole(Vec<i64>, Vec<u64>),
    Single(Vec<f32>, Vec<u64>),
    Code(Vec<u16>, Vec<u64>),
    None,
}

fn bits(set: impl Iterator<Item = bool>) -> Vec<u64> {
    let mut words = vec![0u64; CHUNK_ROWS / 64];
    for (place, _) in set.enumerate().filter(|(_, set)| *set) {
        words[place / 64] |= 1 << (place % 64);
    }
    words
}

fn stored(cells: &[Cell]) -> Stored {
    let known = bits(cells.iter().map(|cell| *cell != Cell::None));
    match cells.iter().find(|cell| **cell != Cell::None) {
        Some(Cell::Whole(_)) => {
            let of = |cell: &Cell| if let Cell::Whole(value) = cell { *value } else { 77 };
            Stored::Whole(cells.iter().map(of).collect(), known)
        }
        Some(Cell::Single(_)) => {
            let of = |cell: &Cell| if let Cell::Single(value) = cell { *value } else { 77.0 };
            Stored::Single(cells.iter().map(of).collect(), known)
        }
        Some(Cell::Code(_)) => {
            let of = |cell: &Cell| if let Cell::Code(value) = cell { *value } else { 0 };
            Stored::Code(cells.iter().map(of).collect(), known)
        }
        _ => Stored::None,
    }
}

impl Rows {
    pub(crate) fn new(columns: Vec<Vec<Cell>>, hidden: Vec<bool>) -> Self {
        let rows = hidden.len();
        let blocks = (0..rows).step_by(CHUNK_ROWS).map(|from| {
            let to = (from + CHUNK_ROWS).min(rows);
            let cells: Vec<Vec<Cell>> = columns.iter().map(|column| column[from..to].to_vec()).collect();
            let visible = bits(hidden[from..to].iter().map(|hidden| !hidden));
            Block {
                len: to - from,
                columns: cells.iter().map(|cells| stored(cells)).collect(),
                visible,
                cells,
            }
        });
        let chunks = blocks.collect();
        Self { columns, hidden, chunks }
    }
}

impl Chunk for Block {
    fn len(&self) -> usize {
        self.len
    }

    fn column(&self, field: FieldIndex) -> Column<'_> {
        match &self.columns[usize::from(field.0)] {
            Stored::Whole(values, known) => Column::I64(values, known),
            Stored::Single(values, known) => Column::F32(values, known),
            Stored::Code(codes, known) => Column::Code(codes, known),
            Stored::None => Column::Missing,
        }
    }

    fn text(&self, field: FieldIndex, row: usize) -> Option<Cow<'_, str>> {
        match &self.cells[usize::from(field.0)][row] {
            Cell::Text(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn texts(&self, field: FieldIndex, row: usize) -> Vec<String> {
        match &self.cells[usize::from(field.0)][row] {
            Cell::Texts(texts) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn map(&self, field: FieldIndex, row: usize, key: &str) -> Option<Scalar> {
        match (&self.cells[usize::from(field.0)][row], key) {
            (Cell::Region(region), "region") => Some(Scalar::Text(region.clone())),
            (Cell::Region(_), "seats") => Some(Scalar::Int(i64::try_from(row % 7).unwrap())),
            _ => None,
        }
    }

    fn visible(&self) -> Option<&[u64]> {
        Some(&self.visible)
    }
}

impl Table for Rows {
    fn chunks(&self) -> usize {
        self.chunks.len()
    }

    fn with_chunk(&self, index: usize, f: &mut dyn FnMut(&dyn Chunk)) {
        f(&self.chunks[index]);
    }

    fn today(&self) -> Date {
        date(2026, 6, 30)
    }

    fn me(&self) -> Option<String> {
        Some("usr_me".to_owned())
    }

    fn convert(&self, money: Money) -> Option<i64> {
        (money.currency.code() == "EUR").then(|| money.minor + money.minor / 10)
    }
}

fn cell(place: usize) -> BoxedStrategy<Cell> {
    let some = match place {
        0 => "[A-D][a-c]{0,3}".prop_map(Cell::Text).boxed(),
        1 => (0..4u16).prop_map(Cell::Code).boxed(),
        2 => (0..2i64).prop_map(Cell::Whole).boxed(),
        3 => (20_500..20_700i64).prop_map(Cell::Whole).boxed(),
        4 => (1_780_000_000_000..1_790_000_000_000i64).prop_map(Cell::Whole).boxed(),
        5 => prop::collection::vec("[a-c]", 0..3).prop_map(Cell::Texts).boxed(),
        6 => "[ns]".prop_map(Cell::Region).boxed(),
        7 => (0..9u8).prop_map(|value| Cell::Single(f32::from(value))).boxed(),
        8 => (-500..5_000i64).prop_map(|value| Cell::Whole(value * 50)).boxed(),
        9 => prop_oneof![
            (0..=20u8).prop_map(|value| Cell::Single(f32::from(value) / 20.0)),
            Just(Cell::Single(f32::NAN)),
            Just(Cell::Single(-0.0)),
        ]
        .boxed(),
        10 => (0..2u16).prop_map(Cell::Code).boxed(),
        _ => prop::sample::select(vec!["usr_me", "usr_b"]).prop_map(|id| Cell::Text(id.to_owned())).boxed(),
    };
    prop_oneof![4 => some, 1 => Just(Cell::None)].boxed()
}

/// Up to 200 rows, or a few hundred over a thousand so that there are two chunks.
pub(crate) fn rows() -> impl Strategy<Value = Rows> {
    let size = prop_oneof![9 => 0..150usize, 1 => 1_000..1_100usize];
    size.prop_flat_map(|size| {
        let columns: Vec<_> = (0..12).map(|place| prop::collection::vec(cell(place), size)).collect();
        let hidden = prop::collection::vec(prop::bool::weighted(0.1), size);
        (columns, hidden).prop_map(|(columns, hidden)| Rows::new(columns, hidden))
    })
}

fn comparison() -> impl Strategy<Value = String> {
    let op = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let number = prop_oneof![
        (-2..10i32).prop_map(|value| value.to_string()),
        (0..90u8).prop_map(|value| format!("{:?}", f64::from(value) / 20.0)),
        (0..9u8).prop_map(|value| format!("{value}u")),
    ];
    let date = (0..200i32).prop_map(|days| format!("today() - days({days})"));
    let money = prop_oneof![
        (-200..2_000i32).prop_map(|value| value.to_string()),
        (-200..2_000i32).prop_map(|value| format!("money(\"{value}.50\", \"USD\")")),
        (0..2_000i32).prop_map(|value| format!("money(\"{value}.00\", \"EUR\")")),
        Just("money(\"5\", \"GBP\")".to_owned()),
        Just("orders_90d * 200".to_owned()),
    ];
    prop_oneof![
        (op.clone(), number.clone()).prop_map(|(op, number)| format!("orders_90d {op} {number}")),
        (op.clone(), number.clone()).prop_map(|(op, number)| format!("{number} {op} on_time_90d")),
        (op.clone(), number).prop_map(|(op, number)| format!("orders_90d * 2 - 1 {op} {number}")),
        (op.clone(), money).prop_map(|(op, money)| format!("revenue_365d {op} {money}")),
        (op.clone(), date.clone()).prop_map(|(op, date)| format!("created_on {op} {date}")),
        (op.clone(), date).prop_map(|(op, date)| format!("changed_at {op} {date}")),
        (op, "[A-D][a-c]?").prop_map(|(op, text)| format!("name {op} \"{text}\"")),
    ]
}

fn atom() -> impl Strategy<Value = String> {
    let fixed = vec![
        "active",
        "active == false",
        "active != true",
        "has(tier)",
        "has(orders_90d)",
        "has(on_time_90d)",
        "has(tags)",
        "has(metadata.region)",
        "tier == \"premium\"",
        "tier != \"standard\"",
        "tier in [\"premium\", \"strategic\"]",
        "orders_90d in [1, 2, 3.0, 5u]",
        "revenue_365d in [0, 100, 200.5]",
        "contract.status == \"open\"",
        "account_manager == me",
        "metadata.region == \"n\"",
        "metadata[\"seats\"] > 3",
        "metadata.none == 1",
        "tags.exists(t, t == \"a\")",
        "tags.all(t, t != \"b\")",
        "\"c\" in tags",
        "name.startsWith(\"A\")",
        "name.matches(\"(?i)^[ab]\")",
        "size(name) > 2",
        "(active ? orders_90d : 3) > 2",
        "orders_90d / 0 == 1",
        "true",
        "false",
    ];
    prop_oneof![2 => comparison(), 1 => prop::sample::select(fixed).prop_map(str::to_owned)]
}

/// Filters that check, over every kind of field.
pub(crate) fn filter() -> impl Strategy<Value = String> {
    atom().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" && "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|any| format!("({})", any.join(" || "))),
            inner.prop_map(|inner| format!("!({inner})")),
        ]
    })
}
