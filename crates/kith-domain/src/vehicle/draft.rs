//! A vehicle as it was given.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};

macro_rules! vehicle_draft {
    (text { $($text:ident,)* } number { $($number:ident,)* }) => {
        /// Members as given; absent is unchanged, null clears.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct VehicleDraft {
            $(#[doc = concat!("`", stringify!($text), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $text: Patched<String>,)*
            $(#[doc = concat!("`", stringify!($number), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $number: Patched<i64>,)*
            /// First day of the warranty.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub warranty_start: Patched<String>,
            /// Last day of the warranty.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub warranty_end: Patched<String>,
            /// Kilometres that the warranty covers.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub warranty_km: Patched<i64>,
        }

        impl VehicleDraft {
            /// Reads the body of a request.
            #[must_use]
            pub fn read(body: &Value) -> (Self, Vec<FieldFault>) {
                let (mut draft, mut list) = (Self::default(), Vec::new());
                let faults = &mut list;
                let Some(mut members) = Members::open(body, "", faults) else { return (draft, list) };
                $(draft.$text = members.text(stringify!($text), faults);)*
                $(draft.$number = members.number(stringify!($number), faults);)*
                draft.read_warranty(&mut members, faults);
                members.close(faults);
                (draft, list)
            }
        }
    };
}

vehicle_draft! {
    text {
        vin, make, model, registration, vendor_id, customer_id, sales_order_customer_id, end_customer_id,
        warranty_customer_id, telematics_device_id, status,
    }
    number { model_year, odometer_km, }
}

impl VehicleDraft {
    /// `warranty: {start, end, km}`; null takes all of it away.
    fn read_warranty(&mut self, members: &mut Members<'_>, faults: &mut Vec<FieldFault>) {
        let place = members.place("warranty");
        match members.get("warranty") {
            None => {}
            Some(None) => {
                (self.warranty_start, self.warranty_end, self.warranty_km) =
                    (Some(None), Some(None), Some(None));
            }
            Some(Some(value)) => {
                let Some(mut inner) = Members::open(value, &place, faults) else { return };
                self.warranty_start = inner.text("start", faults);
                self.warranty_end = inner.text("end", faults);
                self.warranty_km = inner.number("km", faults);
                inner.close(faults);
            }
        }
    }
}
