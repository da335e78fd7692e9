//! `exp`, `ln`, `tanh` and their kin, the same bits everywhere: from the pure-Rust crate `libm`.
//!
//! The standard library asks the platform for them, and platforms differ in the last digit; a run
//! would end in other weights natively than in a tab. (Sums, products, quotients and square roots need no such care:
//! IEEE 754 has one answer for each.) One exact version of `libm` is named in `Cargo.toml`, for the same reason
//! as with the random numbers.
//!
//! In code that is generic over [`Elementary`], `x.exp()` could mean either and does not compile; where the type
//! is known, a lint in `clippy.toml` refuses it.
//!
//! # Examples
//! ```
//! use atelier::elementary::{exp, ln};
//!
//! assert_eq!(exp(1.0f32).to_bits(), 0x402d_f854); // 2.7182817, on every machine
//! assert_eq!(ln(exp(2.0f64)), 2.0);
//! ```

use half::f16;
use num_traits::Float;

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident($x:ident $(, $y:ident)?) is $f32:ident, $f64:ident;)*) => {
        /// A float type with these functions.
        pub trait Elementary: Float {
            $($(#[$doc])* fn $name(self $(, $y: Self)?) -> Self;)*
        }

        impl Elementary for f32 {
            $(fn $name(self $(, $y: Self)?) -> Self { libm::$f32(self $(, $y)?) })*
        }

        impl Elementary for f64 {
            $(fn $name(self $(, $y: Self)?) -> Self { libm::$f64(self $(, $y)?) })*
        }

        /// By way of `f32`, rounded once more.
        impl Elementary for f16 {
            $(fn $name(self $(, $y: Self)?) -> Self {
                Self::from_f32(libm::$f32(self.to_f32() $(, $y.to_f32())?))
            })*
        }

        $($(#[$doc])* #[inline] pub fn $name<F: Elementary>($x: F $(, $y: F)?) -> F {
            Elementary::$name($x $(, $y)?)
        })*
    };
}

functions! {
    /// `eˣ`.
    exp(x) is expf, exp;
    /// Natural logarithm.
    ln(x) is logf, log;
    /// `ln(1 + x)`, exact near 0.
    ln_1p(x) is log1pf, log1p;
    /// Hyperbolic tangent.
    tanh(x) is tanhf, tanh;
    /// `x` to a power.
    powf(x, power) is powf, pow;
    /// Sine.
    sin(x) is sinf, sin;
    /// Cosine.
    cos(x) is cosf, cos;
    /// The angle of the point `(x, y)`, asked as `atan2(y, x)`.
    atan2(y, x) is atan2f, atan2;
    /// `√(x² + y²)`.
    hypot(x, y) is hypotf, hypot;
    /// Cube root.
    cbrt(x) is cbrtf, cbrt;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Within a unit or two in the last place of the platform's: nothing was mixed up.
    #[test]
    fn each_function_is_the_one_that_its_name_says() {
        for x in [1e-9, 0.1, 0.7, 1.0, 2.5, 11.0] {
            for (ours, theirs) in [
                (exp(x), f64::exp(x)),
                (ln(x), f64::ln(x)),
                (ln_1p(x), f64::ln_1p(x)),
                (tanh(x), f64::tanh(x)),
                (powf(x, 1.7), f64::powf(x, 1.7)),
                (sin(x), f64::sin(x)),
                (cos(x), f64::cos(x)),
                (atan2(x, 3.0), f64::atan2(x, 3.0)),
                (hypot(x, 3.0), f64::hypot(x, 3.0)),
                (cbrt(x), f64::cbrt(x)),
            ] {
                assert!((ours - theirs).abs() <= 4e-16 * theirs.abs(), "{x}: {ours}, {theirs}");
            }
            let (narrow, half) = (x as f32, f16::from_f64(x));
            assert!((exp(narrow) - f32::exp(narrow)).abs() <= 2e-7 * f32::exp(narrow));
            assert_eq!(exp(half), f16::from_f32(exp(half.to_f32())));
        }
    }
}
