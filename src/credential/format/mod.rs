//! Formats: reads the keys and certificates of a file by its content, through whatever wraps it. File names and labels
//! are not trusted.
//!
//! [`Reading`] follows the wrappings: [`encoding`] decodes text, [`pem`] and [`wrapping`] find base64 in it, [`json`] and
//! [`jwk`] read JSON, [`der`] and [`pkcs12`] binary files, and [`restore`] repairs those that were saved as text.
//! [`other_file`] names what is none of these.

mod base64_text;
mod content;
mod der;
mod encoding;
mod jwk;
mod line_prefix;
mod other_file;
mod pem;
mod pkcs12;
mod read_der;
mod repair_binary;
mod wrapping;
mod zeroizing_json;

pub use content::{Block, Content, Fault, Other};
pub use encoding::{ansi_byte, decode_ansi, decode_settings, decode_text, decode_unicode};

use self::zeroizing_json::Json;
use super::{Password, ber::SEQUENCE, crypto::attempt::Attempt, error::FileError, private_key::PrivateKey};
use crate::{
    certificate::{Format, rank::Wanted},
    text::visible,
};

/// Wrappings inside one another.
const MAX_DEPTH: usize = 4;
/// Bytes that unwrapping may produce, all layers together.
const MAX_DECODED_BYTES: usize = 8 << 20;
/// Bytes of base64 that is a damaged key or certificate, and not one line of it.
const MIN_MEANT_BYTES: usize = 128;
/// Characters of a JSON text that may be a key or a certificate.
const MIN_TEXT: usize = 40;
/// Private keys of a file, whose numbers are validated, and of these JWKs whose factors must be computed.
const MAX_KEYS: usize = 32;
const MAX_FACTORINGS: usize = 4;
/// PEM blocks of a file. A bundle of all roots of a computer has some two hundred.
const MAX_BLOCKS: usize = 2000;

/// Detects the format of a file and reads it. With `wanted`, keys of other certificates may be [claimed](PrivateKey::is_claimed)
/// ones.
pub fn read(bytes: &[u8], password: Option<&Password>, wanted: Option<Wanted>) -> Content {
    read_with(bytes, Attempt::new(password), wanted).0
}

/// Reads a file as [`read`] does, and returns the passwords and the iterations left for another file.
pub fn read_with(bytes: &[u8], attempt: Attempt, wanted: Option<Wanted>) -> (Content, Attempt) {
    let mut reading = Reading {
        content: Content::new(),
        attempt,
        wanted,
        block: None,
        bytes_left: MAX_DECODED_BYTES,
        blocks_left: MAX_BLOCKS,
        keys_left: MAX_KEYS,
        factorings_left: MAX_FACTORINGS,
    };
    reading.bytes(bytes, 0);
    let mut content = reading.content;
    content.trimmed = reading.attempt.trimmed;
    if content.is_empty() {
        content.other = other(bytes, content.other);
    }
    (content, reading.attempt)
}

/// Returns the kind of a file without a key or a certificate. `found` is the kind of what was recognised in it.
fn other(bytes: &[u8], found: Option<Other>) -> Option<Other> {
    let magic = other_file::by_magic(bytes);
    if magic.is_some() {
        return magic;
    }
    let text = encoding::decode_text(bytes);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Some(Other::Empty);
    }
    let found = match found {
        Some(Other::Encrypted(tool)) if as_text(bytes).is_some() => Some(Other::Encrypted(tool.in_text(&text))),
        found => found,
    };
    match (other_file::by_text(&text), found) {
        // Any JSON is JSON, and an encrypted mail is a mail, too: what was recognised in it says more.
        (Some(Other::Json | Other::WindowsKey(_)), Some(_)) | (Some(Other::Mail), Some(Other::Encrypted(_))) => found,
        (direct, _) => direct.or(found),
    }
}

/// A file that is being read.
struct Reading {
    content: Content,
    attempt: Attempt,
    wanted: Option<Wanted>,
    /// The PEM block or JWK that is being read.
    block: Option<Block>,
    bytes_left: usize,
    blocks_left: usize,
    keys_left: usize,
    factorings_left: usize,
}

impl Reading {
    /// Reads bytes of any kind. True if they were recognised.
    fn bytes(&mut self, bytes: &[u8], depth: usize) -> bool {
        let Some(left) = self.bytes_left.checked_sub(bytes.len()) else {
            return false;
        };
        self.bytes_left = left;
        if depth > MAX_DEPTH {
            return false;
        }
        if let Some(other) = other_file::by_magic(bytes) {
            if other == Other::SshKey && other_file::is_openssh_rsa(bytes) {
                self.fault(FileError::OpenSsh, true);
                return true;
            }
            self.other(other);
            return true;
        }
        match as_text(bytes) {
            Some(text) => self.text(&text, depth),
            None => self.binary(bytes, depth),
        }
    }

