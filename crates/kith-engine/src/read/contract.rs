//! Contracts, their templates, and who uses a portal, as the faces show them.

use kith_api::view::{
    ContractPartyView, ContractTemplateView, ContractView, NoticeView, Page, PortalUserView, SignatureView,
    SignerView, SlaView, TemplateFieldView, VolumeView,
};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::contract::{Contract, Evidence, Origin, Signer, deadline};
use kith_domain::contract_template::ContractTemplate;
use kith_domain::refusal::Refusal;
use kith_domain::user::{User, UserStatus};
use kith_domain::value::Personal;
use kith_store::{Fault, Noun};

use super::account::day;
use crate::caller::Caller;
use crate::contract::{template, templates};
use crate::engine::Engine;
use crate::noun::{Loaded, read};
use crate::permit;

/// Which contracts are asked for.
#[derive(Debug, Clone, Default)]
pub struct ContractRequest {
    /// Only those of an account.
    pub account: Option<String>,
    /// Only those in a state.
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

fn no_template() -> Refusal {
    permit::missing("contract_template.not_found", "There is no such contract template.")
}

impl Engine {
    /// Contracts, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contracts(
        &self,
        caller: &Caller,
        request: ContractRequest,
    ) -> Result<Result<Page<ContractView>, Refusal>, Fault> {
        let account = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let limit = request.limit;
        let most = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let found = self.store().read(move |reader| {
            let mut index = Vec::new();
            index.extend(account.as_deref().map(|account| ("account_id", account.into())));
            index.extend(request.state.as_deref().map(|state| ("state", state.into())));
            let page = reader.list_newest(Noun::Contract, &index, request.cursor.as_deref(), most)?;
            page.into_iter().map(read::<Contract>).collect::<Result<Vec<_>, _>>()
        });
        let page = Page::cut(found.await?, limit, |loaded| loaded.id.clone());
        Ok(Ok(page.shown(|found| {
            let seen = found.iter().filter(|loaded| self.sees_contract(caller, &loaded.state));
            seen.map(|loaded| self.contract_view(caller, loaded)).collect()
        })))
    }

