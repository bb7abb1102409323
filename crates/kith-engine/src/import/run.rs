//! Executing an import: a thread reads the kept file, a task carries batch after batch into the record.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use kith_connect::csv::{self, Row};
use kith_domain::access::Principal;
use kith_domain::context::{Actor, Channel, Context};
use kith_domain::import::{Import, ImportState};
use kith_domain::refusal;
use kith_domain::user::User;
use kith_domain::value::ImportId;
use kith_store::{Fault, Location, Noun, Reader};
use tokio::sync::mpsc;

use super::batch::{Batch, Carried, Carrier, Line};
use super::candidate::{Candidate, Readings};
use super::change_of;
use super::layout::{House, Layout, Unfit};
use super::review::Report;
use super::sealed::Drawer;
use super::stage::{blocking, contacts_name};
use super::{FILE, REPORT};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{load, read};

/// Batches read ahead of the record.
const AHEAD: usize = 4;
/// Imports that run at the same time and are looked for at start.
const RUNNING_MAX: u32 = 1_000;

/// From here on a busy store is left alone until the import is taken up again.
const PAUSE_MAX: Duration = Duration::from_secs(3);

/// Why an import cannot be begun.
enum Unstarted {
    /// It is not here to be run: not running, or its file lies with another node.
    NotHere,
    /// It can never be run as it is.
    Hopeless(String),
}

impl Engine {
    /// Carries out an import that was approved, in the background. One that runs already goes on.
    pub(crate) fn start_import(&self, id: ImportId) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let fresh = self.core().imports.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        if !fresh {
            return;
        }
        let engine = self.clone();
        runtime.spawn(async move {
            if let Err(fault) = engine.run_import(id).await {
                tracing::warn!(%fault, import = %id, "an import paused; it is taken up again");
            }
            engine.core().imports.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        });
    }

    /// Takes up every import that is running on record and not in this process: after a start, or a fault.
    pub(crate) async fn resume_imports(&self) -> Result<(), Fault> {
        for (state, start) in [
            (ImportState::Running, Self::start_import as fn(&Self, ImportId)),
            (ImportState::Reverting, Self::start_revert),
        ] {
            let find = move |reader: &mut Reader<'_>| {
                let documents =
                    reader.list(Noun::Import, &[("state", state.as_str().into())], None, RUNNING_MAX)?;
                documents.into_iter().map(read::<Import>).collect::<Result<Vec<_>, Fault>>()
            };
            for import in self.store().read(find).await? {
                start(self, import.state.staged.id);
            }
        }
        Ok(())
    }

    /// Runs an import to its end.
    pub(super) async fn run_import(&self, id: ImportId) -> Result<(), Fault> {
        let ended = match Run::open(self, id).await {
            Ok(Ok(mut run)) => run.carry_all().await,
            Ok(Err(Unstarted::NotHere)) => return Ok(()),
            Ok(Err(Unstarted::Hopeless(reason))) => {
                // Without its file the import is over: staged again, it is another one.
                let drawer = Drawer::new(self.store(), id);
                blocking(move || drawer.remove(FILE)).await?;
                return self.fail_import(id, reason).await;
            }
            Err(fault) => Err(fault),
        };
        match ended {
            // What may pass is tried again; what cannot pass must not be tried for ever.
            Err(fault) if !fault.is_transient() && !matches!(fault, Fault::Stopped) => {
                tracing::error!(%fault, import = %id, "an import failed");
                self.fail_import(id, refusal::ended(&format!("The import broke off: {fault}"))).await
            }
            other => other,
        }
    }
}

/// An import on its way.
pub(super) struct Run {
    engine: Engine,
    carrier: Arc<Carrier>,
    batches: mpsc::Receiver<Result<Batch, Fault>>,
}

impl Run {
    /// Opens the kept file where the record stands.
    async fn open(engine: &Engine, id: ImportId) -> Result<Result<Self, Unstarted>, Fault> {
        let name = id.to_string();
        let (import, actor, user) = engine
            .store()
            .read(move |reader| {
                let import = load::<Import>(reader, &name)?.state;
                let change = change_of(reader, &name)?;
                let actor = change.and_then(|change| change.state.submitted_by);
                let actor = actor.or_else(|| import.staged_by.clone()).unwrap_or_else(Actor::system);
                let user = actor.user.map(|user| load::<User>(reader, &user.to_string())).transpose()?;
                Ok((import, actor, user))
            })
            .await?;
        if import.state != ImportState::Running {
            return Ok(Err(Unstarted::NotHere));
        }
        let drawer = Drawer::new(engine.store(), id);
        if !drawer.holds(FILE) {
            let elsewhere = matches!(engine.store().location(), Location::Postgres { .. });
            let reason = "The kept file is missing; stage the file again.".to_owned();
            return Ok(Err(if elsewhere { Unstarted::NotHere } else { Unstarted::Hopeless(reason) }));
        }
        let layout = match Self::layout(engine, &drawer).await? {
            Ok(layout) => Arc::new(layout),
            Err(reason) => return Ok(Err(Unstarted::Hopeless(reason))),
        };
        let roles = user.map(|user| user.state.roles).unwrap_or_default();
        let caller = Caller {
            principal: Principal { actor, roles },
            channel: Channel::Import,
            correlation: id.to_string(),
            reason: None,
            name: None,
            ..Caller::system()
        };
        let (sender, batches) = mpsc::channel(AHEAD);
        let reading = Reading {
            engine: engine.clone(),
            drawer: drawer.clone(),
            layout: Arc::clone(&layout),
            context: caller.context(engine.now()),
            from: import.rows_done,
            batch_size: usize::try_from(import.staged.options.batch_size).unwrap_or(1),
            sender,
        };
        tokio::task::spawn_blocking(move || reading.run());
        let carrier = Carrier { id, options: import.staged.options, layout, caller, drawer };
        Ok(Ok(Self { engine: engine.clone(), carrier: Arc::new(carrier), batches }))
    }

