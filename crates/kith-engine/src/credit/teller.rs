//! The teller: one thread takes the requests that wait and decides them in one transaction, in the order they came.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use kith_domain::refusal::Refusal;
use kith_store::{Fault, Unit};
use tokio::sync::oneshot;

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use crate::caller::Caller;
use crate::engine::{Core, Engine};

/// Requests that share a transaction at most.
const TOGETHER: usize = 256;

type Answer = Result<Result<Told, Refusal>, Fault>;

/// One request with who asks.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) caller: Caller,
    pub(super) act: Act,
}

struct Item {
    waiting: Arc<Waiting>,
    reply: oneshot::Sender<Answer>,
}

/// The way to the teller's thread, which starts with the first request.
#[derive(Default)]
pub(crate) struct Teller {
    sender: Mutex<Option<Sender<Item>>>,
}

impl std::fmt::Debug for Teller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teller").finish_non_exhaustive()
    }
}

impl Teller {
    /// Asks; the request stands in the queue when this returns, and is answered when the future is done.
    pub(super) fn ask(
        &self,
        engine: &Engine,
        caller: &Caller,
        act: Act,
    ) -> impl Future<Output = Answer> + use<> {
        let (reply, answer) = oneshot::channel();
        let item = Item { waiting: Arc::new(Waiting { caller: caller.clone(), act }), reply };
        let sent = self.sender(engine).and_then(|sender| sender.send(item).map_err(|_| Fault::Stopped));
        async move {
            sent?;
            answer.await.map_err(|_| Fault::Stopped)?
        }
    }

    fn sender(&self, engine: &Engine) -> Result<Sender<Item>, Fault> {
        let mut held = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = &*held {
            return Ok(sender.clone());
        }
        let (sender, receiver) = mpsc::channel();
        let core = engine.downgrade();
        let started =
            std::thread::Builder::new().name("kith-credit".into()).spawn(move || serve(&receiver, &core));
        started.map_err(Fault::unavailable)?;
        *held = Some(sender.clone());
        Ok(sender)
    }
}

/// The life of the thread; it ends with the engine, whose end closes the queue.
fn serve(receiver: &Receiver<Item>, core: &Weak<Core>) {
    while let Ok(first) = receiver.recv() {
        let Some(core) = core.upgrade() else { return };
        let engine = Engine::from_core(core);
        let items: Vec<Item> =
            std::iter::once(first).chain(receiver.try_iter().take(TOGETHER.saturating_sub(1))).collect();
        decide(&engine, items);
    }
}

fn decide(engine: &Engine, items: Vec<Item>) {
    let waiting: Vec<Arc<Waiting>> = items.iter().map(|item| Arc::clone(&item.waiting)).collect();
    match sit(engine, waiting) {
        Ok(told) => {
            for (item, told) in items.into_iter().zip(told) {
                // Whoever asked may have gone away.
                drop(item.reply.send(Ok(told)));
            }
        }
        Err(_) if items.len() > 1 => items.into_iter().for_each(|item| decide(engine, vec![item])),
        Err(fault) => items.into_iter().for_each(|item| drop(item.reply.send(Err(fault.clone())))),
    }
}

fn sit(engine: &Engine, waiting: Vec<Arc<Waiting>>) -> Result<Vec<Result<Told, Refusal>>, Fault> {
    let sitting = engine.clone();
    engine.store().write_first_blocking(move |unit: &mut Unit<'_>| Sitting::hold(&sitting, unit, &waiting))
}
