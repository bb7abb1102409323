//! Alerts: found after the commit from what an account did, decided by a person.

mod desk;
mod find;
mod place;
mod tuning;
mod watch;

use std::collections::BTreeSet;

use kith_domain::account::Account;
use kith_domain::alert::{Alert, Command, Finding};
use kith_domain::notification::NotificationKind;
use kith_store::Fault;

use crate::answer::Answer;
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::hook;
use crate::noun::load;
use crate::permit;

pub use desk::AlertRequest;
pub(crate) use watch::{Watched, matters, moves_exposure};

/// Carries out a command on an alert. Whoever may not see the account finds no alert.
pub(crate) fn carry_out(walk: &mut Walk<'_, '_>, id: &str, command: &Command) -> Result<Answer, Fault> {
    let mut loaded = load::<Alert>(walk.unit, id)?;
    let of_account = match command {
        Command::Raise(finding) => Some(finding.account),
        _ => loaded.state.finding.as_ref().map(|finding| finding.account),
    };
    let account = match of_account {
        Some(account) => load::<Account>(walk.unit, &account.to_string())?.state,
        None => Account::default(),
    };
    if of_account.is_some() && !permit::sees(&walk.caller.principal, &account) {
        return Ok(Answer::Refused(permit::missing("alert.not_found", "There is no such alert.")));
    }
    let was_open = loaded.state.finding.is_some() && loaded.state.closed_at.is_none();
    let answer = walk.plain(&mut loaded, &(), command)?;
    let changed = matches!(&answer, Answer::Done(receipt) if receipt.changed);
    if let Some(finding) = loaded.state.finding.as_ref().filter(|_| changed) {
        if matches!(command, Command::Raise(_)) && !was_open {
            tell_manager(walk, &account, finding)?;
        }
        let again = matches!(command, Command::Raise(_)) && was_open;
        if !again {
            hook::tell_of_alert(walk, (&loaded.id, &loaded.state), &account)?;
        }
        walk.effects.push(Effect::Alert {
            id: loaded.id.clone(),
            account: finding.account,
            entity: account.owning_entity.clone(),
            kind: finding.kind,
            severity: finding.severity,
            state: loaded.state.state,
            decided: loaded.state.outcome.is_some(),
        });
    }
    Ok(answer)
}

/// Tells whoever looks after the account.
fn tell_manager(walk: &mut Walk<'_, '_>, account: &Account, finding: &Finding) -> Result<(), Fault> {
    let to: BTreeSet<_> = account.account_manager.into_iter().chain(account.sales_rep).collect();
    let sentence = finding.signs.first().map_or("", |sign| sign.text.as_str());
    let text = format!("{}: {}. {sentence}", account.name, title(finding.kind));
    let about = finding.id.to_string();
    tell(walk, &to, &News { kind: NotificationKind::AlertRaised, text, about: &about })
}

/// A kind in words.
fn title(kind: kith_domain::alert::AlertKind) -> &'static str {
    use kith_domain::alert::AlertKind;
    match kind {
        AlertKind::OverLimit => "over the credit limit",
        AlertKind::UnusualSpending => "unusual spending",
        AlertKind::NewShipTo => "a new ship-to address",
        AlertKind::BustOut => "signs of a bust-out",
        AlertKind::ExposureUnknown => "exposure cannot be said",
    }
}
