//! What comes out of files.

use kith_connect::touchpoints::EventMap;

use super::{Batch, Piece, pieces};

fn batch(body: &str, lines: &[u64]) -> Piece {
    Piece::Batch(Batch { body: body.as_bytes().to_vec(), lines: lines.to_vec() })
}

async fn read(input: &str, size: usize, map: Option<&str>) -> Vec<Piece> {
    let map = map.map(|text| EventMap::parse(text).expect("a map"));
    let mut receiver = pieces(std::io::Cursor::new(input.as_bytes().to_vec()), size, map);
    let mut found = Vec::new();
    while let Some(piece) = receiver.recv().await {
        found.push(piece);
    }
    found
}

#[tokio::test]
async fn lines_keep_their_numbers() {
    let found = read("\n\n{\"a\":1}\r\n\n  {\"b\": 2}  \n{\"c\":3}", 2, None).await;
    assert_eq!(found, [batch("[{\"a\":1},{\"b\": 2}]", &[3, 5]), batch("[{\"c\":3}]", &[6])]);
}

#[tokio::test]
async fn nothing_gives_nothing() {
    for input in ["", "\n \n", "\u{feff}", "[]", " [ ] "] {
        assert_eq!(read(input, 2, None).await, [], "{input:?}");
    }
}

#[tokio::test]
async fn an_array_is_cut_into_batches_too() {
    let found = read("\u{feff}\n[\n {\"a\": 1},\n {\"b\": [2]}, {\"c\":3}\n]\n", 2, None).await;
    assert_eq!(found, [batch("[{\"a\": 1},{\"b\": [2]}]", &[1, 2]), batch("[{\"c\":3}]", &[3])]);
}

#[tokio::test]
async fn an_array_that_breaks_off_gives_what_was_whole() {
    let found = read("[{\"a\":1},{\"b\":", 5, None).await;
    assert_eq!(found.first(), Some(&batch("[{\"a\":1}]", &[1])));
    assert!(matches!(found.get(1), Some(Piece::Broken(_))), "{found:?}");
    let found = read("[{\"a\":1}] {\"b\":2}", 5, None).await;
    assert!(matches!(found.last(), Some(Piece::Broken(_))), "{found:?}");
}

#[tokio::test]
async fn what_is_no_event_is_told_and_passed_over() {
    let found = read("{\"a\":1}\nnull\n{\"b\n\u{7f}\n{\"c\":3}\n", 9, None).await;
    let told: Vec<u64> = found
        .iter()
        .filter_map(|piece| match piece {
            Piece::Unreadable { line, .. } => Some(*line),
            _ => None,
        })
        .collect();
    assert_eq!(told, [2, 3, 4]);
    assert_eq!(found.last(), Some(&batch("[{\"a\":1},{\"c\":3}]", &[1, 5])));
}

#[tokio::test]
async fn a_line_without_end_is_not_kept_in_memory() {
    let long = format!("{{\"a\":\"{}\"}}\n{{\"b\":2}}\n", "x".repeat(3 << 20));
    let found = read(&long, 9, None).await;
    assert_eq!(found.len(), 2);
    assert!(matches!(found.first(), Some(Piece::Unreadable { line: 1, .. })), "the first line");
    assert_eq!(found.get(1), Some(&batch("[{\"b\":2}]", &[2])));
}

#[tokio::test]
async fn batches_are_bounded_by_bytes() {
    let line = format!("{{\"a\":\"{}\"}}\n", "x".repeat(900 << 10));
    let found = read(&line.repeat(9), 1_000, None).await;
    let sizes: Vec<usize> = found
        .iter()
        .filter_map(|piece| match piece {
            Piece::Batch(batch) => Some(batch.lines.len()),
            _ => None,
        })
        .collect();
    assert_eq!(sizes, [4, 4, 1]);
}

#[tokio::test]
async fn rows_become_events_by_a_map() {
    let map = r#"{"source": "shop", "events": [{"type": "io.kith.order.placed", "id": "placed-{No}",
        "subject": "external:shop:{Customer}", "time": "Day", "data": {"order_no": "{No}"}}]}"#;
    let found = read("No,Customer,Day\n1,A,2026-01-31\n2,B,never\n3,C,2026-02-01\n", 9, Some(map)).await;
    assert!(matches!(found.first(), Some(Piece::Unreadable { line: 3, .. })), "{found:?}");
    let Some(Piece::Batch(batch)) = found.get(1) else { panic!("{found:?}") };
    let events: serde_json::Value = serde_json::from_slice(&batch.body).expect("JSON");
    assert_eq!(events[1]["subject"], "external:shop:C");
    assert_eq!(batch.lines, [1, 2]);
}
