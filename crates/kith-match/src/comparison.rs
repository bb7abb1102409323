//! Comparisons: two records side by side in one respect, as one of a few levels of agreement.

mod measure;

#[cfg(test)]
pub(crate) mod tests;

use crate::kind::Kind;
use crate::table::{Column, Facet, Table};
pub use measure::{ELSE, MISSING_LEVEL, Measure};

/// How many comparisons a plan may have: a pair's levels fit into one word.
pub const COMPARISONS_MAX: usize = 20;
/// Bits of a level in such a word.
pub const LEVEL_BITS: usize = 3;

/// One comparison and the columns that it reads.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What it is called to people.
    pub label: String,
    /// How the two values are measured.
    pub measure: Measure,
}

impl Comparison {
    /// The level of agreement of two rows.
    #[must_use]
    pub fn level(&self, table: &Table, left: usize, right: usize) -> u8 {
        self.measure.level(table, left, right)
    }

    /// The two values in words, as they were compared.
    #[must_use]
    pub fn values(&self, table: &Table, row: usize) -> String {
        let texts = self.measure.columns().into_iter().map(|column| table.columns()[column].text(row));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The comparisons of a table, cheapest first.
#[must_use]
pub fn plan(table: &Table) -> Vec<Comparison> {
    let columns = table.columns();
    let mut plan: Vec<Comparison> = Vec::new();
    let find = |kind: Kind| columns.iter().position(|column| column.facet == Facet::Whole(kind));
    let (given, surname) = (find(Kind::GivenName), find(Kind::Surname));
    let mut site = find(Kind::Domain);
    for (at, column) in columns.iter().enumerate() {
        let second = columns.get(at + 1).filter(|next| next.header == column.header).map(|_| at + 1);
        let Some(measure) = measure_of(column, at, second, (given, surname), &mut site) else { continue };
        let of_form = column.facet == Facet::FormOfName;
        let label = if of_form { "legal_form".to_owned() } else { column.header.clone() };
        plan.push(Comparison { label, measure });
    }
    // A domain goes with the first e-mail address; without one it stands alone.
    let spoken_for =
        |at: usize, plan: &[Comparison]| plan.iter().any(|known| known.measure.columns().contains(&at));
    for (at, column) in columns.iter().enumerate() {
        if column.facet == Facet::Whole(Kind::Domain) && !spoken_for(at, &plan) {
            let measure = Measure::Web { mail: None, mail_domain: None, site: Some(at) };
            plan.push(Comparison { label: column.header.clone(), measure });
        }
    }
    plan.sort_by_key(|comparison| comparison.measure.cost());
    plan.truncate(COMPARISONS_MAX);
    plan
}

fn measure_of(
    column: &Column,
    at: usize,
    second: Option<usize>,
    (given, surname): (Option<usize>, Option<usize>),
    site: &mut Option<usize>,
) -> Option<Measure> {
    let kind = match column.facet {
        Facet::Whole(kind) => kind,
        Facet::FormOfName => return Some(Measure::Choice(at)),
        Facet::MailDomain | Facet::NumberInStreet => return None,
    };
    Some(match kind {
        Kind::Name => Measure::Name(at),
        Kind::GivenName => Measure::Person { own: at, other: surname, swaps: false },
        Kind::Surname => Measure::Person { own: at, other: given, swaps: true },
        Kind::LegalForm | Kind::Region | Kind::Country | Kind::Category => Measure::Choice(at),
        Kind::Date => Measure::Date(at),
        Kind::HardKey => Measure::HardKey(at),
        Kind::Identifier => Measure::Code(at),
        Kind::Phone => Measure::Phone(at),
        Kind::Email => Measure::Web { mail: Some(at), mail_domain: second, site: site.take() },
        Kind::Domain => return None,
        Kind::Street => Measure::Street { name: at, number: second },
        Kind::StreetNumber | Kind::Number => Measure::Number(at),
        Kind::Postal => Measure::Postal(at),
        Kind::City => Measure::Place(at),
        Kind::Text => Measure::Text(at),
    })
}
