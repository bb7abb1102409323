//! What values of other systems mean here: kinds of customers, stages, payment terms, countries (D§6.3).

mod country;

pub use country::{country, country_names};

use super::normalise;

/// What a customer type of another system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypeReading {
    /// One of the seven customer types.
    pub customer_type: Option<&'static str>,
    /// A party role beside `customer`.
    pub role: Option<&'static str>,
    /// A stage that the word implies.
    pub stage: Option<&'static str>,
}

/// The seven customer types (D§0.6 F7).
pub const CUSTOMER_TYPES: [&str; 7] =
    ["retail", "wholesale", "distributor", "enterprise", "government", "nonprofit", "other"];

/// The tiers.
pub const TIERS: [&str; 4] = ["standard", "preferred", "premium", "strategic"];

/// The stages that an import may set.
pub const STAGES: [&str; 5] = ["prospect", "onboarding", "active", "inactive", "closed"];

/// Reads a customer type; `None` when the word is unknown.
#[must_use]
pub fn customer_type(cell: &str) -> Option<TypeReading> {
    let name = normalise(cell);
    let kind =
        |customer_type| Some(TypeReading { customer_type: Some(customer_type), ..TypeReading::default() });
    if let Some(own) = CUSTOMER_TYPES.iter().find(|own| **own == name) {
        return kind(own);
    }
    let role = |role| Some(TypeReading { role: Some(role), ..TypeReading::default() });
    match name.as_str() {
        "customerdirect" | "company" | "corporate" | "business" | "b2b" | "largeenterprise" => {
            kind("enterprise")
        }
        "customerchannel" | "reseller" | "dealer" | "distribution" => kind("distributor"),
        "wholesaler" | "commercial" => kind("wholesale"),
        "retailer" | "individual" | "residential" | "consumer" | "b2c" => kind("retail"),
        "public" | "publicsector" | "government" | "federal" | "municipality" => kind("government"),
        "ngo" | "charity" | "nonprofitorganization" | "nonprofitorganisation" | "notforprofit" => {
            kind("nonprofit")
        }
        "customer" | "account" | "planned" => Some(TypeReading::default()),
        "channelpartnerreseller" | "partner" | "technologypartner" | "installationpartner" => role("partner"),
        "vendor" | "supplier" => role("vendor"),
        "competitor" => role("competitor"),
        "carrier" => role("carrier"),
        "prospect" => Some(TypeReading { stage: Some("prospect"), ..TypeReading::default() }),
        _ => None,
    }
}

/// Reads a stage or a lifecycle stage; `None` when the word is unknown.
#[must_use]
pub fn stage(cell: &str) -> Option<&'static str> {
    Some(match normalise(cell).as_str() {
        "prospect"
        | "subscriber"
        | "lead"
        | "marketingqualifiedlead"
        | "mql"
        | "salesqualifiedlead"
        | "sql"
        | "opportunity"
        | "new" => "prospect",
        "onboarding" | "pending" => "onboarding",
        "active" | "customer" | "evangelist" | "enabled" | "open" | "current" => "active",
        "inactive" | "disabled" | "former" | "dormant" | "archived" => "inactive",
        "closed" => "closed",
        _ => return None,
    })
}

/// Reads a tier; `None` when the word is unknown.
#[must_use]
pub fn tier(cell: &str) -> Option<&'static str> {
    Some(match normalise(cell).as_str() {
        "standard" | "basic" | "bronze" | "regular" => "standard",
        "preferred" | "silver" => "preferred",
        "premium" | "gold" => "premium",
        "strategic" | "platinum" | "keyaccount" | "key" => "strategic",
        _ => return None,
    })
}

/// Reads yes and no in the usual spellings.
#[must_use]
pub fn truth(cell: &str) -> Option<bool> {
    Some(match normalise(cell).as_str() {
        "1" | "true" | "yes" | "y" | "t" | "ja" | "oui" | "x" => true,
        "0" | "false" | "no" | "n" | "f" | "nein" | "non" | "" => false,
        _ => return None,
    })
}

/// The code of payment terms, as D§1.8 writes them, from the usual spellings: `Net 30`, `NT30`, `n/30`,
/// `30 days`, `2/10 net 30`, `Net 30 EOM`, `Due on receipt`. `None` when it is no spelling of terms.
#[must_use]
pub fn payment_terms(cell: &str) -> Option<String> {
    let text: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '/').collect();
    match text.as_str() {
        "prepaid" | "prepay" | "prepayment" | "cashinadvance" | "cia" | "vorkasse" => {
            return Some("PREPAID".into());
        }
        "cod" | "cashondelivery" => return Some("COD".into()),
        "due" | "dueonreceipt" | "immediate" | "immediately" | "uponreceipt" | "net0" | "sofort" => {
            return Some("DUE".into());
        }
        _ => {}
    }
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    // `2/10net30` and `2/10n/30`: discount of 2 percent within 10 days.
    if let Some((discount, rest)) = text.split_once('/')
        && digits(discount)
    {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (days, rest) = rest.split_at_checked(end)?;
        let net = payment_terms(rest)?;
        return (digits(days) && net.starts_with("NET")).then(|| format!("{discount}/{days}{net}"));
    }
    let (text, eom) = match text.strip_suffix("eom").or_else(|| text.strip_suffix("endofmonth")) {
        Some(rest) => (rest, "EOM"),
        None => (text.as_str(), ""),
    };
    let text = text.strip_suffix("netdays").or_else(|| text.strip_suffix("daysnet")).unwrap_or(text);
    let text =
        ["days", "day", "tage", "jours", "d"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let start = ["net", "nt", "n/", "n", ""].iter().find_map(|start| text.strip_prefix(start));
    let days: u16 = start.filter(|rest| digits(rest))?.parse().ok()?;
    Some(format!("NET{days}{eom}"))
}
