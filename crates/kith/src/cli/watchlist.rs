//! `kith screening`: lists in force, names and accounts against them, hits and what people decide.

use std::path::PathBuf;

use axum::body::Bytes;
use clap::Subcommand;
use serde_json::{Value, json};

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, page, pairs, table};
use crate::screen::Screen;

/// Parts the files of a form; no list has such a line.
const BOUNDARY: &str = "kith-screening-list-5d1f0a";

/// Screening of accounts against sanctions and PEP lists
#[derive(Debug, Subcommand)]
pub enum Screening {
    /// Load a list; the one in force stays if it cannot be read
    Load {
        /// Files of the list, packed with gzip or not, - for standard input (OFAC: sdn.csv with alt.csv and add.csv)
        #[arg(required = true, value_parser = input::path)]
        files: Vec<PathBuf>,
        /// The list's name
        #[arg(long)]
        name: String,
        /// Take it though it has lost much of what is in force
        #[arg(long)]
        smaller: bool,
    },
    /// Show the lists with their dates and counts
    Lists,
    /// Take a list out of force
    Retire {
        /// The list's name
        name: String,
    },
    /// Screen names; nothing is stored
    Name {
        /// Names
        #[arg(required = true)]
        names: Vec<String>,
        /// person, company, vessel or aircraft
        #[arg(long)]
        kind: Option<String>,
        /// Two letters or a name
        #[arg(long)]
        country: Option<String>,
        /// Day or year of birth
        #[arg(long, value_name = "DATE")]
        birth_date: Option<String>,
    },
    /// Screen an account: the company, its contacts and owners
    Account {
        /// acc_… or account number
        account: String,
    },
    /// Show who owns an account, and what the rules say
    Ownership {
        /// acc_… or account number
        account: String,
    },
    /// Set the owners of an account from a JSON file: {"owners": […]}
    Owners {
        /// acc_… or account number
        account: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// List hits, the highest score first
    Hits {
        /// pending, all or one state [default: pending]
        #[arg(long)]
        state: Option<String>,
        /// Only of this account
        #[arg(long)]
        account: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a hit
    Show {
        /// hit_…
        hit: String,
    },
    /// Take up a hit
    Review {
        /// hit_…
        hit: String,
    },
    /// Decide a hit
    Decide {
        /// hit_…
        hit: String,
        /// `false_positive`, `true_match`, inconclusive or escalated
        disposition: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// What shows it
        #[arg(long)]
        evidence: String,
    },
}

impl Screening {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = self.call()?;
        let reply = door.call(call).await?;
        match self {
            Self::Lists => screen.show(&reply, lists),
            Self::Hits { .. } => screen.show(&reply, hits),
            Self::Name { .. } => screen.show(&reply, matches),
            _ => screen.show(&reply, pairs),
        }
    }

    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Load { files, name, smaller } => {
                let media = format!("multipart/form-data; boundary={BOUNDARY}");
                Call::to("screening_list_load")
                    .with("name", Some(name))
                    .with("smaller", smaller.then_some("true"))
                    .bytes(&media, form(files)?)
            }
            Self::Lists => Call::to("screening_list_list"),
            Self::Retire { name } => Call::to("screening_list_retire").place(name),
            Self::Name { names, kind, country, birth_date } => {
                let body =
                    json!({"names": names, "kind": kind, "country": country, "birth_date": birth_date});
                Call::to("screening_names").json(&body)?
            }
            Self::Account { account } => Call::to("screening_account").place(account),
            Self::Ownership { account } => Call::to("screening_ownership").place(account),
            Self::Owners { account, file } => {
                Call::to("screening_owners_set").place(account).json(&input::object(file)?)?
            }
            Self::Hits { state, account, page } => page.on(Call::to("screening_hit_list")
                .with("state", state.as_ref())
                .with("account", account.as_ref())),
            Self::Show { hit } => Call::to("screening_hit_get").place(hit),
            Self::Review { hit } => Call::to("screening_hit_review").place(hit),
            Self::Decide { hit, disposition, reason, evidence } => {
                let body = json!({"disposition": disposition, "reason": reason, "evidence": evidence});
                Call::to("screening_hit_dispose").place(hit).json(&body)?
            }
        })
    }
}

/// The files as parts of a form.
fn form(files: &[PathBuf]) -> Result<Bytes, Failure> {
    let mut body = Vec::new();
    for file in files {
        let name =
            file.file_name().and_then(|name| name.to_str()).filter(|name| *name != "-").unwrap_or("list");
        let plain: String = name.chars().filter(|letter| !matches!(letter, '"' | '\r' | '\n')).collect();
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{plain}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&input::whole(file)?);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Ok(Bytes::from(body))
}

fn lists(reply: &Value) -> String {
    let columns = [
        Column::of("name"),
        Column::of("in_force"),
        Column::at("entries", "/snapshot/entries"),
        Column::at("loaded", "/snapshot/loaded_at"),
        Column::at("snapshot", "/snapshot/id"),
    ];
    page(&columns, reply)
}

fn hits(reply: &Value) -> String {
    let columns = [
        Column::of("id"),
        Column::of("state"),
        Column::at("score", "/entry/score"),
        Column::of("account_number"),
        Column::at("party", "/party/name"),
        Column::at("list", "/entry/datasets/0"),
        Column::at("entry", "/entry/id"),
        Column::of("matched_name"),
    ];
    page(&columns, reply)
}

fn matches(reply: &Value) -> String {
    let mut rows = Vec::new();
    for (query, answer) in reply["responses"].as_object().into_iter().flatten() {
        for result in answer["results"].as_array().into_iter().flatten() {
            let mut row = result.clone();
            row["query"] = json!(query);
            row["list"] = row["datasets"][0].clone();
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return "nothing is alike".to_owned();
    }
    table(&["query", "score", "match", "list", "id", "caption"].map(Column::of), &rows)
}
