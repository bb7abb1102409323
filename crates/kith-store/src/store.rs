//! The store: opens either database, hands jobs to its threads, and answers after COMMIT.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{oneshot, watch};

use crate::document::Noun;
use crate::fault::Fault;
use crate::queue::Queue;
use crate::secrets::Secrets;
use crate::seen::Seen;
use crate::task::{Call, ReadTask, WriteTask};
use crate::unit::{Heads, Reader, Unit};
use crate::vault::Vault;

/// Where a store lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A data directory: `kith.db`, `keys.db`, `seen/`, `secrets.json`.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server, with a directory for the secrets.
    Postgres {
        /// `postgres://user@host/database`, or key words.
        url: String,
        /// Where `secrets.json` lies.
        dir: PathBuf,
    },
}

impl Location {
    /// The directory with the secrets.
    #[must_use]
    pub fn dir(&self) -> &Path {
        match self {
            Self::Sqlite(dir) | Self::Postgres { dir, .. } => dir,
        }
    }
}

/// What every thread of the store needs.
pub(crate) struct Shared {
    pub(crate) location: Location,
    pub(crate) vault: Vault,
    pub(crate) secrets: Secrets,
    /// SQLite only: PostgreSQL has a unique index.
    pub(crate) seen: Option<Seen>,
    pub(crate) heads: watch::Sender<Heads>,
    pub(crate) stopped: AtomicBool,
    pub(crate) epoch: String,
}

impl Shared {
    /// Tells how far the logs go; never backwards.
    pub(crate) fn publish(&self, heads: Heads) {
        self.heads.send_if_modified(|known| {
            let before = *known;
            known.ledger = known.ledger.max(heads.ledger);
            known.touchpoint = known.touchpoint.max(heads.touchpoint);
            before != *known
        });
    }

    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

pub(crate) type Writes = Queue<Box<dyn WriteTask>>;
pub(crate) type Reads = Queue<Box<dyn ReadTask>>;

/// The threads of an open store.
pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) writes: Arc<Writes>,
    pub(crate) reads: Arc<Reads>,
    pub(crate) threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Inner {
    fn close(&self) {
        self.writes.close();
        self.reads.close();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A job may hold the last clone: its thread ends by itself.
            if thread.thread().id() != std::thread::current().id() {
                drop(thread.join());
            }
        }
        if let Some(seen) = &self.shared.seen {
            seen.close();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// An open store. Cheap to clone; the last clone closes it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("location", &self.inner.shared.location.dir()).finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a store, or opens one that has no organisation yet.
    ///
    /// # Errors
    /// [`Fault::Exists`] when there is an organisation already; else as [`Store::open`].
    pub fn create(location: &Location) -> Result<Self, Fault> {
        let store = crate::open::open(location, true)?;
        let organisations = store.read_blocking(|reader| reader.count(Noun::Organisation, &[]))?;
        if organisations == 0 { Ok(store) } else { Err(Fault::Exists) }
    }

    /// Opens a store: checks the secrets, brings the schema up to date, checks that writes are durable.
    /// Blocks, so it is no call for an async task.
    ///
    /// # Errors
    /// [`Fault::Absent`] when there is none, [`Fault::Newer`] when a newer Kith wrote it, [`Fault::InUse`]
    /// when another process has it open, [`Fault::Secrets`], [`Fault::Setup`], or [`Fault::Unavailable`].
    pub fn open(location: &Location) -> Result<Self, Fault> {
        crate::open::open(location, false)
    }

    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Runs a job in a transaction and answers once what it wrote is durable.
    ///
    /// The job may run several times: beside a neighbour that failed, or after a conflict. What it keeps in
    /// memory belongs into [`Unit::on_end`].
    ///
    /// # Errors
    /// The job's own fault; [`Fault::Busy`] when too many wait; [`Fault::Conflict`] after several tries;
    /// [`Fault::Stopped`] after a failed commit.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Unit<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = oneshot::channel();
        let task = Call::new(job, move |outcome| drop(reply.send(outcome)));
        self.submit(Box::new(task))?;
        answer.await.map_err(|_| Fault::Stopped)?
    }

    /// As [`Store::write`], for threads that may wait.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Unit<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = sync_channel(1);
        let task = Call::new(job, move |outcome| drop(reply.send(outcome)));
        self.submit(Box::new(task))?;
        answer.recv().map_err(|_| Fault::Stopped)?
    }

    /// As [`Store::write_blocking`], for a job that must stand on what is committed: on SQLite it goes before all others
    /// that share its commit.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_first_blocking<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Unit<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = sync_channel(1);
        let task = Call::new(job, move |outcome| drop(reply.send(outcome)));
        self.submit(Box::new(task.first()))?;
        answer.recv().map_err(|_| Fault::Stopped)?
    }

    fn submit(&self, task: Box<dyn WriteTask>) -> Result<(), Fault> {
        if self.inner.shared.is_stopped() {
            return Err(Fault::Stopped);
        }
        self.inner.writes.push(task).map_err(|(_, fault)| fault)
    }

    /// Runs a job on one snapshot of the database.
    ///
    /// # Errors
    /// The job's own fault; [`Fault::Busy`] when too many wait.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Reader<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = oneshot::channel();
        let task = Call::new(job, move |outcome| drop(reply.send(outcome)));
        self.inner.reads.push(Box::new(task)).map_err(|(_, fault)| fault)?;
        answer.await.map_err(|_| Fault::Stopped)?
    }

    /// As [`Store::read`], for threads that may wait.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Reader<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = sync_channel(1);
        let task = Call::new(job, move |outcome| drop(reply.send(outcome)));
        self.inner.reads.push(Box::new(task)).map_err(|(_, fault)| fault)?;
        answer.recv().map_err(|_| Fault::Stopped)?
    }

    /// The keys of the data subjects.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.inner.shared.vault
    }

    /// The keys of the installation.
    #[must_use]
    pub fn secrets(&self) -> &Secrets {
        &self.inner.shared.secrets
    }

    #[cfg(test)]
    pub(crate) fn seen(&self) -> Option<&Seen> {
        self.inner.shared.seen.as_ref()
    }

    /// Where the store lives.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.inner.shared.location
    }

    /// Names this history of the logs: a restored backup starts a new one, so that nothing derived from
    /// positions of the old one is believed.
    #[must_use]
    pub fn epoch(&self) -> &str {
        &self.inner.shared.epoch
    }

    /// The last durable positions, as they grow. On PostgreSQL those of this node's own writes: ask
    /// [`Reader::heads`] for those of the others.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<Heads> {
        self.inner.shared.heads.subscribe()
    }

    /// Whether the store still writes: false after a failed commit.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        !self.inner.shared.is_stopped()
    }

    /// Finishes what waits and ends the threads, whoever else still holds a clone; later jobs get
    /// [`Fault::Stopped`].
    pub fn close(&self) {
        self.inner.close();
    }
}
