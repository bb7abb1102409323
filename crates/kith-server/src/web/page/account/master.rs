//! What is on record: who they are, how to reach them, on which terms.

use kith_api::view::{AccountView, EffectiveField};
use kith_template::{html, say};
use maud::Markup;

use super::{AccountPage, AccountTab, own_fields};
use crate::web::clock::{Clock, date};
use crate::web::link::Link;
use crate::web::number::{count, money, phrase, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::part::{avatar, diff};
use crate::web::words::t;

pub(super) fn master_tab(page: &AccountPage, clock: &Clock) -> Markup {
    let account = &page.account;
    html! {
        @if !account.missing_fields.is_empty() {
            (note(Kind::Warn, &html! {
                p { b { "Missing: " } (account.missing_fields.iter().map(|field| phrase(field)).collect::<Vec<_>>().join(", ")) "." }
            }))
        }
        .cols .even {
            .stack { (company(page, clock)) (addresses(page)) (identifiers(account)) (own_fields::own_fields(page)) }
            .stack { (terms(page)) (contacts(page)) (agreements(account)) (service(account)) (review(account)) }
        }
    }
}

/// A line that is left out when there is nothing to say.
fn line(title: &str, content: Option<&str>) -> Markup {
    html! { @if let Some(text) = content.filter(|text| !text.is_empty()) { dt { (title) } dd { (text) } } }
}

fn company(page: &AccountPage, clock: &Clock) -> Markup {
    let account = &page.account;
    let employees = account.employees.map(count);
    let revenue = account.annual_revenue.as_ref().map(money);
    html! {
        section #company-card .card data-part data-calm aria-labelledby="company" {
            header { h2 #company { "Company" } span .sm .muted .push { "version " (account.version) ", changed " (clock.age_mark(Some(&account.updated_at))) } }
            .body { dl .kv .wide {
                (said(page, "name", t("Name"), Some(&account.name)))
                (said(page, "legal_name", t("Registered name"), account.legal_name.as_deref()))
                (said(page, "legal_form", t("Legal form"), account.legal_form.as_deref()))
                (line(t("Number"), Some(&account.account_number)))
                (said(page, "customer_type", t("Type"), Some(&words(&account.customer_type))))
                (said(page, "tier", t("Tier"), Some(&words(&account.tier))))
                (line(t("Stage"), Some(&words(&account.stage))))
                (line(t("Owned by"), Some(&account.owning_entity)))
                (said(page, "account_manager", t("Account manager"), account.account_manager_name.as_deref()))
                (said(page, "team", t("Team"), account.team.as_deref()))
                (said(page, "industry", t("Industry"), account.industry.as_deref()))
                (said(page, "employees", t("Employees"), employees.as_deref()))
                (said(page, "annual_revenue", t("Own revenue"), revenue.as_deref()))
                (said(page, "email", t("E-mail"), account.email.as_deref()))
                (said(page, "phone", t("Phone"), account.phone.as_deref()))
                (said(page, "website", t("Web"), account.website.as_deref()))
                (said(page, "language", t("Language"), account.language.as_deref()))
                (said(page, "timezone", t("Time zone"), account.timezone.as_deref()))
                (line(t("Roles"), Some(&account.party_roles.iter().map(|role| words(role)).collect::<Vec<_>>().join(", "))))
                (said(page, "tags", t("Tags"), Some(&account.tags.join(", "))))
            } }
        }
    }
}

/// A value with the way to edit it. What an entity has otherwise is marked; the master's value is told on hover and focus.
fn said(page: &AccountPage, field: &str, title: &str, content: Option<&str>) -> Markup {
    let seen = page.effective.as_ref().and_then(|effective| effective.fields.get(field));
    let own = seen.filter(|seen| seen.origin == "entity");
    let content = content.filter(|text| !text.is_empty());
    let note = seen.and_then(|seen| match seen.origin.as_str() {
        "default" => Some(t("default")),
        "derived" => Some(t("converted")),
        _ => None,
    });
    let editable = page.may_edit_field(field);
    html! {
        @if content.is_some() || own.is_some() || (editable && page.tab == AccountTab::Master) {
            dt { (title) }
            dd .editable[editable] data-field=(field) {
                @match content {
                    Some(text) => span { (text) },
                    None => span .muted { @if own.is_some() { "none" } @else { "not set" } },
                }
                @if let Some(own) = own {
                    (overridden(page, field, title, own))
                } @else if let (Some(note), Some(_)) = (note, content) {
                    span .sm .muted { (note) }
                }
                (waits(page, field))
                @if editable { (pencil(page, field, title)) }
            }
        }
    }
}

/// The mark of an entity's own value: what the master record says, who said otherwise and when.
fn overridden(page: &AccountPage, field: &str, title: &str, own: &EffectiveField) -> Markup {
    let id = format!("own-{field}");
    let by = own.provenance.by_name.as_deref().unwrap_or("Kith");
    let day = own.provenance.recorded_at.as_deref().and_then(|at| at.get(..10)).map(date);
    html! {
        span .has-pop .own {
            button type="button" .ovr data-overridden=(field) aria-describedby=(id) { (Icon::Branch.small()) "overridden here" }
            span .pop #(id) role="note" {
                b { (title) }
                span { span .muted { "Master record: " } (master(field, own)) }
                span .muted { "Set here by " (by) @if let Some(day) = day { ", " (day) } }
                @if let Some(change) = &own.provenance.change { a .ul href=(format!("/changes/{change}")) { "The change behind it" } }
                @if page.may_edit_field(field) { a .ul href=(edit_href(page, field)) { "Edit, or use the master value" } }
            }
        }
    }
}

