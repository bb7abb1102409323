//! Alerts as an analyst finds them.

use kith_api::view::{AlertTouchpoint, AlertView, SignView, ThresholdView};
use serde_json::json;

use super::super::page::AlertsPage;

/// An order nine times as large, and an account over its limit.
pub(crate) fn alerts() -> AlertsPage {
    let sign = SignView {
        detector: Some("amount".to_owned()),
        severity: "high".to_owned(),
        statistic: 42.8,
        medium: 3.5,
        high: 6.0,
        text: "The amount lies 42.8 robust standard deviations above the last 50 orders; unusual above 3.5, \
               grave above 6.0."
            .to_owned(),
    };
    let large = AlertView {
        id: "alr_1".to_owned(),
        account: "acc_1".to_owned(),
        account_number: "C-000042".to_owned(),
        account_name: "Nordwind Logistik GmbH".to_owned(),
        entity: "EU".to_owned(),
        kind: "unusual_spending".to_owned(),
        severity: "high".to_owned(),
        score: 0.99,
        explanation: vec![sign],
        evidence: vec![AlertTouchpoint {
            position: 4_711,
            r#type: "io.kith.order.placed".to_owned(),
            source: "erp".to_owned(),
            id: "e-900".to_owned(),
            occurred_at: "2026-11-22T09:43:00Z".to_owned(),
            data: json!({"order_no": "SO-900", "value": {"amount": "90000.00", "currency": "EUR"}}),
        }],
        state: "open".to_owned(),
        raised_at: "2026-11-22T09:43:01Z".to_owned(),
        ..AlertView::default()
    };
    let over = AlertView {
        id: "alr_2".to_owned(),
        account_name: "Zebra Timber Ltd".to_owned(),
        kind: "over_limit".to_owned(),
        severity: "medium".to_owned(),
        state: "acknowledged".to_owned(),
        ..large.clone()
    };
    let precise = ThresholdView {
        detector: "amount".to_owned(),
        medium: 3.5,
        high: 6.0,
        factor: 1.0,
        outcomes: 12,
        worth: 5,
        precision: Some(5.0 / 12.0),
        precision_least: 0.2,
    };
    AlertsPage {
        alerts: vec![large.clone(), over],
        open: Some(large),
        may_decide: true,
        thresholds: vec![precise],
        ..AlertsPage::default()
    }
}
