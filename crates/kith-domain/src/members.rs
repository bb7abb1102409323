//! Reading a JSON object member by member, noting every fault with its place instead of stopping at the first.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::refusal::FieldFault;
use crate::value::patch::Patched;

/// The members of one JSON object that is being read.
#[derive(Debug)]
pub struct Members<'a> {
    at: String,
    object: &'a Map<String, Value>,
    asked: BTreeSet<&'static str>,
}

impl<'a> Members<'a> {
    /// Opens an object at a place (`""` is the whole document); anything else is a fault.
    #[must_use]
    pub fn open(value: &'a Value, at: &str, faults: &mut Vec<FieldFault>) -> Option<Self> {
        match value {
            Value::Object(object) => Some(Self { at: at.to_owned(), object, asked: BTreeSet::new() }),
            _ => {
                faults.push(FieldFault::new(at, "type_object", "expected an object"));
                None
            }
        }
    }

    /// The place of a member.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        format!("{}/{name}", self.at)
    }

    /// A member as it is: absent, null, or a value.
    pub fn get(&mut self, name: &'static str) -> Patched<&'a Value> {
        self.asked.insert(name);
        self.object.get(name).map(|value| if value.is_null() { None } else { Some(value) })
    }

    /// A member of one type: `read` turns a value of the type into what is wanted.
    fn typed<T>(
        &mut self,
        name: &'static str,
        faults: &mut Vec<FieldFault>,
        expected: (&str, &str),
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Patched<T> {
        match self.get(name)? {
            None => Some(None),
            Some(value) => {
                let found = read(value);
                if found.is_none() {
                    faults.push(FieldFault::new(self.place(name), expected.0, expected.1));
                }
                found.map(Some)
            }
        }
    }

    /// A text.
    pub fn text(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<String> {
        self.typed(name, faults, ("type_string", "expected a text"), |value| {
            value.as_str().map(str::to_owned)
        })
    }

    /// A decimal number, as text or as a JSON number; as text either way, so that no digit is lost.
    pub fn decimal(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<String> {
        self.typed(name, faults, ("type_decimal", "expected a decimal number such as \"12.50\""), |value| {
            match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        })
    }

    /// True or false.
    pub fn flag(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<bool> {
        self.typed(name, faults, ("type_boolean", "expected true or false"), Value::as_bool)
    }

    /// A whole number.
    pub fn number(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<i64> {
        self.typed(name, faults, ("type_integer", "expected a whole number"), Value::as_i64)
    }

    /// An object, kept as it is.
    pub fn object(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<Value> {
        self.typed(name, faults, ("type_object", "expected an object"), |value| {
            value.is_object().then(|| value.clone())
        })
    }

    /// A list.
    pub fn list(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<&'a Vec<Value>> {
        self.typed(name, faults, ("type_array", "expected a list"), Value::as_array)
    }

    /// A list of texts; elements that are none are faults of their own.
    pub fn texts(&mut self, name: &'static str, faults: &mut Vec<FieldFault>) -> Patched<Vec<String>> {
        let place = self.place(name);
        let list = self.list(name, faults)?;
        Some(list.map(|list| {
            let mut texts = Vec::new();
            for (index, value) in list.iter().enumerate() {
                match value.as_str() {
                    Some(text) => texts.push(text.to_owned()),
                    None => faults.push(FieldFault::new(
                        format!("{place}/{index}"),
                        "type_string",
                        "expected a text",
                    )),
                }
            }
            texts
        }))
    }

    /// Ends the reading: every member that nobody asked for is a fault.
    pub fn close(self, faults: &mut Vec<FieldFault>) {
        for name in self.object.keys() {
            if !self.asked.contains(name.as_str()) {
                let token = name.replace('~', "~0").replace('/', "~1");
                faults.push(FieldFault::new(
                    format!("{}/{token}", self.at),
                    "member_unknown",
                    "there is no such member here",
                ));
            }
        }
    }
}
