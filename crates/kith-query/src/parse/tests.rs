//! Reading and printing: literals, precedence, places of faults, bounds, and print∘parse.

use proptest::prelude::*;

use super::{join, parse};
use crate::ast::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::error::Span;

#[track_caller]
fn canonical(text: &str) -> String {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).print()
}

#[test]
fn prints_with_no_more_brackets_than_needed() {
    let cases = [
        ("tier=='premium'&&(orders_90d>3)", "tier == \"premium\" && orders_90d > 3"),
        ("a || b && c", "a || b && c"),
        ("(a || b) && c", "(a || b) && c"),
        ("(a && b) && (c && d)", "a && b && c && d"),
        ("!(a || b)", "!(a || b)"),
        ("!!a", "!!a"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("(1 - 2) - 3", "1 - 2 - 3"),
        ("2 * (3 + 4) % 5", "2 * (3 + 4) % 5"),
        ("a ? b : c ? d : e", "a ? b : c ? d : e"),
        ("(a ? b : c) ? d : e", "(a ? b : c) ? d : e"),
        ("x in [1, 2u, 3.0,]", "x in [1, 2u, 3.0]"),
        ("metadata.region.startsWith('N')", "metadata.region.startsWith(\"N\")"),
        ("metadata.`a b`", "metadata[\"a b\"]"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("-(5) + --5", "-(5) + --5"),
        ("0x1F + .5 + 1e3", "31 + 0.5 + 1000.0"),
        ("r'\\d' + \"\"\"two\nlines\"\"\" + b'\\xff'", "\"\\\\d\" + \"two\\nlines\" + b\"\\xff\""),
        ("{'a': 1}.a // a comment", "{\"a\": 1}.a"),
    ];
    for (text, expected) in cases {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn points_at_the_fault() {
    let cases = [
        ("", "syntax", 0, 0),
        ("a ==", "syntax", 4, 0),
        ("a = 1", "syntax", 2, 1),
        ("a and b", "syntax", 2, 3),
        ("a & b", "syntax", 2, 1),
        ("(a", "syntax", 2, 0),
        ("'abc", "syntax", 0, 1),
        ("'\\q'", "syntax", 1, 1),
        ("10k > 3", "syntax", 0, 3),
        ("a > 9223372036854775808", "number_range", 4, 19),
        ("a.(b)", "syntax", 2, 1),
        ("Name{a: 1}", "unsupported", 4, 1),
        ("for > 1", "syntax", 0, 3),
        ("a €", "syntax", 2, 3),
    ];
    for (text, code, at, len) in cases {
        let error = parse(text).expect_err(text);
        assert_eq!((error.code, error.at, error.len), (code, at, len), "{text}: {error}");
    }
    assert_eq!(parse("a and b").expect_err("words").hint.as_deref(), Some("write && for and"));
}

#[test]
fn bounds_length_and_depth_but_not_width() {
    assert_eq!(parse(&" ".repeat(9_000)).expect_err("long").code, "too_long");
    for deep in [
        format!("{}a{}", "(".repeat(70), ")".repeat(70)),
        format!("{}a", "!".repeat(70)),
        format!("{}a", "- ".repeat(70)),
        format!("a{}", ".b".repeat(70)),
        format!("a{}", "[0]".repeat(70)),
        vec!["1"; 70].join(" + "),
        vec!["a"; 70].join(" ? b : "),
        "[".repeat(4_000),
        "a ? b : ".repeat(1_000),
    ] {
        assert_eq!(parse(&deep).expect_err("deep").code, "too_deep", "{deep:.40}");
    }
    assert!(parse(&format!("{}a{}", "(".repeat(60), ")".repeat(60))).is_ok());
    // Printing, too, takes time by length only.
    let minuses = format!("{}a", "-".repeat(60));
    assert_eq!(canonical(&minuses), minuses);
    assert!(parse(&vec!["a"; 1_500].join("&&")).is_ok());
    assert!(parse(&vec!["a"; 1_500].join("||")).is_ok());
}

fn expr(node: Node) -> Expr {
    Expr { node, span: Span::default() }
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        any::<i64>().prop_map(Literal::Int),
        any::<u64>().prop_map(Literal::Uint),
        (-1e9..1e9f64).prop_map(Literal::Double),
        prop::num::f64::NORMAL.prop_map(Literal::Double),
        any::<String>().prop_map(Literal::Text),
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Literal::Bytes),
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[a-z_][a-z0-9_]{0,8}"
        .prop_filter("kept words", |name| !super::operand::RESERVED.contains(&name.as_str()))
}

/// Any syntax tree.
pub(crate) fn tree() -> impl Strategy<Value = Expr> {
    let leaf =
        prop_oneof![literal().prop_map(|l| expr(Node::Literal(l))), name().prop_map(|n| expr(Node::Name(n)))];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 0..3);
        let op = prop::sample::select(vec![
            BinaryOp::Equal,
            BinaryOp::Less,
            BinaryOp::GreaterEqual,
            BinaryOp::In,
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Divide,
            BinaryOp::Remainder,
        ]);
        prop_oneof![
            many.clone().prop_map(|items| expr(Node::List(items))),
            prop::collection::vec((inner.clone(), inner.clone()), 0..3).prop_map(|e| expr(Node::Map(e))),
            (inner.clone(), name()).prop_map(|(t, n)| expr(Node::Select(Box::new(t), n))),
            (inner.clone(), inner.clone()).prop_map(|(t, i)| expr(Node::Index(Box::new(t), Box::new(i)))),
            inner.clone().prop_map(|i| expr(Node::Unary(UnaryOp::Not, Box::new(i)))),
            inner.clone().prop_map(|i| expr(Node::Unary(UnaryOp::Negate, Box::new(i)))),
            (op, inner.clone(), inner.clone()).prop_map(|(o, l, r)| expr(Node::Binary(
                o,
                Box::new(l),
                Box::new(r)
            ))),
            (any::<bool>(), prop::collection::vec(inner.clone(), 2..4)).prop_map(|(all, c)| join(all, c)),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| expr(Node::Choice(
                Box::new(a),
                Box::new(b),
                Box::new(c)
            ))),
            (name(), many.clone()).prop_map(|(n, a)| expr(Node::Call(n, a))),
            (inner, name(), many).prop_map(|(t, n, a)| expr(Node::Method(Box::new(t), n, a))),
        ]
    })
}

proptest! {
    #[test]
    fn parsing_what_was_printed_gives_it_back(tree in tree()) {
        let text = tree.print();
        let read = parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(&read, &tree, "{}", text);
        prop_assert_eq!(read.print(), text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_filter_like_text_makes_it_panic(text in "[a-z0-9_ ()\\[\\]{}.,:?!<>=&|+*/%'\"`u\\\\xr-]{0,60}") {
        if let Ok(tree) = parse(&text) {
            prop_assert_eq!(parse(&tree.print()).ok(), Some(tree));
        }
    }
}
