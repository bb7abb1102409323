//! `matches("…")`: a small, safe part of RE2 syntax, run in time linear in the text.
//!
//! Literals, `.`, classes `[a-z]`, `\d \w \s` and their opposites, groups, `|`, `* + ?`, `^`, `$`, and `(?i)` at
//! the beginning. Everything else is refused by name.

use std::collections::BTreeSet;

/// Longest pattern in characters.
pub(crate) const LENGTH_MAX: usize = 256;
/// Deepest groups.
const GROUPS_MAX: usize = 16;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    fold: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    One(Class),
    /// Try both places.
    Fork(usize, usize),
    Jump(usize),
    Start,
    End,
    Found,
}

#[derive(Debug, Clone, PartialEq)]
struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
}

impl Class {
    fn one(c: char) -> Self {
        Self { negated: false, ranges: vec![(c, c)] }
    }

    fn holds(&self, c: char) -> bool {
        self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != self.negated
    }
}

impl Pattern {
    /// Compiles a pattern, or says what is not supported.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
        if text.chars().count() > LENGTH_MAX {
            return Err(format!("a pattern has at most {LENGTH_MAX} characters"));
        }
        let (fold, body) = text.strip_prefix("(?i)").map_or((false, text), |rest| (true, rest));
        let mut reader = Reader { rest: body.chars().collect(), next: 0, groups: 0, fold };
        let mut steps = reader.either()?;
        if reader.next < reader.rest.len() {
            return Err("a closing bracket has no opening one".to_owned());
        }
        steps.push(Step::Found);
        Ok(Self { steps, fold })
    }

    /// Whether the pattern is found anywhere in the text.
    pub(crate) fn found(&self, text: &str) -> bool {
        let mut here = BTreeSet::new();
        let mut chars = text.chars();
        let mut first = true;
        loop {
            let next = chars.next();
            if self.enter(0, first, next.is_none(), &mut here) {
                return true;
            }
            let Some(c) = next else { return false };
            let c = if self.fold { lower(c) } else { c };
            let last = chars.as_str().is_empty();
            let mut there = BTreeSet::new();
            for step in &here {
                if let Some(Step::One(class)) = self.steps.get(*step)
                    && class.holds(c)
                    && self.enter(step + 1, false, last, &mut there)
                {
                    return true;
                }
            }
            here = there;
            first = false;
        }
    }

    /// Adds a step and all that follow without reading; says whether the pattern is found.
    fn enter(&self, step: usize, first: bool, last: bool, into: &mut BTreeSet<usize>) -> bool {
        let mut open = vec![step];
        while let Some(step) = open.pop() {
            if !into.insert(step) {
                continue;
            }
            match self.steps.get(step) {
                Some(Step::Fork(a, b)) => open.extend([*b, *a]),
                Some(Step::Jump(to)) => open.push(*to),
                Some(Step::Start) if first => open.push(step + 1),
                Some(Step::End) if last => open.push(step + 1),
                Some(Step::Found) => return true,
                _ => {}
            }
        }
        false
    }
}

fn lower(c: char) -> char {
    let mut lowered = c.to_lowercase();
    lowered.next().filter(|_| lowered.next().is_none()).unwrap_or(c)
}

