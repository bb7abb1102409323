//! Running the real binary, far from the environment of whoever runs the tests.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn well(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// The binary with nothing of ours in its environment.
pub(crate) fn kith() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KITH_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs words with text on standard input.
pub(crate) fn run(mut command: Command, words: &[&str], input: &str) -> Ran {
    let mut child = command.args(words).spawn().expect("the binary");
    let mut stdin = child.stdin.take().expect("standard input");
    // A command that reads nothing may be gone by now.
    stdin.write_all(input.as_bytes()).unwrap_or_default();
    drop(stdin);
    let done = child.wait_with_output().expect("an end");
    Ran {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// Runs words against a server.
pub(crate) fn at_server(url: &str, words: &[&str], input: &str) -> Ran {
    let mut command = kith();
    command.env("KITH_URL", url).env("KITH_TOKEN", "kth_test");
    run(command, words, input)
}

/// Runs words on a data directory.
pub(crate) fn at_data(dir: &Path, words: &[&str], input: &str) -> Ran {
    let mut command = kith();
    command.env("KITH_DATA", dir);
    run(command, words, input)
}
