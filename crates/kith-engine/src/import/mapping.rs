//! Saved mappings: kept, listed, and read as map files.

use kith_api::view::{MappingView, Page};
use kith_connect::map::MapFile;
use kith_domain::access::Grant;
use kith_domain::command::Command as AnyCommand;
use kith_domain::mapping::{Command, Mapping, Rules};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::MappingId;
use kith_store::{Fault, Noun};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{json_of, load, read};
use crate::permit;

/// Most mappings of an organisation that are listed.
const LISTED: u32 = 1_000;

impl Engine {
    /// Saves a mapping, new or again, if every field that it names exists.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn mapping_save(
        &self,
        caller: &Caller,
        (id, rules): (Option<MappingId>, Rules),
    ) -> Result<Result<MappingView, Refusal>, Fault> {
        let unread = map_file(&rules).map_err(|faults| unfit(&faults));
        if let Err(refusal) = unread {
            return Ok(Err(refusal));
        }
        if let Some(id) = id
            && let Err(refusal) = self.mapping(caller, &id.to_string()).await?
        {
            return Ok(Err(refusal));
        }
        let id = id.map_or_else(|| self.new_uuid().map(MappingId), Ok)?;
        let command = AnyCommand::Mapping { id, command: Command::Save { id, rules: Box::new(rules) } };
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => self.mapping(caller, &id.to_string()).await,
        }
    }

    /// A saved mapping.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn mapping(&self, caller: &Caller, id: &str) -> Result<Result<MappingView, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let name = id.to_owned();
        let mapping = self.store().read(move |reader| load::<Mapping>(reader, &name)).await?.state;
        Ok(if mapping.exists() { Ok(view(&mapping)) } else { Err(unknown()) })
    }

    /// All saved mappings, by name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn mappings(&self, caller: &Caller) -> Result<Result<Page<MappingView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::ImportsWrite, None) {
            return Ok(Err(permit::denied(Grant::ImportsWrite)));
        }
        let documents = self.store().read(|reader| reader.list(Noun::Mapping, &[], None, LISTED)).await?;
        let mut items = Vec::new();
        for document in documents {
            let mapping = read::<Mapping>(document)?.state;
            items.extend(mapping.exists().then(|| view(&mapping)));
        }
        items.sort_by_key(|mapping| mapping.name.to_lowercase());
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// Deletes a saved mapping.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn mapping_delete(&self, caller: &Caller, id: &str) -> Result<Result<(), Refusal>, Fault> {
        let Ok(id) = id.parse::<MappingId>() else { return Ok(Err(unknown())) };
        let command = AnyCommand::Mapping { id, command: Command::Delete };
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => Ok(Ok(())),
        }
    }

    /// The text of a map file that says what a saved mapping says.
    pub(super) async fn map_of(&self, id: MappingId) -> Result<Result<String, Refusal>, Fault> {
        let mapping = self.store().read(move |reader| load::<Mapping>(reader, &id.to_string())).await?.state;
        if !mapping.exists() {
            let fields = vec![FieldFault::new("/mapping_id", "mapping_unknown", "there is no such mapping")];
            return Ok(Err(unknown().with_fields(fields)));
        }
        Ok(Ok(text(&mapping.rules)?))
    }
}

fn unknown() -> Refusal {
    permit::missing("mapping.not_found", "There is no such mapping.")
}

/// A mapping as a map file.
fn text(rules: &Rules) -> Result<String, Fault> {
    let mut file = json_of(rules)?;
    if let Some(members) = file.as_object_mut() {
        members.remove("name");
    }
    Ok(file.to_string())
}

/// Whether the fields are fields; which columns a file has is not known before there is one.
fn map_file(rules: &Rules) -> Result<(), Vec<String>> {
    let text = text(rules).map_err(|fault| vec![fault.to_string()])?;
    let file = MapFile::parse(&text).map_err(|fault| fault.faults)?;
    let in_templates = file.templates.values().flat_map(|text| {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned())
    });
    let header: Vec<String> = file.columns.keys().cloned().chain(in_templates).collect();
    file.apply(&header, None).map(drop).map_err(|fault| fault.faults)
}

fn unfit(faults: &[String]) -> Refusal {
    let place = |sentence: &String| {
        let part = ["constants", "templates", "values"]
            .into_iter()
            .find(|part| sentence.contains(&format!("under {part}")));
        FieldFault::new(format!("/{}", part.unwrap_or("columns")), "field_unknown", sentence.clone())
    };
    kith_domain::mapping::refusal::invalid().with_fields(faults.iter().map(place).collect())
}

fn view(mapping: &Mapping) -> MappingView {
    let rules = &mapping.rules;
    MappingView {
        id: mapping.id.to_string(),
        name: rules.name.clone(),
        system: rules.system.clone(),
        columns: rules.columns.clone(),
        constants: rules.constants.clone(),
        templates: rules.templates.clone(),
        values: rules.values.clone(),
        only: rules.only,
        saved_at: mapping.saved_at.map(|at| at.to_string()),
    }
}
