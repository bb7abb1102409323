//! `kith doctor`: whether this machine and this store are fit to run.

use std::path::Path;
use std::time::Instant;

use clap::Args;
use kith_store::Fault;
use serde::Serialize;
use serde_json::Value;

use super::Place;
use crate::door::{Call, Door, Remote};
use crate::failure::Failure;
use crate::render::{Column, table};
use crate::screen::Screen;

/// Check the store, its secrets and the machine, or the running server named by `KITH_URL`
#[derive(Debug, Args)]
pub struct Doctor {}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Well,
    Look,
    Ill,
}

/// One check.
#[derive(Debug, Serialize)]
struct Check {
    check: &'static str,
    verdict: Verdict,
    found: String,
}

fn check(check: &'static str, verdict: Verdict, found: impl Into<String>) -> Check {
    Check { check, verdict, found: found.into() }
}

impl Doctor {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        let Self {} = self;
        let mut checks = vec![check("version", Verdict::Well, env!("CARGO_PKG_VERSION"))];
        match place.server() {
            Some(url) => server(&url, place, &mut checks).await?,
            None => store(place, &mut checks).await?,
        }
        let ill = checks.iter().any(|check| check.verdict == Verdict::Ill);
        let value = serde_json::to_value(&checks).map_err(|error| Failure::Here(error.to_string()))?;
        screen.show_value(&value, |checks| {
            let rows = checks.as_array().cloned().unwrap_or_default();
            table(&["verdict", "check", "found"].map(Column::of), &rows)
        })?;
        if ill { Err(Failure::Reported) } else { Ok(()) }
    }
}

/// The server answers, and knows the token.
async fn server(url: &str, place: &Place, checks: &mut Vec<Check>) -> Result<(), Failure> {
    let door = Door::Remote(Remote::new(url, place.bearer())?);
    checks.push(match Remote::new(url, None)?.ready().await {
        Ok((status, said)) => readiness(status, &said),
        Err(failure) => check("writing", Verdict::Ill, failure.to_string()),
    });
    let begun = Instant::now();
    checks.push(match door.call(Call::to("organisation_get")).await {
        Ok(reply) => {
            let organisation: Value = reply.json()?;
            let name = organisation["name"].as_str().unwrap_or_default().to_owned();
            check("server", Verdict::Well, format!("{name}, answered in {} ms", begun.elapsed().as_millis()))
        }
        Err(Failure::Problem(problem)) if problem.status == 401 => {
            check("token", Verdict::Ill, "the server answers, and does not know the token")
        }
        Err(failure) => check("server", Verdict::Ill, failure.to_string()),
    });
    Ok(())
}

/// What a server says of itself at `/readyz`.
fn readiness(status: u16, said: &Value) -> Check {
    match (said["writing"].as_bool(), status) {
        (Some(false), _) => check(
            "writing",
            Verdict::Ill,
            "the store has stopped writing: see that its disk has room, then start the server again",
        ),
        (Some(true), 200) => check("writing", Verdict::Well, "yes"),
        (Some(true), _) => check("reading", Verdict::Ill, "the store cannot be read"),
        (None, _) => check("writing", Verdict::Ill, format!("/readyz answers {status}, and does not say")),
    }
}

/// The directory, the secrets, the database, how fast a write is durable.
async fn store(place: &Place, checks: &mut Vec<Check>) -> Result<(), Failure> {
    let dir = place.dir();
    if !dir.is_dir() {
        checks.push(check(
            "data directory",
            Verdict::Ill,
            format!("{} is not there: `kith init`", dir.display()),
        ));
        return Ok(());
    }
    checks.push(privacy(&dir));
    checks.push(durable_write(&dir));
    let (location, settings) = (place.location(), place.settings());
    let begun = Instant::now();
    let opened = tokio::task::spawn_blocking(move || kith_engine::Engine::open(&location, settings)).await;
    let opened = opened.map_err(|error| Failure::Here(format!("opening broke off: {error}")))?;
    match opened {
        Ok(engine) => {
            let found = format!("opened in {} ms", begun.elapsed().as_millis());
            checks.push(check("store", Verdict::Well, found));
            let organisation = engine.organisation();
            let entities = organisation.entities.len();
            checks.push(match organisation.currency {
                Some(_) => check(
                    "organisation",
                    Verdict::Well,
                    format!("{entities} legal entities, day {}", engine.day()),
                ),
                None => check("organisation", Verdict::Ill, "none is founded: `kith init`"),
            });
            checks.push(check("touchpoints", Verdict::Well, engine.position().to_string()));
            let writing = engine.store().is_writing();
            let verdict = if writing { Verdict::Well } else { Verdict::Ill };
            checks.push(check(
                "writing",
                verdict,
                if writing { "yes" } else { "the store has stopped writing" },
            ));
            let closed = tokio::task::spawn_blocking(move || engine.close()).await;
            closed.map_err(|error| Failure::Here(format!("closing broke off: {error}")))?;
        }
        Err(Fault::InUse) => checks.push(check(
            "store",
            Verdict::Look,
            "another kith has it open: set KITH_URL and KITH_TOKEN to ask that one",
        )),
        Err(fault) => checks.push(check("store", Verdict::Ill, Failure::store(&dir, &fault).to_string())),
    }
    Ok(())
}

/// The secrets are for the owner alone.
fn privacy(dir: &Path) -> Check {
    use std::os::unix::fs::PermissionsExt as _;
    let secrets = dir.join("secrets.json");
    match std::fs::metadata(&secrets) {
        Ok(about) if about.permissions().mode() & 0o077 == 0 => {
            check("secrets", Verdict::Well, "for the owner alone")
        }
        Ok(_) => check("secrets", Verdict::Ill, format!("others can read {}: chmod 600", secrets.display())),
        Err(error) => check("secrets", Verdict::Ill, format!("{}: {error}", secrets.display())),
    }
}

/// How long a small durable write takes here: the floor of every command.
fn durable_write(dir: &Path) -> Check {
    let path = dir.join(".kith-doctor");
    let timed = || -> std::io::Result<u128> {
        use std::io::Write as _;
        let mut file = std::fs::File::create(&path)?;
        let mut times = Vec::new();
        for _ in 0..5 {
            let begun = Instant::now();
            file.write_all(&[0; 4096])?;
            file.sync_data()?;
            times.push(begun.elapsed().as_micros());
        }
        times.sort_unstable();
        Ok(times.get(2).copied().unwrap_or_default())
    };
    let result = timed();
    // It may be there or not: either is as it was before.
    std::fs::remove_file(&path).unwrap_or_default();
    match result {
        Ok(us) if us > 50_000 => check("durable write", Verdict::Look, format!("{us} µs: a slow disk")),
        Ok(us) => check("durable write", Verdict::Well, format!("{us} µs")),
        Err(error) => check("durable write", Verdict::Ill, format!("{}: {error}", dir.display())),
    }
}

#[cfg(test)]
mod tests;
