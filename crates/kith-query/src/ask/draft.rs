//! What a question has become so far, and how a piece of it becomes a field, a condition or an order.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::concept::{CONCEPTS, Concept, Good, Measure, of_base};
use super::quantity::{Window, written};
use super::scan::{Item, What};
use super::token::Token;
use super::vocabulary::Rank;
use super::{NameHit, Names, Part, Said};
use crate::ast::BinaryOp;
use crate::catalogue::{Catalogue, Field, FieldIndex, Kind};
use crate::error::Span;
use crate::filter::check;

/// How a condition joins the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Comma,
    Or,
}

/// One condition.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) text: String,
    pub(super) join: Join,
    pub(super) trouble: bool,
}

/// What is asked about: a concept, or a field that is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Topic {
    Concept(usize),
    Field(FieldIndex),
    /// This very field, with its window.
    Exact(FieldIndex),
}

/// A field found for a topic, and what was assumed.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) measure: Measure,
    pub(super) good: Good,
    pub(super) levels: Option<(f64, f64)>,
    pub(super) inverse: bool,
    pub(super) note: Option<String>,
}

/// Why there is no field.
pub(super) enum Lacking {
    /// Not in the catalogue.
    Field(String),
    /// The calendar period is not kept.
    Period,
    /// It lies ahead.
    Future,
}

pub(super) struct Draft<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) names: &'a dyn Names,
    pub(super) today: Date,
    pub(super) question: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) items: &'a [Item],
    pub(super) conditions: Vec<Condition>,
    pub(super) sort: Vec<(String, bool)>,
    pub(super) limit: Option<usize>,
    pub(super) shown: Vec<String>,
    pub(super) understood: Vec<Part>,
    pub(super) not_understood: Vec<Part>,
    pub(super) clarify: Option<(String, Vec<String>)>,
    pub(super) subjects: Vec<NameHit>,
    pub(super) join: Join,
    pub(super) count: bool,
    /// Customers were asked for, as a set.
    pub(super) set: bool,
    /// The order where none is asked for.
    pub(super) usual: Option<(String, bool)>,
    /// A part of a name that several people have: where it stands, and their names.
    pub(super) which: Option<(Span, Vec<String>)>,
}

impl<'a> Draft<'a> {
    /// The draft before anything is read; the accounts named are known already.
    pub(super) fn new(
        (catalogue, names): (&'a Catalogue, &'a dyn Names),
        today: Date,
        question: &'a str,
        tokens: &'a [Token],
        items: &'a [Item],
    ) -> Self {
        let mut subjects: Vec<NameHit> = Vec::new();
        for item in items {
            if let What::Account(hit) = &item.what
                && !subjects.iter().any(|held| held.account == hit.account)
            {
                subjects.push(hit.clone());
            }
        }
        Self {
            catalogue,
            names,
            today,
            question,
            tokens,
            items,
            conditions: Vec::new(),
            sort: Vec::new(),
            limit: None,
            shown: Vec::new(),
            understood: Vec::new(),
            not_understood: Vec::new(),
            clarify: None,
            subjects,
            join: Join::And,
            count: false,
            set: false,
            usual: None,
            which: None,
        }
    }

    /// The place of some items in the question.
    pub(super) fn span(&self, items: &[usize]) -> Span {
        let tokens =
            items.iter().filter_map(|item| self.items.get(*item)).flat_map(|item| item.tokens.clone());
        let spans: Vec<Span> =
            tokens.filter_map(|token| self.tokens.get(token)).map(|token| token.span).collect();
        let at = spans.iter().map(|span| span.at).min().unwrap_or_default();
        Span::between(at, spans.iter().map(|span| span.end()).max().unwrap_or(at))
    }

    /// The words of some items, as written; what lies between is marked.
    fn words(&self, items: &[usize]) -> String {
        let mut sorted = items.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut text = String::new();
        let mut end = None;
        for item in sorted {
            let span = self.span(&[item]);
            // Two words may come from one, as "Premiumkunden" or "haven't".
            if end.is_some_and(|end| span.at < end) {
                continue;
            }
            let gap = end.map(|end| self.question.get(end..span.at).unwrap_or_default());
            match gap {
                None => {}
                Some(gap) if gap.chars().filter(|c| c.is_alphanumeric()).count() <= 6 => text.push_str(gap),
                Some(_) => text.push_str(" … "),
            }
            text.push_str(self.question.get(span.at..span.end()).unwrap_or_default());
            end = Some(span.end());
        }
        text
    }

