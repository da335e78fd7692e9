//! The matrix products of a dense layer, forward and backward.
//!
//! Sixteen columns or fewer are computed together, a panel, and of it as many rows as fit in registers with
//! what they are made of: two rows of sixteen numbers, three of twelve, four of eight. A browser has fifteen
//! vector registers to give on most machines, and two rows of sixteen take eight for the sums, four for
//! the weights and two for the inputs. (ndarray's general product, `matrixmultiply`, keeps eight rows of eight,
//! which is sixteen registers of sums alone: some go to memory and back, and it takes a quarter longer here.)
//! A last layer of ten classes is one panel of twelve columns.
//!
//! One image, as when the page asks for a prediction, has a way of its own: laying out 100,000 weights
//! to use each once would take longer than using them.
//!
//! Which way is taken depends on the shape only, and each has one fixed order
//! of summation: the same shape gives the same bits. Different ways differ by
//! rounding.

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2};

use crate::Real;

mod forward;
mod gradient;

/// Most columns that are computed together.
const PANEL: usize = 16;
/// Most rows of a product that counts as having few.
const FEW_ROWS: usize = 3;

/// Runs `$call` with constants `$rows` × `$n`, the size of a tile for so many columns.
macro_rules! with_tile {
    ($columns:expr, ($rows:ident, $n:ident) => $call:expr) => {
        match $columns {
            ..=4 => {
                const $rows: usize = 4;
                const $n: usize = 4;
                $call
            }
            5..=8 => {
                const $rows: usize = 4;
                const $n: usize = 8;
                $call
            }
            9..=12 => {
                const $rows: usize = 3;
                const $n: usize = 12;
                $call
            }
            _ => {
                const $rows: usize = 2;
                const $n: usize = PANEL;
                $call
            }
        }
    };
}

/// `z += x·W`. Shapes: `x` (B, in), `weights` (in, out), `z` (B, out), each row-major.
///
/// # Panics
/// When shapes disagree or an array is not row-major.
pub fn add_product<R: Real>(x: ArrayView2<R>, weights: ArrayView2<R>, z: ArrayViewMut2<R>) {
    let (rows, columns) = (x.nrows(), weights.ncols());
    assert_eq!((x.ncols(), z.dim()), (weights.nrows(), (rows, columns)));
    let (x, w, z) = (flat(&x), flat(&weights), z.into_slice().expect(LAYOUT));
    if rows <= FEW_ROWS && columns > PANEL {
        let inputs = w.len() / columns;
        for (x, z) in x.chunks_exact(inputs).zip(z.chunks_exact_mut(columns)) {
            forward::one_row(x, w, z);
        }
        return;
    }
    for panel in Panel::all(columns) {
        with_tile!(panel.width(), (ROWS, N) => forward::add_panel::<R, ROWS, N>(panel, x, w, z));
    }
}

/// `d_W += xᵀ·d_z`, or `d_W = xᵀ·d_z` when `keep` is false. Shapes: `x` (B, in), `d_z` (B, out), `d_w` (in, out).
///
/// # Panics
/// As [`add_product`].
pub fn gradient<R: Real>(x: ArrayView2<R>, d_z: ArrayView2<R>, keep: bool, d_w: ArrayViewMut2<R>) {
    let (inputs, columns) = (x.ncols(), d_z.ncols());
    assert_eq!((d_z.nrows(), d_w.dim()), (x.nrows(), (inputs, columns)));
    let (x, d_z, d_w) = (flat(&x), flat(&d_z), d_w.into_slice().expect(LAYOUT));
    for panel in Panel::all(columns) {
        with_tile!(panel.width(), (ROWS, N) => gradient::panel::<R, ROWS, N>(panel, x, inputs, d_z, keep, d_w));
    }
}

/// `d_x = d_z·Wᵀ`. Shapes: `d_z` (B, out), `weights` (in, out), `d_x` (B, in).
///
/// # Panics
/// As [`add_product`].
pub fn input_gradient<R: Real>(d_z: ArrayView2<R>, weights: ArrayView2<R>, mut d_x: ArrayViewMut2<R>) {
    let inputs = weights.nrows();
    assert_eq!((d_z.ncols(), d_x.dim()), (weights.ncols(), (d_z.nrows(), inputs)));
    d_x.fill(R::zero());
    let (d_z, w, d_x) = (flat(&d_z), flat(&weights), d_x.into_slice().expect(LAYOUT));
    for panel in Panel::all(inputs) {
        with_tile!(panel.width(), (ROWS, N) => forward::add_transposed_panel::<R, ROWS, N>(panel, d_z, w, d_x));
    }
}

/// `d_b = Σ d_z` over the batch, in the blocks of [`gradient`]. Shapes: `d_z` (B, out), `d_b` (out,).
///
/// # Panics
/// As [`add_product`].
pub fn bias_gradient<R: Real>(d_z: ArrayView2<R>, mut d_b: ArrayViewMut1<R>) {
    assert_eq!(d_z.ncols(), d_b.len());
    d_b.fill(R::zero());
    let (d_z, d_b) = (flat(&d_z), d_b.into_slice().expect(LAYOUT));
    for panel in Panel::all(d_b.len()) {
        gradient::bias_panel::<R, PANEL>(panel, d_z, d_b);
    }
}

