//! The risk class of an account, for whoever decides by it: credit, the moves of a life, and the columns of lists.

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use kith_domain::account::Account;
use kith_domain::risk::Risk;
use kith_risk::RiskClass;
use kith_store::{Fault, Reader};

use super::inputs::Known;
use crate::engine::{Engine, profile_day};
use crate::noun::load;
use crate::scorecard::Active;

/// Days back at which a class is compared with today's (D§2.2).
const COMPARED_DAYS: [u16; 3] = [30, 20, 10];
/// Notches by which a class must be worse to count.
const WORSE_NOTCHES: i8 = 2;

/// How often the look at everybody pauses, and for how long.
const PAUSE_EVERY: usize = 100;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(10);

impl Engine {
    /// The class of an account after what a person says of it. Nothing where it never paid and neither a bureau nor its
    /// books tell anything: who is not known is not judged.
    pub(crate) fn risk_class(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
    ) -> Result<Option<RiskClass>, Fault> {
        Ok(self.risk_of(reader, row, account)?.map(|(_, class)| class))
    }

    /// The same for a sitting of the credit desk, which follows the policy itself.
    pub(crate) fn risk_class_by_policy(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
    ) -> Result<Option<RiskClass>, Fault> {
        let risk = load::<Risk>(reader, &account.id.to_string())?.state;
        Ok(self.judged(row, account, risk, 0, self.card_now())?.map(|(_, class)| class))
    }

    /// Score and class of an account, by the same rule.
    pub(crate) fn risk_of(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
    ) -> Result<Option<(f32, RiskClass)>, Fault> {
        self.follow_cards(reader)?;
        let risk = load::<Risk>(reader, &account.id.to_string())?.state;
        self.judged(row, account, risk, 0, self.card_now())
    }

    /// The same so many days ago, with all that is known today of the time until then.
    #[expect(clippy::cast_possible_truncation, reason = "a score of 0 to 100")]
    fn judged(
        &self,
        row: u32,
        account: &Account,
        risk: Risk,
        back: u16,
        card: Option<Arc<Active>>,
    ) -> Result<Option<(f32, RiskClass)>, Fault> {
        let known = self.known_on(row, account, risk, back)?;
        if known.history.paid_months == 0 && known.risk.bureau.is_none() && known.risk.books.is_none() {
            return Ok(None);
        }
        let (assessment, class) = Known { card, ..known }.assess();
        Ok(Some((assessment.score() as f32, class)))
    }

    /// What was known of an account so many days ago, with all that is known today of the time until then; by the expert
    /// card.
    pub(super) fn known_on(
        &self,
        row: u32,
        account: &Account,
        risk: Risk,
        back: u16,
    ) -> Result<Known, Fault> {
        let day = self.day().saturating_sub(jiff::Span::new().days(back));
        let risk = if back == 0 { risk } else { risk_on(risk, day) };
        let history = self.living().credit_history_on(row, None, profile_day(day)).unwrap_or_default();
        let organisation = self.organisation();
        let currency =
            organisation.currency.ok_or_else(|| Fault::corrupt("an organisation without a currency"))?;
        let limit = account.credit_limit.and_then(|limit| organisation.convert(limit, currency, day));
        let now = self.now().saturating_sub(SignedDuration::from_hours(24 * i64::from(back)));
        let now = now.unwrap_or_else(|_| self.now());
        let account = account.clone();
        Ok(Known { account, risk, history, limit, currency, day, now, limits: Vec::new(), card: None })
    }

    /// The class of an account on an earlier day, with all that is known today of the time until then, by the card that
    /// was in force at the end of it.
    pub(crate) fn class_on(
        &self,
        row: u32,
        account: &Account,
        risk: Risk,
        day: Date,
    ) -> Result<Option<RiskClass>, Fault> {
        let back = profile_day(self.day()).saturating_sub(profile_day(day));
        let end = self.now().saturating_sub(SignedDuration::from_hours(24 * i64::from(back)));
        let card = end.ok().and_then(|end| self.card_at(end));
        Ok(self.judged(row, account, risk, back, card)?.map(|(_, class)| class))
    }

    /// By how many notches the class of an account is worse than at its best in the last 30 days, where that is grave.
    pub(crate) fn worsened(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
    ) -> Result<Option<(RiskClass, RiskClass)>, Fault> {
        let risk = load::<Risk>(reader, &account.id.to_string())?.state;
        self.follow_cards(reader)?;
        // Compared by one card: another card alone makes nobody worse.
        let card = self.card_now();
        let Some((_, now)) = self.judged(row, account, risk.clone(), 0, card.clone())? else {
            return Ok(None);
        };
        // Two notches below A is C: who is better than that fell from nowhere.
        if now < RiskClass::C {
            return Ok(None);
        }
        let mut best: Option<RiskClass> = None;
        // What a bureau said between the days that are looked at is looked at, too.
        let today = profile_day(self.day());
        let reported = risk.bureau.iter().chain(&risk.earlier).map(|report| profile_day(report.reported_on));
        let reported: Vec<u16> = reported.filter_map(|day| today.checked_sub(day)).collect();
        let backs = reported.into_iter().filter(|back| (1..=COMPARED_DAYS[0]).contains(back));
        for back in COMPARED_DAYS.into_iter().chain(backs) {
            let then = self.judged(row, account, risk.clone(), back, card.clone())?.map(|(_, class)| class);
            best = [best, then].into_iter().flatten().min();
        }
        Ok(best.filter(|best| now.notches_below(*best) >= WORSE_NOTCHES).map(|best| (best, now)))
    }

    /// Shows score and class of a row in the columns of lists.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub(crate) async fn show_risk(&self, row: u32) -> Result<(), Fault> {
        let Some(id) = self.directory().read().entry(row).map(|entry| entry.id) else { return Ok(()) };
        let engine = self.clone();
        let risk = self
            .store()
            .read(move |reader| {
                let account = load::<Account>(reader, &id.to_string())?.state;
                engine.risk_of(reader, row, &account)
            })
            .await?;
        self.directory().note_risk(id, risk);
        Ok(())
    }

    /// Shows score and class of everybody again, beside everything else.
    pub(crate) fn start_scoring(&self) {
        let engine = self.clone();
        tokio::spawn(async move {
            if let Err(fault) = engine.show_risks().await {
                tracing::warn!(%fault, "score and class could not be shown by another scorecard");
            }
        });
    }

    /// Shows score and class of everybody: at the start, and as the days go by.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn show_risks(&self) -> Result<(), Fault> {
        let rows: Vec<u32> = self.directory().read().rows().map(|(row, _)| row).collect();
        for (place, row) in rows.into_iter().enumerate() {
            self.show_risk(row).await?;
            if place % PAUSE_EVERY == PAUSE_EVERY - 1 {
                // Nobody waits for this: whoever asks something comes first.
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(())
    }
}

/// What was known of a risk on an earlier day, as far as it can be told.
pub(super) fn risk_on(risk: Risk, day: Date) -> Risk {
    let set_on = |at: jiff::Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
    Risk {
        bureau: risk.bureau_on(day).cloned(),
        books: risk.books.filter(|books| books.statement_on <= day),
        class_override: risk.class_override.filter(|moved| set_on(moved.set_at) <= day),
        ..Risk::default()
    }
}
