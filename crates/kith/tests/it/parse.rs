//! The words after `kith`.

use clap::{CommandFactory, Parser};
use kith::cli::Cli;

use crate::tool::{kith, run};

fn parses(words: &str) -> bool {
    Cli::try_parse_from(std::iter::once("kith").chain(words.split_whitespace())).is_ok()
}

#[test]
fn the_words_fit_together() {
    Cli::command().debug_assert();
}

#[test]
fn commands_of_the_contract_are_understood() {
    for words in [
        "demo",
        "demo --listen 127.0.0.1:0 --data d --accounts 80 --seed 3 --still",
        "init --data d --org N --currency USD --timezone Europe/Berlin --entity US:USD:America/Chicago --entity EU:EUR",
        "serve --data d --listen 127.0.0.1:0 --today 2026-01-31 --log-format json",
        "serve --database-url postgres://localhost/kith",
        "import f.csv --map salesforce --on-duplicate update --batch-size 10 --stop-on-error --source-system erp --entity US --yes",
        "import f.csv --execute",
        "import - --validate-only",
        "import f.xlsx --sheet S --contacts c.csv --update-policy overwrite --empty-means ignore --external-id-column No",
        "import show imp_1",
        "import list",
        "import revert imp_1",
        "import errors imp_1",
        "mapping save f.json --name SAP",
        "feed save acme --watched",
        "feed send acme f.csv",
        "serve --watch in=erp --watch /srv/partner=acme-erp",
        "ingest - --batch-size 10000",
        "ask question --limit 5 --entity US --json",
        "account list --sort -revenue_365d,name --filter health<50 --count",
        "account update C-1 --set tier=premium",
        "change list --state waiting --mine",
        "change reject chg_1 --comment no",
        "quarantine discard qua_1 --reason test",
        "duplicate scan",
        "duplicate merge dup_1 --survivor acc_1",
        "duplicate list --state dismissed --min-probability 0.9",
        "match f.csv --link g.csv --id id --columns a,b --out p.csv --clusters c.csv --explain 5",
        "user add --name N --email a@b.example --role controller@US --role viewer --entity EU",
        "token create --user a@b.example --kind api_client --name feed",
        "entity add EU:EUR:Europe/Berlin --name Norvane",
        "fx load rates.csv",
        "fx list --base USD --limit 5",
        "user preferences me --language de --theme dark --shortcuts false",
        "me end-sessions",
        "organisation change --name House --timezone Europe/Berlin",
        "entity change DE --name Haus",
        "user reinstate a@b.example",
        "user end-sessions a@b.example",
        "custom-field add docks --type number --min -1 --max 40 --help-text gates --position 2",
        "custom-field change docks --max 50 --required true",
        "identifier validate vat DE136695976 --country DE",
        "identifier validate --file rows.csv",
        "order place f.json --key k",
        "order list --state held --account acc_1 --limit 5",
        "order amend SO-1 -",
        "order release SO-1 --account acc_1 --reason paid",
        "review list --due 30 --manager me",
        "account quality C-1",
        "account transfer C-1 --to a@b.example --team North --reason move --key k",
        "user portfolio a@b.example",
        "user transfer-portfolio a@b.example --to usr_1",
        "team create NORTH --name North --member a@b.example --member usr_1 --lead usr_1 --entity US",
        "team list --retired",
        "team update NORTH --retire",
        "team add-member NORTH a@b.example",
        "team remove-member NORTH usr_1",
        "team portfolio NORTH --limit 5",
        "setup close",
        "verify",
        "rebuild",
        "backup dir",
        "restore dir --data new",
        "doctor",
        "openapi",
    ] {
        assert!(parses(words), "{words}");
    }
}

#[test]
fn words_that_cannot_be_meant_are_refused() {
    for words in [
        "",
        "accounts list",
        "account",
        "init --org N",
        "init --org N --entity US",
        "init --org N --entity :USD",
        "init --org N --entity US:USD:",
        "import",
        "import f.csv --on-duplicate replace",
        "import f.csv --batch-size 0",
        "import f.csv --update-policy never",
        "serve --watch in",
        "serve --watch in=../x",
        "import f.csv --yes --validate-only",
        "ingest f --batch-size 10001",
        "account update C-1",
        "token create --kind admin",
        "quarantine discard qua_1",
        "duplicate dismiss dup_1",
        "match",
        "match f.csv",
        "match f.csv --out p.csv --threshold 1",
        "serve --listen nowhere",
        "serve --today 2026-02-30",
    ] {
        assert!(!parses(words), "{words}");
    }
}

#[test]
fn exit_codes_tell_usage_from_failure() {
    assert_eq!(run(kith(), &["account", "frobnicate"], "").code, 2);
    assert_eq!(run(kith(), &["--version"], "").code, 0);
    let help = run(kith(), &["--help"], "");
    assert_eq!(help.code, 0);
    assert!(help.out.contains("Exit codes:"), "{}", help.out);
    let away = run(kith(), &["account", "list", "--url", "http://127.0.0.1:1"], "");
    assert_eq!(away.code, 1, "{}", away.err);
    let no_url = run(kith(), &["account", "list", "--url", "127.0.0.1:1"], "");
    assert_eq!(no_url.code, 2, "{}", no_url.err);
    let local_only = run(kith(), &["verify", "--url", "http://127.0.0.1:1"], "");
    assert_eq!(local_only.code, 2, "{}", local_only.err);
}
