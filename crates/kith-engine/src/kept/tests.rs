use jiff::civil::date;

use super::{KEPT_MAX, Kept, Stand};

fn stand(accounts: u64) -> Stand {
    Stand { accounts, profiles: 0, organisation: 1, day: date(2026, 11, 25) }
}

#[test]
fn an_answer_is_worked_out_once_until_something_changes() {
    let (kept, mut worked) = (Kept::<u32>::default(), 0);
    let mut ask = |accounts| {
        kept.or_else("all".to_owned(), stand(accounts), || {
            worked += 1;
            worked
        })
    };
    assert_eq!([ask(1), ask(1), ask(2), ask(2), ask(1)], [1, 1, 2, 2, 3]);
}

#[test]
fn no_more_is_kept_than_may_be() {
    let kept = Kept::<usize>::default();
    for number in 0..KEPT_MAX * 2 {
        kept.or_else(number.to_string(), stand(1), || number);
    }
    assert_eq!(kept.0.lock().unwrap().len(), KEPT_MAX);
    assert_eq!(kept.or_else("later".to_owned(), stand(2), || 7), 7);
    assert_eq!(kept.0.lock().unwrap().len(), 1, "what is of an old stand goes");
}
