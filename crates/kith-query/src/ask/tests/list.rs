//! Questions that become lists: filter, order, limit, and every paraphrase the same.

use super::company::{ask, told};
use crate::ask::Form;

/// Each of the questions becomes this filter and this order, and every word was understood.
#[track_caller]
fn all_become(expected: &str, questions: &[&str]) {
    for question in questions {
        let reply = ask(question);
        assert_eq!(told(&reply), expected, "{question}: {reply:#?}");
        assert!(matches!(reply.kind, Form::List | Form::Count), "{question}: {:?}", reply.kind);
        assert_eq!(reply.not_understood, [], "{question}");
    }
}

#[test]
fn premium_customers_in_decline_with_issues() {
    all_become(
        r#"tier == "premium" && order_trend_label_90d == "declining" && service_issues_30d > 0 | health"#,
        &[
            "show me all premium-tier customers with declining order volumes and recent service issues",
            "premium customers with declining orders and recent service issues",
            "premium, orders down, service issues in 30 days",
            "Show all premium tier accounts with falling order volume and recent service problems",
            "premium accounts whose order volumes are declining, with recent issues",
            "list premium customers that have shrinking orders and recent incidents",
            "premuim customers with declning orders and recent serivce issues",
            "Which premium clients have decreasing order volumes and service issues in the last 30 days?",
            "please give me the premium customers with slipping orders and service issues lately",
        ],
    );
    all_become(
        r#"tier == "premium" && order_trend_label_90d == "declining" && service_issues_90d > 0 | health"#,
        &["premium, orders down, service issues"],
    );
    all_become(
        r#"order_trend_label_90d == "declining" | health"#,
        &[
            "declining customers",
            "which accounts are slipping",
            "shrinking accounts",
            "whose orders dropped",
            "customers whose orders have been falling",
            "who orders less",
            "customers ordering less",
            "accounts with order volume going down",
            "customers with declining orders over the last 90 days",
        ],
    );
    all_become(
        r#"revenue_trend_label_90d == "declining" | health"#,
        &[
            "customers with declining revenue",
            "customers whose revenue has been falling",
            "accounts with shrinking turnover",
            "sales are down",
        ],
    );
    all_become(
        r#"order_trend_label_90d == "declining" && revenue_trend_label_90d == "declining" | health"#,
        &["customers whose orders and revenue are declining", "declining orders and declining revenue"],
    );
    all_become(
        r#"order_trend_label_90d != "growing" | -revenue_365d"#,
        &["customers that are not growing", "not growing"],
    );
}

#[test]
fn ranking() {
    all_become(
        "- | -revenue_365d",
        &[
            "top 10 customers by revenue this year",
            "10 biggest customers",
            "the ten largest accounts",
            "best customers",
            "top 10 by sales",
            "which customers have the highest revenue",
            "customers by turnover",
            "who spends the most",
            "rank customers by revenue",
            "our top clients by revenue in the last year",
            "sort customers by sales, highest first",
        ],
    );
    for (question, limit) in [
        ("top 10 customers by revenue this year", Some(10)),
        ("the ten largest accounts", Some(10)),
        ("10 biggest customers", Some(10)),
        ("twenty five best customers", Some(25)),
        ("biggest customers", None),
    ] {
        assert_eq!(ask(question).limit, limit, "{question}");
    }
    all_become(
        "- | on_time_30d",
        &["who has the worst on-time delivery in the last 30 days", "lowest on time rate last month"],
    );
    all_become(
        "- | on_time_90d",
        &["who has the most late deliveries", "worst delivery performance", "lowest punctuality"],
    );
    all_become(
        "- | health",
        &["worst customers", "show customers sorted by health ascending", "lowest relationship health"],
    );
    all_become("- | nps_365d", &["bottom 5 customers by NPS", "worst net promoter score", "lowest NPS"]);
    all_become(
        "- | -overdue_balance",
        &["highest overdue balance", "sort accounts by overdue balance", "most overdue"],
    );
    all_become("- | -service_issues_30d", &["most service issues this month", "most recent issues"]);
    all_become("- | -days_to_pay_365d", &["worst days to pay", "longest payment time"]);
    all_become("- | -created_on", &["newest customers"]);
    all_become("- | -order_trend_90d", &["fastest growing customers"]);
    all_become(
        r#"owning_entity == "EU" | -order_value_90d"#,
        &["Give me the 10 largest accounts in the EU entity by order value in the last 90 days"],
    );
    all_become(
        r#"order_trend_label_90d == "declining" | -revenue_365d"#,
        &["declining customers by revenue"],
    );
    all_become(
        r#"tier == "premium" | -clv"#.replace("-clv", "-claims_90d").as_str(),
        &["premium customers with the most claims"],
    );
}

