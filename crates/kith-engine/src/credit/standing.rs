//! Where an account stands with a legal entity, at the position of a sitting.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use kith_domain::account::Stage;
use kith_domain::credit::{Asked, Book, Buckets, Cap, Convert, Exposure, Overdue, Rated, Standing};
use kith_domain::organisation::{LegalEntity, Organisation};
use kith_domain::value::{AccountId, Currency, EntityCode, Money};
use kith_risk::RiskClass;
use kith_store::{Fault, Noun};

use super::CreditAsk;
use super::desk::Sitting;
use super::known::{Customer, Stamp, Terms, keep};
use super::line::entity_number;
use crate::engine::profile_day;

/// Exchange at the rates of a day.
pub(crate) fn exchange(
    organisation: &Organisation,
    day: Date,
) -> impl Fn(i64, Currency, Currency) -> Rated + '_ {
    move |minor, from, to| organisation.convert(Money::new(minor, from), to, day).map(|money| money.minor)
}

/// Terms under which nothing is shipped before it is paid.
pub(super) fn is_cash(terms: Option<&str>) -> bool {
    terms.is_some_and(|terms| matches!(terms, "COD" | "PREPAID"))
}

impl Sitting<'_, '_> {
    /// The book of a row as of the sitting's position, reservations left out.
    fn book(&mut self, row: u32, owner: u8, day: Date) -> Arc<Book> {
        let living = self.engine.living();
        let today = profile_day(day);
        let stamp =
            |changes: u32| Stamp { of: changes.into(), organisation: self.organisation_version, day: today };
        let now = stamp(living.changes(row));
        if let Some((_, book)) = self.memory.books.get(&row).filter(|(known, _)| *known == now) {
            return Arc::clone(book);
        }
        let (documents, changes) = living.documents(row, self.position, today);
        let convert = exchange(&self.organisation, day);
        let book = Arc::new(Book::of(&documents, owner, &convert));
        if let Some(changes) = changes {
            let stamp = stamp(changes);
            keep(&mut self.memory.books, row, (stamp, Arc::clone(&book)));
        }
        book
    }

    /// The book of an account with its reservations.
    pub(super) fn whole_book(&mut self, customer: &Customer, day: Date) -> Result<Book, Fault> {
        let owner = entity_number(&self.organisation, &customer.account.owning_entity).unwrap_or(1);
        let (documents, now) = (self.book(customer.row, owner, day), self.now);
        let mut book = self.line(customer.account.id)?.whole(&documents, now);
        // Reservations made for what was merged into it count here.
        for loser in customer.account.losers() {
            let row = self.engine.directory().row(loser);
            let holds: Vec<_> = self.line(loser)?.holding(now).copied().collect();
            for mut held in holds {
                if let (false, Some(order), Some(row)) = (book.consumes(&held), held.order, row) {
                    held.order = Some(kith_profile::merged_number(order, row));
                }
                book.hold(&held);
            }
        }
        Ok(book)
    }

    /// What the limit with an entity is.
    fn terms(&mut self, customer: &Customer, entity: &LegalEntity, day: Date) -> Arc<Terms> {
        let key = (customer.account.id, entity.code.clone());
        let stamp =
            Stamp { of: customer.version, organisation: self.organisation_version, day: profile_day(day) };
        if let Some((_, terms)) = self.memory.terms.get(&key).filter(|(known, _)| *known == stamp) {
            return Arc::clone(terms);
        }
        let seen = customer.account.seen_by(entity, &self.organisation, day);
        // What an applicant asks for is granted only with the approvals that take it on.
        let is_granted = customer.account.stage != Stage::Onboarding;
        let limit = seen.account.credit_limit.filter(|_| is_granted);
        let own = entity_number(&self.organisation, &entity.code);
        let shared = seen.limit.shared_by.iter().filter_map(|code| entity_number(&self.organisation, code));
        let mut pool: Vec<u8> = shared.collect();
        if pool.is_empty() {
            pool.extend(own);
        }
        let in_currency = limit
            .and_then(|limit| self.organisation.convert(limit, entity.currency, day))
            .map(|limit| limit.minor);
        let terms = Arc::new(Terms {
            limit: in_currency,
            unrated: is_granted
                && in_currency.is_none()
                && (limit.is_some() || !seen.limit.shared_by.is_empty()),
            pool,
            currency: seen.account.currency,
            cash: is_cash(seen.account.payment_terms.as_deref()),
        });
        keep(&mut self.memory.terms, key, (stamp, Arc::clone(&terms)));
        terms
    }

