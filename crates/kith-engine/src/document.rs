//! The files of documents: sealed under their account's key, kept once for each content, checked when read.

use data_encoding::HEXLOWER;
use kith_connect::archive::Archive;
use kith_domain::access::AccessAct;
use kith_domain::command::Command;
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::document::{self, Document, Received};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{AccountId, DocumentId, Personal};
use kith_store::{Fault, Noun};
use ring::digest::{SHA256, digest};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::commerce::no_document;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{load, read};

pub(crate) mod content;
mod sniff;

impl Engine {
    /// Keeps the files of documents somewhere else than in the data directory. Asked before the first document.
    pub fn keep_documents_in(&self, archive: Archive) {
        // Whoever comes second is told by the first one's files.
        drop(self.core().archive.set(archive));
    }

    /// Where the files of documents are kept.
    pub(crate) fn archive(&self) -> &Archive {
        let folder = || Archive::Folder(self.store().location().dir().join("documents"));
        self.core().archive.get_or_init(folder)
    }

    pub(crate) fn documents(&self) -> &tokio::sync::Mutex<()> {
        &self.core().documents
    }
}

/// A file as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// What kind of document, a code.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Day of issue.
    pub issued_on: Option<String>,
    /// Last day.
    pub expires_on: Option<String>,
    /// How long it is kept, a code.
    pub retention: Option<String>,
    /// The content.
    pub bytes: bytes::Bytes,
}

/// A file as it is given back.
#[derive(Debug, Clone)]
pub struct Content {
    /// Name of the file.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// The content.
    pub bytes: Vec<u8>,
}

fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Where a content lies.
fn file_name(digest: &str) -> String {
    format!("{}/{digest}", digest.get(..2).unwrap_or_default())
}

fn bound(digest: &str) -> String {
    format!("document/{digest}")
}

