//! A bounded queue from many callers to few threads; a full one refuses instead of growing.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::fault::Fault;

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// Callers push, threads take.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    capacity: usize,
}

impl<T> Queue<T> {
    pub(crate) fn new(capacity: usize) -> Self {
        let state = Mutex::new(State { waiting: VecDeque::new(), closed: false });
        Self { state, changed: Condvar::new(), capacity }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an item, or gives it back with the reason: full, or closed.
    pub(crate) fn push(&self, item: T) -> Result<(), (T, Fault)> {
        let mut state = self.lock();
        if state.closed {
            return Err((item, Fault::Stopped));
        }
        if state.waiting.len() >= self.capacity {
            return Err((item, Fault::Busy));
        }
        state.waiting.push_back(item);
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes what is waiting, at most `most`, and waits for the first. Empty once the queue is closed and
    /// everything in it was taken.
    pub(crate) fn take(&self, most: usize) -> Vec<T> {
        let mut state = self.lock();
        while state.waiting.is_empty() && !state.closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let count = state.waiting.len().min(most);
        state.waiting.drain(..count).collect()
    }

    /// Whether nothing waits.
    pub(crate) fn is_idle(&self) -> bool {
        self.lock().waiting.is_empty()
    }

    /// Lets the threads finish what waits, then end.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }
}
