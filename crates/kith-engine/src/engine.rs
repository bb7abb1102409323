//! The engine: the store, and everything that is held in memory over it.

mod inputs;
mod organisation;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock, mpsc};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use kith_connect::archive::Archive;
use kith_domain::account::Account;
use kith_domain::contract::Contract;
use kith_domain::organisation::Organisation;
use kith_domain::value::{AccountId, Currency, ImportId, Money, uuid_v7};
use kith_ledger::Tiles;
use kith_profile::{Corrections, FactContext, Inputs, Living};
use kith_query::ask::Grammar;
use kith_query::catalogue::Catalogue;
use kith_store::{Document, Fault, Location, Noun, Store};
use ring::rand::{SecureRandom, SystemRandom};
use tokio::sync::{Semaphore, watch};
use uuid::Uuid;

use inputs::{fact_context, inputs};

use crate::bulk::Jobs;
use crate::catalogue;
use crate::credit::Office;
use crate::directory::{Agreed, Directory};
use crate::duplicate::{Likeness, Scan};
use crate::facts::all_users;
use crate::feed::Feed;
use crate::home::{Measured, Tallies};
use crate::import::Watch;
use crate::ingest::Shelf;
use crate::kept::Kept;
use crate::live::Live;
use crate::noun::{Loaded, NEVER, ORGANISATION, load};
use crate::onboarding::Ended;
use crate::outward::Outward;
use crate::scorecard::Cards;
use crate::screening::Screening;
use crate::trail::Trail;

/// How the engine is run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// The business day to stand on instead of today's: for the replay of old records.
    pub today: Option<Date>,
    /// No checkpoints are written (for tests and tools).
    pub no_checkpoints: bool,
    /// How far the clock is behind at first, see [`Engine::move_clock`].
    pub behind: SignedDuration,
}

/// Carries out commands, takes in touchpoints, answers questions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    core: Arc<Core>,
}

#[derive(Debug)]
pub(crate) struct Core {
    store: Store,
    settings: Settings,
    /// Milliseconds by which the clock is behind.
    behind_ms: AtomicI64,
    random: SystemRandom,
    organisation: RwLock<Arc<Organisation>>,
    pub(crate) organisation_version: Mutex<u64>,
    catalogue: RwLock<Arc<Catalogue>>,
    grammar: RwLock<Arc<Grammar>>,
    pub(crate) directory: Directory,
    pub(crate) living: Living,
    pub(crate) corrections: Mutex<Corrections>,
    pub(crate) feed: Feed,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) live: Live,
    /// What the start page adds up.
    pub(crate) tallies: Tallies,
    /// What the start page says of all accounts.
    pub(crate) measured: Kept<Measured>,
    /// How many accounts a filter finds, and their revenue.
    pub(crate) totals: Kept<(u64, Option<i64>)>,
    /// The customers that were taken on lately.
    pub(crate) ended: Ended,
    hashing: Semaphore,
    pub(crate) ledger_seen: Mutex<u64>,
    /// What was read and refused and is not stored yet.
    pub(crate) trail: Trail,
    /// Roots of the full tiles of the ledger, as far as a proof needed them.
    pub(crate) tiles: Mutex<Tiles>,
    /// Where the files of documents are kept.
    pub(crate) archive: OnceLock<Archive>,
    pub(crate) providers: OnceLock<kith_connect::provider::Providers>,
    pub(crate) outward: Outward,
    /// Whoever brings or deletes a document holds it: no content goes while it is found again.
    pub(crate) documents: tokio::sync::Mutex<()>,
    /// Accounts by what makes two of them one.
    pub(crate) likeness: Likeness,
    pub(crate) screening: Screening,
    /// The scan for duplicates.
    pub(crate) scan: Scan,
    /// Imports that run in this process.
    pub(crate) imports: Mutex<BTreeSet<ImportId>>,
    /// What was seen in watched folders.
    pub(crate) watch: Watch,
    /// What is remembered of credit, and who decides on it.
    pub(crate) credit: Office,
    /// Which scorecard was in force when.
    pub(crate) cards: Cards,
    /// Jobs on many accounts at once.
    pub(crate) bulk: Jobs,
    /// Tells this process from others on the same data, and from those before it.
    pub(crate) node: String,
}

