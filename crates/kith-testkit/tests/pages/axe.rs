//! Every page, for everyone: axe-core, one heading, no sideways scroll, a focus that is seen, nothing that the policy
//! refuses; light and dark, wide and narrow. Two browsers, one demo company.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use kith_server::web::pages::PAGES;
use kith_testkit::browser::Browser;
use kith_testkit::process::{Server, kith};
use serde_json::{Value, json};
use tempfile::TempDir;

const AXE: &str = include_str!("axe/axe.min.js");

/// What a page refuses by its policy is remembered from its first byte on.
const LISTEN: &str = "window.refused = []; \
    addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective + ' ' + e.blockedURI));";

/// Pages that the demo company may have nothing for; tests of their own nouns open them.
const EMPTY: [&str; 5] = [
    "/accounts/bulk/{id}",
    "/accounts/{id}/as-of/{moment}",
    "/accounts/{id}/holds/{hold}/release",
    "/duplicates/{id}",
    "/portal",
];

/// Lists as they are seldom asked for, so that there is something in them.
const WIDER: [&str; 4] = [
    "/orders?state=all",
    "/onboarding?state=done",
    "/screening?state=false_positive",
    "/duplicates?state=merged",
];

/// How long a browser looks again whether the other found something, and how often; longer than any page takes.
const PAUSE: Duration = Duration::from_millis(50);
const IDLE_MAX: u32 = 1200;

/// A demo company in which somebody holds every role that a page asks for.
struct Demo {
    server: Server,
    _data: TempDir,
}

const EMAIL: &str = "everybody@demo.example";
const PASSWORD: &str = "correct horse battery";

impl Demo {
    fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        // Pictures want a company of some size.
        let accounts = if std::env::var_os("KITH_PICTURES").is_some() { "400" } else { "60" };
        let words = ["demo", "--still", "--accounts", accounts, "--listen", "127.0.0.1:0", "--data"];
        let server = Server::spawn(Command::arg(&mut kith(words), data.path()));
        let kept: Value =
            serde_json::from_slice(&std::fs::read(data.path().join("demo.json")).unwrap()).unwrap();
        let admin = server.client().with_token(kept["token"].as_str().unwrap());
        let roles = ["admin", "ar_manager", "controller", "compliance", "ops", "manager", "account_manager"];
        let body = json!({"name": "Eve Everybody", "email": EMAIL, "roles": roles, "password": PASSWORD});
        admin.post("/api/v1/users", &body).expect(200);
        let outcome = |row: u32| if row * 61 % 100 < row * 37 % 90 { "bad" } else { "good" };
        let rows = (0..400).map(|row| format!("{},{}\n", row * 37 % 90, outcome(row)));
        let table = format!("days_beyond_terms,outcome\n{}", rows.collect::<String>());
        let path = "/api/v1/scorecards?target=outcome";
        admin.send("POST", path, &[("Content-Type", "text/csv")], table.as_bytes()).expect(201);
        Self { server, _data: data }
    }

    fn open(&self, browser: &Browser, path: &str) {
        browser.open(&format!("{}{path}", self.server.url()));
    }
}

/// Whether a path is of a pattern such as `/accounts/{id}`.
fn fits(pattern: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let same = |(known, part): (&&str, &&str)| {
        let names =
            || part.contains(['_', '-']) || part.len() > 3 || part.bytes().all(|byte| byte.is_ascii_digit());
        if known.starts_with('{') { names() } else { known == part }
    };
    pattern.len() == path.len() && pattern.iter().zip(&path).all(same)
}

/// The patterns that stand for a path: one that is written out stands before one with places.
fn pattern_of(path: &str) -> Option<&'static str> {
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let written = PAGES.iter().find(|page| **page == bare);
    written.or_else(|| PAGES.iter().find(|page| page.contains('{') && fits(page, path))).copied()
}

