//! The language that nobody speaks: each text in brackets and two fifths longer.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Texts that were stretched once: as many as the catalogue has.
static STRETCHED: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);

/// A text in brackets and longer.
pub(super) fn stretched(key: &'static str) -> &'static str {
    let mut known = STRETCHED.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(key).or_insert_with(|| Box::leak(bracketed(key).into_boxed_str()))
}

/// The same for a text that is not a key.
pub(super) fn bracketed(text: &str) -> String {
    let longer = text.chars().count() * 2 / 5;
    format!("⟦{text}{}⟧", "~".repeat(longer))
}
