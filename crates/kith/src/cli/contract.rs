//! `kith contract`: what is agreed with customers. `kith contract-template`: the texts that it is drafted from.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::{
    ContractAuthority, ContractInput, ContractRelink, ContractSend, ContractSign, ContractTerminate,
    ReasonGiven,
};
use serde_json::{Value, json};

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Contracts
#[derive(Debug, Subcommand)]
pub enum Contract {
    /// List contracts
    List {
        /// Only those of an account
        #[arg(long)]
        account: Option<String>,
        /// Only those in a state
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a contract
    #[command(visible_alias = "get")]
    Show {
        /// ctr_…
        contract: String,
    },
    /// Draft a contract with an account
    Create(Create),
    /// Edit a draft by a merge patch
    Update {
        /// ctr_…
        contract: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// Write the pages as PDF
    Pdf {
        /// ctr_…
        contract: String,
        /// File, - for standard output
        #[arg(long, value_name = "FILE", value_parser = input::path)]
        out: PathBuf,
    },
    /// Submit it for review
    Submit {
        /// ctr_…
        contract: String,
    },
    /// Discard a draft, or what is in review
    Discard(Reasoned),
    /// Return it to its drafter
    Return(Reasoned),
    /// Send it to its signers; prints the link of each, once
    Send {
        /// ctr_…
        contract: String,
        /// Hours for which the links work
        #[arg(long)]
        link_hours: Option<u16>,
    },
    /// Give a signer another link
    Relink {
        /// ctr_…
        contract: String,
        /// Place of the signer, from 0
        signer: u8,
        /// Hours for which the link works
        #[arg(long)]
        link_hours: Option<u16>,
    },
    /// Take it back before all have signed
    Recall(Reasoned),
    /// Sign it for us, with a token of one's own
    Sign {
        /// ctr_…
        contract: String,
        /// Your name
        #[arg(long)]
        name: String,
        /// You agree to sign electronically
        #[arg(long)]
        consent: bool,
    },
    /// Bring the scan of what was signed with ink
    UploadSigned {
        /// ctr_…
        contract: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Media type
        #[arg(long, default_value = "application/pdf")]
        mime: String,
    },
    /// Confirm the scan that waits
    ConfirmScan {
        /// ctr_…
        contract: String,
    },
    /// Reject the scan that waits
    RejectScan(Reasoned),
    /// Confirm that a signer may sign
    ConfirmAuthority {
        /// ctr_…
        contract: String,
        /// Place of the signer, from 0
        signer: u8,
        /// Why they may
        basis: String,
    },
    /// Draft an amendment
    Amend(Follow),
    /// Draft a renewal
    Renew(Follow),
    /// Terminate it
    Terminate {
        /// ctr_…
        contract: String,
        /// Last day
        #[arg(long, value_name = "DATE")]
        on: String,
        /// notice, mutual, breach
        #[arg(long)]
        kind: Option<String>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Give access to the portal again
    Provision {
        /// ctr_…
        contract: String,
    },
    /// Write the deadlines as a calendar (RFC 5545)
    Calendar {
        /// File, - for standard output
        #[arg(long, value_name = "FILE", value_parser = input::path)]
        out: PathBuf,
    },
}

/// A new contract.
#[derive(Debug, Args)]
pub struct Create {
    /// acc_… or account number
    account: String,
    /// Code of the template
    #[arg(long)]
    template: Option<String>,
    /// What people call it
    #[arg(long)]
    title: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    starts_on: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    ends_on: Option<String>,
    /// none, manual, auto, evergreen
    #[arg(long)]
    renewal: Option<String>,
    /// The rest, from the JSON of POST /api/v1/contracts
    #[arg(long, value_parser = input::path)]
    file: Option<PathBuf>,
}

/// What follows a contract.
#[derive(Debug, Args)]
pub struct Follow {
    /// ctr_…
    contract: String,
    /// What differs, from a file; - for standard input
    #[arg(long, value_parser = input::path)]
    file: Option<PathBuf>,
}

/// Which contract, and why.
#[derive(Debug, Args)]
pub struct Reasoned {
    /// ctr_…
    contract: String,
    /// Why
    reason: String,
}

impl Reasoned {
    fn on(&self, operation: &str) -> Result<Call, Failure> {
        Call::to(operation).place(&self.contract).json(&ReasonGiven { reason: self.reason.clone() })
    }
}

impl Follow {
    fn on(&self, operation: &str) -> Result<Call, Failure> {
        let body = match &self.file {
            Some(file) => input::object(file)?,
            None => json!({}),
        };
        Call::to(operation).place(&self.contract).json(&body)
    }
}

impl Create {
    fn call(&self) -> Result<Call, Failure> {
        let some = |text: &Option<String>| text.clone().map(Some);
        let given = ContractInput {
            account: Some(Some(self.account.clone())),
            template: some(&self.template),
            title: some(&self.title),
            starts_on: some(&self.starts_on),
            ends_on: some(&self.ends_on),
            renewal: some(&self.renewal),
            ..ContractInput::default()
        };
        let mut body = match &self.file {
            Some(file) => input::object(file)?,
            None => json!({}),
        };
        let given = serde_json::to_value(&given).map_err(|error| Failure::Here(error.to_string()))?;
        if let (Some(body), Value::Object(given)) = (body.as_object_mut(), given) {
            body.extend(given);
        }
        Call::to("contract_create").json(&body)
    }
}

impl Contract {
    fn call(&self) -> Result<Call, Failure> {
        let on = |operation: &str, contract: &str| Call::to(operation).place(contract);
        Ok(match self {
            Self::List { account, state, page } => {
                let call = Call::to("contract_list").with("account", account.as_ref());
                page.on(call.with("state", state.as_ref()))
            }
            Self::Show { contract } => on("contract_get", contract),
            Self::Create(create) => create.call()?,
            Self::Update { contract, file } => on("contract_update", contract).json(&input::object(file)?)?,
            Self::Pdf { contract, .. } => on("contract_pdf", contract),
            Self::Discard(reasoned) => reasoned.on("contract_discard")?,
            Self::Submit { contract } => on("contract_submit", contract),
            Self::Return(reasoned) => reasoned.on("contract_return")?,
            Self::Send { contract, link_hours } => {
                on("contract_send", contract).json(&ContractSend { link_hours: *link_hours })?
            }
            Self::Relink { contract, signer, link_hours } => {
                let body = ContractRelink { signer: *signer, link_hours: *link_hours };
                on("contract_relink", contract).json(&body)?
            }
            Self::Recall(reasoned) => reasoned.on("contract_recall")?,
            Self::Sign { contract, name, consent } => {
                let body = ContractSign { name: name.clone(), consent: *consent };
                on("contract_sign", contract).json(&body)?
            }
            Self::UploadSigned { contract, file, mime } => {
                let name = file.file_name().and_then(|name| name.to_str()).filter(|name| *name != "-");
                on("contract_upload_signed", contract).with("name", name).bytes(mime, input::whole(file)?)
            }
            Self::ConfirmScan { contract } => on("contract_confirm_scan", contract),
            Self::RejectScan(reasoned) => reasoned.on("contract_reject_scan")?,
            Self::ConfirmAuthority { contract, signer, basis } => {
                let body = ContractAuthority { signer: *signer, basis: basis.clone() };
                on("contract_confirm_authority", contract).json(&body)?
            }
            Self::Amend(follow) => follow.on("contract_amend")?,
            Self::Renew(follow) => follow.on("contract_renew")?,
            Self::Terminate { contract, on: last, kind, reason } => {
                let body = ContractTerminate { kind: kind.clone(), on: last.clone(), reason: reason.clone() };
                on("contract_terminate", contract).json(&body)?
            }
            Self::Provision { contract } => on("contract_provision", contract),
            Self::Calendar { .. } => Call::to("contract_calendar"),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        let columns =
            ["id", "number", "revision", "account_name", "type", "title", "state", "starts_on", "ends_on"];
        match self {
            Self::Pdf { out, .. } | Self::Calendar { out } => {
                input::write(out, &reply.body)?;
                let told = json!({"bytes": reply.body.len(), "file": out.display().to_string()});
                if out.as_os_str() == "-" { Ok(()) } else { screen.show_value(&told, pairs) }
            }
            Self::List { .. } => {
                screen.show(&reply, |value: &Value| render::page(&columns.map(Column::of), value))
            }
            _ => screen.show(&reply, |value: &Value| pairs(value)),
        }
    }
}

/// Contract templates
#[derive(Debug, Subcommand)]
pub enum ContractTemplate {
    /// List the templates
    List,
    /// Show a template
    #[command(visible_alias = "get")]
    Show {
        /// Its code
        code: String,
    },
    /// Save a template, or a new version of one, from the JSON of POST /api/v1/contract-templates
    Save {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// Draft nothing from it any more
    Retire {
        /// Its code
        code: String,
    },
}

impl ContractTemplate {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List => Call::to("contract_template_list"),
            Self::Show { code } => Call::to("contract_template_get").place(code),
            Self::Save { file } => Call::to("contract_template_save").json(&input::object(file)?)?,
            Self::Retire { code } => Call::to("contract_template_retire").place(code),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        let columns = ["code", "name", "type", "version", "renewal", "is_default", "retired"].map(Column::of);
        screen.show(&reply, |value: &Value| match self {
            Self::List => render::page(&columns, value),
            _ => pairs(value),
        })
    }
}
