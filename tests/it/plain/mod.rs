//! Plain mode: the meaning of a typed line, whole conversations, and the binary with piped answers.

mod binary;
#[cfg(unix)]
mod same_file;
mod transcripts;
mod typed_lines;
