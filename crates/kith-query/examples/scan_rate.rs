//! Milliseconds for a list over 1M accounts × 40 columns: filter, sort, top 100, on one core and on two.
//!
//! `cargo run --release -p kith-query --example scan_rate`
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program prints and has a clock"
)]

use std::borrow::Cow;
use std::time::Instant;

use jiff::civil::{Date, date};
use kith_query::catalogue::{Catalogue, Field, FieldIndex, Kind};
use kith_query::filter::{Filter, check};
use kith_query::sort::SortKey;
use kith_query::table::{CHUNK_ROWS, Chunk, Column, Scalar, Table};
use kith_query::top::{Page, count, run, run_range};

const ROWS: usize = 1_000_000;
const RUNS: usize = 21;

struct Block {
    len: usize,
    i64s: Vec<Vec<i64>>,
    f32s: Vec<Vec<f32>>,
    codes: Vec<Vec<u16>>,
    known: Vec<u64>,
}

struct Accounts(Vec<Block>);

/// Ten columns of whole numbers, twenty-five of measures, five of codes.
impl Chunk for Block {
    fn len(&self) -> usize {
        self.len
    }

    fn column(&self, field: FieldIndex) -> Column<'_> {
        let place = usize::from(field.0);
        match place {
            0..10 => Column::I64(&self.i64s[place], &self.known),
            10..35 => Column::F32(&self.f32s[place - 10], &self.known),
            _ => Column::Code(&self.codes[place - 35], &self.known),
        }
    }

    fn text(&self, _: FieldIndex, _: usize) -> Option<Cow<'_, str>> {
        None
    }

    fn texts(&self, _: FieldIndex, _: usize) -> Vec<String> {
        Vec::new()
    }

    fn map(&self, _: FieldIndex, _: usize, _: &str) -> Option<Scalar> {
        None
    }

    fn visible(&self) -> Option<&[u64]> {
        None
    }
}

impl Table for Accounts {
    fn chunks(&self) -> usize {
        self.0.len()
    }

    fn with_chunk(&self, index: usize, f: &mut dyn FnMut(&dyn Chunk)) {
        f(&self.0[index]);
    }

    fn today(&self) -> Date {
        date(2026, 6, 30)
    }
}

/// A small generator, so that every run measures the same table.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

fn catalogue() -> Catalogue {
    let mut fields = Vec::new();
    for place in 0..8 {
        fields.push(Field::metric(&format!("revenue{place}"), Some(365), "Revenue", Kind::Money));
    }
    fields.push(Field::master("last_order_on", "Last order", Kind::Date));
    fields.push(Field::master("created_on", "Customer since", Kind::Date));
    for place in 0..25 {
        fields.push(Field::metric(&format!("ratio{place}"), Some(90), "A ratio", Kind::Double));
    }
    for place in 0..5 {
        let values = ["standard", "preferred", "premium", "strategic"].map(str::to_owned).to_vec();
        fields.push(Field::master(&format!("tier{place}"), "Tier", Kind::Enum(values)));
    }
    Catalogue::new(fields, "USD".parse().unwrap_or_else(|_| unreachable!()))
}

fn accounts() -> Accounts {
    let mut random = Random(7);
    let blocks = (0..ROWS).step_by(CHUNK_ROWS).map(|from| {
        let len = CHUNK_ROWS.min(ROWS - from);
        let mut draw = |most: u64| random.next() % most;
        let whole = |most: u64, draw: &mut dyn FnMut(u64) -> u64| {
            (0..CHUNK_ROWS).map(|_| i64::try_from(draw(most)).unwrap_or(0)).collect::<Vec<_>>()
        };
        let mut i64s: Vec<Vec<i64>> = (0..8).map(|_| whole(100_000_000, &mut draw)).collect();
        i64s.push(whole(20_634, &mut draw));
        i64s.push((from..from + CHUNK_ROWS).map(|row| i64::try_from(row / 100).unwrap_or(0)).collect());
        let share = |value: u64| f32::from(u16::try_from(value).unwrap_or(0)) / 10_000.0;
        let f32s = (0..25).map(|_| (0..CHUNK_ROWS).map(|_| share(draw(10_000))).collect()).collect();
        let codes =
            (0..5).map(|_| (0..CHUNK_ROWS).map(|_| u16::try_from(draw(4)).unwrap_or(0)).collect()).collect();
        let known =
            (0..CHUNK_ROWS / 64).map(|_| random.next() | random.next() << 31 | random.next()).collect();
        Block { len, i64s, f32s, codes, known }
    });
    Accounts(blocks.collect())
}

