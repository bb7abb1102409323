//! The documents and the vehicles of an account.

use kith_api::view::{DocumentView, VehicleView};
use kith_template::html;
use maud::Markup;

use super::AccountPage;
use crate::web::clock::date;
use crate::web::number::{count, phrase, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::tone;
use crate::web::shell::Shell;
use crate::web::words::t;

/// Types of documents, the usual ones first.
const TYPES: [&str; 16] = [
    "tax_certificate",
    "contract",
    "amendment",
    "credit_application",
    "registry_extract",
    "ownership_chart",
    "id_document",
    "bank_letter",
    "financials",
    "insurance_certificate",
    "bol",
    "pod",
    "invoice",
    "customs",
    "photo",
    "other",
];

pub(super) fn documents_tab(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #document-fault .b { (fault) } })) }
        section .card aria-labelledby="documents" {
            header { h2 #documents { "Documents" } span .sm .muted .push .num { (page.documents.len()) } }
            @if page.documents.is_empty() {
                (empty(Icon::Document, t("No documents"), &html! { "Contracts, certificates and proofs of delivery are kept here, sealed." }))
            } @else {
                ul .list { @for document in &page.documents { (line(shell, page, document)) } }
            }
            @if page.may_upload { (upload(shell, page)) }
        }
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", count(bytes / 1_024)),
        _ => format!("{} MB", count(bytes / 1_048_576)),
    }
}

fn line(shell: &Shell, page: &AccountPage, document: &DocumentView) -> Markup {
    let path = format!("/accounts/{}/documents/{}", page.account.id, document.id);
    let open = document.status == "scanned";
    html! {
        li #(document.id) {
            span .muted { (Icon::Document.show()) }
            span .grow .stack .x {
                a .ul .b .trunc href=(format!("{path}/content")) download { (document.name.as_deref().unwrap_or(t("Document"))) }
                span .sm .muted {
                    (words(&document.kind)) ", " (size(document.size))
                    @if let Some(last) = &document.expires_on { ", to " (date(last)) }
                    ", " (document.received_by_name.as_deref().unwrap_or("Kith")) " " (shell.clock.ago(&document.received_at))
                    @if let Some(reason) = &document.reason { ". " (reason) }
                }
            }
            @if document.legal_hold { span .pill .warn { "Legal hold" } }
            @if document.duplicate_of.is_some() { span .pill title="The same content is kept once" { "Copy" } }
            span class=(format!("pill {}", tone::of_standing(&document.status))) { (words(&document.status)) }
            @if page.may_verify && open {
                form method="post" action=(format!("{path}/verify")) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { (Icon::Check.small()) "Verify" }
                }
            }
        }
    }
}

/// A form with a place to drop a file on; without script the file is chosen.
fn upload(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        .body {
            form #upload .asking method="post" enctype="multipart/form-data" action=(format!("/accounts/{}/documents", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .drop for="file" data-drop {
                    (Icon::Document.large())
                    span .b { "Choose a file or drop it here" }
                    span .sm .muted data-dropped { "50 MB at most; sealed under the account's key" }
                    input #file .vh type="file" name="file" required;
                }
                .asked {
                    label .stack .x for="document-type" { span .sm .b { "Type" }
                        select .field #document-type name="type" { @for kind in TYPES { option value=(kind) { (phrase(kind)) } } } }
                    label .stack .x for="issued-on" { span .sm .b { "Issued on" } input .field #issued-on type="date" name="issued_on"; }
                    label .stack .x for="expires-on" { span .sm .b { "Last day" } input .field #expires-on type="date" name="expires_on"; }
                }
                .row { button .btn .pri type="submit" { "Upload" } }
            }
        }
    }
}

pub(super) fn vehicles_tab(page: &AccountPage) -> Markup {
    html! {
        section .card aria-labelledby="vehicles" {
            header { h2 #vehicles { "Vehicles" } span .sm .muted .push .num { (page.vehicles.len()) } }
            @if page.vehicles.is_empty() {
                (empty(Icon::Package, t("No vehicles"), &html! { "Vehicles that the account bought, ordered, sold or uses appear here." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Vehicles" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "Number" } th scope="col" { "Vehicle" } th scope="col" { "Registration" }
                            th scope="col" { "To the account" } th .n scope="col" { "Kilometres" } th scope="col" { "Warranty" } th scope="col" { "Status" }
                        } }
                        tbody { @for vehicle in &page.vehicles { (row(page, vehicle)) } }
                    }
                }
            }
        }
    }
}

fn row(page: &AccountPage, vehicle: &VehicleView) -> Markup {
    let own = Some(&page.account.id);
    let roles = [
        (&vehicle.customer_id, "owner"),
        (&vehicle.vendor_id, "vendor"),
        (&vehicle.sales_order_customer_id, t("ordered it")),
        (&vehicle.end_customer_id, t("uses it")),
        (&vehicle.warranty_customer_id, t("has the warranty")),
    ];
    let roles: Vec<&str> =
        roles.into_iter().filter(|(account, _)| account.as_ref() == own).map(|(_, role)| role).collect();
    let year = vehicle.model_year.map(|year| year.to_string());
    let name = [vehicle.make.as_deref(), vehicle.model.as_deref(), year.as_deref()];
    html! {
        tr #(vehicle.id) {
            td .mono { (vehicle.vin) }
            td { (name.into_iter().flatten().collect::<Vec<_>>().join(" ")) }
            td { (vehicle.registration.as_deref().unwrap_or_default()) }
            td { (roles.join(", ")) }
            td .n .num { @if let Some(km) = vehicle.odometer_km { (count(km.into())) } }
            td .nowrap { @if let Some(end) = &vehicle.warranty.end { "to " (date(end)) } }
            td { (words(&vehicle.status)) }
        }
    }
}
