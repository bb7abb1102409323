//! The commonest jobs on the list and the account, with the clicks and keys that they may take.

use std::cell::Cell;

use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, Person, is_clean};

/// A hand that counts what it does.
struct Hand<'b> {
    browser: &'b Browser,
    clicks: Cell<usize>,
    keys: Cell<usize>,
}

impl<'b> Hand<'b> {
    fn of(browser: &'b Browser) -> Self {
        Self { browser, clicks: Cell::new(0), keys: Cell::new(0) }
    }

    fn click(&self, selector: &str) {
        self.clicks.set(self.clicks.get() + 1);
        self.browser.click(selector);
    }

    /// A key as the keyboard sends it, with Ctrl or without.
    fn key(&self, key: &str, ctrl: bool) {
        self.keys.set(self.keys.get() + 1);
        let modifiers = if ctrl { 2 } else { 0 };
        let text = if key.len() == 1 { key } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({"type": kind, "key": key, "modifiers": modifiers});
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            let _done = self.browser.devtools("Input.dispatchKeyEvent", &event);
        }
    }

    /// Text at the focus; typing is not counted.
    fn types(&self, text: &str) {
        let _done = self.browser.devtools("Input.insertText", &json!({"text": text}));
    }

    fn took(&self) -> (usize, usize) {
        (self.clicks.get(), self.keys.get())
    }
}

#[test]
fn asking_takes_one_click_or_one_key() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    let hand = Hand::of(&browser);
    hand.key("/", false);
    hand.types("premium, orders declining, service issues");
    browser.run("document.activeElement.form.requestSubmit(); return true");
    browser.wait_for("the answer", |browser| browser.url().contains("q="));
    assert_eq!(browser.count("#rows tr"), 1);
    assert_eq!(hand.took(), (0, 1));
    is_clean(&browser);
}

#[test]
fn why_the_score_is_what_it_is_takes_nothing() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Brightwater Foods");
    assert!(browser.text("#why-card").contains("the drivers add up to"));
}

#[test]
fn logging_a_call_takes_two_clicks_or_two_keys() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let hand = Hand::of(&browser);
    hand.click("#log > summary");
    browser.fill("#talk-text", "Wants a trial on the Lille lane.");
    hand.click("#log form button");
    browser.wait_for("the call", |browser| browser.text("#timeline").contains("Lille lane"));
    assert_eq!(hand.took(), (2, 0));
    let hand = Hand::of(&browser);
    hand.key("l", false);
    browser
        .wait_for("the form", |browser| browser.evaluate("return document.activeElement.id") == "talk-text");
    hand.types("The second call.");
    hand.key("Enter", true);
    browser.wait_for("the second call", |browser| browser.text("#timeline").contains("The second call."));
    assert_eq!(hand.took(), (0, 2));
    is_clean(&browser);
}

#[test]
fn changing_a_field_takes_two_clicks_and_shows_its_lane_first() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    browser.open(&format!("{}?tab=master", browser.url()));
    let hand = Hand::of(&browser);
    hand.click("dd[data-field=payment_terms] a[data-inline]");
    browser
        .wait_for("the form in the row", |browser| browser.count("dd[data-field=payment_terms] form") == 1);
    browser.choose("#edit-payment_terms", "NET45");
    browser.wait_for("the lane", |browser| browser.text("dd[data-field=payment_terms]").contains("lane"));
    hand.click("dd[data-field=payment_terms] button[data-send]");
    browser.wait_for("that it was sent", |browser| {
        browser.count("#asked") == 1 || browser.text("dd[data-field=payment_terms]").contains("NET45")
    });
    assert_eq!(hand.took(), (2, 0));
    is_clean(&browser);
}

#[test]
fn what_one_entity_is_allowed_takes_one_key() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    company.open_account(&browser, "Dune Retail");
    let hand = Hand::of(&browser);
    hand.key("]", false);
    browser.wait_for("the entity", |browser| browser.url().contains("entity="));
    hand.key("[", false);
    browser.wait_for("the master record", |browser| !browser.url().contains("entity="));
    hand.key("3", false);
    browser.wait_for("the third tab", |browser| browser.url().contains("tab=metrics"));
    assert_eq!(hand.took(), (0, 3));
    is_clean(&browser);
}

#[test]
fn the_next_account_of_the_list_takes_one_key() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Controller) else { return };
    let second = browser.evaluate("return document.querySelectorAll('#rows tr')[1].dataset.account");
    browser.click("#rows a");
    browser.wait_for("the account", |browser| browser.text("#walk").contains("1 of 4"));
    let hand = Hand::of(&browser);
    hand.key("j", false);
    browser.wait_for("the next one", |browser| browser.text("#walk").contains("2 of 4"));
    assert!(browser.url().ends_with(second.as_str().unwrap()));
    assert_eq!(hand.took(), (0, 1));
    is_clean(&browser);
}
