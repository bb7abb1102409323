//! Every format is told by its content, and what is cut off is refused with its place.

mod published;

use std::io::Cursor;

use super::{Broken, Format, List};
use crate::entry::{Entry, Years};
use crate::kind::Kind;

fn read(text: &str) -> (Format, Vec<Entry>) {
    let mut list = List::default();
    let format = list.add(&mut Cursor::new(text.as_bytes())).unwrap();
    (format, list.finish().unwrap())
}

fn refused(text: &[u8]) -> Broken {
    List::default().add(&mut Cursor::new(text)).unwrap_err()
}

fn names(entry: &Entry) -> Vec<&str> {
    entry.names.iter().map(|alias| alias.text.as_str()).collect()
}

const SDN: &str = "\
36,\"AEROCARIBBEAN AIRLINES\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
2674,\"ABBAS, Abu\",\"individual\",\"SDT] [SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 10 Dec 1948; nationality Iraq; \
Passport A0030940 (Iran); a.k.a. 'ZAYDAN'.\"\n\u{1a}";

#[test]
fn the_three_files_of_ofac_are_one_list_in_any_order() {
    let mut list = List::default();
    let files = ["2674,9,\"aka\",\"ZAYDAN, Muhammad\",-0- \n", "36,25,-0- ,\"Havana\",\"Cuba\",-0- \n", SDN];
    let formats: Vec<Format> = files.map(|file| list.add(&mut Cursor::new(file.as_bytes())).unwrap()).into();
    assert_eq!(formats, [Format::OfacAliases, Format::OfacAddresses, Format::OfacEntries]);
    let entries = list.finish().unwrap();
    assert_eq!(
        (entries[0].kind, entries[0].countries.as_slice()),
        (Kind::Organization, &["CU".to_owned()][..])
    );
    let person = &entries[1];
    assert_eq!(names(person), ["ABBAS, Abu", "ZAYDAN", "ZAYDAN, Muhammad"]);
    assert!(person.names[1].weak && !person.names[2].weak, "a name of the remarks is weak");
    assert_eq!(person.kind, Kind::Person);
    assert_eq!(person.births, [Years { from: 1948, to: 1948 }]);
    assert_eq!(person.countries, ["IQ"]);
    assert_eq!(person.identifiers, ["A0030940"]);
    assert_eq!(person.programmes, ["SDT", "SDGT"]);
}

#[test]
fn aliases_without_their_entries_are_no_list() {
    let mut list = List::default();
    list.add(&mut Cursor::new(&b"2674,9,\"aka\",\"ZAYDAN, Muhammad\",-0- \n"[..])).unwrap();
    assert!(list.finish().unwrap_err().contains("sdn.csv"));
}

#[test]
fn windows_1252_is_read_as_such() {
    let text = b"7,\"MU\xd1OZ \x96 HIJOS\",-0- ,\"SDNT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
    let mut list = List::default();
    list.add(&mut Cursor::new(&text[..])).unwrap();
    assert_eq!(list.finish().unwrap()[0].caption(), "MUÑOZ – HIJOS");
}

const OFAC_XML: &str = r#"<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><sdnEntry>
<uid>306</uid><firstName>Abu</firstName><lastName>ABBAS &amp; SONS</lastName><sdnType>Individual</sdnType>
<programList><program>SDGT</program></programList>
<idList><id><idType>Passport</idType><idNumber>A-0030940</idNumber></id></idList>
<akaList><aka><category>weak</category><lastName>Zaydan</lastName></aka></akaList>
<addressList><address><country>Iraq</country></address></addressList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>10 Dec 1948</dateOfBirth></dateOfBirthItem></dateOfBirthList>
</sdnEntry></sdnList>"#;

#[test]
fn ofac_xml_is_read() {
    let (format, entries) = read(OFAC_XML);
    assert_eq!(format, Format::OfacXml);
    assert_eq!((entries[0].id.as_str(), entries[0].kind), ("306", Kind::Person));
    assert_eq!(names(&entries[0]), ["Abu ABBAS & SONS", "Zaydan"]);
    assert_eq!(entries[0].identifiers, ["A0030940"]);
    assert_eq!(entries[0].countries, ["IQ"]);
}

