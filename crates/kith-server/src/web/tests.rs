//! What every page must hold: nothing inline, nothing unescaped, every form with its token.

use kith_api::view::Worklist;
use maud::Markup;

use super::asset::{asset, paths};
use super::fixture;
use super::link::{Link, joined};
use super::page::{self, AccountTab, AccountsPage};
use super::shell::Section;

mod figures;
mod language;
mod script;

const HOSTILE: &str = r#"<script>alert("1")</script>' onclick='x"#;

fn pages() -> Vec<(&'static str, String)> {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let changes = fixture::changes();
    let account = |tab| page::account(&shell, &fixture::account_page(tab));
    let drawn: Vec<(&'static str, Markup)> = vec![
        ("sign-in", page::sign_in(&fixture::sign_in(Some("Wrong.")))),
        ("accounts", page::accounts(&shell, &fixture::accounts_page())),
        ("all accounts", page::accounts(&shell, &fixture::all_accounts())),
        ("empty", page::accounts(&shell, &AccountsPage::default())),
        ("fault", page::accounts(&shell, &fixture::faulty_filter())),
        ("answer", page::accounts(&shell, &fixture::answered())),
        ("clarify", page::accounts(&shell, &fixture::clarifying())),
        ("overview", account(AccountTab::Overview)),
        ("timeline", account(AccountTab::Timeline)),
        ("metrics", account(AccountTab::Metrics)),
        ("master", account(AccountTab::Master)),
        ("account changes", account(AccountTab::Changes)),
        ("new", page::account(&shell, &fixture::new_account_page())),
        ("metric", page::metric(&shell, &fixture::metric_page())),
        ("changes", page::changes(&shell, &changes)),
        (
            "change",
            page::change(
                &shell,
                &fixture::limit_raise(),
                Some(&page::Decision::default()),
                page::Acts::default(),
                Some(&changes),
            ),
        ),
        ("stale", page::change(&shell, &fixture::stale_change(), None, page::Acts::default(), None)),
        ("alerts", page::alerts(&shell, &fixture::alerts())),
        ("duplicates", page::duplicates(&shell, &fixture::duplicates())),
        ("home", page::home(&shell, &fixture::home())),
        ("home without anything", page::home(&shell, &page::HomePage::default())),
        ("inbox", page::inbox(&shell, &fixture::inbox())),
        ("ask", page::ask(&shell, &fixture::asked())),
        ("welcome", page::welcome(&shell, &fixture::first_run())),
        ("quarantine", page::quarantine(&shell, &fixture::quarantine())),
        ("catalogues", page::catalogues(&shell, &fixture::catalogues())),
        ("orders", page::orders(&shell, &fixture::orders())),
        ("order", page::order(&shell, &fixture::held_order())),
        ("portfolio", page::portfolio(&shell, &fixture::portfolio())),
        ("transfer", page::transfer(&shell, &fixture::transfer())),
        ("reviews", page::reviews(&shell, &fixture::reviews())),
        ("teams", page::teams(&shell, &fixture::teams())),
        ("team", page::team(&shell, &fixture::team())),
        ("error", page::error(404, "No such page", "It is gone.", Some("k-1"))),
    ];
    drawn.into_iter().map(|(name, markup)| (name, markup.into_string())).collect()
}

/// Each tag of a page, without its brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
}