const LAYOUT: &str = "arrays of a layer are row-major";

fn flat<'a, R>(view: &'a ArrayView2<R>) -> &'a [R] {
    view.as_slice().expect(LAYOUT)
}

/// Neighbouring columns of a matrix `columns` wide: [`PANEL`] of them from `first` on, fewer at the end.
#[derive(Clone, Copy)]
struct Panel {
    first: usize,
    columns: usize,
}

impl Panel {
    fn all(columns: usize) -> impl Iterator<Item = Self> {
        (0..columns).step_by(PANEL).map(move |first| Self { first, columns })
    }

    fn width(self) -> usize {
        PANEL.min(self.columns - self.first)
    }

    /// The panel's part of `row`, and after it anything: those lanes are computed and never stored.
    ///
    /// Mostly the beginning of the next row comes along, because a copy of a fixed length is a few
    /// instructions and one of a variable length is a call.
    #[inline(always)]
    fn load<R: Real, const N: usize>(self, row: &[R]) -> [R; N] {
        let row = &row[self.first..];
        match row.first_chunk() {
            Some(numbers) => *numbers,
            None => std::array::from_fn(|k| row.get(k).copied().unwrap_or(R::zero())),
        }
    }

    /// `sums += row`, the panel's part of it.
    #[inline(always)]
    fn add_to<R: Real, const N: usize>(self, sums: &mut [R; N], row: &[R]) {
        let before: [R; N] = self.load(row);
        for k in 0..N {
            sums[k] = before[k] + sums[k];
        }
    }

    /// Puts the panel's part of `numbers` back into `row`.
    #[inline(always)]
    fn store<R: Real, const N: usize>(self, numbers: &[R; N], row: &mut [R]) {
        let row = &mut row[self.first..][..self.width()];
        if let Some(whole) = row.first_chunk_mut() {
            *whole = *numbers;
        } else {
            // One test a number, where `copy_from_slice` would be a call for ten numbers.
            for (k, &number) in numbers.iter().enumerate() {
                if k < row.len() {
                    row[k] = number;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use ndarray::{Array1, Array2};
    use rand::RngExt;
    use rand_distr::StandardNormal;

    fn random(rows: usize, columns: usize, generator: &mut Generator) -> Array2<f64> {
        Array2::from_shape_simple_fn((rows, columns), || generator.sample(StandardNormal))
    }

    /// Every shape's product against three nested loops, in `f64`.
    #[test]
    fn every_way_agrees_with_the_definition() {
        let mut generator = Generator::new(5);
        for rows in [1, 2, 3, 4, 5, 31, 32, 33, 130] {
            for inputs in [1, 3, 4, 111, 112, 230] {
                for columns in [1, 4, 5, 8, 10, 12, 13, 16, 17, 26, 40, 47] {
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
                    let mut d_x = Array2::from_elem((rows, inputs), f64::NAN);
                    input_gradient(start.view(), w.view(), d_x.view_mut());
                    for ((b, i), &d) in d_x.indexed_iter() {
                        let sum: f64 = (0..columns).map(|k| start[[b, k]] * w[[i, k]]).sum();
                        assert!((d - sum).abs() < 1e-12, "{rows} {inputs} {columns}");
                    }
                    let mut d_b = Array1::from_elem(columns, f64::NAN);
                    bias_gradient(start.view(), d_b.view_mut());
                    for (k, &d) in d_b.indexed_iter() {
                        assert!((d - start.column(k).sum()).abs() < 1e-12, "{rows} {columns}");
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

    /// Sums of 2,048 products whose signs are chance: added one after the other, their error is near
    /// `u·n/√6` products, against a sum of `√n` products, with `u = 2⁻²⁴`. Blocks have to be twice as exact.
    #[test]
    fn a_long_batch_is_summed_in_blocks() {
        let rows = 2048;
        let mut generator = Generator::new(3);
        let mut random =
            |columns| Array2::from_shape_simple_fn((rows, columns), || generator.sample(StandardNormal));
        let (x, d_z): (Array2<f32>, Array2<f32>) = (random(50), random(12));
        let (mut d_w, mut d_b) = (Array2::zeros((50, 12)), Array1::zeros(12));
        gradient(x.view(), d_z.view(), false, d_w.view_mut());
        bias_gradient(d_z.view(), d_b.view_mut());
        let (x, d_z) = (x.mapv(f64::from), d_z.mapv(f64::from));
        let (exact_w, exact_b) = (x.t().dot(&d_z), d_z.sum_axis(ndarray::Axis(0)));
        let one_by_one = (rows as f64 / 6.0).sqrt() / 16_777_216.0;
        for (ours, exact) in [(d_w.into_flat(), exact_w.into_flat()), (d_b, exact_b)] {
            let norm = |values: Array1<f64>| values.dot(&values).sqrt();
            let error = norm(ours.mapv(f64::from) - &exact) / norm(exact);
            assert!(error < one_by_one / 2.0, "{error:e}, one by one {one_by_one:e}");
        }
    }
}
