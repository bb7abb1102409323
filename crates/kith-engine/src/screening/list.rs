//! Loading lists: what cannot be read is refused, and the list in force stays.

use std::io::Cursor;

use data_encoding::HEXLOWER;
use kith_api::view::{ListFileView, Page, ScreeningListView, SnapshotView};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::screening::list::{Command as ListCommand, is_name};
use kith_domain::screening::{ListFile, ScreeningList, Snapshot, refusal};
use kith_screen::list::List;
use kith_store::Fault;
use ring::digest::{SHA256, digest};

use super::shelf::{all, file_name};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::load;
use crate::permit;

/// A file of a list as it was sent.
#[derive(Debug, Clone, Default)]
pub struct ListUpload {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: bytes::Bytes,
}

/// Letters of a digest that name a snapshot.
const ID_LETTERS: usize = 16;

impl Engine {
    /// Puts the files of a list in force, then screens all accounts again. A list that lost much of what is in force is taken
    /// only where somebody says that it is meant to be `smaller`.
    ///
    /// # Errors
    /// [`Fault`] when the store or the archive cannot write.
    pub async fn load_screening_list(
        &self,
        caller: &Caller,
        name: &str,
        files: Vec<ListUpload>,
        smaller: bool,
    ) -> Result<Result<ScreeningListView, Refusal>, Fault> {
        if !caller.principal.may(Grant::ListsWrite, None) {
            return Ok(Err(permit::denied(Grant::ListsWrite)));
        }
        if !is_name(name) {
            return Ok(Err(named_wrongly()));
        }
        let engine = self.clone();
        let work = move || {
            let snapshot = match snapshot(&files) {
                Ok(snapshot) => snapshot,
                Err(refusal) => return Ok(Err(refusal)),
            };
            for (file, kept) in files.iter().zip(&snapshot.files) {
                let place = file_name(&kept.sha256);
                if !engine.archive().holds(&place).map_err(Fault::unavailable)? {
                    engine.archive().put(&place, &file.bytes).map_err(Fault::unavailable)?;
                }
            }
            Ok::<_, Fault>(Ok(snapshot))
        };
        let snapshot = match tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?? {
            Ok(snapshot) => snapshot,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let command = ListCommand::Load { name: name.to_owned(), snapshot: Box::new(snapshot), smaller };
        self.settle_list(caller, name, command).await
    }

    /// Takes a list out of force.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn retire_screening_list(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<ScreeningListView, Refusal>, Fault> {
        self.settle_list(caller, name, ListCommand::Retire).await
    }

    async fn settle_list(
        &self,
        caller: &Caller,
        name: &str,
        command: ListCommand,
    ) -> Result<Result<ScreeningListView, Refusal>, Fault> {
        let command = Command::ScreeningList { id: name.to_owned(), command };
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => return Ok(Err(refusal)),
            Answer::Done(receipt) if receipt.changed => {
                self.core().screening.forget();
                self.screen_all_again();
            }
            Answer::Done(_) | Answer::Waiting(_) => {}
        }
        let name = name.to_owned();
        let list = self.store().read(move |reader| load::<ScreeningList>(reader, &name)).await?.state;
        Ok(Ok(view(&list)))
    }

    /// The lists, by name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn screening_lists(
        &self,
        caller: &Caller,
    ) -> Result<Result<Page<ScreeningListView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let lists = self.store().read(all).await?;
        let items = lists.iter().map(|list| view(&list.state)).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }
}

/// Reads every file and tells what they are together.
fn snapshot(files: &[ListUpload]) -> Result<Snapshot, Refusal> {
    let mut list = List::default();
    let mut told = Vec::new();
    let mut whole = Vec::new();
    for file in files {
        let format = list
            .add(&mut Cursor::new(&file.bytes))
            .map_err(|broken| unreadable(&format!("{}: {broken}", file.name)))?;
        let sum = digest(&SHA256, &file.bytes);
        whole.extend_from_slice(sum.as_ref());
        told.push(ListFile {
            name: file.name.clone(),
            format: format.to_string(),
            sha256: HEXLOWER.encode(sum.as_ref()),
            size: file.bytes.len() as u64,
        });
    }
    let names = || files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
    let entries = list.finish().map_err(|reason| unreadable(&format!("{}: {reason}", names())))?.len() as u64;
    let mut id = HEXLOWER.encode(digest(&SHA256, &whole).as_ref());
    id.truncate(ID_LETTERS);
    Ok(Snapshot { id, files: told, entries, ..Snapshot::default() })
}

fn unreadable(what: &str) -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "screening.list_unreadable",
        format!("The list cannot be read: {what}. The list in force stays."),
        "Fetch the file again, whole, and load it.",
    )
}

fn named_wrongly() -> Refusal {
    let message = "expected 1 to 40 letters, digits, _ or -";
    let fault = kith_domain::refusal::FieldFault::new("/name", "name_invalid", message);
    refusal::list_invalid().with_fields(vec![fault])
}

fn view(list: &ScreeningList) -> ScreeningListView {
    let mut snapshots = list.snapshots.iter().rev().map(snapshot_view);
    ScreeningListView {
        name: list.name.clone(),
        in_force: list.in_force().is_some(),
        snapshot: snapshots.next().unwrap_or_default(),
        history: snapshots.collect(),
    }
}

fn snapshot_view(snapshot: &Snapshot) -> SnapshotView {
    let file = |file: &ListFile| ListFileView {
        name: file.name.clone(),
        format: file.format.clone(),
        sha256: file.sha256.clone(),
        size: file.size,
    };
    SnapshotView {
        id: snapshot.id.clone(),
        loaded_at: snapshot.loaded_at.to_string(),
        entries: snapshot.entries,
        files: snapshot.files.iter().map(file).collect(),
    }
}
