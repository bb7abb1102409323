//! Pages of screening and contracts that refuse: they answer with the refusal's status, keep what was typed and say it at the field.

use kith_testkit::http::{Client, Reply};
use serde_json::json;

use super::contract::{customer, draft};
use super::contract_portal::{form, hidden, sign_in};
use crate::house::{DOMAIN, House, on_each};

/// Somebody of ours in a browser.
struct Reader {
    client: Client,
    cookie: String,
}

impl Reader {
    fn of(house: &House, name: &str, role: &str) -> Self {
        let email = format!("{name}@{DOMAIN}");
        let body =
            json!({"name": name, "email": email, "roles": [role], "password": "a long enough password"});
        house.admin.post("/api/v1/users", &body).expect(200);
        Self { client: house.server.client(), cookie: sign_in(house, &email).unwrap() }
    }

    fn page(&self, path: &str) -> Reply {
        self.client.send("GET", path, &[("Cookie", &self.cookie)], b"")
    }

    fn send(&self, stands_on: &str, path: &str, members: &[(&str, &str)]) -> Reply {
        let csrf = hidden(&self.page(stands_on).text(), "csrf");
        let members = [&[("csrf", csrf.as_str())], members].concat();
        form(&self.client, path, &members, Some(&self.cookie))
    }

    fn bring(&self, members: &[(&str, &str)], file: &[u8]) -> Reply {
        let csrf = hidden(&self.page("/screening/lists").text(), "csrf");
        let mut body = Vec::new();
        for (name, value) in [&[("csrf", csrf.as_str())], members].concat() {
            body.extend(
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--x--\r\n");
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", "multipart/form-data; boundary=x")];
        self.client.send("POST", "/screening/lists", &headers, &body)
    }
}

fn says(reply: &Reply, status: u16, parts: &[&str]) {
    assert_eq!(reply.status, status, "{}", reply.text());
    for part in parts {
        assert!(reply.text().contains(part), "{part}: {}", reply.text());
    }
}

#[test]
fn amounts_are_read_as_the_readers_place_writes_them() {
    on_each(|house| {
        let seller = Reader::of(house, "amounts", "sales_rep");
        let csrf = hidden(&seller.page("/onboarding/new").text(), "csrf");
        let send = |language: &str, limit: &str, share: &str| {
            let headers = [
                ("Cookie", seller.cookie.as_str()),
                ("Accept-Language", language),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ];
            let owner = format!("owner_name_1=Ada&owner_percent_1={share}");
            let body = format!("csrf={csrf}&entity=US&customer_type=wholesale&credit_limit={limit}&{owner}");
            seller.client.send("POST", "/onboarding/new", &headers, body.as_bytes()).text()
        };
        let german = send("de", "1.000,50", "33,33");
        assert!(german.contains("value=\"1.000,50\"") && german.contains("value=\"33,33\""), "{german}");
        for field in ["credit_limit", "owner_percent_1"] {
            assert!(!german.contains(&format!("aria-describedby=\"{field}-fault\"")), "{german}");
            assert!(!german.contains(&format!("id=\"{field}-error\"")), "{german}");
        }
        assert!(!german.contains("keine Zahl") && !german.contains("Nachkommastellen"), "{german}");
        let twofold = send("de", "10,000", "50");
        assert!(twofold.contains("Das kann 10 oder 10.000 hei\u{df}en."), "{twofold}");
        assert!(twofold.contains("value=\"10,000\""), "what was typed is kept: {twofold}");
        assert!(send("en", "10.000", "50").contains("This can mean 10 or 10,000."));
        assert!(send("en", "much", "50").contains("This is no number."));
    });
}

#[test]
fn a_damaged_list_is_refused_on_the_page_and_the_one_in_force_stays() {
    on_each(|house| {
        let operator = Reader::of(house, "operator", "admin");
        let rows: String = (1..=20).map(|row| format!("E{row},Listed Party {row}\n")).collect();
        let whole = format!("id,name\n{rows}");
        says(&operator.bring(&[("name", "own")], whole.as_bytes()), 303, &[]);
        says(&operator.bring(&[("name", "a b")], whole.as_bytes()), 422, &["value=\"a b\"", "aria-invalid"]);
        let page = b"<!DOCTYPE html><html><body>Not here</body></html>";
        for (file, told) in [
            (&b"id,name\n1,Ann\n2"[..], "line 3"),
            (page, "web page"),
            (b"id,name\n", "no entry"),
            (b"\x1f\x8b\x08\x00cut", "line 1"),
        ] {
            says(&operator.bring(&[("name", "own")], file), 422, &[told, "value=\"own\"", "list-fault"]);
        }
        let half = whole.get(..whole.len() / 2).unwrap().rsplit_once('\n').unwrap().0.to_owned() + "\n";
        let refused = operator.bring(&[("name", "own")], half.as_bytes());
        says(&refused, 409, &["the one in force has 20", "name=\"smaller\""]);
        let lists = || house.admin.get("/api/v1/screening/lists").expect(200)["items"][0].clone();
        assert_eq!(lists()["snapshot"]["entries"], 20);
        says(&operator.bring(&[("name", "own"), ("smaller", "true")], half.as_bytes()), 303, &[]);
        assert!(lists()["snapshot"]["entries"].as_u64().unwrap() < 11);
        says(&operator.page("/screening/lists"), 200, &["Earlier snapshots", "list.csv"]);
        says(&operator.send("/screening/lists", "/screening/lists/own/retire", &[]), 303, &[]);
        assert_eq!(lists()["in_force"], false);
    });
}

#[test]
fn a_decision_that_is_refused_keeps_its_words() {
    on_each(|house| {
        let headers = [("Content-Type", "application/octet-stream")];
        let list = b"id,name,kind,country\nE1,NORDWIND LOGISTIK,company,RU\n";
        house.admin.send("POST", "/api/v1/screening/lists?name=own", &headers, list).expect(201);
        let account = house.account("Nordwind Logistik", "US", "1");
        let path = format!("/api/v1/accounts/{}/screen", account["id"].as_str().unwrap());
        house.seller.post(&path, &json!({})).expect(200);
        let hits = house.admin.get("/api/v1/screening/hits").expect(200);
        let hit = format!("/screening/{}", hits["items"][0]["id"].as_str().unwrap());
        let officer = Reader::of(house, "officer", "compliance");
        let decide = |reason: &str, evidence: &str| {
            let members = [("disposition", "false_positive"), ("reason", reason), ("evidence", evidence)];
            officer.send(&hit, &format!("{hit}/disposition"), &members)
        };
        says(&decide("Another <one>.", " "), 422, &["value=\"Another &lt;one&gt;.\"", "evidence-fault"]);
        says(&decide("Another one.", "Register."), 303, &[]);
        let again = decide("Another one.", "Register.");
        says(&again, 403, &["Ask another reviewer."]);
    });
}

#[test]
fn a_contract_that_cannot_be_ended_so_keeps_its_form_and_a_draft_is_discarded() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let path = draft(&house.seller, &json!({"account": account}));
        let page = path.replace("/api/v1", "");
        let seller = Reader::of(house, "keeper", "account_manager");
        let act = |act: &str, members: &[(&str, &str)]| seller.send(&page, &format!("{page}/{act}"), members);
        let signer = [("name", "Max <Muster>"), ("email", "nobody"), ("title", "CEO")];
        says(
            &act("signer", &signer),
            422,
            &["value=\"Max &lt;Muster&gt;\"", "value=\"nobody\"", "signer-email-fault"],
        );
        says(&act("recall", &[("reason", "Too early.")]), 409, &["contract-fault"]);
        says(&act("discard", &[("reason", " ")]), 422, &["discard-reason-fault"]);
        says(&act("discard", &[("reason", "Another customer was meant.")]), 303, &[]);
        assert_eq!(house.seller.get(&path).expect(200)["state"], "discarded");
        says(&seller.page(&page), 200, &["The draft was discarded."]);
        says(&act("send", &[]), 410, &[]);
    });
}