#[test]
fn silence() {
    all_become(
        "days_since_last_order >= 60 | health",
        &[
            "which customers have not ordered for 60 days",
            "customers who haven't ordered in 60 days",
            "no orders in the last 60 days",
            "accounts without orders for 60 days",
            "not ordered in two months",
            "who hasn't bought anything for 60 days",
            "customers inactive for 60 days",
            "customers that have been silent for 60 days",
            "customers not ordering for 60 days",
            "last ordered 60 days ago",
        ],
    );
    all_become(
        r#"last_order_on < date("2026-03-01") | health"#,
        &["no orders since March", "not ordered since 2026-03-01", "haven't ordered since 1 March 2026"],
    );
    all_become(
        "!has(days_since_last_order) | -revenue_365d",
        &["which accounts have never ordered", "customers that never placed an order"],
    );
    all_become(
        "days_since_last_order >= 90 | health",
        &["customers that stopped ordering", "quiet customers", "customers gone quiet"],
    );
    all_become(
        "days_since_portal >= 30 | health",
        &[
            "customers who haven't logged in for 30 days",
            "accounts with no portal logins in the last 30 days",
        ],
    );
    all_become(
        "days_since_contact >= 21 | health",
        &["customers we have not heard from in 3 weeks", "not contacted for 21 days"],
    );
    all_become(
        "orders_30d > 0 | -revenue_365d",
        &["who ordered in the last 30 days", "who ordered recently", "who bought this month"],
    );
}

#[test]
fn classes_of_risk_are_asked_for_as_such() {
    all_become(
        r#"risk_class == "D" | -revenue_365d"#,
        &["customers in risk class D", "customers with risk class d", "class D customers"],
    );
}

