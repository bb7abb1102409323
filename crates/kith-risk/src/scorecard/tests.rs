//! Cards: worked figures of points and measures, bins, what is learned, and that rows may come in any order.

use proptest::prelude::{Just, ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, proptest};

use super::{
    Card, Cause, CellCause, Column, MISSING, Split, TooLittle, Training, auc, cell_faults, factor, measures,
    offset, psi, train,
};

/// A table of so many rows: a number that rises with risk, a word that tells of it, noise, a running number.
fn table(rows: usize) -> (Vec<[String; 4]>, Vec<bool>) {
    let mut texts = Vec::new();
    let mut bad = Vec::new();
    for row in 0..rows {
        // Fixed chance: a multiplicative sequence.
        let chance = (row * 7_919 % 1_000) as f64 / 1_000.0;
        let risk = (row * 104_729 % 997) as f64 / 997.0;
        let is_bad = chance < 0.05 + 0.5 * risk;
        let word = if is_bad == (row % 4 != 0) { "renter" } else { "owner" };
        let debt = if row % 11 == 0 { String::new() } else { format!("{:.1}", risk * 100.0) };
        texts.push([debt, word.to_owned(), format!("w{}", row % 3), (row + 1).to_string()]);
        bad.push(is_bad);
    }
    (texts, bad)
}

const NAMES: [&str; 4] = ["debt", "home", "noise", "row"];

fn columns(texts: &[[String; 4]]) -> Vec<Column<'_>> {
    let column =
        |at: usize| Column { name: NAMES[at], texts: texts.iter().map(|row| row[at].as_str()).collect() };
    (0..4).map(column).collect()
}

fn learned(texts: &[[String; 4]], bad: &[bool]) -> Training {
    train(&columns(texts), bad, "outcome", "bad").unwrap()
}

#[test]
fn the_scale_of_points_is_that_of_the_reference() {
    assert!((factor() - 28.8539).abs() < 1e-4, "{}", factor());
    assert!((offset() - 487.123).abs() < 1e-3, "{}", offset());
}

#[test]
fn measures_of_a_small_table_by_hand() {
    let ranked = [(0.9, true), (0.8, false), (0.7, true), (0.3, false), (0.3, true), (0.1, false)];
    // Pairs bad over good: 0.9 beats 3, 0.7 beats 2, 0.3 beats 1 and ties 1: 6.5 of 9.
    assert_eq!(auc(&ranked), Some(6.5 / 9.0));
    let told = measures(&ranked).unwrap();
    assert!((told.gini - (13.0 / 9.0 - 1.0)).abs() < 1e-12);
    assert!((told.ks - 1.0 / 3.0).abs() < 1e-12, "{}", told.ks);
    assert_eq!((told.rows, told.bad), (6, 3));
    assert_eq!(auc(&[(0.1, true)]), None);
}

#[test]
fn stability_is_nothing_when_shares_stay_and_grows_when_they_move() {
    assert_eq!(psi(&[10, 30], &[100, 300]), Some(0.0));
    let moved = psi(&[50, 50], &[60, 40]).unwrap();
    assert!((moved - (0.1 * (1.2_f64).ln() - 0.1 * (0.8_f64).ln())).abs() < 1e-12);
    assert!(psi(&[50, 50], &[100, 0]).unwrap() > 0.25);
    assert_eq!(psi(&[0], &[1]), None);
}

#[test]
fn a_card_learns_what_tells_and_leaves_out_what_does_not() {
    let (texts, bad) = table(2_000);
    let Training { card, left_out } = learned(&texts, &bad);
    let names: Vec<&str> = card.variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(names, ["debt", "home"]);
    let told: Vec<(&str, Cause)> = left_out.iter().map(|(name, cause, _)| (name.as_str(), *cause)).collect();
    assert_eq!(told, [("noise", Cause::Useless), ("row", Cause::Identifier)]);
    assert!(card.validated.auc > 0.8, "{:?}", card.validated);
    assert!(card.variables.iter().all(|variable| variable.coefficient < 0.0));
}

#[test]
fn numbers_rise_in_risk_from_bin_to_bin_and_no_bin_is_small() {
    let (texts, bad) = table(2_000);
    let card = learned(&texts, &bad).card;
    let debt = &card.variables[0];
    let Split::Numbers(edges) = &debt.split else { panic!("not numbers") };
    assert!(edges.len() >= 2, "{edges:?}");
    let (missing, known) = debt.bins.split_last().unwrap();
    assert_eq!(missing.label, MISSING);
    assert!(known.is_sorted_by(|one, other| one.woe > other.woe), "{known:?}");
    assert!(known.iter().all(|bin| bin.count.good + bin.count.bad >= 100));
    assert!(missing.count.good + missing.count.bad == 182);
}

