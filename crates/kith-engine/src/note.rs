//! Notes of accounts: documents of their own, so that an account does not grow with what is said about it.

use kith_domain::account::Note;
use kith_domain::value::NoteId;
use kith_store::{Document, Fault, Noun, Reader, Unit};

use crate::noun::json_of;

/// The latest notes that an account shows; the record has all of them.
pub(crate) const SHOWN: u32 = 200;

/// Writes a note of an account.
pub(crate) fn put(unit: &mut Unit<'_>, account: &str, note: &Note) -> Result<(), Fault> {
    let index = [("account_id", account.into())];
    unit.put(Noun::Note, &note.id.to_string(), 0, json_of(note)?, &index).map(drop)
}

/// Whether there is such a note, of whichever account.
pub(crate) fn is_known(reader: &mut Reader<'_>, id: NoteId) -> Result<bool, Fault> {
    let id = id.to_string();
    Ok(reader.count(Noun::Note, &[("id", (&id).into())])? > 0)
}

/// How many notes an account has.
pub(crate) fn count(reader: &mut Reader<'_>, account: &str) -> Result<usize, Fault> {
    let count = reader.count(Noun::Note, &[("account_id", account.into())])?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The latest notes of an account, newest first.
pub(crate) fn latest(reader: &mut Reader<'_>, account: &str, limit: u32) -> Result<Vec<Note>, Fault> {
    let documents = reader.list_newest(Noun::Note, &[("account_id", account.into())], None, limit)?;
    documents.into_iter().map(read).collect()
}

fn read(document: Document) -> Result<Note, Fault> {
    let Document { id, body, .. } = document;
    serde_json::from_value(body).map_err(|_| Fault::corrupt(format!("the note {id}")))
}
