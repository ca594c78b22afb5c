//! TLS configuration with the platform's trust, and a log of the server's certificate: a company's proxy that inspects TLS
//! is recognised by it.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use rustls_platform_verifier::Verifier;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

use super::ca_file;
use crate::{diagnosis::TransportError, text::visible};

/// A log of the last handshake: the server's certificate and the TLS version.
#[derive(Debug, Default)]
pub struct HandshakeLog(Mutex<Handshake>);

#[derive(Debug, Default)]
struct Handshake {
    certificate: Option<PeerNames>,
    version: Option<&'static str>,
}

/// The names in the server's certificate.
#[derive(Debug, Clone)]
pub struct PeerNames {
    pub subject: String,
    pub issuer: String,
}

impl HandshakeLog {
    pub fn version(&self) -> Option<&'static str> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).version
    }

    pub fn certificate(&self) -> Option<PeerNames> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .certificate
            .clone()
    }

    fn record(&self, change: impl FnOnce(&mut Handshake)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Builds a verifier that trusts the platform's roots and those in `ca_file`. It reads them from disk.
///
/// # Errors
///
/// [`TransportError::CaFile`] if the file has no certificate of an authority; [`TransportError::NoRoots`] if the system has
/// none.
pub fn verifier(ca_file: Option<&Path>) -> Result<Verifier, TransportError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    // On Windows the verifier with extra roots builds a store of its own, which can fail: only where it is needed.
    let verifier = match ca_file {
        Some(path) => Verifier::new_with_extra_roots(ca_file::read(path)?.certificates, provider),
        None => Verifier::new(provider),
    };
    verifier.map_err(|_| TransportError::NoRoots)
}

/// Builds a configuration that trusts what `verifier` trusts, and records each handshake in `log`.
pub fn config(verifier: Arc<Verifier>, log: &Arc<HandshakeLog>) -> Result<ClientConfig, TransportError> {
    let verifier = RecordingVerifier {
        verifier,
        log: log.clone(),
    };
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TransportError::NoRoots)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Builds a configuration without roots, for plain `http` to loopback: that must work on a system without roots.
pub fn without_roots() -> Result<ClientConfig, TransportError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TransportError::NoRoots)?;
    Ok(builder
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

/// A verifier that records the handshake and leaves the decision to the platform's verifier.
#[derive(Debug)]
struct RecordingVerifier {
    verifier: Arc<Verifier>,
    log: Arc<HandshakeLog>,
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let names = X509Certificate::from_der(end_entity)
            .ok()
            .map(|(_, certificate)| PeerNames {
                subject: display_name(certificate.subject()),
                issuer: display_name(certificate.issuer()),
            });
        self.log.record(|handshake| handshake.certificate = names);
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.log.record(|handshake| handshake.version = Some("TLS 1.2"));
        self.verifier.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.log.record(|handshake| handshake.version = Some("TLS 1.3"));
        self.verifier.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

/// Returns the common name, else the organisation, else the whole name.
fn display_name(name: &X509Name<'_>) -> String {
    let first = name
        .iter_common_name()
        .chain(name.iter_organization())
        .find_map(|part| part.as_str().ok());
    let words = visible(first.unwrap_or(&name.to_string()));
    words.chars().take(120).collect()
}
