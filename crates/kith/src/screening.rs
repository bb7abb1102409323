//! Screening on plain files: lists put together, queries and pairs read, hits and scores written.

mod lists;
mod pairs;
mod queries;
mod table;

pub(crate) use lists::read as read_lists;
pub(crate) use pairs::score as score_pairs;
pub(crate) use queries::screen as screen_queries;
