//! The rules of the change gate: four eyes, in sequence, by people, each in their role (D§5.2).

use crate::access::Principal;

/// What the rules need to know.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Who asks, with the roles held today.
    pub principal: Principal,
    /// Whether the principal answers for or sells to an account that the change touches
    /// ([`crate::account::Account::is_served_by`]).
    pub serves_target: bool,
}
