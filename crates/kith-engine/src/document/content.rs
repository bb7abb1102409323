//! What a file is by its content: whether it is what it is called, and whole to its end.

use kith_domain::refusal::{Refusal, RefusalKind};

/// A kind of file that is known by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Tiff,
    Zip,
    Ole,
    Gzip,
    Html,
}

/// How files of a kind begin.
const BEGINNINGS: [(&[u8], Kind); 11] = [
    (b"%PDF-", Kind::Pdf),
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF8", Kind::Gif),
    (b"RIFF", Kind::Webp),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"\xd0\xcf\x11\xe0", Kind::Ole),
    (b"\x1f\x8b", Kind::Gzip),
];

/// Media types and endings of names, and the kind that they say.
const CLAIMS: [(&str, Kind); 27] = [
    ("application/pdf", Kind::Pdf),
    ("image/png", Kind::Png),
    ("image/jpeg", Kind::Jpeg),
    ("image/gif", Kind::Gif),
    ("image/webp", Kind::Webp),
    ("image/tiff", Kind::Tiff),
    ("application/zip", Kind::Zip),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Kind::Zip),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Kind::Zip),
    ("application/vnd.oasis.opendocument.text", Kind::Zip),
    ("application/msword", Kind::Ole),
    ("application/vnd.ms-excel", Kind::Ole),
    ("application/gzip", Kind::Gzip),
    ("text/html", Kind::Html),
    (".pdf", Kind::Pdf),
    (".png", Kind::Png),
    (".jpg", Kind::Jpeg),
    (".jpeg", Kind::Jpeg),
    (".gif", Kind::Gif),
    (".webp", Kind::Webp),
    (".tif", Kind::Tiff),
    (".tiff", Kind::Tiff),
    (".zip", Kind::Zip),
    (".docx", Kind::Zip),
    (".xlsx", Kind::Zip),
    (".doc", Kind::Ole),
    (".xls", Kind::Ole),
];

impl Kind {
    /// The kind that bytes begin as.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let found = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
        let web = || {
            let head = bytes.trim_ascii_start();
            let begins =
                |mark: &[u8]| head.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
            (begins(b"<!doctype html") || begins(b"<html")).then_some(Self::Html)
        };
        found.map(|(_, kind)| *kind).or_else(web)
    }

    fn title(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF",
            Self::Png => "a PNG picture",
            Self::Jpeg => "a JPEG picture",
            Self::Gif => "a GIF picture",
            Self::Webp => "a WebP picture",
            Self::Tiff => "a TIFF picture",
            Self::Zip => "a ZIP or Office file",
            Self::Ole => "an Office file of the old form",
            Self::Gzip => "a gzip file",
            Self::Html => "a web page",
        }
    }

    /// Whether a file of this kind goes to its end.
    fn is_whole(self, bytes: &[u8]) -> bool {
        match self {
            Self::Pdf => pdf_is_whole(bytes),
            Self::Png => rfind(bytes, b"\0\0\0\0IEND").is_some_and(|at| bytes.len() >= at.saturating_add(12)),
            Self::Jpeg => jpeg_is_whole(bytes),
            Self::Gif => bytes.iter().rev().find(|byte| **byte != 0) == Some(&0x3b),
            Self::Webp => number(bytes, 4).is_some_and(|size| bytes.len() >= size.saturating_add(8)),
            Self::Zip => rfind(bytes, b"PK\x05\x06").is_some_and(|at| bytes.len() >= at.saturating_add(22)),
            Self::Tiff | Self::Ole | Self::Gzip | Self::Html => true,
        }
    }
}

/// What a name and a media type say that a file is.
fn claims(name: &str, mime: &str) -> impl Iterator<Item = Kind> {
    let (name, mime) = (name.to_ascii_lowercase(), mime.to_ascii_lowercase());
    let says = move |claim: &str| claim == mime || (claim.starts_with('.') && name.ends_with(claim));
    CLAIMS.into_iter().filter(move |(claim, _)| says(claim)).map(|(_, kind)| kind)
}

/// Refuses a file that is not what it is called, or that is cut off.
pub(crate) fn check(bytes: &[u8], name: &str, mime: &str) -> Result<(), Refusal> {
    let kind = Kind::of(bytes);
    if let Some(claimed) = claims(name, mime).find(|claimed| kind != Some(*claimed)) {
        return Err(mismatch(claimed, kind));
    }
    let plain = mime.to_ascii_lowercase().starts_with("text/");
    match kind {
        Some(kind) if plain && kind != Kind::Html => Err(mismatch_of("text", kind.title())),
        Some(kind) if !kind.is_whole(bytes) => Err(cut_off(kind)),
        _ => Ok(()),
    }
}

