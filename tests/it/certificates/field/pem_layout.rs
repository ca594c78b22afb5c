//! PEM whose layout is lost.

use super::{ALONE, WITH_CHAIN, base64_of, bytes, check, row, text, whole_pem};

#[test]
fn pem_opens_whatever_happened_to_its_line_breaks() {
    let pem = whole_pem();
    let joined = |between: &str| pem.lines().collect::<Vec<_>>().join(between);
    let rows = [
        ("line breaks gone", joined("")),
        ("line breaks are blanks", joined(" ")),
        ("line breaks are tabs", joined("\t")),
        ("line breaks are two blanks", joined("  ")),
        ("line breaks are no-break spaces", joined("\u{a0}")),
        ("line breaks are form feeds", joined("\u{c}")),
        ("line breaks are U+2028", joined("\u{2028}")),
        (r"literal \n", joined(r"\n")),
        (r"literal \r\n", joined(r"\r\n")),
        (r"literal \\n", joined(r"\\n")),
        (r"literal \\r\\n", joined(r"\\r\\n")),
        (r"literal \n and a line break", joined("\\n\n")),
        (r"literal \n in double quotes", format!("\"{}\"", joined(r"\n"))),
        (r"literal \n in single quotes", format!("'{}'", joined(r"\n"))),
        (
            r".env with literal \n",
            format!("CERT=\"{}\"\nOTHER=1\n", joined(r"\n")),
        ),
        (r"literal \u000a", joined(r"\u000a")),
        ("literal %0A", joined("%0A")),
        (
            "literal %0D%0A, + and / and = encoded",
            joined("\n")
                .replace('+', "%2B")
                .replace('/', "%2F")
                .replace('=', "%3D")
                .replace('\n', "%0D%0A"),
        ),
        ("&#10;", joined("&#10;")),
        ("<br>", joined("<br>\n")),
        ("a backslash at each end", joined("\\\n")),
        ("blank lines between", joined("\n\n")),
        ("two carriage returns and a line feed", joined("\r\r\n")),
        ("a web form made + a blank", pem.replace('+', " ")),
        ("wrapped anew at 40", rewrapped(&pem, 40)),
        ("wrapped anew at 1000", rewrapped(&pem, 1000)),
    ];
    check(rows.map(|(name, content)| row(name, content, WITH_CHAIN)).into());
}

fn rewrapped(pem: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for part in pem.split_inclusive("-----\n") {
        if part.starts_with("-----") {
            wrapped.push_str(part);
            continue;
        }
        let (body, marker) = part.split_at(part.find("-----").unwrap_or(part.len()));
        let body: String = body.lines().collect();
        for line in body.as_bytes().chunks(width) {
            wrapped.push_str(std::str::from_utf8(line).unwrap());
            wrapped.push('\n');
        }
        wrapped.push_str(marker);
    }
    wrapped
}

#[test]
fn pem_opens_with_marks_around_it() {
    let pem = whole_pem();
    let each =
        |before: &str, after: &str| -> String { pem.lines().map(|line| format!("{before}{line}{after}\n")).collect() };
    let utf16: Vec<u8> = pem.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut rows: Vec<_> = [
        ("indented with blanks", each("    ", "")),
        ("indented with a tab", each("\t", "")),
        ("blanks at the ends", each("", "   ")),
        ("a mail's quotation", each("> ", "")),
        ("a mail's quotation, twice", each(">> ", "")),
        ("a table's bars", each("| ", " |")),
        ("quoted lines", each("\"", "\"")),
        ("quoted lines with commas", each("  \"", "\",")),
        ("quoted lines joined by +", each("\"", "\\n\" +")),
        ("quoted lines joined by .", each("'", "\\n' .")),
        ("curly quotes", format!("“{}”", pem.trim())),
        ("guillemets", format!("«{}»", pem.trim())),
        ("back quotes", format!("```\n{pem}```")),
        ("zero-width spaces", each("\u{200b}", "\u{feff}")),
        ("markers with long dashes", pem.replace("-----", "—–-")),
        ("markers with en dashes", pem.replace("-----", "–––––")),
        ("markers with four dashes", pem.replace("-----", "----")),
        (
            "markers with blanks inside",
            pem.replace("-----BEGIN ", "----- BEGIN  ").replace("E-----", "E -----"),
        ),
        (
            "markers in small letters",
            pem.replace("BEGIN", "begin").replace("END", "end"),
        ),
        (
            "YAML block scalar",
            format!("certificate: |\n{}key: 1\n", each("  ", "")),
        ),
        (
            "text before and after",
            format!("Hei,\n\nher er sertifikatet:\n\n{pem}\n\nmvh Kari"),
        ),
        ("glued markers", pem.replace("-----\n-----", "----------")),
        ("glued, without line breaks", pem.lines().collect::<String>()),
        (
            "the last END is missing",
            pem.trim_end().rsplit_once('\n').unwrap().0.to_owned(),
        ),
        (
            "an END has another label",
            pem.replace("END PRIVATE KEY", "END CERTIFICATE"),
        ),
        ("a NUL at the end", format!("{pem}\0")),
        ("Ctrl-Z at the end", format!("{pem}\u{1a}")),
    ]
    .into_iter()
    .map(|(name, content)| row(name, content, WITH_CHAIN))
    .collect();
    rows.push(row("UTF-16 without a byte-order mark", utf16, WITH_CHAIN));
    check(rows);
}

