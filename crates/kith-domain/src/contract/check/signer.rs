//! The signers of a draft: a contact of the account, a user of ours, or a name and an address.

use std::collections::BTreeSet;

use super::{Check, SIGNERS_MAX};
use crate::account::{Contact, ContactStatus};
use crate::contract::{ContractDraft, Signer, SignerDraft, SignerSide, Terms};
use crate::contract_template::ContractTemplate;
use crate::value::{Personal, email_key, line, parse_email};

impl Check<'_> {
    /// Who decides at the customer, else whom to turn to; then, where the template says so, who answers for the account.
    pub(super) fn usual_signers(&self, template: &ContractTemplate) -> Vec<Signer> {
        let Some(account) = self.facts.account.as_deref() else { return Vec::new() };
        let reachable = || {
            account
                .contacts
                .iter()
                .filter(|row| row.status == ContactStatus::Active && !row.emails.is_empty())
        };
        let may = |contact: &&Contact| {
            self.facts.authority(&Signer { contact: Some(contact.id), ..Signer::default() }).is_some()
        };
        let contact = reachable().find(may).or_else(|| reachable().find(|contact| contact.is_primary));
        let mut signers: Vec<Signer> = contact.map(of_contact).into_iter().collect();
        let manager = account.account_manager.filter(|_| template.countersigned);
        if let Some((id, user)) = manager.and_then(|id| Some((id, self.facts.users.get(&id)?))) {
            signers.push(Signer {
                side: SignerSide::Supplier,
                name: user.name.clone(),
                email: user.email.clone(),
                user: Some(id),
                order: 2,
                ..Signer::default()
            });
        }
        signers
    }

    pub(super) fn signers(&mut self, new: &mut Terms, draft: &ContractDraft) {
        let Some(given) = &draft.signers else { return };
        let given = given.clone().unwrap_or_default();
        self.few("/signers", given.len(), SIGNERS_MAX);
        let (mut signers, mut known) = (Vec::new(), BTreeSet::new());
        for (index, draft) in given.iter().take(SIGNERS_MAX).enumerate() {
            let signer = self.signer(&format!("/signers/{index}"), draft);
            let address = signer.email.get().map(|email| email_key(email));
            if address.is_some_and(|address| !known.insert(address)) {
                self.fault(format!("/signers/{index}/email"), "duplicate", "another signer has this address");
            }
            signers.push(signer);
        }
        new.signers = signers;
    }

    fn signer(&mut self, at: &str, draft: &SignerDraft) -> Signer {
        let mut signer = Signer { order: 1, ..Signer::default() };
        let side = Some(draft.side.clone().or_else(|| draft.user.is_some().then(|| "supplier".to_owned())));
        let given = side.filter(Option::is_some);
        self.word(&mut signer.side, &format!("{at}/side"), &given, SignerSide::get, SignerSide::CODES);
        if let Some(id) = &draft.contact {
            match self.contact(id) {
                Some(contact) => signer = Signer { side: signer.side, ..of_contact(contact) },
                None => {
                    self.fault(format!("{at}/contact"), "contact_unknown", "the account has no such contact")
                }
            }
        }
        if let Some(id) = &draft.user {
            let user = id.trim().parse().ok().and_then(|id| Some((id, self.facts.users.get(&id)?)));
            match user {
                Some((id, user)) => {
                    signer.user = Some(id);
                    (signer.name, signer.email) = (user.name.clone(), user.email.clone());
                }
                None => self.fault(format!("{at}/user"), "user_unknown", "there is no such active user"),
            }
        }
        self.side(at, &signer, draft);
        let subject = signer.contact.map_or_else(|| self.account.to_string(), |contact| contact.to_string());
        let personal = |text| Personal { subject: subject.clone(), value: Some(text) };
        let text = |given: &Option<Personal<String>>| given.as_ref().and_then(Personal::get).cloned();
        match text(&draft.name).map(|name| line(&name, 255)) {
            None => {}
            Some(Ok(name)) => signer.name = personal(name),
            Some(Err(error)) => self.fault(format!("{at}/name"), error.code(), error),
        }
        match text(&draft.email).map(|email| parse_email(&email)) {
            None => {}
            Some(Ok(email)) => signer.email = personal(email),
            Some(Err(error)) => self.fault(format!("{at}/email"), "email_invalid", error),
        }
        match text(&draft.title).map(|title| line(&title, 100)) {
            None => {}
            Some(Ok(title)) => signer.title = Some(personal(title)),
            Some(Err(error)) => self.fault(format!("{at}/title"), error.code(), error),
        }
        if let Some(order) = draft.order {
            match u8::try_from(order).ok().filter(|order| (1..=20).contains(order)) {
                Some(order) => signer.order = order,
                None => self.fault(format!("{at}/order"), "out_of_range", "expected 1 to 20"),
            }
        }
        let named = draft.contact.is_some() || draft.user.is_some();
        for (value, member) in [(&signer.name, "name"), (&signer.email, "email")] {
            if value.get().is_none() && !named {
                self.fault(
                    format!("{at}/{member}"),
                    "required",
                    "expected a contact, a user, or a name and an address",
                );
            }
        }
        signer
    }

    /// Customers sign as contacts, ours as users.
    fn side(&mut self, at: &str, signer: &Signer, draft: &SignerDraft) {
        match signer.side {
            SignerSide::Supplier if draft.user.is_none() => {
                self.fault(format!("{at}/user"), "required", "for us a user signs");
            }
            SignerSide::Customer if draft.user.is_some() => {
                self.fault(
                    format!("{at}/user"),
                    "side_mismatch",
                    "a user of ours does not sign for the customer",
                );
            }
            SignerSide::Supplier | SignerSide::Customer => {}
        }
    }
}

/// A contact as a signer.
fn of_contact(contact: &Contact) -> Signer {
    Signer {
        side: SignerSide::Customer,
        name: contact.name.clone(),
        email: contact.emails.first().cloned().unwrap_or_default(),
        title: contact.title.clone(),
        contact: Some(contact.id),
        order: 1,
        ..Signer::default()
    }
}
