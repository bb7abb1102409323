//! What one operation is: its name, route, right, request, replies and an example of each.

use kith_domain::access::Grant;
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes or acts.
    Post,
    /// Puts another whole in its place.
    Put,
    /// Changes parts.
    Patch,
    /// Takes away.
    Delete,
}

impl Method {
    /// The method in lower case, as OpenAPI writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// Writes the schema of a type into a document.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// The schema of `T`, as a value that a table can hold.
#[must_use]
pub fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The schema of any JSON object: a merge patch over something whose schema is said elsewhere.
#[must_use]
pub fn object(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<serde_json::Map<String, serde_json::Value>>()
}

/// A query parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// A value that works.
    pub example: &'static str,
}

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// Its type.
    pub schema: SchemaOf,
    /// Media type.
    pub media: &'static str,
    /// A body that works, as JSON or text.
    pub example: &'static str,
}

/// A reply that is not a problem.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// When it comes.
    pub about: &'static str,
    /// Its type; none where the body is empty or a stream.
    pub schema: Option<SchemaOf>,
}

/// One operation. The table of them is all that a face can do.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// `noun_verb`: operation id, tool name and command words at once.
    pub id: &'static str,
    /// Method.
    pub method: Method,
    /// Path with `{id}` places.
    pub path: &'static str,
    /// What the caller must hold; the engine checks it again.
    pub grant: Grant,
    /// One line.
    pub summary: &'static str,
    /// What a caller must know.
    pub about: &'static str,
    /// `Idempotency-Key` is required.
    pub key: bool,
    /// `If-Match` is required.
    pub if_match: bool,
    /// Query parameters.
    pub params: &'static [Param],
    /// Body.
    pub body: Option<Body>,
    /// Replies.
    pub replies: &'static [Reply],
    /// An example of the first reply.
    pub example: &'static str,
}

/// Where an operation starts: a read without parameters. Tables overwrite what differs.
pub const READ: Operation = Operation {
    id: "",
    method: Method::Get,
    path: "",
    grant: Grant::AccountsRead,
    summary: "",
    about: "",
    key: false,
    if_match: false,
    params: &[],
    body: None,
    replies: &[],
    example: "{}",
};

/// `limit` and `cursor`, as every list takes them.
pub const PAGE_PARAMS: [Param; 2] = [
    Param { name: "limit", about: "How many, 1 to 200; 50 when absent.", example: "50" },
    Param { name: "cursor", about: "The `next_cursor` of the page before.", example: "" },
];

/// `min_position`, as every read of the profile takes it.
pub const POSITION_PARAM: Param = Param {
    name: "min_position",
    about: "Wait, a second at most, until touchpoints up to this position are folded; else 503.",
    example: "120",
};
