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
mod tests {
    use kith_api::view::OpinionView;

    use super::{HitView, choices, proposal};

    fn hit(proposed: Option<&str>) -> HitView {
        let said = OpinionView {
            disposition: proposed.unwrap_or("inconclusive").to_owned(),
            by: Some("usr_1".to_owned()),
            by_name: Some("Ann".to_owned()),
            ..OpinionView::default()
        };
        let proposed = proposed.map(str::to_owned);
        HitView { state: "in_review".to_owned(), opinions: vec![said], proposed, ..HitView::default() }
    }

    fn values(hit: &HitView, reader: &str) -> Vec<&'static str> {
        choices(hit, reader).into_iter().map(|(value, _)| value).collect()
    }

    #[test]
    fn nobody_is_offered_to_agree_with_themselves() {
        let hit = hit(Some("false_positive"));
        assert_eq!(values(&hit, "usr_1"), ["inconclusive", "true_match"]);
        assert!(proposal(&hit, "usr_1").unwrap().contains("another reviewer has to agree"));
        assert_eq!(choices(&hit, "usr_2").last(), Some(&("false_positive", "Agree: somebody else")));
        assert!(proposal(&hit, "usr_2").unwrap().starts_with("Ann says"));
    }

    #[test]
    fn without_a_proposal_everything_is_offered() {
        assert_eq!(values(&hit(None), "usr_1"), ["inconclusive", "true_match", "false_positive"]);
        assert_eq!(proposal(&hit(None), "usr_1"), None);
    }
}
