//! Tests of providers: what a file and a local server say, and what it means when they say nothing.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use super::*;

/// A file in the folder of temporary files, gone again with the value.
struct Lying(PathBuf);

impl Lying {
    fn with(name: &str, content: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kith-provider-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn as_kind(&self, kind: ProviderKind) -> FileProvider {
        FileProvider::new("extract", kind, self.0.clone())
    }
}

impl Drop for Lying {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap_or_default();
    }
}

fn number(number: &str) -> Query {
    Query { number: Some(number.to_owned()), ..Query::default() }
}

const GOLDEN: &str = "\u{feff}LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityStatus,Registration.LastUpdateDate\n\
5493001KJTIIGC8Y1R12,\"Acme, Inc.\",US,ACTIVE,2026-10-01T00:00:00Z\n\
529900T8BM49AURSDO55,Beta GmbH,DE,INACTIVE,2026-10-02T00:00:00Z\n";

#[test]
fn a_golden_copy_is_asked_by_number_and_by_name() {
    let file = Lying::with("golden.csv", GOLDEN);
    let provider = file.as_kind(ProviderKind::Lei);
    let found = provider.look_up(&number("5493001kjtiigc8y1r12")).unwrap().unwrap();
    assert_eq!((found.name.as_deref(), found.standing), (Some("Acme, Inc."), Standing::Active));
    assert_eq!(
        (found.country.as_deref(), found.as_of.as_deref()),
        (Some("US"), Some("2026-10-01T00:00:00Z"))
    );
    let named =
        |name: &str, country: &str| Query { number: None, name: name.into(), country: Some(country.into()) };
    let beta = provider.look_up(&named("BETA G.m.b.H.", "DE")).unwrap().unwrap();
    assert_eq!((beta.number.as_deref(), beta.standing), (Some("529900T8BM49AURSDO55"), Standing::Inactive));
    assert_eq!(
        provider.look_up(&named("Beta GmbH", "US")).unwrap(),
        None,
        "another country is another company"
    );
    assert_eq!(provider.look_up(&number("nobody")).unwrap(), None);
}

#[test]
fn an_extract_is_an_array_or_one_object_a_line() {
    let array = Lying::with(
        "registry.json",
        r#"[{"company_number":"HRB 1","name":"Acme","status":"active","country":"DE"}]"#,
    );
    let found = array.as_kind(ProviderKind::Registry).look_up(&number("hrb1")).unwrap().unwrap();
    assert_eq!((found.name.as_deref(), found.standing), (Some("Acme"), Standing::Active));
    let lines = Lying::with(
        "bureau.jsonl",
        "{\"duns\":\"1\",\"score\":700}\n\n{\"duns\":\"2\",\"score\":{\"value\":81}}\n",
    );
    let found = lines.as_kind(ProviderKind::Bureau).look_up(&number("2")).unwrap().unwrap();
    assert_eq!(found.fields.get("score.value").map(String::as_str), Some("81"));
    assert_eq!(found.standing, Standing::Unknown);
}

#[test]
fn a_file_that_cannot_be_read_is_down_and_says_where() {
    let gone = FileProvider::new("x", ProviderKind::Lei, "nowhere/at/all.csv".into());
    assert!(gone.look_up(&number("1")).is_err());
    let torn = Lying::with("torn.csv", &format!("{GOLDEN}5493001KJTIIGC8Y1R13,\"half"));
    let said = torn.as_kind(ProviderKind::Lei).look_up(&number("5493001KJTIIGC8Y1R13")).unwrap_err();
    assert!(said.0.contains("line") || said.0.contains("record"), "{said}");
    let other = Lying::with("other.csv", "colour,shape\nred,round\n");
    let said = other.as_kind(ProviderKind::Lei).look_up(&number("1")).unwrap_err();
    assert!(said.0.contains("lei"), "{said}");
    let bad = Lying::with("bad.jsonl", "{\"duns\":\"1\"}\n{\"duns\":");
    assert!(bad.as_kind(ProviderKind::Bureau).look_up(&number("9")).unwrap_err().0.contains("line 2"));
}

/// A server that answers one request; gives its address and, when asked, what it was sent.
fn server(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut sent = [0_u8; 4096];
        let length = stream.read(&mut sent).unwrap();
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&sent[..length]).into_owned()
    });
    (address, served)
}

