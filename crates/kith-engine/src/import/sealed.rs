//! Files that hold personal data: sealed under the import's own key, frame by frame. STORED FORMAT.
//!
//! `KSF1`, then for every frame the length of its sealed bytes (32-bit, little endian) and the bytes. A frame is
//! bound to the import, the file's name, its number and whether it is the last: frames can be neither swapped
//! nor cut off.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use kith_domain::value::ImportId;
use kith_store::{Fault, Store};

/// The first bytes of such a file.
const MAGIC: &[u8; 4] = b"KSF1";
/// Clear bytes of a frame; sealed it stays below 1 MiB.
const FRAME: usize = (1 << 20) - 1024;

/// Where an import's files lie.
#[derive(Debug, Clone)]
pub(super) struct Drawer {
    store: Store,
    import: String,
}

impl Drawer {
    pub(super) fn new(store: &Store, import: ImportId) -> Self {
        Self { store: store.clone(), import: import.to_string() }
    }

    fn folder(&self) -> PathBuf {
        self.store.location().dir().join("imports").join(&self.import)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(format!("{name}.sealed"))
    }

    fn bound(&self, name: &str, number: u64, last: bool) -> String {
        format!("import/{}/{name}/{number}/{last}", self.import)
    }

    /// Whether a file is here. On PostgreSQL it may lie with another node.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// The names of the files here, sorted.
    pub(super) fn names(&self) -> Result<Vec<String>, Fault> {
        let entries = match fs::read_dir(self.folder()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Fault::unavailable(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(Fault::unavailable)?.file_name();
            names.extend(name.to_str().and_then(|name| name.strip_suffix(".sealed")).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Seals what `input` gives into a file, durably: beside, synced, renamed.
    pub(super) fn put(&self, name: &str, mut input: impl Read) -> Result<(), Fault> {
        self.store.vault().ensure_keys(&[&self.import])?;
        make_folder(&self.folder()).map_err(Fault::unavailable)?;
        let path = self.path(name);
        let beside = path.with_extension("new");
        if let Err(fault) = self.seal_into(&beside, name, &mut input) {
            // What was begun is of no use; the first fault is the one to tell.
            drop(fs::remove_file(&beside));
            return Err(fault);
        }
        fs::rename(&beside, &path).map_err(Fault::unavailable)?;
        File::open(self.folder()).and_then(|folder| folder.sync_all()).map_err(Fault::unavailable)
    }

    fn seal_into(&self, path: &Path, name: &str, input: &mut impl Read) -> Result<(), Fault> {
        let mut out = BufWriter::new(create(path).map_err(Fault::unavailable)?);
        out.write_all(MAGIC).map_err(Fault::unavailable)?;
        let (mut frame, mut next) = (Vec::new(), Vec::new());
        fill(input, &mut frame).map_err(Fault::unavailable)?;
        for number in 0.. {
            fill(input, &mut next).map_err(Fault::unavailable)?;
            let last = next.is_empty();
            let bound = self.bound(name, number, last);
            let sealed = self.store.vault().seal(&self.import, bound.as_bytes(), &frame)?;
            let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
            out.write_all(&length.to_le_bytes()).map_err(Fault::unavailable)?;
            out.write_all(&sealed).map_err(Fault::unavailable)?;
            if last {
                break;
            }
            std::mem::swap(&mut frame, &mut next);
        }
        out.flush().and_then(|()| out.get_ref().sync_all()).map_err(Fault::unavailable)
    }

    /// Opens a file for reading; what it gives is clear.
    pub(super) fn open(&self, name: &str) -> Result<Opened, Fault> {
        let mut file = BufReader::new(File::open(self.path(name)).map_err(Fault::unavailable)?);
        let mut magic = [0; 4];
        file.read_exact(&mut magic).map_err(Fault::unavailable)?;
        if &magic != MAGIC {
            return Err(Fault::corrupt("a kept file of an import"));
        }
        let name = name.to_owned();
        Ok(Opened { drawer: self.clone(), name, file, frame: Vec::new(), at: 0, number: 0, done: false })
    }

    /// Reads a whole small file.
    pub(super) fn get(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        self.open(name)?.read_to_end(&mut bytes).map_err(Fault::unavailable)?;
        Ok(bytes)
    }

    /// Removes a file, if it is here.
    pub(super) fn remove(&self, name: &str) -> Result<(), Fault> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::unavailable(error)),
            _ => Ok(()),
        }
    }

    /// Removes everything of the import.
    pub(super) fn clear(&self) -> Result<(), Fault> {
        match fs::remove_dir_all(self.folder()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Fault::unavailable(error)),
            _ => Ok(()),
        }
    }
}

/// Fills a buffer up to a whole frame, or to the end of the input.
fn fill(input: &mut impl Read, frame: &mut Vec<u8>) -> io::Result<()> {
    frame.clear();
    let most = u64::try_from(FRAME).unwrap_or(u64::MAX);
    input.by_ref().take(most).read_to_end(frame).map(drop)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A sealed file that is being read.
#[derive(Debug)]
pub(super) struct Opened {
    drawer: Drawer,
    name: String,
    file: BufReader<File>,
    frame: Vec<u8>,
    at: usize,
    number: u64,
    done: bool,
}

impl Opened {
    fn next_frame(&mut self) -> io::Result<()> {
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
        if length > FRAME.saturating_add(1024) {
            return Err(io::Error::other("a frame of a kept file is too long"));
        }
        let mut sealed = vec![0; length];
        self.file.read_exact(&mut sealed)?;
        let last = self.file.fill_buf()?.is_empty();
        let bound = self.drawer.bound(&self.name, self.number, last);
        let opened = self.drawer.store.vault().open(&self.drawer.import, bound.as_bytes(), &sealed);
        let opened = opened.map_err(io::Error::other)?;
        self.frame = opened.ok_or_else(|| io::Error::other("the kept file was erased"))?;
        self.at = 0;
        self.number = self.number.saturating_add(1);
        self.done = last;
        Ok(())
    }
}

impl Read for Opened {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.frame.len() {
            if self.done {
                return Ok(0);
            }
            self.next_frame()?;
        }
        let rest = self.frame.get(self.at..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(from), Some(to)) = (rest.get(..count), out.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.at = self.at.saturating_add(count);
        Ok(count)
    }
}
