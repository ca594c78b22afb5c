//! Settings in YAML and JSON as names and values. Values are wiped: some of them are secrets.

use std::collections::HashSet;

use saphyr_parser::{Event, Parser};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

/// Settings of a file, and levels of its nesting.
const MAX_SETTINGS: usize = 10_000;
const MAX_DEPTH: usize = 64;
/// The value of a setting that refers to another part of the YAML. It counts as filled in by another program.
const ALIAS: &str = "${alias}";

/// A setting: its name with the sections around it, `maskinporten.issuer`, and its value.
#[derive(Debug)]
pub struct Setting {
    pub name: String,
    pub value: Zeroizing<String>,
    /// The number of the document in YAML, and of the line; 0 in JSON.
    pub document: usize,
    pub line: usize,
}

/// An error, and its place, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    pub line: usize,
    pub column: usize,
    pub fault: Fault,
}

/// The kind of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Syntax,
    /// The name that is there twice.
    Repeated(String),
    /// Another JSON object follows the first.
    NextObject,
}

/// Reads YAML: an application's settings, docker-compose, or a manifest of Kubernetes.
pub fn yaml(text: &str) -> Result<Vec<Setting>, Malformed> {
    let mut settings = Settings::default();
    // The open sections: the length of their names, and if a list, the number of the next item.
    let mut open: Vec<Section> = Vec::new();
    let mut name = String::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Malformed {
            line: error.marker().line(),
            column: error.marker().col() + 1,
            fault: Fault::Syntax,
        })?;
        let error = |fault| Malformed {
            line: span.start.line(),
            column: span.start.col() + 1,
            fault,
        };
        if open.len() > MAX_DEPTH || settings.found.len() > MAX_SETTINGS {
            return Err(error(Fault::Syntax));
        }
        settings.line = span.start.line();
        match event {
            Event::DocumentStart(..) => {
                settings.document += 1;
                settings.names.clear();
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_list = matches!(event, Event::SequenceStart(..));
                begin_item(&mut open, &mut name);
                open.push(Section {
                    length: name.len(),
                    next: is_list.then_some(0),
                    key: false,
                });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                end_item(&mut open, &mut name);
            }
            Event::Scalar(value, ..) => match open.last_mut() {
                Some(section) if section.next.is_none() && !section.key => {
                    section.key = true;
                    if !name.is_empty() {
                        name.push('.');
                    }
                    name.push_str(&value);
                    if !settings.names.insert(name.clone()) {
                        return Err(error(Fault::Repeated(name)));
                    }
                }
                _ => {
                    begin_item(&mut open, &mut name);
                    settings.add(&name, &value);
                    end_item(&mut open, &mut name);
                }
            },
            Event::Alias(_) => {
                begin_item(&mut open, &mut name);
                settings.add(&name, ALIAS);
                end_item(&mut open, &mut name);
            }
            _ => {}
        }
    }
    Ok(settings.found)
}

/// An open mapping or list of YAML.
struct Section {
    /// The length of the name that it began with.
    length: usize,
    /// The number of the next item of a list; `None` for a mapping.
    next: Option<usize>,
    /// A key of the mapping was read, and its value was not.
    key: bool,
}

fn begin_item(open: &mut [Section], name: &mut String) {
    if let Some(Section { next: Some(at), .. }) = open.last_mut() {
        name.push_str(&format!("[{at}]"));
        *at += 1;
    }
}

fn end_item(open: &mut [Section], name: &mut String) {
    match open.last_mut() {
        Some(section) => {
            section.key = false;
            name.truncate(section.length);
        }
        None => name.clear(),
    }
}

/// Reads JSON, with the comments and the commas after the last member that .NET allows.
pub fn json(text: &str) -> Result<Vec<Setting>, Malformed> {
    let plain = without_comments(text);
    let mut settings = Settings::default();
    let mut reader = serde_json::Deserializer::from_str(&plain);
    let seed = Node {
        name: String::new(),
        settings: &mut settings,
    };
    let first = seed.deserialize(&mut reader);
    let is_whole = first.is_ok();
    first.and_then(|()| reader.end()).map_err(|error| {
        let line = plain.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        let rest = line.get(error.column().saturating_sub(1)..).unwrap_or_default();
        Malformed {
            line: error.line(),
            column: error.column(),
            fault: match settings.repeated.take() {
                Some(name) => Fault::Repeated(name),
                None if is_whole && rest.starts_with('{') => Fault::NextObject,
                None => Fault::Syntax,
            },
        }
    })?;
    Ok(settings.found)
}

