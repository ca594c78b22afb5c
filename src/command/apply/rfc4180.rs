//! Reader of CSV as RFC 4180 defines it.
//!
//! The readers of spreadsheets and the `csv` crate accept an unclosed quote: the rest of the table is then one cell. Here it is an
//! error with its place, as profiles are made from the cells.

/// Quotation mark around a cell with separators, line breaks or quotation marks.
const QUOTE: char = '"';

/// Row with at least one character.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// The number as a spreadsheet counts: the first is 1, and empty rows count.
    pub row: usize,
    /// The cells without blanks around them.
    pub cells: Vec<String>,
}

/// Rule of RFC 4180 that a cell breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// The quotation mark that begins the cell has no other that ends it.
    Unclosed,
    /// Text after the quotation mark that ends the cell.
    TextAfterQuote,
    /// A quotation mark in a cell that does not begin with one.
    QuoteInside,
}

/// Cell that is malformed.
#[derive(Debug, PartialEq, Eq)]
pub struct CsvError {
    pub row: usize,
    /// The heading of its column; the column's number if there is none.
    pub column: String,
    pub rule: Malformed,
}

/// Returns the separator of a table: that of `;` and `,` which occurs more often in the first row with text.
pub fn separator(text: &str) -> char {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator| header.matches(separator).count();
    if count(';') > count(',') { ';' } else { ',' }
}

/// Parses a table. Empty rows are left out.
///
/// # Errors
///
/// Returns the first cell that is malformed.
pub fn parse(text: &str, separator: char) -> Result<Vec<Record>, CsvError> {
    let (mut records, mut rest, mut row) = (Vec::<Record>::new(), text, 1);
    while !rest.is_empty() {
        let mut cells = Vec::new();
        loop {
            let (value, after) = cell(rest, separator).map_err(|rule| {
                let heading = records.first().and_then(|header| header.cells.get(cells.len()));
                let number = || (cells.len() + 1).to_string();
                CsvError {
                    row,
                    column: heading.cloned().unwrap_or_else(number),
                    rule,
                }
            })?;
            cells.push(value);
            match after.strip_prefix(separator) {
                Some(next) => rest = next,
                None => {
                    rest = after.strip_prefix("\r\n").or(after.get(1..)).unwrap_or_default();
                    break;
                }
            }
        }
        if cells.len() > 1 || !cells[0].is_empty() {
            records.push(Record { row, cells });
        }
        row += 1;
    }
    Ok(records)
}

/// Returns the first cell, and the text that begins with the separator or line break after it.
fn cell(text: &str, separator: char) -> Result<(String, &str), Malformed> {
    let end_of = |text: &str| text.find([separator, '\r', '\n']).unwrap_or(text.len());
    let Some(mut quoted) = text.strip_prefix(QUOTE) else {
        let (value, after) = text.split_at(end_of(text));
        return match value.contains(QUOTE) {
            true => Err(Malformed::QuoteInside),
            false => Ok((value.trim().to_owned(), after)),
        };
    };
    let mut value = String::new();
    loop {
        let (part, after) = quoted.split_once(QUOTE).ok_or(Malformed::Unclosed)?;
        value.push_str(part);
        match after.strip_prefix(QUOTE) {
            Some(rest) => {
                value.push(QUOTE);
                quoted = rest;
            }
            None => {
                let (blanks, after) = after.split_at(end_of(after));
                return match blanks.trim().is_empty() {
                    true => Ok((value.trim().to_owned(), after)),
                    false => Err(Malformed::TextAfterQuote),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        let records = parse(text, separator(text)).unwrap();
        records.into_iter().map(|record| (record.row, record.cells)).collect()
    }

    #[test]
    fn cells_are_read_with_quotes_line_breaks_and_every_line_ending() {
        let rows = |rows: &[(usize, &[&str])]| -> Vec<(usize, Vec<String>)> {
            let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
            rows.iter().map(|(row, cells)| (*row, owned(cells))).collect()
        };
        for (text, expected) in [
            ("", rows(&[])),
            ("a", rows(&[(1, &["a"])])),
            ("a,\n,b", rows(&[(1, &["a", ""]), (2, &["", "b"])])),
            (
                "a\nb\r\nc\rd\r\n",
                rows(&[(1, &["a"]), (2, &["b"]), (3, &["c"]), (4, &["d"])]),
            ),
            ("\n\r\n  \na;b\n\nc;d", rows(&[(4, &["a", "b"]), (6, &["c", "d"])])),
            ("\"a\"\"b\n c\",\"\"\nd", rows(&[(1, &["a\"b\n c", ""]), (2, &["d"])])),
            ("\"a;b\" ;c", rows(&[(1, &["a;b", "c"])])),
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn a_malformed_cell_is_named_with_its_place() {
        for (text, row, column, rule) in [
            ("name,kid\nb,\"open\n", 2, "kid", Malformed::Unclosed),
            ("name,kid\n\nb,\"open\nc,d\ne,f\n", 3, "kid", Malformed::Unclosed),
            ("name,\"kid\n", 1, "2", Malformed::Unclosed),
            ("name,kid\n\"b\"c,d\n", 2, "name", Malformed::TextAfterQuote),
            ("name\n\"b\" \"c\"\n", 2, "name", Malformed::TextAfterQuote),
            ("name\n\"b\"\"\n", 2, "name", Malformed::Unclosed),
            ("name,kid\nb,c\"d\"\n", 2, "kid", Malformed::QuoteInside),
            ("name,kid\nb, \"c\"\n", 2, "kid", Malformed::QuoteInside),
            ("name\nb,c,\"d", 2, "3", Malformed::Unclosed),
        ] {
            let error = parse(text, ',').unwrap_err();
            assert_eq!(
                (error.row, error.column.as_str(), error.rule),
                (row, column, rule),
                "{text}"
            );
        }
    }
}
