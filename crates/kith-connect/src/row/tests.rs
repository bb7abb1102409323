//! Rows that become drafts, and rows that do not.

use jiff::civil::date as day;
use proptest::prelude::*;
use serde_json::json;

use super::number::Style;
use super::{AccountDraft, Drafter, Known, RowError, RowOptions, check, date, decimal};
use crate::csv::Row;
use crate::map::Mapping;

fn known() -> Known {
    let entity = |code: &str, currency: &str| (code.to_owned(), currency.parse().unwrap());
    Known {
        entities: [entity("US", "USD"), entity("EU", "EUR")].into(),
        payment_terms: ["NET30", "NET45", "NET120", "DUE"].map(str::to_owned).into(),
        users: [("priya@meridian.example".to_owned(), "usr_1".to_owned())].into(),
    }
}

fn options() -> RowOptions {
    RowOptions {
        source_system: "erp".to_owned(),
        default_entity: Some("US".to_owned()),
        ..RowOptions::default()
    }
}

/// One row as `header: cell` pairs, drafted with a name and an e-mail address unless given.
fn draft(cells: &[(&str, &str)]) -> Result<AccountDraft, Vec<RowError>> {
    draft_with(cells, &options())
}

fn draft_with(cells: &[(&str, &str)], options: &RowOptions) -> Result<AccountDraft, Vec<RowError>> {
    let mut pairs = cells.to_vec();
    for (name, cell) in [("name", "Acme"), ("email", "a@acme.example")] {
        if !cells.iter().any(|(given, _)| *given == name) {
            pairs.push((name, cell));
        }
    }
    let header: Vec<String> = pairs.iter().map(|(name, _)| (*name).to_owned()).collect();
    let row =
        Row { number: 7, cells: pairs.iter().map(|(_, cell)| (*cell).to_owned()).collect(), cut: false };
    let mapping = Mapping::infer(&header, None);
    Drafter::new(&header, &mapping, &known(), options).draft(&row)
}

#[track_caller]
fn refused(cells: &[(&str, &str)], code: &str, suggestion: Option<&str>) {
    let errors = draft(cells).unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| (error.code, error.suggestion.as_deref())).collect();
    assert_eq!(found, [(code, suggestion)], "{errors:?}");
    assert_eq!(errors[0].row, 7);
}

#[test]
fn a_full_row_becomes_the_body_of_a_create() {
    let draft = draft(&[
        ("customer_id", "C-1"),
        ("name", "  Brandt Söhne GmbH "),
        ("legal_name", "Brandt Söhne Maschinenbau GmbH"),
        ("email", "info@brandt.example"),
        ("phone", "+49 203 555 0100"),
        ("website", "www.brandt.example"),
        ("owning_entity", "eu"),
        ("customer_type", "Customer - Direct"),
        ("tier", "Gold"),
        ("stage", "customer"),
        ("currency", "EUR"),
        ("credit_limit", "80,000.50"),
        ("payment_terms", "Net 45"),
        ("vat_id", "DE 136 695 976"),
        ("duns", "12-345-6789"),
        ("industry", "Machinery"),
        ("employees", "1,200"),
        ("annual_revenue", "€ 12,000,000"),
        ("account_manager", "Priya@meridian.example"),
        ("billing_street", "Werkstraße 4\nHof 2"),
        ("billing_city", "Duisburg"),
        ("billing_postal_code", "47051"),
        ("billing_country", "Deutschland"),
        ("contact_name", "Heike Vogt"),
        ("contact_email", "heike@brandt.example"),
        ("notes", "Prefers mornings"),
        ("tags", "pumps; export"),
    ])
    .unwrap();
    let expected = json!({
        "name": "Brandt Söhne GmbH",
        "legal_name": "Brandt Söhne Maschinenbau GmbH",
        "email": "info@brandt.example",
        "phone": "+49 203 555 0100",
        "website": "https://www.brandt.example",
        "owning_entity": "EU",
        "customer_type": "enterprise",
        "tier": "premium",
        "stage": "active",
        "currency": "EUR",
        "credit_limit": { "amount": "80000.50", "currency": "EUR" },
        "payment_terms": "NET45",
        "tax_id": { "kind": "vat", "value": "DE136695976", "country": "DE" },
        "identifiers": [
            { "kind": "external:erp", "value": "C-1" },
            { "kind": "duns", "value": "123456789" },
        ],
        "industry": "Machinery",
        "employees": 1200,
        "annual_revenue": { "amount": "12000000.00", "currency": "EUR" },
        "account_manager": "usr_1",
        "addresses": [{
            "kinds": ["billing"],
            "lines": ["Werkstraße 4", "Hof 2"],
            "city": "Duisburg",
            "postal_code": "47051",
            "country": "DE",
            "is_default": true,
        }],
        "contacts": [{ "name": "Heike Vogt", "emails": ["heike@brandt.example"], "is_primary": true }],
        "notes": "Prefers mornings",
        "tags": ["pumps", "export"],
    });
    assert_eq!(draft.body, expected);
    assert_eq!((draft.row, draft.external_id.as_deref()), (7, Some("C-1")));
    assert_eq!(draft.warnings, []);
}

