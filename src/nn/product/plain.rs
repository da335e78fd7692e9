//! The products as they are defined, three loops each: the place to begin reading, what the quick ways are compared
//! with in tests, and what `f64` runs, bit for bit the same.
//!
//! Blocks are part of the definition, because they decide how sums are rounded: a block of a sum is summed by
//! itself, from 0, and then added to what the blocks before it came to.

use crate::Real;

/// Inputs that are summed by themselves in `x·W`, and units in `d_z·Wᵀ`: 4 · 196 = 784.
pub const INPUTS: usize = 196;
/// Images that are summed by themselves in `xᵀ·d_z`.
///
/// Of 2,048 products added one after the other, each would be rounded to what all before it came to; in blocks of
/// 128 the rounding is four times smaller.
pub const IMAGES: usize = 128;

/// `z[b] += Σᵢ x[b][i] · W[i]`. Shapes: `x` (B, in), `w` (in, out), `z` (B, out).
pub fn add_product<R: Real>(x: &[R], inputs: usize, w: &[R], z: &mut [R]) {
    let columns = w.len() / inputs;
    let mut sums = vec![R::zero(); columns];
    for (x, z) in x.chunks_exact(inputs).zip(z.chunks_exact_mut(columns)) {
        for (x, w) in x.chunks(INPUTS).zip(w.chunks(INPUTS * columns)) {
            sums.fill(R::zero());
            for (&x, w) in x.iter().zip(w.chunks_exact(columns)) {
                add_scaled(&mut sums, x, w);
            }
            add_scaled(z, R::one(), &sums);
        }
    }
}

/// `d_w[i] += Σᵦ x[b][i] · d_z[b]`. Shapes: `x` (B, in), `d_z` (B, out), `d_w` (in, out).
pub fn add_gradient<R: Real>(x: &[R], inputs: usize, d_z: &[R], d_w: &mut [R]) {
    let columns = d_w.len() / inputs;
    let mut sums = vec![R::zero(); columns];
    for (i, d_w) in d_w.chunks_exact_mut(columns).enumerate() {
        for (x, d_z) in x.chunks(IMAGES * inputs).zip(d_z.chunks(IMAGES * columns)) {
            sums.fill(R::zero());
            for (x, d_z) in x.chunks_exact(inputs).zip(d_z.chunks_exact(columns)) {
                add_scaled(&mut sums, x[i], d_z);
            }
            add_scaled(d_w, R::one(), &sums);
        }
    }
}

/// `d_x[b][i] += Σₖ d_z[b][k] · W[i][k]`. Shapes: `d_z` (B, out), `w` (in, out), `d_x` (B, in).
pub fn add_input_gradient<R: Real>(d_z: &[R], inputs: usize, w: &[R], d_x: &mut [R]) {
    let columns = w.len() / inputs;
    for (d_z, d_x) in d_z.chunks_exact(columns).zip(d_x.chunks_exact_mut(inputs)) {
        for (d_x, w) in d_x.iter_mut().zip(w.chunks_exact(columns)) {
            for (d_z, w) in d_z.chunks(INPUTS).zip(w.chunks(INPUTS)) {
                *d_x += d_z.iter().zip(w).fold(R::zero(), |sum, (&d, &w)| sum + d * w);
            }
        }
    }
}

/// `sums += factor · row`: the innermost loop.
fn add_scaled<R: Real>(sums: &mut [R], factor: R, row: &[R]) {
    for (sum, &number) in sums.iter_mut().zip(row) {
        *sum += factor * number;
    }
}
