//! What pages are made of.

pub(crate) mod avatar;
pub(crate) mod badges;
pub(crate) mod behaviour;
pub(crate) mod bullet;
pub(crate) mod chart;
pub(crate) mod chip;
pub(crate) mod decision;
pub(crate) mod diff;
pub(crate) mod exposure;
pub mod field;
pub(crate) mod health;
pub(crate) mod icon;
pub(crate) mod limit;
pub mod meaning;
pub(crate) mod note;
pub(crate) mod pager;
pub(crate) mod record;
pub(crate) mod source;
pub(crate) mod spark;
pub(crate) mod steps;
pub(crate) mod target;
pub(crate) mod tile;
pub(crate) mod timeline;
pub(crate) mod tone;
pub(crate) mod verdict;
pub(crate) mod why;
