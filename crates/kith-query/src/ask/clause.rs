//! Items → clauses: a topic takes the modifiers around it and becomes a condition, an order or a value shown.

mod dated;
mod number;
mod person;
mod place;
mod topic;
mod value;

use super::concept::{CONCEPTS, ORDERS, OVERDUE, OVERDUE_DAYS, REVENUE, of_base};
use super::draft::{Draft, Join, Topic};
use super::ending::Ends;
use super::preset::PRESETS;
use super::quantity::{Quantity, Unit, Window};
use super::scan::What;
use super::vocabulary::{CREATED, MANAGER, Meaning, Rank, first_field};
use crate::ast::BinaryOp;

/// Modifiers waiting for a topic, and the items they came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Modifiers {
    trend: Option<&'static str>,
    op: Option<BinaryOp>,
    quantity: Option<Quantity>,
    /// The second number of "between".
    until: Option<Quantity>,
    rank: Option<Rank>,
    level: Option<bool>,
    quality: Option<bool>,
    window: Option<Window>,
    recent: bool,
    never: bool,
    negated: bool,
    ascending: Option<bool>,
    ends: Option<Ends>,
    soon: bool,
    items: Vec<usize>,
}

impl Modifiers {
    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Reads the clauses of a question into its draft.
pub(super) struct Clauses<'d, 'a> {
    draft: &'d mut Draft<'a>,
    at: usize,
    pending: Modifiers,
    /// "with" or "have" came before: what follows is a condition.
    with: bool,
    /// "by" came before: what follows is an order.
    by: bool,
    /// The last topic was negated: "without complaints or claims" means neither.
    negated: bool,
    /// "neither" came before: an "or" denies what follows too.
    neither: bool,
}

impl<'d, 'a> Clauses<'d, 'a> {
    pub(super) fn new(draft: &'d mut Draft<'a>) -> Self {
        Self {
            draft,
            at: 0,
            pending: Modifiers::default(),
            with: false,
            by: false,
            negated: false,
            neither: false,
        }
    }

    fn what(&self, at: usize) -> Option<&'a What> {
        self.draft.items.get(at).map(|item| &item.what)
    }

    fn word(&self, at: usize) -> Option<Meaning> {
        match self.what(at) {
            Some(What::Word(meaning)) => Some(*meaning),
            _ => None,
        }
    }

    /// Reads everything.
    pub(super) fn read(mut self) {
        while let Some(what) = self.what(self.at) {
            let here = self.at;
            self.at += 1;
            match what {
                What::Word(meaning) => self.meaning(*meaning, here),
                What::Quantity(quantity) => self.number(*quantity, here),
                What::Window(window) => {
                    self.pending.window = Some(*window);
                    self.pending.items.push(here);
                }
                What::Account(hit) => self.draft.understand(&[here], format!("the account {}", hit.name)),
                What::Accounts(_) => {}
                What::Comma => self.connect(Join::Comma),
                What::Unknown => self.unknown(here),
            }
        }
        self.flush();
    }

