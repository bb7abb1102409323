//! Working files beside the database, sealed: what imports keep in `imports/<id>/`, and the files of documents in
//! `documents/<ab>/`. Part of every backup.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::fault::Fault;

/// The folder of imports in the data directory.
pub const IMPORTS: &str = "imports";
/// The folder with the files of documents.
const DOCUMENTS: &str = "documents";

/// The working files, as paths from the data directory, sorted.
pub(crate) fn list(dir: &Path) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for kept in [IMPORTS, DOCUMENTS] {
        for folder in names(&dir.join(kept))? {
            for file in names(&dir.join(kept).join(&folder))? {
                let name = format!("{kept}/{folder}/{file}");
                // What is being written has no name of its own yet.
                if is_working(&name) {
                    found.push(name);
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

fn names(dir: &Path) -> Result<Vec<String>, Fault> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Fault::unavailable(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(Fault::unavailable)?.file_name().into_string().ok());
    }
    Ok(names)
}

/// Copies working files from one directory to another; gives those that were still there.
pub(crate) fn copy(from: &Path, to: &Path, files: &[String]) -> Result<Vec<String>, Fault> {
    let mut copied = Vec::new();
    for file in files {
        let target = to.join(file);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(Fault::unavailable)?;
        }
        match fs::copy(from.join(file), &target) {
            Ok(_) => {
                fs::File::open(&target).and_then(|file| file.sync_all()).map_err(Fault::unavailable)?;
                copied.push(file.clone());
            }
            // An import may put its files away meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Fault::unavailable(error)),
        }
    }
    Ok(copied)
}

/// Whether a name in a manifest is one of a working file: nothing outside of the folders is written.
pub(crate) fn is_working(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let [kept, folder, file] = parts.as_slice() else { return false };
    let inside = ![".", "..", ""].contains(folder) && !name.contains('\\');
    let digest = || file.len() == 64 && file.bytes().all(|byte| byte.is_ascii_hexdigit());
    inside && ((*kept == IMPORTS && file.ends_with(".sealed")) || (*kept == DOCUMENTS && digest()))
}
