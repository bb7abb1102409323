//! Tokens → syntax tree: an operator-precedence parser with bounded length and depth.

mod operand;

use crate::ast::{BinaryOp, Expr, Node, UnaryOp};
use crate::error::{Error, Span};
use crate::lex::{Kind, Token, tokens};

/// Longest filter in bytes.
pub const LENGTH_MAX: usize = 8 * 1024;
/// Deepest nesting of brackets, operators and calls.
pub const DEPTH_MAX: usize = 64;

/// Reads one expression.
///
/// # Errors
/// The first fault, with its place.
pub fn parse(text: &str) -> Result<Expr, Error> {
    if text.len() > LENGTH_MAX {
        let span = Span::between(LENGTH_MAX, text.len());
        return Err(Error::new(span, "too_long", format!("a filter has at most {LENGTH_MAX} bytes")));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
    let tree = parser.expression()?;
    match parser.peek() {
        Kind::End => Ok(tree.expr),
        _ => {
            Err(parser.unexpected("the filter goes on after it is complete", "join conditions with && or ||"))
        }
    }
}

/// An expression and how deep it is, so that no later walk can run out of stack.
struct Tree {
    expr: Expr,
    depth: usize,
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    /// Brackets and prefixes around the place being read.
    depth: usize,
}

/// Binding powers, weakest first: `||`, `&&`, relations, sums, products.
fn binding(mark: &Kind) -> Option<(u8, Infix)> {
    let (power, infix) = match mark {
        Kind::Mark("||") => (1, Infix::Any),
        Kind::Mark("&&") => (2, Infix::All),
        Kind::Mark("==") => (3, Infix::Binary(BinaryOp::Equal)),
        Kind::Mark("!=") => (3, Infix::Binary(BinaryOp::NotEqual)),
        Kind::Mark("<") => (3, Infix::Binary(BinaryOp::Less)),
        Kind::Mark("<=") => (3, Infix::Binary(BinaryOp::LessEqual)),
        Kind::Mark(">") => (3, Infix::Binary(BinaryOp::Greater)),
        Kind::Mark(">=") => (3, Infix::Binary(BinaryOp::GreaterEqual)),
        Kind::Name(word) if word == "in" => (3, Infix::Binary(BinaryOp::In)),
        Kind::Mark("+") => (4, Infix::Binary(BinaryOp::Add)),
        Kind::Mark("-") => (4, Infix::Binary(BinaryOp::Subtract)),
        Kind::Mark("*") => (5, Infix::Binary(BinaryOp::Multiply)),
        Kind::Mark("/") => (5, Infix::Binary(BinaryOp::Divide)),
        Kind::Mark("%") => (5, Infix::Binary(BinaryOp::Remainder)),
        _ => return None,
    };
    Some((power, infix))
}

#[derive(Clone, Copy)]
enum Infix {
    Any,
    All,
    Binary(BinaryOp),
}

impl Parser {
    fn peek(&self) -> &Kind {
        self.tokens.get(self.next).map_or(&Kind::End, |token| &token.kind)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.next).or(self.tokens.last()).map(|token| token.span).unwrap_or_default()
    }

    fn advance(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    /// Steps over a mark if it is next.
    fn accept(&mut self, mark: &'static str) -> bool {
        let found = *self.peek() == Kind::Mark(mark);
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, mark: &'static str) -> Result<Span, Error> {
        let span = self.span();
        if self.accept(mark) {
            Ok(span)
        } else {
            Err(self.unexpected(&format!("{mark} is missing here"), ""))
        }
    }

    fn unexpected(&self, message: &str, hint: &str) -> Error {
        let found = match self.peek() {
            Kind::End => ": the filter ends".to_owned(),
            Kind::Mark(mark) => format!(": found {mark}"),
            Kind::Name(word) => format!(": found {word}"),
            _ => String::new(),
        };
        let error = Error::new(self.span(), "syntax", format!("{message}{found}"));
        let hint = match self.peek() {
            Kind::Name(word) if word.eq_ignore_ascii_case("and") => "write && for and",
            Kind::Name(word) if word.eq_ignore_ascii_case("or") => "write || for or",
            Kind::Name(word) if word.eq_ignore_ascii_case("not") => "write ! for not",
            _ => hint,
        };
        if hint.is_empty() { error } else { error.with_hint(hint) }
    }

    fn too_deep(&self) -> Error {
        Error::new(self.span(), "too_deep", format!("a filter nests at most {DEPTH_MAX} deep"))
    }

    /// Reads with one more level around.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth >= DEPTH_MAX {
            return Err(self.too_deep());
        }
        self.depth = self.depth.saturating_add(1);
        let result = read(self);
        self.depth = self.depth.saturating_sub(1);
        result
    }

    /// A tree over others, one deeper than the deepest.
    fn grow(&self, node: Node, span: Span, below: usize) -> Result<Tree, Error> {
        if below >= DEPTH_MAX {
            return Err(self.too_deep());
        }
        Ok(Tree { expr: Expr { node, span }, depth: below.saturating_add(1) })
    }

    /// Joins with `&&` or `||`. A chain grows wide, not deep: one level for all its conditions.
    fn chain(&self, all: bool, left: Tree, right: Tree) -> Result<Tree, Error> {
        let height = |tree: &Tree| match tree.expr.node {
            Node::All(_) if all => tree.depth,
            Node::Any(_) if !all => tree.depth,
            _ => tree.depth.saturating_add(1),
        };
        let depth = height(&left).max(height(&right));
        if depth > DEPTH_MAX {
            return Err(self.too_deep());
        }
        Ok(Tree { expr: join(all, vec![left.expr, right.expr]), depth })
    }

    /// `condition ? a : b`, or an operator expression.
    fn expression(&mut self) -> Result<Tree, Error> {
        let condition = self.operators(0)?;
        if !self.accept("?") {
            return Ok(condition);
        }
        let yes = self.nested(|parser| parser.operators(0))?;
        self.expect(":")?;
        let no = self.nested(Self::expression)?;
        let span = condition.expr.span.to(no.expr.span);
        let below = condition.depth.max(yes.depth).max(no.depth);
        let node = Node::Choice(Box::new(condition.expr), Box::new(yes.expr), Box::new(no.expr));
        self.grow(node, span, below)
    }

    /// Operators that bind more strongly than `floor`.
    fn operators(&mut self, floor: u8) -> Result<Tree, Error> {
        let mut left = self.prefix()?;
        while let Some((power, infix)) = binding(self.peek()).filter(|(power, _)| *power > floor) {
            self.advance();
            let right = self.nested(|parser| parser.operators(power))?;
            left = match infix {
                Infix::Binary(op) => {
                    let span = left.expr.span.to(right.expr.span);
                    let below = left.depth.max(right.depth);
                    self.grow(Node::Binary(op, Box::new(left.expr), Box::new(right.expr)), span, below)?
                }
                Infix::All | Infix::Any => self.chain(matches!(infix, Infix::All), left, right)?,
            };
        }
        Ok(left)
    }

    /// `!a`, `-a`, or an operand.
    fn prefix(&mut self) -> Result<Tree, Error> {
        let span = self.span();
        if self.accept("!") {
            let inner = self.nested(Self::prefix)?;
            let whole = span.to(inner.expr.span);
            return self.grow(Node::Unary(UnaryOp::Not, Box::new(inner.expr)), whole, inner.depth);
        }
        let negative = *self.peek() == Kind::Mark("-");
        let number = self.tokens.get(self.next.saturating_add(1)).map(|token| &token.kind);
        if negative && !matches!(number, Some(Kind::Int(_) | Kind::Double(_))) {
            self.advance();
            let inner = self.nested(Self::prefix)?;
            let whole = span.to(inner.expr.span);
            return self.grow(Node::Unary(UnaryOp::Negate, Box::new(inner.expr)), whole, inner.depth);
        }
        self.operand()
    }
}

/// `a && b …` or `a || b …` of any number of conditions, chains inside made flat; one condition is itself.
#[must_use]
pub fn join(all: bool, conditions: Vec<Expr>) -> Expr {
    let mut flat = Vec::with_capacity(conditions.len());
    for condition in conditions {
        match condition.node {
            Node::All(inner) if all => flat.extend(inner),
            Node::Any(inner) if !all => flat.extend(inner),
            _ => flat.push(condition),
        }
    }
    let (Some(first), Some(last)) = (flat.first(), flat.last()) else {
        let node = Node::Literal(crate::ast::Literal::Bool(all));
        return Expr { node, span: Span::default() };
    };
    let span = first.span.to(last.span);
    if flat.len() == 1 {
        return flat.remove(0);
    }
    Expr { node: if all { Node::All(flat) } else { Node::Any(flat) }, span }
}

#[cfg(test)]
pub(crate) mod tests;