#[test]
fn no_page_holds_what_the_policy_forbids() {
    for (name, html) in pages() {
        for tag in tags(&html) {
            assert!(!tag.contains(" style="), "{name}: {tag}");
            let handler = tag.split(' ').any(|part| part.starts_with("on") && part.contains('='));
            assert!(!handler, "{name}: {tag}");
            assert!(!tag.starts_with("style"), "{name}: {tag}");
            assert!(!tag.contains("javascript:"), "{name}: {tag}");
            if tag.starts_with("script") {
                assert!(tag.contains(r#"src="/assets/"#), "{name}: {tag}");
            }
            for from in ["src=\"http", "href=\"http", "action=\"http"] {
                assert!(!tag.contains(from), "{name}: {tag}");
            }
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("></script>").count(),
            "{name}: a script has a body"
        );
    }
}

#[test]
fn every_page_has_one_heading_and_one_main() {
    for (name, html) in pages() {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{name}");
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
    }
}

#[test]
fn ids_are_unique_and_labels_point_at_fields() {
    for (name, html) in pages() {
        let mut ids: Vec<&str> = tags(&html).filter_map(|tag| attribute(tag, "id")).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id stands twice");
        for target in tags(&html).filter_map(|tag| attribute(tag, "for")) {
            assert!(ids.contains(&target), "{name}: label for {target}");
        }
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[test]
fn every_post_carries_the_token() {
    for (name, html) in pages() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            if form.split('>').next().unwrap().contains(r#"method="post""#) {
                assert!(form.contains(r#"name="csrf" value="csrf-token""#), "{name}: {form}");
            }
        }
    }
}

#[test]
fn names_from_outside_are_escaped() {
    let shell = fixture::shell(HOSTILE, Section::Accounts);
    let mut list = fixture::accounts_page();
    list.question = HOSTILE.to_owned();
    list.filter = HOSTILE.to_owned();
    for row in &mut list.list.rows {
        row.name = HOSTILE.to_owned();
        row.wrong = HOSTILE.to_owned();
        row.id = HOSTILE.to_owned();
    }
    for chip in &mut list.chips {
        chip.expression = HOSTILE.to_owned();
    }
    let mut account = fixture::account_page(AccountTab::Timeline);
    account.account.name = HOSTILE.to_owned();
    for item in &mut account.timeline {
        item.title = HOSTILE.to_owned();
        item.data = serde_json::json!({ HOSTILE: HOSTILE });
    }
    let mut change = fixture::limit_raise();
    change.title = HOSTILE.to_owned();
    change.reason = Some(HOSTILE.to_owned());
    let drawn = [
        page::accounts(&shell, &list).into_string(),
        page::account(&shell, &account).into_string(),
        page::change(&shell, &change, Some(&page::Decision::default()), page::Acts::default(), None)
            .into_string(),
        page::error(400, HOSTILE, HOSTILE, Some(HOSTILE)).into_string(),
    ];
    for html in drawn {
        assert!(!html.contains("<script>"));
        assert!(html.contains("&lt;script&gt;"));
        assert!(!html.contains("alert(\"1\")"));
    }
}

#[test]
fn the_list_keeps_its_whole_state_in_its_links() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let html = page::accounts(&shell, &fixture::accounts_page()).into_string();
    let question = "q=premium%20tier%2C%20orders%20declining%2C%20service%20issues%20in%2030%20days";
    let filter = "f=tier%20%3D%3D%20%22premium%22";
    assert!(html.contains(&format!("/accounts?{question}&amp;{filter}")));
    assert!(html.contains("&amp;sort=-revenue_365d"), "a click on revenue asks for the highest first");
    assert!(html.contains("&amp;sort=-health"), "a second click on health turns the order round");
    assert!(html.contains("aria-sort=\"ascending\""));
    assert!(html.contains("&amp;cursor=eyJhIjoxfQ&amp;from=11"), "the next page begins after eleven rows");
    assert!(html.contains("understood <span class=\"num\">3 of 3</span>"));
    assert!(html.contains("data-rows=\"/accounts/rows?"));
    assert_eq!(html.matches("aria-label=\"Remove ").count(), 3, "one way out for each chip");
}

#[test]
fn what_was_not_understood_stays_in_sight() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let html = page::accounts(&shell, &fixture::answered()).into_string();
    assert!(html.contains("understood <span class=\"num\">2 of 3</span>"));
    assert!(html.contains("Not understood: </span>“lately”"));
    assert!(!html.contains("<table class=\"tbl work\""), "an answer about one account shows no empty table");
    assert!(html.contains("Open Brightwater Foods"));
}

#[test]
fn a_filter_fault_marks_its_place() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let mut list = fixture::faulty_filter();
    let html = page::accounts(&shell, &list).into_string();
    assert!(html.contains("<mark>teir</mark> == &quot;premium&quot;"));
    list.list = Worklist::default();
    let html = page::accounts(&shell, &list).into_string();
    assert!(
        !html.contains("No accounts yet") && !html.contains("0 accounts"),
        "a fault is not an empty company"
    );
    let fault = list.error.as_mut().unwrap();
    (fault.filter, fault.at, fault.len) = ("naïve".to_owned(), 3, 1);
    let html = page::accounts(&shell, &list).into_string();
    assert!(html.contains("naïve"), "a place inside a letter is no panic");
    let fault = list.error.as_mut().unwrap();
    (fault.at, fault.len) = (usize::MAX, usize::MAX);
    assert!(page::accounts(&shell, &list).into_string().contains("naïve"));
}

#[test]
fn the_rows_fragment_is_rows_only() {
    let html = page::accounts_rows(&AccountsPage { from: 100, ..fixture::accounts_page() }).into_string();
    assert!(html.starts_with("<tr data-account=\"acc_"));
    assert_eq!(html.matches("<tr ").count(), 11);
    assert!(html.contains("<td class=\"n muted\">101</td>"));
}

#[test]
fn live_parts_are_parts_of_the_page() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    for tab in [AccountTab::Overview, AccountTab::Timeline, AccountTab::Metrics, AccountTab::Master] {
        let state = fixture::account_page(tab);
        let whole = page::account(&shell, &state).into_string();
        let live = page::account_live(&shell, &state).into_string();
        let parts: Vec<&str> = tags(&live).filter(|tag| tag.contains(" data-part")).collect();
        assert!(!parts.is_empty());
        for part in parts {
            assert!(whole.contains(part), "{tab:?}: {part}");
        }
        assert!(whole.contains("data-parts=\"/accounts/acc_0198f2c00000/live"));
    }
}

