//! How to reach somebody: telephone, e-mail, web.

pub(crate) mod email;
pub(crate) mod phone;
pub(crate) mod web;
