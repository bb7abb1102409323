//! The words after `kith`: parsing, and the way from a command to an exit code.

mod account;
mod alert;
mod ask;
mod audit;
mod bulk;
mod care;
mod catalogue;
mod change;
mod contract;
mod credit;
mod custom_field;
mod delegation;
mod demo;
mod doctor;
mod document;
mod duplicate;
mod entity;
mod export;
mod family;
mod feed;
mod field;
mod form;
mod fx;
mod hold;
mod home;
mod identifier;
mod import;
mod ingest;
mod init;
mod input;
mod ledger;
mod life;
mod mapping;
mod matching;
mod me;
mod notification;
mod onboarding;
mod openapi;
mod order;
mod organisation;
mod outbox;
mod patch;
mod place;
mod policy;
mod price;
mod quarantine;
mod review;
mod risk;
mod scorecard;
mod screening;
mod serve;
mod setup;
mod store;
mod task;
mod tax;
mod team;
mod token;
mod user;
mod vehicle;
mod verify;
mod view;
mod watchlist;
mod webhook;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use place::Place;

use crate::door::Door;
use crate::failure::Failure;
use crate::log;
use crate::screen::{Screen, tell};

const AFTER: &str = "\
Where it acts:
  With KITH_URL (and KITH_TOKEN) or --url (and --token): on a running server.
  Else on the data directory (--data, KITH_DATA, ./kith-data), which no server may have open. KITH_TOKEN then says
  who acts; without it, whoever runs the command acts like an administrator, who never approves.

Exit codes:
  0  done
  1  refused, or it could not be done; the reason is on standard error (with --json a problem document on standard output)
  2  the words cannot be meant as they stand";

/// The living customer account.
#[derive(Debug, Parser)]
#[command(name = "kith", version, after_help = AFTER, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// Where it acts.
    #[command(flatten)]
    pub place: Place,
    /// Print replies as they are, as JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Every command.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "each is described by its own help")]
pub enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Serve(serve::Serve),
    Import(import::Import),
    #[command(subcommand)]
    Mapping(mapping::Mapping),
    #[command(subcommand)]
    Feed(feed::Feed),
    Ingest(ingest::Ingest),
    Match(matching::Match),
    #[command(subcommand)]
    Scorecard(scorecard::Scorecard),
    Screen(screening::ScreenFiles),
    Home(home::Home),
    Find(home::Find),
    Ask(ask::Ask),
    Export(export::Export),
    #[command(subcommand)]
    Account(account::Account),
    #[command(subcommand)]
    Onboarding(onboarding::Onboarding),
    #[command(subcommand)]
    Hold(hold::Hold),
    #[command(subcommand)]
    Watch(hold::Watch),
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    #[command(subcommand)]
    CustomField(custom_field::CustomField),
    #[command(subcommand)]
    Credit(credit::Credit),
    #[command(subcommand)]
    Order(order::Order),
    #[command(subcommand)]
    Price(price::Price),
    #[command(subcommand)]
    Tax(tax::Tax),
    Expiry(tax::Expiry),
    #[command(subcommand)]
    Document(document::Document),
    #[command(subcommand)]
    Contract(contract::Contract),
    #[command(subcommand)]
    ContractTemplate(contract::ContractTemplate),
    #[command(subcommand)]
    Task(task::Task),
    #[command(subcommand)]
    Vehicle(vehicle::Vehicle),
    #[command(subcommand)]
    Field(field::Field),
    #[command(subcommand)]
    View(view::View),
    #[command(subcommand)]
    Change(change::Change),
    #[command(subcommand)]
    Policy(policy::Policy),
    #[command(subcommand)]
    Delegation(delegation::Delegation),
    #[command(subcommand)]
    Notification(notification::Notification),
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    #[command(subcommand)]
    Delivery(webhook::Delivery),
    Audit(audit::Audit),
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    #[command(subcommand)]
    Risk(risk::Risk),
    #[command(subcommand)]
    Alert(alert::Alert),
    #[command(subcommand)]
    Duplicate(duplicate::Duplicate),
    #[command(subcommand)]
    Screening(watchlist::Screening),
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Bulk(bulk::Bulk),
    #[command(subcommand)]
    Team(team::Team),
    #[command(subcommand)]
    Token(token::Token),
    #[command(subcommand)]
    Me(me::Me),
    #[command(subcommand)]
    Organisation(organisation::Organisation),
    #[command(subcommand)]
    Entity(entity::Entity),
    #[command(subcommand)]
    Identifier(identifier::Identifier),
    #[command(subcommand)]
    Review(review::Review),
    #[command(subcommand)]
    Fx(fx::Fx),
    #[command(subcommand)]
    Setup(setup::Setup),
    Verify(verify::Verify),
    Rebuild(store::Rebuild),
    Backup(store::Backup),
    Restore(store::Restore),
    Doctor(doctor::Doctor),
    Openapi(openapi::Openapi),
}

/// Stack of a worker: room for a filter as deep as filters may be, in a build without optimisation too.
const STACK: usize = 8 << 20;

