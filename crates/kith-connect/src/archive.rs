//! Where the files of documents are kept: a folder, or a bucket of S3-compatible storage.
//!
//! Files have names of letters, digits and slashes, are written whole, and are never changed. What is in them is
//! sealed before it comes here.

mod bucket;
mod sign;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use bucket::{Bucket, BucketError};

/// A place for files.
#[derive(Debug, Clone)]
pub enum Archive {
    /// A folder on disk.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Box<Bucket>),
}

impl Archive {
    /// Writes a file durably, unless it is there: beside, synced, renamed.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Folder(folder) => put(&folder.join(name), bytes),
            Self::Bucket(bucket) => bucket.put(name, bytes),
        }
    }

    /// Reads a file; `None` when there is none.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => match fs::read(folder.join(name)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
            Self::Bucket(bucket) => bucket.get(name),
        }
    }

    /// Whether there is a file.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn holds(&self, name: &str) -> io::Result<bool> {
        match self {
            Self::Folder(folder) => folder.join(name).try_exists(),
            Self::Bucket(bucket) => bucket.holds(name),
        }
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match self {
            Self::Folder(folder) => match fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
            Self::Bucket(bucket) => bucket.remove(name),
        }
    }
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let beside = path.with_extension("new");
    let written = create(&beside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    if let Err(error) = written {
        // What was begun is of no use; the first error is the one to tell.
        drop(fs::remove_file(&beside));
        return Err(error);
    }
    fs::rename(&beside, path)?;
    File::open(folder)?.sync_all()
}

/// Only the owner of the process may look into it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Readable by the owner alone, executable by nobody.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests;
