//! Documents of accounts.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, schema};
use crate::request::ReasonGiven;
use crate::view::{DocumentView, Page};

const ONE: &str = r#"{"id":"doc_0198b2c4d5e67f8091a2b3c4d5e6f70c","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"type":"tax_certificate","name":"certificate.pdf","mime":"application/pdf","size":48211,"status":"scanned",
"issued_on":"2026-01-01","expires_on":"2026-12-31","retention":"books","legal_hold":false,"received_at":"2026-11-22T10:00:00Z"}"#;

const FOUND: &[Reply] =
    &[Reply { status: 200, about: "The document.", schema: Some(schema::<DocumentView>) }];

const REASON: Option<Body> = Some(Body {
    schema: schema::<ReasonGiven>,
    media: "application/json",
    example: r#"{"reason":"The second page is missing."}"#,
});

const DECIDE: Operation = Operation {
    method: Method::Post,
    grant: Grant::VerificationsWrite,
    replies: FOUND,
    example: ONE,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "document_add",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/documents",
        grant: Grant::DocumentsWrite,
        summary: "Upload a document",
        about: "The body is the file, its media type the `Content-Type`; or a form of type `multipart/form-data` with the \
                part `file` and the parameters as fields. 50 MiB at most, sealed under the account's key. The same content \
                twice is kept once. Programs are refused.",
        params: &[
            Param {
                name: "type",
                about: "`contract`, `amendment`, `credit_application`, `tax_certificate`, `registry_extract`, \
                        `ownership_chart`, `id_document`, `bank_letter`, `financials`, `insurance_certificate`, `bol`, `pod`, \
                        `invoice`, `customs`, `photo`, `other`.",
                example: "tax_certificate",
            },
            Param { name: "name", about: "Name of the file.", example: "certificate.pdf" },
            Param { name: "issued_on", about: "Day of issue, ISO date.", example: "2026-01-01" },
            Param { name: "expires_on", about: "Last day, ISO date.", example: "2026-12-31" },
            Param {
                name: "retention",
                about: "`books`, `contract`, `kyb`, `freight`, `account`; by the type when absent.",
                example: "books",
            },
        ],
        body: Some(Body { schema: schema::<String>, media: "application/pdf", example: "%PDF-1.7\n%%EOF\n" }),
        replies: &[Reply { status: 201, about: "The document.", schema: Some(schema::<DocumentView>) }],
        example: ONE,
        ..READ
    },
    Operation {
        id: "document_list",
        path: "/api/v1/accounts/{id}/documents",
        summary: "List the documents of an account",
        about: "Newest first; those that were deleted are left out.",
        replies: &[Reply {
            status: 200,
            about: "The documents.",
            schema: Some(schema::<Page<DocumentView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "document_get",
        path: "/api/v1/accounts/{id}/documents/{document}",
        summary: "Read what is known of a document",
        about: "Its type, days, status and who decided; not the file.",
        replies: FOUND,
        example: ONE,
        ..READ
    },
    Operation {
        id: "document_content",
        path: "/api/v1/accounts/{id}/documents/{document}/content",
        grant: Grant::PersonalRead,
        summary: "Download a document",
        about: "The file as an attachment; 410 once the account was erased.",
        replies: &[Reply { status: 200, about: "The file.", schema: None }],
        ..READ
    },
    Operation {
        id: "document_verify",
        path: "/api/v1/accounts/{id}/documents/{document}/verify",
        summary: "Verify a document",
        about: "Somebody looked at it and it is what it should be. Not by whoever brought it. People only.",
        ..DECIDE
    },
    Operation {
        id: "document_reject",
        path: "/api/v1/accounts/{id}/documents/{document}/reject",
        summary: "Reject a document",
        about: "Somebody looked at it and it is not what it should be. People only.",
        body: REASON,
        ..DECIDE
    },
    Operation {
        id: "document_hold",
        path: "/api/v1/accounts/{id}/documents/{document}/hold",
        summary: "Hold a document",
        about: "For legal reasons: it cannot be deleted until it is released. People only.",
        body: REASON,
        ..DECIDE
    },
    Operation {
        id: "document_release",
        path: "/api/v1/accounts/{id}/documents/{document}/release",
        summary: "Release a document from its legal hold",
        about: "It may be deleted again. People only.",
        body: REASON,
        ..DECIDE
    },
    Operation {
        id: "document_delete",
        method: Method::Delete,
        path: "/api/v1/accounts/{id}/documents/{document}",
        grant: Grant::DocumentsWrite,
        summary: "Delete a document",
        about: "423 while it is held. The file goes with the last document that has its content.",
        replies: &[Reply { status: 204, about: "It is gone.", schema: None }],
        ..READ
    },
];