#[test]
fn an_open_amendment_is_discarded_and_another_one_begun() {
    on_each(|house| {
        let (account, _) = customer(house, "1");
        let path = draft(&house.seller, &json!({"account": account}));
        house.seller.post(&format!("{path}/send"), &json!({})).expect(200);
        let to = format!("{path}/upload-signed?name=signed.pdf");
        house
            .ar
            .send("POST", &to, &[("Content-Type", "application/pdf")], b"%PDF-1.7\n% scanned\n%%EOF\n")
            .expect(200);
        house.controller.post(&format!("{path}/confirm-scan"), &json!({})).expect(200);
        let amend = || house.seller.post(&format!("{path}/amend"), &json!({"notice_days": 30}));
        let first = amend().expect(201);
        assert_eq!(crate::house::problem(&amend(), 409).0, "contract.amendment_open");
        let one = format!("/api/v1/contracts/{}", first["id"].as_str().unwrap());
        let discard = |reason: &str| house.seller.post(&format!("{one}/discard"), &json!({"reason": reason}));
        assert_eq!(crate::house::problem(&discard(""), 422).1[0].0, "/reason");
        assert_eq!(discard("Not needed.").expect(200)["state"], "discarded");
        assert_eq!(discard("Not needed.").expect(200)["state"], "discarded", "once");
        let standing = house.seller.post(&format!("{path}/discard"), &json!({"reason": "No."}));
        assert_eq!(crate::house::problem(&standing, 409).0, "contract.no_draft");
        let next = amend().expect(201);
        assert_eq!((&next["revision"], &next["amends"]), (&json!(2), &first["amends"]));
    });
}
