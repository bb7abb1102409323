//! What the commands of an account's life must know of other accounts, read in the same transaction.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kith_domain::access::Grant;
use kith_domain::account::{Account, Command, Conduct, Facts, KinFacts, Other, Provenance, Standing};
use kith_domain::risk::Risk;
use kith_domain::value::{AccountId, Money};
use kith_risk::RiskClass;
use kith_store::{Fault, Reader};
use serde_json::Value;

use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::{Loaded, load};

/// Accounts met on the way up at most: far more than any hierarchy has levels.
const CLIMB_MAX: usize = 2_000;

/// Records of one account that its fields' origin is looked up in.
const RECORDS: u32 = 1_000;

/// Adds to the facts what this command needs. While it is `asked`, accounts that the caller may not know of are not found;
/// once it is approved that was settled.
pub(crate) fn complete(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    command: &Command,
    facts: &mut Facts,
    asked: bool,
) -> Result<(), Fault> {
    match command {
        Command::Create { .. } | Command::Update { .. } => {
            // What an account that was merged into this one has is not another's.
            for holder in facts.taken.values_mut() {
                *holder = survivor_of(walk.unit, *holder)?.state.id;
            }
        }
        Command::Deactivate { .. } | Command::Delete { .. } => facts.standing = standing(walk, loaded)?,
        Command::Admit { .. } => {
            facts.steps_open = crate::onboarding::steps_open(walk.unit, loaded.state.id)?;
        }
        Command::Activate { .. } => {
            facts.conduct = conduct(walk.engine, walk.unit, loaded)?;
        }
        Command::Merge { loser, .. } | Command::Unmerge { loser, .. } => {
            let other = load::<Account>(walk.unit, &loser.to_string())?;
            if seen(walk, &other.state, Grant::AccountsWrite, asked) {
                facts.other = Some(Box::new(other_of(walk, loaded, other)?));
            }
        }
        Command::SetParent { parent: Some(parent), valid_from, .. } => {
            facts.kin = kin(walk, loaded, *parent, *valid_from, asked)?;
        }
        Command::Relate { relationship } => {
            let other = load::<Account>(walk.unit, &relationship.to.to_string())?;
            facts.related_found = seen(walk, &other.state, Grant::AccountsRead, asked);
        }
        _ => {}
    }
    Ok(())
}

/// Whether an account is there for this caller.
fn seen(walk: &Walk<'_, '_>, account: &Account, grant: Grant, asked: bool) -> bool {
    let there = account.exists() && account.deleted_at.is_none();
    there && (!asked || walk.caller.principal.may(grant, Some(&account.owning_entity)))
}

/// How an account pays and buys, with its class of risk.
pub(crate) fn conduct(
    engine: &Engine,
    reader: &mut Reader<'_>,
    loaded: &Loaded<Account>,
) -> Result<Conduct, Fault> {
    let conduct = behaviour(engine, reader, loaded)?;
    let Some(row) = loaded.row else { return Ok(conduct) };
    let risk_class = engine.risk_class(reader, row, &loaded.state)?.map(RiskClass::letter);
    Ok(Conduct { risk_class, ..conduct })
}

/// How an account pays and what is said of it; its class is not looked at.
pub(crate) fn behaviour(
    engine: &Engine,
    reader: &mut Reader<'_>,
    loaded: &Loaded<Account>,
) -> Result<Conduct, Fault> {
    let Some(row) = loaded.row else { return Ok(Conduct::default()) };
    let payer = engine.living().payer(row);
    let risk = load::<Risk>(reader, &loaded.id)?.state;
    Ok(Conduct {
        paid: payer.paid,
        in_time: payer.in_time,
        late: payer.late,
        latest_days: payer.latest_days,
        returned: payer.returned,
        broken: engine.living().promises(row).broken_90d,
        fell: risk.bureau_fall(engine.day()).map_or(0, |fall| fall.notches()),
        insolvent: risk.bureau.as_ref().is_some_and(|report| report.is_insolvent),
        risk_class: None,
    })
}

/// The account in which another one ended by merging; itself mostly.
pub(crate) fn survivor_of(reader: &mut Reader<'_>, id: AccountId) -> Result<Loaded<Account>, Fault> {
    let mut loaded = load::<Account>(reader, &id.to_string())?;
    for _ in 0..CLIMB_MAX {
        let Some(merged) = &loaded.state.merged_into else { break };
        loaded = load::<Account>(reader, &merged.survivor.to_string())?;
    }
    Ok(loaded)
}

/// The accounts that stand for some others, each once.
pub(crate) fn survivors(reader: &mut Reader<'_>, ids: Vec<String>) -> Result<Vec<String>, Fault> {
    let mut found: Vec<String> = Vec::new();
    for id in ids {
        let survivor = match id.parse() {
            Ok(id) => survivor_of(reader, id)?.id,
            Err(_) => id,
        };
        if !found.contains(&survivor) {
            found.push(survivor);
        }
    }
    Ok(found)
}

