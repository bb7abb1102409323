//! What follows a commit in memory: the directory, the catalogue, the live stream, work that was waiting.

use kith_api::view::LiveEvent;
use kith_domain::account::Account;
use kith_domain::alert::{AlertKind, AlertState};
use kith_domain::import::Import;
use kith_domain::notification::NotificationKind;
use kith_domain::organisation::Organisation;
use kith_domain::value::{AccountId, EntityCode, ImportId, OnboardingId, UserId};
use kith_risk::anomaly::Severity;
use serde_json::json;

use crate::directory::Agreed;
use crate::engine::Engine;

/// Something that memory must learn after the commit.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// An account has a new version.
    Account {
        /// Its row.
        row: u32,
        /// Its version.
        version: u64,
        /// Its state.
        account: Box<Account>,
        /// Digests of subjects that it answers to since now: touchpoints may wait for them.
        subjects: Vec<String>,
    },
    /// The organisation changed.
    Organisation {
        /// Its version.
        version: u64,
        /// Its state.
        organisation: Box<Organisation>,
    },
    /// A document of an account came in, was decided or went.
    Document {
        /// Whose it is.
        account: AccountId,
        /// The last days of its documents, days since 1970, the earliest first.
        expires_on: Vec<i64>,
    },
    /// Users changed.
    Users,
    /// Something happened to a contract.
    Contract {
        /// `ctr_…`
        id: String,
        /// With whom.
        account: AccountId,
        /// Where it stands.
        state: &'static str,
        /// What is held of it in memory.
        agreed: Agreed,
    },
    /// A change was submitted or decided.
    Change {
        /// `chg_…`
        id: String,
        /// What it is about.
        target: Option<String>,
        /// Where it stands.
        state: &'static str,
    },
    /// An alert was raised, looked at, settled or cleared.
    Alert {
        /// `alr_…`
        id: String,
        /// Whose.
        account: AccountId,
        /// The entity that owns the account.
        entity: EntityCode,
        /// What it is about.
        kind: AlertKind,
        /// How grave it is.
        severity: Severity,
        /// Where it stands.
        state: AlertState,
        /// Somebody said what it was.
        decided: bool,
    },
    /// What is known of the risk of a row is another thing now.
    Risk(u32),
    /// Somebody was told something.
    Notification {
        /// `ntf_…`
        id: String,
        /// Who.
        user: UserId,
        /// What it is about.
        kind: NotificationKind,
    },
    /// Work of a desk was begun, decided or ended.
    Work(&'static str),
    /// A change about a case of onboarding was decided: the case can go on.
    Onboarding(OnboardingId),
    /// A hold of an account was lifted: what it held is looked at again.
    HeldOrders(AccountId),
    /// An import was approved.
    ImportStart(ImportId),
    /// The reversal of an import was approved.
    ImportRevert(ImportId),
    /// An import has come so far.
    ImportProgress(Box<Import>),
}

