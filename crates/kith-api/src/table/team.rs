//! Teams.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{TeamCreate, TeamMember, TeamPatch};
use crate::view::{Page, PortfolioView, TeamView};

const TEAM: &str = r#"{"id":"NORTH","version":1,"name":"Northern region","lead":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","lead_name":"Jo Roe","entity":null,"retired":false,
"members":[{"user":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","name":"Jo Roe"}],"accounts":120,"created_at":"2026-11-22T10:00:00Z","updated_at":"2026-11-22T10:00:00Z"}"#;

const FOUND: &[Reply] = &[Reply { status: 200, about: "The team.", schema: Some(schema::<TeamView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "team_list",
        path: "/api/v1/teams",
        summary: "List teams",
        about: "By code, with their members.",
        params: &[Param { name: "retired", about: "`true`: those that are retired, too.", example: "true" }],
        replies: &[Reply { status: 200, about: "All of them.", schema: Some(schema::<Page<TeamView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "team_create",
        method: Method::Post,
        path: "/api/v1/teams",
        grant: Grant::UsersManage,
        summary: "Create a team",
        about: "From the first team on, accounts name a team that exists, by its code or its name. The members of a team that works \
                for one legal entity hold roles that reach it.",
        body: Some(Body {
            schema: schema::<TeamCreate>,
            media: "application/json",
            example: r#"{"code":"NORTH","name":"Northern region","members":[]}"#,
        }),
        replies: &[Reply { status: 201, about: "The team.", schema: Some(schema::<TeamView>) }],
        example: TEAM,
        ..READ
    },
    Operation {
        id: "team_get",
        path: "/api/v1/teams/{id}",
        summary: "Read a team",
        about: "By its code.",
        replies: FOUND,
        example: TEAM,
        ..READ
    },
    Operation {
        id: "team_update",
        method: Method::Patch,
        path: "/api/v1/teams/{id}",
        grant: Grant::UsersManage,
        summary: "Edit a team",
        about: "A merge patch; `If-Match` is heeded where it is sent. A retired team keeps its accounts and takes no more.",
        body: Some(Body {
            schema: schema::<TeamPatch>,
            media: "application/merge-patch+json",
            example: r#"{"name":"Far north","retired":false}"#,
        }),
        replies: FOUND,
        example: TEAM,
        ..READ
    },
    Operation {
        id: "team_member_add",
        method: Method::Post,
        path: "/api/v1/teams/{id}/members",
        grant: Grant::UsersManage,
        summary: "Take somebody into a team",
        about: "Twice is once.",
        body: Some(Body {
            schema: schema::<TeamMember>,
            media: "application/json",
            example: r#"{"user":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701"}"#,
        }),
        replies: FOUND,
        example: TEAM,
        ..READ
    },
    Operation {
        id: "team_member_remove",
        method: Method::Delete,
        path: "/api/v1/teams/{id}/members/{user}",
        grant: Grant::UsersManage,
        summary: "Let somebody leave a team",
        about: "The accounts for which they answer stay theirs: hand those over with their portfolio. The lead cannot leave.",
        replies: FOUND,
        example: TEAM,
        ..READ
    },
    Operation {
        id: "team_portfolio",
        path: "/api/v1/teams/{id}/portfolio",
        summary: "Read what a team looks after",
        about: "Its accounts that the caller may see, with what is due, what waits and what it is worth, and who answers for how many.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "The portfolio.", schema: Some(schema::<PortfolioView>) }],
        example: r#"{"user":null,"team":"NORTH","name":"Northern region","accounts":12,"revenue":{"amount":"120000.00","currency":"USD"},"reviews_overdue":2,"reviews_due":3,
"open_changes":1,"data_below_target":5,"managers":[],"items":[],"next_cursor":null}"#,
        ..READ
    },
];
