//! Factors of an RSA modulus and the numbers for the Chinese remainder theorem, for keys that have only n, e and d.
//!
//! RFC 7518 §6.3.2 allows a JWK without them, and aws-lc signs only with them.

use crypto_bigint::{
    BoxedUint, ConcatenatingMul, Gcd, NonZero, Odd, Resize,
    modular::{BoxedMontyForm, BoxedMontyParams},
};
use zeroize::Zeroizing;

/// Bits of the longest modulus. Factoring one of 8192 bits would take seconds.
const MAX_MODULUS_BITS: u32 = 4096;
/// Bits of the longest public exponent that aws-lc takes.
const MAX_EXPONENT_BITS: u32 = 33;
/// Bases to try. Each fails with a probability of at most one half.
const BASES: [u8; 24] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
];

/// The numbers of a private key besides n, e and d, in big-endian order (RFC 8017 §3.2).
pub struct Factors {
    pub p: Zeroizing<Vec<u8>>,
    pub q: Zeroizing<Vec<u8>>,
    pub dp: Zeroizing<Vec<u8>>,
    pub dq: Zeroizing<Vec<u8>>,
    pub qi: Zeroizing<Vec<u8>>,
}

/// Computes the factors of n from e and d (NIST SP 800-56B, appendix C). `None` if the numbers do not belong together.
pub fn factors(n: &[u8], e: &[u8], d: &[u8]) -> Option<Factors> {
    let bits = u32::try_from(n.len() * 8)
        .ok()
        .filter(|bits| *bits <= MAX_MODULUS_BITS)?;
    let exact = number(n, bits)?.bit_width_vartime();
    let number = |bytes| number(bytes, exact);
    let (n, d) = (number(n)?, Zeroizing::new(number(d)?));
    let e = number(e)?;
    if e.bit_width_vartime() > MAX_EXPONENT_BITS {
        return None;
    }
    let p = Zeroizing::new(factor(&n, &e, &d)?);
    let q = Zeroizing::new(&n / &NonZero::new((*p).clone()).into_option()?);
    let one = BoxedUint::one_with_precision(n.bits_precision());
    let reduced = |factor: &BoxedUint| {
        let below = NonZero::new(factor.wrapping_sub(&one)).into_option()?;
        Some(octets(&Zeroizing::new(d.rem(&below))))
    };
    let modulus = Odd::new((*p).clone()).into_option()?;
    let qi = Zeroizing::new(q.invert_odd_mod(&modulus).into_option()?);
    Some(Factors {
        p: octets(&p),
        q: octets(&q),
        dp: reduced(&p)?,
        dq: reduced(&q)?,
        qi: octets(&qi),
    })
}

/// Finds a factor: `e·d - 1` is a multiple of the group's order, so that a square root of 1 other than ±1 can be found.
fn factor(n: &BoxedUint, e: &BoxedUint, d: &BoxedUint) -> Option<BoxedUint> {
    let modulus = Odd::new(n.clone()).into_option()?;
    let params = BoxedMontyParams::new(modulus);
    let product = Zeroizing::new(d.concatenating_mul(e));
    let multiple = Zeroizing::new(product.wrapping_sub(BoxedUint::one_with_precision(product.bits_precision())));
    let twos = multiple.trailing_zeros();
    if twos == 0 || twos >= multiple.bits_precision() {
        return None;
    }
    let odd = Zeroizing::new(multiple.shr(twos));
    let one = BoxedMontyForm::one(&params);
    let minus_one = -one.clone();
    // Numbers that do not belong together would cost an exponentiation for each base.
    let two = BoxedMontyForm::new(BoxedUint::from(2_u8).resize(n.bits_precision()), &params);
    if two.pow(e).pow(d) != two {
        return None;
    }
    for base in BASES {
        let base = BoxedUint::from(base).resize(n.bits_precision());
        let mut root = BoxedMontyForm::new(base, &params).pow(&odd);
        for _ in 0..twos {
            let square = root.square();
            if square == one && root != one && root != minus_one {
                let below = Zeroizing::new(root.retrieve().wrapping_sub(one.retrieve()));
                return Some(below.gcd(n));
            }
            root = square;
        }
    }
    None
}

fn number(bytes: &[u8], bits: u32) -> Option<BoxedUint> {
    let digits = &bytes[bytes.iter().take_while(|digit| **digit == 0).count()..];
    BoxedUint::from_be_slice(digits, bits).ok()
}

fn octets(number: &BoxedUint) -> Zeroizing<Vec<u8>> {
    let octets = Zeroizing::new(number.to_be_bytes().into_vec());
    let zeros = octets.iter().take_while(|digit| **digit == 0).count();
    Zeroizing::new(octets[zeros..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_are_found_from_both_private_exponents() {
        // p = 61, q = 53: d is 2753 modulo φ(n) and 413 modulo λ(n).
        for d in [&[0x0a, 0xc1][..], &[0x01, 0x9d]] {
            let found = factors(&[0x0c, 0xa1], &[17], d).unwrap();
            let mut pair = [found.p[0], found.q[0]];
            pair.sort_unstable();
            assert_eq!(pair, [53, 61]);
            let (p, q, qi) = (u32::from(found.p[0]), u32::from(found.q[0]), u32::from(found.qi[0]));
            assert_eq!(q * qi % p, 1);
        }
    }

    #[test]
    fn numbers_that_do_not_belong_together_have_no_factors() {
        assert!(factors(&[0x0c, 0xa1], &[17], &[0x0a, 0xc3]).is_none());
        assert!(factors(&[0x0c, 0xa0], &[17], &[0x0a, 0xc1]).is_none());
        assert!(factors(&[], &[], &[]).is_none());
        assert!(factors(&[1], &[1], &[1]).is_none());
    }
}