impl Engine {
    /// Lets memory follow what was committed.
    #[expect(clippy::too_many_lines, reason = "one arm for each effect, nothing else")]
    pub(crate) async fn apply_effects(&self, effects: Vec<Effect>) {
        let mut waited_for = Vec::new();
        let mut shown = false;
        let mut moved = Vec::new();
        let single = effects.iter().filter(|effect| matches!(effect, Effect::Account { .. })).count() == 1;
        for effect in effects {
            match effect {
                Effect::Account { row, version, account, subjects } => {
                    moved.extend(self.show_account(row, version, &account));
                    if let Some(into) = &account.merged_into
                        && let Err(fault) = self.note_merged(row, into.survivor).await
                    {
                        tracing::warn!(%fault, "the pair of two merged accounts could not be closed");
                    }
                    // The rows of a file are left to the scan.
                    if single && let Err(fault) = Box::pin(self.raise_for(row, &account)).await {
                        tracing::warn!(%fault, "accounts like this one could not be put before a person");
                    }
                    let screened =
                        if single { Box::pin(self.screen_if_changed(&account)).await } else { Ok(()) };
                    if let Err(fault) = screened {
                        tracing::warn!(%fault, "an account that changed could not be screened");
                    }
                    if account.deleted_at.is_some()
                        && let Err(fault) = self.forget_keys(&account)
                    {
                        tracing::error!(%fault, "the keys of a deleted account stand still; the next start destroys them");
                    }
                    if single && let Err(fault) = Box::pin(self.follow_access(&account)).await {
                        tracing::warn!(%fault, "access to the portal could not follow its account; it is tried again");
                    }
                    // A limit that was lowered, or given to an entity, may be one that is overdrawn.
                    if single && (account.credit_limit.is_some() || !account.overrides.is_empty()) {
                        self.core().feed.watched.note([row]);
                    }
                    shown = true;
                    self.publish(LiveEvent {
                        topic: "account".into(),
                        account: Some(account.id.to_string()),
                        entity: Some(account.owning_entity.to_string()),
                        position: self.position(),
                        data: json!({"version": version, "name": account.name}),
                    });
                    waited_for.extend(subjects);
                }
                Effect::Organisation { version, organisation } => {
                    let before = self.organisation();
                    let is_other = before.rates != organisation.rates || before.day != organisation.day;
                    let has_rates = !organisation.rates.is_empty();
                    self.show_organisation(version, *organisation);
                    if is_other && has_rates {
                        // Exposure in other currencies is another one, or cannot be said any more.
                        self.look_again_at_currencies().await;
                    }
                }
                Effect::Document { account, expires_on } => {
                    self.directory().note_documents(account, expires_on);
                }
                Effect::Contract { id, account, state, agreed } => {
                    self.directory().note_contract(&id, agreed);
                    self.publish(LiveEvent {
                        topic: "contract".into(),
                        account: Some(account.to_string()),
                        entity: self.owner_of(account).map(|entity| entity.to_string()),
                        position: self.position(),
                        data: json!({"id": id, "state": state}),
                    });
                }
                Effect::Users => {
                    if let Err(fault) = self.show_users().await {
                        tracing::warn!(%fault, "the names of users could not be read again");
                    }
                }
                Effect::Change { id, target, state } => self.publish(LiveEvent {
                    topic: "change".into(),
                    account: target.filter(|target| target.starts_with("acc_")),
                    entity: None,
                    position: self.position(),
                    data: json!({"id": id, "state": state}),
                }),
                Effect::Alert { id, account, entity, kind, severity, state, decided } => {
                    if decided {
                        self.core().feed.watched.forget();
                    }
                    self.publish(LiveEvent {
                        topic: "alert".into(),
                        account: Some(account.to_string()),
                        entity: Some(entity.to_string()),
                        position: self.position(),
                        data: json!({"id": id, "kind": kind, "severity": severity, "state": state}),
                    });
                }
                Effect::Risk(row) => self.core().feed.watched.note([row]),
                Effect::Notification { id, user, kind } => self.publish(LiveEvent {
                    topic: "notification".into(),
                    account: None,
                    entity: None,
                    position: self.position(),
                    data: json!({"id": id, "user": user, "kind": kind}),
                }),
                Effect::Work(noun) => self.publish_work(noun),
                Effect::Onboarding(id) => self.start_advancing(id),
                Effect::HeldOrders(account) => self.start_rechecking(account),
                Effect::ImportStart(id) => self.start_import(id),
                Effect::ImportRevert(id) => self.start_revert(id),
                Effect::ImportProgress(import) => self.publish(LiveEvent {
                    topic: "import".into(),
                    account: None,
                    entity: None,
                    position: self.position(),
                    data: json!({
                        "id": import.staged.id.to_string(),
                        "state": import.state.as_str(),
                        "rows": import.staged.rows,
                        "done": import.rows_done,
                        "counts": import.counts,
                        "rows_left": import.rows_left,
                    }),
                }),
            }
        }
        self.refold_rows(moved).await;
        if shown {
            self.core().feed.nudge(); // A new account counts 0 orders, not an unknown number of them.
        }
        if let Err(fault) = self.replay_waiting(waited_for, &["subject_unknown"]).await {
            tracing::warn!(%fault, "touchpoints that waited for an account could not be replayed yet");
        }
    }
}
