//! Where another system differs, and why.

use super::{eur, usd};
use crate::credit::{Bucket, Buckets, Cause, Evidence, Extract, breaks};

fn causes(ours: i64, theirs: i64, evidence: &Evidence) -> Vec<Cause> {
    let ours = Buckets { open_ar: ours, ..Buckets::default() };
    let extract = Extract { open_ar: Some(theirs), ..Extract::default() };
    breaks(&extract, &ours, evidence, usd()).into_iter().map(|found| found.cause).collect()
}

#[test]
fn a_unit_and_a_thousandth_may_differ() {
    let none = Evidence::default();
    assert_eq!(causes(10_100, 10_000, &none), []);
    assert_eq!(causes(10_101, 10_000, &none), [Cause::Unknown]);
    assert_eq!(causes(1_001_000, 1_000_000, &none), []);
    assert_eq!(causes(1_001_001, 1_000_000, &none), [Cause::Unknown]);
    assert_eq!(causes(0, -10_000, &none), [Cause::Unknown]);
}

#[test]
fn the_cause_is_told_by_what_is_known_besides() {
    let open = |open: &[i64]| Evidence { open: open.to_vec(), ..Evidence::default() };
    assert_eq!(causes(50_000, 40_000, &open(&[10_000, 40_000])), [Cause::MissingEvent]);
    assert_eq!(causes(50_000, 40_000, &open(&[10_000, 10_000, 30_000])), [Cause::Duplicate]);
    assert_eq!(causes(30_000, 40_000, &open(&[30_000])), [Cause::MissingEvent]);
    let recent = Evidence { recent: vec![10_000], ..open(&[10_000, 10_000]) };
    assert_eq!(causes(50_000, 40_000, &recent), [Cause::Timing]);
    let several = Evidence { recent: vec![4_000, 6_000], ..Evidence::default() };
    assert_eq!(causes(50_000, 40_000, &several), [Cause::Timing]);
    let foreign = Evidence { foreign: true, ..Evidence::default() };
    assert_eq!(causes(51_000, 50_000, &foreign), [Cause::Fx]);
    assert_eq!(causes(60_000, 50_000, &foreign), [Cause::Unknown]);
}

#[test]
fn an_account_that_the_other_system_does_not_know_has_a_cause_for_every_bucket() {
    let ours = Buckets { open_ar: 50_000, open_orders: 9_000, unapplied: -40, ..Buckets::default() };
    let extract = Extract { open_ar: Some(0), open_orders: Some(0), unapplied: Some(0), unbilled: None };
    let causes = |evidence: &Evidence| -> Vec<(Bucket, Cause)> {
        breaks(&extract, &ours, evidence, usd())
            .into_iter()
            .map(|found| (found.bucket, found.cause))
            .collect()
    };
    let absent = Evidence { open: vec![20_000, 30_000], absent: true, ..Evidence::default() };
    assert_eq!(
        causes(&absent),
        [(Bucket::OpenAr, Cause::MissingEvent), (Bucket::OpenOrders, Cause::MissingEvent)]
    );
    let recent = Evidence { recent: vec![9_000], ..absent.clone() };
    assert_eq!(causes(&recent)[1].1, Cause::Timing, "it may be younger than the extract");
    assert_eq!(causes(&Evidence { absent: false, ..absent })[0].1, Cause::Unknown);
}

#[test]
fn what_is_not_said_is_not_compared() {
    let ours = Buckets { open_ar: 5_000, open_orders: 9_000, unapplied: 700, ..Buckets::default() };
    let extract = Extract { open_orders: Some(2_000), unapplied: Some(700), ..Extract::default() };
    let found = breaks(&extract, &ours, &Evidence::default(), eur());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].bucket, found[0].ours, found[0].theirs), (Bucket::OpenOrders, 9_000, 2_000));
}
