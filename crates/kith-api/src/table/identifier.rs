//! Identifiers, looked at without being stored.

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::IdentifierValidate;
use crate::view::IdentifierReply;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "identifier_validate",
    method: Method::Post,
    path: "/api/v1/identifiers/validate",
    summary: "Validate an identifier",
    about: "Looks at the form and the check digits of a tax number, VAT number, LEI, IBAN, telephone number or another identifier, and gives \
            the form in which the record keeps it. What is wrong is an answer, not an error; nothing is stored.",
    body: Some(Body {
        schema: schema::<IdentifierValidate>,
        media: "application/json",
        example: r#"{"kind":"vat","country":"DE","value":"136 695 976"}"#,
    }),
    replies: &[Reply {
        status: 200,
        about: "The verdict, or with `items` the verdicts.",
        schema: Some(schema::<IdentifierReply>),
    }],
    example: r#"{"valid":true,"normalised":"DE136695976","kind":"vat","rule":"de.vat"}"#,
    ..READ
}];
