//! Users out of bytes.

use super::{Asked, Words};
use crate::access::Role;
use crate::story::uuid;
use crate::user;
use crate::value::{AccountId, Personal, UserId};

impl Words {
    pub(in crate::law) fn user(&mut self) -> Asked<user::Facts, user::Command> {
        use user::Command as Asks;
        let id = UserId(uuid(1));
        let hash = |words: &mut Self| words.one_of(&["$argon2id$a", "$argon2id$b", "plain"]).to_string();
        let command = match self.byte() % 11 {
            0 => Asks::Add {
                id,
                name: Personal::new(id, "Ann".into()),
                email: Personal::new(id, self.one_of(&["a@b.example", "none"]).to_string()),
                roles: self.roles(),
                password_hash: self.flag().then(|| Personal::new(id, hash(self))),
            },
            1 => Asks::SetRoles { roles: self.roles() },
            2 => Asks::SetPassword { hash: hash(self) },
            3 => Asks::Suspend,
            4 => Asks::Provision {
                id,
                name: Personal::new(id, self.text()),
                email: Personal::new(id, self.one_of(&["a@b.example", "none"]).to_string()),
                account: AccountId(uuid(7)),
                contact: None,
                roles: vec![*self.one_of(&[Role::PortalUser, Role::PortalAdmin, Role::Admin])],
            },
            5 => Asks::IssueActivation { digest: self.text(), expires_at: self.context().now },
            6 => Asks::Activate { digest: self.text(), hash: hash(self) },
            7 => {
                if self.flag() {
                    Asks::RevokeAccess
                } else {
                    Asks::RestoreAccess
                }
            }
            8 => Asks::EndSessions,
            9 => Asks::SetPreferences {
                preferences: user::Preferences {
                    language: self.flag().then(|| self.one_of(&["de", "en", "x"]).to_string()),
                    locale: self.flag().then(|| self.one_of(&["de-CH", "en-us", "x"]).to_string()),
                    timezone: self.flag().then(|| self.one_of(&["UTC", "Mars"]).to_string()),
                    theme: self.flag().then(|| self.one_of(&["dark", "loud"]).to_string()),
                    ..user::Preferences::default()
                },
            },
            _ => Asks::Reinstate,
        };
        let facts = user::Facts {
            entities: ["US", "EU"].map(|code| code.parse().unwrap()).into(),
            email_taken: self.one_of(&[None, None, Some(UserId(uuid(3)))]).to_owned(),
            last_admin: self.flag(),
            may_manage: self.flag(),
        };
        (self.context(), facts, command)
    }
}