    /// One item, as written.
    pub(super) fn words_at(&self, item: usize) -> &str {
        let span = self.span(&[item]);
        self.question.get(span.at..span.end()).unwrap_or_default()
    }

    pub(super) fn understand(&mut self, items: &[usize], as_: impl Into<String>) {
        self.understood_as(items, as_, Said::default());
    }

    fn understood_as(&mut self, items: &[usize], as_: impl Into<String>, said: Said) {
        let part = Part { text: self.words(items), as_: as_.into(), said, span: self.span(items) };
        self.understood.push(part);
    }

    /// A field whose value is shown, after `before`.
    pub(super) fn shows(&mut self, items: &[usize], before: &str, id: &str, note: Option<&String>) {
        self.show(id);
        let told = note.map_or_else(String::new, |note| format!(" ({note})"));
        let said = Said {
            field: Some(id.to_owned()),
            notes: note.cloned().into_iter().collect(),
            ..Said::default()
        };
        self.understood_as(items, format!("{before}{id}{told}"), said);
    }

    pub(super) fn miss(&mut self, items: &[usize], why: impl Into<String>) {
        let (text, span) = (self.words(items), self.span(items));
        self.not_understood.push(Part { text, as_: why.into(), said: Said::default(), span });
    }

    pub(super) fn show(&mut self, id: &str) {
        if !self.shown.iter().any(|shown| shown == id) {
            self.shown.push(id.to_owned());
        }
    }

    /// Whether one account is asked about, so that conditions are values to answer with.
    pub(super) fn about_one(&self) -> bool {
        !self.subjects.is_empty()
    }

    /// Adds a condition on a field, or shows the field when one account is asked about.
    pub(super) fn condition(
        &mut self,
        items: &[usize],
        id: &str,
        text: String,
        note: Option<String>,
        trouble: bool,
    ) {
        match check(&text, self.catalogue) {
            Ok(_) if self.about_one() => self.shows(items, "", id, note.as_ref()),
            Ok(filter) => {
                self.show(id);
                let printed = filter.print();
                let told =
                    note.as_ref().map_or_else(|| printed.clone(), |note| format!("{printed} ({note})"));
                let notes = note.into_iter().collect();
                self.understood_as(items, told, Said { filter: Some(printed), notes, ..Said::default() });
                self.conditions.push(Condition { text, join: self.join, trouble });
                self.join = Join::And;
            }
            Err(errors) => {
                let why = errors.first().map_or_else(String::new, ToString::to_string);
                self.miss(items, format!("cannot be used here: {why}"));
            }
        }
    }

    /// Orders the list by a field.
    pub(super) fn order(&mut self, items: &[usize], chosen: &Chosen, descending: bool) {
        self.show(&chosen.id);
        let end = if descending { "greatest first" } else { "least first" };
        let note = chosen.note.as_ref().map_or_else(String::new, |note| format!(" ({note})"));
        let notes = chosen.note.clone().into_iter().collect();
        let said = Said { sort: Some((chosen.id.clone(), descending)), notes, ..Said::default() };
        self.understood_as(items, format!("sorted by {}, {end}{note}", chosen.id), said);
        if !self.sort.iter().any(|(id, _)| *id == chosen.id) {
            self.sort.push((chosen.id.clone(), descending));
        }
    }

    /// Orders the list by a field, without more.
    pub(super) fn steep(&mut self, items: &[usize], id: String, descending: bool) {
        self.show(&id);
        let end = if descending { "greatest first" } else { "least first" };
        let said = Said { sort: Some((id.clone(), descending)), ..Said::default() };
        self.understood_as(items, format!("sorted by {id}, {end}"), said);
        self.sort.push((id, descending));
    }