    fn binary(&mut self, bytes: &[u8], depth: usize) -> bool {
        let bare = repair_binary::without_prefix(bytes);
        let faults = self.content.faults.len();
        let outcome = match bare.first() {
            Some(&SEQUENCE) => self.der(bare),
            _ => Ok(false),
        };
        if outcome == Ok(true) {
            self.restored(bytes, faults);
            return true;
        }
        if repair_binary::embedded_pkcs12(bytes).is_some_and(|embedded| self.der(embedded) == Ok(true))
            || repair_binary::restore(bytes).is_some_and(|restored| self.der(&restored) == Ok(true))
        {
            return true;
        }
        // Base64 that begins like a long sequence was meant to be one, also if it was saved as text; other base64 is noise.
        let like_sequence = matches!(bytes, [SEQUENCE, 0x80..=0x84, ..]) || bytes.starts_with("0\u{fffd}".as_bytes());
        let meant = depth == 0 || (bytes.len() > MIN_MEANT_BYTES && like_sequence);
        match outcome {
            _ if meant && repair_binary::has_replaced_bytes(bare) => self.fault(FileError::SavedAsText, false),
            Err(FileError::CutShort) if meant => self.fault(FileError::CutShort, false),
            Ok(false) if bare.first() == Some(&SEQUENCE) && depth == 0 => {
                self.other(Other::UnknownDer);
            }
            _ if depth > 0 => return false,
            _ => return self.text(&encoding::decode_text(bytes), depth),
        }
        true
    }

    /// Reads a file again whose line ends were changed, if that explains the faults after the first `kept`.
    fn restored(&mut self, bytes: &[u8], kept: usize) {
        let structural = [FileError::Damaged, FileError::CutShort];
        let explained = |fault: &Fault| structural.contains(&fault.error);
        if self.content.faults[kept..].iter().any(explained)
            && let Some(restored) = repair_binary::restore(bytes)
        {
            let faults = self.content.faults.split_off(kept);
            if self.der(&restored) != Ok(true) {
                self.content.faults = faults;
            }
        }
    }

    /// Reads text of any kind. True if a key, a certificate or a block was recognised in it.
    fn text(&mut self, text: &str, depth: usize) -> bool {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{1a}' | '\u{feff}'));
        if text.is_empty() || depth > MAX_DEPTH {
            return false;
        }
        let whole = match text.starts_with(['{', '[', '"']) {
            true => zeroizing_json::parse(text),
            false => Err(FileError::Damaged),
        };
        if whole.as_ref().is_ok_and(|value| self.json(value, depth)) {
            return true;
        }
        let plain = wrapping::unescaped(text);
        let mut known = self.blocks_and_runs(plain.as_deref().map_or(text, String::as_str), depth);
        known |= self.json_within(text, depth);
        if known {
            return true;
        }
        if let Some(key) = jwk::from_xml(text) {
            self.jwk(&key);
            return true;
        }
        if let Some(bytes) = wrapping::hexadecimal(text).or_else(|| wrapping::numbers(text))
            && self.bytes(&bytes, depth + 1)
        {
            return true;
        }
        match whole {
            Err(error @ FileError::Json { .. }) if depth == 0 && text.contains("kty") => {
                self.content.note_format(Format::Jwk);
                self.fault(error, true);
                true
            }
            _ => false,
        }
    }

    /// Reads the PEM blocks of a text, and the base64 between them.
    fn blocks_and_runs(&mut self, text: &str, depth: usize) -> bool {
        let mut known = false;
        let mut end = 0;
        for block in pem::blocks(text) {
            let before = text.get(end..block.span.start).unwrap_or_default();
            known |= self.runs(before, depth);
            end = block.span.end;
            if let Some(left) = self.blocks_left.checked_sub(1) {
                self.blocks_left = left;
                self.block = Some(Block {
                    number: MAX_BLOCKS - left,
                    label: visible(block.label),
                });
                self.pem_block(&block, depth);
                self.block = None;
                known = true;
            }
        }
        known | self.runs(text.get(end..).unwrap_or_default(), depth)
    }

    fn runs(&mut self, text: &str, depth: usize) -> bool {
        let mut known = false;
        for run in wrapping::base64_runs(text) {
            known |= self.bytes(&run, depth + 1);
        }
        known
    }

    /// Reads a PEM block. A block that is neither a key nor a certificate, such as parameters, is passed over.
    fn pem_block(&mut self, raw: &pem::RawBlock<'_>, depth: usize) {
        let label = raw.label.to_uppercase();
        // The label counts only if the content is unknown: converters and people write what they like.
        let named = other_file::by_label(&label);
        let key = label.contains("KEY") && !label.contains("PUBLIC");
        let is_passed_over = !key && !label.contains("CERTIFICATE") && named.is_none();
        match (self.pem_content(raw, depth), named) {
            (Ok(true), _) => {}
            (Ok(false), _) if is_passed_over => self.other(Other::UnknownDer),
            (_, Some(Ok(other))) => self.other(other),
            (_, Some(Err(error))) => self.fault(error, true),
            (Ok(false), None) => self.fault(FileError::Damaged, key),
            (Err(error), None) => self.fault(error, key || raw.is_encrypted()),
        }
    }

