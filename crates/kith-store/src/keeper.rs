//! One connection on a thread of its own, asked from any thread, async or not.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::fault::Fault;
use crate::sql::Sql;

type Errand = Box<dyn FnOnce(&mut dyn Sql) + Send>;

/// Keeps a connection and runs one errand after the other on it.
pub(crate) struct Keeper {
    errands: Mutex<Option<Sender<Errand>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Keeper {
    /// Starts the thread; `open` connects on it.
    pub(crate) fn start<C: Sql + 'static>(
        name: &str,
        open: impl FnOnce() -> Result<C, Fault> + Send + 'static,
    ) -> Result<Self, Fault> {
        let (errands, inbox): (Sender<Errand>, Receiver<Errand>) = channel();
        let (ready, opened) = channel();
        let run = move || {
            let mut connection = match open() {
                Ok(connection) => connection,
                Err(fault) => return drop(ready.send(Err(fault))),
            };
            drop(ready.send(Ok(())));
            for errand in inbox {
                errand(&mut connection);
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        let thread = thread.map_err(Fault::unavailable)?;
        opened.recv().map_err(|_| Fault::Stopped)??;
        Ok(Self { errands: Mutex::new(Some(errands)), thread: Mutex::new(Some(thread)) })
    }

    /// Runs an errand on the connection and waits for what it gives.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        errand: impl FnOnce(&mut dyn Sql) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = channel();
        let sender = self.errands.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let sender = sender.ok_or(Fault::Stopped)?;
        sender.send(Box::new(move |sql| drop(reply.send(errand(sql))))).map_err(|_| Fault::Stopped)?;
        answer.recv().map_err(|_| Fault::Stopped)?
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.errands.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(thread.join());
        }
    }
}
