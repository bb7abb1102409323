//! Lists, filters, pages, asking, rights.

use kith_api::view::AnswerKind;
use kith_domain::access::{Role, RoleGrant};
use serde_json::json;

use super::{on_each, order};
use crate::{ListRequest, ProfileRequest, Question};

#[test]
fn a_filter_lists_pages_and_names_its_faults() {
    on_each(|house| async move {
        for (place, tier) in ["premium", "standard", "premium", "premium"].iter().enumerate() {
            house.account(&format!("Customer {place}"), &place.to_string(), json!({"tier": tier})).await;
        }
        house
            .ingest(&[
                order("0", "A-1", 2, "10.00"),
                order("2", "B-1", 2, "10.00"),
                order("2", "B-2", 3, "20.00"),
            ])
            .await;
        let request = |cursor| ListRequest {
            filter: "tier == \"premium\" && orders_90d >= 0".into(),
            sort: "-orders_90d,name".into(),
            limit: Some(1),
            count: true,
            cursor,
            ..ListRequest::default()
        };
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = house.engine.list(&house.admin, &request(cursor)).unwrap();
            assert_eq!(page.count, Some(3));
            seen.extend(page.items.iter().map(|item| item["name"].as_str().unwrap().to_owned()));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["Customer 2", "Customer 0", "Customer 3"]);
        let wrong = ListRequest { filter: "tire == \"premium\"".into(), ..ListRequest::default() };
        let refusal = house.engine.list(&house.admin, &wrong).unwrap_err();
        assert_eq!(refusal.code, "filter_invalid");
        assert!(refusal.fields[0].message.contains("tier"), "{refusal:?}");
        let forged = ListRequest { cursor: Some("AAAA".into()), ..ListRequest::default() };
        assert!(house.engine.list(&house.admin, &forged).is_err());
    });
}

#[test]
fn a_role_for_one_entity_sees_only_its_accounts() {
    on_each(|house| async move {
        let us = house.account("American", "1", json!({})).await;
        let eu = house.account("European", "2", json!({"owning_entity": "EU"})).await;
        let grant = RoleGrant { role: Role::Viewer, entity: Some("EU".parse().unwrap()) };
        let viewer = house.person_with("Vera Viewer", grant).await;
        let page = house.engine.list(&viewer, &ListRequest::default()).unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!(page.items[0]["name"], "European");
        assert!(house.engine.account(&viewer, &us.to_string()).await.unwrap().is_err());
        let seen = house.engine.account(&viewer, &eu.to_string()).await.unwrap().unwrap();
        assert_eq!(seen.email, None, "a viewer reads no personal data");
        let asked = Question { question: "how is American doing".into(), ..Question::default() };
        let reply = house.engine.ask(&viewer, &asked).unwrap();
        assert!(reply.answer.is_none_or(|answer| answer.account_name.as_deref() != Some("American")));
    });
}

#[test]
fn a_question_is_answered_with_what_it_became() {
    on_each(|house| async move {
        house.account("ACME Corporation", "1", json!({"tier": "premium"})).await;
        house.account("Borealis", "2", json!({})).await;
        house.ingest(&[order("1", "A-1", 2, "10.00"), order("2", "B-1", 80, "99.00")]).await;
        let ask = |words: &str| {
            house
                .engine
                .ask(&house.admin, &Question { question: words.into(), ..Question::default() })
                .unwrap()
        };
        let reply = ask("which customers have not ordered for 60 days");
        assert_eq!(reply.kind, AnswerKind::List, "{reply:?}");
        let names: Vec<_> = reply.items.unwrap().iter().map(|item| item["name"].clone()).collect();
        assert_eq!(names, ["Borealis"]);
        assert!(reply.filter.unwrap().contains("days_since_last_order"));
        let reply = ask("what is ACME's relationship health");
        assert_eq!(reply.kind, AnswerKind::Answer, "{reply:?}");
        assert_eq!(reply.answer.unwrap().account_name.as_deref(), Some("ACME Corporation"));
        let reply = ask("florble the wibble");
        assert!(matches!(reply.kind, AnswerKind::Clarify | AnswerKind::Refusal), "{reply:?}");
        assert!(!reply.not_understood.is_empty());
    });
}

#[test]
fn a_number_that_was_asked_for_is_the_number_that_is_counted() {
    on_each(|house| async move {
        for place in 1..=4 {
            house.account(&format!("Customer {place}"), &place.to_string(), json!({"tier": "premium"})).await;
        }
        let orders: Vec<_> =
            (1..=4).map(|place| order(&place.to_string(), &format!("A-{place}"), 2, "10.00")).collect();
        house.ingest(&orders).await;
        let ask = |words: &str| {
            let question = Question { question: words.into(), limit: Some(3), ..Question::default() };
            let reply = house.engine.ask(&house.admin, &question).unwrap();
            (reply.count, reply.items.map(|items| items.len()), reply.next_cursor.is_some())
        };
        assert_eq!(ask("top 2 customers by order value"), (Some(2), Some(2), false));
        assert_eq!(ask("top 10 customers by order value"), (Some(4), Some(4), false));
        assert_eq!(ask("premium customers"), (Some(4), Some(3), true));
    });
}

