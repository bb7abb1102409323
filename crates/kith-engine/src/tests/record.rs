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
