//! Fields of forms: a label, what was typed, and at the field what is wrong with it.

use std::collections::HashMap;

use kith_domain::refusal::{FieldFault, Refusal};
use kith_template::html;
use maud::Markup;

use super::note::{Kind, note};
use crate::web::number::capital;
use crate::web::words::told;

/// What a form said and why it was not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Which form of the page: its member `form`.
    pub form: String,
    /// What was typed.
    pub values: HashMap<String, String>,
    /// Members at fault, each with a sentence.
    pub faults: Vec<(String, String)>,
    /// Why it was not taken as a whole.
    pub sentence: String,
}

impl Typed {
    /// A form that was refused. A fault stands at the last place of its pointer that the form has a member for.
    #[must_use]
    pub fn refused(values: HashMap<String, String>, refusal: &Refusal) -> Self {
        let clears = Some(refusal.clears.as_str()).filter(|clears| !clears.is_empty());
        let sentence = [Some(refusal.sentence.as_str()), clears].into_iter().flatten();
        Self::at_fault(values, &sentence.collect::<Vec<_>>().join(" "), &refusal.fields)
    }

    /// A form with faults.
    #[must_use]
    pub fn at_fault(values: HashMap<String, String>, sentence: &str, fields: &[FieldFault]) -> Self {
        let place = |fault: &FieldFault| {
            let mut parts = fault.pointer.split('/').filter(|part| values.contains_key(*part));
            parts.next_back().unwrap_or_default().to_owned()
        };
        let faults = fields.iter().map(|fault| (place(fault), fault.message.clone())).collect();
        Self {
            form: values.get("form").cloned().unwrap_or_default(),
            faults,
            sentence: sentence.to_owned(),
            values,
        }
    }
}

/// One form of a page, with what was typed into it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    form: &'a str,
    typed: Option<&'a Typed>,
}

impl<'a> Said<'a> {
    /// The form of this name.
    pub(crate) fn of(form: &'a str, typed: Option<&'a Typed>) -> Self {
        Self { form, typed: typed.filter(|typed| typed.form == form) }
    }

    /// Whether the form was sent and not taken.
    pub(crate) fn is_refused(self) -> bool {
        self.typed.is_some()
    }

    /// Whether a box is ticked.
    pub(crate) fn ticked(self, name: &str, held: bool) -> bool {
        self.typed.map_or(held, |typed| typed.values.contains_key(name))
    }

    fn fault(self, name: &str) -> Option<&'a str> {
        let faults = &self.typed?.faults;
        faults.iter().find(|(member, _)| member == name).map(|(_, sentence)| sentence.as_str())
    }

    fn id(self, name: &str) -> String {
        format!("{}-{name}", self.form).replace([':', ' '], "-")
    }

    /// The member that tells which form it is, and why it was not taken.
    pub(crate) fn head(self, csrf: &str) -> Markup {
        let loose = self.typed.map(|typed| typed.faults.iter().filter(|(member, _)| member.is_empty()));
        html! {
            input type="hidden" name="csrf" value=(csrf);
            input type="hidden" name="form" value=(self.form);
            @if let Some(typed) = self.typed {
                .whole { (note(Kind::Bad, &html! {
                    p .b { (told(&typed.sentence)) }
                    @for (_, sentence) in loose.into_iter().flatten() { p { (capital(&told(sentence))) } }
                })) }
            }
        }
    }

    /// What stands below a control: the help, or what is wrong.
    fn below(self, name: &str, help: &str) -> Markup {
        html! {
            @if let Some(fault) = self.fault(name) { span .sm .bad id=(format!("{}-fault", self.id(name))) { (capital(&told(fault))) } }
            @if !help.is_empty() { span .sm .muted id=(format!("{}-help", self.id(name))) { (help) } }
        }
    }

    fn described(self, name: &str, help: &str) -> Option<String> {
        let id = self.id(name);
        let fault = self.fault(name).map(|_| format!("{id}-fault"));
        let help = Some(format!("{id}-help")).filter(|_| !help.is_empty());
        let parts: Vec<String> = fault.into_iter().chain(help).collect();
        Some(parts.join(" ")).filter(|parts| !parts.is_empty())
    }

    /// A field of one line.
    pub(crate) fn line(self, field: &Line<'_>, held: &str) -> Markup {
        let id = self.id(field.name);
        let value = self.typed.map_or(held, |typed| typed.values.get(field.name).map_or("", String::as_str));
        // A secret is typed again.
        let value = if field.kind == "password" { "" } else { value };
        html! {
            .stack .x {
                label .sm .b for=(id) { (field.label) }
                input .field id=(id) name=(field.name) type=(field.kind) value=(value) required[field.required]
                    maxlength=[(field.most > 0).then_some(field.most)] list=[field.list] step=[(field.kind == "number").then_some("any")]
                    autocomplete=(field.autocomplete) spellcheck="false"
                    aria-invalid=[self.fault(field.name).map(|_| "true")] aria-describedby=[self.described(field.name, field.help)];
                (self.below(field.name, field.help))
            }
        }
    }

    /// A choice of one.
    pub(crate) fn choice(self, name: &str, label: &str, options: &[(String, String)], held: &str) -> Markup {
        let id = self.id(name);
        let value = self.typed.map_or(held, |typed| typed.values.get(name).map_or("", String::as_str));
        html! {
            .stack .x {
                label .sm .b for=(id) { (label) }
                select .field id=(id) name=(name) aria-invalid=[self.fault(name).map(|_| "true")] aria-describedby=[self.described(name, "")] {
                    @for (code, title) in options { option value=(code) selected[code == value] { (title) } }
                }
                (self.below(name, ""))
            }
        }
    }

    /// A box to tick.
    pub(crate) fn tick(self, name: &str, label: &str, held: bool) -> Markup {
        let id = self.id(name);
        html! {
            label .row .gap2 .tick for=(id) {
                input id=(id) type="checkbox" name=(name) value="true" checked[self.ticked(name, held)];
                span { (label) }
            }
        }
    }
}

/// What a field of one line is like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    /// The type of the `<input>`.
    pub(crate) kind: &'a str,
    pub(crate) required: bool,
    pub(crate) most: u32,
    pub(crate) help: &'a str,
    /// The id of a list of proposals.
    pub(crate) list: Option<&'a str>,
    pub(crate) autocomplete: &'a str,
}

impl<'a> Line<'a> {
    /// A text that must be there.
    pub(crate) fn must(name: &'a str, label: &'a str) -> Self {
        Self { required: true, ..Self::may(name, label) }
    }

    /// A text that may be there.
    pub(crate) fn may(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            required: false,
            most: 255,
            help: "",
            list: None,
            autocomplete: "off",
        }
    }

    pub(crate) fn kind(self, kind: &'a str) -> Self {
        Self { kind, ..self }
    }

    pub(crate) fn help(self, help: &'a str) -> Self {
        Self { help, ..self }
    }

    pub(crate) fn list(self, list: &'a str) -> Self {
        Self { list: Some(list), ..self }
    }
}

/// Options whose code is their title.
pub(crate) fn codes<'c>(codes: impl IntoIterator<Item = &'c str>) -> Vec<(String, String)> {
    codes.into_iter().map(|code| (code.to_owned(), code.to_owned())).collect()
}
