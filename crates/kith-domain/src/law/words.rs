//! Commands out of bytes: few names, so that they meet, and texts of all sorts, so that they hurt.

mod commerce;
mod contract;
mod credit;
mod draft;
mod feed;
mod life;
mod outward;
mod user;
mod watch;

use jiff::civil::Date;
use serde_json::json;

use crate::access::{Principal, Role, RoleGrant};
use crate::approval::Operation;
use crate::context::{ActorKind, Context};
use crate::policy::{Lane, StepRule, Times};
use crate::story::{at, context, uuid};
use crate::value::{AccountId, Currency, NoteId, Personal, UserId};
use crate::{
    account, approval, delegation, duplicate, import, mapping, organisation, policy, quarantine, token, view,
};

/// Bytes that choose. When they end, every choice is the first.
pub(super) struct Words {
    bytes: Vec<u8>,
    place: usize,
}

type Asked<F, C> = (Context, F, C);

impl Words {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, place: 0 }
    }

    pub(super) fn more(&self) -> bool {
        self.place < self.bytes.len()
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.place).copied().unwrap_or(0);
        self.place += 1;
        byte
    }

    fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[usize::from(self.byte()) % choices.len()]
    }

    fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    fn number(&mut self) -> u128 {
        u128::from(self.byte() % 4)
    }

    fn text(&mut self) -> String {
        const TEXTS: &[&str] = &[
            "Acme",
            "",
            " ",
            "a\u{0}b",
            "Cafe\u{301}",
            "a@b.example",
            "+1 312 555 0100",
            "US",
            "EU",
            "USD",
            "NET30",
            "premium",
            "active",
            "🚚 ﷽",
            "DE136695976",
            "12-3456789",
            "vat",
            "external:erp",
            "lei",
            "-1",
            "1.5",
            "99999999999999999999",
            "2026-01-01",
            "9999-12-31",
            "acme.example",
            "https://x.example",
            "de-AT",
            "billing",
            "ap",
            "sla",
            "Europe/Berlin",
            "argon2",
            "usr_00000000000000000000000000000001",
            "\"",
            "'; --",
        ];
        if self.byte().is_multiple_of(16) { "ä".repeat(300) } else { (*self.one_of(TEXTS)).to_owned() }
    }

    fn day(&mut self) -> Date {
        *self.one_of(&[Date::MIN, Date::MAX, Date::constant(2026, 1, 1), Date::constant(2026, 1, 9)])
    }

    fn currency(&mut self) -> Currency {
        self.one_of(&["USD", "EUR", "JPY"]).parse().unwrap()
    }

    fn context(&mut self) -> Context {
        let kind = *self.one_of(&[ActorKind::User, ActorKind::User, ActorKind::Agent, ActorKind::System]);
        let seconds = i64::from(self.byte()) * 10;
        context(kind, self.number(), at(seconds))
    }

    fn roles(&mut self) -> Vec<RoleGrant> {
        let count = self.byte() % 3;
        let one = |words: &mut Self| RoleGrant {
            role: *words.one_of(&[Role::Admin, Role::ArManager, Role::Controller, Role::Viewer]),
            entity: if words.flag() { None } else { Some(words.one_of(&["US", "EU"]).parse().unwrap()) },
        };
        (0..count).map(|_| one(self)).collect()
    }

    fn comment(&mut self) -> Option<Personal<String>> {
        self.flag().then(|| Personal::new("usr_1", self.text()))
    }

    pub(super) fn organisation(&mut self) -> Asked<organisation::Facts, organisation::Command> {
        use organisation::Command as Asks;
        let entity = |words: &mut Self| organisation::LegalEntity {
            code: words.one_of(&["US", "EU"]).parse().unwrap(),
            name: words.text(),
            currency: words.currency(),
            timezone: words.one_of(&["Europe/Berlin", "Mars"]).to_string(),
        };
        let rate = |words: &mut Self| organisation::RateQuote {
            base: words.currency(),
            quote: words.currency(),
            day: words.day(),
            rate: words.one_of(&["1.5", "0.00001", "79228162514264337593543950335", "x", "-1"]).to_string(),
            source: words.one_of(&["ECB", "desk"]).to_string(),
        };
        let command = match self.byte() % 7 {
            0 => Asks::Found {
                name: "Acme".into(),
                currency: self.currency(),
                timezone: "UTC".into(),
                entities: vec![entity(self)],
                payment_terms: vec![],
            },
            1 => Asks::AddEntity { entity: entity(self) },
            2 => Asks::Change {
                name: self.flag().then(|| self.text()),
                timezone: self.flag().then(|| self.one_of(&["Europe/Berlin", "Mars"]).to_string()),
            },
            3 => self.catalogue(),
            4 => Asks::CloseSetup,
            5 => Asks::OpenDay { day: self.day() },
            _ => Asks::LoadRates { rates: (0..self.byte() % 4).map(|_| rate(self)).collect() },
        };
        (self.context(), organisation::Facts { code_in_use: self.flag() }, command)
    }

    fn catalogue(&mut self) -> organisation::Command {
        use organisation::{CatalogueDraft, CodeDraft, Command as Asks, CustomFieldDraft, CustomKind};
        let kind = self.one_of(&["payment_terms", "department", "region", "No"]).to_string();
        let code = self.one_of(&["NET30", "SALES", "NET45", ""]).to_string();
        let draft = CodeDraft {
            label: self.flag().then(|| self.flag().then(|| self.text())),
            parent: self.flag().then(|| self.flag().then(|| self.one_of(&["SALES", "NET30"]).to_string())),
            retired: self.flag().then(|| self.flag()),
            terms: None,
        };
        let catalogue = CatalogueDraft {
            label: self.flag().then(|| self.text()),
            mandatory: self.flag().then(|| self.flag()),
            default_code: self.flag().then(|| self.flag().then(|| "NET30".to_owned())),
        };
        let field = CustomFieldDraft {
            label: self.flag().then(|| self.text()),
            kind: self.flag().then(|| *self.one_of(CustomKind::ALL)),
            options: self.flag().then(|| vec![self.text()]),
            personal: self.flag(),
            help: self.flag().then(|| self.flag().then(|| self.text())),
            min: self.flag().then(|| self.flag().then(|| self.one_of(&["1", "2026-01-01", "x"]).to_string())),
            max: self.flag().then(|| Some(self.one_of(&["0.5", "9", "2027-01-01"]).to_string())),
            mask: self.flag().then(|| Some(self.one_of(&["A9*", ""]).to_string())),
            ..CustomFieldDraft::default()
        };
        match self.byte() % 7 {
            0 => Asks::AddCatalogue { kind, draft: catalogue },
            1 => Asks::ChangeCatalogue { kind, draft: catalogue },
            2 => Asks::AddCode { kind, code, draft },
            3 => Asks::ChangeCode { kind, code, draft },
            4 => Asks::DeleteCode { kind, code },
            5 => Asks::DefineField { name: "colour".into(), draft: field },
            _ => Asks::ChangeField { name: "colour".into(), draft: field },
        }
    }

    pub(super) fn token(&mut self) -> Asked<token::Facts, token::Command> {
        use token::{Command as Asks, TokenKind};
        let command = if self.byte().is_multiple_of(3) {
            Asks::Revoke
        } else {
            Asks::Create {
                id: crate::value::TokenId(uuid(9)),
                user: UserId(uuid(self.number())),
                kind: *self.one_of(&[TokenKind::User, TokenKind::Agent]),
                name: self.one_of(&["laptop", ""]).to_string(),
                hash: "0".repeat(64),
                prefix: "kth_1".into(),
                expires_at: self.flag().then(|| at(500)),
            }
        };
        let facts = token::Facts { user_active: self.flag(), may_manage: self.flag(), in_setup: self.flag() };
        (self.context(), facts, command)
    }

    pub(super) fn account(&mut self) -> Asked<account::Facts, account::Command> {
        use account::Command as Asks;
        let id = AccountId(uuid(77));
        let command = match self.byte() % 15 {
            12 => self.tax_act(),
            13 | 14 => self.hold(),
            0 | 1 => Asks::Create {
                id,
                number: u64::from(self.byte()),
                draft: Box::new(self.draft(id, true)),
                application: self.flag(),
            },
            2 => Asks::AddNote { id: NoteId(uuid(self.number())), text: Personal::new(id, self.text()) },
            3 => Asks::Review { on: self.day(), next_on: self.flag().then(|| self.day()) },
            4..=7 => Asks::Update { draft: Box::new(self.draft(id, false)) },
            8 | 9 => self.stage(),
            10 => self.merge(),
            _ => self.kin(),
        };
        let mut facts = account::Facts {
            entities: [("US", "USD"), ("EU", "EUR")]
                .map(|(code, money)| (code.parse().unwrap(), money.parse().unwrap()))
                .into(),
            catalogues: organisation::Catalogues::with_terms(&["NET30".to_owned()]).into(),
            custom_fields: self.custom_fields(),
            accounts: [AccountId(uuid(1))].into(),
            users: [UserId(uuid(1))].into(),
            taken: [].into(),
            note_known: self.flag(),
            today: self.flag().then(|| self.day()),
            related_found: self.flag(),
            ..account::Facts::default()
        };
        if let Asks::Merge { loser, .. } | Asks::Unmerge { loser, .. } = &command {
            let account = account::Account {
                id: *loser,
                created_at: Some(at(0)),
                name: self.text(),
                tags: vec![self.text()],
                ..account::Account::default()
            };
            facts.other = Some(Box::new(account::Other { account, ..account::Other::default() }));
        }
        facts.kin.parent_found = self.flag();
        facts.kin.cycle = self.flag();
        facts.standing.open_orders = self.byte().into();
        if self.byte().is_multiple_of(4) {
            facts.taken =
                account::wanted_keys(&command).into_iter().map(|key| (key, AccountId(uuid(1)))).collect();
        }
        (self.context(), facts, command)
    }

    /// One custom field, of any kind.
    fn custom_fields(&mut self) -> std::sync::Arc<organisation::CustomFields> {
        let kind = *self.one_of(organisation::CustomKind::ALL);
        let options = vec!["red".to_owned()];
        let field = organisation::CustomField { kind, options, personal: self.flag(), ..Default::default() };
        std::sync::Arc::new([("colour".to_owned(), field)].into())
    }

    fn submission(&mut self) -> Box<approval::Submission> {
        let (_, _, held) = self.account();
        let lane = *self.one_of(&[Lane::Yellow, Lane::Red]);
        let rules = [Role::ArManager, Role::Controller, Role::Cfo].map(StepRule::of);
        let hash = self.byte() % 4;
        Box::new(approval::Submission {
            id: crate::value::ChangeId(uuid(9)),
            operation: Operation::AccountUpdate,
            command: Box::new(crate::Command::Account { id: AccountId(uuid(77)), command: held }),
            targets: vec![],
            base_version: None,
            lane,
            reasons: vec![],
            policy_version: 1,
            amount: None,
            times: Times::of(lane),
            steps: rules.iter().map(|rule| approval::Step::waiting(rule, None)).collect(),
            on_behalf_of: None,
            reason: self.comment(),
            diff: vec![],
            warnings: Vec::new(),
            payload_hash: hash.to_string(),
        })
    }

    pub(super) fn change(&mut self) -> Asked<approval::Facts, approval::Command> {
        use approval::{Command as Asks, Word};
        let word = |words: &mut Self| Word {
            comment: words.comment(),
            revision: words.flag().then_some(1),
            batch: words.flag().then(|| "batch".to_owned()),
        };
        let text = self.text();
        let command = match self.byte() % 18 {
            0 | 1 => Asks::Submit(self.submission()),
            2 => Asks::Edit(self.submission()),
            3 => Asks::Reject(word(self)),
            4 => Asks::Cancel { comment: self.comment() },
            5 => Asks::Expire,
            6 => Asks::MarkApplied { result: json!({ "version": self.byte() }), rebase: None },
            7 => Asks::MarkStale { version: 2, conflicts: vec![] },
            8 => Asks::MarkFailed { result: json!({ "code": "x" }) },
            9 => Asks::Comment { text: Personal::new("usr_1", text) },
            10 => Asks::Open,
            11 => Asks::BreakGlass { reason: self.comment() },
            12 => Asks::ReviewGlass { text: Personal::new("usr_1", text) },
            13 => Asks::Remind,
            14 => Asks::Escalate { level: self.byte() % 3, to: self.flag().then_some(Role::Manager) },
            _ => Asks::Approve(word(self)),
        };
        let context = self.context();
        let mut roles = self.roles();
        roles.extend([Role::ArManager, Role::Controller, Role::Cfo].map(RoleGrant::everywhere));
        let principal = Principal { actor: context.actor.clone(), roles };
        let serves = self.byte().is_multiple_of(8);
        let relations = approval::Relations { serves, ..approval::Relations::default() };
        let facts = approval::Facts { relations, may_edit: self.flag(), ..approval::Facts::of(principal) };
        (context, facts, command)
    }

    pub(super) fn policy(&mut self) -> Asked<policy::Facts, policy::Command> {
        let mut rules = policy::Rules::default();
        if self.flag() {
            rules.packs = policy::Pack::ALL.into();
        }
        // Short ones: what holds of a row holds of many.
        rules.rows.truncate(usize::from(self.byte() % 4));
        (self.context(), policy::Facts::default(), policy::Command::Set { rules: Box::new(rules) })
    }

    pub(super) fn delegation(&mut self) -> Asked<delegation::Facts, delegation::Command> {
        let command = if self.flag() {
            let (starts, ends) = (at(self.byte().into()), at(i64::from(self.byte()) * 20_000));
            let to = UserId(uuid(u128::from(self.byte() % 3)));
            let terms = delegation::Terms { to, operations: [].into(), amount_cap: None, starts, ends };
            delegation::Command::Make { id: crate::value::DelegationId(uuid(5)), terms }
        } else {
            delegation::Command::End
        };
        let roles = vec![RoleGrant::everywhere(Role::Cfo)];
        let to_roles = self.flag().then(|| roles.clone());
        let facts = delegation::Facts { from_roles: roles, to_roles, is_admin: self.flag() };
        (self.context(), facts, command)
    }

    pub(super) fn view(&mut self) -> Asked<view::Facts, view::Command> {
        let command = if self.byte().is_multiple_of(3) {
            view::Command::Delete
        } else {
            let layout = view::Layout {
                name: self.text(),
                shared: self.flag(),
                team: self.flag().then(|| self.one_of(&["west", "east"]).to_string()),
                pinned: self.flag(),
                usual: self.flag(),
                widths: std::collections::BTreeMap::from([("name".to_owned(), self.byte().into())]),
                question: self.flag().then(|| self.text()),
                filter: self.text(),
                sort: self.text(),
                columns: (0..self.byte() % 3).map(|_| self.text()).collect(),
            };
            view::Command::Save { id: crate::value::ViewId(uuid(3)), layout }
        };
        (
            self.context(),
            view::Facts {
                is_admin: self.flag(),
                teams: std::collections::BTreeSet::from(["west".to_owned()]),
            },
            command,
        )
    }

    pub(super) fn duplicate(&mut self) -> Asked<(), duplicate::Command> {
        use duplicate::{Command as Asks, Finding};
        let account = |number: u8| AccountId(uuid(number.into()));
        let command = match self.byte() % 5 {
            0 | 1 => Asks::Raise(Box::new(Finding {
                left: account(1),
                right: account(self.byte() % 3),
                fingerprint: self.one_of(&["a", "b"]).to_string(),
                ..Finding::default()
            })),
            2 => Asks::Withdraw,
            3 => Asks::Dismiss { reason: self.comment() },
            _ => Asks::Merge { survivor: account(self.byte() % 3) },
        };
        (self.context(), (), command)
    }

    pub(super) fn quarantine(&mut self) -> Asked<(), quarantine::Command> {
        use quarantine::Command as Asks;
        let command = match self.byte() % 7 {
            0 | 1 => Asks::Hold(Box::new(quarantine::Suspect {
                code: self.one_of(&["conflict", "subject_unknown", ""]).to_string(),
                source: "erp".into(),
                external_id: "1".into(),
                subject: self.comment(),
                event: Some(Personal::new("qua_1", json!({ "$subject": self.text(), "deep": [null] }))),
                ..quarantine::Suspect::default()
            })),
            2 => Asks::Accept { reason: self.comment() },
            3 => Asks::Replay,
            4 => Asks::Repair {
                event: Personal::new("qua_1", json!({ "id": "1", "source": "erp", "subject": self.text() })),
                reason: self.comment(),
            },
            5 => Asks::Assign { to: self.flag().then(|| UserId(uuid(self.byte().into()))) },
            _ => Asks::Discard { reason: self.comment() },
        };
        (self.context(), (), command)
    }

    pub(super) fn import(&mut self) -> Asked<(), import::Command> {
        use import::{Command as Asks, Counts, Options, Staged};
        let counts = |created| Counts { created, ..Counts::default() };
        let command = match self.byte() % 9 {
            0 | 1 => Asks::Stage(Box::new(Staged {
                format: "csv".into(),
                rows: 3,
                planned: counts(3),
                file_sha256: "0".repeat(64),
                options: Options { validate_only: self.byte() % 8 == 1, ..Options::default() },
                ..Staged::default()
            })),
            2 => Asks::Start,
            3 => {
                let done = u64::from(self.byte() % 5);
                Asks::Progress { rows_done: done, counts: counts(*self.one_of(&[done, u64::MAX])) }
            }
            4 => Asks::Finish,
            5 => Asks::Fail { reason: self.text() },
            6 => Asks::Revert,
            7 => Asks::ProgressRevert {
                rows_left: u64::from(self.byte() % 4),
                undone: import::Undone { kept: u64::from(self.byte() % 3), ..import::Undone::default() },
            },
            _ => Asks::MarkReverted,
        };
        (self.context(), (), command)
    }

    pub(super) fn mapping(&mut self) -> Asked<(), mapping::Command> {
        let command = if self.byte().is_multiple_of(3) {
            mapping::Command::Delete
        } else {
            let columns = (0..self.byte() % 3).map(|_| (self.text(), self.text())).collect();
            let rules =
                mapping::Rules { name: self.text(), columns, only: self.flag(), ..mapping::Rules::default() };
            mapping::Command::Save { id: crate::value::MappingId(uuid(4)), rules: Box::new(rules) }
        };
        (self.context(), (), command)
    }
}
