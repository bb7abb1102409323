//! A tax profile as it was given.

use serde::{Deserialize, Serialize};

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};

macro_rules! profile_draft {
    ($($field:ident,)*) => {
        /// Members as given; absent is unchanged, null clears.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct TaxProfileDraft {
            $(#[doc = concat!("`", stringify!($field), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $field: Patched<String>,)*
        }

        /// Reads the members of a row.
        pub fn read_profile(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> TaxProfileDraft {
            TaxProfileDraft { $($field: members.text(stringify!($field), faults),)* }
        }
    };
}

profile_draft! {
    entity,
    country,
    region,
    tax_category,
    exempt_code,
    certificate_no,
    certificate_document,
    certificate_use,
    issued_on,
    effective_from,
    effective_to,
}
