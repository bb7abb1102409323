//! The sheet of keys and the scripts go by one table.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::web::asset::asset;

fn scripts() -> String {
    let text = |path: &str| String::from_utf8(asset(path).unwrap().bytes.to_vec()).unwrap();
    ["kith.js", "kith-palette.js", "kith-form.js", "kith-desk.js"].map(text).concat()
}

fn acts() -> BTreeSet<&'static str> {
    let of_table = KEYS.iter().flat_map(|(_, rows)| rows.iter().map(|(_, act, _)| *act));
    of_table.chain(["jump"]).collect()
}

#[test]
fn the_scripts_do_what_the_sheet_says_and_nothing_else_by_key() {
    let scripts = scripts();
    let done: BTreeSet<&str> =
        scripts.split("on(\"key:").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(done, acts());
    let heard = scripts.matches("addEventListener(\"keydown\"").count();
    assert_eq!(heard, 1, "keys are heard in one place, which goes by the table");
}

/// Letters that pages take for something of their own.
fn own_keys(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            own_keys(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let literals = source.split("data-key=\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(literals.map(str::to_owned));
        }
    }
}

#[test]
fn every_key_of_a_page_is_on_the_sheet() {
    let mut found = BTreeSet::new();
    own_keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/page"), &mut found);
    assert!(found.len() > 5, "the sources were read");
    let own = KEYS.iter().flat_map(|(_, rows)| rows.iter()).filter(|(_, act, _)| *act == "own");
    let mut told: BTreeSet<String> =
        own.flat_map(|(keys, ..)| chords(keys).split('|').map(str::to_owned).collect::<Vec<_>>()).collect();
    // Tabs and legal entities are counted, not written.
    for counted in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "[", "]"] {
        assert!(told.remove(counted), "{counted}");
    }
    assert_eq!(found, told);
}

#[test]
fn no_key_means_two_things() {
    let mut seen = BTreeSet::new();
    for (keys, act, _) in KEYS.iter().flat_map(|(_, rows)| rows.iter()) {
        for chord in chords(keys).split('|') {
            assert!(seen.insert(chord.to_owned()), "{keys} {act}");
        }
    }
    let drawn = dialogs(&NavCounts::default()).into_string();
    assert!(drawn.contains(r#"data-act="jump" data-chords="g h""#), "{drawn}");
}
