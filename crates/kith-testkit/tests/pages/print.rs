//! On paper: an account is a clean report with its sources as footnotes, a list has its rows and no navigation.

use std::collections::BTreeMap;
use std::io::Read;

use data_encoding::{BASE64, HEXUPPER};
use flate2::read::ZlibDecoder;
use kith_testkit::browser::Browser;
use serde_json::json;

use super::company::{Company, Person};

/// What Chromium prints, as its pages and its text without blanks.
fn printed(browser: &Browser) -> (usize, String) {
    let told = browser.devtools(
        "Page.printToPDF",
        &json!({"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": false}),
    );
    let pdf = BASE64.decode(told["data"].as_str().unwrap().as_bytes()).unwrap();
    let streams = streams(&pdf);
    let letters: BTreeMap<u16, String> = streams.iter().flat_map(|stream| letters(stream)).collect();
    let text = streams.iter().map(|stream| text(stream, &letters)).collect::<String>();
    let plain = String::from_utf8_lossy(&pdf);
    let pages = plain.matches("/Type /Page").count() - plain.matches("/Type /Pages").count();
    (pages, text.split_whitespace().collect())
}

/// The streams of a PDF, unpacked.
fn streams(pdf: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = pdf;
    while let Some(start) = place(rest, b"stream\n") {
        let body = &rest[start + 7..];
        let end = place(body, b"endstream").unwrap_or(body.len());
        let mut unpacked = Vec::new();
        if ZlibDecoder::new(&body[..end]).read_to_end(&mut unpacked).is_ok() {
            found.push(String::from_utf8_lossy(&unpacked).into_owned());
        }
        rest = &body[(end + 9).min(body.len())..];
    }
    found
}

fn place(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Which letters the glyphs of a font are, from its table.
fn letters(stream: &str) -> Vec<(u16, String)> {
    let number = |word: &str| u16::from_str_radix(word.trim_matches(['<', '>']), 16).ok();
    let letter = |code: u16| char::from_u32(u32::from(code)).map(String::from);
    let mut found = Vec::new();
    let mut kind = "";
    for line in stream.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [_, begin] if begin.starts_with("beginbf") => {
                kind = if begin == "beginbfchar" { "char" } else { "range" }
            }
            [end] if end.starts_with("endbf") => kind = "",
            [glyph, code] if kind == "char" => {
                let (Some(glyph), Some(code)) = (number(glyph), number(code).and_then(letter)) else {
                    continue;
                };
                found.push((glyph, code));
            }
            [first, last, code] if kind == "range" => {
                let (Some(first), Some(last), Some(code)) = (number(first), number(last), number(code))
                else {
                    continue;
                };
                found.extend(
                    (first..=last).zip(code..).filter_map(|(glyph, code)| Some((glyph, letter(code)?))),
                );
            }
            _ => {}
        }
    }
    found
}

/// The text of a page's content.
fn text(stream: &str, letters: &BTreeMap<u16, String>) -> String {
    if !stream.contains("Tj") && !stream.contains("TJ") {
        return String::new();
    }
    let glyphs =
        stream.split('<').filter_map(|part| HEXUPPER.decode(part.split('>').next()?.as_bytes()).ok());
    let pairs = glyphs.flat_map(|bytes| {
        bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<_>>()
    });
    pairs.filter_map(|glyph| letters.get(&glyph).cloned()).collect()
}

#[test]
fn an_account_and_a_list_are_clean_on_paper() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let (pages, report) = printed(&browser);
    assert!((1..=6).contains(&pages), "{pages} pages");
    for wanted in ["BrightwaterFoods", "Sources", "Ordersaweek", "observations", "AdaAdmin"] {
        assert!(report.contains(wanted), "{wanted} is not on paper: {report}");
    }
    for unwanted in ["Quarantine", "Signout", "Skiptocontent", "Thereisnoconnection", "Saveasview"] {
        assert!(!report.contains(unwanted), "{unwanted} is on paper: {report}");
    }
    browser.open(&company.page("/accounts"));
    let (pages, list) = printed(&browser);
    assert_eq!(pages, 1, "four accounts fit a page");
    for wanted in ["BrightwaterFoods", "CalderChemicals", "DuneRetail", "EvergreenPaper"] {
        assert!(list.contains(wanted), "{wanted} is not on paper: {list}");
    }
    assert!(!list.contains("Quarantine"), "{list}");
}
