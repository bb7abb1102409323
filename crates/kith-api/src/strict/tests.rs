//! Tests of reading JSON as it is written.

use serde_json::json;

use super::read;

#[test]
fn a_member_that_stands_twice_is_named_at_its_place() {
    let (value, faults) = read(br#"{"a":1,"b":[{"c/d":1,"c/d":2},{"c":1}],"a":{"e":1,"e":2}}"#).unwrap();
    assert_eq!(value, json!({"a": 1, "b": [{"c/d": 1}, {"c": 1}]}));
    let places: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places, ["/b/0/c~1d", "/a", "/a/e"]);
}

#[test]
fn other_json_is_read_as_ever() {
    for text in
        [r#"{"a":[1,-2,3.5,1e300,"\u00e9",null,true,{}]}"#, "[]", "\"x\"", " 7 ", "18446744073709551615"]
    {
        let (value, faults) = read(text.as_bytes()).unwrap();
        assert_eq!(value, serde_json::from_str::<serde_json::Value>(text).unwrap());
        assert!(faults.is_empty());
    }
    for text in ["", "{", "{} x", "{\"a\":1,}", "[1 2]"] {
        assert!(read(text.as_bytes()).is_err(), "{text}");
    }
    let deep = "[".repeat(200) + &"]".repeat(200);
    assert!(read(deep.as_bytes()).is_err(), "nesting has a limit");
}
