//! People joined to their accounts.

use serde_json::json;

use super::{AccountKey, ContactIndex, contact};
use crate::csv::{Options, Reader, Row};
use crate::map::{Kind, Mapping};
use crate::row::{Drafter, Known, RowError, RowOptions};

const CONTACTS: &str = "Id,AccountId,FirstName,LastName,Email,Phone,Title,HasOptedOutOfEmail\n\
    003A,001A,Ada,Byron,ada@one.example,+44 20 555 0101,Buyer,0\n\
    003B,001A,,Hopper,grace@one.example,,,1\n\
    003C,,No,Account,x@one.example,,,0\n\
    003D,001B,,,not mail,,,0\n";

fn rows(text: &str) -> (Vec<String>, Vec<Row>) {
    let mut reader = Reader::open(text.as_bytes(), &Options::default()).unwrap();
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while reader.read_row(&mut row).unwrap() {
        rows.push(row.clone());
    }
    (reader.header().to_vec(), rows)
}

fn index() -> (ContactIndex, Vec<RowError>) {
    let (header, rows) = rows(CONTACTS);
    let mapping = Mapping::infer(&header, None);
    assert_eq!(mapping.kind, Kind::Contacts);
    let (mut index, mut faults) = (ContactIndex::default(), Vec::new());
    for row in &rows {
        match contact(row, &header, &mapping, &Known::default(), &RowOptions::default()) {
            Ok(draft) => index.add(draft),
            Err(errors) => faults.extend(errors),
        }
    }
    (index, faults)
}

#[test]
fn contacts_are_read_and_refused_by_row() {
    let (index, faults) = index();
    assert_eq!(index.accounts().collect::<Vec<_>>(), [&AccountKey::ExternalId("001A".to_owned())]);
    let codes: Vec<_> = faults.iter().map(|error| (error.row, error.code)).collect();
    assert_eq!(codes, [(4, "account_missing"), (5, "email_invalid")]);
    let bodies = index.of(Some("001A"), None);
    assert_eq!(
        bodies,
        [
            json!({"name": "Ada Byron", "title": "Buyer", "emails": ["ada@one.example"], "phones": ["+44 20 555 0101"]}),
            json!({"name": "Hopper", "emails": ["grace@one.example"], "opted_out": true}),
        ]
    );
}

#[test]
fn an_account_takes_its_contacts_and_their_address() {
    let (index, _) = index();
    let (header, rows) =
        rows("Id,Name,BillingCity,BillingCountry\n001A,One Ltd,Leeds,UK\n001Z,Other,Leeds,UK\n");
    let mapping = Mapping::infer(&header, None);
    let known = Known { entities: [("UK".to_owned(), "GBP".parse().unwrap())].into(), ..Known::default() };
    let options = RowOptions { source_system: "salesforce".to_owned(), ..RowOptions::default() };
    let drafter = Drafter::new(&header, &mapping, &known, &options).with_contacts(&index);
    let draft = drafter.draft(&rows[0]).unwrap();
    assert_eq!(draft.body["email"], "ada@one.example");
    assert_eq!(draft.body["contacts"][0]["is_primary"], true);
    assert_eq!(draft.body["contacts"].as_array().map(Vec::len), Some(2));
    assert_eq!(draft.body["identifiers"], json!([{ "kind": "external:salesforce", "value": "001A" }]));
    assert_eq!(draft.warnings[0].code, "email_of_contact");
    assert_eq!(drafter.draft(&rows[1]).unwrap_err()[0].code, "email_missing");
}

#[test]
fn the_first_company_of_a_hubspot_contact_is_its_account() {
    let header =
        ["Record ID", "First Name", "Last Name", "Email", "Associated Company IDs"].map(str::to_owned);
    let mapping = Mapping::infer(&header, None);
    let row = Row {
        number: 2,
        cells: ["9", "A", "B", "a@x.example", "77; 78"].map(str::to_owned).into(),
        cut: false,
    };
    let draft = contact(&row, &header, &mapping, &Known::default(), &RowOptions::default()).unwrap();
    assert_eq!(draft.account, AccountKey::ExternalId("77".to_owned()));
}