    /// Whether a rank means greatest first.
    pub(super) fn descending(chosen: &Chosen, rank: Rank) -> bool {
        let plain = match rank {
            Rank::Top | Rank::Most => true,
            Rank::Bottom | Rank::Least => false,
            Rank::Best => chosen.good == Good::High,
            Rank::Worst => chosen.good == Good::Low,
        };
        plain != chosen.inverse
    }

    /// Days up to today that a stretch of time covers.
    pub(super) fn days(&self, window: Window) -> Option<u16> {
        match window {
            Window::Days(days) | Window::Last(days) | Window::Running(days, _) | Window::Ago(days) => {
                Some(days)
            }
            Window::Since(date) => {
                u16::try_from(self.today.since(date).ok()?.get_days()).ok().filter(|days| *days > 0)
            }
            Window::Period(..)
            | Window::Season(..)
            | Window::Coming(_)
            | Window::Ahead(..)
            | Window::Before(_) => None,
        }
    }

    /// The field of a topic on a window.
    pub(super) fn choose(
        &self,
        topic: Topic,
        window: Option<Window>,
        recent: bool,
    ) -> Result<Chosen, Lacking> {
        let (base, concept) = self.base(topic)?;
        if let Topic::Exact(index) = topic
            && let Some(field) = self.catalogue.field(index)
        {
            return Ok(Self::chosen(field, concept, None));
        }
        let windows = self.catalogue.windows(&base);
        match window {
            Some(Window::Coming(_) | Window::Ahead(..)) => return Err(Lacking::Future),
            Some(Window::Period(..) | Window::Season(..) | Window::Before(_)) if !windows.is_empty() => {
                return Err(Lacking::Period);
            }
            _ => {}
        }
        let asked = window.and_then(|window| self.days(window)).or(recent.then_some(30));
        let wanted = asked.unwrap_or(concept.map_or(90, |concept| concept.window));
        let nearest = windows.iter().copied().min_by_key(|held| {
            let (low, high) = ((*held).min(wanted), (*held).max(wanted));
            (u32::from(high) * 1_000 / u32::from(low.max(1)), *held)
        });
        let field = match nearest {
            Some(days) => self.catalogue.metric(&base, Some(days)),
            None => self.catalogue.metric(&base, None).or_else(|| self.catalogue.get(&base)),
        };
        let field = field.ok_or_else(|| Lacking::Field(base.replace('_', " ")))?;
        let said = |days: u16| format!("the last {days} days");
        let note = match (nearest, asked, window) {
            (Some(days), _, Some(Window::Running(..))) => {
                Some(format!("running periods are taken as {}", said(days)))
            }
            (Some(days), Some(asked), _) if days != asked => {
                Some(format!("{asked} days are not kept: {}", said(days)))
            }
            (Some(days), Some(_), None) => Some(format!("recent: {}", said(days))),
            (Some(days), ..) => Some(said(days)),
            (None, Some(_), Some(_)) => Some("as it stands now".to_owned()),
            _ => None,
        };
        Ok(Self::chosen(field, concept, note))
    }

    fn chosen(field: &Field, concept: Option<&'static Concept>, note: Option<String>) -> Chosen {
        let fraction = matches!(field.unit.as_str(), "ratio" | "fraction" | "share" | "%");
        let measure = match (&field.kind, concept) {
            (Kind::Money, _) => Measure::Money,
            (_, Some(concept)) => concept.measure,
            _ if fraction => Measure::Ratio,
            _ if field.unit == "days" => Measure::Days,
            (Kind::Int, _) => Measure::Count,
            _ => Measure::Score,
        };
        Chosen {
            id: field.id.clone(),
            kind: field.kind.clone(),
            measure,
            good: concept.map_or(Good::High, |concept| concept.good),
            levels: concept.and_then(|concept| concept.levels),
            inverse: concept.is_some_and(|concept| concept.inverse),
            note,
        }
    }

