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
