//! A worker of PostgreSQL: one transaction a job, tried again when another node was quicker.

use std::time::Duration;

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::attempt::attempt;
use crate::fault::Fault;
use crate::postgres::Postgres;
use crate::sql::Sql as _;
use crate::store::{Shared, Writes};
use crate::task::WriteTask;
use crate::unit::Ending;

/// How often a job is tried before its conflict is told.
const TRIES: u32 = 8;

/// Runs until the queue is closed.
pub(crate) fn run(postgres: &mut Postgres, shared: &Shared, writes: &Writes) {
    loop {
        let Some(mut task) = writes.take(1).pop() else { return };
        let mut outcome = once(postgres, shared, task.as_mut());
        for again in 1..TRIES {
            if !matches!(outcome, Err(Fault::Conflict)) {
                break;
            }
            std::thread::sleep(pause(again));
            outcome = once(postgres, shared, task.as_mut());
        }
        task.reply(outcome);
    }
}

/// Longer with every try, and not the same for all threads.
fn pause(again: u32) -> Duration {
    let mut byte = [0];
    // Without randomness the pause is merely the same for all.
    let _ = SystemRandom::new().fill(&mut byte);
    let [jitter] = byte;
    Duration::from_micros(500).saturating_mul(1 << again.min(6))
        + Duration::from_micros(u64::from(jitter) * 16)
}

fn once(postgres: &mut Postgres, shared: &Shared, task: &mut dyn WriteTask) -> Result<(), Fault> {
    postgres.ready()?;
    postgres.batch(postgres.dialect().begin_write())?;
    let attempt = attempt(postgres, shared, task);
    let outcome = attempt.outcome.clone();
    let ended = match &outcome {
        Ok(()) => postgres.batch("COMMIT"),
        Err(_) => postgres.batch("ROLLBACK"),
    };
    let heads = attempt.heads;
    let outcome = outcome.and(ended);
    if outcome.is_ok() {
        attempt.end(Ending::Committed);
        shared.publish(heads);
    } else {
        attempt.end(Ending::RolledBack);
    }
    outcome
}
