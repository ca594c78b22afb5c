//! Keys and certificates inside of something else: base64, quotes, JSON, YAML, `.env`.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD},
};

use super::{KEY, WITH_CHAIN, bytes, check, key_row, numbers, row, text, whole_pem};

fn wrapped(base64: &str, width: usize, between: &str) -> String {
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(width)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join(between)
}

fn jwk() -> String {
    let members: Vec<String> = numbers()
        .iter()
        .map(|(name, value)| format!("\"{name}\":\"{value}\""))
        .collect();
    format!("{{\"kty\":\"RSA\",\"kid\":\"acme\",{}}}", members.join(","))
}

#[test]
fn base64_opens_in_every_form() {
    let mut rows = Vec::new();
    for (kind, content, expected) in [
        ("PEM", whole_pem().into_bytes(), WITH_CHAIN),
        ("p12", bytes("one-round.p12"), WITH_CHAIN),
    ] {
        let once = STANDARD.encode(&content);
        let utf16: Vec<u8> = format!("\u{feff}{once}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (form, text) in [
            ("plain", once.clone()),
            ("wrapped at 64", wrapped(&once, 64, "\n")),
            ("wrapped at 76, CR LF", wrapped(&once, 76, "\r\n")),
            ("wrapped with blanks", wrapped(&once, 64, " ")),
            (r"wrapped with literal \n", wrapped(&once, 76, r"\n")),
            ("indented", format!("  {}", wrapped(&once, 76, "\n  "))),
            ("double quotes", format!("\"{once}\"")),
            ("single quotes", format!("'{once}'\n")),
            ("curly quotes", format!("“{once}”")),
            ("twice", STANDARD.encode(&once)),
            (
                "twice, wrapped",
                wrapped(&STANDARD.encode(wrapped(&once, 76, "\n")), 76, "\n"),
            ),
            ("three times", STANDARD.encode(STANDARD.encode(&once))),
            ("base64url", URL_SAFE.encode(&content)),
            ("base64url without padding", URL_SAFE_NO_PAD.encode(&content)),
            ("without padding", once.trim_end_matches('=').to_owned()),
            ("data:", format!("data:application/x-pkcs12;base64,{once}")),
            (
                "data: with a name",
                format!("data:application/octet-stream;name=a.p12;base64,{once}"),
            ),
            (
                "data: percent-encoded",
                format!(
                    "data:;base64,{}",
                    once.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
                ),
            ),
            ("base64:", format!("base64:{once}")),
            ("base64: and a blank", format!("base64: {once}\n")),
            ("{base64}", format!("{{base64}}{once}")),
            ("a byte-order mark", format!("\u{feff}{once}")),
            (".env", format!("# secret\nNAME=acme\nCERT_BASE64={once}\nOTHER=x\n")),
            (".env, quoted", format!("export CERT=\"{once}\"\n")),
            (
                "properties with continuation",
                format!("cert={}\nother=1\n", wrapped(&once, 76, "\\\n    ")),
            ),
            ("TOML", format!("[keystore]\ncontent = \"{once}\"\n")),
            (
                "YAML, folded",
                format!("keystore: >-\n    {}\npath: /tmp\n", wrapped(&once, 76, "\n    ")),
            ),
            ("XML", format!("<?xml version=\"1.0\"?><a><b>{once}</b></a>")),
            (
                "e-mail",
                format!(
                    "MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n{}\n\n--part--\n",
                    wrapped(&once, 76, "\n")
                ),
            ),
        ] {
            rows.push(row(format!("{kind} in base64, {form}"), text, expected));
        }
        rows.push(row(format!("{kind} in base64, UTF-16"), utf16, expected));
        let hex: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
        if kind == "p12" {
            rows.push(row("p12 in hexadecimal", &hex, expected));
            rows.push(row(
                "p12 in hexadecimal with 0x",
                format!("0x{}", hex.to_uppercase()),
                expected,
            ));
        }
    }
    check(rows);
}

