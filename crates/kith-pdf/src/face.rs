//! The fonts: which one has a letter, and how wide a text is in it.

use std::cell::OnceCell;

use krilla::text::Font;
use rustybuzz::{Face, UnicodeBuffer};

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/DejaVuSans.ttf"),
    include_bytes!("../fonts/DejaVuSans-Bold.ttf"),
    include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("../fonts/DroidSansFallback.ttf"),
];

const REGULAR: usize = 0;
const BOLD: usize = 1;
/// More Chinese and Japanese letters than the next one.
const FALLBACK: usize = 2;
/// Korean.
const HANGUL: usize = 3;

/// Letters in a row that one font has and that run in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) face: usize,
    pub(crate) text: String,
}

/// The fonts, once parsed.
pub(crate) struct Faces {
    faces: Vec<Face<'static>>,
    fonts: [OnceCell<Font>; 4],
    first: Font,
}

impl Faces {
    pub(crate) fn load() -> Option<Self> {
        let faces = FILES.iter().map(|file| Face::from_slice(file, 0)).collect::<Option<Vec<_>>>()?;
        let first = Font::new(FILES[REGULAR].into(), 0)?;
        Some(Self { faces, fonts: Default::default(), first })
    }

    /// The font of a face as the pages embed it; read when it is used for the first time.
    pub(crate) fn font(&self, face: usize) -> Font {
        let file = FILES.get(face).copied();
        let read = || file.and_then(|file| Font::new(file.into(), 0)).unwrap_or_else(|| self.first.clone());
        self.fonts.get(face).map_or_else(|| self.first.clone(), |cell| cell.get_or_init(read).clone())
    }

    fn has(&self, face: usize, letter: char) -> bool {
        self.faces.get(face).is_some_and(|face| face.glyph_index(letter).is_some())
    }

    fn face_of(&self, letter: char, bold: bool) -> Option<usize> {
        let wanted = [if bold { BOLD } else { REGULAR }, REGULAR, FALLBACK, HANGUL];
        wanted.into_iter().find(|face| self.has(*face, letter))
    }

    /// A text cut where the font or the direction changes.
    pub(crate) fn pieces(&self, text: &str, bold: bool) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut backwards = false;
        for letter in text.chars() {
            let neutral = !letter.is_alphabetic();
            let turns = !neutral && is_backwards(letter) != backwards;
            let (face, shown) = match self.face_of(letter, bold) {
                Some(face) => (face, letter.to_string()),
                None if letter.is_control() || is_joiner(letter) => continue,
                None => (if bold { BOLD } else { REGULAR }, format!("U+{:04X}", u32::from(letter))),
            };
            if !neutral {
                backwards = is_backwards(letter);
            }
            match pieces.last_mut() {
                // A blank stays with what stands before it: every font has one.
                Some(last)
                    if !turns && (last.face == face || (letter == ' ' && self.has(last.face, ' '))) =>
                {
                    last.text.push_str(&shown);
                }
                _ => pieces.push(Piece { face, text: shown }),
            }
        }
        pieces
    }

    /// How wide a piece is, in points.
    pub(crate) fn width(&self, piece: &Piece, size: f32) -> f32 {
        let Some(face) = self.faces.get(piece.face) else { return 0.0 };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&piece.text);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        scaled(units, face.units_per_em(), size)
    }

    /// How wide a text is, in points.
    pub(crate) fn text_width(&self, text: &str, bold: bool, size: f32) -> f32 {
        self.pieces(text, bold).iter().map(|piece| self.width(piece, size)).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "advances of one line are far below 2^24")]
fn scaled(units: i32, per_em: i32, size: f32) -> f32 {
    units as f32 / per_em as f32 * size
}

/// Letters of scripts that run from right to left.
fn is_backwards(letter: char) -> bool {
    matches!(u32::from(letter), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// What has no shape of its own: joiners and the choice among shapes of the letter before.
fn is_joiner(letter: char) -> bool {
    matches!(u32::from(letter), 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF)
}
