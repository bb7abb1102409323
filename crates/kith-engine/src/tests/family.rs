//! Hierarchies: no circles, also when two bend it at once; roll-ups; relationships both ways.

use jiff::civil::date;
use kith_domain::account::{Command as AccountCommand, Relationship, RelationshipKind};
use kith_domain::approval::{ChangeState, Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::value::{AccountId, RelationshipId};
use serde_json::json;

use super::merge::merge;
use super::{House, on_each, order};
use crate::{Answer, ListRequest, RollupRequest};

fn under(parent: AccountId) -> AccountCommand {
    AccountCommand::SetParent { parent: Some(parent), valid_from: date(2026, 1, 1), reason: None }
}

impl House {
    fn field(&self, filter: &str, field: &str) -> Vec<serde_json::Value> {
        let request =
            ListRequest { filter: filter.into(), fields: vec![field.into()], ..ListRequest::default() };
        let page = self.engine.list(&self.admin, &request).unwrap();
        page.items.into_iter().map(|item| item[field].clone()).collect()
    }
}

#[test]
fn a_group_is_read_from_any_of_its_accounts() {
    on_each(|house| async move {
        let top = house.account("Holding", "1", json!({})).await;
        let mid = house.account("Country", "2", json!({})).await;
        let low = house.account("Plant", "3", json!({})).await;
        house.applied(mid, under(top)).await;
        house.applied(low, under(mid)).await;
        assert_eq!(house.refused(top, under(low)).await, "account.parent_cycle");
        let group = house.engine.hierarchy(&house.admin, &low.to_string(), None).await.unwrap().unwrap();
        assert_eq!(group.ultimate_parent.id, top.to_string());
        assert_eq!(group.ancestors.len(), 2);
        let levels: Vec<u32> = group.tree.iter().map(|branch| branch.level).collect();
        assert_eq!(levels, [0, 1, 2]);
        let filter = format!("ultimate_parent == \"{top}\"");
        assert_eq!(house.field(&filter, "name").len(), 3);
        assert_eq!(house.field("children_count > 0", "children_count"), [json!(1), json!(1)]);
        assert_eq!(house.field(&format!("parent == \"{mid}\""), "parent"), [json!(mid)]);
        let before = house.engine.hierarchy(&house.admin, &low.to_string(), Some(date(2025, 12, 31))).await;
        assert!(before.unwrap().unwrap().parent.is_none());
        // The same after a start, and after the parent was merged into another account.
        let house = house.reopen().await;
        assert_eq!(house.field("children_count > 0", "children_count"), [json!(1), json!(1)]);
        let other = house.account("Country too", "4", json!({})).await;
        house.applied(other, merge(mid)).await;
        let group = house.engine.hierarchy(&house.admin, &low.to_string(), None).await.unwrap().unwrap();
        assert_eq!(group.parent.unwrap().id, other.to_string());
        assert_eq!(
            group.ultimate_parent.id,
            top.to_string(),
            "the survivor had no parent and took the loser's"
        );
        assert_eq!(house.refused(top, merge(low)).await, "account.merge_cycle");
        house.is_true();
    });
}

#[test]
fn two_who_bend_a_hierarchy_at_once_make_no_circle() {
    on_each(|house| async move {
        let one = house.account("One", "1", json!({})).await;
        let two = house.account("Two", "2", json!({})).await;
        let mut waiting = Vec::new();
        for (child, parent) in [(one, two), (two, one)] {
            match house.answer(&house.seller, Command::Account { id: child, command: under(parent) }).await {
                Answer::Waiting(change) => waiting.push(*change),
                other => panic!("{other:?}"),
            }
        }
        let approve = || ChangeCommand::Approve(Word::default());
        for change in &waiting {
            house.decide(&house.manager, change, approve()).await;
        }
        let (first, second) = tokio::join!(
            house.decide(&house.controller, &waiting[0], approve()),
            house.decide(&house.controller, &waiting[1], approve())
        );
        let mut states = [first, second].map(|answer| match answer {
            Answer::Waiting(change) => change.state,
            other => panic!("{other:?}"),
        });
        states.sort_by_key(|state| state.as_str());
        assert_eq!(states, [ChangeState::Applied, ChangeState::Failed]);
    });
}

#[test]
fn a_roll_up_is_made_of_all_touchpoints_not_of_averages() {
    on_each(|house| async move {
        let top = house.account("Holding", "1", json!({})).await;
        let low = house.account("Plant", "2", json!({})).await;
        house.applied(low, under(top)).await;
        let mut events = Vec::new();
        for (erp, days) in [("1", [1_i64, 11, 21, 31]), ("2", [2, 5, 8, 11])] {
            for day in days {
                let mut placed = order(erp, &format!("SO-{day}"), day, "100.00");
                placed["id"] = json!(format!("{erp}-{day}"));
                events.push(placed);
            }
        }
        house.ingest(&events).await;
        let request = RollupRequest::default();
        let rollup = house.engine.rollup(&house.admin, &top.to_string(), &request).await.unwrap().unwrap();
        assert_eq!(rollup.accounts.len(), 2);
        assert_eq!(
            rollup.metrics["orders_90d"].value,
            json!(8),
            "orders of one number in two accounts are two"
        );
        assert_eq!(rollup.metrics["order_value_90d"].value, json!({"amount": "800.00", "currency": "USD"}));
        // The gaps of all orders by day: 1 2 5 8 11 11 21 31 → 1 3 3 3 0 10 10, median 3.
        assert_eq!(rollup.metrics["order_gap_days_90d"].value, json!(3));
        assert!(rollup.metrics["orders_90d"].evidence_count >= 8);
        assert!(!rollup.metrics.contains_key("health"), "scores are not added up");
        let health = &rollup.scores["health"];
        assert!(health.min.unwrap() <= health.weighted_mean.unwrap() && health.accounts == 2);
        let alone = house.engine.rollup(&house.admin, &low.to_string(), &request).await.unwrap().unwrap();
        assert_eq!(alone.metrics["orders_90d"].value, json!(4));
    });
}

#[test]
fn relationships_are_read_from_both_ends() {
    on_each(|house| async move {
        let one = house.account("One", "1", json!({})).await;
        let two = house.account("Two", "2", json!({})).await;
        let relationship = Relationship {
            id: RelationshipId(house.engine.new_uuid().unwrap()),
            to: two,
            kind: RelationshipKind::Owns,
            share_bp: Some(5_150),
            valid_from: date(2026, 1, 1),
            valid_to: Some(date(2026, 6, 30)),
            source: None,
        };
        house.applied(one, AccountCommand::Relate { relationship }).await;
        let seen = house.engine.relationships(&house.admin, &two.to_string(), None).await.unwrap().unwrap();
        let item = &seen.items[0];
        assert_eq!((item.direction.as_str(), item.kind.as_str(), item.percent), ("to", "owns", Some(51.5)));
        assert!(!item.current);
        let day = Some(date(2026, 3, 1));
        let then = house.engine.relationships(&house.admin, &one.to_string(), day).await.unwrap().unwrap();
        assert_eq!((then.items.len(), then.items[0].direction.as_str()), (1, "from"));
        let later = Some(date(2026, 7, 1));
        let none = house.engine.relationships(&house.admin, &one.to_string(), later).await.unwrap().unwrap();
        assert!(none.items.is_empty());
    });
}