#[test]
fn a_jwk_opens_in_every_wrapping() {
    let jwk = jwk();
    let escaped = jwk.replace('"', "\\\"");
    let once = STANDARD.encode(&jwk);
    let utf16: Vec<u8> = format!("\u{feff}{jwk}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut rows: Vec<_> = [
        ("base64", once.clone()),
        ("base64, wrapped", wrapped(&once, 76, "\n")),
        ("base64, quoted", format!("\"{once}\"")),
        ("base64, twice", STANDARD.encode(&once)),
        ("base64url", URL_SAFE_NO_PAD.encode(&jwk)),
        ("data:", format!("data:application/json;base64,{once}")),
        ("a JSON text", format!("\"{escaped}\"")),
        ("single quotes", format!("'{jwk}'")),
        (".env", format!("A=1\nMASKINPORTEN_CLIENT_JWK={jwk}\nB=2\n")),
        (".env, single quotes", format!("MASKINPORTEN_CLIENT_JWK='{jwk}'\n")),
        (".env, escaped", format!("MASKINPORTEN_CLIENT_JWK=\"{escaped}\"\n")),
        ("YAML", format!("env:\n  - name: JWK\n    value: '{jwk}'\n")),
        ("a dictionary of Python", jwk.replace('"', "'")),
        ("a byte-order mark", format!("\u{feff}{jwk}")),
        ("text around", format!("Nøkkelen:\n{jwk}\nmvh")),
        ("pretty", jwk.replace(',', ",\n  ").replace('{', "{\n  ")),
    ]
    .into_iter()
    .map(|(name, content)| key_row(format!("JWK, {name}"), content, KEY))
    .collect();
    rows.push(key_row("JWK, UTF-16", utf16, KEY));
    check(rows);
}

#[test]
fn secret_stores_open() {
    let (certificate, ca, key) = (text("auth.pem"), text("ca.pem"), text("key-pkcs8.pem"));
    let store = STANDARD.encode(bytes("one-round.p12"));
    let base64 = |text: &str| STANDARD.encode(text);
    let json = |text: &str| text.replace('\n', "\\n");
    let rows = [
        (
            "Kubernetes Secret, YAML",
            format!(
                "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: acme\ndata:\n  ca.crt: {}\n  tls.crt: {}\n  tls.key: {}\n",
                base64(&ca),
                base64(&certificate),
                base64(&key)
            ),
        ),
        (
            "Kubernetes Secret, YAML with a p12",
            format!("kind: Secret\ndata:\n  keystore.p12: {store}\n  name: YWNtZQ==\n"),
        ),
        (
            "Kubernetes Secret, JSON",
            format!(
                "{{\"kind\":\"Secret\",\"data\":{{\"tls.crt\":\"{}\",\"tls.key\":\"{}\"}}}}",
                base64(&(certificate.clone() + &ca)),
                base64(&key)
            ),
        ),
        (
            "Kubernetes Secret, stringData",
            format!(
                "kind: Secret\nstringData:\n  tls.crt: |\n    {}\n  tls.key: |\n    {}\n",
                (certificate.clone() + &ca).replace('\n', "\n    "),
                key.replace('\n', "\n    ")
            ),
        ),
        (
            "Azure Key Vault",
            format!(
                "{{\"value\":\"{store}\",\"contentType\":\"application/x-pkcs12\",\"id\":\"https://a.vault.azure.net/secrets/b\",\"attributes\":{{\"enabled\":true}}}}"
            ),
        ),
        (
            "Azure Key Vault, PEM",
            format!(
                "{{\"value\":\"{}\",\"contentType\":\"application/x-pem-file\"}}",
                json(&whole_pem())
            ),
        ),
        (
            "AWS Secrets Manager",
            format!("{{\"ARN\":\"arn:aws:x\",\"SecretBinary\":\"{store}\",\"VersionStages\":[\"AWSCURRENT\"]}}"),
        ),
        (
            "AWS Secrets Manager, a JSON text",
            format!("{{\"SecretString\":\"{{\\\"p12\\\":\\\"{store}\\\",\\\"alias\\\":\\\"acme\\\"}}\"}}"),
        ),
        (
            "HashiCorp Vault",
            format!(
                "{{\"data\":{{\"data\":{{\"certificate\":\"{}\",\"ca_chain\":[\"{}\"],\"private_key\":\"{}\",\"private_key_type\":\"rsa\"}}}}}}",
                json(&certificate),
                json(&ca),
                json(&key)
            ),
        ),
        (
            "Docker Compose",
            format!("services:\n  a:\n    environment:\n      P12: \"{store}\"\n"),
        ),
        (
            "GitLab variables, JSON",
            format!("[{{\"key\":\"P12\",\"value\":\"{store}\"}},{{\"key\":\"A\",\"value\":\"b\"}}]"),
        ),
    ];
    check(
        rows.into_iter()
            .map(|(name, content)| row(name, content, WITH_CHAIN))
            .collect(),
    );
}

