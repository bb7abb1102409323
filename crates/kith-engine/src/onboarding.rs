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
pub use read::CaseRequest;
