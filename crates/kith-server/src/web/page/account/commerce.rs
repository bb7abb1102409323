//! What an account pays and how it is taxed; new rows are asked for here and go through the gate.

use kith_api::view::{AccountView, PriceTierView, TaxProfileView};
use kith_template::{html, say};
use maud::Markup;

use super::AccountPage;
use crate::web::clock::date;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::tone;
use crate::web::shell::Shell;
use crate::web::words::{t, word};

/// Kinds of prices, and what they are called.
const PRICE_TYPES: [(&str, &str); 4] = [
    ("fixed", word("Price of one unit")),
    ("discount_pct", word("Per cent off the list price")),
    ("markup_pct", word("Per cent on the list price")),
    ("discount_amt", word("Amount off the list price")),
];
/// Tax categories, and what they are called.
const CATEGORIES: [(&str, &str); 7] = [
    ("E", word("Exempt")),
    ("S", word("Standard rate")),
    ("Z", word("Zero rate")),
    ("AE", word("Reverse charge")),
    ("K", word("Supply within the EU")),
    ("G", word("Export")),
    ("O", word("Out of scope")),
];

pub(super) fn commerce_tab(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #commerce-fault .b { (fault) } })) }
        (prices(shell, page))
        (profiles(shell, page))
    }
}

/// A form that asks for a change: closed until it is wanted, open again when it was refused.
fn asking(shell: &Shell, page: &AccountPage, (name, title): (&str, &str), fields: &Markup) -> Markup {
    let path = format!("/accounts/{}/{name}", page.account.id);
    let open = page.typed.get("form").is_some_and(|form| form == name);
    html! {
        @if page.may_edit {
            .body {
                details #(format!("add-{name}")) open[open] {
                    summary .btn .sm { (title) }
                    form .asking method="post" action=(path) {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        input type="hidden" name="form" value=(name);
                        .asked { (fields) }
                        (input(page, "reason", t("Why"), "text", t("kept with the change")))
                        .row { button .btn .pri type="submit" { (Icon::Check.show()) "Ask for it" }
                            span .sm .muted { "AR manager and controller decide before it counts." } }
                    }
                }
            }
        }
    }
}

/// A field with its label, filled with what was typed before.
fn input(page: &AccountPage, name: &str, label: &str, kind: &str, hint: &str) -> Markup {
    let id = format!("in-{name}");
    html! {
        label .stack .x for=(id) {
            span .sm .b { (label) @if !hint.is_empty() { " " span .muted .plain { (hint) } } }
            input .field #(id) type=(kind) name=(name) value=[page.typed.get(name)] autocomplete="off";
        }
    }
}

fn choice(page: &AccountPage, (name, label): (&str, &str), choices: &[(&str, &'static str)]) -> Markup {
    let id = format!("in-{name}");
    let typed = page.typed.get(name).map(String::as_str);
    html! {
        label .stack .x for=(id) {
            span .sm .b { (label) }
            select .field #(id) name=(name) {
                @for &(code, title) in choices { option value=(code) selected[typed == Some(code)] { (t(title)) } }
            }
        }
    }
}

fn prices(shell: &Shell, page: &AccountPage) -> Markup {
    let account = &page.account;
    html! {
        section .card aria-labelledby="prices" {
            header {
                h2 #prices { "Prices" }
                span .sm .muted .push { (bought(account)) }
            }
            @if account.pricing.is_empty() {
                (empty(Icon::Package, t("No prices of its own"), &html! { "The account pays by its price group, its price list, or the standard prices." }))
            } @else {
                .scroll tabindex="0" role="region" aria-label="Prices" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "Item" } th .n scope="col" { "Quantity" } th .n scope="col" { "Price" }
                            th scope="col" { "Valid" } th scope="col" { "For" }
                        } }
                        tbody { @for row in &account.pricing { (price(row)) } }
                    }
                }
            }
            (asking(shell, page, ("pricing", t("Add a price")), &html! {
                (input(page, "item", t("Item"), "text", ""))
                (input(page, "item_group", t("or group of items"), "text", ""))
                (choice(page, ("price_type", t("What is given")), &PRICE_TYPES))
                (input(page, "price", t("Price or per cent"), "text", ""))
                (input(page, "currency", t("Currency"), "text", t("the account's if empty")))
                (input(page, "min_qty", t("From quantity"), "text", t("1 if empty")))
                (input(page, "max_qty", t("to quantity"), "text", t("without end if empty")))
                (input(page, "uom", t("Unit"), "text", t("EA if empty")))
                (input(page, "effective_from", t("First day"), "date", ""))
                (input(page, "effective_to", t("Last day"), "date", ""))
                (input(page, "entity", t("Legal entity"), "text", t("every one if empty")))
                (choice(page, ("qty_basis", t("Prices")), &[("all_units", t("All units")), ("graduated", t("Units in the band"))]))
                label .row { input type="checkbox" name="supersede" value="true"; span .sm { "End what it replaces the day before" } }
            }))
        }
    }
}

