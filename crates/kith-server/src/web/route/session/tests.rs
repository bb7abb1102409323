//! Where sign-in leads, and what its cookies say.

use super::{own_path, set_cookie};

#[test]
fn only_paths_of_this_site_are_followed() {
    assert_eq!(own_path("/accounts/acc_1?tab=metrics"), "/accounts/acc_1?tab=metrics");
    for foreign in ["", "//evil.example", "/\\evil.example", "https://evil.example", "accounts", "/a\r\nb"] {
        assert_eq!(own_path(foreign), "/", "{foreign:?}");
    }
}

#[test]
fn cookies_are_closed_to_scripts_and_other_sites() {
    let plain = set_cookie("kith_session", "abc", 60, false);
    assert_eq!(plain, "kith_session=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=60");
    assert!(set_cookie("kith_session", "abc", 60, true).ends_with("; Secure"));
}
