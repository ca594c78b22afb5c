//! The bags of a PKCS#12 (RFC 7292 §4.2).

use crate::credential::ber::{BMP_STRING, CONTEXT_0, OCTET_STRING, Reader, SEQUENCE, SET};

const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
/// `friendlyName` (RFC 2985 §5.5.1).
const FRIENDLY_NAME: &str = "1.2.840.113549.1.9.20";
/// `localKeyId` (RFC 2985 §5.5.2).
const LOCAL_KEY_ID: &str = "1.2.840.113549.1.9.21";
const BAG_TYPE_PREFIX: &str = "1.2.840.113549.1.12.10.1.";

/// A bag.
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

/// Returns true if the first of these elements is a bag.
pub fn is_bag(mut bags: Reader<'_>) -> bool {
    Bag::read(&mut bags).is_some()
}
