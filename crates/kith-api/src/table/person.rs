//! Who asks: their roles, and what they allow.

use crate::operation::{Operation, READ, Reply, schema};
use crate::view::PersonView;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "person_get",
    path: "/api/v1/me",
    summary: "Read who asks",
    about: "The user of the token or session, and what their roles allow.",
    replies: &[Reply { status: 200, about: "The person.", schema: Some(schema::<PersonView>) }],
    example: r#"{"user":{"id":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","name":"Jo Marchetti","email":"jo@norvane.example","roles":["viewer"],"status":"active"},
"grants":["accounts_read","ask"]}"#,
    ..READ
}];
