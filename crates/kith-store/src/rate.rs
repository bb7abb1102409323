//! Exchange rates by day: inputs of the profile, entered with their source.

use crate::fault::Fault;
use crate::sql::{Row, all};
use crate::unit::{Reader, Unit};

/// How much of `quote` one unit of `base` was worth on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Currency code.
    pub base: String,
    /// Currency code.
    pub quote: String,
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// The rate, a decimal text.
    pub rate: String,
    /// Where it comes from.
    pub source: String,
}

fn rate(row: &dyn Row) -> Result<Rate, Fault> {
    let text = |column| row.text(column).map(str::to_owned);
    Ok(Rate { base: text(0)?, quote: text(1)?, day: text(2)?, rate: text(3)?, source: text(4)? })
}

impl Reader<'_> {
    /// All rates by base, quote and day.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn rates(&mut self) -> Result<Vec<Rate>, Fault> {
        let text = "SELECT base, quote, day, rate, source FROM fx_rate ORDER BY base, quote, day";
        all(self.sql, text, &[], rate)
    }
}

impl Unit<'_> {
    /// Enters a rate, over one of the same day.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn put_rate(&mut self, rate: &Rate) -> Result<(), Fault> {
        let text = "INSERT INTO fx_rate (base, quote, day, rate, source) VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (base, quote, day) DO UPDATE SET rate = excluded.rate, source = excluded.source";
        let Rate { base, quote, day, rate, source } = rate;
        self.execute(text, &[base.into(), quote.into(), day.into(), rate.into(), source.into()]).map(drop)
    }
}
