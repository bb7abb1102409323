//! Every text of the pages is from the catalogue: in the language that nobody speaks, what is not in brackets is data.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use super::pages;
use crate::web::words::reading;

/// What the pages' data says: every text of the fixtures.
fn data() -> String {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pages")).unwrap() {
        let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        literals(source.parse().unwrap(), &mut texts);
    }
    texts.join("\n")
}

fn literals(source: TokenStream, texts: &mut Vec<String>) {
    for token in source {
        match token {
            TokenTree::Group(group) => literals(group.stream(), texts),
            TokenTree::Literal(literal) => {
                let text = syn::parse2::<syn::LitStr>(TokenTree::from(literal).into());
                texts.extend(text.map(|text| text.value()));
            }
            _ => {}
        }
    }
}

/// What a page shows or says: its text nodes and the attributes that people see or hear.
fn shown(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        texts.push(text.to_owned());
        for name in ["title", "aria-label", "placeholder", "alt"] {
            let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
            texts.extend(value.map(str::to_owned));
        }
    }
    let plain = |text: String| {
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    };
    texts.into_iter().map(plain).collect()
}

/// A text without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |letter: &char| {
        match letter {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(outside).collect()
}

/// Words that are the same in every language, days and months of dates, and what the pages are drawn with here.
const SAME: &str = "Kith CSV VAT true Mon Tue Wed Thu Fri Sat Sun \
    Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Wrong gone";

/// Whether a word is a name of a machine: a number, an identifier, a kind of event.
fn is_technical(word: &str) -> bool {
    word.contains(|letter: char| letter.is_ascii_digit() || "@_".contains(letter))
        || word.starts_with("io.kith.")
}

#[test]
fn every_text_of_the_pages_is_from_the_catalogue() {
    let data = data();
    let drawn = reading("en-XA", pages);
    let mut loose = BTreeSet::new();
    for (name, html) in drawn {
        let html = html.split_once("<body").unwrap().1;
        for text in shown(html).iter().map(|text| bare(text)) {
            let words = text.split(|letter: char| !letter.is_alphanumeric() && !"-_.'’@/".contains(letter));
            for word in words.map(|word| word.trim_matches(['.', '-', '/', '\''])) {
                let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
                let same = is_technical(word) || SAME.split_whitespace().any(|same| same == word);
                if letters > 2 && !same && !data.contains(word) {
                    loose.insert((name, word.to_owned(), text.trim().to_owned()));
                }
            }
        }
    }
    assert!(loose.is_empty(), "neither data nor from the catalogue: {loose:#?}");
}

#[test]
fn a_german_page_is_german() {
    let drawn = reading("de-AT", pages);
    for (name, html) in drawn {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"de-AT\">"), "{name}");
        for english in ["Skip to content", "Saved views", ">Accounts<", ">Changes<", ">Orders<", ">Settings<"]
        {
            assert!(!html.contains(english), "{name}: {english}");
        }
    }
}
