//! The style sheet, scripts, fonts and icon, inside the binary.

use std::sync::LazyLock;

/// A file that the pages need.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// What it holds.
    pub bytes: &'static [u8],
    /// Its media type.
    pub content_type: &'static str,
    /// Its entity tag, in quotes: a digest of the bytes.
    pub etag: &'static str,
}

/// Where assets are served.
pub const ROOT: &str = "/assets/";

/// An asset before its tag is known.
type Bare = (&'static str, &'static str, &'static [u8]);

const FILES: [Bare; 16] = [
    ("kith.css", "text/css; charset=utf-8", include_bytes!("asset/kith.css")),
    ("kith.js", "text/javascript; charset=utf-8", include_bytes!("asset/kith.js")),
    ("kith-palette.js", "text/javascript; charset=utf-8", include_bytes!("asset/kith-palette.js")),
    ("kith-form.js", "text/javascript; charset=utf-8", include_bytes!("asset/kith-form.js")),
    ("kith-desk.js", "text/javascript; charset=utf-8", include_bytes!("asset/kith-desk.js")),
    ("kith-theme.js", "text/javascript; charset=utf-8", include_bytes!("asset/kith-theme.js")),
    ("inter-latin.woff2", "font/woff2", include_bytes!("asset/inter-latin.woff2")),
    ("inter-latin-ext.woff2", "font/woff2", include_bytes!("asset/inter-latin-ext.woff2")),
    ("icon.svg", "image/svg+xml", include_bytes!("asset/icon.svg")),
    ("icon-maskable.svg", "image/svg+xml", include_bytes!("asset/icon-maskable.svg")),
    ("icon-192.png", "image/png", include_bytes!("asset/icon-192.png")),
    ("icon-512.png", "image/png", include_bytes!("asset/icon-512.png")),
    ("icon-maskable-512.png", "image/png", include_bytes!("asset/icon-maskable-512.png")),
    ("icon-touch-180.png", "image/png", include_bytes!("asset/icon-touch-180.png")),
    ("manifest.webmanifest", "application/manifest+json", include_bytes!("asset/manifest.webmanifest")),
    ("LICENCES.txt", "text/plain; charset=utf-8", include_bytes!("asset/LICENCES.txt")),
];

static TAGGED: LazyLock<Vec<(&'static str, Asset)>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(path, content_type, bytes)| {
            // Tags live as long as the program, like the files they name.
            let etag: &'static str = Box::leak(format!("\"{:016x}\"", digest(bytes)).into_boxed_str());
            (*path, Asset { bytes, content_type, etag })
        })
        .collect()
});

/// The asset at a path below [`ROOT`], for example `kith.css`.
#[must_use]
pub fn asset(path: &str) -> Option<Asset> {
    TAGGED.iter().find(|(name, _)| *name == path).map(|(_, asset)| *asset)
}

/// The paths of all assets.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _, _)| *path)
}

/// The address a page uses, with the digest as version so that it may be cached for ever.
pub(crate) fn href(path: &str) -> String {
    match asset(path) {
        Some(asset) => format!("{ROOT}{path}?v={}", asset.etag.trim_matches('"')),
        None => format!("{ROOT}{path}"),
    }
}

/// The service worker: which files its notice is drawn with, under the version of all of them.
pub(crate) fn service_worker() -> String {
    let files = [
        href("kith.css"),
        href("kith-theme.js"),
        href("kith-form.js"),
        "/assets/inter-latin.woff2".to_owned(),
    ];
    let version = format!("{:016x}", digest(files.concat().as_bytes()));
    let list = files.map(|file| format!("\"{file}\"")).join(", ");
    let worker = include_str!("asset/sw.js");
    format!("const FILES = [{list}];\n{}", worker.replace("VERSION", &version))
}

/// FNV-1a, 64 bits: enough to tell one build's file from the next.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
