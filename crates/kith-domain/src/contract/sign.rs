//! The rules of signing: the right person, in their turn, for the very document that was sent.

use unicode_normalization::UnicodeNormalization as _;

use super::{
    Authority, Command, Contract, ContractState, Event, Evidence, Facts, Origin, Scan, Sending,
    SignatureMethod, Signer, SignerSide, Signing, refusal,
};
use crate::context::{ActorKind, Context};
use crate::contract_template::{Part, parts};
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, line};

impl Contract {
    pub(super) fn send(
        &self,
        context: &Context,
        facts: &Facts,
        sending: &Sending,
    ) -> Result<Vec<Event>, Refusal> {
        match self.state {
            ContractState::Draft if self.template.reviewed => return Err(refusal::review_required()),
            ContractState::Draft => {}
            ContractState::InReview => {
                if context.actor.user.is_some() && context.actor.user == self.drafted_by {
                    return Err(refusal::own_review());
                }
            }
            _ if self.is_out() => return Err(refusal::already_sent()),
            _ if self.has_ended() => return Err(refusal::ended()),
            _ => return Err(refusal::already_signed()),
        }
        if !facts.account_is_open() {
            return Err(refusal::account_closed());
        }
        self.amends_what_holds(facts)?;
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(refusal::incomplete().with_fields(missing));
        }
        let (by, at) = (context.actor.user, context.now);
        let mut events = vec![Event::Sent { sending: Box::new(sending.clone()), by, at }];
        for (signer, place) in self.terms.signers.iter().zip(0_u8..) {
            if let Some(basis) = facts.authority(signer).filter(|_| signer.authority.is_none()) {
                let authority = Authority { basis, by: None, at };
                events.push(Event::AuthorityConfirmed { signer: place, authority });
            }
        }
        Ok(events)
    }

    /// What a contract must have before it is sent, and this one lacks.
    #[must_use]
    pub fn missing(&self) -> Vec<FieldFault> {
        let mut missing = Vec::new();
        let mut lacks = |place: String, message: &str| {
            missing.push(FieldFault::new(place, "required", message));
        };
        let values = self.terms.fields.get();
        let placed = parts(&self.template.text);
        for spec in &self.template.fields {
            // What stands in the text would be a gap in it, asked for or not.
            let needed = spec.required || placed.contains(&Part::Field(spec.name.as_str()));
            let given = values.and_then(|values| values.get(&spec.name)).or(spec.default.as_ref());
            if needed && given.is_none_or(|given| given.trim().is_empty()) {
                lacks(format!("/fields/{}", spec.name), &format!("{} is missing", spec.label));
            }
        }
        if !self.terms.signers.iter().any(|signer| signer.side == SignerSide::Customer) {
            lacks("/signers".to_owned(), "somebody signs for the customer");
        }
        for (index, signer) in self.terms.signers.iter().enumerate() {
            for (value, member) in [(&signer.name, "name"), (&signer.email, "email")] {
                if value.get().is_none_or(String::is_empty) {
                    lacks(format!("/signers/{index}/{member}"), "a signer has a name and an e-mail address");
                }
            }
        }
        missing
    }

    /// Whoever stands behind a signature: the link's holder, or a user in their own session.
    fn signer_of(&self, context: &Context, place: u8, link: Option<&String>) -> Result<&Signer, Refusal> {
        let signer = self.signer(place).ok_or_else(refusal::no_signer)?;
        match (context.actor.kind, link) {
            (ActorKind::System, Some(digest)) => {
                let held = signer.link.as_ref().filter(|held| held.digest == *digest);
                let works = held.is_some_and(|held| context.now < held.expires_at);
                if works { Ok(signer) } else { Err(refusal::link_invalid()) }
            }
            (ActorKind::User, None) if signer.user.is_some() && signer.user == context.actor.user => {
                Ok(signer)
            }
            _ => Err(refusal::not_signer()),
        }
    }

    fn out(&self) -> Result<&Sending, Refusal> {
        match &self.sending {
            Some(sending) if self.is_out() => Ok(sending),
            _ if self.is_in_force() => Err(refusal::already_signed()),
            _ if self.has_ended() => Err(refusal::ended()),
            _ => Err(refusal::not_sent()),
        }
    }

    pub(super) fn sign(
        &self,
        context: &Context,
        facts: &Facts,
        signing: &Signing,
    ) -> Result<Vec<Event>, Refusal> {
        let signer = self.signer_of(context, signing.signer, signing.link.as_ref())?;
        if signer.signed(self.sha256()) {
            return Ok(vec![]);
        }
        let sending = self.out()?;
        if signing.sha256 != sending.sha256 {
            return Err(refusal::hash_mismatch());
        }
        if !self.is_turn_of(signer) {
            return Err(refusal::not_your_turn());
        }
        self.amends_what_holds(facts)?;
        let name = signed_name(signer, signing)?;
        let evidence = Evidence {
            method: SignatureMethod::Ses,
            name: Personal { subject: signing.name.subject.clone(), value: Some(name) },
            at: context.now,
            address: signing.address.clone(),
            sha256: sending.sha256.clone(),
            envelope: sending.envelope.clone(),
            scan: None,
            scan_sha256: None,
        };
        let made = Event::SignatureMade { signer: signing.signer, evidence: Box::new(evidence) };
        Ok(self.concluded(context, facts, vec![made]))
    }

    /// An amendment is of no use once what it amends is over.
    fn amends_what_holds(&self, facts: &Facts) -> Result<(), Refusal> {
        let amends = matches!(self.origin, Some(Origin::Amends(_)));
        match &facts.origin {
            Some(former) if amends && !former.is_in_force() => Err(refusal::origin_ended()),
            _ => Ok(()),
        }
    }

    pub(super) fn decline(
        &self,
        context: &Context,
        signer: u8,
        link: Option<&String>,
        reason: &Personal<String>,
    ) -> Result<Vec<Event>, Refusal> {
        self.signer_of(context, signer, link)?;
        self.out()?;
        let reason = checked(reason.get().map_or("", String::as_str))
            .map(|text| Personal { subject: reason.subject.clone(), value: Some(text) })?;
        Ok(vec![Event::Declined { signer, reason, at: context.now }])
    }

    pub(super) fn upload(&self, context: &Context, scan: &Scan) -> Result<Vec<Event>, Refusal> {
        self.out()?;
        match &self.scan {
            Some(waiting) if waiting.scan == *scan => Ok(vec![]),
            Some(_) => Err(refusal::scan_waits()),
            None => {
                let (by, at) = (context.actor.user, context.now);
                Ok(vec![Event::ScanReceived { scan: scan.clone(), by, at }])
            }
        }
    }

    /// Confirms or rejects the scan that waits; whoever brought it does neither.
    pub(super) fn judge_scan(
        &self,
        context: &Context,
        facts: &Facts,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        let sending = self.out()?;
        let Some(waiting) = &self.scan else { return Err(refusal::no_scan()) };
        if context.actor.user.is_some() && context.actor.user == waiting.by {
            return Err(refusal::own_scan());
        }
        if let Command::RejectScan { reason } = command {
            let (by, at) = (context.actor.user, context.now);
            return Ok(vec![Event::ScanRejected { reason: checked(reason)?, by, at }]);
        }
        let left =
            self.terms.signers.iter().zip(0_u8..).filter(|(signer, _)| !signer.signed(&sending.sha256));
        let made = left.map(|(signer, place)| Event::SignatureMade {
            signer: place,
            evidence: Box::new(Evidence {
                method: SignatureMethod::Wet,
                name: signer.name.clone(),
                at: context.now,
                address: None,
                sha256: sending.sha256.clone(),
                envelope: sending.envelope.clone(),
                scan: Some(waiting.scan.document),
                scan_sha256: Some(waiting.scan.sha256.clone()),
            }),
        });
        Ok(self.concluded(context, facts, made.collect()))
    }

    pub(super) fn confirm_authority(
        &self,
        context: &Context,
        facts: &Facts,
        place: u8,
        basis: &str,
    ) -> Result<Vec<Event>, Refusal> {
        if !self.is_out() && !self.is_in_force() {
            return Err(if self.has_ended() { refusal::ended() } else { refusal::not_sent() });
        }
        let signer = self.signer(place).ok_or_else(refusal::no_signer)?;
        if signer.authority.is_some() {
            return Ok(vec![]);
        }
        let by = context.actor.user;
        if by.is_some() && (by == self.sent_by || by == signer.user) {
            return Err(refusal::own_authority());
        }
        let authority = Authority { basis: checked_at(basis, "/basis")?, by, at: context.now };
        Ok(self.concluded(context, facts, vec![Event::AuthorityConfirmed { signer: place, authority }]))
    }

    /// What follows from these events by itself: all have signed, it is validated, it holds.
    fn concluded(&self, context: &Context, facts: &Facts, mut events: Vec<Event>) -> Vec<Event> {
        let mut after = self.clone();
        events.iter().for_each(|event| after.apply(event));
        let mut follow = |after: &mut Contract, event: Event| {
            after.apply(&event);
            events.push(event);
        };
        if after.is_out() && after.is_signed_by_all() {
            follow(&mut after, Event::Signed { at: context.now });
        }
        if after.is_in_force() && after.validated_at.is_none() && after.is_valid() {
            follow(&mut after, Event::Validated { at: context.now });
        }
        if let Some(today) = facts.today {
            for event in after.tended(today) {
                follow(&mut after, event);
            }
        }
        events
    }
}

