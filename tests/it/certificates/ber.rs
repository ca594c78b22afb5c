//! Writes BER with indefinite lengths and constructed strings, as Buypass, NSS and BouncyCastle do, and MACs over it.
//! Libraries write DER only. It shares no code with the reader under test.

use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};

/// Splits off one element: tag, content, and the rest.
pub fn split(der: &[u8]) -> (u8, &[u8], &[u8]) {
    let (length, head) = match der[1] {
        short @ 0..0x80 => (usize::from(short), 2),
        long => {
            let digits = usize::from(long & 0x7f);
            let length = der[2..2 + digits]
                .iter()
                .fold(0, |sum, digit| sum << 8 | usize::from(*digit));
            (length, 2 + digits)
        }
    };
    (der[0], &der[head..head + length], &der[head + length..])
}

pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..0x80 => out.push(short as u8),
        long @ 0x80..0x100 => out.extend([0x81, long as u8]),
        long => out.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    out.extend_from_slice(content);
    out
}

/// Rewrites DER with indefinite lengths, and octet strings (also those tagged `[0]`) longer than `piece` in pieces.
pub fn indefinite(der: &[u8], piece: usize) -> Vec<u8> {
    let (tag, content, rest) = split(der);
    let mut out = Vec::new();
    if tag & 0x20 != 0 {
        out.extend([tag, 0x80]);
        if !content.is_empty() {
            out.extend(indefinite(content, piece));
        }
        out.extend([0, 0]);
    } else if matches!(tag, 0x04 | 0x80) && content.len() > piece {
        out.extend([tag | 0x20, 0x80]);
        for part in content.chunks(piece) {
            out.extend(element(0x04, part));
        }
        out.extend([0, 0]);
    } else {
        out.extend(element(tag, content));
    }
    if !rest.is_empty() {
        out.extend(indefinite(rest, piece));
    }
    out
}

/// Returns a PKCS#12 file with a MAC: SHA-1, one round.
pub fn pkcs12(safe: &[u8], password: &str) -> Vec<u8> {
    let salt = *b"saltsalt";
    let key = mac_key(password, &salt);
    let mut hmac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
    hmac.update(safe);
    let sha1 = element(0x30, &[&element(0x06, &[0x2b, 0x0e, 3, 2, 0x1a])[..], &[5, 0]].concat());
    let digest = element(0x04, &hmac.finalize().into_bytes());
    let mac = [element(0x30, &[sha1, digest].concat()), element(0x04, &salt)].concat();
    pfx(safe, &element(0x30, &mac))
}

/// Returns a PKCS#12 file of these two parts.
pub fn pfx(safe: &[u8], mac: &[u8]) -> Vec<u8> {
    let data = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let octets = element(0xa0, &element(0x04, safe));
    let content = element(0x30, &[element(0x06, &data), octets].concat());
    element(0x30, &[&[2, 1, 3], &content[..], mac].concat())
}

/// Returns the `AuthenticatedSafe` of a PKCS#12 file in DER, and its `MacData`, empty if there is none.
pub fn parts(pfx: &[u8]) -> (&[u8], &[u8]) {
    let (_, inner, _) = split(pfx);
    let (_, _, after_version) = split(inner);
    let (_, content, mac) = split(after_version);
    let (_, _, after_type) = split(content);
    let (_, explicit, _) = split(after_type);
    (split(explicit).1, mac)
}

/// Derives a MAC key by RFC 7292 §B.2: twenty octets, one round, password and salt of one block each.
fn mac_key(password: &str, salt: &[u8]) -> [u8; 20] {
    let utf16: Vec<u8> = password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
    assert!(utf16.len() <= 64);
    let fill = |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().cycle().take(64).collect() };
    let input = [vec![3; 64], fill(salt), fill(&utf16)].concat();
    Sha1::digest(input).into()
}

/// Encodes an object identifier in dotted form.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let mut digits = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            digits.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        content.extend(digits.iter().rev());
    }
    element(0x06, &content)
}
