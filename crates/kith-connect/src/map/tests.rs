//! Which header means what.

use super::value::{self, country, payment_terms};
use super::{AddressPart, Field, Kind, MapFile, Mapping, System, Target};
use crate::csv::Row;

fn header(names: &str) -> Vec<String> {
    names.split('|').map(str::to_owned).collect()
}

/// The mapping as `header -> field` pairs.
fn fields(mapping: &Mapping) -> Vec<(&str, &str)> {
    mapping
        .columns
        .iter()
        .map(|column| match &column.target {
            Target::Field(field) => (column.header.as_str(), field.name()),
            Target::Metadata(member) => (column.header.as_str(), member.as_str()),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[track_caller]
fn reads(names: &str, system: System, kind: Kind, expected: &str) {
    let mapping = Mapping::infer(&header(names), None);
    assert_eq!((mapping.system, mapping.kind), (system, kind));
    let found: Vec<&str> = fields(&mapping).into_iter().map(|(_, field)| field).collect();
    assert_eq!(found.join("|"), expected);
}

#[test]
fn salesforce_data_export_is_recognised() {
    reads(
        "Id|Name|Type|ParentId|BillingStreet|BillingCity|BillingState|BillingPostalCode|BillingCountry|Phone|\
         AccountNumber|Website|Industry|AnnualRevenue|NumberOfEmployees|Description|CurrencyIsoCode|OwnerId|\
         AccountSource|Tax_ID__c",
        System::Salesforce,
        Kind::Accounts,
        "external_id|name|customer_type|parent|billing.line1|billing.city|billing.state_province|billing.postal_code|\
         billing.country|phone|account_number|website|industry|annual_revenue|employees|notes|currency|account_manager|\
         source|tax_id",
    );
}

#[test]
fn salesforce_report_labels_are_recognised() {
    reads(
        "Account ID|Account Name|Account Type|Billing Street|Billing City|Billing State/Province|\
         Billing Zip/Postal Code|Billing Country|Account Phone|Parent Account|Account Owner|Employees|Annual Revenue",
        System::Salesforce,
        Kind::Accounts,
        "external_id|name|customer_type|billing.line1|billing.city|billing.state_province|billing.postal_code|\
         billing.country|phone|parent|account_manager|employees|annual_revenue",
    );
}

#[test]
fn salesforce_contacts_are_told_from_accounts() {
    reads(
        "Id|AccountId|FirstName|LastName|Email|Phone|MobilePhone|Title|HasOptedOutOfEmail|OwnerId",
        System::Salesforce,
        Kind::Contacts,
        "external_id|account.external_id|contact.first_name|contact.last_name|contact.email|contact.phone|\
         contact.mobile|contact.title|contact.email_opt_out",
    );
}

#[test]
fn hubspot_labels_and_internal_names_are_recognised() {
    let labels = "Record ID|Company name|Company Domain Name|Phone Number|Street Address|City|State/Region|\
                  Postal Code|Country/Region|Industry|Number of Employees|Annual Revenue|Company owner|Lifecycle Stage|Type";
    let expected = "external_id|name|domain|phone|billing.line1|billing.city|billing.state_province|\
                    billing.postal_code|billing.country|industry|employees|annual_revenue|account_manager|stage|customer_type";
    reads(labels, System::HubSpot, Kind::Accounts, expected);
    let names = "hs_object_id|name|domain|phone|address|city|state|zip|country|industry|numberofemployees|\
                 annualrevenue|hubspot_owner_id|lifecyclestage|type";
    reads(names, System::HubSpot, Kind::Accounts, expected);
    reads(
        "Record ID|First Name|Last Name|Email|Phone Number|Job Title|Associated Company|Associated Company IDs (Primary)",
        System::HubSpot,
        Kind::Contacts,
        "external_id|contact.first_name|contact.last_name|contact.email|contact.phone|contact.title|account.name|\
         account.external_id",
    );
}

#[test]
fn erpnext_tryton_and_quickbooks_are_recognised() {
    reads(
        "name|customer_name|customer_type|customer_group|email_id|mobile_no|tax_id|payment_terms|default_currency|disabled|is_frozen",
        System::ErpNext,
        Kind::Accounts,
        "external_id|name|customer_type|tags|email|phone|tax_id|payment_terms|currency|inactive|frozen",
    );
    reads(
        "id|code|name|contact_mechanisms/email|addresses/city|subdivision|customer_payment_term|credit_limit_amount|active",
        System::Tryton,
        Kind::Accounts,
        "external_id|account_number|name|email|billing.city|billing.state_province|payment_terms|credit_limit|active",
    );
    reads(
        "NAME|REFNUM|COMPANYNAME|BADDR1|BADDR2|PHONE1|EMAIL|TERMS|LIMIT|RESALENUM|REP|NOTEPAD|HIDDEN|CTYPE",
        System::QuickBooks,
        Kind::Accounts,
        "name|external_id|legal_name|billing.line1|billing.line2|phone|email|payment_terms|credit_limit|tax_id|\
         sales_rep|notes|inactive|customer_type",
    );
}

#[test]
fn sap_is_recognised_with_and_without_its_tables() {
    reads(
        "KUNNR|NAME1|NAME2|KTOKD|STRAS|ORT01|PSTLZ|LAND1|STCEG|KNB1-ZTERM|KNKK-KLIMK|WAERS|LOEVM|AUFSD|BUKRS|ERDAT|ADR6-SMTP_ADDR|KNA1-TELF1",
        System::Sap,
        Kind::Accounts,
        "external_id|name|name_more|customer_type|billing.line1|billing.city|billing.postal_code|billing.country|\
         identifier.vat|payment_terms|credit_limit|currency|inactive|blocked|owning_entity|source_created_at|email|phone",
    );
}

#[test]
fn columns_without_a_telling_header_are_guessed_and_asked() {
    let names = header("A|B|C|D|E|F");
    let mut mapping = Mapping::infer(&names, None);
    let row = |cells: [&str; 6]| Row { number: 2, cells: cells.map(str::to_owned).into(), cut: false };
    mapping.profile(&[
        row(["Acme Inc.", "a@acme.example", "DE136695976", "EUR", "Net 30", "+49 30 5550100"]),
        row(["Bolt GmbH", "b@bolt.example", "FR12345678901", "USD", "2/10 net 30", "(312) 555-0100"]),
        row(["Cole & Sons", "c@cole.example", "NL123456789B01", "EUR", "30 days", "020 5550 101"]),
    ]);
    let found: Vec<&str> = fields(&mapping).into_iter().map(|(_, field)| field).collect();
    assert_eq!(found, ["name", "email", "identifier.vat", "currency", "payment_terms", "phone"]);
    assert_eq!(mapping.unsure().count(), 6);
}

#[test]
fn a_map_file_says_what_words_mean() {
    let names = header("KUNNR|ZTERM|KTOKD");
    let json = r#"{"system":"sap","values":{"payment_terms":{"Z030":"NET30"},"customer_type":{"0001":"enterprise"}}}"#;
    let mapping = MapFile::parse(json).unwrap().apply(&names, None).unwrap();
    assert_eq!(mapping.values[&Field::PaymentTerms]["z030"], "NET30");
    let wrong = MapFile::parse(r#"{"values":{"terms":{"a":"b"}}}"#).unwrap().apply(&names, None).unwrap_err();
    assert_eq!(wrong.faults.len(), 1);
}

#[test]
fn generic_names_do_not_mind_case_spaces_and_underscores() {
    for names in [
        "Customer ID|COMPANY NAME|e_mail|Credit  Limit|Payment Terms",
        "customer_id|company-name|E-Mail|CREDIT_LIMIT|paymentTerms",
    ] {
        reads(names, System::Generic, Kind::Accounts, "external_id|name|email|credit_limit|payment_terms");
    }
}

#[test]
fn of_two_columns_for_one_field_the_surer_one_is_taken() {
    let mapping = Mapping::infer(&header("Company|Account Name|name|Fax"), None);
    assert_eq!(fields(&mapping), [("name", "name")]);
    let unmapped: Vec<&str> = mapping.unmapped.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(unmapped, ["Company", "Account Name", "Fax"]);
}

#[test]
fn every_field_is_known_by_its_own_name() {
    for field in Field::all() {
        assert_eq!(Field::parse(field.name()), Some(field));
        assert!(!field.name().is_empty());
    }
}

#[test]
fn values_say_what_headers_do_not_but_a_person_is_asked() {
    let mut mapping = Mapping::infer(&header("Firm|Korrespondenz|Netz"), None);
    let row = |mail: &str| Row {
        number: 2,
        cells: vec!["X".into(), mail.into(), "https://x.example".into()],
        cut: false,
    };
    mapping.profile(&[row("a@x.example"), row("b@x.example"), row("c@y.example")]);
    let unsure: Vec<&str> = mapping.unsure().map(|column| column.header.as_str()).collect();
    assert_eq!(unsure, ["Korrespondenz", "Netz"]);
    assert_eq!(mapping.column(Field::Email).map(|column| column.place), Some(1));
    assert_eq!(mapping.unmapped, [(0, "Firm".to_owned())]);
}

#[test]
fn a_map_file_decides() {
    let file = r#"{"system":"erp","columns":{"KUNNR":"external_id","Wer":"name","Name":"ignore","Fax":"metadata.fax"},
        "constants":{"owning_entity":"EU"},"templates":{"email":"{KUNNR}@mail.example"}}"#;
    let names = header("KUNNR|Name|Wer|Fax|City");
    let mapping = MapFile::parse(file).unwrap().apply(&names, None).unwrap();
    assert_eq!(mapping.column(Field::Name).map(|column| column.place), Some(2));
    assert_eq!(mapping.columns[1].target, Target::Ignore);
    assert_eq!(mapping.columns[3].target, Target::Metadata("fax".to_owned()));
    assert_eq!(mapping.column(Field::Billing(AddressPart::City)).map(|column| column.place), Some(4));
    assert!(mapping.gives(Field::OwningEntity) && mapping.gives(Field::Email));
    let cells: Vec<String> = vec!["77".into()];
    assert_eq!(mapping.templates[&Field::Email].fill(&cells).as_deref(), Some("77@mail.example"));
}

#[test]
fn a_map_file_that_does_not_fit_names_every_fault() {
    let file = r#"{"columns":{"Nope":"name","A":"no_such_field"},"constants":{"x":"1"},"templates":{"email":"{B}@x"}}"#;
    let fault = MapFile::parse(file).unwrap().apply(&header("A"), None).unwrap_err();
    assert_eq!(fault.faults.len(), 4, "{fault}");
    assert!(MapFile::parse(r#"{"column":{}}"#).is_err());
}

#[test]
fn payment_terms_are_read_in_many_spellings() {
    for (text, code) in [
        ("Net 30", Some("NET30")),
        ("NET30", Some("NET30")),
        ("NT30", Some("NET30")),
        ("n/30", Some("NET30")),
        ("30 days", Some("NET30")),
        ("30 Days Net", Some("NET30")),
        ("30", Some("NET30")),
        ("2/10 net 30", Some("2/10NET30")),
        ("2/10, n/30", Some("2/10NET30")),
        ("Net 30 EOM", Some("NET30EOM")),
        ("Due on receipt", Some("DUE")),
        ("COD", Some("COD")),
        ("Prepayment", Some("PREPAID")),
        ("whenever", None),
        ("", None),
        ("Net", None),
    ] {
        assert_eq!(payment_terms(text).as_deref(), code, "{text}");
    }
}

#[test]
fn countries_are_read_by_code_and_name() {
    for (text, code) in [
        ("DE", Some("DE")),
        ("de", Some("DE")),
        ("Germany", Some("DE")),
        ("Deutschland", Some("DE")),
        ("USA", Some("US")),
        ("United States", Some("US")),
        ("U.S.", Some("US")),
        ("UK", Some("GB")),
        ("Viet Nam", Some("VN")),
        ("Côte d'Ivoire", Some("CI")),
        ("Congo, DRC", Some("CD")),
        ("XX", None),
        ("Atlantis", None),
    ] {
        assert_eq!(country(text), code, "{text}");
    }
}

#[test]
fn types_and_stages_of_other_systems_are_read() {
    let kind = |text| value::customer_type(text).and_then(|reading| reading.customer_type);
    assert_eq!(kind("Customer - Direct"), Some("enterprise"));
    assert_eq!(kind("Customer - Channel"), Some("distributor"));
    assert_eq!(
        value::customer_type("Channel Partner / Reseller").and_then(|reading| reading.role),
        Some("partner")
    );
    assert_eq!(value::customer_type("Prospect").and_then(|reading| reading.stage), Some("prospect"));
    assert_eq!(value::customer_type("Starship"), None);
    for lead in ["subscriber", "Lead", "Marketing Qualified Lead", "salesqualifiedlead", "opportunity"] {
        assert_eq!(value::stage(lead), Some("prospect"));
    }
    assert_eq!((value::stage("customer"), value::stage("Evangelist")), (Some("active"), Some("active")));
}

#[test]
fn names_of_members_are_read_and_written() {
    for name in [
        "metadata.a.b",
        "custom.rank",
        "dimension.region",
        "dimension.region.EU",
        "override.EU.credit_limit",
        "ignore",
        "name",
    ] {
        assert_eq!(Target::parse(name).map(|target| target.name()).as_deref(), Some(name));
    }
    for wrong in ["custom.", "override.EU", "override.EU.", "dimension.region.", "colour", "override..x"] {
        assert_eq!(Target::parse(wrong), None, "{wrong}");
    }
}
