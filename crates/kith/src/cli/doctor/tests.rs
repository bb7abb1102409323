//! What a server says of itself, and what is made of it.

use serde_json::{Value, json};

use super::{Verdict, readiness};

#[test]
fn a_store_that_has_stopped_is_ill() {
    assert_eq!(readiness(200, &json!({"ready": true, "writing": true})).verdict, Verdict::Well);
    let stopped = readiness(503, &json!({"ready": false, "writing": false}));
    assert_eq!((stopped.verdict, stopped.check), (Verdict::Ill, "writing"));
    assert!(stopped.found.contains("stopped writing"));
    assert_eq!(readiness(503, &json!({"ready": false, "writing": true})).verdict, Verdict::Ill);
    assert_eq!(readiness(502, &Value::Null).verdict, Verdict::Ill);
}
