//! Touchpoints, quarantine and imports: durable before the reply, nothing lost, nothing doubled.

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{on_each, order, problem};

#[test]
fn touchpoints_are_taken_once_and_keep_what_they_bring() {
    on_each(|house| {
        house.account("Acme", "US", "1");
        let mut first = order("so-1", "1", "10.00");
        first["extension"] = json!("kept");
        first["data"]["colour"] = json!({"of": "the crate"});
        let send = |body: &Value| house.ops.post("/api/v1/touchpoints", body).expect(200);
        assert_eq!(send(&first)["accepted"], 1);
        let heads = house.heads();
        let again = send(&json!([first, first]));
        assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(2)));
        assert_eq!(house.heads(), heads, "a repetition writes nothing");
        let timeline = house.seller.get("/api/v1/accounts/C-000001/timeline").expect(200);
        assert_eq!(timeline["items"][0]["data"]["colour"], json!({"of": "the crate"}));
        // A batch takes what is good and says where the rest waits.
        let mut faulty = order("so-3", "1", "10.00");
        faulty["time"] = json!("yesterday");
        let mixed = send(&json!([order("so-2", "1", "5.00"), faulty, order("so-4", "404", "1.00")]));
        assert_eq!(mixed["accepted"], 1, "{mixed}");
        let waits: Vec<(u64, &str)> = mixed["quarantined"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["index"].as_u64().unwrap(), item["pointer"].as_str().unwrap()))
            .collect();
        assert_eq!(waits, [(1, "/time"), (2, "/subject")]);
    });
}

#[test]
fn only_a_body_that_cannot_be_read_is_refused_whole() {
    on_each(|house| {
        let heads = house.heads();
        let send = |media: &str, body: &[u8]| {
            house.ops.send("POST", "/api/v1/touchpoints", &[("Content-Type", media)], body)
        };
        assert_eq!(problem(&send("application/cloudevents-batch+json", b"[{]"), 400).0, "malformed");
        assert_eq!(problem(&send("application/json", b"7"), 400).0, "malformed");
        assert_eq!(problem(&send("text/csv", b"a,b"), 415).0, "media_type_unknown");
        let many: Value = (0..10_001).map(|nth| order(&nth.to_string(), "1", "1.00")).collect();
        assert_eq!(problem(&house.ops.post("/api/v1/touchpoints", &many), 413).0, "too_many");
        assert_eq!(house.heads(), heads);
        problem(&house.seller.post("/api/v1/touchpoints", &order("so-1", "1", "1.00")), 403);
        assert_eq!(house.heads(), heads);
    });
}

#[test]
fn what_waits_in_quarantine_is_decided_or_comes_in_by_itself() {
    on_each(|house| {
        let send = |body: &Value| house.ops.post("/api/v1/touchpoints", body).expect(200);
        send(&order("early", "1", "10.00"));
        let waiting = house.ops.get("/api/v1/quarantine").expect(200);
        assert_eq!(waiting["items"][0]["code"], "subject_unknown");
        house.account("Acme", "US", "1");
        until(|| house.ops.get("/api/v1/quarantine").expect(200)["items"] == json!([]));
        until(|| !house.seller.get("/api/v1/accounts/C-000001/timeline").expect(200)["items"][0].is_null());
        // The same id with another content is a conflict; a person takes one of the two.
        let other = send(&order("early", "1", "99.00"));
        assert_eq!(other["accepted"], 0, "{other}");
        let id = other["quarantined"][0]["id"].as_str().unwrap();
        problem(&house.seller.post(&format!("/api/v1/quarantine/{id}/accept"), &json!({})), 403);
        let accepted = house.ops.post(&format!("/api/v1/quarantine/{id}/accept"), &json!({})).expect(200);
        assert_eq!(accepted["state"], "accepted");
        let twice = house.ops.post(&format!("/api/v1/quarantine/{id}/accept"), &json!({})).expect(200);
        assert_eq!(twice, accepted, "deciding the same again changes nothing");
        problem(&house.ops.post(&format!("/api/v1/quarantine/{id}/discard"), &json!({"reason": "No."})), 409);
        let stray = send(&order("stray", "404", "1.00"));
        let id = stray["quarantined"][0]["id"].as_str().unwrap();
        let replay = house.ops.post(&format!("/api/v1/quarantine/{id}/replay"), &json!({}));
        assert!((400..500).contains(&replay.status), "its account is still missing: {}", replay.text());
        let path = format!("/api/v1/quarantine/{id}/discard");
        let (_, errors) = problem(&house.ops.post(&path, &json!({"because": "x"})), 422);
        assert_eq!(errors.len(), 2, "unknown and missing at once: {errors:?}");
        let discarded = house.ops.post(&path, &json!({"reason": "Test event."})).expect(200);
        assert_eq!(discarded["state"], "discarded");
        assert_eq!(problem(&house.ops.get("/api/v1/quarantine?state=odd"), 422).1[0].0, "/state");
        assert_eq!(house.ops.get("/api/v1/quarantine?state=discarded").expect(200)["items"][0]["id"], id);
    });
}

