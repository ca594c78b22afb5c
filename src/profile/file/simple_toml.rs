//! A parser of the TOML that this program writes: a key a line, and strings without escapes. Pure.
//!
//! The parser of all TOML takes ten times as long, which is most of the time of a list of thousands of profiles. What is not in
//! this form is left to it; what is, both parse to the same values at the same positions.

use std::{borrow::Cow, ops::Range};

use toml_edit::{Date, Datetime, Offset, Time};

use super::toml_table::{Item, Table, Value};

/// Keys of one table above which a text is left to the full parser: here a new key is compared with each before it.
const MAX_KEYS: usize = 64;

/// A part of a text, and its position.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    at: usize,
}

/// The name of a table, in one or two parts, and the position of its header.
struct Header<'a> {
    parent: Option<Part<'a>>,
    name: &'a str,
    at: usize,
}

/// Parses a text. `None` if it is not in the simple form, which does not mean that it is no TOML.
pub fn parse(text: &str) -> Option<Table<'_>> {
    if text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n') {
        return None;
    }
    let mut root = Table::default();
    let (mut header, mut table): (Option<Header>, _) = (None, Table::default());
    let mut at = 0;
    for line in text.split('\n') {
        let part = Part { text: line, at };
        at += line.len() + 1;
        match line.as_bytes() {
            [] | [b'#', ..] => {}
            [b'[', ..] => {
                insert_table(&mut root, header.replace(Header::parse(part)?), table)?;
                table = Table::default();
            }
            _ => {
                let (key, value) = part.split_key()?;
                insert(&mut table, key, value.item()?)?;
            }
        }
    }
    insert_table(&mut root, header, table)?;
    Some(root)
}

/// Inserts a value under its key. `None` if the key is taken.
fn insert<'a>(table: &mut Table<'a>, key: &'a str, item: Item<'a>) -> Option<()> {
    let is_free = table.entries.len() < MAX_KEYS && table.get(key).is_none();
    is_free.then(|| table.entries.push((Cow::Borrowed(key), item)))
}

/// Inserts a table under its name. `None` if the name is taken.
fn insert_table<'a>(root: &mut Table<'a>, header: Option<Header<'a>>, table: Table<'a>) -> Option<()> {
    let Some(Header { parent, name, at }) = header else {
        *root = table;
        return Some(());
    };
    let value = Value::Table(table);
    let Some(parent) = parent else {
        return insert(root, name, Item { at, value });
    };
    if root.get(parent.text).is_none() {
        let implicit = Item {
            at: parent.at,
            value: Value::Table(Table::default()),
        };
        insert(root, parent.text, implicit)?;
    }
    match &mut root.get_mut(parent.text)?.value {
        Value::Table(parent) => insert(parent, name, Item { at, value }),
        _ => None,
    }
}

impl<'a> Header<'a> {
    /// Parses `[name]` or `[parent.name]`.
    fn parse(line: Part<'a>) -> Option<Header<'a>> {
        let inner = line.text.strip_prefix('[')?.strip_suffix(']')?;
        let (parent, name) = match inner.split_once('.') {
            Some((parent, name)) => (Some(parent), name),
            None => (None, inner),
        };
        let are_bare = is_bare(name) && parent.is_none_or(is_bare);
        are_bare.then_some(Header {
            parent: parent.map(|text| Part { text, at: line.at + 1 }),
            name,
            at: line.at,
        })
    }
}

impl<'a> Part<'a> {
    /// Splits `key = value`.
    fn split_key(self) -> Option<(&'a str, Part<'a>)> {
        let (written, _) = match self.text.strip_prefix('"') {
            Some(quoted) => self.text.split_at(quoted.find('"')? + 2),
            None => self.text.split_at(self.text.find(' ')?),
        };
        let value = Part {
            text: self.text[written.len()..].strip_prefix(" = ")?,
            at: self.at + written.len() + " = ".len(),
        };
        let key = if is_bare(written) { written } else { unquoted(written)? };
        Some((key, value))
    }

    fn item(self) -> Option<Item<'a>> {
        let value = match self.text.as_bytes() {
            [b'"', ..] => Value::Text(unquoted(self.text)?.into()),
            [b'[', ..] => Value::Texts(strings(self.text)?),
            [_, _, _, _, b'-', ..] => {
                let parse = || self.text.parse::<Datetime>().ok();
                Value::DateTime(utc_date_time(self.text).or_else(parse)?)
            }
            [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => Value::Number(self.text.parse().ok()?),
            _ => return None,
        };
        Some(Item { at: self.at, value })
    }
}

/// Returns the text of a string without escapes.
fn unquoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_simple = !inner.bytes().any(|byte| byte == b'"' || byte == b'\\');
    is_simple.then_some(inner)
}

/// Parses `["one", "two"]`.
fn strings(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() {
        return Some(Vec::new());
    }
    inner.split(", ").map(|text| unquoted(text).map(Cow::from)).collect()
}

