//! Onboarding as it is carried out: the command walk, the work of the steps, what the clock asks, what the faces show.

mod advance;
mod bulk;
mod carry;
mod kpi;
mod read;
mod start;
mod tend;
mod work;

pub use start::{Application as ApplicationRequest, Applied};

pub(crate) use carry::{apply, case_of, refused, steps_open};
pub(crate) use kpi::Ended;
pub use read::CaseRequest;

use kith_connect::provider::Providers;

use crate::engine::Engine;

impl Engine {
    /// Asks these about companies. Told before the first question.
    pub fn ask_providers(&self, providers: Providers) {
        // Whoever comes second is told by the first one's.
        drop(self.core().providers.set(providers));
    }

    /// Who can be asked about companies.
    pub(crate) fn providers(&self) -> Providers {
        self.core().providers.get().cloned().unwrap_or_default()
    }
}
