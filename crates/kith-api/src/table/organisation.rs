//! The organisation, its people, their tokens.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{
    EntityAdd, EntityPatch, OrganisationPatch, PreferencesSet, RatesLoad, RolesSet, TokenCreate, UserAdd,
};
use crate::view::{ChangeView, OrganisationView, Page, RateView, TokenView, UserView};

const ORGANISATION: &str = r#"{"name":"Norvane","currency":"EUR","timezone":"Europe/Amsterdam",
"entities":[{"code":"US","name":"Norvane Inc.","currency":"USD","timezone":"America/Chicago"}],"payment_terms":["NET30"],"day":"2026-11-22","in_setup":true}"#;

const PERSON: &str = r#"{"id":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","name":"Jo Marchetti","email":"jo@norvane.example","roles":["account_manager"],"status":"active","language":"de","locale":"de-DE","timezone":"Europe/Berlin"}"#;

const TOKEN: &str = r#"{"id":"tok_0198b2c4d5e67f8091a2b3c4d5e6f702","user":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","kind":"user","name":"laptop","prefix":"kth_4f2a","expires_at":null,"revoked":false}"#;

const PERSON_REPLY: &[Reply] = &[
    Reply { status: 200, about: "The user.", schema: Some(schema::<UserView>) },
    Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
];

