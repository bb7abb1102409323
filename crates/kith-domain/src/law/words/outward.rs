//! Commands about what is told outside, out of bytes: mails, webhooks and their deliveries.

use super::{Asked, Words};
use crate::story::{at, uuid};
use crate::value::{AccountId, DeliveryId, MailId, Personal, UserId, WebhookId};
use crate::{delivery, mail, notification, webhook};

impl Words {
    pub(in crate::law) fn mail(&mut self) -> Asked<(), mail::Command> {
        use mail::{Command as Asks, Letter, MailKind, SentBy};
        let account = AccountId(uuid(1));
        let command = match self.byte() % 6 {
            0 | 1 => {
                let mut text = || Personal::new(account, self.text());
                let (to, name, subject, text) = (text(), text(), text(), text());
                let link = self.flag().then(|| Personal::new(MailId(uuid(2)), self.text()));
                Asks::Queue(Box::new(Letter {
                    id: MailId(uuid(2)),
                    kind: MailKind::SignatureInvitation,
                    account,
                    about: self.text(),
                    to,
                    name,
                    subject,
                    text,
                    until: link.is_some().then(|| at(i64::from(self.byte()) * 1_000)),
                    link,
                }))
            }
            2 => Asks::Sent { by: *self.one_of(&[SentBy::Smtp, SentBy::Folder]) },
            3 => Asks::Fail {
                attempt: u32::from(self.byte() % 14),
                code: self.text(),
                answer: Personal::new(account, self.text()),
                permanent: self.flag(),
                wait_ms: i64::from(self.byte()) * 1_000,
            },
            4 => Asks::Retry,
            _ => Asks::Discard,
        };
        (self.context(), (), command)
    }

    pub(in crate::law) fn webhook(&mut self) -> Asked<(), webhook::Command> {
        use webhook::{Command as Asks, Wanted};
        let url = self.one_of(&["https://a.example/hook", "http://b.example", "nowhere", ""]).to_string();
        let wanted = Box::new(Wanted { name: self.text(), url, ..Wanted::default() });
        let secret = Personal::new(WebhookId(uuid(3)), self.text());
        let command = match self.byte() % 7 {
            0 | 1 => Asks::Create { id: WebhookId(uuid(3)), wanted, secret },
            2 => Asks::Update { wanted },
            3 => Asks::Rotate { secret },
            4 => Asks::Switch { on: self.flag() },
            5 => Asks::Gone,
            _ => Asks::Delete,
        };
        (self.context(), (), command)
    }

    pub(in crate::law) fn delivery(&mut self) -> Asked<(), delivery::Command> {
        use delivery::{Command as Asks, Told};
        let command = match self.byte() % 6 {
            0 | 1 => Asks::Queue(Box::new(Told {
                id: DeliveryId(uuid(4)),
                webhook: WebhookId(uuid(3)),
                kind: self.text(),
                account: self.flag().then(|| AccountId(uuid(1))),
                about: self.text(),
                body: self.text(),
            })),
            2 => Asks::Arrived { status: 200 + u16::from(self.byte() % 100) },
            3 => Asks::Fail {
                attempt: u32::from(self.byte() % 12),
                code: self.text(),
                answer: self.text(),
                permanent: self.flag(),
            },
            4 => Asks::Retry,
            _ => Asks::Discard,
        };
        (self.context(), (), command)
    }

    pub(in crate::law) fn notification(&mut self) -> Asked<(), notification::Command> {
        use notification::Command as Asks;
        let command = match self.byte() % 6 {
            0..=2 => {
                let (to, text) = (UserId(uuid(1)), Personal::new("usr_1", self.text()));
                let kind = notification::NotificationKind::ChangeReminder;
                let message = notification::Message { to, kind, text, about: self.text() };
                Asks::Send { id: crate::value::NotificationId(uuid(6)), message }
            }
            3 => Asks::MarkRead,
            4 => Asks::MarkUnread,
            _ => Asks::Snooze { until: at(i64::from(self.byte()) * 86_400) },
        };
        (self.context(), (), command)
    }
}