    fn meaning(&mut self, meaning: Meaning, here: usize) {
        match meaning {
            Meaning::Concept(place) => self.topic(Topic::Concept(place), false, here),
            Meaning::Activity(place) => self.topic(Topic::Concept(place), true, here),
            Meaning::Field(index) => self.field(index, here),
            Meaning::Exact(index) => self.topic(Topic::Exact(index), false, here),
            Meaning::Preset(place) => self.preset(place, here),
            Meaning::Value(field, value) => self.value(field, value, here, &[]),
            Meaning::Country(code) => self.country(code, here),
            Meaning::Region(place) => self.region(place, here),
            Meaning::Payers(slowest) => self.payers(slowest, here),
            Meaning::Trend(label) => {
                self.pending.trend = Some(label);
                self.pending.items.push(here);
            }
            Meaning::Steepest(growing) => self.steepest(growing, here),
            Meaning::Compare(op) => {
                self.pending.op = Some(op);
                self.pending.items.push(here);
            }
            Meaning::Between => self.between(here),
            Meaning::Rank(rank) => {
                self.pending.rank = Some(rank);
                self.pending.items.push(here);
            }
            Meaning::Level(high) => {
                self.pending.level = Some(high);
                self.pending.items.push(here);
            }
            Meaning::Quality(good) => {
                self.pending.quality = Some(good);
                self.pending.items.push(here);
            }
            Meaning::Recent => {
                self.pending.recent = true;
                self.pending.items.push(here);
            }
            Meaning::Never | Meaning::Not | Meaning::Neither | Meaning::Nor => self.negate(meaning, here),
            Meaning::With => {
                self.with = true;
                self.settle_comma();
            }
            Meaning::And => self.connect(Join::And),
            Meaning::Or if self.neither => self.negate(Meaning::Nor, here),
            Meaning::Or => self.connect(Join::Or),
            Meaning::By => self.by = true,
            Meaning::Mine => self.mine(here),
            Meaning::Count => {
                self.draft.count = true;
                self.draft.understand(&[here], "how many");
            }
            Meaning::New | Meaning::Created => self.created(meaning == Meaning::New, here),
            Meaning::Noun => {
                self.draft.set = true;
                self.flush_trend();
            }
            Meaning::Newest => self.newest(here),
            Meaning::Why => self.draft.understand(&[here], "the drivers behind it"),
            Meaning::Closest => self.closest(here),
            Meaning::Ending(place) => self.ending(place, here),
            Meaning::Ends(ends) => {
                self.pending.ends = Some(ends);
                self.pending.items.push(here);
            }
            Meaning::Soon => {
                self.pending.soon = true;
                self.pending.items.push(here);
            }
            Meaning::Late => self.late(here),
            Meaning::Direction(ascending) => self.direction(ascending, here),
            Meaning::Suffix(_) | Meaning::Contains | Meaning::Me => {
                self.draft.miss(&[here], "not understood here");
            }
            Meaning::Is | Meaning::Pronoun | Meaning::Filler => {}
        }
    }

    /// "not", "never", "neither" and "nor": what follows is denied; "nor" first ends what stands before it.
    fn negate(&mut self, meaning: Meaning, here: usize) {
        match meaning {
            Meaning::Nor => self.connect(Join::And),
            Meaning::Neither => self.neither = true,
            _ => self.pending.never |= meaning == Meaning::Never,
        }
        self.pending.negated = true;
        self.pending.items.push(here);
        self.settle_comma();
    }

    fn connect(&mut self, join: Join) {
        self.flush_trend();
        self.draft.join = join;
        self.neither &= join != Join::And
            || matches!(self.word(self.at.saturating_sub(1)), Some(Meaning::Nor | Meaning::Or));
        if join == Join::And {
            self.by = false;
        }
    }

    /// A comma before "with" or "not" begins a new condition, not a list of alternatives.
    fn settle_comma(&mut self) {
        if self.draft.join == Join::Comma {
            self.draft.join = Join::And;
        }
    }

    fn take(&mut self) -> Modifiers {
        std::mem::take(&mut self.pending)
    }

    /// "closest to their limit": an order by how much of the limit is used.
    fn closest(&mut self, here: usize) {
        let mut items = self.take().items;
        items.push(here);
        if let Some(place) = of_base("credit_utilisation") {
            self.ranked(Topic::Concept(place), Rank::Most, None, false, &items);
        }
    }

    /// "slowest payers", "who pays best": an order by days beyond terms.
    fn payers(&mut self, slowest: bool, here: usize) {
        let modifiers = self.take();
        let mut items = modifiers.items;
        items.push(here);
        let rank = if slowest { Rank::Most } else { Rank::Least };
        let topic = Topic::Concept(super::concept::DAYS_BEYOND_TERMS);
        self.ranked(topic, rank, modifiers.window, modifiers.recent, &items);
    }

    /// A trend that no topic took is one of orders.
    fn flush_trend(&mut self) {
        if self.pending.trend.is_some() && self.pending.quantity.is_none() {
            let modifiers = self.take();
            let items = modifiers.items.clone();
            self.trend(Topic::Concept(ORDERS), &modifiers, &items);
        }
    }

