//! Made-up changes and touchpoints in quarantine.

use kith_api::view::{
    ChangeView, DiffView, MoneyView, QuarantineCause, QuarantineDesk, QuarantineView, StepView, WarningView,
};
use serde_json::{Value, json};

use super::super::page::{ChangesPage, QuarantinePage};

fn step(role: &str, state: &str, by: Option<&str>) -> StepView {
    StepView {
        role: role.to_owned(),
        state: state.to_owned(),
        by: by.map(|_| "usr_2".to_owned()),
        by_name: by.map(str::to_owned),
        at: by.map(|_| "2026-11-21T17:00:00Z".to_owned()),
        comment: by.map(|_| "Seen the forecast.".to_owned()),
        ..StepView::default()
    }
}

fn line(path: &str, before: Value, after: Value) -> DiffView {
    DiffView { path: path.to_owned(), before, after, ..DiffView::default() }
}

fn made(id: &str, title: &str, lane: &str, by: &str, at: &str) -> ChangeView {
    ChangeView {
        id: id.to_owned(),
        operation: "account_update".to_owned(),
        title: title.to_owned(),
        lane: lane.to_owned(),
        state: "waiting".to_owned(),
        target: Some("acc_0198f2c00000".to_owned()),
        steps: vec![step("ar_manager", "waiting", None)],
        submitted_by: Some("usr_3".to_owned()),
        submitted_by_name: Some(by.to_owned()),
        submitted_at: at.to_owned(),
        ..ChangeView::default()
    }
}

/// A change that waits for its second step.
pub(crate) fn limit_raise() -> ChangeView {
    let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    ChangeView {
        steps: vec![step("ar_manager", "approved", Some("Sam Okafor")), step("controller", "waiting", None)],
        diff: vec![
            line("/credit_limit", euro("400000.00"), euro("520000.00")),
            line("/review/next_review_on", json!("2027-03-31"), json!("2027-01-31")),
            line("/tags", json!(["chilled"]), json!(["chilled", "peak-season"])),
            line("/contacts/1/title", Value::Null, json!("Head of logistics")),
        ],
        warnings: vec![WarningView {
            code: "credit.large_raise".to_owned(),
            text: "The raise is over 25 % of the limit that holds now.".to_owned(),
        }],
        reason: Some(
            "December peak adds about €90,000 of open orders. Two new chilled lanes start on 1 December."
                .to_owned(),
        ),
        ..made(
            "chg_0198f2c03391",
            "Raise the credit limit of Brightwater Foods",
            "yellow",
            "Tomas Adler",
            "2026-11-21T16:12:00Z",
        )
    }
}

/// A change that went stale.
pub(crate) fn stale_change() -> ChangeView {
    ChangeView {
        state: "stale".to_owned(),
        refusal: Some(json!({
            "code": "account.version",
            "sentence": "Somebody else changed the tier meanwhile.",
            "clears": "Look at the account and ask again."
        })),
        diff: vec![line("/tier", json!("preferred"), json!("premium"))],
        ..made(
            "chg_0198f2c03300",
            "Move Dovetail Furniture to premium",
            "yellow",
            "Mina Park",
            "2026-11-19T10:00:00Z",
        )
    }
}

/// The list of changes that wait.
pub(crate) fn changes() -> ChangesPage {
    let mut created =
        made("chg_0198f2c03392", "Create Halvorsen Seafood", "yellow", "Mina Park", "2026-11-22T06:40:00Z");
    created.diff = vec![line("/name", Value::Null, json!("Halvorsen Seafood"))];
    let mut deleted = made(
        "chg_0198f2c03393",
        "Delete Test Customer 3 for good",
        "red",
        "Priya Nair",
        "2026-11-21T09:00:00Z",
    );
    deleted.diff = vec![line("", json!("Test Customer 3"), Value::Null)];
    let mut phone = made(
        "chg_0198f2c03394",
        "Change the phone of Fenwright Tools",
        "green",
        "Jo Marchetti",
        "2026-11-22T09:42:00Z",
    );
    phone.state = "applied".to_owned();
    phone.diff = vec![line("/phone", json!("+44 20 5550 100"), json!("+44 20 5550 199"))];
    ChangesPage {
        changes: vec![limit_raise(), deleted, created, phone],
        state: "waiting".to_owned(),
        next: Some("more".to_owned()),
        decidable: vec!["chg_0198f2c03391".to_owned()],
        ..ChangesPage::default()
    }
}

/// The quarantine.
pub(crate) fn quarantine() -> QuarantinePage {
    let item = |id: &str, code: &str, detail: &str, pointer: &str, subject: &str| QuarantineView {
        id: id.to_owned(),
        code: code.to_owned(),
        pointer: pointer.to_owned(),
        detail: detail.to_owned(),
        source: "urn:norvane:tms".to_owned(),
        external_id: format!("SHP-{id}"),
        subject: Some(subject.to_owned()),
        state: "waiting".to_owned(),
        received_at: "2026-11-22T08:10:00Z".to_owned(),
        kind: "io.kith.order.placed".to_owned(),
        event: Some(json!({"id": format!("SHP-{id}"), "subject": subject, "type": "io.kith.order.placed"})),
        amount: Some(MoneyView { amount: "12400.00".to_owned(), currency: "EUR".to_owned() }),
        ..QuarantineView::default()
    };
    let mut done = item(
        "qua_3",
        "subject_unknown",
        "No account is called external:tms:7741.",
        "/subject",
        "external:tms:7741",
    );
    done.state = "discarded".to_owned();
    done.decided_by_name = Some("Jo Marchetti".to_owned());
    done.reason = Some("A test of the carrier.".to_owned());
    QuarantinePage {
        items: vec![
            item(
                "qua_1",
                "subject_unknown",
                "No account is called external:tms:9120.",
                "/subject",
                "external:tms:9120",
            ),
            item(
                "qua_2",
                "amount_invalid",
                "“12,400” is not a decimal amount.",
                "/data/value/amount",
                "external:erp:BWF-0091",
            ),
            done,
        ],
        desk: QuarantineDesk {
            causes: vec![QuarantineCause {
                code: "subject_unknown".to_owned(),
                source: "urn:norvane:tms".to_owned(),
                kind: "io.kith.order.placed".to_owned(),
                pointer: "/subject".to_owned(),
                detail: "No account is called external:tms:9120.".to_owned(),
                items: 12,
                subjects: 3,
                amount: Some(MoneyView { amount: "48200.00".to_owned(), currency: "EUR".to_owned() }),
                oldest_at: "2026-11-20T08:10:00Z".to_owned(),
                newest_at: "2026-11-22T08:10:00Z".to_owned(),
                ids: Vec::new(),
            }],
            waiting: 12,
            looked_at: 12,
        },
        open: Some(0),
        state: "waiting".to_owned(),
        ..QuarantinePage::default()
    }
}
