//! Walks a template and puts what people read through the catalogue.
//!
//! The test of the catalogue walks the same way over the sources, to know which texts there are.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// Attributes that people see or hear.
const SHOWN: [&str; 8] =
    ["title", "aria-label", "aria-description", "placeholder", "alt", "label", "data-say", "data-empty"];

/// A walk through one template.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The texts that were met, as the catalogue has them.
    pub(crate) keys: Vec<String>,
}

/// A text between what surrounds it: blanks and middle dots are no part of the key.
pub(crate) fn core(text: &str) -> (&str, &str, &str) {
    let edge = |letter: char| letter.is_whitespace() || letter == '·';
    let rest = text.trim_start_matches(edge);
    let core = rest.trim_end_matches(edge);
    (&text[..text.len() - rest.len()], core, &rest[core.len()..])
}

/// Whether a text says something that another language says otherwise.
fn speaks(text: &str) -> bool {
    text.chars().any(|letter| letter.is_alphabetic() || matches!(letter, '“' | '”'))
}

/// The content of a string literal; `None` for other literals.
pub(crate) fn content(literal: &Literal) -> Option<String> {
    syn::parse2::<syn::LitStr>(TokenTree::from(literal.clone()).into()).ok().map(|text| text.value())
}

type Tokens = Peekable<IntoIter>;

