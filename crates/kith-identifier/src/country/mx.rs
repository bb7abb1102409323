//! Mexico: RFC and CURP.

use crate::check::modulo;
use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, birthday, checksum, component, format, index, is_digits, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("mx.curp", curp), ("mx.rfc", rfc)];

/// Initials that are never given because they form a word; the RFC and the CURP keep lists of their own.
const WORDS: &str = "BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COJA COJE COJI COJO CULO FETO GUEY JOTO KACA KACO KAGA \
    KAGO KAKA KOGE KOJO KULO MAME MAMO MEAR MEAS MEON MION MOCO MULA PEDA PEDO PENE PUTA PUTO QULO RATA RUIN";
const WORDS_OF_CURP: &str = "BACA BAKA COGI COLA FALO GETA GUEI JETA KAKO KOGI KOJA KOJE KOJI KOLA LILO LOCA LOCO LOKA \
    LOKO MIAR MOKO MULO NACA NACO PIPI PITO POPO ROBA ROBE ROBO SENO TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY";
const STATES: &str =
    "AS BC BS CC CH CL CM CS DF DG GR GT HG JC MC MN MS NE NL NT OC PL QR QT SL SP SR TC TL TS VZ YN ZS";

/// The tax number: initials (four letters for persons, three for companies), a day, and the homoclave.
fn rfc(raw: Raw) -> Checked {
    let number = raw.without("-_ ").upper();
    let letters = match number.len() {
        10 | 13 => 4,
        12 => 3,
        _ => return Err(Fault::Length),
    };
    let head: String = number.as_str().chars().take(letters).collect();
    let tail = Number::new(number.as_str().chars().skip(letters).collect::<String>());
    format(head.chars().all(|letter| letter.is_ascii_uppercase() || "&Ñ".contains(letter)))?;
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    format(is_digits(tail.part(..6)) && matches!(tail.len(), 6 | 9) && plain(tail.part(6..)))?;
    component(letters == 3 || !listed(WORDS, &head))?;
    birthday(2000 + tail.value(..2), tail.value(2..4), tail.value(4..6))?;
    number.done()
}

/// The person's code: initials, birthday, sex, state, consonants, century and serial, check digit.
fn curp(raw: Raw) -> Checked {
    let number = raw.without("-_ ").upper().sized(&[18])?.form("AAAA999999AAAAAAX9")?;
    component(!listed(WORDS, number.part(..4)) && !listed(WORDS_OF_CURP, number.part(..4)))?;
    let century = if number.at(16) < 10 { 1900 } else { 2000 };
    birthday(century + number.value(4..6), number.value(6..8), number.value(8..10))?;
    component(matches!(number.letter(10), 'H' | 'M') && listed(STATES, number.part(11..13)))?;
    let alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ";
    let places = number.as_str().chars().zip((2..=18).rev());
    let sum: i64 = places.map(|(letter, weight)| index(alphabet, letter).unwrap_or(0) * weight).sum();
    checksum(number.at(17) == modulo(-sum, 10))?;
    number.done()
}