const FILE: &str = "Account ID,Account Name,Email,Billing Country,Tier\n\
    A1,Acme,ap@acme.example,US,premium\n\
    A2,Muster,not an address,DE,premium\n\
    A3,Third,third@third.example,US,golden\n\
    A4,Fourth,fourth@fourth.example,US,standard\n";

fn upload(client: &Client, query: &str, key: &str, file: &str) -> Reply {
    let headers = [("Content-Type", "text/csv"), ("Idempotency-Key", key)];
    client.send("POST", &format!("/api/v1/imports?{query}"), &headers, file.as_bytes())
}

#[test]
fn a_file_is_reviewed_row_by_row_and_executed_by_its_approval() {
    on_each(|house| {
        let query = "format=csv&source_system=erp&entity=US&map=salesforce";
        let staged = upload(&house.ops, query, "file-1", FILE).expect(202);
        assert_eq!(staged["counts"]["rows"], 4, "{staged}");
        assert_eq!(staged["counts"]["invalid"], 2, "{staged}");
        let rows: Vec<(u64, &str)> = staged["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| (fault["row"].as_u64().unwrap(), fault["column"].as_str().unwrap()))
            .collect();
        assert_eq!(rows, [(3, "Email"), (4, "Tier")]);
        assert_eq!(
            house.seller.get("/api/v1/accounts").expect(200)["items"],
            json!([]),
            "nothing half-applied"
        );
        let path = format!("/api/v1/imports/{}", staged["id"].as_str().unwrap());
        let submitted = house.ops.post(&format!("{path}/execute"), &json!({})).expect(202);
        let change = submitted["change"].as_str().unwrap();
        let approve = format!("/api/v1/changes/{change}/approve");
        problem(&house.ar.post(&approve, &json!({})), 403);
        house.manager.post(&approve, &json!({})).expect(200);
        until(|| house.ops.get(&path).expect(200)["state"] == "finished");
        let done = house.ops.get(&path).expect(200);
        assert_eq!((&done["counts"]["created"], &done["counts"]["failed"]), (&json!(2), &json!(2)), "{done}");
        // Memory follows the commit: the list shows them a moment later.
        until(|| house.seller.get("/api/v1/accounts").expect(200)["items"].as_array().unwrap().len() == 2);
        let again = upload(&house.ops, query, "file-2", FILE).expect(202);
        assert_eq!(again["id"], staged["id"], "the same file is the same import");
        let longer = format!("{FILE}A5,Fifth,fifth@fifth.example,US,standard\n");
        let next = upload(&house.ops, query, "file-3", &longer).expect(202);
        assert_eq!(
            (&next["counts"]["rows"], &next["counts"]["duplicates"]),
            (&json!(5), &json!(2)),
            "{next}"
        );
    });
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    on_each(|house| {
        let heads = house.heads();
        assert_eq!(problem(&upload(&house.ops, "format=xlsx", "a", FILE), 422).0, "import.xlsx.damaged");
        for query in [
            "format=pdf",
            "on_duplicate=maybe",
            "update_policy=never",
            "mapping_id=x",
            "batch_size=x",
            "batch_size=0",
            "execute=perhaps",
            "map=unheard_of",
        ] {
            problem(&upload(&house.ops, query, "b", FILE), 422);
        }
        let bare =
            house.ops.send("POST", "/api/v1/imports", &[("Content-Type", "text/csv")], FILE.as_bytes());
        assert_eq!(problem(&bare, 400).0, "idempotency_key_required");
        problem(&upload(&house.seller, "format=csv", "c", FILE), 403);
        for (nth, file) in ["", "\n\n", "no,known\nheader,here\n"].iter().enumerate() {
            let reply = upload(&house.ops, "format=csv&entity=US", &format!("d{nth}"), file);
            assert!(
                (400..500).contains(&reply.status) || reply.json()["counts"]["valid"] == 0,
                "{}",
                reply.text()
            );
        }
        assert_eq!(house.heads().1, heads.1);
        assert_eq!(house.seller.get("/api/v1/accounts").expect(200)["items"], json!([]));
    });
}

/// Polls until something that happens by itself has happened.
#[track_caller]
fn until(mut holds: impl FnMut() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "waited in vain");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
