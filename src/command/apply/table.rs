//! Table of profiles: CSV (RFC 4180) with a header, or a JSON array of objects.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Value, error::Category};

use super::{
    other_form::other_form,
    rfc4180::{self, CsvError, Malformed},
};
use crate::{
    profile::fields::key::Key,
    text::{Args, Texts},
};

/// Name of the column with the profile's name.
pub const PROFILE: &str = "profile";
/// Similarity (Jaro-Winkler) from which a known name is suggested for an unknown one.
const MIN_SIMILARITY: f64 = 0.7;

/// Column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Profile,
    Answer(Key),
}

/// Row of a table. An empty cell is no answer: it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row's number: in CSV as a spreadsheet counts, with the header as 1; in JSON the position in the array, from 1.
    pub number: usize,
    pub cells: Vec<(Column, String)>,
}

/// Rule that a table breaks: the id of its text with the arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct TableError {
    id: &'static str,
    args: Args,
    /// The row, if the columns of a single one are wrong: in JSON each row has its own.
    row: Option<usize>,
}

impl TableError {
    fn new(id: &'static str, args: Args) -> TableError {
        TableError { id, args, row: None }
    }

    fn in_row(self, row: usize) -> TableError {
        TableError { row: Some(row), ..self }
    }

    /// Returns the rule, for people.
    pub fn text(&self, texts: &Texts) -> String {
        let rule = texts.with(self.id, &self.args);
        match self.row {
            Some(row) => texts.with("apply-row", &Args::new().with("row", row).with("rule", rule)),
            None => rule,
        }
    }

    /// Returns what to do: the form of a table in the format that was recognised, or to correct the cell.
    pub fn hint(&self, texts: &Texts) -> String {
        texts.get(match self.id {
            _ if self.row.is_some() => "apply-table.json",
            "apply-no-objects"
            | "apply-not-json"
            | "apply-not-an-array"
            | "apply-not-an-object"
            | "apply-not-a-text" => "apply-table.json",
            "apply-quote-unclosed" | "apply-quote-text-after" | "apply-quote-inside" => "apply-nothing-written",
            _ => "apply-table.hint",
        })
    }
}

impl Row {
    /// Returns the name of the profile; empty if its cell is.
    pub fn profile(&self) -> &str {
        let cell = self.cells.iter().find(|(column, _)| *column == Column::Profile);
        cell.map_or("", |(_, value)| value)
    }

    /// Returns the answers in the order in which the wizard asks, as answers depend on earlier ones.
    pub fn answers(&self) -> Vec<(Key, String)> {
        let answer = |(column, value): &(Column, String)| match column {
            Column::Answer(key) => Some((*key, value.clone())),
            Column::Profile => None,
        };
        let mut answers: Vec<_> = self.cells.iter().filter_map(answer).collect();
        Key::sort(&mut answers);
        answers
    }
}

/// Parses a table: JSON if it begins with a bracket or a brace, else CSV with `,` or `;`.
///
/// # Errors
///
/// Returns the first rule that it breaks.
pub fn parse(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| TableError::new("apply-not-utf8", Args::new()))?;
    if let Some(form) = other_form(text) {
        return Err(TableError::new("apply-other-form", Args::new().with("what", form)));
    }
    let is_json = text.trim_start().starts_with(['[', '{']);
    let mut rows = match is_json {
        true => parse_json(text)?,
        false => parse_csv(text)?,
    };
    rows.retain(|row| row.cells.iter().any(|(_, value)| !value.is_empty()));
    if rows.is_empty() {
        let id = if is_json { "apply-no-objects" } else { "apply-table" };
        return Err(TableError::new(id, Args::new()));
    }
    for row in &mut rows {
        row.cells
            .retain(|(column, value)| *column == Column::Profile || !value.is_empty());
    }
    Ok(rows)
}

fn parse_csv(text: &str) -> Result<Vec<Row>, TableError> {
    let records = rfc4180::parse(text, rfc4180::separator(text)).map_err(malformed)?;
    let mut records = records.into_iter();
    let header = records.next().map(|record| record.cells).unwrap_or_default();
    let columns = columns(header.iter().map(String::as_str))?;
    let mut rows = Vec::new();
    for record in records {
        // A spreadsheet writes empty cells at the end, or leaves them out.
        let surplus = record.cells.iter().skip(columns.len()).any(|cell| !cell.is_empty());
        if surplus {
            let args = Args::new().with("row", record.row).with("columns", columns.len());
            return Err(TableError::new("apply-row-too-long", args));
        }
        rows.push(Row {
            number: record.row,
            cells: columns.iter().copied().zip(record.cells).collect(),
        });
    }
    Ok(rows)
}