/// Parses `2026-11-22T17:00:00Z`; `None` for any other form. The parser of all dates took a thirteenth of the time of a list.
fn utc_date_time(text: &str) -> Option<Datetime> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let separators = [4, 7, 10, 13, 16, 19].map(|at| bytes[at]);
    if separators != *b"--T::Z" {
        return None;
    }
    let number = |digits: Range<usize>| {
        let mut digits = bytes[digits].iter();
        digits.try_fold(0, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u16::from(byte - b'0'))
        })
    };
    let pair = |at| u8::try_from(number(at..at + 2)?).ok();
    let (date, time) = (
        Date {
            year: number(0..4)?,
            month: pair(5)?,
            day: pair(8)?,
        },
        Time {
            hour: pair(11)?,
            minute: pair(14)?,
            second: Some(pair(17)?),
            nanosecond: None,
        },
    );
    let is_common = (1..=12).contains(&date.month) && (1..=28).contains(&date.day) && time.hour < 24;
    (is_common && time.minute < 60 && time.second < Some(60)).then_some(Datetime {
        date: Some(date),
        time: Some(time),
        offset: Some(Offset::Z),
    })
}

/// Returns whether a key needs no quotes.
fn is_bare(key: &str) -> bool {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !key.is_empty() && key.bytes().all(is_bare)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;

    /// Asserts that both parsers agree where this one parses a text, and returns whether it does.
    fn agrees(text: &str) -> bool {
        let Some(parsed) = parse(text) else { return false };
        let full = DeTable::parse(text).map(|table| Table::from(table.into_inner()));
        assert_eq!(Ok(parsed), full, "{text}");
        true
    }

    #[test]
    fn simple_form_is_parsed() {
        for text in [
            "",
            "# A comment.\n\nformat = 1\n",
            "at = 2026-11-22T17:00:00Z\nday = 2026-11-22\n[business]\nname = \"Kåre # AS\"\nservices = [\"road\", \"entry\"]\n",
            "[progress.done]\n\"customs.form\" = 2026-11-22T17:05:00+01:00\nempty = []\n\"\" = \"\"",
            "[progress]\nstep = \"customs\"\n[progress.done]\na = 1\n[client]\n",
        ] {
            assert!(agrees(text), "{text}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_full_parser() {
        for text in [
            "a = 1\na = 2\n",
            "[a]\n[a]\n",
            "a = 1\n[a]\n",
            "a = 1\n[a.b]\n",
            "[a.b]\n[a]\n",
            "[a.b.c]\n",
            "[[a]]\n",
            "[ a ]\n",
            "a.b = 1\n",
            "a=1\n",
            "a = 1 # comment\n",
            " a = 1\n",
            "a = \"\\n\"\n",
            "a = \"\"\"\nb\"\"\"\n",
            "a = \"\"\"\"\"\"\n",
            "a = 'b'\n",
            "a = [1]\n",
            "a = [\"b\",\"c\"]\n",
            "a = [\"b\", \"c\", ]\n",
            "a = true\n",
            "a = 01\n",
            "a = 1_000\n",
            "a = 2026-13-45\n",
            "a = 1\r\n",
            "a = \"\u{7f}\"\n",
            "a = {}\n",
            "a = \n",
            "a\n",
            "[a",
            "a = 99999999999999999999\n",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
        let long = |keys: usize| (0..keys).map(|key| format!("a{key} = 1\n")).collect::<String>();
        assert!(agrees(&long(MAX_KEYS)));
        assert!(parse(&long(MAX_KEYS + 1)).is_none());
    }

    fn line() -> impl Strategy<Value = String> {
        let key = prop_oneof!["[a-c]", "\"[a-c. ]{0,3}\"", "[a-c]\\.[a-c]", "[a-cæ\" ]{1,3}"];
        let string = || prop_oneof!["\"[a-zæ #=,\\[\\]]{0,6}\"", "\"[a-z\\\\\"']{0,4}\"", "'[a-z]{0,3}'"];
        let value = prop_oneof![
            string(),
            prop::collection::vec(string(), 0..3).prop_map(|strings| format!("[{}]", strings.join(", "))),
            "[-+0-9_]{1,22}",
            "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
            "20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?(\\.[0-9]{1,3})?(Z|[+-]0[0-9]:00)?",
            "[-0-9T:.Z ]{0,12}",
        ];
        prop_oneof![
            (key, "( |  )?", value).prop_map(|(key, space, value)| format!("{key} = {space}{value}")),
            "\\[[a-c](\\.[a-c]){0,2}\\]",
            "#[a-z\t]{0,4}",
            "[ -~]{0,12}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn both_parsers_agree(lines in prop::collection::vec(line(), 0..6), end in "(\n|\r\n)?") {
            agrees(&(lines.join("\n") + &end));
        }
    }
}