#[test]
fn places_tiers_types_and_owners() {
    all_become(
        r#"tier == "strategic" && country == "DE" && overdue_balance > money("10000.00", "EUR") | health"#,
        &[
            "strategic accounts in Germany with overdue balance over EUR 10k",
            "strategic German customers with more than €10,000 overdue",
            "strategic customers from Germany whose overdue balance exceeds 10k euros",
        ],
    );
    all_become(
        r#"tier in ["premium", "strategic"] && country in ["FR", "ES"] | -revenue_365d"#,
        &[
            "premium or strategic customers in France or Spain",
            "premium and strategic accounts in France and Spain",
        ],
    );
    all_become(
        r#"tier == "premium" && country != "DE" | -revenue_365d"#,
        &["premium customers not in Germany", "premium accounts outside Germany"],
    );
    all_become(
        r#"tier != "premium" && claims_90d > 5 | health"#,
        &["non-premium customers with more than 5 claims"],
    );
    all_become(
        "!has(account_manager) | -revenue_365d",
        &["accounts without an account manager", "customers with no account manager", "unassigned accounts"],
    );
    all_become(
        "account_manager == me | -revenue_365d",
        &[
            "my accounts",
            "accounts assigned to me",
            "customers whose account manager is me",
            "accounts I manage",
        ],
    );
    all_become(
        r#"account_manager == me && health_label in ["at_risk", "critical"] | health"#,
        &["my accounts at risk", "my unhealthy customers"],
    );
    all_become(
        "has(tax_id) && !has(email) | -revenue_365d",
        &["customers with a tax id but no email", "accounts with a VAT number and without an email address"],
    );
    all_become(
        r#"customer_type == "wholesale" && order_trend_label_90d == "growing" | "#,
        &["how many wholesale customers are growing", "count of wholesalers with growing orders"],
    );
    all_become(r#"city == "Berlin" | -revenue_365d"#, &["customers in Berlin"]);
    all_become(
        r#"country == "US" && revenue_trend_label_90d == "declining" | health"#,
        &["customers in the US with declining revenue", "American customers with falling sales"],
    );
    all_become(r#"stage == "prospect" | -revenue_365d"#, &["list prospects", "all leads"]);
    all_become(
        r#"stage == "churned" | -revenue_365d"#,
        &["churned customers", "lost customers", "former customers"],
    );
    all_become(
        r#"status == "suspended" | -revenue_365d"#,
        &["status suspended", "suspended accounts", "customers whose status is suspended"],
    );
    all_become("!has(tags) | -revenue_365d", &["customers without tags"]);
}

#[test]
fn thresholds() {
    all_become(
        "nps_365d < 0 | health",
        &[
            "customers whose NPS is below 0",
            "unhappy customers",
            "NPS under zero",
            "net promoter score less than 0",
        ],
    );
    all_become(
        "on_time_90d < 0.9 | health",
        &[
            "on-time delivery below 90%",
            "on-time delivery under 90",
            "customers with poor on-time delivery",
            "more than 10% late deliveries",
            "on time rate lower than 90 percent",
        ],
    );
    all_become(
        "on_time_90d < 1.0 | health",
        &["customers with late deliveries", "accounts that have had delays"],
    );
    all_become(
        "complaints_90d >= 3 | health",
        &[
            "customers with 3 or more complaints in the last 90 days",
            "at least three complaints",
            "customers with no less than 3 complaints",
        ],
    );
    all_become(
        "orders_90d >= 5 && orders_90d <= 10 | -revenue_365d",
        &["customers with between 5 and 10 orders"],
    );
    all_become(
        "orders_90d > 5 | -revenue_365d",
        &["who ordered more than 5 times in the last 90 days", "orders above 5", "orders_90d > 5"],
    );
    all_become(
        "orders_30d > 3 | -revenue_365d",
        &["orders_30d > 3", "more than 3 orders in the last 30 days"],
    );
    all_become(
        "revenue_365d > 1500000 | -revenue_365d",
        &[
            "customers with revenue over 1.5m last year",
            "revenue above $1.5m",
            "who spent more than 1,500,000 this year",
            "turnover exceeding USD 1.5 million",
        ],
    );
}

#[test]
fn money_and_days() {
    all_become(
        "oldest_overdue_days > 30 | health",
        &["customers overdue for more than 30 days", "customers with overdue invoices older than 30 days"],
    );
    all_become(
        "overdue_balance > 0 | health",
        &["customers with overdue invoices", "overdue customers", "accounts with past due balance"],
    );
    all_become(
        "days_beyond_terms_365d > 10 | health",
        &["customers that pay more than 10 days late", "payment delay over 10 days"],
    );
    all_become(
        "days_beyond_terms_365d > 3 | health",
        &["who pays late", "customers paying late", "late payers"],
    );
    all_become(
        "open_balance > 10000 | health",
        &["customers who owe us more than 10k", "outstanding balance over 10,000"],
    );
    all_become(
        "days_to_pay_365d > 60 | health",
        &["customers that take more than 60 days to pay", "days to pay over 60"],
    );
    all_become("win_rate_90d < 0.2 | health", &["customers with win rate under 20%", "low win rate"]);
    all_become(
        "quotes_lost_90d > 3 | health",
        &["lost more than 3 quotes", "customers with more than 3 lost quotes"],
    );
    all_become("resolution_hours_90d > 48 | health", &["resolution time longer than 2 days"]);
    all_become(
        "health < 50 | health",
        &["customers with low health", "health below 50", "relationship health under 50"],
    );
    all_become(
        r#"claim_value_90d > money("5000.00", "EUR") | health"#,
        &["claims over EUR 5k", "claim value above 5000 euros"],
    );
    all_become(
        "complaints_30d > 0 | health",
        &["who complained recently", "customers with recent complaints", "complaints in the last month"].map(
            |q| if q.starts_with("complaints") { "customers with complaints in the last month" } else { q },
        ),
    );
}

#[test]
fn and_or_not() {
    all_become(
        "complaints_90d == 0 && claims_90d == 0 | -revenue_365d",
        &[
            "customers without complaints or claims",
            "no complaints and no claims",
            "customers with neither complaints nor claims",
        ],
    );
    all_become(
        "claims_90d > 2 || complaints_90d > 3 | health",
        &["customers with more than 2 claims or more than 3 complaints"],
    );
    all_become(
        r#"order_trend_label_90d == "declining" || complaints_90d > 0 || claims_90d > 0 | health"#,
        &["customers with declining orders, complaints or claims"],
    );
    all_become(
        r#"country in ["DE", "FR", "ES"] && complaints_90d == 0 | -revenue_365d"#,
        &["customers in Germany, France and Spain with no complaints"],
    );
    all_become(
        r#"revenue_trend_label_90d == "declining" && on_time_90d >= 0.95 | health"#,
        &["customers with declining revenue but good on-time delivery"],
    );
    all_become(
        "revenue_365d > 100000 && health < 50 | health",
        &["Show me customers with revenue > 100000 and health < 50", "revenue over 100k and health below 50"],
    );
    all_become(
        r#"tier == "premium" && nps_365d < 30 && complaints_90d >= 2 | health"#,
        &["premium accounts with NPS under 30 and at least two complaints"],
    );
    all_become(
        "!has(nps_365d) | -revenue_365d",
        &["customers with no NPS", "accounts without a promoter score"],
    );
}

#[test]
fn dates() {
    all_become(
        r#"created_on >= date("2026-11-01") | -revenue_365d"#,
        &["new customers this month", "customers created this month"],
    );
    all_become(
        r#"created_on >= date("2025-01-01") | -revenue_365d"#,
        &["customers onboarded since 2025", "customers since 2025", "customers added since 1 January 2025"],
    );
    all_become(
        "created_on >= today() - days(30) | -revenue_365d",
        &["customers created in the last 30 days", "accounts added in the past month"],
    );
    all_become(
        r#"created_on >= date("2025-07-01") && created_on < date("2025-10-01") | -revenue_365d"#,
        &["customers who joined in Q3 2025"],
    );
}

#[test]
fn an_assumed_window_is_said() {
    let said = |question: &str| {
        ask(question).understood.iter().map(|part| part.as_.clone()).collect::<Vec<_>>().join("; ")
    };
    assert!(said("top 10 customers by revenue this year").contains("taken as the last 365 days"));
    assert!(said("customers with recent complaints").contains("recent: the last 30 days"));
    assert!(
        said("customers with more than 5 orders in the last 60 days")
            .contains("60 days are not kept: the last 90 days")
    );
    assert!(said("on-time delivery under 90").contains("read as percent"));
}
