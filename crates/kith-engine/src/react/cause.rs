//! Credit holds for what an account did or what is said of it (D§3.3): payments that came back, broken promises, a bureau's
//! word that fell, insolvency. Over a limit and far past due are the teller's (`credit/hold.rs`).

use kith_domain::access::Role;
use kith_domain::account::{Account, Cause, Command as AccountCommand, Conduct, HoldDraft, Stage, causes};
use kith_domain::value::HoldId;
use kith_store::Fault;

use super::{act, remember, said, told};
use crate::execute::Walk;
use crate::noun::{Loaded, load};

/// Whether a rule has something new to say of an account.
pub(crate) fn has_news(account: &Account, conduct: &Conduct) -> bool {
    let lives = matches!(account.stage, Stage::Active | Stage::Probation);
    lives
        && causes(conduct).iter().any(|cause| {
            let gone =
                cause.level == 0 && cause.clears_by_itself && account.hold_of(cause.rule, None).is_some();
            cause.level != account.condition(cause.rule) || gone
        })
}

/// Places and releases what the causes ask for.
pub(super) fn tend(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    conduct: &Conduct,
) -> Result<(), Fault> {
    let account = &loaded.state;
    for cause in causes(conduct) {
        let known = account.condition(cause.rule);
        // In probation a payment that came back suspends: the rule of probation does that.
        let suspends = cause.suspends_in_probation && account.stage == Stage::Probation;
        if cause.level > known && !suspends {
            place(walk, account, &cause)?;
        }
        if cause.level == 0
            && cause.clears_by_itself
            && let Some(hold) = account.hold_of(cause.rule, None)
        {
            let reason = said(account, "Its cause is gone.");
            act(walk, &loaded.id, AccountCommand::ReleaseHold { id: hold.id, kind: hold.kind, reason })?;
            told(walk, account, &[], format!("A hold on {} is released: its cause is gone.", account.name))?;
        }
        if cause.level != known {
            remember(walk, &loaded.id, cause.rule, cause.level)?;
        }
    }
    Ok(())
}

fn place(walk: &mut Walk<'_, '_>, account: &Account, cause: &Cause) -> Result<(), Fault> {
    let hold = HoldDraft {
        cause: Some(cause.rule.to_owned()),
        release_rule: Some(cause.release_rule.to_owned()),
        ..HoldDraft::new(HoldId(walk.engine.new_uuid()?), cause.kind, said(account, cause.reason.clone()))
    };
    let id = account.id.to_string();
    if act(walk, &id, AccountCommand::PlaceHold { hold: Box::new(hold) })? {
        let account = load::<Account>(walk.unit, &id)?.state;
        let text = format!("{} is held: {} {}", account.name, cause.reason, cause.release_rule);
        told(walk, &account, &[Role::ArManager], text)?;
    }
    Ok(())
}
