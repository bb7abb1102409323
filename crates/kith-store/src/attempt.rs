//! One run of one job: what it gave and what must happen at the end of its transaction.

use crate::fault::Fault;
use crate::sql::Sql;
use crate::store::Shared;
use crate::task::{ReadTask, WriteTask};
use crate::unit::{AtEnd, Ending, Heads, Reader, Unit};

/// What a run left behind.
pub(crate) struct Attempt {
    pub(crate) outcome: Result<(), Fault>,
    pub(crate) written: bool,
    pub(crate) heads: Heads,
    at_end: Vec<AtEnd>,
}

impl Attempt {
    /// Calls back whoever asked for the ending.
    pub(crate) fn end(self, ending: Ending) {
        for call in self.at_end {
            let quiet = std::panic::AssertUnwindSafe(|| call(ending));
            if std::panic::catch_unwind(quiet).is_err() {
                tracing::error!("a callback at the end of a transaction panicked");
            }
        }
    }
}

/// Runs a job in the open transaction, then writes what it appended.
pub(crate) fn attempt(sql: &mut dyn Sql, shared: &Shared, task: &mut dyn WriteTask) -> Attempt {
    let reader = Reader { sql, shared };
    let mut unit =
        Unit { reader, pending: Vec::new(), at_end: Vec::new(), heads: Heads::default(), written: false };
    let outcome = task.run(&mut unit).and_then(|()| unit.flush().map(drop));
    let Unit { at_end, heads, written, .. } = unit;
    Attempt { outcome, written, heads, at_end }
}

/// Runs a reading job on a snapshot of its own and answers.
pub(crate) fn read(sql: &mut dyn Sql, shared: &Shared, mut task: Box<dyn ReadTask>) {
    let outcome = sql.ready().and_then(|()| sql.batch(sql.dialect().begin_read())).and_then(|()| {
        let outcome = task.run(&mut Reader { sql: &mut *sql, shared });
        let ended = sql.batch("ROLLBACK");
        outcome.and(ended)
    });
    task.reply(outcome);
}
