//! A made-up account and its timeline.

use std::collections::BTreeMap;

use kith_api::view::{
    AccountView, AddressView, AgreementView, ContactView, EntityView, IdentifierView, LaneView, MetricView,
    NoteView, QualityView, ReviewView, TaxIdView, TimelineItem,
};
use serde_json::{Map, json};

use super::super::page::{AccountPage, AccountTab, MetricPage, NoteDraft};
use super::change::{changes, limit_raise, stale_change};
use super::profile::{blank, euro, on_time, profile};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn contacts() -> Vec<ContactView> {
    let contact = |id: &str, name: Option<&str>, title: &str, primary: bool, status: &str| ContactView {
        id: id.to_owned(),
        name: name.map(str::to_owned),
        title: some(title),
        role: "operations".to_owned(),
        emails: name.map(|_| "maren.dewit@brightwater.example".to_owned()).into_iter().collect(),
        phones: list(&["+31 10 555 0199"]),
        is_primary: primary,
        status: status.to_owned(),
        ..ContactView::default()
    };
    vec![
        contact("con_2", Some("Lena Visser"), "Warehouse lead, Breda", false, "active"),
        contact("con_1", Some("Maren de Wit"), "Head of logistics", true, "active"),
        contact("con_3", None, "Former buyer", false, "left"),
    ]
}

fn addresses() -> Vec<AddressView> {
    let address = |id: &str, line: &str, city: &str, code: &str, kind: &str| AddressView {
        id: id.to_owned(),
        kinds: list(&[kind]),
        lines: list(&[line]),
        city: some(city),
        state_province: None,
        postal_code: some(code),
        country: "NL".to_owned(),
        is_default: kind == "billing",
        ..AddressView::default()
    };
    vec![
        address("adr_1", "Havenweg 41", "Rotterdam", "3011 AA", "billing"),
        address("adr_2", "Industriekade 9", "Breda", "4811 BB", "shipping"),
    ]
}

fn account() -> AccountView {
    AccountView {
        id: "acc_0198f2c00000".to_owned(),
        account_number: "C-001042".to_owned(),
        version: 12,
        name: "Brightwater Foods".to_owned(),
        legal_name: some("Brightwater Foods B.V."),
        legal_form: some("B.V."),
        email: some("logistics@brightwater.example"),
        phone: some("+31 10 555 0100"),
        website: some("brightwater.example"),
        billing_email: some("invoices@brightwater.example"),
        owning_entity: "NL".to_owned(),
        customer_type: "enterprise".to_owned(),
        tier: "premium".to_owned(),
        stage: "active".to_owned(),
        status: "active".to_owned(),
        currency: some("EUR"),
        credit_limit: Some(euro("400000.00")),
        payment_terms: some("NET45"),
        tax_code: some("NL-STD"),
        tax_id: Some(TaxIdView {
            kind: some("vat"),
            value: "NL812345678B01".to_owned(),
            country: some("NL"),
        }),
        party_roles: list(&["customer"]),
        industry: some("Chilled food"),
        employees: Some(1_420),
        annual_revenue: Some(euro("310000000.00")),
        language: some("nl"),
        timezone: some("Europe/Amsterdam"),
        account_manager: some("usr_1"),
        account_manager_name: some("Jo Marchetti"),
        contacts: contacts(),
        addresses: addresses(),
        review: ReviewView {
            cadence_days: 90,
            last_review_on: some("2026-08-04"),
            next_review_on: some("2026-11-02"),
            overdue: true,
        },
        missing_fields: list(&["sales_rep", "tax_certificate"]),
        note_log: vec![NoteView {
            id: "not_1".to_owned(),
            text: some(
                "Trial with another carrier on the Lille lane, says Maren. Call before the December peak.",
            ),
            by: some("usr_2"),
            by_name: some("Jo Marchetti"),
            at: "2026-11-20T14:20:00Z".to_owned(),
        }],
        metadata: Map::from_iter([
            ("dock_hours".to_owned(), json!("06:00 to 14:00")),
            ("pallets".to_owned(), json!(["EUR", "CHEP"])),
        ]),
        tags: list(&["chilled", "peak-season"]),
        created_at: "2024-03-11T08:00:00Z".to_owned(),
        updated_at: "2026-11-21T16:12:00Z".to_owned(),
        ..served()
    }
}

