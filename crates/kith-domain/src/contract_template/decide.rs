//! The rules of contract templates: every field has a type, and the text names fields that there are.

use std::collections::BTreeSet;

use super::{
    BUILT_IN, Command, ContractTemplate, Event, FieldDraft, FieldKind, FieldSpec, Part, Renewal,
    TemplateDraft, parts, read_value, refusal,
};
use crate::account::AgreementKind;
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{line, paragraph};

/// What the rules need to know: nothing but the template itself.
pub type Facts = ();

/// Most fields.
const FIELDS_MAX: usize = 100;
/// Longest text, in bytes.
const TEXT_MAX: usize = 200_000;

impl Decider for ContractTemplate {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, (): &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Save { code, draft } => {
                let mut check = Check::default();
                let mut template = check.template(code, draft);
                if !check.faults.is_empty() {
                    return Err(refusal::invalid().with_fields(check.faults));
                }
                template.version = self.version;
                template.saved_at = self.saved_at;
                if template == *self {
                    return Ok(vec![]);
                }
                template.version = self.version.saturating_add(1);
                template.saved_at = Some(context.now);
                Ok(vec![Event::Saved { template: Box::new(template) }])
            }
            Command::Retire if !self.exists() => Err(refusal::not_found()),
            Command::Retire if self.retired_at.is_some() => Ok(vec![]),
            Command::Retire => Ok(vec![Event::Retired { at: context.now }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Saved { .. } => "contract_template.saved.v1",
            Event::Retired { .. } => "contract_template.retired.v1",
        }
    }
}

#[derive(Default)]
struct Check {
    faults: Vec<FieldFault>,
}

impl Check {
    fn fault(&mut self, place: impl Into<String>, code: &str, message: impl Into<String>) {
        self.faults.push(FieldFault::new(place, code, message));
    }

    fn template(&mut self, code: &str, draft: &TemplateDraft) -> ContractTemplate {
        let code = code.trim().to_owned();
        if !is_word(&code) {
            self.fault("/code", "code_invalid", "expected 1 to 40 of a-z, 0-9 and _, a letter first");
        }
        let name = self.line("/name", draft.name.as_deref().unwrap_or_default(), 255);
        let language = self.line("/language", draft.language.as_deref().unwrap_or("en"), 35);
        let governing_law = draft.governing_law.as_deref().map(|law| self.line("/governing_law", law, 255));
        let text = match paragraph(draft.text.as_deref().unwrap_or_default(), TEXT_MAX) {
            Ok(text) => text,
            Err(error) => {
                self.fault("/text", error.code(), error.to_string());
                String::new()
            }
        };
        let kind = self.word("/type", draft.kind.as_deref(), AgreementKind::get, AgreementKind::CODES);
        let renewal = self.word("/renewal", draft.renewal.as_deref(), Renewal::get, Renewal::CODES);
        let notice_days = self.bounded("/notice_days", draft.notice_days, (60, 0, 730));
        let term = self.bounded("/auto_renew_term_months", draft.auto_renew_term_months, (12, 1, 120));
        let fields = self.fields(&draft.fields);
        self.placeholders(&text, &fields);
        ContractTemplate {
            code,
            name,
            kind,
            version: 0,
            language,
            text,
            fields,
            renewal,
            notice_days,
            auto_renew_term_months: term,
            governing_law,
            countersigned: draft.countersigned,
            reviewed: draft.reviewed,
            is_default: draft.is_default,
            retired_at: None,
            saved_at: None,
        }
    }

    fn line(&mut self, place: &str, text: &str, most: usize) -> String {
        line(text, most).unwrap_or_else(|error| {
            self.fault(place, error.code(), error.to_string());
            String::new()
        })
    }

    fn word<W: Default>(
        &mut self,
        place: &str,
        code: Option<&str>,
        get: impl Fn(&str) -> Option<W>,
        codes: &[&str],
    ) -> W {
        let Some(code) = code else { return W::default() };
        get(code.trim()).unwrap_or_else(|| {
            self.fault(place, "not_in_list", format!("expected one of {}", codes.join(", ")));
            W::default()
        })
    }

    fn bounded(&mut self, place: &str, given: Option<i64>, (usual, least, most): (u16, u16, u16)) -> u16 {
        let Some(given) = given else { return usual };
        let number = u16::try_from(given).ok().filter(|number| (least..=most).contains(number));
        number.unwrap_or_else(|| {
            self.fault(place, "out_of_range", format!("expected {least} to {most}"));
            usual
        })
    }

    fn fields(&mut self, drafts: &[FieldDraft]) -> Vec<FieldSpec> {
        if drafts.len() > FIELDS_MAX {
            self.fault("/fields", "too_many", format!("a template has at most {FIELDS_MAX} fields"));
        }
        let mut names = BTreeSet::new();
        let mut specs = Vec::new();
        for (index, draft) in drafts.iter().take(FIELDS_MAX).enumerate() {
            let at = format!("/fields/{index}");
            let spec = self.field(&at, draft);
            if !spec.name.is_empty() && !names.insert(spec.name.clone()) {
                self.fault(format!("{at}/name"), "duplicate", "another field has this name");
            }
            specs.push(spec);
        }
        specs
    }

    fn field(&mut self, at: &str, draft: &FieldDraft) -> FieldSpec {
        let name = draft.name.as_deref().unwrap_or_default().trim().to_owned();
        if !is_word(&name) {
            self.fault(
                format!("{at}/name"),
                "name_invalid",
                "expected 1 to 40 of a-z, 0-9 and _, a letter first",
            );
        } else if BUILT_IN.contains(&name.as_str()) {
            self.fault(format!("{at}/name"), "name_reserved", "every contract has this by itself");
        }
        let label = draft.label.as_deref().unwrap_or(&name);
        let label =
            if label.is_empty() { String::new() } else { self.line(&format!("{at}/label"), label, 100) };
        let kind = self.word(&format!("{at}/type"), draft.kind.as_deref(), FieldKind::get, FieldKind::CODES);
        let mut choices = Vec::new();
        for (index, choice) in draft.choices.iter().enumerate() {
            choices.push(self.line(&format!("{at}/choices/{index}"), choice, 200));
        }
        if (kind == FieldKind::Choice) == choices.is_empty() {
            self.fault(
                format!("{at}/choices"),
                "choices_invalid",
                "a choice has words to choose from, and nothing else has",
            );
        }
        let mut spec = FieldSpec { name, label, kind, required: draft.required, choices, default: None };
        if let Some(value) = &draft.default {
            match read_value(&spec, value) {
                Ok(value) => spec.default = Some(value),
                Err((code, message)) => self.fault(format!("{at}/default"), code, message),
            }
        }
        spec
    }

    fn placeholders(&mut self, text: &str, fields: &[FieldSpec]) {
        let mut told = BTreeSet::new();
        for part in parts(text) {
            let Part::Field(name) = part else { continue };
            let known = BUILT_IN.contains(&name) || fields.iter().any(|field| field.name == name);
            if !known && told.insert(name) {
                let shown: String = name.chars().take(60).collect();
                self.fault("/text", "placeholder_unknown", format!("there is no field {{{{{shown}}}}}"));
            }
        }
    }
}

/// A name as code uses it.
fn is_word(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.len() <= 40 && text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(word)
}
