//! No page that is read is missing from the list.

use super::{BEHIND_LINKS, NO_PAGES, PAGES};

#[test]
fn every_route_that_is_read_is_a_page_that_is_tested_or_none() {
    let routes = include_str!("../route.rs").split(".route(").skip(1);
    let read =
        routes.filter(|route| route.split(".route(").next().is_some_and(|route| route.contains("get(")));
    let mut missing: Vec<&str> =
        read.filter_map(|route| route.trim_start().strip_prefix('"')?.split('"').next()).collect();
    missing.retain(|path| ![&PAGES[..], &BEHIND_LINKS, &NO_PAGES].concat().contains(path));
    assert_eq!(missing, Vec::<&str>::new(), "say in web/pages.rs whether these are pages");
}
