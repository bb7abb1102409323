//! Tests of tokens.

use super::*;
use crate::context::ActorKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{TokenId, UserId};

fn create(kind: TokenKind) -> Command {
    Command::Create {
        id: TokenId(uuid(7)),
        user: UserId(uuid(5)),
        kind,
        name: "laptop".into(),
        hash: "0f".repeat(32),
        prefix: "kth_0f0f".into(),
        expires_at: Some(at(100)),
    }
}

fn story(kind: ActorKind, user: u128) -> Story<Token> {
    let mut story = Story::new(Facts { user_active: true, may_manage: false, in_setup: false });
    story.context = context(kind, user, at(0));
    story
}

#[test]
fn a_token_opens_the_door_until_it_expires_or_is_revoked() {
    let mut story = story(ActorKind::User, 5);
    story.accepts(&create(TokenKind::User));
    assert!(story.state.is_valid(at(99)) && !story.state.is_valid(at(100)));
    story.refuses(&create(TokenKind::User), "token.exists");
    story.accepts(&Command::Revoke);
    assert!(!story.state.is_valid(at(1)) && !Token::default().is_valid(at(1)));
    story.nothing(&Command::Revoke);
}

#[test]
fn after_set_up_people_make_their_own() {
    let mut story = story(ActorKind::User, 1);
    story.refuses(&create(TokenKind::User), "token.not_own");
    story.facts.may_manage = true;
    story.refuses(&create(TokenKind::User), "token.not_own");
    story.facts.in_setup = true;
    story.accepts(&create(TokenKind::User));
}

#[test]
fn administrators_make_those_of_programs() {
    let mut story = story(ActorKind::User, 1);
    story.refuses(&create(TokenKind::Agent), "token.not_own");
    story.facts.may_manage = true;
    story.accepts(&create(TokenKind::Agent));
}

#[test]
fn programs_make_none() {
    for kind in [ActorKind::ApiClient, ActorKind::Agent] {
        story(kind, 5).refuses(&create(TokenKind::User), "token.people_only");
    }
    story(ActorKind::System, 0).accepts(&create(TokenKind::User));
}

#[test]
fn its_user_is_there_and_active() {
    let mut story = story(ActorKind::User, 5);
    story.facts.user_active = false;
    story.refuses(&create(TokenKind::User), "token.user_inactive");
}

#[test]
fn only_ones_own_is_revoked() {
    let mut story = story(ActorKind::User, 5);
    story.refuses(&Command::Revoke, "token.not_found");
    story.accepts(&create(TokenKind::User));
    story.context = context(ActorKind::User, 1, at(0));
    story.refuses(&Command::Revoke, "token.not_own");
    story.facts.may_manage = true;
    story.accepts(&Command::Revoke);
}

#[test]
fn every_fault_is_named() {
    let command = Command::Create {
        id: TokenId(uuid(7)),
        user: UserId(uuid(5)),
        kind: TokenKind::User,
        name: " ".into(),
        hash: "x".into(),
        prefix: "abc".into(),
        expires_at: Some(at(0)),
    };
    story(ActorKind::User, 5).faults(
        &command,
        "token.invalid",
        &[
            ("/name", "required"),
            ("/hash", "hash_invalid"),
            ("/prefix", "prefix_invalid"),
            ("/expires_at", "in_the_past"),
        ],
    );
}
