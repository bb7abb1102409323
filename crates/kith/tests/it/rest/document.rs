//! Documents and vehicles over HTTP on both databases.

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{on_each, problem};

const PDF: &[u8] = b"%PDF-1.7\n% A certificate of exemption.\n%%EOF\n";

fn upload(client: &Client, account: &str, query: &str, mime: &str, bytes: &[u8]) -> Reply {
    let path = format!("/api/v1/accounts/{account}/documents?{query}");
    client.send("POST", &path, &[("Content-Type", mime)], bytes)
}

#[test]
fn a_document_is_brought_verified_read_and_deleted() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let query = "type=tax_certificate&name=cert.pdf&issued_on=2026-01-01&expires_on=2099-12-31";
        let made = upload(&house.seller, id, query, "application/pdf", PDF).expect(201);
        assert_eq!(
            (&made["status"], &made["type"], &made["retention"]),
            (&json!("scanned"), &json!("tax_certificate"), &json!("books"))
        );
        assert_eq!(made["size"], PDF.len());
        let path = format!("/api/v1/accounts/{id}/documents/{}", made["id"].as_str().unwrap());
        let file = house.seller.get(&format!("{path}/content"));
        assert_eq!((file.status, file.body.as_slice()), (200, PDF));
        assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"cert.pdf\""));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert!(file.header("content-security-policy").unwrap().contains("sandbox"));

        problem(&house.seller.post(&format!("{path}/verify"), &json!({})), 403);
        let verified = house.ar.post(&format!("{path}/verify"), &json!({})).expect(200);
        assert_eq!((&verified["status"], &verified["decided_by_name"]), (&json!("verified"), &json!("ar")));
        problem(&house.ar.post(&format!("{path}/reject"), &json!({"reason": "No."})), 409);

        // The same content again is a link.
        let again = upload(&house.ar, id, "type=other&name=copy.pdf", "application/pdf", PDF).expect(201);
        assert_eq!(again["duplicate_of"], made["id"]);
        let own = format!("/api/v1/accounts/{id}/documents/{}", again["id"].as_str().unwrap());
        problem(&house.ar.post(&format!("{own}/verify"), &json!({})), 403);
        house.ar.post(&format!("{path}/hold"), &json!({"reason": "Case 4711"})).expect(200);
        assert_eq!(problem(&house.seller.send("DELETE", &path, &[], &[]), 423).0, "document.legal_hold");
        house.ar.post(&format!("{path}/release"), &json!({"reason": "Settled"})).expect(200);
        assert_eq!(house.seller.send("DELETE", &path, &[], &[]).status, 204);
        problem(&house.seller.get(&path), 404);
        assert_eq!(house.seller.get(&format!("{own}/content")).body, PDF, "the copy still has its content");
        assert_eq!(house.seller.send("DELETE", &own, &[], &[]).status, 204);
        problem(&house.seller.get(&format!("{own}/content")), 404);
        let list = house.seller.get(&format!("/api/v1/accounts/{id}/documents")).expect(200);
        assert_eq!(list["items"], json!([]));
    });
}

#[test]
fn what_is_no_document_is_refused() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let wrong = "type=poem&issued_on=2026-02-01&expires_on=2026-01-01&retention=ages";
        let (code, errors) = problem(&upload(&house.seller, id, wrong, "pdf", b"x"), 422);
        assert_eq!(code, "document.invalid");
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/type", "/retention", "/mime", "/expires_on"]);
        let program = upload(&house.seller, id, "type=other", "application/pdf", b"MZ\x90\0");
        assert_eq!(problem(&program, 422).0, "document.program");
        let large = vec![b'x'; 50 * 1024 * 1024 + 1];
        assert_eq!(
            problem(&upload(&house.seller, id, "type=other", "text/plain", &large), 413).0,
            "too_large"
        );
        let wrong: [(&str, &str, &[u8], &str); 5] = [
            ("image/png", "a.png", b"not a picture", "document.content_mismatch"),
            ("application/pdf", "a.pdf", b"<!DOCTYPE html><html></html>", "document.content_mismatch"),
            ("text/html", "a.pdf", b"<!DOCTYPE html><html></html>", "document.content_mismatch"),
            ("application/pdf", "a.pdf", b"%PDF-1.7\n1 0 obj", "document.cut_off"),
            ("image/jpeg", "a.jpg", b"\xff\xd8\xff\xe0\0\x02\xff\xda\0\x02\x12", "document.cut_off"),
        ];
        for (mime, name, bytes, code) in wrong {
            let sent = upload(&house.seller, id, &format!("type=photo&name={name}"), mime, bytes);
            assert_eq!(problem(&sent, 422).0, code);
        }
        let unknown = upload(&house.seller, id, "type=photo", "image/heic", b"not told").expect(201);
        assert_eq!(unknown["status"], "received");
        let path = format!("/api/v1/accounts/{id}/documents/{}", unknown["id"].as_str().unwrap());
        assert_eq!(
            problem(&house.ar.post(&format!("{path}/verify"), &json!({})), 409).0,
            "document.not_scanned"
        );
        let form = "--x\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\npod\r\n--x\r\nContent-Disposition: form-data; \
                    name=\"file\"; filename=\"pod.txt\"\r\nContent-Type: text/plain\r\n\r\nDelivered.\r\n--x--\r\n";
        let sent =
            upload(&house.seller, id, "", "multipart/form-data; boundary=x", form.as_bytes()).expect(201);
        assert_eq!(
            (&sent["type"], &sent["name"], &sent["status"]),
            (&json!("pod"), &json!("pod.txt"), &json!("scanned"))
        );
        problem(&upload(&house.german, id, "type=other", "text/plain", b"x"), 404);
        let other = house.account("Other", "US", "2");
        let elsewhere = path.replace(id, other["id"].as_str().unwrap());
        problem(&house.seller.get(&elsewhere), 404);
    });
}

