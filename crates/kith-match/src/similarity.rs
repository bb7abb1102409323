//! How alike two texts are: Jaro–Winkler, Damerau–Levenshtein and sets of tokens.

#[cfg(test)]
mod tests;

/// Texts are compared by this many first letters: a bound on what a hostile cell can cost.
const LETTERS_MAX: usize = 128;
/// What a common letter at the beginning adds, of the distance that is left.
const PREFIX_SCALE: f64 = 0.1;
const PREFIX_MAX: usize = 4;
/// Below this the beginning adds nothing: two texts that only begin alike are not alike.
const BOOST_FROM: f64 = 0.7;

/// Jaro–Winkler similarity, 0 to 1.
#[must_use]
pub fn jaro_winkler(left: &str, right: &str) -> f64 {
    if left.is_ascii() && right.is_ascii() {
        return winkler(cut(left.as_bytes()), cut(right.as_bytes()));
    }
    winkler(cut(&letters(left)), cut(&letters(right)))
}

/// Damerau–Levenshtein distance in its optimal-alignment form (insert, delete, substitute, swap neighbours),
/// none if it is greater than `max`.
#[must_use]
pub fn edits_within(left: &str, right: &str, max: usize) -> Option<usize> {
    if left.is_ascii() && right.is_ascii() {
        return edits(cut(left.as_bytes()), cut(right.as_bytes()), max);
    }
    edits(cut(&letters(left)), cut(&letters(right)), max)
}

/// Dice's coefficient over the tokens of two texts, 0 to 1; a token that stands twice counts once.
#[must_use]
pub fn token_set(left: &str, right: &str) -> f64 {
    let (mut left, mut right): (Vec<&str>, Vec<&str>) =
        (left.split_ascii_whitespace().collect(), right.split_ascii_whitespace().collect());
    for tokens in [&mut left, &mut right] {
        tokens.sort_unstable();
        tokens.dedup();
    }
    let common = left.iter().filter(|token| right.binary_search(token).is_ok()).count();
    let all = left.len() + right.len();
    if all == 0 { 0.0 } else { ratio(2 * common, all) }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().take(LETTERS_MAX).collect()
}

fn cut<T>(letters: &[T]) -> &[T] {
    &letters[..letters.len().min(LETTERS_MAX)]
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn winkler<T: PartialEq + Copy>(left: &[T], right: &[T]) -> f64 {
    let jaro = jaro(left, right);
    if jaro < BOOST_FROM {
        return jaro;
    }
    let prefix = left.iter().zip(right).take(PREFIX_MAX).take_while(|(left, right)| left == right).count();
    jaro + prefix as f64 * PREFIX_SCALE * (1.0 - jaro)
}

/// Letters in common within half the longer text, less half of those that stand in another order.
fn jaro<T: PartialEq + Copy>(left: &[T], right: &[T]) -> f64 {
    if left.is_empty() || right.is_empty() {
        return if left.len() == right.len() { 1.0 } else { 0.0 };
    }
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let (mut taken_left, mut taken_right) = (0_u128, 0_u128);
    for (at, letter) in left.iter().enumerate() {
        let from = at.saturating_sub(reach);
        let to = (at + reach + 1).min(right.len());
        let free = |place: &usize| taken_right >> place & 1 == 0 && right[*place] == *letter;
        if let Some(place) = (from..to).find(free) {
            taken_left |= 1 << at;
            taken_right |= 1 << place;
        }
    }
    let common = taken_left.count_ones() as usize;
    if common == 0 {
        return 0.0;
    }
    let displaced = displaced(left, right, taken_left, taken_right);
    let in_order = common as f64 - displaced as f64 / 2.0;
    (ratio(common, left.len()) + ratio(common, right.len()) + in_order / common as f64) / 3.0
}

fn displaced<T: PartialEq + Copy>(left: &[T], right: &[T], mut of_left: u128, mut of_right: u128) -> usize {
    let mut displaced = 0;
    while of_left != 0 && of_right != 0 {
        let (at, place) = (of_left.trailing_zeros() as usize, of_right.trailing_zeros() as usize);
        displaced += usize::from(left[at] != right[place]);
        of_left &= of_left - 1;
        of_right &= of_right - 1;
    }
    displaced
}

fn edits<T: PartialEq + Copy>(left: &[T], right: &[T], max: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > max {
        return None;
    }
    let begin = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[begin..], &right[begin..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[..left.len() - end], &right[..right.len() - end]);
    let longer = left.len().max(right.len());
    if left.is_empty() || right.is_empty() || longer == 1 {
        return (longer <= max).then_some(longer);
    }
    if max == 1 {
        let swapped = left.len() == 2 && right.len() == 2 && left[0] == right[1] && left[1] == right[0];
        return swapped.then_some(1);
    }
    table(left, right, max)
}

/// Three rows of the usual table: the swap looks two back.
fn table<T: PartialEq + Copy>(left: &[T], right: &[T], max: usize) -> Option<usize> {
    let mut before = [0_usize; LETTERS_MAX + 1];
    let mut last: [usize; LETTERS_MAX + 1] = std::array::from_fn(|at| at);
    let mut row = [0_usize; LETTERS_MAX + 1];
    for (at, letter) in left.iter().enumerate() {
        row[0] = at + 1;
        let mut least = row[0];
        for (place, other) in right.iter().enumerate() {
            let mut cost = (last[place] + usize::from(letter != other)).min(last[place + 1] + 1);
            cost = cost.min(row[place] + 1);
            if at > 0 && place > 0 && *letter == right[place - 1] && left[at - 1] == *other {
                cost = cost.min(before[place - 1] + 1);
            }
            row[place + 1] = cost;
            least = least.min(cost);
        }
        if least > max {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    let distance = last[right.len()];
    (distance <= max).then_some(distance)
}
