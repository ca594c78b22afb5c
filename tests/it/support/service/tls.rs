//! The service behind TLS with any certificate, and a proxy in front of it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rcgen::{CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    version::TLS12,
};

use super::{Intercept, serve};

/// A certificate authority that is trusted only where its file is configured.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Authority {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// Issues a server certificate for a host, changed as a test needs it.
    pub fn certify(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> ServerCertificate {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, host);
        change(&mut params);
        ServerCertificate {
            certificate: params.signed_by(&key, &self.issuer).unwrap().der().clone(),
            key: key.serialize_der(),
        }
    }
}

/// A server certificate and its key.
pub struct ServerCertificate {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

/// Serves over TLS on loopback and returns the address as `127.0.0.1:port`. With `old`, only TLS 1.2.
pub fn start(shown: ServerCertificate, old: bool, base: impl Fn(&str) -> String, intercept: Intercept) -> String {
    start_counted(shown, old, base, intercept).0
}

/// Serves over TLS on loopback, and returns the number of accepted connections too.
pub fn start_counted(
    shown: ServerCertificate,
    old: bool,
    base: impl Fn(&str) -> String,
    intercept: Intercept,
) -> (String, Arc<AtomicUsize>) {
    let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    let builder = if old {
        builder.with_protocol_versions(&[&TLS12])
    } else {
        builder.with_safe_default_protocol_versions()
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(shown.key));
    let config = builder
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![shown.certificate], key)
        .unwrap();
    let (config, intercept) = (Arc::new(config), Arc::new(intercept));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let base = base(&address);
    let connections = Arc::new(AtomicUsize::new(0));
    let accepted = connections.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            accepted.fetch_add(1, Ordering::SeqCst);
            let (config, intercept, base) = (config.clone(), intercept.clone(), base.clone());
            thread::spawn(move || {
                let connection = ServerConnection::new(config).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                serve(&mut stream, &base, Some(0), &Mutex::default(), &intercept);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            });
        }
    });
    (address, connections)
}

/// Starts a proxy that answers every `CONNECT` with that status, and for 200 connects to `target` whatever the request
/// names. Returns its address and the request lines.
pub fn proxy(status: u16, target: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = asked.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (kept, target) = (kept.clone(), target.clone());
            thread::spawn(move || relay(stream, status, &target, &kept));
        }
    });
    (address, asked)
}

fn relay(mut client: TcpStream, status: u16, target: &str, kept: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut line = String::new();
    let _ = reader.read_line(&mut line);
    kept.lock().unwrap().push(line.trim_end().to_owned());
    while line.trim_end() != "" {
        line.clear();
        let _ = reader.read_line(&mut line);
    }
    let _ = client.write_all(format!("HTTP/1.1 {status} Proxy\r\n\r\n").as_bytes());
    if status != 200 {
        return;
    }
    let Ok(mut server) = TcpStream::connect(target) else {
        return;
    };
    let (mut up, mut down) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || {
        let _ = copy(&mut down, &mut client);
        let _ = client.shutdown(std::net::Shutdown::Write);
    });
    let _ = copy(&mut up, &mut server);
    let _ = server.shutdown(std::net::Shutdown::Write);
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<u64> {
    std::io::copy(from, to)
}
