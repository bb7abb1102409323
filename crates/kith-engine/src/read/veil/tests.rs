use serde_json::json;

use super::*;

#[test]
fn a_secret_is_covered_wherever_it_stands() {
    let mut body = json!({"password_hash": {"$subject": "usr_1", "$value": "$argon2id$"},
        "activation": {"digest": "ab", "expires_at": "2026-01-01T00:00:00Z"}, "name": "Ada", "hash": null});
    veil(&mut body, secret("user/usr_1"));
    let told = json!({"password_hash": VEILED, "activation": {"digest": VEILED, "expires_at": "2026-01-01T00:00:00Z"},
        "name": "Ada", "hash": null});
    assert_eq!(body, told);
}

#[test]
fn a_line_is_covered_by_its_path_or_by_what_is_in_it() {
    let line = |path: &str, after: Value| Diff { path: path.to_owned(), before: Value::Null, after };
    let mut own = line("/activation/digest", json!("ab"));
    veil_line(&mut own, secret("user/usr_1"));
    assert_eq!((own.before, own.after), (Value::Null, json!(VEILED)));
    let mut whole = line("/activation", json!({"digest": "ab"}));
    veil_line(&mut whole, secret("user/usr_1"));
    assert_eq!(whole.after, json!({"digest": VEILED}));
}

#[test]
fn what_is_no_secret_of_a_noun_is_told() {
    let mut body = json!({"digest": "of a file", "hash": "of a text"});
    veil(&mut body, secret("document/doc_1"));
    assert_eq!(body, json!({"digest": "of a file", "hash": "of a text"}));
}
