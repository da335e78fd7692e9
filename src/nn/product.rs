//! The three matrix products of a dense layer, each by the way that suits its shape.
//!
//! A general product packs both matrices into tiles before it multiplies. That
//! pays for large ones, which go to ndarray's (`matrixmultiply`). It does not
//! for two shapes that are everywhere here:
//!
//! - **narrow**: few columns, as in the last layer (784 × 10). Tiles are eight
//!   wide, so ten columns cost sixteen; and packing the batch costs about as
//!   much as multiplying it. Here a few rows run over the weights together,
//!   with all their sums in registers.
//! - **few rows**: one image, as when the page asks for a prediction. Packing
//!   100,000 weights to use each once takes ten times as long as using them.
//!
//! Which way is taken depends on the shape only, and each has one fixed order
//! of summation: the same shape gives the same bits. Different ways differ by
//! rounding.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

use crate::Real;

/// Most columns of a product that counts as narrow.
const NARROW: usize = 16;
/// Most rows of a product that counts as having few.
const FEW_ROWS: usize = 3;
/// Rows of weights that stand on the stack at once: 196 · 4 = 784.
const BLOCK: usize = 196;

/// Runs `$body` with the constant `$n` = `$columns` rounded up to whole vectors of four.
macro_rules! with_width {
    ($columns:expr, $n:ident => $body:expr) => {
        match $columns {
            0..=4 => {
                const $n: usize = 4;
                $body
            }
            5..=8 => {
                const $n: usize = 8;
                $body
            }
            9..=12 => {
                const $n: usize = 12;
                $body
            }
            _ => {
                const $n: usize = NARROW;
                $body
            }
        }
    };
}

/// `z += x·W`. Shapes: `x` (B, in), `weights` (in, out), `z` (B, out), each row-major.
///
/// # Panics
/// When shapes disagree or an array is not row-major.
pub fn add_product<R: Real>(x: ArrayView2<R>, weights: ArrayView2<R>, z: ArrayViewMut2<R>) {
    let columns = weights.ncols();
    if columns > NARROW && x.nrows() > FEW_ROWS {
        // Written as zᵀ += Wᵀ·xᵀ, which is the same sums; packing `W` by columns is a tenth faster.
        let mut z = z.reversed_axes();
        return general_mat_mul(R::one(), &weights.t(), &x.t(), R::one(), &mut z);
    }
    assert_eq!((x.ncols(), z.dim()), (weights.nrows(), (x.nrows(), columns)));
    let (x, w, z) = (flat(&x), flat(&weights), z.into_slice().expect(LAYOUT));
    if columns <= NARROW {
        with_width!(columns, N => narrow::<R, N>(x, w, columns, z));
    } else {
        let inputs = w.len() / columns;
        for (x, z) in x.chunks_exact(inputs).zip(z.chunks_exact_mut(columns)) {
            one_row(x, w, z);
        }
    }
}

/// `d_W += xᵀ·d_z`, or `d_W = xᵀ·d_z` when `keep` is false. Shapes: `x` (B, in), `d_z` (B, out), `d_w` (in, out).
///
/// # Panics
/// As [`add_product`].
pub fn gradient<R: Real>(x: ArrayView2<R>, d_z: ArrayView2<R>, keep: bool, d_w: ArrayViewMut2<R>) {
    let columns = d_z.ncols();
    if columns > NARROW {
        let keep = if keep { R::one() } else { R::zero() };
        // Written as d_Wᵀ = d_zᵀ·x, as above: one or two hundredths faster.
        return general_mat_mul(R::one(), &d_z.t(), &x, keep, &mut d_w.reversed_axes());
    }
    assert_eq!((d_z.nrows(), d_w.dim()), (x.nrows(), (x.ncols(), columns)));
    let (inputs, d_w) = (x.ncols(), d_w.into_slice().expect(LAYOUT));
    if keep {
        narrow_gradient::<R, true>(flat(&x), inputs, flat(&d_z), columns, d_w);
    } else {
        narrow_gradient::<R, false>(flat(&x), inputs, flat(&d_z), columns, d_w);
    }
}

const LAYOUT: &str = "arrays of a layer are row-major";

fn flat<'a, R>(view: &'a ArrayView2<R>) -> &'a [R] {
    view.as_slice().expect(LAYOUT)
}

