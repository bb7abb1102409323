//! The customers: who they are, how they order and pay, and the account that is created for each.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::people::carer;
use super::place::{COUNTRIES, City, Country};
use super::prng::Prng;
use super::render::money;
use super::story::{CAST, Story};
use super::{care, name};

/// The tiers, from least to most.
const TIERS: [&str; 4] = ["standard", "preferred", "premium", "strategic"];

/// Orders in a thousand business days, by tier.
const ORDER_RATES: [(i64, i64); 4] = [(18, 55), (60, 130), (170, 280), (450, 700)];

/// Usual value of an order in major units, by tier.
const ORDER_VALUES: [(i64, i64); 4] = [(350, 2_400), (900, 5_200), (2_200, 9_500), (4_500, 16_000)];

/// A person at a customer.
#[derive(Debug, Clone)]
struct Person {
    name: String,
    email: String,
    title: &'static str,
    role: &'static str,
    phone: String,
}

/// A customer and its habits.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    pub(super) number: String,
    pub(super) entity: &'static str,
    pub(super) story: Story,
    /// The day, counted back from the demo, on which the story begins.
    pub(super) turn: i64,
    pub(super) tier: usize,
    /// Orders in a thousand business days.
    pub(super) order_rate: i64,
    /// Usual order in minor units.
    pub(super) order_value: i64,
    pub(super) terms_days: i64,
    /// Days after the due date on which it usually pays; negative is early.
    pub(super) pays_after: i64,
    pub(super) portal_people: u8,
    pub(super) lanes: Vec<String>,
    name: String,
    form: &'static str,
    slug: String,
    country: &'static str,
    phone: String,
    address: Value,
    lane_bodies: Vec<Value>,
    people: Vec<Person>,
    account_manager: String,
    sales_rep: String,
    language: &'static str,
    customer_type: &'static str,
    industry: &'static str,
    employees: i64,
    tax_id: Option<Value>,
    since: Date,
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
}