/// Replaces comments by blanks, and removes commas before a closing bracket.
fn without_comments(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => text_end(rest),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            other => other.len_utf8(),
        };
        let (part, after) = rest.split_at(length);
        let last = c == ',' && after.trim_start().starts_with(['}', ']']);
        if c == '/' || last {
            // The places of errors stay the same.
            plain.extend(part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        } else {
            plain.push_str(part);
        }
        rest = after;
    }
    plain
}

/// Returns the length of the JSON text at the beginning.
fn text_end(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// The settings that were read.
#[derive(Default)]
struct Settings {
    found: Vec<Setting>,
    /// The names of the document, also those of sections.
    names: HashSet<String>,
    /// A name of JSON that is there twice.
    repeated: Option<String>,
    document: usize,
    line: usize,
}

impl Settings {
    fn add(&mut self, name: &str, value: &str) {
        self.found.push(Setting {
            name: name.to_owned(),
            value: Zeroizing::new(value.to_owned()),
            document: self.document,
            line: self.line,
        });
    }
}

/// A JSON value under a name.
struct Node<'a> {
    name: String,
    settings: &'a mut Settings,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a setting")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.settings.add(&self.name, value);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.settings.add(&self.name, &value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.settings.add(&self.name, &value.to_string());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.settings.add(&self.name, &value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for at in 0.. {
            let item = Node {
                name: format!("{}[{at}]", self.name),
                settings: self.settings,
            };
            if items.next_element_seed(item)?.is_none() {
                break;
            }
            if self.settings.found.len() > MAX_SETTINGS {
                return Err(A::Error::custom("too many settings"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(key) = members.next_key::<String>()? {
            let name = match self.name.is_empty() {
                true => key,
                false => format!("{}.{key}", self.name),
            };
            if !self.settings.names.insert(name.clone()) {
                self.settings.repeated = Some(name);
                return Err(A::Error::custom("a name is there twice"));
            }
            members.next_value_seed(Node {
                name,
                settings: self.settings,
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(settings: Vec<Setting>) -> Vec<(String, String)> {
        let pair = |setting: Setting| (setting.name.clone(), setting.value.to_string());
        settings.into_iter().map(pair).collect()
    }

    #[test]
    fn yaml_and_json_give_the_same_settings() {
        let expected: Vec<(String, String)> = [
            ("maskinporten.issuer", "3f1c"),
            ("maskinporten.scopes[0]", "a:b"),
            ("maskinporten.scopes[1]", "a:c"),
            ("list[0].path", "C:\\a.p12"),
            ("list[1].path", "b"),
            ("port", "8080"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        let yaml_text = "maskinporten:\n  issuer: \"3f1c\" # ours\n  scopes:\n    - a:b\n    - 'a:c'\nlist:\n  - path: C:\\a.p12\n  - path: b\nport: 8080\n";
        assert_eq!(pairs(yaml(yaml_text).unwrap()), expected);
        let json_text = "{\"maskinporten\":{\"issuer\":\"3f1c\",// ours\n\"scopes\":[\"a:b\",\"a:c\",]},/* list */\"list\":[{\"path\":\"C:\\\\a.p12\"},{\"path\":\"b\"}],\"port\":8080,}";
        assert_eq!(pairs(json(json_text).unwrap()), expected);
    }

    #[test]
    fn errors_have_their_place() {
        assert_eq!(json("{\n  \"a\": }").unwrap_err().line, 2);
        assert_eq!(yaml("a: 1\nb: [1\n").unwrap_err().line, 3);
        let repeated = |error: Malformed| (error.line, error.fault);
        let twice = (3, Fault::Repeated("a.b".to_owned()));
        assert_eq!(repeated(yaml("a:\n  b: 1\n  b: 2\n").unwrap_err()), twice);
        assert_eq!(repeated(json("{\"a\": {\n\"b\": 1,\n\"b\": 2}}").unwrap_err()), twice);
        assert!(yaml("a: 1\n---\na: 2\n").is_ok());
        for (text, fault) in [
            ("{\"a\": 1}\n{\"a\": 2}\n", Fault::NextObject),
            ("{\"a\": 1} {\"a\": 2}", Fault::NextObject),
            ("{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n", Fault::NextObject),
            ("{\"a\": 1} x", Fault::Syntax),
            ("{\"a\": [{} {}]}", Fault::Syntax),
        ] {
            assert_eq!(json(text).unwrap_err().fault, fault, "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(json(&deep).is_err() && yaml(&deep).is_err());
    }
}
