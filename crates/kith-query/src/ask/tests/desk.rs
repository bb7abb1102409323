//! Questions of account managers, of accounts receivable and of controllers: a table of phrasings.

use super::company::{ask, told};
use crate::ask::Form;

/// Each question with the filter and order it becomes; every word of it is understood.
#[track_caller]
fn become_all(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (question, expected) in cases {
        let reply = ask(question);
        let left: Vec<&str> = reply.not_understood.iter().map(|part| part.text.as_str()).collect();
        let list = matches!(reply.kind, Form::List | Form::Count);
        if told(&reply) != *expected || !left.is_empty() || !list {
            wrong.push(format!(
                "{question}\n  is     {}\n  not    {expected}\n  left {left:?}, {:?}",
                told(&reply),
                reply.kind
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn limits() {
    let close = "balance_to_limit >= 0.75 | -balance_to_limit";
    let over = "balance_to_limit > 1.0 | -balance_to_limit";
    become_all(&[
        ("who is close to the limit", close),
        ("customers close to their credit limit", close),
        ("accounts near their limit", close),
        ("customers nearing the limit", close),
        ("which customers are approaching their credit limit", close),
        ("accounts about to exceed their credit limit", close),
        ("Which clients have almost reached their limit?", close),
        ("customers over their credit limit", over),
        ("customers above the limit", over),
        ("who has exceeded their limit", over),
        ("accounts exceeding the credit limit", over),
        ("customers beyond their credit line", over),
        ("customers at their limit", "balance_to_limit >= 1.0 | -balance_to_limit"),
        ("customers within their credit limit", "balance_to_limit <= 1.0 | -revenue_365d"),
        ("customers not over their limit", "balance_to_limit <= 1.0 | -revenue_365d"),
        ("customers using more than 90% of their credit limit", "balance_to_limit > 0.9 | health"),
        (
            "utilisation between 50 and 80 percent",
            "balance_to_limit >= 0.5 && balance_to_limit <= 0.8 | -revenue_365d",
        ),
        ("high credit utilisation", "balance_to_limit >= 0.75 | health"),
        ("customers with the highest limit utilisation", "- | -balance_to_limit"),
        ("who is closest to their limit", "- | -balance_to_limit"),
        (
            "premium customers over their limit",
            r#"tier == "premium" && balance_to_limit > 1.0 | -balance_to_limit"#,
        ),
        ("credit limit over 100k", "credit_limit > 100000 | -revenue_365d"),
        (
            "customers with a credit limit below EUR 50,000",
            r#"credit_limit < money("50000.00", "EUR") | health"#,
        ),
        ("customers without a credit limit", "!has(credit_limit) || credit_limit == 0 | -revenue_365d"),
        ("customers on credit hold", "credit_hold == true | health"),
    ]);
}

#[test]
fn what_ends() {
    let sixty = "contract_ends_on >= today() && contract_ends_on <= today() + days(60) | contract_ends_on";
    let thirty = "contract_ends_on >= today() && contract_ends_on <= today() + days(30) | contract_ends_on";
    let quarter = r#"contract_ends_on >= date("2026-10-01") && contract_ends_on < date("2027-01-01") | contract_ends_on"#;
    let next_month = r#"contract_ends_on >= date("2026-12-01") && contract_ends_on < date("2027-01-01") | contract_ends_on"#;
    become_all(&[
        ("contracts ending in 60 days", sixty),
        ("contracts ending within 60 days", sixty),
        ("customers whose contract ends in the next 60 days", sixty),
        ("contracts that expire in the next two months", sixty),
        ("contracts expiring soon", sixty),
        ("expiring contracts", sixty),
        ("contracts up for renewal in the next 30 days", thirty),
        ("renewals in the next 30 days", thirty),
        ("contract renewals within 30 days", thirty),
        ("contracts with at most 30 days to run", thirty),
        ("contracts due for renewal in 30 days", thirty),
        ("contracts that expire this quarter", quarter),
        ("contracts ending this quarter", quarter),
        ("which contracts run out next month", next_month),
        ("contracts ending in December", next_month),
        (
            "contracts ending in March",
            r#"contract_ends_on >= date("2027-03-01") && contract_ends_on < date("2027-04-01") | contract_ends_on"#,
        ),
        (
            "contracts that end before 2027",
            r#"contract_ends_on >= today() && contract_ends_on < date("2027-01-01") | contract_ends_on"#,
        ),
        (
            "contracts ending by the end of March",
            r#"contract_ends_on >= today() && contract_ends_on < date("2027-04-01") | contract_ends_on"#,
        ),
        (
            "contracts ending by 2026-12-31",
            r#"contract_ends_on >= today() && contract_ends_on < date("2027-01-01") | contract_ends_on"#,
        ),
        ("contracts ending in more than 90 days", "contract_ends_on > today() + days(90) | contract_ends_on"),
        (
            "contracts ending in 30 to 90 days",
            "contract_ends_on >= today() + days(30) && contract_ends_on <= today() + days(90) | contract_ends_on",
        ),
        (
            "contracts ending between 30 and 90 days",
            "contract_ends_on >= today() + days(30) && contract_ends_on <= today() + days(90) | contract_ends_on",
        ),
        ("agreements that have expired", "agreement_ends_on < today() | agreement_ends_on"),
        ("customers with contracts", "contracts_count > 0 | -revenue_365d"),
        ("customers without a contract", "contracts_count == 0 | -revenue_365d"),
        ("customers with more than 2 contracts", "contracts_count > 2 | -revenue_365d"),
        (
            "premium customers whose contracts end this year",
            r#"tier == "premium" && contract_ends_on >= date("2026-01-01") && contract_ends_on < date("2027-01-01") | contract_ends_on"#,
        ),
        (
            "documents expiring in 30 days",
            "document_expires_on >= today() && document_expires_on <= today() + days(30) | document_expires_on",
        ),
        ("expired documents", "document_expires_on < today() | document_expires_on"),
        (
            "tax certificates expiring next month",
            r#"tax_exemption_expires_on >= date("2026-12-01") && tax_exemption_expires_on < date("2027-01-01") | tax_exemption_expires_on"#,
        ),
        (
            "reviews due in the next two weeks",
            "next_review_on >= today() && next_review_on <= today() + days(14) | next_review_on",
        ),
        ("accounts overdue for review", "review_overdue == true | health"),
        (
            "not reviewed for 180 days",
            "!has(last_review_on) || last_review_on < today() - days(180) | -revenue_365d",
        ),
        ("last review more than 180 days ago", "last_review_on <= today() - days(180) | -revenue_365d"),
        ("customers on watch", "watched_until >= today() | health"),
    ]);
}

#[test]
fn who_pays_how() {
    let late = "days_beyond_terms_365d > 3 | health";
    become_all(&[
        ("slow payers", late),
        ("late payers", late),
        ("bad payers", late),
        ("customers who pay late", late),
        ("customers that are slow to pay", late),
        ("which customers pay after the due date", late),
        ("customers with late payments", late),
        ("worst payers", "- | -days_beyond_terms_365d"),
        ("good payers", "paid_on_time_365d >= 0.95 | -revenue_365d"),
        ("customers who pay on time", "paid_on_time_365d >= 0.95 | -revenue_365d"),
        ("customers who don't pay on time", "paid_on_time_365d < 0.8 | health"),
        ("customers paying more than 15 days late", "days_beyond_terms_365d > 15 | health"),
        ("days beyond terms over 10", "days_beyond_terms_365d > 10 | health"),
        ("invoices overdue by more than 60 days", "oldest_overdue_days > 60 | health"),
        ("30 to 60 days overdue", "oldest_overdue_days >= 30 && oldest_overdue_days <= 60 | -revenue_365d"),
        (
            "overdue between 30 and 60 days",
            "oldest_overdue_days >= 30 && oldest_overdue_days <= 60 | -revenue_365d",
        ),
        ("overdue balance over 10k", "overdue_balance > 10000 | health"),
        (
            "overdue balance between 10k and 50k",
            "overdue_balance >= 10000 && overdue_balance <= 50000 | -revenue_365d",
        ),
        ("highest overdue balances", "- | -overdue_balance"),
        ("customers who owe more than 100,000", "open_balance > 100000 | health"),
        ("paid on time below 80%", "paid_on_time_365d < 0.8 | health"),
        ("days to pay above 45", "days_to_pay_365d > 45 | health"),
        ("unapplied cash over 1000", "unapplied_cash > 1000 | -revenue_365d"),
        ("risk class D or worse", r#"risk_class in ["D", "E", "F"] | -revenue_365d"#),
        ("risk class B or better", r#"risk_class in ["B", "A"] | -revenue_365d"#),
        ("risk score below 50", "risk_score < 50 | health"),
    ]);
}

#[test]
fn figures_of_accounts() {
    become_all(&[
        ("top 10 customers by revenue", "- | -revenue_365d"),
        ("5-10 orders in the last 90 days", "orders_90d >= 5 && orders_90d <= 10 | -revenue_365d"),
        ("more than 500 employees", "employees > 500 | -revenue_365d"),
        ("annual revenue over 5 million", "annual_revenue > 5000000 | -revenue_365d"),
        ("tier premium or higher", r#"tier in ["premium", "strategic"] | -revenue_365d"#),
        ("data quality under 80%", "data_quality < 0.8 | health"),
        ("customers with missing data", "missing_fields_count > 0 | -revenue_365d"),
        ("customers without contacts", "touchpoints_90d == 0 | -revenue_365d"),
        ("customers created before 2025", r#"created_on < date("2025-01-01") | -revenue_365d"#),
        ("team North", r#"team == "North" | -revenue_365d"#),
        ("tagged vip", r#""vip" in tags | -revenue_365d"#),
        ("win rate between 20 and 40%", "win_rate_90d >= 0.2 && win_rate_90d <= 0.4 | -revenue_365d"),
        ("no contact for 60 days", "days_since_contact >= 60 | health"),
        ("first response slower than 8 hours", "first_response_hours_90d > 8 | health"),
        ("exception rate over 5%", "exception_rate_90d > 0.05 | health"),
    ]);
}

#[test]
fn a_number_of_rows_is_kept_and_what_is_to_come_is_named() {
    for (question, limit) in
        [("top 10 customers by revenue", 10), ("the 5 worst payers", 5), ("first 20 accounts", 20)]
    {
        assert_eq!(ask(question).limit, Some(limit), "{question}");
    }
    let named =
        |question: &str| ask(question).not_understood.into_iter().map(|part| part.text).collect::<Vec<_>>();
    assert_eq!(named("premium customers with orders in the next 30 days"), ["orders in the next 30 days"]);
    assert_eq!(named("expiring premium customers with complaints"), ["expiring"]);
    assert_eq!(named("customers over their limit by 10%"), ["10%"]);
    assert_eq!(named("contracts ending on a blue moon"), ["blue", "moon"]);
}