fn edit_href(page: &AccountPage, field: &str) -> String {
    Link::to(&format!("/accounts/{}/edit", page.account.id))
        .with("field", field)
        .with("entity", page.entity.as_deref().unwrap_or_default())
        .done()
}

/// That a change of the field waits, with the way to it.
pub(super) fn waits(page: &AccountPage, field: &str) -> Markup {
    let path = format!("/{}", field.replace('.', "/"));
    let place = match &page.entity {
        Some(entity) => format!("/overrides/{entity}{path}"),
        None => path,
    };
    let touches = |at: &str| at == place || at.strip_prefix(&place).is_some_and(|rest| rest.starts_with('/'));
    let found = page
        .open_changes
        .iter()
        .find_map(|change| change.diff.iter().find(|line| touches(&line.path)).map(|line| (change, line)));
    html! {
        @if let Some((change, line)) = found {
            a .pill .warn href=(format!("/changes/{}", change.id)) { "waits: " (diff::after(line)) }
        }
    }
}

/// The way to edit one value: a page of its own, in the row itself where scripts run.
pub(super) fn pencil(page: &AccountPage, field: &str, title: &str) -> Markup {
    html! { a .pen href=(edit_href(page, field)) data-inline aria-label=(say!("Edit {title}")) title="Edit" { (Icon::Pencil.small()) } }
}

/// The master's value in words.
fn master(name: &str, field: &EffectiveField) -> String {
    match field.master.as_ref() {
        None | Some(serde_json::Value::Null) => t("none").to_owned(),
        Some(value) => diff::of_field(name, value),
    }
}