#[test]
fn health_says_why_and_adds_up() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let html = page::account(&shell, &fixture::account_page(AccountTab::Overview)).into_string();
    assert!(html.contains("Why health is 54"));
    assert!(html.contains("−18"));
    assert!(html.contains("the drivers add up to <span class=\"num\">54</span>"));
    let bare = page::account(&shell, &fixture::new_account_page()).into_string();
    assert!(bare.contains("Too little is known for a health score"));
    assert!(!bare.contains("class=\"ring"), "a score that is not known has no ring");
}

#[test]
fn a_tile_says_where_its_value_comes_from() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let html = page::account(&shell, &fixture::account_page(AccountTab::Overview)).into_string();
    assert!(html.contains("href=\"/accounts/acc_0198f2c00000/metrics/otif_90d\""));
    assert!(html.contains("<dt>Rule</dt><dd class=\"acc\">otif@1</dd>"));
    assert!(html.contains("1,127 observations, 90 days"));
    assert!(html.contains("No observation in 365 days"), "a value that is missing says why");
}

#[test]
fn only_who_may_decides() {
    let shell = fixture::shell("Changes", Section::Changes);
    let change = fixture::limit_raise();
    let may = page::change(&shell, &change, Some(&page::Decision::default()), page::Acts::default(), None)
        .into_string();
    let may_not = page::change(&shell, &change, None, page::Acts::default(), None).into_string();
    assert!(may.contains(&format!("formaction=\"/changes/{}/reject\"", change.id)));
    assert!(!may_not.contains("/reject\""));
    assert!(may.contains("<del>€400,000</del>") && may.contains("<ins>€520,000</ins>"));
    let stale = page::change(
        &shell,
        &fixture::stale_change(),
        Some(&page::Decision::default()),
        page::Acts::default(),
        None,
    )
    .into_string();
    assert!(!stale.contains("/reject\""), "what was decided is not decided again");
    assert!(stale.contains("Somebody else changed the tier meanwhile."));
}

#[test]
fn headings_that_fold_the_navigation_have_one_arrow() {
    let style = String::from_utf8(asset("kith.css").unwrap().bytes.to_vec()).unwrap();
    // The general mark of a disclosure would stand beside the icon; the native one in some engines as well.
    let general = style.find("details[open]:not(.menu) > summary::before").unwrap();
    let none = style.find(".side .nav details > summary::before { content: none; }").unwrap();
    assert!(general < none, "the later rule of equal weight wins");
    assert!(style.contains("summary::-webkit-details-marker { display: none; }"));
    assert!(style.contains("summary::marker { content: \"\"; }"));
}

#[test]
fn assets_have_types_and_tags() {
    for path in paths() {
        let file = asset(path).unwrap();
        assert!(!file.bytes.is_empty(), "{path}");
        assert!(file.etag.starts_with('"') && file.etag.ends_with('"') && file.etag.len() == 18, "{path}");
    }
    assert_eq!(asset("kith.css").unwrap().content_type, "text/css; charset=utf-8");
    assert_eq!(asset("inter-latin.woff2").unwrap().content_type, "font/woff2");
    assert_ne!(asset("kith.css").unwrap().etag, asset("kith.js").unwrap().etag);
    assert!(asset("../web.rs").is_none());
    assert!(asset("").is_none());
}

#[test]
fn pages_name_assets_that_exist() {
    for (name, html) in pages() {
        for rest in html.split("/assets/").skip(1) {
            let path = rest.split(['"', '?']).next().unwrap();
            assert!(asset(path).is_some(), "{name}: {path}");
        }
    }
}

#[test]
fn conditions_are_joined_without_changing_what_they_mean() {
    assert_eq!(joined("", "a == 1"), "a == 1");
    assert_eq!(joined("a == 1", " "), "a == 1");
    assert_eq!(joined("a == 1", "b > 2"), "a == 1 && b > 2");
    assert_eq!(joined("a == 1 || c", "b ? d : e"), "(a == 1 || c) && (b ? d : e)");
}

#[test]
fn links_escape_everything_that_is_not_plain() {
    assert_eq!(Link::to("/accounts").with("q", "").always("f", "").done(), "/accounts?f=");
    assert_eq!(Link::to("/a").with("q", "a b&c=ü\"").done(), "/a?q=a%20b%26c%3D%C3%BC%22");
}

#[test]
fn a_reason_that_is_missing_is_told_at_its_field() {
    let shell = fixture::shell("Accounts", Section::Accounts);
    let asked = page::HoldPage {
        account: fixture::account_page(AccountTab::Overview).account,
        act: page::HoldAct::Place,
        hold: None,
        entities: Vec::new(),
        typed: page::HoldTyped::default(),
        outlook: None,
        fault: Some("The reason is empty.".to_owned()),
    };
    let html = page::hold(&shell, &asked).into_string();
    assert!(html.contains(r#"aria-describedby="reason-fault""#), "{html}");
    assert!(html.contains(r#"id="reason-fault""#), "{html}");
}
