//! `z += x·W`, and the same with `Wᵀ`.

use super::Panel;
use super::plain::INPUTS as BLOCK;
use crate::Real;

/// A panel of `z += x·W`.
pub fn add_panel<R: Real, const ROWS: usize, const N: usize>(panel: Panel, x: &[R], w: &[R], z: &mut [R]) {
    let columns = panel.columns;
    add_blocks::<R, ROWS, N>(panel, x, w.len() / columns, z, |start, weights| {
        panel.lay_out(&w[start * columns..], weights);
    });
}

/// A panel of `z += x·Wᵀ`.
pub fn add_transposed_panel<R: Real, const ROWS: usize, const N: usize>(
    panel: Panel,
    x: &[R],
    w: &[R],
    z: &mut [R],
) {
    let inputs = w.len() / panel.columns;
    let w = &w[panel.first * inputs..][..panel.width * inputs];
    add_blocks::<R, ROWS, N>(panel, x, inputs, z, |start, weights| {
        for (k, row) in w.chunks_exact(inputs).enumerate() {
            for (weights, &w) in weights.iter_mut().zip(&row[start..]) {
                weights[k] = w;
            }
        }
    });
}

/// A panel of `z += x·M`: a block of `M` at a time, which `lay_out` puts down from a row on, its rows `N`
/// apart; `ROWS` rows of `x` together, what is left of them by two and one.
fn add_blocks<R: Real, const ROWS: usize, const N: usize>(
    panel: Panel,
    x: &[R],
    inputs: usize,
    z: &mut [R],
    lay_out: impl Fn(usize, &mut [[R; N]]),
) {
    let mut weights = [[R::zero(); N]; BLOCK];
    for start in (0..inputs).step_by(BLOCK) {
        let weights = &mut weights[..BLOCK.min(inputs - start)];
        lay_out(start, weights);
        let (x, z) = add_rows_by::<R, ROWS, N>(panel, x, inputs, start, weights, z);
        let (x, z) = add_rows_by::<R, 2, N>(panel, x, inputs, start, weights, z);
        add_rows_by::<R, 1, N>(panel, x, inputs, start, weights, z);
    }
}

/// Adds a block's share to `ROWS` rows of `z` after `ROWS` others; returns the rows that are left.
///
/// A block is summed by itself, from 0, and only then added: less is lost in rounding.
fn add_rows_by<'a, R: Real, const ROWS: usize, const N: usize>(
    panel: Panel,
    x: &'a [R],
    inputs: usize,
    start: usize,
    weights: &[[R; N]],
    z: &'a mut [R],
) -> (&'a [R], &'a mut [R]) {
    let mut x_rows = x.chunks_exact(ROWS * inputs);
    let mut z_rows = z.chunks_exact_mut(ROWS * panel.columns);
    for (x, z) in x_rows.by_ref().zip(z_rows.by_ref()) {
        let mut sums = [[R::zero(); N]; ROWS];
        sum_rows(std::array::from_fn(|r| &x[r * inputs + start..][..weights.len()]), weights, &mut sums);
        for (sums, z) in sums.iter_mut().zip(z.chunks_exact_mut(panel.columns)) {
            panel.add_to(sums, z);
            panel.store(sums, z);
        }
    }
    (x_rows.remainder(), z_rows.into_remainder())
}

/// `ROWS` rows of `x·weights`, all in registers.
///
/// Not inlined, so that whole vectors go in and out: seeing that some lanes are dropped later, the
/// compiler computes the last few one by one and takes twice as long.
#[inline(never)]
fn sum_rows<R: Real, const ROWS: usize, const N: usize>(
    x: [&[R]; ROWS],
    weights: &[[R; N]],
    totals: &mut [[R; N]; ROWS],
) {
    // Slices of one length, so that indexing below needs no check.
    let x = x.map(|row| &row[..weights.len()]);
    let mut sums = [[R::zero(); N]; ROWS];
    for (i, weights) in weights.iter().enumerate() {
        for r in 0..ROWS {
            let x = x[r][i];
            for k in 0..N {
                sums[r][k] += x * weights[k];
            }
        }
    }
    *totals = sums;
}

/// One row of `z += x·W`: four rows of `W` at a time, so that `z` is read and written a quarter as often.
pub fn one_row<R: Real>(x: &[R], w: &[R], z: &mut [R]) {
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