const ADVANCED: &str = r#"<Sanctions><ReferenceValueSets><CountryValues><Country ID="11" ISO2="IQ">Iraq</Country></CountryValues>
<FeatureTypeValues><FeatureType ID="25">Location</FeatureType><FeatureType ID="8">Birthdate</FeatureType></FeatureTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues></ReferenceValueSets>
<Locations><Location ID="5"><LocationCountry CountryID="11"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="77"><IDRegistrationNo>A0030940</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="2674"><Profile ID="2674" PartySubTypeID="4"><Identity ID="77">
<Alias Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>Zaydan</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue>ABBAS</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Abu</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
</Identity><Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1948</Year></From></Start></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="25"><FeatureVersion><VersionLocation LocationID="5"/></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="2674"><SanctionsMeasure><Comment>SDGT</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>"#;

#[test]
fn ofac_advanced_xml_is_read_with_what_it_writes_apart() {
    let (format, entries) = read(ADVANCED);
    assert_eq!(format, Format::OfacAdvanced);
    let entry = &entries[0];
    assert_eq!((entry.id.as_str(), entry.kind), ("2674", Kind::Person));
    assert_eq!(names(entry), ["ABBAS Abu", "Zaydan"]);
    assert!(entry.names[1].weak);
    assert_eq!((entry.countries[0].as_str(), entry.births[0].from), ("IQ", 1948));
    assert_eq!((entry.identifiers[0].as_str(), entry.programmes[0].as_str()), ("A0030940", "SDGT"));
}

const UN: &str = r#"<CONSOLIDATED_LIST dateGenerated="2026-11-01"><INDIVIDUALS><INDIVIDUAL><DATAID>6908555</DATAID>
<FIRST_NAME>ERIC</FIRST_NAME><SECOND_NAME>BADEGE</SECOND_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>
<REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Democratic Republic of the Congo</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Badège</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1971</FROM_YEAR><TO_YEAR>1973</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>ADF</FIRST_NAME><REFERENCE_NUMBER>CDe.001</REFERENCE_NUMBER>
<ENTITY_ADDRESS><COUNTRY>Uganda</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"#;

#[test]
fn the_list_of_the_united_nations_is_read() {
    let (format, entries) = read(UN);
    assert_eq!(format, Format::UnXml);
    assert_eq!(names(&entries[0]), ["ERIC BADEGE", "Badège"]);
    assert_eq!((entries[0].id.as_str(), entries[0].kind), ("CDi.001", Kind::Person));
    assert_eq!((entries[0].births[0].from, entries[0].births[0].to), (1971, 1973));
    assert_eq!(entries[0].countries, ["CD"]);
    assert_eq!((entries[1].kind, entries[1].countries[0].as_str()), (Kind::Organization, "UG"));
}

const EU: &str = r#"<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-01"><sanctionEntity
euReferenceNumber="EU.27.28" logicalId="13"><regulation programme="IRQ"/><subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Saddam" lastName="Hussein" wholeName="Saddam Hussein Al-Tikriti" strong="true"/>
<nameAlias wholeName="Abu Ali" strong="false"/><citizenship countryIso2Code="IQ"/>
<birthdate circa="false" birthdate="1937-04-28" year="1937"/><identification number="S 123456"/></sanctionEntity></export>"#;

#[test]
fn the_list_of_the_european_union_is_read() {
    let (format, entries) = read(EU);
    assert_eq!(format, Format::EuXml);
    assert_eq!(names(&entries[0]), ["Saddam Hussein Al-Tikriti", "Abu Ali"]);
    assert!(entries[0].names[1].weak);
    assert_eq!((entries[0].id.as_str(), entries[0].kind), ("EU.27.28", Kind::Person));
    assert_eq!((entries[0].births[0].from, entries[0].identifiers[0].as_str()), (1937, "S123456"));
}

