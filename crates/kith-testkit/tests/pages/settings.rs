//! The settings: people come in by a link, tokens are shown once, the data model grows; sessions end and nothing is lost.

use kith_testkit::browser::Browser;
use kith_testkit::http::Client;
use serde_json::json;

use super::company::{Company, PASSWORD, Person, is_clean, sign_in};

#[test]
fn somebody_new_comes_in_by_a_link_and_goes_again() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.click(".nav a[href='/settings']");
    browser.wait_for("the hub", |browser| browser.text("h1") == "Settings");
    browser.click("a[href='/settings/people'].card");
    browser.wait_for("the people", |browser| browser.count("#users li") >= 4);
    browser.click("details.card > summary");
    browser.fill("#invite-name", "Nora New");
    browser.fill("#invite-email", Person::Manager.email());
    browser.choose("#invite-role", "sales_rep");
    browser.click("#invite button");
    browser.wait_for("the fault", |browser| {
        browser.text("#invite").contains("Another user has this e-mail address")
    });
    assert_eq!(
        browser.evaluate("return document.querySelector('#invite-name').value"),
        "Nora New",
        "it is kept"
    );
    assert_eq!(browser.attribute("#invite-email", "aria-invalid").as_deref(), Some("true"));
    browser.fill("#invite-email", "nora@northwind.example");
    browser.click("#invite button");
    browser.wait_for("the link", |browser| browser.count("#link") == 1);
    let link = browser.evaluate("return document.querySelector('#link').value");
    let _done = browser.evaluate("document.querySelector('[name=\"role.viewer@EU\"]').click()");
    browser.click("form[action$='/roles'] button");
    browser.wait_for("the roles", |browser| {
        browser.evaluate("return document.querySelector('[name=\"role.viewer@EU\"]')?.checked") == true
            && browser.count("#link") == 0
    });
    let person = browser.url();
    is_clean(&browser);

    let other = Browser::start().unwrap();
    other.open(link.as_str().unwrap());
    other.fill("input[type=password]", "a long enough password");
    other.click("form button");
    other.wait_for("the door", |browser| browser.url().contains("/sign-in"));
    other.fill("#email", "nora@northwind.example");
    other.fill("#password", "a long enough password");
    other.click("form[action='/sign-in'] button");
    other.wait_for("the start page", |browser| browser.count("aside.side") == 1);
    browser.open(&person);
    browser.click("form[action$='/sessions'] button");
    browser.wait_for("the person again", |browser| browser.count("form[action$='/sessions']") == 1);
    other.open(&company.page("/settings/tokens"));
    other.wait_for("the door again", |browser| browser.url().contains("/sign-in?next="));
    other.open(link.as_str().unwrap());
    assert!(other.text("body").contains("does not work any more"), "{}", other.text("body"));
}

#[test]
fn a_token_is_shown_once_and_stops_when_it_is_revoked() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Manager) else { return };
    browser.open(&company.page("/settings/tokens"));
    browser.fill("#token-name", "erp feed");
    browser.fill("#token-days", "0");
    browser.click("#token button");
    browser.wait_for("the fault", |browser| browser.text("#token").contains("1 to 730 days"));
    browser.fill("#token-days", "30");
    browser.click("#token button");
    browser.wait_for("the secret", |browser| browser.count("#secret") == 1);
    let secret = browser.evaluate("return document.querySelector('#secret').value");
    let client: Client = company.server.client().with_token(secret.as_str().unwrap());
    client.get("/api/v1/me").expect(200);
    browser.open(&company.page("/settings/tokens"));
    assert!(!browser.source().contains(secret.as_str().unwrap()), "it is shown once");
    browser.run(
        "[...document.querySelectorAll('li[data-token]')].find(one => one.textContent.includes('erp feed')).querySelector('form button').click()",
    );
    browser.wait_for("its end", |browser| browser.text("#main").contains("Revoked"));
    assert_eq!(client.get("/api/v1/me").status, 401);
    is_clean(&browser);
}