/// The same for a scan that people must be able to read: a PDF without a password, or a picture.
pub(crate) fn check_scan(bytes: &[u8], name: &str, mime: &str) -> Result<(), Refusal> {
    match Kind::of(bytes) {
        Some(Kind::Pdf | Kind::Png | Kind::Jpeg | Kind::Tiff) => {}
        _ if bytes.is_empty() => return Err(empty()),
        _ => return Err(not_a_scan()),
    }
    check(bytes, name, mime)?;
    if is_locked(bytes) { Err(locked()) } else { Ok(()) }
}

fn mismatch(claimed: Kind, kind: Option<Kind>) -> Refusal {
    mismatch_of(claimed.title(), kind.map_or("something else", Kind::title))
}

fn mismatch_of(claimed: &str, content: &str) -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "document.content_mismatch",
        format!("The file is called {claimed}, but its content is {content}."),
        "Upload the document itself, or give it the name and the media type of what it is.",
    )
}

fn cut_off(kind: Kind) -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "document.cut_off",
        format!("The file is {} that is cut off or broken: its end is missing.", kind.title()),
        "Open the original to see that it is whole, save or scan it again, and upload that.",
    )
}

fn empty() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "document.empty",
        "The file is empty.",
        "Choose the file that was meant, and upload it.",
    )
}

fn locked() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "document.encrypted",
        "The PDF is encrypted: nobody can read it here.",
        "Save it without a password, and upload that.",
    )
}

fn not_a_scan() -> Refusal {
    let (sentence, clears) =
        ("The file is no PDF and no picture.", "Send the signed paper as PDF, PNG, JPEG or TIFF.");
    Refusal::new(RefusalKind::Unprocessable, "contract.not_a_scan", sentence, clears)
}

/// Whether the end of a PDF is there, and leads to its table of objects.
fn pdf_is_whole(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or(bytes);
    if rfind(tail, b"%%EOF").is_none() {
        return false;
    }
    match pdf_table(bytes) {
        Some(table) => table.starts_with(b"xref") || table.first().is_some_and(u8::is_ascii_digit),
        // What has objects has a table of them.
        None => rfind(bytes, b" obj").is_none(),
    }
}

/// Where the last `startxref` leads. What stands before the first mark of a PDF does not count.
fn pdf_table(bytes: &[u8]) -> Option<&[u8]> {
    let after = bytes.get(rfind(bytes, b"startxref")?.checked_add(9)?..)?.trim_ascii_start();
    let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let place: usize = std::str::from_utf8(after.get(..digits)?).ok()?.parse().ok()?;
    Some(bytes.get(place..).unwrap_or_default().trim_ascii_start())
}

/// Whether a PDF wants a password or hides its content: its trailer names how.
fn is_locked(bytes: &[u8]) -> bool {
    let until = |part: &[u8], end: &[u8]| {
        let last = part.windows(end.len()).position(|window| window == end).unwrap_or(part.len());
        part.get(..last).is_some_and(|part| rfind(part, b"/Encrypt").is_some())
    };
    let trailers = bytes.windows(7).enumerate().filter(|(_, window)| *window == b"trailer");
    let mut trailers = trailers.filter_map(|(at, _)| bytes.get(at..));
    Kind::of(bytes) == Some(Kind::Pdf)
        && (trailers.any(|trailer| until(trailer, b"startxref"))
            || pdf_table(bytes).is_some_and(|table| !table.starts_with(b"xref") && until(table, b"stream")))
}

/// Walks the segments of a JPEG to the mark of its end: pictures within the picture have ends of their own.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2_usize;
    while let (Some(0xff), Some(mark)) = (bytes.get(at), bytes.get(at.saturating_add(1))) {
        at = match mark {
            0xd9 => return true,
            0xff => at.saturating_add(1),
            0x01 | 0xd0..=0xd8 => at.saturating_add(2),
            mark => {
                let long = |place: usize| bytes.get(place).copied().map(usize::from);
                let (Some(high), Some(low)) = (long(at.saturating_add(2)), long(at.saturating_add(3))) else {
                    return false;
                };
                let next = at.saturating_add(2).saturating_add(high.saturating_mul(256).saturating_add(low));
                if *mark == 0xda { after_scan(bytes, next) } else { next }
            }
        };
    }
    false
}

/// Where the next segment begins behind the data of a scan.
fn after_scan(bytes: &[u8], from: usize) -> usize {
    let data = bytes.get(from..).unwrap_or_default();
    let ends = |pair: &[u8]| matches!(pair, [0xff, mark] if !matches!(mark, 0 | 0xff | 0xd0..=0xd7));
    data.windows(2).position(ends).map_or(bytes.len(), |place| from.saturating_add(place))
}

fn rfind(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).rposition(|window| window == mark)
}

/// Four bytes, the lowest first.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests;
