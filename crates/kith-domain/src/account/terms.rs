//! The closed lists of words that an account uses.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $code:literal,)* } default $default:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$word_doc])* $word,)* }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The code on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$word => $code),* }
            }

            /// The codes, in the same order.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The word of a code.
            #[must_use]
            pub fn get(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == code)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }
    )*};
}
pub(crate) use words;

words! {
    /// Where an account stands in its life (D§2.1).
    Stage {
        /// Known, not yet a customer.
        Prospect = "prospect",
        /// Being taken on.
        Onboarding = "onboarding",
        /// Turned down.
        Rejected = "rejected",
        /// A customer under observation.
        Probation = "probation",
        /// A customer.
        Active = "active",
        /// A customer no more, for now.
        Inactive = "inactive",
        /// A customer no more.
        Closed = "closed",
        /// Its personal data is gone.
        Erased = "erased",
    } default Prospect

    /// What kind of customer (D§0.6 F7).
    CustomerType {
        /// Sells to consumers.
        Retail = "retail",
        /// Sells to trade.
        Wholesale = "wholesale",
        /// Distributes.
        Distributor = "distributor",
        /// A large company.
        Enterprise = "enterprise",
        /// A public body.
        Government = "government",
        /// Not for profit.
        Nonprofit = "nonprofit",
        /// None of these.
        Other = "other",
    } default Other

    /// How well an account is served.
    Tier {
        /// As everybody.
        Standard = "standard",
        /// Better.
        Preferred = "preferred",
        /// Much better.
        Premium = "premium",
        /// As a partner.
        Strategic = "strategic",
    } default Standard

    /// What else the company is to us (D§1.2).
    PartyRoleKind {
        /// Buys.
        Customer = "customer",
        /// Sells to us.
        Vendor = "vendor",
        /// Works with us.
        Partner = "partner",
        /// Deals in our goods.
        Dealer = "dealer",
        /// Uses what a dealer sold.
        EndCustomer = "end_customer",
        /// Competes with us.
        Competitor = "competitor",
        /// Carries for us.
        Carrier = "carrier",
    } default Customer

    /// What a contact person does at the customer (D§1.5).
    ContactRole {
        /// Decides.
        DecisionMaker = "decision_maker",
        /// Holds the budget.
        EconomicBuyer = "economic_buyer",
        /// Speaks for us.
        Champion = "champion",
        /// Accounts payable.
        Ap = "ap",
        /// Moves the goods.
        Logistics = "logistics",
        /// Looks after quality.
        Quality = "quality",
        /// Sponsors from the top.
        ExecutiveSponsor = "executive_sponsor",
        /// Administers the portal.
        PortalAdmin = "portal_admin",
        /// Something else.
        Other = "other",
    } default Other

    /// Whether a contact person can be reached.
    ContactStatus {
        /// Yes.
        Active = "active",
        /// Has left the company.
        Left = "left",
        /// Mail comes back.
        Bounced = "bounced",
    } default Active

    /// What an address is for (D§1.5).
    AddressKind {
        /// Invoices.
        Billing = "billing",
        /// Goods.
        Shipping = "shipping",
        /// The register.
        Registered = "registered",
        /// Payments.
        RemitTo = "remit_to",
        /// Collection.
        Pickup = "pickup",
        /// Delivery.
        Delivery = "delivery",
    } default Billing

    /// Whether mail reaches an address (D§1.5).
    Verification {
        /// Nobody looked.
        Unverified = "unverified",
        /// Yes.
        Verified = "verified",
        /// Yes, after it was corrected.
        Corrected = "corrected",
        /// No.
        Undeliverable = "undeliverable",
    } default Unverified

    /// What kind of agreement (D§1.8).
    AgreementKind {
        /// Master service agreement.
        Msa = "msa",
        /// Rates.
        RateAgreement = "rate_agreement",
        /// Service levels.
        Sla = "sla",
        /// Secrecy.
        Nda = "nda",
        /// Data processing.
        Dpa = "dpa",
        /// Application for credit.
        CreditApplication = "credit_application",
        /// Guarantee.
        Guarantee = "guarantee",
    } default Msa

    /// How an account is related to another (D§1.4).
    RelationshipKind {
        /// Its parent company.
        ParentOf = "parent_of",
        /// A branch of it.
        BranchOf = "branch_of",
        /// Owns a share of it.
        Owns = "owns",
        /// Employs it.
        Employs = "employs",
        /// Speaks for it.
        ContactFor = "contact_for",
        /// Distributes its goods.
        DistributorOf = "distributor_of",
        /// Deals in its goods.
        DealerOf = "dealer_of",
        /// Supplies it, who uses the goods.
        ServesEndCustomer = "serves_end_customer",
        /// Sends its bills there.
        BillsTo = "bills_to",
        /// Answers for its debts.
        GuarantorOf = "guarantor_of",
        /// Competes with it.
        CompetitorOf = "competitor_of",
        /// The same customer: merged.
        SameAs = "same_as",
        /// Related in another way.
        RelatedParty = "related_party",
    } default RelatedParty
}
