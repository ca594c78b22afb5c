//! Translations: text ids to sentences in English and Norwegian Bokmål.
//!
//! Every sentence a user reads is in `assets/text/`, a folder per language, a file per subject. An id is a Fluent message
//! (`step-customs`) or one of its attributes (`step-customs.intro`). `tests/it/texts.rs` checks that both languages have
//! the same ids and arguments, and that the code names only ids that exist.
//!
//! The module also has the escapes that text needs before it is shown or written: [`visible`], [`shell_quoted`],
//! [`double_quoted`] and [`powershell_quoted`].

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use time::Date;
use unic_langid::LanguageIdentifier;

const ENGLISH: &[&str] = &[
    include_str!("../assets/text/en/wizard.ftl"),
    include_str!("../assets/text/en/journey.ftl"),
    include_str!("../assets/text/en/certificate.ftl"),
    include_str!("../assets/text/en/diagnosis.ftl"),
    include_str!("../assets/text/en/report.ftl"),
    include_str!("../assets/text/en/command.ftl"),
    include_str!("../assets/text/en/help.ftl"),
    include_str!("../assets/text/en/sandbox.ftl"),
    include_str!("../assets/text/en/plain.ftl"),
    include_str!("../assets/text/en/automation.ftl"),
    include_str!("../assets/text/en/about.ftl"),
    include_str!("../assets/text/en/letters.ftl"),
    include_str!("../assets/text/en/portal.ftl"),
];

const BOKMAL: &[&str] = &[
    include_str!("../assets/text/nb/wizard.ftl"),
    include_str!("../assets/text/nb/journey.ftl"),
    include_str!("../assets/text/nb/certificate.ftl"),
    include_str!("../assets/text/nb/diagnosis.ftl"),
    include_str!("../assets/text/nb/report.ftl"),
    include_str!("../assets/text/nb/command.ftl"),
    include_str!("../assets/text/nb/help.ftl"),
    include_str!("../assets/text/nb/sandbox.ftl"),
    include_str!("../assets/text/nb/plain.ftl"),
    include_str!("../assets/text/nb/automation.ftl"),
    include_str!("../assets/text/nb/about.ftl"),
    include_str!("../assets/text/nb/letters.ftl"),
    include_str!("../assets/text/nb/portal.ftl"),
];

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
    pub fn sources(self) -> &'static [&'static str] {
        match self {
            Language::English => ENGLISH,
            Language::Bokmal => BOKMAL,
        }
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

/// Texts of one language, parsed when the first of them is asked for.
pub struct Texts {
    language: Language,
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
        let bundle = OnceLock::new();
        Texts { language, bundle }
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
        let bundle = self.bundle.get_or_init(|| parse_sources(self.language));
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
}

/// Parses the Fluent sources of a language.
fn parse_sources(language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Fluent's isolation marks serve text of mixed direction. A terminal shows them as boxes.
    bundle.set_use_isolating(false);
    for source in language.sources() {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(whole) => whole,
            // The parts without errors can be used. A test fails on a source with errors.
            Err((partial, _)) => partial,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Returns untrusted text as a terminal may show it.
///
/// Control characters become their Unicode pictures (␛). Characters that are invisible or change the direction of text
/// become `·`. Line breaks and tabs become spaces.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// Returns the replacement that [`visible`] uses for a character.
pub fn visible_char(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('·'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '·',
        // Bidirectional marks, embeddings, overrides and isolates (Unicode UAX #9), and other characters that are ignored
        // by default (DerivedCoreProperties.txt), such as the soft hyphen, fillers, variation selectors and tags.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => '·',
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => '·',
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => '·',
        '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => '·',
        '\u{e0000}'..='\u{e0fff}' => '·',
        // Line and paragraph separators, the empty Braille pattern, and the planes for private use.
        '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{f0000}'..='\u{10ffff}' => '·',
        _ => c,
    }
}

/// Returns a word in single quotes, as a POSIX shell reads it (POSIX, Shell Command Language, 2.2.2).
///
/// The crate `shlex` chooses double quotes for some words, in which readers of `.env` files expand variables.
pub fn shell_quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Returns a word in double quotes, as cmd and PowerShell pass it on to a program of Windows (`CommandLineToArgvW`). Both
/// still expand variables in it, and neither has a quote that the other reads the same way.
pub fn double_quoted(word: &str) -> String {
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    format!("\"{}{}\"", word.replace('"', "\"\""), "\\".repeat(backslashes))
}

/// Returns a word in double quotes, as a script of PowerShell has it (about_Quoting_Rules, about_Special_Characters).
///
/// The result is ASCII: Windows PowerShell reads a script without a byte order mark in the system's old encoding, and takes
/// typographic quotation marks for quotes.
pub fn powershell_quoted(word: &str) -> String {
    let mut out = String::from("\"");
    for c in word.chars() {
        match c {
            '`' | '"' | '$' => out.extend(['`', c]),
            ' '..='~' => out.push(c),
            _ => out.extend(
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("$([char]0x{unit:04x})")),
            ),
        }
    }
    out + "\""
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

    #[test]
    fn visible_replaces_control_and_direction_characters() {
        for (outside, shown) in [
            ("\u{1b}[2Jgone", "␛[2Jgone"),
            ("a\u{202e}txt.p12", "a·txt.p12"),
            ("two\r\nlines", "two  lines"),
            ("bell\u{7}", "bell␇"),
            ("\u{9b}31m", "·31m"),
            ("\u{ad}\u{3164}\u{2800}\u{e0041}\u{fe0f}\u{f0001}", "······"),
            ("Ærlig Øl & Ås AS", "Ærlig Øl & Ås AS"),
        ] {
            assert_eq!(visible(outside), shown);
        }
    }

    #[test]
    fn powershell_quoted_expands_nothing_and_is_ascii() {
        for (word, quoted) in [
            (r"C:\my certs", r#""C:\my certs""#),
            ("it's $(x) `a` \"b\"", "\"it's `$(x) ``a`` `\"b`\"\""),
            (
                "Kåre ” 🔑",
                "\"K$([char]0x00e5)re $([char]0x201d) $([char]0xd83d)$([char]0xdd11)\"",
            ),
            ("", "\"\""),
        ] {
            assert_eq!(powershell_quoted(word), quoted);
        }
    }

    #[test]
    fn shell_quoted_escapes_single_quotes() {
        assert_eq!(shell_quoted("Demo's $AS"), r"'Demo'\''s $AS'");
        assert_eq!(shell_quoted(""), "''");
    }
}
