//! Steps that ask outside, with the real program: a register that is down holds nobody up for ever.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::onboarding::{act, application, path, start, step, until};
use crate::house::on_each_with;

/// A register over HTTP that goes away and comes back.
struct Register {
    port: u16,
    is_up: Arc<AtomicBool>,
}

impl Register {
    fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let is_up = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_up);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut asked = [0_u8; 2_048];
                let read = stream.read(&mut asked).unwrap_or(0);
                if read == 0 || !seen.load(Ordering::Relaxed) {
                    continue;
                }
                let body = r#"{"name":"Acme Inc.","status":"active"}"#;
                let head =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                drop(stream.write_all(format!("{head}{body}").as_bytes()));
            }
        });
        Self { port, is_up }
    }

    fn turn(&self, up: bool) {
        self.is_up.store(up, Ordering::Relaxed);
    }
}

#[test]
fn a_register_that_is_down_leaves_its_step_pending_and_settles_it_by_itself_when_it_is_back() {
    let register = Register::serve();
    let providers = format!(
        r#"{{"providers": [{{"name": "register", "kind": "registry", "url": "http://127.0.0.1:{}/{{name}}",
            "fields": {{"name": "/name", "status": "/status"}}}}]}}"#,
        register.port
    );
    on_each_with(&[("providers.json", providers)], |house| {
        register.turn(false);
        let case = start(house, "a", &application("Acme"));
        let registry = || step(&house.seller.get(&path(&case)).expect(200), "registry").clone();
        let waits = until("the register was asked", || {
            Some(registry()).filter(|step| step["state"] == "pending_external")
        });
        assert!(waits["reason"].as_str().unwrap().contains("does not answer"), "{waits}");
        let length = |step: &Value| step["trail"].as_array().unwrap().len();
        for again in ["one", "two"] {
            let still = act(&house.ar, &case, "registry", "run", again);
            assert_eq!(still.status, 200, "{}", still.text());
        }
        let waits = registry();
        assert_eq!(
            (&waits["state"], length(&waits)),
            (&json!("pending_external"), 1),
            "silence is no news: {waits}"
        );
        register.turn(true);
        let passed =
            until("the register is back", || Some(registry()).filter(|step| step["state"] == "passed"));
        assert_eq!(length(&passed), 2, "{passed}");
        let evidence = passed["trail"][1]["evidence"].to_string();
        assert!(evidence.contains("register") && evidence.contains("Acme Inc."), "{evidence}");
    });
}
