//! `kith match` on plain files.

use std::path::Path;

use crate::tool::{Ran, kith, run};

const COMPANIES: &str = "\
unique_id,name,tax_id,email,phone,city,country
7,Nordwind Logistik GmbH,,info@nordwind.example,+49 40 123456,Hamburg,DE
8,Zebra Timber Ltd,,office@zebra.example,+44 20 998877,London,GB
9,NORDWIND LOGISTIK Gesellschaft mbH,,sales@nordwind.example,040/123456,Hamburg,Germany
10,Casa Rossa Srl,,ciao@rossa.example,+39 06 555111,Roma,IT
";

fn matched(dir: &Path, words: &[&str]) -> Ran {
    let mut command = kith();
    command.current_dir(dir);
    run(command, &[&["match"], words].concat(), "")
}

fn write(dir: &Path, name: &str, text: &str) {
    std::fs::write(dir.join(name), text).unwrap();
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).unwrap()
}

#[test]
fn a_file_of_companies_gives_pairs_clusters_and_their_explanation() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "companies.csv", COMPANIES);
    let words = [
        "companies.csv",
        "--id",
        "unique_id",
        "--out",
        "pairs.csv",
        "--clusters",
        "clusters.csv",
        "--explain",
    ];
    let ran = matched(dir.path(), &words).well();
    let pairs = read(dir.path(), "pairs.csv");
    let lines: Vec<&str> = pairs.lines().collect();
    assert_eq!(lines[0], "left,right,probability,weight");
    assert_eq!(lines.len(), 2, "{pairs}");
    let cells: Vec<&str> = lines[1].split(',').collect();
    assert_eq!(cells[..2], ["7", "9"]);
    let (probability, weight): (f64, f64) = (cells[2].parse().unwrap(), cells[3].parse().unwrap());
    assert!((probability - 1.0 / (1.0 + (-weight).exp2())).abs() < 1e-3, "{pairs}");
    assert_eq!(read(dir.path(), "clusters.csv"), "id,cluster\n7,1\n8,2\n9,1\n10,3\n");
    assert!(ran.out.contains("7 = 9") && ran.out.contains("email: same domain"), "{}", ran.out);
}

#[test]
fn rows_are_named_by_their_number_and_two_files_are_compared_across() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "ours.csv", COMPANIES);
    write(
        dir.path(),
        "theirs.csv",
        "name,email,city,extra\nNordwind Logistik,info@nordwind.example,Hamburg,x\nFoo,a@foo.example,Bar,y\n",
    );
    matched(
        dir.path(),
        &["ours.csv", "--link", "theirs.csv", "--out", "pairs.csv", "--columns", "name,email,city"],
    )
    .well();
    let pairs = read(dir.path(), "pairs.csv");
    let named: Vec<String> =
        pairs.lines().skip(1).map(|line| line.splitn(3, ',').take(2).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(named, ["1,1", "3,1"], "{pairs}");
}

#[test]
fn what_is_wrong_with_a_file_is_named_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "good.csv", COMPANIES);
    write(dir.path(), "ragged.csv", "id,name\n1,Acme\n2,Foo,more\n");
    write(dir.path(), "empty.csv", "");
    write(dir.path(), "bare.csv", "id,name\n");
    write(dir.path(), "twice.csv", "id,name\n1,Acme\n1,Foo\n");
    for (words, told) in [
        (&["ragged.csv"][..], "ragged.csv: row 3 has 3 cells, the header has 2 columns"),
        (&["empty.csv"], "empty.csv: The file is empty"),
        (&["bare.csv"], "bare.csv: the file holds a header and no rows"),
        (&["absent.csv"], "absent.csv: "),
        (&["twice.csv", "--id", "id"], "twice.csv: rows 2 and 3 have the same `id`: 1"),
        (
            &["good.csv", "--columns", "name,nmae"],
            "good.csv: row 1: there is no column `nmae`; there are: unique_id, name",
        ),
        (&["good.csv", "--id", "nr"], "good.csv: row 1: there is no column `nr`"),
        (&["good.csv", "--link", "bare.csv"], "bare.csv: the file holds a header and no rows"),
    ] {
        let ran = matched(dir.path(), &[words, &["--out", "pairs.csv"]].concat());
        assert_eq!(ran.code, 1, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    assert_eq!(matched(dir.path(), &["good.csv", "--out", "p.csv", "--threshold", "2"]).code, 2);
}

#[test]
fn what_is_found_takes_the_place_of_no_file_that_is_read() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "ours.csv", COMPANIES);
    write(dir.path(), "theirs.csv", COMPANIES);
    for words in [
        &["ours.csv", "--out", "./ours.csv"][..],
        &["ours.csv", "--link", "theirs.csv", "--out", "theirs.csv"],
        &["ours.csv", "--out", "pairs.csv", "--clusters", "ours.csv"],
        &["ours.csv", "--out", "pairs.csv", "--clusters", "pairs.csv"],
    ] {
        let ran = matched(dir.path(), words);
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
    }
    assert_eq!(read(dir.path(), "ours.csv"), COMPANIES);
    assert_eq!(read(dir.path(), "theirs.csv"), COMPANIES);
    assert!(!dir.path().join("pairs.csv").exists());
}
