//! Numbers too small to matter, set to 0 before they slow everything down.
//!
//! Below the smallest normal number (`1.18e-38` for `f32`) lie the subnormal ones, which many
//! processors compute ten to a hundred times slower; WebAssembly has no switch against them. Training
//! makes them in three ways, each met where it begins, by the same rule on every machine:
//!
//! - the state of a weight whose gradient has become 0 decays geometrically: [`flush`];
//! - a network that is sure gives a wrong class a probability of `1e-37`, and that times a pixel,
//!   summed over 784 pixels, is in every product of the backward pass: [`factor`];
//! - an optimizer squares gradients, and the square of `1e-20` is one: [`square`].
//!
//! With the optimizers' usual constants, what is dropped would move a weight by less than `1e-20`, which is
//! lost in rounding: an `f32` near 0.05 cannot move by less than `2e-9`.

use crate::Real;

/// 0 for a subnormal number, the number itself otherwise.
#[inline(always)]
pub fn flush<R: Real>(value: R) -> R {
    if value.abs() < R::min_positive_value() { R::zero() } else { value }
}

/// A number that others are multiplied by: 0 where its product with `2⁻²⁶` or more could be subnormal.
#[inline(always)]
pub fn factor<R: Real>(value: R) -> R {
    if value.abs() < R::min_positive_value() * R::of(67_108_864.0) { R::zero() } else { value }
}

/// `value²`; 0 where it, or a thousandth of it, could be subnormal.
#[inline(always)]
pub fn square<R: Real>(value: R) -> R {
    let value = if value.abs() < R::min_positive_value().sqrt() * R::of(32.0) { R::zero() } else { value };
    value * value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps_out_of_the_way<R: Real>() {
        let tiny = R::min_positive_value();
        let below = |value: R| value * R::of(0.999);
        assert_eq!((flush(tiny), flush(-tiny)), (tiny, -tiny));
        assert_eq!((flush(below(tiny)), flush(below(-tiny))), (R::zero(), R::zero()));
        let least = tiny * R::of(2f64.powi(26));
        assert_eq!((factor(-least), factor(below(least))), (-least, R::zero()));
        assert_eq!(least * R::of(2f64.powi(-26)), tiny, "the last product that is normal");
        let root = tiny.sqrt() * R::of(32.0);
        assert_eq!((square(-root), square(below(root))), (root * root, R::zero()));
        assert!(root * root * R::of(0.001) > tiny);
        assert!([flush(R::nan()), factor(R::nan()), square(R::nan())].iter().all(|value| value.is_nan()));
    }

    #[test]
    fn only_what_would_be_subnormal_becomes_zero() {
        keeps_out_of_the_way::<f32>();
        keeps_out_of_the_way::<f64>();
    }
}
