//! Trial of passwords: their encodings, and a bound on the work that a file may ask for.

use zeroize::Zeroizing;

use super::hash::Hash;
use crate::credential::{
    Password,
    error::FileError,
    format::{ansi_byte, decode_ansi},
    password::{Variant, to_code_page_850},
};

/// Iterations of one derivation, of a hash that costs 1. More than any writer uses today: OWASP advises 600 000, some use two million.
const MAX_ITERATIONS: u64 = 3_000_000;
/// Iterations of all derivations for one file together: about two seconds.
const MAX_TOTAL_ITERATIONS: u64 = 8_000_000;
/// Iterations for all files of a folder that are looked at without being asked for.
const MAX_FOLDER_ITERATIONS: u64 = 2_000_000;

/// A password in the encodings that the schemes use.
#[derive(Clone)]
pub struct EncodedPassword {
    /// For PBES1 and PBES2.
    pub utf8: Zeroizing<Vec<u8>>,
    /// UTF-16 in big-endian order with a zero at the end, for the schemes of PKCS#12 (RFC 7292 §B.1).
    pub utf16: Zeroizing<Vec<u8>>,
    /// Blanks around the password as it was entered are removed.
    pub trimmed: bool,
}

impl EncodedPassword {
    /// Returns the passwords to try, in order. In PKCS#12 an empty password is two zero octets, and no password is no
    /// octets: both are always tried.
    pub fn candidates(entered: Option<&Password>) -> Vec<EncodedPassword> {
        let mut candidates: Vec<EncodedPassword> = Vec::new();
        let mut add = |candidate: EncodedPassword| {
            let is_same = |known: &EncodedPassword| known.utf8 == candidate.utf8 && known.utf16 == candidate.utf16;
            if !candidates.iter().any(is_same) {
                candidates.push(candidate);
            }
        };
        let variants = entered.map(Password::variants).unwrap_or_default();
        for Variant { text, trimmed } in &variants {
            add(EncodedPassword::new(text.as_bytes(), text.chars(), *trimmed));
        }
        for Variant { text, trimmed } in variants.iter().filter(|variant| !variant.text.is_ascii()) {
            // OpenSSL before 1.1, and programs in a Latin-1 locale, take each byte for a character.
            let as_chars = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<Vec<char>>();
            let utf8 = Zeroizing::new(as_chars(text.as_bytes()));
            add(EncodedPassword::new(text.as_bytes(), utf8.iter().copied(), *trimmed));
            // OpenSSL 3 does so with bytes that are not UTF-8, as in the code pages of Windows.
            for bytes in [to_ansi(text), to_code_page_850(text)].into_iter().flatten() {
                let chars = Zeroizing::new(as_chars(&bytes));
                add(EncodedPassword::new(&bytes, chars.iter().copied(), *trimmed));
            }
            // UTF-8 that was read as Windows' code page or as Latin-1, as that of a script, has two characters for one.
            for misread in [decode_ansi(text.as_bytes()), Zeroizing::new(utf8.iter().collect())] {
                add(EncodedPassword::new(misread.as_bytes(), misread.chars(), *trimmed));
            }
        }
        add(EncodedPassword::new(&[], "".chars(), false));
        add(EncodedPassword {
            utf8: Zeroizing::default(),
            utf16: Zeroizing::default(),
            trimmed: false,
        });
        candidates
    }

    fn new(bytes: &[u8], chars: impl Iterator<Item = char>, trimmed: bool) -> EncodedPassword {
        let mut utf16 = Zeroizing::new(Vec::with_capacity(bytes.len() * 4 + 2));
        for c in chars {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                utf16.extend_from_slice(&unit.to_be_bytes());
            }
        }
        utf16.extend_from_slice(&[0, 0]);
        EncodedPassword {
            utf8: Zeroizing::new(bytes.to_vec()),
            utf16,
            trimmed,
        }
    }

    /// Returns the password as NSS before 3.34 gives it to PBES2: in the encoding of PKCS#12.
    pub fn for_old_nss(&self) -> EncodedPassword {
        EncodedPassword {
            utf8: self.utf16.clone(),
            ..self.clone()
        }
    }
}

fn to_ansi(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars() {
        bytes.push(ansi_byte(c)?);
    }
    Some(bytes)
}

/// The passwords to try on one file, and the iterations left for trying them.
pub struct Attempt {
    candidates: Vec<EncodedPassword>,
    budget: Budget,
    entered: bool,
    /// The password that opened something was entered with blanks around it.
    pub trimmed: bool,
}

impl Attempt {
    /// Prepares the passwords for one file.
    pub fn new(entered: Option<&Password>) -> Attempt {
        Attempt {
            candidates: EncodedPassword::candidates(entered),
            budget: Budget(MAX_TOTAL_ITERATIONS),
            entered: entered.is_some(),
            trimmed: false,
        }
    }

    /// Prepares the passwords for the files of a folder together.
    pub fn for_folder(entered: Option<&Password>) -> Attempt {
        Attempt {
            budget: Budget(MAX_FOLDER_ITERATIONS),
            ..Attempt::new(entered)
        }
    }

    /// Returns the error if none of the passwords fits.
    pub fn refused(&self) -> FileError {
        match self.entered {
            true => FileError::WrongPassword,
            false => FileError::Locked,
        }
    }

    /// Tries the passwords in order until `open` returns anything but [`FileError::WrongPassword`]. The one that fitted
    /// is tried first for the next part of the file.
    ///
    /// If the budget does not last for the other encodings of a wrong password, it is wrong: the file itself does not ask
    /// for too much.
    pub fn try_each<T>(
        &mut self,
        mut open: impl FnMut(&EncodedPassword, &mut Budget) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        for at in 0..self.candidates.len() {
            match open(&self.candidates[at], &mut self.budget) {
                Err(FileError::WrongPassword) => {}
                Err(FileError::TooCostly) if at > 0 => break,
                Ok(opened) => {
                    self.trimmed |= self.candidates[at].trimmed;
                    self.candidates[..=at].rotate_right(1);
                    return Ok(opened);
                }
                Err(other) => return Err(other),
            }
        }
        Err(self.refused())
    }
}

/// The iterations of key derivation that are left.
#[derive(Debug)]
pub struct Budget(u64);

impl Budget {
    /// Subtracts the iterations of a derivation of `length` octets.
    ///
    /// # Errors
    /// [`FileError::TooCostly`] if too few are left.
    pub fn spend(&mut self, iterations: u64, hash: Hash, length: usize) -> Result<u32, FileError> {
        if iterations == 0 {
            return Err(FileError::Damaged);
        }
        let cost = iterations.saturating_mul(hash.cost());
        if cost > MAX_ITERATIONS {
            return Err(FileError::TooCostly);
        }
        let blocks = length.div_ceil(hash.len()) as u64;
        self.0 = self.0.checked_sub(cost * blocks).ok_or(FileError::TooCostly)?;
        u32::try_from(iterations).map_err(|_| FileError::TooCostly)
    }
}
