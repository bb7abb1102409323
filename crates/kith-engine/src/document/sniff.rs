//! What a file is by its first bytes.

/// Programs and scripts by how they begin.
const PROGRAMS: [&[u8]; 8] = [
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"\0asm",
];

/// How files of a media type begin.
const BEGINNINGS: [(&str, &[u8]); 14] = [
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
    ("image/webp", b"RIFF"),
    ("image/tiff", b"II*\0"),
    ("image/tiff", b"MM\0*"),
    ("application/zip", b"PK\x03\x04"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ("application/msword", b"\xd0\xcf\x11\xe0"),
    ("application/vnd.ms-excel", b"\xd0\xcf\x11\xe0"),
    ("application/gzip", b"\x1f\x8b"),
];

/// Whether it is a program or a script.
pub(super) fn is_program(bytes: &[u8]) -> bool {
    PROGRAMS.iter().any(|beginning| bytes.starts_with(beginning))
}

/// Whether it begins as its media type says; `None` where that cannot be told.
pub(super) fn fits(bytes: &[u8], mime: &str) -> Option<bool> {
    let mime = mime.to_ascii_lowercase();
    let mut known = BEGINNINGS.iter().filter(|(kind, _)| *kind == mime).peekable();
    if known.peek().is_some() {
        return Some(known.any(|(_, beginning)| bytes.starts_with(beginning)));
    }
    let text = mime.starts_with("text/") || matches!(mime.as_str(), "application/json" | "application/xml");
    text.then(|| std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')))
}
