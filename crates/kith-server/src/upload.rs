//! Files that are brought: streamed to disk, so that memory stays bounded; as a body or as parts of a form.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use kith_domain::refusal::ended;
use kith_engine::ImportFile;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;
use tokio_stream::{Stream, StreamExt};

use crate::reply::Stop;

/// Largest file (D§6.2).
const FILE_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// Largest other part of a form.
const FIELD_MAX: usize = 300 * 1024;
/// Most files of contacts beside one of accounts, and most other parts.
const PARTS_MAX: usize = 40;

/// What was brought.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    file: Option<NamedTempFile>,
    contacts: Vec<NamedTempFile>,
    /// The name of the file, where the form gives it.
    pub(crate) name: Option<String>,
    /// The other parts of the form.
    pub(crate) fields: HashMap<String, String>,
}

impl Upload {
    /// Takes in a body: a form by its media type, else the file itself.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, Stop> {
        let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !media.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            let file = spool(body.into_data_stream()).await?;
            return Ok(Self { file: Some(file), ..Self::default() });
        }
        let boundary = multer::parse_boundary(media).map_err(|error| unread(&error))?;
        let mut form = multer::Multipart::new(body.into_data_stream(), boundary);
        let mut upload = Self::default();
        let mut parts = 0;
        while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
            parts += 1;
            if parts > PARTS_MAX {
                return Err(Stop::new(413, "too_many", format!("A form has {PARTS_MAX} parts at most.")));
            }
            upload.take(part).await?;
        }
        Ok(upload)
    }

    async fn take(&mut self, mut part: multer::Field<'_>) -> Result<(), Stop> {
        let (name, file_name) =
            (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
        match name.as_str() {
            // A form without a file chosen sends an empty one without a name.
            "file" | "contacts" if file_name.as_deref() == Some("") => Ok(()),
            "file" => {
                self.name = file_name;
                self.file = Some(spool(part).await?);
                Ok(())
            }
            "contacts" => {
                self.contacts.push(spool(part).await?);
                Ok(())
            }
            _ => {
                let mut text = Vec::new();
                while let Some(piece) = part.chunk().await.map_err(|error| unread(&error))? {
                    text.extend_from_slice(&piece);
                    if text.len() > FIELD_MAX {
                        return Err(Stop::new(413, "too_large", format!("The field {name} is too long.")));
                    }
                }
                let text = String::from_utf8(text)
                    .map_err(|_| Stop::new(400, "malformed", format!("The field {name} is no UTF-8.")))?;
                self.fields.insert(name, text);
                Ok(())
            }
        }
    }

    /// The files for an import; they are removed with the upload, if nobody does so before.
    pub(crate) fn files(&self, name: Option<String>) -> Result<ImportFile, Stop> {
        let file = self.file.as_ref().ok_or_else(|| {
            Stop::new(422, "file_missing", "The form has no part named file; send the file under that name.")
        })?;
        let name = name.or_else(|| self.name.clone()).unwrap_or_default();
        // Browsers of old send whole paths.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(255).collect();
        let contacts = self.contacts.iter().map(|file| file.path().to_owned()).collect();
        Ok(ImportFile { path: file.path().to_owned(), name, contacts })
    }
}

fn unread(error: &multer::Error) -> Stop {
    Stop::new(400, "malformed", ended(&format!("The form cannot be read: {error}")))
}

/// Streams a file to disk.
async fn spool<E>(
    mut stream: impl Stream<Item = Result<bytes::Bytes, E>> + Unpin,
) -> Result<NamedTempFile, Stop> {
    let unusable = |error: std::io::Error| {
        tracing::error!(%error, "an upload could not be written");
        Stop::new(503, "unavailable", "The file cannot be taken in right now.")
    };
    let file = NamedTempFile::new().map_err(unusable)?;
    let mut out = tokio::fs::File::from_std(file.reopen().map_err(unusable)?);
    let mut size = 0_u64;
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| Stop::new(400, "cut_off", "The upload was cut off."))?;
        size = size.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        if size > FILE_MAX {
            return Err(Stop::new(413, "too_large", "The file is larger than 2 GiB."));
        }
        out.write_all(&part).await.map_err(unusable)?;
    }
    out.flush().await.map_err(unusable)?;
    Ok(file)
}
