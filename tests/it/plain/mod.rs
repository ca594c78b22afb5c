//! The wizard in lines: what a line means, what is read out, and the real binary with its answers piped in.

mod binary;
#[cfg(unix)]
mod same_file;
mod transcripts;
mod typed_lines;
