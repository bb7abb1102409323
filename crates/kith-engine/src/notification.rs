//! Notifications: a person's own inbox.

use jiff::Timestamp;
use kith_api::view::{NotificationView, Page};
use kith_domain::command::Command as AnyCommand;
use kith_domain::notification::{Command, Notification};
use kith_domain::value::NotificationId;
use kith_store::{Fault, Noun};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{load, read};

/// Most notifications that are marked as read at once, and most of one person that are put off.
const MARKED: u32 = 1_000;

impl Engine {
    /// The caller's notifications, newest first: `unread`, `read` or `snoozed` ones, or without a word those that are not
    /// put off. What was put off until a time that is over counts as not read.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn notifications(
        &self,
        caller: &Caller,
        state: Option<&str>,
        cursor: Option<String>,
        limit: usize,
    ) -> Result<Page<NotificationView>, Fault> {
        let Some(user) = caller.principal.user().map(|user| user.to_string()) else {
            return Ok(Page { items: Vec::new(), next_cursor: None, has_more: false });
        };
        let states: &'static [&'static str] = match state {
            None => &["unread", "read", "snoozed"],
            Some("unread") => &["unread", "snoozed"],
            Some("snoozed") => &["snoozed"],
            Some(_) => &["read"],
        };
        let (now, wants_snoozed) = (self.now(), state == Some("snoozed"));
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let found = self
            .store()
            .read(move |reader| {
                let mut found: Vec<Notification> = Vec::new();
                for state in states {
                    let index = [("user_id", (&user).into()), ("state", (*state).into())];
                    // How many of those put off are due is not known before they are read.
                    let most = if *state == "snoozed" { MARKED } else { asked };
                    for document in reader.list_newest(Noun::Notification, &index, cursor.as_deref(), most)? {
                        let notification = read::<Notification>(document)?.state;
                        let later = notification.snoozed_until.is_some_and(|until| until > now);
                        if *state != "snoozed" || later == wants_snoozed {
                            found.push(notification);
                        }
                    }
                }
                Ok(found)
            })
            .await?;
        let mut items: Vec<NotificationView> = found.iter().map(|found| view(found, now)).collect();
        items.sort_by(|one, other| other.id.cmp(&one.id));
        Ok(Page::cut(items, limit, |item| item.id.clone()))
    }

    /// One of the caller's notifications.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn notification(&self, caller: &Caller, id: &str) -> Result<Option<NotificationView>, Fault> {
        let name = id.to_owned();
        let found = self.store().read(move |reader| load::<Notification>(reader, &name)).await?.state;
        Ok(found.is_for(caller.principal.user()).then(|| view(&found, self.now())))
    }

    /// How many notifications the caller has not read.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn unread(&self, caller: &Caller) -> Result<u64, Fault> {
        let Some(user) = caller.principal.user().map(|user| user.to_string()) else { return Ok(0) };
        let now = self.now();
        self.store()
            .read(move |reader| {
                let of = |state: &'static str| [("user_id", (&user).into()), ("state", state.into())];
                let unread = reader.count(Noun::Notification, &of("unread"))?;
                let mut due = 0_u64;
                for document in reader.list(Noun::Notification, &of("snoozed"), None, MARKED)? {
                    due = due.saturating_add(read::<Notification>(document)?.state.is_unread(now).into());
                }
                Ok(unread.saturating_add(due))
            })
            .await
    }

    /// Marks all of the caller's notifications as read; says how many were not.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn read_all_notifications(&self, caller: &Caller) -> Result<u64, Fault> {
        let Some(user) = caller.principal.user().map(|user| user.to_string()) else { return Ok(0) };
        let now = self.now();
        let documents = self
            .store()
            .read(move |reader| {
                let of = |state: &'static str| [("user_id", (&user).into()), ("state", state.into())];
                let mut unread = reader.list(Noun::Notification, &of("unread"), None, MARKED)?;
                for document in reader.list(Noun::Notification, &of("snoozed"), None, MARKED)? {
                    if read::<Notification>(document.clone())?.state.is_unread(now) {
                        unread.push(document);
                    }
                }
                Ok(unread)
            })
            .await?;
        let mut marked = 0_u64;
        for document in documents {
            let Ok(id) = document.id.parse::<NotificationId>() else { continue };
            let command = AnyCommand::Notification { id, command: Command::MarkRead };
            if let Answer::Done(_) = self.execute(caller, Request::from(command)).await?.answer {
                marked = marked.saturating_add(1);
            }
        }
        Ok(marked)
    }
}

fn view(notification: &Notification, now: Timestamp) -> NotificationView {
    let message = notification.message.as_ref();
    NotificationView {
        id: notification.id.to_string(),
        kind: message.map(|message| message.kind.as_str().to_owned()).unwrap_or_default(),
        text: message.and_then(|message| message.text.get().cloned()).unwrap_or_default(),
        about: message.map(|message| message.about.clone()).unwrap_or_default(),
        sent_at: notification.sent_at.map(|at| at.to_string()).unwrap_or_default(),
        read_at: notification.read_at.map(|at| at.to_string()),
        snoozed_until: notification.snoozed_until.filter(|until| *until > now).map(|until| until.to_string()),
    }
}
