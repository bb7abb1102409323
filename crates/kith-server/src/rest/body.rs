//! The body of a request: how much of it is taken in, and what becomes of one that is not wanted.

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use tokio_stream::StreamExt;

use super::{document, screening};
use crate::reply::Stop;

/// Largest body of an ordinary request.
const ORDINARY_MAX: usize = 2 * 1024 * 1024;
/// Largest body of a batch of touchpoints.
const BATCH_MAX: usize = 64 * 1024 * 1024;
/// Most of a refused body that is read before the answer.
const DRAINED_MAX: usize = 64 * 1024;

/// The body of an operation, whole. Of one that is a little too large the rest is read out too, so that whoever sends it
/// hears why it is not taken.
pub(super) async fn read(operation: &str, body: Body) -> Result<Bytes, Stop> {
    let most = match operation {
        "touchpoint_record" | "credit_reconcile" => BATCH_MAX,
        "document_add" | "contract_upload_signed" => document::BODY_MAX,
        "screening_list_load" => screening::BODY_MAX,
        _ => ORDINARY_MAX,
    };
    let too_large =
        || Stop::new(413, "too_large", format!("The body is larger than {most} bytes, or was cut off."));
    if body.size_hint().lower() > most as u64 {
        read_out(body, most.saturating_mul(2)).await;
        return Err(too_large());
    }
    axum::body::to_bytes(body, most).await.map_err(|_| too_large())
}

/// Reads what little is left of a refused request: a connection closed on unread bytes loses the answer.
pub(crate) async fn drain(body: Body) {
    read_out(body, DRAINED_MAX).await;
}

/// Reads at most so much of a body, and keeps nothing of it.
async fn read_out(body: Body, most: usize) {
    let (mut chunks, mut left) = (body.into_data_stream(), most);
    while let Some(Ok(chunk)) = chunks.next().await {
        let Some(rest) = left.checked_sub(chunk.len()) else { return };
        left = rest;
    }
}