/// Runs a command line and gives its exit code.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(asked) => {
            // Help and version come this way too; a closed stream is no reason to fail.
            asked.print().unwrap_or_default();
            return ExitCode::from(if asked.use_stderr() { 2 } else { 0 });
        }
    };
    let screen = Screen { json: cli.json };
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tell(&format!("error: {error}"));
            return ExitCode::from(1);
        }
    };
    let done = runtime.block_on(run(cli));
    // A thread may still wait for more of standard input: nobody wants it any more.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            screen.fail(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Carries out a command.
///
/// # Errors
/// [`Failure`] says why it was not done.
pub async fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { place, json, command } = cli;
    let screen = Screen { json };
    match command {
        Command::Serve(serve) => return serve.run(&place, screen).await,
        Command::Demo(demo) => return demo.run(&place, screen).await,
        _ => log::start(log::LogFormat::Text, "warn")?,
    }
    match command {
        Command::Init(init) => init.run(&place, screen).await,
        Command::Verify(verify) => verify.run(&place, screen).await,
        Command::Rebuild(rebuild) => rebuild.run(&place, screen).await,
        Command::Backup(backup) => backup.run(&place, screen).await,
        Command::Restore(restore) => restore.run(&place, screen).await,
        Command::Doctor(doctor) => doctor.run(&place, screen).await,
        Command::Openapi(openapi) => openapi.run(screen),
        Command::Match(wanted) => wanted.run(screen),
        Command::Scorecard(wanted) if wanted.is_of_files() => wanted.run(screen),
        Command::Screen(wanted) => wanted.run(screen),
        other => {
            let door = place.door().await?;
            let done = through(&door, screen, other).await;
            door.close().await;
            done
        }
    }
}

/// Carries out a command that is an operation, through a door.
async fn through(door: &Door, screen: Screen, command: Command) -> Result<(), Failure> {
    match command {
        Command::Import(import) => import.run(door, screen).await,
        Command::Mapping(mapping) => mapping.run(door, screen).await,
        Command::Feed(feed) => feed.run(door, screen).await,
        Command::Ingest(ingest) => ingest.run(door, screen).await,
        Command::Home(home) => home.run(door, screen).await,
        Command::Find(find) => find.run(door, screen).await,
        Command::Ask(ask) => ask.run(door, screen).await,
        Command::Export(export) => export.run(door, screen).await,
        Command::Account(account) => account.run(door, screen).await,
        Command::Onboarding(onboarding) => onboarding.run(door, screen).await,
        Command::Hold(hold) => hold.run(door, screen).await,
        Command::Watch(watch) => watch.run(door, screen).await,
        Command::Catalogue(catalogue) => catalogue.run(door, screen).await,
        Command::CustomField(field) => field.run(door, screen).await,
        Command::Credit(credit) => credit.run(door, screen).await,
        Command::Order(order) => order.run(door, screen).await,
        Command::Price(price) => price.run(door, screen).await,
        Command::Tax(tax) => tax.run(door, screen).await,
        Command::Expiry(expiry) => expiry.run(door, screen).await,
        Command::Document(document) => document.run(door, screen).await,
        Command::Contract(contract) => contract.run(door, screen).await,
        Command::ContractTemplate(template) => template.run(door, screen).await,
        Command::Task(task) => task.run(door, screen).await,
        Command::Vehicle(vehicle) => vehicle.run(door, screen).await,
        Command::Field(field) => field.run(door, screen).await,
        Command::View(view) => view.run(door, screen).await,
        Command::Change(change) => change.run(door, screen).await,
        Command::Policy(policy) => policy.run(door, screen).await,
        Command::Delegation(delegation) => delegation.run(door, screen).await,
        Command::Notification(notification) => notification.run(door, screen).await,
        Command::Outbox(outbox) => outbox.run(door, screen).await,
        Command::Webhook(webhook) => webhook.run(door, screen).await,
        Command::Delivery(delivery) => delivery.run(door, screen).await,
        Command::Audit(audit) => audit.run(door, screen).await,
        Command::Ledger(ledger) => ledger.run(door, screen).await,
        Command::Risk(risk) => risk.run(door, screen).await,
        Command::Scorecard(wanted) => wanted.run_through(door, screen).await,
        Command::Alert(alert) => alert.run(door, screen).await,
        Command::Duplicate(duplicate) => duplicate.run(door, screen).await,
        Command::Screening(screening) => screening.run(door, screen).await,
        Command::Quarantine(quarantine) => quarantine.run(door, screen).await,
        Command::User(user) => user.run(door, screen).await,
        Command::Bulk(bulk) => bulk.run(door, screen).await,
        Command::Team(team) => team.run(door, screen).await,
        Command::Token(token) => token.run(door, screen).await,
        Command::Me(me) => me.run(door, screen).await,
        Command::Organisation(organisation) => organisation.run(door, screen).await,
        Command::Entity(entity) => entity.run(door, screen).await,
        Command::Review(review) => review.run(door, screen).await,
        Command::Identifier(identifier) => identifier.run(door, screen).await,
        Command::Fx(fx) => fx.run(door, screen).await,
        Command::Setup(setup) => setup.run(door, screen).await,
        Command::Demo(_)
        | Command::Init(_)
        | Command::Serve(_)
        | Command::Verify(_)
        | Command::Rebuild(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Doctor(_)
        | Command::Match(_)
        | Command::Screen(_)
        | Command::Openapi(_) => Err(Failure::Usage("this command acts on the machine itself".to_owned())),
    }
}
