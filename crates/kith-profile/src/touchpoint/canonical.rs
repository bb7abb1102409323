//! Canonical JSON: members sorted by name, no spaces, one way to write each value.

use super::node::{Member, Node};

const HEX: &[u8; 16] = b"0123456789abcdef";
/// So many members are looked through one by one.
const FEW: usize = 16;

/// Writes a value.
pub(super) fn write(node: &Node<'_>, out: &mut String) {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Node::Int(value) => push_display(*value, out),
        Node::Unsigned(value) => push_display(*value, out),
        // JSON knows no infinities, so a float that was read is always finite.
        Node::Float(value) => push_display(*value, out),
        Node::Text(value) => write_text(value, out),
        Node::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Node::Object(members) => write_object(members.iter().map(|(name, node)| (&**name, node)), out),
    }
}

fn push_display(value: impl std::fmt::Display, out: &mut String) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = write!(out, "{value}");
}

/// Writes members that are sorted already.
pub(super) fn write_object<'n, 'a: 'n>(
    members: impl Iterator<Item = (&'n str, &'n Node<'a>)>,
    out: &mut String,
) {
    out.push('{');
    for (place, (name, node)) in members.enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(node, out);
    }
    out.push('}');
}

/// Writes a text with its quotes.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push_str(text);
    } else {
        for character in text.chars() {
            match character {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                control if control < ' ' => {
                    out.push_str("\\u00");
                    let code = control as usize;
                    out.push(char::from(HEX[code >> 4 & 15]));
                    out.push(char::from(HEX[code & 15]));
                }
                other => out.push(other),
            }
        }
    }
    out.push('"');
}

/// The member of a name, in sorted members. Objects have few members, and most names differ in length
/// already: looking at each is quicker than halving.
pub(super) fn find<'n, 'a>(members: &'n [Member<'a>], name: &str) -> Option<(usize, &'n Node<'a>)> {
    if members.len() <= FEW {
        let mut each = members.iter().enumerate();
        return each.find(|(_, member)| *member.0 == *name).map(|(place, member)| (place, &member.1));
    }
    let place = members.binary_search_by(|member| (*member.0).cmp(name)).ok()?;
    members.get(place).map(|member| (place, &member.1))
}
