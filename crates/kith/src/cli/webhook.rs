//! `kith webhook` and `kith delivery`: addresses that are called when an alert is raised, cleared or closed.

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, page, pairs};
use crate::screen::Screen;

/// For what a webhook is called.
#[derive(Debug, Clone, Args)]
pub struct WantedArgs {
    /// Only for this kind of alert; several by saying it again
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Only for alerts that are so grave or graver: low, medium, high
    #[arg(long, value_name = "SEVERITY")]
    severity_least: Option<String>,
    /// Only for accounts of this legal entity
    #[arg(long)]
    entity: Option<String>,
}

impl WantedArgs {
    fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        if !self.kinds.is_empty() {
            body.insert("kinds".to_owned(), json!(self.kinds));
        }
        for (name, value) in [("severity_least", &self.severity_least), ("entity", &self.entity)] {
            if let Some(value) = value {
                body.insert(name.to_owned(), json!(value));
            }
        }
        body
    }
}

/// Addresses that are called when an alert is raised, cleared or closed
#[derive(Debug, Subcommand)]
pub enum Webhook {
    /// List webhooks
    List,
    /// Show one
    Show {
        /// hook_…
        webhook: String,
    },
    /// Make one; prints its secret, which is shown here only
    Create {
        /// What people call it
        #[arg(long)]
        name: String,
        /// The address, https://…
        #[arg(long = "to", value_name = "URL")]
        to: String,
        #[command(flatten)]
        wanted: WantedArgs,
    },
    /// Call another address, or for something else
    Update {
        /// hook_…
        webhook: String,
        /// What people call it
        #[arg(long)]
        name: Option<String>,
        /// The address
        #[arg(long = "to", value_name = "URL")]
        to: Option<String>,
        #[command(flatten)]
        wanted: WantedArgs,
    },
    /// Call it again
    On {
        /// hook_…
        webhook: String,
    },
    /// Call it no more for a while
    Off {
        /// hook_…
        webhook: String,
    },
    /// Sign with another secret; prints it
    Secret {
        /// hook_…
        webhook: String,
    },
    /// Call it once without an alert
    Test {
        /// hook_…
        webhook: String,
    },
    /// Delete it
    Delete {
        /// hook_…
        webhook: String,
    },
}

impl Webhook {
    fn call(&self) -> Result<Call, Failure> {
        let update = |webhook: &String, body: &Value| Call::to("webhook_update").place(webhook).json(body);
        Ok(match self {
            Self::List => Call::to("webhook_list"),
            Self::Show { webhook } => Call::to("webhook_get").place(webhook),
            Self::Create { name, to, wanted } => {
                let mut body = wanted.body();
                body.insert("name".to_owned(), json!(name));
                body.insert("url".to_owned(), json!(to));
                Call::to("webhook_create").json(&Value::Object(body))?
            }
            Self::Update { webhook, name, to, wanted } => {
                let mut body = wanted.body();
                for (member, value) in [("name", name), ("url", to)] {
                    if let Some(value) = value {
                        body.insert(member.to_owned(), json!(value));
                    }
                }
                update(webhook, &Value::Object(body))?
            }
            Self::On { webhook } => update(webhook, &json!({"on": true}))?,
            Self::Off { webhook } => update(webhook, &json!({"on": false}))?,
            Self::Secret { webhook } => Call::to("webhook_rotate").place(webhook),
            Self::Test { webhook } => Call::to("webhook_test").place(webhook),
            Self::Delete { webhook } => Call::to("webhook_delete").place(webhook),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List => {
                page(&["id", "name", "url", "kinds", "severity_least", "on"].map(Column::of), value)
            }
            Self::Delete { .. } => "deleted".to_owned(),
            _ => pairs(value),
        })
    }
}

/// What webhooks were told, and what reached nobody
#[derive(Debug, Subcommand)]
pub enum Delivery {
    /// List deliveries, newest first
    List {
        /// queued, failed, delivered, `dead_letter` or discarded
        #[arg(long)]
        state: Option<String>,
        /// To one webhook: hook_…
        #[arg(long)]
        webhook: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show one with its body
    Show {
        /// msg_…
        delivery: String,
    },
    /// Try it again now
    Retry {
        /// msg_…
        delivery: String,
    },
    /// Discard it
    Discard {
        /// msg_…
        delivery: String,
    },
}

impl Delivery {
    fn call(&self) -> Call {
        match self {
            Self::List { state, webhook, page } => page.on(Call::to("delivery_list")
                .with("state", state.as_ref())
                .with("webhook", webhook.as_ref())),
            Self::Show { delivery } => Call::to("delivery_get").place(delivery),
            Self::Retry { delivery } => Call::to("delivery_retry").place(delivery),
            Self::Discard { delivery } => Call::to("delivery_discard").place(delivery),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => page(
                &["id", "kind", "about", "state", "attempts", "queued_at", "next_at", "code"].map(Column::of),
                value,
            ),
            _ => pairs(value),
        })
    }
}
