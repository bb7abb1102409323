//! The organisation: as memory shows it, and as the store holds it.

use std::sync::{Arc, PoisonError};

use kith_domain::organisation::Organisation;
use kith_query::ask::Grammar;
use kith_store::{Fault, Noun, Reader};

use super::inputs::{fact_context, rates};
use super::{profile_day, pseudonym_key};
use crate::catalogue;
use crate::engine::Engine;
use crate::noun::{ORGANISATION, load};

impl Engine {
    /// The organisation as memory holds it.
    #[must_use]
    pub fn organisation(&self) -> Arc<Organisation> {
        Arc::clone(&self.core.organisation.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The organisation as the store holds it. That of memory serves while its version is the same: with the exchange rates of
    /// years, reading it anew takes longer than most commands do.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub(crate) fn organisation_in(&self, reader: &mut Reader<'_>) -> Result<Arc<Organisation>, Fault> {
        self.organisation_at(reader).map(|(_, organisation)| organisation)
    }

    /// The same with its version.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub(crate) fn organisation_at(&self, reader: &mut Reader<'_>) -> Result<(u64, Arc<Organisation>), Fault> {
        let version = reader.document_version(Noun::Organisation, ORGANISATION)?;
        // Whoever shows a newer one holds the lock: nothing is waited for.
        if let Ok(shown) = self.core.organisation_version.try_lock()
            && *shown == version
        {
            return Ok((version, self.organisation()));
        }
        Ok((version, Arc::new(load::<Organisation>(reader, ORGANISATION)?.state)))
    }

    /// Shows the organisation in memory: fields, entities, rates, the day.
    /// An older version than is shown already changes nothing.
    pub(crate) fn show_organisation(&self, version: u64, organisation: Organisation) {
        let mut shown = self.core.organisation_version.lock().unwrap_or_else(PoisonError::into_inner);
        if version < *shown {
            return;
        }
        *shown = version;
        let before = self.organisation();
        let context = fact_context(&organisation, pseudonym_key(&self.core.store));
        let fields = catalogue::build(&organisation);
        let words =
            |of: &Organisation| (of.entities.clone(), of.payment_terms().to_vec(), of.custom_fields.clone());
        if words(&before) != words(&organisation) {
            let grammar = Arc::new(Grammar::new(&fields));
            *self.core.grammar.write().unwrap_or_else(PoisonError::into_inner) = grammar;
        }
        *self.core.catalogue.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fields);
        let organisation = Arc::new(organisation);
        *self.core.organisation.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&organisation);
        if before.entities.len() != organisation.entities.len() || before.currency != organisation.currency {
            self.core.living.set_context(context);
        }
        if before.rates != organisation.rates {
            self.core.living.set_rates(rates(&organisation));
        }
        self.core.directory.set_day(organisation.day);
        if let Some(day) = organisation.day.map(profile_day).filter(|day| *day != self.core.living.day()) {
            self.core.living.tick(day);
        }
        self.core.feed.nudge();
    }
}