fn malformed(error: CsvError) -> TableError {
    let id = match error.rule {
        Malformed::Unclosed => "apply-quote-unclosed",
        Malformed::TextAfterQuote => "apply-quote-text-after",
        Malformed::QuoteInside => "apply-quote-inside",
    };
    TableError::new(id, Args::new().with("row", error.row).with("column", error.column))
}

fn parse_json(text: &str) -> Result<Vec<Row>, TableError> {
    let not_json = |error: serde_json::Error| {
        let what = match error.classify() {
            Category::Eof => "end",
            _ if error.to_string().starts_with("trailing comma") => "comma",
            _ => "other",
        };
        let args = Args::new()
            .with("what", what)
            .with("line", error.line())
            .with("column", error.column());
        TableError::new("apply-not-json", args)
    };
    // One object, or one a line.
    if text.trim_start().starts_with('{') {
        return Err(TableError::new("apply-not-an-array", Args::new()));
    }
    let items: Vec<Value> = serde_json::from_str(text).map_err(not_json)?;
    if let Some(at) = items.iter().position(|item| !item.is_object()) {
        let args = Args::new().with("row", at + 1);
        return Err(TableError::new("apply-not-an-object", args));
    }
    // Read again: a `Value` has the last of two members of one name only.
    let objects: Vec<Members> = serde_json::from_str(text).map_err(not_json)?;
    let mut rows = Vec::new();
    for (at, Members(members)) in objects.iter().enumerate() {
        let number = at + 1;
        let columns = columns(members.iter().map(|(name, _)| name.as_str())).map_err(|error| error.in_row(number))?;
        let mut cells = Vec::new();
        for ((name, value), column) in members.iter().zip(columns) {
            let args = Args::new().with("row", number).with("column", name);
            let written = written(value).ok_or_else(|| TableError::new("apply-not-a-text", args))?;
            cells.push((column, written));
        }
        rows.push(Row { number, cells });
    }
    Ok(rows)
}

/// Members of a JSON object, also two of one name.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// Returns a JSON value as a cell: a list of texts is separated by blanks. `None` for an object or a nested list.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            Some(texts?.join(" "))
        }
        Value::Object(_) => None,
    }
}

/// Parses the names of the columns.
fn columns<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<Column>, TableError> {
    let mut columns = Vec::new();
    for name in names {
        let lower = name.trim().to_lowercase();
        let column = match lower.as_str() {
            PROFILE => Some(Column::Profile),
            other => Key::parse(other).map(Column::Answer),
        };
        let Some(column) = column else {
            let args = Args::new().with("column", name.trim());
            return Err(match nearest(&lower) {
                Some(known) => TableError::new("apply-column-unknown-near", args.with("known", known)),
                None => TableError::new("apply-column-unknown", args.with("known", known_names().join(", "))),
            });
        };
        if columns.contains(&column) {
            return Err(TableError::new("apply-column-twice", Args::new().with("column", name)));
        }
        columns.push(column);
    }
    if !columns.contains(&Column::Profile) {
        return Err(TableError::new("apply-no-profile", Args::new()));
    }
    Ok(columns)
}

fn known_names() -> Vec<&'static str> {
    let keys = Key::all().into_iter().map(Key::id);
    std::iter::once(PROFILE).chain(keys).collect()
}

