//! The roles that a user can hold.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::value::EntityCode;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal;)*) => {
        /// A role of D§8.5; on the wire in snake case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code on the wire, for example `ar_manager`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The name for people, for example `AR Manager`.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),* }
            }
        }
    };
}

roles! {
    /// Reads accounts.
    Viewer = "viewer", "Viewer";
    /// Sells to accounts.
    SalesRep = "sales_rep", "Sales representative";
    /// Answers for accounts.
    AccountManager = "account_manager", "Account manager";
    /// Judges credit.
    CreditAnalyst = "credit_analyst", "Credit analyst";
    /// Leads accounts receivable; first approver of creates and updates.
    ArManager = "ar_manager", "AR Manager";
    /// Leads the customer organisation; reviews imports.
    Manager = "manager", "Manager";
    /// Second approver.
    Controller = "controller", "Controller";
    /// Chief financial officer; last approver of red changes.
    Cfo = "cfo", "CFO";
    /// Compliance officer.
    Compliance = "compliance", "Compliance officer";
    /// Privacy officer.
    PrivacyOfficer = "privacy_officer", "Privacy officer";
    /// Lawyer; approves that personal data is erased.
    Legal = "legal", "Legal";
    /// Answers inquiries.
    SupportAgent = "support_agent", "Support agent";
    /// Runs the feeds and the quarantine.
    Ops = "ops", "Operations";
    /// A program that brings touchpoints and files.
    Integration = "integration", "Integration";
    /// Runs the installation; every grant but approving.
    Admin = "admin", "Administrator";
    /// Reads everything, changes nothing.
    Auditor = "auditor", "Auditor";
    /// Manages a customer's own portal users.
    PortalAdmin = "portal_admin", "Portal administrator";
    /// A customer's person in the portal.
    PortalUser = "portal_user", "Portal user";
}

impl Role {
    /// Whether the role can satisfy a step of an approval. Granting it after set-up is itself a red change.
    #[must_use]
    pub fn approves(self) -> bool {
        super::grants(self).contains(&super::Grant::ChangesApprove)
    }
}

/// Whether somebody with these roles may pass decisions to somebody with those: the delegate holds a role of equal or lower
/// risk. Whoever checks is of lower risk than whoever makes (sells, edits, administers), so a delegate is an
/// approver, for everything that the delegator approves for.
#[must_use]
pub fn delegable(from: &[RoleGrant], to: &[RoleGrant]) -> bool {
    let approving = || from.iter().filter(|held| held.role.approves());
    let reached = |held: &RoleGrant| {
        to.iter().any(|other| other.role.approves() && other.reaches(held.entity.as_ref()))
    };
    approving().count() > 0 && approving().all(reached)
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|role| role.as_str() == text).ok_or(())
    }
}

/// A role that a user holds, everywhere or for one legal entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// The role.
    pub role: Role,
    /// The legal entity whose accounts it reaches; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
}

impl RoleGrant {
    /// The role everywhere.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        Self { role, entity: None }
    }

    /// Whether the grant reaches what belongs to an entity; `None` asks for what belongs to no single one.
    #[must_use]
    pub fn reaches(&self, entity: Option<&EntityCode>) -> bool {
        self.entity.is_none() || self.entity.as_ref() == entity
    }
}

/// The text is no role, or names no entity after `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGrantError;

impl fmt::Display for RoleGrantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a role such as controller, or controller@US; the roles are ")?;
        let codes: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        f.write_str(&codes.join(", "))
    }
}

impl std::error::Error for RoleGrantError {}

impl FromStr for RoleGrant {
    type Err = RoleGrantError;

    fn from_str(text: &str) -> Result<Self, RoleGrantError> {
        let (role, entity) = text.split_once('@').map_or((text, None), |(role, entity)| (role, Some(entity)));
        let role = Role::ALL.iter().copied().find(|known| known.as_str() == role).ok_or(RoleGrantError)?;
        let entity = entity.map(str::parse).transpose().map_err(|_| RoleGrantError)?;
        Ok(Self { role, entity })
    }
}

impl fmt::Display for RoleGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.entity {
            Some(entity) => write!(f, "{}@{entity}", self.role.as_str()),
            None => f.write_str(self.role.as_str()),
        }
    }
}
