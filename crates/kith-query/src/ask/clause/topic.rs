//! A topic and its modifiers: trend, threshold, silence, level, rank, or simply shown.

use super::{Clauses, Modifiers, in_days};
use crate::ask::concept::{CONCEPTS, Good, Measure, ORDER_VALUE, ORDERS, akin, of_base};
use crate::ask::draft::{Chosen, Draft, Join, Topic, compared, fraction, mirrored};
use crate::ask::quantity::{Quantity, Unit, Window, written};
use crate::ask::scan::What;
use crate::ask::vocabulary::{Meaning, Rank};
use crate::ast::BinaryOp;
use crate::catalogue::{Group, Kind};

impl Clauses<'_, '_> {
    /// A topic with what stands before and after it; further topics joined to it share what stands after.
    pub(super) fn topic(&mut self, topic: Topic, activity: bool, here: usize) {
        let mut topics = vec![(topic, here)];
        if !activity {
            while let Some(next) = self.joined_topic() {
                topics.push((next, self.at - 1));
            }
        }
        let mut modifiers = self.take();
        self.leave_ends(&mut modifiers);
        if self.negated && self.draft.join == Join::Or && modifiers.is_empty() {
            modifiers.negated = true;
            self.draft.join = Join::And;
        }
        let done = match topic {
            Topic::Concept(place) if activity => Some(place),
            _ => None,
        };
        self.look_ahead(done, &mut modifiers);
        self.negated = modifiers.negated;
        if let (Some(place), [(_, item)]) = (done, topics.as_slice())
            && self.but_not_since(place, *item, &modifiers)
        {
            return;
        }
        for (topic, item) in topics {
            let mut items = modifiers.items.clone();
            items.push(item);
            items.sort_unstable();
            self.clause(topic, activity, &modifiers, &items);
        }
    }

    /// Words for ending that belong to nothing that ends are not understood.
    fn leave_ends(&mut self, modifiers: &mut Modifiers) {
        let stray = |item: &usize| matches!(self.word(*item), Some(Meaning::Ends(_) | Meaning::Soon));
        let (left, kept): (Vec<usize>, Vec<usize>) = modifiers.items.iter().partition(|item| stray(item));
        modifiers.items = kept;
        left.into_iter().for_each(|item| self.draft.miss(&[item], "not understood here"));
    }

    /// "orders and revenue": the next topic when nothing but a joint stands between, and neither has its own
    /// modifiers.
    fn joined_topic(&mut self) -> Option<Topic> {
        let joint = self.what(self.at) == Some(&What::Comma) || self.word(self.at) == Some(Meaning::And);
        let shared = self.pending.quantity.is_none() && self.pending.trend.is_none();
        let next = match self.word(self.at + 1) {
            Some(Meaning::Concept(place)) => Some(Topic::Concept(place)),
            _ => None,
        };
        let found = next.filter(|_| joint && shared && !self.by)?;
        self.at += 2;
        Some(found)
    }

    /// Takes the modifiers after a topic, up to the next joint or topic; what was done may be named once more, as in
    /// "lost 3 quotes".
    fn look_ahead(&mut self, done: Option<usize>, modifiers: &mut Modifiers) {
        let mut ahead = self.at;
        let mut is = false;
        loop {
            if let Some(next) = self.two_ahead(ahead, modifiers) {
                ahead = next;
                continue;
            }
            let Some(what) = self.what(ahead) else { break };
            let taken = match what {
                What::Window(window) if modifiers.window.is_none() => {
                    modifiers.window = Some(*window);
                    true
                }
                What::Quantity(quantity) if modifiers.quantity.is_none() => {
                    modifiers.quantity = Some(*quantity);
                    true
                }
                What::Word(Meaning::Is) => {
                    is = true;
                    false
                }
                What::Word(Meaning::Filler | Meaning::Pronoun) | What::Account(_) => false,
                What::Word(Meaning::Concept(place)) if done.is_some_and(|done| akin(done, *place)) => true,
                What::Word(Meaning::With) if self.goes_on(ahead + 1) => false,
                What::Word(Meaning::By) if self.counts_at(ahead + 1) => false,
                What::Word(Meaning::Rank(rank)) if done.is_some() && modifiers.rank.is_none() => {
                    modifiers.rank = Some(*rank);
                    true
                }
                What::Word(meaning) => match self.modifier(*meaning, is, modifiers) {
                    Some(taken) => taken,
                    None => break,
                },
                _ => break,
            };
            if taken {
                modifiers.items.push(ahead);
                self.at = ahead + 1;
            }
            ahead += 1;
        }
    }