/// `z += x·W` with `columns ≤ N`: a block of `W` at a time, its rows laid out `N` apart.
fn narrow<R: Real, const N: usize>(x: &[R], w: &[R], columns: usize, z: &mut [R]) {
    let inputs = w.len() / columns;
    let mut block = [[R::zero(); N]; BLOCK];
    for start in (0..inputs).step_by(BLOCK) {
        let size = BLOCK.min(inputs - start);
        for (i, padded) in block[..size].iter_mut().enumerate() {
            *padded = padded_row(&w[(start + i) * columns..], columns);
        }
        let block = &block[..size];
        let mut x_rows = x.chunks_exact(4 * inputs);
        let mut z_rows = z.chunks_exact_mut(4 * columns);
        for (x, z) in x_rows.by_ref().zip(z_rows.by_ref()) {
            let part = |r: usize| &x[r * inputs + start..][..size];
            rows_together([part(0), part(1), part(2), part(3)], block, columns, z);
        }
        let rest =
            x_rows.remainder().chunks_exact(inputs).zip(z_rows.into_remainder().chunks_exact_mut(columns));
        for (x, z) in rest {
            rows_together([&x[start..][..size]], block, columns, z);
        }
    }
}

/// `ROWS` rows of `z += x·W`, their sums side by side in registers.
#[inline(always)]
fn rows_together<R: Real, const N: usize, const ROWS: usize>(
    x: [&[R]; ROWS],
    block: &[[R; N]],
    columns: usize,
    z: &mut [R],
) {
    let mut sums = [[R::zero(); N]; ROWS];
    for (r, sums) in sums.iter_mut().enumerate() {
        *sums = padded_row(&z[r * columns..], columns);
    }
    add_rows(x, block, &mut sums);
    for (sums, z) in sums.iter().zip(z.chunks_exact_mut(columns)) {
        for (k, &sum) in sums.iter().enumerate() {
            // One test a number, where `copy_from_slice` would be a call for ten numbers.
            if k < columns {
                z[k] = sum;
            }
        }
    }
}

/// The loop of [`rows_together`].
///
/// Not inlined, so that whole vectors go in and out: seeing that some lanes are dropped later, the
/// compiler computes the last few one by one and takes twice as long.
#[inline(never)]
fn add_rows<R: Real, const N: usize, const ROWS: usize>(
    x: [&[R]; ROWS],
    block: &[[R; N]],
    totals: &mut [[R; N]; ROWS],
) {
    // Slices of one length, so that indexing below needs no check.
    let x = x.map(|row| &row[..block.len()]);
    let mut sums = *totals;
    for (i, weights) in block.iter().enumerate() {
        for r in 0..ROWS {
            let x = x[r][i];
            for k in 0..N {
                sums[r][k] += x * weights[k];
            }
        }
    }
    *totals = sums;
}

/// The first `columns` numbers of `row`, and after them anything: those lanes are computed and never read.
///
/// Mostly the beginning of the next row comes along, because a copy of a fixed length is a few
/// instructions and one of a variable length is a call.
#[inline(always)]
fn padded_row<R: Real, const N: usize>(row: &[R], columns: usize) -> [R; N] {
    match row.first_chunk() {
        Some(numbers) => *numbers,
        None => std::array::from_fn(|k| if k < columns { row[k] } else { R::zero() }),
    }
}

/// `d_W += xᵀ·d_z`, or `d_W = xᵀ·d_z` without `KEEP`, for few columns, eight pixels at a time.
#[inline(never)]
fn narrow_gradient<R: Real, const KEEP: bool>(
    x: &[R],
    inputs: usize,
    d_z: &[R],
    columns: usize,
    d_w: &mut [R],
) {
    // Made once and cloned for each tile, because making one divides.
    let rows = x.chunks_exact(inputs).zip(d_z.chunks_exact(columns));
    let whole = inputs / 8 * 8;
    for pixel in (0..whole).step_by(8) {
        pixels_together::<R, KEEP, 8>(rows.clone(), columns, pixel, d_w);
    }
    for pixel in whole..inputs {
        pixels_together::<R, KEEP, 1>(rows.clone(), columns, pixel, d_w);
    }
}

/// `PIXELS` rows of the gradient: tiles of at most five columns, so that ten waste no lane.
#[inline(always)]
fn pixels_together<'a, R: Real, const KEEP: bool, const PIXELS: usize>(
    rows: impl Iterator<Item = (&'a [R], &'a [R])> + Clone,
    columns: usize,
    pixel: usize,
    d_w: &mut [R],
) {
    for first in (0..columns).step_by(5) {
        match columns - first {
            1 => tile::<R, KEEP, PIXELS, 1>(rows.clone(), columns, pixel, first, d_w),
            2 => tile::<R, KEEP, PIXELS, 2>(rows.clone(), columns, pixel, first, d_w),
            3 => tile::<R, KEEP, PIXELS, 3>(rows.clone(), columns, pixel, first, d_w),
            4 => tile::<R, KEEP, PIXELS, 4>(rows.clone(), columns, pixel, first, d_w),
            _ => tile::<R, KEEP, PIXELS, 5>(rows.clone(), columns, pixel, first, d_w),
        }
    }
}