    /// One contract.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_get(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<ContractView, Refusal>, Fault> {
        Ok(self.load_contract(caller, id).await?.map(|(loaded, _)| self.contract_view(caller, &loaded)))
    }

    /// The templates, the built-in one among them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_templates(&self) -> Result<Page<ContractTemplateView>, Fault> {
        let found = self.store().read(templates).await?;
        let items = found.iter().map(template_view).collect();
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// One template.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn contract_template(
        &self,
        code: &str,
    ) -> Result<Result<ContractTemplateView, Refusal>, Fault> {
        let code = code.to_owned();
        let found = self.store().read(move |reader| template(reader, &code)).await?;
        Ok(found.as_ref().map(template_view).ok_or_else(no_template))
    }

    /// Who uses the portal of an account.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn portal_users(
        &self,
        caller: &Caller,
        account: &str,
    ) -> Result<Result<Page<PortalUserView>, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let personal = crate::contract::reads_personal(caller, &account.state);
        let id = account.id.clone();
        let found = self.store().read(move |reader| {
            let page = reader.list(Noun::User, &[("account_id", (&id).into())], None, 1_000)?;
            page.into_iter().map(read::<User>).collect::<Result<Vec<_>, _>>()
        });
        let items = found.await?.iter().map(|user| portal_user(&user.state, personal)).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// Whether a caller sees a contract of a list.
    pub(crate) fn sees_contract(&self, caller: &Caller, contract: &Contract) -> bool {
        self.sees_account(caller, contract.account)
    }

    fn contract_view(&self, caller: &Caller, loaded: &Loaded<Contract>) -> ContractView {
        let entity = self.owner_of(loaded.state.account);
        let personal = caller.principal.may(Grant::PersonalRead, entity.as_ref());
        let mut view = self.view_of(&loaded.state, personal);
        view.version = loaded.version;
        view
    }

    /// What a customer's person sees of a contract: not what is said among us.
    pub(crate) fn portal_contract(&self, contract: &Contract, account: &Account) -> ContractView {
        let view = self.view_of(contract, true);
        ContractView {
            account_name: account.name.clone(),
            returned: None,
            drafted_by: None,
            drafted_by_name: None,
            missing: Vec::new(),
            ..view
        }
    }

    fn view_of(&self, contract: &Contract, personal: bool) -> ContractView {
        let terms = &contract.terms;
        let drafted_by = contract.drafted_by.map(|user| user.to_string());
        let at = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
        let (amends, renews) = match contract.origin {
            Some(Origin::Amends(id)) => (Some(id.to_string()), None),
            Some(Origin::Renews(id)) => (None, Some(id.to_string())),
            None => (None, None),
        };
        let draft = contract.sending.is_none() && !contract.has_ended();
        ContractView {
            id: contract.id.to_string(),
            version: 0,
            number: contract.number.clone(),
            revision: contract.revision,
            account: contract.account.to_string(),
            account_name: self.account_title(contract.account),
            kind: terms.kind.as_str().to_owned(),
            title: terms.title.clone(),
            state: contract.state.as_str().to_owned(),
            template: contract.template.code.clone(),
            template_version: contract.template.version,
            entity: terms.entity.to_string(),
            parties: terms
                .parties
                .iter()
                .map(|party| ContractPartyView {
                    side: party.side.as_str().to_owned(),
                    name: party.name.clone(),
                })
                .collect(),
            starts_on: day(terms.starts_on),
            ends_on: day(terms.ends_on),
            renewal: terms.renewal.as_str().to_owned(),
            notice_days: terms.notice_days,
            auto_renew_term_months: terms.auto_renew_term_months,
            deadline: day(deadline(terms)),
            next_audit_on: day(contract.next_audit()),
            committed_volume: terms.committed_volume.as_ref().map(|volume| VolumeView {
                amount: volume.amount.map(Into::into),
                quantity: volume.quantity,
                unit: volume.unit.clone(),
                period: volume.period.as_str().to_owned(),
            }),
            price_refs: terms.price_refs.clone(),
            sla: SlaView {
                otif_pct: terms.sla.otif_permille.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
                response_hours: terms.sla.response_hours,
                claim_days: terms.sla.claim_days,
            },
            tier: terms.tier.map(|tier| tier.as_str().to_owned()),
            governing_law: terms.governing_law.clone(),
            documents: terms.documents.iter().map(ToString::to_string).collect(),
            fields: terms.fields.get().filter(|_| personal).cloned().unwrap_or_default(),
            signers: (0_u8..)
                .zip(&terms.signers)
                .map(|(place, one)| signer_view(contract, place, one, personal))
                .collect(),
            in_order: terms.in_order,
            portal_contacts: terms.portal_contacts.iter().map(ToString::to_string).collect(),
            amends,
            renews,
            superseded_by: contract.superseded_by.map(|id| id.to_string()),
            document: contract.sending.as_ref().map(|sending| sending.document.to_string()),
            sha256: contract.sending.as_ref().map(|sending| sending.sha256.clone()),
            pending_scan: contract.scan.as_ref().map(|waiting| waiting.scan.document.to_string()),
            returned: contract.returned.clone(),
            declined: contract
                .refused
                .as_ref()
                .and_then(|refused| refused.reason.get().cloned())
                .filter(|_| personal),
            missing: if draft {
                contract.missing().into_iter().map(|fault| fault.pointer).collect()
            } else {
                Vec::new()
            },
            drafted_by_name: drafted_by.as_deref().and_then(|user| self.user_name(user)),
            drafted_by,
            drafted_at: at(contract.drafted_at).unwrap_or_default(),
            sent_at: at(contract.sent_at),
            signed_at: at(contract.signed_at),
            validated_at: at(contract.validated_at),
            active_since: day(contract.active_since),
            notice: contract.notice.as_ref().map(|notice| NoticeView {
                kind: notice.kind.as_str().to_owned(),
                on: notice.on.to_string(),
                reason: notice.reason.clone(),
                at: notice.at.to_string(),
            }),
            ended_on: day(contract.ended_on),
            links: Vec::new(),
        }
    }
}

