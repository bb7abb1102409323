//! JSON as it is written: a member that stands twice in one object is a fault, not a choice of the reader.

use std::cell::RefCell;
use std::fmt;

use kith_domain::refusal::FieldFault;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads JSON. The faults name each member that stands there twice; the value then holds the first of each.
///
/// # Errors
/// When the text is no JSON.
pub fn read(bytes: &[u8]) -> Result<(Value, Vec<FieldFault>), serde_json::Error> {
    let faults = RefCell::new(Vec::new());
    let mut text = serde_json::Deserializer::from_slice(bytes);
    let value = Place { pointer: String::new(), faults: &faults }.deserialize(&mut text)?;
    text.end()?;
    Ok((value, faults.into_inner()))
}

/// A place in the text.
struct Place<'f> {
    pointer: String,
    faults: &'f RefCell<Vec<FieldFault>>,
}

impl Place<'_> {
    fn below(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self { pointer: format!("{}/{name}", self.pointer), faults: self.faults }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<Value, D::Error> {
        text.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("the number is too large"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element_seed(self.below(&read.len().to_string()))? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let place = self.below(&name);
            if read.contains_key(&name) {
                let message = "this member stands here twice; say it once";
                self.faults.borrow_mut().push(FieldFault::new(
                    place.pointer.clone(),
                    "duplicate_member",
                    message,
                ));
                let _second: Value = members.next_value_seed(place)?;
            } else {
                let value = members.next_value_seed(place)?;
                read.insert(name, value);
            }
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
mod tests;
