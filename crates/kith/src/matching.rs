//! Duplicates in plain files: reading them into a table, and writing what was found.

mod file;
mod output;
mod plan;

pub(crate) use file::File;
pub(crate) use output::{cell, clusters, pairs, waterfalls, write};
pub(crate) use plan::Plan;
