//! A Maskinporten and a Customs for tests, on one loopback port: valid by default, and as hostile as a test needs.

pub mod businesses;
pub mod tls;

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

pub const METADATA: &str = "/.well-known/oauth-authorization-server";
pub const TOKEN: &str = "/token";
pub const JWK: &str = "/jwk";
pub const EXCHANGE: &str = "/api/access/external/oauth/token";
pub const ROAD: &str = "/api/movement/road/v2/test-auth";
pub const HOUSE_CONSIGNMENT: &str = "/api/movement/routing/v1/house-consignment";
/// The paths of the status of a message, up to the message's id.
pub const VALIDATION_STATUS: [&str; 3] = [
    "/api/movement/air/status/v1/transport/validation-status/",
    "/api/movement/rail/status/v1/transport/validation-status/",
    "/api/movement/maritime/status/v1/transport/validation-status/",
];

/// A received request.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: String,
    /// The number of earlier requests for the same path.
    pub nth: usize,
    /// The number of earlier requests over the same connection.
    pub on_connection: usize,
}

impl Request {
    /// Returns a field of the form; empty if there is none.
    pub fn field(&self, name: &str) -> String {
        let mut fields = url::form_urlencoded::parse(self.body.as_bytes());
        fields
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    }

    /// Returns a claim of the grant that was sent, unverified.
    pub fn claim(&self, name: &str) -> Value {
        let grant = self.field("assertion");
        let claims: Value = jsonwebtoken::dangerous::insecure_decode(&grant)
            .map(|data| data.claims)
            .unwrap_or_default();
        claims[name].clone()
    }
}

/// A response, and how it is sent.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub manner: Manner,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Manner {
    Whole,
    /// Sends all of it, and leaves the connection open.
    KeepAlive,
    /// Closes the connection without an answer.
    Close,
    /// Closes the connection in the middle of the body.
    Cut,
    /// Sends nothing, for longer than any time-out.
    Silence,
    /// Sends a byte from time to time.
    Drip,
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Reply {
        Reply::text(status, "application/json", &body.to_string())
    }

    pub fn text(status: u16, content_type: &str, body: &str) -> Reply {
        Reply {
            status,
            headers: vec![("Content-Type".into(), content_type.into())],
            body: body.as_bytes().to_vec(),
            manner: Manner::Whole,
        }
    }

    /// Returns an OAuth error as Maskinporten writes it.
    pub fn refusal(status: u16, error: &str, code: &str, words: &str) -> Reply {
        let mut body = json!({ "error": error, "error_description": format!("{words} (trace_id: 35666614aabbccdd)") });
        if !code.is_empty() {
            body["error_uri"] = json!(format!("https://test.maskinporten.no/errors/{code}"));
        }
        Reply::json(status, body)
    }

    pub fn manner(manner: Manner) -> Reply {
        Reply {
            manner,
            ..Reply::text(200, "application/json", r#"{"cut":"in the middle of something"}"#)
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// Replies in place of the valid service; `None` leaves the request to it.
pub type Intercept = Box<dyn Fn(&Request) -> Option<Reply> + Send + Sync>;

/// The running service. It runs until the test's process ends.
pub struct Service {
    pub base: String,
    requests: Arc<Mutex<Vec<Request>>>,
    connections: Arc<AtomicUsize>,
}

impl Service {
    /// Starts the service with its clock so many seconds ahead of ours; `None` sends no date.
    pub fn start(clock: Option<i64>, intercept: Intercept) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let service = Service {
            base: base.clone(),
            requests: requests.clone(),
            connections: Arc::default(),
        };
        let connections = service.connections.clone();
        let intercept = Arc::new(intercept);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (base, requests, intercept) = (base.clone(), requests.clone(), intercept.clone());
                thread::spawn(move || serve(stream, &base, clock, &requests, &intercept));
            }
        });
        service
    }

    /// Returns the number of connections that were accepted.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub fn requests(&self, path: &str) -> Vec<Request> {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .filter(|request| request.path == path)
            .cloned()
            .collect()
    }
}

/// Serves the requests of a connection, with or without TLS.
pub fn serve(
    mut stream: impl Read + Write,
    base: &str,
    clock: Option<i64>,
    requests: &Mutex<Vec<Request>>,
    intercept: &Intercept,
) {
    for on_connection in 0.. {
        let Some(mut request) = read(&mut stream) else {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return;
        };
        request.on_connection = on_connection;
        {
            let mut seen = requests.lock().unwrap();
            request.nth = seen.iter().filter(|other| other.path == request.path).count();
            seen.push(request.clone());
        }
        let reply = intercept(&request).unwrap_or_else(|| valid_reply(&request, base));
        // In some tests the client has closed the connection.
        if write(&mut stream, &reply, clock).is_err() || reply.manner != Manner::KeepAlive {
            return;
        }
    }
}

