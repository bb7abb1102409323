//! Which reports make a command fail.

use serde_json::json;

use super::told_refused;

#[test]
fn a_report_with_something_refused_fails() {
    for report in [
        json!({"ready": 3, "refused": 1}),
        json!({"items": [{"id": "a", "refusal": null}, {"id": "b", "refusal": "It is gone."}]}),
    ] {
        assert_eq!(told_refused(&report).unwrap_err().exit_code(), 1, "{report}");
    }
    for report in [
        json!({"ready": 3, "refused": 0}),
        json!({"items": [{"id": "a", "refusal": null}, {"id": "b"}]}),
        json!({"id": "chg_1", "state": "applied"}),
    ] {
        assert!(told_refused(&report).is_ok(), "{report}");
    }
}