impl Walk {
    /// The same template with each text looked up.
    pub(crate) fn markup(&mut self, template: TokenStream) -> TokenStream {
        let mut tokens = template.into_iter().peekable();
        let mut out = TokenStream::new();
        let mut name = String::new();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Ident(word) => {
                    if !name.ends_with(['-', ':']) {
                        name.clear();
                    }
                    name.push_str(&word.to_string());
                    out.extend([token]);
                }
                TokenTree::Punct(mark) => match mark.as_char() {
                    '@' => {
                        out.extend([token]);
                        self.control(&mut tokens, &mut out);
                    }
                    '=' => {
                        out.extend([token]);
                        self.value(&name, &mut tokens, &mut out);
                    }
                    '.' | '#' => {
                        name.clear();
                        out.extend([token]);
                        // A class or an id may be written as a literal, in parentheses or in braces.
                        let is_name =
                            |next: &TokenTree| matches!(next, TokenTree::Literal(_) | TokenTree::Group(_));
                        out.extend(tokens.next_if(is_name));
                    }
                    other => {
                        name.push(other);
                        out.extend([token]);
                    }
                },
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    out.extend([self.block(group)]);
                }
                TokenTree::Group(_) => out.extend([token]),
                TokenTree::Literal(literal) => self.text(literal, false, &mut out),
            }
        }
        out
    }

    fn block(&mut self, group: &Group) -> TokenTree {
        let mut block = Group::new(Delimiter::Brace, self.markup(group.stream()));
        block.set_span(group.span());
        block.into()
    }

    /// The value of an attribute.
    fn value(&mut self, name: &str, tokens: &mut Tokens, out: &mut TokenStream) {
        let shown = SHOWN.contains(&name);
        match tokens.next() {
            Some(TokenTree::Literal(literal)) if shown => self.text(&literal, true, out),
            Some(TokenTree::Group(group)) if shown && group.delimiter() == Delimiter::Brace => {
                out.extend([self.block(&group)]);
            }
            other => out.extend(other),
        }
    }

    /// What begins with `@`: conditions, loops, choices and names.
    fn control(&mut self, tokens: &mut Tokens, out: &mut TokenStream) {
        let Some(word) = tokens.next() else { return };
        let keyword = word.to_string();
        out.extend([word]);
        match keyword.as_str() {
            "let" => copy_until(tokens, out, |token| is_mark(token, ';')),
            "for" => {
                copy_until(tokens, out, |token| token.to_string() == "in");
                self.body(tokens, out);
            }
            "match" => {
                let Some(group) = head(tokens, out) else { return };
                let mut arms = Group::new(Delimiter::Brace, self.arms(group.stream()));
                arms.set_span(group.span());
                out.extend([TokenTree::from(arms)]);
            }
            "else" => {
                let goes_on = matches!(tokens.peek(), Some(TokenTree::Ident(word)) if *word == "if");
                if goes_on {
                    out.extend(tokens.next());
                    self.condition(tokens, out);
                } else {
                    self.body(tokens, out);
                }
            }
            _ => self.condition(tokens, out),
        }
    }

    /// After `if`: a pattern may have braces of its own, the block comes after its `=`.
    fn condition(&mut self, tokens: &mut Tokens, out: &mut TokenStream) {
        if matches!(tokens.peek(), Some(TokenTree::Ident(word)) if *word == "let") {
            copy_until(tokens, out, |token| is_mark(token, '='));
        }
        self.body(tokens, out);
    }

    fn body(&mut self, tokens: &mut Tokens, out: &mut TokenStream) {
        if let Some(group) = head(tokens, out) {
            out.extend([self.block(&group)]);
        }
    }

    fn arms(&mut self, arms: TokenStream) -> TokenStream {
        let mut tokens = arms.into_iter().peekable();
        let mut out = TokenStream::new();
        while tokens.peek().is_some() {
            pattern(&mut tokens, &mut out);
            // A text may become several nodes, and an arm has one: a block holds them.
            out.extend([self.block(&Group::new(Delimiter::Brace, arm(&mut tokens)))]);
            out.extend(tokens.next_if(|token| is_mark(token, ',')));
        }
        out
    }

    /// A text in the place of its literal.
    fn text(&mut self, literal: &Literal, attribute: bool, out: &mut TokenStream) {
        let written = content(literal).unwrap_or_default();
        let (before, key, after) = core(&written);
        if !speaks(key) {
            out.extend([TokenTree::from(literal.clone())]);
            return;
        }
        self.keys.push(key.to_owned());
        let span = literal.span();
        let edge = |text: &str| (!text.is_empty()).then(|| quote_spanned! { span => #text });
        let (before, after) = (edge(before), edge(after));
        let padded = before.is_some() || after.is_some();
        let said = quote! { crate::web::words::t };
        let said = quote_spanned! { span => #before (#said(#key)) #after };
        out.extend(if attribute && padded {
            quote_spanned! { span => { #said } }
        } else {
            said
        });
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Copies up to and with the first token that fits.
fn copy_until(tokens: &mut Tokens, out: &mut TokenStream, fits: impl Fn(&TokenTree) -> bool) {
    for token in tokens.by_ref() {
        let last = fits(&token);
        out.extend([token]);
        if last {
            return;
        }
    }
}

/// Copies an expression up to the block after it.
fn head(tokens: &mut Tokens, out: &mut TokenStream) -> Option<Group> {
    for token in tokens.by_ref() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return Some(group),
            other => out.extend([other]),
        }
    }
    None
}

/// Copies a pattern of a choice, its guard and its arrow.
fn pattern(tokens: &mut Tokens, out: &mut TokenStream) {
    while let Some(token) = tokens.next() {
        let arrow = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '=' && mark.spacing() == Spacing::Joint)
            && tokens.peek().is_some_and(|next| is_mark(next, '>'));
        out.extend([token]);
        if arrow {
            out.extend(tokens.next());
            return;
        }
    }
}

/// The body of an arm: a block, or a node up to the comma or the end of its own block.
fn arm(tokens: &mut Tokens) -> TokenStream {
    let mut body = TokenStream::new();
    let mut in_value = false;
    while let Some(token) = tokens.next_if(|token| !is_mark(token, ',')) {
        let ends = !in_value
            && matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
            && !tokens.peek().is_some_and(|next| is_mark(next, '@'));
        in_value = is_mark(&token, '=');
        body.extend([token]);
        if ends {
            break;
        }
    }
    body
}