/// The least and the median time of a piece of work in milliseconds. On a busy machine the least says more.
fn timed(mut work: impl FnMut() -> usize) -> (String, usize) {
    let mut times = Vec::new();
    let mut hits = 0;
    for _ in 0..RUNS {
        let begin = Instant::now();
        hits = work();
        times.push(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    (format!("{:.2} / {:.2}", at(0), at(RUNS / 2)), hits)
}

fn on_two(filter: &Filter, sort: &[SortKey], table: &Accounts) -> Page {
    let half = table.chunks() / 2;
    std::thread::scope(|scope| {
        let first = scope.spawn(|| run_range(filter, sort, 100, None, table, 0..half));
        let second = run_range(filter, sort, 100, None, table, half..table.chunks());
        Page::merge(vec![first.join().unwrap_or_default(), second], sort, 100)
    })
}

fn main() {
    let catalogue = catalogue();
    let table = accounts();
    let cases = [
        (
            "4 selective",
            "tier0 == \"premium\" && ratio0_90d < 0.5 && revenue0_365d > 200000 && last_order_on < today() - days(60)",
            "-ratio1_90d",
        ),
        (
            "4 that nearly all pass",
            "tier0 != \"premium\" && ratio0_90d > 0.01 && revenue0_365d > 1000 && last_order_on < today() - days(1)",
            "-revenue1_365d",
        ),
        (
            "4 numbers",
            "ratio0_90d > 0.2 && ratio1_90d < 0.8 && ratio2_90d > 0.3 && ratio3_90d >= 0.1",
            "ratio4_90d",
        ),
        (
            "4 amounts",
            "revenue0_365d > 100000 && revenue1_365d > 100000 && revenue2_365d > 100000 && revenue3_365d > 100000",
            "-revenue4_365d",
        ),
        (
            "any of 4",
            "tier0 == \"premium\" || ratio0_90d < 0.1 || revenue0_365d > 900000 || tier1 in [\"standard\", \"strategic\"]",
            "-revenue1_365d",
        ),
        ("none, newest first", "", "-created_on"),
        ("2 keys", "tier0 == \"premium\"", "-tier1,-ratio1_90d"),
        ("arithmetic by row", "revenue0_365d > 2 * revenue1_365d", "-ratio1_90d"),
    ];
    println!("{ROWS} accounts x 40 columns, top 100, least / median ms of {RUNS}");
    println!("{:<24} {:>15} {:>15} {:>15} {:>8}  passing", "filter", "1 core", "2 cores", "count", "compile");
    for (title, text, order) in cases {
        let begin = Instant::now();
        let (Ok(filter), Ok(sort)) = (check(text, &catalogue), SortKey::parse(order, &catalogue)) else {
            println!("{title}: does not check");
            continue;
        };
        let compile = begin.elapsed().as_secs_f64() * 1_000.0;
        let (one, _) = timed(|| run(&filter, &sort, 100, None, &table).hits.len());
        let (two, _) = timed(|| on_two(&filter, &sort, &table).hits.len());
        let (all, hits) = timed(|| usize::try_from(count(&filter, &table)).unwrap_or(0));
        println!("{title:<24} {one:>15} {two:>15} {all:>15} {compile:>8.3}  {hits}");
    }
}