#[test]
fn the_list_of_the_united_kingdom_is_one_entry_for_the_rows_of_a_group() {
    let (format, entries) = read(
        "Last Updated,01/11/2026\nName 6,Name 1,Name 2,DOB,Nationality,Group Type,Alias Quality,Regime,Group ID\n\
         ABBAS,Abu,,00/00/1948,(1) Iraq (2) Iran,Individual,,Iraq,7000\nZAYDAN,Muhammad,,,,Individual,Low quality,Iraq,7000\n",
    );
    assert_eq!((format, entries.len()), (Format::UkCsv, 1));
    assert_eq!(names(&entries[0]), ["Abu ABBAS", "Muhammad ZAYDAN"]);
    assert_eq!(entries[0].countries, ["IQ", "IR"]);
    assert_eq!((entries[0].births[0].from, entries[0].kind), (1948, Kind::Person));
}

#[test]
fn follow_the_money_is_read_and_what_is_no_party_left_out() {
    let (format, entries) = read(
        "{\"id\":\"Q1\",\"schema\":\"Person\",\"caption\":\"Ann\",\"properties\":{\"name\":[\"Ann\"],\"weakAlias\":[\"A.\"],\
         \"birthDate\":[\"1960-02-01\"],\"nationality\":[\"ru\"],\"topics\":[\"role.pep\"]}}\n\
         {\"id\":\"s1\",\"schema\":\"Sanction\",\"properties\":{\"entity\":[\"Q1\"]}}\n",
    );
    assert_eq!((format, entries.len()), (Format::FollowTheMoney, 1));
    assert_eq!((entries[0].countries[0].as_str(), entries[0].births[0].from), ("RU", 1960));
    assert_eq!(entries[0].programmes, ["role.pep"]);
}

#[test]
fn simple_targets_and_own_lists_are_read_by_their_header() {
    let (format, entries) = read(
        "\u{feff}\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"identifiers\"\n\
         \"NK-1\",\"Company\",\"Acme\",\"Acme Trading;Akme\",\"\",\"ru;ir\",\"INN 7704218694\"\n",
    );
    assert_eq!(format, Format::PlainCsv);
    assert_eq!(names(&entries[0]), ["Acme", "Acme Trading", "Akme"]);
    assert_eq!(entries[0].countries, ["RU", "IR"]);
}

#[test]
fn what_is_cut_off_is_refused_with_its_place() {
    let cut = refused(SDN.as_bytes().get(..200).unwrap());
    assert_eq!(cut.line, 2, "{cut}");
    for xml in [OFAC_XML, ADVANCED, UN, EU] {
        let cut = refused(xml.as_bytes().get(..xml.len() - 12).unwrap());
        assert!(cut.byte > 0 && !cut.reason.is_empty(), "{cut}");
    }
    let json = refused(b"{\"id\":\"Q1\",\"schema\":\"Person\"}\n{\"id\":\"Q2\",\"sch");
    assert_eq!((json.line, json.byte), (2, 30), "{json}");
    let columns = refused(b"id,name,country\n1,Ann,RU\n2,Ben");
    assert_eq!(columns.line, 3, "{columns}");
}

#[test]
fn what_is_no_list_is_refused() {
    let files: [&[u8]; 9] = [
        b"",
        b"hello",
        b"<html><body>Access denied</body></html>",
        b"[1,2]",
        b"a,b,c\n1,2,3\n",
        b"\x00\x01\x02\x03",
        b"<!DOCTYPE x [<!ENTITY a \"b\">]><sdnList></sdnList>",
        b"<sdnList><sdnEntry><uid>&own;</uid></sdnEntry></sdnList>",
        b"{\"error\":\"no such file\"}",
    ];
    for file in files {
        let broken = refused(file);
        assert!(broken.line >= 1, "{broken}");
    }
}

#[test]
fn a_version_tells_of_every_change() {
    let (_, entries) = read(OFAC_XML);
    let mut other = entries[0].clone();
    assert_eq!(other.version(), entries[0].version());
    other.add_name("Another", false);
    assert_ne!(other.version(), entries[0].version());
}