/// A tile of `PIXELS` × `COLUMNS` of the gradient.
#[inline(always)]
fn tile<'a, R: Real, const KEEP: bool, const PIXELS: usize, const COLUMNS: usize>(
    rows: impl Iterator<Item = (&'a [R], &'a [R])>,
    columns: usize,
    pixel: usize,
    first: usize,
    d_w: &mut [R],
) {
    let mut sums = [[R::zero(); PIXELS]; COLUMNS];
    tile_sums(rows, pixel, first, &mut sums);
    for (k, sums) in sums.iter().enumerate() {
        for (p, &sum) in sums.iter().enumerate() {
            let at = (pixel + p) * columns + first + k;
            d_w[at] = if KEEP { d_w[at] + sum } else { sum };
        }
    }
}

/// The sums of [`tile`] over the batch, all in registers.
///
/// Not inlined: seeing that they are written by columns later, the compiler turns them into vectors of
/// columns, with a shuffle for each product, and takes twice as long.
#[inline(never)]
fn tile_sums<'a, R: Real, const PIXELS: usize, const COLUMNS: usize>(
    rows: impl Iterator<Item = (&'a [R], &'a [R])>,
    pixel: usize,
    first: usize,
    totals: &mut [[R; PIXELS]; COLUMNS],
) {
    let mut sums = [[R::zero(); PIXELS]; COLUMNS];
    for (x, d_z) in rows {
        let x: &[R; PIXELS] = x[pixel..pixel + PIXELS].try_into().expect("as long as asked for");
        let d_z: &[R; COLUMNS] = d_z[first..first + COLUMNS].try_into().expect("as long as asked for");
        for k in 0..COLUMNS {
            for p in 0..PIXELS {
                sums[k][p] += x[p] * d_z[k];
            }
        }
    }
    *totals = sums;
}

/// One row of `z += x·W`: four rows of `W` at a time, so that `z` is read and written a quarter as often.
fn one_row<R: Real>(x: &[R], w: &[R], z: &mut [R]) {
    let columns = z.len();
    let mut fours = w.chunks_exact(4 * columns);
    let mut x_fours = x.chunks_exact(4);
    for (w, x) in fours.by_ref().zip(x_fours.by_ref()) {
        // Half of an image's pixels are often black, and add nothing.
        if x.iter().all(|x| x.is_zero()) {
            continue;
        }
        let (w0, w) = w.split_at(columns);
        let (w1, w) = w.split_at(columns);
        let (w2, w3) = w.split_at(columns);
        for ((((z, &w0), &w1), &w2), &w3) in z.iter_mut().zip(w0).zip(w1).zip(w2).zip(w3) {
            *z += (x[0] * w0 + x[1] * w1) + (x[2] * w2 + x[3] * w3);
        }
    }
    for (w, &x) in fours.remainder().chunks_exact(columns).zip(x_fours.remainder()) {
        for (z, &w) in z.iter_mut().zip(w) {
            *z += x * w;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use ndarray::Array2;

    fn random(rows: usize, columns: usize, generator: &mut Generator) -> Array2<f64> {
        Array2::from_shape_simple_fn((rows, columns), || generator.normal())
    }

    /// Every shape's product against three nested loops, in `f64`.
    #[test]
    fn every_way_agrees_with_the_definition() {
        let mut generator = Generator::new(5);
        for rows in [1, 2, 3, 4, 5, 31, 32, 33, 70] {
            for inputs in [1, 3, 4, 111, 112, 113, 230] {
                for columns in [1, 4, 5, 8, 10, 12, 13, 16, 17, 40] {
                    let x = random(rows, inputs, &mut generator);
                    let w = random(inputs, columns, &mut generator);
                    let start = random(rows, columns, &mut generator);
                    let mut z = start.clone();
                    add_product(x.view(), w.view(), z.view_mut());
                    for ((b, k), &z) in z.indexed_iter() {
                        let sum: f64 = (0..inputs).map(|i| x[[b, i]] * w[[i, k]]).sum();
                        // 230 products of size about 1: rounding stays below 230 · 1e-16 · 20.
                        assert!((z - start[[b, k]] - sum).abs() < 1e-12, "{rows} {inputs} {columns}");
                    }
                    for keep in [false, true] {
                        let before = Array2::from_elem((inputs, columns), if keep { 0.5 } else { f64::NAN });
                        let mut d_w = before.clone();
                        gradient(x.view(), start.view(), keep, d_w.view_mut());
                        for ((i, k), &d) in d_w.indexed_iter() {
                            let sum: f64 = (0..rows).map(|b| x[[b, i]] * start[[b, k]]).sum();
                            let kept = if keep { 0.5 } else { 0.0 };
                            assert!((d - kept - sum).abs() < 1e-12, "{rows} {inputs} {columns} {keep}");
                        }
                    }
                }
            }
        }
    }
}
