//! How a file is to be imported, as it was asked for.

use std::collections::BTreeMap;

use kith_api::request::ImportRequest;
use kith_connect::transcribe::Format;
use kith_domain::import::{Decision, EmptyMeans, OnDuplicate, UpdatePolicy};
use kith_domain::refusal::FieldFault;
use kith_domain::value::MappingId;

/// Longest map file.
const MAP_MAX: usize = 256 << 10;
/// Longest name of a column or a sheet, in bytes.
const NAME_MAX: usize = 1_000;

/// How a file is to be imported (D§6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOptions {
    /// What the file is; told by its content when absent.
    pub format: Option<Format>,
    /// The sheet of a workbook; the first that is shown when absent.
    pub sheet: Option<String>,
    /// The system that the external ids are of; found from the map or the header when absent.
    pub source_system: Option<String>,
    /// The column that gives the external ids; found by its header when absent.
    pub external_id_column: Option<String>,
    /// Whether the validated file is submitted at once.
    pub execute: bool,
    /// What happens to a row whose account exists.
    pub on_duplicate: OnDuplicate,
    /// What a row may change of an account that is there.
    pub update_policy: UpdatePolicy,
    /// What an empty cell says about it.
    pub empty_means: EmptyMeans,
    /// Rows in one transaction: 1 to 1,000.
    pub batch_size: u32,
    /// Whether the first error ends the import.
    pub stop_on_error: bool,
    /// Whether the file is only validated.
    pub validate_only: bool,
    /// The name of a map (`salesforce`, `hubspot` …), or the JSON text of a map file.
    pub map: Option<String>,
    /// A saved mapping, instead of a map.
    pub mapping_id: Option<MappingId>,
    /// The entity that owns rows without one.
    pub entity: Option<String>,
    /// What was decided of single rows, by their number in the file.
    pub decisions: BTreeMap<u64, Decision>,
    /// The feed that brings the file.
    pub feed: Option<String>,
    /// The caller's idempotency key.
    pub key: Option<String>,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            format: None,
            sheet: None,
            source_system: None,
            external_id_column: None,
            execute: false,
            on_duplicate: OnDuplicate::Skip,
            update_policy: UpdatePolicy::Overwrite,
            empty_means: EmptyMeans::Ignore,
            batch_size: 100,
            stop_on_error: false,
            validate_only: false,
            map: None,
            mapping_id: None,
            entity: None,
            decisions: BTreeMap::new(),
            feed: None,
            key: None,
        }
    }
}

/// A code of a closed list, or the fault that it is none.
fn code<T: Default>(
    faults: &mut Vec<FieldFault>,
    (place, expected): (&str, &str),
    given: Option<&str>,
    parse: impl Fn(&str) -> Option<T>,
) -> T {
    let Some(given) = given.filter(|given| !given.is_empty()) else { return T::default() };
    parse(given).unwrap_or_else(|| {
        faults.push(FieldFault::new(place, "not_allowed", format!("expected {expected}")));
        T::default()
    })
}

impl ImportOptions {
    /// Reads what a request asks for.
    ///
    /// # Errors
    /// Every parameter at fault.
    pub fn read(request: ImportRequest, key: Option<String>) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let all = &mut faults;
        let format = ("/format", "csv, xlsx or iif");
        let format = code(all, format, request.format.as_deref(), |text| Format::parse(text).map(Some));
        let on_duplicate = ("/on_duplicate", "skip, update or error");
        let on_duplicate = code(all, on_duplicate, request.on_duplicate.as_deref(), OnDuplicate::parse);
        let update_policy = ("/update_policy", "overwrite or fill_blank_only");
        let update_policy = code(all, update_policy, request.update_policy.as_deref(), UpdatePolicy::parse);
        let empty_means = ("/empty_means", "ignore or clear");
        let empty_means = code(all, empty_means, request.empty_means.as_deref(), EmptyMeans::parse);
        let mapping_id = ("/mapping_id", "the id of a saved mapping, map_…");
        let mapping_id =
            code(all, mapping_id, request.mapping_id.as_deref(), |text| text.parse().ok().map(Some));
        let batch_size = request.batch_size.unwrap_or(100);
        let mut fault =
            |place: &str, code: &str, message: &str| faults.push(FieldFault::new(place, code, message));
        if !(1..=1000).contains(&batch_size) {
            fault("/batch_size", "out_of_range", "a batch has 1 to 1000 rows");
        }
        if request.map.as_ref().is_some_and(|map| map.len() > MAP_MAX) {
            fault("/map", "too_long", "a map has at most 256 KiB");
        }
        if mapping_id.is_some() && request.map.as_ref().is_some_and(|map| !map.trim().is_empty()) {
            fault("/mapping_id", "conflicts", "give either map or mapping_id");
        }
        for (place, name) in
            [("/sheet", &request.sheet), ("/external_id_column", &request.external_id_column)]
        {
            if name.as_ref().is_some_and(|name| name.len() > NAME_MAX) {
                fault(place, "too_long", "at most 1000 bytes");
            }
        }
        let text =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let options = Self {
            format,
            sheet: text(request.sheet),
            source_system: text(request.source_system),
            external_id_column: text(request.external_id_column),
            execute: request.execute.unwrap_or_default(),
            on_duplicate,
            update_policy,
            empty_means,
            batch_size,
            stop_on_error: request.stop_on_error.unwrap_or_default(),
            validate_only: request.validate_only.unwrap_or_default(),
            map: text(request.map),
            mapping_id,
            entity: text(request.entity),
            decisions: BTreeMap::new(),
            feed: None,
            key,
        };
        if faults.is_empty() { Ok(options) } else { Err(faults) }
    }
}