fn standing(walk: &mut Walk<'_, '_>, loaded: &Loaded<Account>) -> Result<Standing, Fault> {
    let Some(row) = loaded.row else { return Ok(Standing::default()) };
    let open = walk.engine.living().open_business(row);
    let (members, children, related) = {
        let inner = walk.engine.directory().read();
        let children = inner.children_to_come(row, walk.engine.day());
        (inner.members(row), children, inner.related_to(row).len())
    };
    let mut touched = false;
    for member in members {
        touched |= !walk.unit.timeline(member, u64::MAX >> 1, 1)?.is_empty();
    }
    let currency = walk.organisation.currency;
    Ok(Standing {
        open_orders: open.orders,
        open_invoices: open.invoices,
        open_balance: open
            .minor
            .zip(currency)
            .filter(|_| open.invoices > 0)
            .map(|(minor, currency)| Money::new(minor, currency)),
        touched,
        children: u32::try_from(children).unwrap_or(u32::MAX),
        related: u32::try_from(related).unwrap_or(u32::MAX),
    })
}

fn other_of(
    walk: &mut Walk<'_, '_>,
    survivor: &Loaded<Account>,
    other: Loaded<Account>,
) -> Result<Other, Fault> {
    let today = walk.engine.day();
    let above = ancestors(walk.unit, survivor.state.id, today)?;
    let below = ancestors(walk.unit, other.state.id, today)?;
    let far =
        |found: &BTreeMap<AccountId, u32>, id: AccountId| found.get(&id).is_some_and(|level| *level > 1);
    let secrets = walk.engine.store().secrets();
    let mut key_taken = None;
    for key in other.state.keys().into_iter().filter(|key| key.kind.unique()) {
        let digest = crate::facts::key_digest(secrets, &key);
        for holder in walk.unit.account_by_key(key.kind.as_str(), &digest)? {
            let Ok(holder) = holder.parse::<AccountId>() else { continue };
            if holder != other.state.id && holder != survivor.state.id {
                key_taken = Some((key.clone(), holder));
            }
        }
    }
    let limits = survivor.state.credit_limit.zip(other.state.credit_limit);
    let limit_lower = limits.zip(walk.organisation.currency).and_then(|((ours, theirs), home)| {
        let ours = walk.organisation.convert(ours, home, today)?;
        Some(walk.organisation.convert(theirs, home, today)?.minor < ours.minor)
    });
    Ok(Other {
        related_above: far(&above, other.state.id) || far(&below, survivor.state.id),
        survivor: provenance(walk.unit, &survivor.stream())?,
        loser: provenance(walk.unit, &other.stream())?,
        account: other.state,
        limit_lower,
        key_taken,
    })
}

/// Where the fields of an account come from: who put them on record last, and when.
pub(crate) fn provenance(
    reader: &mut Reader<'_>,
    stream: &str,
) -> Result<BTreeMap<String, Provenance>, Fault> {
    let mut fields = BTreeMap::new();
    let mut records = reader.stream_back(stream, u64::MAX >> 1, RECORDS)?;
    records.reverse();
    for record in records {
        let header = record.header;
        let found = Provenance { trust: trust(&header), observed_at: header.at.parse().ok() };
        for kind in ["created", "updated", "merged"] {
            let changes =
                header.body.get(kind).and_then(|body| body.get("changes")).and_then(Value::as_object);
            fields.extend(changes.into_iter().flat_map(|map| map.keys().map(|field| (field.clone(), found))));
        }
    }
    Ok(fields)
}

/// How far a door is trusted (D§4.1): a system of record above a person's entry, a file below it.
fn trust(header: &kith_ledger::Header) -> u8 {
    let actor = header.actor.get("kind").and_then(Value::as_str);
    match (header.channel.as_str(), actor) {
        ("import", _) => 70,
        (_, Some("api_client")) => 95,
        (_, Some("agent")) => 60,
        _ => 80,
    }
}

fn kin(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    parent: AccountId,
    from: Date,
    asked: bool,
) -> Result<KinFacts, Fault> {
    let found = survivor_of(walk.unit, parent)?;
    let may = seen(walk, &found.state, Grant::AccountsRead, asked);
    if !may || found.state.is_dormant() {
        return Ok(KinFacts::default());
    }
    let above = ancestors(walk.unit, found.state.id, from)?;
    let levels = above.values().copied().max().unwrap_or(0);
    let below = match loaded.row {
        Some(row) => {
            let tree = walk.engine.directory().read().tree_of(row, walk.engine.day());
            tree.iter().map(|branch| branch.level).max().unwrap_or(0)
        }
        None => 0,
    };
    Ok(KinFacts {
        parent_found: true,
        cycle: above.contains_key(&loaded.state.id),
        levels_above: levels.saturating_add(1),
        levels_below: below.saturating_add(1),
    })
}

/// An account and all that stand above it on any day from one on, each with the most levels between; what was merged
/// stands for the account it ended in.
fn ancestors(
    reader: &mut Reader<'_>,
    start: AccountId,
    from: Date,
) -> Result<BTreeMap<AccountId, u32>, Fault> {
    let mut found = BTreeMap::new();
    let mut open = vec![(start, from, 0_u32)];
    let mut met = 0_usize;
    while let Some((id, first, level)) = open.pop() {
        met = met.saturating_add(1);
        if met > CLIMB_MAX {
            break;
        }
        let account = survivor_of(reader, id)?.state;
        let most = found.entry(account.id).or_insert(level);
        *most = (*most).max(level);
        for parent in &account.parents {
            if parent.account != account.id && parent.valid_to.is_none_or(|last| last >= first) {
                open.push((parent.account, first.max(parent.valid_from), level.saturating_add(1)));
            }
        }
    }
    Ok(found)
}
