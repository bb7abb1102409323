//! A private PostgreSQL for one run of the tests: its own folder, its own socket, no port, gone afterwards.

#[cfg(test)]
mod tests;

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::shell::{Outcome, is_root, read};

/// A server that stops, and whose folder vanishes, when this value is dropped or this process ends in any way.
#[derive(Debug)]
pub(crate) struct PrivatePostgres {
    folder: PathBuf,
    guardian: Child,
}

/// Waits on its standard input, whose other end we hold: it ends when we drop it, are interrupted or are killed. Then
/// stops the server named by the folder's own pid file, and nothing else.
const GUARDIAN: &str = r#"
trap '' INT TERM HUP
cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
    kill -QUIT "$pid" 2>/dev/null
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null
fi
rm -rf "$1"
"#;

impl PrivatePostgres {
    /// Makes a cluster with the programs of `programs` and starts it on a socket in a fresh folder.
    pub(crate) fn start(programs: &Path) -> Outcome<Self> {
        let folder = tempfile::Builder::new()
            .prefix("kith-pg-")
            .tempdir()
            .map_err(|error| format!("no folder for PostgreSQL: {error}"))?
            .keep();
        let guardian = Command::new("sh")
            .args(["-c", GUARDIAN, "guardian"])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0) // An interrupt from the terminal must not reach it.
            .spawn()
            .map_err(|error| format!("could not start the guardian of PostgreSQL: {error}"))?;
        let server = Self { folder, guardian };
        server.launch(programs)?;
        Ok(server)
    }

    /// The address as the `postgres` crate reads it: the socket's folder stands percent-encoded for the host.
    pub(crate) fn url(&self) -> String {
        let folder = self.folder.to_string_lossy().replace('%', "%25").replace('/', "%2F");
        format!("postgres://postgres@{folder}/postgres")
    }

    fn launch(&self, programs: &Path) -> Outcome {
        let socket = self.folder.join(".s.PGSQL.5432");
        if socket.as_os_str().len() > 100 {
            return Err(format!(
                "the folder for temporary files is too deep for a socket: {}",
                socket.display()
            ));
        }
        let user = server_user()?;
        if let Some((user, group)) = user {
            std::os::unix::fs::chown(&self.folder, Some(user), Some(group)).map_err(|error| {
                format!("could not hand {} to PostgreSQL: {error}", self.folder.display())
            })?;
        }
        let data = self.folder.join("data");
        // C.UTF-8 sorts by code point, as SQLite does.
        let mut initdb = as_user(user, &programs.join("initdb"));
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
        read(initdb.arg(&data).current_dir(&self.folder))?;
        let mut start = as_user(user, &programs.join("pg_ctl"));
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=200",
            self.folder.display()
        );
        start.arg("-D").arg(&data).arg("-l").arg(self.folder.join("log")).args(["-w", "-t", "60", "-o"]);
        start.args([&options, "start"]).current_dir(&self.folder);
        // The server inherits pg_ctl's streams and outlives it: a pipe would never close.
        let status = start
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|error| format!("could not start pg_ctl: {error}"))?;
        if status.success() {
            return Ok(());
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start ({status}); its log:\n{log}"))
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        // Its exit is all we wait for; what it could not stop it could not name either.
        let _ended = self.guardian.wait();
    }
}

/// The user and group that are to run the server when we are root, whom PostgreSQL refuses.
fn server_user() -> Outcome<Option<(u32, u32)>> {
    if !is_root() {
        return Ok(None);
    }
    let known = |name: &&str| read(Command::new("id").args(["-u", name])).is_ok();
    let name = ["postgres", "nobody"].into_iter().find(known);
    let name = name.ok_or_else(|| "there is no user `postgres` or `nobody` to run PostgreSQL".to_owned())?;
    let number = |flag: &str| {
        let said = read(Command::new("id").args([flag, name]))?;
        said.trim().parse::<u32>().map_err(|_| format!("`id {flag} {name}` gave no number: {said}"))
    };
    Ok(Some((number("-u")?, number("-g")?)))
}

fn as_user(user: Option<(u32, u32)>, program: &Path) -> Command {
    let Some((user, group)) = user else {
        return Command::new(program);
    };
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", &user.to_string(), "--regid", &group.to_string(), "--clear-groups"])
        .arg(program);
    command
}