/// How good its data are.
fn quality() -> QualityView {
    QualityView {
        account: "acc_1".to_owned(),
        score: 0.81,
        target: 0.95,
        completeness: 0.87,
        validity: 1.0,
        freshness: 0.93,
        missing_required: Vec::new(),
        missing_recommended: list(&["billing_email", "employees"]),
        invalid: Vec::new(),
        confirmed_on: some("2026-08-04"),
    }
}

/// Identifiers, lanes and agreements of the account.
fn served() -> AccountView {
    AccountView {
        identifiers: vec![
            IdentifierView {
                kind: "external:erp".to_owned(),
                value: "BWF-0091".to_owned(),
                issuer: some("SAP"),
                ..IdentifierView::default()
            },
            IdentifierView {
                kind: "duns".to_owned(),
                value: "40-555-1234".to_owned(),
                ..IdentifierView::default()
            },
        ],
        lanes: vec![LaneView {
            id: "lan_1".to_owned(),
            origin: "Rotterdam".to_owned(),
            destination: "Lyon".to_owned(),
            mode: some("TL"),
            equipment: some("R"),
            ..LaneView::default()
        }],
        equipment: list(&["reefer"]),
        communication_prefs: Map::from_iter([("channel".to_owned(), json!("email"))]),
        service_preferences: Map::from_iter([
            ("delivery_window".to_owned(), json!("2 hours")),
            ("temperature_log".to_owned(), json!(true)),
        ]),
        agreements: vec![AgreementView {
            id: "agr_1".to_owned(),
            number: "AGR-0311".to_owned(),
            kind: "rate_agreement".to_owned(),
            title: some("NL reefer rates 2026"),
            starts_on: some("2026-01-01"),
            ends_on: some("2026-12-31"),
        }],
        ..AccountView::default()
    }
}

