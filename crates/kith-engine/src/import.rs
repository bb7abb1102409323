//! Imports: filled in next.

use kith_domain::value::ImportId;

use crate::engine::Engine;

impl Engine {
    pub(crate) fn start_import(&self, _id: ImportId) {}
}
