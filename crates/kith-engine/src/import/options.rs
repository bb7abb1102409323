//! How a file is to be imported, as it was asked for.

use kith_api::request::ImportRequest;
use kith_domain::import::OnDuplicate;
use kith_domain::refusal::FieldFault;

/// Longest map file.
const MAP_MAX: usize = 256 << 10;

/// How a file is to be imported (D§6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// The system that the external ids are of; found from the map or the header when absent.
    pub source_system: Option<String>,
    /// Whether the validated file is submitted at once.
    pub execute: bool,
    /// What happens to a row whose account exists.
    pub on_duplicate: OnDuplicate,
    /// Rows in one transaction: 1 to 1,000.
    pub batch_size: u32,
    /// Whether the first error ends the import.
    pub stop_on_error: bool,
    /// Whether the file is only validated.
    pub validate_only: bool,
    /// The name of a map (`salesforce`, `hubspot` …), or the JSON text of a map file.
    pub map: Option<String>,
    /// The entity that owns rows without one.
    pub entity: Option<String>,
    /// The caller's idempotency key.
    pub key: Option<String>,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            source_system: None,
            execute: false,
            on_duplicate: OnDuplicate::Skip,
            batch_size: 100,
            stop_on_error: false,
            validate_only: false,
            map: None,
            entity: None,
            key: None,
        }
    }
}

impl ImportOptions {
    /// Reads what a request asks for.
    ///
    /// # Errors
    /// Every parameter at fault.
    pub fn read(request: ImportRequest, key: Option<String>) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut fault =
            |place: &str, code: &str, message: &str| faults.push(FieldFault::new(place, code, message));
        if request.format.as_deref().is_some_and(|format| format != "csv") {
            fault("/format", "format_unknown", "expected csv");
        }
        let on_duplicate = match request.on_duplicate.as_deref() {
            None | Some("skip") => OnDuplicate::Skip,
            Some("update") => OnDuplicate::Update,
            Some("error") => OnDuplicate::Error,
            Some(_) => {
                fault("/on_duplicate", "value_unknown", "expected skip, update or error");
                OnDuplicate::Skip
            }
        };
        let batch_size = request.batch_size.unwrap_or(100);
        if !(1..=1000).contains(&batch_size) {
            fault("/batch_size", "out_of_range", "a batch has 1 to 1000 rows");
        }
        if request.map.as_ref().is_some_and(|map| map.len() > MAP_MAX) {
            fault("/map", "too_long", "a map has at most 256 KiB");
        }
        let text =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let options = Self {
            source_system: text(request.source_system),
            execute: request.execute.unwrap_or_default(),
            on_duplicate,
            batch_size,
            stop_on_error: request.stop_on_error.unwrap_or_default(),
            validate_only: request.validate_only.unwrap_or_default(),
            map: text(request.map),
            entity: text(request.entity),
            key,
        };
        if faults.is_empty() { Ok(options) } else { Err(faults) }
    }
}