    /// The family or field id of a topic.
    fn base(&self, topic: Topic) -> Result<(String, Option<&'static Concept>), Lacking> {
        match topic {
            Topic::Concept(place) => {
                let concept = CONCEPTS.get(place);
                let bases = concept.map_or(&[] as &[&str], |concept| concept.bases);
                let held = bases.iter().find(|base| self.has_base(base));
                match held {
                    Some(base) => Ok(((*base).to_owned(), concept)),
                    None => Err(Lacking::Field(
                        bases.first().map_or_else(String::new, |base| base.replace('_', " ")),
                    )),
                }
            }
            Topic::Exact(index) => {
                let field = self.catalogue.field(index).ok_or_else(|| Lacking::Field(String::new()))?;
                let base = field.base.clone().unwrap_or_else(|| field.id.clone());
                let concept = of_base(&base).and_then(|place| CONCEPTS.get(place));
                Ok((base, concept))
            }
            Topic::Field(index) => {
                let field = self.catalogue.field(index).ok_or_else(|| Lacking::Field(String::new()))?;
                Ok((field.base.clone().unwrap_or_else(|| field.id.clone()), None))
            }
        }
    }

    pub(super) fn has_base(&self, base: &str) -> bool {
        self.catalogue.get(base).is_some()
            || self.catalogue.fields().iter().any(|field| field.base.as_deref() == Some(base))
    }

    /// Says that something asked for is not there.
    pub(super) fn lack(&mut self, items: &[usize], lacking: &Lacking) {
        match lacking {
            Lacking::Field(name) => self.miss(items, format!("not available yet: {name}")),
            Lacking::Future => self.miss(items, "what is to come is not known"),
            Lacking::Period => {
                self.miss(items, "single months, quarters and past years are not kept");
                self.clarify = Some((
                    "I keep the last 30, 90 and 365 days, not single months, quarters or past years. Which of these do you mean?".to_owned(),
                    ["in the last 30 days", "in the last 90 days", "in the last 365 days"].map(str::to_owned).to_vec(),
                ));
            }
        }
    }

    /// The condition that a date field lies in a stretch of time.
    pub(super) fn within(id: &str, window: Window) -> String {
        match window {
            Window::Days(days) | Window::Last(days) | Window::Ago(days) => {
                format!("{id} >= today() - days({days})")
            }
            Window::Since(date) | Window::Running(_, date) => format!("{id} >= date(\"{date}\")"),
            Window::Period(from, to) | Window::Season(from, to) | Window::Ahead(from, to) => {
                between(id, from, to)
            }
            Window::Coming(days) => format!("{id} >= today() && {id} <= today() + days({days})"),
            Window::Before(date) => format!("{id} < date(\"{date}\")"),
        }
    }

    /// The condition that a date of what lies ahead is in a stretch of time: "in 60 days" is not over, and a month without
    /// a year is the next one.
    pub(super) fn coming(&self, id: &str, window: Window) -> String {
        let later = |date: Date| date.checked_add(1.year()).unwrap_or(date);
        match window {
            Window::Days(days) | Window::Coming(days) => Self::within(id, Window::Coming(days)),
            Window::Last(days) | Window::Ago(days) => {
                format!("{id} >= today() - days({days}) && {id} < today()")
            }
            Window::Running(days, from) => {
                let length = match days {
                    7 => 7.days(),
                    30 => 1.month(),
                    90 => 3.months(),
                    _ => 1.year(),
                };
                between(id, from, from.checked_add(length).unwrap_or(from))
            }
            Window::Season(from, to) if to <= self.today => between(id, later(from), later(to)),
            Window::Before(date) if date > self.today => {
                format!("{id} >= today() && {id} < date(\"{date}\")")
            }
            other => Self::within(id, other),
        }
    }
}

/// From a day, and before another one.
fn between(id: &str, from: Date, to: Date) -> String {
    format!("{id} >= date(\"{from}\") && {id} < date(\"{to}\")")
}

/// `a op b`.
pub(super) fn compared(id: &str, op: BinaryOp, value: &str) -> String {
    format!("{id} {} {value}", op.mark())
}

/// The opposite relation of `1 - x`.
pub(super) fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// A number for a double field: always with a point.
pub(super) fn fraction(value: f64) -> String {
    let text = written(value);
    if text.contains('.') { text } else { format!("{text}.0") }
}
