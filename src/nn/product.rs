//! The matrix products of a dense layer, forward and backward.
//!
//! Begin with [`plain`]: three loops each, and the same bits as everything else here.
//!
//! Sixteen columns or fewer are computed together, a panel, and of it as many rows as fit in registers with
//! what they are made of: two rows of sixteen numbers, three of twelve, four of eight. A browser has fifteen
//! vector registers to give on most machines, and two rows of sixteen take eight for the sums, four for
//! the weights and two for the inputs. (ndarray's general product, `matrixmultiply`, keeps eight rows of eight,
//! which is sixteen registers of sums alone: some go to memory and back, and it takes a quarter longer here.)
//! A last layer of ten classes is one panel of twelve columns.
//!
//! Images are largely black, and a first layer leaves out what would be multiplied by 0: by [`Lists`] of the rest.
//!
//! One image, as when the page asks for a prediction, has a way of its own: laying out 100,000 weights
//! to use each once would take longer than using them. Only its sums differ from the plain ones, by rounding.
//!
//! Which way is taken depends on the shape, or changes no bit: the same shape gives the same bits.

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2};

use crate::Real;

mod forward;
mod gradient;
pub mod plain;
mod sparse;

pub use sparse::{Lists, Room};

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
    if !R::IS_TRAINED {
        return plain::add_product(x, weights.nrows(), w, z);
    }
    if rows <= FEW_ROWS && columns > PANEL {
        let inputs = w.len() / columns;
        for (x, z) in x.chunks_exact(inputs).zip(z.chunks_exact_mut(columns)) {
            forward::one_row(x, w, z);
        }
        return;
    }
    for panel in Panel::all(columns, PANEL) {
        with_tile!(panel.width, (ROWS, N) => forward::add_panel::<R, ROWS, N>(panel, x, w, z));
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
    if !R::IS_TRAINED {
        if !keep {
            d_w.fill(R::zero());
        }
        return plain::add_gradient(x, inputs, d_z, d_w);
    }
    for panel in Panel::all(columns, PANEL) {
        with_tile!(panel.width, (ROWS, N) => gradient::panel::<R, ROWS, N>(panel, x, inputs, d_z, keep, d_w));
    }
}

/// [`add_product`] for images, which may be largely black: the same bits, sooner.
///
/// # Panics
/// As [`add_product`], and when `lists` has no room for such images.
pub fn add_product_of_images<R: Real>(
    x: ArrayView2<R>,
    weights: ArrayView2<R>,
    z: ArrayViewMut2<R>,
    lists: &mut Lists<R>,
) {
    let (inputs, columns) = weights.dim();
    assert_eq!((x.ncols(), z.dim()), (inputs, (x.nrows(), columns)));
    if !R::IS_TRAINED || !sparse::pays_off(flat(&x), inputs, columns) {
        return add_product(x, weights, z);
    }
    sparse::add_product(flat(&x), inputs, flat(&weights), z.into_slice().expect(LAYOUT), lists);
}

/// [`gradient`] for images, which may be largely black: the same bits, sooner.
///
/// # Panics
/// As [`gradient`], and when `lists` has no room for such images.
pub fn gradient_of_images<R: Real>(
    x: ArrayView2<R>,
    d_z: ArrayView2<R>,
    keep: bool,
    d_w: ArrayViewMut2<R>,
    lists: &mut Lists<R>,
) {
    let (inputs, columns) = d_w.dim();
    assert_eq!((x.ncols(), d_z.dim()), (inputs, (x.nrows(), columns)));
    if !R::IS_TRAINED || !sparse::pays_off(flat(&x), inputs, columns) {
        return gradient(x, d_z, keep, d_w);
    }
    sparse::gradient(flat(&x), inputs, flat(&d_z), keep, d_w.into_slice().expect(LAYOUT), lists);
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
    if !R::IS_TRAINED {
        return plain::add_input_gradient(d_z, inputs, w, d_x);
    }
    for panel in Panel::all(inputs, PANEL) {
        with_tile!(panel.width, (ROWS, N) => forward::add_transposed_panel::<R, ROWS, N>(panel, d_z, w, d_x));
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
    for panel in Panel::all(d_b.len(), PANEL) {
        gradient::bias_panel::<R, PANEL>(panel, d_z, d_b);
    }
}

const LAYOUT: &str = "arrays of a layer are row-major";

fn flat<'a, R>(view: &'a ArrayView2<R>) -> &'a [R] {
    view.as_slice().expect(LAYOUT)
}

/// Neighbouring columns of a matrix `columns` wide: `width` of them from `first` on.
#[derive(Clone, Copy)]
struct Panel {
    first: usize,
    width: usize,
    columns: usize,
}

impl Panel {
    /// Panels of `width` columns, the last one of those that are left.
    fn all(columns: usize, width: usize) -> impl Iterator<Item = Self> {
        (0..columns).step_by(width).map(move |first| Self {
            first,
            width: width.min(columns - first),
            columns,
        })
    }

    /// The panel's part of each row, for as many rows as there are of both.
    fn lay_out<R: Real, const N: usize>(self, rows: &[R], laid_out: &mut [[R; N]]) {
        for (row, laid_out) in rows.chunks_exact(self.columns).zip(laid_out) {
            *laid_out = self.load(row);
        }
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

    /// The panel's part of `row`, where it is `N` columns and none less.
    #[inline(always)]
    fn whole_of<R, const N: usize>(self, row: &mut [R]) -> Option<&mut [R; N]> {
        row[self.first..][..self.width].first_chunk_mut()
    }

    /// Puts the panel's part of `numbers` back into `row`.
    #[inline(always)]
    fn store<R: Real, const N: usize>(self, numbers: &[R; N], row: &mut [R]) {
        let row = &mut row[self.first..][..self.width];
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
mod tests;
