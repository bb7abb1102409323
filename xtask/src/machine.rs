//! What the tests need on the machine beyond Rust: found, or installed from Debian's packages.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, is_root, run, runs, which};

/// A browser and the program that drives it.
#[derive(Debug)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// The folder with PostgreSQL's server programs; installs them when they are absent and we may.
pub(crate) fn postgres_programs() -> Outcome<PathBuf> {
    if let Some(folder) = find_postgres() {
        return Ok(folder);
    }
    install("PostgreSQL's server programs (initdb, pg_ctl)", &["postgresql"], "--without-postgres")?;
    find_postgres().ok_or_else(|| "PostgreSQL was installed, but initdb is nowhere to be found".to_owned())
}

/// Chromium and its driver; installs them when they are absent and we may.
pub(crate) fn browser() -> Outcome<Browser> {
    if let Some(browser) = find_browser() {
        return Ok(browser);
    }
    install(
        "Chromium and chromedriver",
        &["chromium", "chromium-driver", "fonts-dejavu-core"],
        "--without-browser",
    )?;
    find_browser().ok_or_else(|| "Chromium was installed, but it is nowhere to be found".to_owned())
}

/// The folder that holds all of the server programs, if there is one.
pub(crate) fn find_postgres() -> Option<PathBuf> {
    let complete =
        |folder: &Path| ["initdb", "pg_ctl", "postgres"].iter().all(|name| runs(&folder.join(name)));
    // A link on PATH may point into the folder that holds all of them.
    let linked = which("initdb").and_then(|file| file.canonicalize().ok());
    let on_path = linked.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    if let Some(folder) = on_path.filter(|folder| complete(folder)) {
        return Some(folder);
    }
    // Debian keeps a folder per major version, none of them on PATH: the newest serves.
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| complete(folder))
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder)
}

fn find_browser() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| which(name))?;
    Some(Browser { chromium, chromedriver: which("chromedriver")? })
}

fn install(what: &str, packages: &[&str], without: &str) -> Outcome {
    let list = packages.join(" ");
    let Some(apt) = which("apt-get").filter(|_| is_root()) else {
        return Err(format!(
            "{what} are missing. Install them (Debian: `sudo apt-get install --no-install-recommends {list}`) \
             or leave their tests out with {without}"
        ));
    };
    println!("xtask: {what} are missing, installing {list}");
    let apt_get = |words: &[&str]| {
        let mut command = Command::new(&apt);
        // Somebody else may be installing: wait for the lock rather than fail.
        command.args(["-q", "-o", "DPkg::Lock::Timeout=300"]).args(words);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run(&mut command)
    };
    // An old list may do; what matters is that the installation works.
    let updated = apt_get(&["update"]);
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    apt_get(&words).map_err(|error| match updated {
        Ok(()) => error,
        Err(earlier) => format!("{error} (and before it {earlier})"),
    })
}