    /// What is left at the end: a rank ranks by what it is usually about, the rest is not understood.
    fn flush(&mut self) {
        self.flush_trend();
        let modifiers = self.take();
        if modifiers.is_empty() {
            return;
        }
        let items = modifiers.items.clone();
        match (modifiers.rank, modifiers.window) {
            (Some(rank), window) if self.draft.sort.is_empty() && modifiers.quantity.is_none() => {
                let worst = matches!(rank, Rank::Worst);
                let topic = Topic::Concept(if worst { super::concept::HEALTH } else { REVENUE });
                self.ranked(topic, rank, window, modifiers.recent, &items);
            }
            (Some(_), None) if modifiers.quantity.is_none() => self.draft.understand(&items, "ranked"),
            (
                None,
                Some(
                    window @ (Window::Since(_) | Window::Before(_) | Window::Period(..) | Window::Season(..)),
                ),
            ) if modifiers.quantity.is_none() => {
                match first_field(CREATED, self.draft.catalogue).map(str::to_owned) {
                    Some(id) => self.draft.condition(&items, &id, Draft::within(&id, window), None, false),
                    None => self.draft.miss(&items, "not available yet: since when they are customers"),
                }
            }
            (None, Some(window)) if modifiers.quantity.is_none() && self.draft.sort.len() == 1 => {
                self.rewindow(window, &items);
            }
            _ => self.draft.miss(&items, "not understood: it is not clear what this is about"),
        }
    }

    /// A window after the order it belongs to: "by revenue, this year".
    fn rewindow(&mut self, window: Window, items: &[usize]) {
        let held = self.draft.sort.first().cloned();
        let field = held.as_ref().and_then(|(id, _)| self.draft.catalogue.index(id));
        if let (Some((_, descending)), Some(index)) = (held, field)
            && let Ok(chosen) = self.draft.choose(Topic::Field(index), Some(window), false)
        {
            self.draft.sort.clear();
            return self.draft.order(items, &chosen, descending);
        }
        self.draft.miss(items, "not understood: it is not clear what this is about");
    }

    /// "fastest growing": those with the trend, steepest first.
    fn steepest(&mut self, growing: bool, here: usize) {
        let topic = match self.word(self.at) {
            Some(Meaning::Concept(place)) => Some(place),
            _ => None,
        };
        let family = match topic {
            Some(place) if place == REVENUE => "revenue_trend",
            _ => "order_trend",
        };
        let mut items = self.take().items;
        items.push(here);
        if topic.is_some() {
            items.push(self.at);
            self.at += 1;
        }
        match self.draft.catalogue.metric(family, Some(90)).map(|field| field.id.clone()) {
            Some(id) => self.draft.steep(&items, id, growing),
            None => self.draft.miss(&items, format!("not available yet: {}", family.replace('_', " "))),
        }
    }

    fn preset(&mut self, place: usize, here: usize) {
        let modifiers = self.take();
        let mut items = modifiers.items.clone();
        items.push(here);
        let Some(preset) = PRESETS.get(place) else { return };
        if let Some((topic, descending)) = Self::ranked_by(place, &modifiers) {
            return match self.draft.choose(topic, modifiers.window, modifiers.recent) {
                Ok(chosen) => self.draft.order(&items, &chosen, descending),
                Err(lacking) => self.draft.lack(&items, &lacking),
            };
        }
        // "inactive for 60 days" says its own number; nothing else is kept of when.
        let silent = preset.options.iter().any(|(base, ..)| *base == "days_since_last_order");
        let days = if silent { self.days_after(&modifiers, &mut items) } else { None };
        if modifiers.window.is_some() && !silent {
            let is_window = |item: &usize| matches!(self.what(*item), Some(What::Window(_)));
            let (windows, rest): (Vec<usize>, Vec<usize>) = items.iter().partition(|item| is_window(item));
            items = rest;
            self.draft.miss(&windows, "since when is not kept");
        }
        for (base, window, rest) in preset.options {
            let field = match window {
                Some(days) => self.draft.catalogue.metric(base, Some(*days)),
                None => self.draft.catalogue.get(base),
            };
            let Some(id) = field.map(|field| field.id.clone()) else { continue };
            let text = match (*rest, days) {
                ("has not", _) => format!("!has({id})"),
                (_, Some(days)) if *base == "days_since_last_order" => format!("{id} >= {days}"),
                (rest, _) => format!("{id} {rest}"),
            };
            if crate::filter::check(&text, self.draft.catalogue).is_ok() {
                let text = if modifiers.negated { format!("!({text})") } else { text };
                if preset.tails == super::preset::LIMIT && preset.trouble {
                    self.draft.usual.get_or_insert((id.clone(), true));
                }
                return self.draft.condition(&items, &id, text, None, preset.trouble && !modifiers.negated);
            }
        }
        let name = preset.options.first().map_or("", |(base, _, _)| *base);
        self.draft.miss(&items, format!("not available yet: {}", name.replace('_', " ")));
    }

