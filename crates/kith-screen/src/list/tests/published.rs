//! The lists in the shapes in which they are published, plain and packed, whole and damaged.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Broken, Format, List, names, refused};
use crate::entry::{Entry, Years, identifier};
use crate::index::Memory;
use crate::kind::Kind;
use crate::score::MATCH;
use crate::screen::{Query, Screener};

const FILES: [(&str, &[u8], Format, usize); 9] = [
    ("sdn.xml", include_bytes!("../../../tests-data/lists/sdn.xml"), Format::OfacXml, 3),
    (
        "sdn_advanced.xml",
        include_bytes!("../../../tests-data/lists/sdn_advanced.xml"),
        Format::OfacAdvanced,
        2,
    ),
    ("un.xml", include_bytes!("../../../tests-data/lists/un.xml"), Format::UnXml, 3),
    ("eu.xml", include_bytes!("../../../tests-data/lists/eu.xml"), Format::EuXml, 3),
    ("uk.xml", include_bytes!("../../../tests-data/lists/uk.xml"), Format::UkXml, 2),
    ("conlist.csv", include_bytes!("../../../tests-data/lists/conlist.csv"), Format::UkCsv, 2),
    (
        "entities.ftm.json",
        include_bytes!("../../../tests-data/lists/entities.ftm.json"),
        Format::FollowTheMoney,
        2,
    ),
    (
        "targets.nested.json",
        include_bytes!("../../../tests-data/lists/targets.nested.json"),
        Format::FollowTheMoney,
        2,
    ),
    (
        "targets.simple.csv",
        include_bytes!("../../../tests-data/lists/targets.simple.csv"),
        Format::PlainCsv,
        2,
    ),
];

fn bytes(file: &str) -> &'static [u8] {
    FILES.iter().find(|(name, ..)| *name == file).unwrap().1
}

