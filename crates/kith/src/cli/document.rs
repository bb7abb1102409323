//! `kith document`: the files of an account.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kith_api::request::ReasonGiven;
use serde_json::{Value, json};

use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Documents of accounts
#[derive(Debug, Subcommand)]
pub enum Document {
    /// Upload a file
    Add(Add),
    /// List the documents of an account
    List {
        /// acc_… or account number
        account: String,
    },
    /// Show a document, or download it with --out
    Get {
        #[command(flatten)]
        which: Which,
        /// Write the file here, - for standard output
        #[arg(long, value_name = "FILE", value_parser = input::path)]
        out: Option<PathBuf>,
    },
    /// Record that it is what it should be
    Verify(Which),
    /// Record that it is not
    Reject(Reasoned),
    /// Hold it for legal reasons
    Hold(Reasoned),
    /// Release it from its legal hold
    Release(Reasoned),
    /// Delete it
    Delete(Which),
}

/// Which document.
#[derive(Debug, Args)]
pub struct Which {
    /// acc_… or account number
    account: String,
    /// doc_…
    document: String,
}

/// Which document, and why.
#[derive(Debug, Args)]
pub struct Reasoned {
    #[command(flatten)]
    which: Which,
    /// Why
    reason: String,
}

/// What to upload.
#[derive(Debug, Args)]
pub struct Add {
    /// acc_… or account number
    account: String,
    /// File, - for standard input
    #[arg(value_parser = input::path)]
    file: PathBuf,
    /// contract, `tax_certificate`, pod … [default: other]
    #[arg(long = "type")]
    kind: Option<String>,
    /// Media type [default: by the file's name]
    #[arg(long)]
    mime: Option<String>,
    /// Day of issue
    #[arg(long, value_name = "DATE")]
    issued_on: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    expires_on: Option<String>,
    /// books, contract, kyb, freight, account [default: by the type]
    #[arg(long)]
    retention: Option<String>,
}

/// The media type of a file by its name.
fn mime(path: &Path) -> &'static str {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "json" => "application/json",
        "xml" => "application/xml",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        _ => "application/octet-stream",
    }
}

impl Which {
    fn on(&self, operation: &str) -> Call {
        Call::to(operation).place(&self.account).place(&self.document)
    }
}

impl Reasoned {
    fn on(&self, operation: &str) -> Result<Call, Failure> {
        self.which.on(operation).json(&ReasonGiven { reason: self.reason.clone() })
    }
}

impl Document {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Add(add) => {
                let name = add.file.file_name().and_then(|name| name.to_str()).filter(|name| *name != "-");
                let media = add.mime.clone().unwrap_or_else(|| mime(&add.file).to_owned());
                Call::to("document_add")
                    .place(&add.account)
                    .with("type", add.kind.as_ref())
                    .with("name", name)
                    .with("issued_on", add.issued_on.as_ref())
                    .with("expires_on", add.expires_on.as_ref())
                    .with("retention", add.retention.as_ref())
                    .bytes(&media, input::whole(&add.file)?)
            }
            Self::List { account } => Call::to("document_list").place(account),
            Self::Get { which, out: None } => which.on("document_get"),
            Self::Get { which, out: Some(_) } => which.on("document_content"),
            Self::Verify(which) => which.on("document_verify"),
            Self::Reject(reasoned) => reasoned.on("document_reject")?,
            Self::Hold(reasoned) => reasoned.on("document_hold")?,
            Self::Release(reasoned) => reasoned.on("document_release")?,
            Self::Delete(which) => which.on("document_delete"),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        match self {
            Self::Get { which, out: Some(out) } => {
                input::write(out, &reply.body)?;
                let told = json!({"id": which.document, "bytes": reply.body.len(), "file": out.display().to_string()});
                if out.as_os_str() == "-" { Ok(()) } else { screen.show_value(&told, pairs) }
            }
            Self::Delete(which) => screen.show_value(&json!({"deleted": which.document}), pairs),
            Self::List { .. } => {
                let columns =
                    ["id", "type", "name", "status", "size", "issued_on", "expires_on", "legal_hold"]
                        .map(Column::of);
                screen.show(&reply, |value: &Value| render::page(&columns, value))
            }
            _ => screen.show(&reply, |value: &Value| pairs(value)),
        }
    }
}