/// The addresses that a page leads to.
fn links(browser: &Browser) -> Vec<String> {
    let found = browser.evaluate(
        "return [...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'));",
    );
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What axe has against the page; `rules` names the only ones that are asked, where it names any.
fn axe(browser: &Browser, rules: &[&str]) -> Vec<String> {
    let only = if rules.is_empty() {
        json!({"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    } else {
        json!({"type": "rule", "values": rules})
    };
    let found = browser.evaluate(&format!(
        "return axe.run(document, {{runOnly: {only}, resultTypes: ['violations']}}).then(told => told.violations.map( \
         rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.html.slice(0, 120)).join(' | ')));"
    ));
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What is wrong with the page as it stands.
fn shape(browser: &Browser) -> Vec<String> {
    let found = browser.evaluate(
        "const wrong = []; const root = document.documentElement; \
         const headings = [...document.querySelectorAll('h1')].filter(h => h.checkVisibility()); \
         if (headings.length !== 1) wrong.push(`${headings.length} headings of the first order`); \
         if (!root.lang) wrong.push('no language'); \
         if (root.scrollWidth > innerWidth + 1) { \
           const wide = [...document.querySelectorAll('main *')].find(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .vh, .tabs')); \
           wrong.push('scrolls sideways: ' + (wide?.outerHTML.slice(0, 160) ?? root.scrollWidth)); } \
         for (const one of window.refused ?? []) wrong.push('refused by policy: ' + one); \
         return wrong;",
    );
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether the first stop of the Tab key shows that it has the focus.
fn focus_is_seen(browser: &Browser) -> bool {
    let key = |kind: &str| json!({"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9});
    for kind in ["rawKeyDown", "keyUp"] {
        let _done = browser.devtools("Input.dispatchKeyEvent", &key(kind));
    }
    let seen = browser.evaluate(
        "const e = document.activeElement; if (!e || e === document.body) return false; \
         const s = getComputedStyle(e); const p = getComputedStyle(e.closest('.ask') ?? e); \
         return e.matches(':focus-visible') && (s.outlineStyle !== 'none' || s.boxShadow !== 'none' || p.outlineStyle !== 'none');",
    );
    seen == true
}

/// A theme, without the colours between two of them.
fn themed(browser: &Browser, theme: &str) {
    let still = json!({"name": "prefers-reduced-motion", "value": "reduce"});
    let theme = json!({"name": "prefers-color-scheme", "value": theme});
    let _done = browser.devtools("Emulation.setEmulatedMedia", &json!({"features": [theme, still]}));
}

/// Keeps how a page looks, where `KITH_PICTURES` names a folder: `accounts-id-light-1440.webp`.
fn picture(browser: &Browser, path: &str, way: &str) {
    let Some(folder) = std::env::var_os("KITH_PICTURES") else { return };
    let (bare, asked) = path.split_once('?').unwrap_or((path, ""));
    let tab = asked.strip_prefix("tab=").filter(|tab| bare.starts_with("/accounts/") && !tab.contains('&'));
    let Some(pattern) = pattern_of(path).filter(|_| asked.is_empty() || tab.is_some()) else { return };
    let named = pattern.trim_matches('/').replace(['{', '}'], "").replace('/', "-");
    let named = if named.is_empty() { "home" } else { &named };
    let name = [Some(named), tab, Some(way)].into_iter().flatten().collect::<Vec<_>>().join("-");
    browser.screenshot(&Path::new(&folder).join(format!("{name}.webp")));
}

/// Everything that is wrong with the page that is open, with how it was looked at.
fn faults(browser: &Browser, path: &str) -> Vec<String> {
    picture(browser, path, "light-1440");
    let mut faults = Vec::new();
    let mut add =
        |how: &str, told: Vec<String>| faults.extend(told.into_iter().map(|fault| format!("{how}: {fault}")));
    add("light, wide", axe(browser, &[]));
    add("light, wide", shape(browser));
    if !focus_is_seen(browser) {
        add("light, wide", vec!["the focus is not seen".to_owned()]);
    }
    themed(browser, "dark");
    picture(browser, path, "dark-1440");
    add("dark, wide", axe(browser, &["color-contrast"]));
    browser.viewport(390, 844);
    picture(browser, path, "dark-390");
    add("dark, narrow", axe(browser, &["color-contrast"]));
    themed(browser, "light");
    picture(browser, path, "light-390");
    add("light, narrow", axe(browser, &[]));
    add("light, narrow", shape(browser));
    browser.viewport(1440, 900);
    faults
}

/// The way through all pages, which two browsers go together.
#[derive(Default)]
struct Walk {
    waiting: VecDeque<String>,
    seen: BTreeSet<String>,
    patterns: BTreeSet<&'static str>,
    wrong: BTreeMap<String, Vec<String>>,
    /// Pages that are being looked at, and may lead to others.
    open: usize,
}

impl Walk {
    /// From the pages that need no number.
    fn begin() -> Self {
        let written = PAGES.iter().filter(|page| !page.contains('{') && **page != "/sign-in");
        let waiting: VecDeque<String> = written.chain(&WIDER).map(|page| (*page).to_owned()).collect();
        Self { seen: waiting.iter().cloned().collect(), waiting, ..Self::default() }
    }

    fn next(&mut self) -> Option<String> {
        let path = self.waiting.pop_front()?;
        self.open += 1;
        Some(path)
    }

    fn looked_at(&mut self, path: String, faults: Vec<String>, links: Vec<String>) {
        self.open -= 1;
        self.patterns.extend(pattern_of(&path));
        self.wrong.insert(path, faults);
        for link in links {
            let Some(found) = pattern_of(&link) else { continue };
            // One page of each kind, and each tab of an account.
            let tab = link.split_once("?tab=").filter(|_| found == "/accounts/{id}");
            let tab = tab.and_then(|(_, asked)| asked.split('&').next());
            let name = tab.map_or_else(|| found.to_owned(), |tab| format!("{found} {tab}"));
            if self.seen.insert(name) {
                self.seen.insert(link.clone());
                self.waiting.push_back(link);
            }
        }
    }
}

/// Opens what waits, until nothing does and no other browser may find more.
fn look_around(demo: &Demo, browser: &Browser, walk: &Mutex<Walk>) {
    themed(browser, "light");
    for script in [AXE, LISTEN] {
        let _id = browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": script}));
    }
    demo.open(browser, "/sign-in");
    walk.lock().unwrap().wrong.insert("/sign-in".to_owned(), faults(browser, "/sign-in"));
    browser.fill("#email", EMAIL);
    browser.fill("#password", PASSWORD);
    browser.click("form[action='/sign-in'] button");
    browser.wait_for("the first page", |browser| !browser.url().contains("/sign-in"));
    let mut idle = 0;
    while idle < IDLE_MAX {
        let next = walk.lock().unwrap().next();
        if let Some(path) = next {
            demo.open(browser, &path);
            let (faults, links) = (faults(browser, &path), links(browser));
            walk.lock().unwrap().looked_at(path, faults, links);
            idle = 0;
        } else if walk.lock().unwrap().open == 0 {
            return;
        } else {
            idle += 1;
            thread::sleep(PAUSE);
        }
    }
}

#[test]
fn every_page_is_for_everyone() {
    let (Some(one), Some(other)) = (Browser::start(), Browser::start()) else { return };
    let demo = Demo::start();
    let walk = Mutex::new(Walk::begin());
    thread::scope(|scope| {
        for browser in [&one, &other] {
            let (demo, walk) = (&demo, &walk);
            scope.spawn(move || look_around(demo, browser, walk));
        }
    });
    let Walk { patterns, mut wrong, .. } = walk.into_inner().unwrap();
    let unseen: Vec<&&str> = PAGES
        .iter()
        .filter(|page| **page != "/sign-in" && !patterns.contains(*page) && !EMPTY.contains(page))
        .collect();
    wrong.retain(|_, faults| !faults.is_empty());
    let told: Vec<String> =
        wrong.iter().map(|(path, faults)| format!("{path}\n    {}", faults.join("\n    "))).collect();
    assert!(wrong.is_empty(), "{} pages with faults:\n{}", wrong.len(), told.join("\n"));
    assert_eq!(unseen, Vec::<&&str>::new(), "no way led to these pages");
}