fn read(bytes: &[u8]) -> Result<(Format, Vec<Entry>), Broken> {
    let mut list = List::default();
    let format = list.add(&mut Cursor::new(bytes))?;
    Ok((format, list.finish().unwrap()))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// The entry that a query finds first, if its score reaches the threshold.
fn found(file: &str, name: &str, more: impl FnOnce(&mut Query)) -> Option<(String, f64)> {
    let screener = Screener::new(read(bytes(file)).unwrap().1);
    let mut query = Query { names: vec![name.to_owned()], ..Query::default() };
    more(&mut query);
    let hit = screener.find(&query, MATCH, &mut Memory::default()).into_iter().next()?;
    Some((screener.entries()[hit.entry].id.clone(), hit.score))
}

fn by_name(file: &str, name: &str) -> Option<String> {
    found(file, name, |_| {}).map(|(id, _)| id)
}

#[test]
fn every_list_is_read_plain_and_packed() {
    for (name, plain, format, count) in FILES {
        let (read_as, entries) = read(plain).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        assert_eq!((read_as, entries.len()), (format, count), "{name}");
        assert_eq!(read(&packed(plain)).unwrap().1, entries, "{name}, packed");
        let marked = [b"\xef\xbb\xbf", plain].concat();
        assert_eq!(read(&marked).unwrap().1, entries, "{name}, with a mark of its encoding");
    }
}

#[test]
fn names_aliases_and_other_scripts_are_found() {
    for (file, name, id) in [
        ("sdn.xml", "Abbas Abu", "2674"),
        ("sdn.xml", "Muhammed Zaidan", "2674"),
        ("sdn.xml", "أبو العباس", "2674"),
        ("sdn.xml", "Aero Caribbean", "36"),
        ("sdn_advanced.xml", "Abu Abbas", "2674"),
        ("sdn_advanced.xml", "أبو عباس", "2674"),
        ("un.xml", "Ri Won-ho", "KPi.033"),
        ("un.xml", "리원호", "KPi.033"),
        ("un.xml", "Abdul Aziz Mehsud", "TAi.155"),
        ("un.xml", "Ocean Maritime Management Co. Ltd", "KPe.020"),
        ("eu.xml", "Saddam Hussein al Tikriti", "EU.27.28"),
        ("eu.xml", "Саддам Хусейн Ат-Тикрити", "EU.27.28"),
        ("eu.xml", "Viktar Sheiman", "EU.4567.89"),
        ("eu.xml", "Cham Holding Company", "EU.9999.1"),
        ("uk.xml", "Mohammed Hassan Akhund", "AFG0001"),
        ("uk.xml", "محمد حسن آخوند", "AFG0001"),
        ("uk.xml", "Petrel 8", "DPR0201"),
        ("conlist.csv", "Ahmad Ali Husayn", "7001"),
        ("conlist.csv", "أحمد علي حسين", "7001"),
        ("conlist.csv", "ОАО Заря", "7002"),
        ("entities.ftm.json", "Смолин Виктор Иванович", "NK-25vyVFzt5vdHanAH97RgNv"),
        ("entities.ftm.json", "斯莫林", "NK-25vyVFzt5vdHanAH97RgNv"),
        ("entities.ftm.json", "Severnaya Zvezda", "NK-co"),
        ("targets.nested.json", "Victor Smolin", "NK-25vyVFzt5vdHanAH97RgNv"),
        ("targets.simple.csv", "Виктор Смолин", "NK-25vyVFzt5vdHanAH97RgNv"),
    ] {
        assert_eq!(by_name(file, name).as_deref(), Some(id), "{name} in {file}");
    }
}

#[test]
fn identifiers_settle_who_it_is_and_notes_are_none() {
    let by = |file: &str, number: &str| {
        found(file, "Nobody Like That", |query| query.identifiers.extend(identifier(number)))
    };
    for (file, number, id) in [
        ("sdn.xml", "a 0030940", "2674"),
        ("sdn.xml", "IMO 9187629", "15036"),
        ("sdn.xml", "9187629", "15036"),
        ("sdn_advanced.xml", "A0030940", "2674"),
        ("un.xml", "AB54321", "TAi.155"),
        ("un.xml", "P777123", "TAi.155"),
        ("eu.xml", "S123456", "EU.27.28"),
        ("uk.xml", "OA454044", "AFG0001"),
        ("uk.xml", "IMO9562233", "DPR0201"),
        ("conlist.csv", "G0044201", "7001"),
        ("conlist.csv", "S987654", "7001"),
        ("entities.ftm.json", "754411223", "NK-25vyVFzt5vdHanAH97RgNv"),
        ("entities.ftm.json", "7704218694", "NK-co"),
        ("targets.nested.json", "75 4411223", "NK-25vyVFzt5vdHanAH97RgNv"),
        ("targets.nested.json", "IMO 9187629", "NK-ship"),
        ("targets.simple.csv", "754411223", "NK-25vyVFzt5vdHanAH97RgNv"),
    ] {
        assert_eq!(by(file, number), Some((id.to_owned(), 1.0)), "{number} in {file}");
    }
    assert_eq!(by("sdn.xml", "Executive Order 13224"), None, "a note names nobody");
}

#[test]
fn dates_countries_sorts_qualities_and_programmes_are_those_of_the_list() {
    let entry = |file: &str, at: usize| read(bytes(file)).unwrap().1.swap_remove(at);
    let years = |from, to| Years { from, to };
    let person = entry("sdn.xml", 0);
    assert_eq!(names(&person), ["Abu ABBAS", "Muhammad ZAYDAN", "\"AL-KHALID\"", "أبو العباس"]);
    assert_eq!(person.names.iter().map(|name| name.weak).collect::<Vec<_>>(), [false, false, true, false]);
    assert_eq!(person.births, [years(1948, 1948), years(1949, 1951)]);
    assert_eq!((person.countries, person.programmes), (codes(&["IQ", "SY"]), codes(&["NS-PLC", "SDGT"])));
    let ship = entry("sdn.xml", 2);
    assert_eq!((ship.kind, ship.countries), (Kind::Vessel, codes(&["MT"])));
    let person = entry("sdn_advanced.xml", 0);
    assert_eq!(
        (person.kind, person.births, person.countries),
        (Kind::Person, vec![years(1948, 1948)], codes(&["SY", "IQ"]))
    );
    assert!(person.names.iter().any(|name| name.weak && name.text == "AL-KHALID"), "{:?}", person.names);
    let person = entry("un.xml", 1);
    assert_eq!(person.births, [years(1969, 1971), years(1974, 1976)]);
    assert_eq!(person.countries, codes(&["AF", "PK"]));
    assert!(person.names.iter().any(|name| name.weak && name.text == "Qari"));
    assert_eq!(entry("un.xml", 0).countries, codes(&["KP"]));
    let person = entry("eu.xml", 1);
    assert_eq!(
        (names(&person), person.births.as_slice()),
        (vec!["Viktar Uladzimiravich Sheiman"], &[years(1956, 1960)][..])
    );
    assert_eq!(person.countries, codes(&["BY"]));
    let body = entry("eu.xml", 2);
    assert_eq!(
        (body.kind, body.caption(), body.programmes.clone()),
        (Kind::Organization, "Cham Holding Co \"CHC\" SA", codes(&["SYR"]))
    );
    let person = entry("conlist.csv", 0);
    assert_eq!(
        (person.births, person.countries),
        (vec![years(1961, 1961), years(1962, 1962)], codes(&["IQ", "SY"]))
    );
    assert!(person.names.iter().any(|name| name.weak && name.text == "ABU ALI"));
    let person = entry("uk.xml", 0);
    assert_eq!(
        (person.caption(), person.births.clone()),
        ("MOHAMMAD HASSAN AKHUND", vec![years(1955, 1955), years(1958, 1958)])
    );
    assert_eq!(entry("uk.xml", 1).kind, Kind::Vessel);
    assert_eq!(entry("entities.ftm.json", 0).programmes, codes(&["sanction", "US-RUSHAR"]));
    assert_eq!(entry("targets.nested.json", 0).countries, codes(&["BY"]));
    assert_eq!(entry("targets.simple.csv", 0).programmes, codes(&["US-RUSHAR"]));
}

fn codes(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_list_that_is_cut_off_anywhere_is_refused_with_its_place() {
    for (name, plain, ..) in FILES {
        let packed = packed(plain);
        for part in 1..8 {
            let at = plain.len() * part / 8 + 1;
            let head = plain.get(..at).unwrap();
            // A list of lines that ends with a line is a whole one.
            let is_whole = !name.ends_with("xml") && plain.get(at - 1..=at).unwrap().contains(&b'\n');
            if !is_whole {
                let broken = refused(head);
                assert!(broken.line >= 1 && !broken.reason.is_empty(), "{name}, {at} bytes: {broken}");
            }
            let broken = refused(packed.get(..packed.len() * part / 8).unwrap());
            assert!(!broken.reason.is_empty(), "{name}, packed: {broken}");
        }
        let mut wrong = packed.clone();
        let middle = wrong.len() / 2;
        wrong[middle] ^= 0xff;
        assert!(read(&wrong).is_err(), "{name}: its check sum is wrong");
    }
}

#[test]
fn a_count_that_is_not_kept_and_a_record_without_its_number_are_refused() {
    let text = std::str::from_utf8(bytes("sdn.xml")).unwrap();
    let broken = refused(text.replace("<Record_Count>3<", "<Record_Count>18000<").as_bytes());
    assert!(broken.reason.contains("18000 entries, and 3"), "{broken}");
    for (file, number) in [
        ("sdn.xml", "<uid>36</uid>"),
        ("un.xml", "<DATAID>110442</DATAID><VERSIONNUM>1</VERSIONNUM>"),
        ("eu.xml", " euReferenceNumber=\"EU.9999.1\" logicalId=\"3001\""),
        ("uk.xml", "<UniqueID>DPR0201</UniqueID><OFSIGroupID>13600</OFSIGroupID>"),
    ] {
        let text = std::str::from_utf8(bytes(file)).unwrap();
        let broken = refused(
            text.replace(number, "").replace("<REFERENCE_NUMBER>KPe.020</REFERENCE_NUMBER>", "").as_bytes(),
        );
        assert!(broken.line > 5 && broken.reason.contains("without"), "{file}: {broken}");
    }
}

#[test]
fn what_servers_send_instead_and_empty_lists_are_refused_by_name() {
    for (file, told) in [
        (
            &b"<!DOCTYPE html>\n<html><head><title>403</title></head><body>Forbidden</body></html>"[..],
            "web page",
        ),
        (b"\xef\xbb\xbf  <html lang=en><body>Service unavailable</body>", "web page"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\xff\xfei\x00d\x00", "UTF-16"),
        (b"\x1f\x8b\x08\x00", "cannot be read"),
        (b"<sdnList xmlns=\"x\"></sdnList>", "no entry"),
        (b"<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>", "no entry"),
        (b"<export generationDate=\"2026-11-20\"/>", "no entry"),
        (b"<Designations></Designations>", "no entry"),
        (b"id,name\n", "no entry"),
        (b"Last Updated,20/11/2026\nName 6,Name 1,Group ID\n", "no entry"),
        (b"{\"id\":\"a\",\"schema\":\"Address\",\"properties\":{}}\n", "no entry"),
        (b"404 page not found\n", "no list that is known"),
        (b"", "empty"),
    ] {
        let broken = refused(file);
        assert!(broken.reason.contains(told) && broken.line >= 1, "{told}: {broken}");
    }
    let nothing = packed(b"");
    assert!(refused(&nothing).reason.contains("empty"));
}
