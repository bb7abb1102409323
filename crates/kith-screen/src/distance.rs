//! How far two words are apart: edits weighed by how easily they happen between spellings of one name.

#[cfg(test)]
mod tests;

/// Longer words are compared by so many letters.
pub const LETTERS_MAX: usize = 40;

/// What an edit costs, in twentieths of a whole one: small whole numbers are added fast and exactly.
mod cost {
    pub(super) const WHOLE: u16 = 20;
    pub(super) const SWAP: u16 = 18;
    pub(super) const VOWEL: u16 = 14;
    pub(super) const ALIKE: u16 = 12;
    pub(super) const VOWEL_FOR_VOWEL: u16 = 10;
    pub(super) const BREATH: u16 = 8;
    pub(super) const DOUBLED: u16 = 5;
}

/// Letters and digits that are told apart.
const LETTERS: usize = 37;
/// What it costs to write one letter for another.
static EXCHANGE: [[u16; LETTERS]; LETTERS] = exchanges();
/// Letters by their rows in the table.
static ROWS: [u8; 256] = rows();

const fn rows() -> [u8; 256] {
    let mut rows = [36_u8; 256];
    let mut at = 0_u8;
    while at < 26 {
        rows[(b'a' + at) as usize] = at;
        at += 1;
    }
    let mut digit = 0_u8;
    while digit < 10 {
        rows[(b'0' + digit) as usize] = 26 + digit;
        digit += 1;
    }
    rows
}

const fn exchanges() -> [[u16; LETTERS]; LETTERS] {
    let mut table = [[cost::WHOLE; LETTERS]; LETTERS];
    let mut one = 0;
    while one < LETTERS {
        let mut other = 0;
        while other < LETTERS {
            let (left, right) = (letter(one), letter(other));
            if one == other {
                table[one][other] = 0;
            } else if is_vowel(left) && is_vowel(right) {
                table[one][other] = cost::VOWEL_FOR_VOWEL;
            } else if !is_vowel(left) && !is_vowel(right) && class(left) == class(right) {
                table[one][other] = cost::ALIKE;
            }
            other += 1;
        }
        one += 1;
    }
    table
}

const fn letter(row: usize) -> u8 {
    match row {
        0..26 => b'a' + row as u8,
        26..36 => b'0' + (row as u8 - 26),
        _ => 0,
    }
}

/// Weighted distance, or none beyond `max`.
#[must_use]
pub fn within(left: &[u8], right: &[u8], max: f32) -> Option<f32> {
    let (left, right) = (cut(left), cut(right));
    if left == right {
        return Some(0.0);
    }
    let max = (max * f32::from(cost::WHOLE)) as u16;
    // Every letter too many costs at least a doubled one.
    if left.len().abs_diff(right.len()) * usize::from(cost::DOUBLED) > usize::from(max) {
        return None;
    }
    let (mut there, mut more) = ([0_u8; LETTERS_MAX], [0_u16; LETTERS_MAX]);
    let mut rows = [[0_u16; LETTERS_MAX + 1]; 3];
    for (at, letter) in right.iter().enumerate() {
        there[at] = ROWS[usize::from(*letter)];
        more[at] = lone(right, at);
        rows[1][at + 1] = rows[1][at] + more[at];
    }
    for (at, letter) in left.iter().enumerate() {
        let [before, last, next] = &mut rows;
        let gone = lone(left, at);
        next[0] = last[0] + gone;
        let exchange = &EXCHANGE[usize::from(ROWS[usize::from(*letter)])];
        let mut least = next[0];
        for (other, (row, more)) in there.iter().zip(&more).take(right.len()).enumerate() {
            let kept = last[other] + exchange[usize::from(*row)];
            let mut best = kept.min(last[other + 1] + gone).min(next[other] + more);
            if at > 0 && other > 0 && *letter == right[other - 1] && left[at - 1] == right[other] {
                best = best.min(before[other - 1] + cost::SWAP);
            }
            next[other + 1] = best;
            least = least.min(best);
        }
        // A swap may still come from the row before; it costs nearly a whole edit.
        if least > max && last.iter().take(right.len() + 1).all(|cost| *cost + cost::SWAP > max) {
            return None;
        }
        rows.rotate_left(1);
    }
    let cost = rows[1][right.len()];
    (cost <= max).then(|| f32::from(cost) / f32::from(cost::WHOLE))
}

fn cut(word: &[u8]) -> &[u8] {
    word.get(..LETTERS_MAX).unwrap_or(word)
}

/// What it costs that one side has the letter and the other has nothing.
fn lone(word: &[u8], at: usize) -> u16 {
    match word[at] {
        letter if at > 0 && word[at - 1] == letter => cost::DOUBLED,
        b'h' => cost::BREATH,
        letter if is_vowel(letter) => cost::VOWEL,
        _ => cost::WHOLE,
    }
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Consonants that one name is written with now and then, as one letter.
const fn class(letter: u8) -> u8 {
    match letter {
        b'b' | b'p' => b'p',
        b'c' | b'k' | b'q' | b'g' => b'k',
        b'd' | b't' => b't',
        b'f' | b'v' | b'w' => b'v',
        b's' | b'z' | b'x' => b's',
        b'm' | b'n' => b'n',
        other => other,
    }
}

/// A word without vowels, breath and doubled letters, its consonants by their classes. Only whole edits change it.
#[must_use]
pub fn skeleton(word: &[u8]) -> Vec<u8> {
    let word = cut(word);
    let mut out = Vec::with_capacity(word.len());
    for (at, letter) in word.iter().enumerate() {
        let doubled = at > 0 && word[at - 1] == *letter;
        if !doubled && !is_vowel(*letter) && *letter != b'h' {
            out.push(class(*letter));
        }
    }
    out
}

/// The greatest distance at which two words may still be spellings of one, by the letters and the consonants of the
/// shorter one: where few consonants stand, fewer may change.
#[must_use]
pub fn limit(letters: usize, consonants: usize) -> f32 {
    let by_letters = match letters {
        0..=1 => 0.0,
        2 => 0.6,
        3 => 1.0,
        4 => 1.3,
        5..=6 => 1.75,
        7..=9 => 1.95,
        _ => 2.5,
    };
    let by_consonants = match consonants {
        0..=1 => 1.2,
        2..=3 => 1.75,
        _ => 2.5,
    };
    f32::min(by_letters, by_consonants)
}
