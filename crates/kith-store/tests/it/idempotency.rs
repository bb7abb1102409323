//! One key, one answer, also after a restart; forgotten after 72 hours.

use kith_store::Fault;
use kith_store::idempotency::{Answer, KEPT_MS};

use crate::place::everywhere;

const ANSWER: Answer<'_> = Answer {
    scope: "usr_1/account_create",
    key: "k1",
    fingerprint: b"f",
    status: 201,
    reply: b"{\"name\":\"Ada\"}",
    subject: "acc_1",
    at_ms: 1_000,
};

#[test]
fn an_answer_is_kept_with_its_effect_and_given_again_after_a_restart() {
    everywhere(|place| {
        let store = place.create();
        store.write_blocking(|unit| unit.remember(&ANSWER)).unwrap();
        let fault = store.write_blocking(|unit| {
            unit.set_cursor("effect", 1)?;
            unit.remember(&ANSWER)
        });
        assert!(matches!(fault, Err(Fault::Conflict)));
        drop(store);
        let store = place.open();
        let found = store.read_blocking(|reader| reader.recall(ANSWER.scope, ANSWER.key)).unwrap().unwrap();
        assert_eq!((found.status, found.fingerprint.as_slice()), (201, ANSWER.fingerprint));
        assert_eq!(found.reply.as_deref(), Some(ANSWER.reply));
        assert_eq!(
            store.read_blocking(|reader| reader.cursor("effect")).unwrap(),
            0,
            "the second had no effect"
        );
        assert_eq!(store.read_blocking(|reader| reader.recall("usr_2/account_create", "k1")).unwrap(), None);
    });
}

#[test]
fn an_answer_about_an_erased_subject_is_gone_and_an_old_one_is_purged() {
    everywhere(|place| {
        let store = place.create();
        store.write_blocking(|unit| unit.remember(&ANSWER)).unwrap();
        store.vault().destroy("acc_1").unwrap();
        let recall = || store.read_blocking(|reader| reader.recall(ANSWER.scope, ANSWER.key)).unwrap();
        assert_eq!(recall().unwrap().reply, None);
        assert_eq!(store.write_blocking(|unit| unit.purge_idempotency(1_000 + KEPT_MS)).unwrap(), 0);
        assert_eq!(store.write_blocking(|unit| unit.purge_idempotency(1_001 + KEPT_MS)).unwrap(), 1);
        assert_eq!(recall(), None);
    });
}
