//! The repository is tidy, and the checks see what they are for.

use super::graph::{self, Package};
use super::{TextFile, documents, faults, size, source};
use crate::shell::root;

fn file(path: &str, text: &str) -> TextFile {
    TextFile { path: path.to_owned(), text: text.to_owned() }
}

#[track_caller]
fn found(path: &str, text: &str, expected: &str) {
    let faults = source::faults(&file(path, text));
    assert!(
        faults.len() == 1 && faults[0].contains(expected),
        "{expected:?} expected once, found {faults:?}"
    );
}

#[test]
fn repository_is_tidy() {
    let faults = faults(&root().unwrap()).unwrap();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn shape_of_a_file_is_checked() {
    found("crates/kith-domain/src/a.rs", "use x;\n", "first line must say");
    found("crates/kith-domain/src/a/mod.rs", "//! A.\n", "beside its folder");
    found("crates/kith-domain/src/utils.rs", "//! A.\n", "named after nothing");
    found("crates/kith-domain/src/a.rs", "//! A.\npub use value::*;\n", "glob re-export");
    found("crates/kith-domain/src/a.rs", "//! A.\npub(crate) use value::*;\n", "glob re-export");
    found("crates/kith-domain/src/a.rs", "//! A.\nmod tests {\n", "tests.rs");
    let tests = file("crates/kith-domain/src/a/tests.rs", "use super::*;\n");
    assert!(source::faults(&tests).is_empty());
}

#[test]
fn layers_are_checked() {
    let select = "//! A.\nconst A: &str = \"SELECT x FROM y\";\n";
    found("crates/kith-engine/src/a.rs", select, "SQL");
    assert!(source::faults(&file("crates/kith-store/src/a.rs", select)).is_empty());
    assert!(source::faults(&file("crates/kith-engine/src/a.rs", "//! A.\n// \"SELECT x\"\n")).is_empty());
    found("crates/kith-api/src/a.rs", "//! A.\nuse axum::Json;\n", "axum");
    assert!(source::faults(&file("crates/kith-server/src/a.rs", "//! A.\nuse axum::Json;\n")).is_empty());
}

#[test]
fn names_are_checked() {
    found("crates/kith-domain/src/a.rs", "//! A.\npub struct CreditManager;\n", "Manager");
    found("crates/kith-domain/src/a.rs", "//! A.\npub(crate) enum OrderData<T> {\n", "Data");
    let fine = "//! A.\npub struct AccountManager(UserId);\nstruct ServiceTier;\ntype Dataset = u8;\n";
    assert!(source::faults(&file("crates/kith-domain/src/a.rs", fine)).is_empty());
}

#[test]
fn leftovers_and_machines_are_checked() {
    let leftover = format!("x\n{}: later\n", concat!("TO", "DO"));
    found("docs/a.md", &leftover, "docs/a.md:2");
    found("docs/a.md", &format!("see {}someone/x", "/home/"), "somebody's machine");
    found("docs/a.md", &format!("from {}", concat!("crates", ".io")), "registry");
    for fine in ["the [home](/home) page", "GET /api/work/x", "a/tmp/b", "MASTODON"] {
        assert!(source::faults(&file("docs/a.md", fine)).is_empty(), "{fine}");
    }
}

#[test]
fn sizes_are_ratcheted() {
    let long = |lines: usize| file("crates/kith/src/a.rs", &"//!\n".repeat(lines));
    let ratchet = |text: &str| file("xtask/tidy.toml", text);
    let faults = |lines, text: &str| size::faults(&[long(lines), ratchet(text)]);
    let entry = |lines| format!("# why\n\"crates/kith/src/a.rs\" = {lines}\n");
    assert!(faults(500, "").is_empty());
    assert_eq!(faults(501, "").len(), 1);
    assert!(faults(600, &entry(600)).is_empty());
    assert!(faults(601, &entry(600))[0].contains("600 are allowed"));
    assert!(faults(590, &entry(600))[0].contains("write that instead"));
    assert!(faults(400, &entry(600))[0].contains("no entry"));
    assert!(faults(400, "nonsense")[0].contains("is not"));
}

#[test]
fn dependencies_are_checked() {
    let package = |name: &str, uses: &[&str], tests_use: &[&str]| {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Package { name: name.to_owned(), uses: owned(uses), tests_use: owned(tests_use) }
    };
    let faults = |package| graph::faults(&[package]);
    assert!(
        faults(package("kith-query", &["kith-domain", "serde"], &["kith-testkit", "tempfile"])).is_empty()
    );
    assert_eq!(faults(package("kith-query", &["kith-store"], &[])), ["kith-query may not use kith-store"]);
    assert_eq!(
        faults(package("kith-domain", &["tokio"], &[])),
        ["kith-domain may not name tokio: it is pure"]
    );
    assert_eq!(faults(package("kith-api", &["tower-http"], &[])).len(), 1);
    assert_eq!(faults(package("kith-store", &[], &["kith-engine"])).len(), 1);
    assert_eq!(faults(package("kith-server", &["kith-testkit"], &[])).len(), 1);
    assert_eq!(faults(package("kith-else", &[], &[])).len(), 1);
}

#[test]
fn documents_name_what_exists() {
    let map = file("ARCHITECTURE.md", "`kith-store/src/unit.rs` and `kith-store/src/<noun>.rs`, `GET /x`\n");
    let exists = |path: &str| path == "crates/kith-store/src/unit.rs";
    assert!(documents::faults(&[map], exists).is_empty());
    let map = file("ARCHITECTURE.md", "here `kith-store/src/gone.rs`\n");
    assert_eq!(documents::faults(&[map], exists).len(), 1);

    let test = file("crates/kith/tests/it/ask.rs", "#[test]\nfn ranks() {\n");
    let rows = "| S0.20 | asks | `crates/kith/tests/it/ask.rs::ranks` |\n| S0.21 | | `crates/kith/tests/it/ask.rs::gone` |\n| S0.22 | nothing |\n";
    let faults = documents::faults(&[test, file("docs/coverage.md", rows)], exists);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("no test gone") && faults[1].contains(":3: names no test"));
}
