//! The bags of a PKCS#12 (RFC 7292 §4.2), and the key that is needed of several.

use std::collections::{HashMap, HashSet};

use crate::credential::ber::{BMP_STRING, CONTEXT_0, OCTET_STRING, Reader, SEQUENCE, SET};

const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
/// `friendlyName` (RFC 2985 §5.5.1).
const FRIENDLY_NAME: &str = "1.2.840.113549.1.9.20";
/// `localKeyId` (RFC 2985 §5.5.2).
const LOCAL_KEY_ID: &str = "1.2.840.113549.1.9.21";
const BAG_TYPE_PREFIX: &str = "1.2.840.113549.1.12.10.1.";

/// Chooses the certificate whose key is needed, of several certificates in DER: returns its index. `None` if all are.
pub type Choose<'a> = &'a dyn Fn(&[&[u8]]) -> Option<usize>;

/// The key that is needed of several.
pub struct NeededKey {
    /// The certificate that it is the key of by its local key id, in DER.
    pub certificate: Vec<u8>,
    /// The local key ids of the other keys, and the certificate of each.
    pub others: HashMap<Vec<u8>, Vec<u8>>,
}

/// A bag. Keys and certificates are matched by their public keys: a local key id only tells which key is decrypted.
pub struct Bag<'a> {
    oid: String,
    pub value: Reader<'a>,
    attributes: Option<Reader<'a>>,
}

impl<'a> Bag<'a> {
    pub fn read(bags: &mut Reader<'a>) -> Option<Bag<'a>> {
        let mut bag = bags.enter(SEQUENCE)?;
        Some(Bag {
            oid: bag.oid()?,
            value: bag.enter(CONTEXT_0)?,
            attributes: bag.enter(SET),
        })
    }

    /// Returns the last arc of a standard bag's type.
    pub fn kind(&self) -> Option<&str> {
        self.oid.strip_prefix(BAG_TYPE_PREFIX)
    }

    /// Returns the certificate of a certificate bag; `None` inside if it is of another type than X.509, and outside if it is
    /// malformed.
    pub fn certificate(&self) -> Option<Option<&'a [u8]>> {
        let mut certificate = self.value.clone().enter(SEQUENCE)?;
        if certificate.oid()? != X509_CERTIFICATE {
            return Some(None);
        }
        certificate.enter(CONTEXT_0)?.read(OCTET_STRING).map(Some)
    }

    /// Returns the name of the entry. A malformed one is ignored: nothing depends on it.
    pub fn friendly_name(&self) -> Option<String> {
        let bytes = self.attribute(FRIENDLY_NAME)?.read(BMP_STRING)?;
        let units = bytes.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
        let name: String = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
        (!name.is_empty()).then_some(name)
    }

    /// Returns the id that a key and its certificate have in common.
    pub fn local_key_id(&self) -> Option<&'a [u8]> {
        self.attribute(LOCAL_KEY_ID)?.read(OCTET_STRING)
    }

    /// Returns a reader of the values of an attribute.
    fn attribute(&self, oid: &str) -> Option<Reader<'a>> {
        let mut attributes = self.attributes.clone()?;
        while !attributes.is_empty() {
            let mut attribute = attributes.enter(SEQUENCE)?;
            if attribute.oid()? == oid {
                return attribute.enter(SET);
            }
        }
        None
    }
}

pub fn is_bag(mut bags: Reader<'_>) -> bool {
    Bag::read(&mut bags).is_some()
}

/// Returns the key that is needed of the bags of these parts. `None` if all are, or unless each key is encrypted, has a local key
/// id of its own, and one certificate has the same.
pub fn needed_key(parts: &[&[u8]], choose: Choose<'_>) -> Option<NeededKey> {
    let mut keys = HashSet::new();
    let mut certificates: Vec<(&[u8], &[u8])> = Vec::new();
    for part in parts {
        let mut bags = Reader::new(part).enter(SEQUENCE)?;
        while !bags.is_empty() {
            let bag = Bag::read(&mut bags)?;
            match (bag.kind(), bag.local_key_id()) {
                (Some("2"), id) if !keys.insert(id?) => return None,
                (Some("3"), Some(id)) => certificates.push((id, bag.certificate()??)),
                (Some("1" | "6"), _) => return None,
                _ => {}
            }
        }
    }
    if keys.len() < 2 {
        return None;
    }
    certificates.retain(|(id, _)| keys.contains(id));
    let ids: HashSet<_> = certificates.iter().map(|(id, _)| id).collect();
    if ids.len() != keys.len() || certificates.len() != keys.len() {
        return None;
    }
    let ders: Vec<&[u8]> = certificates.iter().map(|(_, der)| *der).collect();
    let (_, needed) = certificates.remove(choose(&ders)?);
    let others = certificates.into_iter();
    Some(NeededKey {
        certificate: needed.to_vec(),
        others: others.map(|(id, der)| (id.to_vec(), der.to_vec())).collect(),
    })
}
