//! The customers: who they are, how they order and pay.

mod site;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::Value;

use super::name;
use super::people::carer;
use super::place::COUNTRIES;
use super::plan::{CAST, INDUSTRIES, PAYERS, Payer, SEGMENTS, SLOW, Segment};
use super::prng::Prng;
use super::story::{Cause, Mood, Story};
use super::tax::tax_id;
use super::{ACCOUNTS, place};

/// Headroom of those who are close to their limit.
pub(super) const CLOSE: i64 = 1_040;

/// A person at a customer.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) title: &'static str,
    pub(super) role: &'static str,
    pub(super) phone: String,
}

/// A customer and its habits.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    pub(super) number: String,
    pub(super) entity: &'static str,
    pub(super) story: Story,
    pub(super) cause: Cause,
    /// The day, counted back from the demo, on which the story begins.
    pub(super) turn: i64,
    pub(super) tier: usize,
    /// Orders in a thousand business days.
    pub(super) order_rate: i64,
    /// Usual order in minor units.
    pub(super) order_value: i64,
    pub(super) terms_days: i64,
    payer: usize,
    industry: usize,
    pub(super) portal_people: u8,
    pub(super) lanes: Vec<String>,
    pub(super) lane_bodies: Vec<Value>,
    pub(super) name: String,
    pub(super) form: &'static str,
    pub(super) slug: String,
    pub(super) country: &'static str,
    pub(super) language: &'static str,
    pub(super) phone: String,
    pub(super) address: Value,
    pub(super) people: Vec<Person>,
    pub(super) account_manager: String,
    pub(super) sales_rep: String,
    pub(super) customer_type: &'static str,
    pub(super) employees: i64,
    pub(super) tax_id: Value,
    pub(super) since: Date,
    /// Its limit in thousandths of the most that it ever owed; [`CLOSE`] is that of what it owes now.
    pub(super) headroom: i64,
}

impl Customer {
    /// The currency of the entity that serves it.
    pub(super) fn currency(&self) -> &'static str {
        match self.entity {
            "EU" => "EUR",
            "UK" => "GBP",
            _ => "USD",
        }
    }

    /// A lane as it is written on orders.
    pub(super) fn lane_key(&self, lane: u8) -> &str {
        self.lanes.get(usize::from(lane)).or(self.lanes.first()).map_or("", String::as_str)
    }

    /// The address of one of its people.
    pub(super) fn person_email(&self, person: u8) -> &str {
        let person = self.people.get(usize::from(person)).or(self.people.first());
        person.map_or("", |person| person.email.as_str())
    }

    /// Seconds that its morning is behind that of Greenwich.
    pub(super) fn behind_utc(&self) -> i64 {
        match self.country {
            "US" | "CA" => 6 * 3_600,
            "GB" | "IE" => 0,
            _ => -3_600,
        }
    }

    pub(super) fn segment(&self) -> &'static Segment {
        &SEGMENTS[self.tier]
    }

    pub(super) fn payer(&self) -> &'static Payer {
        &PAYERS[self.payer]
    }

    /// How it behaves so many days before the day of the demo.
    pub(super) fn mood(&self, ago: i64) -> Mood {
        self.story.mood(self.cause, ago, self.turn)
    }

    pub(super) fn industry(&self) -> &'static str {
        INDUSTRIES[self.industry].0
    }

    /// Thousandths of the usual trade in a month, 1 to 12.
    pub(super) fn season(&self, month: i64) -> i64 {
        let season = INDUSTRIES[self.industry].1[(month - 1) as usize];
        // Most customers store a little: their seasons are milder than those of their trade.
        if self.story == Story::Seasonal { season } else { 1000 + (season - 1000) / 12 }
    }
}

