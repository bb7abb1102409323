//! Tests of roles and grants.

use std::collections::BTreeSet;

use super::*;
use crate::context::{Actor, ActorKind};
use crate::story::uuid;
use crate::value::{EntityCode, UserId};

fn entity(code: &str) -> EntityCode {
    code.parse().unwrap()
}

fn principal(kind: ActorKind, roles: &[(Role, Option<&str>)]) -> Principal {
    let roles =
        roles.iter().map(|(role, code)| RoleGrant { role: *role, entity: code.map(entity) }).collect();
    Principal { actor: Actor { kind, user: Some(UserId(uuid(1))) }, roles }
}

#[test]
fn whoever_holds_no_role_may_nothing() {
    let nobody = principal(ActorKind::User, &[]);
    for grant in Grant::ALL {
        assert!(!nobody.may(*grant, None) && nobody.reach(*grant) == Reach::Nothing, "{grant:?}");
    }
    let portal = principal(ActorKind::User, &[(Role::PortalUser, None), (Role::PortalAdmin, None)]);
    assert!(Grant::ALL.iter().all(|grant| !portal.may(*grant, None)));
}

#[test]
fn admin_holds_every_grant_but_approving() {
    let admin = principal(ActorKind::User, &[(Role::Admin, None)]);
    for grant in Grant::ALL {
        assert_eq!(admin.may(*grant, None), *grant != Grant::ChangesApprove, "{grant:?}");
    }
}

#[test]
fn alerts_are_settled_by_credit_receivables_and_compliance_and_never_by_whoever_sells() {
    let settle: Vec<Role> =
        Role::ALL.iter().copied().filter(|role| grants(*role).contains(&Grant::AlertsDecide)).collect();
    let expected = [
        Role::CreditAnalyst,
        Role::ArManager,
        Role::Manager,
        Role::Controller,
        Role::Cfo,
        Role::Compliance,
        Role::PrivacyOfficer,
        Role::Legal,
        Role::Admin,
    ];
    assert_eq!(settle, expected);
    let seller = principal(ActorKind::User, &[(Role::SalesRep, None), (Role::AccountManager, None)]);
    assert!(seller.may(Grant::CreditRead, None) && !seller.may(Grant::AlertsDecide, None));
}

#[test]
fn only_people_approve() {
    for kind in [ActorKind::ApiClient, ActorKind::Agent] {
        let program = principal(kind, &[(Role::Cfo, None)]);
        assert!(!program.may(Grant::ChangesApprove, None));
        assert_eq!(program.reach(Grant::ChangesApprove), Reach::Nothing);
        assert!(program.may(Grant::ChangesSubmit, None));
    }
    assert!(!Principal::system().may(Grant::ChangesApprove, None));
    assert!(principal(ActorKind::User, &[(Role::Cfo, None)]).may(Grant::ChangesApprove, None));
}

#[test]
fn approving_roles_are_those_of_the_steps() {
    let approving: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.approves()).collect();
    let expected = [
        Role::CreditAnalyst,
        Role::ArManager,
        Role::Manager,
        Role::Controller,
        Role::Cfo,
        Role::Compliance,
        Role::PrivacyOfficer,
        Role::Legal,
    ];
    assert_eq!(approving, expected);
}

#[test]
fn a_role_for_one_entity_reaches_its_accounts_only() {
    let seller = principal(ActorKind::User, &[(Role::SalesRep, Some("US")), (Role::Viewer, Some("EU"))]);
    assert!(seller.may(Grant::AccountsWrite, Some(&entity("US"))));
    assert!(!seller.may(Grant::AccountsWrite, Some(&entity("EU"))));
    assert!(seller.may(Grant::AccountsWrite, None));
    let both = Reach::Entities(BTreeSet::from([entity("EU"), entity("US")]));
    assert_eq!(seller.reach(Grant::AccountsRead), both);
    assert!(both.covers(&entity("EU")) && !both.covers(&entity("UK")));
    assert!(seller.holds(Role::SalesRep, Some(&entity("US"))) && !seller.holds(Role::SalesRep, None));
}

#[test]
fn what_is_about_everything_needs_a_role_for_everything() {
    let local = principal(ActorKind::User, &[(Role::Admin, Some("US"))]);
    for grant in Grant::ALL.iter().filter(|grant| grant.organisation_wide()) {
        assert!(!local.may(*grant, None) && !local.may(*grant, Some(&entity("US"))), "{grant:?}");
        assert_eq!(local.reach(*grant), Reach::Nothing);
    }
}

#[test]
fn roles_are_read_as_they_are_written() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(*role));
        assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
    }
    assert!("root".parse::<Role>().is_err());
    for grant in Grant::ALL {
        assert_eq!(serde_json::to_value(grant).unwrap(), grant.as_str());
    }
}
