//! BER (ITU-T X.690) made definite, and a reader of what comes out. Bytes in, bytes out.
//!
//! Buypass, NSS and BouncyCastle write PKCS#12 with indefinite lengths and octet strings in pieces, which is allowed
//! (RFC 7292 §4) and which no library at hand reads: [`definite`] turns it into lengths that are known and strings
//! that are whole. Only what PKCS files use is known: no tag numbers above 30, and no depth above [`DEPTH`].

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
/// A PKCS#12 nests about ten deep.
const DEPTH: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It ends before it says it does.
    CutShort,
    Malformed,
}

/// The first element of `bytes` with definite lengths and whole octet strings. What comes after it is left out.
pub fn definite(bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let mut input = bytes;
    // Room for all of it: an element of no less than four octets grows by no more than two. A buffer that grows would
    // leave copies of keys behind.
    let mut out = Zeroizing::new(Vec::with_capacity(bytes.len() + bytes.len() / 2 + 16));
    copy_element(&mut input, &mut out, DEPTH)?;
    Ok(out)
}

enum Length {
    Known(usize),
    Indefinite,
}

fn head(input: &mut &[u8]) -> Result<(u8, Length), Fault> {
    let tag = take(input, 1)?[0];
    if tag & 0x1f == 0x1f {
        return Err(Fault::Malformed);
    }
    let first = take(input, 1)?[0];
    let length = match first {
        0x80 => Length::Indefinite,
        0x00..0x80 => Length::Known(first.into()),
        _ => {
            let digits = take(input, usize::from(first & 0x7f))?;
            // Leading zeros are allowed in BER; four bytes of length are more than any file read here has.
            let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
            if digits.len() > 4 {
                return Err(Fault::Malformed);
            }
            Length::Known(digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)))
        }
    };
    Ok((tag, length))
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Result<&'a [u8], Fault> {
    let (taken, rest) = input.split_at_checked(count).ok_or(Fault::CutShort)?;
    *input = rest;
    Ok(taken)
}

fn copy_element(input: &mut &[u8], out: &mut Vec<u8>, depth: usize) -> Result<(), Fault> {
    let (tag, length) = head(input)?;
    if tag & CONSTRUCTED == 0 {
        let content = primitive(input, length)?;
        push(out, tag, content);
        return Ok(());
    }
    let start = out.len();
    let (tag, copy): (u8, Copy) = match tag {
        CONSTRUCTED_OCTETS => (OCTET_STRING, copy_piece),
        other => (other, copy_element),
    };
    copy_inside(input, length, out, depth, copy)?;
    let head = written_head(tag, out.len() - start);
    out.splice(start..start, head);
    Ok(())
}

type Copy = fn(&mut &[u8], &mut Vec<u8>, usize) -> Result<(), Fault>;

/// A piece of an octet string, without a head of its own. Pieces may be in pieces.
fn copy_piece(input: &mut &[u8], out: &mut Vec<u8>, depth: usize) -> Result<(), Fault> {
    match head(input)? {
        (OCTET_STRING, length) => {
            out.extend_from_slice(primitive(input, length)?);
            Ok(())
        }
        (CONSTRUCTED_OCTETS, length) => copy_inside(input, length, out, depth, copy_piece),
        _ => Err(Fault::Malformed),
    }
}

