//! The German catalogue has every text that the sources say, and no other.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::super::catalogue::{Entry, GERMAN, parse};

#[path = "../../../../../kith-template/src/walk.rs"]
mod walk;

/// Every text that a source says, found as the macros find it.
fn collect(source: TokenStream, keys: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = source.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| place.checked_sub(back).and_then(|place| tokens.get(place));
        let name = |token: Option<&TokenTree>| match token {
            Some(TokenTree::Ident(name)) => name.to_string(),
            _ => String::new(),
        };
        let is_macro = matches!(before(1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        let literals = || {
            group.stream().into_iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => walk::content(&literal),
                _ => None,
            })
        };
        if is_macro {
            match name(before(2)).as_str() {
                "html" => {
                    let mut walk = walk::Walk::default();
                    walk.markup(group.stream());
                    keys.extend(walk.keys);
                }
                "say" => keys.extend(literals().take(1)),
                "plural" => keys.extend(literals().take(2)),
                _ => {}
            }
        } else if group.delimiter() == Delimiter::Parenthesis
            && matches!(name(before(1)).as_str(), "t" | "word")
        {
            let first = group.stream().into_iter().next();
            keys.extend(first.and_then(|token| match token {
                TokenTree::Literal(literal) => walk::content(&literal),
                _ => None,
            }));
        }
        collect(group.stream(), keys);
    }
}

fn read_folder(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "tests" | "words" | "asset") {
            read_folder(&path, keys);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            collect(std::fs::read_to_string(&path).unwrap().parse().unwrap(), keys);
        }
    }
}

fn said() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut keys);
    keys
}

fn german(context: &str) -> Vec<Entry> {
    parse(GERMAN).0.into_iter().filter(|entry| entry.context == context).collect()
}

#[test]
fn german_has_every_text_of_the_pages_and_no_other() {
    let said = said();
    assert!(said.len() > 1_000, "the sources were read");
    let known: BTreeSet<String> = german("").into_iter().map(|entry| entry.english).collect();
    let missing: Vec<_> = said.difference(&known).collect();
    let unused: Vec<_> = known.difference(&said).collect();
    assert!(missing.is_empty(), "not in words/de.po: {missing:#?}");
    assert!(unused.is_empty(), "in words/de.po, and said nowhere: {unused:#?}");
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect()
}

#[test]
fn german_puts_the_same_values_into_a_sentence() {
    for entry in parse(GERMAN).0 {
        assert_eq!(places(&entry.english), places(&entry.other), "{}", entry.english);
    }
}

#[test]
fn german_keeps_the_blanks_around_a_text() {
    for Entry { english, other, .. } in german("") {
        assert_eq!(english.starts_with(' '), other.starts_with(' '), "{english}");
        assert_eq!(english.ends_with(' '), other.ends_with(' '), "{english}");
    }
}

/// The literals of a macro's calls in a crate's sources.
fn literals_of(name: &str, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            literals_of(name, &path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            if source.contains(&format!("{name}! {{")) {
                in_calls(name, source.parse().unwrap(), found);
            }
        }
    }
}

fn in_calls(name: &str, source: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = source.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let called = |back: usize| place.checked_sub(back).map(|place| tokens[place].to_string());
        let TokenTree::Group(group) = token else { continue };
        if called(1).as_deref() == Some("!") && called(2).as_deref() == Some(name) {
            found.extend(group.stream().into_iter().filter_map(|token| match token {
                TokenTree::Literal(literal) => walk::content(&literal),
                _ => None,
            }));
        }
    }
}

/// What is not in the catalogue of what the engine tells.
fn untold<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let known: BTreeSet<String> = german("told").into_iter().map(|entry| entry.english).collect();
    texts.filter(|text| !text.is_empty() && !known.contains(*text)).collect()
}

#[test]
fn german_has_every_refusal_with_what_would_clear_it() {
    let mut found = Vec::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    literals_of("refusals", &crates.join("kith-domain/src"), &mut found);
    literals_of("refusals", &crates.join("kith-engine/src"), &mut found);
    assert!(found.len() > 600 && found.len() % 3 == 0, "code, sentence, way out of each");
    let missing = untold(found.chunks(3).flat_map(|refusal| &refusal[1..]));
    assert!(missing.is_empty(), "not in words/de.po as told: {missing:#?}");
}

