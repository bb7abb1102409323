//! What pages are made of.

pub(crate) mod avatar;
pub(crate) mod icon;