#[test]
fn a_field_of_ones_own_is_everywhere_at_once() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/settings/fields"));
    browser.fill("#new-field-name", "dock count");
    browser.fill("#new-field-label", "Docks");
    browser.fill("#new-field-help", "Count the gates.");
    browser.choose("#new-field-type", "number");
    browser.fill("#new-field-min", "1");
    browser.fill("#new-field-max", "40");
    browser.click("#new-field .pri");
    browser.wait_for("the fault at the name", |browser| {
        browser.text("#new-field").contains("small letters, digits")
    });
    browser.fill("#new-field-name", "dock_count");
    browser.click("#new-field .pri");
    browser.wait_for("the field", |browser| browser.text("#main").contains("dock_count"));

    // The form, with its help and its limits.
    company.open_account(&browser, "Dune Retail");
    let account = browser.url();
    browser.open(&format!("{account}/edit"));
    let help = browser.text("#edit-custom-dock_count-help");
    assert!(help.contains("Count the gates. 1 to 40"), "{help}");
    browser.fill("#edit-custom-dock_count", "41");
    browser.click("button[data-send]");
    browser.wait_for("the limit at the field", |browser| {
        browser.text("#edit-custom-dock_count-fault").contains("xpected 1 to 40")
    });
    // The same in its row on the account's page.
    browser.open(&format!("{account}?tab=master"));
    let row = "dd[data-field='custom.dock_count']";
    browser.click(&format!("{row} a[data-inline]"));
    browser.wait_for("the form in the row", |browser| browser.count(&format!("{row} form")) == 1);
    browser.fill("#edit-custom-dock_count", "12");
    browser.wait_for("its lane", |browser| browser.count(&format!("{row} .diff")) == 1);
    browser.click(&format!("{row} button[data-send]"));
    browser.wait_for("that it was sent", |browser| browser.url().contains("asked=chg_"));
    assert!(browser.text("#asked").contains("Open the change"));
    let change = browser.url().split("asked=").nth(1).unwrap().to_owned();
    company.approve(change.split('&').next().unwrap());

    // The account's page, the list with column and filter, both exports.
    browser.open(&format!("{account}?tab=master"));
    browser.wait_for("the value", |browser| {
        browser.text("section[aria-labelledby=custom-fields]").contains("Docks")
    });
    assert!(browser.text("section[aria-labelledby=custom-fields]").contains("12"));
    let list = "f=custom_dock_count%20%3E%3D%2010&cols=custom_dock_count";
    browser.open(&company.page(&format!("/accounts?{list}")));
    browser.wait_for("the row", |browser| browser.text("main").contains("Dune Retail"));
    let rows = browser.text("#list");
    assert!(rows.contains("Dune Retail") && !rows.contains("Calder"), "{rows}");
    assert!(rows.contains("Docks") && rows.contains("12"), "{rows}");
    let export = |format: &str| {
        let path = format!(
            "/api/v1/accounts/export?format={format}&filter=custom_dock_count%20%3E%3D%2010&fields=name,custom_dock_count"
        );
        company.admin.get(&path)
    };
    let csv = export("csv").text();
    assert!(csv.contains("custom_dock_count") && csv.contains("12"), "{csv}");
    assert_eq!(export("xlsx").status, 200);

    // The API's own description, and the columns of an import.
    let document = company.admin.get("/openapi.json").expect(200);
    let place = "/components/schemas/AccountView/properties/custom/properties/dock_count";
    assert_eq!(document.pointer(place).unwrap()["maximum"], 40, "{:?}", document.pointer(place));
    let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    std::fs::write(file.path(), "id,name,email,entity,Docks\n9,Fjord Fish,office@fjord.example,US,7\n")
        .unwrap();
    browser.open(&company.page("/imports"));
    browser.attach("#file", file.path());
    browser.click("#upload button[type=submit]");
    browser.wait_for("the report", |browser| browser.url().contains("/imports/imp_"));
    browser.wait_for("the column", |browser| {
        browser.evaluate(
            "return [...document.querySelectorAll('select')].some(s => s.value === 'custom.dock_count')",
        ) == true
    });
    is_clean(&browser);
}

#[test]
fn a_session_that_ended_comes_back_to_the_same_place_with_what_was_typed() {
    let company = Company::found();
    let Some(browser) = company.browser(Person::Admin) else { return };
    browser.open(&company.page("/settings/organisation"));
    browser.fill("#organisation-name", "Northwind Group");
    let _gone = browser.devtools("Network.clearBrowserCookies", &json!({}));
    browser.click("#organisation .pri");
    browser.wait_for("the door", |browser| browser.url().contains("/sign-in"));
    sign_in(&browser, Person::Admin, PASSWORD);
    browser.wait_for("the same place", |browser| browser.url().ends_with("/settings/organisation"));
    let typed = "return document.querySelector('#organisation-name').value";
    assert_eq!(browser.evaluate(typed), "Northwind Group");
    assert!(browser.text(".note.kept").contains("What you typed was kept"));
    browser.click("#organisation .pri");
    browser.wait_for("the new name", |browser| browser.text("#company").contains("Northwind Group"));
    assert_eq!(browser.count(".note.kept"), 0, "what has arrived is no draft");

    // Without a connection nothing is sent and nothing is lost.
    browser.fill("#organisation-name", "Northwind Holding");
    let offline = json!({"offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    let _cut = browser.devtools("Network.emulateNetworkConditions", &offline);
    browser.wait_for("the notice", |browser| {
        browser.evaluate("return !document.querySelector('#offline').hidden") == true
    });
    browser.click("#organisation .pri");
    browser.wait_for("why", |browser| browser.text("#main").contains("Nothing was sent"));
    assert_eq!(browser.evaluate(typed), "Northwind Holding");
}

#[test]
fn what_may_not_be_seen_is_not_there() {
    let company = Company::with_customers();
    let seller = company.client_of("Sara Seller", "sales_rep");
    drop(seller);
    let page = |path: &str| {
        let reply = cookie(&company, "sales_rep@northwind.example", path);
        let headers: Vec<Option<String>> = ["content-type", "cache-control", "content-security-policy"]
            .iter()
            .map(|name| reply.header(name).map(str::to_owned))
            .collect();
        (reply.status, headers, reply.text())
    };
    let missing = page("/settings/nowhere");
    assert_eq!(missing.0, 404);
    assert_eq!(page("/audit"), missing);
    assert_eq!(page("/settings/feeds"), missing);
    assert_eq!(page("/accounts/acc_0198b2c4d5e67f8091a2b3c4d5e6f7ff"), missing);
}

/// A page as somebody who signed in with a form sees it.
fn cookie(company: &Company, email: &str, path: &str) -> kith_testkit::http::Reply {
    let client = company.server.client();
    let form = client.get("/sign-in");
    let held = form.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let text = form.text();
    let csrf = text.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let body =
        format!("csrf={csrf}&email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let kind = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", held.as_str())];
    let signed_in = client.send("POST", "/sign-in", &kind, body.as_bytes());
    let session = signed_in.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    client.send("GET", path, &[("Cookie", session.as_str())], &[])
}