/// Where the engine makes sentences of reasons.
const REASONS: [&str; 49] = [
    "kith-connect/src/contacts.rs",
    "kith-connect/src/row/account.rs",
    "kith-connect/src/row/address.rs",
    "kith-connect/src/row/check.rs",
    "kith-connect/src/row/contact.rs",
    "kith-connect/src/row/member.rs",
    "kith-connect/src/row/money.rs",
    "kith-connect/src/row/number.rs",
    "kith-connect/src/row/reference.rs",
    "kith-connect/src/row/text.rs",
    "kith-connect/src/row/warn.rs",
    "kith-domain/src/quarantine/refusal.rs",
    "kith-engine/src/ingest/sort.rs",
    "kith-profile/src/touchpoint/members.rs",
    "kith-profile/src/touchpoint/when.rs",
    "kith-domain/src/credit/judge.rs",
    "kith-domain/src/order/check.rs",
    "kith-domain/src/order/refusal.rs",
    "kith-domain/src/account/cause.rs",
    "kith-domain/src/account/transition.rs",
    "kith-domain/src/account/stage.rs",
    "kith-domain/src/policy/judge.rs",
    "kith-engine/src/credit/hold.rs",
    "kith-engine/src/credit/reconcile.rs",
    "kith-engine/src/alert/find.rs",
    "kith-engine/src/mail/letter.rs",
    "kith-engine/src/home/need.rs",
    "kith-engine/src/home/need/source.rs",
    "kith-engine/src/home/outcome.rs",
    "kith-engine/src/order/queue.rs",
    "kith-engine/src/react.rs",
    "kith-engine/src/react/cause.rs",
    "kith-engine/src/react/watch.rs",
    "kith-engine/src/read/worklist.rs",
    "kith-engine/src/remind.rs",
    "kith-engine/src/gate/notify.rs",
    "kith-engine/src/gate/sample.rs",
    "kith-risk/src/anomaly/amount.rs",
    "kith-risk/src/anomaly/bust_out.rs",
    "kith-risk/src/anomaly/frequency.rs",
    "kith-risk/src/anomaly/mix.rs",
    "kith-risk/src/anomaly/place.rs",
    "kith-risk/src/anomaly/spend.rs",
    "kith-risk/src/anomaly/velocity.rs",
    "kith-risk/src/limit/chain.rs",
    "kith-risk/src/limit/explain.rs",
    "kith-risk/src/limit/guard.rs",
    "kith-risk/src/score.rs",
    "kith-risk/src/score/card.rs",
];

/// Texts that are for people: not attributes and comments, not what is logged or says that the store is damaged.
fn spoken(source: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = source.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let before = |back: usize| {
            place.checked_sub(back).and_then(|place| tokens.get(place)).map(ToString::to_string)
        };
        match token {
            TokenTree::Literal(literal) => {
                found.extend(walk::content(literal).filter(|text| is_spoken(text)))
            }
            TokenTree::Group(group) => {
                let is_mark = |back: usize, mark: &str| before(back).as_deref() == Some(mark);
                let is_attribute = is_mark(1, "#") || (is_mark(1, "!") && is_mark(2, "#"));
                let called = [before(1), before(2)];
                let is_inside = |name: &str| called.iter().flatten().any(|before| before == name);
                if !is_attribute && !is_inside("corrupt") && !is_inside("warn") {
                    spoken(group.stream(), found);
                }
            }
            _ => {}
        }
    }
}

/// Words with blanks between them that are no condition.
fn is_spoken(text: &str) -> bool {
    let letters = text.split(['{', '}']).step_by(2).collect::<String>();
    let words = letters.split_whitespace().filter(|word| {
        word.chars().all(|letter| letter.is_alphabetic() || ".,:;".contains(letter))
            && word.contains(char::is_alphabetic)
    });
    words.count() > 1 && !["&&", "||", "==", "<", ">", "has("].iter().any(|mark| text.contains(mark))
}

/// A text of the sources with something in each of its places.
fn filled(text: &str) -> String {
    let parts = text.replace("{{n}}", "{n}");
    let mut out = String::new();
    for (place, part) in parts.split(['{', '}']).enumerate() {
        out.push_str(if place % 2 == 0 { part } else { "7" });
    }
    out.trim().to_owned()
}

#[test]
fn german_has_every_reason_that_the_engine_gives() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut missing, mut seen) = (Vec::new(), 0);
    for file in REASONS {
        let mut found = Vec::new();
        spoken(std::fs::read_to_string(crates.join(file)).unwrap().parse().unwrap(), &mut found);
        seen += found.len();
        for text in found {
            let whole = filled(&text);
            let said = super::reading("de", || super::super::told(&whole).into_owned());
            if said == whole && super::super::catalogue::german().told(&whole) == whole {
                missing.push((file, text));
            }
        }
    }
    assert!(seen > 150, "the sources were read: {seen}");
    assert!(missing.is_empty(), "not in words/de.po as told: {missing:#?}");
}

#[test]
fn german_has_every_metric_with_its_description() {
    let mut found = Vec::new();
    literals_of("families", &Path::new(env!("CARGO_MANIFEST_DIR")).join("../kith-profile/src"), &mut found);
    // Base, title, unit, least sample, formula, whether by entity, description.
    let texts: Vec<String> = found.into_iter().filter(|text| !text.is_empty()).collect();
    assert!(texts.len() > 300 && texts.len().is_multiple_of(5), "{}", texts.len());
    let missing = untold(texts.chunks(5).flat_map(|family| [&family[1], &family[4]]));
    assert!(missing.is_empty(), "not in words/de.po as told: {missing:#?}");
}

#[test]
fn what_the_script_says_is_in_the_catalogue() {
    let script = concat!(include_str!("../../asset/kith.js"), include_str!("../../asset/kith-desk.js"));
    let said = said();
    for text in script.match_indices("t(\"").filter_map(|(at, _)| {
        let alone =
            script[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric() && before != '.');
        script[at + 3..].split('"').next().filter(|_| alone)
    }) {
        assert!(said.contains(text), "{text}");
        let of_script = super::super::script_texts().any(|known| known == text);
        assert!(of_script, "{text}: not given to the script");
    }
}

fn templates_of_maud(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates_of_maud(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let of_maud = |line: &str| {
                line.starts_with("use maud::")
                    && line.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "html")
            };
            found.extend(source.lines().any(of_maud).then(|| path.display().to_string()));
        }
    }
}

#[test]
fn templates_are_written_with_our_macro() {
    let mut found = Vec::new();
    templates_of_maud(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    assert!(found.is_empty(), "use kith_template::html here, so that the texts are looked up: {found:#?}");
}