fn signer_view(contract: &Contract, place: u8, signer: &Signer, personal: bool) -> SignerView {
    let see = |text: &Personal<String>| text.get().filter(|_| personal).cloned();
    let state = match &signer.signature {
        Some(_) => "signed",
        None if contract.is_out() && contract.is_turn_of(signer) => "turn",
        None => "waiting",
    };
    SignerView {
        signer: place,
        side: signer.side.as_str().to_owned(),
        name: see(&signer.name),
        email: see(&signer.email),
        title: signer.title.as_ref().and_then(see),
        contact: signer.contact.map(|id| id.to_string()),
        user: signer.user.map(|id| id.to_string()),
        order: signer.order,
        state: state.to_owned(),
        authority: signer.authority.as_ref().map(|authority| authority.basis.clone()),
        authority_by: signer
            .authority
            .as_ref()
            .and_then(|authority| authority.by)
            .map(|user| user.to_string()),
        link_expires_at: signer.link.as_ref().map(|link| link.expires_at.to_string()),
        signature: signer.signature.as_ref().map(|evidence| evidence_view(evidence, &see)),
    }
}

fn evidence_view(evidence: &Evidence, see: &dyn Fn(&Personal<String>) -> Option<String>) -> SignatureView {
    SignatureView {
        method: evidence.method.as_str().to_owned(),
        name: see(&evidence.name),
        at: evidence.at.to_string(),
        address: evidence.address.as_ref().and_then(see),
        sha256: evidence.sha256.clone(),
        envelope: evidence.envelope.clone(),
        scan: evidence.scan.map(|id| id.to_string()),
        scan_sha256: evidence.scan_sha256.clone(),
    }
}

fn template_view(template: &ContractTemplate) -> ContractTemplateView {
    ContractTemplateView {
        code: template.code.clone(),
        name: template.name.clone(),
        kind: template.kind.as_str().to_owned(),
        version: template.version,
        language: template.language.clone(),
        text: template.text.clone(),
        fields: template
            .fields
            .iter()
            .map(|field| TemplateFieldView {
                name: field.name.clone(),
                label: field.label.clone(),
                kind: field.kind.as_str().to_owned(),
                required: field.required,
                choices: field.choices.clone(),
                default: field.default.clone(),
            })
            .collect(),
        renewal: template.renewal.as_str().to_owned(),
        notice_days: template.notice_days,
        auto_renew_term_months: template.auto_renew_term_months,
        governing_law: template.governing_law.clone(),
        countersigned: template.countersigned,
        reviewed: template.reviewed,
        is_default: template.is_default,
        retired: template.retired_at.is_some(),
    }
}

fn portal_user(user: &User, personal: bool) -> PortalUserView {
    let portal = user.portal.as_ref();
    let activated_at = portal.and_then(|portal| portal.activated_at);
    let state = match user.status {
        UserStatus::Suspended => "suspended",
        UserStatus::Active if user.is_revoked() => "revoked",
        UserStatus::Active if activated_at.is_some() => "active",
        UserStatus::Active => "invited",
    };
    PortalUserView {
        id: user.id.to_string(),
        name: user.name.get().filter(|_| personal).cloned(),
        email: user.email.get().filter(|_| personal).cloned(),
        contact: portal.and_then(|portal| portal.contact).map(|id| id.to_string()),
        roles: user.roles.iter().map(ToString::to_string).collect(),
        state: state.to_owned(),
        activated_at: activated_at.map(|at| at.to_string()),
    }
}
