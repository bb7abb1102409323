//! Finding an account by whatever one remembers of it: a number, an identifier, an address, a name.

use kith_api::view::{FoundAccount, Page};
use kith_domain::account::Key;
use kith_domain::refusal::Refusal;

use crate::caller::Caller;
use crate::directory::Inner;
use crate::engine::Engine;
use crate::list::invalid;
use crate::table::Accounts;

/// Longest text that is looked for, in characters.
pub const FIND_MAX: usize = 200;

/// A row, how it was found, how sure.
type Found = (u32, &'static str, f64);

impl Engine {
    /// The accounts that a text may mean, the likeliest first; merged ones lead to what they were merged into.
    ///
    /// # Errors
    /// [`Refusal`] when the text is empty or too long.
    pub fn find(&self, caller: &Caller, text: &str, limit: usize) -> Result<Page<FoundAccount>, Refusal> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > FIND_MAX {
            let message = format!("Look for something in 1 to {FIND_MAX} characters.");
            return Err(invalid("q", "text_length", message));
        }
        let known = self.by_key(text);
        let accounts = Accounts::new(self, caller, None);
        let inner = accounts.inner();
        let mut found: Vec<Found> = known.into_iter().map(|row| (row, "key", 1.0)).collect();
        found.extend(by_number(inner, text));
        found.extend(text.parse().ok().and_then(|id| inner.row(id)).map(|row| (row, "id", 1.0)));
        found.extend(
            inner.recall(text, limit.saturating_mul(4)).into_iter().map(|(row, score)| (row, "name", score)),
        );
        let mut items: Vec<FoundAccount> = Vec::new();
        for (row, by, score) in found {
            let row = inner.canonical(row);
            let Some(entry) = inner.entry(row).filter(|_| accounts.sees(row)) else { continue };
            let id = entry.id.to_string();
            if items.iter().any(|item| item.id == id) {
                continue;
            }
            items.push(FoundAccount {
                id,
                account_number: entry.number.to_string(),
                name: entry.name.to_string(),
                entity: entry.entity.to_string(),
                by: by.to_owned(),
                score: (score * 1e3).round() / 1e3,
            });
        }
        let has_more = items.len() > limit;
        items.truncate(limit);
        Ok(Page { items, next_cursor: None, has_more })
    }

    /// The row that has a text as an identifier: `external:erp:4711`, `erp:4711`, a tax number, an e-mail address.
    fn by_key(&self, text: &str) -> Vec<u32> {
        let whole = Key::from_subject(text);
        let external = text.split_once(':').map(|(system, id)| Key::external(system, id));
        let mail = text.contains('@').then(|| Key::email(text));
        let tax =
            Some(Key::tax_number(text)).filter(|key| key.value.chars().any(|letter| letter.is_ascii_digit()));
        let keys = [whole, external, mail, tax].into_iter().flatten();
        keys.filter_map(|key| self.directory().row_of_key(&key)).collect()
    }
}

/// An account number as it is written, or only its figure: `C-000123`, `c-123`, `123`.
fn by_number(inner: &Inner, text: &str) -> Option<Found> {
    let upper = text.to_uppercase();
    let figure = upper.strip_prefix("C-").unwrap_or(&upper).parse::<u64>().ok();
    let padded = figure.map(|figure| format!("C-{figure:06}"));
    let row = inner.row_numbered(&upper).map(|row| (row, 1.0));
    let row = row.or_else(|| Some((inner.row_numbered(&padded?)?, 0.99)));
    row.map(|(row, score)| (row, "number", score))
}
