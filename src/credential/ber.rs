//! BER (ITU-T X.690): conversion to definite lengths, and a DER reader. Bytes in, bytes out.
//!
//! Buypass, NSS and BouncyCastle write PKCS#12 with indefinite lengths and constructed octet strings. RFC 7292 §4
//! allows that, and no Rust library reads it: [`definite`] converts it to definite lengths and primitive strings. Only
//! the part of BER that PKCS files use is supported: no tag numbers above 30, no nesting above [`MAX_DEPTH`].

use zeroize::Zeroizing;

pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const NULL: u8 = 0x05;
pub const OID: u8 = 0x06;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;
/// `[0]`, constructed and primitive.
pub const CONTEXT_0: u8 = 0xa0;
pub const CONTEXT_0_PRIMITIVE: u8 = 0x80;

const CONSTRUCTED: u8 = 0x20;
const CONSTRUCTED_OCTETS: u8 = OCTET_STRING | CONSTRUCTED;
/// Levels of nesting. A PKCS#12 has about ten.
const MAX_DEPTH: usize = 32;

/// A fault in the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BerError {
    /// The bytes end before the length that they state.
    CutShort,
    Malformed,
}

/// Converts the first element of `bytes` to definite lengths and primitive octet strings. Bytes after it are ignored.
pub fn definite(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, BerError> {
    definite_and_rest(bytes).map(|(out, _)| out)
}

/// Converts the first element as [`definite`] does, and returns the bytes after it.
pub fn definite_and_rest(bytes: &[u8]) -> Result<(Zeroizing<Vec<u8>>, &[u8]), BerError> {
    let mut input = bytes;
    // Large enough for the output: an element of at least four octets grows by at most two. A buffer that is
    // reallocated would leave copies of keys in memory.
    let mut out = Zeroizing::new(Vec::with_capacity(bytes.len() + bytes.len() / 2 + 16));
    copy_element(&mut input, &mut out, MAX_DEPTH)?;
    Ok((out, input))
}

/// Returns the octets that the first element takes with its head, if it states a length.
pub fn definite_length(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    match read_head(&mut rest).ok()? {
        (_, Length::Known(length)) => (bytes.len() - rest.len()).checked_add(length),
        (_, Length::Indefinite) => None,
    }
}

enum Length {
    Known(usize),
    Indefinite,
}

/// Reads a tag and a length.
fn read_head(input: &mut &[u8]) -> Result<(u8, Length), BerError> {
    let tag = take(input, 1)?[0];
    if tag & 0x1f == 0x1f {
        return Err(BerError::Malformed);
    }
    let first = take(input, 1)?[0];
    let length = match first {
        0x80 => Length::Indefinite,
        0x00..0x80 => Length::Known(first.into()),
        _ => {
            let digits = take(input, usize::from(first & 0x7f))?;
            // BER allows leading zeros. Four bytes of length exceed the size limit of files.
            let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
            if digits.len() > 4 {
                return Err(BerError::Malformed);
            }
            Length::Known(digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)))
        }
    };
    Ok((tag, length))
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8], BerError> {
    let (taken, rest) = input.split_at_checked(count).ok_or(BerError::CutShort)?;
    *input = rest;
    Ok(taken)
}

fn copy_element(input: &mut &[u8], out: &mut Vec<u8>, depth: usize) -> Result<(), BerError> {
    let (tag, length) = read_head(input)?;
    if tag & CONSTRUCTED == 0 {
        let content = primitive(input, length)?;
        push(out, tag, content);
        return Ok(());
    }
    let start = out.len();
    let (tag, copy): (u8, Copy) = match tag {
        CONSTRUCTED_OCTETS => (OCTET_STRING, copy_segment),
        other => (other, copy_element),
    };
    copy_inside(input, length, out, depth, copy)?;
    let head = encode_head(tag, out.len() - start);
    out.splice(start..start, head);
    Ok(())
}

type Copy = fn(&mut &[u8], &mut Vec<u8>, usize) -> Result<(), BerError>;

/// Copies the content of a segment of a constructed octet string. Segments may have segments.
fn copy_segment(input: &mut &[u8], out: &mut Vec<u8>, depth: usize) -> Result<(), BerError> {
    match read_head(input)? {
        (OCTET_STRING, length) => {
            out.extend_from_slice(primitive(input, length)?);
            Ok(())
        }
        (CONSTRUCTED_OCTETS, length) => copy_inside(input, length, out, depth, copy_segment),
        _ => Err(BerError::Malformed),
    }
}

fn copy_inside(input: &mut &[u8], length: Length, out: &mut Vec<u8>, depth: usize, copy: Copy) -> Result<(), BerError> {
    let depth = depth.checked_sub(1).ok_or(BerError::Malformed)?;
    match length {
        Length::Known(count) => {
            let mut inner = take(input, count)?;
            while !inner.is_empty() {
                // An element that is longer than its parent is malformed: the file was not cut short.
                copy(&mut inner, out, depth).map_err(|_| BerError::Malformed)?;
            }
        }
        Length::Indefinite => {
            while !input.starts_with(&[0, 0]) {
                copy(input, out, depth)?;
            }
            take(input, 2)?;
        }
    }
    Ok(())
}

fn primitive<'a>(input: &mut &'a [u8], length: Length) -> Result<&'a [u8], BerError> {
    match length {
        Length::Known(count) => take(input, count),
        Length::Indefinite => Err(BerError::Malformed),
    }
}

/// Joins the contents of consecutive octet strings.
fn join(segments: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut reader = Reader::new(segments);
    let mut whole = Zeroizing::new(Vec::with_capacity(segments.len()));
    while !reader.is_empty() {
        whole.extend_from_slice(reader.read(OCTET_STRING)?);
    }
    Some(whole)
}

