//! Tests of users.

use std::collections::BTreeSet;

use super::*;
use crate::access::{Role, RoleGrant};
use crate::context::ActorKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, ContactId, Personal, UserId};

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

fn id() -> UserId {
    UserId(uuid(5))
}

fn facts() -> Facts {
    Facts {
        entities: BTreeSet::from(["US".parse().unwrap()]),
        email_taken: None,
        last_admin: false,
        may_manage: true,
    }
}

fn add(email: &str, roles: Vec<RoleGrant>) -> Command {
    Command::Add {
        id: id(),
        name: Personal::new(id(), " Ann ".into()),
        email: Personal::new(id(), email.into()),
        roles,
        password_hash: Some(Personal::new(id(), HASH.into())),
    }
}

fn ann(role: Role) -> Story<User> {
    let mut story = Story::new(facts());
    story.accepts(&add("Ann@acme.example", vec![RoleGrant::everywhere(role)]));
    story
}

#[test]
fn a_user_is_added_once() {
    let story = ann(Role::Viewer);
    assert_eq!(story.state.name.get().unwrap(), "Ann");
    assert!(story.state.is_active() && story.state.password_hash.is_some());
    story.refuses(&add("ann@acme.example", vec![]), "user.exists");
}

#[test]
fn an_address_is_one_users() {
    let mut story = Story::<User>::new(facts());
    story.facts.email_taken = Some(UserId(uuid(9)));
    story.faults(&add("ann@acme.example", vec![]), "user.email_taken", &[("/email", "email_taken")]);
}

#[test]
fn every_fault_is_named() {
    let elsewhere = RoleGrant { role: Role::Viewer, entity: Some("MARS".parse().unwrap()) };
    let command = Command::Add {
        id: id(),
        name: Personal::new(id(), String::new()),
        email: Personal::new(id(), "nobody".into()),
        roles: vec![elsewhere],
        password_hash: Some(Personal::new(id(), "secret".into())),
    };
    Story::<User>::new(facts()).faults(
        &command,
        "user.invalid",
        &[
            ("/name", "required"),
            ("/email", "email_invalid"),
            ("/roles/0/entity", "entity_unknown"),
            ("/password", "password_hash_invalid"),
        ],
    );
}

#[test]
fn nothing_is_asked_of_nobody() {
    Story::<User>::new(facts()).refuses(&Command::Suspend, "user.not_found");
}

#[test]
fn roles_are_a_set() {
    let mut story = ann(Role::Viewer);
    let (viewer, ops) = (RoleGrant::everywhere(Role::Viewer), RoleGrant::everywhere(Role::Ops));
    story.accepts(&Command::SetRoles { roles: vec![ops.clone(), viewer.clone(), ops.clone()] });
    assert_eq!(story.state.roles, [viewer.clone(), ops.clone()]);
    story.nothing(&Command::SetRoles { roles: vec![viewer, ops] });
}

#[test]
fn the_last_administrator_stays() {
    let mut story = ann(Role::Admin);
    story.facts.last_admin = true;
    story.refuses(&Command::Suspend, "user.last_admin");
    story.refuses(&Command::SetRoles { roles: vec![] }, "user.last_admin");
    story.facts.last_admin = false;
    story.accepts(&Command::Suspend);
    assert!(!story.state.is_active());
    story.nothing(&Command::Suspend);
    story.accepts(&Command::Reinstate);
    story.nothing(&Command::Reinstate);
}

#[test]
fn people_set_their_own_password_and_administrators_any() {
    let mut story = ann(Role::Viewer);
    story.facts.may_manage = false;
    let set = Command::SetPassword { hash: format!("{HASH}2") };
    story.refuses(&set, "user.not_own");
    story.context = context(ActorKind::Agent, 5, at(0));
    story.refuses(&set, "user.not_own");
    story.context = context(ActorKind::User, 5, at(0));
    story.accepts(&set);
    story.faults(
        &Command::SetPassword { hash: "plain".into() },
        "user.invalid",
        &[("/hash", "password_hash_invalid")],
    );
}

fn reads(language: &str, locale: &str, timezone: &str) -> Command {
    let stated = |text: &str| Some(text.to_owned());
    let preferences = Preferences {
        language: stated(language),
        locale: stated(locale),
        timezone: stated(timezone),
        ..Preferences::default()
    };
    Command::SetPreferences { preferences }
}

