//! Scorecards learned from files with outcomes: AUC by cross-validation, beside scikit-learn in the same run.
#![expect(clippy::print_stdout, clippy::panic, reason = "a program for the console, which may break off")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kith_connect::csv::{Options, Reader, Row};
use kith_risk::scorecard::auc;
use kith_testkit::measure::{Arguments, load, number, timed};
use kith_testkit::process::binary;

const USAGE: &str = "\
cargo xtask bench scorecard --file FILE.csv --target COLUMN --bad VALUE [--exclude A,B] [--python PYTHON]
                            [--folds 5] [--times 4]

The rows are dealt into folds, good and bad evenly, as often as --times says, each time otherwise. Each fold is scored by
a card learned from the others: by `kith scorecard` and, with --python, an interpreter that has scikit-learn, by its
logistic regression (crates/kith-testkit/src/bin/bench-scorecard.py) on the same two files. The figure is the mean of
the AUC of all folds; seconds are those of learning and scoring one fold, processes included.";

struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    target: usize,
    bad: String,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::read(USAGE);
    let target: String = arguments.get("target", String::new());
    let file: PathBuf = arguments.get("file", PathBuf::new());
    let (folds, times): (usize, usize) = (arguments.get("folds", 5), arguments.get("times", 4));
    let python: String = arguments.get("python", String::new());
    let table =
        Table::read(&file, &target, arguments.get("bad", String::new()), &arguments.list("exclude", ""));
    let dir = tempfile::tempdir()?;
    let mut found: [Vec<(f64, f64)>; 2] = Default::default();
    for time in 0..times {
        let dealt = table.deal(folds, time);
        for fold in 0..folds {
            let (train, test) = (dir.path().join("train.csv"), dir.path().join("test.csv"));
            table.write(&train, |row| dealt[row] != fold)?;
            table.write(&test, |row| dealt[row] == fold)?;
            let bad: Vec<bool> = (0..table.rows.len())
                .filter(|row| dealt[*row] == fold)
                .map(|row| table.is_bad(row))
                .collect();
            let judge = |work: &dyn Fn() -> Vec<f64>| {
                let (seconds, chances) = timed(work);
                let ranked: Vec<(f64, bool)> = chances.into_iter().zip(bad.iter().copied()).collect();
                (auc(&ranked).unwrap_or(0.5), seconds)
            };
            found[0].push(judge(&|| kith(&table, dir.path())));
            if !python.is_empty() {
                found[1].push(judge(&|| scikit(&python, &table, dir.path())));
            }
        }
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    println!("load of the machine {}; {folds} folds, dealt {times} times", load());
    for (by, found) in ["kith", "scikit-learn"].iter().zip(&found).filter(|(_, found)| !found.is_empty()) {
        let mean = |of: fn(&(f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / number(found.len());
        println!(
            "{name:<28} {:>8} rows  {by:<14} AUC {:.4}   {:.2} s a fold",
            table.rows.len(),
            mean(|fold| fold.0),
            mean(|fold| fold.1)
        );
    }
    Ok(())
}

impl Table {
    fn read(path: &Path, target: &str, bad: String, exclude: &[String]) -> Self {
        let told = |error: &dyn std::fmt::Display| -> ! { panic!("{}: {error}", path.display()) };
        let file = std::fs::File::open(path).unwrap_or_else(|error| told(&error));
        let mut reader = Reader::open(file, &Options::default()).unwrap_or_else(|error| told(&error));
        let header: Vec<String> = reader.header().iter().map(|name| name.trim().to_owned()).collect();
        let kept: Vec<usize> = (0..header.len()).filter(|at| !exclude.contains(&header[*at])).collect();
        let (mut rows, mut row) = (Vec::new(), Row::default());
        while reader.read_row(&mut row).unwrap_or_else(|error| told(&error)) {
            rows.push(kept.iter().map(|at| row.cells[*at].trim().to_owned()).collect());
        }
        let header: Vec<String> = kept.iter().map(|at| header[*at].clone()).collect();
        let target = header.iter().position(|name| name == target).unwrap_or_else(|| told(&"no such target"));
        Self { header, rows, target, bad }
    }

    fn is_bad(&self, row: usize) -> bool {
        self.rows[row][self.target] == self.bad
    }

    /// The fold of each row: shuffled by a fixed sequence, then dealt out, good and bad each in turn.
    fn deal(&self, folds: usize, time: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let mut chance = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(time as u64 + 1);
        for at in (1..order.len()).rev() {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (chance >> 33) as usize % (at + 1));
        }
        let mut dealt = vec![0; order.len()];
        let mut next = [0_usize; 2];
        for row in order {
            let next = &mut next[usize::from(self.is_bad(row))];
            dealt[row] = *next % folds;
            *next += 1;
        }
        dealt
    }

    fn write(&self, path: &Path, wanted: impl Fn(usize) -> bool) -> std::io::Result<()> {
        let line = |cells: &[String]| {
            let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            quoted.collect::<Vec<_>>().join(",") + "\n"
        };
        let rows = self.rows.iter().enumerate().filter(|(at, _)| wanted(*at));
        let text: String = rows.map(|(_, row)| line(row)).collect();
        std::fs::write(path, line(&self.header) + &text)
    }
}

fn done(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status();
    assert!(status.as_ref().is_ok_and(std::process::ExitStatus::success), "{command:?}: {status:?}");
}

fn kith(table: &Table, dir: &Path) -> Vec<f64> {
    let mut command = Command::new(binary());
    command.current_dir(dir).args(["scorecard", "train", "train.csv", "--out", "card.json"]);
    done(command.args(["--target", &table.header[table.target], "--bad", &table.bad]));
    let mut command = Command::new(binary());
    let words = ["scorecard", "score", "test.csv", "--model", "card.json", "--out", "scores.csv"];
    done(command.current_dir(dir).args(words));
    let file = std::fs::File::open(dir.join("scores.csv")).unwrap_or_else(|error| panic!("{error}"));
    let mut reader = Reader::open(file, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
    let place = reader.header().iter().position(|name| name == "probability").unwrap_or_default();
    let (mut found, mut row) = (Vec::new(), Row::default());
    while reader.read_row(&mut row).unwrap_or_else(|error| panic!("{error}")) {
        found.push(row.cells[place].parse().unwrap_or(0.0));
    }
    found
}

fn scikit(python: &str, table: &Table, dir: &Path) -> Vec<f64> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench-scorecard.py");
    let mut command = Command::new(python);
    command.current_dir(dir).arg(script).args(["train.csv", "test.csv", &table.header[table.target]]);
    done(command.args([&table.bad, "chances.txt"]));
    let text = std::fs::read_to_string(dir.join("chances.txt")).unwrap_or_else(|error| panic!("{error}"));
    text.lines().map(|line| line.parse().unwrap_or(0.0)).collect()
}
