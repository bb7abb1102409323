//! The real program as a process: run to its end, or serving until it is stopped, killed or dropped.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::http::Client;

#[cfg(test)]
mod tests;

/// The variable that names the program under test.
pub const BINARY: &str = "KITH_TEST_BINARY";

/// How long a server may take until it answers, and until it has stopped.
const PATIENCE: Duration = Duration::from_secs(180);

/// The program under test: what `KITH_TEST_BINARY` names, else the one built beside the running test.
///
/// # Panics
/// If there is none.
#[must_use]
#[track_caller]
pub fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os(BINARY) {
        return named.into();
    }
    // Tests lie in target/debug/deps, the program one folder up.
    let test = std::env::current_exe().unwrap_or_default();
    let built =
        test.ancestors().skip(1).take(2).map(|folder| folder.join("kith")).find(|file| file.is_file());
    let Some(built) = built else {
        panic!(
            "{BINARY} is not set and no program was built: run `cargo build -p kith`, or `cargo xtask test`"
        )
    };
    built
}

/// The program with these arguments, in an environment without settings of Kith's own (`KITH_…`).
#[must_use]
#[track_caller]
pub fn kith<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("KITH_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs the program to its end.
///
/// # Panics
/// If it cannot be started.
#[must_use]
#[track_caller]
pub fn run<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Output {
    match kith(arguments).stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => panic!("{} could not be started: {error}", binary().display()),
    }
}

/// A serving process. Dropping it kills it.
#[derive(Debug)]
pub struct Server {
    child: Child,
    url: String,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// `kith serve --data DIR` on a free port of the loopback address.
    #[must_use]
    #[track_caller]
    pub fn start(data: &Path) -> Self {
        let serve = [OsStr::new("serve"), OsStr::new("--data"), data.as_os_str()];
        Self::spawn(kith(serve).args(["--listen", "127.0.0.1:0"]))
    }

    /// Any command that serves. It must say where in a line that contains `listening` and the address, on either
    /// stream, and answer `GET /healthz` with 200.
    ///
    /// # Panics
    /// If it ends or stays silent instead; the message carries its log.
    #[must_use]
    #[track_caller]
    pub fn spawn(command: &mut Command) -> Self {
        let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => panic!("{command:?} could not be started: {error}"),
        };
        let log = Arc::new(Mutex::new(String::new()));
        follow(child.stdout.take(), &log);
        follow(child.stderr.take(), &log);
        let mut server = Self { child, url: String::new(), log };
        let deadline = Instant::now() + PATIENCE;
        while !server.answers() {
            let ended = server.child.try_wait().ok().flatten();
            let alive = ended.is_none() && Instant::now() < deadline;
            assert!(alive, "{command:?} did not come to serve ({ended:?}); its log:\n{}", server.log());
            thread::sleep(Duration::from_millis(10));
        }
        server
    }

    /// Where it listens, such as `http://127.0.0.1:41234`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A client for it, without a token.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(&self.url)
    }

    /// Its process number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything it has written so far, both streams.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends it as a power cut would end the process: SIGKILL, no time to say goodbye. Gives its log.
    #[track_caller]
    pub fn kill(mut self) -> String {
        let killed = self.child.kill().and_then(|()| self.child.wait());
        assert!(killed.is_ok(), "the server could not be killed: {killed:?}");
        self.log()
    }

    /// Asks it to stop (SIGTERM) and waits until it has. Gives how it ended and its log.
    ///
    /// # Panics
    /// If it has not stopped within a minute.
    #[track_caller]
    pub fn stop(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(
            asked.as_ref().is_ok_and(ExitStatus::success),
            "the server could not be asked to stop: {asked:?}"
        );
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return (status, self.log());
            }
            assert!(Instant::now() < deadline, "the server did not stop; its log:\n{}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn answers(&mut self) -> bool {
        if self.url.is_empty() {
            let Some(address) = self.log().lines().find_map(listening_address) else {
                return false;
            };
            self.url = format!("http://{address}");
        }
        self.client().try_send("GET", "/healthz", &[], &[]).is_ok_and(|reply| reply.status == 200)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended is as good as killed.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The loopback address with its port in a line that speaks of listening, however the line is dressed.
fn listening_address(line: &str) -> Option<String> {
    if !line.to_ascii_lowercase().contains("listening") {
        return None;
    }
    line.match_indices("127.0.0.1:").find_map(|(at, host)| {
        let port: String = line[at + host.len()..].chars().take_while(char::is_ascii_digit).collect();
        port.parse::<u16>().is_ok_and(|port| port > 0).then(|| format!("{host}{port}"))
    })
}

fn follow(stream: Option<impl Read + Send + 'static>, log: &Arc<Mutex<String>>) {
    let Some(stream) = stream else { return };
    let log = Arc::clone(log);
    thread::spawn(move || {
        let mut lines = BufReader::new(stream);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
}
