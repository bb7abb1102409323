//! Commands of feeds.

use super::{Asked, Words};
use crate::feed;
use crate::story::uuid;

impl Words {
    pub(in crate::law) fn feed(&mut self) -> Asked<feed::Facts, feed::Command> {
        let command = if self.byte().is_multiple_of(3) {
            feed::Command::Delete
        } else {
            let name = self.one_of(&["erp", "erp-2", "No"]).to_string();
            let plan = feed::Plan { name, watched: self.flag(), ..feed::Plan::default() };
            feed::Command::Save { id: crate::value::FeedId(uuid(5)), plan: Box::new(plan) }
        };
        let facts = feed::Facts { name_taken: self.byte().is_multiple_of(5), ..feed::Facts::default() };
        (self.context(), facts, command)
    }
}
