//! The catalogue of fields: the master record's, the living profile's, then the custom ones, in the order of the columns.

use kith_domain::organisation::Organisation;
use kith_domain::value::Currency;
use kith_profile::{Metric, MetricKind};
use kith_query::catalogue::{Catalogue, Field, Kind};

use crate::directory::{SHAPES, custom_fields, master_fields};

/// How many fields the master record has; the metrics follow.
pub(crate) const MASTER_FIELDS: usize = SHAPES.len();

/// The place of a custom field among the custom columns, if a field is one.
pub(crate) fn custom_place(field: usize) -> Option<usize> {
    field.checked_sub(MASTER_FIELDS)?.checked_sub(kith_profile::catalogue().len())
}

/// The catalogue of an organisation.
pub(crate) fn build(organisation: &Organisation) -> Catalogue {
    let mut fields = master_fields(organisation);
    fields.extend(kith_profile::catalogue().iter().map(field));
    fields.extend(custom_fields(organisation));
    let currency = organisation.currency.or_else(|| Currency::from_index(0));
    Catalogue::new(fields, currency.unwrap_or_else(|| std::process::abort()))
}

fn field(metric: &Metric) -> Field {
    let kind = match metric.kind {
        MetricKind::Count => Kind::Int,
        MetricKind::Money => Kind::Money,
        MetricKind::Ratio | MetricKind::Number | MetricKind::Days | MetricKind::Hours => Kind::Double,
        MetricKind::Label(words) => Kind::Enum(words.iter().map(|word| (*word).to_owned()).collect()),
        MetricKind::Date => Kind::Date,
    };
    let mut field = Field::metric(metric.family, metric.window, &metric.title, kind).with_unit(metric.unit);
    metric.id.clone_into(&mut field.id);
    metric.description.clone_into(&mut field.description);
    field
}
