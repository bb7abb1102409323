//! Verifying and revoking the tax profiles of an account.

use super::decide::today;
use super::{Account, Event, Facts, refusal};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::tax::{Revocation, TaxProfile, TaxStatus, Verification};
use crate::value::{TaxProfileId, line};

impl Account {
    fn tax_profile(&self, id: TaxProfileId) -> Result<&TaxProfile, Refusal> {
        self.tax_profiles.iter().find(|row| row.id == id).ok_or_else(refusal::tax_profile_not_found)
    }

    /// Four eyes: who brought the profile as it stands does not verify it.
    pub(super) fn verify_tax_profile(
        &self,
        context: &Context,
        facts: &Facts,
        id: TaxProfileId,
    ) -> Result<Vec<Event>, Refusal> {
        let row = self.tax_profile(id)?;
        let on = today(context, facts);
        if matches!(row.status(on), TaxStatus::Expired | TaxStatus::Revoked) {
            return Err(refusal::tax_profile_over());
        }
        if context.actor.user.is_some() && context.actor.user == row.entered_by {
            return Err(refusal::tax_profile_own());
        }
        let verification = Verification { by: context.actor.user, on };
        if row.verified.is_some_and(|known| known.on >= on) {
            return Ok(vec![]);
        }
        Ok(vec![Event::TaxProfileVerified { id, verification, at: context.now }])
    }

    pub(super) fn revoke_tax_profile(
        &self,
        context: &Context,
        facts: &Facts,
        id: TaxProfileId,
        reason: &str,
    ) -> Result<Vec<Event>, Refusal> {
        let row = self.tax_profile(id)?;
        if row.revoked.is_some() {
            return Ok(vec![]);
        }
        let reason = line(reason, 500).map_err(|error| {
            refusal::invalid().with_fields(vec![FieldFault::new("/reason", error.code(), error.to_string())])
        })?;
        let revocation = Revocation { by: context.actor.user, on: today(context, facts), reason };
        Ok(vec![Event::TaxProfileRevoked { id, revocation, at: context.now }])
    }
}
