//! What a credit bureau's answer says: a value on a scale, a limit, an insolvency.

use super::Extract;

/// Columns that hold a value, and the scale that each of them means by itself.
const VALUES: [(&str, &str); 7] = [
    ("paydex", "paydex"),
    ("percentile", "percentile"),
    ("failure_class", "failure_class"),
    ("risk_class", "failure_class"),
    ("default_probability", "default_probability"),
    ("probability_of_default", "default_probability"),
    ("pd", "default_probability"),
];
/// A value whose scale is told beside it.
const TOLD: [&str; 3] = ["value", "score.value", "score"];
const LIMITS: [&str; 3] = ["recommended_limit", "credit_limit", "limit"];
const CURRENCIES: [&str; 3] = ["currency", "limit_currency", "recommended_limit.currency"];
const INSOLVENT: [&str; 4] = ["insolvent", "is_insolvent", "insolvency", "bankrupt"];
const TRUE: [&str; 4] = ["true", "yes", "1", "y"];

/// What a bureau says of a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    /// `percentile`, `paydex`, `failure_class` or `default_probability`.
    pub scale: String,
    /// The value on that scale.
    pub value: f64,
    /// The limit that it recommends: amount and, where it is told, currency.
    pub limit: Option<(String, Option<String>)>,
    /// It reports an insolvency.
    pub insolvent: bool,
}

impl Extract {
    /// The rating in a bureau's answer; nothing where it has no value whose scale is known.
    #[must_use]
    pub fn rating(&self) -> Option<Rating> {
        let told = |names: &[&str]| names.iter().find_map(|name| self.told(name));
        let insolvent = told(&INSOLVENT).is_some_and(|text| TRUE.contains(&text.to_lowercase().as_str()));
        let scale = self.told("scale").or_else(|| self.told("score.scale"));
        let (scale, value) = match scale {
            Some(scale) => (scale.to_lowercase(), told(&TOLD)?),
            None => VALUES.iter().find_map(|(name, scale)| Some(((*scale).to_owned(), self.told(name)?)))?,
        };
        let value = value.parse::<f64>().ok().filter(|value| value.is_finite())?;
        let currency = told(&CURRENCIES).map(|code| code.to_uppercase());
        let amount = told(&LIMITS).or_else(|| self.told("recommended_limit.amount"));
        Some(Rating { scale, value, limit: amount.map(|amount| (amount, currency)), insolvent })
    }

    fn told(&self, name: &str) -> Option<String> {
        let found = self.fields.iter().find(|(field, _)| field.to_lowercase() == name);
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}
