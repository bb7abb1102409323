//! One plain condition as a form has it: a field, a relation, values. Read from a filter, and written as one.

mod read;
mod write;

use crate::catalogue::Kind;

pub(crate) use read::field;
pub use read::read;
pub use write::{Unwritable, write};

/// The value that stands for whoever asks: `me` in the filter language.
pub const ME: &str = "@me";

/// A condition about one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// The field.
    pub field: String,
    /// What is said of it.
    pub relation: Relation,
    /// With what: plain numbers, days, codes, texts; percent for fractions; none where the relation needs none.
    pub values: Vec<String>,
}

/// What a condition says of its field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Relation {
    /// One of the values.
    #[default]
    Is,
    /// None of the values.
    IsNot,
    /// `>=`; of days: since.
    AtLeast,
    /// `<=`; of days: until.
    AtMost,
    /// `>`; of days: after.
    Above,
    /// `<`; of days: before.
    Below,
    /// Since so many days ago.
    Within,
    /// Before so many days ago.
    Older,
    /// In so many days, or sooner.
    Ahead,
    /// A text has it somewhere; a list has it.
    Contains,
    /// A list has it not.
    Lacks,
    /// A text begins with it.
    StartsWith,
    /// A text ends with it.
    EndsWith,
    /// There is a value.
    Known,
    /// There is none.
    Missing,
}

impl Relation {
    const ALL: [(Self, &'static str); 15] = [
        (Self::Is, "is"),
        (Self::IsNot, "is_not"),
        (Self::AtLeast, "at_least"),
        (Self::AtMost, "at_most"),
        (Self::Above, "above"),
        (Self::Below, "below"),
        (Self::Within, "within"),
        (Self::Older, "older"),
        (Self::Ahead, "ahead"),
        (Self::Contains, "contains"),
        (Self::Lacks, "lacks"),
        (Self::StartsWith, "starts_with"),
        (Self::EndsWith, "ends_with"),
        (Self::Known, "known"),
        (Self::Missing, "missing"),
    ];

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(relation, _)| *relation == self).map_or("", |(_, code)| code)
    }

    /// The relation of a code.
    #[must_use]
    pub fn get(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(relation, _)| *relation)
    }

    /// What may be said of a field of a kind, the most usual first; none for maps.
    #[must_use]
    pub fn of(kind: &Kind) -> &'static [Self] {
        use Relation::{
            Above, Ahead, AtLeast, AtMost, Below, Contains, EndsWith, Is, IsNot, Known, Lacks, Missing,
            Older, StartsWith, Within,
        };
        match kind {
            Kind::Bool => &[Is, Known, Missing],
            Kind::Int | Kind::Double | Kind::Money => {
                &[AtLeast, AtMost, Above, Below, Is, IsNot, Known, Missing]
            }
            Kind::Date => &[Within, Older, Ahead, AtLeast, AtMost, Above, Below, Is, Known, Missing],
            Kind::Time => &[Within, Older, Ahead, AtLeast, AtMost, Above, Below, Known, Missing],
            Kind::Enum(_) => &[Is, IsNot, Known, Missing],
            Kind::Text => &[Is, IsNot, Contains, StartsWith, EndsWith, Known, Missing],
            Kind::TextList => &[Contains, Lacks, Known, Missing],
            Kind::Map => &[],
        }
    }

    /// Whether it says something with a value.
    #[must_use]
    pub fn needs_value(self) -> bool {
        !matches!(self, Self::Known | Self::Missing)
    }

    /// Whether its value is a number of days counted from today.
    #[must_use]
    pub fn counts_days(self) -> bool {
        matches!(self, Self::Within | Self::Older | Self::Ahead)
    }
}

/// Whether a unit is shown in percent.
pub(crate) fn in_percent(unit: &str) -> bool {
    matches!(unit, "ratio" | "fraction" | "share" | "%")
}

#[cfg(test)]
mod tests;