    /// Where the account stands with the entity; what is asked is given in the currency of each limit.
    pub(super) fn standing(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
        amount: Option<Money>,
    ) -> Result<Standing, Fault> {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let book = self.whole_book(customer, day)?;
        let caps = self.caps(customer, amount, day)?;
        let class = self.class(customer, day)?;
        let shared: Vec<EntityCode> =
            self.sharers(customer, entity).iter().filter_map(|code| code.parse().ok()).collect();
        let age = self.age(&shared)?;
        let convert = exchange(&self.organisation, day);
        let exposure = Exposure::of(
            &book,
            &|number| terms.pool.contains(&number),
            entity.currency,
            profile_day(day),
            &convert,
        );
        let bars = super::act::bars(&customer.account, &entity.code);
        Ok(Standing {
            stage: customer.account.stage,
            suspended: bars.suspended,
            credit_hold: bars.credit_hold,
            watch: bars.watch,
            cash_terms: terms.cash,
            currency: entity.currency,
            limit: terms.limit,
            exposure: exposure.filter(|_| !terms.unrated),
            caps,
            class,
            age_hours: age.map(|(_, hours)| hours),
            current: self.current,
            position: self.position,
            data_as_of: age.map_or(self.now, |(at, _)| at),
            policy_version: self.rules.0,
        })
    }

    /// The letter of the risk class, where something is known.
    fn class(&mut self, customer: &Customer, day: Date) -> Result<Option<char>, Fault> {
        if let Some(class) = self.rated.get(&(customer.row, day)) {
            return Ok(*class);
        }
        let class = self.class_as_told(customer, day)?;
        self.rated.insert((customer.row, day), class);
        Ok(class)
    }

    /// The same, looked up; nothing that a request does changes it.
    fn class_as_told(&mut self, customer: &Customer, day: Date) -> Result<Option<char>, Fault> {
        let id = customer.account.id.to_string();
        let told = match self.prefetched.risks.get(&customer.account.id) {
            Some(version) => *version,
            None => self.unit.document_version(Noun::Risk, &id)?,
        };
        let facts = self.engine.living().changes(customer.row);
        let stamp = [facts.into(), customer.version, told, profile_day(day).into(), self.rules.0];
        if let Some((_, class)) = self.memory.classes.get(&customer.row).filter(|(known, _)| *known == stamp)
        {
            return Ok(*class);
        }
        let class = self.engine.risk_class_by_policy(self.unit, customer.row, &customer.account)?;
        let class = class.map(RiskClass::letter);
        keep(&mut self.memory.classes, customer.row, (stamp, class));
        Ok(class)
    }

    /// The limits of the group, from the account up, with what counts against each.
    fn caps(&mut self, customer: &Customer, amount: Option<Money>, day: Date) -> Result<Vec<Cap>, Fault> {
        let mut caps = Vec::new();
        for above in self.caps_over(customer)? {
            let Some(limit) = above.account.group_credit_limit else { continue };
            let members: Vec<AccountId> = {
                let inner = self.engine.directory().read();
                let tree = inner.tree_of(above.row, self.engine.day());
                tree.iter().filter_map(|branch| inner.entry(branch.row).map(|entry| entry.id)).collect()
            };
            let mut exposure = Some(0_i64);
            for member in members {
                let Some(member) = self.customer(member)? else { continue };
                let book = self.whole_book(&member, day)?;
                let convert = exchange(&self.organisation, day);
                let own = total(&book, limit.currency, day, &convert);
                exposure = exposure.zip(own).map(|(sum, own)| sum.saturating_add(own));
            }
            let amount = match amount {
                None => Some(0),
                Some(amount) => {
                    self.organisation.convert(amount, limit.currency, day).map(|amount| amount.minor)
                }
            };
            caps.push(Cap { limit, exposure, amount });
        }
        Ok(caps)
    }

