//! Readers of bytes from outside, each as a function of arbitrary bytes: for the fuzz targets, and for the test
//! `hostile::readers`, which also makes the seeds.

use std::{cell::RefCell, fs, path::Path};

use klarert::{
    credential::{self, Password},
    customs, diagnosis,
    http::Response,
    maskinporten::{jwks, metadata, token},
    profile::{
        Authentication, CertificateFiles, Profile,
        fields::{
            key::Key,
            set::{SetContext, set_answer},
        },
        file::{
            config, document,
            state::{self, State},
            toml_reader,
        },
        import,
    },
    sandbox,
    text::Language,
};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use time::macros::{date, datetime};
use zeroize::Zeroizing;

/// A reader and the name of its fuzz target.
pub type Reader = (&'static str, fn(&[u8]));

/// Every reader. Each has a file in `fuzz_targets`.
pub const READERS: [Reader; 9] = [
    ("answer", answer),
    ("certificate", certificate),
    ("config", config),
    ("explain", explain),
    ("field", field),
    ("headers", headers),
    ("import", import),
    ("profile", profile),
    ("public_key", public_key),
];

/// The password of the fixtures.
const PASSWORD: &str = "spedisjon";

/// Opens a certificate or key file of any format, a JWK among them, with and without a password.
pub fn certificate(bytes: &[u8]) {
    thread_local! {
        // One file is reused: creating one takes longer than reading it.
        static FILE: RefCell<Option<tempfile::NamedTempFile>> = const { RefCell::new(None) };
    }
    FILE.with_borrow_mut(|file| {
        let file = file.get_or_insert_with(|| tempfile::NamedTempFile::new().unwrap());
        fs::write(file.path(), bytes).unwrap();
        let files = CertificateFiles {
            path: Some(file.path().to_owned()),
            ..CertificateFiles::default()
        };
        let password = Password::new(Zeroizing::new(PASSWORD.to_owned()));
        for authentication in [Authentication::Certificate, Authentication::Key] {
            let opened = credential::open(&files, None, authentication, Some(&password));
            if let Some(credential) = &opened.credential {
                assert!(credential.encoding_key().is_ok());
            }
        }
    });
}

/// Reads a profile, and writes it over itself. A profile that can be read can be written, and is then the same.
pub fn profile(bytes: &[u8]) {
    let Ok(text) = toml_reader::utf8(bytes) else { return };
    if let Ok(profile) = document::parse(text)
        && let Ok(written) = document::render(&profile, text)
    {
        // What changes without an answer is in the state.
        let mut again = document::parse(&written).expect("a written profile is valid");
        let state = state::render(&State::of(&profile), "").expect("a new state is valid");
        state::parse(&state)
            .expect("a written state is valid")
            .add_to(&mut again);
        assert!(again == profile);
    }
}

/// Reads `config.toml`, and changes its language.
pub fn config(bytes: &[u8]) {
    let Ok(text) = toml_reader::utf8(bytes) else { return };
    let _ = config::parse(text, Path::new("/home/kari"));
    let _ = config::with_language(text, Language::Bokmal);
}

/// Imports a settings file.
pub fn import(bytes: &[u8]) {
    let environments = [("test".to_owned(), "https://test.maskinporten.no/".to_owned())];
    let _ = import::parse(&String::from_utf8_lossy(bytes), &environments);
}

/// Explains a pasted text.
pub fn explain(bytes: &[u8]) {
    diagnosis::interpret(&String::from_utf8_lossy(bytes));
}

/// Sets an answer: the first byte chooses the question, the others are the typed text.
pub fn field(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let keys = Key::all();
    let context = SetContext {
        environments: &["test".to_owned(), "prod".to_owned()],
        folder: Path::new("/home/kari"),
        today: date!(2026 - 11 - 22),
    };
    let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
    let key = keys[usize::from(*first) % keys.len()];
    let _ = set_answer(&mut profile, key, &String::from_utf8_lossy(rest), context);
    let text = document::render(&profile, "").unwrap_or_default();
    assert!(document::parse(&text).is_ok_and(|again| again == profile));
}

/// Reads the body of a service's answer, as each of the services' answers. The first byte chooses the status.
pub fn answer(bytes: &[u8]) {
    let Some((first, body)) = bytes.split_first() else {
        return;
    };
    let status = [200, 400, 401, 403, 404, 302, 500, 503][usize::from(first % 8)];
    read_answer(&response(status, &HeaderMap::new(), body));
    token::claims(&String::from_utf8_lossy(body));
}

/// Reads the headers of an answer, a line each.
pub fn headers(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = (
            HeaderName::from_bytes(&line[..colon]),
            HeaderValue::from_bytes(&line[colon + 1..]),
        );
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    for status in [200, 302, 429, 503] {
        read_answer(&response(status, &headers, b"<html><title>Error</title></html>"));
    }
}

/// Reads a public key that is registered with the sandbox.
pub fn public_key(bytes: &[u8]) {
    sandbox::public_key_file::public_key(bytes);
}

fn response(status: u16, headers: &HeaderMap, body: &[u8]) -> Response {
    Response::from_parts(status, headers, body, datetime!(2026-11-22 17:00 UTC))
}

fn read_answer(response: &Response) {
    let _ = response.failure();
    let _ = response.excerpt();
    if let Ok(object) = response.json() {
        let _ = format!("{:?}", response.without_secret(object));
    }
    let _ = metadata::read(response);
    let _ = token::read(response);
    let _ = customs::read(response);
    let _ = customs::read_test_call(response, "road");
    if let Ok(keys) = jwks::read(response) {
        keys.verify("e30.e30.e30");
    }
}