fn read(stream: &mut impl Read) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body: String::from_utf8(body).ok()?,
        nth: 0,
        on_connection: 0,
    })
}

fn write(stream: &mut impl Write, reply: &Reply, clock: Option<i64>) -> std::io::Result<()> {
    match reply.manner {
        Manner::Close => return Ok(()),
        Manner::Silence => {
            thread::sleep(Duration::from_secs(60));
            return Ok(());
        }
        _ => {}
    }
    let mut head = format!(
        "HTTP/1.1 {} Answer\r\nContent-Length: {}\r\n",
        reply.status,
        reply.body.len()
    );
    if reply.manner != Manner::KeepAlive {
        head.push_str("Connection: close\r\n");
    }
    if let Some(ahead) = clock {
        let date = OffsetDateTime::now_utc() + time::Duration::seconds(ahead);
        let date = date.format(&Rfc2822).unwrap().replace("+0000", "GMT");
        head.push_str(&format!("Date: {date}\r\n"));
    }
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    match reply.manner {
        Manner::Cut => stream.write_all(&reply.body[..reply.body.len() / 2])?,
        Manner::Drip => {
            for byte in &reply.body {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                thread::sleep(Duration::from_millis(200));
            }
        }
        _ => stream.write_all(&reply.body)?,
    }
    stream.flush()
}

/// Replies as the real services do.
pub fn valid_reply(request: &Request, base: &str) -> Reply {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", METADATA) => Reply::json(200, metadata(base)),
        ("GET", JWK) => Reply::json(
            200,
            json!({ "keys": [businesses::service().public_jwk("service-1").unwrap()] }),
        ),
        ("POST", TOKEN) => Reply::json(200, token_answer(request, base, |_| {})),
        ("POST", EXCHANGE) => Reply::json(
            200,
            json!({ "issued_token_type": "access_token", "access_token": "customs-token", "token_type": "Bearer", "expires_in": 970 }),
        ),
        ("GET", ROAD)
            if request
                .headers
                .get("authorization")
                .is_some_and(|with| with == "Bearer customs-token") =>
        {
            Reply::text(200, "text/plain", "ok")
        }
        ("GET", ROAD) => Reply::json(401, json!({ "message": "no token" })),
        ("GET", path)
            if path == HOUSE_CONSIGNMENT || VALIDATION_STATUS.iter().any(|prefix| path.starts_with(prefix)) =>
        {
            match request.headers.get("authorization").map(String::as_str) {
                Some("Bearer customs-token") if path == HOUSE_CONSIGNMENT => Reply::json(200, json!([])),
                Some("Bearer customs-token") => Reply::json(404, json!({ "message": "not found" })),
                _ => Reply::json(401, json!({ "message": "no token" })),
            }
        }
        _ => Reply::json(404, json!({ "message": "not found" })),
    }
}

pub fn metadata(base: &str) -> Value {
    json!({
        "issuer": format!("{base}/"),
        "token_endpoint": format!("{base}{TOKEN}"),
        "jwks_uri": format!("{base}{JWK}"),
        "grant_types_supported": ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
    })
}

/// Returns the answer to a valid grant, with the claims of its token changed.
pub fn token_answer(request: &Request, base: &str, change: impl FnOnce(&mut Value)) -> Value {
    let scope = request.claim("scope");
    let consumer = match request.claim("consumer_org") {
        Value::String(other) => format!("0192:{other}"),
        _ if scope.as_str().is_some_and(|scope| scope.starts_with("toll:eu/")) => businesses::SEAL.to_owned(),
        _ => format!("0192:{}", businesses::ORGANISATION),
    };
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut claims = json!({
        "iss": format!("{base}/"),
        "client_id": request.claim("iss"),
        "client_amr": "virksomhetssertifikat",
        "consumer": { "authority": "iso6523-actorid-upis", "ID": consumer },
        "scope": scope,
        "token_type": "Bearer",
        "iat": now,
        "exp": now + 119,
        "jti": uuid::Uuid::new_v4().to_string(),
    });
    change(&mut claims);
    json!({ "access_token": sign(&claims, "service-1"), "token_type": "Bearer", "expires_in": 119, "scope": scope })
}

/// Signs a token with the service's key under any `kid`.
pub fn sign(claims: &Value, kid: &str) -> String {
    let mut header = Header::new(Algorithm::RS256);
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, claims, &businesses::service().encoding_key().unwrap()).unwrap()
}

/// Returns the address of a port where nothing listens: the system assigns no port below 1024 by itself.
pub fn closed_port() -> String {
    "127.0.0.1:1".to_owned()
}

/// Returns the address of a port that accepts connections and never answers.
pub fn silent_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let held: Vec<TcpStream> = listener.incoming().flatten().collect();
        drop(held);
    });
    address
}