/// Returns the known name most similar to an unknown one. `None` if none is similar.
fn nearest(name: &str) -> Option<&'static str> {
    let similarity = |known: &&'static str| strsim::jaro_winkler(&name.replace('_', "-"), known);
    let all = known_names().into_iter().map(|known| (similarity(&known), known));
    let similar = all.filter(|(similarity, _)| *similarity >= MIN_SIMILARITY);
    similar
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey::FieldId;

    fn error_id(text: &str) -> &'static str {
        parse(text.as_bytes()).unwrap_err().id
    }

    #[test]
    fn csv_is_read_with_either_separator_a_byte_order_mark_and_quotes() {
        let expected = [Row {
            number: 2,
            cells: vec![
                (Column::Profile, "acme".to_owned()),
                (
                    Column::Answer(Key::Field(FieldId::Name)),
                    "Acme; \"AS\", Oslo".to_owned(),
                ),
                (Column::Answer(Key::Field(FieldId::Services)), "road entry".to_owned()),
            ],
        }];
        for text in [
            "profile,name,services,kid\nacme,\"Acme; \"\"AS\"\", Oslo\",road entry,\n",
            "\u{feff}Profile;name; services;kid\r\n acme ;\"Acme; \"\"AS\"\", Oslo\";road entry\r\n;;;\r\n\r\n",
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn empty_rows_are_skipped_and_counted() {
        let rows = parse(b"\n  \r\nprofile;name\n\nacme;Acme, Oslo\n").unwrap();
        assert_eq!((rows.len(), rows[0].number, rows[0].profile()), (1, 5, "acme"));
    }

    #[test]
    fn json_is_read_with_numbers_lists_and_nulls() {
        let text = r#"[{"profile": "acme", "organisation": 123456785, "services": ["road", "entry"], "kid": null}]"#;
        let rows = parse(text.as_bytes()).unwrap();
        assert_eq!((rows.len(), rows[0].number, rows[0].profile()), (1, 1, "acme"));
        let answers: Vec<_> = rows[0]
            .answers()
            .into_iter()
            .map(|(key, value)| (key.id(), value))
            .collect();
        assert_eq!(
            answers,
            [
                ("organisation", "123456785".to_owned()),
                ("services", "road entry".to_owned())
            ]
        );
    }

    #[test]
    fn wrong_table_names_its_rule() {
        for (text, id) in [
            ("profile\tname\na\tb\n", "apply-other-form"),
            ("sep=;\nprofile;name\n", "apply-other-form"),
            ("Sep=,\r\nprofile,name\n", "apply-other-form"),
            ("- profile: a\n  name: b\n", "apply-other-form"),
            ("---\nprofile: a\n", "apply-other-form"),
            ("profile: a\n", "apply-other-form"),
            ("acme:\n  name: b\n", "apply-other-form"),
            ("profile = \"a, b\"\n", "apply-other-form"),
            ("[[profile]]\nname = \"b\"\n", "apply-other-form"),
            ("[acme]\nname = \"b\"\n", "apply-other-form"),
            ("[]", "apply-no-objects"),
            ("[{\"profile\": \"\"}]", "apply-no-objects"),
            ("profile,name\n", "apply-table"),
            ("profile,clientid\n", "apply-column-unknown-near"),
            ("profile,client_id\n", "apply-column-unknown-near"),
            ("profile,zzzz\n", "apply-column-unknown"),
            ("name,organisation\n", "apply-no-profile"),
            ("", "apply-no-profile"),
            ("profile,name,name\n", "apply-column-twice"),
            ("profile,service,services\n", "apply-column-twice"),
            ("profile\na,b\n", "apply-row-too-long"),
            ("[1]", "apply-not-an-object"),
            ("[{\"profile\": {}}]", "apply-not-a-text"),
            ("[{", "apply-not-json"),
            ("{\"profile\": \"a\"}", "apply-not-an-array"),
            (
                r#"[{"profile": "a", "services": "road", "services": "air"}]"#,
                "apply-column-twice",
            ),
            (
                r#"[{"profile": "a", "service": "road", "Services": "air"}]"#,
                "apply-column-twice",
            ),
            (r#"[{"profile": "a", "profile": "b"}]"#, "apply-column-twice"),
            (r#"[{"profile": "a"}, {"name": "Acme"}]"#, "apply-no-profile"),
            ("{\"profile\":\"a\"}\n{\"profile\":\"b\"}\n", "apply-not-an-array"),
            ("profile,name\nb,\"open\n", "apply-quote-unclosed"),
            ("profile,name\nb,\"Acme\" AS\n", "apply-quote-text-after"),
            ("profile,name\nb, \"Acme, AS\"\n", "apply-quote-inside"),
        ] {
            assert_eq!(error_id(text), id, "{text}");
        }
        for (text, row) in [
            (r#"[{"profile": "a"}, {"name": "Acme"}]"#, Some(2)),
            (r#"[{"profile": "a", "zzzz": "b"}]"#, Some(1)),
            (
                r#"[{"profile": "a"}, {"profile": "b", "kid": "1", "kid": "2"}]"#,
                Some(2),
            ),
            ("name\nb\n", None),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err().row, row, "{text}");
        }
        assert_eq!(parse(b"profile\n\xff\n").unwrap_err().id, "apply-not-utf8");
    }
}
