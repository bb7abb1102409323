//! What tests share: a context, events, and a small model of whoever feeds the profile.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::correction::{CorrectionRef, Corrections, Kill, Place};
use crate::input::RATE_ONE;
use crate::{EntityContext, Fact, FactContext, Folded, Inputs, Living, Lookup, Rates, facts, read};

/// 2026-11-22, a Sunday.
pub(crate) const TODAY: u16 = 20_779;

pub(crate) fn context() -> FactContext {
    let zone = |name: &str| TimeZone::get(name).expect("a zone of the bundle");
    let entity = |code: &str, currency: &str, name: &str| EntityContext {
        code: code.into(),
        currency: currency.parse().expect("a currency"),
        zone: zone(name),
    };
    FactContext {
        hash_key: [9; 16],
        entities: vec![entity("US", "USD", "America/Chicago"), entity("EU", "EUR", "Europe/Berlin")],
        zone: zone("America/Chicago"),
        currency: "USD".parse().expect("a currency"),
    }
}

pub(crate) fn rates() -> Rates {
    let mut rates = Rates::default();
    rates.set("EUR".parse().expect("a currency"), 1_000, RATE_ONE + RATE_ONE / 10);
    rates
}

/// A moment `days` before [`TODAY`] at noon UTC, which is morning in Chicago.
pub(crate) fn days_ago(days: i64) -> String {
    let second = (i64::from(TODAY) - days) * 86_400 + 43_200;
    jiff::Timestamp::from_second(second).expect("in range").to_string()
}

/// The civil day so many days before [`TODAY`].
pub(crate) fn date(days: i64) -> String {
    days_ago(days).chars().take(10).collect()
}

/// One event of a kind.
pub(crate) fn event(id: &str, kind: &str, time: &str, data: &Value) -> Value {
    json!({"specversion": "1.0", "source": "/erp", "id": id, "type": format!("io.kith.{kind}"), "time": time,
        "subject": "external:erp:1", "data": data})
}

pub(crate) fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

pub(crate) fn order(id: &str, days: i64) -> Value {
    let data = json!({"order_no": id, "entity": "US", "value": usd("100.00")});
    event(id, "order.placed", &days_ago(days), &data)
}

type Names = Arc<RwLock<Vec<(String, String)>>>;

struct Log(Names);

impl Lookup for Log {
    fn source_id(&self, seq: u32) -> (String, String) {
        self.0.read().expect("lock")[seq as usize].clone()
    }
}

/// Feeds a profile as an engine does: dedupe, corrections, facts, refolding.
pub(crate) struct Feeder {
    pub(crate) living: Living,
    pub(crate) context: FactContext,
    names: Names,
    log: Vec<(u32, Vec<Fact>)>,
    seen: BTreeMap<(String, String), u32>,
    corrections: Corrections,
    pub(crate) refolds: usize,
}

impl Feeder {
    pub(crate) fn new(day: u16) -> Self {
        let names = Names::default();
        let inputs = Inputs { context: context(), rates: rates(), day };
        let living = Living::new(inputs, Arc::new(Log(Arc::clone(&names))));
        Self {
            living,
            context: context(),
            names,
            log: Vec::new(),
            seen: BTreeMap::new(),
            corrections: Corrections::default(),
            refolds: 0,
        }
    }

    /// Another profile over the same log.
    pub(crate) fn replace(&mut self, day: u16) {
        let inputs = Inputs { context: context(), rates: rates(), day };
        self.living = Living::new(inputs, Arc::new(Log(Arc::clone(&self.names))));
    }

    pub(crate) fn position(&self) -> usize {
        self.log.len()
    }

    #[track_caller]
    pub(crate) fn feed(&mut self, row: u32, event: &Value) {
        let text = event.to_string();
        let touchpoint = read(text.as_bytes(), 0, &self.context).expect("recognised");
        let key = (touchpoint.source.to_string(), touchpoint.id.to_string());
        if self.seen.contains_key(&key) {
            return;
        }
        let seq = self.log.len() as u32;
        self.names.write().expect("lock").push(key.clone());
        self.seen.insert(key, seq);
        let made = facts(&touchpoint, seq, &self.context);
        self.log.push((row, made.clone()));
        let place = Place { row, seq };
        if let Some(target) = touchpoint.retracts.as_ref().or(touchpoint.supersedes.as_ref()) {
            let kills = self.corrections.register(CorrectionRef {
                source: touchpoint.source.to_string(),
                id: touchpoint.id.to_string(),
                target: target.to_string(),
                at_ms: touchpoint.at_ms,
                retracts: touchpoint.retracts.is_some(),
                place,
            });
            for kill in kills {
                self.kill(kill);
            }
        }
        if !self.corrections.is_dead(&touchpoint.source, &touchpoint.id)
            && self.living.insert(row, &made) == Folded::Refold
        {
            self.refold(row);
        }
    }

    fn kill(&mut self, kill: Kill) {
        let place = match kill {
            Kill::Place(place) => Some(place),
            Kill::Target { source, id } => {
                let seq = self.seen.get(&(source, id)).copied();
                seq.map(|seq| Place { row: self.log[seq as usize].0, seq })
            }
        };
        if let Some(Place { row, seq }) = place
            && self.living.remove(row, seq) == Folded::Refold
        {
            self.refold(row);
        }
    }

    pub(crate) fn refold(&mut self, row: u32) {
        self.refolds += 1;
        self.living.refold(row, self.alive(row, 0));
    }

    /// Facts of the living touchpoints of a row from a position on.
    pub(crate) fn alive(&self, row: u32, from: usize) -> Vec<Fact> {
        let names = self.names.read().expect("lock");
        let rows = self.log.iter().zip(names.iter()).skip(from);
        rows.filter(|((of, _), (source, id))| *of == row && !self.corrections.is_dead(source, id))
            .flat_map(|((_, facts), _)| facts.clone())
            .collect()
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        self.living.recompute_dirty();
        self.living.digest()
    }

    /// Everything that the digest covers, to read where two profiles part.
    pub(crate) fn told(&self) -> Vec<String> {
        self.living.recompute_dirty();
        let mut told = Vec::new();
        for row in 0..self.living.len() {
            told.extend(
                self.living.facts(row).iter().map(|fact| format!("{row} {:?}", Fact { seq: 0, ..*fact })),
            );
            let metrics = crate::catalogue().iter().enumerate();
            told.extend(
                metrics.map(|(place, metric)| {
                    format!("{row} {} {:?}", metric.id, self.living.value(row, place))
                }),
            );
        }
        told
    }

    /// A number, as the page would show it.
    #[track_caller]
    pub(crate) fn number(&self, metric: &str) -> Option<f64> {
        self.living.recompute_dirty();
        let place = crate::metric_index(metric).unwrap_or_else(|| panic!("no metric {metric}"));
        self.living.value(0, place).map(|value| match value {
            crate::Value::Number(value) => f64::from(value),
            crate::Value::Money(value) | crate::Value::Date(value) => value as f64,
            crate::Value::Label(value) => f64::from(value),
        })
    }

    /// A label's word.
    #[track_caller]
    pub(crate) fn label(&self, metric: &str) -> Option<&'static str> {
        let number = self.number(metric)?;
        let place = crate::metric_index(metric)?;
        match crate::catalogue()[place].kind {
            crate::MetricKind::Label(words) => words.get(number as usize).copied(),
            _ => None,
        }
    }
}
