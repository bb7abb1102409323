//! Tests of teams.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::access::{Role, RoleGrant};
use crate::story::{Story, uuid};
use crate::value::UserId;

fn user(number: u128) -> UserId {
    UserId(uuid(number))
}

/// Users 1 and 2 sell everywhere, 3 in the EU, 4 has no role; 9 is nobody.
fn facts() -> Facts {
    let sells = |entity: Option<&str>| {
        vec![RoleGrant { role: Role::AccountManager, entity: entity.map(|code| code.parse().unwrap()) }]
    };
    Facts {
        entities: ["US", "EU"].map(|code| code.parse().unwrap()).into(),
        users: [
            (user(1), sells(None)),
            (user(2), sells(None)),
            (user(3), sells(Some("EU"))),
            (user(4), vec![]),
        ]
        .into(),
    }
}

fn create(body: &serde_json::Value) -> Command {
    let (draft, code, faults) = TeamDraft::read(body, true);
    assert_eq!(faults, vec![]);
    Command::Create { code, draft: Box::new(draft) }
}

fn update(body: &serde_json::Value) -> Command {
    let (draft, _, faults) = TeamDraft::read(body, false);
    assert_eq!(faults, vec![]);
    Command::Update { draft: Box::new(draft) }
}

fn north() -> Story<Team> {
    let mut story = Story::new(facts());
    story.accepts(&create(&json!({
        "code": " north ", "name": "North", "members": [user(1), user(2)], "lead": user(1),
    })));
    story
}

#[test]
fn a_team_is_created_changed_and_retired() {
    let mut story = north();
    assert_eq!((story.state.code.as_str(), story.state.lead), ("NORTH", Some(user(1))));
    story.refuses(&create(&json!({"code": "north", "name": "N"})), "team.exists");
    story.accepts(&update(&json!({"name": "Far north", "lead": user(2), "retired": true})));
    assert_eq!((story.state.name.as_str(), story.state.retired), ("Far north", true));
    story.nothing(&update(&json!({"name": " Far north "})));
    story.accepts(&update(&json!({"lead": null, "members": []})));
    assert!(story.state.members.is_empty());
    Story::<Team>::new(facts()).refuses(&update(&json!({})), "team.not_found");
}

#[test]
fn members_come_and_go_but_the_lead_stays() {
    let mut story = north();
    story.accepts(&Command::AddMember { user: user(3) });
    story.nothing(&Command::AddMember { user: user(3) });
    story.accepts(&Command::RemoveMember { user: user(3) });
    story.nothing(&Command::RemoveMember { user: user(3) });
    story.refuses(&Command::RemoveMember { user: user(1) }, "team.leads");
    story.faults(&Command::AddMember { user: user(9) }, "team.invalid", &[("/user", "user_unknown")]);
    story.faults(&Command::AddMember { user: user(4) }, "team.invalid", &[("/user", "member_out_of_reach")]);
    Story::<Team>::new(facts()).refuses(&Command::AddMember { user: user(1) }, "team.not_found");
}

#[test]
fn every_fault_is_named_at_its_place() {
    let body = json!({"code": "no rth", "name": "", "entity": "MARS", "members": [user(1), user(9)], "lead": user(2)});
    Story::<Team>::new(facts()).faults(
        &create(&body),
        "team.invalid",
        &[
            ("/code", "code_invalid"),
            ("/name", "required"),
            ("/entity", "entity_unknown"),
            ("/members/1", "user_unknown"),
            ("/lead", "lead_not_member"),
        ],
    );
    let (_, _, shape) = TeamDraft::read(&json!({"name": 1, "retired": "no", "colour": "red"}), false);
    assert_eq!(shape.len(), 3);
}

#[test]
fn the_team_of_an_entity_has_members_who_reach_it() {
    let mut story = north();
    story.accepts(&update(&json!({"entity": "EU"})));
    story.accepts(&Command::AddMember { user: user(3) });
    story.faults(&update(&json!({"entity": "US"})), "team.invalid", &[("/members/2", "member_out_of_reach")]);
    // A member whose roles were taken away later stops no other edit.
    story.facts.users.insert(user(3), vec![]);
    story.accepts(&update(&json!({"name": "Europe"})));
}

#[test]
fn accounts_name_teams_by_code_or_name() {
    let eu = "EU".parse().unwrap();
    let us = "US".parse().unwrap();
    let team = |name: &str| KnownTeam { name: name.into(), ..KnownTeam::default() };
    let teams: BTreeMap<String, KnownTeam> = [
        ("NORTH".to_owned(), team("Northern region")),
        ("OLD".to_owned(), KnownTeam { retired: true, ..team("Old") }),
        ("EAST".to_owned(), KnownTeam { entity: Some("EU".parse().unwrap()), ..team("East") }),
    ]
    .into();
    let code = |code: &str| TeamCheck::Code(code.to_owned());
    assert_eq!(find(&teams, " north", &us, None), code("NORTH"));
    assert_eq!(find(&teams, "northern REGION", &us, None), code("NORTH"));
    assert_eq!(find(&teams, "nort", &us, None), TeamCheck::Unknown(vec!["NORTH".into()]));
    assert_eq!(find(&teams, "old", &us, None), TeamCheck::Retired);
    assert_eq!(find(&teams, "old", &us, Some(&"OLD".into())), code("OLD"));
    assert_eq!(find(&teams, "EAST", &eu, None), code("EAST"));
    assert_eq!(find(&teams, "EAST", &us, None), TeamCheck::OtherEntity("EU".parse().unwrap()));
    assert_eq!(find(&BTreeMap::new(), "anything", &us, None), TeamCheck::Free);
}
