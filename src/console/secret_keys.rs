//! Keys of a password prompt, read from the bytes of a Unix terminal.
//!
//! crossterm keeps what it has read in buffers that cannot be wiped, and reads a closed terminal for ever.

use std::{
    io::{self, Read},
    os::fd::AsFd,
    str,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::retry_on_intr,
};
use zeroize::Zeroizing;

use super::secret_editor::SecretLine;
use crate::credential::Password;

/// The time in which the second byte of a key's sequence must follow the escape byte: else it is the Esc key.
const ESCAPE_TIMEOUT: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// Reads a line from a terminal that is in raw mode, byte by byte: what is typed after Enter stays in the terminal.
///
/// `None` if the user cancelled with Ctrl-C, Ctrl-D or Esc, or if the terminal was closed.
///
/// # Errors
///
/// The terminal could not be read.
pub fn read_line(mut terminal: impl Read + AsFd) -> io::Result<Option<Password>> {
    let mut keys = SecretKeys::default();
    let mut byte = Zeroizing::new([0]);
    loop {
        let timeout = keys.after_escape().then_some(&ESCAPE_TIMEOUT);
        let fd = terminal.as_fd();
        let mut fds = [PollFd::new(&fd, PollFlags::IN)];
        if retry_on_intr(|| poll(&mut fds, timeout))? == 0 {
            return Ok(None);
        }
        match terminal.read(&mut byte[..]) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        match keys.press(byte[0]) {
            Pressed::Edited => {}
            Pressed::Enter => return Ok(Some(keys.line.take())),
            Pressed::Cancel => return Ok(None),
        }
    }
}

/// The effect of a byte.
#[derive(Debug, PartialEq)]
enum Pressed {
    /// The line has changed, or the byte is part of a character or of another key.
    Edited,
    Enter,
    Cancel,
}

/// Position in the escape sequence of a key (ECMA-48), whose bytes are no characters of the password.
#[derive(Debug, Default, PartialEq)]
enum Sequence {
    #[default]
    None,
    /// The escape byte was read.
    Escape,
    /// `ESC [` was read: parameters follow, then a final byte.
    Parameters,
    /// `ESC O` or `ESC [ [` was read: one byte follows.
    LastByte,
}

#[derive(Default)]
struct SecretKeys {
    line: SecretLine,
    sequence: Sequence,
    /// The bytes of a character that is not complete.
    partial: Zeroizing<[u8; 4]>,
    partial_len: usize,
}

impl SecretKeys {
    fn after_escape(&self) -> bool {
        self.sequence == Sequence::Escape
    }

    fn press(&mut self, byte: u8) -> Pressed {
        let (next, is_text) = match (&self.sequence, byte) {
            (Sequence::None, 0x1b) => (Sequence::Escape, false),
            (Sequence::None, _) => (Sequence::None, true),
            (Sequence::Escape, b'[') => (Sequence::Parameters, false),
            (Sequence::Escape, b'O') => (Sequence::LastByte, false),
            (Sequence::Escape, 0x1b) => return Pressed::Cancel,
            // A character with Alt.
            (Sequence::Escape, _) => (Sequence::None, true),
            (Sequence::Parameters, b' '..=b'?') => (Sequence::Parameters, false),
            // The Linux console sends F1 to F5 as `ESC [ [` and a letter.
            (Sequence::Parameters, b'[') => (Sequence::LastByte, false),
            (Sequence::Parameters | Sequence::LastByte, _) => (Sequence::None, false),
        };
        self.sequence = next;
        match byte {
            _ if !is_text => {}
            b'\r' | b'\n' => {
                self.finish_character();
                return Pressed::Enter;
            }
            // Ctrl-C and Ctrl-D.
            0x03 | 0x04 => return Pressed::Cancel,
            // Ctrl-U and Ctrl-W.
            0x15 | 0x17 => {
                self.partial_len = 0;
                self.line.wipe();
            }
            0x08 | 0x7f if self.partial_len > 0 => self.partial_len = 0,
            0x08 | 0x7f => self.line.remove_last(),
            0x00..=0x1f => {}
            _ => self.add(byte),
        }
        Pressed::Edited
    }

    /// Adds a byte of a character. Bytes that are not UTF-8 are ISO 8859-1, as from a terminal with such a locale.
    fn add(&mut self, byte: u8) {
        if !(0x80..0xc0).contains(&byte) {
            self.finish_character();
        }
        self.partial[self.partial_len] = byte;
        self.partial_len += 1;
        match str::from_utf8(&self.partial[..self.partial_len]) {
            Ok(character) => {
                character.chars().for_each(|c| self.line.push(c));
                self.partial_len = 0;
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => self.finish_character(),
        }
    }

    fn finish_character(&mut self) {
        for byte in &self.partial[..self.partial_len] {
            self.line.push(char::from(*byte));
        }
        self.partial_len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> (String, Pressed) {
        let mut keys = SecretKeys::default();
        for byte in bytes {
            match keys.press(*byte) {
                Pressed::Edited => {}
                ended => return (keys.line.take().expose().to_owned(), ended),
            }
        }
        (keys.line.take().expose().to_owned(), Pressed::Edited)
    }

    #[test]
    fn characters_are_decoded_and_edited() {
        for (bytes, expected) in [
            (&b"hemmelig\r"[..], "hemmelig"),
            (
                "bl\u{e5}b\u{e6}r\u{20ac}\u{1f511}\n".as_bytes(),
                "bl\u{e5}b\u{e6}r\u{20ac}\u{1f511}",
            ),
            (b"bl\xe5b\xe6r\xf8\r", "bl\u{e5}b\u{e6}r\u{f8}"),
            (b"ab\x7fc\r", "ac"),
            ("\u{e5}\x08x\r".as_bytes(), "x"),
            (b"abc\x15d\r", "d"),
            (b"abc\x17d\r", "d"),
            (b"a\tb\r", "ab"),
        ] {
            assert_eq!(typed(bytes), (expected.to_owned(), Pressed::Enter), "{bytes:?}");
        }
    }

    #[test]
    fn sequences_of_other_keys_are_no_characters() {
        for sequence in [
            &b"\x1b[A"[..],
            b"\x1bOQ",
            b"\x1b[[A",
            b"\x1b[[E",
            b"\x1b[1;5C",
            b"\x1b[200~",
            b"\x1b[12;40R",
        ] {
            let bytes = [b"a", sequence, b"b\r"].concat();
            assert_eq!(typed(&bytes), ("ab".to_owned(), Pressed::Enter), "{sequence:?}");
        }
    }

    #[test]
    fn control_keys_cancel() {
        for bytes in [&b"abc\x03"[..], b"abc\x04", b"abc\x1b\x1b"] {
            assert_eq!(typed(bytes).1, Pressed::Cancel);
        }
    }
}
