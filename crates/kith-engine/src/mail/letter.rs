//! What mails say. Nobody's password, and a link only where it works once.

use kith_domain::mail::{LINK, MailKind};

/// Subject and text of a mail, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) kind: MailKind,
    pub(crate) subject: String,
    pub(crate) text: String,
}

fn sheet(kind: MailKind, subject: String, lines: &[&str], us: &str) -> Sheet {
    let mut text = lines.join("\n\n");
    text.push_str("\n\n");
    text.push_str(us);
    text.push('\n');
    Sheet { kind, subject, text }
}

/// Somebody is to sign a contract.
pub(crate) fn invitation(us: &str, contract: &str, until: &str) -> Sheet {
    let ask = format!("{us} asks you to read and sign {contract}:");
    let until = format!("The link is yours alone: please do not pass it on. It works until {until}.");
    sheet(
        MailKind::SignatureInvitation,
        format!("Please sign: {contract}"),
        &["Good day,", &ask, LINK, &until, "You need no password for it."],
        us,
    )
}

/// A signature is missing for some time.
pub(crate) fn reminder(us: &str, contract: &str, until: &str) -> Sheet {
    let ask =
        format!("{contract} still waits for your signature. This link takes the place of the earlier one:");
    let until = format!("It is yours alone and works until {until}.");
    sheet(
        MailKind::SignatureReminder,
        format!("Your signature is missing: {contract}"),
        &["Good day,", &ask, LINK, &until],
        us,
    )
}

/// Somebody has access to the portal.
pub(crate) fn activation(us: &str, customer: &str, until: &str) -> Sheet {
    let ask = format!("{us} has opened its customer portal to you for {customer}. Choose a password here:");
    let until =
        format!("The link works once, until {until}. Nobody of ours will ever ask you for the password.");
    sheet(
        MailKind::PortalActivation,
        format!("Your access to the portal of {us}"),
        &["Good day,", &ask, LINK, &until],
        us,
    )
}

/// An application lacks something.
pub(crate) fn owed(us: &str, customer: &str, what: Option<&str>) -> Sheet {
    let ask = format!("Your application of {customer} cannot go on yet.");
    let what = what
        .unwrap_or("We need something more from you; whoever looks after you at our house knows what it is.");
    sheet(
        MailKind::ApplicationReminder,
        format!("Your application with {us}"),
        &["Good day,", &ask, what, "Please answer to this mail, or call us. Thank you."],
        us,
    )
}

/// Somebody is a customer now.
pub(crate) fn welcome(us: &str, customer: &str) -> Sheet {
    let news = format!("{customer} is a customer of {us} from today on: your first order is welcome.");
    sheet(
        MailKind::Welcome,
        format!("Welcome to {us}"),
        &["Good day,", &news, "Whoever has access to our portal got a mail of their own."],
        us,
    )
}

#[cfg(test)]
mod tests;
