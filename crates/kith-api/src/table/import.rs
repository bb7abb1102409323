//! Imports, saved mappings and feeds: files that become accounts.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{FeedSave, ImportRestage, MappingSave};
use crate::view::{FeedView, ImportLine, ImportView, MappingView, Page};

const IMPORT: &str = r#"{"id":"imp_0198b2c4d5e67f8091a2b3c4d5e6f708","state":"waiting","change":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","file_name":"customers.csv",
"format":"csv","feed":null,"source_system":"erp","options":{"on_duplicate":"skip","update_policy":"overwrite","empty_means":"ignore","batch_size":100,"stop_on_error":false,"validate_only":false,"map":null,"mapping_id":null,"external_id_column":null,"sheet":null},
"staged_by":"usr_0198b2c4d5e67f8091a2b3c4d5e6f70a","staged_at":"2026-11-22T10:00:00Z","ended_at":null,"failure":null,
"mapping":[{"column":"Account Name","field":"name","confidence":0.95,"samples":["Acme Corporation"]}],"unmapped":[],"questions":[],
"counts":{"rows":93,"valid":92,"warned":3,"invalid":1,"duplicates":0,"done":0,"created":0,"updated":0,"skipped":0,"failed":0},
"levels":{"field":1,"warning":3},"codes":{"email_invalid":1,"billing_address_missing":3},
"errors":[{"row":14,"column":"Email","code":"email_invalid","message":"This is no e-mail address.","value":"ap@","suggestion":null,"level":"field"}],
"warnings":[],"duplicates":[],"next_cursor":null,"has_more":false,"revert":null}"#;

const MAPPING: &str = r#"{"id":"map_0198b2c4d5e67f8091a2b3c4d5e6f70b","name":"SAP Europe","system":"sap","columns":{"KUNNR":"external_id"},"constants":{"owning_entity":"EU"},
"templates":{},"values":{"payment_terms":{"Z030":"NET30"}},"only":false,"saved_at":"2026-11-22T10:00:00Z"}"#;

const FEED: &str = r#"{"id":"fed_0198b2c4d5e67f8091a2b3c4d5e6f70c","name":"acme-erp","format":"csv","source_system":"acme","entity":"US",
"options":{"on_duplicate":"update","update_policy":"overwrite","empty_means":"ignore","batch_size":100,"stop_on_error":false,"validate_only":false,"map":null,"mapping_id":null,"external_id_column":null,"sheet":null},
"folder":null,"endpoint":"/api/v1/feeds/acme-erp","saved_at":"2026-11-22T10:00:00Z"}"#;

const FILE: &str =
    "Account ID,Account Name,Email,Billing Country\n0015g00000A1,Acme Corporation,ap@acme.example,US\n";

/// How a file is read and carried out.
const OPTIONS: &[Param] = &[
    Param {
        name: "format",
        about: "`csv`, `xlsx` or `iif`; told by the content when absent.",
        example: "csv",
    },
    Param { name: "sheet", about: "Sheet of a workbook; the first that is shown when absent.", example: "" },
    Param { name: "source_system", about: "System that the external ids are of.", example: "erp" },
    Param {
        name: "external_id_column",
        about: "Column of the external ids; found by its header when absent.",
        example: "",
    },
    Param { name: "execute", about: "`true` to submit it for review.", example: "true" },
    Param {
        name: "on_duplicate",
        about: "`skip`, `update` or `error`: what becomes of a row whose tax number or e-mail address is on record. The same external id is always an update.",
        example: "skip",
    },
    Param {
        name: "update_policy",
        about: "`overwrite` (what is not empty replaces) or `fill_blank_only`.",
        example: "overwrite",
    },
    Param {
        name: "empty_means",
        about: "`ignore`, or `clear`: an empty cell clears the field of an account.",
        example: "ignore",
    },
    Param {
        name: "batch_size",
        about: "Rows in one transaction, 1 to 1,000; 100 when absent.",
        example: "100",
    },
    Param { name: "stop_on_error", about: "`true` to stop at the first row that fails.", example: "false" },
    Param { name: "validate_only", about: "`true` to report only.", example: "false" },
    Param {
        name: "map",
        about: "`salesforce`, `hubspot`, `erpnext`, `tryton`, `quickbooks`, `sap`, or the JSON of a map file; found by itself when absent.",
        example: "salesforce",
    },
    Param { name: "mapping_id", about: "A saved mapping, instead of a map.", example: "" },
    Param { name: "entity", about: "Entity that owns rows without one.", example: "US" },
    Param { name: "file_name", about: "Name of the file, for people.", example: "customers.csv" },
];

