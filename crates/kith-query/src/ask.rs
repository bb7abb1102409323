//! Asking: plain words become a filter, an order and a limit, or a clear "not understood".
//!
//! A deterministic grammar with typed slots over the catalogue: nothing is guessed, every word that carries
//! meaning is reported as understood (and as what) or as not understood.

mod clause;
mod concept;
mod country;
mod draft;
mod ending;
mod german;
mod ordinary;
mod person;
mod preset;
mod quantity;
mod reply;
mod scan;
mod token;
mod vocabulary;
mod write;

use jiff::civil::Date;
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::error::Span;
use crate::sort::SortKey;
use clause::Clauses;
use draft::Draft;
use german::German;
pub use person::called;
use vocabulary::Vocabulary;

/// One account that a text may name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameHit {
    /// Account id (`acc_…`).
    pub account: String,
    /// Its name.
    pub name: String,
    /// 1 for an exact name, number or alias; less for a likeness.
    pub score: f32,
}

/// Finds accounts by name; the caller holds the names.
pub trait Names {
    /// Accounts that the text may name, best first: exact, alias, or likeness of 0.92 and more. Case and
    /// punctuation do not matter. An empty answer means that the text names no account.
    fn find(&self, text: &str) -> Vec<NameHit>;

    /// Account managers who are called so, as [`called`] finds them.
    fn people(&self, text: &str) -> Vec<String>;
}

/// What kind of reply a question gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A ranked list of accounts.
    List,
    /// A number of accounts ("how many …").
    Count,
    /// Values of one named account.
    Answer,
    /// A question back.
    Clarify,
    /// No, and why.
    Refusal,
}

/// A piece of the question and what it became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The words, as written.
    pub text: String,
    /// What they became: a condition, an order, an account, or why they could not be used.
    #[serde(rename = "as")]
    pub as_: String,
    /// The same for whoever says it in other words.
    #[serde(skip)]
    pub said: Said,
    /// Where they stand in the question, in bytes.
    #[serde(skip)]
    pub span: Span,
}

/// What a piece of the question became, in its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// A condition, in canonical text.
    pub filter: Option<String>,
    /// An order: the field, and whether the greatest come first.
    pub sort: Option<(String, bool)>,
    /// A field whose value is shown.
    pub field: Option<String>,
    /// What was assumed.
    pub notes: Vec<String>,
}

/// Why a question is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Stable code, for example `ask.writing_not_yet`.
    pub code: &'static str,
    /// A sentence for people.
    pub sentence: String,
    /// What to do instead.
    pub clears: String,
}

/// What a question was understood to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// What kind of reply it gets.
    pub kind: Form,
    /// What was understood, in the order of the question.
    pub understood: Vec<Part>,
    /// What was not understood, or is not available, in the order of the question.
    pub not_understood: Vec<Part>,
    /// The filter, in canonical text.
    pub filter: Option<String>,
    /// The order of the list.
    pub sort: Vec<SortKey>,
    /// How many were asked for.
    pub limit: Option<usize>,
    /// The account it is about (`acc_…`).
    pub subject: Option<String>,
    /// The fields asked for: the answer's values, or the columns worth showing in a list.
    pub metrics: Vec<String>,
    /// The question back.
    pub question: Option<String>,
    /// What may be asked instead, each a whole question.
    pub choices: Vec<String>,
    /// Why it is refused.
    pub refusal: Option<Denial>,
}

/// Most tokens of a question.
const TOKENS_MAX: usize = 120;

/// The words of an organisation: those of the language and those of its catalogue. Made once for a catalogue.
pub struct Grammar {
    vocabulary: Vocabulary,
    german: German,
}

impl std::fmt::Debug for Grammar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grammar").finish_non_exhaustive()
    }
}

impl Grammar {
    /// The grammar of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        Self { vocabulary: Vocabulary::new(catalogue), german: German::new() }
    }

    /// Understands a question, asked on a day, over the catalogue the grammar was made for. Never fails: what cannot
    /// be understood is said in the reply.
    #[must_use]
    pub fn understand(
        &self,
        question: &str,
        catalogue: &Catalogue,
        names: &dyn Names,
        today: Date,
    ) -> Understanding {
        if question.len() > token::LENGTH_MAX {
            return reply::clarify(format!("Please ask in at most {} characters.", token::LENGTH_MAX));
        }
        let mut tokens = token::tokens(question);
        if tokens.is_empty() {
            return reply::clarify("What would you like to know?".to_owned());
        }
        if tokens.len() > TOKENS_MAX {
            return reply::clarify(format!("Please ask in at most {TOKENS_MAX} words."));
        }
        tokens = self.german.english(tokens, &self.vocabulary);
        if let Some(denial) = write::denial(&tokens) {
            return reply::refused(denial);
        }
        let items = scan::items(&mut tokens, &self.vocabulary, names, today);
        let mut draft = Draft::new((catalogue, names), today, question, &tokens, &items);
        Clauses::new(&mut draft).read();
        reply::reply(draft)
    }
}

/// Understands one question; [`Grammar`] is for many.
#[must_use]
pub fn understand(question: &str, catalogue: &Catalogue, names: &dyn Names, today: Date) -> Understanding {
    Grammar::new(catalogue).understand(question, catalogue, names, today)
}

#[cfg(test)]
mod tests;