/// Random bytes of the operating system.
pub(crate) fn random_bytes<const N: usize>(random: &dyn SecureRandom) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    random.fill(&mut bytes).map_err(|_| Fault::corrupt("the machine's source of randomness"))?;
    Ok(bytes)
}

/// Days since 1970-01-01 as the profile counts them.
pub(crate) fn profile_day(date: Date) -> u16 {
    u16::try_from(crate::directory::epoch_day(date)).unwrap_or_default()
}

/// The civil date of a day of the profile.
pub(crate) fn date_of(day: i64) -> Date {
    Date::constant(1970, 1, 1).saturating_add(day.days())
}

impl Engine {
    /// Opens a store and brings memory to where its logs stand.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot be opened, or its logs cannot be read.
    pub fn open(location: &Location, settings: Settings) -> Result<Self, Fault> {
        Self::over(Store::open(location)?, settings)
    }

    /// Makes a new store without an organisation yet.
    ///
    /// # Errors
    /// [`Fault::Exists`] when there is an organisation already.
    pub fn create(location: &Location, settings: Settings) -> Result<Self, Fault> {
        Self::over(Store::create(location)?, settings)
    }

    fn over(store: Store, settings: Settings) -> Result<Self, Fault> {
        let Loaded { state: organisation, version, .. } =
            store.read_blocking(|reader| load::<Organisation>(reader, ORGANISATION))?;
        let hash_key = pseudonym_key(&store);
        let lookup = store.clone();
        let inputs = inputs(&organisation, hash_key);
        let names = move |seq: u32| source_id(&lookup, seq);
        let fields = catalogue::build(&organisation);
        let random = SystemRandom::new();
        let core = Core {
            grammar: RwLock::new(Arc::new(Grammar::new(&fields))),
            catalogue: RwLock::new(Arc::new(fields)),
            organisation: RwLock::new(Arc::new(organisation)),
            organisation_version: Mutex::new(version),
            directory: Directory::new(hash_key),
            living: Living::new(inputs, Arc::new(names)),
            corrections: Mutex::default(),
            feed: Feed::new(),
            shelf: Arc::default(),
            live: Live::new(),
            tallies: Tallies::default(),
            measured: Kept::default(),
            totals: Kept::default(),
            ended: Ended::default(),
            hashing: Semaphore::new(2),
            ledger_seen: Mutex::new(0),
            archive: OnceLock::new(),
            providers: OnceLock::new(),
            outward: Outward::new(&uuid_v7(0, random_bytes(&random)?)),
            documents: tokio::sync::Mutex::default(),
            likeness: Likeness::default(),
            scan: Scan::default(),
            screening: Screening::default(),
            imports: Mutex::default(),
            watch: Watch::default(),
            credit: Office::default(),
            cards: Cards::default(),
            bulk: Jobs::default(),
            node: uuid_v7(0, random_bytes(&random)?).to_string(),
            trail: Trail::new(uuid_v7(0, random_bytes(&random)?)),
            tiles: Mutex::default(),
            random,
            store,
            behind_ms: AtomicI64::new(i64::try_from(settings.behind.as_millis()).unwrap_or_default()),
            settings,
        };
        let engine = Self { core: Arc::new(core) };
        engine.load_directory()?;
        let follower = engine.clone();
        engine.store().read_blocking(move |reader| follower.follow_cards(reader))?;
        engine.directory().set_day(engine.organisation().day);
        engine.load_profile()?;
        Ok(engine)
    }

    /// The store below.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.core.store
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// Does not keep the engine alive.
    pub(crate) fn downgrade(&self) -> std::sync::Weak<Core> {
        Arc::downgrade(&self.core)
    }

