//! Lists, questions and views: filters located, cursors held to their list.

use serde_json::{Value, json};

use crate::house::{House, on_each, order, problem};

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

/// Five accounts with as many orders as their number.
fn five(house: &House) {
    for nth in 1..=5 {
        let erp = nth.to_string();
        house.account(&format!("Customer {nth}"), if nth == 5 { "DE" } else { "US" }, &erp);
        let batch: Value = (0..nth).map(|place| order(&format!("so-{nth}-{place}"), &erp, "10.00")).collect();
        let reply = house.ops.post("/api/v1/touchpoints", &batch).expect(200);
        assert_eq!(reply["accepted"], nth, "{reply}");
        let path = format!("/api/v1/accounts?min_position={}", reply["position"]);
        house.seller.get(&path).expect(200);
    }
}

#[test]
fn a_list_is_filtered_sorted_selected_and_paged() {
    on_each(|house| {
        five(house);
        let first = "/api/v1/accounts?filter=orders_30d%20%3E%201&sort=-orders_30d&fields=orders_30d&limit=2&count=exact";
        let page = house.seller.get(first).expect(200);
        assert_eq!(names(&page), ["Customer 5", "Customer 4"]);
        assert_eq!((&page["has_more"], &page["count"]), (&json!(true), &json!(4)));
        assert_eq!(page["items"][0]["orders_30d"], 5);
        assert!(page["items"][0].get("tier").is_none(), "only what was asked for: {page}");
        let cursor = page["next_cursor"].as_str().unwrap();
        let next = house.seller.get(&format!("{first}&cursor={cursor}")).expect(200);
        assert_eq!(names(&next), ["Customer 3", "Customer 2"]);
        assert_eq!((&next["has_more"], &next["next_cursor"]), (&json!(false), &Value::Null));
        let german = house.seller.get("/api/v1/accounts?entity=DE").expect(200);
        assert_eq!(names(&german), ["Customer 5"]);
        // A cursor of this list on another sort, a changed one, and a made-up one.
        let moved = format!("/api/v1/accounts?sort=name&limit=2&cursor={cursor}");
        let mut bent = cursor.as_bytes().to_vec();
        bent[cursor.len() / 2] = if bent[cursor.len() / 2] == b'A' { b'B' } else { b'A' };
        let bent = format!("{first}&cursor={}", String::from_utf8(bent).unwrap());
        for path in [moved, bent, format!("{first}&cursor=zzz")] {
            let (code, errors) = problem(&house.seller.get(&path), 422);
            assert_eq!((code.as_str(), errors[0].0.as_str()), ("cursor_invalid", "/cursor"), "{path}");
        }
    });
}

#[test]
fn what_is_wrong_with_a_list_is_told_with_its_place() {
    on_each(|house| {
        let cases = [
            ("filter=tierr%20%3D%3D%20%22premium%22", "/filter", "did you mean tier"),
            ("filter=tier%20%3D%3D%203", "/filter", "character"),
            ("filter=tier%20%3D%3D", "/filter", "character"),
            ("filter=orders_90d%20%2B%20", "/filter", "character"),
            ("sort=nothing", "/sort", "nothing"),
            ("fields=name,nothing", "/fields", "nothing"),
            ("limit=0", "/limit", "1 to 200"),
            ("limit=201", "/limit", "1 to 200"),
            ("limit=many", "/limit", "1 to 200"),
            ("count=about", "/count", "exact"),
            ("entity=no-such", "/entity", "entity"),
        ];
        for (query, pointer, words) in cases {
            let reply = house.seller.get(&format!("/api/v1/accounts?{query}"));
            let (_, errors) = problem(&reply, 422);
            assert!(errors.iter().any(|(found, _)| found.starts_with(pointer)), "{query}: {}", reply.text());
            assert!(reply.text().contains(words), "{query}: {}", reply.text());
        }
        let deep = format!("filter={}true{}", "(".repeat(2_000), ")".repeat(2_000));
        let deep = house.seller.get(&format!("/api/v1/accounts?{deep}"));
        assert!((400..500).contains(&deep.status), "{}", deep.text());
        problem(&house.seller.get("/api/v1/accounts?min_position=x"), 400);
        problem(&house.seller.get("/api/v1/accounts?min_position=999999"), 503);
    });
}

