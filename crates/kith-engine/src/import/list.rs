//! Imports in a list, the newest first.

use kith_api::view::{ImportLine, Page};
use kith_domain::access::Grant;
use kith_domain::import::{Import, ImportState};
use kith_domain::refusal::Refusal;
use kith_store::{Fault, Noun};

use super::view::{counts, is_own, sees};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::read;
use crate::permit;

/// Imports read from the store at once.
const PAGE: u32 = 500;

impl Engine {
    /// Imports that the caller may know of. Their ids come from what they hold, so that the order is that of their
    /// bringing, found by looking at all of them: a company has thousands, not millions.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn imports(
        &self,
        caller: &Caller,
        (state, cursor): (Option<ImportState>, Option<String>),
        limit: usize,
    ) -> Result<Result<Page<ImportLine>, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let seen = caller.clone();
        let mut all = self
            .store()
            .read(move |reader| {
                let index: Vec<_> = state.iter().map(|state| ("state", state.as_str().into())).collect();
                let (mut all, mut after) = (Vec::new(), None::<String>);
                loop {
                    let page = reader.list(Noun::Import, &index, after.as_deref(), PAGE)?;
                    after = page.last().map(|document| document.id.clone());
                    if page.is_empty() {
                        return Ok(all);
                    }
                    for document in page {
                        let import = read::<Import>(document)?.state;
                        if sees(&seen, &import) {
                            all.push(import);
                        }
                    }
                }
            })
            .await?;
        let place = |import: &Import| (import.staged_at, import.staged.id);
        all.sort_by_key(|import| std::cmp::Reverse(place(import)));
        let page = Page::behind(all, cursor.as_deref(), limit, |import| import.staged.id.to_string());
        Ok(Ok(page.shown(|imports| imports.iter().map(|import| line(caller, import)).collect())))
    }
}

fn line(caller: &Caller, import: &Import) -> ImportLine {
    let staged = &import.staged;
    let named = is_own(caller, import) || caller.reads_personal();
    ImportLine {
        id: staged.id.to_string(),
        state: import.state.as_str().to_owned(),
        file_name: staged.file_name.as_ref().filter(|_| named).and_then(|name| name.get().cloned()),
        format: staged.format.clone(),
        feed: staged.feed.clone(),
        source_system: staged.source_system.clone(),
        staged_by: import.staged_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string()),
        staged_at: import.staged_at.map(|at| at.to_string()),
        counts: counts(import),
    }
}
