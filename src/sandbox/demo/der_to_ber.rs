//! DER → BER with indefinite lengths and segmented octet strings (X.690 §8.1.3.6, §8.7.3), the form in which Buypass
//! delivers `.p12` files. Pure.

const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;
const INDEFINITE: u8 = 0x80;
const END_OF_CONTENTS: [u8; 2] = [0, 0];
/// The segment length that BouncyCastle uses.
const SEGMENT_BYTES: usize = 1000;

/// Encodes the same values in BER. `None` unless the input is DER with one-byte tags, which a `.p12` always is.
pub fn to_ber(der: &[u8]) -> Option<Vec<u8>> {
    let mut ber = Vec::with_capacity(der.len() + 64);
    elements(der, &mut ber)?;
    Some(ber)
}

fn elements(mut der: &[u8], ber: &mut Vec<u8>) -> Option<()> {
    while !der.is_empty() {
        let (tag, content, rest) = element(der)?;
        if tag & CONSTRUCTED != 0 {
            ber.extend([tag, INDEFINITE]);
            elements(content, ber)?;
            ber.extend(END_OF_CONTENTS);
        } else if tag == OCTET_STRING && content.len() > SEGMENT_BYTES {
            ber.extend([tag | CONSTRUCTED, INDEFINITE]);
            for segment in content.chunks(SEGMENT_BYTES) {
                primitive(tag, segment, ber)?;
            }
            ber.extend(END_OF_CONTENTS);
        } else {
            primitive(tag, content, ber)?;
        }
        der = rest;
    }
    Some(())
}

fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (
                bytes.iter().fold(0, |length, &byte| length << 8 | usize::from(byte)),
                rest,
            )
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

fn primitive(tag: u8, content: &[u8], ber: &mut Vec<u8>) -> Option<()> {
    let [high, low] = u16::try_from(content.len()).ok()?.to_be_bytes();
    ber.push(tag);
    match content.len() {
        0..=0x7f => ber.push(low),
        0x80..=0xff => ber.extend([0x81, low]),
        _ => ber.extend([0x82, high, low]),
    }
    ber.extend(content);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_become_indefinite_and_long_strings_are_segmented() {
        // SEQUENCE { INTEGER 3, OCTET STRING of 3 bytes }
        let der = [0x30, 0x08, 0x02, 0x01, 0x03, 0x04, 0x03, 1, 2, 3];
        let ber = [0x30, 0x80, 0x02, 0x01, 0x03, 0x04, 0x03, 1, 2, 3, 0, 0];
        assert_eq!(to_ber(&der).unwrap(), ber);

        let mut der = vec![0x04, 0x82, 0x05, 0xdc];
        der.extend([7; 1500]);
        let ber = to_ber(&der).unwrap();
        assert_eq!(ber[..6], [0x24, 0x80, 0x04, 0x82, 0x03, 0xe8]);
        assert_eq!(ber[1006..1010], [0x04, 0x82, 0x01, 0xf4]);
        assert_eq!(ber[1510..], [0, 0]);
    }

    #[test]
    fn truncated_der_is_refused() {
        for cut in [
            &[0x30, 0x05, 0x02][..],
            &[0x30],
            &[0x30, 0x80, 0, 0],
            &[0x04, 0x82, 0x01],
        ] {
            assert_eq!(to_ber(cut), None);
        }
    }
}
