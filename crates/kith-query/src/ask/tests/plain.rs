//! Questions as people write them: places, people, payers, money and time.

use super::company::ask_with_names;
use crate::ask::Form;

/// Each question, and its filter, its order and how many it asks for; every word was understood.
#[track_caller]
pub(super) fn become_each(cases: &[(&str, &str)]) {
    for (question, expected) in cases {
        let (reply, told) = ask_with_names(question);
        let many = reply.limit.map_or_else(String::new, |limit| format!(" | {limit}"));
        assert_eq!(format!("{told}{many}"), *expected, "{question}: {reply:#?}");
        assert_eq!(reply.not_understood, [], "{question}");
    }
}

#[test]
fn questions_in_plain_words() {
    become_each(&[
        ("customers in Texas", r#"subdivision == "US-TX" | -revenue_365d"#),
        ("customers in TX", r#"subdivision == "US-TX" | -revenue_365d"#),
        ("customers in the state of Texas", r#"subdivision == "US-TX" | -revenue_365d"#),
        ("customers in the state of New South Wales", r#"subdivision == "AU-NSW" | -revenue_365d"#),
        ("premium customers in California", r#"tier == "premium" && subdivision == "US-CA" | -revenue_365d"#),
        ("accounts in Ontario", r#"subdivision == "CA-ON" | -revenue_365d"#),
        ("customers in Bavaria", r#"subdivision == "DE-BY" | -revenue_365d"#),
        ("customers in New South Wales", r#"subdivision == "AU-NSW" | -revenue_365d"#),
        ("customers from São Paulo", r#"subdivision == "BR-SP" | -revenue_365d"#),
        ("customers in Jalisco", r#"subdivision == "MX-JAL" | -revenue_365d"#),
        ("customers in Georgia", r#"subdivision == "US-GA" | -revenue_365d"#),
        ("customers in the country Georgia", r#"country == "GE" | -revenue_365d"#),
        ("customers in New York", r#"subdivision == "US-NY" | -revenue_365d"#),
        ("customers in CA", r#"subdivision == "US-CA" | -revenue_365d"#),
        ("customers in DE", r#"country == "DE" | -revenue_365d"#),
        ("customers in OR", r#"subdivision == "US-OR" | -revenue_365d"#),
        ("customers in TX or FL", r#"subdivision in ["US-TX", "US-FL"] | -revenue_365d"#),
        ("customers in DE-BY", r#"subdivision == "DE-BY" | -revenue_365d"#),
        ("customers in the states", r#"country == "US" | -revenue_365d"#),
        ("customers in Texas or Florida", r#"subdivision in ["US-TX", "US-FL"] | -revenue_365d"#),
        ("customers in Texas or in Germany", r#"subdivision == "US-TX" || country == "DE" | -revenue_365d"#),
        ("customers not in Texas", r#"subdivision != "US-TX" | -revenue_365d"#),
        ("customers in San Francisco", r#"city == "San Francisco" | -revenue_365d"#),
        ("customers in Munich or Hamburg", r#"city in ["Munich", "Hamburg"] | -revenue_365d"#),
        ("late payers in Illinois", r#"days_beyond_terms_365d > 3 && subdivision == "US-IL" | health"#),
        ("customers managed by Priya", r#"account_manager_name == "Priya Raman" | -revenue_365d"#),
        ("customers managed by priya raman", r#"account_manager_name == "Priya Raman" | -revenue_365d"#),
        ("customers managed by Joao", r#"account_manager_name == "João Lima" | -revenue_365d"#),
        ("accounts of Priya", r#"account_manager_name == "Priya Raman" | -revenue_365d"#),
        (
            "Priya's premium customers",
            r#"account_manager_name == "Priya Raman" && tier == "premium" | -revenue_365d"#,
        ),
        ("customers not managed by Priya", r#"account_manager_name != "Priya Raman" | -revenue_365d"#),
        ("customers we lost", r#"stage == "churned" | -revenue_365d"#),
        ("lost customers", r#"stage == "churned" | -revenue_365d"#),
        ("churned customers", r#"stage == "churned" | -revenue_365d"#),
        ("who did we lose", r#"stage == "churned" | -revenue_365d"#),
        ("who left us", r#"stage == "churned" | -revenue_365d"#),
        ("former customers in Texas", r#"stage == "churned" && subdivision == "US-TX" | -revenue_365d"#),
        ("worst payers", "- | -days_beyond_terms_365d"),
        ("best payers", "- | days_beyond_terms_365d"),
        ("slow payers", "days_beyond_terms_365d > 3 | health"),
        ("good payers", "paid_on_time_365d >= 0.95 | -revenue_365d"),
        ("top 10 worst payers", "- | -days_beyond_terms_365d | 10"),
        ("who pays slowest", "- | -days_beyond_terms_365d"),
        ("who pays fastest", "- | days_beyond_terms_365d"),
        ("biggest customers", "- | -revenue_365d"),
        ("our biggest customers in Germany", r#"country == "DE" | -revenue_365d"#),
        ("top 20 by revenue", "- | -revenue_365d | 20"),
        ("who owes us most", "- | -open_balance"),
        ("who owes us the most money", "- | -open_balance"),
        ("who owes us more than 10k", "open_balance > 10000 | health"),
        ("customers owing more than 1.5m", "open_balance > 1500000 | health"),
        ("open balance over €50k", r#"open_balance > money("50000.00", "EUR") | health"#),
        ("revenue above 1.5 million euros", r#"revenue_365d > money("1500000.00", "EUR") | -revenue_365d"#),
        ("no orders since March", r#"last_order_on < date("2026-03-01") | health"#),
        ("customers who have not ordered since January", r#"last_order_on < date("2026-01-01") | health"#),
        (
            "ordered last week but not this week",
            r#"last_order_on >= date("2026-11-09") && last_order_on < date("2026-11-16") | health"#,
        ),
        (
            "bought last month but not this month",
            r#"last_order_on >= date("2026-10-01") && last_order_on < date("2026-11-01") | health"#,
        ),
        ("not premium", r#"tier != "premium" | -revenue_365d"#),
        ("non-premium customers", r#"tier != "premium" | -revenue_365d"#),
        ("everyone except premium", r#"tier != "premium" | -revenue_365d"#),
        ("more than 10% late deliveries", "on_time_90d < 0.9 | health"),
        ("more than two complaints", "complaints_90d > 2 | health"),
        ("three or more complaints in the last 30 days", "complaints_30d >= 3 | health"),
        ("prospects", r#"stage == "prospect" | -revenue_365d"#),
        ("premium prospects", r#"tier == "premium" && stage == "prospect" | -revenue_365d"#),
        ("customers in onboarding", r#"stage == "onboarding" | -revenue_365d"#),
        ("least active customers", "- | engagement"),
        ("who has never logged in to the portal", "!has(days_since_portal) | -revenue_365d"),
        ("over 90% of their limit", "balance_to_limit > 0.9 | health"),
        ("more than 10,000 overdue", "overdue_balance > 10000 | health"),
        ("overdue by more than 30 days", "oldest_overdue_days > 30 | health"),
        (
            "customers with revenue between 100k and 500k",
            "revenue_365d >= 100000 && revenue_365d <= 500000 | -revenue_365d",
        ),
        ("premium customers who pay late", r#"tier == "premium" && days_beyond_terms_365d > 3 | health"#),
        (
            "strategic or premium customers in France or Spain",
            r#"tier in ["strategic", "premium"] && country in ["FR", "ES"] | -revenue_365d"#,
        ),
        (
            "customers I manage that are at risk",
            r#"account_manager == me && health_label in ["at_risk", "critical"] | health"#,
        ),
    ]);
}

#[test]
fn how_a_place_was_taken_is_said() {
    for (question, note) in [
        ("customers in Georgia", "taken as the state or province US-GA, not the country GE"),
        ("customers in CA", "taken as the state or province US-CA, not the country CA"),
        ("customers in New York", "taken as the state or province US-NY, not only the city"),
        ("customers in WA", "taken as the state or province US-WA, not AU-WA"),
    ] {
        let (reply, _) = ask_with_names(question);
        let notes: Vec<&String> = reply.understood.iter().flat_map(|part| &part.said.notes).collect();
        assert_eq!(notes, [note], "{question}");
    }
    let (reply, _) = ask_with_names("customers in Texas");
    assert!(reply.understood.iter().all(|part| part.said.notes.is_empty()));
}

#[test]
fn a_name_that_several_managers_have_is_asked_back() {
    for (question, choices) in [
        (
            "customers managed by Stone",
            ["customers managed by Maria Stone", "customers managed by Mark Stone"],
        ),
        ("Stone's premium customers", ["Maria Stone's premium customers", "Mark Stone's premium customers"]),
    ] {
        let (reply, _) = ask_with_names(question);
        assert_eq!(
            (reply.kind, reply.choices),
            (Form::Clarify, choices.map(str::to_owned).to_vec()),
            "{question}"
        );
    }
}

#[test]
fn what_cannot_be_asked_says_why() {
    for (question, why) in [
        ("customers managed by Zoltan", "no account manager of this name"),
        (
            "at least 3 late deliveries",
            "late deliveries are kept as a share of all: say more than 10 % late deliveries",
        ),
        ("most profitable customers", "not available yet: profitability"),
        ("customers at risk of leaving", "not available yet: churn risk"),
        ("customers we lost this year", "not understood: it is not clear what this is about"),
        ("silly customers in Texas", "not understood"),
    ] {
        let (reply, _) = ask_with_names(question);
        let said: Vec<&str> = reply.not_understood.iter().map(|part| part.as_.as_str()).collect();
        assert_eq!(said, [why], "{question}: {reply:#?}");
    }
}