#[test]
fn each_fault_is_named_with_what_was_probably_meant() {
    refused(&[("name", " \u{a0}")], "name_missing", None);
    refused(&[("name", &"x".repeat(256))], "name_too_long", None);
    refused(&[("name", "Two\nlines")], "name_invalid", None);
    refused(&[("email", "")], "email_missing", None);
    refused(&[("email", "mailto: info@acme.example ;")], "email_invalid", Some("info@acme.example"));
    refused(&[("email", "no at sign")], "email_invalid", None);
    refused(&[("phone", "call us")], "phone_invalid", None);
    refused(&[("website", "not a site")], "website_invalid", None);
    refused(&[("owning_entity", "UX")], "owning_entity_unknown", None);
    refused(&[("currency", "EURO")], "currency_unknown", None);
    refused(&[("currency", "€")], "currency_unknown", Some("EUR"));
    refused(&[("credit_limit", "-5")], "credit_limit_negative", None);
    refused(&[("credit_limit", "(5)")], "credit_limit_negative", None);
    refused(&[("credit_limit", "12.345")], "amount_invalid", None);
    refused(&[("credit_limit", "100K")], "amount_invalid", None);
    refused(&[("credit_limit", "lots")], "amount_invalid", None);
    refused(&[("credit_limit", "99999999999999999999")], "amount_invalid", None);
    refused(&[("customer_type", "wholesail")], "customer_type_unknown", Some("wholesale"));
    refused(&[("tier", "premum")], "tier_unknown", Some("premium"));
    refused(&[("stage", "activ")], "stage_unknown", Some("active"));
    refused(&[("payment_terms", "Net 31")], "payment_terms_unknown", Some("NET30"));
    refused(&[("account_manager", "priya@meridian.exampel")], "user_unknown", Some("priya@meridian.example"));
    refused(&[("city", "Oslo")], "country_missing", None);
    refused(&[("city", "Oslo"), ("country", "Norwey")], "country_unknown", Some("norway"));
    refused(&[("employees", "some")], "number_invalid", None);
    refused(&[("inactive", "perhaps")], "yes_no_invalid", None);
    refused(&[("duns", "123")], "identifier_invalid", None);
    refused(&[("tax_id", "??")], "tax_id_invalid", None);
}

#[test]
fn all_faults_of_a_row_come_at_once() {
    let errors = draft(&[("name", ""), ("email", "x"), ("credit_limit", "y"), ("tier", "z")]).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, ["name_missing", "email_invalid", "amount_invalid", "tier_unknown"]);
    assert_eq!(errors[1].column, "email");
    assert_eq!(errors[1].value, "x");
}

#[test]
fn a_row_with_too_many_cells_is_refused() {
    let header = vec!["name".to_owned(), "email".to_owned()];
    let mapping = Mapping::infer(&header, None);
    let (known, options) = (known(), options());
    let drafter = Drafter::new(&header, &mapping, &known, &options);
    let row = |cells: &[&str]| Row {
        number: 2,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        cut: false,
    };
    assert_eq!(drafter.draft(&row(&["Acme", "a@x.example", "rest"])).unwrap_err()[0].code, "too_many_cells");
    assert!(drafter.draft(&row(&["Acme", "a@x.example", ""])).is_ok());
    assert_eq!(drafter.draft(&row(&["Acme"])).unwrap_err()[0].code, "email_missing");
}