    /// "least healthy", "most at risk": an order by what the preset is about, and whether greatest first.
    fn ranked_by(place: usize, modifiers: &Modifiers) -> Option<(Topic, bool)> {
        let preset = PRESETS.get(place)?;
        let most = match modifiers.rank? {
            Rank::Most => true,
            Rank::Least => false,
            _ => return None,
        };
        let (base, _, _) = preset.options.first()?;
        let base = if *base == "health_label" { "health" } else { base };
        let topic = of_base(base).filter(|_| matches!(base, "health" | "nps") && !modifiers.negated)?;
        Some((Topic::Concept(topic), most != preset.trouble))
    }

    /// The days of a stretch of time right here, before or after.
    fn days_after(&mut self, modifiers: &Modifiers, items: &mut Vec<usize>) -> Option<u16> {
        if let Some(What::Window(window)) = self.what(self.at)
            && let Some(days) = self.draft.days(*window)
        {
            items.push(self.at);
            self.at += 1;
            return Some(days);
        }
        modifiers.window.and_then(|window| self.draft.days(window))
    }

    fn mine(&mut self, here: usize) {
        match first_field(MANAGER, self.draft.catalogue).map(str::to_owned) {
            Some(id) => {
                let mut items = if self.pending.negated { self.take().items } else { Vec::new() };
                let op = if items.is_empty() { "==" } else { "!=" };
                items.push(here);
                self.draft.condition(&items, &id, format!("{id} {op} me"), None, false);
            }
            None => self.draft.miss(&[here], "not available yet: who manages an account"),
        }
        self.draft.set = true;
    }

    /// "…, highest first": turns the order given before.
    fn direction(&mut self, ascending: bool, here: usize) {
        match self.draft.sort.last_mut() {
            Some((_, descending)) => {
                *descending = !ascending;
                self.draft.understand(&[here], if ascending { "least first" } else { "greatest first" });
            }
            None => self.draft.miss(&[here], "not understood here: there is no order to turn"),
        }
    }

    fn newest(&mut self, here: usize) {
        match first_field(CREATED, self.draft.catalogue).and_then(|id| self.draft.catalogue.index(id)) {
            Some(index) => self.ranked(Topic::Exact(index), Rank::Most, None, false, &[here]),
            None => self.draft.miss(&[here], "not available yet: since when they are customers"),
        }
    }

    fn created(&mut self, new: bool, here: usize) {
        let Some(id) = first_field(CREATED, self.draft.catalogue).map(str::to_owned) else {
            return self.draft.miss(&[here], "not available yet: since when they are customers");
        };
        let mut modifiers = self.take();
        let mut items = modifiers.items.clone();
        items.push(here);
        let mut ahead = self.at;
        while matches!(self.word(ahead), Some(Meaning::Noun | Meaning::Filler | Meaning::Recent)) {
            modifiers.recent |= self.word(ahead) == Some(Meaning::Recent);
            ahead += 1;
        }
        if let Some(What::Window(window)) = self.what(ahead) {
            modifiers.window = Some(*window);
            items.push(ahead);
            self.draft.set |= ahead > self.at;
            self.at = ahead + 1;
        }
        let (window, note) = match modifiers.window {
            Some(window) => (window, None),
            None if new || modifiers.recent => (Window::Days(90), Some("new: the last 90 days".to_owned())),
            None => return self.draft.miss(&items, "say since when, as in created in the last 30 days"),
        };
        let text = Draft::within(&id, window);
        let text = if modifiers.negated { format!("!({text})") } else { text };
        self.draft.condition(&items, &id, text, note, false);
    }

    /// "pay more than 10 days late" is about terms, "late" alone about deliveries.
    fn late(&mut self, here: usize) {
        let days = self.pending.quantity.is_some_and(|quantity| quantity.unit == Unit::Days);
        let late_delivery = CONCEPTS.iter().position(|concept| concept.inverse);
        let place = if days { Some(super::concept::DAYS_BEYOND_TERMS) } else { late_delivery };
        if let Some(place) = place {
            self.topic(Topic::Concept(place), false, here);
        }
    }
}

/// The topic that a number of days turns this one into.
fn in_days(place: usize) -> usize {
    if place == OVERDUE { OVERDUE_DAYS } else { place }
}
