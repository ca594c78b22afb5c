//! Translations: text ids to sentences in English and Norwegian Bokmål.
//!
//! Every sentence a user reads is in `assets/text/`, a folder per language, a file per subject. An id is a Fluent message
//! (`step-customs`) or one of its attributes (`step-customs.intro`). `tests/it/texts.rs` checks that both languages have
//! the same ids and arguments, and that the code names only ids that exist.
//!
//! [`escape`] has the escapes that text needs before it is shown or written.

mod escape;
mod io_reason;

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use time::Date;
use unic_langid::LanguageIdentifier;

use crate::assets::{self, Asset};
pub use escape::{double_quoted, powershell_quoted, shell_quoted, visible, visible_char};
pub use io_reason::{error_chain, io_reason, io_reason_id, io_reason_of};

/// Language of the user interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    /// Norwegian Bokmål.
    #[serde(rename = "nb")]
    Bokmal,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Bokmal];

    /// Returns the ISO 639-1 code, as `--lang` and `config.toml` write it.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Bokmal => "nb",
        }
    }

    /// Parses a language code or a POSIX locale, such as `nb`, `nb_NO.UTF-8`, `no`, `nn_NO` and `en_GB`.
    ///
    /// Nynorsk is mapped to Bokmål, which is nearer to it than English. `None` for other languages.
    pub fn parse(locale: &str) -> Option<Language> {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "nb" | "no" | "nn" => Some(Language::Bokmal),
            _ => None,
        }
    }

    /// Returns the language that the user can switch to.
    pub fn other(self) -> Language {
        match self {
            Language::English => Language::Bokmal,
            Language::Bokmal => Language::English,
        }
    }

    /// Returns the Fluent sources of the language.
    pub fn sources(self) -> impl Iterator<Item = &'static Asset> {
        assets::in_folder(match self {
            Language::English => "text/en",
            Language::Bokmal => "text/nb",
        })
    }
}

/// Arguments of a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Args(Vec<(String, Arg)>);

/// Value of an argument. A number stays a number, so that a language can choose its plural.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Text(String),
    Number(f64),
    /// A date, written as the language does.
    Date(Date),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(visible(value))
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::from(value.as_str())
    }
}

impl From<&String> for Arg {
    fn from(value: &String) -> Arg {
        Arg::from(value.as_str())
    }
}

impl From<Date> for Arg {
    fn from(value: Date) -> Arg {
        Arg::Date(value)
    }
}

impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg::Number(value as f64)
    }
}

impl From<u64> for Arg {
    fn from(value: u64) -> Arg {
        Arg::Number(value as f64)
    }
}

impl From<usize> for Arg {
    fn from(value: usize) -> Arg {
        Arg::Number(value as f64)
    }
}

impl From<u16> for Arg {
    fn from(value: u16) -> Arg {
        Arg::Number(value.into())
    }
}

impl Args {
    pub fn new() -> Args {
        Args::default()
    }

    /// Adds an argument. Text is passed through [`visible`], as much of it comes from servers and files.
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Args {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arg)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Texts of one language. Each source is parsed when its first text is asked for: all of them take longer than most commands.
pub struct Texts {
    language: Language,
    sources: Vec<Source>,
}

/// A Fluent source. Its messages refer to none of another source.
struct Source {
    asset: &'static Asset,
    bundle: OnceLock<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.language).finish()
    }
}

impl Texts {
    /// Returns the texts of a language.
    pub fn new(language: Language) -> Texts {
        let source = |asset| Source {
            asset,
            bundle: OnceLock::new(),
        };
        Texts {
            language,
            sources: language.sources().map(source).collect(),
        }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// Returns a date as the language writes it: 26.11.2026 in Bokmål, 2026-11-26 in English.
    pub fn date(&self, day: Date) -> String {
        match self.language {
            Language::Bokmal => format!("{:02}.{:02}.{}", day.day(), u8::from(day.month()), day.year()),
            Language::English => day.to_string(),
        }
    }

    /// Returns the text with this id, or the id itself if there is none.
    pub fn get(&self, id: &str) -> String {
        self.with(id, &Args::default())
    }

    /// Returns a title in quotation marks. Those within the title, around the name of a button, become single ones.
    pub fn quoted(&self, title: &str) -> String {
        let title = title.replace(['“', '«'], "‘").replace(['”', '»'], "’");
        self.with("quoted-title", &Args::new().with("item", title))
    }

    /// Returns the text with this id and its arguments filled in, or the id itself if there is none.
    pub fn with(&self, id: &str, args: &Args) -> String {
        self.find(id, args).unwrap_or_else(|| {
            debug_assert!(false, "no text for {id}");
            id.to_owned()
        })
    }

    /// Returns the text with this id: for optional texts, such as an item's help.
    pub fn find(&self, id: &str, args: &Args) -> Option<String> {
        let (message, attribute) = match id.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (id, None),
        };
        let bundle = self.bundle_with(message)?;
        let message = bundle.get_message(message)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut values = FluentArgs::new();
        for (name, value) in args.iter() {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Date(day) => FluentValue::from(self.date(*day)),
            };
            values.set(name, value);
        }
        let mut problems = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&values), &mut problems);
        debug_assert!(problems.is_empty(), "text {id}: {problems:?}");
        Some(text.into_owned())
    }

    /// Returns the source with a message, parsed.
    fn bundle_with(&self, message: &str) -> Option<&FluentBundle<FluentResource>> {
        let mut parsed = self.sources.iter().filter_map(|source| source.bundle.get());
        if let Some(bundle) = parsed.find(|bundle| bundle.has_message(message)) {
            return Some(bundle);
        }
        let source = self.sources.iter().find(|source| source.asset.has_message(message))?;
        Some(source.bundle.get_or_init(|| source.parse(self.language)))
    }
}

impl Source {
    fn parse(&self, language: Language) -> FluentBundle<FluentResource> {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Fluent's isolation marks serve text of mixed direction. A terminal shows them as boxes.
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(self.asset.text()) {
            Ok(whole) => whole,
            // The parts without errors can be used. A test fails on a source with errors.
            Err((partial, _)) => partial,
        };
        bundle.add_resource_overriding(resource);
        bundle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_accepts_codes_and_posix_locales() {
        for (locale, language) in [
            ("nb", Some(Language::Bokmal)),
            ("nb_NO.UTF-8", Some(Language::Bokmal)),
            ("no_NO", Some(Language::Bokmal)),
            ("nn-NO", Some(Language::Bokmal)),
            ("en_GB.UTF-8", Some(Language::English)),
            ("C", None),
            ("", None),
            ("sv_SE", None),
        ] {
            assert_eq!(Language::parse(locale), language, "{locale}");
        }
    }

    #[test]
    fn dates_are_written_as_each_language_does() {
        let day = time::macros::date!(2026 - 03 - 05);
        assert_eq!(Texts::new(Language::Bokmal).date(day), "05.03.2026");
        assert_eq!(Texts::new(Language::English).date(day), "2026-03-05");
    }
}
