//! Who is screened of an account: the company, its contacts, its owners.

use data_encoding::HEXLOWER;
use kith_domain::account::Account;
use kith_domain::screening::{Owner, OwnerKind, Owners, Party, PartyRole};
use kith_domain::value::{IdentifierKind, Personal};
use kith_screen::entry::{Years, identifier};
use kith_screen::kind::Kind;
use kith_screen::screen::Query;
use ring::digest::{SHA256, digest};

/// Letters of the shortest number that settles who somebody is.
const NUMBER_MIN: usize = 7;

/// A party with what is asked of the lists.
pub(super) struct Asked {
    pub(super) party: Party,
    pub(super) query: Query,
}

impl Asked {
    /// Digest of what is compared: another one, and hits are judged anew.
    pub(super) fn fingerprint(&self) -> String {
        let Query { names, kind, countries, birth, identifiers } = &self.query;
        let text = format!("{names:?}{kind:?}{countries:?}{birth:?}{identifiers:?}");
        HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref().get(..12).unwrap_or_default())
    }
}

/// Everybody who is screened; those whose names were erased are not.
pub(super) fn parties(account: &Account, owners: &Owners) -> Vec<Asked> {
    let mut asked = vec![company(account)];
    for contact in &account.contacts {
        let Some(name) = contact.name.get() else { continue };
        let party =
            Party { role: PartyRole::Contact, id: contact.id.to_string(), name: contact.name.clone() };
        let query = Query { names: vec![name.clone()], kind: Kind::Person, ..Query::default() };
        asked.push(Asked { party, query });
    }
    asked.extend(owners.owners.iter().filter_map(owner));
    asked.retain(|asked| asked.query.names.iter().any(|name| !name.trim().is_empty()));
    asked
}

fn company(account: &Account) -> Asked {
    let mut names = vec![account.name.clone()];
    names.extend(account.legal_name.clone().filter(|name| *name != account.name));
    let mut countries: Vec<String> =
        account.addresses.iter().map(|address| address.country.clone()).collect();
    countries.sort();
    countries.dedup();
    // Numbers that other systems gave mean something else on a list, and short ones are anybody's.
    let official =
        account.identifiers.iter().filter(|held| !matches!(held.kind, IdentifierKind::External(_)));
    let numbers = account.tax_id.iter().map(|tax| &tax.value).chain(official.map(|held| &held.value));
    let identifiers =
        numbers.filter_map(|number| identifier(number)).filter(|number| number.len() >= NUMBER_MIN);
    let identifiers = identifiers.collect();
    let party = Party {
        role: PartyRole::Account,
        id: account.id.to_string(),
        name: Personal::new(account.id, account.name.clone()),
    };
    Asked { party, query: Query { names, countries, identifiers, ..Query::default() } }
}

fn owner(owner: &Owner) -> Option<Asked> {
    let name = owner.name.get()?.clone();
    let kind = match owner.kind {
        OwnerKind::Person => Kind::Person,
        OwnerKind::Company => Kind::Organization,
    };
    let birth = owner.birth_date.as_ref().and_then(Personal::get).and_then(|text| Years::parse(text));
    let party = Party { role: PartyRole::Owner, id: owner.id.clone(), name: owner.name.clone() };
    let countries = owner.country.clone().into_iter().collect();
    Some(Asked { party, query: Query { names: vec![name], kind, countries, birth, ..Query::default() } })
}
