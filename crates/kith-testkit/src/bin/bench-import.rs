//! Rows a second of one import: validated, then carried into the record; the greatest memory of the server.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use kith_testkit::company::Company;
use kith_testkit::measure::{Arguments, grouped, load, memory, number};

const USAGE: &str = "\
cargo xtask bench import [--rows 100000] [--kills 0] [--data DIR]

One CSV file with so many customers goes to the real program over an empty company: validation with the check for
duplicates, approval, execution in batches of 1,000 rows a transaction. Several sizes are separated by commas; each
has a new company in DIR, removed afterwards. The columns in µs are processor time of the server a row. With --kills
the server is killed so often during execution and started again; the time of the starts counts. At the end the
server is started anew and asked how many customers there are; what it needs then is the memory at rest, which the
accounts need whether or not something is imported.";

fn main() -> std::io::Result<()> {
    let arguments = Arguments::read(USAGE);
    let kills = arguments.get("kills", 0);
    std::fs::create_dir_all(arguments.data())?;
    println!(
        "{:>10} {:>6} {:>14} {:>14} {:>12} {:>12} {:>9} {:>9}   load of the machine {}",
        "rows",
        "kills",
        "validated /s",
        "executed /s",
        "µs validated",
        "µs executed",
        "peak MB",
        "rest MB",
        load()
    );
    for rows in arguments.list("rows", "100000") {
        let dir = tempfile::Builder::new().prefix("import").tempdir_in(arguments.data())?;
        let company = Company::found(&dir.path().join("data"));
        let (server, imported) = company.import_killed(0..rows, kills);
        let (_status, _log) = server.stop();
        let server = company.serve();
        assert_eq!(company.count(&server), rows, "every row once, and nothing lost");
        let (validated, executed) = imported.rates();
        let micros = |seconds: f64| seconds * 1e6 / number(rows);
        println!(
            "{:>10} {:>6} {validated:>14.0} {executed:>14.0} {:>12.0} {:>12.0} {:>9.0} {:>9.0}",
            grouped(rows),
            imported.kills,
            micros(imported.work.0),
            micros(imported.work.1),
            imported.peak / 1e6,
            memory(server.id(), "VmRSS") / 1e6
        );
        let _ended = server.kill();
    }
    Ok(())
}
