//! The state of a webhook.

use jiff::Timestamp;
use kith_risk::anomaly::Severity;
use serde::{Deserialize, Serialize};

use super::{Event, Wanted};
use crate::alert::AlertKind;
use crate::value::{EntityCode, Personal, UserId, WebhookId};

/// An address that is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Webhook {
    /// Which webhook.
    pub id: WebhookId,
    /// Which address, for what.
    pub wanted: Wanted,
    /// The secret that signs; gone once it was deleted.
    pub secret: Personal<String>,
    /// Whether it is called.
    pub on: bool,
    /// The other side wanted no more calls.
    pub gone: bool,
    /// Who wanted it.
    pub created_by: Option<UserId>,
    /// Since when; `None` before that.
    pub created_at: Option<Timestamp>,
    /// When it was forgotten.
    pub deleted_at: Option<Timestamp>,
}

impl Webhook {
    /// Whether it is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some() && self.deleted_at.is_none()
    }

    /// Whether it is called for an alert.
    #[must_use]
    pub fn wants(&self, kind: AlertKind, severity: Severity, entity: &EntityCode) -> bool {
        let wanted = &self.wanted;
        self.exists()
            && self.on
            && (wanted.kinds.is_empty() || wanted.kinds.contains(&kind))
            && wanted.severity_least.is_none_or(|least| severity >= least)
            && wanted.entity.as_ref().is_none_or(|only| only == entity)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Created { id, wanted, secret, by, at } => {
                self.id = *id;
                self.wanted = (**wanted).clone();
                self.secret = secret.clone();
                self.on = true;
                (self.created_by, self.created_at) = (*by, Some(*at));
            }
            Event::Updated { wanted, .. } => self.wanted = (**wanted).clone(),
            Event::Rotated { secret, .. } => self.secret = secret.clone(),
            Event::Switched { on, gone, .. } => (self.on, self.gone) = (*on, *gone),
            Event::Deleted { at } => {
                self.on = false;
                self.deleted_at = Some(*at);
            }
        }
    }
}
