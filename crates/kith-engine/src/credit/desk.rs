//! One sitting: the lines that the requests need are held, the book is brought to the end of the log, and each request is
//! decided on what the ones before it left.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use kith_domain::credit::CreditRules;
use kith_domain::organisation::Organisation;
use kith_domain::refusal::Refusal;
use kith_domain::value::AccountId;
use kith_store::{Ending, Fault, LineMove, NewDocument, Unit};

use super::Told;
use super::known::{Customer, Memory};
use super::line::Line;
use super::prefetch::Prefetched;
use super::source::HeardAt;
use super::teller::Waiting;
use crate::engine::{Engine, pseudonym_key};

/// What the teller remembers between sittings.
#[derive(Debug, Default)]
pub(crate) struct Desk(Mutex<Memory>);

impl Desk {
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A sitting under way.
pub(super) struct Sitting<'s, 'u> {
    pub(super) engine: &'s Engine,
    pub(super) unit: &'s mut Unit<'u>,
    pub(super) memory: MutexGuard<'s, Memory>,
    pub(super) now: Timestamp,
    pub(super) organisation: Arc<Organisation>,
    pub(super) organisation_version: u64,
    pub(super) rules: Arc<(u64, CreditRules)>,
    pub(super) hash_key: [u8; 16],
    /// When sources of exposure were heard, once somebody asked.
    pub(super) heard: Option<HeardAt>,
    /// Position of the touchpoint log that all of it stands on.
    pub(super) position: u64,
    /// Whether the book reaches that far.
    pub(super) current: bool,
    /// Accounts that were read since the lines are held; nothing that a request does changes one.
    seen: HashMap<AccountId, Arc<Customer>>,
    /// Letters of risk classes by row and day, of this sitting.
    pub(super) rated: HashMap<(u32, Date), Option<char>>,
    /// Lines as this sitting leaves them, taken out of the memory.
    pub(super) lines: BTreeMap<AccountId, Line>,
    /// Reservations made in this sitting that are not stored yet.
    pub(super) fresh: Vec<NewDocument>,
    /// What was asked for all requests at once.
    pub(super) prefetched: Prefetched,
    /// Lines that change, each with what is reserved on it and the room there is.
    pub(super) moved: BTreeMap<AccountId, (i64, i64)>,
}

impl<'s, 'u> Sitting<'s, 'u> {
    /// Decides all requests, in their order.
    pub(super) fn hold(
        engine: &'s Engine,
        unit: &'s mut Unit<'u>,
        waiting: &[Arc<Waiting>],
    ) -> Result<Vec<Result<Told, Refusal>>, Fault> {
        let desk = engine.desk();
        let mut memory = desk.memory();
        let (organisation_version, organisation) = engine.organisation_at(unit)?;
        let rules = memory.rules(unit)?;
        engine.follow_policy(unit, rules.0)?;
        let mut sitting = Self {
            engine,
            unit,
            memory,
            now: engine.now(),
            organisation,
            organisation_version,
            rules,
            hash_key: pseudonym_key(engine.store()),
            heard: None,
            position: 0,
            current: false,
            seen: HashMap::new(),
            rated: HashMap::new(),
            lines: BTreeMap::new(),
            fresh: Vec::new(),
            prefetched: Prefetched::default(),
            moved: BTreeMap::new(),
        };
        sitting.prefetch(waiting)?;
        sitting.hold_lines(waiting)?;
        if sitting.unit.shares() {
            // What was read before the lines were held may have changed while this waited for them.
            sitting.seen.clear();
            sitting.prefetch(waiting)?;
        }
        let head = sitting.unit.heads()?.touchpoint;
        let reached = engine.core().feed.reach(head);
        (sitting.position, sitting.current) = (reached, reached >= head);
        let mut told = Vec::with_capacity(waiting.len());
        for waiting in waiting {
            told.push(sitting.carry_out(waiting)?);
        }
        sitting.end()?;
        Ok(told)
    }

