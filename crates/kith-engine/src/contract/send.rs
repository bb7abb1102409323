//! Sending a contract: the pages become a document, each signer gets a link, and both are written together.

use std::collections::BTreeMap;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use kith_domain::account::Account;
use kith_domain::command::Command as AnyCommand;
use kith_domain::contract::{Command, Contract, Link, Origin, Scan, Sending, Signing};
use kith_domain::document::Document;
use kith_domain::refusal::Refusal;
use kith_domain::value::{ContractId, DocumentId, EntityCode, Personal};
use kith_store::Fault;
use ring::digest::{SHA256, digest};

use super::{no_contract, paper};
use crate::answer::{Answer, Receipt};
use crate::caller::Caller;
use crate::document::content::check_scan;
use crate::document::{Content, Upload};
use crate::engine::{Engine, random_bytes};
use crate::execute::Request;
use crate::mail::{Draft, Pen, Sheet, invitation, language_of};
use crate::noun::{Loaded, load};
use crate::permit;

/// What a mail with a link says: who writes to whom, which contract, until when.
pub(super) type Says = fn(Pen<'_>, &str, Timestamp) -> Sheet;

/// The link of a signer, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLink {
    /// Which signer, by place in the list.
    pub signer: u8,
    /// The path of the page that it opens.
    pub path: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A new secret of a link: 160 random bits.
pub(crate) fn link_secret(engine: &Engine) -> Result<String, Fault> {
    let bytes: [u8; 20] = random_bytes(engine.random())?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}

/// The keyed digest under which the secret of a link is kept.
pub(crate) fn link_digest(engine: &Engine, purpose: &str, secret: &str) -> String {
    HEXLOWER.encode(&engine.store().secrets().lookup_digest(purpose, secret))
}

pub(super) const SIGN: &str = "contract_link";

impl Engine {
    /// The contract, if the caller may know of it, with its account.
    pub(crate) async fn load_contract(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<(Loaded<Contract>, Account), Refusal>, Fault> {
        let name = id.to_owned();
        let found = self.store().read(move |reader| {
            let loaded = load::<Contract>(reader, &name)?;
            let account = load::<Account>(reader, &loaded.state.account.to_string())?.state;
            Ok((loaded, account))
        });
        let (loaded, account) = found.await?;
        let seen = loaded.state.exists() && permit::sees(&caller.principal, &account);
        Ok(if seen { Ok((loaded, account)) } else { Err(no_contract()) })
    }

    pub(super) fn entity_names(&self) -> BTreeMap<EntityCode, String> {
        let organisation = self.organisation();
        organisation.entities.iter().map(|entity| (entity.code.clone(), entity.name.clone())).collect()
    }

    /// Carries out a command on a contract.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn contract_act(
        &self,
        caller: &Caller,
        id: ContractId,
        command: Command,
        expected_version: Option<u64>,
    ) -> Result<Result<Receipt, Refusal>, Fault> {
        let command = AnyCommand::Contract { id, command };
        let request = Request { command, key: None, expected_version };
        Ok(match self.execute(caller, request).await?.answer {
            Answer::Refused(refusal) => Err(refusal),
            Answer::Done(receipt) => Ok(receipt),
            Answer::Waiting(_) => Err(no_contract()),
        })
    }

    /// Where an amendment or a renewal belongs.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_follow(
        &self,
        caller: &Caller,
        id: &str,
        renews: bool,
    ) -> Result<Result<(Origin, String), Refusal>, Fault> {
        Ok(self.load_contract(caller, id).await?.map(|(loaded, account)| {
            let id = loaded.state.id;
            (if renews { Origin::Renews(id) } else { Origin::Amends(id) }, account.id.to_string())
        }))
    }

    fn new_link(&self, hours: u16) -> Result<(String, Link), Fault> {
        let secret = link_secret(self)?;
        let now = self.now();
        let expires_at = now.checked_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(now);
        let digest = link_digest(self, SIGN, &secret);
        Ok((secret, Link { digest, expires_at }))
    }

    /// Sends a contract to its signers; gives the link of each, which is shown here only.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn contract_send(
        &self,
        caller: &Caller,
        id: &str,
        hours: u16,
    ) -> Result<Result<Vec<SentLink>, Refusal>, Fault> {
        let (loaded, account) = match self.load_contract(caller, id).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let envelope = format!("env_{}", self.new_uuid()?.simple());
        let mut sending = Sending {
            document: DocumentId::default(),
            sha256: String::new(),
            envelope: envelope.clone(),
            links: BTreeMap::new(),
        };
        let mut sent = Vec::new();
        for signer in (0_u8..).take(loaded.state.terms.signers.len()) {
            let (secret, link) = self.new_link(hours)?;
            let path = format!("/sign/{}/{secret}", loaded.id);
            sent.push(SentLink { signer, path, expires_at: link.expires_at });
            sending.links.insert(signer, link);
        }
        // What would be refused leaves no document behind.
        let asked = |sending: &Sending| AnyCommand::Contract {
            id: loaded.state.id,
            command: Command::Send(Box::new(sending.clone())),
        };
        if let Some(refusal) = self.dry_run(caller, Request::from(asked(&sending))).await? {
            return Ok(Err(refusal));
        }
        let bytes = self.contract_pages(&loaded.state, &account, &envelope).await?;
        let kind = if loaded.state.revision > 1 { "amendment" } else { "contract" };
        let name = format!("{}-{}.pdf", loaded.state.number, loaded.state.revision);
        let upload = pdf_upload(kind, name, bytes);
        match self.keep_document(&Caller::system(), account.id, upload).await? {
            Ok((document, sha256)) => (sending.document, sending.sha256) = (document, sha256),
            Err(refusal) => return Ok(Err(refusal)),
        }
        let request = Request { command: asked(&sending), key: None, expected_version: Some(loaded.version) };
        if let Answer::Refused(refusal) = self.execute(caller, request).await?.answer {
            return Ok(Err(refusal));
        }
        self.invite(caller, &loaded.state, &sent, invitation).await?;
        Ok(Ok(sent))
    }

    /// Gives a signer another link; the one before stops to work.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn contract_relink(
        &self,
        caller: &Caller,
        id: &str,
        signer: u8,
        hours: u16,
    ) -> Result<Result<SentLink, Refusal>, Fault> {
        self.relink(caller, id, (signer, hours), invitation).await
    }

    /// The same, with a mail of one's own.
    pub(super) async fn relink(
        &self,
        caller: &Caller,
        id: &str,
        (signer, hours): (u8, u16),
        says: Says,
    ) -> Result<Result<SentLink, Refusal>, Fault> {
        let contract = match self.load_contract(caller, id).await? {
            Ok((loaded, _)) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (secret, link) = self.new_link(hours)?;
        let expires_at = link.expires_at;
        let done = self.contract_act(caller, contract.id, Command::Relink { signer, link }, None).await?;
        let sent = SentLink { signer, path: format!("/sign/{}/{secret}", contract.id), expires_at };
        if let Err(refusal) = done {
            return Ok(Err(refusal));
        }
        self.invite(caller, &contract, std::slice::from_ref(&sent), says).await?;
        Ok(Ok(sent))
    }

    /// Writes to the customer's signers with their links. People of ours sign on the page of the contract.
    async fn invite(
        &self,
        caller: &Caller,
        contract: &Contract,
        sent: &[SentLink],
        says: Says,
    ) -> Result<(), Fault> {
        let organisation = self.organisation();
        let us =
            organisation.entity(&contract.terms.entity).map_or(&organisation.name, |entity| &entity.name);
        let title = format!("{} {}", contract.number, contract.terms.title);
        let of = contract.account.to_string();
        let account = self.store().read(move |reader| load::<Account>(reader, &of)).await?.state;
        let drafts = sent.iter().filter_map(|link| {
            let signer = contract.signer(link.signer).filter(|signer| signer.user.is_none())?;
            Some(Draft {
                account: contract.account,
                about: contract.id.to_string(),
                to: signer.email.clone(),
                name: signer.name.clone(),
                sheet: says(
                    Pen::new(self, language_of(&account, signer.contact), us),
                    &title,
                    link.expires_at,
                ),
                link: Some((link.path.clone(), link.expires_at)),
            })
        });
        self.queue_mails(caller, drafts.collect()).await
    }

    /// Signs for us, as the user who is named.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn contract_sign(
        &self,
        caller: &Caller,
        id: &str,
        (name, consent, address): (String, bool, Option<String>),
    ) -> Result<Result<Receipt, Refusal>, Fault> {
        let (loaded, _) = match self.load_contract(caller, id).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (user, contract) = (caller.principal.user(), &loaded.state);
        let own =
            |place: &u8| contract.signer(*place).is_some_and(|one| one.user.is_some() && one.user == user);
        let signer = (0_u8..).take(contract.terms.signers.len()).find(own);
        let subject = user.map(|user| user.to_string()).unwrap_or_default();
        let signing = Signing {
            // No signer of ours: the rule says so.
            signer: signer.unwrap_or_default(),
            link: None,
            name: Personal::new(&subject, name),
            address: address.map(|address| Personal::new(&subject, address)),
            sha256: contract.sha256().to_owned(),
            consent,
        };
        self.contract_act(caller, contract.id, Command::Sign(Box::new(signing)), None).await
    }

    /// Brings the scan of what was signed with ink.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn contract_upload(
        &self,
        caller: &Caller,
        id: &str,
        upload: Upload,
    ) -> Result<Result<Receipt, Refusal>, Fault> {
        let (loaded, account) = match self.load_contract(caller, id).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Err(refusal) = check_scan(&upload.bytes, &upload.name, &upload.mime) {
            return Ok(Err(refusal));
        }
        let asked =
            |scan: Scan| AnyCommand::Contract { id: loaded.state.id, command: Command::UploadSigned(scan) };
        let sha256 = HEXLOWER.encode(digest(&SHA256, &upload.bytes).as_ref());
        let probe = Scan { document: DocumentId::default(), sha256 };
        if let Some(refusal) = self.dry_run(caller, Request::from(asked(probe))).await? {
            return Ok(Err(refusal));
        }
        let upload = Upload { kind: "contract".to_owned(), ..upload };
        let (document, sha256) = match self.keep_document(caller, account.id, upload).await? {
            Ok(taken) => taken,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.contract_act(caller, loaded.state.id, Command::UploadSigned(Scan { document, sha256 }), None)
            .await
    }

    /// Gives access again to everybody whom a validated contract names; who has it keeps it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn contract_provision(&self, caller: &Caller, id: &str) -> Result<Result<(), Refusal>, Fault> {
        let loaded = match self.load_contract(caller, id).await? {
            Ok((loaded, _)) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if loaded.state.validated_at.is_none() || loaded.state.has_ended() {
            return Ok(Err(kith_domain::contract::refusal::not_in_force()));
        }
        let (engine, caller, context) = (self.clone(), caller.clone(), caller.context(self.now()));
        let effects = self.store().write(move |unit| {
            let organisation = engine.organisation_in(unit)?;
            let contract = load::<Contract>(unit, &loaded.id)?.state;
            let account = load::<Account>(unit, &contract.account.to_string())?.state;
            let (engine, caller, context) = (&engine, &caller, &context);
            let mut walk =
                crate::execute::Walk { engine, unit, caller, context, organisation, effects: Vec::new() };
            super::provision::provision(&mut walk, &contract, &account)?;
            Ok(walk.effects)
        });
        let effects = effects.await?;
        self.apply_effects(effects).await;
        Ok(Ok(()))
    }

    async fn contract_pages(
        &self,
        contract: &Contract,
        account: &Account,
        envelope: &str,
    ) -> Result<Vec<u8>, Fault> {
        let (contract, account, envelope) = (contract.clone(), account.clone(), envelope.to_owned());
        let entities = self.entity_names();
        let work = move || paper::pdf(&contract, &account, &entities, &envelope);
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?
    }

    /// The pages: those that were sent, or how they would look.
    pub(crate) async fn pages_of(
        &self,
        contract: &Contract,
        account: &Account,
    ) -> Result<Result<Content, Refusal>, Fault> {
        let name = format!("{}-{}.pdf", contract.number, contract.revision);
        let bytes = match &contract.sending {
            None => self.contract_pages(contract, account, paper::PREVIEW).await?,
            Some(sending) => {
                let (engine, id) = (self.clone(), sending.document.to_string());
                let opened = tokio::task::spawn_blocking(move || {
                    let document =
                        engine.store().read_blocking(move |reader| load::<Document>(reader, &id))?;
                    engine.open_content(&document.state)
                });
                let Some(bytes) = opened.await.map_err(|_| Fault::Panicked)?? else {
                    return Ok(Err(no_contract()));
                };
                bytes
            }
        };
        Ok(Ok(Content { name, mime: "application/pdf".to_owned(), bytes }))
    }

    /// The pages of a contract as PDF.
    ///
    /// # Errors
    /// [`Fault`] when they cannot be read.
    pub async fn contract_pdf(&self, caller: &Caller, id: &str) -> Result<Result<Content, Refusal>, Fault> {
        let (loaded, account) = match self.load_contract(caller, id).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !super::reads_personal(caller, &account) {
            return Ok(Err(permit::denied(kith_domain::access::Grant::PersonalRead)));
        }
        let object = Some(loaded.id.clone());
        self.note_access(caller, kith_domain::access::AccessAct::Export, "contract_pdf", object, 1);
        self.pages_of(&loaded.state, &account).await
    }
}

fn pdf_upload(kind: &str, name: String, bytes: Vec<u8>) -> Upload {
    Upload {
        kind: kind.to_owned(),
        name,
        mime: "application/pdf".to_owned(),
        bytes: bytes.into(),
        ..Upload::default()
    }
}
