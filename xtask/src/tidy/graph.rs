//! Which crate may stand on which: the table of ARCHITECTURE.md, compared with what cargo knows.

use serde_json::Value;

use crate::shell::{Outcome, cargo, read};

/// A package of the workspace and what it names.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    /// Normal and build dependencies.
    pub(super) uses: Vec<String>,
    /// Dependencies of its tests.
    pub(super) tests_use: Vec<String>,
}

/// Each crate with the crates of ours it may use. A crate that is not here may not exist.
const MAY_USE: [(&str, &[&str]); 18] = [
    ("kith-screen", &[]),
    ("kith-identifier", &[]),
    ("kith-risk", &[]),
    ("kith-domain", &["kith-identifier", "kith-risk"]),
    ("kith-ledger", &["kith-domain"]),
    ("kith-profile", &["kith-domain", "kith-risk"]),
    ("kith-match", &["kith-domain", "kith-identifier"]),
    ("kith-query", &["kith-domain"]),
    ("kith-store", &["kith-domain", "kith-ledger", "kith-profile", "kith-match", "kith-query"]),
    (
        "kith-engine",
        &[
            "kith-identifier",
            "kith-risk",
            "kith-domain",
            "kith-ledger",
            "kith-profile",
            "kith-match",
            "kith-screen",
            "kith-query",
            "kith-store",
            "kith-connect",
            "kith-pdf",
            "kith-api",
        ],
    ),
    ("kith-connect", &["kith-domain"]),
    ("kith-pdf", &[]),
    ("kith-template", &[]),
    ("kith-api", &["kith-domain"]),
    (
        "kith-server",
        &["kith-domain", "kith-profile", "kith-query", "kith-engine", "kith-template", "kith-api"],
    ),
    ("kith", ALL),
    ("kith-testkit", ALL),
    ("xtask", &[]),
];

const ALL: &[&str] = &[
    "kith-identifier",
    "kith-risk",
    "kith-domain",
    "kith-ledger",
    "kith-profile",
    "kith-match",
    "kith-screen",
    "kith-query",
    "kith-store",
    "kith-engine",
    "kith-connect",
    "kith-pdf",
    "kith-api",
    "kith-server",
];

/// Crates that know no clock, no chance, no world and no waiting.
const PURE: [&str; 9] = [
    "kith-identifier",
    "kith-screen",
    "kith-risk",
    "kith-domain",
    "kith-ledger",
    "kith-profile",
    "kith-match",
    "kith-query",
    "kith-pdf",
];

/// Dependencies that bring the world in: a prefix of the name, and who may name it.
const WORLD: [(&str, &[&str]); 13] = [
    ("rusqlite", &["kith-store", "kith-testkit"]),
    ("postgres", &["kith-store", "kith-testkit"]),
    // The program calls the router in-process when it opens the data itself.
    ("axum", &["kith-server", "kith"]),
    ("tower", &["kith-server", "kith"]),
    ("maud", &["kith-server"]),
    ("clap", &["kith"]),
    ("ureq", &["kith-connect", "kith", "kith-testkit"]),
    ("tokio", &["kith-store", "kith-engine", "kith-connect", "kith-server", "kith", "kith-testkit"]),
    ("tracing", &["kith-store", "kith-engine", "kith-connect", "kith-server", "kith"]),
    ("metrics", &["kith-store", "kith-engine", "kith-connect", "kith-server", "kith"]),
    ("argon2", &["kith-engine"]),
    ("lettre", &["kith-connect"]),
    ("tempfile", &["kith-store", "kith-server", "kith-testkit", "xtask"]),
];

/// What cargo says about the packages of the workspace.
pub(super) fn packages() -> Outcome<Vec<Package>> {
    let metadata = read(cargo()?.args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages.map(package).collect())
}

fn package(value: &Value) -> Package {
    let dependencies = value["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    let of_kind = |tests: bool| {
        let wanted = dependencies.iter().filter(|dependency| (dependency["kind"] == "dev") == tests);
        wanted.filter_map(|dependency| Some(dependency["name"].as_str()?.to_owned())).collect()
    };
    let name = value["name"].as_str().unwrap_or_default().to_owned();
    Package { name, uses: of_kind(false), tests_use: of_kind(true) }
}

/// Every dependency that the tables do not allow.
pub(super) fn faults(packages: &[Package]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name}: a crate that the table of dependencies does not know"));
            continue;
        };
        let ours = |name: &str| name.starts_with("kith") || name == "xtask";
        for used in package.uses.iter().filter(|used| ours(used) && !allowed.contains(&used.as_str())) {
            faults.push(format!("{name} may not use {used}"));
        }
        let in_tests = package.tests_use.iter().filter(|used| ours(used) && *used != "kith-testkit");
        for used in in_tests.filter(|used| *used != name && !allowed.contains(&used.as_str())) {
            faults.push(format!("the tests of {name} may not use {used}"));
        }
        for used in &package.uses {
            let world = WORLD.iter().find(|(prefix, _)| is_or_extends(used, prefix));
            if let Some((_, may)) = world.filter(|(_, may)| !may.contains(&name)) {
                let why =
                    if PURE.contains(&name) { ": it is pure".to_owned() } else { format!(", only {may:?}") };
                faults.push(format!("{name} may not name {used}{why}"));
            }
        }
    }
    faults
}

/// `tower` covers `tower-http`, and not `towering`.
fn is_or_extends(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}
