//! The public door of signing: whoever holds a link sees that contract and nothing else.

use kith_domain::account::Account;
use kith_domain::context::Channel;
use kith_domain::contract::{Command, Contract, Line, Signing};
use kith_domain::refusal::Refusal;
use kith_domain::user::User;
use kith_domain::value::{Personal, UserId};
use kith_store::{Fault, Noun};

use super::paper;
use super::send::{SIGN, link_digest};
use crate::caller::Caller;
use crate::document::Content;
use crate::engine::Engine;
use crate::noun::{load, login_digest, read};

/// What the holder of a link sees.
#[derive(Debug, Clone)]
pub struct DoorView {
    /// Number and title.
    pub title: String,
    /// The parties, by name.
    pub parties: Vec<String>,
    /// The text, line by line.
    pub lines: Vec<Line>,
    /// SHA-256 of the pages, hexadecimal.
    pub sha256: String,
    /// The name of whoever signs.
    pub signer: String,
    /// When they signed, if they did.
    pub signed_at: Option<jiff::Timestamp>,
    /// Whether it is their turn.
    pub turn: bool,
    /// Whether all have signed and everything was found to be right.
    pub validated: bool,
    /// Whether an access to the portal waits to be activated by them.
    pub activates: bool,
}

/// A link that opens.
struct Held {
    contract: Contract,
    account: Account,
    place: u8,
    digest: String,
    /// The person's user, where they have access that was never used.
    fresh: Option<UserId>,
}

fn door() -> Caller {
    Caller { channel: Channel::Web, ..Caller::system() }
}

fn gone() -> Refusal {
    kith_domain::contract::refusal::link_invalid()
}

impl Engine {
    async fn held(&self, contract: &str, secret: &str) -> Result<Result<Held, Refusal>, Fault> {
        if secret.len() > 64 || contract.len() > 64 {
            return Ok(Err(gone()));
        }
        let (name, digest) = (contract.to_owned(), link_digest(self, SIGN, secret));
        let engine = self.clone();
        let found = self.store().read(move |reader| {
            let contract = load::<Contract>(reader, &name)?.state;
            let account = load::<Account>(reader, &contract.account.to_string())?.state;
            let places = (0_u8..).zip(&contract.terms.signers);
            let mine = places
                .into_iter()
                .find(|(_, one)| one.link.as_ref().is_some_and(|link| link.digest == digest));
            let Some((place, signer)) = mine.map(|(place, signer)| (place, signer.clone())) else {
                return Ok(None);
            };
            let login = signer.email.get().map(|email| login_digest(engine.store().secrets(), email));
            let user = match login {
                Some(login) => reader.document_by(Noun::User, ("login", (&login).into()))?.map(read::<User>),
                None => None,
            };
            let user = user.transpose()?.map(|user| user.state);
            let waits = |user: &User| {
                let portal = user.portal.as_ref().filter(|portal| portal.account == account.id);
                user.is_active() && portal.is_some_and(|portal| portal.activated_at.is_none())
            };
            let fresh = user.filter(waits).map(|user| user.id);
            let link = signer.link.map(|link| link.expires_at);
            Ok(Some((Held { contract, account, place, digest: digest.clone(), fresh }, link)))
        });
        let now = self.now();
        let held = found.await?.filter(|(_, until)| until.is_some_and(|until| now < until));
        Ok(held.map(|(held, _)| held).ok_or_else(gone))
    }

    /// What a link opens.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn door(&self, contract: &str, secret: &str) -> Result<Result<DoorView, Refusal>, Fault> {
        let held = match self.held(contract, secret).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (contract, entities) = (&held.contract, self.entity_names());
        let Some(signer) = contract.signer(held.place) else { return Ok(Err(gone())) };
        Ok(Ok(DoorView {
            title: format!("{} {}", contract.number, contract.terms.title),
            parties: contract.terms.parties.iter().map(|party| party.name.clone()).collect(),
            lines: paper::text(contract, &held.account, &entities),
            sha256: contract.sha256().to_owned(),
            signer: signer.name.get().cloned().unwrap_or_default(),
            signed_at: signer.signature.as_ref().map(|evidence| evidence.at),
            turn: contract.is_out() && contract.is_turn_of(signer),
            validated: contract.validated_at.is_some(),
            activates: contract.validated_at.is_some() && held.fresh.is_some(),
        }))
    }

    /// The pages that a link opens.
    ///
    /// # Errors
    /// [`Fault`] when they cannot be read.
    pub async fn door_pdf(&self, contract: &str, secret: &str) -> Result<Result<Content, Refusal>, Fault> {
        match self.held(contract, secret).await? {
            Ok(held) => self.pages_of(&held.contract, &held.account).await,
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Signs with a link. `sha256` is that of the pages that were shown.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn door_sign(
        &self,
        (contract, secret): (&str, &str),
        (name, consent): (String, bool),
        (sha256, address): (String, String),
    ) -> Result<Result<(), Refusal>, Fault> {
        let held = match self.held(contract, secret).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let subject = held.contract.signer(held.place).map(|signer| signer.name.subject.clone());
        let subject = subject.unwrap_or_else(|| held.account.id.to_string());
        let signing = Signing {
            signer: held.place,
            link: Some(held.digest),
            name: Personal { subject: subject.clone(), value: Some(name) },
            address: Some(Personal { subject, value: Some(address) }),
            sha256,
            consent,
        };
        let command = Command::Sign(Box::new(signing));
        Ok(self.contract_act(&door(), held.contract.id, command, None).await?.map(drop))
    }

    /// Declines with a link.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn door_decline(
        &self,
        (contract, secret): (&str, &str),
        reason: String,
    ) -> Result<Result<(), Refusal>, Fault> {
        let held = match self.held(contract, secret).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let reason = Personal::new(held.account.id, reason);
        let command = Command::Decline { signer: held.place, link: Some(held.digest), reason };
        Ok(self.contract_act(&door(), held.contract.id, command, None).await?.map(drop))
    }

    /// A link to choose a password, for a signer whose access was never used; the path of its page.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn door_activation(
        &self,
        contract: &str,
        secret: &str,
    ) -> Result<Result<String, Refusal>, Fault> {
        let held = match self.held(contract, secret).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match held.fresh {
            Some(user) => Ok(self.open_activation(&door(), user).await?.map(|opening| opening.path)),
            None => Ok(Err(gone())),
        }
    }
}