/// Terms of trade.
pub(super) fn terms(page: &AccountPage) -> Markup {
    let account = &page.account;
    let limit = account.credit_limit.as_ref().map(money);
    let group_limit = account.group_credit_limit.as_ref().map(money);
    let tax = account.tax_id.as_ref().map(|tax| match &tax.kind {
        Some(kind) => format!("{} {}", kind.to_uppercase(), tax.value),
        None => tax.value.clone(),
    });
    let texts = [&account.payment_terms, &account.currency, &account.tax_code, &account.billing_email];
    let none = page.effective.is_none()
        && limit.is_none()
        && tax.is_none()
        && texts.iter().all(|text| text.is_none());
    html! {
        section #terms-card .card data-part data-calm aria-labelledby="terms" {
            header {
                h2 #terms { "Terms" } span .sm .muted { (page.entity.as_deref().unwrap_or(&account.owning_entity)) }
                a .btn .ghost .sm .push href=(page.href(AccountTab::Changes).done()) { (Icon::Clock.small()) "History" }
            }
            @if none && !page.may_edit { .body { p .muted { "No terms are on record." } } } @else { .body { dl .kv {
                (said(page, "payment_terms", t("Terms"), account.payment_terms.as_deref()))
                (said(page, "credit_limit", t("Credit limit"), limit.as_deref()))
                (said(page, "currency", t("Currency"), account.currency.as_deref()))
                (said(page, "group_credit_limit", t("Group limit"), group_limit.as_deref()))
                (line(t("Tax"), tax.as_deref()))
                (said(page, "tax_code", t("Tax code"), account.tax_code.as_deref()))
                (said(page, "billing_email", t("Invoices to"), account.billing_email.as_deref()))
                (said(page, "default_revenue_account", t("Revenue account"), account.default_revenue_account.as_deref()))
            } } }
        }
    }
}

/// Contact persons, the one to call first at the top.
pub(super) fn contacts(page: &AccountPage) -> Markup {
    let account = &page.account;
    let mut contacts: Vec<_> = account.contacts.iter().collect();
    contacts.sort_by_key(|contact| (!contact.is_primary, contact.status != "active"));
    html! {
        section #contacts-card .card data-part data-calm aria-labelledby="contacts" {
            header { h2 #contacts { "Contacts" } span .sm .muted .num { (contacts.len()) } (add_row(page, "contact", t("Add a contact"))) }
            @if contacts.is_empty() { .body { p .muted { "No contact person is on record." } } }
            ul .list {
                @for contact in contacts {
                    @let name = contact.name.as_deref().unwrap_or(t("Erased"));
                    li {
                        (avatar::person(name))
                        span .grow .stack .x {
                            span .row .wrap .gap1 {
                                b { (name) }
                                @if contact.is_primary { span .pill .acc { "Call first" } }
                                @if contact.status != "active" && !contact.status.is_empty() { span .pill .warn { (words(&contact.status)) } }
                            }
                            span .sm .muted { (contact.title.clone().unwrap_or_else(|| words(&contact.role))) }
                            @for email in &contact.emails { span .sm .trunc { (email) } }
                            @for phone in &contact.phones { span .sm .num { (phone) } }
                        }
                        (edit_row(page, "contact", &contact.id, name))
                    }
                }
            }
        }
    }
}

/// The way to a row that is not there yet.
fn add_row(page: &AccountPage, kind: &str, title: &str) -> Markup {
    html! {
        @if page.may_edit {
            a .btn .ghost .sm .push href=(Link::to(&format!("/accounts/{}/edit", page.account.id)).with(kind, "new").done()) aria-label=(title) title=(title) { (Icon::Plus.small()) "Add" }
        }
    }
}

fn edit_row(page: &AccountPage, kind: &str, id: &str, name: &str) -> Markup {
    html! {
        @if page.may_edit {
            a .pen href=(Link::to(&format!("/accounts/{}/edit", page.account.id)).with(kind, id).done()) aria-label=(say!("Edit {name}")) title="Edit" { (Icon::Pencil.small()) }
        }
    }
}

