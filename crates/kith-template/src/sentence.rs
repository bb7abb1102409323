//! Sentences with values, and the one that fits a number.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token};

/// `"Waits for {who}", who = name`.
pub(crate) struct Sentence {
    text: LitStr,
    values: Vec<(Ident, Expr)>,
}

/// `number, "{n} account", "{n} accounts"`, and values.
pub(crate) struct Plural {
    number: Expr,
    one: LitStr,
    many: LitStr,
    values: Vec<(Ident, Expr)>,
}

impl Parse for Sentence {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let text = input.parse()?;
        Ok(Self { text, values: values(input)? })
    }
}

impl Parse for Plural {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let number = input.parse()?;
        input.parse::<Token![,]>()?;
        let one = input.parse()?;
        input.parse::<Token![,]>()?;
        let many = input.parse()?;
        Ok(Self { number, one, many, values: values(input)? })
    }
}

fn values(input: ParseStream<'_>) -> syn::Result<Vec<(Ident, Expr)>> {
    let mut values = Vec::new();
    while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        values.push((name, input.parse()?));
    }
    Ok(values)
}

/// The names in braces, each once.
fn places(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `&[("who", &name), …]`: what is not given is the variable of that name.
fn list(texts: &[&LitStr], values: &[(Ident, Expr)], given: &[&str]) -> syn::Result<TokenStream> {
    let mut pairs = TokenStream::new();
    let written: Vec<(String, Span)> = texts.iter().map(|text| (text.value(), text.span())).collect();
    let mut seen: Vec<&str> = given.to_vec();
    for (text, span) in &written {
        for name in places(text).into_iter().filter(|name| !given.contains(name)) {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let ident: Ident =
                syn::parse_str(name).map_err(|_| syn::Error::new(*span, "expected a name in braces"))?;
            let value = values.iter().find(|(known, _)| known == &ident).map(|(_, value)| quote! { #value });
            let value = value.unwrap_or_else(|| {
                let here = Ident::new(name, *span);
                quote! { #here }
            });
            pairs.extend(quote! { (#name, &(#value) as &dyn ::core::fmt::Display), });
        }
    }
    for (name, _) in values {
        if !seen.contains(&name.to_string().as_str()) {
            return Err(syn::Error::new(name.span(), "no place in the sentence has this name"));
        }
    }
    Ok(pairs)
}

impl Sentence {
    pub(crate) fn said(&self) -> TokenStream {
        let text = &self.text;
        match list(&[text], &self.values, &[]) {
            // A statement of its own, so that nothing borrowed lives on in the expression around it.
            Ok(pairs) => quote! {{
                let said = crate::web::words::fill(crate::web::words::t(#text), &[#pairs]);
                said
            }},
            Err(error) => error.to_compile_error(),
        }
    }
}

impl Plural {
    pub(crate) fn said(&self) -> TokenStream {
        let (number, one, many) = (&self.number, &self.one, &self.many);
        match list(&[one, many], &self.values, &["n"]) {
            Ok(pairs) => quote! {{
                let said_of = crate::web::words::many(#number);
                let said = crate::web::words::fill(
                    crate::web::words::numbered(said_of, #one, #many),
                    &[("n", &crate::web::number::count(said_of) as &dyn ::core::fmt::Display), #pairs],
                );
                said
            }},
            Err(error) => error.to_compile_error(),
        }
    }
}
