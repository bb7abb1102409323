//! The organisation, its people and their tokens over REST.

use jiff::ToSpan;
use kith_api::request::{
    EntityAdd, EntityPatch, OrganisationPatch, PreferencesSet, RatesLoad, RolesSet, TokenCreate, UserAdd,
};
use kith_domain::access::RoleGrant;
use kith_domain::command::Command;
use kith_domain::organisation::{
    Command as OrganisationCommand, LegalEntity, RATE_WANTED, RateQuote, parse_rate,
};
use kith_domain::refusal::FieldFault;
use kith_domain::token::{Command as TokenCommand, TokenKind};
use kith_domain::user::{Command as UserCommand, Preferences, read_person};
use kith_domain::value::{Personal, TokenId, UserId};
use kith_engine::{Answer, Request};

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};
use kith_api::problem::Problem;

pub(super) fn get(call: &Call) -> Reply {
    json(200, &call.engine.organisation_view())
}

/// Executes; `under` is where the command holds what the body is, and comes off the pointers of faults.
async fn change(call: Call, command: OrganisationCommand, under: &str, status: u16) -> Reply {
    match call.engine.execute(&call.caller, Request::from(Command::Organisation(command))).await?.answer {
        Answer::Refused(mut refusal) => {
            for fault in &mut refusal.fields {
                if let Some(rest) = fault.pointer.strip_prefix(under) {
                    fault.pointer = rest.to_owned();
                }
            }
            Err(refusal.into())
        }
        Answer::Done(_) => json(status, &call.engine.organisation_view()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
    }
}

pub(super) async fn entity_add(call: Call) -> Reply {
    let request: EntityAdd = call.read()?;
    let mut faults = Vec::new();
    let code = request.code.parse();
    let currency = request.currency.parse();
    if code.is_err() {
        faults.push(FieldFault::new("/code", "entity_code_invalid", "expected 1 to 12 of A-Z 0-9 _ -"));
    }
    if currency.is_err() {
        faults.push(FieldFault::new("/currency", "currency_unknown", "expected a currency code of ISO 4217"));
    }
    let (Ok(code), Ok(currency)) = (code, currency) else { return Err(Problem::invalid(faults).into()) };
    let timezone = request.timezone.unwrap_or_else(|| call.engine.organisation().timezone.clone());
    let entity = LegalEntity { code, name: request.name, currency, timezone };
    change(call, OrganisationCommand::AddEntity { entity }, "/entity", 201).await
}

pub(super) async fn entity_change(call: Call) -> Reply {
    let EntityPatch { name, timezone } = call.read()?;
    let missing = || Stop::new(404, "organisation.entity_unknown", "There is no such legal entity.");
    let code = call.place("code").parse().map_err(|_| missing())?;
    change(call, OrganisationCommand::ChangeEntity { code, name, timezone }, "", 200).await
}

pub(super) async fn alter(call: Call) -> Reply {
    let OrganisationPatch { name, timezone } = call.read()?;
    change(call, OrganisationCommand::Change { name, timezone }, "", 200).await
}

pub(super) fn rates(call: &Call) -> Reply {
    let of = |name: &str| call.param(name).map(|code| code.trim().to_ascii_uppercase());
    let (base, quote, limit) = (of("base"), of("quote"), call.limit()?);
    let page = call.engine.rates(base.as_deref(), quote.as_deref(), call.param("cursor").as_deref(), limit);
    json(
        200,
        &page.ok_or_else(|| invalid("cursor", "cursor_invalid", "The cursor is not one of this list."))?,
    )
}

pub(super) async fn rates_load(call: Call) -> Reply {
    let request: RatesLoad = call.read()?;
    if request.rates.len() > 10_000 {
        return Err(invalid("rates", "too_many", "10,000 rates at most in one request"));
    }
    let mut faults = Vec::new();
    let mut rates = Vec::new();
    for (place, rate) in request.rates.into_iter().enumerate() {
        let mut fault = |member: &str, code: &str, message: &str| {
            faults.push(FieldFault::new(format!("/rates/{place}/{member}"), code, message));
        };
        let (base, quote, day) = (rate.base.parse(), rate.quote.parse(), rate.day.parse());
        if base.is_err() {
            fault("base", "currency_unknown", "expected a currency code of ISO 4217");
        }
        if quote.is_err() {
            fault("quote", "currency_unknown", "expected a currency code of ISO 4217");
        }
        if day.is_err() {
            fault("day", "date_invalid", "expected a date such as 2026-11-20");
        }
        if parse_rate(&rate.rate).is_none() {
            fault("rate", "rate_invalid", RATE_WANTED);
        }
        if let (Ok(base), Ok(quote), Ok(day)) = (base, quote, day) {
            rates.push(RateQuote { base, quote, day, rate: rate.rate, source: rate.source });
        }
    }
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    change(call, OrganisationCommand::LoadRates { rates }, "", 200).await
}

pub(super) async fn setup_close(call: Call) -> Reply {
    change(call, OrganisationCommand::CloseSetup, "", 200).await
}

pub(super) async fn users(call: Call) -> Reply {
    json(200, &call.engine.users(&call.caller).await?)
}

/// Reads `controller@US` and kin, every fault at its place.
fn roles(texts: &[String], faults: &mut Vec<FieldFault>) -> Vec<RoleGrant> {
    let mut roles = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        match text.parse::<RoleGrant>() {
            Ok(role) => roles.push(role),
            Err(error) => {
                faults.push(FieldFault::new(format!("/roles/{place}"), "role_unknown", error.to_string()));
            }
        }
    }
    roles
}