    /// Holds the lines of everybody concerned, all at once and sorted: on PostgreSQL no other node changes them
    /// meanwhile, and the log is read after that.
    fn hold_lines(&mut self, waiting: &[Arc<Waiting>]) -> Result<(), Fault> {
        let mut ids = BTreeSet::new();
        for waiting in waiting {
            let Some(customer) = self.concerned(&waiting.act)? else { continue };
            ids.insert(customer.account.id.to_string());
            for cap in self.caps_over(&customer)? {
                ids.insert(cap.account.id.to_string());
            }
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.prefetched.lines = self.unit.hold_credit_lines(&ids)?;
        Ok(())
    }

    /// The account that a reference names, or the one that it was merged into.
    pub(super) fn customer_named(&mut self, name: &str) -> Result<Option<Arc<Customer>>, Fault> {
        match self.engine.account_named(name) {
            Some(id) => self.customer(id),
            None => Ok(None),
        }
    }

    /// An account, or the one that it was merged into.
    pub(super) fn customer(&mut self, id: AccountId) -> Result<Option<Arc<Customer>>, Fault> {
        let mut id = id;
        for _ in 0..MERGES_MAX {
            let found = self.read(id)?;
            match found.as_ref().and_then(|customer| customer.account.merged_into.as_ref()) {
                Some(merged) => id = merged.survivor,
                None => return Ok(found),
            }
        }
        Ok(None)
    }

    fn read(&mut self, id: AccountId) -> Result<Option<Arc<Customer>>, Fault> {
        if let Some(known) = self.seen.get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let version = self.prefetched.accounts.get(&id).copied();
        let found = self.memory.customer(self.unit, id, version)?;
        self.seen.extend(found.iter().map(|found| (id, Arc::clone(found))));
        Ok(found)
    }

    /// Those above an account, itself among them, that have a limit for all below.
    pub(super) fn caps_over(&mut self, customer: &Customer) -> Result<Vec<Arc<Customer>>, Fault> {
        let day = self.engine.day();
        let ids: Vec<AccountId> = {
            let inner = self.engine.directory().read();
            let rows = std::iter::once(customer.row).chain(inner.ancestors_of(customer.row, day));
            rows.filter_map(|row| inner.entry(row).map(|entry| entry.id)).collect()
        };
        let mut caps = Vec::new();
        for id in ids {
            let above = self.read(id)?;
            caps.extend(above.filter(|above| above.account.group_credit_limit.is_some()));
        }
        Ok(caps)
    }

    /// The line of an account as it stands in this sitting.
    pub(super) fn line(&mut self, account: AccountId) -> Result<&mut Line, Fault> {
        if !self.lines.contains_key(&account) {
            let id = account.to_string();
            let version = match self.prefetched.lines.get(&id) {
                Some(version) => *version,
                None => self.unit.credit_line(&id)?,
            };
            let known = self.memory.lines.remove(&account).filter(|line| line.version == version);
            let line = match known {
                Some(line) => line,
                None => {
                    let organisation = Arc::clone(&self.organisation);
                    Line::load(self.unit, account, version, &organisation, &self.hash_key, self.now)?
                }
            };
            self.lines.insert(account, line);
        }
        self.lines.get_mut(&account).ok_or_else(|| Fault::corrupt("a line of credit that was just read"))
    }

    /// Moves the lines that changed, and remembers all once that is durable.
    fn end(mut self) -> Result<(), Fault> {
        self.store_fresh()?;
        let (mut rows, mut moves) = (Vec::new(), Vec::new());
        for (account, (reserved, room)) in std::mem::take(&mut self.moved) {
            rows.extend(self.engine.directory().row(account));
            let Some(line) = self.lines.get_mut(&account) else { continue };
            moves.push(LineMove { account_id: account.to_string(), expected: line.version, reserved, room });
            line.version = line.version.saturating_add(1);
        }
        self.unit.move_credit_lines(&moves)?;
        let (lines, core) = (self.lines, self.engine.downgrade());
        self.unit.on_end(move |ending| {
            let Some(core) = core.upgrade().filter(|_| ending == Ending::Committed) else { return };
            let mut memory = core.credit.desk.memory();
            // What is reserved counts for alerts, too.
            core.feed.watched.note(rows);
            for (account, line) in lines {
                super::known::keep(&mut memory.lines, account, line);
            }
        });
        Ok(())
    }
}

/// How often an account may have been merged on.
const MERGES_MAX: u32 = 100;