#[test]
fn what_cannot_be_unwrapped_is_named_with_its_command() {
    let mut rows = Vec::new();
    for (name, content, what) in [
        (
            "Ansible Vault",
            "$ANSIBLE_VAULT;1.1;AES256\n6132333435363738\n",
            "encrypted",
        ),
        (
            "SOPS",
            "{\"data\":\"ENC[AES256_GCM,data:abc,type:str]\",\"sops\":{\"version\":\"3.9.0\"}}",
            "encrypted",
        ),
        (
            "SOPS, YAML",
            "tls.key: ENC[AES256_GCM,data:abc,type:str]\nsops:\n    version: 3.9.0\n",
            "encrypted",
        ),
        ("age", "age-encryption.org/v1\n-> X25519 abc\n", "encrypted"),
        (
            "age, armoured",
            "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\n-----END AGE ENCRYPTED FILE-----",
            "encrypted",
        ),
        ("openssl enc", "Salted__12345678abcdefgh", "encrypted"),
        (
            "openssl enc, base64",
            "U2FsdGVkX18xMjM0NTY3OGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MTIzNDU2Nzg5MDEyMw==",
            "encrypted",
        ),
        (
            "Sealed Secret",
            "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    a: AgBy\n",
            "encrypted",
        ),
        (
            "encrypted JWK",
            "{\"protected\":\"eyJhbGciOiJQQkVTMiJ9\",\"encrypted_key\":\"a\",\"iv\":\"b\",\"ciphertext\":\"c\",\"tag\":\"d\"}",
            "encrypted-jwk",
        ),
        (
            "encrypted JWK, compact",
            "eyJhbGciOiJQQkVTMiJ9.a.b.c.d",
            "encrypted-jwk",
        ),
        ("a token", "eyJraWQiOiJhIn0.eyJpc3MiOiJiIn0.c2ln", "token"),
        (
            "a token with Bearer",
            "Bearer eyJraWQiOiJhIn0.eyJpc3MiOiJiIn0.c2ln\n",
            "token",
        ),
        (
            "reference, Azure",
            "@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/b)",
            "reference",
        ),
        (
            "reference, AWS",
            "arn:aws:secretsmanager:eu-north-1:1:secret:acme",
            "reference",
        ),
        ("reference, a variable", "${MASKINPORTEN_KEY}", "reference"),
        ("reference, 1Password", "op://vault/acme/p12", "reference"),
        ("JSON without a key", "{\"client_id\":\"a\",\"scope\":\"b\"}", "json"),
    ] {
        rows.push((name, content, format!("not-a-certificate {what}")));
    }
    check(
        rows.iter()
            .map(|(name, content, expected)| row(*name, content, expected))
            .collect(),
    );
}

#[test]
fn wrappings_are_bounded() {
    let mut deep = whole_pem();
    for _ in 0..12 {
        deep = STANDARD.encode(deep);
        if deep.len() > 900_000 {
            break;
        }
    }
    let many = format!(
        "[{}]",
        vec![format!("\"{}\"", STANDARD.encode(bytes("ca.pem"))); 400].join(",")
    );
    check(vec![
        row("base64 as deep as fits", &deep, "not-a-certificate unknown"),
        row("four hundred issuers", &many, "not-a-certificate issuers"),
    ]);
}
