//! The accounts closest to their credit limit: looked for in the columns, then asked where they stand.

use kith_api::view::{CreditRow, LimitUseView};
use kith_domain::access::{Grant, Reach};
use kith_domain::value::{AccountId, EntityCode};
use kith_query::table::Column;
use kith_query::top;

use super::both;
use crate::caller::Caller;
use crate::directory::CHUNK_ROWS;
use crate::engine::Engine;
use crate::table::Accounts;

/// Accounts that are shown.
const SHOWN: usize = 5;
/// Accounts that are asked where they stand: what is open and what counts against a limit differ.
const ASKED: usize = 12;
/// Share of the limit from which an account is close to it.
const CLOSE: f64 = 0.75;

impl Engine {
    /// The accounts that owe most of what they may, by what the columns know.
    pub(super) fn closest(
        &self,
        caller: &Caller,
        within: &str,
        accounts: &Accounts<'_>,
    ) -> Vec<(AccountId, EntityCode)> {
        let catalogue = self.catalogue();
        let fields = catalogue.index("credit_limit").zip(catalogue.index("open_balance"));
        let owing = self.own_filter(&both(within, "credit_limit > 0 && open_balance > 0"));
        let (Some((limit, open)), Some(owing)) = (fields, owing) else { return Vec::new() };
        let mut found: Vec<(f64, u32)> = Vec::new();
        top::scan(&owing, accounts, &mut |chunk, columns, mask| {
            let (Column::I64(limits, _), Column::I64(opens, _)) =
                (columns.column(limit), columns.column(open))
            else {
                return;
            };
            for place in top::places(mask) {
                let row = u32::try_from(chunk.saturating_mul(CHUNK_ROWS).saturating_add(place));
                if let (Some(limit), Some(open), Ok(row)) = (limits.get(place), opens.get(place), row) {
                    found.push((*open as f64 / *limit as f64, row));
                }
            }
        });
        let rank = |one: &(f64, u32), other: &(f64, u32)| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1));
        // Only the first matter, and not everybody's credit may be seen.
        if caller.principal.reach(Grant::CreditRead) == Reach::Everything && found.len() > ASKED {
            found.select_nth_unstable_by(ASKED, rank);
            found.truncate(ASKED);
        }
        found.sort_by(rank);
        let entries = found.into_iter().filter_map(|(_, row)| accounts.inner().entry(row));
        let seen = entries.filter(|entry| caller.principal.may(Grant::CreditRead, Some(&entry.entity)));
        seen.take(ASKED).map(|entry| (entry.id, entry.entity.clone())).collect()
    }
}

/// Those of the rows that are close to their limit, the closest first.
pub(super) fn nearly_used(rows: Vec<CreditRow>) -> Vec<LimitUseView> {
    let close = rows.into_iter().filter_map(|row| {
        let utilisation = row.standing.utilisation.filter(|share| *share >= CLOSE)?;
        Some(LimitUseView {
            account: row.account,
            name: row.name,
            entity: row.standing.entity,
            utilisation,
            exposure: row.standing.exposure,
            limit: row.standing.limit,
            held: !row.standing.holds.is_empty(),
        })
    });
    let mut close: Vec<LimitUseView> = close.collect();
    close.sort_by(|one, other| other.utilisation.total_cmp(&one.utilisation));
    close.truncate(SHOWN);
    close
}
