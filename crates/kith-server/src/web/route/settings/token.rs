//! Tokens: made, shown once, revoked.

use std::collections::HashMap;

use axum::extract::Path;
use jiff::ToSpan;
use kith_api::view::TokenView;
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::token::{Command as TokenCommand, TokenKind};
use kith_domain::value::TokenId;

use super::super::form::Sent;
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, html, may, to, to_change};
use crate::web::number::typed::whole;
use crate::web::page::{self, TokensPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;
use crate::web::words::t;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None, None).await
}

async fn draw(visit: &Visit, made: Option<TokenView>, typed: Option<Typed>) -> Page {
    let users = visit.engine.users(&visit.caller).await?.items;
    let names: HashMap<String, String> =
        users.into_iter().filter_map(|user| Some((user.id, user.name?))).collect();
    let owner = |token: &TokenView| {
        names.get(&token.user).cloned().unwrap_or_else(|| t("a customer's person").to_owned())
    };
    let tokens = visit.engine.tokens(&visit.caller).await?.items;
    let page = TokensPage {
        tokens: tokens.into_iter().map(|token| (token.clone(), owner(&token))).collect(),
        may_manage: may(visit, Grant::TokensManage),
        made,
        typed,
    };
    let shell = visit.shell(t("Tokens"), Section::Settings).await?;
    html(&page::tokens(&shell, &page))
}

pub(in crate::web::route) async fn make(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let kind = match form.text("kind") {
        "user" => TokenKind::User,
        "agent" => TokenKind::Agent,
        _ => TokenKind::ApiClient,
    };
    let days = whole(form.text("days")).ok().filter(|days| (1..=730).contains(days));
    let Some(days) = days else {
        let fault = FieldFault::new("/days", "out_of_range", t("A token lives 1 to 730 days."));
        let typed = Typed::at_fault(form.members(), t("Some fields are at fault."), &[fault]);
        return draw(&visit, None, Some(typed)).await;
    };
    let user = visit.caller.principal.user().ok_or_else(Miss::not_found)?;
    let expires = visit.engine.now().checked_add((days * 24).hours()).ok();
    let (id, command, secret) = visit.engine.new_token(user, kind, form.text("name").to_owned(), expires)?;
    match carry_out(&visit, &form, Command::Token { id, command }).await? {
        Came::Done => {
            let made =
                visit.engine.token(&visit.caller, &id.to_string()).await?.ok_or_else(Miss::not_found)?;
            draw(&visit, Some(TokenView { token: Some(secret), ..made }), None).await
        }
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(&visit, None, Some(typed)).await,
    }
}

pub(in crate::web::route) async fn revoke(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let token: TokenId = id.parse().map_err(|_| Miss::not_found())?;
    visit.engine.token(&visit.caller, &id).await?.ok_or_else(Miss::not_found)?;
    let command = Command::Token { id: token, command: TokenCommand::Revoke };
    match carry_out(&visit, &form, command).await? {
        Came::Done => to("/settings/tokens"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(&visit, None, Some(typed)).await,
    }
}
