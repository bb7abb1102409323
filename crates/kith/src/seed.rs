//! Seeding the demo company through the front door: people, accounts that people propose and approve,
//! touchpoints, and everything that people do with them in the last days: a file for each noun.

mod account;
mod alert;
mod book;
mod care;
mod contract;
mod desk;
mod duplicate;
mod family;
mod hold;
mod import;
mod intake;
mod onboarding;
mod order;
mod paper;
mod people;
mod risk;
mod screening;
mod stage;
mod view;
mod work;

use axum::body::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use kith_api::request::{RateInput, RatesLoad};
use kith_engine::{Engine, Founding, Settings, Unfounded, found};
use kith_store::Location;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::demo::{self, Organisation, Touchpoints};
use crate::door::{Call, Door, Local};
use crate::failure::Failure;
use crate::{progress, random};

use people::People;
use stage::{Calendar, Stage};

/// Touchpoints in one request.
const BATCH: usize = 2_000;
/// Hour (UTC) of the founding.
const FOUNDED_AT: i64 = 7;
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
    /// The day of the demo: its history ends before it.
    pub(crate) today: Date,
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

/// Makes the demo company at a place that has no organisation yet: it is founded a few business days ago, takes its customers over,
/// and works with them until now.
pub(crate) async fn seed(location: &Location, plan: Plan) -> Result<(Engine, Seeded), Failure> {
    let made =
        tokio::task::spawn_blocking(move || demo::company_of(plan.seed, plan.today, plan.accounts)).await;
    let mut company = made.map_err(|error| Failure::Here(format!("the demo company: {error}")))?;
    let password = random::word::<10>()?;
    let calendar = Calendar::before(plan.today);
    let behind = Timestamp::now().duration_since(calendar.hour(0, FOUNDED_AT));
    let settings = Settings { behind, ..plan.settings };
    let founding = founding(&company.organisation, &company.users, &password)?;
    let (engine, founded) = found(location, founding, settings).await.map_err(|why| match why {
        Unfounded::Refused(refusal) => Failure::from(kith_api::problem::Problem::from(refusal)),
        Unfounded::Fault(fault) => Failure::store(location.dir(), &fault),
    })?;
    let local = Local::new(engine.clone(), None);
    let people = People::add(&local, &company.users, founded.user_id, &password).await?;
    let door = Door::Local(local.clone());
    rates(&door, &company.organisation).await?;
    care::prepare(&door, &people, plan.today).await?;
    let (accounts, touchpoints) = (company.accounts.len(), company.touchpoints.len());
    let bodies = company.accounts.into_iter().zip(company.stories).collect();
    let created = account::create(&local, &people, bodies).await?;
    let stage = Stage { local, people, created, calendar };
    days(&stage, &door, &mut company.touchpoints).await?;
    let seeded = Seeded {
        organisation: company.organisation.name.to_owned(),
        seed: plan.seed,
        today: plan.today,
        accounts,
        touchpoints,
        token: founded.token,
        password,
        people: stage.people.list(),
    };
    // Served only once the profile stands where the log does: the first question finds everything.
    let (_, touchpoints) = engine.heads().await?;
    while !engine.wait_for(touchpoints).await {}
    Ok((engine, seeded))
}

/// The days from the first one to now, each with what came in before it and what people do on it.
async fn days(stage: &Stage, door: &Door, touchpoints: &mut Touchpoints) -> Result<(), Failure> {
    record(door, touchpoints.before(stage.calendar.date(0))).await?;
    view::save(stage).await?;
    family::groups(stage).await?;
    risk::record(stage).await?;
    work::reviews(stage).await?;
    contract::templates(stage).await?;
    contract::in_force(stage).await?;

    stage.go_to(paper::BROUGHT, 13).await?;
    record(door, touchpoints.before(stage.calendar.date(paper::BROUGHT))).await?;
    screening::in_force(stage).await?;
    onboarding::first(stage).await?;
    paper::file(stage).await?;
    hold::place(stage).await?;
    desk::decided(stage).await?;
    stage.evening().await?;

    stage.go_to(2, 14).await?;
    record(door, touchpoints.before(stage.calendar.date(2))).await?;
    screening::dispositions(stage).await?;
    import::done(stage).await?;
    let prospect = duplicate::enter_twice(stage).await?;
    risk::review(stage).await?;
    work::delegate(stage).await?;
    onboarding::between(stage).await?;
    stage.evening().await?;

    stage.go_to(3, 13).await?;
    record(door, touchpoints.before(stage.calendar.date(3))).await?;
    onboarding::second(stage).await?;
    duplicate::decide(stage, prospect.as_deref()).await?;
    intake::surprise(stage, 0).await?;
    contract::under_way(stage).await?;
    work::notes(stage).await?;
    work::tasks(stage).await?;
    work::let_go(stage).await?;
    stage.evening().await?;
    alert::label(stage).await?;

    stage.go_to_before_now(2).await?;
    let applied = onboarding::third(stage).await?;
    stage.go_to_now().await?;
    record(door, touchpoints.before(stage.calendar.today)).await?;
    onboarding::fourth(stage, &applied).await?;
    today(stage).await
}

/// What is on the desks on the day of the demo.
async fn today(stage: &Stage) -> Result<(), Failure> {
    intake::hold(stage).await?;
    intake::decide(stage).await?;
    order::place(stage).await?;
    order::reserve(stage).await?;
    import::half_way(stage).await?;
    hold::lift(stage).await?;
    desk::leave_waiting(stage).await?;
    book::reconcile(stage).await?;
    intake::surprise(stage, 1).await?;
    stage.evening().await
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
        source: "demo".to_owned(),
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
