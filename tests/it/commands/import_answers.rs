//! `klarert import`: no answer of a file is lost, and two answers are refused.

use std::fs;

use super::{english_with, import::outcome};
use crate::support::home::{Home, exit_code, stderr};

/// Compares the outcome of each text; `{client}` in a text stands for a client id and a scope.
fn assert_outcomes(rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let text = text.replace(
            "{client}",
            "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_SCOPES=toll:movement/air\n",
        );
        let outcome = outcome(&text);
        if outcome != *expected {
            wrong.push(format!("{text}\n{outcome}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn production_is_never_taken_for_test() {
    let prod = "prod 3f1c certificate air";
    assert_outcomes(&[
        // Quotes in formats that have none of their own.
        (
            "issuer=\"3f1c\"\nscope=\"toll:movement/air\"\naudience=\"https://maskinporten.no/\"\n",
            prod,
        ),
        (
            "issuer='3f1c'\nscope=toll:movement/air\ntoken.endpoint='https://maskinporten.no/token'\n",
            prod,
        ),
        (
            "client_id = \"3f1c\"\nscope = \"toll:movement/air\" # ours\nenvironment = \"prod\" # live\n",
            prod,
        ),
        (
            "[maskinporten]\nclient_id = \"3f1c\"\nscope = 'toll:movement/air'\naudience = \"https://maskinporten.no/\"\n",
            prod,
        ),
        (
            "[maskinporten]\n; ours: https://test.maskinporten.no/\nclient_id = 3f1c\nscope = toll:movement/air\nissuer = https://maskinporten.no/\n",
            prod,
        ),
        // Quotes of all kinds around an address.
        ("{client}MASKINPORTEN_URL=‹https://maskinporten.no/›\n", prod),
        ("{client}MASKINPORTEN_URL=`https://maskinporten.no/`\n", prod),
        ("{client}MASKINPORTEN_URL=“https://maskinporten.no/”\n", prod),
        ("{client}MASKINPORTEN_URL=«https://maskinporten.no/»\n", prod),
        ("{client}MASKINPORTEN_URL=<https://maskinporten.no/>\n", prod),
        ("{client}MASKINPORTEN_ISSUER=\u{200b}https://maskinporten.no/\n", prod),
        (
            "{client}MASKINPORTEN_ISSUER=${ISSUER:-https://maskinporten.no/}\n",
            prod,
        ),
        ("{client}MASKINPORTEN_ISSUER=http://maskinporten.no/\n", prod),
        ("{client}MASKINPORTEN_ENV=https://maskinporten.no/\n", prod),
        ("{client}MASKINPORTEN_ENV=`prod`\n", prod),
        ("{client}MASKINPORTEN_URL=prod\n", prod),
        // cmd, fish, csh and Dockerfiles.
        (
            "set MASKINPORTEN_CLIENT_ID=3f1c\r\nset MASKINPORTEN_SCOPES=toll:movement/air\r\nset \"MASKINPORTEN_ISSUER=https://maskinporten.no/\"\r\n",
            prod,
        ),
        (
            "@echo off\r\nset \"MASKINPORTEN_CLIENT_ID=3f1c\"\r\nset \"MASKINPORTEN_SCOPES=toll:movement/air\"\r\nset \"MASKINPORTEN_ENV=prod\" & rem ours\r\n",
            prod,
        ),
        (
            "setx MASKINPORTEN_CLIENT_ID \"3f1c\"\r\nsetx MASKINPORTEN_SCOPES toll:movement/air\r\nsetx MASKINPORTEN_ISSUER https://maskinporten.no/\r\n",
            prod,
        ),
        (
            "set -gx MASKINPORTEN_CLIENT_ID 3f1c\nset -x MASKINPORTEN_SCOPES toll:movement/air\nsetenv MASKINPORTEN_ENV prod\n",
            prod,
        ),
        (
            "export \"MASKINPORTEN_CLIENT_ID=3f1c\"\nexport 'MASKINPORTEN_ENV=prod'\nENV MASKINPORTEN_SCOPES toll:movement/air\n",
            prod,
        ),
        (
            "@set \"MASKINPORTEN_CLIENT_ID=3f1c\" && set \"MASKINPORTEN_SCOPES=toll:movement/air\" & set \"MASKINPORTEN_ENV=prod\"\r\n",
            prod,
        ),
        (
            "export MASKINPORTEN_CLIENT_ID=\"3f1c\"; export MASKINPORTEN_SCOPES='toll:movement/air'; export MASKINPORTEN_ENV=\"prod\"\n",
            prod,
        ),
        (
            "$env:MASKINPORTEN_CLIENT_ID = \"3f1c\"; $env:MASKINPORTEN_SCOPES = 'toll:movement/air'; $env:MASKINPORTEN_ENV = 'prod'\n",
            prod,
        ),
        (
            "[Service]\nEnvironment=\"MASKINPORTEN_CLIENT_ID=3f1c\"\nEnvironment=MASKINPORTEN_SCOPES=toll:movement/air\nEnvironment='MASKINPORTEN_ISSUER=https://maskinporten.no/'\n",
            prod,
        ),
        (
            "Environment=prod\nMASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_SCOPES=toll:movement/air\n",
            prod,
        ),
        // Hosts of Customs and Samarbeidsportalen, and settings of any name.
        (
            "{client}CUSTOMS_TOKEN_ENDPOINT=https://api.toll.no/api/access/external-systems/oauth/token\n",
            prod,
        ),
        ("{client}CUSTOMS_API='https://api.toll.no'\n", prod),
        ("{client}TOLL_API_URL=https://api.toll.no\n", prod),
        ("{client}MASKINPORTEN_HOST=maskinporten.no:443\n", prod),
        ("{client}SELF_SERVICE=https://api.samarbeid.digdir.no/api/v1\n", prod),
        (
            "maskinporten:\n  client-id: 3f1c\n  scope: toll:movement/air\ntoll:\n  base: https://api.toll.no\n",
            prod,
        ),
        (
            "{client}TOLL_API_URL=https://api-test.toll.no\n",
            "test 3f1c certificate air",
        ),
        (
            "{client}MASKINPORTEN_ENV=prod\nHOSTS=maskinporten.no,test.maskinporten.no\n",
            prod,
        ),
        (
            "{client}NO_PROXY=maskinporten.no,test.maskinporten.no\n",
            "test? 3f1c certificate air",
        ),
        (
            "{client}# TOLL_API_URL=https://api.toll.no\nrem https://maskinporten.no/\n",
            "test? 3f1c certificate air",
        ),
        (
            "{client}CONTACT=support@maskinporten.no\n",
            "test? 3f1c certificate air",
        ),
        // Two answers.
        (
            "{client}MASKINPORTEN_ENV=test\nTOLL_API_URL=https://api.toll.no\n",
            "refused: MASKINPORTEN_ENV and TOLL_API_URL",
        ),
        (
            "{client}TOLL_API_URL=https://api.toll.no\nMP_HOST=test.maskinporten.no\n",
            "refused: TOLL_API_URL and MP_HOST",
        ),
        (
            "{client}MASKINPORTEN_URL=https://maskinporten.no/ or https://test.maskinporten.no/\n",
            "refused: MASKINPORTEN_URL and MASKINPORTEN_URL",
        ),
        (
            "{client}HOSTS=maskinporten.no,test.maskinporten.no\n",
            "refused: HOSTS and HOSTS",
        ),
        // A known host that cannot be read.
        (
            "MASKINPORTEN_CLIENT_ID=\"3f1c\" see https://maskinporten.no/\n",
            "refused: line 1 names maskinporten.no",
        ),
        (
            "{client}MASKINPORTEN_URL=https%3A%2F%2Fmaskinporten.no%2F\n",
            "refused: MASKINPORTEN_URL names maskinporten.no",
        ),
        (
            "{client}MASKINPORTEN_URL=https:/maskinporten.no/\n",
            "refused: MASKINPORTEN_URL names maskinporten.no",
        ),
        (
            "{client}TOLL_URL=htps://api.toll.no/\n",
            "refused: TOLL_URL names api.toll.no",
        ),
        (
            "{client}docker run -e MASKINPORTEN_ISSUER=https://maskinporten.no/ app\n",
            "refused: line 3 names maskinporten.no",
        ),
        (
            "{client}\nmaskinporten issuer https://maskinporten.no/\n",
            "refused: line 4 names maskinporten.no",
        ),
    ]);
}

#[test]
fn two_answers_are_refused() {
    assert_outcomes(&[
        // Two documents, and the same name twice.
        (
            "maskinporten:\n  client-id: a\n  scope: toll:movement/air\n  audience: https://test.maskinporten.no/\n---\nspring.config.activate.on-profile: prod\nmaskinporten:\n  client-id: b\n  audience: https://maskinporten.no/\n",
            "refused: lines 2 and 8",
        ),
        (
            "maskinporten.client-id=a\nmaskinporten.scope=toll:movement/air\n#---\nspring.config.activate.on-profile=prod\nmaskinporten.client-id=b\n",
            "refused: lines 1 and 5",
        ),
        (
            "maskinporten.client-id=a\n!---\nmaskinporten.audience=https://maskinporten.no/\n",
            "refused: lines 1 and 3",
        ),
        (
            "kind: ConfigMap\ndata:\n  MASKINPORTEN_CLIENT_ID: a\n---\nkind: ConfigMap\ndata:\n  MASKINPORTEN_CLIENT_ID: b\n",
            "refused: lines 3 and 7",
        ),
        (
            "{\"Maskinporten\": {\"ClientId\": \"a\",\n\"ClientId\": \"b\"}}",
            "refused: Maskinporten.ClientId again in line 2",
        ),
        (
            "{\"Maskinporten\": {\"ClientId\": \"a\"},\n\"Maskinporten\": {\"Scope\": \"toll:movement/air\"}}",
            "refused: Maskinporten again in line 2",
        ),
        (
            "{\"Maskinporten\": {\"ClientId\": \"a\", \"clientid\": \"b\"}}",
            "refused: Maskinporten.ClientId and Maskinporten.clientid",
        ),
        (
            "maskinporten:\n  client-id: a\n  client-id: b\n",
            "refused: maskinporten.client-id again in line 3",
        ),
        (
            "maskinporten:\n  client-id: a\nmaskinporten:\n  kid: b\n",
            "refused: maskinporten again in line 3",
        ),
        (
            "[test]\nclient_id = a\n[prod]\nclient_id = b\n",
            "refused: [test] client_id and [prod] client_id",
        ),
        ("[test]\nclient_id = a\n[prod]\nkid = b\n", "refused: [test] and [prod]"),
        (
            "services:\n  a:\n    environment:\n      - MASKINPORTEN_CLIENT_ID=a\n  b:\n    environment:\n      - MASKINPORTEN_CLIENT_ID=b\n",
            "refused: MASKINPORTEN_CLIENT_ID and MASKINPORTEN_CLIENT_ID",
        ),
        (
            "{\"test\": {\"maskinporten\": {\"clientId\": \"a\"}}, \"prod\": {\"maskinporten\": {\"kid\": \"b\"}}}",
            "refused: test and prod",
        ),
        // Two values under two names.
        (
            "SCOPE=toll:movement/air\nMASKINPORTEN_SCOPES=toll:movement/rail\n",
            "refused: SCOPE and MASKINPORTEN_SCOPES",
        ),
        (
            "issuer=a\nkeystore.file=/srv/a.p12\ncertificate.path=/srv/b.p12\n",
            "refused: keystore.file and certificate.path",
        ),
        (
            "CLIENT_ID=a\nMASKINPORTEN_KEY_PATH=/srv/a\nMASKINPORTEN_PRIVATE_KEY_FILE=/srv/b\n",
            "refused: MASKINPORTEN_KEY_PATH and MASKINPORTEN_PRIVATE_KEY_FILE",
        ),
        // Scopes of two kinds of business.
        (
            "CLIENT_ID=a\nSCOPES=toll:movement/road/v2 toll:eu/movement/air\n",
            "refused: toll:movement/road/v2 and toll:eu/movement/air",
        ),
        (
            "CLIENT_ID=a\nSCOPES=toll:eu/movement/air toll:other\n",
            "refused: toll:other and toll:eu/movement/air",
        ),
        (
            "maskinporten:\n  client-id: a\n  scopes: [toll:movement/air, toll:eu/movement/rail]\n",
            "refused: toll:movement/air and toll:eu/movement/rail",
        ),
    ]);
}

#[test]
fn one_answer_in_two_places_is_taken() {
    assert_outcomes(&[
        // In a shell and in Java the last one of a name is used.
        (
            "MASKINPORTEN_CLIENT_ID=a\nMASKINPORTEN_CLIENT_ID=b\nSCOPES=toll:movement/air\nSCOPES=toll:movement/rail\n",
            "test? b certificate rail",
        ),
        (
            "SCOPE=toll:movement/air toll:movement/rail\nMASKINPORTEN_SCOPES=toll:movement/rail,toll:movement/air\n",
            "test? certificate air+rail",
        ),
        (
            "logging: debug\n---\nmaskinporten:\n  client-id: a\n---\nserver:\n  port: 80\n",
            "test? a certificate",
        ),
        (
            "server.port=80\n#---\nspring.config.activate.on-profile=x\nmaskinporten.client-id=a\n",
            "test? a certificate",
        ),
        (
            "#---\n# ours\n#---\nmaskinporten.client-id=a\n#---\n# theirs\n#---\nmaskinporten.kid=b\n",
            "test? a key b",
        ),
        (
            "MASKINPORTEN_CLIENT_ID=a\n#---\nMASKINPORTEN_ENV=prod\n",
            "prod a certificate",
        ),
        (
            "---\nspring.config.activate.on-profile: prod\nmaskinporten:\n  client-id: a\n",
            "prod a certificate",
        ),
        ("[maskinporten]\nclient_id = a\n[keystore]\nkid = b\n", "test? a key b"),
        ("[prod]\nclient_id = a\n", "prod a certificate"),
        (
            "{\"prod\": {\"maskinporten\": {\"clientId\": \"a\"}}}",
            "prod a certificate",
        ),
        (
            "idporten.scope=openid\nmaskinporten.client-id=a\nmaskinporten.scope=toll:movement/air\n",
            "test? a certificate air",
        ),
        (
            "a: &s toll:movement/air\nmaskinporten:\n  client-id: a\n  scope: *s\n",
            "test? a certificate",
        ),
    ]);
}

#[test]
fn scopes_in_quotes_and_lists_are_services() {
    let air = "test? a certificate air";
    let foreign = "test? a certificate road foreign";
    assert_outcomes(&[
        ("issuer=a\nscope=\"toll:movement/air\"\n", air),
        ("client_id = a\nscope = 'toll:movement/air'\n", air),
        ("client_id = a\nscope = “toll:movement/air”\n", air),
        ("client_id = a\nscopes = [\"toll:movement/air\"]\n", air),
        (
            "client_id = \"a\"\nscopes = [\n  \"toll:movement/air\",\n  \"toll:movement/rail\",\n]\n",
            "test? a certificate air+rail",
        ),
        ("CLIENT_ID=a\nSCOPES='[\"toll:movement/air\"]'\n", air),
        ("CLIENT_ID=a\nSCOPES=\"[\\\"toll:movement/air\\\"]\"\n", air),
        ("CLIENT_ID=a\nSCOPES=(toll:movement/air)\n", air),
        (
            "CLIENT_ID=a\nSCOPES=toll:movement/air|toll:movement/rail\n",
            "test? a certificate air+rail",
        ),
        ("{\"ClientId\": \"a\", \"Scope\": \"'toll:movement/air'\"}", air),
        (
            "CLIENT_ID=a\nMASKINPORTEN_SCOPES=[\"toll:eu/movement/road/v2\"]\n",
            foreign,
        ),
        ("issuer=a\nscope=\"toll:eu/movement/road/v2\"\n", foreign),
        (
            "CLIENT_ID=a\nMASKINPORTEN_SCOPES=\"toll:eu/new\"\n",
            "test? a certificate toll:eu/new foreign",
        ),
        (
            "CLIENT_ID=a\nMASKINPORTEN_SCOPES=\"toll:new,demo:one\"\n",
            "test? a certificate toll:new+demo:one",
        ),
    ]);
}

#[test]
fn refusals_and_placeholders_are_printed_with_their_place() {
    let home = Home::new();
    let file = home.path().join("settings");
    let path = file.to_str().unwrap();
    let import = |name: &str, text: &str, more: &[&str]| {
        fs::write(&file, text).unwrap();
        let output = home.run(&[&["import", name, path], more].concat());
        (exit_code(&output), stderr(&output))
    };
    let text = "MASKINPORTEN_CLIENT_ID=3f1c\nrun https://maskinporten.no/\n";
    let (code, printed) = import("one", text, &[]);
    let values = [
        ("place", "line"),
        ("name", "2"),
        ("file", path),
        ("host", "maskinporten.no"),
    ];
    assert_eq!(code, 3);
    assert!(printed.contains(&english_with("import-unclear", &values)), "{printed}");
    assert_eq!(import("one", text, &["--environment", "prod"]).0, 0);
    let (code, printed) = import("two", "issuer=<your client id>\nkeystore.kid=k1\nscope=‹scopes›\n", &[]);
    assert_eq!(code, 0, "{printed}");
    let open = english_with("import-open", &[("names", "issuer, scope")]);
    assert!(printed.contains(&open), "{printed}");
}
