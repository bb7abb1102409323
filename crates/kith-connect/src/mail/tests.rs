//! Tests of mail: the file, the folder, and a mail server of the test's own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread::JoinHandle;

use super::{Mailer, Post};

fn read(text: &str) -> Result<Mailer, String> {
    let variable = |name: &str| (name == "SECRET").then(|| "open sesame".to_owned());
    Mailer::read(text, Path::new("/data"), &variable).map_err(|error| error.0)
}

fn post() -> Post {
    Post {
        id: "mail_1".into(),
        to: "ann@acme.example".into(),
        name: "Ann Exámple".into(),
        subject: "Please sign\r\nBcc: all@acme.example".into(),
        text: "Open https://kith.example/sign/ctr_1/secret.\n.\nGrüße".into(),
    }
}

#[test]
fn a_file_that_cannot_be_used_says_why() {
    let with =
        |rest: &str| format!(r#"{{"from":"Kith <a@b.example>","public_url":"https://k.example/"{rest}}}"#);
    let told = |rest: &str| read(&with(rest)).unwrap_err();
    assert_eq!(told(""), "expected either smtp or a folder");
    assert_eq!(told(r#","folder":"x","smtp":{"host":"m"}"#), "expected either smtp or a folder");
    assert_eq!(told(r#","smtp":{"host":"m","user":"u"}"#), "smtp: user and password go together");
    let open = told(r#","smtp":{"host":"m","tls":"none","user":"u","password":"p"}"#);
    assert_eq!(open, "smtp: a password needs tls, else everybody on the way reads it");
    let unset = told(r#","smtp":{"host":"m","user":"u","password":"env:OTHER"}"#);
    assert_eq!(unset, "smtp: the variable OTHER is not set");
    assert!(told(r#","smtp":{"host":"m"},"to":"x""#).contains("unknown field"));
    assert!(
        read(r#"{"from":"nobody","public_url":"https://k.example","folder":"x"}"#)
            .unwrap_err()
            .contains("from")
    );
    assert!(read(r#"{"from":"a@b.example","public_url":"k.example","folder":"x"}"#).is_err());
}

#[test]
fn no_secret_is_shown() {
    let text = r#"{"from":"a@b.example","public_url":"https://k.example/","smtp":{"host":"m.example","user":"u","password":"env:SECRET"}}"#;
    let mailer = read(text).unwrap();
    let shown = format!("{mailer:?} {}", mailer.told());
    assert!(shown.contains("m.example:587") && !shown.contains("sesame"), "{shown}");
    assert_eq!(mailer.link("/sign/1"), "https://k.example/sign/1");
}

#[test]
fn a_mail_is_written_into_a_folder_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"{"from":"Kith <a@b.example>","reply_to":"c@b.example","public_url":"https://k.example","folder":"out"}"#;
    let mailer = Mailer::read(text, folder.path(), &|_| None).unwrap();
    assert!(mailer.is_folder());
    mailer.deliver(&post()).unwrap();
    mailer.deliver(&post()).unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path().join("out")).unwrap().collect();
    assert_eq!(files.len(), 1);
    let written = std::fs::read_to_string(folder.path().join("out/mail_1.eml")).unwrap();
    let headers = written.split("\r\n\r\n").next().unwrap();
    assert!(headers.contains("Message-ID: <mail_1@b.example>") && headers.contains("Reply-To: c@b.example"));
    assert!(
        !headers.lines().any(|line| line.starts_with("Bcc")),
        "no header comes out of a subject: {headers}"
    );
    let wrong = mailer.deliver(&Post { to: "ann".into(), ..post() }).unwrap_err();
    assert_eq!((wrong.code.as_str(), wrong.permanent), ("address", true));
}

/// A server that answers `RCPT` with a line and gives what it was told.
fn server(answer: &'static str) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        talk(&stream, answer)
    });
    (port, serving)
}

fn talk(stream: &TcpStream, answer: &str) -> Vec<String> {
    let (mut out, mut told) = (stream, Vec::new());
    let mut lines = BufReader::new(stream).lines();
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).unwrap();
    say("220 test");
    let mut in_data = false;
    while let Some(Ok(line)) = lines.next() {
        if in_data {
            in_data = line != ".";
            if !in_data {
                say("250 taken");
            }
        } else if line.starts_with("RCPT") {
            say(answer);
        } else if line == "DATA" {
            in_data = true;
            say("354 go on");
        } else if line == "QUIT" {
            say("221 bye");
            break;
        } else {
            say("250 fine");
        }
        told.push(line);
    }
    told
}

fn over(port: u16) -> Mailer {
    let text = format!(
        r#"{{"from":"a@b.example","public_url":"https://k.example","smtp":{{"host":"127.0.0.1","port":{port},"tls":"none","timeout_ms":5000}}}}"#
    );
    read(&text).unwrap()
}

#[test]
fn a_server_takes_a_mail_whole() {
    let (port, serving) = server("250 fine");
    let mailer = over(port);
    mailer.deliver(&post()).unwrap();
    drop(mailer);
    let told = serving.join().unwrap();
    assert!(told.contains(&"RCPT TO:<ann@acme.example>".to_owned()), "{told:?}");
    assert!(told.iter().any(|line| line.contains("Message-ID: <mail_1@b.example>")), "{told:?}");
}

#[test]
fn what_a_server_refuses_says_whether_another_try_helps() {
    for (answer, code, permanent) in
        [("451 later", "smtp_451", false), ("550 no such user ann@acme.example", "smtp_550", true)]
    {
        let (port, serving) = server(answer);
        let mailer = over(port);
        let refused = mailer.deliver(&post()).unwrap_err();
        assert_eq!((refused.code.as_str(), refused.permanent), (code, permanent), "{refused:?}");
        drop(mailer);
        serving.join().unwrap();
    }
}

#[test]
fn a_server_that_is_not_there_is_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = over(port).deliver(&post()).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.permanent), ("unreachable", false));
}