/// The customers, in the order of their numbers. The first is ACME Corporation.
pub(super) fn customers(prng: &mut Prng, count: usize, today: Date) -> Vec<Customer> {
    let mut roles: Vec<(Story, Cause, usize)> = Vec::new();
    for (story, cause, wanted, tiers) in CAST {
        // The headline story keeps its eight customers whatever the size.
        let wanted = if *story == Story::Slipping { *wanted } else { (wanted * count).div_ceil(ACCOUNTS) };
        roles.extend((0..wanted).map(|turn| (*story, *cause, tiers[turn % tiers.len()])));
    }
    let shares: Vec<i64> = SEGMENTS.iter().map(|segment| segment.share).collect();
    while roles.len() < count {
        roles.push((Story::Steady, Cause::None, prng.weighted(&shares)));
    }
    // The first stays where it is: ACME slips. The others are shuffled.
    for place in (2..roles.len()).rev() {
        let other = prng.range(1, place as i64) as usize;
        roles.swap(place, other);
    }
    let mut taken = BTreeSet::from(["acme corporation".to_owned()]);
    roles
        .into_iter()
        .enumerate()
        .map(|(place, role)| {
            let mut own = prng.fork(place as u64 + 1);
            customer(&mut own, place, role, today, &mut taken)
        })
        .collect()
}

fn customer(
    prng: &mut Prng,
    place: usize,
    (story, cause, tier): (Story, Cause, usize),
    today: Date,
    taken: &mut BTreeSet<String>,
) -> Customer {
    let is_acme = place == 0;
    let segment = &SEGMENTS[tier];
    let country = if is_acme { &COUNTRIES[0] } else { country(prng) };
    let city = prng.pick(country.cities);
    let (name, form) = if is_acme {
        ("ACME Corporation".to_owned(), "Corp.")
    } else {
        name::company(prng, country.code, taken)
    };
    let slug = name::slug(&name);
    let (lanes, lane_bodies) = site::lanes(prng, country, city);
    let people = site::people(prng, country, &slug, segment.people);
    let portal_people = if prng.chance(600) { prng.range(1, people.len() as i64) as u8 } else { 0 };
    let tells_by_trend = matches!(story, Story::Slipping | Story::Fading | Story::Growing);
    let cheaper = if tells_by_trend && tier < 2 { 4 } else { 1 };
    Customer {
        number: (10_001 + place).to_string(),
        entity: country.entity,
        story,
        cause,
        turn: story.turn(prng),
        tier,
        order_rate: prng.range(segment.orders.0, segment.orders.1).max(rate_least(story)),
        order_value: prng.range(segment.value.0, segment.value.1) * 100 / cheaper,
        terms_days: *prng.pick(segment.terms),
        payer: payer(prng, story),
        industry: prng.range(0, INDUSTRIES.len() as i64 - 1) as usize,
        portal_people,
        lanes,
        lane_bodies,
        form,
        country: country.code,
        language: country.language,
        phone: site::phone(prng, country.calling),
        address: site::address(prng, country, city),
        account_manager: carer(prng, "account_manager", country.entity),
        sales_rep: carer(prng, "sales_rep", country.entity),
        customer_type: ["wholesale", "distributor", "enterprise", "retail", "government"]
            [prng.weighted(&[34, 22, 30, 10, 4])],
        employees: prng.range(8, 90) * segment.size,
        tax_id: tax_id(prng, country.code, place),
        since: since(prng, story, today),
        headroom: if prng.chance(30) { CLOSE } else { prng.range(1_250, 2_200) },
        name,
        slug,
        people,
    }
}

fn country(prng: &mut Prng) -> &'static place::Country {
    let shares: Vec<i64> = COUNTRIES.iter().map(|country| country.share).collect();
    &COUNTRIES[prng.weighted(&shares)]
}

/// A trend needs orders to be seen in, and a debt needs orders to come from.
fn rate_least(story: Story) -> i64 {
    match story {
        Story::Slipping | Story::Fading => 820,
        Story::Growing => 420,
        Story::Defaulting | Story::Stretched => 260,
        Story::BustOut => 350,
        _ => 0,
    }
}

fn payer(prng: &mut Prng, story: Story) -> usize {
    let shares: Vec<i64> = PAYERS.iter().map(|payer| payer.share).collect();
    let usual = prng.weighted(&shares);
    if story == Story::SlowPayer { SLOW } else { usual }
}

fn since(prng: &mut Prng, story: Story, today: Date) -> Date {
    let days = match story {
        Story::New | Story::Prospect => prng.range(88, 120),
        _ => 600 + prng.range(0, 2_500),
    };
    today.saturating_sub(jiff::Span::new().days(days))
}