#[test]
fn remarks_stop_nothing() {
    let remark = |cells: &[(&str, &str)]| {
        let draft = draft(cells).unwrap();
        draft
            .warnings
            .into_iter()
            .map(|warning| warning.code)
            .filter(|code| *code != "billing_address_missing")
            .collect::<Vec<_>>()
    };
    assert_eq!(remark(&[("credit_limit", "1000000.01")]), Vec::<&str>::new());
    assert_eq!(remark(&[("credit_limit", "1000001")]), ["credit_limit_high"]);
    assert_eq!(
        remark(&[("email", "boss@gmail.com"), ("customer_type", "enterprise")]),
        ["free_mail_enterprise"]
    );
    assert_eq!(remark(&[("payment_terms", "Net 120")]), ["terms_long"]);
    assert_eq!(
        remark(&[("phone", "+33 1 23 45 67 89"), ("city", "Ulm"), ("country", "DE")]),
        ["phone_country_mismatch"]
    );
    assert_eq!(remark(&[("name", "=1+1")]), ["formula_as_text"]);
    assert_eq!(remark(&[("frozen", "1")]), ["hold_not_imported"]);
    assert_eq!(remark(&[("owner", "0055e000001abcd")]), ["user_not_taken_over"]);
    assert_eq!(draft(&[]).unwrap().warnings[0].code, "billing_address_missing");
    assert_eq!(draft(&[("name", "=HYPERLINK(1)")]).unwrap().body["name"], "=HYPERLINK(1)");
}

#[test]
fn one_place_for_both_purposes_is_one_address() {
    let cells = [
        ("billing_city", "Ulm"),
        ("billing_country", "DE"),
        ("shipping_city", "Ulm"),
        ("shipping_country", "Germany"),
    ];
    let draft = draft(&cells).unwrap();
    assert_eq!(draft.body["addresses"].as_array().map(Vec::len), Some(1));
    assert_eq!(draft.body["addresses"][0]["kinds"], json!(["billing", "shipping"]));
}

#[test]
fn amounts_with_a_decimal_comma_are_read_when_the_file_says_so() {
    let comma = RowOptions { numbers: Style::Comma, ..options() };
    let draft = draft_with(&[("credit_limit", "1.250,50")], &comma).unwrap();
    assert_eq!(draft.body["credit_limit"]["amount"], "1250.50");
    assert_eq!(Style::find(["1.250,50", "900"]), Style::Comma);
    assert_eq!(Style::find(["12,5", "7,25"]), Style::Comma);
    assert_eq!(Style::find(["1,250.50"]), Style::Point);
    assert_eq!(Style::find(["1,250", "900"]), Style::Point);
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (cell, style, number, letters) in [
        ("1250", Style::Point, "1250", ""),
        ("1,250.50", Style::Point, "1250.50", ""),
        ("1.250,50", Style::Point, "1250.50", ""),
        ("1.250,50 EUR", Style::Comma, "1250.50", "EUR"),
        ("$ 1 250", Style::Point, "1250", "$"),
        ("(300)", Style::Point, "-300", ""),
        ("-.5", Style::Point, "-0.5", ""),
        ("1'000.00", Style::Point, "1000.00", ""),
    ] {
        assert_eq!(decimal(cell, style), Some((number.to_owned(), letters.to_owned())), "{cell}");
    }
    for cell in ["", "-", "1.2.3.4,5,6", "12%", "1-2", "$"] {
        assert_eq!(decimal(cell, Style::Point), None, "{cell}");
    }
}

