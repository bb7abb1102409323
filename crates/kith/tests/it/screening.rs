//! `kith screen` on plain files.

use std::path::Path;

use crate::tool::{Ran, kith, run};

const SDN: &[u8] = b"\
36,\"AEROCARIBBEAN AIRLINES\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
90,\"MU\xd1OZ LOPEZ, Jos\xe9\",\"individual\",\"SDNT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 10 Dec 1948; nationality Colombia.\"\n\x1a";
const ALT: &[u8] = b"36,12,\"aka\",\"CUBANA CARGA\",-0- \n";

fn screened(dir: &Path, words: &[&str]) -> Ran {
    let mut command = kith();
    command.current_dir(dir);
    run(command, &[&["screen"], words].concat(), "")
}

fn write(dir: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(dir.join(name), bytes).unwrap();
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).unwrap()
}

#[test]
fn queries_find_their_entries_by_name_alias_country_and_year() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sdn.csv", SDN);
    write(dir.path(), "alt.csv", ALT);
    let queries = "\u{feff}ID,Name,kind,country,birth_date,note\n\
        1,Aero Caribbean Airlines,company,,,\"a, note\"\n2,Jose Munoz Lopez,person,CO,1948-12-10,\n\
        3,Jose Munoz Lopez,person,FR,1990,\n4,Nordwind Logistik GmbH,company,DE,,\n5,Cubana Carga,,,,\n";
    write(dir.path(), "q.csv", queries.as_bytes());
    let words = ["q.csv", "--list", "sdn.csv", "alt.csv", "--out", "hits.csv"];
    let ran = screened(dir.path(), &words).well();
    let hits = read(dir.path(), "hits.csv");
    let lines: Vec<&str> = hits.lines().collect();
    assert_eq!(lines[0], "query,entry,score,match");
    assert_eq!(lines[1], "1,36,1.0000,true", "words written together or apart are the same");
    assert_eq!(lines[2], "2,90,1.0000,true");
    assert_eq!(lines[3], "3,90,0.7000,true");
    assert_eq!(lines[4], "5,36,1.0000,true");
    assert_eq!(lines.len(), 5, "{hits}");
    assert!(ran.out.contains("matches"), "{}", ran.out);
    screened(dir.path(), &["q.csv", "--list", "sdn.csv", "--threshold", "0.9", "--out", "hits.csv"]).well();
    assert!(read(dir.path(), "hits.csv").contains("3,90,0.7000,false"));
}

#[test]
fn pairs_keep_their_columns_and_go_to_standard_output_without_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let pairs =
        "note,LEFT,right\n\"a, b\",Siemens Aktiengesellschaft,Siemens AG\nc,Igor Deripaska,Oleg Deripaska\n";
    write(dir.path(), "pairs.csv", pairs.as_bytes());
    let ran = screened(dir.path(), &["--pairs", "pairs.csv"]).well();
    let expected =
        "note,LEFT,right,score,match\n\"a, b\",Siemens Aktiengesellschaft,Siemens AG,1.0000,true\n";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    assert!(ran.out.trim_end().ends_with(",false"), "{}", ran.out);
}

