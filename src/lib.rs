//! `klarert` takes a business from an ordered certificate to an answered call to Norwegian Customs, through Maskinporten.
//!
//! This library is **not a public API**: it exists so that the program, its tests and its benchmarks share one crate.
//! Anything here may change with any version. The promises are the commands, their exit codes, their JSON and the
//! profile files; the changelog tells of changes to those.
//!
//! # Where to start reading
//!
//! - `docs/ARCHITECTURE.md` follows a key press and `klarert check` through the files.
//! - [`wizard`] is the state machine of the program: a model, messages, and [`wizard::update`].
//! - [`check::run`] is the connectivity check, the same code for the wizard and for `klarert check`.
//! - [`journey`] loads the steps, the services and the environments, which are data in `assets/`.
//!
//! # Modules
//!
//! *Pure* modules use no file, clock, network, environment variable or thread; `tests/it/architecture.rs` enforces it.
//!
//! | module | layer | content |
//! |---|---|---|
//! | [`assets`] | pure | parser of the compiled-in data |
//! | [`text`] | pure | translations: text ids to sentences in English and Norwegian Bokmål |
//! | [`journey`] | pure | the steps and their items, Customs' services and scopes, the environments |
//! | [`profile`] | pure, but for `file::store` | a user's answers: fields, parsers, TOML file, progress |
//! | [`certificate`] | pure | certificate facts and findings: what a file contains, and what prevents its use |
//! | [`diagnosis`] | pure | error classification: evidence to cause, fix, who must act, and the step to go to |
//! | [`report`] | pure | results of a check: its stages, their outcomes, as text and as JSON |
//! | [`symbols`] | pure | the marks of output, in Unicode and in ASCII |
//! | [`characters`] | pure | kinds of characters that pasted text has beside its content |
//! | [`wizard`] | pure | application state: model, messages, update, effects |
//! | [`plain`] | view | the wizard as lines of text: model to page, line to message |
//! | [`screen`] | view | the wizard as a drawn screen: model to frame, key to message |
//! | [`credential`] | I/O | private keys and certificate chains: reading, signing, creating |
//! | [`bounded_read`] | I/O | bounded reads of files |
//! | [`http`] | I/O | HTTP client: TLS, proxies, limits, transport errors |
//! | [`maskinporten`] | I/O | Maskinporten client: JWT grant, metadata, token request |
//! | [`customs`] | I/O | Customs client: token exchange and test call |
//! | [`check`] | I/O | connectivity check: seven stages in order |
//! | [`portal`] | I/O | Samarbeidsportalen's API: clients, their scopes and keys |
//! | [`sandbox`] | I/O | Maskinporten and Customs as a local server, with demonstration certificates |
//! | [`app`] | I/O | wizard runtime: terminal, event loop, effects |
//! | [`console`] | I/O | what commands and the wizard share: context, exit code, output, prompts, signals |
//! | [`command`] | I/O | command-line interface: arguments, one file per subcommand |

pub mod app;
pub mod assets;
pub mod bounded_read;
pub mod certificate;
pub mod characters;
pub mod check;
pub mod command;
pub mod console;
pub mod credential;
pub mod customs;
pub mod diagnosis;
pub mod http;
pub mod journey;
pub mod maskinporten;
pub mod plain;
pub mod portal;
pub mod profile;
pub mod report;
pub mod sandbox;
pub mod screen;
pub mod symbols;
pub mod text;
pub mod wizard;