#[test]
fn points_are_the_log_odds_on_another_scale_and_reasons_are_what_cost_most() {
    let (texts, bad) = table(2_000);
    let card = learned(&texts, &bad).card;
    let scored = card.score(|at| ["99", "renter"][at]);
    let odds_of_good = (1.0 - scored.probability) / scored.probability;
    assert!((scored.points - (offset() + factor() * odds_of_good.ln())).abs() < 1e-9);
    assert!(scored.reasons.is_sorted_by(|one, other| one.points >= other.points));
    assert_eq!(scored.reasons.len(), 2);
    let best = card.score(|at| ["0.5", "owner"][at]);
    assert!(best.reasons.is_empty() && best.points > scored.points && best.class <= scored.class);
}

#[test]
fn what_is_missing_has_its_own_points_and_what_was_never_seen_counts_as_average() {
    let (texts, bad) = table(2_000);
    let card = learned(&texts, &bad).card;
    let missing = card.score(|at| ["", "owner"][at]);
    assert!(missing.not_understood.is_empty());
    let strange = card.score(|at| ["12", "castle"][at]);
    assert_eq!(strange.not_understood, [1]);
    assert_eq!(card.score(|at| ["many", "owner"][at]).not_understood, [0]);
}

#[test]
fn too_little_is_refused_with_its_counts() {
    let (texts, bad) = table(30);
    let few: Vec<bool> = bad.iter().enumerate().map(|(row, bad)| *bad && row < 12).collect();
    let bad_rows = few.iter().filter(|bad| **bad).count() as u64;
    let refused = train(&columns(&texts), &few, "outcome", "bad").unwrap_err();
    assert_eq!(refused, TooLittle { good: 30 - bad_rows, bad: bad_rows, least: 10 });
}

#[test]
fn a_card_is_read_back_as_written_and_a_damaged_one_is_refused() {
    let (texts, bad) = table(500);
    let card = learned(&texts, &bad).card;
    let written = serde_json::to_string(&card).unwrap();
    let read: Card = serde_json::from_str(&written).unwrap();
    assert_eq!(read.check(), Ok(()));
    assert_eq!(read.score(|at| ["50", "owner"][at]).points, card.score(|at| ["50", "owner"][at]).points);
    let other = Card { format: "kith-scorecard@9".to_owned(), ..card.clone() };
    assert!(other.check().unwrap_err().0.contains("kith-scorecard@9"));
    let mut short = card;
    short.variables[0].bins.pop();
    assert!(short.check().unwrap_err().0.contains("debt"));
}

fn shuffled() -> impl Strategy<Value = Vec<usize>> {
    Just((0..300).collect::<Vec<usize>>()).prop_shuffle()
}

proptest! {
    // Learning a card takes its time.
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_area_does_not_depend_on_the_order_and_turns_with_the_sign(
        ranked in prop::collection::vec((0..20_u8, prop::bool::ANY), 2..60),
    ) {
        let told: Vec<(f64, bool)> = ranked.iter().map(|(p, bad)| (f64::from(*p), *bad)).collect();
        let turned: Vec<(f64, bool)> = told.iter().rev().map(|(p, bad)| (-p, *bad)).collect();
        if let (Some(one), Some(other)) = (auc(&told), auc(&turned)) {
            prop_assert!((one + other - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn bins_do_not_depend_on_the_order_of_the_rows(order in shuffled()) {
        let (texts, bad) = table(300);
        let moved: Vec<[String; 4]> = order.iter().map(|row| texts[*row].clone()).collect();
        let moved_bad: Vec<bool> = order.iter().map(|row| bad[*row]).collect();
        let weights = |card: Card| -> Vec<(String, Vec<f64>)> {
            let by_name = card.variables.into_iter().filter(|variable| variable.name != "row");
            by_name.map(|variable| (variable.name, variable.bins.iter().map(|bin| bin.woe).collect())).collect()
        };
        let (one, other) = (learned(&texts, &bad).card, learned(&moved, &moved_bad).card);
        prop_assert_eq!(weights(one), weights(other));
    }
}

#[test]
fn every_cell_that_cannot_be_learned_from_is_named() {
    let column = |name, texts: &[&'static str]| Column { name, texts: texts.to_vec() };
    let columns = [
        column("age", &["31", "x", "27", "NaN", "40", "41", "42", "43", "44", "inf", "45", "46"]),
        column("kind", &["a", "b", "", "1", "2", "a", "a", "b", "b", "b", "b", "a"]),
    ];
    let told = |missing| {
        let faults = cell_faults(&columns, missing);
        faults.into_iter().map(|fault| (fault.row, fault.column, fault.cause)).collect::<Vec<_>>()
    };
    let word = (1, 0, CellCause::NotANumber);
    let infinite = (9, 0, CellCause::NotFinite);
    assert_eq!(told(false), [word, (2, 1, CellCause::Missing), (3, 0, CellCause::NotFinite), infinite]);
    assert_eq!(told(true), [word, infinite]);
}
