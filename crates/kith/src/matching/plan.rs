//! Which columns are compared, of one file or of two.

use kith_engine::Threads;
use kith_match::dictionary::Full;
use kith_match::infer::{Profile, kinds};
use kith_match::kind::Kind;
use kith_match::table::{Filler, Table};
use kith_match::workers::map;

use super::file::File;
use crate::failure::Failure;

/// A column that is compared: its place in each file.
#[derive(Debug)]
struct Shared {
    header: String,
    kind: Kind,
    first: usize,
    second: Option<usize>,
}

/// The columns that are compared.
#[derive(Debug)]
pub(crate) struct Plan {
    shared: Vec<Shared>,
}

impl Plan {
    /// Decides by headers and values, or takes the columns that were asked for. A column that names the rows is not
    /// compared unless it was asked for.
    pub(crate) fn of(
        first: &File,
        second: Option<&File>,
        id: Option<&str>,
        asked: &[String],
    ) -> Result<Self, Failure> {
        let demanded = asked.iter().map(|header| first.demand(header)).collect::<Result<Vec<_>, _>>()?;
        if let Some(second) = second {
            asked.iter().try_for_each(|header| second.demand(header).map(drop))?;
        }
        let profiles: Vec<Profile> = (0..first.headers().len())
            .map(|at| {
                let other = second.and_then(|file| Some((file, file.find(&first.headers()[at])?)));
                let others = other.into_iter().flat_map(|(file, at)| file.column(at).iter());
                Profile::of(first.column(at).iter(), others)
            })
            .collect();
        let named = id.and_then(|header| first.find(header));
        let found = kinds(first.headers(), &profiles, (!asked.is_empty()).then_some(demanded.as_slice()));
        let mut shared = Vec::new();
        for (at, kind) in found.into_iter().enumerate() {
            let header = first.headers()[at].clone();
            let Some(kind) = kind.filter(|_| named != Some(at) || demanded.contains(&at)) else { continue };
            let other = second.map(|file| file.find(&header));
            if other != Some(None) {
                shared.push(Shared { header, kind, first: at, second: other.flatten() });
            }
        }
        if shared.is_empty() {
            return Err(Failure::Here(
                "no column can be compared: name columns with --columns, the same in both files".to_owned(),
            ));
        }
        Ok(Self { shared })
    }

    /// Header and kind of every column that is compared.
    pub(crate) fn columns(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.shared.iter().map(|shared| (shared.header.as_str(), shared.kind))
    }

    /// The table of the files' rows.
    pub(crate) fn table(
        &self,
        first: &File,
        second: Option<&File>,
        threads: &Threads,
    ) -> Result<Table, Failure> {
        let filled = map(threads, self.shared.len(), |at| {
            let shared = &self.shared[at];
            let mut filler = Filler::new(&shared.header, shared.kind);
            first.column(shared.first).iter().try_for_each(|text| filler.push(text))?;
            let other = second.zip(shared.second).map(|(file, at)| file.column(at));
            other.into_iter().flat_map(|texts| texts.iter()).try_for_each(|text| filler.push(text))?;
            Ok(filler.finish())
        });
        let columns = filled.into_iter().collect::<Result<Vec<_>, Full>>();
        let columns =
            columns.map_err(|Full| Failure::Here("a column holds more than 4 GiB of text".to_owned()))?;
        let mut table = Table::new(columns.into_iter().flatten().collect(), second.map(|_| first.rows()));
        table.settle();
        Ok(table)
    }
}
