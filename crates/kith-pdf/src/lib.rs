//! Text as pages of paper: the same paper gives the same bytes, so that a digest of them can be signed.
//!
//! Fonts come with the crate: `DejaVu` Sans for most scripts, Droid Sans Fallback for Chinese, Japanese and Korean. A letter
//! that neither has is written as its number, `U+1F600`: nothing that was signed is left out in silence.

mod face;
mod flow;

use std::fmt;

use krilla::color::rgb;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use face::Faces;
use flow::{Flow, Sheet};

/// A part of a paper, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What the paper is.
    Title(String),
    /// What follows.
    Heading(String),
    /// Running text; line breaks are kept.
    Paragraph(String),
    /// One of several points.
    Item(String),
    /// Names on the left, values on the right.
    Fields(Vec<(String, String)>),
}

/// What is to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its title, for the reader's window.
    pub title: String,
    /// Its language, BCP 47.
    pub language: String,
    /// What stands at the foot of every page, before its number.
    pub footer: String,
    /// The content.
    pub blocks: Vec<Block>,
}

/// The paper could not be written: a font of ours is damaged.
#[derive(Debug)]
pub struct Unwritten(String);

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pages could not be written: {}", self.0)
    }
}

impl std::error::Error for Unwritten {}

/// A4, in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;

/// Writes a paper as PDF. No clock and no chance come in: the same paper gives the same bytes.
///
/// # Errors
/// [`Unwritten`] when a font of this crate is damaged.
pub fn write(paper: &Paper) -> Result<Vec<u8>, Unwritten> {
    let faces = Faces::load().ok_or_else(|| Unwritten("a font cannot be read".to_owned()))?;
    let sheets = Flow::new(&faces).lay(&paper.blocks);
    let mut document = Document::new_with(SerializeSettings::default());
    let metadata = Metadata::new().title(paper.title.clone()).creator("Kith".to_owned());
    document.set_metadata(if paper.language.is_empty() {
        metadata
    } else {
        metadata.language(paper.language.clone())
    });
    let count = sheets.len();
    for (index, sheet) in sheets.iter().enumerate() {
        let number = format!("{} / {count}", index.saturating_add(1));
        draw(&mut document, &faces, sheet, &[&paper.footer, &number])?;
    }
    document.finish().map_err(|error| Unwritten(format!("{error:?}")))
}

fn draw(
    document: &mut Document,
    faces: &Faces,
    sheet: &Sheet,
    [footer, number]: &[&str; 2],
) -> Result<(), Unwritten> {
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Unwritten("no page".to_owned()))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let foot = Flow::new(faces).foot(footer, number);
    for (lines, tone) in [(&sheet.lines, 0_u8), (&foot, 96)] {
        let paint = rgb::Color::new(tone, tone, tone).into();
        surface.set_fill(Some(Fill {
            paint,
            opacity: NormalizedF32::ONE,
            rule: krilla::paint::FillRule::NonZero,
        }));
        for line in lines {
            let mut x = line.x;
            for piece in faces.pieces(&line.text, line.bold) {
                let font = faces.font(piece.face);
                let direction = TextDirection::Auto;
                surface.draw_text(Point::from_xy(x, line.y), font, line.size, &piece.text, false, direction);
                x += faces.width(&piece, line.size);
            }
        }
    }
    surface.finish();
    page.finish();
    Ok(())
}

#[cfg(test)]
mod tests;