struct Reader {
    rest: Vec<char>,
    next: usize,
    groups: usize,
    fold: bool,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.next).copied()
    }

    fn take(&mut self) -> Option<char> {
        let found = self.peek();
        self.next += usize::from(found.is_some());
        found
    }

    /// `a|b|c`.
    fn either(&mut self) -> Result<Vec<Step>, String> {
        let mut left = self.sequence()?;
        while self.peek() == Some('|') {
            self.next += 1;
            let right = self.sequence()?;
            let mut both = vec![Step::Fork(1, left.len() + 2)];
            append(&mut both, left);
            both.push(Step::Jump(both.len() + 1 + right.len()));
            append(&mut both, right);
            left = both;
        }
        Ok(left)
    }

    fn sequence(&mut self) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            self.next += 1;
            let atom = self.atom(c)?;
            let atom = self.repeated(atom)?;
            append(&mut steps, atom);
        }
        Ok(steps)
    }

    fn atom(&mut self, c: char) -> Result<Vec<Step>, String> {
        let class = match c {
            '(' => return self.group(),
            '^' => return Ok(vec![Step::Start]),
            '$' => return Ok(vec![Step::End]),
            '*' | '+' | '?' => return Err(format!("{c} has nothing to repeat")),
            '{' => return Err("counted repeats such as {2,3} are not supported".to_owned()),
            '.' => Class { negated: true, ranges: vec![('\n', '\n')] },
            '[' => self.class()?,
            '\\' => self.escape()?,
            c => Class::one(if self.fold { lower(c) } else { c }),
        };
        Ok(vec![Step::One(class)])
    }

    fn group(&mut self) -> Result<Vec<Step>, String> {
        if self.peek() == Some('?') {
            self.next += 1;
            if self.take() != Some(':') {
                return Err("groups with (? are not supported, but (?:…) and a leading (?i)".to_owned());
            }
        }
        self.groups += 1;
        if self.groups > GROUPS_MAX {
            return Err(format!("a pattern has at most {GROUPS_MAX} groups"));
        }
        let inner = self.either()?;
        if self.take() == Some(')') { Ok(inner) } else { Err("a group does not end".to_owned()) }
    }

    fn repeated(&mut self, atom: Vec<Step>) -> Result<Vec<Step>, String> {
        let Some(mark) = self.peek().filter(|c| matches!(c, '*' | '+' | '?' | '{')) else { return Ok(atom) };
        self.next += 1;
        if mark == '{' {
            return Err("counted repeats such as {2,3} are not supported".to_owned());
        }
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err("a repeat of a repeat is not supported".to_owned());
        }
        let len = atom.len();
        let mut steps = Vec::with_capacity(len + 2);
        if mark == '+' {
            append(&mut steps, atom);
            steps.push(Step::Fork(0, len + 1));
            return Ok(steps);
        }
        let after = if mark == '*' { len + 2 } else { len + 1 };
        steps.push(Step::Fork(1, after));
        append(&mut steps, atom);
        if mark == '*' {
            steps.push(Step::Jump(0));
        }
        Ok(steps)
    }

    fn class(&mut self) -> Result<Class, String> {
        let unended = || "a class [ does not end".to_owned();
        let negated = self.peek() == Some('^');
        self.next += usize::from(negated);
        let mut ranges = Vec::new();
        loop {
            let low = match self.take().ok_or_else(unended)? {
                ']' if !ranges.is_empty() => return Ok(Class { negated, ranges }),
                '\\' => {
                    let class = self.escape()?;
                    match (class.negated, class.ranges.as_slice()) {
                        (false, &[(c, d)]) if c == d => c,
                        (false, several) => {
                            ranges.extend_from_slice(several);
                            continue;
                        }
                        (true, _) => return Err("\\D, \\W and \\S inside [ ] are not supported".to_owned()),
                    }
                }
                c => c,
            };
            let dash = self.peek() == Some('-') && self.rest.get(self.next + 1).is_some_and(|c| *c != ']');
            let high = if dash {
                self.next += 1;
                self.take().ok_or_else(unended)?
            } else {
                low
            };
            if high < low || (dash && high == '\\') {
                return Err(format!("{low}-{high} is no range"));
            }
            ranges.push((low, high));
            if self.fold && low.is_alphabetic() {
                ranges.push((lower(low), lower(high)));
            }
        }
    }

    fn escape(&mut self) -> Result<Class, String> {
        let c = self.take().ok_or_else(|| "the pattern ends in a backslash".to_owned())?;
        let ranges = match c.to_ascii_lowercase() {
            'd' => vec![('0', '9')],
            'w' => vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
            's' => vec![(' ', ' '), ('\t', '\r')],
            _ if c.is_ascii_alphanumeric() => return Err(format!("\\{c} is not supported")),
            _ => return Ok(Class::one(c)),
        };
        Ok(Class { negated: c.is_ascii_uppercase(), ranges })
    }
}

/// Appends steps whose places count from their own beginning.
fn append(steps: &mut Vec<Step>, more: Vec<Step>) {
    let base = steps.len();
    steps.extend(more.into_iter().map(|step| match step {
        Step::Fork(a, b) => Step::Fork(a + base, b + base),
        Step::Jump(to) => Step::Jump(to + base),
        step => step,
    }));
}

#[cfg(test)]
mod tests;
