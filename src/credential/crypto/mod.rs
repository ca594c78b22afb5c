//! Cryptography of key files: hash functions, password-based decryption and the numbers of an RSA key.

pub mod attempt;
pub mod hash;
pub mod pbe;
pub mod rsa_factors;