/// Returns the content of an octet string with the implicit tag `[0]` (RFC 5652 §6.1, `encryptedContent`). A
/// constructed one still has its segments, since [`definite`] cannot know its type.
pub fn implicit_octets(tag: u8, content: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    match tag {
        CONTEXT_0_PRIMITIVE => Some(Zeroizing::new(content.to_vec())),
        CONTEXT_0 => join(content),
        _ => None,
    }
}

/// Appends an element.
pub fn push(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    out.extend(encode_head(tag, content.len()));
    out.extend_from_slice(content);
}

fn encode_head(tag: u8, count: usize) -> Vec<u8> {
    let digits = count.to_be_bytes();
    let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
    match count {
        0..0x80 => vec![tag, count as u8],
        _ => [&[tag, 0x80 | digits.len() as u8], digits].concat(),
    }
}

/// A reader of consecutive DER elements. Every method returns `None` if the next element is not the one asked for.
#[derive(Debug, Clone)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Creates a reader of the elements in `bytes`.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    /// Returns true if no element is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the next element's tag and content.
    pub fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let mut rest = self.0;
        let (tag, length) = read_head(&mut rest).ok()?;
        let Length::Known(count) = length else { return None };
        let content = take(&mut rest, count).ok()?;
        self.0 = rest;
        Some((tag, content))
    }

    /// Reads the next element's content, if it has that tag.
    pub fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.optional(tag)
    }

    /// Reads the content of an element that may be absent. If it is, the position stays the same.
    pub fn optional(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() != Some(&tag) {
            return None;
        }
        self.any().map(|(_, content)| content)
    }

    /// Returns a reader of the next element's content, if it has that tag.
    pub fn enter(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.read(tag).map(Reader)
    }

    /// Reads an INTEGER from 0 to `u64::MAX`.
    pub fn number(&mut self) -> Option<u64> {
        let content = self.read(INTEGER)?;
        if content.first().is_none_or(|first| first & 0x80 != 0) {
            return None;
        }
        let digits = &content[content.iter().take_while(|digit| **digit == 0).count()..];
        (digits.len() <= 8).then(|| digits.iter().fold(0, |sum, digit| sum << 8 | u64::from(*digit)))
    }

    /// Reads an OBJECT IDENTIFIER in dotted form.
    pub fn oid(&mut self) -> Option<String> {
        dotted(self.read(OID)?)
    }

    /// Reads an `AlgorithmIdentifier`: its OID, and a reader of its parameters.
    pub fn algorithm(&mut self) -> Option<(String, Reader<'a>)> {
        let mut inner = self.enter(SEQUENCE)?;
        Some((inner.oid()?, inner))
    }
}

/// Decodes an object identifier's content to dotted form.
fn dotted(content: &[u8]) -> Option<String> {
    if content.len() > 32 || content.last().is_none_or(|last| last & 0x80 != 0) {
        return None;
    }
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc: u64 = 0;
    for byte in content {
        arc = arc.checked_mul(128)? + u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            arcs.push(arc);
            arc = 0;
        }
    }
    // The first two arcs share one number (X.690 §8.19.4).
    let first = arcs[0];
    let (top, second) = if first < 80 {
        (first / 40, first % 40)
    } else {
        (2, first - 80)
    };
    let mut oid = format!("{top}.{second}");
    for arc in &arcs[1..] {
        oid.push_str(&format!(".{arc}"));
    }
    Some(oid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_converts_lengths_and_octet_strings() {
        for (ber, der) in [
            // SEQUENCE { OCTET STRING in two segments, INTEGER }
            (
                &[
                    0x30, 0x80, 0x24, 0x80, 4, 1, 0xaa, 4, 2, 0xbb, 0xcc, 0, 0, 2, 1, 3, 0, 0,
                ][..],
                Ok(&[0x30, 8, 4, 3, 0xaa, 0xbb, 0xcc, 2, 1, 3][..]),
            ),
            // A length that is not minimal, and bytes after the end.
            (&[0x30, 0x82, 0, 3, 2, 1, 3, 0xff], Ok(&[0x30, 3, 2, 1, 3])),
            (&[0x30, 0x80, 2, 1, 3], Err(BerError::CutShort)),
            (&[0x30, 5, 2, 1], Err(BerError::CutShort)),
            (&[0x30, 2, 2, 1], Err(BerError::Malformed)),
            (&[0x04, 0x80, 0, 0], Err(BerError::Malformed)),
            (&[0x24, 3, 2, 1, 3], Err(BerError::Malformed)),
            // Segments in segments.
            (&[0x24, 8, 0x24, 3, 4, 1, 1, 4, 1, 2], Ok(&[4, 2, 1, 2])),
            (&[0x3f, 0x81, 1, 0], Err(BerError::Malformed)),
            (&[], Err(BerError::CutShort)),
        ] {
            let got = definite(ber);
            assert_eq!(got.as_ref().map(|bytes| bytes.as_slice()), der.as_deref(), "{ber:02x?}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let mut deep = [0x30, 0x80].repeat(100_000);
        assert_eq!(definite(&deep).unwrap_err(), BerError::Malformed);
        deep = Vec::new();
        for _ in 0..MAX_DEPTH {
            let inner = std::mem::take(&mut deep);
            push(&mut deep, SEQUENCE, &inner);
        }
        assert!(definite(&deep).is_ok());
    }

    #[test]
    fn object_identifiers_become_dotted() {
        for (content, expected) in [
            (
                &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1][..],
                Some("1.2.840.113549.1.7.1"),
            ),
            (&[0x55, 4, 97], Some("2.5.4.97")),
            (&[0x86], None),
            (&[], None),
        ] {
            assert_eq!(dotted(content).as_deref(), expected);
        }
    }
}
