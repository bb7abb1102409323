//! The browser reads, clicks, types, waits, takes pictures and hears complaints, on a page served from this process.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use super::{Browser, Theme};

const PAGE: &str = r#"<!doctype html><html><head><title>A page</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body{margin:0;background:#fff;height:2000px}@media(prefers-color-scheme:dark){body{background:#000}}</style></head>
<body><p id="said">nothing</p><form action="/next"><input name="q" value="old"><button>Go</button></form>
<noscript><p id="plain">no script</p></noscript>
<script src="/script.js"></script><script>document.title = "inline ran"</script></body></html>"#;
const SCRIPT: &str = r#"setTimeout(() => { document.getElementById("said").textContent = "later" }, 50);"#;

/// Serves the page at every path until the test program ends; gives its address.
fn page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            thread::spawn(move || serve(connection));
        }
    });
    format!("http://{address}")
}

fn serve(mut connection: std::net::TcpStream) {
    let mut lines = BufReader::new(connection.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let _rest = lines.take_while(|line| !line.is_empty()).count();
    let (kind, body) =
        if first.contains("script.js") { ("text/javascript", SCRIPT) } else { ("text/html", PAGE) };
    let policy = "Content-Security-Policy: default-src 'self' data:; style-src 'unsafe-inline'";
    let length = body.len();
    // A browser that has gone away is no concern of the test.
    let _sent = write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{policy}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
}

#[test]
fn page_is_read_and_used() {
    let Some(browser) = Browser::start() else { return };
    let address = page();
    browser.open(&address);
    assert_eq!(browser.title(), "A page", "the policy keeps the inline script from running");
    browser.wait_for("the script", |browser| browser.text("#said") == "later");
    assert_eq!(browser.count("p"), 1);
    assert_eq!(browser.attribute("input", "name").as_deref(), Some("q"));
    assert_eq!(browser.attribute("input", "missing"), None);
    let complaints = browser.complaints();
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].contains("Content Security Policy"), "{complaints:?}");

    browser.fill("input", "who pays late");
    browser.click("button");
    browser.wait_for("the next page", |browser| browser.url().contains("/next"));
    assert_eq!(browser.url(), format!("{address}/next?q=who+pays+late"));
    browser.fill("input", "entered\n");
    browser.wait_for("the entered page", |browser| browser.url().ends_with("q=entered"));
}

#[test]
fn size_theme_and_scripts_are_set() {
    let Some(browser) = Browser::start() else { return };
    let address = page();
    browser.viewport(390, 844);
    browser.theme(Theme::Dark);
    browser.open(&address);
    assert_eq!(browser.evaluate("return innerWidth"), 390);
    assert_eq!(browser.evaluate("return getComputedStyle(document.body).backgroundColor"), "rgb(0, 0, 0)");
    browser.theme(Theme::Light);
    assert_eq!(
        browser.evaluate("return getComputedStyle(document.body).backgroundColor"),
        "rgb(255, 255, 255)"
    );

    let folder = tempfile::tempdir().unwrap();
    let (window, whole) = (folder.path().join("window.png"), folder.path().join("whole.png"));
    browser.screenshot(&window);
    browser.screenshot_whole(&whole);
    assert_eq!(png_size(&window), (390, 844));
    assert!(png_size(&whole).1 >= 2000, "{:?}", png_size(&whole));

    browser.scripts(false);
    browser.open(&address);
    assert_eq!(browser.text("#plain"), "no script");
    assert_eq!(browser.text("#said"), "nothing");
}

/// Width and height stand in the first chunk of a PNG.
fn png_size(file: &std::path::Path) -> (u32, u32) {
    let bytes = std::fs::read(file).unwrap();
    assert_eq!(&bytes[1..4], b"PNG");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