#[test]
fn dates_are_read_as_systems_write_them() {
    let march = Some(day(2026, 3, 31));
    for text in [
        "2026-03-31",
        "2026-03-31T10:00:00Z",
        "2026-03-31 00:00:00.000",
        "20260331",
        "31-Mar-26",
        "31.03.2026",
        "3/31/2026",
        "31/3/2026",
        "2026/3/31",
    ] {
        assert_eq!(date(text, false), march, "{text}");
    }
    assert_eq!(date("03/04/2026", false), Some(day(2026, 3, 4)));
    assert_eq!(date("03/04/2026", true), Some(day(2026, 4, 3)));
    for text in ["", "soon", "2026-13-01", "31.02.2026", "1/2"] {
        assert_eq!(date(text, false), None, "{text}");
    }
}

#[test]
fn addresses_of_mail_and_numbers_to_dial_are_checked() {
    for good in ["a@b.example", "first.last+tag@sub.b.example", "o'neil@b.example", "müller@büro.example"] {
        assert!(check::email(good), "{good}");
    }
    for bad in [
        "",
        "a",
        "a@b",
        "@b.example",
        "a@.example",
        "a b@c.example",
        "a..b@c.example",
        "a@b@c.example ",
        "a@-b.example",
    ] {
        assert!(!check::email(bad), "{bad}");
    }
    for good in ["+49 203 555-0100", "(212) 555-0100 x12", "030-0074321", "0621-08460", "415.555.0100 ext. 9"]
    {
        assert!(check::phone(good), "{good}");
    }
    for bad in ["", "12", "call", "555-HELP", "+1"] {
        assert!(!check::phone(bad), "{bad}");
    }
}

#[test]
fn unmapped_columns_are_kept_when_asked() {
    let keep = RowOptions { keep_unmapped: true, ..options() };
    let draft = draft_with(&[("Favourite colour", "blue"), ("Empty", "")], &keep).unwrap();
    assert_eq!(draft.body["metadata"], json!({ "Favourite colour": "blue" }));
}

