//! A merge patch on the command line: a file, or members one by one.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};

use super::input;
use crate::failure::Failure;

/// What to ask for instead.
#[derive(Debug, Args)]
pub struct PatchArgs {
    /// Merge patch as JSON: a file, - for standard input
    #[arg(value_parser = input::path, required_unless_present = "set")]
    file: Option<PathBuf>,
    /// A member: name=text, name=JSON, name= to clear it
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

impl PatchArgs {
    /// The patch that they make together.
    pub(super) fn read(&self) -> Result<Value, Failure> {
        let mut patch = match &self.file {
            Some(file) => input::object(file)?,
            None => Value::Object(Map::new()),
        };
        if let (Value::Object(patch), Value::Object(set)) = (&mut patch, members(&self.set)?) {
            patch.extend(set);
        }
        Ok(patch)
    }
}

/// Members given one by one as an object.
pub(super) fn members(set: &[String]) -> Result<Value, Failure> {
    let mut patch = Value::Object(Map::new());
    for set in set {
        let (name, text) = set
            .split_once('=')
            .filter(|(name, _)| !name.is_empty())
            .ok_or_else(|| Failure::Usage(format!("--set {set}: expected NAME=VALUE")))?;
        patch[name] = member(text);
    }
    Ok(patch)
}

/// A member on the command line: JSON where it is JSON and no bare number (postal codes, numbers of accounts),
/// else text; nothing clears it.
fn member(text: &str) -> Value {
    match serde_json::from_str(text) {
        _ if text.is_empty() => Value::Null,
        Ok(
            value @ (Value::Object(_) | Value::Array(_) | Value::Bool(_) | Value::String(_) | Value::Null),
        ) => value,
        Ok(Value::Number(number)) if number.is_u64() && !text.starts_with('0') => Value::Number(number),
        _ => Value::from(text),
    }
}
