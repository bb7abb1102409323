//! The typed form of a filter: every name resolved, every meeting of kinds made explicit.

use std::sync::Arc;

use kith_domain::value::Money;

use crate::ast::BinaryOp;
use crate::catalogue::FieldIndex;
use crate::pattern::Pattern;
use crate::value::Value;

/// How the values of a field are read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    Bool,
    Int,
    Double,
    Money,
    Date,
    Time,
    Enum(Arc<[String]>),
    Text,
    TextList,
    Map,
}

/// A named function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Size,
    ToText,
    ToInt,
    ToUint,
    ToDouble,
    /// A number as an amount of the organisation's currency, which has so many decimals.
    ToMoney(u8),
    /// The first moment of a date in UTC.
    ToTime,
    Days,
    Contains,
    StartsWith,
    EndsWith,
}

/// A typed expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Term {
    Const(Value),
    /// A value that is missing in every row.
    Nothing,
    Field(FieldIndex, Slot),
    /// One value of a map field; the key is a text.
    Entry(FieldIndex, Box<Term>),
    Today,
    Me,
    /// An amount of another currency, worth what the day's rate says.
    Foreign(Money),
    /// The variable of a macro, counted from the outermost.
    Local(usize),
    List(Vec<Term>),
    Map(Vec<(Term, Term)>),
    Index(Box<Term>, Box<Term>),
    Has(Box<Term>),
    Not(Box<Term>),
    Negate(Box<Term>),
    Compare(BinaryOp, Box<Term>, Box<Term>),
    In(Box<Term>, Box<Term>),
    Arithmetic(BinaryOp, Box<Term>, Box<Term>),
    All(Vec<Term>),
    Any(Vec<Term>),
    Choice(Box<Term>, Box<Term>, Box<Term>),
    Call(Function, Vec<Term>),
    Matches(Box<Term>, Arc<Pattern>),
    /// Whether the body holds for some (false) or every (true) item of a list.
    Each(bool, Box<Term>, Box<Term>),
}

impl Term {
    /// The terms directly below.
    pub(crate) fn below(&self) -> Vec<&Self> {
        match self {
            Self::Const(_)
            | Self::Nothing
            | Self::Field(..)
            | Self::Today
            | Self::Me
            | Self::Foreign(_)
            | Self::Local(_) => Vec::new(),
            Self::Entry(_, one)
            | Self::Has(one)
            | Self::Not(one)
            | Self::Negate(one)
            | Self::Matches(one, _) => {
                vec![one]
            }
            Self::List(many) | Self::All(many) | Self::Any(many) | Self::Call(_, many) => {
                many.iter().collect()
            }
            Self::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
            Self::Index(a, b)
            | Self::Compare(_, a, b)
            | Self::In(a, b)
            | Self::Arithmetic(_, a, b)
            | Self::Each(_, a, b) => vec![a, b],
            Self::Choice(a, b, c) => vec![a, b, c],
        }
    }

    /// About how many steps one row takes.
    pub(crate) fn cost(&self) -> u64 {
        let each = match self {
            Self::Each(_, list, body) => {
                let items = match &**list {
                    Self::List(items) => items.len() as u64,
                    _ => 32,
                };
                items.saturating_mul(body.cost())
            }
            Self::Matches(..) => 64,
            _ => 0,
        };
        self.below().iter().fold(each.saturating_add(1), |sum, term| sum.saturating_add(term.cost()))
    }

    /// The fields read, ascending.
    pub(crate) fn fields(&self) -> Vec<FieldIndex> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(term) = open.pop() {
            if let Self::Field(index, _) | Self::Entry(index, _) = term {
                found.push(*index);
            }
            open.extend(term.below());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
