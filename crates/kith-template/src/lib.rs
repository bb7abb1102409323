//! The macros of page templates: every text in them is looked up in the catalogue of the reader's language.
//!
//! A template is written in English, in the form of `maud`. [`html!`] hands it on to `maud` with each text node and
//! each attribute that people read put through `crate::web::words::t`; class names, ids, addresses and the
//! expressions in parentheses stay as they are. [`say!`] and [`plural!`] are for sentences with values.
//! The English text is the key of the catalogue, as gettext has it.

use proc_macro::TokenStream;

mod sentence;
mod walk;

/// A template of `maud` whose texts are said in the reader's language.
#[proc_macro]
pub fn html(template: TokenStream) -> TokenStream {
    let rewritten = walk::Walk::default().markup(template.into());
    quote::quote! { ::maud::html! { #rewritten } }.into()
}

/// A sentence with values: `say!("Waits for {who}", who = name)`; a place whose name is a variable needs no value.
#[proc_macro]
pub fn say(sentence: TokenStream) -> TokenStream {
    let said = syn::parse::<sentence::Sentence>(sentence).map(|sentence| sentence.said());
    said.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// A sentence in the number that fits: `plural!(accounts.len(), "{n} account", "{n} accounts")`. `{n}` is the number.
#[proc_macro]
pub fn plural(sentences: TokenStream) -> TokenStream {
    let said = syn::parse::<sentence::Plural>(sentences).map(|plural| plural.said());
    said.unwrap_or_else(|error| error.to_compile_error()).into()
}
