//! A job with the way back to whoever asked for it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::Fault;
use crate::unit::{Reader, Unit};

/// A job that writes. It may run several times; it replies once.
pub(crate) trait WriteTask: Send {
    /// Whether it goes before all others of its group, so that it stands on what is committed.
    fn is_first(&self) -> bool;
    /// Runs the job and keeps what it gave.
    fn run(&mut self, unit: &mut Unit<'_>) -> Result<(), Fault>;
    /// Answers: what the last run gave, or the fault.
    fn reply(self: Box<Self>, outcome: Result<(), Fault>);
}

/// A job that reads.
pub(crate) trait ReadTask: Send {
    /// Runs the job and keeps what it gave.
    fn run(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;
    /// Answers: what the last run gave, or the fault.
    fn reply(self: Box<Self>, outcome: Result<(), Fault>);
}

/// A job, what it gave, and whom to tell.
pub(crate) struct Call<T, F, R> {
    job: F,
    value: Option<T>,
    reply: R,
    first: bool,
}

impl<T, F, R> Call<T, F, R> {
    pub(crate) fn new(job: F, reply: R) -> Self {
        Self { job, value: None, reply, first: false }
    }

    /// The same before all others of its group.
    pub(crate) fn first(self) -> Self {
        Self { first: true, ..self }
    }

    fn keep(&mut self, run: impl FnOnce(&mut F) -> Result<T, Fault>) -> Result<(), Fault> {
        let job = &mut self.job;
        let outcome = catch_unwind(AssertUnwindSafe(|| run(job)));
        self.value = Some(outcome.unwrap_or(Err(Fault::Panicked))?);
        Ok(())
    }

    fn answer(self, outcome: Result<(), Fault>)
    where
        R: FnOnce(Result<T, Fault>),
    {
        (self.reply)(outcome.and_then(|()| self.value.ok_or(Fault::Stopped)));
    }
}

impl<T, F, R> WriteTask for Call<T, F, R>
where
    T: Send,
    F: FnMut(&mut Unit<'_>) -> Result<T, Fault> + Send,
    R: FnOnce(Result<T, Fault>) + Send,
{
    fn is_first(&self) -> bool {
        self.first
    }

    fn run(&mut self, unit: &mut Unit<'_>) -> Result<(), Fault> {
        self.keep(|job| job(unit))
    }

    fn reply(self: Box<Self>, outcome: Result<(), Fault>) {
        self.answer(outcome);
    }
}

impl<T, F, R> ReadTask for Call<T, F, R>
where
    T: Send,
    F: FnMut(&mut Reader<'_>) -> Result<T, Fault> + Send,
    R: FnOnce(Result<T, Fault>) + Send,
{
    fn run(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.keep(|job| job(reader))
    }

    fn reply(self: Box<Self>, outcome: Result<(), Fault>) {
        self.answer(outcome);
    }
}
