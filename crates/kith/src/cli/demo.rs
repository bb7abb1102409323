//! `kith demo`: a seeded company, served, with life in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::Bytes;
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kith_engine::Engine;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Place;
use super::serve::{ServeArgs, listen, until_stopped};
use crate::demo::{ACCOUNTS, ZONE, live};
use crate::door::{Call, Door, Local};
use crate::failure::Failure;
use crate::log;
use crate::screen::{Screen, tell};
use crate::seed::{Plan, Seeded, seed};

/// The data directory of the demo when nothing is said.
const DATA: &str = "kith-demo";
/// Beside the data: what the next start tells again.
const KEPT: &str = "demo.json";

const QUESTIONS: [&str; 3] = [
    "show me all premium-tier customers with declining order volumes and recent service issues",
    "top 10 customers by revenue this year",
    "what is ACME's relationship health",
];

/// Seed a company made up for looking at Kith (if the directory is empty), serve it, and let it live on
#[derive(Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    args: ServeArgs,
    /// Customers of the company, 60 at least
    #[arg(long, default_value_t = ACCOUNTS, value_name = "N")]
    accounts: usize,
    /// Another number makes another company
    #[arg(long, default_value_t = 7, value_name = "N")]
    seed: u64,
    /// Nothing new happens while it runs
    #[arg(long)]
    still: bool,
}

impl Demo {
    pub(crate) async fn run(self, place: &Place, screen: Screen) -> Result<(), Failure> {
        log::start(self.args.log_format, "warn")?;
        let mut place = place.clone();
        place.data =
            Some(place.data.filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| DATA.into()));
        let listener = listen(self.args.listen).await?;
        let address =
            listener.local_addr().map_err(|error| Failure::Here(format!("the address: {error}")))?;
        let (engine, seeded) = self.company(&place, screen).await?;
        screen.line(&told(&seeded, &format!("http://{address}"), screen.json))?;
        if !self.still {
            tokio::spawn(live_on(engine.clone(), seeded.clone()));
        }
        until_stopped(engine, listener).await
    }

    /// The company that the directory holds, or a new one.
    async fn company(&self, place: &Place, screen: Screen) -> Result<(Engine, Seeded), Failure> {
        let dir = place.dir();
        let kept = dir.join(KEPT);
        if kept.exists() {
            let text = fs::read(&kept).map_err(|error| Failure::file(&kept, &error))?;
            let seeded: Seeded = serde_json::from_slice(&text)
                .map_err(|error| Failure::Here(format!("{}: {error}", kept.display())))?;
            let engine = place.engine().await?;
            engine.open_day().await?;
            return Ok((engine, seeded));
        }
        if dir.join("kith.db").exists() {
            return Err(Failure::Here(format!(
                "{} holds an organisation that is no finished demo: give another --data, or remove the directory",
                dir.display()
            )));
        }
        screen.note(&format!("seeding {}", dir.display()));
        let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
        let today = place.today.unwrap_or_else(|| Timestamp::now().to_zoned(zone).date());
        let plan = Plan { seed: self.seed, accounts: self.accounts, today, settings: place.settings() };
        let (engine, seeded) = seed(&place.location(), plan).await?;
        keep(&kept, &seeded)?;
        Ok((engine, seeded))
    }
}

/// Writes down what the next start tells again, for the owner alone.
fn keep(path: &Path, seeded: &Seeded) -> Result<(), Failure> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let text = serde_json::to_vec_pretty(seeded).map_err(|error| Failure::Here(error.to_string()))?;
    // Whole or not at all: a half file would hide a finished demo.
    let half: PathBuf = path.with_extension("part");
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&half, path)
    };
    write().map_err(|error| Failure::file(path, &error))
}

/// What to open, who to be, what to ask.
fn told(seeded: &Seeded, url: &str, as_json: bool) -> String {
    if as_json {
        let people = &seeded.people;
        return json!({"url": url, "token": seeded.token, "password": seeded.password, "users": people})
            .to_string();
    }
    let mut out = format!(
        "\n{}, a company made up for looking at Kith: {} accounts, {} touchpoints.\n\n",
        seeded.organisation, seeded.accounts, seeded.touchpoints
    );
    out.push_str(&format!("  page      {url}\n  password  {}    (of everybody below)\n", seeded.password));
    out.push_str(&format!("  token     {}    (administrator)\n\n", seeded.token));
    let width = seeded.people.iter().map(|person| person.email.chars().count()).max().unwrap_or_default();
    for person in &seeded.people {
        out.push_str(&format!("  {:width$}  {} ({})\n", person.email, person.name, person.roles.join(", ")));
    }
    out.push_str(&format!(
        "\nAsk on the page, or here:\n\n  export KITH_URL={url} KITH_TOKEN={}\n",
        seeded.token
    ));
    for question in QUESTIONS {
        out.push_str(&format!("  kith ask \"{question}\"\n"));
    }
    out.push_str(&format!("\nlistening on {url}"));
    out
}

/// Lets things happen, each at its own time, until the process ends.
async fn live_on(engine: Engine, seeded: Seeded) {
    let (sender, mut events) = mpsc::channel::<Value>(16);
    tokio::task::spawn_blocking(move || {
        for event in live(seeded.seed, seeded.today, Timestamp::now(), seeded.accounts) {
            // The receiver is gone when the demo ends.
            if sender.blocking_send(event).is_err() {
                break;
            }
        }
    });
    let door = Door::Local(Local::new(engine, None));
    while let Some(event) = events.recv().await {
        let due = event["time"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
        let wait_ms = due.map_or(0, |due| due.as_millisecond() - Timestamp::now().as_millisecond());
        tokio::time::sleep(Duration::from_millis(u64::try_from(wait_ms).unwrap_or(0))).await;
        let call = Call::to("touchpoint_record")
            .bytes("application/cloudevents+json", Bytes::from(event.to_string()));
        if let Err(failure) = door.call_again(call).await {
            tell(&format!("the demo stands still: {failure}"));
            return;
        }
    }
}
