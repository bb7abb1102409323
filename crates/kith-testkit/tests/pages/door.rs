//! Signing in and out, and what a stranger sees.

use kith_testkit::browser::Browser;

use super::company::{Company, PASSWORD, Person, is_clean, sign_in};

#[test]
fn a_stranger_is_sent_to_the_door_and_back() {
    let company = Company::found();
    let Some(browser) = Browser::start() else { return };
    browser.open(&company.page("/changes?state=applied"));
    assert!(browser.url().contains("/sign-in?next="), "{}", browser.url());
    sign_in(&browser, Person::ArManager, "a wrong password");
    browser.wait_for("the reason", |browser| browser.count("#sign-in-error") == 1);
    assert_eq!(browser.text("#sign-in-error"), "E-mail or password is wrong.");
    assert_eq!(browser.attribute("#email", "value").as_deref(), Some(Person::ArManager.email()));
    // The browser itself reports the 401 of the wrong password; nothing else.
    assert!(browser.complaints().iter().all(|said| said.contains("401")));
    sign_in(&browser, Person::ArManager, PASSWORD);
    browser.wait_for("the page asked for", |browser| browser.url().ends_with("/changes?state=applied"));
    assert!(browser.text(".foot").contains("Rosa Receivable"));
    browser.click(".foot summary");
    browser.click(".foot form[action='/sign-out'] button");
    browser.wait_for("the door", |browser| browser.url().ends_with("/sign-in"));
    browser.open(&company.page("/accounts"));
    assert!(browser.url().contains("/sign-in"), "the session is over");
    is_clean(&browser);
}

#[test]
fn what_is_not_there_and_what_may_not_be_seen_look_alike() {
    let company = Company::found();
    let client = company.server.client();
    assert_eq!(client.get("/").status, 303);
    assert_eq!(client.get("/").header("location"), Some("/sign-in"));
    assert_eq!(client.get("/accounts").header("location"), Some("/sign-in?next=%2Faccounts"));
    let Some(browser) = company.browser(Person::ArManager) else { return };
    for path in ["/accounts/acc_0000000000000000000000000", "/changes/nothing", "/no/such/page"] {
        browser.open(&company.page(path));
        assert_eq!(browser.text("h1"), "Not found", "{path}");
    }
    browser.open(&company.page("/quarantine"));
    assert_eq!(browser.text("h1"), "Not found", "an AR manager decides nothing in quarantine");
}

#[test]
fn forms_without_their_token_change_nothing() {
    let company = Company::found();
    let client = company.server.client();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("email={}&password={}", Person::Admin.email(), PASSWORD.replace(' ', "+"));
    assert_eq!(client.send("POST", "/sign-in", &form, body.as_bytes()).status, 403);
    // With the form's own cookie and token it works, and the session's cookie is closed to scripts.
    let (cookie, token) = ticket(&client);
    let body = format!("{body}&csrf={token}");
    let kept = [form[0], ("Cookie", cookie.as_str())];
    let reply = client.send("POST", "/sign-in", &kept, body.as_bytes());
    assert_eq!((reply.status, reply.header("location")), (303, Some("/")));
    let session = reply.header("set-cookie").unwrap().to_owned();
    assert!(session.starts_with("kith_session=") && session.contains("HttpOnly; SameSite=Lax; Path=/"));
    let session = session.split(';').next().unwrap();
    let refused = client.send("POST", "/views", &[form[0], ("Cookie", session)], b"name=x&csrf=00");
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("Nothing was changed"));
}

#[test]
fn guessing_is_slowed_down() {
    let company = Company::found();
    let client = company.server.client();
    let (cookie, token) = ticket(&client);
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", cookie.as_str())];
    let statuses: Vec<u16> = (0..11)
        .map(|guess| {
            let body = format!("email={}&password=guess{guess}&csrf={token}", Person::Admin.email());
            client.send("POST", "/sign-in", &headers, body.as_bytes()).status
        })
        .collect();
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10], 429);
    let body = format!("email={}&password=guess&csrf={token}", Person::Admin.email());
    let tired = client.send("POST", "/sign-in", &headers, body.as_bytes());
    let seconds: u64 = tired.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds) && tired.text().contains("Try again in 1 min"), "{seconds}");
    let colleague = format!("email=nobody@example.com&password=guess&csrf={token}");
    assert_eq!(client.send("POST", "/sign-in", &headers, colleague.as_bytes()).status, 401);
}

/// The cookie and the token of a fresh sign-in form.
fn ticket(client: &kith_testkit::http::Client) -> (String, String) {
    let page = client.get("/sign-in");
    let cookie = page.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let html = page.text();
    let token = html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (cookie, token)
}
