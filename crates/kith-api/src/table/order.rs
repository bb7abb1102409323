//! Orders at the door.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, object, schema};
use crate::request::{OrderCancel, OrderPlace, OrderRelease, QueueRelease};
use crate::view::{OrderView, Page, QueueView};

const ORDER: &str = r#"{"id":"ord_0198b2c4d5e67f8091a2b3c4d5e6f709","order_no":"SO-261124-7KQ2M4XW3A","state":"confirmed","outcome":"accept",
"reasons":[{"code":"within_limit","severity":"info","text":"USD 45500.00 stays available.","pointer":"","clears":"","values":{}}],
"decision":{"outcome":"approve","limit":{"amount":"100000.00","currency":"USD"},"exposure":{"amount":"42000.00","currency":"USD"},
"available_before":{"amount":"58000.00","currency":"USD"},"available_after":{"amount":"45500.00","currency":"USD"},"utilisation_after":0.545,
"reasons":[],"data_as_of":"2026-11-24T10:00:00Z","policy_version":1,"position":120},
"lines":[{"line_no":"1","item":"BOLT-8","qty":"500","uom":"EA","given_price":"25.00","unit_price":{"amount":"25.00","currency":"USD"},
"total":{"amount":"12500.00","currency":"USD"},"as_given":false,"price":{}}],
"total":{"amount":"12500.00","currency":"USD"},"reservation_id":"rsv_0198b2c4d5e67f8091a2b3c4d5e6f70a","expires_at":"2026-11-27T10:00:00Z",
"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f700","account_name":"Acme","match":{"method":"reference","confidence":1.0,"candidates":[]},
"entity":"US","customer_order_no":"PO-4711","revision":0,"order_type":"goods","channel":"api","sha256":"","requested_pickup":null,
"requested_delivery":"2026-12-01","signals":[],"held":null,"release":null,"cancel_reason":null,"placed_by":null,
"received_at":"2026-11-24T10:00:00Z","changed_at":"2026-11-24T10:00:00Z","duplicate":false,"order":null}"#;

