//! The OpenAPI 3.1 document, made from the table of operations.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::operation::{Operation, Reply, schema};
use crate::problem::Problem;
use crate::table::operations;
use crate::view::CustomFieldView;

/// The whole document.
#[must_use]
pub fn document(version: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut generator = SchemaGenerator::new(settings);
    let problem = schema::<Problem>(&mut generator).to_value();
    let mut paths = Map::new();
    for operation in operations() {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = entry {
            methods.insert(operation.method.word().into(), describe(operation, &mut generator, &problem));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kith",
            "version": version,
            "summary": "The living customer account.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "kth_…"}},
            "schemas": generator.take_definitions(true),
        },
    })
}

/// Adds the fields of the organisation's own to everything of an account that has a member `custom`.
pub fn add_custom_fields(document: &mut Value, fields: &[CustomFieldView]) {
    let properties: Map<String, Value> = fields
        .iter()
        .filter(|field| !field.retired)
        .map(|field| (field.name.clone(), custom_schema(field)))
        .collect();
    for name in ["AccountCreate", "AccountPatch", "AccountView"] {
        let path = format!("/components/schemas/{name}/properties/custom");
        if let Some(custom) = document.pointer_mut(&path).filter(|_| !properties.is_empty()) {
            custom["properties"] = Value::Object(properties.clone());
        }
    }
}

/// The schema of a custom field's values; null takes one away.
fn custom_schema(field: &CustomFieldView) -> Value {
    let mut schema = match field.kind.as_str() {
        "number" => json!({"type": ["number", "null"]}),
        "bool" => json!({"type": ["boolean", "null"]}),
        "date" => json!({"type": ["string", "null"], "format": "date"}),
        "enum" => json!({"enum": field.options}),
        "money" => json!({"type": ["object", "null"], "required": ["amount", "currency"],
            "properties": {"amount": {"type": "string"}, "currency": {"type": "string"}}}),
        "reference" => json!({"type": ["string", "null"], "pattern": "^acc_"}),
        _ => json!({"type": ["string", "null"]}),
    };
    schema["title"] = field.label.as_str().into();
    if let Some(help) = &field.help {
        schema["description"] = help.as_str().into();
    }
    let limits = [(&field.min, "minimum", "minLength"), (&field.max, "maximum", "maxLength")];
    for (limit, of_number, of_text) in limits {
        let number =
            limit.as_deref().and_then(|limit| serde_json::from_str::<serde_json::Number>(limit).ok());
        match (field.kind.as_str(), number) {
            ("number", Some(number)) => schema[of_number] = Value::Number(number),
            ("text", Some(number)) => schema[of_text] = Value::Number(number),
            _ => {}
        }
    }
    schema
}

const ABOUT: &str = "JSON in snake_case. Money is `{\"amount\":\"100000.00\",\"currency\":\"USD\"}`, times are RFC 3339, \
identifiers carry a prefix. Writes that need approval answer 202 with the change. Everything that did not work is a \
problem document (RFC 9457) with a stable `code`, every field at fault in `errors`, and what would clear it in `clears`.";

fn describe(operation: &Operation, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let mut parameters: Vec<Value> = path_names(operation.path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    for param in operation.params {
        let mut entry = json!({"name": param.name, "in": "query", "description": param.about, "schema": {"type": "string"}});
        if !param.example.is_empty() {
            entry["example"] = param.example.into();
        }
        parameters.push(entry);
    }
    if operation.key {
        parameters.push(header("Idempotency-Key", "1 to 255 characters, quoted or bare; kept for 72 hours."));
    }
    if operation.if_match {
        parameters.push(header("If-Match", "The `ETag` of the version the change is based on, `\"v3\"`."));
    }
    let mut responses = Map::new();
    for (place, reply) in operation.replies.iter().enumerate() {
        let example = (place == 0).then_some(operation.example);
        responses.insert(reply.status.to_string(), success(reply, generator, example));
    }
    responses.insert(
        "default".into(),
        json!({"description": "What did not work, and what would clear it.",
               "content": {"application/problem+json": {"schema": problem}}}),
    );
    let mut entry = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": format!("{}\n\nNeeds the grant `{}`.", operation.about, operation.grant.as_str()),
        "tags": [operation.id.split('_').next().unwrap_or_default()],
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = operation.body {
        let schema = (body.schema)(generator).to_value();
        entry["requestBody"] = json!({"required": true,
            "content": {body.media: {"schema": schema, "example": example(body.example)}}});
    }
    entry
}

fn success(reply: &Reply, generator: &mut SchemaGenerator, text: Option<&str>) -> Value {
    let mut entry = json!({"description": reply.about});
    if let Some(schema) = reply.schema {
        let mut content = json!({"schema": schema(generator).to_value()});
        if let Some(text) = text {
            content["example"] = example(text);
        }
        entry["content"] = json!({"application/json": content});
    }
    entry
}

fn header(name: &str, about: &str) -> Value {
    json!({"name": name, "in": "header", "required": true, "description": about, "schema": {"type": "string"}})
}

fn example(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// The names between braces of a path.
pub fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}
