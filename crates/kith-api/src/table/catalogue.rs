//! Catalogues of codes, and custom fields.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::{CatalogueAdd, CataloguePatch, CodeAdd, CodePatch, CustomFieldAdd, CustomFieldPatch};
use crate::view::{CatalogueView, CustomFieldView, Page};

const CATALOGUE: &str = r#"{"kind":"department","label":"Departments","dimension":true,"mandatory":false,"default_code":null,
"codes":[{"code":"SALES","label":"Sales","parent":null,"retired":false,"terms":null}]}"#;

const FIELD: &str = r#"{"name":"colour","label":"Colour","type":"enum","options":["red","blue"],"required":false,"personal":false,"entity":null,"help":"As on the label.","min":null,"max":null,"mask":null,"position":0,"retired":false,"field":"custom_colour"}"#;

const PAGE: &str = r#"{"items":[],"next_cursor":null,"has_more":false}"#;

const ONE_CATALOGUE: &[Reply] =
    &[Reply { status: 200, about: "The catalogue.", schema: Some(schema::<CatalogueView>) }];
const NEW_CATALOGUE: &[Reply] =
    &[Reply { status: 201, about: "The catalogue.", schema: Some(schema::<CatalogueView>) }];

/// The operations of these nouns.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "catalogue_list",
        path: "/api/v1/catalogues",
        summary: "List catalogues",
        about: "Payment terms, tax codes, revenue accounts and the kinds of dimensions, each with its codes.",
        replies: &[Reply { status: 200, about: "All of them.", schema: Some(schema::<Page<CatalogueView>>) }],
        example: PAGE,
        ..READ
    },
    Operation {
        id: "catalogue_add",
        method: Method::Post,
        path: "/api/v1/catalogues",
        grant: Grant::OrganisationManage,
        summary: "Add a kind of dimension",
        about: "Accounts then have its values in `dimensions`.",
        body: Some(Body {
            schema: schema::<CatalogueAdd>,
            media: "application/json",
            example: r#"{"kind":"region","label":"Regions"}"#,
        }),
        replies: NEW_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "catalogue_get",
        path: "/api/v1/catalogues/{kind}",
        summary: "Read a catalogue",
        about: "A catalogue without codes binds nobody: any text is taken. From the first code on, accounts refer to codes that exist.",
        replies: ONE_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "catalogue_change",
        method: Method::Patch,
        path: "/api/v1/catalogues/{kind}",
        grant: Grant::OrganisationManage,
        summary: "Change a catalogue",
        about: "What it is called, its default, and of a dimension whether new accounts must have a value.",
        body: Some(Body {
            schema: schema::<CataloguePatch>,
            media: "application/merge-patch+json",
            example: r#"{"mandatory":true}"#,
        }),
        replies: ONE_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "code_add",
        method: Method::Post,
        path: "/api/v1/catalogues/{kind}",
        grant: Grant::OrganisationManage,
        summary: "Add a code",
        about: "Payment terms are told from codes such as NET45, 2/10NET30, NET30EOM, 10MFI and INST3; others give `terms`.",
        body: Some(Body {
            schema: schema::<CodeAdd>,
            media: "application/json",
            example: r#"{"code":"SALES","label":"Sales"}"#,
        }),
        replies: NEW_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "code_change",
        method: Method::Patch,
        path: "/api/v1/catalogues/{kind}/{code}",
        grant: Grant::OrganisationManage,
        summary: "Change or retire a code",
        about: "Accounts that have a retired code keep it; nobody new gets it.",
        body: Some(Body {
            schema: schema::<CodePatch>,
            media: "application/merge-patch+json",
            example: r#"{"retired":true}"#,
        }),
        replies: ONE_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "code_delete",
        method: Method::Delete,
        path: "/api/v1/catalogues/{kind}/{code}",
        grant: Grant::OrganisationManage,
        summary: "Delete a code",
        about: "Only a code that no account has, that is no default, and that no other code stands below.",
        replies: ONE_CATALOGUE,
        example: CATALOGUE,
        ..READ
    },
    Operation {
        id: "custom_field_list",
        path: "/api/v1/custom-fields",
        summary: "List custom fields",
        about: "The fields that the organisation added to accounts.",
        replies: &[Reply {
            status: 200,
            about: "All of them.",
            schema: Some(schema::<Page<CustomFieldView>>),
        }],
        example: PAGE,
        ..READ
    },
    Operation {
        id: "custom_field_add",
        method: Method::Post,
        path: "/api/v1/custom-fields",
        grant: Grant::OrganisationManage,
        summary: "Add a custom field",
        about: "Typed, at most 64. Accounts have it in `custom`, lists, filters and files as `custom_<name>`; this document shows it with its accounts.",
        body: Some(Body {
            schema: schema::<CustomFieldAdd>,
            media: "application/json",
            example: r#"{"name":"colour","label":"Colour","type":"enum","options":["red","blue"]}"#,
        }),
        replies: &[Reply { status: 201, about: "The field.", schema: Some(schema::<CustomFieldView>) }],
        example: FIELD,
        ..READ
    },
    Operation {
        id: "custom_field_change",
        method: Method::Patch,
        path: "/api/v1/custom-fields/{name}",
        grant: Grant::OrganisationManage,
        summary: "Change or retire a custom field",
        about: "Type and `personal` never change; options are only ever added. Values that stand may stay outside of new limits until they are edited.",
        body: Some(Body {
            schema: schema::<CustomFieldPatch>,
            media: "application/merge-patch+json",
            example: r#"{"label":"Favourite colour"}"#,
        }),
        replies: &[Reply { status: 200, about: "The field.", schema: Some(schema::<CustomFieldView>) }],
        example: FIELD,
        ..READ
    },
];
