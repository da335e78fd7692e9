//! A hash of every weight's bits: two runs that agree in it agree in everything.

use crate::Real;
use crate::nn::Parameters;

/// 64-bit FNV-1a over the bits of every parameter, little-endian, in the order of [`Parameters::slices`].
///
/// Each value is hashed as the `f64` that equals it, so that `f32` and `f64`
/// networks with the same numbers agree; `0` and `−0` differ.
///
/// # References
/// G. Fowler, L. C. Noll, K.-P. Vo: The FNV non-cryptographic hash algorithm (RFC 9923).
pub fn fingerprint<R: Real>(parameters: &Parameters<R>) -> u64 {
    let values = parameters.slices().flatten();
    let bytes = values.flat_map(|value| Real::to_f64(*value).to_bits().to_le_bytes());
    fnv1a(bytes)
}

/// 64-bit FNV-1a of some bytes.
///
/// # Examples
/// ```
/// use atelier::train::fingerprint::fnv1a;
/// // The published value for the letter a.
/// assert_eq!(fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
