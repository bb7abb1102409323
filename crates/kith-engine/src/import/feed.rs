//! Feeds: files of a partner, each imported in the way that the feed says.

use std::collections::BTreeMap;

use kith_api::request::FeedSave;
use kith_api::view::{FeedView, ImportView, Page};
use kith_connect::transcribe::Format;
use kith_domain::access::Grant;
use kith_domain::command::Command as AnyCommand;
use kith_domain::feed::{Command, Feed, Plan, is_name};
use kith_domain::import::Options;
use kith_domain::refusal::{FieldFault, Refusal, merge_faults};
use kith_domain::value::FeedId;
use kith_store::{Fault, Noun, Reader};

use super::view::options_view;
use super::{ImportFile, ImportOptions};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{Loaded, read};
use crate::permit;

/// Most feeds of an organisation.
const LISTED: u32 = 1_000;

/// The feed of a name, if it is there.
pub(crate) fn of_name(reader: &mut Reader<'_>, name: &str) -> Result<Option<Loaded<Feed>>, Fault> {
    if !is_name(name) {
        return Ok(None);
    }
    reader.document_by(Noun::Feed, ("name", name.into()))?.map(read::<Feed>).transpose()
}

impl Engine {
    /// Saves a feed; one of the same name is saved over.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn feed_save(
        &self,
        caller: &Caller,
        request: FeedSave,
    ) -> Result<Result<FeedView, Refusal>, Fault> {
        let (plan, faults) = plan(&request);
        let name = request.name.clone();
        let known = self.store().read(move |reader| of_name(reader, &name)).await?;
        let id = known.map_or_else(|| self.new_uuid().map(FeedId), |feed| Ok(feed.state.id))?;
        let command = AnyCommand::Feed { id, command: Command::Save { id, plan: Box::new(plan) } };
        if !faults.is_empty() {
            let decided = self.dry_save(caller, &command).await?;
            let fields = merge_faults(faults, decided.map(|refusal| refusal.fields).unwrap_or_default());
            return Ok(Err(kith_domain::feed::refusal::invalid().with_fields(fields)));
        }
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => self.feed(caller, &request.name).await,
        }
    }

    /// What the rules say besides, where the request itself is at fault.
    async fn dry_save(&self, caller: &Caller, command: &AnyCommand) -> Result<Option<Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Some(permit::denied(Grant::ImportsWrite)));
        }
        let AnyCommand::Feed { command, .. } = command else { return Ok(None) };
        let entities = self.organisation().entities.iter().map(|entity| entity.code.clone()).collect();
        let facts = kith_domain::feed::Facts { entities, ..kith_domain::feed::Facts::default() };
        let context = caller.context(self.now());
        let decided = kith_domain::decider::Decider::decide(&Feed::default(), &context, &facts, command);
        Ok(decided.err())
    }

    /// A feed by its name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn feed(&self, caller: &Caller, name: &str) -> Result<Result<FeedView, Refusal>, Fault> {
        Ok(self.known_feed(caller, name).await?.map(|feed| self.feed_view(&feed)))
    }

    async fn known_feed(&self, caller: &Caller, name: &str) -> Result<Result<Feed, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let name = name.to_owned();
        let found = self.store().read(move |reader| of_name(reader, &name)).await?;
        Ok(found.map(|feed| feed.state).ok_or_else(unknown))
    }

    /// All feeds, by name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn feeds(&self, caller: &Caller) -> Result<Result<Page<FeedView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let mut items: Vec<FeedView> =
            self.all_feeds().await?.iter().map(|feed| self.feed_view(feed)).collect();
        items.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    pub(super) async fn all_feeds(&self) -> Result<Vec<Feed>, Fault> {
        let documents = self.store().read(|reader| reader.list(Noun::Feed, &[], None, LISTED)).await?;
        let feeds = documents.into_iter().map(|document| read::<Feed>(document).map(|feed| feed.state));
        let feeds: Vec<Feed> = feeds.collect::<Result<_, _>>()?;
        Ok(feeds.into_iter().filter(Feed::exists).collect())
    }

    /// Deletes a feed.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn feed_delete(&self, caller: &Caller, name: &str) -> Result<Result<(), Refusal>, Fault> {
        let id = match self.known_feed(caller, name).await? {
            Ok(feed) => feed.id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let command = AnyCommand::Feed { id, command: Command::Delete };
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => Ok(Ok(())),
        }
    }

    /// Takes a file that was sent to a feed: staged as the feed says, and submitted for review.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out. A file that cannot be read is a refusal.
    pub async fn feed_send(
        &self,
        caller: &Caller,
        name: &str,
        (file, key): (ImportFile, Option<String>),
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        match self.known_feed(caller, name).await? {
            Ok(feed) => {
                let options = ImportOptions { key, ..options_of(&feed.plan) };
                self.import_stage(caller, file, options).await
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    fn feed_view(&self, feed: &Feed) -> FeedView {
        let plan = &feed.plan;
        FeedView {
            id: feed.id.to_string(),
            name: plan.name.clone(),
            format: plan.format.clone(),
            source_system: plan.source_system.clone().unwrap_or_else(|| plan.name.clone()),
            entity: plan.entity.as_ref().map(ToString::to_string),
            options: options_view(&plan.options),
            folder: plan.watched.then(|| self.feed_folder(&plan.name).display().to_string()),
            endpoint: format!("/api/v1/feeds/{}", plan.name),
            saved_at: feed.saved_at.map(|at| at.to_string()),
        }
    }
}

/// How the files of a feed are imported.
pub(super) fn options_of(plan: &Plan) -> ImportOptions {
    let options = &plan.options;
    ImportOptions {
        format: plan.format.as_deref().and_then(Format::parse),
        sheet: options.sheet.clone(),
        source_system: Some(plan.source_system.clone().unwrap_or_else(|| plan.name.clone())),
        external_id_column: options.external_id_column.clone(),
        execute: true,
        on_duplicate: options.on_duplicate,
        update_policy: options.update_policy,
        empty_means: options.empty_means,
        batch_size: options.batch_size,
        stop_on_error: options.stop_on_error,
        validate_only: false,
        map: options.map.clone(),
        mapping_id: options.mapping_id,
        entity: plan.entity.as_ref().map(ToString::to_string),
        feed: Some(plan.name.clone()),
        key: None,
        decisions: BTreeMap::new(),
    }
}

fn unknown() -> Refusal {
    permit::missing("feed.not_found", "There is no such feed.")
}

/// The plan that is asked for, and what of it cannot be read.
fn plan(request: &FeedSave) -> (Plan, Vec<FieldFault>) {
    let asked = kith_api::request::ImportRequest {
        on_duplicate: request.on_duplicate.clone(),
        update_policy: request.update_policy.clone(),
        empty_means: request.empty_means.clone(),
        batch_size: request.batch_size,
        map: request.map.clone(),
        mapping_id: request.mapping_id.clone(),
        sheet: request.sheet.clone(),
        external_id_column: request.external_id_column.clone(),
        ..kith_api::request::ImportRequest::default()
    };
    let (read, mut faults) = match ImportOptions::read(asked, None) {
        Ok(options) => (options, Vec::new()),
        Err(faults) => (ImportOptions::default(), faults),
    };
    let entity = request.entity.as_deref().map(|code| code.to_uppercase().parse());
    if matches!(entity, Some(Err(_))) {
        faults.push(FieldFault::new("/entity", "entity_unknown", "there is no such legal entity"));
    }
    let options = Options {
        on_duplicate: read.on_duplicate,
        update_policy: read.update_policy,
        empty_means: read.empty_means,
        batch_size: read.batch_size,
        stop_on_error: request.stop_on_error,
        validate_only: false,
        map: read.map,
        mapping_id: read.mapping_id,
        external_id_column: read.external_id_column,
        // The plan has it.
        entity: None,
        sheet: read.sheet,
        decisions: BTreeMap::new(),
    };
    let plan = Plan {
        name: request.name.clone(),
        format: request.format.clone(),
        source_system: request.source_system.clone(),
        entity: entity.and_then(Result::ok),
        options,
        watched: request.watched,
    };
    (plan, faults)
}