fn addresses(page: &AccountPage) -> Markup {
    let account = &page.account;
    html! {
        @if !account.addresses.is_empty() || page.may_edit {
            section .card aria-labelledby="addresses" {
                header { h2 #addresses { "Addresses" } span .sm .muted .num { (account.addresses.len()) } (add_row(page, "address", t("Add an address"))) }
                @if account.addresses.is_empty() { .body { p .muted { "No address is on record." } } }
                ul .list {
                    @for address in &account.addresses {
                        @let place = [address.postal_code.as_deref(), address.city.as_deref(), address.state_province.as_deref(), Some(address.country.as_str())];
                        li .up {
                            span .muted { (Icon::Pin.show()) }
                            span .grow .stack .x {
                                @for text in &address.lines { span { (text) } }
                                span { (place.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")) }
                            }
                            span .sm .muted { (address.kinds.iter().map(|kind| phrase(kind)).collect::<Vec<_>>().join(", ")) }
                            @if let Some(entity) = &address.entity { span .pill .acc { (entity) " only" } }
                            @if address.is_default { span .pill { "Default" } }
                            (edit_row(page, "address", &address.id, address.city.as_deref().unwrap_or("address")))
                        }
                    }
                }
            }
        }
    }
}

fn identifiers(account: &AccountView) -> Markup {
    html! {
        @if !account.identifiers.is_empty() {
            section .card aria-labelledby="identifiers" {
                header { h2 #identifiers { "Identifiers" } }
                .body { dl .kv .wide {
                    @for identifier in &account.identifiers {
                        dt { (identifier.kind) }
                        dd { span .mono { (identifier.value) } @if let Some(issuer) = &identifier.issuer { span .sm .muted { (issuer) } } }
                    }
                } }
            }
        }
    }
}

fn agreements(account: &AccountView) -> Markup {
    html! {
        @if !account.agreements.is_empty() {
            section .card aria-labelledby="agreements" {
                header { h2 #agreements { "Agreements" } span .sm .muted .push .num { (account.agreements.len()) } }
                ul .list {
                    @for agreement in &account.agreements {
                        li {
                            span .muted { (Icon::Document.show()) }
                            span .grow .stack .x {
                                b { (agreement.title.as_deref().unwrap_or(&agreement.number)) }
                                span .sm .muted { (agreement.number) ", " (phrase(&agreement.kind)) }
                            }
                            span .sm .muted {
                                @if let Some(day) = &agreement.starts_on { "from " (date(day)) }
                                @if let Some(day) = &agreement.ends_on { " to " (date(day)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn service(account: &AccountView) -> Markup {
    html! {
        @if !(account.lanes.is_empty() && account.equipment.is_empty() && account.service_preferences.is_empty() && account.communication_prefs.is_empty()) {
            section .card aria-labelledby="service" {
                header { h2 #service { "Service" } }
                .body { dl .kv .wide {
                    @for lane in &account.lanes {
                        dt { "Lane" }
                        dd { (lane.origin) " → " (lane.destination)
                            span .sm .muted { (lane.mode.as_deref().unwrap_or_default()) " " (lane.equipment.as_deref().unwrap_or_default()) } }
                    }
                    (line(t("Equipment"), Some(&account.equipment.join(", "))))
                    (line(t("Wants"), Some(&preferences(&account.service_preferences))))
                    (line(t("Speak by"), Some(&preferences(&account.communication_prefs))))
                } }
            }
        }
    }
}

fn review(account: &AccountView) -> Markup {
    let review = &account.review;
    let last = review.last_review_on.as_deref().map(date);
    let next = review.next_review_on.as_deref().map(date);
    html! {
        @if review.cadence_days > 0 {
            section .card aria-labelledby="review" {
                header { h2 #review { "Review" } @if review.overdue { span .pill .bad .push { (Icon::Clock.small()) "Overdue" } } }
                .body { dl .kv {
                    dt { "Every" } dd { (review.cadence_days) " days" }
                    (line(t("Last"), last.as_deref()))
                    (line(t("Next"), next.as_deref()))
                } }
            }
        }
    }
}

/// An object of preferences in one line: `channel: email, cut_off: 16:00`.
fn preferences(object: &serde_json::Map<String, serde_json::Value>) -> String {
    let said = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    object
        .iter()
        .map(|(name, value)| format!("{}: {}", name.replace('_', " "), said(value)))
        .collect::<Vec<_>>()
        .join(", ")
}
