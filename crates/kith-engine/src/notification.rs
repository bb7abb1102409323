//! Notifications: a person's own inbox.

use kith_api::view::{NotificationView, Page};
use kith_domain::command::Command as AnyCommand;
use kith_domain::notification::{Command, Notification};
use kith_domain::value::NotificationId;
use kith_store::{Fault, Noun};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::read;

/// Most notifications that are marked as read at once.
const MARKED: u32 = 1_000;

impl Engine {
    /// The caller's notifications, newest first.
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
        let state = state.map(str::to_owned);
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let documents = self
            .store()
            .read(move |reader| {
                let mut index = vec![("user_id", (&user).into())];
                index.extend(state.as_deref().map(|state| ("state", state.into())));
                reader.list_newest(Noun::Notification, &index, cursor.as_deref(), asked)
            })
            .await?;
        let read = documents.into_iter().map(|document| Ok(view(&read::<Notification>(document)?.state)));
        let found = read.collect::<Result<Vec<NotificationView>, Fault>>()?;
        Ok(Page::cut(found, limit, |item| item.id.clone()))
    }

    /// How many notifications the caller has not read.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn unread(&self, caller: &Caller) -> Result<u64, Fault> {
        let Some(user) = caller.principal.user().map(|user| user.to_string()) else { return Ok(0) };
        self.store()
            .read(move |reader| {
                reader.count(Noun::Notification, &[("user_id", (&user).into()), ("state", "unread".into())])
            })
            .await
    }

    /// Marks all of the caller's notifications as read; says how many were not.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn read_all_notifications(&self, caller: &Caller) -> Result<u64, Fault> {
        let Some(user) = caller.principal.user().map(|user| user.to_string()) else { return Ok(0) };
        let documents = self
            .store()
            .read(move |reader| {
                let index = [("user_id", (&user).into()), ("state", "unread".into())];
                reader.list(Noun::Notification, &index, None, MARKED)
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

fn view(notification: &Notification) -> NotificationView {
    let message = notification.message.as_ref();
    NotificationView {
        id: notification.id.to_string(),
        kind: message.map(|message| message.kind.as_str().to_owned()).unwrap_or_default(),
        text: message.and_then(|message| message.text.get().cloned()).unwrap_or_default(),
        about: message.map(|message| message.about.clone()).unwrap_or_default(),
        sent_at: notification.sent_at.map(|at| at.to_string()).unwrap_or_default(),
        read_at: notification.read_at.map(|at| at.to_string()),
    }
}
