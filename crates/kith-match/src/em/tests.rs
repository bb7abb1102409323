use crate::block::Blocks;
use crate::comparison::plan;
use crate::comparison::tests::table;
use crate::em::learn;
use crate::kind::Kind;
use crate::mix::Sequence;
use crate::table::Table;
use crate::workers::Alone;

/// People, each third of them twice, the second time with a slip in the surname and perhaps without a date.
fn people(count: u64) -> Table {
    let mut chance = Sequence::new(7);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for person in 0..count {
        let surname = format!("{:x}{:x}", chance.below(4_000), chance.below(16));
        let date =
            format!("19{:02}-{:02}-{:02}", chance.below(90) + 10, chance.below(12) + 1, chance.below(28) + 1);
        let city = format!("city{}", chance.below(30));
        rows.push(vec![surname.clone(), date.clone(), city.clone()]);
        if person % 3 == 0 {
            let known = chance.below(4) > 0;
            rows.push(vec![format!("{surname}x"), if known { date } else { String::new() }, city]);
        }
    }
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    table(&[("surname", Kind::Surname), ("born", Kind::Date), ("city", Kind::City)], &rows)
}

#[test]
fn what_was_planted_is_learned() {
    let table = people(900);
    let plan = plan(&table);
    let blocks = Blocks::of(&table, &Alone);
    let model = learn(&table, &plan, &blocks, &Alone);
    let at = |label: &str| plan.iter().position(|one| one.label == label).unwrap();
    let (born, city) = (&model.chances[at("born")], &model.chances[at("city")]);
    assert!(born.same[5] > 0.9, "dates were copied: {born:?}");
    assert!(city.other[4] > 0.02 && city.other[4] < 0.05, "one city in thirty: {city:?}");
    let matches = model.prior * table.pairs();
    assert!((200.0..400.0).contains(&matches), "three hundred were planted: {matches}");
}

#[test]
fn the_same_table_gives_the_same_model() {
    let table = people(200);
    let plan = plan(&table);
    let blocks = Blocks::of(&table, &Alone);
    assert_eq!(learn(&table, &plan, &blocks, &Alone), learn(&table, &plan, &blocks, &Alone));
}

#[test]
fn a_telephone_number_that_two_of_thousands_share_still_counts() {
    let names: Vec<String> = (0..2_000).map(|at| format!("customer{at:x}")).collect();
    let mut rows: Vec<Vec<&str>> = names.iter().map(|name| vec![name.as_str(), ""]).collect();
    rows.extend([vec!["hvalfangst", "+4722334455"], vec!["hvalfangst", "+4722334455"]]);
    let cells: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = table(&[("name", Kind::Name), ("phone", Kind::Phone)], &cells);
    let plan = plan(&table);
    let model = learn(&table, &plan, &Blocks::of(&table, &Alone), &Alone);
    let phone = plan.iter().position(|one| one.label == "phone").unwrap();
    let weight = model.chances[phone].weight(plan[phone].measure.top());
    assert!(weight > 6.0, "it is the one pair of which both have a number: {weight}");
}
