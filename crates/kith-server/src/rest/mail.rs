//! The outbox over REST.

use kith_domain::mail::MailState;
use kith_engine::MailRequest;

use super::{Call, invalid};
use crate::reply::{Reply, json};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    let (engine, caller) = (&call.engine, &call.caller);
    match id {
        "mail_list" => list(call).await,
        "mail_status" => json(200, &engine.outbox(caller).await??),
        "mail_retry" => json(200, &engine.retry_mail(caller, call.id()).await??),
        "mail_discard" => json(200, &engine.discard_mail(caller, call.id()).await??),
        _ => json(200, &engine.mail(caller, call.id()).await??),
    }
}

async fn list(call: Call) -> Reply {
    let state = match call.param("state") {
        None => None,
        Some(text) => {
            let words = MailState::ALL.map(MailState::as_str).join(", ");
            let known = MailState::ALL.into_iter().find(|state| state.as_str() == text);
            let message = format!("expected one of {words}");
            Some(known.ok_or_else(|| invalid("state", "not_allowed", &message))?)
        }
    };
    let (limit, cursor, account) = (call.limit()?, call.param("cursor"), call.param("account"));
    let request = MailRequest { state, account, cursor, limit };
    json(200, &call.engine.mails(&call.caller, request).await??)
}
