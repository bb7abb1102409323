//! Orders: the queue of held ones, and one with its reasons.

use kith_api::view::{
    CreditDecisionView, MoneyView, OrderCandidateView, OrderHeldView, OrderLineView, OrderMatchView,
    OrderReasonView, OrderView,
};
use serde_json::json;

use super::super::page::{OrderPage, OrdersPage};

fn usd(amount: &str) -> MoneyView {
    MoneyView { amount: amount.to_owned(), currency: "USD".to_owned() }
}

fn reason(code: &str, severity: &str, text: &str, clears: &str) -> OrderReasonView {
    OrderReasonView {
        code: code.to_owned(),
        severity: severity.to_owned(),
        text: text.to_owned(),
        clears: clears.to_owned(),
        ..OrderReasonView::default()
    }
}

fn held(number: &str, name: &str, total: &str, priority: i64, overdue: bool) -> OrderView {
    OrderView {
        id: format!("ord_{number}"),
        order_no: format!("SO-261124-{number}"),
        state: "held".to_owned(),
        outcome: Some("hold".to_owned()),
        reasons: vec![
            reason(
                "over_limit",
                "hold",
                "Exposure would be USD 131300.00, above the limit of USD 120000.00.",
                "A payment or a higher limit; or release this order.",
            ),
            reason(
                "total_differs",
                "warning",
                "The order comes to USD 18400.00, it says USD 18000.00.",
                "Amend the order.",
            ),
        ],
        total: Some(usd(total)),
        account: Some("acc_0198b2c4d5e67f8091a2b3c4d5e6f700".to_owned()),
        account_name: Some(name.to_owned()),
        entity: Some("US".to_owned()),
        customer_order_no: Some("PO-4711".to_owned()),
        order_type: "goods".to_owned(),
        channel: "edi".to_owned(),
        requested_delivery: Some("2026-12-01".to_owned()),
        held: Some(OrderHeldView {
            priority,
            since: "2026-11-24T13:10:00Z".to_owned(),
            due_at: "2026-11-24T15:10:00Z".to_owned(),
            is_overdue: overdue,
            released_by: Some("credit_analyst".to_owned()),
        }),
        received_at: "2026-11-24T13:10:00Z".to_owned(),
        changed_at: "2026-11-24T13:10:00Z".to_owned(),
        ..OrderView::default()
    }
}

/// The queue.
pub(crate) fn orders() -> OrdersPage {
    OrdersPage {
        items: vec![
            held("7KQ2M4XW3A", "Brightwater Foods", "18400.00", 110_400, true),
            held(
                "B4ZT9QHN2C",
                "Calder Chemicals and Specialities of the Great Lakes",
                "42000.00",
                84_000,
                false,
            ),
        ],
        state: "held".to_owned(),
        next: Some("ord_B4ZT9QHN2C".to_owned()),
        ..OrdersPage::default()
    }
}

/// One of them.
pub(crate) fn held_order() -> OrderPage {
    let price = json!({"rule": {"source": "account"}, "price_trace": [{}, {}]});
    let line = OrderLineView {
        line_no: "1".to_owned(),
        item: "BOLT-8".to_owned(),
        qty: "736".to_owned(),
        uom: "EA".to_owned(),
        given_price: Some("24.46".to_owned()),
        unit_price: Some(usd("25.00")),
        total: Some(usd("18400.00")),
        as_given: false,
        price,
    };
    let candidate = OrderCandidateView {
        account: "acc_0198b2c4d5e67f8091a2b3c4d5e6f701".to_owned(),
        name: Some("Brightwater Foods East".to_owned()),
        confidence: 0.81,
    };
    let decision = CreditDecisionView {
        outcome: "hold".to_owned(),
        limit: Some(usd("120000.00")),
        exposure: Some(usd("112900.00")),
        available_before: Some(usd("7100.00")),
        available_after: Some(usd("-11300.00")),
        ..CreditDecisionView::default()
    };
    let order = OrderView {
        lines: vec![line],
        decision: Some(decision),
        matched: OrderMatchView { candidates: vec![candidate], ..OrderMatchView::default() },
        ..held("7KQ2M4XW3A", "Brightwater Foods", "18400.00", 110_400, true)
    };
    let fault = Some("The amount is beyond what you may release.".to_owned());
    OrderPage { order, may_release: true, may_cancel: true, fault }
}
