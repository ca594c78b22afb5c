//! The lines of a pasted text, and the blocks of them that may belong to one error.

use std::ops::Range;

use super::{phrase::continues, trace_id::trace_ids_in};

/// A line of a text, with the lines that continue it.
#[derive(Debug)]
pub(super) struct Line {
    pub range: Range<usize>,
    /// The number of the block: lines that may belong to one error. A time stamp, an object or a trace id ends it.
    pub block: usize,
}

/// Splits a text into lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut block, mut start) = (0, 0);
    for raw in text.split_inclusive('\n') {
        let range = start..start + raw.len();
        start = range.end;
        match lines.last_mut() {
            Some(line) if continues(raw) => line.range.end = range.end,
            Some(line) => {
                let had_trace_id = !trace_ids_in(&text[line.range.clone()]).is_empty();
                block += usize::from(had_trace_id || begins_block(raw));
                lines.push(Line { range, block });
            }
            None => lines.push(Line { range, block }),
        }
    }
    lines
}

/// Returns whether a line begins with a time stamp or an object.
pub(super) fn begins_block(line: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let line = line.trim_start_matches(['[', '(', '<', '*', '-', ' ']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    let is_time = matches!(digits, 1 | 2 | 4) && matches!(after, Some(':' | '-' | '.' | '/'));
    let is_number_after = line[digits..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    line.starts_with('{')
        || (is_time && is_number_after)
        || MONTHS.iter().any(|month| {
            line.strip_prefix(month)
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        })
}
