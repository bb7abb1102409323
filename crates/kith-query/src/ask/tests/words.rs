//! Words that are easily misread: "neither … nor", "least healthy", slips, and names of people.

use super::company::{ask, ask_with_names, told};

/// Each question, its filter and order, every word understood.
#[track_caller]
fn become_each(cases: &[(&str, &str)]) {
    for (question, expected) in cases {
        let reply = ask(question);
        assert_eq!(told(&reply), *expected, "{question}: {reply:#?}");
        assert_eq!(reply.not_understood, [], "{question}");
    }
}

#[test]
fn neither_and_nor_deny_every_part() {
    let places = r#"country != "DE" && country != "FR" | -revenue_365d"#;
    let declining = r#"tier != "premium" && order_trend_label_90d != "declining" | -revenue_365d"#;
    let at_risk = r#"tier != "premium" && !(health_label in ["at_risk", "critical"]) | -revenue_365d"#;
    become_each(&[
        ("customers neither in Germany nor in France", places),
        ("customers neither in Germany nor France", places),
        ("customers that are not in Germany nor in France", places),
        ("customers neither in Germany or in France", places),
        (
            "customers neither in Hamburg nor in Bremen",
            r#"city != "Hamburg" && city != "Bremen" | -revenue_365d"#,
        ),
        ("neither premium nor declining", declining),
        ("customers that are neither premium nor declining", declining),
        ("neither premium nor at risk", at_risk),
        ("customers neither premium or at risk", at_risk),
        (
            "customers with neither complaints nor claims",
            "complaints_90d == 0 && claims_90d == 0 | -revenue_365d",
        ),
        (
            "customers neither in Germany nor in France and premium or strategic",
            r#"country != "DE" && country != "FR" && tier in ["premium", "strategic"] | -revenue_365d"#,
        ),
        (
            "customers whose orders are neither declining nor flat",
            r#"order_trend_label_90d != "declining" && order_trend_label_90d != "flat" | -revenue_365d"#,
        ),
    ]);
}

#[test]
fn the_most_and_least_of_a_quality_are_an_order() {
    become_each(&[
        ("least healthy customers", "- | health"),
        ("top ten least healthy", "- | health"),
        ("the 5 least healthy premium customers", r#"tier == "premium" | health"#),
        ("most healthy customers", "- | -health"),
        ("customers most at risk", "- | health"),
        ("least happy customers", "- | nps_365d"),
        ("healthy customers", r#"health_label == "healthy" | -revenue_365d"#),
    ]);
    assert_eq!(ask("top ten least healthy").limit, Some(10));
    assert_eq!(ask("the 5 least healthy premium customers").limit, Some(5));
}

/// Each question, the words of it that are not understood, and its filter and order.
#[track_caller]
fn leave_out(cases: &[(&str, &[&str], &str)]) {
    for (question, left, expected) in cases {
        let reply = ask(question);
        let texts: Vec<&str> = reply.not_understood.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, *left, "{question}: {reply:#?}");
        assert_eq!(told(&reply), *expected, "{question}: {reply:#?}");
    }
}

#[test]
fn ordinary_words_are_no_slips_of_others() {
    leave_out(&[
        ("green customers", &["green"], "- | "),
        ("greed among premium customers", &["greed", "among"], r#"tier == "premium" | -revenue_365d"#),
        ("smell of fish with health below 60", &["smell", "fish"], "health < 60 | health"),
        ("premium customers in chins", &["chins"], r#"tier == "premium" | -revenue_365d"#),
        ("premium premises", &["premises"], r#"tier == "premium" | -revenue_365d"#),
    ]);
}

#[test]
fn slips_are_still_set_right() {
    let germany = r#"country == "DE" | -revenue_365d"#;
    become_each(&[
        ("customers in Germny", germany),
        ("customers in Gemrany", germany),
        ("customers in Itlay", r#"country == "IT" | -revenue_365d"#),
        ("premuim custmers", r#"tier == "premium" | -revenue_365d"#),
        ("customers with complants", "complaints_90d > 0 | health"),
        ("strategc accounts with helath below 60", r#"tier == "strategic" && health < 60 | health"#),
    ]);
}

#[test]
fn accounts_of_a_manager_by_name() {
    let ann = r#"account_manager_name == "Ann Am" | -revenue_365d"#;
    let cases = [
        ("accounts managed by Ann Am", ann),
        ("accounts of Ann Am", ann),
        ("customers looked after by Ann Am", ann),
        ("accounts whose account manager is Ann Am", ann),
        ("accounts not managed by Ann Am", r#"account_manager_name != "Ann Am" | -revenue_365d"#),
        (
            "premium accounts managed by Ann Am in Germany",
            r#"tier == "premium" && account_manager_name == "Ann Am" && country == "DE" | -revenue_365d"#,
        ),
        (
            "accounts managed by Ann Am with complaints",
            r#"account_manager_name == "Ann Am" && complaints_90d > 0 | health"#,
        ),
        ("accounts managed by me", "account_manager == me | -revenue_365d"),
        ("accounts whose account manager is me", "account_manager == me | -revenue_365d"),
        ("accounts without an account manager", "!has(account_manager) | -revenue_365d"),
        ("my accounts", "account_manager == me | -revenue_365d"),
    ];
    for (question, expected) in cases {
        let (reply, told) = ask_with_names(question);
        assert_eq!(told, expected, "{question}: {reply:#?}");
        assert_eq!(reply.not_understood, [], "{question}");
    }
}

#[test]
fn who_manages_an_account_is_told_by_name() {
    for question in ["who manages Acme", "who is the account manager of Acme", "account manager of Acme"] {
        let (reply, _) = ask_with_names(question);
        assert_eq!(reply.subject.as_deref(), Some("acc_acme"), "{question}: {reply:#?}");
        assert_eq!(reply.metrics, ["account_manager_name"], "{question}");
    }
}
