//! What the scripts and the style sheet must hold.

use crate::web::asset::asset;

fn text(path: &str) -> String {
    String::from_utf8(asset(path).unwrap().bytes.to_vec()).unwrap()
}

#[test]
fn scripts_need_nothing_that_the_policy_forbids() {
    for path in ["kith.js", "kith-desk.js", "kith-palette.js", "kith-theme.js"] {
        let script = text(path);
        for word in [
            "eval(",
            "new Function",
            ".style.",
            "setAttribute(\"style\"",
            "http://",
            "https://",
            "document.write",
        ] {
            assert!(!script.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn the_style_sheet_asks_for_nothing_from_elsewhere() {
    let sheet = text("kith.css");
    for rest in sheet.split("url(").skip(1) {
        let path = rest.split(')').next().unwrap();
        assert!(asset(path).is_some(), "{path}");
    }
    assert!(!sheet.contains("@import"));
}

#[test]
fn every_topic_that_a_page_listens_to_is_on_the_stream() {
    for (name, html) in super::pages() {
        let Some((_, rest)) = html.split_once("/api/v1/stream?topics=") else { continue };
        for topic in rest.split('"').next().unwrap().split(',') {
            assert!(kith_engine::TOPICS.contains(&topic), "{name}: {topic}");
        }
    }
    let all: Vec<&str> = crate::web::shell::topics("account");
    for topic in kith_engine::TOPICS {
        assert!(all.contains(&topic), "{topic}: no page listens to it");
    }
}

#[test]
fn the_script_stays_small() {
    assert!(text("kith.js").len() < 18_500, "under 8 kB when compressed");
    assert!(text("kith-desk.js").len() < 20_000, "under 8 kB when compressed");
}
