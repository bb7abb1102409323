//! A headless Chromium of its own for each test, driven over the W3C browser protocol.
//!
//! Blocking, as tests are: inside an asynchronous test call it from a blocking thread. The address of an element is a
//! CSS selector; nothing here waits for a fixed time, [`Browser::wait_for`] polls a condition.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::{Value, json};

mod driver;
#[cfg(test)]
mod tests;

use driver::Driver;

/// The variable that names the browser's program.
pub const CHROMIUM: &str = "KITH_TEST_CHROMIUM";
/// The variable that names the program that drives it.
pub const CHROMEDRIVER: &str = "KITH_TEST_CHROMEDRIVER";

/// How long a condition or an element is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// How true a WebP is, of 100.
const QUALITY: u8 = 60;

/// How long to wait before looking again.
const POLL: Duration = Duration::from_millis(25);

/// What the browser says of an element that is not there now but may be in a moment.
const PASSING: [&str; 2] = ["stale element reference", "no such element"];

/// What the browser says when a script was cut off because another page came.
const CUT_OFF: [&str; 4] =
    ["aborted by navigation", "execution context", "Execution context", "cannot determine loading status"];

/// What the page is told about the reader's preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// One browser with one window and a fresh profile. Dropping it ends the browser.
#[derive(Debug)]
pub struct Browser {
    driver: Driver,
}

impl Browser {
    /// Starts a browser, 1440 × 900, light; `None` when none is named, so that the test can leave the page out.
    ///
    /// # Panics
    /// If a browser is named but does not start.
    #[must_use]
    #[track_caller]
    pub fn start() -> Option<Self> {
        let chromium = std::env::var_os(CHROMIUM)?;
        let chromedriver = std::env::var_os(CHROMEDRIVER)?;
        let browser = match Driver::start(&chromium, &chromedriver) {
            Ok(driver) => Self { driver },
            Err(reason) => {
                panic!("the browser named by {CHROMIUM} and {CHROMEDRIVER} did not start: {reason}")
            }
        };
        browser.viewport(1440, 900);
        browser.theme(Theme::Light);
        Some(browser)
    }

    /// Sets the size of the page in CSS pixels, phones included.
    #[track_caller]
    pub fn viewport(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        let _done = self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Sets what `prefers-color-scheme` answers.
    #[track_caller]
    pub fn theme(&self, theme: Theme) {
        let value = if theme == Theme::Dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        let _done = self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// Allows or forbids scripts in the pages loaded from now on; reading must work without.
    #[track_caller]
    pub fn scripts(&self, allowed: bool) {
        let _done = self.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": !allowed}));
    }

    /// Loads a page and waits until it is loaded.
    #[track_caller]
    pub fn open(&self, url: &str) {
        let _done = self.must("POST", "url", &json!({"url": url}));
    }

    /// The address of the page.
    #[must_use]
    #[track_caller]
    pub fn url(&self) -> String {
        string(self.must("GET", "url", &Value::Null))
    }

    /// The title of the page.
    #[must_use]
    #[track_caller]
    pub fn title(&self) -> String {
        string(self.must("GET", "title", &Value::Null))
    }

    /// The page as it stands now, in HTML.
    #[must_use]
    #[track_caller]
    pub fn source(&self) -> String {
        string(self.must("GET", "source", &Value::Null))
    }

    /// How many elements match.
    #[must_use]
    #[track_caller]
    pub fn count(&self, selector: &str) -> usize {
        let found = self.must("POST", "elements", &json!({"using": "css selector", "value": selector}));
        found.as_array().map_or(0, Vec::len)
    }

    /// The visible text of the first element that matches.
    #[must_use]
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        string(self.on_element(selector, "GET", "text", &Value::Null))
    }

    /// An attribute of the first element that matches.
    #[must_use]
    #[track_caller]
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let value = self.on_element(selector, "GET", &format!("attribute/{name}"), &Value::Null);
        value.as_str().map(str::to_owned)
    }

