//! The live stream: server-sent events of what the caller may see.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kith_domain::access::Grant;
use kith_engine::{Caller, Engine, Numbered, TOPICS};
use tokio::sync::broadcast::error::RecvError;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use crate::auth;
use crate::reply::Stop;

pub(crate) fn router() -> Router<Engine> {
    Router::new().route("/api/v1/stream", get(open))
}

async fn open(
    State(engine): State<Engine>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Result<Response, Stop> {
    let (parts, _) = request.into_parts();
    let caller = auth::caller(&engine, &parts).await?;
    if !caller.principal.may(Grant::AccountsRead, None) {
        return Err(Stop::new(403, "access.denied", "This needs the grant accounts_read."));
    }
    let topics: HashSet<String> = match query.get("topics") {
        Some(topics) => topics.split(',').map(|topic| topic.trim().to_owned()).collect(),
        None => TOPICS.iter().map(|topic| (*topic).to_owned()).collect(),
    };
    if let Some(unknown) = topics.iter().find(|topic| !TOPICS.contains(&topic.as_str())) {
        return Err(Stop::new(
            422,
            "unknown_topic",
            format!("There is no topic {unknown:?}; known are {}.", TOPICS.join(", ")),
        ));
    }
    let after = parts.headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let (missed, mut receiver) = engine.follow(after);
    let (sender, stream) = tokio::sync::mpsc::channel::<Numbered>(64);
    tokio::spawn(async move {
        for event in missed.into_iter().filter(|event| wanted(&caller, &topics, event)) {
            if sender.send(event).await.is_err() {
                return;
            }
        }
        loop {
            let event = tokio::select! {
                () = sender.closed() => return,
                event = receiver.recv() => event,
            };
            match event {
                Ok(event) if wanted(&caller, &topics, &event) => {
                    if sender.send(event).await.is_err() {
                        return;
                    }
                }
                Ok(_) => {}
                // Too slow to follow: the connection ends, the reader resumes by Last-Event-ID.
                Err(RecvError::Lagged(_) | RecvError::Closed) => return,
            }
        }
    });
    let events = ReceiverStream::new(stream).map(|numbered| Ok::<_, Infallible>(message(&numbered)));
    let keep = KeepAlive::new().interval(Duration::from_secs(15)).text("still here");
    Ok(Sse::new(events).keep_alive(keep).into_response())
}

fn wanted(caller: &Caller, topics: &HashSet<String>, event: &Numbered) -> bool {
    if event.event.topic == "notification" {
        let user = caller.principal.user().map(|user| user.to_string());
        let told = event.event.data.get("user").and_then(serde_json::Value::as_str);
        return topics.contains("notification") && user.is_some() && told == user.as_deref();
    }
    let entity = event.event.entity.as_ref().and_then(|entity| entity.parse().ok());
    let grant = match event.event.topic.as_str() {
        "import" => Grant::ImportsWrite,
        "alert" => Grant::CreditRead,
        "work" => match event.event.data.get("noun").and_then(serde_json::Value::as_str) {
            Some("quarantine") => Grant::TouchpointsDecide,
            Some("order") => Grant::CreditRead,
            _ => Grant::AccountsRead,
        },
        _ => Grant::AccountsRead,
    };
    topics.contains(&event.event.topic) && caller.principal.may(grant, entity.as_ref())
}

fn message(numbered: &Numbered) -> Event {
    let data = serde_json::to_string(&numbered.event).unwrap_or_default();
    Event::default().id(numbered.number.to_string()).event(numbered.event.topic.clone()).data(data)
}