/// Position, type, group, time, title, detail.
type MadeItem = (u64, [&'static str; 5]);

const HAPPENED: [MadeItem; 9] = [
    (
        9,
        [
            "claim.filed",
            "shipments",
            "2026-11-22T09:31:00Z",
            "Damage claim opened, 3 pallets of yoghurt",
            "CLM-2207, €8,900.00. Reported by Maren de Wit through the portal.",
        ],
    ),
    (
        8,
        [
            "inquiry.received",
            "messages",
            "2026-11-22T08:56:00Z",
            "“We need this fixed before the December peak.”",
            "E-mail from Maren de Wit. Waits for a reply.",
        ],
    ),
    (
        7,
        [
            "exception.detected",
            "shipments",
            "2026-11-22T06:00:00Z",
            "2 of 16 deliveries late",
            "Rotterdam and Breda, late by 3 h 40 and 1 h 15.",
        ],
    ),
    (
        6,
        [
            "account.changed",
            "changes",
            "2026-11-21T16:12:00Z",
            "Credit limit raise asked: €400,000 to €520,000",
            "Asked by Tomas Adler. Waits for the AR manager.",
        ],
    ),
    (
        5,
        [
            "payment.received",
            "money",
            "2026-11-21T11:47:00Z",
            "Payment received, €64,210.00",
            "INV-88140 and INV-88152. 9 days late.",
        ],
    ),
    (
        4,
        [
            "quote.sent",
            "quotes",
            "2026-11-21T10:05:00Z",
            "Quote Q-5519 sent: Breda to Lyon, weekly reefer",
            "€1,940.00 a run. Answered in 2 h 50.",
        ],
    ),
    (3, ["order.placed", "orders", "2026-11-20T15:02:00Z", "Order SO-1042 placed, €12,400.00", ""]),
    (2, ["survey.responded", "surveys", "2026-11-20T11:00:00Z", "NPS 3", "“Two late trucks in a week.”"]),
    (1, ["portal.login", "portal", "2025-12-30T14:20:00Z", "Portal visit", "5 pages."]),
];

fn timeline() -> Vec<TimelineItem> {
    let item = |(position, [kind, group, time, title, detail]): &MadeItem| TimelineItem {
        position: *position,
        log: if *group == "changes" { "change" } else { "touchpoint" }.to_owned(),
        source: "urn:norvane:tms".to_owned(),
        id: format!("EV-{position}"),
        kind: format!("io.kith.{kind}"),
        group: (*group).to_owned(),
        time: (*time).to_owned(),
        title: (*title).to_owned(),
        detail: (*detail).to_owned(),
        state: if *position == 3 { "superseded" } else { "active" }.to_owned(),
        alert: kind.starts_with("claim") || kind.starts_with("exception"),
        data: json!({ "order": "SO-1042", "value": { "amount": "12400.00", "currency": "EUR" } }),
    };
    HAPPENED.iter().map(item).collect()
}

/// The account with everything on it.
pub(crate) fn account_page(tab: AccountTab) -> AccountPage {
    let entity = |code: &str, name: &str, currency: &str| EntityView {
        code: code.to_owned(),
        name: name.to_owned(),
        currency: currency.to_owned(),
        timezone: "UTC".to_owned(),
    };
    AccountPage {
        account: account(),
        custom_fields: Vec::new(),
        quality: quality(),
        profile: profile(),
        tab,
        timeline: timeline(),
        timeline_filter: String::new(),
        next: some("older"),
        entities: vec![
            entity("UK", "Norvane UK", "GBP"),
            entity("NL", "Norvane B.V.", "EUR"),
            entity("US", "Norvane Inc.", "USD"),
        ],
        entity: some("NL"),
        alerts: Vec::new(),
        open_changes: vec![limit_raise()],
        past_changes: changes().changes.into_iter().skip(1).chain([stale_change()]).collect(),
        history: Vec::new(),
        earlier: None,
        effective: None,
        overridden: BTreeMap::new(),
        credit: None,
        group: None,
        may_edit: true,
        documents: Vec::new(),
        agreed: None,
        vehicles: Vec::new(),
        may_upload: true,
        may_verify: true,
        typed: std::collections::HashMap::new(),
        fault: None,
        may_note: true,
        note: NoteDraft::default(),
        ..AccountPage::default()
    }
}

/// An account about which nothing is known yet.
pub(crate) fn new_account_page() -> AccountPage {
    AccountPage {
        account: AccountView {
            id: "acc_0198f2c09999".to_owned(),
            account_number: "C-009999".to_owned(),
            name: "Halvorsen Seafood".to_owned(),
            tier: "standard".to_owned(),
            stage: "onboarding".to_owned(),
            status: "onboarding".to_owned(),
            owning_entity: "NL".to_owned(),
            created_at: "2026-11-22T09:43:30Z".to_owned(),
            updated_at: "2026-11-22T09:43:30Z".to_owned(),
            ..AccountView::default()
        },
        quality: QualityView::default(),
        profile: blank(),
        timeline: Vec::new(),
        next: None,
        entities: Vec::new(),
        entity: None,
        open_changes: Vec::new(),
        past_changes: Vec::new(),
        history: Vec::new(),
        earlier: None,
        effective: None,
        overridden: BTreeMap::new(),
        credit: None,
        group: None,
        may_edit: false,
        fault: None,
        ..account_page(AccountTab::Overview)
    }
}

/// One metric.
pub(crate) fn metric_page() -> MetricPage {
    let (id, metric) = on_time();
    MetricPage {
        account: account(),
        description: "Share of deliveries that came within the promised window and complete.".to_owned(),
        windows: vec![("otif_30d".to_owned(), MetricView { window: Some(30), ..metric.clone() })],
        behind: timeline(),
        behind_count: 1_127,
        from: 0,
        id,
        metric,
    }
}
