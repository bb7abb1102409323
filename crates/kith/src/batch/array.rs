//! One JSON array of events, read element by element.

use std::fmt;
use std::io::BufRead;

use serde::Deserializer as _;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Collector, Unwanted};

/// Hands each element on as it is read.
struct Elements<'c> {
    collector: &'c mut Collector,
    unwanted: bool,
}

impl<'de> Visitor<'de> for &mut Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let mut place = 0;
        while let Some(event) = elements.next_element::<Box<RawValue>>()? {
            place += 1;
            if self.collector.take_text(place, event.get().as_bytes()).is_err() {
                self.unwanted = true;
                return Err(A::Error::custom("unwanted"));
            }
        }
        Ok(())
    }
}

/// Reads an array to its end; what follows it is a fault.
pub(super) fn read(input: impl BufRead, collector: &mut Collector) -> Result<(), Unwanted> {
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let mut elements = Elements { collector, unwanted: false };
    let read = deserializer.deserialize_seq(&mut elements).and_then(|()| deserializer.end());
    match read {
        Err(_) if elements.unwanted => Err(Unwanted),
        Err(error) => elements.collector.broken(format!("not a JSON array of events: {error}")),
        Ok(()) => Ok(()),
    }
}
