//! `klarert` takes a business from an ordered certificate to an answered call to Norwegian Customs, through Maskinporten.
//!
//! The map of the house. Pure rooms hold what is known and decided; they use no file, clock, network or terminal, and
//! `tests/architecture.rs` holds them to it.
//!
//! | room | | what it is about |
//! |---|---|---|
//! | [`text`] | pure | ids to sentences, in English and Norwegian Bokmål |
//! | [`journey`] | pure | the steps and their items, Customs' services and scopes, the environments |
//! | [`profile`] | pure, but for `store` | the answers, their parsers and the TOML they are kept in |
//! | [`certificate`] | pure | what a certificate is, and whether it will do |
//! | [`diagnosis`] | pure | what was seen → cause, fix, who must act, which step mends it |
//! | [`report`] | pure | the stages of a check and how each ended |
//! | [`symbols`] | pure | the marks that are printed, in Unicode and in ASCII |
//! | [`wizard`] | pure | model, message, effect, update |
//! | [`plain`] | view | the same as lines of text: model → page, line → message |
//! | [`screen`] | view | model → frame, key → message |
//! | [`credential`] | io | certificate files → a key and a chain; keys and requests made new |
//! | [`http`] | io | one request, one answer: TLS, proxies, limits |
//! | [`maskinporten`] | io | the grant, the metadata, the keys, the token request |
//! | [`customs`] | io | the exchange and the test call |
//! | [`check`] | io | the seven stages in order |
//! | [`sandbox`] | io | a Maskinporten and a Customs on this computer |
//! | [`app`] | io | the terminal, the event loop, the effects |
//! | [`input`] | io | bounded reads of files |
//! | [`console`] | io | what commands and the wizard are given, how they end and speak |
//! | [`command`] | io | one file a subcommand |

pub mod app;
pub mod certificate;
pub mod check;
pub mod command;
pub mod console;
pub mod credential;
pub mod customs;
pub mod diagnosis;
pub mod http;
pub mod input;
pub mod journey;
pub mod maskinporten;
pub mod plain;
pub mod profile;
pub mod report;
pub mod sandbox;
pub mod screen;
pub mod symbols;
pub mod text;
pub mod wizard;