/// The operations of these nouns.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "organisation_get",
        path: "/api/v1/organisation",
        summary: "Read the organisation",
        about: "Entities, currency, payment terms, the open business day.",
        replies: &[Reply {
            status: 200,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "organisation_change",
        method: Method::Patch,
        path: "/api/v1/organisation",
        grant: Grant::OrganisationManage,
        summary: "Rename the organisation, or move its zone",
        about: "Its currency never changes: it is the one in which amounts are compared.",
        body: Some(Body {
            schema: schema::<OrganisationPatch>,
            media: "application/merge-patch+json",
            example: r#"{"name":"Norvane Group"}"#,
        }),
        replies: &[Reply {
            status: 200,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "entity_change",
        method: Method::Patch,
        path: "/api/v1/entities/{code}",
        grant: Grant::OrganisationManage,
        summary: "Rename a legal entity, or move its zone",
        about: "Its currency is that of its books and never changes.",
        body: Some(Body {
            schema: schema::<EntityPatch>,
            media: "application/merge-patch+json",
            example: r#"{"name":"Norvane Europe B.V."}"#,
        }),
        replies: &[Reply {
            status: 200,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "entity_add",
        method: Method::Post,
        path: "/api/v1/entities",
        grant: Grant::OrganisationManage,
        summary: "Add a legal entity",
        about: "None is ever taken away.",
        body: Some(Body {
            schema: schema::<EntityAdd>,
            media: "application/json",
            example: r#"{"code":"EU","name":"Norvane B.V.","currency":"EUR","timezone":"Europe/Amsterdam"}"#,
        }),
        replies: &[Reply {
            status: 201,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "rates_load",
        method: Method::Post,
        path: "/api/v1/fx-rates",
        grant: Grant::OrganisationManage,
        summary: "Load rates of exchange",
        about: "A missing rate makes a value unknown, never 0.",
        body: Some(Body {
            schema: schema::<RatesLoad>,
            media: "application/json",
            example: r#"{"rates":[{"base":"USD","quote":"EUR","day":"2026-11-20","rate":"0.9213","source":"ecb"}]}"#,
        }),
        replies: &[Reply {
            status: 200,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "rate_list",
        path: "/api/v1/fx-rates",
        summary: "List rates of exchange",
        about: "Newest day first.",
        params: &[
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
            Param { name: "base", about: "Rates of this currency.", example: "USD" },
            Param { name: "quote", about: "Rates in this currency.", example: "EUR" },
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<RateView>>) }],
        example: r#"{"items":[{"base":"USD","quote":"EUR","day":"2026-11-20","rate":"0.9213","source":"ecb"}],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "setup_close",
        method: Method::Post,
        path: "/api/v1/setup/close",
        grant: Grant::OrganisationManage,
        summary: "Close the set-up",
        about: "From now on granting an approving role is itself a red change.",
        replies: &[Reply {
            status: 200,
            about: "The organisation.",
            schema: Some(schema::<OrganisationView>),
        }],
        example: ORGANISATION,
        ..READ
    },
    Operation {
        id: "user_list",
        path: "/api/v1/users",
        summary: "List users",
        about: "Names and roles of the people who work with Kith.",
        replies: &[Reply { status: 200, about: "The users.", schema: Some(schema::<Page<UserView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "user_add",
        method: Method::Post,
        path: "/api/v1/users",
        grant: Grant::UsersManage,
        summary: "Add a user",
        about: "In the set-up freely; afterwards an approving role makes it a red change.",
        body: Some(Body {
            schema: schema::<UserAdd>,
            media: "application/json",
            example: r#"{"name":"Jo Marchetti","email":"jo@norvane.example","roles":["account_manager"]}"#,
        }),
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "user_roles_set",
        method: Method::Post,
        path: "/api/v1/users/{id}/roles",
        grant: Grant::UsersManage,
        summary: "Set the roles of a user",
        about: "All of them; what is not named is taken away. Nobody gives more rights to themselves.",
        body: Some(Body {
            schema: schema::<RolesSet>,
            media: "application/json",
            example: r#"{"roles":["controller@US"]}"#,
        }),
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "user_preferences_set",
        method: Method::Post,
        path: "/api/v1/users/{id}/preferences",
        grant: Grant::TokensManageOwn,
        summary: "Set how a user reads the pages",
        about: "Language, figures and zone, one's own or anybody's for whoever manages users; `me` names the caller. What is absent follows the browser and the organisation again.",
        body: Some(Body {
            schema: schema::<PreferencesSet>,
            media: "application/json",
            example: r#"{"language":"de","locale":"de-DE","timezone":"Europe/Berlin"}"#,
        }),
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "user_suspend",
        method: Method::Post,
        path: "/api/v1/users/{id}/suspend",
        grant: Grant::UsersManage,
        summary: "Suspend a user",
        about: "Sessions and tokens stop at once.",
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "user_reinstate",
        method: Method::Post,
        path: "/api/v1/users/{id}/reinstate",
        grant: Grant::UsersManage,
        summary: "Let a suspended user in again",
        about: "With the roles that they had.",
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "user_sessions_end",
        method: Method::Post,
        path: "/api/v1/users/{id}/sessions/end",
        grant: Grant::TokensManageOwn,
        summary: "End all sessions of a user",
        about: "One's own, or anybody's for whoever manages users. Tokens go on; `me` names oneself.",
        replies: PERSON_REPLY,
        example: PERSON,
        ..READ
    },
    Operation {
        id: "token_list",
        path: "/api/v1/tokens",
        grant: Grant::TokensManageOwn,
        summary: "List one's tokens",
        about: "Never the secrets.",
        replies: &[Reply { status: 200, about: "The tokens.", schema: Some(schema::<Page<TokenView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "token_create",
        method: Method::Post,
        path: "/api/v1/tokens",
        grant: Grant::TokensManageOwn,
        summary: "Make a token",
        about: "The secret is in this reply only.",
        body: Some(Body {
            schema: schema::<TokenCreate>,
            media: "application/json",
            example: r#"{"name":"erp feed","kind":"api_client"}"#,
        }),
        replies: &[Reply {
            status: 201,
            about: "The token with its secret.",
            schema: Some(schema::<TokenView>),
        }],
        example: TOKEN,
        ..READ
    },
    Operation {
        id: "token_revoke",
        method: Method::Post,
        path: "/api/v1/tokens/{id}/revoke",
        grant: Grant::TokensManageOwn,
        summary: "Revoke a token",
        about: "It stops at once.",
        replies: &[Reply { status: 200, about: "The token.", schema: Some(schema::<TokenView>) }],
        example: TOKEN,
        ..READ
    },
];