#[test]
fn people_choose_how_they_read_and_administrators_for_any() {
    let mut story = ann(Role::Viewer);
    story.accepts(&reads("DE", "de-at", "Europe/Vienna"));
    let kept = story.state.preferences.clone();
    assert_eq!(kept.language.as_deref(), Some("de"));
    assert_eq!(kept.locale.as_deref(), Some("de-AT"));
    assert_eq!(kept.timezone.as_deref(), Some("Europe/Vienna"));
    story.nothing(&reads("de", "de-AT", "Europe/Vienna"));
    story.accepts(&reads("", "", ""));
    assert!(story.state.preferences.is_empty(), "what is left empty follows the browser again");
    story.facts.may_manage = false;
    story.refuses(&reads("de", "", ""), "user.not_own");
    story.context = context(ActorKind::User, 5, at(0));
    story.accepts(&reads("en", "", ""));
}

#[test]
fn people_choose_theme_density_font_and_keys() {
    let mut story = ann(Role::Viewer);
    let look = |theme: &str, density: &str, font: &str| {
        let stated = |text: &str| Some(text.to_owned());
        let (theme, density, font) = (stated(theme), stated(density), stated(font));
        Command::SetPreferences {
            preferences: Preferences {
                theme,
                density,
                font,
                shortcuts: Some(false),
                ..Preferences::default()
            },
        }
    };
    story.accepts(&look("dark", "compact", "system"));
    assert_eq!(story.state.preferences.theme.as_deref(), Some("dark"));
    assert_eq!(story.state.preferences.shortcuts, Some(false));
    story.faults(
        &look("loud", "thin", "serif"),
        "user.invalid",
        &[("/theme", "theme_unknown"), ("/density", "density_unknown"), ("/font", "font_unknown")],
    );
}

#[test]
fn a_language_that_is_not_spoken_is_refused_with_all_other_faults() {
    ann(Role::Viewer).faults(
        &reads("tlh", "de-FR", "Mars/Olympus"),
        "user.invalid",
        &[
            ("/language", "language_unknown"),
            ("/locale", "locale_unknown"),
            ("/timezone", "timezone_unknown"),
        ],
    );
}

#[test]
fn granting_an_approving_role_is_seen() {
    assert!(add("a@b.example", vec![RoleGrant::everywhere(Role::Controller)]).grants_approving());
    assert!(!add("a@b.example", vec![RoleGrant::everywhere(Role::Admin)]).grants_approving());
    assert!(!Command::Suspend.grants_approving());
}

fn provision(email: &str, roles: Vec<Role>) -> Command {
    Command::Provision {
        id: id(),
        name: Personal::new(id(), "Joan".into()),
        email: Personal::new(id(), email.into()),
        account: AccountId(uuid(7)),
        contact: Some(ContactId(uuid(8))),
        roles,
    }
}

fn portal_user() -> Story<User> {
    let mut story = Story::new(Facts { may_manage: false, ..facts() });
    story.context = context(ActorKind::System, 0, at(0));
    story.accepts(&provision("joan@acme.example", vec![Role::PortalUser]));
    story
}

#[test]
fn access_is_given_once_for_each_person_and_role() {
    let mut story = portal_user();
    story.nothing(&provision("joan@acme.example", vec![Role::PortalUser]));
    story.accepts(&provision("joan@acme.example", vec![Role::PortalAdmin]));
    story.nothing(&provision("joan@acme.example", vec![Role::PortalAdmin]));
    assert_eq!(story.state.roles.len(), 2);
    let Command::Provision { id, name, email, contact, roles, .. } =
        provision("joan@acme.example", vec![Role::PortalUser])
    else {
        unreachable!()
    };
    let elsewhere = Command::Provision { id, name, email, account: AccountId(uuid(9)), contact, roles };
    story.refuses(&elsewhere, "user.not_portal");
    ann(Role::Viewer).refuses(&provision("ann@acme.example", vec![Role::PortalUser]), "user.not_portal");
}

