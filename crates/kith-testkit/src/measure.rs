//! What a benchmark needs: its arguments, medians and percentiles, the memory of a process.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, Instant};

/// The arguments of a benchmark: `--name value` pairs.
#[derive(Debug, Clone)]
pub struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// Those of this process. `--help` prints the usage and ends it.
    ///
    /// # Panics
    /// If they are not pairs.
    #[must_use]
    #[expect(clippy::print_stdout, reason = "a program for the console answers --help")]
    pub fn read(usage: &str) -> Self {
        let mut words = std::env::args().skip(1);
        let mut pairs = Vec::new();
        while let Some(word) = words.next() {
            if matches!(word.as_str(), "--help" | "-h") {
                println!("{usage}");
                std::process::exit(0);
            }
            let (Some(name), Some(value)) = (word.strip_prefix("--"), words.next()) else {
                panic!("{word} is not understood\n{usage}")
            };
            pairs.push((name.to_owned(), value));
        }
        Self(pairs)
    }

    /// The value of a name, or what it is by default.
    ///
    /// # Panics
    /// If the value is none of its type.
    #[must_use]
    pub fn get<T: FromStr>(&self, name: &str, default: T) -> T {
        let Some((_, text)) = self.0.iter().rev().find(|(known, _)| known == name) else { return default };
        text.parse().unwrap_or_else(|_| panic!("--{name} {text} is not understood"))
    }

    /// Several values, separated by commas.
    ///
    /// # Panics
    /// If one of them is none of its type.
    #[must_use]
    pub fn list<T: FromStr>(&self, name: &str, default: &str) -> Vec<T> {
        let text: String = self.get(name, default.to_owned());
        let read = |word: &str| word.parse().unwrap_or_else(|_| panic!("--{name} {word} is not understood"));
        text.split(',').filter(|word| !word.is_empty()).map(read).collect()
    }

    /// Where data that several runs share lies: `--data`, else `kith-bench` in the system's temporary folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.get("data", std::env::temp_dir().join("kith-bench"))
    }
}

/// The middle one; zero of none.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value below which so many of a hundred lie; zero of none.
#[must_use]
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = sorted.len().saturating_sub(1).saturating_mul(percent).div_ceil(100);
    sorted.get(place).copied().unwrap_or_default()
}

/// Seconds that a piece of work takes, and what it gives.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (seconds(start.elapsed()), made)
}

/// A duration in seconds.
#[must_use]
pub fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

/// A count as a number to calculate with.
#[must_use]
pub fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Bytes that a process uses of the machine's memory now (`VmRSS`) or at most so far (`VmHWM`).
///
/// # Panics
/// If the system does not tell.
#[must_use]
pub fn memory(process: u32, kind: &str) -> f64 {
    known_memory(process, kind).unwrap_or_else(|| panic!("/proc/{process}/status tells no {kind}"))
}

/// The same, none of a process that has ended.
#[must_use]
pub fn known_memory(process: u32, kind: &str) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find(|line| line.starts_with(kind))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? * 1024.0)
}

/// Seconds of processor time that a process has used so far; all its threads count.
///
/// # Panics
/// If the system does not tell.
#[must_use]
pub fn processor(process: u32) -> f64 {
    let path = format!("/proc/{process}/stat");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    // After the name, which may hold anything: state, then from the twelfth on user and system time in hundredths.
    let (_, rest) = text.rsplit_once(')').unwrap_or_default();
    rest.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / 100.0
}

/// Processes that wanted a processor in the last minute, on average: above the number of processors, rates tell more
/// about the neighbours than about us.
#[must_use]
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// A number with its thousands apart: `1 234 567`.
#[must_use]
pub fn grouped(value: impl Display) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
