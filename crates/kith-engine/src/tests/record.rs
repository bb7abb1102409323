//! What is stored is what was said: after a restart, and when everything is verified.

use kith_domain::command::Command;
use kith_domain::organisation;
use serde_json::json;

use super::{on_each, order};

#[test]
fn a_restart_changes_nothing_with_or_without_a_checkpoint() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({"tier": "premium"})).await;
        house.ingest(&[order("1", "A-1", 2, "10.00"), order("1", "A-2", 40, "30.00")]).await;
        let digest = house.engine.living().digest();
        let house = house.reopen().await;
        assert_eq!(house.engine.living().digest(), digest, "from the checkpoint");
        house.ingest(&[order("1", "A-3", 1, "5.00")]).await;
        let digest = house.engine.living().digest();
        let house = house.reopen().await;
        assert_eq!(house.engine.living().digest(), digest, "from the next checkpoint");
        house.engine.drop_checkpoints().unwrap();
        assert_eq!(house.number(id, "orders_90d"), Some(3.0));
        let verified = tokio::task::spawn_blocking({
            let engine = house.engine.clone();
            move || engine.verify()
        });
        let verified = verified.await.unwrap().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
        assert_eq!(verified.touchpoints, 3);
        assert!(verified.documents > 5 && verified.records > 10, "{verified:?}");
    });
}

#[test]
fn a_day_moves_the_windows_without_events() {
    on_each(|house| async move {
        let id = house.account("Acme", "1", json!({})).await;
        let weekly: Vec<_> =
            (0..20).map(|week| order("1", &format!("W-{week}"), week * 7 + 1, "10.00")).collect();
        house.ingest(&weekly).await;
        let row = house.engine.directory().row(id).unwrap();
        assert_ne!(house.engine.label(row, "order_trend_label_90d").as_deref(), Some("declining"));
        let later = "2027-01-20".parse().unwrap();
        let command = Command::Organisation(organisation::Command::OpenDay { day: later });
        house.done(&crate::Caller::system(), command).await;
        for _ in 0..100 {
            if house.engine.label(row, "order_trend_label_90d").as_deref() == Some("declining") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(house.engine.label(row, "order_trend_label_90d").as_deref(), Some("declining"));
        assert_eq!(house.number(id, "orders_30d"), Some(0.0));
    });
}

#[test]
fn managers_are_told_which_reviews_fell_due() {
    on_each(|house| async move {
        let user = house.seller.principal.user().unwrap();
        let id = house.account("Acme", "1", json!({"account_manager": user})).await;
        house.account("Borealis", "2", json!({})).await;
        let before = house.engine.day();
        let made = house.engine.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let later = made.checked_add(jiff::Span::new().days(91)).unwrap();
        let command = Command::Organisation(organisation::Command::OpenDay { day: later });
        house.done(&crate::Caller::system(), command).await;
        assert_eq!(house.engine.remind_of_reviews(Some(before)).await.unwrap(), 1);
        let inbox = house.engine.notifications(&house.seller, None, None, 20).await.unwrap();
        let due: Vec<_> = inbox.items.iter().filter(|item| item.kind == "review_due").collect();
        assert_eq!(due.len(), 1, "{inbox:?}");
        assert_eq!((due[0].text.as_str(), &due[0].about), ("The review of Acme is due.", &id.to_string()));
        // What fell due before that day is not told again.
        assert_eq!(house.engine.remind_of_reviews(Some(later)).await.unwrap(), 0);
    });
}