    /// What is asked, as the table looks at it.
    pub(super) fn asked(&mut self, ask: &CreditAsk, customer: &Customer, entity: &LegalEntity) -> Asked {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let known = [Some(entity.currency), terms.currency];
        Asked {
            amount: self.organisation.convert(ask.amount, entity.currency, day).map(|amount| amount.minor),
            prepaid: ask.prepaid,
            authorised: ask.authorised,
            currency_enabled: known.contains(&Some(ask.amount.currency)),
            anomaly: ask.anomaly,
        }
    }

    /// What counts against the limit with an entity at least where rates are missing, and the currencies without one, that
    /// of the limit among them. Against a limit whose own currency has no rate nothing can be said.
    pub(super) fn without_rates(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
    ) -> Result<(Rated, Vec<Currency>), Fault> {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let book = self.whole_book(customer, day)?;
        let convert = exchange(&self.organisation, day);
        let shares = |number: u8| terms.pool.contains(&number);
        let (least, mut unrated) = Exposure::at_least(&book, &shares, entity.currency, &convert);
        let own = customer.account.overrides.get(&entity.code).and_then(|own| own.credit_limit.as_ref());
        let limit = own.and_then(|own| own.value().copied()).or(customer.account.credit_limit);
        unrated.extend(limit.filter(|_| terms.unrated).map(|limit| limit.currency));
        unrated.sort_unstable();
        unrated.dedup();
        Ok((least.filter(|_| !terms.unrated), unrated))
    }

    /// What is past due with an entity at least where rates are missing.
    pub(super) fn overdue_at_least(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
    ) -> Result<Overdue, Fault> {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let book = self.whole_book(customer, day)?;
        let convert = exchange(&self.organisation, day);
        let shares = |number: u8| terms.pool.contains(&number);
        Ok(Overdue::at_least(&book, &shares, entity.currency, profile_day(day), &convert))
    }

    /// What an account has with one entity alone: buckets, open amounts of its invoices, whether some of it is in another
    /// currency; nothing when a rate is missing.
    pub(super) fn entity_book(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
    ) -> Result<Option<(Buckets, Vec<i64>, bool)>, Fault> {
        let day = self.engine.today_in(&entity.timezone);
        let book = self.whole_book(customer, day)?;
        let number = entity_number(&self.organisation, &entity.code).unwrap_or(0);
        let convert = exchange(&self.organisation, day);
        let only = |found: u8| found == number;
        let exposure = Exposure::of(&book, &only, entity.currency, profile_day(day), &convert);
        let foreign = book.lines().any(|line| only(line.0) && line.1 != entity.currency);
        Ok(exposure.map(|exposure| (exposure.buckets, book.open_invoices(number), foreign)))
    }

    /// What documents alone came to so long ago, against the limit with an entity; nothing when a rate is missing.
    pub(super) fn exposure_before(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
        ago: SignedDuration,
    ) -> Result<Rated, Fault> {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let until = self.now.saturating_sub(ago).unwrap_or(self.now).as_millisecond();
        let documents = self.engine.living().documents_until(customer.row, until, profile_day(day));
        let owner = entity_number(&self.organisation, &customer.account.owning_entity).unwrap_or(1);
        let convert = exchange(&self.organisation, day);
        let book = Book::of(&documents, owner, &convert);
        let shares = |number: u8| terms.pool.contains(&number);
        let exposure = Exposure::of(&book, &shares, entity.currency, profile_day(day), &convert);
        Ok(exposure.map(|exposure| exposure.buckets.exposure()))
    }

    /// The entities that share the limit of the account with this one.
    pub(super) fn sharers(&mut self, customer: &Customer, entity: &LegalEntity) -> Vec<String> {
        let day = self.engine.today_in(&entity.timezone);
        let terms = self.terms(customer, entity, day);
        let shares = |number: &u8| usize::from(*number).checked_sub(1);
        let codes =
            terms.pool.iter().filter_map(shares).filter_map(|place| self.organisation.entities.get(place));
        codes.map(|entity| entity.code.to_string()).collect()
    }

    /// The entity of a code.
    pub(super) fn entity(&self, code: &EntityCode) -> Option<LegalEntity> {
        self.organisation.entity(code).cloned()
    }
}

fn total(book: &Book, currency: Currency, day: Date, convert: Convert<'_>) -> Rated {
    let exposure = Exposure::of(book, &|_| true, currency, profile_day(day), convert)?;
    Some(exposure.buckets.exposure())
}