impl Engine {
    /// Takes in a document; gives its id.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn document_add(
        &self,
        caller: &Caller,
        account: &str,
        upload: Upload,
    ) -> Result<Result<DocumentId, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state.id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(self.keep_document(caller, account, upload).await?.map(|(id, _)| id))
    }

    /// The same for an account that was looked up before; gives the SHA-256 of the content besides.
    pub(crate) async fn keep_document(
        &self,
        caller: &Caller,
        account: AccountId,
        upload: Upload,
    ) -> Result<Result<(DocumentId, String), Refusal>, Fault> {
        let sha256 = hex(digest(&SHA256, &upload.bytes).as_ref());
        let received = self.received(account, &upload, &sha256)?;
        // What the rules refuse is not kept at all.
        if let Err(refusal) = self.would_receive(caller, &received) {
            return Ok(Err(refusal));
        }
        if sniff::is_program(&upload.bytes) {
            return Ok(Err(program()));
        }
        if let Err(refusal) = content::check(&upload.bytes, &upload.name, &upload.mime) {
            return Ok(Err(refusal));
        }
        let (id, kept) = (received.id, received.digest.clone());
        // Between the look for the same content and the record nothing of it may be deleted.
        let _guard = self.documents().lock().await;
        self.keep_content(account, kept, upload.bytes).await?;
        let command = Command::Document { id, command: document::Command::Receive(Box::new(received)) };
        Ok(match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Err(refusal),
            Answer::Done(_) | Answer::Waiting(_) => Ok((id, sha256)),
        })
    }

    fn received(&self, account: AccountId, upload: &Upload, sha256: &str) -> Result<Received, Fault> {
        let kept = self.store().secrets().lookup_digest("document", &format!("{account}/{sha256}"));
        Ok(Received {
            id: DocumentId(self.new_uuid()?),
            account,
            kind: upload.kind.clone(),
            name: Personal::new(account, upload.name.clone()),
            mime: upload.mime.clone(),
            size: u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX),
            digest: hex(&kept),
            sha256: Personal::new(account, sha256.to_owned()),
            fits: sniff::fits(&upload.bytes, &upload.mime),
            issued_on: upload.issued_on.clone(),
            expires_on: upload.expires_on.clone(),
            retention: upload.retention.clone(),
        })
    }

    fn would_receive(&self, caller: &Caller, received: &Received) -> Result<(), Refusal> {
        let context: Context = caller.context(self.now());
        let facts = document::Facts::default();
        let command = document::Command::Receive(Box::new(received.clone()));
        Document::default().decide(&context, &facts, &command).map(drop)
    }

    /// Seals a content and keeps it, unless it is kept already.
    async fn keep_content(
        &self,
        account: AccountId,
        digest: String,
        bytes: bytes::Bytes,
    ) -> Result<(), Fault> {
        let engine = self.clone();
        let work = move || {
            let archive = engine.archive();
            if archive.holds(&file_name(&digest)).map_err(Fault::unavailable)? {
                return Ok(());
            }
            let vault = engine.store().vault();
            vault.ensure_keys(&[&account.to_string()])?;
            let sealed = vault.seal(&account.to_string(), bound(&digest).as_bytes(), &bytes)?;
            archive.put(&file_name(&digest), &sealed).map_err(Fault::unavailable)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?
    }

    /// The document of an account, if the caller may know of it.
    pub(crate) async fn load_document(
        &self,
        caller: &Caller,
        account: &str,
        id: &str,
    ) -> Result<Result<Document, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state.id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let name = id.to_owned();
        let document = self.store().read(move |reader| load::<Document>(reader, &name)).await?.state;
        let own = document.exists() && self.with_merged(account).contains(&document.account);
        Ok(if own { Ok(document) } else { Err(no_document()) })
    }

    /// Reads the file of a document.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be read, or is not what was written.
    pub async fn document_content(
        &self,
        caller: &Caller,
        account: &str,
        id: &str,
    ) -> Result<Result<Content, Refusal>, Fault> {
        let document = match self.load_document(caller, account, id).await? {
            Ok(document) => document,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (engine, held) = (self.clone(), document.clone());
        let opened = tokio::task::spawn_blocking(move || engine.open_content(&held));
        let Some(bytes) = opened.await.map_err(|_| Fault::Panicked)?? else { return Ok(Err(erased())) };
        // What leaves as a file is noted before it leaves.
        self.note_access(caller, AccessAct::Export, "document_content", Some(document.id.to_string()), 1);
        self.write_trail().await?;
        let name = document.name.get().cloned().unwrap_or_else(|| document.id.to_string());
        Ok(Ok(Content { name, mime: document.mime, bytes }))
    }

    /// The content of a document, compared with its digest; `None` once the account was erased.
    pub(crate) fn open_content(&self, document: &Document) -> Result<Option<Vec<u8>>, Fault> {
        let missing = || Fault::corrupt(format!("the file of document {} is missing", document.id));
        let name = file_name(&document.digest);
        let sealed = self.archive().get(&name).map_err(Fault::unavailable)?.ok_or_else(missing)?;
        let vault = self.store().vault();
        let opened =
            vault.open(&document.account.to_string(), bound(&document.digest).as_bytes(), &sealed)?;
        let Some(bytes) = opened else { return Ok(None) };
        let sha256 = hex(digest(&SHA256, &bytes).as_ref());
        if document.sha256.get().is_some_and(|known| *known != sha256) {
            return Err(Fault::corrupt(format!("the file of document {} is another one", document.id)));
        }
        Ok(Some(bytes))
    }

    /// Carries out what is decided about a document of an account; the file goes with the last document that has it.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn document_act(
        &self,
        caller: &Caller,
        (account, id): (&str, &str),
        command: document::Command,
    ) -> Result<Result<(), Refusal>, Fault> {
        let document = match self.load_document(caller, account, id).await? {
            Ok(document) => document,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let _guard = self.documents().lock().await;
        let deleting = command == document::Command::Delete;
        let command = Command::Document { id: document.id, command };
        if let Answer::Refused(refusal) = self.execute(caller, Request::from(command)).await?.answer {
            return Ok(Err(refusal));
        }
        if deleting {
            self.let_go(document.digest).await?;
        }
        Ok(Ok(()))
    }

    /// Removes a content that no document has any more.
    async fn let_go(&self, digest: String) -> Result<(), Fault> {
        let engine = self.clone();
        let work = move || {
            let asked = digest.clone();
            let held = engine.store().read_blocking(move |reader| {
                let same = reader.list(Noun::Document, &[("digest", (&asked).into())], None, 1_000)?;
                let same = same.into_iter().map(read::<Document>).collect::<Result<Vec<_>, _>>()?;
                Ok(same.iter().any(|loaded| loaded.state.exists()))
            })?;
            if held {
                return Ok(());
            }
            engine.archive().remove(&file_name(&digest)).map_err(Fault::unavailable)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?
    }

    /// Opens the file of every document; says which do not fit.
    pub(crate) fn verify_files(&self) -> Result<(u64, Vec<String>), Fault> {
        let (mut count, mut faults, mut after) = (0_u64, Vec::new(), None::<String>);
        loop {
            let from = after.clone();
            let page = self.store().read_blocking(move |reader| {
                let page = reader.list(Noun::Document, &[], from.as_deref(), 500)?;
                page.into_iter().map(read::<Document>).collect::<Result<Vec<_>, _>>()
            })?;
            let Some(last) = page.last() else { return Ok((count, faults)) };
            after = Some(last.id.clone());
            for loaded in page.iter().filter(|loaded| loaded.state.exists()) {
                count = count.saturating_add(1);
                match self.open_content(&loaded.state) {
                    Ok(_) => {}
                    Err(Fault::Corrupt { what }) => faults.push(what),
                    Err(fault) => return Err(fault),
                }
            }
        }
    }
}

fn program() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "document.program",
        "The file is a program or a script.",
        "Upload the document itself, for example as PDF.",
    )
}

fn erased() -> Refusal {
    Refusal::new(
        RefusalKind::Gone,
        "document.erased",
        "The account was erased, and its documents with it.",
        "Nothing: erasing is final.",
    )
}
