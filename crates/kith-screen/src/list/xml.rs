//! XML lists: records are read one at a time into small trees. Entities of a file's own are never expanded.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::place::Counted;
use super::{Broken, Format, Part, advanced, eu, ofac_xml, uk_xml, un};

/// Deepest nesting and greatest size of one record: a bound on what a hostile file can cost.
const DEPTH_MAX: usize = 40;
const RECORD_MAX: usize = 4 << 20;

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of a child, nothing if there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// An attribute, nothing if there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Every element of a name below this one, at any depth.
    pub(super) fn below<'a>(&'a self, name: &'a str, found: &mut Vec<&'a Node>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.below(name, found);
        }
    }
}

/// What a format does with its records.
pub(super) trait Records {
    /// Whether an element is a record.
    fn is_record(&self, name: &str) -> bool;
    /// Takes a record; a sentence if it cannot be one of this list.
    fn record(&mut self, node: &Node, take: &mut dyn FnMut(Part)) -> Result<(), String>;
    /// Looks at what was read as a whole; a sentence if it cannot be the whole list.
    fn end(&self) -> Result<(), String> {
        Ok(())
    }
}

/// Reads a list whose root element tells its format.
pub(super) fn read(input: &mut Counted<'_>, take: &mut dyn FnMut(Part)) -> Result<Format, Broken> {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let root = loop {
        buffer.clear();
        match next(&mut reader, &mut buffer)? {
            Event::Start(start) => break local(&start),
            Event::DocType(_) => return Err(broken(&reader, "a document type: such files are not read")),
            Event::Eof => return Err(broken(&reader, "the file ends before its first element")),
            _ => {}
        }
    };
    let (format, mut records): (Format, Box<dyn Records>) = match root.as_str() {
        "sdnList" => (Format::OfacXml, Box::new(ofac_xml::Ofac::default())),
        "Sanctions" => (Format::OfacAdvanced, Box::new(advanced::Advanced::default())),
        "CONSOLIDATED_LIST" => (Format::UnXml, Box::new(un::Un)),
        "export" => (Format::EuXml, Box::new(eu::Eu)),
        "Designations" => (Format::UkXml, Box::new(uk_xml::Uk)),
        other => return Err(broken(&reader, &format!("<{other}> is the root of no list that is known"))),
    };
    body(&mut reader, records.as_mut(), take)?;
    Ok(format)
}

fn body(
    reader: &mut Reader<&mut Counted<'_>>,
    records: &mut dyn Records,
    take: &mut dyn FnMut(Part),
) -> Result<(), Broken> {
    let mut buffer = Vec::new();
    // The root is open.
    let mut open = 1_usize;
    while open > 0 {
        buffer.clear();
        match next(reader, &mut buffer)? {
            Event::Start(start) if records.is_record(&local(&start)) => {
                let node = element(&start).map_err(|reason| broken(reader, &reason))?;
                let node = tree(reader, node)?;
                records.record(&node, take).map_err(|reason| broken(reader, &reason))?;
            }
            Event::Start(_) if open >= DEPTH_MAX => return Err(broken(reader, "nested too deeply")),
            Event::Start(_) => open += 1,
            Event::End(_) => open -= 1,
            Event::DocType(_) => return Err(broken(reader, "a document type: such files are not read")),
            Event::Eof => return Err(broken(reader, "the file is cut off: its elements are not closed")),
            _ => {}
        }
    }
    records.end().map_err(|reason| broken(reader, &reason))
}

/// Reads up to the end of an element.
fn tree(reader: &mut Reader<&mut Counted<'_>>, root: Node) -> Result<Node, Broken> {
    let mut open = vec![root];
    let mut buffer = Vec::new();
    let start = reader.buffer_position();
    loop {
        buffer.clear();
        if reader.buffer_position() - start > RECORD_MAX as u64 {
            return Err(broken(reader, "a record is too large"));
        }
        let event = next(reader, &mut buffer)?;
        let Some(last) = open.last_mut() else { return Err(broken(reader, "an element is closed twice")) };
        match event {
            Event::Start(start) => {
                let node = element(&start).map_err(|reason| broken(reader, &reason))?;
                if open.len() >= DEPTH_MAX {
                    return Err(broken(reader, "nested too deeply"));
                }
                open.push(node);
            }
            Event::Text(text) => last.text.push_str(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => last.text.push_str(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten().or_else(|| predefined(&reference));
                let Some(letter) = letter else { return Err(broken(reader, "an entity of the file's own")) };
                last.text.push(letter);
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(broken(reader, "an element is closed twice")) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(done),
                }
            }
            Event::Eof => return Err(broken(reader, "the file is cut off: its elements are not closed")),
            _ => {}
        }
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn next<'b>(reader: &mut Reader<&mut Counted<'_>>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Broken> {
    match reader.read_event_into(buffer) {
        Ok(event) => Ok(event),
        Err(error) => Err(Broken { byte: reader.error_position(), ..broken(reader, &error.to_string()) }),
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn element(start: &BytesStart<'_>) -> Result<Node, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        let name = attribute.key.local_name().as_ref().to_owned();
        attributes.push((name, value.into_owned()));
    }
    Ok(Node { name: local(start), attributes, ..Node::default() })
}

fn broken(reader: &Reader<&mut Counted<'_>>, reason: &str) -> Broken {
    Broken { byte: reader.buffer_position(), ..reader.get_ref().broken(reason) }
}
