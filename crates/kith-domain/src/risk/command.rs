//! What may be asked about the risk of an account.

use jiff::civil::Date;
use kith_risk::score::BureauScale;
use serde::{Deserialize, Serialize};

use crate::approval::Operation;
use crate::value::{Money, Personal};

/// What a bureau says of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BureauReport {
    /// Which bureau.
    pub bureau: String,
    /// Its scale.
    pub scale: BureauScale,
    /// The value on that scale, in millionths.
    pub value_millionths: i64,
    /// The day of the report.
    pub reported_on: Date,
    /// The limit that it recommends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommended_limit: Option<Money>,
    /// What an insurer covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insured_limit: Option<Money>,
    /// It reports an insolvency.
    #[serde(default)]
    pub is_insolvent: bool,
}

/// What a company's books say, all in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    /// The day of the balance sheet.
    pub statement_on: Date,
    /// Current assets less current liabilities.
    pub working_capital: Money,
    /// Profits kept.
    pub retained_earnings: Money,
    /// Earnings before interest and taxes, of a year.
    pub ebit: Money,
    /// Book value of equity.
    pub equity: Money,
    /// All assets.
    pub total_assets: Money,
    /// All liabilities.
    pub total_liabilities: Money,
    /// Equity less what cannot be touched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tangible_net_worth: Option<Money>,
}

impl Books {
    /// Every figure with its name.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, Money)> {
        let mut all = vec![
            ("working_capital", self.working_capital),
            ("retained_earnings", self.retained_earnings),
            ("ebit", self.ebit),
            ("equity", self.equity),
            ("total_assets", self.total_assets),
            ("total_liabilities", self.total_liabilities),
        ];
        all.extend(self.tangible_net_worth.map(|money| ("tangible_net_worth", money)));
        all
    }
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Record what a bureau says; it stands in place of what was said before.
    RecordBureau {
        /// What it says.
        report: Box<BureauReport>,
    },
    /// Record what the books say; they stand in place of the books before.
    RecordBooks {
        /// What they say.
        books: Box<Books>,
    },
    /// Move the class by a notch for half a year, or no longer.
    OverrideClass {
        /// 1 is worse, −1 better, 0 ends it.
        notches: i8,
        /// Why.
        reason: Personal<String>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::RecordBureau { .. } | Self::RecordBooks { .. } => Operation::RiskRecord,
            Self::OverrideClass { .. } => Operation::RiskOverride,
        }
    }
}