pub(super) async fn user_command(call: Call, id: UserId, command: UserCommand, done: u16) -> Reply {
    let request =
        Request { command: Command::User { id, command }, key: call.key()?, expected_version: None };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(receipt) => {
            let user = call.engine.user(&receipt.id).await?;
            json(done, &user.ok_or_else(|| Stop::new(404, "user.not_found", "There is no such user."))?)
        }
    }
}

pub(super) async fn user_add(call: Call) -> Reply {
    let request: UserAdd = call.read()?;
    let mut faults = Vec::new();
    let roles = roles(&request.roles, &mut faults);
    let unfit = |password: &String| password.chars().count() < 12 || password.len() > 1_024;
    if request.password.as_ref().is_some_and(unfit) {
        faults.push(FieldFault::new("/password", "password_length", "A password has 12 characters or more."));
    }
    if !faults.is_empty() {
        read_person(&request.name, &request.email, &mut faults);
        return Err(Problem::invalid(faults).into());
    }
    let id = UserId(call.engine.new_uuid()?);
    let password_hash = match request.password {
        Some(password) => Some(Personal::new(id, call.engine.hash_password(password).await?)),
        None => None,
    };
    let command = UserCommand::Add {
        id,
        name: Personal::new(id, request.name),
        email: Personal::new(id, request.email),
        roles,
        password_hash,
    };
    user_command(call, id, command, 200).await
}

pub(super) async fn roles_set(call: Call) -> Reply {
    let id: UserId = call.typed_id()?;
    let request: RolesSet = call.read()?;
    let mut faults = Vec::new();
    let roles = roles(&request.roles, &mut faults);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    user_command(call, id, UserCommand::SetRoles { roles }, 200).await
}

pub(super) async fn preferences_set(call: Call) -> Reply {
    let own = call.place("id") == "me";
    let id = match call.caller.principal.user().filter(|_| own) {
        Some(user) => user,
        None => call.typed_id()?,
    };
    let PreferencesSet { language, locale, timezone, theme, density, font, shortcuts } = call.read()?;
    let preferences = Preferences { language, locale, timezone, theme, density, font, shortcuts };
    user_command(call, id, UserCommand::SetPreferences { preferences }, 200).await
}

pub(super) async fn tokens(call: Call) -> Reply {
    json(200, &call.engine.tokens(&call.caller).await?)
}

pub(super) async fn token_create(call: Call) -> Reply {
    let request: TokenCreate = call.read()?;
    let kind = match request.kind.as_deref() {
        None | Some("user") => TokenKind::User,
        Some("api_client") => TokenKind::ApiClient,
        Some("agent") => TokenKind::Agent,
        Some(_) => return Err(invalid("kind", "not_allowed", "expected user, api_client or agent")),
    };
    let user = match request.user {
        Some(name) if name.contains('@') => {
            let found = call.engine.user_by_email(&name).await?.and_then(|user| user.id.parse().ok());
            found.ok_or_else(|| invalid("user", "user_unknown", "There is no user with this address."))?
        }
        Some(id) => id.parse().map_err(|_| invalid("user", "id_invalid", "Expected usr_… or an address."))?,
        None => call
            .caller
            .principal
            .user()
            .ok_or_else(|| invalid("user", "required", "Say whose token it is."))?,
    };
    let days = request.days.unwrap_or(365);
    if !(1..=730).contains(&days) {
        return Err(invalid("days", "out_of_range", "A token lives 1 to 730 days."));
    }
    let expires = call.engine.now().checked_add((i64::from(days) * 24).hours()).ok();
    let (id, command, secret) = call.engine.new_token(user, kind, request.name, expires)?;
    let request = Request::from(Command::Token { id, command });
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => {
            let view = call.engine.token(&call.caller, &id.to_string()).await?;
            let mut view =
                view.ok_or_else(|| Stop::new(404, "token.not_found", "There is no such token."))?;
            view.token = Some(secret);
            json(201, &view)
        }
    }
}

pub(super) async fn token_revoke(call: Call) -> Reply {
    let id: TokenId = call.typed_id()?;
    let missing = || Stop::new(404, "token.not_found", "There is no such token.");
    if call.engine.token(&call.caller, call.id()).await?.is_none() {
        return Err(missing());
    }
    let request = Request::from(Command::Token { id, command: TokenCommand::Revoke });
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => {
            json(200, &call.engine.token(&call.caller, call.id()).await?.ok_or_else(missing)?)
        }
    }
}