const READ_IMPORT: Operation = Operation {
    grant: Grant::ImportsWrite,
    replies: &[Reply { status: 200, about: "The import.", schema: Some(schema::<ImportView>) }],
    example: IMPORT,
    ..READ
};

const ACT: Operation = Operation {
    method: Method::Post,
    replies: &[Reply {
        status: 202,
        about: "The import with its change.",
        schema: Some(schema::<ImportView>),
    }],
    ..READ_IMPORT
};

const REMOVE: Operation = Operation {
    method: Method::Delete,
    grant: Grant::ImportsWrite,
    replies: &[Reply { status: 204, about: "It is gone.", schema: None }],
    ..READ
};

/// The operations of these nouns.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "import_create",
        path: "/api/v1/imports",
        summary: "Bring a file of accounts or contacts",
        about: "The body is the file, or a form (multipart/form-data) with the parts `file`, any number of `contacts` and the parameters as fields. Validated at once, with every fault by row; `execute=true` submits it as a change whose approval carries it out. The same file with the same mapping and options is the same import.",
        key: true,
        params: OPTIONS,
        body: Some(Body { schema: schema::<String>, media: "text/csv", example: FILE }),
        replies: &[Reply {
            status: 202,
            about: "The import and its report.",
            schema: Some(schema::<ImportView>),
        }],
        ..ACT
    },
    Operation {
        id: "import_list",
        path: "/api/v1/imports",
        summary: "List imports",
        about: "Newest first: one's own, and all of them for whoever may import for the whole organisation.",
        params: &[
            Param {
                name: "state",
                about: "Only those that are `validated`, `running`, `finished`, `failed`, `reverting` or `reverted`.",
                example: "finished",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<ImportLine>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ_IMPORT
    },
    Operation {
        id: "import_get",
        path: "/api/v1/imports/{id}",
        summary: "Read an import",
        about: "Counts, faults per row, warnings, duplicates, progress. With `level`, `limit` or `cursor`, `errors` is that page of all faults and remarks.",
        params: &[
            Param {
                name: "level",
                about: "`field`, `reference`, `rule`, `duplicate` or `warning`.",
                example: "field",
            },
            Param { name: "limit", about: "Faults on the page, 1 to 1,000.", example: "200" },
            PAGE_PARAMS[1],
        ],
        ..READ_IMPORT
    },
    Operation {
        id: "import_errors",
        path: "/api/v1/imports/{id}/errors.csv",
        summary: "Download the rows at fault",
        about: "CSV with the file's own columns, then `kith_row`, `kith_code` and `kith_message`. Cells that a spreadsheet would compute are escaped. Corrected, the file can be imported.",
        replies: &[Reply { status: 200, about: "The file, text/csv.", schema: None }],
        example: r#""Name,Email,kith_row,kith_code,kith_message\nAcme,ap@,14,email_invalid,Email: This is no e-mail address.\n""#,
        ..READ_IMPORT
    },
    Operation {
        id: "import_restage",
        path: "/api/v1/imports/{id}/restage",
        summary: "Read the file of a validated import in another way",
        about: "Other columns, values that mean something else (a suggestion that is taken), another rule for duplicates, another entity for rows that name none, decisions for single rows: `skip`, `create` for another customer, or the account that the row updates. The answer is another import with a report of its own; what was decided before still holds.",
        body: Some(Body {
            schema: schema::<ImportRestage>,
            media: "application/json",
            example: r#"{"values":{"payment_terms":{"30 net":"NET30"}},"decisions":{"14":"skip","15":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708"}}"#,
        }),
        replies: &[Reply {
            status: 202,
            about: "The import and its report.",
            schema: Some(schema::<ImportView>),
        }],
        ..ACT
    },
    Operation {
        id: "import_execute",
        path: "/api/v1/imports/{id}/execute",
        summary: "Submit a validated import",
        about: "Makes the change that a manager reviews. One that failed goes on where it stopped.",
        ..ACT
    },
    Operation {
        id: "import_revert",
        path: "/api/v1/imports/{id}/revert",
        summary: "Undo what an import did",
        about: "Makes the change that a manager reviews. For 30 days, as far as nobody changed the accounts since; what stays is told with its reason.",
        ..ACT
    },
    Operation {
        id: "mapping_save",
        method: Method::Post,
        path: "/api/v1/mappings",
        grant: Grant::ImportsWrite,
        summary: "Save a mapping",
        about: "What the columns and words of one system's files mean, for use as `mapping_id`.",
        body: Some(Body {
            schema: schema::<MappingSave>,
            media: "application/json",
            example: r#"{"name":"SAP Europe","system":"sap","columns":{"KUNNR":"external_id"},"constants":{"owning_entity":"EU"},"values":{"payment_terms":{"Z030":"NET30"}}}"#,
        }),
        replies: &[Reply { status: 200, about: "The mapping.", schema: Some(schema::<MappingView>) }],
        example: MAPPING,
        ..READ
    },
    Operation {
        id: "mapping_list",
        path: "/api/v1/mappings",
        summary: "List saved mappings",
        about: "By name.",
        replies: &[Reply { status: 200, about: "All of them.", schema: Some(schema::<Page<MappingView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ_IMPORT
    },
    Operation {
        id: "mapping_get",
        path: "/api/v1/mappings/{id}",
        summary: "Read a saved mapping",
        about: "As it was saved last.",
        replies: &[Reply { status: 200, about: "The mapping.", schema: Some(schema::<MappingView>) }],
        example: MAPPING,
        ..READ_IMPORT
    },
    Operation {
        id: "mapping_delete",
        path: "/api/v1/mappings/{id}",
        summary: "Delete a saved mapping",
        about: "Imports that were read by it stay as they are.",
        ..REMOVE
    },
    Operation {
        id: "feed_save",
        method: Method::Post,
        path: "/api/v1/feeds",
        grant: Grant::ImportsWrite,
        summary: "Save a feed",
        about: "Files of a partner that are imported as they come: posted to its address, or put into its folder. Each becomes an import that a manager reviews.",
        body: Some(Body {
            schema: schema::<FeedSave>,
            media: "application/json",
            example: r#"{"name":"acme-erp","format":"csv","source_system":"acme","entity":"US","on_duplicate":"update"}"#,
        }),
        replies: &[Reply { status: 200, about: "The feed.", schema: Some(schema::<FeedView>) }],
        example: FEED,
        ..READ
    },
    Operation {
        id: "feed_list",
        path: "/api/v1/feeds",
        summary: "List feeds",
        about: "By name.",
        replies: &[Reply { status: 200, about: "All of them.", schema: Some(schema::<Page<FeedView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ_IMPORT
    },
    Operation {
        id: "feed_get",
        path: "/api/v1/feeds/{id}",
        summary: "Read a feed",
        about: "By its name.",
        replies: &[Reply { status: 200, about: "The feed.", schema: Some(schema::<FeedView>) }],
        example: FEED,
        ..READ_IMPORT
    },
    Operation {
        id: "feed_send",
        path: "/api/v1/feeds/{id}",
        summary: "Send a file to a feed",
        about: "By the feed's name. Imported as the feed says and submitted for review; the same file again is the same import.",
        key: true,
        params: &[Param {
            name: "file_name",
            about: "Name of the file, for people.",
            example: "customers.csv",
        }],
        body: Some(Body { schema: schema::<String>, media: "text/csv", example: FILE }),
        replies: &[Reply {
            status: 202,
            about: "The import and its report.",
            schema: Some(schema::<ImportView>),
        }],
        ..ACT
    },
    Operation {
        id: "feed_delete",
        path: "/api/v1/feeds/{id}",
        summary: "Delete a feed",
        about: "By its name. No more files are taken.",
        ..REMOVE
    },
];
