//! Ready letters to Norwegian Customs, Digdir and the issuer of a certificate, to copy or to open as mail.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::{
    model::Model,
    open_profile::Onboarding,
    rows::{Row, focused_row},
};
use crate::{
    journey::Recipient,
    profile::{Kind, copy_values::DIGDIR_MAIL},
    text::{Args, Texts},
};

/// The address of Customs for Digitoll.
const CUSTOMS_MAIL: &str = "digitoll@toll.no";

/// A missing answer in a letter.
const GAP: &str = "…";
/// Stands for the list of scopes in a text: an argument is one line.
const SCOPES_MARK: &str = "<scopes>";

/// A letter that can be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address; empty for an issuer, which only the user knows.
    pub to: &'static str,
    pub subject: String,
    pub body: String,
}

impl Letter {
    /// Returns whether an answer is missing, so that there is a gap to fill in.
    pub fn has_gap(&self) -> bool {
        self.subject.contains(GAP) || self.body.contains(GAP)
    }

    /// Returns the letter with its address and subject in front.
    pub fn text(&self, texts: &Texts) -> String {
        let args = Args::new().with("to", self.to).with("subject", &self.subject);
        let head = texts.with(
            if self.to.is_empty() {
                "letter-head-issuer"
            } else {
                "letter-head"
            },
            &args,
        );
        format!("{head}\n\n{}", self.body)
    }

    /// Returns the letter as a link that a mail program opens (RFC 6068).
    pub(super) fn link(&self) -> String {
        let body = self.body.replace('\n', "\r\n");
        format!(
            "mailto:{}?subject={}&body={}",
            self.to,
            percent_encoded(&self.subject),
            percent_encoded(&body)
        )
    }
}

/// Encodes everything but RFC 3986's unreserved characters.
fn percent_encoded(text: &str) -> PercentEncode<'_> {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, RESERVED)
}

/// Returns the letter of the focused item; `None` if it has none.
pub(super) fn focused(model: &Model, texts: &Texts) -> Option<Letter> {
    let Some(Row::Item(item)) = focused_row(model) else {
        return None;
    };
    Some(letter(item.letter?, model.onboarding()?, texts))
}

/// Returns a letter with the answers of the profile. A missing answer is a gap to fill in.
pub fn letter(recipient: Recipient, onboarding: &Onboarding, texts: &Texts) -> Letter {
    let profile = &onboarding.profile;
    let gap = || GAP.to_owned();
    let args = Args::new()
        .with("scopes", SCOPES_MARK)
        .with("business", profile.business.name.clone().unwrap_or_else(gap))
        .with(
            "organisation",
            profile.business.organisation.clone().unwrap_or_else(gap),
        );
    let (to, id) = match (recipient, profile.business.kind) {
        (Recipient::Customs, _) => (CUSTOMS_MAIL, "letter-customs"),
        (Recipient::Digdir, _) => (DIGDIR_MAIL, "letter-digdir"),
        (Recipient::Issuer, Some(Kind::Foreign)) => ("", "letter-seal"),
        (Recipient::Issuer, _) => ("", "letter-certificate"),
    };
    let body = texts.with(id, &args);
    // A list stays one entry a line, which an argument of a text cannot have.
    let scopes: Vec<String> = profile.client.scopes.iter().map(|scope| format!("  {scope}")).collect();
    let scopes = if scopes.is_empty() { gap() } else { scopes.join("\n") };
    Letter {
        to,
        subject: texts.with(&format!("{id}.subject"), &args),
        body: body.replace(SCOPES_MARK, &scopes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_keeps_line_breaks_and_letters() {
        let letter = Letter {
            to: "a@b.no",
            subject: "Søknad & mer".to_owned(),
            body: "Hei\n\n  toll:a/b".to_owned(),
        };
        assert_eq!(
            letter.link(),
            "mailto:a@b.no?subject=S%C3%B8knad%20%26%20mer&body=Hei%0D%0A%0D%0A%20%20toll%3Aa%2Fb"
        );
    }
}
