//! Signed tree heads: their lines, and whose signature is accepted.

use crate::checkpoint::{Checkpoint, CheckpointError, public_key};

const SEED: [u8; 32] = [9; 32];

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: "kith.example/ledger".to_owned(), size: 42, root: [0xff; 32] }
}

#[test]
fn a_note_has_the_lines_of_a_checkpoint_and_is_read_back() {
    let note = checkpoint().sign(&SEED).unwrap();
    let mut lines = note.lines();
    assert_eq!(lines.next(), Some("kith.example/ledger"));
    assert_eq!(lines.next(), Some("42"));
    assert_eq!(lines.next(), Some("//////////////////////////////////////////8="));
    assert_eq!(lines.next(), Some(""));
    assert!(lines.next().unwrap().starts_with("\u{2014} kith.example/ledger "));
    assert_eq!(Checkpoint::verify(&note, &public_key(&SEED).unwrap()), Ok(checkpoint()));
}

#[test]
fn another_key_another_text_and_no_note_are_refused() {
    let note = checkpoint().sign(&SEED).unwrap();
    let own = public_key(&SEED).unwrap();
    let other = public_key(&[8; 32]).unwrap();
    assert_eq!(Checkpoint::verify(&note, &other), Err(CheckpointError::Signature));
    assert_eq!(Checkpoint::verify(&note.replace("42", "43"), &own), Err(CheckpointError::Signature));
    assert_eq!(Checkpoint::verify("", &own), Err(CheckpointError::Malformed));
    assert_eq!(Checkpoint::verify("a\nb\nc\n\n", &own), Err(CheckpointError::Malformed));
    // A witness adds lines of its own; they do no harm.
    let cosigned = format!("{note}\u{2014} witness AAAA\n");
    assert_eq!(Checkpoint::verify(&cosigned, &own), Ok(checkpoint()));
}
