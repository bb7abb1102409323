//! A part of a state that many read and hardly anybody changes: shared in memory, stored as what it is.
//!
//! Used as `#[serde(with = "crate::value::shared")]` on an `Arc<T>`.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes what is shared.
///
/// # Errors
/// What the serializer says.
pub fn serialize<T: Serialize, S: Serializer>(value: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().serialize(serializer)
}

/// Reads what will be shared.
///
/// # Errors
/// What the deserializer says.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Arc<T>, D::Error> {
    T::deserialize(deserializer).map(Arc::new)
}
