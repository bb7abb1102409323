//! Writes every page with made-up accounts as files, to look at: `cargo run -p kith-server --example pages -- out/`.
//!
//! Addresses are kept, so the directory is to be served by any file server with its root there.

use std::io::{Error, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use kith_server::web::{asset, clock, page, shell};
use maud::Markup;

#[path = "fixture.rs"]
mod fixture;

fn main() -> io::Result<()> {
    let root: PathBuf = env::args_os().nth(1).map_or_else(|| PathBuf::from("pages"), PathBuf::from);
    for path in asset::paths() {
        let file = asset::asset(path).ok_or_else(|| Error::other("an asset is listed and not there"))?;
        write(&root, &format!("assets/{path}"), file.bytes)?;
    }
    let mut names = Vec::new();
    for (name, markup) in pages() {
        write(&root, &format!("{name}.html"), markup.into_string().as_bytes())?;
        names.push(name);
    }
    writeln!(io::stdout(), "{} pages in {}: {}", names.len(), root.display(), names.join(" "))
}

fn pages() -> Vec<(&'static str, Markup)> {
    let shell = fixture::shell("Accounts", shell::Section::Accounts);
    let changes = fixture::shell("Changes", shell::Section::Changes);
    let alerts = fixture::shell("Alerts", shell::Section::Alerts);
    let duplicates = fixture::shell("Duplicates", shell::Section::Duplicates);
    let quarantine = fixture::shell("Quarantine", shell::Section::Quarantine);
    let list = fixture::changes();
    let account = |tab| page::account(&shell, &fixture::account_page(tab));
    vec![
        ("sign-in", page::sign_in(&fixture::sign_in(None))),
        ("sign-in-error", page::sign_in(&fixture::sign_in(Some("E-mail or password is wrong.")))),
        ("accounts", page::accounts(&shell, &fixture::accounts_page())),
        ("accounts-all", page::accounts(&shell, &fixture::all_accounts())),
        ("accounts-empty", page::accounts(&shell, &page::AccountsPage::default())),
        ("accounts-fault", page::accounts(&shell, &fixture::faulty_filter())),
        ("accounts-answer", page::accounts(&shell, &fixture::answered())),
        ("accounts-clarify", page::accounts(&shell, &fixture::clarifying())),
        ("account", account(page::AccountTab::Overview)),
        ("account-timeline", account(page::AccountTab::Timeline)),
        ("account-metrics", account(page::AccountTab::Metrics)),
        ("account-master", account(page::AccountTab::Master)),
        ("account-changes", account(page::AccountTab::Changes)),
        ("account-new", page::account(&shell, &fixture::new_account_page())),
        ("metric", page::metric(&shell, &fixture::metric_page())),
        ("changes", page::changes(&changes, &list)),
        (
            "change",
            page::change(
                &changes,
                &fixture::limit_raise(),
                Some(&page::Decision::default()),
                page::Acts::default(),
                Some(&list),
            ),
        ),
        ("change-stale", page::change(&changes, &fixture::stale_change(), None, page::Acts::default(), None)),
        ("catalogues", page::catalogues(&shell, &fixture::catalogues())),
        ("alerts", page::alerts(&alerts, &fixture::alerts())),
        ("orders", page::orders(&shell, &fixture::orders())),
        ("order", page::order(&shell, &fixture::held_order())),
        ("home", page::home(&fixture::shell("Home", shell::Section::Home), &fixture::home())),
        ("inbox", page::inbox(&fixture::shell("Inbox", shell::Section::Inbox), &fixture::inbox())),
        ("ask", page::ask(&fixture::shell("Ask", shell::Section::Ask), &fixture::asked())),
        ("welcome", page::welcome(&fixture::shell("Welcome", shell::Section::Home), &fixture::first_run())),
        ("portfolio", page::portfolio(&shell, &fixture::portfolio())),
        ("transfer", page::transfer(&shell, &fixture::transfer())),
        ("reviews", page::reviews(&shell, &fixture::reviews())),
        ("teams", page::teams(&shell, &fixture::teams())),
        ("team", page::team(&shell, &fixture::team())),
        ("duplicates", page::duplicates(&duplicates, &fixture::duplicates())),
        ("quarantine", page::quarantine(&quarantine, &fixture::quarantine())),
        (
            "error",
            page::error(
                404,
                "There is no such page",
                "The address is wrong, or the account was merged.",
                Some("k-7f3a2c"),
            ),
        ),
    ]
}

fn write(root: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = root.join(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