#[test]
fn what_a_question_became_is_told_in_its_parts() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"tier": "premium"})).await;
        let question = Question { question: "slow payers by revenue".into(), ..Question::default() };
        let reply = house.engine.ask(&house.admin, &question).unwrap();
        let [late, order] = reply.understood.as_slice() else { panic!("{reply:?}") };
        assert_eq!(late.filter.as_deref(), Some("days_beyond_terms_365d > 3"));
        assert_eq!(late.notes, ["taken as high: more than 3 days, the last 365 days"]);
        assert_eq!(order.sort.as_deref(), Some("-revenue_365d"));
    });
}

#[test]
fn a_value_says_where_it_comes_from() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        house.ingest(&[order("1", "A-1", 2, "10.00"), order("1", "A-2", 4, "30.00")]).await;
        let request = ProfileRequest { metrics: vec!["order_value_90d".into()], ..ProfileRequest::default() };
        let profile = house.engine.profile(&house.admin, &id.to_string(), &request).await.unwrap().unwrap();
        let value = &profile.metrics["order_value_90d"];
        assert_eq!(value.value, json!({"amount": "40.00", "currency": "USD"}));
        assert_eq!((value.sample_size, value.evidence_count), (2, 2));
        assert_eq!(value.evidence[0].id, "placed-A-1");
        assert_eq!(value.sources, ["erp"]);
        assert_eq!(value.observed_at.as_deref(), Some("2026-11-20T09:00:00Z"));
        let health = house.engine.profile(&house.admin, &id.to_string(), &ProfileRequest::default()).await;
        let health = health.unwrap().unwrap().scores["health"].clone();
        let sum: f64 = health.drivers.iter().map(|driver| driver.contribution).sum();
        if let Some(value) = health.value {
            assert!((50.0 + sum - value).abs() < 0.06, "{health:?}");
        }
    });
}

#[test]
fn credit_is_listed_only_for_those_who_may_read_it() {
    on_each(|house| async move {
        let limit = json!({"credit_limit": {"amount": "1000", "currency": "USD"}});
        house.account("American", "1", limit.clone()).await;
        let mut european = limit;
        european["owning_entity"] = json!("EU");
        house.account("European", "2", european).await;
        let viewer = house.person_with("Vera Viewer", RoleGrant { role: Role::Viewer, entity: None }).await;
        let of_eu = RoleGrant { role: Role::CreditAnalyst, entity: Some("EU".parse().unwrap()) };
        let asked = |filter: &str, sort: &str, fields: &[&str]| ListRequest {
            filter: filter.into(),
            sort: sort.into(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            count: true,
            ..ListRequest::default()
        };
        let forbidden = [
            asked("credit_limit > 0", "", &[]),
            asked("", "-risk_score", &[]),
            asked("", "", &["name", "risk_class"]),
        ];
        for request in &forbidden {
            let refusal = house.engine.list(&viewer, request).unwrap_err();
            assert_eq!(
                (refusal.code.as_str(), refusal.fields[0].code.as_str()),
                ("access.denied", "field_forbidden")
            );
            assert!(house.engine.worklist(&viewer, request).is_err());
            assert!(house.engine.export(&viewer, request.clone()).await.unwrap().is_err());
            assert!(house.engine.list(&house.admin, request).is_ok());
        }
        let offered = |caller| house.engine.field_list(caller).iter().any(|field| field.id == "credit_limit");
        assert!(offered(&house.admin) && !offered(&viewer));
        let question =
            Question { question: "customers with a credit limit over 500".into(), ..Question::default() };
        assert!(house.engine.ask(&viewer, &question).is_err());
        // One who reads credit in one entity alone sees no other entity's, and finds nothing by it either.
        let mut both = house.person_with("Cleo Credit", of_eu).await;
        both.principal.roles.push(RoleGrant { role: Role::Viewer, entity: None });
        let page = house.engine.list(&both, &asked("", "name", &["credit_limit"])).unwrap();
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.items[0]["credit_limit"], json!(null), "{page:?}");
        assert_ne!(page.items[1]["credit_limit"], json!(null), "{page:?}");
        let found = house.engine.list(&both, &asked("credit_limit > 0", "-credit_limit", &[])).unwrap();
        assert_eq!((found.count, found.items[0]["name"].as_str()), (Some(1), Some("European")));
    });
}