fn copy_inside(input: &mut &[u8], length: Length, out: &mut Vec<u8>, depth: usize, copy: Copy) -> Result<(), Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Malformed)?;
    match length {
        Length::Known(count) => {
            let mut inner = take(input, count)?;
            while !inner.is_empty() {
                // Inside a length that is known, an element that ends too late is not a file cut short.
                copy(&mut inner, out, depth).map_err(|_| Fault::Malformed)?;
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

fn primitive<'a>(input: &mut &'a [u8], length: Length) -> Result<&'a [u8], Fault> {
    match length {
        Length::Known(count) => take(input, count),
        Length::Indefinite => Err(Fault::Malformed),
    }
}

/// The content of octet strings, one after the other.
fn join(pieces: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut reader = Reader::new(pieces);
    let mut whole = Zeroizing::new(Vec::with_capacity(pieces.len()));
    while !reader.is_empty() {
        whole.extend_from_slice(reader.read(OCTET_STRING)?);
    }
    Some(whole)
}

/// The content of an octet string that is tagged `[0]` instead (RFC 5652 §6.1, `encryptedContent`): whole, or, as
/// [`definite`] cannot know what it is, still in pieces.
pub fn implicit_octets(tag: u8, content: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    match tag {
        CONTEXT_0_PRIMITIVE => Some(Zeroizing::new(content.to_vec())),
        CONTEXT_0 => join(content),
        _ => None,
    }
}

/// Appends an element.
pub fn push(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    out.extend(written_head(tag, content.len()));
    out.extend_from_slice(content);
}

fn written_head(tag: u8, count: usize) -> Vec<u8> {
    let digits = count.to_be_bytes();
    let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
    match count {
        0..0x80 => vec![tag, count as u8],
        _ => [&[tag, 0x80 | digits.len() as u8], digits].concat(),
    }
}

/// One element after the other, of DER. Every step is `None` where it is not what was asked for.
#[derive(Debug, Clone)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element's tag and content.
    pub fn any(&mut self) -> Option<(u8, &'a [u8])> {
        let mut rest = self.0;
        let (tag, length) = head(&mut rest).ok()?;
        let Length::Known(count) = length else { return None };
        let content = take(&mut rest, count).ok()?;
        self.0 = rest;
        Some((tag, content))
    }

    /// The next element's content, if it has that tag.
    pub fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.optional(tag)
    }

    /// The same, where the element may be left out: nothing is passed over then.
    pub fn optional(&mut self, tag: u8) -> Option<&'a [u8]> {
        if self.0.first() != Some(&tag) {
            return None;
        }
        self.any().map(|(_, content)| content)
    }

    /// A reader of the next element's content.
    pub fn enter(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.read(tag).map(Reader)
    }

    /// A number that is not negative and fits.
    pub fn number(&mut self) -> Option<u64> {
        let content = self.read(INTEGER)?;
        if content.first().is_none_or(|first| first & 0x80 != 0) {
            return None;
        }
        let digits = &content[content.iter().take_while(|digit| **digit == 0).count()..];
        (digits.len() <= 8).then(|| digits.iter().fold(0, |sum, digit| sum << 8 | u64::from(*digit)))
    }

    /// An object identifier in dotted form.
    pub fn oid(&mut self) -> Option<String> {
        dotted(self.read(OID)?)
    }

    /// An `AlgorithmIdentifier`: the identifier, and a reader of its parameters.
    pub fn algorithm(&mut self) -> Option<(String, Reader<'a>)> {
        let mut inner = self.enter(SEQUENCE)?;
        Some((inner.oid()?, inner))
    }
}

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
    let mut written = format!("{top}.{second}");
    for arc in &arcs[1..] {
        written.push_str(&format!(".{arc}"));
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_becomes_definite() {
        for (ber, der) in [
            // SEQUENCE { OCTET STRING in two pieces, INTEGER }
            (
                &[
                    0x30, 0x80, 0x24, 0x80, 4, 1, 0xaa, 4, 2, 0xbb, 0xcc, 0, 0, 2, 1, 3, 0, 0,
                ][..],
                Ok(&[0x30, 8, 4, 3, 0xaa, 0xbb, 0xcc, 2, 1, 3][..]),
            ),
            // A length written longer than it need be, and bytes after the end.
            (&[0x30, 0x82, 0, 3, 2, 1, 3, 0xff], Ok(&[0x30, 3, 2, 1, 3])),
            (&[0x30, 0x80, 2, 1, 3], Err(Fault::CutShort)),
            (&[0x30, 5, 2, 1], Err(Fault::CutShort)),
            (&[0x30, 2, 2, 1], Err(Fault::Malformed)),
            (&[0x04, 0x80, 0, 0], Err(Fault::Malformed)),
            (&[0x24, 3, 2, 1, 3], Err(Fault::Malformed)),
            // Pieces in pieces.
            (&[0x24, 8, 0x24, 3, 4, 1, 1, 4, 1, 2], Ok(&[4, 2, 1, 2])),
            (&[0x3f, 0x81, 1, 0], Err(Fault::Malformed)),
            (&[], Err(Fault::CutShort)),
        ] {
            let got = definite(ber);
            assert_eq!(got.as_ref().map(|bytes| bytes.as_slice()), der.as_deref(), "{ber:02x?}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let mut deep = [0x30, 0x80].repeat(100_000);
        assert_eq!(definite(&deep).unwrap_err(), Fault::Malformed);
        deep = Vec::new();
        for _ in 0..DEPTH {
            let inner = std::mem::take(&mut deep);
            push(&mut deep, SEQUENCE, &inner);
        }
        assert!(definite(&deep).is_ok());
    }

    #[test]
    fn identifiers_are_dotted() {
        for (content, written) in [
            (
                &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1][..],
                Some("1.2.840.113549.1.7.1"),
            ),
            (&[0x55, 4, 97], Some("2.5.4.97")),
            (&[0x86], None),
            (&[], None),
        ] {
            assert_eq!(dotted(content).as_deref(), written);
        }
    }
}
