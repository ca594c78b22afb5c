//! The objects and list elements of a pasted text. Each may be the description of one error.

use std::ops::Range;

use super::lines::objects;

/// Deepest element that is told from the one around it. Each character is read once for every element around it.
const MAX_LEVELS: usize = 16;
/// Longest element that is a description of one error. It may be of many lines, and is read for each of them.
const MAX_BYTES: usize = 8192;
/// Tags of HTML and XML whose elements are descriptions of their own.
const TAGS: [&str; 5] = ["li", "tr", "dd", "p", "error"];

/// The elements of a text, in the order in which they begin.
pub(super) struct Elements {
    ranges: Vec<Range<usize>>,
    parents: Vec<Option<usize>>,
}

impl Elements {
    pub fn new(text: &str) -> Elements {
        let mut ranges: Vec<Range<usize>> = objects(text).into_iter().filter_map(|object| object.closed()).collect();
        if text.contains('<') {
            let lower = text.to_ascii_lowercase();
            ranges.extend(TAGS.iter().flat_map(|tag| tagged(&lower, tag)));
        }
        ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut open: Vec<usize> = Vec::new();
        let mut elements = Elements {
            ranges: Vec::with_capacity(ranges.len()),
            parents: Vec::with_capacity(ranges.len()),
        };
        for range in ranges {
            while open
                .last()
                .is_some_and(|last| elements.ranges[*last].end <= range.start)
            {
                open.pop();
            }
            if open.len() < MAX_LEVELS && range.len() <= MAX_BYTES {
                elements.parents.push(open.last().copied());
                open.push(elements.ranges.len());
                elements.ranges.push(range);
            }
        }
        elements
    }

    /// Returns the number of the innermost element at an offset.
    pub fn innermost(&self, at: usize) -> Option<usize> {
        let before = self.ranges.partition_point(|range| range.start <= at).checked_sub(1);
        self.outwards(before).find(|number| self.ranges[*number].contains(&at))
    }

    /// Returns the elements around an element, from the inside.
    pub fn around(&self, number: Option<usize>) -> impl Iterator<Item = usize> {
        self.outwards(number).skip(1)
    }

    pub fn range(&self, number: usize) -> Range<usize> {
        self.ranges[number].clone()
    }

    fn outwards(&self, number: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(number, |number| self.parents[*number])
    }
}

/// Finds the elements with a tag. One may end where the next begins.
fn tagged(lower: &str, tag: &str) -> Vec<Range<usize>> {
    let is_tag = |at: &usize| {
        let name = &lower[at + 1..];
        let rest = name.strip_prefix('/').unwrap_or(name).strip_prefix(tag);
        rest.is_some_and(|rest| rest.starts_with(['>', ' ']))
    };
    let marks: Vec<usize> = lower.match_indices('<').map(|(at, _)| at).filter(is_tag).collect();
    let ends = marks.iter().skip(1).copied().chain([lower.len()]);
    let elements = marks
        .iter()
        .zip(ends)
        .filter(|(start, _)| !lower[**start..].starts_with("</"));
    elements.map(|(start, end)| *start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn innermost_element_is_found() {
        for (text, element) in [
            ("a X b", None),
            ("{a {b} X} c", Some("{a {b} X}")),
            ("[{a},{X}]", Some("{X}")),
            ("}{X", None),
            ("<ul><li>a</li><LI>X</li></ul>", Some("<LI>X")),
            ("<li>a<li>X", Some("<li>X")),
            ("<link>X</link>", None),
            ("<p>a</p> X", None),
        ] {
            let elements = Elements::new(text);
            let found = elements.innermost(text.find('X').unwrap());
            assert_eq!(found.map(|number| &text[elements.range(number)]), element, "{text}");
        }
    }
}