#[test]
fn questions_and_views_say_what_they_understood() {
    on_each(|house| {
        five(house);
        let ask = |question: &str| house.seller.post("/api/v1/ask", &json!({"question": question}));
        let top = ask("top 2 customers by orders in the last 30 days").expect(200);
        assert_eq!(names(&top), ["Customer 5", "Customer 4"], "{top}");
        let premium = ask("show me all premium-tier customers").expect(200);
        assert_eq!(premium["filter"], "tier == \"premium\"");
        assert!(!premium["understood"].as_array().unwrap().is_empty());
        let riddle = ask("sing me a song about the sea").expect(200);
        assert!(
            !riddle["not_understood"].as_array().unwrap().is_empty() || !riddle["question"].is_null(),
            "{riddle}"
        );
        let (_, errors) =
            problem(&house.seller.post("/api/v1/ask", &json!({"query": "x", "limit": "2"})), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert!(["/query", "/question", "/limit"].iter().all(|wanted| found.contains(wanted)), "{found:?}");
        problem(&ask(&"x".repeat(5_000)), 422);
        let fields = house.seller.get("/api/v1/fields").expect(200);
        assert!(fields["items"].as_array().unwrap().iter().any(|field| field["id"] == "orders_30d"));

        let view = json!({"name": "Busy", "filter": "orders_30d > 3", "sort": "-orders_30d"});
        let saved = house.seller.post("/api/v1/views", &view).expect(201);
        assert_eq!(house.seller.get("/api/v1/views").expect(200)["items"][0]["id"], saved["id"]);
        assert_eq!(house.german.get("/api/v1/views").expect(200)["items"], json!([]));
        let heads = house.heads();
        let faulty = json!({"name": "Busy", "filter": "orderz > 3"});
        assert_eq!(problem(&house.seller.post("/api/v1/views", &faulty), 422).0, "filter_invalid");
        let path = format!("/api/v1/views/{}", saved["id"].as_str().unwrap());
        let foreign = house.german.send("DELETE", &path, &[], &[]);
        assert!(matches!(foreign.status, 403 | 404), "{}", foreign.text());
        assert_eq!(house.heads(), heads);
        assert_eq!(house.seller.send("DELETE", &path, &[], &[]).status, 204);
        assert_eq!(house.seller.send("DELETE", &path, &[], &[]).status, 404);
    });
}

#[test]
fn a_whole_list_leaves_as_a_file_and_that_is_on_record() {
    on_each(|house| {
        for number in 1..=3 {
            house.account(&format!("Customer {number}"), "US", &number.to_string());
        }
        let path = "/api/v1/accounts/export?filter=tier%20%3D%3D%20%22premium%22&sort=-name&fields=tier,revenue_365d,email";
        let reply = house.ar.get(path);
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert!(reply.header("content-disposition").unwrap().starts_with("attachment; filename=\"accounts-"));
        let text = reply.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "id,account_number,name,tier,revenue_365d,revenue_365d_currency,email");
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(
            lines[1].contains("Customer 3,premium,") && lines[1].ends_with("3@customer.example"),
            "{}",
            lines[1]
        );
        let noted = house.ar.get("/api/v1/audit?kind=access.").expect(200);
        let all =
            noted["items"].as_array().unwrap().iter().flat_map(|item| item["accesses"].as_array().unwrap());
        let export: Vec<_> = all.filter(|access| access["act"] == "export").collect();
        assert_eq!((export.len(), &export[0]["records"]), (1, &json!(3)));
        let drawn = house.ar.get("/api/v1/accounts/export?fields=signals,tier,orders_weekly,what_is_wrong");
        assert_eq!(drawn.status, 200, "{}", drawn.text());
        let text = drawn.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "id,account_number,name,unread_inquiries,open_tasks,inquiries_7d,inquiries_rising,tier,orders_weekly,orders_change,what_is_wrong"
        );
        assert!(lines[1].contains(",0,0,0,false,premium,"), "{}", lines[1]);
        assert!(lines[1].ends_with("No order in a year"), "{}", lines[1]);
        let json = house.ar.get("/api/v1/accounts/export?format=jsonl&fields=orders_weekly,signals").text();
        let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
        assert!(first["orders_weekly"].is_array() && first["open_tasks"] == 0, "{first}");
        let book = house.ar.get("/api/v1/accounts/export?format=xlsx");
        assert!(book.status == 200 && book.body.starts_with(b"PK"));
        let (_, faults) = problem(&house.ar.get("/api/v1/accounts/export?format=pdf"), 422);
        assert_eq!(faults, [("/format".to_owned(), "not_allowed".to_owned())]);
        assert_eq!(
            problem(&house.ar.get("/api/v1/accounts/export?filter=nonsense%20%3E%201"), 422).0,
            "filter_invalid"
        );
        let german = house.german.get("/api/v1/accounts/export").text().lines().count();
        assert_eq!(german, 1, "whoever may see nothing takes nothing away");
    });
}
