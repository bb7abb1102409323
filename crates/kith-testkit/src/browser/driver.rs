//! chromedriver as a private process on a free port, with one session in it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::Client;

/// A running chromedriver with one session; both end with it.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    client: Client,
    session: String,
    /// The browser's profile, removed after the browser has ended.
    profile: TempDir,
}

/// No sandbox, since tests run as root in containers; no network but the loopback address.
const FLAGS: [&str; 14] = [
    "--accept-lang=en-GB",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

impl Driver {
    pub(super) fn start(chromium: &OsStr, chromedriver: &OsStr) -> Result<Self, String> {
        let profile = tempfile::Builder::new().prefix("kith-browser-").tempdir();
        let profile = profile.map_err(|error| format!("no folder for the profile: {error}"))?;
        let mut child = Command::new(chromedriver)
            .arg("--port=0")
            // Crash reports and caches go to its home, scratch folders to TMPDIR: all vanish with the profile.
            .env("HOME", profile.path())
            .env("TMPDIR", profile.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver: {error}"))?;
        let port = match port(&mut child) {
            Some(port) => port,
            None => {
                let _ended = child.kill().and_then(|()| child.wait());
                return Err("chromedriver named no port".to_owned());
            }
        };
        let client = Client::new(&format!("http://127.0.0.1:{port}"));
        let mut driver = Self { child, client, session: String::new(), profile };
        driver.session = driver.begin(chromium)?;
        Ok(driver)
    }

    /// One command under the session; gives its value, or what the driver says against it.
    pub(super) fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        self.send(method, &format!("/session/{}/{path}", self.session), body)
    }

    fn begin(&self, chromium: &OsStr) -> Result<String, String> {
        let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
        flags.push(format!("--user-data-dir={}", self.profile.path().join("profile").display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium.to_string_lossy(), "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let session = self.send("POST", "/session", &wanted)?;
        let id = session["sessionId"].as_str().ok_or_else(|| format!("no session in {session}"))?;
        Ok(id.to_owned())
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let headers = [("Content-Type", "application/json")];
        let reply =
            self.client.try_send(method, path, &headers, &bytes).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_slice(&reply.body).map_err(|error| error.to_string())?;
        if reply.status != 200 {
            return Err(answer["value"]["message"].as_str().unwrap_or("no reason").to_owned());
        }
        Ok(answer["value"].take())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ending the session ends the browser; the driver alone would leave it behind.
        let _browser = self.send("DELETE", &format!("/session/{}", self.session), &Value::Null);
        let _driver = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Reads the line in which the driver says its port, and goes on reading so that it never blocks.
fn port(child: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(child.stdout.take()?).lines();
    let started =
        lines.by_ref().map_while(Result::ok).find(|line| line.contains("started successfully on port"))?;
    thread::spawn(move || lines.for_each(drop));
    started.rsplit(' ').next()?.trim_end_matches('.').parse().ok()
}
