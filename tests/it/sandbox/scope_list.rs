//! The open scope list, as the sandbox serves it.

use klarert::journey::services;
use serde_json::Value;

use super::client::{get, shared};

fn scopes() -> Vec<Value> {
    let answer = get(&format!("{}api/v1/scopes/all", shared().environment().issuer));
    assert_eq!(answer.status, 200);
    serde_json::from_value(answer.body).unwrap()
}

fn scope(name: &str) -> Option<Value> {
    scopes().into_iter().find(|scope| scope["name"] == name)
}

#[test]
fn each_scope_has_the_fields_of_the_real_list() {
    for scope in scopes() {
        let name = scope["name"].as_str().unwrap();
        let parts = [&scope["prefix"], &scope["subscope"]].map(|part| part.as_str().unwrap());
        assert_eq!(parts.join(":"), name);
        for field in ["description", "visibility", "owner_orgno", "token_type"] {
            assert!(scope[field].is_string(), "{name}: {field}");
        }
        for field in ["active", "accessible_for_all", "supports_european_businesses"] {
            assert!(scope[field].is_boolean(), "{name}: {field}");
        }
        assert!(scope["at_max_age"].is_u64(), "{name}");
        assert_eq!(scope["allowed_integration_types"], serde_json::json!(["maskinporten"]));
    }
}

#[test]
fn european_businesses_are_supported_in_their_own_scopes_only() {
    for (name, expected) in [
        ("toll:movement/road/v2", false),
        ("toll:movement/maritimessnn", false),
        ("toll:eu/movement/air", true),
        ("digdir:verksemd.eu", true),
    ] {
        assert_eq!(scope(name).unwrap()["supports_european_businesses"], expected, "{name}");
    }
    let delegable = scope("toll:movement/road/v2").unwrap();
    assert!(delegable["delegation_source"].is_string());
    assert!(
        scope("toll:eu/movement/air")
            .unwrap()
            .get("delegation_source")
            .is_none()
    );
    assert!(scopes().iter().any(|scope| scope["accessible_for_all"] == true));
}

#[test]
fn private_scopes_are_absent() {
    let announced = services::services().iter().filter(|service| service.announced);
    for service in announced {
        let name = service.scope(klarert::profile::Kind::Norwegian).unwrap();
        assert!(scope(name).is_none(), "{name}");
    }
}
