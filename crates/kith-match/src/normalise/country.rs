//! Countries by name or code, as their two letters.

use super::fold;

const NAMES: [(&str, &str); 78] = [
    ("argentina", "ar"),
    ("aus", "au"),
    ("australia", "au"),
    ("austria", "at"),
    ("autriche", "at"),
    ("belgie", "be"),
    ("belgien", "be"),
    ("belgique", "be"),
    ("belgium", "be"),
    ("brasil", "br"),
    ("brazil", "br"),
    ("bulgaria", "bg"),
    ("can", "ca"),
    ("canada", "ca"),
    ("che", "ch"),
    ("chile", "cl"),
    ("china", "cn"),
    ("croatia", "hr"),
    ("czech republic", "cz"),
    ("czechia", "cz"),
    ("danmark", "dk"),
    ("denmark", "dk"),
    ("deu", "de"),
    ("deutschland", "de"),
    ("england", "gb"),
    ("esp", "es"),
    ("espana", "es"),
    ("estonia", "ee"),
    ("finland", "fi"),
    ("fra", "fr"),
    ("france", "fr"),
    ("frankreich", "fr"),
    ("gbr", "gb"),
    ("germany", "de"),
    ("great britain", "gb"),
    ("greece", "gr"),
    ("holland", "nl"),
    ("hungary", "hu"),
    ("india", "in"),
    ("ireland", "ie"),
    ("israel", "il"),
    ("ita", "it"),
    ("italia", "it"),
    ("italien", "it"),
    ("italy", "it"),
    ("japan", "jp"),
    ("korea", "kr"),
    ("latvia", "lv"),
    ("lithuania", "lt"),
    ("luxembourg", "lu"),
    ("mexico", "mx"),
    ("nederland", "nl"),
    ("netherlands", "nl"),
    ("new zealand", "nz"),
    ("nld", "nl"),
    ("norge", "no"),
    ("norway", "no"),
    ("osterreich", "at"),
    ("pol", "pl"),
    ("poland", "pl"),
    ("polska", "pl"),
    ("portugal", "pt"),
    ("romania", "ro"),
    ("schweiz", "ch"),
    ("singapore", "sg"),
    ("slovakia", "sk"),
    ("slovenia", "si"),
    ("south africa", "za"),
    ("spain", "es"),
    ("suisse", "ch"),
    ("sverige", "se"),
    ("sweden", "se"),
    ("switzerland", "ch"),
    ("the netherlands", "nl"),
    ("turkey", "tr"),
    ("turkiye", "tr"),
    ("uk", "gb"),
    ("united kingdom", "gb"),
];
const UNITED_STATES: [&str; 5] = ["united states", "united states of america", "us", "usa", "u s a"];

/// Two letters where the country is known, else the name as plain text.
pub fn country(value: &str, out: &mut String) {
    fold(value, out);
    if UNITED_STATES.contains(&out.as_str()) {
        out.clear();
        out.push_str("us");
    } else if let Ok(at) = NAMES.binary_search_by(|(name, _)| (*name).cmp(out.as_str())) {
        out.clear();
        out.push_str(NAMES[at].1);
    }
}