#[test]
fn a_certificate_names_its_document_and_documents_expire() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let id = account["id"].as_str().unwrap();
        let soon = jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date()
            .saturating_add(jiff::Span::new().days(6));
        let query = format!("type=insurance_certificate&name=i.pdf&expires_on={soon}");
        let made = upload(&house.seller, id, &query, "application/pdf", PDF).expect(201);
        let due = house.seller.get("/api/v1/expiries?within_days=30&kind=document").expect(200);
        assert_eq!((&due["items"][0]["id"], &due["items"][0]["reminder"]), (&made["id"], &json!(7)), "{due}");
        let filter = "/api/v1/accounts?filter=document_expires_on%20%3C%20date(%222099-01-01%22)";
        assert_eq!(house.seller.get(filter).expect(200)["items"].as_array().unwrap().len(), 1);
        let expiring =
            "/api/v1/accounts?filter=documents_expiring_60d%20%3D%3D%201&fields=documents_expiring_60d";
        assert_eq!(house.seller.get(expiring).expect(200)["items"][0]["documents_expiring_60d"], 1);
        let path = format!("/api/v1/accounts/{id}");
        let row = |document: &Value| json!({"tax_profiles": [{"action": "add", "country": "US", "tax_category": "E", "certificate_document": document}]});
        let stranger = json!("doc_0198b2c4d5e67f8091a2b3c4d5e6f7ff");
        let (_, errors) = problem(&house.seller.patch(&path, "\"v1\"", &row(&stranger)), 422);
        assert_eq!(errors[0].0, "/tax_profiles/0/certificate_document");
        let waiting = house.seller.patch(&path, "\"v1\"", &row(&made["id"])).expect(202);
        house.approve(&waiting);
        assert_eq!(
            house.seller.get(&path).expect(200)["tax_profiles"][0]["certificate_document"],
            made["id"]
        );
    });
}

#[test]
fn vehicles_are_added_found_and_edited() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let body = json!({"vin": "1m8gdm9axkp042788", "make": "MCI", "customer_id": account["id"], "odometer_km": 10});
        let made = house.seller.post("/api/v1/vehicles", &body).expect(201);
        assert_eq!((&made["vin"], &made["version"]), (&json!("1M8GDM9AXKP042788"), &json!(1)));
        assert_eq!(problem(&house.seller.post("/api/v1/vehicles", &body), 409).0, "vehicle.vin_taken");
        let path = format!("/api/v1/vehicles/{}", made["id"].as_str().unwrap());
        let edited = house.seller.patch(
            &path,
            "\"v1\"",
            &json!({"odometer_km": 90, "warranty": {"end": "2027-01-01"}}),
        );
        assert_eq!(edited.expect(200)["warranty"]["end"], "2027-01-01");
        let of = house.seller.get(&format!("/api/v1/vehicles?account={}", account["id"].as_str().unwrap()));
        assert_eq!(of.expect(200)["items"][0]["odometer_km"], 90);
        let found = house.seller.get("/api/v1/vehicles?vin=1M8GDM9AXKP042788").expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        assert_eq!(house.german.get("/api/v1/vehicles").expect(200)["items"], json!([]));
        problem(&house.german.get(&path), 404);
        let wrong =
            json!({"vin": "1M8GDM9A1KP042788", "customer_id": "acc_1", "wheels": 6, "model_year": "old"});
        let (_, errors) = problem(&house.seller.post("/api/v1/vehicles", &wrong), 422);
        let mut found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, ["/customer_id", "/model_year", "/vin", "/wheels"]);
    });
}
