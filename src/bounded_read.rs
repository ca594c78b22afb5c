//! Bounded reads of files and standard input: a device, a pipe or a huge file neither fills the memory nor blocks for ever.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use zeroize::Zeroizing;

use crate::profile::file::store::retry_in_use;

/// Time limit for a file that is not a regular one, such as a pipe that nothing is written to.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Reads a file of at most `max_bytes`. The buffer is allocated in full, as a reallocated one would leave copies of
/// secrets in memory, and it is wiped.
///
/// # Errors
///
/// [`io::ErrorKind::FileTooLarge`] if the file is longer, [`io::ErrorKind::TimedOut`] if a pipe or a device does not end
/// within ten seconds, and any other error of the system.
pub fn read_file(path: &Path, max_bytes: u64) -> io::Result<(Zeroizing<Vec<u8>>, Metadata)> {
    let about = fs::metadata(path)?;
    // Windows refuses to open a folder with "access denied".
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Opening a pipe blocks until somebody writes to it.
    if about.is_file() {
        return read(path, max_bytes);
    }
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    thread::spawn(move || {
        // The receiver is gone after the time limit.
        let _ = sender.send(read(&path, max_bytes));
    });
    let timed_out = |_| Err(io::ErrorKind::TimedOut.into());
    receiver.recv_timeout(MAX_WAIT).unwrap_or_else(timed_out)
}

/// Reads standard input of at most `max_bytes`.
///
/// # Errors
///
/// [`io::ErrorKind::FileTooLarge`] if there is more, and any other error of the system.
pub fn read_stdin(max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_to_end(io::stdin().lock(), max_bytes, &mut bytes)?;
    Ok(bytes)
}

fn read(path: &Path, max_bytes: u64) -> io::Result<(Zeroizing<Vec<u8>>, Metadata)> {
    let file = retry_in_use(|| File::open(path))?;
    let metadata = file.metadata()?;
    // Pipes and devices have no length.
    let length = if metadata.is_file() {
        metadata.len().min(max_bytes)
    } else {
        max_bytes
    };
    // One more byte for the one that is too many, and one for the read that finds the end.
    let mut bytes = Zeroizing::new(Vec::with_capacity(length as usize + 2));
    read_to_end(file, max_bytes, &mut bytes)?;
    Ok((bytes, metadata))
}

fn read_to_end(source: impl Read, max_bytes: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    source.take(max_bytes + 1).read_to_end(bytes)?;
    match bytes.len() as u64 > max_bytes {
        true => Err(io::ErrorKind::FileTooLarge.into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_up_to_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, [7; 100]).unwrap();
        assert_eq!(read_file(&path, 100).unwrap().0.len(), 100);
        let kind = |path: &Path| read_file(path, 99).unwrap_err().kind();
        assert_eq!(kind(&path), io::ErrorKind::FileTooLarge);
        assert_eq!(kind(folder.path()), io::ErrorKind::IsADirectory);
        assert_eq!(kind(&folder.path().join("none")), io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn device_without_an_end_is_too_large() {
        let error = read_file(Path::new("/dev/zero"), 1 << 20).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
