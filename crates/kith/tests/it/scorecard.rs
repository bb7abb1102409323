//! `kith scorecard` on plain files.

use std::path::Path;

use crate::tool::{Ran, kith, run};

fn ran(dir: &Path, words: &[&str]) -> Ran {
    let mut command = kith();
    command.current_dir(dir);
    run(command, &[&["scorecard"], words].concat(), "")
}

fn write(dir: &Path, name: &str, text: &str) {
    std::fs::write(dir.join(name), text).unwrap();
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).unwrap()
}

/// Loans whose debt and home tell of their outcome.
fn loans(rows: usize, outcome: bool) -> String {
    let mut text = if outcome { "id,debt,home,paid\n" } else { "id,debt,home\n" }.to_owned();
    for row in 0..rows {
        let risk = row * 7_919 % 1_000;
        let is_bad = row * 104_729 % 997 < 50 + risk / 2;
        let home = if is_bad == (row % 4 != 0) { "rented, shared" } else { "own" };
        let debt = if row % 13 == 0 { String::new() } else { (risk / 10).to_string() };
        let paid = if is_bad { "no" } else { "yes" };
        text.push_str(&format!("L{row},{debt},\"{home}\""));
        text.push_str(&if outcome { format!(",{paid}\n") } else { "\n".to_owned() });
    }
    text
}

#[test]
fn a_card_is_learned_from_a_file_and_scores_another() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "past.csv", &loans(600, true));
    write(dir.path(), "later.csv", &loans(90, true));
    write(dir.path(), "new.csv", &loans(50, false));
    let words =
        ["train", "past.csv", "--target", "paid", "--bad", "no", "--out", "card.json", "--test", "later.csv"];
    let trained = ran(dir.path(), &words).well();
    for told in ["cross-validated", "auc", "gini", "ks", "iv", "debt", "home", "identifier"] {
        assert!(trained.out.contains(told), "{told}: {}", trained.out);
    }
    let card: serde_json::Value = serde_json::from_str(&read(dir.path(), "card.json")).unwrap();
    assert!(card["validated"]["auc"].as_f64().unwrap() > 0.75, "{}", card["validated"]);
    ran(dir.path(), &["score", "new.csv", "--model", "card.json", "--out", "scores.csv"]).well();
    let scores = read(dir.path(), "scores.csv");
    let lines: Vec<&str> = scores.lines().collect();
    assert_eq!(lines[0], "id,score,probability,class,reason_1,reason_2,reason_3,reason_4");
    assert_eq!(lines.len(), 51);
    let cells: Vec<&str> = lines[1].split(',').collect();
    assert_eq!(cells[0], "L0");
    let (score, probability): (f64, f64) = (cells[1].parse().unwrap(), cells[2].parse().unwrap());
    let odds = (1.0 - probability) / probability;
    assert!((score - (487.123 + 28.8539 * odds.ln())).abs() < 0.01, "{}", lines[1]);
    assert!("ABCDEF".contains(cells[3]), "{}", lines[1]);
}

#[test]
fn the_same_file_gives_the_same_card() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "past.csv", &loans(300, true));
    for out in ["one.json", "two.json"] {
        ran(dir.path(), &["train", "past.csv", "--target", "paid", "--bad", "no", "--out", out]).well();
    }
    assert_eq!(read(dir.path(), "one.json"), read(dir.path(), "two.json"));
}

#[test]
fn what_is_wrong_is_named_with_what_would_be_right() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "past.csv", &loans(300, true));
    write(dir.path(), "few.csv", "debt,paid\n1,yes\n2,no\n");
    write(dir.path(), "card.json", "{}");
    let train = |words: &[&str]| ran(dir.path(), &[&["train"], words, &["--out", "card.json"]].concat());
    for (ran, told) in [
        (train(&["past.csv", "--target", "payed"]), "there is no column `payed`"),
        (train(&["past.csv", "--target", "home"]), "which value of column `home` is bad? name it with --bad"),
        (train(&["past.csv", "--target", "paid", "--bad", "maybe"]), "no row has `maybe` in column `paid`"),
        (train(&["few.csv", "--target", "paid", "--bad", "no"]), "1 good and 1 bad rows; 10 of each"),
        (
            train(&["past.csv", "--target", "paid", "--bad", "no", "--exclude", "nothing"]),
            "no column `nothing`",
        ),
        (
            ran(dir.path(), &["score", "past.csv", "--model", "card.json", "--out", "s.csv"]),
            "card.json: this is no scorecard",
        ),
    ] {
        assert_eq!(ran.code, 1, "{told}: {}", ran.err);
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
}