    /// Reads the content of a PEM block. False if it is DER of another kind.
    fn pem_content(&mut self, raw: &pem::RawBlock<'_>, depth: usize) -> Result<bool, FileError> {
        let block = raw.decode()?;
        let der = self.decrypt_block(&block);
        if der.is_err() {
            self.content.note_format(Format::Pem);
        }
        let der = der?;
        let outcome = match der.first() {
            Some(&SEQUENCE) => self.der(&der),
            // The OID of an elliptic curve, as in EC PARAMETERS.
            Some(&super::ber::OID) => return Ok(true),
            _ if self.bytes(&der, depth + 1) => Ok(true),
            _ => Err(FileError::Damaged),
        };
        let repaired = || raw.decode_with_plus();
        let known = outcome == Ok(true) || repaired().is_some_and(|der| self.der(&der) == Ok(true));
        self.content.note_format(Format::Pem);
        match outcome {
            _ if known => Ok(true),
            Err(_) if der.first() != Some(&SEQUENCE) && raw.is_short() => Err(FileError::Placeholder),
            outcome => outcome,
        }
    }

    /// Reads JSON: a JWK, a set, or a text in it that is a key or a certificate. True if something was recognised.
    fn json(&mut self, value: &Json, depth: usize) -> bool {
        if jwk::is_encrypted(value) {
            self.other(Other::EncryptedJwk);
            return true;
        }
        if jwk::is_jwk(value) {
            self.jwk(value);
            return true;
        }
        match value {
            Json::Text(text) if text.len() >= MIN_TEXT => self.text(text, depth + 1),
            Json::Array(items) => self.each(items.iter(), depth),
            Json::Object(members) => self.each(members.iter().map(|(_, value)| value), depth),
            _ => false,
        }
    }

    fn each<'a>(&mut self, values: impl Iterator<Item = &'a Json>, depth: usize) -> bool {
        let mut known = false;
        for value in values {
            known |= self.json(value, depth);
        }
        known
    }

    /// Reads JSON that is part of a text, such as the value of a variable.
    fn json_within(&mut self, text: &str, depth: usize) -> bool {
        let mut known = false;
        let mut end = 0;
        for place in wrapping::json_places(text) {
            // A value inside of one that was parsed is nothing new.
            if place >= end
                && let Ok((value, length)) = zeroizing_json::parse_first(&text[place..])
            {
                known |= self.json(&value, depth + 1);
                end = place + length;
            }
        }
        if !known && text.contains("'kty'") && !text.contains('"') {
            // A dictionary as Python prints it.
            let quoted = zeroize::Zeroizing::new(text.replace('\'', "\""));
            known = self.text(&quoted, depth + 1);
        }
        known
    }

    fn jwk(&mut self, jwk: &Json) {
        let number = self.content.keys.len() + self.content.faults.len() + 1;
        self.block = Some(Block {
            number,
            label: visible(jwk.text("kid").unwrap_or("JWK")),
        });
        self.content.note_format(Format::Jwk);
        match self.jwk_key(jwk) {
            None => {
                self.other(Other::PublicKey);
                let kid = jwk.text("kid").filter(|_| !jwk::is_private(jwk));
                self.content.public_kids.extend(kid.map(visible));
            }
            Some(Ok(key)) => self.content.add_key(key),
            Some(Err(error)) => self.fault(error, true),
        }
        for certificate in jwk::certificates(jwk) {
            match certificate {
                Some(certificate) => self.content.certificates.push(certificate),
                None => self.fault(FileError::Damaged, false),
            }
        }
        self.block = None;
    }

    /// Returns the private key of a JWK; `None` if it is public, or beyond the limit.
    fn jwk_key(&mut self, jwk: &Json) -> Option<Result<PrivateKey, FileError>> {
        self.keys_left = self.keys_left.checked_sub(1)?;
        if jwk::lacks_factors(jwk) {
            self.factorings_left = self.factorings_left.checked_sub(1)?;
        }
        jwk::private_key(jwk)
    }

    fn fault(&mut self, error: FileError, key: bool) {
        let format = self.content.format;
        self.content.add_fault(Fault {
            error,
            format,
            key,
            block: self.block.clone(),
        });
    }
}

/// Decodes bytes to text, unless they have control characters that no text has.
fn as_text(bytes: &[u8]) -> Option<zeroize::Zeroizing<String>> {
    let text = encoding::decode_text(bytes);
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}') || c > '\u{7f}';
    text.chars().all(is_text).then_some(text)
}
