//! The way to a mail server.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as Encryption, TlsParameters};
use lettre::{Message, SmtpTransport, Transport as _};

use super::config::{Server, Tls};
use super::{MailError, Route, Undelivered};

/// Milliseconds that a server may take for each answer, unless the file says otherwise.
const TIMEOUT_MS: u64 = 20_000;

/// The connection that a server's description asks for. It is made when the first mail leaves.
pub(super) fn route(server: Server, variable: &dyn Fn(&str) -> Option<String>) -> Result<Route, MailError> {
    let host = server.host.trim().to_owned();
    if host.is_empty() {
        return Err(MailError("smtp: the host is missing".to_owned()));
    }
    let wrong = |error: Error| MailError(format!("smtp: {error}"));
    let (encryption, usual) = match server.tls {
        Tls::Implicit => (Encryption::Wrapper(TlsParameters::new(host.clone()).map_err(wrong)?), 465),
        Tls::Starttls => (Encryption::Required(TlsParameters::new(host.clone()).map_err(wrong)?), 587),
        Tls::None => (Encryption::None, 25),
    };
    let port = server.port.unwrap_or(usual);
    let timeout = Duration::from_millis(server.timeout_ms.unwrap_or(TIMEOUT_MS).clamp(1, 300_000));
    let mut builder =
        SmtpTransport::builder_dangerous(host.clone()).port(port).tls(encryption).timeout(Some(timeout));
    match (server.user, server.password) {
        (Some(user), Some(password)) => {
            if server.tls == Tls::None {
                let why = "smtp: a password needs tls, else everybody on the way reads it";
                return Err(MailError(why.to_owned()));
            }
            let password = match password.strip_prefix("env:") {
                Some(name) => variable(name)
                    .ok_or_else(|| MailError(format!("smtp: the variable {name} is not set")))?,
                None => password,
            };
            builder = builder.credentials(Credentials::new(user, password));
        }
        (None, None) => {}
        _ => return Err(MailError("smtp: user and password go together".to_owned())),
    }
    Ok(Route::Smtp { transport: builder.build(), told: format!("{host}:{port}") })
}

/// Hands a message to a server.
pub(super) fn send(transport: &SmtpTransport, message: &Message) -> Result<(), Undelivered> {
    transport.send(message).map(drop).map_err(|error| undelivered(&error))
}

/// 5xx stands; everything else may be otherwise in a while.
fn undelivered(error: &Error) -> Undelivered {
    let mut answer = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        answer.push_str(": ");
        answer.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    match error.status() {
        Some(code) => Undelivered::new(&format!("smtp_{code}"), answer, error.is_permanent()),
        None => Undelivered::new("unreachable", answer, false),
    }
}