#[test]
fn old_encrypted_pem_opens_without_its_line_breaks() {
    let locked = text("old-aes256.pem");
    let certificate = text("auth.pem");
    let joined = |between: &str| certificate.clone() + &locked.lines().collect::<Vec<_>>().join(between);
    check(vec![
        row("Proc-Type, line breaks gone", joined(""), ALONE),
        row("Proc-Type, line breaks are blanks", joined(" "), ALONE),
        row(r"Proc-Type, literal \n", joined(r"\n"), ALONE),
        row(
            "Proc-Type, indented",
            certificate.clone() + &locked.replace('\n', "\n  "),
            ALONE,
        ),
    ]);
}

#[test]
fn one_bad_block_does_not_spoil_the_others() {
    let pem = whole_pem();
    let ca = base64_of("ca.pem");
    let cut: String = ca.chars().take(400).collect();
    let with = |body: &str| format!("{pem}-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n");
    let warned = |why| format!("{WITH_CHAIN}, block-unreadable {why}");
    let rows = [
        ("empty block", with(""), warned("empty")),
        (
            "empty block, glued markers",
            format!("{pem}-----BEGIN A----------END A-----"),
            warned("empty"),
        ),
        (
            "empty block at the start",
            format!("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n{pem}"),
            warned("empty"),
        ),
        ("placeholder: ...", with("..."), warned("placeholder")),
        (
            "placeholder: an ellipsis in base64",
            with("MIIDdzCCAl+gAwIBAgIE…"),
            warned("placeholder"),
        ),
        (
            "placeholder: <your certificate>",
            with("<your certificate here>"),
            warned("placeholder"),
        ),
        (
            "placeholder: words",
            with("PASTE THE CERTIFICATE HERE"),
            warned("placeholder"),
        ),
        (
            "placeholder: asterisks",
            with("****************"),
            warned("placeholder"),
        ),
        ("placeholder: xxxx", with("xxxxxxxxxxxxxxxxxxxx"), warned("placeholder")),
        (
            "placeholder: a variable",
            with("${CA_CERTIFICATE}"),
            warned("placeholder"),
        ),
        ("cut short", with(&cut), warned("cut-short")),
        (
            "cut short before the others",
            format!("-----BEGIN CERTIFICATE-----\n{cut}\n{pem}"),
            warned("cut-short"),
        ),
        (
            "characters of another alphabet",
            with(&format!("{}ÆØÅ!{}", &ca[..300], &ca[304..])),
            warned("inside"),
        ),
        (
            "a character lost",
            with(&format!("{}{}", &ca[..300], &ca[301..])),
            warned("cut-short"),
        ),
        ("not a certificate at all", with(&"QUJD".repeat(60)), warned("inside")),
    ];
    let rows = rows
        .iter()
        .map(|(name, content, expected)| row(*name, content, expected));
    check(rows.collect());
}

#[test]
fn a_bad_block_that_is_needed_stops() {
    let certificate = text("auth.pem");
    let key = text("key-pkcs8.pem");
    let cut_key = &key[..600];
    let utf16: Vec<u8> = bytes("ca.pem");
    check(vec![
        row(
            "the key is cut short",
            format!("{certificate}{cut_key}"),
            "damaged cut-short",
        ),
        row(
            "the key is empty",
            format!("{certificate}-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"),
            "damaged empty",
        ),
        row(
            "the key is a placeholder",
            format!("{certificate}-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"),
            "damaged placeholder",
        ),
        row(
            "the certificate is cut short",
            format!("{key}{}", &certificate[..500]),
            "damaged cut-short",
        ),
        row(
            "the certificate is cut short, its authority is there",
            [&utf16, key.as_bytes(), &certificate.as_bytes()[..500]].concat(),
            "damaged cut-short",
        ),
    ]);
}
