//! What happens to the customers of a benchmark: CloudEvents, made before the clock starts.

use std::fmt::Write as _;

use jiff::Timestamp;

/// Events in a batch, as the budget has it.
pub const BATCH: usize = 1_000;

/// A stream of events: any of its parts can be made by itself.
#[derive(Debug, Clone)]
pub struct Happenings {
    accounts: u64,
    days: i64,
    run: String,
    now: i64,
}

/// A number that looks random and belongs to another number (`SplitMix64`).
fn scattered(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Happenings {
    /// Events of the last `days` days, spread evenly over accounts and time; ids of one run differ from those of any other.
    #[must_use]
    pub fn new(accounts: usize, days: i64) -> Self {
        let now = Timestamp::now();
        let run = format!("{:x}", now.as_microsecond());
        Self { accounts: accounts.max(1) as u64, days, run, now: now.as_second() }
    }

    /// Batch number `n` as one JSON array, and its events one by one.
    #[must_use]
    pub fn batch(&self, n: usize) -> String {
        let mut body = String::with_capacity(BATCH * 400);
        let first = n * BATCH;
        for number in first..first + BATCH {
            body.push(if number == first { '[' } else { ',' });
            self.event(number as u64, &mut body);
        }
        body.push(']');
        body
    }

    /// The events of a batch one by one, as the rows of the yardstick hold them.
    #[must_use]
    pub fn rows(&self, n: usize) -> Vec<String> {
        let row = |number: usize| {
            let mut event = String::new();
            self.event(number as u64, &mut event);
            event
        };
        (n * BATCH..(n + 1) * BATCH).map(row).collect()
    }

    /// One of the eight events of a story. Stories mix: a batch has a thousand of them, every kind in each.
    fn event(&self, n: u64, out: &mut String) {
        let within = n % 8_000;
        let (story, part) = (n / 8_000 * 1_000 + within % 1_000, (within / 1_000 + within) % 8);
        let draw = scattered(story);
        let account = draw % self.accounts;
        let back = ((draw >> 32) % (self.days.max(1) as u64 * 86_400)) as i64;
        let at = Timestamp::from_second(self.now - 60 - back).unwrap_or(Timestamp::UNIX_EPOCH);
        let (entity, currency) = if account.is_multiple_of(5) { ("EU", "EUR") } else { ("US", "USD") };
        let (run, day) = (&self.run, at.strftime("%Y-%m-%d"));
        let money = format!(r#"{{"amount":"{}.50","currency":"{currency}"}}"#, 100 + draw % 9_000);
        let (kind, data) = match part {
            0 => (
                "order.placed",
                format!(
                    r#"{{"order_no":"O{run}-{story}","entity":"{entity}","value":{money},"lane":"CHI-DAL"}}"#
                ),
            ),
            1 => (
                "order.delivered",
                format!(
                    r#"{{"order_no":"O{run}-{story}","delivered_at":"{at}","promised_by":"{at}","in_full":{}}}"#,
                    !draw.is_multiple_of(10)
                ),
            ),
            2 => (
                "invoice.posted",
                format!(
                    r#"{{"invoice_no":"I{run}-{story}","entity":"{entity}","order_no":"O{run}-{story}","amount":{money},"issued_on":"{day}","due_on":"{day}"}}"#
                ),
            ),
            3 => (
                "payment.received",
                format!(
                    r#"{{"payment_no":"P{run}-{story}","entity":"{entity}","amount":{money},"received_on":"{day}","allocations":[{{"invoice_no":"I{run}-{story}","amount":{money}}}]}}"#
                ),
            ),
            4 => ("portal.login", format!(r#"{{"user":"user{}"}}"#, draw % 5)),
            5 => (
                "quote.requested",
                format!(r#"{{"quote_no":"Q{run}-{story}","lane":"CHI-DAL","value":{money}}}"#),
            ),
            6 => (
                "inquiry.received",
                format!(
                    r#"{{"inquiry_no":"N{run}-{story}","channel":"email","priority":"P3","intent":"order_status","text":"Where is it? We have waited for days."}}"#
                ),
            ),
            _ => (
                "exception.detected",
                format!(
                    r#"{{"exception_no":"E{run}-{story}","order_no":"O{run}-{story}","kind":"delay","severity":"medium"}}"#
                ),
            ),
        };
        let written = write!(
            out,
            r#"{{"specversion":"1.0","id":"{run}-{n}","source":"/erp","type":"io.kith.{kind}","time":"{at}","subject":"external:erp:{account}","data":{data}}}"#
        );
        debug_assert!(written.is_ok(), "text grows without fail");
    }
}
