//! Seeding the demo company through the front door: people, accounts that people propose and approve,
//! touchpoints, views, and a few changes left waiting.

mod account;
mod care;
mod desk;
mod people;

use axum::body::Bytes;
use jiff::civil::Date;
use kith_api::request::{RateInput, RatesLoad, ViewSave};
use kith_engine::{Engine, Founding, Settings, Unfounded, found};
use kith_store::Location;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::demo::{self, Organisation, Touchpoints};
use crate::door::{Call, Door, Local};
use crate::failure::Failure;
use crate::{progress, random};

use people::People;

/// Touchpoints in one request.
const BATCH: usize = 2_000;
const MEDIA: &str = "application/cloudevents-batch+json";

/// Somebody who can sign in to the demo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: Vec<String>,
}

/// What the reader of the demo needs; kept beside the data so that the next start can say it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Seeded {
    pub(crate) organisation: String,
    pub(crate) seed: u64,
    pub(crate) accounts: usize,
    pub(crate) touchpoints: usize,
    pub(crate) token: String,
    pub(crate) password: String,
    pub(crate) people: Vec<Person>,
}

/// What to seed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) accounts: usize,
    pub(crate) today: Date,
    pub(crate) settings: Settings,
}

/// Makes the demo company at a place that has no organisation yet.
pub(crate) async fn seed(location: &Location, plan: Plan) -> Result<(Engine, Seeded), Failure> {
    let made =
        tokio::task::spawn_blocking(move || demo::company_of(plan.seed, plan.today, plan.accounts)).await;
    let company = made.map_err(|error| Failure::Here(format!("the demo company: {error}")))?;
    let password = random::word::<10>()?;
    let founding = founding(&company.organisation, &company.users, &password)?;
    let (engine, founded) = found(location, founding, plan.settings).await.map_err(|why| match why {
        Unfounded::Refused(refusal) => Failure::from(kith_api::problem::Problem::from(refusal)),
        Unfounded::Fault(fault) => Failure::store(location.dir(), &fault),
    })?;
    let local = Local::new(engine.clone(), None);
    let people = People::add(&local, &company.users, founded.user_id, &password).await?;
    let door = Door::Local(local.clone());
    rates(&door, &company.organisation).await?;
    care::prepare(&door, &people).await?;
    let accounts = company.accounts.len();
    let created = account::create(&local, &people, company.accounts).await?;
    let touchpoints = company.touchpoints.len();
    record(&door, company.touchpoints).await?;
    views(&local, &people).await?;
    desk::leave_waiting(&local, &people, &created).await?;
    let seeded = Seeded {
        organisation: company.organisation.name.to_owned(),
        seed: plan.seed,
        accounts,
        touchpoints,
        token: founded.token,
        password,
        people: people.list(),
    };
    // Served only once the profile stands where the log does: the first question finds everything.
    let (_, touchpoints) = engine.heads().await?;
    while !engine.wait_for(touchpoints).await {}
    Ok((engine, seeded))
}

fn founding(organisation: &Organisation, users: &[demo::User], password: &str) -> Result<Founding, Failure> {
    let unfit = || Failure::Here("the demo company has a code that is none".to_owned());
    let admin =
        users.iter().find(|user| user.roles.iter().any(|role| role.role == "admin")).ok_or_else(unfit)?;
    let entities = organisation.entities.iter().map(|entity| {
        Ok(kith_domain::organisation::LegalEntity {
            code: entity.code.parse().map_err(|_| unfit())?,
            name: entity.name.to_owned(),
            currency: entity.currency.parse().map_err(|_| unfit())?,
            timezone: entity.timezone.to_owned(),
        })
    });
    Ok(Founding {
        name: organisation.name.to_owned(),
        currency: organisation.currency.parse().map_err(|_| unfit())?,
        timezone: organisation.timezone.to_owned(),
        entities: entities.collect::<Result<_, Failure>>()?,
        admin_name: admin.name.to_owned(),
        admin_email: admin.email.clone(),
        admin_password: Some(password.to_owned()),
    })
}

async fn rates(door: &Door, organisation: &Organisation) -> Result<(), Failure> {
    let rates = organisation.rates.iter().map(|rate| RateInput {
        base: rate.base.to_owned(),
        quote: rate.quote.to_owned(),
        day: rate.day.to_string(),
        rate: rate.rate.clone(),
        source: Some("demo".to_owned()),
    });
    door.call(Call::to("rates_load").json(&RatesLoad { rates: rates.collect() })?).await.map(drop)
}

/// Brings what happened, in its order.
async fn record(door: &Door, touchpoints: Touchpoints) -> Result<(), Failure> {
    let bar = progress::bar(u64::try_from(touchpoints.len()).ok(), "touchpoints");
    let (sender, mut batches) = tokio::sync::mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut touchpoints = touchpoints.peekable();
        while touchpoints.peek().is_some() {
            let batch: Vec<Value> = touchpoints.by_ref().take(BATCH).collect();
            let count = batch.len();
            // The receiver goes away when a batch was refused: the rest is not wanted.
            if sender.blocking_send((count, Value::Array(batch).to_string())).is_err() {
                break;
            }
        }
    });
    while let Some((count, body)) = batches.recv().await {
        let call = Call::to("touchpoint_record").bytes(MEDIA, Bytes::from(body));
        let reply: kith_api::view::TouchpointReply = door.call_again(call).await?.json()?;
        if let Some(held) = reply.quarantined.first() {
            return Err(Failure::Here(format!(
                "a touchpoint of the demo is at fault: {} {}",
                held.pointer, held.detail
            )));
        }
        bar.inc(u64::try_from(count).unwrap_or_default());
    }
    bar.finish_and_clear();
    Ok(())
}

/// Name, filter, sort.
const VIEWS: &[(&str, &str, &str)] = &[
    (
        "Premium, slipping",
        "tier == \"premium\" && order_trend_label_90d == \"declining\" && service_issues_30d > 0",
        "health",
    ),
    ("Large and overdue", "overdue_balance > 0", "-overdue_balance"),
    ("Silent for 60 days", "days_since_last_order >= 60", "-days_since_last_order"),
];

async fn views(local: &Local, people: &People) -> Result<(), Failure> {
    let manager = Door::Local(local.of(people.with_role("manager")?));
    for (name, filter, sort) in VIEWS {
        let view = ViewSave {
            name: (*name).to_owned(),
            shared: true,
            filter: (*filter).to_owned(),
            sort: (*sort).to_owned(),
            pinned: true,
            ..ViewSave::default()
        };
        manager.call(Call::to("view_save").json(&view)?).await?;
    }
    Ok(())
}
