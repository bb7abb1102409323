//! What something costs, and the lists that say so.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::{PriceAsk, PriceListCreate, PriceListPatch};
use crate::view::{Page, PriceListView, PriceView};

const LIST: &str = r#"{"code":"WHOLESALE","kind":"list","version":1,"name":"Wholesale 2026","currency":"USD","is_standard":false,
"rows_count":1,"rows":[{"id":"prt_0198b2c4d5e67f8091a2b3c4d5e6f70a","entity":null,"item":"PALLET","item_group":null,"currency":"USD",
"uom":"EA","min_qty":"1","max_qty":null,"price_type":"fixed","price":"12.50","effective_from":"2026-01-01","effective_to":null,
"qty_basis":"all_units","priority":0,"agreement":null,"enabled":true}]}"#;

const NEW_LIST: &str = r#"{"code":"WHOLESALE","name":"Wholesale 2026","currency":"USD",
"rows":[{"item":"PALLET","price":"12.50","effective_from":"2026-01-01"}]}"#;

const EDIT_LIST: &str = r#"{"rows":[{"action":"add","item":"CRATE","price":"4.25","supersede":true}]}"#;

const ONE_LIST: &[Reply] =
    &[Reply { status: 200, about: "The list.", schema: Some(schema::<PriceListView>) }];
const MADE_LIST: &[Reply] =
    &[Reply { status: 201, about: "The list.", schema: Some(schema::<PriceListView>) }];
const ALL_LISTS: &[Reply] =
    &[Reply { status: 200, about: "All, without their rows.", schema: Some(schema::<Page<PriceListView>>) }];

const CREATE: Operation = Operation {
    method: Method::Post,
    grant: Grant::OrganisationManage,
    body: Some(Body { schema: schema::<PriceListCreate>, media: "application/json", example: NEW_LIST }),
    replies: MADE_LIST,
    example: LIST,
    ..READ
};

const EDIT: Operation = Operation {
    method: Method::Patch,
    grant: Grant::OrganisationManage,
    body: Some(Body {
        schema: schema::<PriceListPatch>,
        media: "application/merge-patch+json",
        example: EDIT_LIST,
    }),
    replies: ONE_LIST,
    example: LIST,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "price_resolve",
        method: Method::Post,
        path: "/api/v1/price",
        summary: "Price a quantity",
        about: "The row that wins: the account's before its parents' before its price group's; for the entity; for the \
                item; by priority; by the larger least quantity; by the later first day; the later made. Else the price \
                list, else the item's standard price, else 422 `no_price`. `price_trace` says why each other row did not \
                win. With `lines` the reply is `{lines, total}`.",
        body: Some(Body {
            schema: schema::<PriceAsk>,
            media: "application/json",
            example: r#"{"account":"C-000123","entity":"US","item":"PALLET","qty":"25","date":"2026-11-22"}"#,
        }),
        replies: &[Reply { status: 200, about: "The price.", schema: Some(schema::<PriceView>) }],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","entity":"US","item":"PALLET","qty":"25","uom":"EA",
"date":"2026-11-22","currency":"USD","unit_price":{"amount":"11.25","currency":"USD"},"total":{"amount":"281.25","currency":"USD"},
"rule":null,"bands":[],"conversion":null,"price_trace":[],"code":null}"#,
        ..READ
    },
    Operation {
        id: "price_list_create",
        path: "/api/v1/price-lists",
        summary: "Create a price list",
        about: "What items cost. Accounts buy from it by `price_list`; the standard one prices what nothing else does.",
        ..CREATE
    },
    Operation {
        id: "price_list_list",
        path: "/api/v1/price-lists",
        summary: "List price lists",
        about: "All of them, without their rows.",
        replies: ALL_LISTS,
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "price_list_get",
        path: "/api/v1/price-lists/{id}",
        summary: "Read a price list",
        about: "By its code.",
        replies: ONE_LIST,
        example: LIST,
        ..READ
    },
    Operation {
        id: "price_list_update",
        path: "/api/v1/price-lists/{id}",
        summary: "Edit a price list",
        about: "Rows carry `action`; all of it or nothing.",
        ..EDIT
    },
    Operation {
        id: "price_group_create",
        path: "/api/v1/price-groups",
        summary: "Create a price group",
        about: "Rows as an account has them, for every account whose `price_group` it is.",
        ..CREATE
    },
    Operation {
        id: "price_group_list",
        path: "/api/v1/price-groups",
        summary: "List price groups",
        about: "All of them, without their rows.",
        replies: ALL_LISTS,
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "price_group_get",
        path: "/api/v1/price-groups/{id}",
        summary: "Read a price group",
        about: "By its code.",
        replies: ONE_LIST,
        example: LIST,
        ..READ
    },
    Operation {
        id: "price_group_update",
        path: "/api/v1/price-groups/{id}",
        summary: "Edit a price group",
        about: "Rows carry `action`; all of it or nothing.",
        ..EDIT
    },
];
