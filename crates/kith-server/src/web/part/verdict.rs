//! What a reviewer can say about a hit of screening now, and what the first of two has said.

use kith_api::view::HitView;
use kith_template::say;

use crate::web::words::t;

/// Value of `disposition` and title of each button.
type Choice = (&'static str, &'static str);

/// What can be said about a hit by somebody; nothing twice by the same person.
pub(crate) fn choices(hit: &HitView, reader: &str) -> Vec<Choice> {
    let first = match hit.state.as_str() {
        "inconclusive" => Some(("escalated", t("Escalate"))),
        "escalated" => None,
        _ => Some(("inconclusive", t("Cannot be told"))),
    };
    let proposed = hit.proposed.as_deref();
    let second = |value: &str| proposed == Some(value);
    let closing = [
        ("true_match", if second("true_match") { t("Agree: true match") } else { t("True match") }),
        (
            "false_positive",
            if second("false_positive") { t("Agree: somebody else") } else { t("Somebody else") },
        ),
    ];
    let own = by(hit).is_some_and(|by| by == reader);
    first.into_iter().chain(closing.into_iter().filter(|(value, _)| !(own && second(value)))).collect()
}

/// Who said what is proposed.
fn by(hit: &HitView) -> Option<&str> {
    hit.opinions.last().filter(|_| hit.proposed.is_some())?.by.as_deref()
}

/// What one of two has said, and whose turn it is.
pub(crate) fn proposal(hit: &HitView, reader: &str) -> Option<String> {
    let said = hit.opinions.last()?;
    let name = said.by_name.as_deref().unwrap_or(t("Somebody"));
    let own = by(hit).is_some_and(|by| by == reader);
    Some(match (hit.proposed.as_deref()?, own) {
        ("true_match", true) => {
            t("You said that it is a true match; another reviewer has to agree.").to_owned()
        }
        ("true_match", false) => say!("{name} says that it is a true match; agree, or say otherwise."),
        (_, true) => t("You said that it is somebody else; another reviewer has to agree.").to_owned(),
        (_, false) => say!("{name} says that it is somebody else; agree, or say otherwise."),
    })
}

#[cfg(test)]
mod tests;
