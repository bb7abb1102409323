//! Tests of the pages.

use super::*;

fn paper(text: &str) -> Paper {
    Paper {
        title: "Agreement".into(),
        language: "en".into(),
        footer: "CT-000001 · ctr_1".into(),
        blocks: vec![
            Block::Title("Agreement".into()),
            Block::Fields(vec![("Customer".into(), text.into())]),
            Block::Heading("1 What is agreed".into()),
            Block::Paragraph(text.into()),
            Block::Item(text.into()),
        ],
    }
}

fn lines(text: &str) -> Vec<String> {
    let faces = Faces::load().unwrap();
    let sheets = Flow::new(&faces).lay(&[Block::Paragraph(text.into())]);
    sheets.into_iter().flat_map(|sheet| sheet.lines).map(|line| line.text).collect()
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let first = write(&paper("Acme GmbH")).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, write(&paper("Acme GmbH")).unwrap());
    assert_ne!(first, write(&paper("Acme AG")).unwrap());
}

#[test]
fn every_script_is_written() {
    for text in [
        "Łódź Český Ñandú",
        "Ελλάδα",
        "Москва Київ",
        "שלום עולם",
        "مرحبا بالعالم",
        "上海物流有限公司 株式会社 주식회사",
        "€ ½ …",
    ] {
        assert!(write(&paper(text)).unwrap().len() > 2_000, "{text}");
        let faces = Faces::load().unwrap();
        let drawn: String = faces.pieces(text, true).into_iter().map(|piece| piece.text).collect();
        assert_eq!(drawn, text, "every letter has a shape");
    }
}

#[test]
fn a_letter_without_a_shape_is_written_as_its_number() {
    let faces = Faces::load().unwrap();
    let drawn: String = faces.pieces("a\u{12000}b", false).into_iter().map(|piece| piece.text).collect();
    assert_eq!(drawn, "aU+12000b");
    write(&paper("\u{12000}\u{0}\u{7}")).unwrap();
}

#[test]
fn long_text_runs_over_lines_and_pages() {
    let words = "word ".repeat(4_000);
    let faces = Faces::load().unwrap();
    let sheets = Flow::new(&faces).lay(&[Block::Paragraph(words)]);
    assert!(sheets.len() > 3);
    let kept: usize =
        sheets.iter().flat_map(|sheet| &sheet.lines).map(|line| line.text.split(' ').count()).sum();
    assert_eq!(kept, 4_000);
    for line in sheets.iter().flat_map(|sheet| &sheet.lines) {
        assert!(line.x + faces.text_width(&line.text, line.bold, line.size) <= WIDTH - 60.0);
        assert!(line.y < HEIGHT - 60.0);
    }
}

#[test]
fn words_that_are_too_long_and_ideographs_break_between_letters() {
    let long = "x".repeat(500);
    assert_eq!(lines(&long).concat(), long);
    assert!(lines(&long).len() > 4);
    let wide = "合同".repeat(200);
    assert_eq!(lines(&wide).concat(), wide);
    assert_eq!(lines("one\n\ntwo"), ["one", "", "two"]);
}

#[test]
fn nothing_at_all_is_a_page() {
    assert!(write(&Paper::default()).unwrap().starts_with(b"%PDF-"));
}
