//! Which words of one name are which words of another.

use crate::distance::{limit, within};
use crate::name::{Name, Role, Token, is_found};
use crate::normalise::words::nickname;

/// How alike words count that are not compared by their letters.
mod like {
    pub(super) const NICKNAME: f32 = 0.85;
    pub(super) const INITIAL: f32 = 0.85;
    pub(super) const NUMBERS: f32 = 0.2;
    pub(super) const ABJAD: f32 = 0.9;
    pub(super) const ABJAD_SHORT: f32 = 0.75;
}
/// What an edit takes, of a likeness of 1: `1 − distance / (BASE + SLOPE · letters)`.
const BASE: f32 = 1.0;
const SLOPE: f32 = 0.42;
/// Being alike goes before being heavy: words written together are heavy.
const RANK: i32 = 4;

/// How alike two words are, 0 to 1; 0 if they are no spellings of one another.
#[must_use]
pub fn likeness(left: &Token, right: &Token) -> f32 {
    if left.text == right.text {
        return 1.0;
    }
    match (left.role, right.role) {
        (Role::Number(left), Role::Number(right)) => return if left == right { 1.0 } else { like::NUMBERS },
        (Role::Number(_), _) | (_, Role::Number(_)) => return 0.0,
        (Role::Initial, Role::Initial) => return 0.0,
        (Role::Initial, _) | (_, Role::Initial) => {
            let same = left.text.as_bytes().first() == right.text.as_bytes().first();
            return if same && left.role != Role::Light && right.role != Role::Light {
                like::INITIAL
            } else {
                0.0
            };
        }
        _ => {}
    }
    if left.abjad || right.abjad {
        return abjad(left, right);
    }
    let letters = left.text.len().min(right.text.len());
    let most = limit(letters, left.skeleton.len().min(right.skeleton.len()));
    let is_near = left.letters.apart(right.letters) <= most;
    let spelled = is_near
        .then(|| within(left.text.as_bytes(), right.text.as_bytes(), most))
        .flatten()
        .map_or(0.0, |distance| {
            let longer = left.text.len().max(right.text.len()) as f32;
            (1.0 - distance / (BASE + SLOPE * longer)).max(0.0)
        });
    let short = nickname(&left.text).is_some_and(|group| nickname(&right.text) == Some(group));
    if short { spelled.max(like::NICKNAME) } else { spelled }
}

/// Without vowels only consonants can be compared, and all of them must be there.
fn abjad(left: &Token, right: &Token) -> f32 {
    const CONSONANTS_MIN: usize = 3;
    // The letter for `w` stands for a vowel as well, and one that is said twice is written once.
    fn sure(token: &Token) -> Vec<u8> {
        let mut letters: Vec<u8> = token.skeleton.iter().copied().filter(|letter| *letter != b'v').collect();
        letters.dedup();
        letters
    }
    let (mut one, mut other) = (sure(left), sure(right));
    // The ending of women's names and of many nouns is a `t` only where a word follows.
    if one.len().abs_diff(other.len()) == 1 {
        let longer = if one.len() > other.len() { &mut one } else { &mut other };
        if longer.last() == Some(&b't') {
            longer.pop();
        }
    }
    if one.len() < 2 || one != other {
        return 0.0;
    }
    if one.len() >= CONSONANTS_MIN { like::ABJAD } else { like::ABJAD_SHORT }
}

/// Words of the left that are words of the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// First word on the left, and how many.
    pub left: (usize, usize),
    /// First word on the right, and how many.
    pub right: (usize, usize),
    /// How alike they are.
    pub likeness: f32,
    /// What they weigh on the left.
    left_weight: f32,
    /// What they weigh on the right.
    right_weight: f32,
}

/// How two names lie beside one another.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// The words that go together.
    pub links: Vec<Link>,
    /// What the linked words weigh, mean of both sides.
    pub linked: f32,
    /// The same, each by its likeness.
    pub alike: f32,
    /// What words weigh that stand on the left alone.
    pub left_alone: f32,
    /// What words weigh that stand on the right alone.
    pub right_alone: f32,
    /// Core words that are linked.
    pub cores: usize,
    /// Whether words are linked that tell something: initials and joining words alone make no likeness.
    pub anchored: bool,
}

/// Lays two names beside one another: the most alike and heaviest words first.
#[must_use]
pub fn align(left: &Name, right: &Name) -> Alignment {
    let mut found = candidates(left, right);
    found.sort_by(|one, other| {
        let rank = |link: &Link| link.likeness.powi(RANK) * (link.left_weight + link.right_weight);
        rank(other).total_cmp(&rank(one)).then(one.left.cmp(&other.left)).then(one.right.cmp(&other.right))
    });
    let (mut left_free, mut right_free) = (vec![true; left.tokens.len()], vec![true; right.tokens.len()]);
    let mut alignment = Alignment::default();
    for link in found {
        let all = |free: &[bool], (at, count): (usize, usize)| free[at..at + count].iter().all(|free| *free);
        if !all(&left_free, link.left) || !all(&right_free, link.right) {
            continue;
        }
        left_free[link.left.0..link.left.0 + link.left.1].fill(false);
        right_free[link.right.0..link.right.0 + link.right.1].fill(false);
        let weight = f32::midpoint(link.left_weight, link.right_weight);
        alignment.linked += weight;
        alignment.alike += weight * link.likeness;
        let core = |token: &Token| token.role == Role::Core;
        let of = |name: &Name, (at, count): (usize, usize)| {
            name.tokens[at..at + count].iter().filter(|token| core(token)).count()
        };
        alignment.cores += of(left, link.left).max(of(right, link.right));
        let tells =
            |name: &Name, (at, count): (usize, usize)| name.tokens[at..at + count].iter().any(is_found);
        alignment.anchored |= tells(left, link.left) && tells(right, link.right);
        alignment.links.push(link);
    }
    let alone = |name: &Name, free: &[bool]| -> f32 {
        name.tokens.iter().zip(free).filter(|(_, free)| **free).map(|(token, _)| token.weight).sum()
    };
    alignment.left_alone = alone(left, &left_free);
    alignment.right_alone = alone(right, &right_free);
    alignment
}

fn candidates(left: &Name, right: &Name) -> Vec<Link> {
    let mut found = Vec::new();
    let weight = |name: &Name, at: usize, count: usize| -> f32 {
        name.tokens[at..at + count].iter().map(|token| token.weight).sum()
    };
    let mut push = |one: (usize, usize), other: (usize, usize), likeness: f32| {
        if likeness > 0.0 {
            let (left_weight, right_weight) = (weight(left, one.0, one.1), weight(right, other.0, other.1));
            found.push(Link { left: one, right: other, likeness, left_weight, right_weight });
        }
    };
    for (at, token) in left.tokens.iter().enumerate() {
        for (other, there) in right.tokens.iter().enumerate() {
            push((at, 1), (other, 1), likeness(token, there));
        }
        for join in right.joins.iter().filter(|_| token.role != Role::Initial) {
            push((at, 1), (join.at, join.count), likeness(token, &join.token));
        }
    }
    for join in &left.joins {
        let whole = right.tokens.iter().enumerate().filter(|(_, there)| there.role != Role::Initial);
        for (other, there) in whole {
            push((join.at, join.count), (other, 1), likeness(&join.token, there));
        }
        // The same letters parted elsewhere (`al dulrahman`, `abdul rahman`).
        for other in &right.joins {
            if join.token.text == other.token.text {
                push((join.at, join.count), (other.at, other.count), 1.0);
            }
        }
    }
    found
}