/// Which lists the account buys by.
fn bought(account: &AccountView) -> String {
    let list = account.price_list.as_ref().map(|code| say!("price list {code}"));
    let group = account.price_group.as_ref().map(|code| say!("price group {code}"));
    let named: Vec<String> = [group, list].into_iter().flatten().collect();
    if named.is_empty() { t("standard prices otherwise").to_owned() } else { named.join(", ") }
}

fn price(row: &PriceTierView) -> Markup {
    let item = row.item.clone().or_else(|| row.item_group.as_ref().map(|group| say!("Group {group}")));
    let amount = match row.price_type.as_str() {
        "discount_pct" => format!("−{} %", row.price),
        "markup_pct" => format!("+{} %", row.price),
        "discount_amt" => format!("−{} {}", row.price, row.currency),
        _ => format!("{} {}", row.price, row.currency),
    };
    html! {
        tr #(row.id) .muted[!row.enabled] {
            td { b { (item.unwrap_or_default()) } @if !row.enabled { " " span .pill { "Off" } } }
            td .n .num { (row.min_qty) " – " (row.max_qty.as_deref().unwrap_or("∞")) " " (row.uom) }
            td .n .num { (amount) @if row.qty_basis == "graduated" { " " span .pill { "Graduated" } } }
            td .nowrap { "from " (date(&row.effective_from)) @if let Some(last) = &row.effective_to { " to " (date(last)) } }
            td { (row.entity.as_deref().unwrap_or(t("Every entity"))) @if row.priority != 0 { span .sm .muted { " priority " (row.priority) } } }
        }
    }
}

fn profiles(shell: &Shell, page: &AccountPage) -> Markup {
    let account = &page.account;
    html! {
        section .card aria-labelledby="tax-profiles" {
            header { h2 #tax-profiles { "Tax" } span .sm .muted .push .num { (account.tax_profiles.len()) } }
            @if account.tax_profiles.is_empty() {
                (empty(Icon::Document, t("No tax profile"), &html! { "Every sale is taxed at the standard rate." }))
            } @else {
                ul .list { @for row in &account.tax_profiles { (profile(shell, page, row)) } }
            }
            (asking(shell, page, ("tax-profiles", t("Add a tax profile")), &html! {
                (input(page, "country", t("Country"), "text", t("such as US")))
                (input(page, "region", t("Region"), "text", t("such as CA")))
                (choice(page, ("tax_category", t("Category")), &CATEGORIES))
                (input(page, "certificate_no", t("Certificate number"), "text", ""))
                (input(page, "issued_on", t("Issued on"), "date", ""))
                (input(page, "effective_from", t("First day"), "date", ""))
                (input(page, "effective_to", t("Last day"), "date", ""))
                (input(page, "entity", t("Legal entity"), "text", t("every one if empty")))
            }))
        }
    }
}

fn profile(shell: &Shell, page: &AccountPage, row: &TaxProfileView) -> Markup {
    let place =
        row.region.as_ref().map_or_else(|| row.country.clone(), |region| format!("{}-{region}", row.country));
    let title =
        CATEGORIES.iter().find(|(code, _)| *code == row.tax_category).map_or("", |(_, title)| t(title));
    let open = matches!(row.status.as_str(), "pending_verification" | "valid" | "expiring");
    html! {
        li #(row.id) {
            span .muted { (Icon::Document.show()) }
            span .grow .stack .x {
                b { (place) ": " (title) }
                span .sm .muted {
                    @if let Some(number) = &row.certificate_no { "Certificate " (number) ", " }
                    "from " (date(&row.effective_from)) @if let Some(last) = &row.effective_to { " to " (date(last)) }
                    @if let Some(entity) = &row.entity { ", " (entity) }
                    @if let Some(reason) = &row.revoked_reason { ". " (reason) }
                }
            }
            span class=(format!("pill {}", tone::of_standing(&row.status))) { (words(&row.status)) }
            @if page.may_verify && open {
                form method="post" action=(format!("/accounts/{}/tax-profiles/{}/verify", page.account.id, row.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" title="The certificate was checked with its issuer" { (Icon::Check.small()) "Verify" }
                }
            }
        }
    }
}
