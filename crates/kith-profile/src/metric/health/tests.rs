//! Tests of the anchors.

use super::{BEYOND_TERMS, COMPONENTS, FIRST_RESPONSE, NPS, OTIF, TREND, score};

#[test]
fn anchors_are_those_of_the_reference() {
    for (x, y) in
        [(0.7, 0.0), (0.8, 0.0), (0.85, 25.0), (0.9, 50.0), (0.94, 75.0), (0.98, 100.0), (1.0, 100.0)]
    {
        assert!((score(x, OTIF) - y).abs() < 1e-9, "OTIF {x}");
    }
    for (x, y) in [(30.0, 0.0), (10.0, 50.0), (0.0, 100.0), (20.0, 25.0), (99.0, 0.0)] {
        assert!((score(x, BEYOND_TERMS) - y).abs() < 1e-9, "DBT {x}");
    }
    for (x, y) in [(-0.05, 0.0), (0.0, 60.0), (0.03, 100.0), (-0.025, 30.0)] {
        assert!((score(x, TREND) - y).abs() < 1e-9, "trend {x}");
    }
    for (x, y) in [(16.0, 0.0), (4.0, 60.0), (1.0, 100.0), (0.0, 100.0)] {
        assert!((score(x, FIRST_RESPONSE) - y).abs() < 1e-9, "first response {x}");
    }
    assert!((score(-50.0, NPS)).abs() < 1e-9 && (score(50.0, NPS) - 100.0).abs() < 1e-9);
}

#[test]
fn weights_add_up_to_one_hundred() {
    assert_eq!(COMPONENTS.iter().map(|row| u32::from(row.2)).sum::<u32>(), 100);
}
