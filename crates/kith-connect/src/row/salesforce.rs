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

#[cfg(test)]
mod tests {
    use super::other_form;

    #[test]
    fn both_forms_lead_to_each_other() {
        assert_eq!(other_form("001A0000006Vm9r").as_deref(), Some("001A0000006Vm9rIAC"));
        assert_eq!(other_form("001A0000006Vm9rIAC").as_deref(), Some("001A0000006Vm9r"));
        assert_eq!(other_form("001A0000006Vm9rIAA"), None, "the check is wrong");
        assert_eq!(other_form("A1"), None);
    }
}
