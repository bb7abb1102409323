//! The calls: one node at a time takes what is due, makes the call, and records what came of it.

use kith_connect::webhook::{Call, NotDelivered};
use kith_domain::delivery::{Command, Delivery};
use kith_domain::webhook::{Command as HookCommand, Webhook};
use kith_store::{Fault, Noun};
use tokio::task::JoinSet;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read};

/// Calls that are made side by side.
const BATCH: u32 = 16;
/// How long a node holds the calls: longer than a batch may take.
const HELD_MS: i64 = 120_000;
const LEASE: &str = "webhooks";

impl Engine {
    /// Makes the calls that are due; says how many arrived.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; what arrived before has arrived.
    pub async fn call_hooks(&self) -> Result<usize, Fault> {
        let mut arrived = 0_usize;
        loop {
            let now_ms = self.now().as_millisecond();
            let due =
                self.store().read(move |reader| reader.due_tries(Noun::Delivery, now_ms, BATCH)).await?;
            if due.is_empty() {
                return Ok(arrived);
            }
            let node = self.node().to_owned();
            let claimed = self.store().write(move |unit| unit.claim(LEASE, &node, now_ms, HELD_MS)).await?;
            if claimed.is_none() {
                return Ok(arrived);
            }
            let mut calls = JoinSet::new();
            for document in due {
                let (engine, loaded) = (self.clone(), read::<Delivery>(document)?);
                calls.spawn(async move { engine.call_one(loaded).await });
            }
            while let Some(done) = calls.join_next().await {
                let done = done.map_err(|_| Fault::Panicked)??;
                arrived = arrived.saturating_add(usize::from(done));
            }
        }
    }

    async fn call_one(&self, loaded: Loaded<Delivery>) -> Result<bool, Fault> {
        let Some(told) = loaded.state.told.clone() else { return Ok(false) };
        let name = told.webhook.to_string();
        let hook = self.store().read(move |reader| load::<Webhook>(reader, &name)).await?.state;
        let outcome = match hook.secret.get().filter(|_| hook.exists() && hook.on) {
            None => Err(switched_off()),
            Some(secret) => {
                let (url, id) = (hook.wanted.url.clone(), told.id.to_string());
                let call = Call { url, id, at_s: self.now().as_second(), body: told.body };
                let (courier, secret) = (self.courier().1.clone(), secret.clone());
                let made = tokio::task::spawn_blocking(move || courier.deliver(&call, &secret)).await;
                made.map_err(|_| Fault::Panicked)?
            }
        };
        let arrived = outcome.is_ok();
        let gone = outcome.as_ref().is_err_and(|why| why.gone);
        let command = match outcome {
            Ok(status) => Command::Arrived { status },
            Err(why) => {
                tracing::warn!(delivery = %told.id, code = why.code, "a webhook was not reached");
                let attempt = loaded.state.next_attempt();
                Command::Fail { attempt, code: why.code, answer: why.answer, permanent: why.permanent }
            }
        };
        self.delivery_told(&loaded.id, command, gone.then(|| told.webhook.to_string())).await?;
        metrics::counter!("kith_webhook_calls_total", "outcome" => if arrived { "arrived" } else { "failed" })
            .increment(1);
        Ok(arrived)
    }

    /// Records a try; whoever answers that it is gone for good is not called any more.
    async fn delivery_told(&self, id: &str, command: Command, gone: Option<String>) -> Result<(), Fault> {
        let (engine, id) = (self.clone(), id.to_owned());
        let context = Caller::system().context(self.now());
        self.store()
            .write(move |unit| {
                let secrets = engine.store().secrets();
                let mut loaded = load::<Delivery>(unit, &id)?;
                if let Err(refusal) = loaded.act(unit, secrets, &context, &(), &command)? {
                    tracing::debug!(code = refusal.code, "a delivery was decided otherwise meanwhile");
                }
                if let Some(gone) = &gone {
                    let mut hook = load::<Webhook>(unit, gone)?;
                    drop(hook.act(unit, secrets, &context, &(), &HookCommand::Gone)?);
                }
                Ok(())
            })
            .await
    }
}

fn switched_off() -> NotDelivered {
    let answer = "the webhook is switched off, or was deleted".to_owned();
    NotDelivered { code: "switched_off".to_owned(), answer, permanent: true, gone: false }
}