    /// Clicks the first element that matches, as a person does: it must be visible and not covered.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let _done = self.on_element(selector, "POST", "click", &json!({}));
    }

    /// Replaces the text of a field; a line feed at the end presses Enter.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let _cleared = self.on_element(selector, "POST", "clear", &json!({}));
        // WebDriver's private code point for Enter.
        let keys = text.replace('\n', "\u{e007}");
        let _done = self.on_element(selector, "POST", "value", &json!({"text": keys}));
    }

    /// Chooses a file of this machine in a field for files.
    #[track_caller]
    pub fn attach(&self, selector: &str, file: &Path) {
        let _done = self.on_element(selector, "POST", "value", &json!({"text": file.to_string_lossy()}));
    }

    /// Runs a function body in the page and gives what it returns.
    #[must_use]
    #[track_caller]
    pub fn evaluate(&self, body: &str) -> Value {
        let script = json!({"script": body, "args": []});
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.driver.ask("POST", "execute/sync", &script) {
                Ok(value) => return value,
                Err(reason) => {
                    // What was asked of the page before is asked of the one that came.
                    let cut_off = CUT_OFF.iter().any(|said| reason.contains(said));
                    assert!(cut_off && Instant::now() < deadline, "{body}: {reason}");
                }
            }
            thread::sleep(POLL);
        }
    }

    /// Takes one of the choices of a list.
    ///
    /// # Panics
    /// If the list has no such choice.
    #[track_caller]
    pub fn choose(&self, selector: &str, value: &str) {
        let body = format!(
            "const list = document.querySelector('{selector}'); list.value = '{value}'; \
             const chosen = list.value; \
             for (const told of ['input', 'change']) list.dispatchEvent(new Event(told, {{bubbles: true}})); return chosen;"
        );
        assert_eq!(self.evaluate(&body), json!(value), "{selector}");
    }

    /// Runs a function body in the page for what it does there.
    #[track_caller]
    pub fn run(&self, body: &str) {
        let _returned = self.evaluate(body);
    }

    /// Polls until the condition holds.
    ///
    /// # Panics
    /// After 20 seconds, with `what` and the text of the page.
    #[track_caller]
    pub fn wait_for(&self, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition(self) {
            assert!(
                Instant::now() < deadline,
                "waited in vain for {what}; the page says:\n{}",
                self.text("body")
            );
            thread::sleep(POLL);
        }
    }

    /// Writes what the window shows as PNG, or as WebP into a file of that name.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        self.capture(file, false);
    }

    /// Writes the whole page, beyond the window, as PNG.
    ///
    /// # Panics
    /// If the file cannot be written.
    #[track_caller]
    pub fn screenshot_whole(&self, file: &Path) {
        self.capture(file, true);
    }

    /// What the browser complained about since the last call: errors of scripts, refused by policy, not found.
    #[must_use]
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.must("POST", "se/log", &json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let grave =
            entries.into_iter().filter(|entry| entry["level"] == "SEVERE" || entry["source"] == "security");
        grave.map(|entry| format!("{}: {}", entry["source"], entry["message"])).collect()
    }

    /// One command of the developer tools.
    #[must_use]
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.must("POST", "goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    #[track_caller]
    fn capture(&self, file: &Path, whole: bool) {
        // PNG keeps every point, WebP is small.
        let format = if file.extension().is_some_and(|end| end == "webp") { "webp" } else { "png" };
        let picture = json!({"format": format, "quality": QUALITY, "captureBeyondViewport": whole});
        let picture = match self.devtools("Page.getLayoutMetrics", &json!({})) {
            size if whole => {
                let content = &size["cssContentSize"];
                let clip = json!({"x": 0, "y": 0, "width": content["width"], "height": content["height"], "scale": 1});
                json!({"format": format, "quality": QUALITY, "captureBeyondViewport": true, "clip": clip})
            }
            _ => picture,
        };
        let shot = string(self.devtools("Page.captureScreenshot", &picture)["data"].take());
        let written = BASE64.decode(shot.as_bytes()).map(|bytes| std::fs::write(file, bytes));
        assert!(matches!(written, Ok(Ok(()))), "no picture in {}: {written:?}", file.display());
    }

    /// Does one thing with the first element that matches. A living page may put a new element in its place between
    /// finding it and acting, and a page that is still loading has none yet: then it is looked for again.
    #[track_caller]
    fn on_element(&self, selector: &str, method: &str, action: &str, body: &Value) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let reason = match self.try_on_element(selector, method, action, body) {
                Ok(value) => return value,
                Err(reason) => reason,
            };
            let passing = PASSING.iter().any(|passing| reason.contains(passing));
            assert!(passing && Instant::now() < deadline, "{method} {action} of {selector}: {reason}");
            thread::sleep(POLL);
        }
    }

    fn try_on_element(
        &self,
        selector: &str,
        method: &str,
        action: &str,
        body: &Value,
    ) -> Result<Value, String> {
        let found =
            self.driver.ask("POST", "element", &json!({"using": "css selector", "value": selector}))?;
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        self.driver.ask(method, &format!("element/{}/{action}", id.unwrap_or_default()), body)
    }

    #[track_caller]
    fn must(&self, method: &str, path: &str, body: &Value) -> Value {
        match self.driver.ask(method, path, body) {
            Ok(value) => value,
            Err(reason) => panic!("{method} {path} {body}: {reason}"),
        }
    }
}

#[track_caller]
fn string(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => panic!("text expected from the browser, got {other}"),
    }
}