#[test]
fn a_broken_list_and_rows_without_a_name_are_told_with_their_place() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "cut.csv", &SDN[..150]);
    write(dir.path(), "sdn.csv", SDN);
    write(dir.path(), "q.csv", b"id,name\n1,Ann\n2,\n");
    let ran = screened(dir.path(), &["q.csv", "--list", "cut.csv", "--out", "hits.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("cut.csv: line 2"), "{}", ran.err);
    assert!(!dir.path().join("hits.csv").exists(), "nothing was written");
    let ran = screened(dir.path(), &["q.csv", "--list", "sdn.csv", "--out", "hits.csv"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("q.csv: line 3, column name: no name"), "{}", ran.err);
    assert!(!dir.path().join("hits.csv").exists(), "nothing was written");
    write(dir.path(), "q.csv", b"id,title\n1,Ann\n");
    let ran = screened(dir.path(), &["q.csv", "--list", "sdn.csv"]);
    assert!(ran.err.contains("no column `name`"), "{}", ran.err);
    assert_eq!(screened(dir.path(), &["q.csv"]).code, 2, "a list is needed");
}

#[test]
fn every_fault_of_the_queries_is_told_with_its_place_and_the_old_result_stays() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sdn.csv", SDN);
    write(dir.path(), "hits.csv", b"old\n");
    let queries = "\u{feff}id;name;country;birth_date;colour\r\n1;Ann;Cuba;1970\r\n2;\"Bob\r\nB\";XX;1970-02-30;red\r\n\
        2;;Atlantis|CU;soon\r\n3;Carl;DE|FR;1970-02-28\r\n";
    write(dir.path(), "q.csv", queries.as_bytes());
    let words = ["q.csv", "--list", "sdn.csv", "--out", "hits.csv"];
    let ran = screened(dir.path(), &words);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for told in [
        "not used: colour",
        "q.csv: line 3, column country: \"XX\"",
        "q.csv: line 3, column birth_date: \"1970-02-30\"",
        "q.csv: line 5, column id: 2 stands in line 3 already",
        "q.csv: line 5, column name: no name",
        "q.csv: line 5, column country: \"Atlantis\"",
        "q.csv: line 5, column birth_date: \"soon\"",
        "5 faults",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert_eq!(read(dir.path(), "hits.csv"), "old\n", "the old result stays");
    let good = "id;name;country\r\n1;Aero Caribbean Airlines;Cuba\r\n\r\n2;Nordwind;DE|FR\r\n";
    write(dir.path(), "q.csv", good.as_bytes());
    screened(dir.path(), &words).well();
    assert!(read(dir.path(), "hits.csv").contains("1,36,1.0000,true"));
}

#[test]
fn any_usual_file_of_queries_gives_the_same_hits() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "sdn.csv", SDN);
    let list = "id,name,kind,country\nG1,Γεώργιος Παπαδόπουλος,person,GR\nA1,خالد الرشيد,person,IQ\nC1,陈伟明,person,CN\n\
        K1,\"Петров, Сергей Иванович\",person,RU\nO1,\"Acme \"\"Blue\"\" Trading, Ltd\",company,AE\n";
    write(dir.path(), "own.csv", list.as_bytes());
    let queries = "\u{feff}birth_date,country,kind,NAME,id\r\n,,person,\"Papadopoulos, Georgios\",g\r\n,IQ,person,Khaled Al Rasheed,a\r\n\
        ,,person,Chen Weiming,c\r\n,,,Sergey Petrov,k\r\n,,company,\"Acme \"\"Blue\"\" Trading\",o\r\n,,,Сергей Петров,k\r\n";
    write(dir.path(), "q.csv", queries.as_bytes());
    let words = ["q.csv", "--list", "sdn.csv", "own.csv", "--out", "hits.csv"];
    let ran = screened(dir.path(), &words).well();
    assert!(ran.err.contains("line 7, column id: k stands in line 5 already"), "{}", ran.err);
    let hits = read(dir.path(), "hits.csv");
    let matched: Vec<&str> = hits
        .lines()
        .filter(|line| line.ends_with(",true"))
        .map(|line| line.rsplit_once(',').unwrap().0)
        .collect();
    let pairs: Vec<&str> = matched.iter().map(|line| line.rsplit_once(',').unwrap().0).collect();
    assert_eq!(pairs, ["g,G1", "a,A1", "c,C1", "k,K1", "o,O1", "k,K1"], "{hits}");
    assert!(!hits.contains('\r') && !hits.starts_with('\u{feff}'));
}

#[test]
fn lists_packed_with_gzip_are_read_and_damaged_ones_refused_by_name() {
    use std::io::Write as _;
    let dir = tempfile::tempdir().unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(SDN).unwrap();
    let packed = packed.finish().unwrap();
    write(dir.path(), "sdn.csv.gz", &packed);
    write(dir.path(), "cut.csv.gz", packed.get(..packed.len() - 20).unwrap());
    write(dir.path(), "page.xml", b"<!DOCTYPE html><html><body>Forbidden</body></html>");
    write(dir.path(), "empty.xml", b"<sdnList xmlns=\"x\">\n</sdnList>");
    write(dir.path(), "q.csv", b"id,name\n1,Aero Caribbean Airlines\n");
    screened(dir.path(), &["q.csv", "--list", "sdn.csv.gz", "--out", "hits.csv"]).well();
    assert!(read(dir.path(), "hits.csv").contains("1,36,1.0000,true"));
    for (file, told) in [
        ("cut.csv.gz", "cut.csv.gz: line "),
        ("page.xml", "page.xml: line 1, byte 0: a web page, not a list"),
        ("empty.xml", "empty.xml: line 2"),
    ] {
        let ran = screened(dir.path(), &["q.csv", "--list", file, "--out", "hits.csv"]);
        assert!(ran.code == 1 && ran.err.contains(told), "{file}: {}", ran.err);
    }
}

#[test]
fn pairs_in_any_usual_file_are_scored_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let pairs = "\u{feff}right;left\r\n\"Петров; Сергей\";Sergei Petrov\r\n;Ann\r\nΓεώργιος Παπαδόπουλος;Georgios Papadopoulos\r\nBank of China;Bank of America\r\n";
    write(dir.path(), "p.csv", pairs.as_bytes());
    screened(dir.path(), &["--pairs", "p.csv", "--out", "s.csv"]).well();
    let scored = read(dir.path(), "s.csv");
    let ends: Vec<&str> = scored.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(ends, ["match", "true", "false", "true", "false"], "{scored}");
    assert!(scored.starts_with("right,left,score,match\n"), "{scored}");
}

#[test]
fn what_is_read_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "q.csv", b"id,name\n1,H & M\n");
    write(dir.path(), "l.csv", b"id,name\n9,H & M\n");
    let ran = screened(dir.path(), &["q.csv", "--list", "l.csv", "--out", "./q.csv"]);
    assert!(ran.code == 2 && ran.err.contains("would overwrite"), "{ran:?}");
    assert_eq!(read(dir.path(), "q.csv"), "id,name\n1,H & M\n");
    screened(dir.path(), &["q.csv", "--list", "l.csv", "--out", "hits.csv"]).well();
    assert!(read(dir.path(), "hits.csv").contains("1,9,1.0000,true"), "single letters are a name as well");
}
