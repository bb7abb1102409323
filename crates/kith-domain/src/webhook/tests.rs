//! Tests of webhooks.

use kith_risk::anomaly::Severity;

use super::*;
use crate::alert::AlertKind;
use crate::story::{Story, uuid};
use crate::value::{Personal, WebhookId};

fn wanted(url: &str) -> Box<Wanted> {
    Box::new(Wanted { name: "Fraud desk".into(), url: url.into(), ..Wanted::default() })
}

fn secret(text: &str) -> Personal<String> {
    Personal::new(WebhookId(uuid(1)), text.to_owned())
}

fn create(wanted: Box<Wanted>) -> Command {
    Command::Create { id: WebhookId(uuid(1)), wanted, secret: secret("whsec_1") }
}

fn created(wanted: Box<Wanted>) -> Story<Webhook> {
    let mut story = Story::<Webhook>::new(());
    story.accepts(&create(wanted));
    story
}

#[test]
fn an_address_that_cannot_be_called_is_refused() {
    let story = Story::<Webhook>::new(());
    story.refuses(&Command::Delete, "webhook.not_found");
    for url in [
        "ftp://a.example",
        "https://",
        "https://user:pass@a.example/",
        "https://a.example/x y",
        "a.example",
        "https://a.example/#part",
        "https://:8080/",
    ] {
        story.faults(&create(wanted(url)), "webhook.invalid", &[("/url", "url_invalid")]);
    }
    let nameless = Box::new(Wanted { name: " ".into(), ..*wanted("nowhere") });
    story.faults(&create(nameless), "webhook.invalid", &[("/name", "required"), ("/url", "url_invalid")]);
}

#[test]
fn a_webhook_is_created_changed_switched_and_forgotten_once() {
    let mut story = created(wanted("https://a.example/hook"));
    story.refuses(&create(wanted("https://a.example/hook")), "webhook.exists");
    story.nothing(&Command::Update { wanted: wanted("https://a.example/hook") });
    story.accepts(&Command::Update { wanted: wanted("https://b.example/hook") });
    story.accepts(&Command::Rotate { secret: secret("whsec_2") });
    story.accepts(&Command::Gone);
    assert!(story.state.gone && !story.state.on);
    story.nothing(&Command::Gone);
    story.accepts(&Command::Switch { on: true });
    assert!(story.state.on && !story.state.gone);
    story.accepts(&Command::Delete);
    story.nothing(&Command::Delete);
    story.refuses(&Command::Switch { on: true }, "webhook.not_found");
}

#[test]
fn it_is_called_for_what_was_wanted() {
    let us = "US".parse().unwrap();
    let narrow = Wanted {
        kinds: [AlertKind::OverLimit].into(),
        severity_least: Some(Severity::High),
        entity: Some("US".parse().unwrap()),
        ..*wanted("https://a.example")
    };
    let story = created(Box::new(narrow));
    assert!(story.state.wants(AlertKind::OverLimit, Severity::High, &us));
    assert!(!story.state.wants(AlertKind::BustOut, Severity::High, &us));
    assert!(!story.state.wants(AlertKind::OverLimit, Severity::Medium, &us));
    assert!(!story.state.wants(AlertKind::OverLimit, Severity::High, &"EU".parse().unwrap()));
    let every = created(wanted("https://a.example"));
    assert!(every.state.wants(AlertKind::NewShipTo, Severity::Medium, &us));
}
