//! The fields that a column can give, and their names in map files and reports.

use serde::{Serialize, Serializer};

/// Part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of an address")]
pub enum AddressPart {
    Line1,
    Line2,
    Line3,
    Line4,
    Line5,
    /// A house number of its own, put behind the first line.
    HouseNumber,
    City,
    StateProvince,
    PostalCode,
    Country,
}

/// A field of the account (or of the contact, in a contact file) that a column can give; D§6.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the account's fields, D§1.2")]
pub enum Field {
    ExternalId,
    AccountNumber,
    Name,
    /// The name goes on: SAP's `NAME2`.
    NameMore,
    /// And on: `NAME3`.
    NameMore2,
    LegalName,
    Email,
    BillingEmail,
    Phone,
    Website,
    Domain,
    OwningEntity,
    CustomerType,
    Tier,
    Stage,
    /// A cell that says "no longer in use": `disabled`, `Inactive`, `HIDDEN`.
    Inactive,
    /// A cell that says "in use": Tryton's `active`.
    Active,
    /// A cell that says "blocked": `ERPNext`'s `is_frozen`.
    Frozen,
    /// A cell that holds any code of a block: SAP's `AUFSD`.
    Blocked,
    Currency,
    CreditLimit,
    PaymentTerms,
    TaxCode,
    TaxId,
    Vat,
    Ein,
    Duns,
    Lei,
    Gln,
    Scac,
    AccountManager,
    SalesRep,
    Industry,
    Employees,
    AnnualRevenue,
    Language,
    Timezone,
    Notes,
    Tags,
    Parent,
    Billing(AddressPart),
    Shipping(AddressPart),
    /// Name of a contact in an account file, or of the contact itself.
    ContactName,
    ContactFirstName,
    ContactLastName,
    ContactTitle,
    ContactRole,
    ContactEmail,
    ContactPhone,
    ContactMobile,
    /// In a contact file: the external id of the account it belongs to.
    AccountExternalId,
    /// In a contact file: the name of the account it belongs to.
    AccountName,
    /// In a contact file: `true` when mail is refused.
    EmailOptOut,
}

use AddressPart as Part;
use Field as F;

/// Every field with its name.
const NAMES: &[(Field, &str)] = &[
    (F::ExternalId, "external_id"),
    (F::AccountNumber, "account_number"),
    (F::Name, "name"),
    (F::NameMore, "name_more"),
    (F::NameMore2, "name_more_2"),
    (F::LegalName, "legal_name"),
    (F::Email, "email"),
    (F::BillingEmail, "billing_email"),
    (F::Phone, "phone"),
    (F::Website, "website"),
    (F::Domain, "domain"),
    (F::OwningEntity, "owning_entity"),
    (F::CustomerType, "customer_type"),
    (F::Tier, "tier"),
    (F::Stage, "stage"),
    (F::Inactive, "inactive"),
    (F::Active, "active"),
    (F::Frozen, "frozen"),
    (F::Blocked, "blocked"),
    (F::Currency, "currency"),
    (F::CreditLimit, "credit_limit"),
    (F::PaymentTerms, "payment_terms"),
    (F::TaxCode, "tax_code"),
    (F::TaxId, "tax_id"),
    (F::Vat, "identifier.vat"),
    (F::Ein, "identifier.ein"),
    (F::Duns, "identifier.duns"),
    (F::Lei, "identifier.lei"),
    (F::Gln, "identifier.gln"),
    (F::Scac, "identifier.scac"),
    (F::AccountManager, "account_manager"),
    (F::SalesRep, "sales_rep"),
    (F::Industry, "industry"),
    (F::Employees, "employees"),
    (F::AnnualRevenue, "annual_revenue"),
    (F::Language, "language"),
    (F::Timezone, "timezone"),
    (F::Notes, "notes"),
    (F::Tags, "tags"),
    (F::Parent, "parent"),
    (F::Billing(Part::Line1), "billing.line1"),
    (F::Billing(Part::Line2), "billing.line2"),
    (F::Billing(Part::Line3), "billing.line3"),
    (F::Billing(Part::Line4), "billing.line4"),
    (F::Billing(Part::Line5), "billing.line5"),
    (F::Billing(Part::HouseNumber), "billing.house_number"),
    (F::Billing(Part::City), "billing.city"),
    (F::Billing(Part::StateProvince), "billing.state_province"),
    (F::Billing(Part::PostalCode), "billing.postal_code"),
    (F::Billing(Part::Country), "billing.country"),
    (F::Shipping(Part::Line1), "shipping.line1"),
    (F::Shipping(Part::Line2), "shipping.line2"),
    (F::Shipping(Part::Line3), "shipping.line3"),
    (F::Shipping(Part::Line4), "shipping.line4"),
    (F::Shipping(Part::Line5), "shipping.line5"),
    (F::Shipping(Part::HouseNumber), "shipping.house_number"),
    (F::Shipping(Part::City), "shipping.city"),
    (F::Shipping(Part::StateProvince), "shipping.state_province"),
    (F::Shipping(Part::PostalCode), "shipping.postal_code"),
    (F::Shipping(Part::Country), "shipping.country"),
    (F::ContactName, "contact.name"),
    (F::ContactFirstName, "contact.first_name"),
    (F::ContactLastName, "contact.last_name"),
    (F::ContactTitle, "contact.title"),
    (F::ContactRole, "contact.role"),
    (F::ContactEmail, "contact.email"),
    (F::ContactPhone, "contact.phone"),
    (F::ContactMobile, "contact.mobile"),
    (F::AccountExternalId, "account.external_id"),
    (F::AccountName, "account.name"),
    (F::EmailOptOut, "contact.email_opt_out"),
];

impl Field {
    /// The name in map files and reports, for example `billing.city`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(field, _)| *field == self).map_or("", |(_, name)| name)
    }

    /// The field of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(field, _)| *field)
    }

    /// Every field, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(field, _)| *field)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
