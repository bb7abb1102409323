//! Operands: literals, names, lists, maps, calls, and what follows them (`.a`, `.f(b)`, `[c]`).

use super::{Parser, Tree};
use crate::ast::{Expr, Literal, Node};
use crate::error::{Error, Span};
use crate::lex::Kind;

/// Words that CEL keeps for itself; they name no field.
pub(crate) const RESERVED: [&str; 19] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
];

impl Parser {
    /// An operand and what follows it.
    pub(super) fn operand(&mut self) -> Result<Tree, Error> {
        let mut tree = self.primary()?;
        loop {
            if self.accept(".") {
                tree = self.member(tree)?;
            } else if self.accept("[") {
                let index = self.nested(Self::expression)?;
                let end = self.expect("]")?;
                let span = tree.expr.span.to(end);
                let below = tree.depth.max(index.depth);
                tree = self.grow(Node::Index(Box::new(tree.expr), Box::new(index.expr)), span, below)?;
            } else if *self.peek() == Kind::Mark("{") {
                return Err(Error::new(
                    self.span(),
                    "unsupported",
                    "messages such as Name{…} are not supported",
                ));
            } else {
                return Ok(tree);
            }
        }
    }

    /// `.name`, `.name(…)`, or a name in backticks.
    fn member(&mut self, target: Tree) -> Result<Tree, Error> {
        let end = self.span();
        match self.peek().clone() {
            Kind::Name(name) => {
                self.advance();
                if self.accept("(") {
                    let (arguments, below, close) = self.items(")")?;
                    let span = target.expr.span.to(close);
                    let node = Node::Method(Box::new(target.expr), name, arguments);
                    return self.grow(node, span, below.max(target.depth));
                }
                let span = target.expr.span.to(end);
                self.grow(Node::Select(Box::new(target.expr), name), span, target.depth)
            }
            Kind::QuotedName(name) => {
                self.advance();
                let key = Expr { node: Node::Literal(Literal::Text(name)), span: end };
                let span = target.expr.span.to(end);
                self.grow(Node::Index(Box::new(target.expr), Box::new(key)), span, target.depth.max(1))
            }
            _ => Err(self.unexpected("a name is missing after the point", "")),
        }
    }

    fn primary(&mut self) -> Result<Tree, Error> {
        let span = self.span();
        let kind = self.peek().clone();
        let literal = match kind {
            Kind::Mark("(") => {
                self.advance();
                let mut inner = self.nested(Self::expression)?;
                inner.expr.span = span.to(self.expect(")")?);
                return Ok(inner);
            }
            Kind::Mark("[") => {
                self.advance();
                let (items, below, close) = self.items("]")?;
                return self.grow(Node::List(items), span.to(close), below);
            }
            Kind::Mark("{") => return self.map(),
            Kind::Mark("-") => {
                self.advance();
                let whole = span.to(self.span());
                let literal = negative(self.peek(), whole)?;
                self.advance();
                return self.grow(Node::Literal(literal), whole, 0);
            }
            Kind::Mark(".") => {
                self.advance();
                return self.primary_name();
            }
            Kind::Name(_) => return self.primary_name(),
            Kind::Int(value) => Literal::Int(i64::try_from(value).map_err(|_| too_large(span))?),
            Kind::Uint(value) => Literal::Uint(value),
            Kind::Double(value) => Literal::Double(value),
            Kind::Text(text) => Literal::Text(text),
            Kind::Bytes(bytes) => Literal::Bytes(bytes),
            Kind::Mark(_) | Kind::QuotedName(_) | Kind::End => {
                return Err(
                    self.unexpected("a value is missing here", "write a field, a number or a \"text\"")
                );
            }
        };
        self.advance();
        self.grow(Node::Literal(literal), span, 0)
    }

    /// A name, a function call, or one of the literals that are words.
    fn primary_name(&mut self) -> Result<Tree, Error> {
        let span = self.span();
        let Kind::Name(name) = self.peek().clone() else {
            return Err(self.unexpected("a name is missing after the point", ""));
        };
        let literal = match name.as_str() {
            "true" => Some(Literal::Bool(true)),
            "false" => Some(Literal::Bool(false)),
            "null" => Some(Literal::Null),
            _ => None,
        };
        if let Some(literal) = literal {
            self.advance();
            return self.grow(Node::Literal(literal), span, 0);
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(self.unexpected("this word is kept by the language", ""));
        }
        self.advance();
        if self.accept("(") {
            let (arguments, below, close) = self.items(")")?;
            return self.grow(Node::Call(name, arguments), span.to(close), below);
        }
        self.grow(Node::Name(name), span, 0)
    }

    /// Expressions between commas up to a closing mark; a comma before the mark is allowed in lists.
    fn items(&mut self, close: &'static str) -> Result<(Vec<Expr>, usize, Span), Error> {
        let mut items = Vec::new();
        let mut below = 0;
        loop {
            let end = self.span();
            if (items.is_empty() || close == "]") && self.accept(close) {
                return Ok((items, below, end));
            }
            let item = self.nested(Self::expression)?;
            below = below.max(item.depth);
            items.push(item.expr);
            if !self.accept(",") {
                let end = self.expect(close)?;
                return Ok((items, below, end));
            }
        }
    }

    /// `{key: value, …}`.
    fn map(&mut self) -> Result<Tree, Error> {
        let open = self.expect("{")?;
        let mut entries = Vec::new();
        let mut below = 0;
        loop {
            let end = self.span();
            if self.accept("}") {
                return self.grow(Node::Map(entries), open.to(end), below);
            }
            let key = self.nested(Self::expression)?;
            self.expect(":")?;
            let value = self.nested(Self::expression)?;
            below = below.max(key.depth).max(value.depth);
            entries.push((key.expr, value.expr));
            if !self.accept(",") {
                let end = self.expect("}")?;
                return self.grow(Node::Map(entries), open.to(end), below);
            }
        }
    }
}

fn negative(number: &Kind, span: Span) -> Result<Literal, Error> {
    match number {
        Kind::Int(value) => {
            0i64.checked_sub_unsigned(*value).map(Literal::Int).ok_or_else(|| too_large(span))
        }
        Kind::Double(value) => Ok(Literal::Double(-value)),
        _ => Err(Error::new(span, "syntax", "a number is missing after the minus")),
    }
}

fn too_large(span: Span) -> Error {
    Error::new(span, "number_range", "this whole number does not fit into 64 bits")
}
