//! The private server serves on its socket alone and leaves nothing behind.

use std::os::unix::net::UnixStream;

use super::PrivatePostgres;
use crate::machine::find_postgres;

#[test]
fn server_serves_on_its_socket_and_vanishes() {
    // Where it is not installed there is nothing to start, and `cargo xtask test` would have installed it.
    let Some(programs) = find_postgres() else { return };
    let server = PrivatePostgres::start(&programs).unwrap();
    let folder = server.folder.clone();
    assert!(UnixStream::connect(folder.join(".s.PGSQL.5432")).is_ok());
    let file = std::fs::read_to_string(folder.join("data/postmaster.pid")).unwrap();
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines[5].trim(), "", "it listens on no network address");
    assert!(server.url().ends_with("/postgres") && !server.url().contains(folder.to_str().unwrap()));

    drop(server);
    assert!(!folder.exists());
    // Signal 0 asks whether the process is there.
    let there =
        std::process::Command::new("sh").args(["-c", "kill -0 \"$0\" 2>/dev/null", lines[0]]).status();
    assert!(!there.unwrap().success(), "process {} still runs", lines[0]);
}
