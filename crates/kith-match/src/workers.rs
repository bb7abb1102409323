//! Who does the work: this crate knows no threads, and says only what can be done side by side.

use std::fmt::Debug;
use std::sync::OnceLock;

/// Runs parts of a work, in any order, perhaps at the same time.
pub trait Workers: Sync + Debug {
    /// Calls the job once for each number below `parts`, and returns when all have been done.
    fn run(&self, parts: usize, job: &(dyn Fn(usize) + Sync));
}

/// One part after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Workers for Alone {
    fn run(&self, parts: usize, job: &(dyn Fn(usize) + Sync)) {
        (0..parts).for_each(job);
    }
}

/// What each part gives, in the order of the parts.
pub fn map<T: Send + Sync>(workers: &dyn Workers, parts: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let slots: Vec<OnceLock<T>> = (0..parts).map(|_| OnceLock::new()).collect();
    workers.run(parts, &|part| {
        slots[part].get_or_init(|| job(part));
    });
    slots.into_iter().filter_map(OnceLock::into_inner).collect()
}
