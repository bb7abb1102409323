//! A contract as paper: its text with the values put in, and who signs.

use std::collections::BTreeMap;

use kith_domain::account::Account;
use kith_domain::contract::{Contract, Line, SignerSide, lines, values};
use kith_domain::value::EntityCode;
use kith_pdf::{Block, Paper};
use kith_store::Fault;

/// What stands where an envelope will be named.
pub(super) const PREVIEW: &str = "preview";

/// The text, line by line, as every face shows it.
pub(crate) fn text(
    contract: &Contract,
    account: &Account,
    entities: &BTreeMap<EntityCode, String>,
) -> Vec<Line> {
    lines(&contract.template.text, &values(contract, account, entities))
}

/// The pages. The same contract in the same envelope gives the same bytes.
pub(super) fn pdf(
    contract: &Contract,
    account: &Account,
    entities: &BTreeMap<EntityCode, String>,
    envelope: &str,
) -> Result<Vec<u8>, Fault> {
    let mut blocks: Vec<Block> = text(contract, account, entities)
        .into_iter()
        .map(|line| match line {
            Line::Title(text) => Block::Title(text),
            Line::Heading(text) => Block::Heading(text),
            Line::Paragraph(text) => Block::Paragraph(text),
            Line::Item(text) => Block::Item(text),
        })
        .collect();
    blocks.push(Block::Heading("Signed by".to_owned()));
    let people = contract.terms.signers.iter().map(|signer| {
        let side = match signer.side {
            SignerSide::Supplier => "For the supplier",
            SignerSide::Customer => "For the customer",
        };
        let parts = [Some(&signer.name), signer.title.as_ref()].into_iter().flatten();
        let parts: Vec<&str> = parts.filter_map(|part| part.get().map(String::as_str)).collect();
        (side.to_owned(), parts.join(", "))
    });
    blocks.push(Block::Fields(people.collect()));
    blocks.push(Block::Paragraph(
        "Signatures are made electronically. Who signed when, from where, and the digest of these pages is kept \
         with the contract."
            .to_owned(),
    ));
    let paper = Paper {
        title: format!("{} {}", contract.number, contract.terms.title),
        language: contract.template.language.clone(),
        footer: format!("{} version {} · {} · {envelope}", contract.number, contract.revision, contract.id),
        blocks,
    };
    kith_pdf::write(&paper).map_err(|error| Fault::corrupt(error.to_string()))
}
