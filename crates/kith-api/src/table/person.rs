//! Who asks: their roles, what they allow, how they want the pages.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::PreferencesPatch;
use crate::view::{PersonView, PreferencesView};

const PREFERENCES: &str = r#"{"theme":"system","density":"comfortable","font":"inter","shortcuts":true,"timezone":"Europe/Berlin","locale":"de-DE"}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "person_get",
        path: "/api/v1/me",
        summary: "Read who asks",
        about: "The user of the token or session, what their roles allow, and how they want the pages.",
        replies: &[Reply { status: 200, about: "The person.", schema: Some(schema::<PersonView>) }],
        example: r#"{"user":{"id":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","name":"Jo Marchetti","email":"jo@norvane.example","roles":["viewer"],"status":"active"},
"grants":["accounts_read","ask"],"preferences":{"theme":"system","density":"comfortable","font":"inter","shortcuts":true,"timezone":null,"locale":null}}"#,
        ..READ
    },
    Operation {
        id: "person_preferences_set",
        method: Method::Patch,
        path: "/api/v1/me/preferences",
        grant: Grant::AccountsRead,
        summary: "Choose how one wants the pages",
        about: "Theme, density, font, shortcuts, time zone and locale of the caller; nobody chooses for somebody else.",
        body: Some(Body {
            schema: schema::<PreferencesPatch>,
            media: "application/merge-patch+json",
            example: r#"{"theme":"dark","timezone":"Europe/Berlin"}"#,
        }),
        replies: &[Reply { status: 200, about: "All preferences.", schema: Some(schema::<PreferencesView>) }],
        example: PREFERENCES,
        ..READ
    },
];
