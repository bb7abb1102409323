//! Lines and pages: where every line of a paper stands.

use crate::face::Faces;
use crate::{Block, HEIGHT, WIDTH};

const MARGIN: f32 = 62.0;
/// Where the values of fields begin.
const INDENT: f32 = 150.0;
const ITEM: f32 = 14.0;

/// A line where it stands; `y` is its base.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) text: String,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy)]
struct Hand {
    size: f32,
    bold: bool,
    /// Free space above.
    above: f32,
}

const TITLE: Hand = Hand { size: 19.0, bold: true, above: 0.0 };
const HEADING: Hand = Hand { size: 11.5, bold: true, above: 15.0 };
const TEXT: Hand = Hand { size: 9.5, bold: false, above: 6.0 };
const LABEL: Hand = Hand { size: 9.5, bold: true, above: 4.0 };
const FOOT: Hand = Hand { size: 7.5, bold: false, above: 0.0 };

pub(crate) struct Flow<'f> {
    faces: &'f Faces,
    sheets: Vec<Sheet>,
    y: f32,
}

impl<'f> Flow<'f> {
    pub(crate) fn new(faces: &'f Faces) -> Self {
        Self { faces, sheets: vec![Sheet::default()], y: MARGIN }
    }

    /// Lays the blocks out; there is always a page.
    pub(crate) fn lay(mut self, blocks: &[Block]) -> Vec<Sheet> {
        for block in blocks {
            match block {
                Block::Title(text) => {
                    self.write(text, MARGIN, TITLE);
                    self.y += 8.0;
                }
                Block::Heading(text) => {
                    // A heading does not stand alone at the end of a page.
                    self.keep(HEADING.above + 3.0 * leading(HEADING));
                    self.write(text, MARGIN, HEADING);
                }
                Block::Paragraph(text) => self.write(text, MARGIN, TEXT),
                Block::Item(text) => {
                    self.keep(TEXT.above + leading(TEXT));
                    let y = self.y + TEXT.above + TEXT.size;
                    self.place(MARGIN + 2.0, y, TEXT, "•".to_owned());
                    self.write(text, MARGIN + ITEM, TEXT);
                }
                Block::Fields(fields) => fields.iter().for_each(|(name, value)| self.field(name, value)),
            }
        }
        self.sheets
    }

    /// The foot of a page: its text on the left, its number on the right.
    pub(crate) fn foot(mut self, text: &str, number: &str) -> Vec<Line> {
        let y = HEIGHT - MARGIN / 2.0;
        let width = self.faces.text_width(number, FOOT.bold, FOOT.size);
        let room = WIDTH - 3.0 * MARGIN;
        let text = self.broken(text, room, FOOT).into_iter().next().unwrap_or_default();
        self.place(MARGIN, y, FOOT, text);
        self.place(WIDTH - MARGIN - width, y, FOOT, number.to_owned());
        self.sheets.into_iter().flat_map(|sheet| sheet.lines).collect()
    }

    fn field(&mut self, name: &str, value: &str) {
        let names = self.broken(name, INDENT - 10.0, LABEL);
        let values = self.broken(value, WIDTH - 2.0 * MARGIN - INDENT, TEXT);
        self.y += LABEL.above;
        for row in 0..names.len().max(values.len()) {
            self.keep(leading(TEXT));
            let y = self.y + TEXT.size;
            for (lines, x, hand) in [(&names, MARGIN, LABEL), (&values, MARGIN + INDENT, TEXT)] {
                if let Some(text) = lines.get(row) {
                    self.place(x, y, hand, text.clone());
                }
            }
            self.y += leading(TEXT);
        }
    }

    fn write(&mut self, text: &str, x: f32, hand: Hand) {
        self.y += hand.above;
        for line in self.broken(text, WIDTH - MARGIN - x, hand) {
            self.keep(leading(hand));
            let y = self.y + hand.size;
            self.place(x, y, hand, line);
            self.y += leading(hand);
        }
    }

    /// A new page, unless so much still fits on this one.
    fn keep(&mut self, height: f32) {
        if self.y + height > HEIGHT - MARGIN {
            self.sheets.push(Sheet::default());
            self.y = MARGIN;
        }
    }

    fn place(&mut self, x: f32, y: f32, hand: Hand, text: String) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.lines.push(Line { x, y, size: hand.size, bold: hand.bold, text });
        }
    }

    /// A text in lines that are no wider than this.
    fn broken(&self, text: &str, room: f32, hand: Hand) -> Vec<String> {
        let mut lines = Vec::new();
        for row in text.lines() {
            let mut line = String::new();
            for (unit, apart) in units(row) {
                let joined = if apart && !line.is_empty() {
                    format!("{line} {unit}")
                } else {
                    format!("{line}{unit}")
                };
                if self.faces.text_width(&joined, hand.bold, hand.size) <= room {
                    line = joined;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line = self.cut(&unit, room, hand, &mut lines);
            }
            lines.push(line);
        }
        lines
    }

    /// Cuts what is wider than a line between its letters; gives the rest.
    fn cut(&self, unit: &str, room: f32, hand: Hand, lines: &mut Vec<String>) -> String {
        if self.faces.text_width(unit, hand.bold, hand.size) <= room {
            return unit.to_owned();
        }
        let mut line = String::new();
        for letter in unit.chars() {
            let longer = format!("{line}{letter}");
            if self.faces.text_width(&longer, hand.bold, hand.size) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            } else {
                line = longer;
            }
        }
        line
    }
}

fn leading(hand: Hand) -> f32 {
    hand.size * 1.42
}

/// What may not be broken, and whether a blank stands before it. Between ideographs a line may end anywhere.
fn units(row: &str) -> Vec<(String, bool)> {
    let mut units: Vec<(String, bool)> = Vec::new();
    for word in row.split_whitespace() {
        let mut apart = true;
        for letter in word.chars() {
            let wide = matches!(u32::from(letter), 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF);
            let before = units.last().filter(|_| !apart).and_then(|(text, _)| text.chars().last());
            let joins = before.is_some_and(|before| !wide && u32::from(before) < 0x2E80);
            match units.last_mut().filter(|_| joins) {
                Some((text, _)) => text.push(letter),
                None => units.push((letter.to_string(), apart)),
            }
            apart = false;
        }
    }
    units
}
