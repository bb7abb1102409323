//! Commands of an account's life, out of bytes.

use super::Words;
use crate::account::{Blocks, Command, HoldDraft, HoldType, Pick, Relationship, RelationshipKind};
use crate::story::{at, uuid};
use crate::value::{AccountId, HoldId, Personal, RelationshipId};

impl Words {
    fn reason(&mut self) -> Personal<String> {
        Personal::new("usr_1", self.text())
    }

    fn account_id(&mut self) -> AccountId {
        AccountId(uuid(76 + self.number()))
    }

    pub(super) fn stage(&mut self) -> Command {
        let reason = self.reason();
        match self.byte() % 5 {
            0 => Command::Deactivate { reason, allow_open_ar: self.flag() },
            1 => Command::Reactivate { reason },
            2 => Command::Close { reason },
            3 => Command::Reopen { reason },
            _ => Command::Delete { reason },
        }
    }

    pub(super) fn hold(&mut self) -> Command {
        let (id, kind) = (HoldId(uuid(self.number())), *self.one_of(HoldType::ALL));
        let reason = self.reason();
        let moment = self.flag().then(|| at(86_400 * i64::from(self.byte())));
        let cause = self.flag().then(|| "overdue".to_owned());
        match self.byte() % 5 {
            0 => Command::ReleaseHold { id, kind, reason },
            1 => Command::SetWatch { reason, cause, expires_at: moment },
            2 => Command::ClearWatch { reason: self.flag().then_some(reason) },
            _ => {
                let hold = HoldDraft {
                    cause,
                    entity: self.flag().then(|| self.one_of(&["US", "XX"]).parse().unwrap()),
                    blocks: self.flag().then(|| *self.one_of(Blocks::ALL)),
                    review_at: moment,
                    ..HoldDraft::new(id, kind, reason)
                };
                Command::PlaceHold { hold: Box::new(hold) }
            }
        }
    }

    pub(super) fn merge(&mut self) -> Command {
        let (loser, reason) = (self.account_id(), self.reason());
        if self.flag() {
            return Command::Unmerge { loser, reason };
        }
        let field = (*self.one_of(&["name", "tags", "stage"])).to_owned();
        let picks = self.flag().then_some((field, Pick::Loser)).into_iter().collect();
        Command::Merge { loser, picks, reason }
    }

    pub(super) fn kin(&mut self) -> Command {
        match self.byte() % 3 {
            0 => Command::SetParent {
                parent: self.flag().then(|| self.account_id()),
                valid_from: self.day(),
                reason: self.flag().then(|| self.reason()),
            },
            1 => Command::Unrelate { id: RelationshipId(uuid(self.number())) },
            _ => {
                let relationship = Relationship {
                    id: RelationshipId(uuid(self.number())),
                    to: self.account_id(),
                    kind: *self.one_of(RelationshipKind::ALL),
                    share_bp: self.flag().then(|| u16::from(self.byte()) * 100),
                    valid_from: self.day(),
                    valid_to: self.flag().then(|| self.day()),
                    source: self.flag().then(|| self.text()),
                };
                Command::Relate { relationship }
            }
        }
    }
}