proptest! {
    #[test]
    fn no_row_makes_the_drafter_panic(cells in prop::collection::vec("\\PC{0,20}", 12)) {
        let names = ["name", "email", "credit_limit", "phone", "website", "country", "city", "payment_terms", "tax_id", "employees", "tier", "vat"];
        let pairs: Vec<(&str, &str)> = names.into_iter().zip(cells.iter().map(String::as_str)).collect();
        match draft(&pairs) {
            Ok(draft) => prop_assert!(draft.body["name"].is_string() && draft.body["owning_entity"] == "US"),
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
    }

    #[test]
    fn amounts_survive_being_written_with_groups(minor in 0_i64..1_000_000_000_000) {
        let (whole, cents) = (minor / 100, minor % 100);
        let mut groups = Vec::new();
        let mut rest = whole;
        while rest >= 1000 {
            groups.insert(0, format!("{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.insert(0, rest.to_string());
        let plain = format!("{whole}.{cents:02}");
        let point = format!("{}.{cents:02}", groups.join(","));
        let comma = format!("{},{cents:02}", groups.join("."));
        prop_assert_eq!(decimal(&point, Style::Point).map(|found| found.0), Some(plain.clone()));
        prop_assert_eq!(decimal(&comma, Style::Comma).map(|found| found.0), Some(plain));
    }
}

#[test]
fn a_row_of_sap_becomes_an_account() {
    let cells = [
        ("KUNNR", "0000012345"),
        ("NAME1", "Acme"),
        ("NAME2", "Holding GmbH"),
        ("STRAS", "Hauptstr."),
        ("HOUSE_NUM1", "7a"),
        ("ORT01", "Berlin"),
        ("LAND1", "DE"),
        ("AUFSD", "01"),
        ("ERDAT", "20240131"),
        ("SMTP_ADDR", "ap@acme.example"),
    ];
    let header = cells.map(|(name, _)| name.to_owned());
    let row = Row { number: 2, cells: cells.map(|(_, cell)| cell.to_owned()).into(), cut: false };
    let mapping = Mapping::infer(&header, None);
    let draft = Drafter::new(&header, &mapping, &known(), &options()).draft(&row).unwrap();
    assert_eq!(draft.body["name"], "Acme Holding GmbH");
    assert_eq!(draft.body["addresses"][0]["lines"], json!(["Hauptstr. 7a"]));
    assert_eq!(draft.body["metadata"]["source_created_at"], "20240131");
    assert!(
        draft.warnings.iter().any(|warning| warning.code == "hold_not_imported" && warning.column == "AUFSD")
    );
}

#[test]
fn a_cell_that_could_not_be_computed_is_a_fault() {
    refused(&[("industry", "#REF!")], "cell_error", None);
}

#[test]
fn empty_cells_are_told_where_they_clear() {
    let cells = [("phone", ""), ("industry", "steel"), ("vat", ""), ("notes", " ")];
    assert_eq!(draft(&cells).unwrap().empty, Vec::<&str>::new());
    let clearing = RowOptions { empty_clears: true, ..options() };
    assert_eq!(draft_with(&cells, &clearing).unwrap().empty, ["phone", "notes"]);
}

#[test]
fn a_row_that_was_cut_off_is_a_fault() {
    let header = ["name".to_owned(), "email".to_owned()];
    let row = Row { number: 9, cells: vec!["Acme".to_owned()], cut: true };
    let mapping = Mapping::infer(&header, None);
    let errors = Drafter::new(&header, &mapping, &known(), &options()).draft(&row).unwrap_err();
    assert_eq!((errors.len(), errors[0].code, errors[0].row), (1, "row_too_long", 9));
}

#[test]
fn an_envelope_is_read_from_below() {
    let lines = |text: &str| text.split('|').map(str::to_owned).collect();
    let acme = super::envelope::read(lines("Acme|1 Main St|Chicago, IL 60601"), "ACME");
    assert_eq!((acme.lines, acme.city.as_deref()), (vec!["1 Main St".to_owned()], Some("Chicago")));
    assert_eq!((acme.state.as_deref(), acme.country.as_deref()), (Some("IL"), Some("US")));
    let bolt = super::envelope::read(lines("2 Side St|London N1|United Kingdom"), "Bolt");
    assert_eq!((bolt.lines.len(), bolt.country.as_deref(), bolt.city), (2, Some("GB"), None));
}

#[test]
fn both_forms_lead_to_each_other() {
    assert_eq!(super::salesforce::other_form("001A0000006Vm9r").as_deref(), Some("001A0000006Vm9rIAC"));
    assert_eq!(super::salesforce::other_form("001A0000006Vm9rIAC").as_deref(), Some("001A0000006Vm9r"));
    assert_eq!(super::salesforce::other_form("001A0000006Vm9rIAA"), None, "the check is wrong");
    assert_eq!(super::salesforce::other_form("A1"), None);
}

#[test]
fn custom_fields_dimensions_and_values_of_entities_have_columns() {
    let draft = draft(&[
        ("credit_limit", "100,000.00"),
        ("override.eu.credit_limit", "80,000.00"),
        ("override.EU.payment_terms", "NET45"),
        ("override.US.phone", "(blank)"),
        ("dimension.region", "west"),
        ("dimension.region.EU", "north"),
        ("custom.segment", "A"),
        ("custom.rank", ""),
        ("metadata.legacy", "yes"),
    ])
    .unwrap();
    assert_eq!(
        draft.body["overrides"],
        json!({
            "EU": {
                "credit_limit": {"mode": "value", "value": {"amount": "80000.00", "currency": "EUR"}},
                "payment_terms": {"mode": "value", "value": "NET45"},
            },
            "US": {"phone": {"mode": "blank"}},
        })
    );
    let west = json!({"type": "region", "value": "west"});
    let north = json!({"type": "region", "value": "north", "entity": "EU"});
    assert_eq!(draft.body["dimensions"], json!([west, north]));
    assert_eq!(
        (&draft.body["custom"], &draft.body["metadata"]),
        (&json!({"segment": "A"}), &json!({"legacy": "yes"}))
    );
    let errors = self::draft(&[("override.EU.credit_limit", "lots")]).unwrap_err();
    let [error] = &errors[..] else { panic!("{errors:?}") };
    assert_eq!((error.column.as_str(), error.code), ("override.EU.credit_limit", "amount_invalid"));
}
