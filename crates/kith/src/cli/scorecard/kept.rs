//! The versions of the company's scorecard, through a door.

use std::fmt::Write as _;
use std::path::Path;

use kith_api::request::{ScorecardActivate, ScorecardLearn};
use serde_json::{Value, json};

use super::super::{change, input};
use super::Scorecard;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::matching::cell;
use crate::render::{self, Column, pairs, table};
use crate::screen::Screen;

/// Reasons in a row of scores.
const REASONS: usize = 4;

impl Scorecard {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Train(wanted) => {
                let exclude = wanted.exclude.join(",");
                let name = wanted.file.file_name().and_then(|name| name.to_str());
                Call::to("scorecard_train")
                    .with("target", Some(&wanted.target))
                    .with("bad", wanted.bad.as_ref())
                    .with("exclude", Some(exclude).filter(|names| !names.is_empty()))
                    .with("missing", wanted.missing_bin.then_some("bin"))
                    .with("name", name)
                    .bytes("text/csv", input::whole(&wanted.file)?)
            }
            Self::Score(wanted) => {
                let version = wanted.version.unwrap_or_default().to_string();
                Call::to("scorecard_score").place(&version).bytes("text/csv", input::whole(&wanted.file)?)
            }
            Self::Learn { outcome_days } => {
                Call::to("scorecard_learn").json(&ScorecardLearn { outcome_days: *outcome_days })?
            }
            Self::List => Call::to("scorecard_list"),
            Self::Get { version } => Call::to("scorecard_get").place(&version.to_string()),
            Self::Activate { version, reason, key } => {
                let call = Call::to("scorecard_activate").place(version);
                let call = call.json(&ScorecardActivate { reason: reason.clone() })?;
                key.iter().fold(call, |call, key| call.key(key))
            }
        })
    }

    pub(crate) async fn run_through(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        if let Self::Score(wanted) = self {
            let value = reply.json()?;
            write_scores(&wanted.out, &value)?;
            let rows = value["rows"].as_array().map_or(0, Vec::len);
            return screen.show_value(&json!({"version": value["version"], "rows": rows}), pairs);
        }
        screen.show(&reply, |value| match self {
            Self::Activate { .. } if reply.status == 202 => change::draw(value),
            Self::List | Self::Activate { .. } => {
                let names = ["version", "in_force", "auc", "rows", "bad_rows", "trained_by", "trained_at"];
                let mut page = value.clone();
                page["items"] = items(value).iter().map(flat).collect::<Vec<Value>>().into();
                render::page(&names.map(Column::of), &page)
            }
            _ => draw(value),
        })
    }
}

fn items(page: &Value) -> &[Value] {
    page["items"].as_array().map_or(&[], Vec::as_slice)
}

/// The measures of a version beside its other members.
fn flat(view: &Value) -> Value {
    let mut flat = view.clone();
    flat["auc"] = view["validated"]["auc"].clone();
    flat["rows"] = view["validated"]["rows"].clone();
    flat["bad_rows"] = view["validated"]["bad"].clone();
    flat
}

fn draw(view: &Value) -> String {
    let head = json!({
        "version": view["version"], "in force": view["in_force"], "target": view["target"], "bad": view["bad"],
        "data sha256": view["data_sha256"], "trained by": view["trained_by"], "trained at": view["trained_at"],
    });
    let measure = |on: &str, member: &str| {
        let mut row = view[member].clone();
        row["on"] = on.into();
        row
    };
    let measures = [measure("cross-validated", "validated"), measure("trained", "trained")];
    let mut bins: Vec<Value> = Vec::new();
    for variable in view["variables"].as_array().into_iter().flatten() {
        for bin in variable["bins"].as_array().into_iter().flatten() {
            let mut row = bin.clone();
            row["column"] = variable["column"].clone();
            row["bin"] = bin["label"].clone();
            bins.push(row);
        }
    }
    let columns = |names: &[&str]| names.iter().map(|name| Column::of(name)).collect::<Vec<_>>();
    let mut text = pairs(&head);
    let named = [
        (columns(&["on", "rows", "bad", "auc", "gini", "ks", "brier"]), measures.to_vec()),
        (columns(&["column", "bin", "good", "bad", "woe", "points"]), bins),
        (columns(&["column", "cause", "iv"]), view["left_out"].as_array().cloned().unwrap_or_default()),
    ];
    for (columns, rows) in named.iter().filter(|(_, rows)| !rows.is_empty()) {
        text.push('\n');
        text.push_str(&table(columns, rows));
    }
    text
}

/// Writes `line,score,probability,class,reason_1…reason_4`.
fn write_scores(path: &Path, scores: &Value) -> Result<(), Failure> {
    let mut text = "line,score,probability,class".to_owned();
    (1..=REASONS).for_each(|number| text.push_str(&format!(",reason_{number}")));
    text.push('\n');
    for row in scores["rows"].as_array().into_iter().flatten() {
        let (line, class) = (&row["line"], row["class"].as_str().unwrap_or_default());
        write!(text, "{line},{},{},{class}", row["points"], row["probability"]).unwrap_or_default();
        for number in 0..REASONS {
            text.push(',');
            if let Some(reason) = row["reasons"].get(number) {
                let said = |member: &str| reason[member].as_str().unwrap_or_default().to_owned();
                cell(&format!("{}: {}", said("column"), said("bin")), &mut text);
            }
        }
        text.push('\n');
    }
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}
