//! Running other programs, and where things are.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a task answers: nothing, or the sentence that says why it failed.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The root of the repository: the folder above this package.
pub(crate) fn root() -> Outcome<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_path_buf)
        .ok_or_else(|| "run this as `cargo xtask …`, so that cargo says where the repository is".to_owned())
}

/// The cargo that runs us, in the root of the repository.
pub(crate) fn cargo() -> Outcome<Command> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()?);
    Ok(command)
}

/// The folder into which cargo builds.
pub(crate) fn target() -> Outcome<PathBuf> {
    let metadata = read(cargo()?.args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value =
        serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata is not JSON: {error}"))?;
    let target = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    let target = target.ok_or_else(|| "cargo metadata names no target directory".to_owned())?;
    Ok(PathBuf::from(target))
}

/// Runs a command with our own terminal; fails with its name when it fails.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let name = spoken(command);
    let status = command.status().map_err(|error| format!("could not start `{name}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// Runs a command quietly and gives what it printed; a failure carries what it said on its error stream.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let name = spoken(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("could not start `{name}`: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{name}` failed ({}): {}", output.status, said.trim()));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{name}` printed something that is not text"))
}

/// The path of a program on `PATH`, if it is there and may be run.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| runs(file))
}

/// Whether the file exists and may be run by somebody.
pub(crate) fn runs(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Whether we are the superuser, who may install packages and whom PostgreSQL refuses to serve.
pub(crate) fn is_root() -> bool {
    read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn spoken(command: &Command) -> String {
    let mut words = vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}
