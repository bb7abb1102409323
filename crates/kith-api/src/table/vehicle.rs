//! Lanes and vehicles.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{LaneAsk, VehicleInput};
use crate::view::{LaneView, Page, VehicleView};

const ONE: &str = r#"{"id":"veh_0198b2c4d5e67f8091a2b3c4d5e6f70d","version":1,"vin":"1M8GDM9AXKP042788","make":"MCI","model":"102A3",
"model_year":1989,"customer_id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","warranty":{"start":null,"end":null,"km":null},"status":"in_service","warnings":[]}"#;

const FOUND: &[Reply] = &[Reply { status: 200, about: "The vehicle.", schema: Some(schema::<VehicleView>) }];
const PAGE: &[Reply] = &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<VehicleView>>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "lane_match",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/lanes/match",
        summary: "Find the lane of a shipment",
        about: "The account's lanes that take it in, the best first: the narrowest ends; mode and equipment exact over open; \
                by priority; the newest.",
        body: Some(Body {
            schema: schema::<LaneAsk>,
            media: "application/json",
            example: r#"{"origin":{"country":"US","region":"IL","postal_code":"60607"},"destination":{"country":"US","postal_code":"75201"},"mode":"TL","equipment":"V"}"#,
        }),
        replies: &[Reply { status: 200, about: "The lanes.", schema: Some(schema::<Page<LaneView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "vehicle_add",
        method: Method::Post,
        path: "/api/v1/vehicles",
        grant: Grant::AccountsWrite,
        summary: "Add a vehicle",
        about: "The number is checked; one vehicle has it. Applies at once.",
        body: Some(Body {
            schema: schema::<VehicleInput>,
            media: "application/json",
            example: r#"{"vin":"1M8GDM9AXKP042788","make":"MCI","model":"102A3","model_year":1989,"warranty":{"end":"2027-01-01","km":200000}}"#,
        }),
        replies: &[Reply { status: 201, about: "The vehicle.", schema: Some(schema::<VehicleView>) }],
        example: ONE,
        ..READ
    },
    Operation {
        id: "vehicle_list",
        path: "/api/v1/vehicles",
        summary: "List vehicles",
        about: "In the order in which they were added; of one account, or the one with a number.",
        params: &[
            Param {
                name: "account",
                about: "Only those that an account has to do with.",
                example: "C-000123",
            },
            Param { name: "vin", about: "Only the one with this number.", example: "1M8GDM9AXKP042788" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: PAGE,
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "vehicle_get",
        path: "/api/v1/vehicles/{id}",
        summary: "Read a vehicle",
        about: "By `veh_…`.",
        replies: FOUND,
        example: ONE,
        ..READ
    },
    Operation {
        id: "vehicle_update",
        method: Method::Patch,
        path: "/api/v1/vehicles/{id}",
        grant: Grant::AccountsWrite,
        summary: "Edit a vehicle",
        about: "A merge patch; applies at once.",
        body: Some(Body {
            schema: schema::<VehicleInput>,
            media: "application/merge-patch+json",
            example: r#"{"odometer_km":120500,"status":"sold"}"#,
        }),
        replies: FOUND,
        example: ONE,
        ..READ
    },
];
