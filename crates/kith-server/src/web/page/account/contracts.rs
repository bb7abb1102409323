//! The contracts of an account, and who uses its portal.

use kith_api::view::{ContractTemplateView, ContractView, PortalUserView};
use kith_template::html;
use maud::Markup;

use super::AccountPage;
use crate::web::number::words;
use crate::web::page::contract_rows;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What is shown on the tab of contracts.
#[derive(Debug, Clone, Default)]
pub struct Agreed {
    /// The contracts, newest first.
    pub contracts: Vec<ContractView>,
    /// The templates that contracts are drafted from.
    pub templates: Vec<ContractTemplateView>,
    /// Who uses the portal.
    pub people: Vec<PortalUserView>,
}

pub(super) fn contracts_tab(shell: &Shell, page: &AccountPage) -> Markup {
    let Some(agreed) = &page.agreed else { return html! {} };
    html! {
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #contract-fault .b { (fault) } })) }
        section .card aria-labelledby="contracts" {
            header { h2 #contracts { "Contracts" } span .sm .muted .push .num { (agreed.contracts.len()) } }
            @if agreed.contracts.is_empty() {
                (empty(Icon::Document, t("No contracts"), &html! { "Draft one from a template: it is filled in from this account." }))
            } @else {
                (contract_rows(shell, &agreed.contracts, false))
            }
            @if page.may_edit { (draft(shell, page, &agreed.templates)) }
        }
        section .card aria-labelledby="portal" {
            header { h2 #portal { "Portal access" } span .sm .muted .push .num { (agreed.people.len()) } }
            @if agreed.people.is_empty() {
                (empty(Icon::Globe, t("Nobody yet"), &html! { "The customer's signers get access as soon as a contract is validated." }))
            } @else {
                ul .list { @for person in &agreed.people { (line(person)) } }
            }
        }
    }
}

fn draft(shell: &Shell, page: &AccountPage, templates: &[ContractTemplateView]) -> Markup {
    html! {
        .body {
            form #draft .row .wrap method="post" action=(format!("/accounts/{}/contracts", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .vh for="template" { "Template" }
                select .field #template name="template" {
                    @for template in templates.iter().filter(|template| !template.retired) {
                        option value=(template.code) selected[template.is_default] { (template.name) }
                    }
                }
                button .btn .pri type="submit" { (Icon::Plus.show()) "Draft a contract" }
            }
        }
    }
}

fn line(person: &PortalUserView) -> Markup {
    let tone = match person.state.as_str() {
        "active" => "good",
        "invited" => "warn",
        _ => "bad",
    };
    html! {
        li #(person.id) {
            span .grow .stack .x {
                b { (person.name.as_deref().unwrap_or(t("Somebody"))) }
                span .sm .muted .broken { (person.email.as_deref().unwrap_or_default()) }
            }
            span .sm .muted { (person.roles.iter().map(|role| words(role)).collect::<Vec<_>>().join(", ")) }
            span class=(format!("pill {tone}")) { (words(&person.state)) }
        }
    }
}
