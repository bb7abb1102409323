//! The bytes of a sealed block: for every subject its name and its ciphertext. STORED FORMAT.

use crate::fault::Fault;

#[cfg(test)]
mod tests;

/// The first byte of a block that is not empty.
const FORMAT: u8 = 1;

/// What one subject's key opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Whose data it is.
    pub(crate) subject: String,
    /// Nonce, ciphertext and tag; empty where the subject was erased before.
    pub(crate) text: Vec<u8>,
}

/// `1`, then for every part: length and bytes of the subject, length and bytes of the text (32-bit, little
/// endian). No parts give no bytes.
pub(crate) fn encode(parts: &[Part]) -> Vec<u8> {
    if parts.is_empty() {
        return Vec::new();
    }
    let mut block = vec![FORMAT];
    for part in parts {
        for bytes in [part.subject.as_bytes(), &part.text] {
            block.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
            block.extend_from_slice(bytes);
        }
    }
    block
}

/// The parts of a block.
pub(crate) fn decode(block: &[u8]) -> Result<Vec<Part>, Fault> {
    let wrong = || Fault::corrupt("a sealed block has a wrong shape");
    let Some((format, mut rest)) = block.split_first() else { return Ok(Vec::new()) };
    if *format != FORMAT {
        return Err(Fault::corrupt("a sealed block was written by a newer Kith"));
    }
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let mut next = || {
            let (length, bytes) = rest.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            let (bytes, others) = bytes.split_at_checked(length)?;
            rest = others;
            Some(bytes.to_vec())
        };
        let subject = String::from_utf8(next().ok_or_else(wrong)?).map_err(|_| wrong())?;
        let text = next().ok_or_else(wrong)?;
        parts.push(Part { subject, text });
    }
    Ok(parts)
}
