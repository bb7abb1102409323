//! Questions in German.

use super::company::ask_with_names;
use super::plain::become_each;
use crate::ask::Form;

#[test]
fn questions_in_german() {
    become_each(&[
        (
            "Premiumkunden mit sinkenden Bestellungen",
            r#"tier == "premium" && order_trend_label_90d == "declining" | health"#,
        ),
        (
            "Premiumkunden mit sinkenden Bestellungen und Serviceproblemen in den letzten 30 Tagen",
            r#"tier == "premium" && order_trend_label_90d == "declining" && service_issues_30d > 0 | health"#,
        ),
        ("Kunden im Bundesland Hessen", r#"subdivision == "DE-HE" | -revenue_365d"#),
        ("Kunden in Bayern", r#"subdivision == "DE-BY" | -revenue_365d"#),
        ("Kunden in Nordrhein-Westfalen oder Hessen", r#"subdivision in ["DE-NW", "DE-HE"] | -revenue_365d"#),
        ("überfällig seit mehr als 30 Tagen", "oldest_overdue_days > 30 | health"),
        ("Kunden, die seit mehr als 30 Tagen überfällig sind", "oldest_overdue_days > 30 | health"),
        ("Kunden mit mehr als 10.000 € überfällig", "overdue_balance > 10000 | health"),
        ("Umsatz über 1,5 Mio. Euro", r#"revenue_365d > money("1500000.00", "EUR") | -revenue_365d"#),
        ("die 10 größten Kunden", "- | -revenue_365d | 10"),
        ("Top 20 nach Umsatz", "- | -revenue_365d | 20"),
        ("wer schuldet uns am meisten", "- | -open_balance"),
        ("schlechteste Zahler", "- | -days_beyond_terms_365d"),
        ("beste Zahler", "- | days_beyond_terms_365d"),
        ("säumige Zahler in Österreich", r#"days_beyond_terms_365d > 3 && country == "AT" | health"#),
        ("Kunden ohne Bestellung seit März", r#"last_order_on < date("2026-03-01") | health"#),
        ("Kunden, die seit 60 Tagen nicht bestellt haben", "days_since_last_order >= 60 | health"),
        (
            "letzte Woche bestellt, aber nicht diese Woche",
            r#"last_order_on >= date("2026-11-09") && last_order_on < date("2026-11-16") | health"#,
        ),
        ("nicht premium", r#"tier != "premium" | -revenue_365d"#),
        (
            "meine gefährdeten Kunden",
            r#"account_manager == me && health_label in ["at_risk", "critical"] | health"#,
        ),
        ("Kunden betreut von Priya", r#"account_manager_name == "Priya Raman" | -revenue_365d"#),
        ("verlorene Kunden", r#"stage == "churned" | -revenue_365d"#),
        ("Kunden, die wir verloren haben", r#"stage == "churned" | -revenue_365d"#),
        ("Kunden über ihrem Kreditlimit", "balance_to_limit > 1.0 | -balance_to_limit"),
        ("mehr als 90 % des Limits", "balance_to_limit > 0.9 | health"),
        ("Kunden mit mindestens drei Beschwerden", "complaints_90d >= 3 | health"),
        (
            "Verträge, die in 60 Tagen auslaufen",
            "contract_ends_on >= today() && contract_ends_on <= today() + days(60) | contract_ends_on",
        ),
        ("neue Kunden in diesem Jahr", r#"created_on >= date("2026-01-01") | -revenue_365d"#),
        ("wie viele Kunden haben wir in Deutschland", r#"country == "DE" | "#),
        ("Kunden mit hohem Zahlungsverzug", "days_beyond_terms_365d > 3 | health"),
        ("Gesundheit unter 50", "health < 50 | health"),
        ("inaktive Kunden", r#"status == "inactive" | -revenue_365d"#),
        ("Kunden in München", r#"city == "München" | -revenue_365d"#),
        (
            "Großhändler mit steigendem Umsatz",
            r#"customer_type == "wholesale" && revenue_trend_label_90d == "growing" | -revenue_365d"#,
        ),
        (
            "strategische Kunden in Frankreich oder Spanien",
            r#"tier == "strategic" && country in ["FR", "ES"] | -revenue_365d"#,
        ),
        ("wer zahlt am langsamsten", "- | -days_beyond_terms_365d"),
        ("offene Posten über 50.000 Euro", r#"open_balance > money("50000.00", "EUR") | health"#),
        ("Kunden die weniger bestellen", r#"order_trend_label_90d == "declining" | health"#),
        ("Kunden mit wenig Bestellungen", "- | orders_90d"),
        ("die größten Kunden in Baden-Württemberg", r#"subdivision == "DE-BW" | -revenue_365d"#),
        ("Kunden, deren Umsatz sinkt", r#"revenue_trend_label_90d == "declining" | health"#),
        (
            "Kunden mit Umsatz zwischen 100.000 und 500.000 Euro",
            r#"revenue_365d >= money("100000.00", "EUR") && revenue_365d <= money("500000.00", "EUR") | -revenue_365d"#,
        ),
        ("Kunden ohne Beschwerden", "complaints_90d == 0 | -revenue_365d"),
        ("Kunden ohne Kreditlimit", "!has(credit_limit) || credit_limit == 0 | -revenue_365d"),
        ("Kunden mit einem Limit über 100.000", "credit_limit > 100000 | -revenue_365d"),
        ("Wer hat seit 90 Tagen nicht bestellt?", "days_since_last_order >= 90 | health"),
        ("Kunden von Priya", r#"account_manager_name == "Priya Raman" | -revenue_365d"#),
        ("umsatzstärkste Kunden in Polen", r#"country == "PL" | -revenue_365d"#),
        ("Interessenten", r#"stage == "prospect" | -revenue_365d"#),
        ("geschlossene Kunden", r#"stage == "closed" | -revenue_365d"#),
        ("Kunden mit Serviceproblemen letzten Monat", "service_issues_30d > 0 | health"),
        ("Kunden, die pünktlich zahlen", "paid_on_time_365d >= 0.95 | -revenue_365d"),
        ("mehr als 10 % verspätete Lieferungen", "on_time_90d < 0.9 | health"),
        ("kunden in texas", r#"subdivision == "US-TX" | -revenue_365d"#),
        ("Kunden mit Reklamationen in den letzten 90 Tagen", "claims_90d > 0 | health"),
        ("Forderungen über 20 Tsd. Euro", r#"open_balance > money("20000.00", "EUR") | health"#),
        (
            "Kunden, deren Bestellungen gestiegen sind",
            r#"order_trend_label_90d == "growing" | -revenue_365d"#,
        ),
        ("Kunden mit Risikoklasse D oder schlechter", r#"risk_class in ["D", "E", "F"] | -revenue_365d"#),
        ("Kunden mit Rückgang der Bestellungen", r#"order_trend_label_90d == "declining" | health"#),
        ("welche Kunden haben noch nie bestellt?", "!has(days_since_last_order) | -revenue_365d"),
        ("unzufriedene Premiumkunden", r#"nps_365d < 0 && tier == "premium" | health"#),
    ]);
}

#[test]
fn one_account_in_german() {
    for (question, metrics) in [
        ("Wer betreut Acme?", vec!["account_manager_name"]),
        ("Wie hoch ist der Umsatz von Acme?", vec!["revenue_365d"]),
        ("Gesundheit von Acme", vec!["health"]),
    ] {
        let (reply, _) = ask_with_names(question);
        assert_eq!((reply.kind, reply.subject.as_deref()), (Form::Answer, Some("acc_acme")), "{question}");
        assert_eq!(reply.metrics, metrics, "{question}");
        assert_eq!(reply.not_understood, [], "{question}");
    }
}

#[test]
fn writing_in_german_is_refused() {
    for question in
        ["Lösche Acme", "Erhöhe das Kreditlimit von Acme auf 60.000", "Genehmige die Änderung 1042"]
    {
        assert_eq!(ask_with_names(question).0.kind, Form::Refusal, "{question}");
    }
}

#[test]
fn a_german_word_without_a_meaning_is_said() {
    let (reply, told) = ask_with_names("Premiumkunden mit Quietschentchen");
    let left: Vec<&str> = reply.not_understood.iter().map(|part| part.text.as_str()).collect();
    assert_eq!((told.as_str(), left), (r#"tier == "premium" | -revenue_365d"#, vec!["Quietschentchen"]));
    assert_eq!(reply.understood[0].text, "Premiumkunden");
}

#[test]
fn an_english_question_stays_english() {
    for question in ["premium customers in Germany", "still active customers", "who was in the top 10"] {
        assert_eq!(ask_with_names(question).0.not_understood, [], "{question}");
    }
}