fn asked(address: &str, timeout_ms: u64) -> HttpProvider {
    let fields = BTreeMap::from([("status", "/data/ok"), ("name", "/data/who")])
        .into_iter()
        .map(|(name, place)| (name.to_owned(), place.to_owned()))
        .collect();
    let headers = vec![("x-key".to_owned(), "secret".to_owned())];
    HttpProvider::new("authority", &format!("{address}/vat/{{number}}"), headers, fields, timeout_ms).unwrap()
}

#[test]
fn an_authority_is_asked_over_http() {
    let (address, served) =
        server("HTTP/1.1 200 OK\r\ncontent-length: 38\r\n\r\n{\"data\":{\"ok\":true,\"who\":\"Acme SARL\"}}");
    let found = asked(&address, 5_000).look_up(&number("FR 40/1")).unwrap().unwrap();
    assert_eq!((found.name.as_deref(), found.standing), (Some("Acme SARL"), Standing::Active));
    let sent = served.join().unwrap();
    assert!(sent.starts_with("GET /vat/FR%2040%2F1 HTTP/1.1") && sent.contains("x-key: secret"), "{sent}");
    assert!(!format!("{:?}", asked(&address, 1)).contains("secret"));
}

#[test]
fn who_does_not_answer_says_nothing_about_the_company() {
    let (unknown, _served) = server("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    assert_eq!(asked(&unknown, 5_000).look_up(&number("1")).unwrap(), None);
    let (broken, _served) = server("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    assert!(asked(&broken, 5_000).look_up(&number("1")).unwrap_err().0.contains("503"));
    let (odd, _served) = server("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<htm>");
    assert!(asked(&odd, 5_000).look_up(&number("1")).unwrap_err().0.contains("no JSON"));
    assert!(asked("http://127.0.0.1:9", 500).look_up(&number("1")).is_err());
}

#[test]
fn the_file_of_providers_is_read_or_refused_by_name() {
    let variable = |name: &str| (name == "KEY").then(|| "k".to_owned());
    let read = |text: &str| Providers::read(text, Path::new("."), &variable).map_err(|error| error.0);
    let both = read(
        r#"{"providers":[{"name":"g","kind":"lei","file":"g.csv"},
            {"name":"v","kind":"vat","url":"https://a.example/{number}","headers":{"k":"env:KEY"}}]}"#,
    )
    .unwrap();
    assert_eq!((both.of(ProviderKind::Lei).len(), both.of(ProviderKind::Vat).len()), (1, 1));
    assert_eq!(both.of(ProviderKind::Bureau).len(), 0);
    for (text, says) in [
        (r#"{"providers":[{"name":"g","kind":"lei"}]}"#, "the provider g: expected either a file or a url"),
        (r#"{"providers":[{"name":"v","kind":"vat","url":"https://a.example/"}]}"#, "no place for"),
        (r#"{"providers":[{"name":"v","kind":"vat","url":"ftp://a/{name}"}]}"#, "no http(s)://"),
        (
            r#"{"providers":[{"name":"v","kind":"vat","url":"http://a/{name}","headers":{"k":"env:X"}}]}"#,
            "the variable X is not set",
        ),
        (r#"{"providers":[{"name":"v","kind":"moon"}]}"#, "unknown variant"),
    ] {
        let said = read(text).unwrap_err();
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn a_bureau_tells_a_value_on_a_scale() {
    let file = Lying::with(
        "rating.csv",
        "duns,name,paydex,recommended_limit,currency,insolvent,as_of\n\
         150483782,Acme Inc,78,30000,usd,no,2026-11-01\n2,Beta,,,,yes,2026-11-01\n",
    );
    let provider = file.as_kind(ProviderKind::Bureau);
    let rating = provider.look_up(&number("15-048-3782")).unwrap().unwrap().rating().unwrap();
    assert_eq!((rating.scale.as_str(), rating.value, rating.insolvent), ("paydex", 78.0, false));
    assert_eq!(rating.limit, Some(("30000".to_owned(), Some("USD".to_owned()))));
    assert_eq!(provider.look_up(&number("2")).unwrap().unwrap().rating(), None, "no value is no rating");
    let told =
        Lying::with("told.jsonl", "{\"duns\":\"1\",\"scale\":\"percentile\",\"score\":{\"value\":61}}\n");
    let rating = told.as_kind(ProviderKind::Bureau).look_up(&number("1")).unwrap().unwrap().rating().unwrap();
    assert_eq!((rating.scale.as_str(), rating.value), ("percentile", 61.0));
}
