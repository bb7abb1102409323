//! What an account may name as its team.

use std::collections::BTreeMap;

use crate::organisation::alike;
use crate::value::EntityCode;

/// A team as the rules of accounts know it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownTeam {
    /// Its name.
    pub name: String,
    /// The legal entity that it works for; `None` for all.
    pub entity: Option<EntityCode>,
    /// Whether it takes no more accounts.
    pub retired: bool,
}

/// What came of looking for a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamCheck {
    /// The organisation has no teams: any text is one.
    Free,
    /// The team of this code.
    Code(String),
    /// It takes no more accounts.
    Retired,
    /// It works for another legal entity.
    OtherEntity(EntityCode),
    /// There is no such team; codes that are like it.
    Unknown(Vec<String>),
}

/// A code as it is compared: in capitals, without blanks around it.
#[must_use]
pub fn team_code(code: &str) -> String {
    code.trim().to_uppercase()
}

/// The team that a text means, by its code or its name whatever the case, for what belongs to an entity. `now` is the team that it
/// has already: that one stays, whatever became of it.
#[must_use]
pub fn find(
    teams: &BTreeMap<String, KnownTeam>,
    text: &str,
    entity: &EntityCode,
    now: Option<&String>,
) -> TeamCheck {
    if teams.is_empty() {
        return TeamCheck::Free;
    }
    let code = team_code(text);
    let named = || teams.iter().find(|(_, team)| team.name.to_lowercase() == text.trim().to_lowercase());
    let Some((code, team)) = teams.get_key_value(&code).or_else(named) else {
        let names = teams.iter().filter(|(_, team)| !team.retired);
        return TeamCheck::Unknown(alike(
            text,
            names.map(|(code, team)| (code.as_str(), Some(team.name.as_str()))),
        ));
    };
    match &team.entity {
        _ if now == Some(code) => TeamCheck::Code(code.clone()),
        _ if team.retired => TeamCheck::Retired,
        Some(other) if other != entity => TeamCheck::OtherEntity(other.clone()),
        _ => TeamCheck::Code(code.clone()),
    }
}
