//! What headers are called in which system (D§6.3).

mod contact;
mod system;

use contact::OF_CONTACTS;
use system::{MARKS, METADATA, OF_SYSTEM};

use super::field::{AddressPart as Part, Field as F};
use super::{Field, Kind, System};

/// A header without case, spaces, underscores and marks; the ending `__c` of custom fields is dropped.
#[must_use]
pub fn normalise(header: &str) -> String {
    let header = header.trim().trim_start_matches('\u{feff}');
    let header = header.strip_suffix("__c").or_else(|| header.strip_suffix("__C")).unwrap_or(header);
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names that mean the same everywhere, normalised.
const GENERIC: &[(&str, Field)] = &[
    ("externalid", F::ExternalId),
    ("id", F::ExternalId),
    ("customerid", F::ExternalId),
    ("accountid", F::ExternalId),
    ("companyid", F::ExternalId),
    ("customerno", F::ExternalId),
    ("customernumber", F::ExternalId),
    ("customercode", F::ExternalId),
    ("clientid", F::ExternalId),
    ("erpid", F::ExternalId),
    ("partnerid", F::ExternalId),
    ("accountnumber", F::AccountNumber),
    ("accountno", F::AccountNumber),
    ("name", F::Name),
    ("accountname", F::Name),
    ("companyname", F::Name),
    ("customername", F::Name),
    ("company", F::Name),
    ("customer", F::Name),
    ("organisation", F::Name),
    ("organization", F::Name),
    ("clientname", F::Name),
    ("firma", F::Name),
    ("firmenname", F::Name),
    ("legalname", F::LegalName),
    ("registeredname", F::LegalName),
    ("email", F::Email),
    ("emailaddress", F::Email),
    ("mail", F::Email),
    ("companyemail", F::Email),
    ("billingemail", F::BillingEmail),
    ("invoiceemail", F::BillingEmail),
    ("accountspayableemail", F::BillingEmail),
    ("phone", F::Phone),
    ("phonenumber", F::Phone),
    ("telephone", F::Phone),
    ("tel", F::Phone),
    ("telefon", F::Phone),
    ("mainphone", F::Phone),
    ("website", F::Website),
    ("websiteurl", F::Website),
    ("url", F::Website),
    ("web", F::Website),
    ("homepage", F::Website),
    ("domain", F::Domain),
    ("companydomainname", F::Domain),
    ("owningentity", F::OwningEntity),
    ("legalentity", F::OwningEntity),
    ("entity", F::OwningEntity),
    ("companycode", F::OwningEntity),
    ("subsidiary", F::OwningEntity),
    ("customertype", F::CustomerType),
    ("accounttype", F::CustomerType),
    ("type", F::CustomerType),
    ("tier", F::Tier),
    ("servicetier", F::Tier),
    ("customertier", F::Tier),
    ("servicelevel", F::Tier),
    ("stage", F::Stage),
    ("lifecyclestage", F::Stage),
    ("status", F::Stage),
    ("accountstatus", F::Stage),
    ("inactive", F::Inactive),
    ("disabled", F::Inactive),
    ("active", F::Active),
    ("isactive", F::Active),
    ("frozen", F::Frozen),
    ("isfrozen", F::Frozen),
    ("onhold", F::Frozen),
    ("currency", F::Currency),
    ("currencycode", F::Currency),
    ("currencyisocode", F::Currency),
    ("creditlimit", F::CreditLimit),
    ("limit", F::CreditLimit),
    ("creditlimitamount", F::CreditLimit),
    ("paymentterms", F::PaymentTerms),
    ("terms", F::PaymentTerms),
    ("paymentterm", F::PaymentTerms),
    ("termsofpayment", F::PaymentTerms),
    ("taxcode", F::TaxCode),
    ("taxcategory", F::TaxCode),
    ("taxid", F::TaxId),
    ("taxnumber", F::TaxId),
    ("taxidnumber", F::TaxId),
    ("tin", F::TaxId),
    ("vat", F::Vat),
    ("vatid", F::Vat),
    ("vatnumber", F::Vat),
    ("vatno", F::Vat),
    ("ustid", F::Vat),
    ("ustidnr", F::Vat),
    ("ein", F::Ein),
    ("fein", F::Ein),
    ("duns", F::Duns),
    ("dunsnumber", F::Duns),
    ("lei", F::Lei),
    ("gln", F::Gln),
    ("scac", F::Scac),
    ("accountmanager", F::AccountManager),
    ("owner", F::AccountManager),
    ("accountowner", F::AccountManager),
    ("ownerid", F::AccountManager),
    ("salesrep", F::SalesRep),
    ("salesperson", F::SalesRep),
    ("salesrepresentative", F::SalesRep),
    ("rep", F::SalesRep),
    ("industry", F::Industry),
    ("sector", F::Industry),
    ("branche", F::Industry),
    ("naics", F::Industry),
    ("employees", F::Employees),
    ("numberofemployees", F::Employees),
    ("employeecount", F::Employees),
    ("headcount", F::Employees),
    ("annualrevenue", F::AnnualRevenue),
    ("revenue", F::AnnualRevenue),
    ("annualsales", F::AnnualRevenue),
    ("turnover", F::AnnualRevenue),
    ("language", F::Language),
    ("preferredlanguage", F::Language),
    ("timezone", F::Timezone),
    ("notes", F::Notes),
    ("note", F::Notes),
    ("description", F::Notes),
    ("comments", F::Notes),
    ("remarks", F::Notes),
    ("tags", F::Tags),
    ("labels", F::Tags),
    ("parent", F::Parent),
    ("parentaccount", F::Parent),
    ("parentcompany", F::Parent),
    ("parentid", F::Parent),
    ("address", F::Billing(Part::Line1)),
    ("address1", F::Billing(Part::Line1)),
    ("addressline1", F::Billing(Part::Line1)),
    ("street", F::Billing(Part::Line1)),
    ("streetaddress", F::Billing(Part::Line1)),
    ("strasse", F::Billing(Part::Line1)),
    ("billingstreet", F::Billing(Part::Line1)),
    ("billingaddress", F::Billing(Part::Line1)),
    ("billingaddressline1", F::Billing(Part::Line1)),
    ("address2", F::Billing(Part::Line2)),
    ("addressline2", F::Billing(Part::Line2)),
    ("streetaddress2", F::Billing(Part::Line2)),
    ("billingaddressline2", F::Billing(Part::Line2)),
    ("city", F::Billing(Part::City)),
    ("town", F::Billing(Part::City)),
    ("ort", F::Billing(Part::City)),
    ("billingcity", F::Billing(Part::City)),
    ("state", F::Billing(Part::StateProvince)),
    ("region", F::Billing(Part::StateProvince)),
    ("stateregion", F::Billing(Part::StateProvince)),
    ("stateprovince", F::Billing(Part::StateProvince)),
    ("province", F::Billing(Part::StateProvince)),
    ("county", F::Billing(Part::StateProvince)),
    ("billingstate", F::Billing(Part::StateProvince)),
    ("billingstateprovince", F::Billing(Part::StateProvince)),
    ("zip", F::Billing(Part::PostalCode)),
    ("zipcode", F::Billing(Part::PostalCode)),
    ("postalcode", F::Billing(Part::PostalCode)),
    ("postcode", F::Billing(Part::PostalCode)),
    ("plz", F::Billing(Part::PostalCode)),
    ("billingpostalcode", F::Billing(Part::PostalCode)),
    ("billingzip", F::Billing(Part::PostalCode)),
    ("billingzippostalcode", F::Billing(Part::PostalCode)),
    ("country", F::Billing(Part::Country)),
    ("countrycode", F::Billing(Part::Country)),
    ("countryregion", F::Billing(Part::Country)),
    ("land", F::Billing(Part::Country)),
    ("billingcountry", F::Billing(Part::Country)),
    ("billingcountrycode", F::Billing(Part::Country)),
    ("shippingstreet", F::Shipping(Part::Line1)),
    ("shippingaddress", F::Shipping(Part::Line1)),
    ("shippingaddressline1", F::Shipping(Part::Line1)),
    ("deliveryaddress", F::Shipping(Part::Line1)),
    ("shippingaddressline2", F::Shipping(Part::Line2)),
    ("shippingcity", F::Shipping(Part::City)),
    ("deliverycity", F::Shipping(Part::City)),
    ("shippingstate", F::Shipping(Part::StateProvince)),
    ("shippingstateprovince", F::Shipping(Part::StateProvince)),
    ("shippingpostalcode", F::Shipping(Part::PostalCode)),
    ("shippingzip", F::Shipping(Part::PostalCode)),
    ("shippingzippostalcode", F::Shipping(Part::PostalCode)),
    ("shippingcountry", F::Shipping(Part::Country)),
    ("shippingcountrycode", F::Shipping(Part::Country)),
    ("contactname", F::ContactName),
    ("contact", F::ContactName),
    ("contactperson", F::ContactName),
    ("primarycontact", F::ContactName),
    ("ansprechpartner", F::ContactName),
    ("firstname", F::ContactFirstName),
    ("contactfirstname", F::ContactFirstName),
    ("lastname", F::ContactLastName),
    ("contactlastname", F::ContactLastName),
    ("contacttitle", F::ContactTitle),
    ("jobtitle", F::ContactTitle),
    ("contactrole", F::ContactRole),
    ("contactemail", F::ContactEmail),
    ("contactphone", F::ContactPhone),
    ("mobile", F::ContactMobile),
    ("mobilephone", F::ContactMobile),
    ("mobilephonenumber", F::ContactMobile),
];

/// What the rows are: contacts when people have names and an account to belong to, but the account has no name
/// of its own beside a type, an address or a limit.
pub(super) fn kind(header: &[String]) -> Kind {
    let names: Vec<String> = header.iter().map(|name| normalise(name)).collect();
    let any = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    let person = any(&["lastname", "firstname"]) && any(&["email", "phone", "phonenumber", "emailaddress"]);
    let belongs = any(&[
        "accountid",
        "associatedcompanyid",
        "associatedcompanyids",
        "associatedcompanyidsprimary",
        "associatedcompany",
        "accountname",
        "companyname",
        "company",
        "customerid",
    ]);
    let account = any(&[
        "creditlimit",
        "customertype",
        "accounttype",
        "paymentterms",
        "terms",
        "billingstreet",
        "billingcity",
        "owningentity",
        "annualrevenue",
    ]);
    if person && belongs && !account { Kind::Contacts } else { Kind::Accounts }
}

/// The system whose own names occur most often; generic when none does.
pub(super) fn system(header: &[String]) -> System {
    let names: Vec<String> = header.iter().map(|name| normalise(name)).collect();
    let known = |name: &String, marks: &[&str]| {
        marks.contains(&name.as_str()) || marks.contains(&without_table(name))
    };
    let hits = |marks: &[&str]| names.iter().filter(|name| known(name, marks)).count();
    let best = MARKS.iter().rev().max_by_key(|(_, marks)| hits(marks));
    best.filter(|(_, marks)| hits(marks) > 0).map_or(System::Generic, |(system, _)| *system)
}

fn find(table: &[(&str, Field)], name: &str) -> Option<Field> {
    table.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
}

/// The name of a field of SAP without the table that it stands in: `KNA1-KUNNR`.
fn without_table(name: &str) -> &str {
    let tables = [
        "kna1",
        "knb1",
        "knb5",
        "knvv",
        "knkk",
        "knvi",
        "knvp",
        "adrc",
        "adr6",
        "but000",
        "but050",
        "dfkkbptaxnum",
        "ukmbpcmssgm",
    ];
    tables.iter().find_map(|table| name.strip_prefix(table)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// The field of a header, and how sure that is in hundredths.
pub(super) fn read(header: &str, system: System, kind: Kind) -> Option<(Field, u8)> {
    let name = normalise(header);
    if kind == Kind::Contacts {
        return find(OF_CONTACTS, &name).map(|field| (field, 95));
    }
    let name = if system == System::Sap { without_table(&name) } else { &name };
    if let Some((_, _, field)) = OF_SYSTEM.iter().find(|(of, known, _)| *of == system && *known == name) {
        return Some((*field, 97));
    }
    if METADATA.iter().any(|(of, known, _)| *of == system && *known == name) {
        return None;
    }
    let of_accounts =
        |field: &Field| !matches!(field, F::AccountExternalId | F::AccountName | F::EmailOptOut);
    if let Some(field) = Field::all().filter(of_accounts).find(|field| normalise(field.name()) == name) {
        return Some((field, 100));
    }
    if let Some(field) = find(GENERIC, name) {
        return Some((field, 95));
    }
    // A name of another system than the file was read as: likely, but asked.
    OF_SYSTEM.iter().find(|(_, known, _)| *known == name).map(|(_, _, field)| (*field, 70))
}

/// The member of the metadata that a header goes to.
pub(super) fn metadata(header: &str, system: System) -> Option<&'static str> {
    let name = normalise(header);
    let name = if system == System::Sap { without_table(&name) } else { &name };
    METADATA.iter().find(|(of, known, _)| *of == system && *known == name).map(|(_, _, member)| *member)
}