    /// Whether a number follows: "overdue by more than 60 days".
    pub(super) fn counts_at(&self, at: usize) -> bool {
        match self.what(at) {
            Some(What::Quantity(_)) => self.what(at + 1) != Some(&What::Word(Meaning::Noun)),
            Some(What::Word(Meaning::Compare(_) | Meaning::Between)) => true,
            _ => false,
        }
    }

    /// Whether "have", "has" only helps a verb that follows: "orders have been falling".
    fn goes_on(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Some(Meaning::Is | Meaning::Trend(_) | Meaning::Not | Meaning::Neither | Meaning::Filler)
        )
    }

    /// Takes one word as a modifier; `None` when the clause ends before it.
    fn modifier(&self, meaning: Meaning, is: bool, modifiers: &mut Modifiers) -> Option<bool> {
        match meaning {
            Meaning::Trend(label) if modifiers.trend.is_none() => modifiers.trend = Some(label),
            Meaning::Compare(op) if modifiers.op.is_none() => modifiers.op = Some(op),
            Meaning::Suffix(op) if modifiers.quantity.is_some() && modifiers.op.is_none() => {
                modifiers.op = Some(op)
            }
            Meaning::Recent if !modifiers.recent => modifiers.recent = true,
            Meaning::Neither if is => modifiers.negated = true,
            Meaning::Not
                if is
                    || matches!(self.word(self.at), Some(Meaning::Not))
                        && !self.topic_follows(self.at + 1) =>
            {
                modifiers.negated = true;
            }
            Meaning::Never => {
                modifiers.never = true;
                modifiers.negated = true;
            }
            Meaning::Level(high) if is => modifiers.level = Some(high),
            Meaning::Quality(good) if is => modifiers.quality = Some(good),
            Meaning::Direction(ascending) => modifiers.ascending = Some(ascending),
            _ => return None,
        }
        Some(true)
    }

    fn topic_follows(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Some(
                Meaning::Concept(_)
                    | Meaning::Activity(_)
                    | Meaning::Field(_)
                    | Meaning::Value(..)
                    | Meaning::Preset(_)
                    | Meaning::Filler
                    | Meaning::Level(_)
                    | Meaning::Recent
                    | Meaning::Country(_)
            )
        )
    }

    /// One topic with its modifiers.
    fn clause(&mut self, topic: Topic, activity: bool, modifiers: &Modifiers, items: &[usize]) {
        let topic = self.suited(topic, modifiers);
        if let Some(rank) = modifiers.rank.or(self.by.then_some(Rank::Top)) {
            let rank = match modifiers.ascending {
                Some(true) => Rank::Least,
                Some(false) => Rank::Most,
                None => rank,
            };
            if modifiers.quantity.is_none() {
                self.by = false;
                return self.ranked(topic, rank, modifiers.window, modifiers.recent, items);
            }
        }
        if modifiers.trend.is_some() {
            return self.trend(topic, modifiers, items);
        }
        if self.silence(topic, activity, modifiers, items) {
            return;
        }
        match self.draft.choose(topic, modifiers.window, modifiers.recent) {
            Err(lacking) => self.draft.lack(items, &lacking),
            Ok(chosen) if modifiers.quantity.is_some() => self.threshold(&chosen, modifiers, items),
            Ok(chosen) if self.since_when(topic, &chosen, modifiers, items) => {}
            Ok(chosen) => self.plain(&chosen, activity, modifiers, items),
        }
    }

    /// Orders with money are order value; overdue with days is the age of the oldest item.
    fn suited(&self, topic: Topic, modifiers: &Modifiers) -> Topic {
        match (topic, modifiers.quantity.map(|quantity| quantity.unit)) {
            (Topic::Concept(ORDERS), Some(Unit::Money(_))) => Topic::Concept(ORDER_VALUE),
            (Topic::Concept(place), Some(Unit::Money(_))) if of_base("claims") == Some(place) => {
                of_base("claim_value").map_or(topic, Topic::Concept)
            }
            (Topic::Concept(place), Some(Unit::Days)) => Topic::Concept(in_days(place)),
            (Topic::Concept(place), None)
                if matches!(modifiers.window, Some(Window::Days(_) | Window::Last(_)))
                    && in_days(place) != place =>
            {
                Topic::Concept(in_days(place))
            }
            _ => topic,
        }
    }

    pub(super) fn ranked(
        &mut self,
        topic: Topic,
        rank: Rank,
        window: Option<Window>,
        recent: bool,
        items: &[usize],
    ) {
        match self.draft.choose(topic, window, recent) {
            Ok(chosen) => {
                let descending = Draft::descending(&chosen, rank);
                self.draft.order(items, &chosen, descending);
            }
            Err(lacking) => self.draft.lack(items, &lacking),
        }
    }

    /// "declining orders": the label of the trend, not its bare slope.
    pub(super) fn trend(&mut self, topic: Topic, modifiers: &Modifiers, items: &[usize]) {
        let label = modifiers.trend.unwrap_or("declining");
        let family = match topic {
            Topic::Concept(place) => CONCEPTS.get(place).and_then(|concept| concept.trend),
            Topic::Field(_) | Topic::Exact(_) => None,
        };
        let Some(family) = family.filter(|family| self.draft.has_base(family)) else {
            let name =
                self.draft.choose(topic, None, false).map_or_else(|_| "this".to_owned(), |chosen| chosen.id);
            if self.draft.about_one() && name != "this" {
                return self.draft.shows(items, "", &name, None);
            }
            return self.draft.miss(items, format!("not available yet: a trend of {name}"));
        };
        let windows = self.draft.catalogue.windows(family);
        let asked =
            modifiers.window.and_then(|window| self.draft.days(window)).or(modifiers.recent.then_some(30));
        let wanted = asked.unwrap_or(90);
        let nearest = windows.iter().copied().min_by_key(|held| (held.abs_diff(wanted), *held));
        let Some(id) = self.draft.catalogue.metric(family, nearest).map(|field| field.id.clone()) else {
            return;
        };
        let op = if modifiers.negated { "!=" } else { "==" };
        let note = nearest.map(|days| format!("over the last {days} days"));
        let trouble = label == "declining" && !modifiers.negated;
        self.draft.condition(items, &id, format!("{id} {op} \"{label}\""), note, trouble);
        if let Some(quantity) = modifiers.quantity {
            self.draft.miss(
                items,
                format!(
                    "the {} was left out: a trend is declining, flat or growing",
                    written(quantity.value)
                ),
            );
        }
    }

    /// "not ordered for 60 days", "no orders since March", "never ordered"; says whether it was one.
    fn silence(&mut self, topic: Topic, activity: bool, modifiers: &Modifiers, items: &[usize]) -> bool {
        let Topic::Concept(place) = topic else { return false };
        let Some((days_id, day_id)) = CONCEPTS.get(place).and_then(|concept| concept.last) else {
            return false;
        };
        let span = match (modifiers.window, modifiers.quantity) {
            (Some(window), None) => Some(window),
            (None, Some(Quantity { value, unit: Unit::Days })) => Some(Window::Days(days(value))),
            _ => None,
        };
        let ago = matches!(span, Some(Window::Ago(_)));
        if self.draft.catalogue.get(days_id).is_none()
            || self.draft.about_one()
            || !(modifiers.negated || ago)
        {
            return false;
        }
        if modifiers.never && span.is_none() {
            self.draft.condition(items, days_id, format!("!has({days_id})"), None, true);
            return true;
        }
        let trouble = true;
        match span {
            Some(Window::Since(date) | Window::Running(_, date))
                if self.draft.catalogue.get(day_id).is_some() =>
            {
                self.draft.condition(items, day_id, format!("{day_id} < date(\"{date}\")"), None, trouble);
            }
            Some(window) => {
                let Some(days) = self.draft.days(window) else { return false };
                let op = if modifiers.op == Some(BinaryOp::Greater) && ago { ">" } else { ">=" };
                self.draft.condition(items, days_id, format!("{days_id} {op} {days}"), None, trouble);
            }
            None if activity || modifiers.recent => {
                let days = if modifiers.recent { 30 } else { 90 };
                let note = Some(format!("in the last {days} days"));
                self.draft.condition(items, days_id, format!("{days_id} >= {days}"), note, trouble);
            }
            None => return false,
        }
        true
    }

    /// "last ordered 60 days ago", "last contact since March": a stretch of time as a number of days; says whether it
    /// was one.
    fn since_when(&mut self, topic: Topic, chosen: &Chosen, modifiers: &Modifiers, items: &[usize]) -> bool {
        let Topic::Concept(place) = topic else { return false };
        let windowless = CONCEPTS.get(place).is_some_and(|concept| {
            concept.bases.iter().all(|base| self.draft.catalogue.windows(base).is_empty())
        });
        let days = modifiers.window.and_then(|window| self.draft.days(window));
        let Some(days) =
            days.filter(|_| windowless && chosen.measure == Measure::Days && !self.draft.about_one())
        else {
            return false;
        };
        let ago = matches!(modifiers.window, Some(Window::Ago(_)));
        let op = match modifiers.op {
            Some(op) => op,
            None if ago != modifiers.negated => BinaryOp::GreaterEqual,
            None => BinaryOp::LessEqual,
        };
        let trouble = matches!(op, BinaryOp::Greater | BinaryOp::GreaterEqual);
        self.draft.condition(items, &chosen.id, compared(&chosen.id, op, &days.to_string()), None, trouble);
        true
    }

    /// A comparison with a number.
    fn threshold(&mut self, chosen: &Chosen, modifiers: &Modifiers, items: &[usize]) {
        let Some(quantity) = modifiers.quantity else { return };
        if chosen.inverse && quantity.unit == Unit::None && quantity.value >= 1.0 {
            let why = "late deliveries are kept as a share of all: say more than 10 % late deliveries";
            return self.draft.miss(items, why);
        }
        let Some((value, mut note)) = self.amount(chosen, quantity) else {
            return self.draft.miss(items, format!("the unit does not suit {}", chosen.id));
        };
        if let Some(until) = modifiers.until {
            let Some((high, _)) = self.amount(chosen, until) else {
                return self.draft.miss(items, format!("the unit does not suit {}", chosen.id));
            };
            let (low, high) = if chosen.inverse { (high, value) } else { (value, high) };
            let text = format!("{id} >= {low} && {id} <= {high}", id = chosen.id);
            return self.draft.condition(items, &chosen.id, text, note.or(chosen.note.clone()), false);
        }
        let bare = modifiers.op.is_none();
        let op = modifiers.op.unwrap_or(BinaryOp::GreaterEqual);
        if bare {
            note = Some(note.map_or_else(|| "at least".to_owned(), |note| format!("{note}, at least")));
        }
        let op = if chosen.inverse { mirrored(op) } else { op };
        let op = if modifiers.negated { opposite(op) } else { op };
        let upward = matches!(op, BinaryOp::Greater | BinaryOp::GreaterEqual) != chosen.inverse;
        let equal = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let trouble = !equal && upward == (chosen.good == Good::Low);
        let note = match (note, &chosen.note) {
            (Some(a), Some(b)) => Some(format!("{a}, {b}")),
            (a, b) => a.or_else(|| b.clone()),
        };
        self.draft.condition(items, &chosen.id, compared(&chosen.id, op, &value), note, trouble);
    }

    /// No number: none of it, a low or high level, some of it, or simply shown.
    fn plain(&mut self, chosen: &Chosen, activity: bool, modifiers: &Modifiers, items: &[usize]) {
        let id = &chosen.id;
        let countable = matches!(chosen.measure, Measure::Count | Measure::Money);
        let bad = chosen.good == Good::Low;
        if self.draft.about_one() {
            return self.draft.shows(items, "", id, chosen.note.as_ref());
        }
        let level = modifiers.level.or(modifiers.quality.map(|good| good != bad));
        if let Some(high) = level {
            return self.level(chosen, high != modifiers.negated, items);
        }
        if !matches!(chosen.kind, Kind::Int | Kind::Double | Kind::Money) {
            return self.draft.shows(items, "shown: ", id, None);
        }
        if let Some(op) = modifiers.op {
            return self.draft.miss(items, format!("a number is missing after {}", op.mark()));
        }
        if activity && chosen.levels.is_some() {
            return self.level(chosen, !modifiers.negated, items);
        }
        let note = chosen.note.clone();
        if modifiers.negated {
            let master = self.draft.catalogue.get(id).is_some_and(|field| field.group == Group::Master);
            let text = match (countable, chosen.inverse) {
                (true, _) if master && chosen.measure == Measure::Money => format!("!has({id}) || {id} == 0"),
                (true, _) => format!("{id} == 0"),
                (false, true) => format!("{id} >= 1.0"),
                (false, false) => format!("!has({id})"),
            };
            return self.draft.condition(items, id, text, note, false);
        }
        let some = self.with || activity || modifiers.recent || self.draft.join == Join::Or;
        let place = items.first().and_then(|first| first.checked_sub(1));
        let before = place.and_then(|before| self.word(before));
        let attributive = self.word(self.at) == Some(Meaning::Noun) || before == Some(Meaning::Is);
        // "premium, orders down, service issues": one more condition of a list of them.
        let one_of_many = !self.draft.conditions.is_empty()
            && place.and_then(|before| self.what(before)) == Some(&What::Comma);
        let trouble_named = bad && (self.draft.set || attributive || one_of_many);
        // A day beyond terms is nobody's habit: who "pays late" is late by the level that counts as high.
        if chosen.measure == Measure::Days && chosen.levels.is_some() && (some || trouble_named) {
            return self.level(chosen, true, items);
        }
        if (countable || chosen.inverse || chosen.measure == Measure::Days) && (some || trouble_named) {
            let text = if chosen.inverse { format!("{id} < 1.0") } else { format!("{id} > 0") };
            return self.draft.condition(items, id, text, note, bad);
        }
        self.draft.shows(items, "shown: ", id, note.as_ref());
    }

    /// "high churn risk", "poor on-time delivery": beyond the usual level where there is one, else ranked.
    fn level(&mut self, chosen: &Chosen, high: bool, items: &[usize]) {
        let Some((low_below, high_from)) = chosen.levels else {
            return self.draft.order(items, chosen, high != chosen.inverse);
        };
        let days = chosen.measure == Measure::Days;
        let (op, value) = match (high, days) {
            (true, true) => (BinaryOp::Greater, high_from),
            (true, false) => (BinaryOp::GreaterEqual, high_from),
            (false, true) => (BinaryOp::LessEqual, low_below),
            (false, false) => (BinaryOp::Less, low_below),
        };
        let (op, value) = if chosen.inverse { (mirrored(op), 1.0 - value) } else { (op, value) };
        let word = if high { "high" } else { "low" };
        let note = chosen.note.as_ref().map_or_else(String::new, |note| format!(", {note}"));
        let value = if chosen.measure == Measure::Ratio { fraction(value) } else { written(value) };
        let from = match (chosen.measure, high) {
            (Measure::Days, true) => format!(": more than {value} days"),
            (Measure::Days, false) => format!(": at most {value} days"),
            _ => String::new(),
        };
        let note = Some(format!("taken as {word}{from}{note}"));
        let trouble = high == (chosen.good == Good::Low);
        self.draft.condition(items, &chosen.id, compared(&chosen.id, op, &value), note, trouble);
    }
}

/// "not more than".
fn opposite(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::GreaterEqual,
        BinaryOp::LessEqual => BinaryOp::Greater,
        BinaryOp::Greater => BinaryOp::LessEqual,
        BinaryOp::GreaterEqual => BinaryOp::Less,
        BinaryOp::Equal => BinaryOp::NotEqual,
        other => other,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn days(value: f64) -> u16 {
    value.clamp(1.0, 3_660.0) as u16
}
