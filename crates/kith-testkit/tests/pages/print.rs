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
        &json!({"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true}),
    );
    let pdf = BASE64.decode(told["data"].as_str().unwrap().as_bytes()).unwrap();
    let objects = objects(&pdf);
    let fonts: BTreeMap<u32, Letters> = objects
        .iter()
        .filter(|(_, object)| object.head.contains("/Type /Font\n"))
        .filter_map(|(number, object)| {
            let table = after(&object.head, "/ToUnicode ")?.split(' ').next()?.parse().ok()?;
            Some((*number, letters(&objects.get(&table)?.stream)))
        })
        .collect();
    let text: String = objects.values().map(|object| text(&object.stream, &fonts)).collect();
    let pages = objects.values().filter(|object| object.head.contains("/Type /Page\n")).count();
    (pages, text.split_whitespace().collect())
}

/// An object of a PDF: its head as it stands, its stream unpacked.
struct Object {
    head: String,
    stream: String,
}

/// The letters that the codes of a font are, and how many bytes a code has.
#[derive(Default)]
struct Letters {
    wide: bool,
    letters: BTreeMap<u16, String>,
}

fn after<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

fn place(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// The objects of a PDF by their numbers.
fn objects(pdf: &[u8]) -> BTreeMap<u32, Object> {
    let mut found = BTreeMap::new();
    let mut rest = pdf;
    while let Some(at) = place(rest, b" 0 obj\n") {
        let digits = rest[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let number = String::from_utf8_lossy(&rest[at - digits..at]).parse().unwrap_or_default();
        let body = &rest[at + 7..];
        let end = place(body, b"endobj").unwrap_or(body.len());
        let start = place(&body[..end], b"stream\n").map(|start| start + 7);
        let mut stream = Vec::new();
        if let Some(start) = start {
            // What is no packed text, such as a picture, is left out.
            let _read = ZlibDecoder::new(&body[start..end]).read_to_end(&mut stream);
        }
        let head = String::from_utf8_lossy(&body[..start.unwrap_or(end)]).into_owned();
        found.insert(number, Object { head, stream: String::from_utf8_lossy(&stream).into_owned() });
        rest = &body[end..];
    }
    found
}

/// Which letters the codes of a font are, from its table.
fn letters(table: &str) -> Letters {
    let number = |word: &str| u16::from_str_radix(word.trim_matches(['<', '>']), 16).ok();
    let letter = |code: u16| char::from_u32(u32::from(code)).map(String::from);
    let mut found = Letters { wide: table.contains("<0000> <FFFF>"), ..Letters::default() };
    for line in table.lines() {
        let words: Vec<Option<u16>> = line.split_whitespace().map(number).collect();
        match words[..] {
            [Some(code), Some(one)] => drop(letter(one).map(|one| found.letters.insert(code, one))),
            [Some(first), Some(last), Some(one)] => {
                let codes = (first..=last).zip(one..);
                found.letters.extend(codes.filter_map(|(code, one)| Some((code, letter(one)?))));
            }
            _ => {}
        }
    }
    found
}

/// The text of a page's content.
fn text(content: &str, fonts: &BTreeMap<u32, Letters>) -> String {
    let mut said = String::new();
    let mut font = None;
    for part in content.split(['\n', ' ']) {
        if let Some(number) = part.strip_prefix("/F").and_then(|number| number.parse::<u32>().ok()) {
            font = fonts.get(&number);
        }
        let Some(font) = font else { continue };
        for code in part.split('<').skip(1).filter_map(|code| code.split('>').next()) {
            let Ok(bytes) = HEXUPPER.decode(code.as_bytes()) else { continue };
            let codes: Vec<u16> = if font.wide {
                bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
            } else {
                bytes.into_iter().map(u16::from).collect()
            };
            said.extend(codes.iter().filter_map(|code| font.letters.get(code)).map(String::as_str));
        }
    }
    said
}

#[test]
fn an_account_and_a_list_are_clean_on_paper() {
    let company = Company::with_customers();
    let Some(browser) = company.browser(Person::Admin) else { return };
    company.open_account(&browser, "Brightwater Foods");
    let (pages, report) = printed(&browser);
    assert!((1..=6).contains(&pages), "{pages} pages");
    for wanted in
        ["BrightwaterFoods", "Sources", "Ordersaweek", "observations", "AdaAdmin", "Customerreport", "1/"]
    {
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