#[test]
fn a_customers_person_holds_roles_of_the_portal_only() {
    let story = Story::<User>::new(facts());
    let bad = provision("nobody", vec![Role::Admin]);
    story.faults(&bad, "user.invalid", &[("/roles", "role_not_portal"), ("/email", "email_invalid")]);
    let wanted = Command::SetRoles { roles: vec![RoleGrant::everywhere(Role::Viewer)] };
    portal_user().faults(&wanted, "user.invalid", &[("/roles", "role_not_portal")]);
}

#[test]
fn a_link_chooses_a_password_once_and_in_time() {
    let mut story = portal_user();
    let link = |digest: &str| Command::IssueActivation { digest: digest.into(), expires_at: at(100) };
    let activate = |digest: &str| Command::Activate { digest: digest.into(), hash: HASH.into() };
    story.refuses(&activate("a"), "user.activation_invalid");
    story.accepts(&link("a"));
    story.accepts(&link("b"));
    story.refuses(&activate("a"), "user.activation_invalid");
    story.context.now = at(100);
    story.refuses(&activate("b"), "user.activation_invalid");
    story.context.now = at(99);
    story.accepts(&activate("b"));
    assert!(story.state.password_hash.is_some());
    story.refuses(&activate("b"), "user.activation_invalid");
}

#[test]
fn a_link_gives_no_password_of_somebody_who_approves_away() {
    let link = Command::IssueActivation { digest: "a".into(), expires_at: at(100) };
    let choose = Command::Activate { digest: "a".into(), hash: format!("{HASH}2") };
    let mut story = ann(Role::Viewer);
    story.accepts(&link);
    story.accepts(&choose);
    assert!(story.state.has_ended(at(-1)) && !story.state.has_ended(at(0)), "what was open is over");
    let mut story = ann(Role::Controller);
    story.refuses(&link, "user.keeps_password");
    story.context = context(ActorKind::System, 0, at(0));
    story.accepts(&link);
    let mut fresh = Story::<User>::new(facts());
    let Command::Add { id, name, email, roles, .. } =
        add("c@acme.example", vec![RoleGrant::everywhere(Role::Cfo)])
    else {
        unreachable!()
    };
    fresh.accepts(&Command::Add { id, name, email, roles, password_hash: None });
    fresh.accepts(&link);
    fresh.accepts(&choose);
}

#[test]
fn nobody_gives_more_rights_to_themselves() {
    let mut story = ann(Role::Admin);
    story.context = context(ActorKind::User, 5, at(0));
    let (admin, cfo) = (RoleGrant::everywhere(Role::Admin), RoleGrant::everywhere(Role::Cfo));
    story.refuses(&Command::SetRoles { roles: vec![admin.clone(), cfo.clone()] }, "user.own_rights");
    let within = RoleGrant { role: Role::Admin, entity: Some("US".parse().unwrap()) };
    story.accepts(&Command::SetRoles { roles: vec![admin.clone(), within] });
    story.accepts(&Command::SetRoles { roles: vec![admin.clone()] });
    story.context = context(ActorKind::User, 6, at(0));
    story.accepts(&Command::SetRoles { roles: vec![admin, cfo] });
}

#[test]
fn sessions_end_by_oneself_or_whoever_manages_users() {
    let mut story = ann(Role::Viewer);
    story.accepts(&Command::EndSessions);
    assert!(story.state.has_ended(at(-1)));
    story.facts.may_manage = false;
    story.context = context(ActorKind::User, 6, at(5));
    story.refuses(&Command::EndSessions, "user.not_own_sessions");
    story.context = context(ActorKind::User, 5, at(5));
    story.accepts(&Command::EndSessions);
}

#[test]
fn access_goes_and_comes_back_with_the_account() {
    let mut story = portal_user();
    story.accepts(&Command::IssueActivation { digest: "a".into(), expires_at: at(100) });
    story.accepts(&Command::RevokeAccess);
    story.nothing(&Command::RevokeAccess);
    assert!(!story.state.is_active());
    story.refuses(&Command::Activate { digest: "a".into(), hash: HASH.into() }, "user.access_revoked");
    story.accepts(&Command::RestoreAccess);
    story.nothing(&Command::RestoreAccess);
    assert!(story.state.is_active());
    // Whom a person suspended, the account does not bring back.
    story.accepts(&Command::Suspend);
    story.accepts(&Command::RevokeAccess);
    story.accepts(&Command::RestoreAccess);
    assert!(!story.state.is_active());
}
