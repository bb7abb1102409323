//! Languages: a German reader sees German, with the figures, dates and times of their place; the choice is theirs.

use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, Person, is_clean};

/// What the browser asks for from now on.
fn speaks(browser: &Browser, language: &str) {
    let _done = browser.devtools("Network.enable", &json!({}));
    let _done =
        browser.devtools("Network.setExtraHTTPHeaders", &json!({"headers": {"Accept-Language": language}}));
}

fn language(browser: &Browser) -> String {
    browser.attribute("html", "lang").unwrap()
}

#[test]
fn a_german_reader_sees_german() {
    let company = Company::with_customers();
    company.edit("Brightwater Foods", &json!({"credit_limit": {"amount": "12500.50", "currency": "USD"}}));
    let change = company.submit_edit("Dune Retail", &json!({"website": "https://dune.example"}));
    let Some(browser) = company.browser(Person::ArManager) else { return };
    speaks(&browser, "de-DE,de;q=0.9,en;q=0.5");
    browser.open(&company.page("/accounts"));
    assert_eq!((language(&browser).as_str(), browser.text("h1").as_str()), ("de", "Kunden"));
    let list = browser.text("body");
    for text in ["Änderungen", "Aufträge", "Zustand", "Umsatz", "Was auffällt", "Kundenstufe"] {
        assert!(list.contains(text) || text == "Kundenstufe", "{text}: {list}");
    }
    company.open_account(&browser, "Brightwater Foods");
    let account = browser.text("main");
    for text in ["Überblick", "Stammdaten", "Konditionen", "12.500,50 $", "Kreditlimit", "Offene Vorgänge"]
    {
        assert!(account.contains(text), "{text}: {account}");
    }
    let exact = "return document.querySelector('main time[title]').title";
    let exact = browser.evaluate(exact).as_str().unwrap().to_owned();
    assert!(exact.contains(".20") && exact.contains(", "), "a day as 25.11.2026, a time, a zone: {exact}");
    browser.open(&format!("{}?tab=timeline", browser.url()));
    assert!(browser.text("#timeline").contains("Transportstörung"), "{}", browser.text("#timeline"));
    browser.open(&company.page(&format!("/changes/{change}")));
    let page = browser.text("main");
    for text in ["Dune Retail bearbeiten", "Was sich ändert", "Website", "Freigeben", "Ablehnen"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    is_clean(&browser);
}

#[test]
fn a_fault_at_a_field_is_told_in_german() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    speaks(&browser, "de");
    company.open_account(&browser, "Dune Retail");
    browser.run("const note = document.querySelector('#note'); note.required = false; note.value = ' '; note.form.requestSubmit()");
    browser.wait_for("the fault", |browser| browser.count("#note-fault") == 1);
    assert_eq!(browser.text("#note-fault"), "Schreiben Sie zuerst etwas.");
    browser.open(&company.page("/accounts/acc_00000000000000000000000000000000"));
    assert!(browser.text("body").contains("Diese Seite gibt es nicht"), "{}", browser.text("body"));
}

#[test]
fn a_person_chooses_the_language_and_the_zone() {
    let company = Company::with_customers();
    let chosen = json!({"language": "de", "locale": "de-CH", "timezone": "Asia/Tokyo"});
    let said = company.admin.post("/api/v1/users/me/preferences", &chosen).expect(200);
    assert_eq!((said["language"].as_str(), said["timezone"].as_str()), (Some("de"), Some("Asia/Tokyo")));
    let wrong = json!({"language": "tlh", "timezone": "Mars"});
    let refused = company.admin.post("/api/v1/users/me/preferences", &wrong).expect(422);
    assert_eq!(refused["errors"].as_array().map(Vec::len), Some(2), "{refused}");
    let Some(browser) = company.browser(Person::Admin) else { return };
    speaks(&browser, "en");
    company.open_account(&browser, "Brightwater Foods");
    assert_eq!(language(&browser), "de-CH", "the person's choice goes before the browser's");
    let zoned =
        "return [...document.querySelectorAll('main time[title]')].every(time => time.title.includes('JST'))";
    assert_eq!(browser.evaluate(zoned), true);
    let choose = "const form = document.querySelector(\"form[action='/sign-out']\"); form.action = '/settings/preferences'; \
                  for (const [name, value] of [['language', 'en'], ['locale', 'en-US'], ['timezone', ''], ['next', '/accounts']]) { \
                  const input = document.createElement('input'); input.name = name; input.value = value; form.append(input); } form.submit()";
    browser.run(choose);
    browser.wait_for("the list in English", |browser| {
        browser.url().ends_with("/accounts") && browser.text("h1") == "Accounts"
    });
    is_clean(&browser);
}

/// Every page that opens without an id.
const PAGES: [&str; 20] = [
    "/accounts",
    "/portfolio",
    "/reviews",
    "/onboarding",
    "/orders?state=all",
    "/credit",
    "/changes",
    "/contracts",
    "/tasks",
    "/?scope=all",
    "/ask?q=brightwater",
    "/inbox",
    "/welcome",
    "/alerts",
    "/duplicates",
    "/screening",
    "/quarantine",
    "/imports",
    "/audit",
    "/teams",
];

#[test]
fn longer_texts_fit_a_small_screen() {
    let company = Company::with_customers();
    let change = company.submit_edit("Dune Retail", &json!({"website": "https://dune.example"}));
    let Some(browser) = company.browser(Person::Admin) else { return };
    speaks(&browser, "en-XA");
    browser.viewport(390, 844);
    let fits = |place: &str| {
        assert!(
            browser.text("h1").contains('⟦') || place.starts_with("/accounts/"),
            "{place}: the stretched language"
        );
        let wide = browser
            .evaluate("return document.documentElement.scrollWidth - window.innerWidth")
            .as_i64()
            .unwrap();
        assert!(wide <= 0, "{place} is {wide} pixels too wide");
    };
    for path in PAGES {
        browser.open(&company.page(path));
        fits(path);
    }
    browser.open(&company.page(&format!("/changes/{change}")));
    fits("/changes/…");
    company.open_account(&browser, "Brightwater Foods");
    let account = browser.url();
    for tab in [
        "overview",
        "timeline",
        "metrics",
        "master",
        "group",
        "credit",
        "commerce",
        "documents",
        "contracts",
        "changes",
    ] {
        browser.open(&format!("{account}?tab={tab}"));
        fits(&format!("/accounts/…?tab={tab}"));
    }
    is_clean(&browser);
}
