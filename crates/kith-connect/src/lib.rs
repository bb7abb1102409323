//! Formats of the outside world: files of other systems read into account drafts and touchpoints.
//!
//! The way of an import: [`transcribe`] makes a workbook or a list a CSV file, [`csv`] reads rows in bounded memory, [`map`] says what each column means, [`row`]
//! turns a row into the body of `POST /api/v1/accounts` or into faults that name row and column, [`report`]
//! sums up what a person reviews before anything is written. [`touchpoints`] turns rows into CloudEvents.
//! The other way, [`sheet`] writes tables for spreadsheets. Nothing here writes the record.

pub mod archive;
pub mod contacts;
pub mod csv;
pub mod exposure;
pub mod mail;
pub mod map;
pub mod provider;
pub mod report;
pub mod row;
pub mod sheet;
pub mod touchpoints;
pub mod transcribe;
pub mod webhook;
