//! The threads on which pure work is done side by side.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use kith_match::workers::Workers;

/// As many threads as the machine has processors, for the time of one work.
#[derive(Debug, Clone, Copy)]
pub struct Threads {
    count: usize,
}

impl Default for Threads {
    fn default() -> Self {
        Self { count: std::thread::available_parallelism().map_or(1, NonZero::get) }
    }
}

impl Workers for Threads {
    fn run(&self, parts: usize, job: &(dyn Fn(usize) + Sync)) {
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts {
                    return;
                }
                job(part);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..self.count.min(parts) {
                scope.spawn(work);
            }
            work();
        });
    }
}
