//! The start page, and finding an account by whatever one remembers of it.

use crate::operation::{Operation, PAGE_PARAMS, POSITION_PARAM, Param, READ, Reply, schema};
use crate::view::{FoundAccount, HomeView, Page};

/// The operations of the start page.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "home_read",
        path: "/api/v1/home",
        summary: "Read how things stand",
        about: "Figures against their targets, what needs the caller now, revenue at risk, limits nearly used, what happened last. A figure whose measure or baseline is not there is left out.",
        params: &[
            Param {
                name: "scope",
                about: "`me` for one's own accounts, `team` for those of one's teams, `all` for all that one may see; one's own, if there are any, when absent.",
                example: "team",
            },
            POSITION_PARAM,
        ],
        replies: &[Reply { status: 200, about: "How things stand.", schema: Some(schema::<HomeView>) }],
        example: r#"{"scope":"me","scopes":["me","team","all"],"accounts":63,
"outcomes":[{"id":"retention","title":"Customers kept, 12 months","value":0.946,"unit":"fraction","target":0.95,"less_is_better":false,"met":false,"n":56,
"counted":"customers a year ago","window_days":365,"source":"orders and agreements","formula":"retention@1","observed_at":"2026-11-22T09:41:00Z",
"filter":"first_order_on <= today() - days(365)"}],
"needs":[{"kind":"change","about":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","title":"Raise the limit of Brightwater Foods","reason":"Waits for your approval","account":null,"account_name":null,
"due_at":"2026-11-22T10:00:00Z","overdue":false,"amount":null,"urgency":"today"}],"needs_total":1,"needs_pressing":1,
"revenue":{"at_risk":{"amount":"3000000.00","currency":"GBP"},"kept":{"amount":"9300000.00","currency":"GBP"},"customers_at_risk":14,
"filter":"health_label in [\"at_risk\", \"critical\"]","weeks":[{"ends_on":"2026-11-22","at_risk":{"amount":"58000.00","currency":"GBP"},"kept":{"amount":"179000.00","currency":"GBP"}}]},
"limits":[{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Pellucid Beverages","entity":"UK","utilisation":0.91,
"exposure":{"amount":"91000.00","currency":"GBP"},"limit":{"amount":"100000.00","currency":"GBP"},"held":false}],
"happenings":[{"position":1205,"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Pellucid Beverages","group":"money","title":"Payment P-1 received",
"occurred_at":"2026-11-22T09:41:00Z","alert":false}],"day":"2026-11-22","position":1205,"as_of":"2026-11-22T09:42:00Z"}"#,
        ..READ
    },
    Operation {
        id: "account_find",
        path: "/api/v1/find",
        summary: "Find an account",
        about: "By its number, its id, an identifier of another system, a tax number, an e-mail address, or a name that may be misspelt or incomplete; the likeliest first.",
        params: &[
            Param { name: "q", about: "What one remembers, 200 characters at most.", example: "brightwater" },
            PAGE_PARAMS[0],
        ],
        replies: &[Reply {
            status: 200,
            about: "What it may be.",
            schema: Some(schema::<Page<FoundAccount>>),
        }],
        example: r#"{"items":[{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","name":"Brightwater Foods","entity":"UK","by":"name","score":0.95}],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
];