/// The name that was typed: that of the signer. What is missing besides is told in the same breath.
fn signed_name(signer: &Signer, signing: &Signing) -> Result<String, Refusal> {
    let typed = signing.name.get().map_or("", String::as_str);
    let mut refused = None;
    let name = line(typed, 255).unwrap_or_else(|error| {
        let fault = FieldFault::new("/name", error.code(), error.to_string());
        refused = Some(refusal::invalid().with_fields(vec![fault]));
        String::new()
    });
    let known = signer.name.get().map_or("", String::as_str);
    if refused.is_none() && plain(&name) != plain(known) {
        let fault = FieldFault::new("/name", "name_differs", format!("expected the name {known}"));
        refused = Some(refusal::name_differs().with_fields(vec![fault]));
    }
    if !signing.consent {
        let fault = FieldFault::new("/consent", "required", "your consent is missing");
        let fields = refused.into_iter().flat_map(|refused| refused.fields).chain([fault]).collect();
        refused = Some(refusal::consent_missing().with_fields(fields));
    }
    refused.map_or(Ok(name), Err)
}

/// A name without case, blanks, marks and accents.
fn plain(name: &str) -> String {
    let bare = name.nfkd().filter(|letter| letter.is_alphanumeric());
    bare.flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// A reason in one line.
pub(super) fn checked(reason: &str) -> Result<String, Refusal> {
    checked_at(reason, "/reason")
}

fn checked_at(text: &str, place: &str) -> Result<String, Refusal> {
    line(text, 500).map_err(|error| {
        refusal::invalid().with_fields(vec![FieldFault::new(place, error.code(), error.to_string())])
    })
}
