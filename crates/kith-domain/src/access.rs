//! Who may do what: roles, grants, and the principal that asks. Deny by default (D§8.5).

mod grant;
mod principal;
mod role;
mod trail;

pub use grant::{Grant, grants};
pub use principal::{Principal, Reach};
pub use role::{Role, RoleGrant, RoleGrantError, delegable};
pub use trail::{ACCESS_KIND, Access, AccessAct, Accesses};

#[cfg(test)]
mod tests;
