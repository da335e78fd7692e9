//! `d_W = xᵀ·d_z`.

use super::Panel;
use super::plain::IMAGES as BLOCK;
use crate::Real;

/// A panel of `d_W += xᵀ·d_z`, or `d_W = xᵀ·d_z` when `keep` is false: a block of `d_z` at a time, its rows laid
/// out `N` apart; `PIXELS` rows of `d_W` together, what is left of them one by one.
pub fn panel<R: Real, const PIXELS: usize, const N: usize>(
    panel: Panel,
    x: &[R],
    inputs: usize,
    d_z: &[R],
    keep: bool,
    d_w: &mut [R],
) {
    let mut block = [[R::zero(); N]; BLOCK];
    let blocks = x.chunks(BLOCK * inputs).zip(d_z.chunks(BLOCK * panel.columns));
    for (turn, (x, d_z)) in blocks.enumerate() {
        // Made once and cloned for each tile, because making one divides.
        let images = x.chunks_exact(inputs);
        let block = &mut block[..images.len()];
        panel.lay_out(d_z, block);
        let images = images.zip(&*block);
        let keep = keep || turn > 0;
        let mut rows = d_w.chunks_exact_mut(PIXELS * panel.columns);
        for (index, d_w) in rows.by_ref().enumerate() {
            tile::<R, PIXELS, N>(panel, images.clone(), PIXELS * index, keep, d_w);
        }
        let whole = inputs / PIXELS * PIXELS;
        for (index, d_w) in rows.into_remainder().chunks_exact_mut(panel.columns).enumerate() {
            tile::<R, 1, N>(panel, images.clone(), whole + index, keep, d_w);
        }
    }
}

/// The gradients of `PIXELS` pixels' weights.
#[inline(always)]
fn tile<'a, R: Real, const PIXELS: usize, const N: usize>(
    panel: Panel,
    images: impl Iterator<Item = (&'a [R], &'a [R; N])>,
    pixel: usize,
    keep: bool,
    d_w: &mut [R],
) {
    let mut sums = [[R::zero(); N]; PIXELS];
    sum_images(images, pixel, &mut sums);
    for (sums, d_w) in sums.iter_mut().zip(d_w.chunks_exact_mut(panel.columns)) {
        if keep {
            panel.add_to(sums, d_w);
        }
        panel.store(sums, d_w);
    }
}

/// The sums of [`tile`] over the images, all in registers; not inlined for the reason of the forward pass's.
#[inline(never)]
fn sum_images<'a, R: Real, const PIXELS: usize, const N: usize>(
    images: impl Iterator<Item = (&'a [R], &'a [R; N])>,
    pixel: usize,
    totals: &mut [[R; N]; PIXELS],
) {
    let mut sums = [[R::zero(); N]; PIXELS];
    for (x, d_z) in images {
        let x: &[R; PIXELS] = x[pixel..pixel + PIXELS].try_into().expect("as long as asked for");
        for p in 0..PIXELS {
            for k in 0..N {
                sums[p][k] += x[p] * d_z[k];
            }
        }
    }
    *totals = sums;
}

/// A panel of `d_b += Σ d_z`, a block of images at a time.
pub fn bias_panel<R: Real, const N: usize>(panel: Panel, d_z: &[R], d_b: &mut [R]) {
    for block in d_z.chunks(BLOCK * panel.columns) {
        let mut sums = [R::zero(); N];
        for d_z in block.chunks_exact(panel.columns) {
            let d_z: [R; N] = panel.load(d_z);
            for k in 0..N {
                sums[k] += d_z[k];
            }
        }
        panel.add_to(&mut sums, d_b);
        panel.store(&sums, d_b);
    }
}
