//! The notes of accounts as they are kept, against the records that wrote them.

use std::collections::BTreeMap;

use kith_domain::account::Event;
use kith_store::{Fault, Noun, Reader};
use serde_json::Value;

/// The body of a note, as its record has it.
pub(super) type Written = Value;

/// Notes the note that an event of an account wrote.
pub(super) fn collect(notes: &mut BTreeMap<String, Written>, id: &str, body: &Value) -> Result<(), Fault> {
    if body.get("note_added").is_none() {
        return Ok(());
    }
    let event = serde_json::from_value(body.clone());
    let event = event.map_err(|_| Fault::corrupt(format!("an event of {id} cannot be read")))?;
    if let Event::NoteAdded { note } = event {
        notes.insert(note.id.to_string(), crate::noun::json_of(&note)?);
    }
    Ok(())
}

/// Every note must be there as it was written, and no other.
pub(super) fn compare(
    reader: &mut Reader<'_>,
    notes: &BTreeMap<String, Written>,
    found: &mut (u64, Vec<String>),
) -> Result<(), Fault> {
    for (id, written) in notes {
        found.0 = found.0.saturating_add(1);
        match reader.document(Noun::Note, id)? {
            Some(held) if held.body == *written => {}
            Some(_) => found.1.push(format!("note {id} is not what its record says")),
            None => found.1.push(format!("note {id} is missing")),
        }
    }
    let (count, known) = (reader.count(Noun::Note, &[])?, u64::try_from(notes.len()).unwrap_or(u64::MAX));
    if count != known {
        found.1.push(format!("there are {count} notes and {known} records of notes"));
    }
    Ok(())
}
