//! Profiles and `config.toml` as TOML files. Pure, but for [`store`], the only file that accesses the disk.

pub mod config;
pub mod document;
pub mod error;
pub mod lint;
mod simple_toml;
pub mod state;
pub mod store;
pub mod toml_reader;
pub mod toml_table;
mod toml_writer;
