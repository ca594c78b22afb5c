//! Customs' documented calls without effects, as the sandbox answers them.

use klarert::{journey::services, profile::Kind};
use serde_json::json;

use super::client::{ROAD_CALL, api_call, client, customs_token, send, shared};

const HOUSE_CONSIGNMENT: &str = "/api/movement/routing/v1/house-consignment";
const AIR_STATUS: &str = "/api/movement/air/status/v1/transport/validation-status";
const RAIL_STATUS: &str = "/api/movement/rail/status/v1/transport/validation-status";
const SEA_STATUS: &str = "/api/movement/maritime/status/v1/transport/validation-status";
const ROAD_STATUS: &str = "/api/movement/road/status/v2/transport/validation-status";
const UNKNOWN_ID: &str = "00000000-0000-4000-8000-000000000000";

fn token(kind: Kind, service: &str) -> String {
    let sandbox = shared();
    let scope = services::service(service).unwrap().scope(kind).unwrap();
    customs_token(sandbox, sandbox.demonstration().business(kind), scope)
}

#[test]
fn routing_lists_no_house_consignments() {
    for kind in [Kind::Norwegian, Kind::Foreign] {
        let answer = api_call(shared(), HOUSE_CONSIGNMENT, &token(kind, "entry"));
        assert_eq!((answer.status, answer.body), (200, json!([])));
    }
}

#[test]
fn an_unknown_request_id_is_not_found_with_a_token_and_unauthorised_without() {
    for (kind, service, path) in [
        (Kind::Norwegian, "road", ROAD_STATUS),
        (Kind::Norwegian, "rail", RAIL_STATUS),
        (Kind::Foreign, "rail", RAIL_STATUS),
        (Kind::Foreign, "sea", SEA_STATUS),
    ] {
        let path = format!("{path}/{UNKNOWN_ID}");
        let answer = api_call(shared(), &path, &token(kind, service));
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.body["path"], path);
        let anonymous = client().get(format!("{}{path}", shared().environment().customs.unwrap()));
        assert_eq!(send(anonymous).status, 401, "{path}");
        assert_eq!(api_call(shared(), &path, "nonsense").status, 401, "{path}");
    }
}

#[test]
fn a_token_for_another_service_is_forbidden() {
    let entry = token(Kind::Norwegian, "entry");
    let air = format!("{AIR_STATUS}/{UNKNOWN_ID}");
    for path in [ROAD_CALL, &air] {
        assert_eq!(api_call(shared(), path, &entry).status, 403, "{path}");
    }
    assert_eq!(
        api_call(shared(), HOUSE_CONSIGNMENT, &token(Kind::Norwegian, "road")).status,
        403
    );
}

#[test]
fn undocumented_calls_are_not_found() {
    let road = token(Kind::Norwegian, "road");
    for path in [
        "/api/movement/air/v1/test-auth",
        "/api/movement/rail/v1/test-auth",
        "/api/movement/air/status/v1/transport/validation-status/not-a-uuid",
        "/api/movement/air/status/v1/transport/validation-status/",
    ] {
        let answer = api_call(shared(), path, &road);
        assert_eq!(
            (answer.status, answer.body["error"].as_str()),
            (404, Some("not_found")),
            "{path}"
        );
    }
}