const DONE: Reply = Reply { status: 200, about: "The order.", schema: Some(schema::<OrderView>) };

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "order_place",
        method: Method::Post,
        path: "/api/v1/orders",
        grant: Grant::CreditReserve,
        summary: "Place an order",
        about: "Takes a canonical order: finds the customer, holds the order against the rules of its channel, prices every line by the customer's tiers, and checks and reserves credit. What goes is recorded as a touchpoint `order.placed` at once; what is held waits for a person; what is rejected answers 409 (credit) or 422 (the order itself) with the same members and every reason. The same document, or the same content under the same sender, customer's number and revision, gives the same answer again; other content under that number is 409 `order.content_differs` with every member that differs.",
        key: true,
        body: Some(Body {
            schema: schema::<OrderPlace>,
            media: "application/json",
            example: r#"{"account":"external:erp:4711","customer_order_no":"PO-4711","entity":"US","currency":"USD",
"parties":{"ship_to":{"name":"Acme, dock 3","lines":["1 Main Street"],"city":"Chicago","postal_code":"60601","country":"US"}},
"requested_delivery":"2099-12-01","lines":[{"item":"BOLT-8","qty":500,"price":"25.00"}],"source":{"channel":"api"}}"#,
        }),
        replies: &[
            Reply { status: 201, about: "It goes.", schema: Some(schema::<OrderView>) },
            Reply { status: 202, about: "It is held.", schema: Some(schema::<OrderView>) },
            Reply {
                status: 200,
                about: "It was here before and is cancelled by now.",
                schema: Some(schema::<OrderView>),
            },
        ],
        example: ORDER,
        ..READ
    },
    Operation {
        id: "order_list",
        path: "/api/v1/orders",
        grant: Grant::CreditRead,
        summary: "List orders",
        about: "Newest first; with `state=held` in the order in which they are to be looked at: tier weight × value × urgency of the ship date.",
        params: &[
            Param {
                name: "state",
                about: "Only these: `held`, `confirmed`, `rejected`, `cancelled`.",
                example: "held",
            },
            Param {
                name: "account",
                about: "Only those of this account.",
                example: "acc_0198b2c4d5e67f8091a2b3c4d5e6f700",
            },
            Param { name: "limit", about: "How many, 1 to 200; 50 when absent.", example: "50" },
            Param { name: "cursor", about: "The `next_cursor` of the page before.", example: "" },
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<OrderView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "order_get",
        path: "/api/v1/orders/{id}",
        grant: Grant::CreditRead,
        summary: "See an order",
        about: "By its id or its number, with every reason, what would clear it, and the lines with the trace of their prices. An order that is wholly invoiced and whose invoices are paid is `closed`.",
        replies: &[DONE],
        example: ORDER,
        ..READ
    },
    Operation {
        id: "order_cancel",
        method: Method::Post,
        path: "/api/v1/orders/{id}/cancel",
        grant: Grant::CreditReserve,
        summary: "Cancel an order",
        about: "Its credit is free again, and `order.cancelled` is recorded. What was delivered or invoiced is not cancelled.",
        body: Some(Body {
            schema: schema::<OrderCancel>,
            media: "application/json",
            example: r#"{"reason":"Ordered twice."}"#,
        }),
        replies: &[DONE],
        example: ORDER,
        ..READ
    },
    Operation {
        id: "order_amend",
        method: Method::Post,
        path: "/api/v1/orders/{id}/amend",
        grant: Grant::CreditReserve,
        summary: "Amend an order",
        about: "A merge patch of the canonical order. More reserves the difference first and then takes its place; less frees the difference. Where the amended order would not go, 409 with every reason, and the order stays as it is. What is held is decided anew. An order keeps its `order_no`.",
        body: Some(Body {
            schema: object,
            media: "application/json",
            example: r#"{"lines":[{"item":"BOLT-8","qty":600}]}"#,
        }),
        replies: &[DONE],
        example: ORDER,
        ..READ
    },
    Operation {
        id: "order_release",
        method: Method::Post,
        path: "/api/v1/orders/{id}/release",
        grant: Grant::ChangesApprove,
        summary: "Release a held order",
        about: "Lets this one order go; no hold of the account is lifted by it. Only a person with the authority for the amount, who neither placed it nor looks after the customer. It is checked again on the exposure of now; what is rejected then stays rejected. The word holds for 72 hours.",
        body: Some(Body {
            schema: schema::<OrderRelease>,
            media: "application/json",
            example: r#"{"reason":"The payment was announced."}"#,
        }),
        replies: &[DONE],
        example: ORDER,
        ..READ
    },
    Operation {
        id: "order_release_queue",
        method: Method::Post,
        path: "/api/v1/orders/release",
        grant: Grant::ChangesApprove,
        summary: "Go through held orders in the order of the queue",
        about: "By tier × value × ship date each is looked at again on the exposure of that moment and gets a decision of its own; where \
                the room of an account with an entity is used up, what stands behind waits. With `override` also what is still held goes on \
                the caller's word, as far as their authority reaches.",
        body: Some(Body {
            schema: schema::<QueueRelease>,
            media: "application/json",
            example: r#"{"account":"C-000123","override":false}"#,
        }),
        replies: &[Reply { status: 200, about: "Order by order.", schema: Some(schema::<QueueView>) }],
        example: r#"{"items":[{"id":"ord_0198b2c4d5e67f8091a2b3c4d5e6f708","order_no":"SO-261122-ABCDEFGHIJ","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_name":"Acme Corporation","total":{"amount":"12000.00","currency":"USD"},"priority":36000,"outcome":"released","no_room":false,
"code":null,"text":null}],"released":1,"left":0}"#,
        ..READ
    },
];