    pub(crate) fn from_core(core: Arc<Core>) -> Self {
        Self { core }
    }

    pub(crate) fn settings(&self) -> Settings {
        self.core.settings
    }

    pub(crate) fn random(&self) -> &SystemRandom {
        &self.core.random
    }

    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.core.hashing
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.core.directory
    }

    pub(crate) fn living(&self) -> &Living {
        &self.core.living
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let behind = SignedDuration::from_millis(self.core.behind_ms.load(Ordering::Relaxed));
        Timestamp::now().saturating_sub(behind).unwrap_or(Timestamp::MIN)
    }

    /// Moves a clock that is behind on to an instant; never back, and never past the time. A company that is made up
    /// lives through its last days while it is made.
    pub fn move_clock(&self, to: Timestamp) {
        let behind_ms = Timestamp::now().as_millisecond().saturating_sub(to.as_millisecond()).max(0);
        self.core.behind_ms.fetch_min(behind_ms, Ordering::Relaxed);
    }

    /// A new identifier.
    ///
    /// # Errors
    /// [`Fault`] when no randomness can be had.
    pub fn new_uuid(&self) -> Result<Uuid, Fault> {
        let ms = u64::try_from(self.now().as_millisecond()).unwrap_or_default();
        Ok(uuid_v7(ms, random_bytes(&self.core.random)?))
    }

    /// Today in a zone, or the day that the settings stand on.
    pub(crate) fn today_in(&self, zone: &str) -> Date {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        self.core.settings.today.unwrap_or_else(|| self.now().to_zoned(zone).date())
    }

    /// The fields that can be asked for.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.core.catalogue.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The words that questions may use: made once for a catalogue.
    pub(crate) fn grammar(&self) -> Arc<Grammar> {
        Arc::clone(&self.core.grammar.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Minor units of the organisation's currency at today's rate; none without one.
    pub(crate) fn in_home_currency(&self, amount: Money) -> Option<i64> {
        let organisation = self.organisation();
        organisation.convert(amount, organisation.currency?, self.day()).map(|money| money.minor)
    }

    /// The organisation's currency; only before it is founded is there none, and US dollars stand in.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.organisation().currency
    }

    /// The touchpoint position up to which the profile is folded.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.core.feed.folded()
    }

    /// Last positions of the ledger and of the touchpoint log.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn heads(&self) -> Result<(u64, u64), Fault> {
        let heads = self.core.store.read(|reader| reader.heads()).await?;
        Ok((heads.ledger, heads.touchpoint))
    }

    /// Whether the store still writes.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.core.store.is_writing()
    }

    /// Bytes that the living profile uses.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.core.living.memory_bytes()
    }

    /// Waits, a second at most, until the profile is folded up to a position; says whether it is.
    pub async fn wait_for(&self, position: u64) -> bool {
        let mut folded: watch::Receiver<u64> = self.core.feed.watch();
        let arrived = folded.wait_for(|at| *at >= position);
        tokio::time::timeout(Duration::from_secs(1), arrived).await.is_ok_and(|seen| seen.is_ok())
    }

    /// The day on which every window ends.
    #[must_use]
    pub fn day(&self) -> Date {
        date_of(self.core.living.day().into())
    }

    /// What is needed to read touchpoints.
    pub(crate) fn fact_context(&self) -> FactContext {
        fact_context(&self.organisation(), pseudonym_key(&self.core.store))
    }

    /// All inputs of the profile but facts and master fields.
    pub(crate) fn inputs(&self) -> Inputs {
        inputs(&self.organisation(), pseudonym_key(&self.core.store))
    }

    /// Reads the names of the users again.
    pub(crate) async fn show_users(&self) -> Result<(), Fault> {
        let users = self.store().read(all_users).await?;
        self.name_users(&users);
        Ok(())
    }

    fn name_users(&self, users: &[kith_domain::user::User]) {
        let names: HashMap<String, String> =
            users.iter().filter_map(|user| Some((user.id.to_string(), user.name.get()?.clone()))).collect();
        self.core.directory.name_users(names);
    }

    fn show_document(&self, document: Document) -> Result<(), Fault> {
        let account = crate::noun::read::<Account>(document)?;
        if account.state.deleted_at.is_some() {
            self.forget_keys(&account.state)?;
        }
        if let Some(row) = account.row {
            // Nothing is folded yet: what moved is folded where it belongs.
            drop(self.show_account(row, account.version, &account.state));
        }
        Ok(())
    }

    fn load_contracts(&self) -> Result<(), Fault> {
        for state in ["signed", "active", "expiring"] {
            let found = self.store().read_blocking(move |reader| {
                reader.list(Noun::Contract, &[("state", state.into())], None, u32::MAX)
            })?;
            for document in found {
                let contract = crate::noun::read::<Contract>(document)?;
                self.directory().note_contract(&contract.id, Agreed::of(&contract.state));
            }
        }
        Ok(())
    }

    fn load_directory(&self) -> Result<(), Fault> {
        let users = self.store().read_blocking(all_users)?;
        self.name_users(&users);
        let mut last_days: BTreeMap<AccountId, Vec<i64>> = BTreeMap::new();
        for (account, day) in self.store().read_blocking(|reader| reader.document_expiries(NEVER))? {
            if let Ok(account) = account.parse() {
                last_days.entry(account).or_default().push(day);
            }
        }
        for (account, days) in last_days {
            self.directory().note_documents(account, days);
        }
        self.load_contracts()?;
        // One thread reads and opens, another one decodes and shows.
        let (sender, receiver) = mpsc::sync_channel::<Document>(4_096);
        let engine = self.clone();
        let showing =
            std::thread::spawn(move || receiver.into_iter().try_for_each(|one| engine.show_document(one)));
        let seen = self.store().read_blocking(move |reader| {
            let seen = reader.heads()?.ledger;
            reader.each_account(0, &mut |document| sender.send(document).map_err(|_| Fault::Stopped))?;
            Ok(seen)
        });
        showing.join().map_err(|_| Fault::Panicked)??;
        let seen = seen?;
        *self.core.ledger_seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        Ok(())
    }

    /// The row and id of an account named by `acc_…` or by its number.
    pub(crate) fn find_account(&self, name: &str) -> Option<(u32, AccountId)> {
        let row = match name.parse::<AccountId>() {
            Ok(id) => self.core.directory.row(id)?,
            Err(_) => self.core.directory.row_of_number(name)?,
        };
        self.core.directory.read().entry(row).map(|entry| (row, entry.id))
    }

    /// Finishes what is under way: folds what is stored, writes a checkpoint, closes the store.
    pub fn close(&self) {
        self.core.feed.stop();
        if let Err(fault) = self.write_trail_blocking() {
            tracing::warn!(%fault, "what was read last could not be noted");
        }
        if !self.core.settings.no_checkpoints
            && let Err(fault) = self.checkpoint()
        {
            tracing::warn!(%fault, "no checkpoint was written; the next start replays more of the log");
        }
        self.core.store.close();
    }
}

/// Keys all pseudonyms of the profile; never changes, so that a rebuild is identical.
pub(crate) fn pseudonym_key(store: &Store) -> [u8; 16] {
    let digest = store.secrets().lookup_digest("pseudonym", "profile");
    let mut key = [0; 16];
    key.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
    key
}

/// The source and id of a touchpoint; asked only to order two facts of the very same millisecond.
pub(crate) fn source_id(store: &Store, seq: u32) -> (String, String) {
    let found = store.read_blocking(move |reader| reader.touchpoint(seq.into()));
    match found {
        Ok(Some(touchpoint)) => (touchpoint.stored.source, touchpoint.stored.id),
        Ok(None) | Err(_) => (String::new(), seq.to_string()),
    }
}
