//! What mails say, in the language of whoever reads them. Nobody's password, and a link only where it works once.

use jiff::Timestamp;
use kith_domain::account::Account;
use kith_domain::mail::{LINK, MailKind};
use kith_domain::value::ContactId;

use crate::engine::Engine;

/// Subject and text of a mail, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) kind: MailKind,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// Who writes, to somebody who reads a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pen<'e> {
    engine: &'e Engine,
    language: Option<&'e str>,
    us: &'e str,
}

impl<'e> Pen<'e> {
    /// `us` is the name under which we write.
    pub(crate) fn new(engine: &'e Engine, language: Option<&'e str>, us: &'e str) -> Self {
        Self { engine, language, us }
    }

    fn sheet(self, kind: MailKind, subject: &str, lines: &[&str]) -> Sheet {
        let said = |line: &&str| if *line == LINK { LINK.to_owned() } else { self.say(line) };
        let mut text = lines.iter().map(said).collect::<Vec<_>>().join("\n\n");
        text.push_str("\n\n");
        text.push_str(self.us);
        text.push('\n');
        Sheet { kind, subject: self.say(subject), text }
    }

    fn say(self, text: &str) -> String {
        self.engine.said(self.language, text)
    }

    /// Somebody has access to the portal.
    pub(crate) fn activation(self, customer: &str, until: Timestamp) -> Sheet {
        let (us, until) = (self.us, moment(until));
        let ask =
            format!("{us} has opened its customer portal to you for {customer}. Choose a password here:");
        let until =
            format!("The link works once, until {until}. Nobody of ours will ever ask you for the password.");
        self.sheet(
            MailKind::PortalActivation,
            &format!("Your access to the portal of {us}"),
            &["Good day,", &ask, LINK, &until],
        )
    }

    /// An application lacks something.
    pub(crate) fn owed(self, customer: &str, what: Option<&str>) -> Sheet {
        let us = self.us;
        let ask = format!("Your application of {customer} cannot go on yet.");
        let what = what.unwrap_or(
            "We need something more from you; whoever looks after you at our house knows what it is.",
        );
        self.sheet(
            MailKind::ApplicationReminder,
            &format!("Your application with {us}"),
            &["Good day,", &ask, what, "Please answer to this mail, or call us. Thank you."],
        )
    }

    /// Somebody is a customer now.
    pub(crate) fn welcome(self, customer: &str) -> Sheet {
        let us = self.us;
        let news = format!("{customer} is a customer of {us} from today on: your first order is welcome.");
        self.sheet(
            MailKind::Welcome,
            &format!("Welcome to {us}"),
            &["Good day,", &news, "Whoever has access to our portal got a mail of their own."],
        )
    }
}

/// Somebody is to sign a contract.
pub(crate) fn invitation(pen: Pen<'_>, contract: &str, until: Timestamp) -> Sheet {
    let (us, until) = (pen.us, moment(until));
    let ask = format!("{us} asks you to read and sign {contract}:");
    let until = format!("The link is yours alone: please do not pass it on. It works until {until}.");
    pen.sheet(
        MailKind::SignatureInvitation,
        &format!("Please sign: {contract}"),
        &["Good day,", &ask, LINK, &until, "You need no password for it."],
    )
}

/// A signature is missing for some time.
pub(crate) fn reminder(pen: Pen<'_>, contract: &str, until: Timestamp) -> Sheet {
    let until = moment(until);
    let ask =
        format!("{contract} still waits for your signature. This link takes the place of the earlier one:");
    let until = format!("It is yours alone and works until {until}.");
    pen.sheet(
        MailKind::SignatureReminder,
        &format!("Your signature is missing: {contract}"),
        &["Good day,", &ask, LINK, &until],
    )
}

/// The language in which somebody of a customer is written to: their own, else the customer's.
pub(crate) fn language_of(account: &Account, contact: Option<ContactId>) -> Option<&str> {
    let contact = account.contacts.iter().find(|known| Some(known.id) == contact);
    contact.and_then(|contact| contact.language.as_deref()).or(account.language.as_deref())
}

/// A moment as sentences of ours tell it; whoever says them writes it as the reader does.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