    /// The columns, read as they were when the file was reviewed; the reason when they no longer are.
    async fn layout(engine: &Engine, drawer: &Drawer) -> Result<Result<Layout, String>, Fault> {
        let house = engine.house().await?;
        let drawer = drawer.clone();
        blocking(move || {
            let report: Report = serde_json::from_slice(&drawer.get(REPORT)?)
                .map_err(|_| Fault::corrupt("the kept report of an import"))?;
            match reviewed(&drawer, &report, house) {
                Ok(layout) if layout.columns() == report.mapping => Ok(Ok(layout)),
                Ok(_) => Ok(Err(
                    "The columns are read in another way than reviewed; stage the file again.".to_owned()
                )),
                Err(Unfit::Refused(refusal)) => Ok(Err(refusal.sentence)),
                Err(Unfit::Fault(fault)) => Err(fault),
            }
        })
        .await
    }

    /// Carries the next batch; false once the import has ended.
    pub(super) async fn step(&mut self) -> Result<bool, Fault> {
        let (engine, carrier) = (self.engine.clone(), Arc::clone(&self.carrier));
        let Some(batch) = self.batches.recv().await.transpose()? else {
            let effects = self.engine.store().write(move |unit| carrier.finish(&engine, unit)).await?;
            self.engine.apply_effects(effects).await;
            return Ok(false);
        };
        let carried = self.carry(Arc::new(batch)).await?;
        self.engine.apply_effects(carried.effects).await;
        Ok(!carried.ended)
    }

    /// Carries a batch; a busy store is asked again, longer apart each time.
    async fn carry(&self, batch: Arc<Batch>) -> Result<Carried, Fault> {
        let mut pause = Duration::from_millis(20);
        loop {
            let (engine, carrier) = (self.engine.clone(), Arc::clone(&self.carrier));
            let batch = Arc::clone(&batch);
            let carried = self.engine.store().write(move |unit| carrier.carry(&engine, unit, &batch)).await;
            match carried {
                Err(Fault::Busy | Fault::Conflict) if pause < PAUSE_MAX => tokio::time::sleep(pause).await,
                other => return other,
            }
            pause = pause.saturating_mul(2);
        }
    }

    async fn carry_all(&mut self) -> Result<(), Fault> {
        while self.step().await? {}
        Ok(())
    }

    /// Opens an import that is known to be ready.
    #[cfg(test)]
    pub(super) async fn ready(engine: &Engine, id: ImportId) -> Self {
        Self::open(engine, id).await.unwrap().ok().unwrap()
    }
}

/// The layout of a kept file, with the people of the files that came along.
fn reviewed(drawer: &Drawer, report: &Report, house: House) -> Result<Layout, Unfit> {
    let mut layout = Layout::find(drawer.open(FILE)?, &report.asked, house)?;
    for place in 0..report.contact_files {
        layout.take_contacts(drawer.open(&contacts_name(place))?)?;
    }
    Ok(layout)
}

/// The thread that reads.
struct Reading {
    engine: Engine,
    drawer: Drawer,
    layout: Arc<Layout>,
    context: Context,
    from: u64,
    batch_size: usize,
    sender: mpsc::Sender<Result<Batch, Fault>>,
}

impl Reading {
    fn run(self) {
        if let Err(fault) = self.read() {
            // Whoever no longer listens has ended.
            drop(self.sender.blocking_send(Err(fault)));
        }
    }

    fn read(&self) -> Result<(), Fault> {
        let options = csv::Options::default();
        let mut reader = csv::Reader::open(self.drawer.open(FILE)?, &options)
            .map_err(|fault| unreadable(fault.to_string()))?;
        let readings = Readings::new(&self.engine, &self.layout, self.context.clone());
        let mut row = Row::default();
        let mut batch = Batch { from: self.from, lines: Vec::new() };
        let mut at = 0_u64;
        while reader.read_row(&mut row).map_err(|fault| unreadable(fault.to_string()))? {
            at += 1;
            if at <= self.from {
                continue;
            }
            batch.lines.push(match readings.read(&row)? {
                Ok(candidate) => Line::Candidate(Box::new(candidate)),
                Err(faults) => Line::Faulty(faults),
            });
            if batch.lines.len() == self.batch_size {
                let next = Batch { from: at, lines: Vec::new() };
                if !self.send(std::mem::replace(&mut batch, next))? {
                    return Ok(());
                }
            }
        }
        if !batch.lines.is_empty() {
            self.send(batch)?;
        }
        Ok(())
    }

    /// Hands a batch over, its new accounts' keys at hand; false when nobody listens any more.
    fn send(&self, batch: Batch) -> Result<bool, Fault> {
        let new = batch.lines.iter().filter_map(|line| match line {
            Line::Candidate(candidate) if !self.layout.is_contacts() && self.is_new(candidate) => {
                Some(candidate)
            }
            _ => None,
        });
        let mut subjects = Vec::new();
        for candidate in new {
            subjects.push(candidate.id.to_string());
            subjects.extend(candidate.draft.contacts.iter().map(|contact| contact.id.to_string()));
        }
        let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
        self.engine.store().vault().ensure_keys(&subjects)?;
        Ok(self.sender.blocking_send(Ok(batch)).is_ok())
    }

    fn is_new(&self, candidate: &Candidate) -> bool {
        let known = |key| self.engine.directory().holder(key).is_some();
        candidate.faults.is_empty() && !candidate.keys.each().any(|(_, key)| known(key))
    }
}

fn unreadable(what: String) -> Fault {
    Fault::unavailable(std::io::Error::other(what))
}
