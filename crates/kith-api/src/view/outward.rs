//! What is told outside: mails, webhooks, and their deliveries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A mail to somebody outside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MailView {
    /// `mail_…`.
    pub id: String,
    /// `signature_invitation`, `signature_reminder`, `portal_activation`, `application_reminder` or `welcome`.
    pub kind: String,
    /// `acc_…` of the account that it concerns.
    pub account: String,
    /// That account's name.
    pub account_name: String,
    /// What it is about: `ctr_…`, `usr_…`, `onb_…`.
    pub about: String,
    /// The address; null where it was erased or may not be seen.
    pub to: Option<String>,
    /// The name of who reads it.
    pub name: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its text, where one mail is read. A link in it is never shown.
    pub text: Option<String>,
    /// It has a link that works once.
    pub has_link: bool,
    /// Until when it is worth sending.
    pub until: Option<String>,
    /// `queued`, `failed` (tried again), `sent`, `given_up` or `discarded`.
    pub state: String,
    /// Tries that failed since it was queued, or queued again.
    pub attempts: u32,
    /// When it was queued.
    pub queued_at: String,
    /// When it is tried next.
    pub next_at: Option<String>,
    /// When it left.
    pub sent_at: Option<String>,
    /// `smtp` or `folder`.
    pub sent_by: Option<String>,
    /// Why the last try failed, in one word: `smtp_550`, `unreachable`, `over`.
    pub code: Option<String>,
    /// What was answered then.
    pub answer: Option<String>,
    /// Who had it tried again, or discarded it.
    pub decided_by_name: Option<String>,
}

/// How mail leaves, and how much waits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutboxView {
    /// Mail leaves; else everything waits until the installation names a way.
    pub sends: bool,
    /// `smtp` or `folder`.
    pub by: Option<String>,
    /// The mail server or the folder, for whoever runs the installation.
    pub route: Option<String>,
    /// Who writes, as the reader sees it.
    pub from: Option<String>,
    /// How many wait for their first try.
    pub queued: u64,
    /// How many wait for another try.
    pub failed: u64,
    /// How many are not tried any more.
    pub given_up: u64,
}

/// An address that is called when an alert is raised, cleared or closed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookView {
    /// `hook_…`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The address.
    pub url: String,
    /// Kinds of alerts for which it is called; every kind when empty.
    pub kinds: Vec<String>,
    /// The least grave alerts for which it is called: `low`, `medium` or `high`.
    pub severity_least: Option<String>,
    /// Only for accounts of this legal entity.
    pub entity: Option<String>,
    /// It is called.
    pub on: bool,
    /// The other side answered 410 and is not called any more.
    pub gone: bool,
    /// Since when.
    pub created_at: String,
    /// Who made it.
    pub created_by_name: Option<String>,
}

/// A webhook with its secret, which is shown once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookSecret {
    /// The webhook.
    #[serde(flatten)]
    pub webhook: WebhookView,
    /// `whsec_…`: with it the other side checks the signatures (Standard Webhooks 1.0.0).
    pub secret: String,
}

/// What a webhook was told, or is to be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DeliveryView {
    /// `msg_…`: the header `webhook-id` of each try.
    pub id: String,
    /// `hook_…`.
    pub webhook: String,
    /// `alert.raised`, `alert.acknowledged`, `alert.cleared`, `alert.closed` or `webhook.test`.
    pub kind: String,
    /// What it is about: `alr_…`.
    pub about: String,
    /// The body that is sent.
    pub body: Value,
    /// `queued`, `failed` (tried again), `delivered`, `dead_letter` or `discarded`.
    pub state: String,
    /// Tries that failed since it was queued, or queued again.
    pub attempts: u32,
    /// When it was queued.
    pub queued_at: String,
    /// When it is tried next.
    pub next_at: Option<String>,
    /// When it was tried last.
    pub tried_at: Option<String>,
    /// When it arrived.
    pub arrived_at: Option<String>,
    /// What came of the last try, in one word: `http_204`, `http_500`, `private_address`.
    pub code: Option<String>,
    /// What was answered then.
    pub answer: Option<String>,
    /// Who had it tried again, or discarded it.
    pub decided_by_name: Option<String>,
}
