//! Duplicates found in labelled files: precision, recall, F1, time and memory, beside Splink in the same run.
#![expect(clippy::print_stdout, clippy::panic, reason = "a program for the console, which may break off")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use kith_testkit::labelled::{Labelled, Quality};
use kith_testkit::measure::{Arguments, grouped, known_memory, load, processor, seconds};
use kith_testkit::process::binary;

const USAGE: &str = "\
cargo xtask bench match --files FILE.csv,FILE.csv [--python PYTHON] [--times 1]

Each file has a header, a column that names its rows (unique_id, rec_id, id) and one with the answer (cluster,
true_id, or Febrl's rec_id), which is not compared; the columns are found by kith itself. With --python, an interpreter that has splink, pandas and duckdb,
the same file goes through Splink as well (crates/kith-testkit/src/bin/bench-match.py) and the ratio is told.
Quality is that of the pairs from a probability of 0.5 on; for Splink that of its best threshold is told too. The
figure of time is the fastest of so many runs, from the start of the process to its end.";

/// What one program needed and gave.
struct Ran {
    wall: f64,
    processor: f64,
    peak: f64,
    quality: Quality,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::read(USAGE);
    let times: usize = arguments.get("times", 1);
    let python: String = arguments.get("python", String::new());
    println!(
        "{:<28} {:>9} {:<8} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8}   load of the machine {}",
        "file",
        "rows",
        "by",
        "precision",
        "recall",
        "F1",
        "wall s",
        "cpu s",
        "peak MB",
        load()
    );
    let dir = tempfile::tempdir()?;
    let out = dir.path().join("pairs.csv");
    for file in arguments.list::<PathBuf>("files", "") {
        let labelled = Labelled::read(&file);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ours = fastest(times, || kith(&file, &labelled, &out));
        show(&name, &labelled, "kith", &ours);
        if python.is_empty() {
            continue;
        }
        let theirs = fastest(times, || splink(&python, &file, &labelled, &out));
        show(&name, &labelled, "splink", &theirs);
        let best =
            [0.01, 0.05, 0.1, 0.2, 0.8, 0.9, 0.95, 0.99, 0.999].map(|least| labelled.judge(&out, least).f1());
        println!(
            "{name:<28} F1 {:.4} against {:.4} (Splink's best threshold {:.4}); {:.1} × as fast, {:.1} × by processor",
            ours.quality.f1(),
            theirs.quality.f1(),
            best.into_iter().fold(theirs.quality.f1(), f64::max),
            theirs.wall / ours.wall,
            theirs.processor / ours.processor
        );
    }
    Ok(())
}

fn show(name: &str, labelled: &Labelled, by: &str, ran: &Ran) {
    println!(
        "{name:<28} {:>9} {by:<8} {:>9.4} {:>9.4} {:>9.4} {:>8.2} {:>8.2} {:>8.0}",
        grouped(labelled.rows()),
        ran.quality.precision,
        ran.quality.recall,
        ran.quality.f1(),
        ran.wall,
        ran.processor,
        ran.peak / 1e6
    );
}

fn fastest(times: usize, run: impl Fn() -> Ran) -> Ran {
    let first = run();
    (1..times).fold(first, |best, _| {
        let next = run();
        if next.wall < best.wall { next } else { best }
    })
}

fn kith(file: &Path, labelled: &Labelled, out: &Path) -> Ran {
    let mut command = Command::new(binary());
    command.arg("match").arg(file).args(["--id", &labelled.id]);
    measured(command.arg("--out").arg(out), labelled, out)
}

fn splink(python: &str, file: &Path, labelled: &Labelled, out: &Path) -> Ran {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench-match.py");
    let mut command = Command::new(python);
    command.arg(script).arg(file).arg(&labelled.id).arg(out);
    measured(&mut command, labelled, out)
}

/// Runs a program to its end and looks at what it uses on the way.
fn measured(command: &mut Command, labelled: &Labelled, out: &Path) -> Ran {
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let begin = Instant::now();
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (mut used, mut peak) = (0.0_f64, 0.0_f64);
    loop {
        // A process that has ended tells its time until it is waited for, and its memory no more.
        used = used.max(processor(child.id()));
        peak = peak.max(known_memory(child.id(), "VmHWM").unwrap_or_default());
        if !is_running(&mut child) {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = seconds(begin.elapsed());
    Ran { wall, processor: used, peak, quality: labelled.judge(out, 0.5) }
}

fn is_running(child: &mut Child) -> bool {
    match child.try_wait() {
        Ok(None) => true,
        Ok(Some(status)) if status.success() => false,
        other => panic!("the program failed: {other:?}"),
    }
}