/// The customers, in the order of their numbers. The first is ACME Corporation.
pub(super) fn customers(prng: &mut Prng, count: usize, today: Date) -> Vec<Customer> {
    let mut roles: Vec<(Story, usize)> = Vec::new();
    for (story, of_400, tiers) in CAST {
        let wanted = (of_400 * count).div_ceil(400);
        // The headline story keeps its eight customers whatever the size.
        let wanted = if *story == Story::Slipping { wanted.max(*of_400) } else { wanted };
        roles.extend((0..wanted).map(|turn| (*story, usize::from(tiers[turn % tiers.len()]))));
    }
    while roles.len() < count {
        roles.push((Story::Steady, prng.weighted(&[62, 24, 11, 3])));
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
        .map(|(place, (story, tier))| {
            let mut own = prng.fork(place as u64 + 1);
            customer(&mut own, place, story, tier, today, &mut taken)
        })
        .collect()
}

const INDUSTRIES: &[&str] = &[
    "Machinery",
    "Food processing",
    "Agriculture",
    "Automotive",
    "Construction",
    "Packaging",
    "Energy",
    "Logistics",
];

const TITLES: &[(&str, &str)] = &[
    ("Head of Purchasing", "decision_maker"),
    ("Accounts Payable", "ap"),
    ("Logistics Coordinator", "logistics"),
    ("Plant Manager", "economic_buyer"),
    ("Quality Manager", "quality"),
];

fn customer(
    prng: &mut Prng,
    place: usize,
    story: Story,
    tier: usize,
    today: Date,
    taken: &mut BTreeSet<String>,
) -> Customer {
    let is_acme = place == 0;
    let shares: Vec<i64> = COUNTRIES.iter().map(|country| country.share).collect();
    let country = if is_acme { &COUNTRIES[0] } else { &COUNTRIES[prng.weighted(&shares)] };
    let city = prng.pick(country.cities);
    let (name, form) = if is_acme {
        ("ACME Corporation".to_owned(), "Corp.")
    } else {
        name::company(prng, country.code, taken)
    };
    let slug = name::slug(&name);
    let (least, most) = ORDER_RATES[tier];
    let slips = matches!(story, Story::Slipping | Story::Fading | Story::Growing);
    // A trend needs orders to be seen in.
    let order_rate = if slips {
        prng.range(least, most).max(if story == Story::Growing { 150 } else { 820 })
    } else {
        prng.range(least, most)
    };
    let (cheap, dear) = ORDER_VALUES[tier];
    let terms_days = [15, 30, 30, 30, 45, 60][prng.range(0, 5) as usize];
    let (lanes, lane_bodies) = lanes(prng, country, city);
    let people = people(prng, country, &slug, [2, 3, 6, 6][tier]);
    let portal_people = if prng.chance(600) { prng.range(1, people.len() as i64) as u8 } else { 0 };
    Customer {
        number: (10_001 + place).to_string(),
        entity: country.entity,
        story,
        turn: story.turn(prng),
        tier,
        order_rate,
        order_value: prng.range(cheap, dear) * 100 / if slips && tier < 2 { 4 } else { 1 },
        terms_days,
        pays_after: if story == Story::SlowPayer { prng.range(21, 42) } else { prng.range(-6, 3) },
        portal_people,
        lanes,
        form,
        country: country.code,
        phone: phone(prng, country.calling),
        address: address(prng, country, city),
        lane_bodies,
        account_manager: carer(prng, "account_manager", country.entity),
        sales_rep: carer(prng, "sales_rep", country.entity),
        language: country.language,
        customer_type: ["wholesale", "distributor", "enterprise", "retail", "government"]
            [prng.weighted(&[34, 22, 30, 10, 4])],
        industry: INDUSTRIES[prng.range(0, INDUSTRIES.len() as i64 - 1) as usize],
        employees: prng.range(8, 90) * [1, 3, 9, 30][tier],
        tax_id: tax_id(prng, country.code, place),
        since: today.saturating_sub(jiff::Span::new().days(600 + prng.range(0, 2_500))),
        name,
        slug,
        people,
    }
}

fn phone(prng: &mut Prng, calling: &str) -> String {
    format!("{calling} {} 555 {:04}", prng.range(201, 789), prng.range(0, 9_999))
}

fn people(prng: &mut Prng, country: &Country, slug: &str, count: usize) -> Vec<Person> {
    let mut emails = BTreeSet::new();
    let mut people = Vec::new();
    while people.len() < count {
        let name = name::person(prng, country.code);
        let email = format!("{}@{slug}.example", name::slug(&name).replace('-', "."));
        if emails.insert(email.clone()) {
            let (title, role) = TITLES[people.len() % TITLES.len()];
            people.push(Person { name, email, title, role, phone: phone(prng, country.calling) });
        }
    }
    people
}

fn address(prng: &mut Prng, country: &Country, city: &City) -> Value {
    let (street, number) = (prng.pick(country.streets), prng.range(3, 1_480));
    let line = if country.number_first {
        format!("{number} {street}")
    } else {
        format!("{street} {}", number % 220 + 1)
    };
    let letters = *b"ABDEGHJLNPRSTUWXY";
    let postal: String = city
        .postal
        .chars()
        .map(|mark| match mark {
            '#' => char::from(b'0' + prng.range(1, 9) as u8),
            '@' => char::from(*prng.pick(&letters)),
            other => other,
        })
        .collect();
    let mut address = json!({
        "kinds": ["billing", "shipping"],
        "lines": [line],
        "city": city.name,
        "postal_code": postal,
        "country": country.code,
        "is_default": true,
    });
    if !city.state.is_empty() {
        address["state_province"] = Value::from(city.state);
    }
    address
}

fn lanes(prng: &mut Prng, country: &Country, city: &City) -> (Vec<String>, Vec<Value>) {
    let mut keys = Vec::new();
    let mut bodies = Vec::new();
    let (modes, sea) = (&[("LTL", "V"), ("TL", "V"), ("PARCEL", "V")], ("INTERMODAL", "C"));
    for lane in 0..prng.range(1, 3) {
        let origin = *prng.pick(country.warehouses);
        let (mode, equipment) = if lane == 2 { sea } else { *prng.pick(modes) };
        let key = format!("{origin}-{}-{mode}-{equipment}", city.zone);
        if !keys.contains(&key) {
            keys.push(key);
            bodies.push(
                json!({ "origin": origin, "destination": city.zone, "mode": mode, "equipment": equipment }),
            );
        }
    }
    (keys, bodies)
}

/// A tax number of the country's form; German ones with their check digit (ISO 7064, mod 11,10).
fn tax_id(prng: &mut Prng, country: &str, place: usize) -> Option<Value> {
    match country {
        "US" => {
            let number = format!("{}-{:07}", prng.range(20, 88), 1_000_000 + place * 37);
            Some(json!({ "kind": "ein", "value": number, "country": "US" }))
        }
        "DE" => {
            let digits = format!("{}{:06}", prng.range(11, 32), 100_000 + place * 29);
            let mut product = 10;
            for digit in digits.bytes().map(|byte| i64::from(byte - b'0')) {
                let sum = match (digit + product) % 10 {
                    0 => 10,
                    sum => sum,
                };
                product = sum * 2 % 11;
            }
            Some(
                json!({ "kind": "vat", "value": format!("DE{digits}{}", (11 - product) % 10), "country": "DE" }),
            )
        }
        _ => None,
    }
}

/// The body of `POST /api/v1/accounts`.
pub(super) fn body(customer: &Customer) -> Value {
    let currency = customer.currency();
    let yearly = customer.order_value * customer.order_rate * 260 / 1000;
    let limit = (yearly / 5).max(300_000) / 250_000 * 250_000 + 250_000;
    let contacts: Vec<Value> = customer
        .people
        .iter()
        .enumerate()
        .map(|(place, person)| {
            json!({
                "name": person.name,
                "title": person.title,
                "role": person.role,
                "emails": [person.email],
                "phones": [person.phone],
                "is_primary": place == 0,
            })
        })
        .collect();
    let mut body = json!({
        "name": customer.name,
        "legal_name": legal_name(customer),
        "email": format!("orders@{}.example", customer.slug),
        "billing_email": format!("ap@{}.example", customer.slug),
        "phone": customer.phone,
        "website": format!("https://{}.example", customer.slug),
        "owning_entity": customer.entity,
        "customer_type": customer.customer_type,
        "tier": TIERS[customer.tier],
        "stage": if customer.story == Story::Prospect { "prospect" } else { "active" },
        "currency": currency,
        "payment_terms": format!("NET{}", customer.terms_days),
        "industry": customer.industry,
        "employees": customer.employees,
        "annual_revenue": money(customer.employees * 18_500_000, currency),
        "language": customer.language,
        "account_manager": customer.account_manager,
        "sales_rep": customer.sales_rep,
        "contacts": contacts,
        "addresses": [customer.address],
        "lanes": customer.lane_bodies,
        "identifiers": [{ "kind": "external:erp", "value": customer.number }],
        "metadata": { "customer_since": customer.since.to_string() },
    });
    if customer.story != Story::Prospect {
        body["credit_limit"] = money(limit, currency);
    }
    if let Some(tax_id) = &customer.tax_id {
        body["tax_id"] = tax_id.clone();
    }
    care::dress(&mut body, customer);
    body
}

fn legal_name(customer: &Customer) -> String {
    if customer.name.ends_with("Corporation") {
        customer.name.clone()
    } else {
        format!("{} {}", customer.name, customer.form)
    }
}
