//! What a company's books say: Altman's Z″ for private companies that do not manufacture.

use serde::{Deserialize, Serialize};

/// Older than this (18 months), books say nothing any more.
pub const BOOKS_DAYS_MAX: u32 = 548;
/// What the version for emerging markets adds.
const EMERGING: f64 = 3.25;
/// Z″ that earns all points.
const FULL_SCORE_AT: f64 = 5.2;

/// How near a company is to insolvency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Far from it.
    Safe,
    /// Unclear.
    Grey,
    /// Near it.
    Distress,
}

impl Zone {
    /// The zone's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Grey => "grey",
            Self::Distress => "distress",
        }
    }

    fn of(z: f64, safe_above: f64, distress_below: f64) -> Self {
        if z > safe_above {
            Self::Safe
        } else if z < distress_below {
            Self::Distress
        } else {
            Self::Grey
        }
    }
}

/// Figures of one balance sheet, all in minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Financials {
    /// Current assets less current liabilities.
    pub working_capital_minor: i64,
    /// Profits kept.
    pub retained_earnings_minor: i64,
    /// Earnings before interest and taxes, of a year.
    pub ebit_minor: i64,
    /// Book value of equity.
    pub equity_minor: i64,
    /// All assets.
    pub total_assets_minor: i64,
    /// All liabilities.
    pub total_liabilities_minor: i64,
    /// Days since the balance sheet's date.
    pub age_days: u32,
}

impl Financials {
    /// Altman's Z″; `None` where assets or liabilities are nothing, or the books are too old.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        if self.total_assets_minor <= 0 || self.total_liabilities_minor <= 0 || self.age_days > BOOKS_DAYS_MAX
        {
            return None;
        }
        let by_assets = |minor: i64| minor as f64 / self.total_assets_minor as f64;
        let by_liabilities = self.equity_minor as f64 / self.total_liabilities_minor as f64;
        Some(
            6.56 * by_assets(self.working_capital_minor)
                + 3.26 * by_assets(self.retained_earnings_minor)
                + 6.72 * by_assets(self.ebit_minor)
                + 1.05 * by_liabilities,
        )
    }

    /// The version for companies of emerging markets.
    #[must_use]
    pub fn z_emerging(&self) -> Option<f64> {
        self.z().map(|z| z + EMERGING)
    }

    /// The zone of Z″.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        self.z().map(|z| Zone::of(z, 2.6, 1.1))
    }

    /// The zone of the version for emerging markets.
    #[must_use]
    pub fn zone_emerging(&self) -> Option<Zone> {
        self.z_emerging().map(|z| Zone::of(z, 5.85, 4.15))
    }

    /// 0 to 100.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        self.z().map(|z| (100.0 * z / FULL_SCORE_AT).clamp(0.0, 100.0))
    }
}
