//! The three states of a field in a patch: absent (unchanged), null (cleared), a value.
//!
//! Used as `#[serde(default, skip_serializing_if = "Option::is_none", with = "crate::value::patch")]` on an
//! `Option<Option<T>>`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Absent, null, or a value.
pub type Patched<T> = Option<Option<T>>;

/// Writes the inner option; the absent case is skipped by the caller's attribute.
///
/// # Errors
/// What the serializer says.
pub fn serialize<T: Serialize, S: Serializer>(value: &Patched<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().and_then(Option::as_ref).serialize(serializer)
}

/// Reads a member that is present: null means cleared.
///
/// # Errors
/// What the deserializer says.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Patched<T>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
