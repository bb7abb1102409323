//! Which request each command makes.

use serde_json::{Value, json};

use crate::server::Server;
use crate::tool::at_server;

/// Runs words against a server that answers `{}` or an empty page, and gives the last request.
fn asked(words: &[&str], input: &str) -> crate::server::Asked {
    let server = Server::start(|_, asked| {
        let body = if asked.line == "GET /api/v1/users" {
            json!({"items": [{"id": "usr_7", "name": "Jo", "email": "Jo@B.example", "roles": [], "status": "active"}],
                   "next_cursor": null, "has_more": false})
        } else {
            json!({"items": [], "accepted": 0, "duplicates": 0, "quarantined": [], "position": 0})
        };
        (200, "etag: \"v3\"\r\n", body.to_string())
    });
    let ran = at_server(&server.url, words, input);
    let asked = server.asked();
    assert!(!asked.is_empty(), "{words:?}: {} {}", ran.code, ran.err);
    asked.last().cloned().unwrap_or_default()
}

#[test]
fn reads_go_to_their_routes() {
    for (words, line) in [
        (
            "account list --filter a>1&&b --sort -x --fields t --entity US --count --limit 3 --cursor c+/=",
            "GET /api/v1/accounts?filter=a%3E1%26%26b&sort=-x&fields=t&entity=US&count=exact&limit=3&cursor=c%2B%2F%3D",
        ),
        ("account get C-1/../x", "GET /api/v1/accounts/C-1%2F..%2Fx"),
        ("account profile acc_1 --metrics health", "GET /api/v1/accounts/acc_1/profile?metrics=health"),
        ("account timeline acc_1 --group money", "GET /api/v1/accounts/acc_1/timeline?group=money"),
        ("account audit acc_1 --limit 2", "GET /api/v1/accounts/acc_1/audit?limit=2"),
        ("audit --object C-1 --from 2026-11-01", "GET /api/v1/audit?object=C-1&from=2026-11-01"),
        ("ledger head", "GET /api/v1/ledger/head"),
        ("ledger heads --limit 3", "GET /api/v1/ledger/heads?limit=3"),
        ("ledger inclusion 7", "GET /api/v1/ledger/inclusion?position=7"),
        ("ledger consistency 7 9", "GET /api/v1/ledger/consistency?first=7&second=9"),
        ("field list", "GET /api/v1/fields"),
        ("view list", "GET /api/v1/views"),
        ("change list --state waiting --mine", "GET /api/v1/changes?state=waiting&for=me"),
        ("change get chg_1", "GET /api/v1/changes/chg_1"),
        ("change show chg_1", "GET /api/v1/changes/chg_1"),
        ("policy show --version 3", "GET /api/v1/approval-policy?version=3"),
        ("delegation list", "GET /api/v1/delegations"),
        ("notification list --unread", "GET /api/v1/notifications?state=unread"),
        ("quarantine list", "GET /api/v1/quarantine"),
        ("duplicate list --min-probability 0.9", "GET /api/v1/duplicates?min_probability=0.9"),
        ("duplicate show dup_1", "GET /api/v1/duplicates/dup_1"),
        ("user list", "GET /api/v1/users"),
        ("team list --retired", "GET /api/v1/teams?retired=true"),
        ("team portfolio NORTH", "GET /api/v1/teams/NORTH/portfolio"),
        ("token list", "GET /api/v1/tokens"),
        ("entity list", "GET /api/v1/organisation"),
        ("import show imp_1", "GET /api/v1/imports/imp_1"),
        ("import list --state failed --limit 2", "GET /api/v1/imports?state=failed&limit=2"),
        ("import errors imp_1", "GET /api/v1/imports/imp_1/errors.csv"),
        ("mapping list", "GET /api/v1/mappings"),
        ("mapping show map_1", "GET /api/v1/mappings/map_1"),
        ("feed list", "GET /api/v1/feeds"),
        ("feed show acme-erp", "GET /api/v1/feeds/acme-erp"),
        ("doctor", "GET /api/v1/organisation"),
    ] {
        let one = asked(&words.split(' ').collect::<Vec<_>>(), "");
        assert_eq!(one.line, line);
        assert_eq!(one.header("authorization"), Some("Bearer kth_test"), "{words}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row for each command, nothing else")]
fn acts_carry_their_bodies() {
    for (words, line, body) in [
        (
            "ask who --limit 2",
            "POST /api/v1/ask",
            json!({"question": "who", "entity": null, "limit": 2, "cursor": null}),
        ),
        ("account note acc_1 hello", "POST /api/v1/accounts/acc_1/notes", json!({"text": "hello"})),
        (
            "account review acc_1 --on 2026-01-31",
            "POST /api/v1/accounts/acc_1/review",
            json!({"on": "2026-01-31", "next_on": null}),
        ),
        ("change approve chg_1", "POST /api/v1/changes/chg_1/approve", json!({"comment": null})),
        ("change reject chg_1 --comment no", "POST /api/v1/changes/chg_1/reject", json!({"comment": "no"})),
        (
            "change approve chg_1 chg_2 --comment fine",
            "POST /api/v1/changes/approve",
            json!({"ids": ["chg_1", "chg_2"], "comment": "fine"}),
        ),
        (
            "change edit chg_1 --set tier=premium --set employees=12",
            "PATCH /api/v1/changes/chg_1",
            json!({"tier": "premium", "employees": 12}),
        ),
        ("change resubmit chg_1", "POST /api/v1/changes/chg_1/resubmit", json!({})),
        ("change comment chg_1 why?", "POST /api/v1/changes/chg_1/comments", json!({"text": "why?"})),
        (
            "change break-glass chg_1 --reason storm",
            "POST /api/v1/changes/chg_1/break-glass",
            json!({"reason": "storm"}),
        ),
        (
            r#"policy edit --set packs=["credit_authority"]"#,
            "PATCH /api/v1/approval-policy",
            json!({"packs": ["credit_authority"]}),
        ),
        (
            "delegation make jo@b.example --ends 2026-12-01T18:00:00Z --cap 500:usd",
            "POST /api/v1/delegations",
            json!({"to": "jo@b.example", "operations": [], "amount_cap": {"amount": "500", "currency": "USD"},
                   "starts": null, "ends": "2026-12-01T18:00:00Z"}),
        ),
        (
            "quarantine discard qua_1 --reason test",
            "POST /api/v1/quarantine/qua_1/discard",
            json!({"reason": "test"}),
        ),
        (
            "user roles jo@b.example --role viewer",
            "POST /api/v1/users/usr_7/roles",
            json!({"roles": ["viewer"]}),
        ),
        (
            "user add --name N --email n@b.example --role a --role b@US --entity EU",
            "POST /api/v1/users",
            json!({"name": "N", "email": "n@b.example", "roles": ["a@EU", "b@US"], "password": null}),
        ),
        (
            "token create --user jo@b.example --kind agent --name bot",
            "POST /api/v1/tokens",
            json!({"name": "bot", "kind": "agent", "user": "usr_7", "days": null}),
        ),
        (
            "entity add EU:eur",
            "POST /api/v1/entities",
            json!({"code": "EU", "name": "EU", "currency": "EUR", "timezone": null}),
        ),
    ] {
        let one = asked(&words.split(' ').collect::<Vec<_>>(), "");
        assert_eq!(one.line, line);
        assert_eq!(serde_json::from_str::<Value>(&one.body).expect("JSON"), body, "{words}");
        assert_eq!(one.header("content-type"), Some("application/json"), "{words}");
    }
    for (words, line) in [
        ("user suspend usr_1", "POST /api/v1/users/usr_1/suspend"),
        ("team remove-member NORTH usr_1", "DELETE /api/v1/teams/NORTH/members/usr_1"),
        ("token revoke tok_1", "POST /api/v1/tokens/tok_1/revoke"),
        ("quarantine replay qua_1", "POST /api/v1/quarantine/qua_1/replay"),
        ("quarantine accept qua_1", "POST /api/v1/quarantine/qua_1/accept"),
        ("view delete viw_1", "DELETE /api/v1/views/viw_1"),
        ("setup close", "POST /api/v1/setup/close"),
        ("import execute imp_1", "POST /api/v1/imports/imp_1/execute"),
        ("import revert imp_1", "POST /api/v1/imports/imp_1/revert"),
    ] {
        assert_eq!(asked(&words.split(' ').collect::<Vec<_>>(), "").line, line);
    }
}

#[test]
fn an_edit_is_based_on_the_version_on_record() {
    let words = [
        "account",
        "update",
        "acc_1",
        "--set",
        "tier=premium",
        "--set",
        "website=",
        "--set",
        "employees=7",
        "--set",
        "phone=0123",
        "--set",
        "tags=[\"a\"]",
    ];
    let one = asked(&words, "");
    assert_eq!(one.line, "PATCH /api/v1/accounts/acc_1");
    assert_eq!(one.header("if-match"), Some("\"v3\""));
    assert_eq!(one.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(
        serde_json::from_str::<Value>(&one.body).expect("JSON"),
        json!({"tier": "premium", "website": null, "employees": 7, "phone": "0123", "tags": ["a"]})
    );
    let one = asked(&["account", "update", "acc_1", "-", "--version", "9"], "{\"tier\":null}");
    assert_eq!(one.header("if-match"), Some("\"v9\""));
}

#[test]
fn what_makes_something_carries_a_key() {
    let first = asked(&["account", "create", "-"], "{\"name\":\"N\"}");
    let second = asked(&["account", "create", "-"], "{\"name\":\"N\"}");
    let key = first.header("idempotency-key").expect("a key").to_owned();
    assert!(key.len() >= 20, "{key}");
    assert_ne!(Some(key.as_str()), second.header("idempotency-key"));
    let given = asked(&["account", "create", "-", "--key", "mine"], "{\"name\":\"N\"}");
    assert_eq!(given.header("idempotency-key"), Some("mine"));
}

#[test]
fn an_import_says_how_to_read_the_file() {
    let words = "import - --map salesforce --on-duplicate update --batch-size 7 --stop-on-error --source-system erp --entity US --yes";
    let one = asked(&words.split(' ').collect::<Vec<_>>(), "Name\nAcme\n");
    assert_eq!(
        one.line,
        "POST /api/v1/imports?source_system=erp&execute=true&on_duplicate=update&batch_size=7&stop_on_error=true&map=salesforce&entity=US"
    );
    assert_eq!(one.header("content-type"), Some("text/csv"));
    assert_eq!(one.body, "Name\nAcme\n");
    let dir = tempfile::tempdir().expect("a directory");
    let map = dir.path().join("map.json");
    std::fs::write(&map, "{\n \"columns\": {\"N\": \"name\"}\n}").expect("a map");
    let one = asked(&["import", "-", "--map", map.to_str().expect("a path")], "N\nAcme\n");
    assert!(one.line.contains("map=%7B%22columns%22%3A%7B%22N%22%3A%22name%22%7D%7D"), "{}", one.line);
    let words = "import - --map map_7 --sheet Customers --format xlsx --update-policy fill_blank_only --empty-means clear --external-id-column No";
    let one = asked(&words.split(' ').collect::<Vec<_>>(), "Name\nAcme\n");
    assert_eq!(
        one.line,
        "POST /api/v1/imports?format=xlsx&sheet=Customers&external_id_column=No&update_policy=fill_blank_only&empty_means=clear&mapping_id=map_7"
    );
}

#[test]
fn files_of_contacts_come_along_as_a_form() {
    let dir = tempfile::tempdir().expect("a directory");
    let people = dir.path().join("people.csv");
    std::fs::write(&people, "Last Name\nLee\n").expect("people");
    let one = asked(&["import", "-", "--contacts", people.to_str().expect("a path")], "Name\nAcme\n");
    assert!(
        one.header("content-type").is_some_and(|media| media.starts_with("multipart/form-data; boundary="))
    );
    for part in
        ["name=\"file\"", "name=\"contacts\"; filename=\"people.csv\"", "Name\nAcme\n", "Last Name\nLee\n"]
    {
        assert!(one.body.contains(part), "{part}: {}", one.body);
    }
}

#[test]
fn a_feed_says_how_its_files_are_imported() {
    let words = "feed save acme-erp --entity US --on-duplicate update --map map_7 --watched";
    let one = asked(&words.split(' ').collect::<Vec<_>>(), "");
    let body: Value = serde_json::from_str(&one.body).expect("JSON");
    assert_eq!((&body["on_duplicate"], &body["mapping_id"]), (&json!("update"), &json!("map_7")));
    assert_eq!((one.line.as_str(), &body["watched"]), ("POST /api/v1/feeds", &json!(true)));
    let one = asked(&["feed", "send", "acme-erp", "-", "--key", "k"], "Name\nAcme\n");
    assert_eq!(
        (one.line.as_str(), one.header("idempotency-key")),
        ("POST /api/v1/feeds/acme-erp", Some("k"))
    );
    let one = asked(&["mapping", "save", "-", "--name", "SAP"], "{\"system\":\"sap\"}");
    assert_eq!((one.line.as_str(), one.body.contains("\"name\":\"SAP\"")), ("POST /api/v1/mappings", true));
}
