//! The rules of what is known of an account's risk.

use jiff::Span;
use jiff::civil::Date;

use super::{Books, BureauReport, ClassOverride, Command, Event, Risk, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, line, paragraph};

/// The class moves by so many notches at most.
pub const NOTCHES_MOST: i8 = 1;
/// Days after which it moves back by itself.
pub const OVERRIDE_DAYS: i64 = 180;
const BUREAU_MAX: usize = 100;
const REASON_MAX: usize = 1_000;

/// What the rules need to know.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The account is there.
    pub account_known: bool,
    /// The business day.
    pub today: Date,
}

impl Decider for Risk {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if !facts.account_known {
            return Err(refusal::no_account());
        }
        let at = context.now;
        match command {
            Command::RecordBureau { report } => {
                let report = Box::new(checked_report(report, facts.today)?);
                match &self.bureau {
                    Some(known) if *known == *report => Ok(vec![]),
                    Some(known) if known.reported_on > report.reported_on => Err(refusal::outdated()),
                    _ => Ok(vec![Event::BureauRecorded { report, at }]),
                }
            }
            Command::RecordBooks { books } => {
                check_books(books, facts.today)?;
                match &self.books {
                    Some(known) if *known == **books => Ok(vec![]),
                    Some(known) if known.statement_on > books.statement_on => Err(refusal::outdated()),
                    _ => Ok(vec![Event::BooksRecorded { books: books.clone(), at }]),
                }
            }
            Command::OverrideClass { notches, reason } => self.override_class(context, *notches, reason),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::BureauRecorded { .. } => "risk.bureau_recorded.v1",
            Event::BooksRecorded { .. } => "risk.books_recorded.v1",
            Event::ClassOverridden { .. } => "risk.class_overridden.v1",
        }
    }
}

impl Risk {
    fn override_class(
        &self,
        context: &Context,
        notches: i8,
        reason: &Personal<String>,
    ) -> Result<Vec<Event>, Refusal> {
        let mut faults = Vec::new();
        if !(-NOTCHES_MOST..=NOTCHES_MOST).contains(&notches) {
            faults.push(FieldFault::new("/notches", "out_of_range", "expected −1, 0 or 1"));
        }
        let text = paragraph(reason.get().map_or("", String::as_str), REASON_MAX);
        if let Err(error) = &text {
            faults.push(FieldFault::new("/reason", error.code(), error.to_string()));
        }
        let (true, Ok(text)) = (faults.is_empty(), text) else {
            return Err(refusal::invalid().with_fields(faults));
        };
        let now = context.now;
        if notches == 0 {
            let ends = self.class_override.is_some();
            return Ok(if ends { vec![Event::ClassOverridden { to: None, at: now }] } else { vec![] });
        }
        let reason = Personal { subject: reason.subject.clone(), value: Some(text) };
        let stands = self.class_override.as_ref().filter(|known| known.expires_at > now);
        if stands.is_some_and(|known| known.notches == notches && known.reason == reason) {
            return Ok(vec![]);
        }
        let expires_at = now.checked_add(Span::new().hours(OVERRIDE_DAYS * 24)).unwrap_or(now);
        let to = ClassOverride { notches, reason, by: context.actor.user, set_at: now, expires_at };
        Ok(vec![Event::ClassOverridden { to: Some(to), at: now }])
    }
}

fn checked_report(report: &BureauReport, today: Date) -> Result<BureauReport, Refusal> {
    let mut faults = Vec::new();
    let bureau = line(&report.bureau, BUREAU_MAX);
    if let Err(error) = &bureau {
        faults.push(FieldFault::new("/bureau", error.code(), error.to_string()));
    }
    let value = report.value_millionths as f64 / 1e6;
    if let Err(wanted) = report.scale.score(value) {
        faults.push(FieldFault::new("/value", "out_of_range", wanted.to_string()));
    }
    if report.reported_on > today {
        faults.push(FieldFault::new("/reported_on", "in_the_future", "a report is not of tomorrow"));
    }
    let limits = [("/recommended_limit", report.recommended_limit), ("/insured_limit", report.insured_limit)];
    for (place, limit) in limits {
        if limit.is_some_and(|limit| limit.minor < 0) {
            faults.push(FieldFault::new(place, "negative", "a limit is not below nothing"));
        }
    }
    match bureau {
        Ok(bureau) if faults.is_empty() => Ok(BureauReport { bureau, ..report.clone() }),
        _ => Err(refusal::invalid().with_fields(faults)),
    }
}

fn check_books(books: &Books, today: Date) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    if books.statement_on > today {
        faults.push(FieldFault::new("/statement_on", "in_the_future", "a balance sheet is not of tomorrow"));
    }
    for (name, money) in books.figures() {
        if money.currency != books.total_assets.currency {
            faults.push(FieldFault::new(format!("/{name}"), "currency", "all figures are in one currency"));
        }
    }
    for (place, money) in
        [("/total_assets", books.total_assets), ("/total_liabilities", books.total_liabilities)]
    {
        if money.minor <= 0 {
            faults.push(FieldFault::new(place, "not_positive", "expected an amount above nothing"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(refusal::invalid().with_fields(faults)) }
}
