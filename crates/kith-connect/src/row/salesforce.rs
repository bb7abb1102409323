//! Ids of Salesforce: 15 letters where case counts, as reports write them, or 18 with a check, as exports do.

/// The letters of the check: each stands for which of five letters are capitals.
const CHECK: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The other way to write an id, so that a report and an export name the same record.
pub(super) fn other_form(id: &str) -> Option<String> {
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    match id.len() {
        15 => Some(format!("{id}{}", check(id.as_bytes()))),
        18 => {
            let (short, given) = id.split_at_checked(15)?;
            (check(short.as_bytes()) == given.to_uppercase()).then(|| short.to_owned())
        }
        _ => None,
    }
}

fn check(id: &[u8]) -> String {
    let letter = |five: &[u8]| {
        let capitals =
            five.iter().rev().fold(0, |bits, byte| bits << 1 | usize::from(byte.is_ascii_uppercase()));
        CHECK.get(capitals).copied().map_or('A', char::from)
    };
    id.chunks(5).map(letter).collect()
}
