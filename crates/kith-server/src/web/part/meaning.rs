//! What the pieces of a question became, in the reader's words; the filter itself stands behind a disclosure.

use kith_template::html;
use maud::Markup;

/// A piece of a question and what it became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// The words, as written.
    pub text: String,
    /// What they became, in the reader's language.
    pub said: String,
    /// The same in the filter language; empty where it is no condition and no order.
    pub code: String,
}

/// `Understood:` with each piece, and the code on demand.
pub(crate) fn understood(meanings: &[Meaning]) -> Markup {
    let codes: Vec<&str> =
        meanings.iter().map(|one| one.code.as_str()).filter(|code| !code.is_empty()).collect();
    html! {
        @if !meanings.is_empty() {
            .row .wrap .gap1 .sm .muted {
                "Understood:" @for one in meanings { span .pill title=(one.text) { (one.said) } }
                @if !codes.is_empty() {
                    details .inline .code-of {
                        summary { "As a filter" }
                        @for code in codes { code .mono .broken { (code) } }
                    }
                }
            }
        }
    }
}
