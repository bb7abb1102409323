//! A form with files, as a browser sends it.

use std::path::{Path, PathBuf};

use axum::body::Bytes;

use super::input;
use crate::door::Call;
use crate::failure::Failure;
use crate::random;

/// The call with a file and those of the people of its accounts.
pub(super) fn of(call: Call, file: &Path, contacts: &[PathBuf]) -> Result<Call, Failure> {
    let boundary = format!("kith-{}", random::word::<20>()?);
    let mut body = Vec::new();
    let parts =
        std::iter::once(("file", file)).chain(contacts.iter().map(|path| ("contacts", path.as_path())));
    for (name, path) in parts {
        let file_name = path.file_name().map(|name| name.to_string_lossy().replace(['"', '\r', '\n'], "_"));
        let head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\n\
             content-type: application/octet-stream\r\n\r\n",
            file_name.unwrap_or_default()
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&input::whole(path)?);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(call.bytes(&format!("multipart/form-data; boundary={boundary}"), Bytes::from(body)))
}
