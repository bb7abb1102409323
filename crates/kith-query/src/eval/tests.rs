//! Columns and rows mean the same.

use proptest::prelude::*;

use super::Row;
use super::bind::bind;
use super::mask::alive;
use super::plan::Plan;
use crate::filter::check;
use crate::fixture::{catalogue, filter, rows};
use crate::table::Table;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]
    #[test]
    fn columns_give_what_rows_give(text in filter(), rows in rows()) {
        let filter = check(&text, &catalogue()).map_err(|errors| TestCaseError::fail(format!("{text}: {errors:?}")))?;
        let again = check(&filter.print(), &catalogue()).map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
        prop_assert_eq!(again.term(), filter.term());
        let term = bind(filter.term(), &rows);
        let plan = Plan::new(&term);
        for index in 0..rows.chunks() {
            let mut fault = None;
            rows.with_chunk(index, &mut |chunk| {
                let before = alive(chunk.len(), chunk.visible());
                let mut mask = before;
                plan.keep(chunk, &mut mask);
                for row in 0..1_024 {
                    let seen = before[row / 64] >> (row % 64) & 1 == 1;
                    let by_row = seen && Row::new(chunk, row).holds(&term);
                    let by_column = mask[row / 64] >> (row % 64) & 1 == 1;
                    if by_row != by_column {
                        fault.get_or_insert((row, by_row));
                    }
                }
            });
            prop_assert_eq!(fault, None, "{}", text);
        }
    }
}
