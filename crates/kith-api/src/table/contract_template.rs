//! Contract templates.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::TemplateSave;
use crate::view::{ContractTemplateView, Page};

const ONE: &str = r#"{"code":"rates_2027","name":"Rates 2027","type":"rate_agreement","version":1,"language":"en",
"text":"Rates for {{account.name}}: {{base_rate}}.","fields":[{"name":"base_rate","label":"Base rate","type":"money","required":true,
"choices":[],"default":null}],"renewal":"manual","notice_days":60,"auto_renew_term_months":12,"governing_law":null,
"countersigned":false,"reviewed":true,"is_default":false,"retired":false}"#;

const FOUND: &[Reply] =
    &[Reply { status: 200, about: "The template.", schema: Some(schema::<ContractTemplateView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "contract_template_list",
        path: "/api/v1/contract-templates",
        summary: "List contract templates",
        about: "The one that is built in among them: `standard`.",
        replies: &[Reply {
            status: 200,
            about: "The templates.",
            schema: Some(schema::<Page<ContractTemplateView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "contract_template_save",
        method: Method::Post,
        path: "/api/v1/contract-templates",
        grant: Grant::OrganisationManage,
        summary: "Save a contract template",
        about: "A new template, or a new version of the one with that code. Contracts keep the text that they were drafted from.",
        body: Some(Body {
            schema: schema::<TemplateSave>,
            media: "application/json",
            example: r##"{"code":"rates_2027","name":"Rates 2027","type":"rate_agreement","reviewed":true,"renewal":"manual",
"text":"# Rates\nFor {{account.name}}: {{base_rate}}.","fields":[{"name":"base_rate","label":"Base rate","type":"money","required":true}]}"##,
        }),
        replies: FOUND,
        example: ONE,
        ..READ
    },
    Operation {
        id: "contract_template_get",
        path: "/api/v1/contract-templates/{id}",
        summary: "Read a contract template",
        about: "By its code.",
        replies: FOUND,
        example: ONE,
        ..READ
    },
    Operation {
        id: "contract_template_retire",
        method: Method::Post,
        path: "/api/v1/contract-templates/{id}/retire",
        grant: Grant::OrganisationManage,
        summary: "Retire a contract template",
        about: "Nothing is drafted from it any more, until it is saved again.",
        replies: FOUND,
        example: ONE,
        ..READ
    },
];
