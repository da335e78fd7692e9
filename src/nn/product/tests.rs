//! The plain products against their definition, and every other way against the plain ones, to the last bit.

use super::*;
use crate::Generator;
use ndarray::{Array1, Array2};
use rand::RngExt;
use rand_distr::StandardNormal;

fn random(rows: usize, columns: usize, generator: &mut Generator) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || generator.sample(StandardNormal))
}

/// Numbers of which the part `lit` is not 0, with what else an image could hold: −0, and numbers next to nothing.
fn mostly_black(rows: usize, columns: usize, lit: f64, generator: &mut Generator) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || {
        if generator.random_bool(lit) {
            generator.sample(StandardNormal)
        } else {
            *[0.0, 0.0, -0.0, 1e-40, -1e-40].get(generator.random_range(0..20)).unwrap_or(&0.0)
        }
    })
}

fn bits(values: &Array2<f32>) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// The plain products at every shape, in `f64`, which runs no others.
#[test]
fn the_plain_products_are_those_of_the_definition() {
    let mut generator = Generator::new(5);
    for (rows, inputs, columns) in
        [(1, 1, 1), (3, 4, 40), (5, 230, 12), (31, 7, 260), (130, 197, 10), (300, 20, 5)]
    {
        let mut random = |rows, columns| random(rows, columns, &mut generator).mapv(f64::from);
        let (x, w, start) = (random(rows, inputs), random(inputs, columns), random(rows, columns));
        let mut z = start.clone();
        add_product(x.view(), w.view(), z.view_mut());
        let mut d_x = Array2::from_elem((rows, inputs), f64::NAN);
        input_gradient(start.view(), w.view(), d_x.view_mut());
        // 300 products of size about 1: rounding stays below 300 · 1e-16 · 20.
        let close =
            |ours: f64, exact: f64| assert!((ours - exact).abs() < 1e-12, "{rows} {inputs} {columns}");
        for ((b, k), &z) in z.indexed_iter() {
            close(z, start[[b, k]] + (0..inputs).map(|i| x[[b, i]] * w[[i, k]]).sum::<f64>());
        }
        for ((b, i), &d) in d_x.indexed_iter() {
            close(d, (0..columns).map(|k| start[[b, k]] * w[[i, k]]).sum());
        }
        for (keep, before) in [(false, f64::NAN), (true, 0.5)] {
            let mut d_w = Array2::from_elem((inputs, columns), before);
            gradient(x.view(), start.view(), keep, d_w.view_mut());
            for ((i, k), &d) in d_w.indexed_iter() {
                let sum: f64 = (0..rows).map(|b| x[[b, i]] * start[[b, k]]).sum();
                close(d, if keep { before + sum } else { sum });
            }
        }
    }
}

/// What [`plain`] makes of the same arrays: `x·W` on top of `z`, and `xᵀ·d_z` on top of `d_w`.
fn plainly(x: &Array2<f32>, w: &Array2<f32>, z: &Array2<f32>, d_w: &Array2<f32>) -> [Array2<f32>; 2] {
    let (mut sum, mut gradient) = (z.clone(), d_w.clone());
    let flat = |values| flat(values).to_vec();
    let (x, w, d_z) = (flat(&x.view()), flat(&w.view()), flat(&z.view()));
    let inputs = d_w.nrows();
    plain::add_product(&x, inputs, &w, sum.as_slice_mut().unwrap());
    plain::add_gradient(&x, inputs, &d_z, gradient.as_slice_mut().unwrap());
    [sum, gradient]
}

#[test]
fn every_tile_gives_the_bits_of_the_plain_product() {
    let mut generator = Generator::new(6);
    for rows in [1, 2, 3, 4, 5, 31, 33, 130] {
        for inputs in [1, 3, 4, 111, 230] {
            for columns in [1, 4, 5, 8, 10, 12, 13, 16, 17, 26, 40, 47] {
                let (x, w) = (random(rows, inputs, &mut generator), random(inputs, columns, &mut generator));
                let start = random(rows, columns, &mut generator);
                let kept = random(inputs, columns, &mut generator);
                let [sum, with_kept] = plainly(&x, &w, &start, &kept);
                let mut z = start.clone();
                add_product(x.view(), w.view(), z.view_mut());
                if rows <= FEW_ROWS && columns > PANEL {
                    // One image's way has an order of its own: 230 products of size 1, each rounded to 1e-7 of a
                    // sum of about 15.
                    assert!((z - sum).iter().all(|d| d.abs() < 2e-4), "{rows} {inputs} {columns}");
                } else {
                    assert_eq!(bits(&z), bits(&sum), "{rows} {inputs} {columns}");
                }
                let mut d_w = kept.clone();
                gradient(x.view(), start.view(), true, d_w.view_mut());
                assert_eq!(bits(&d_w), bits(&with_kept), "{rows} {inputs} {columns}");
                let [_, alone] = plainly(&x, &w, &start, &Array2::zeros(w.dim()));
                d_w.fill(f32::NAN);
                gradient(x.view(), start.view(), false, d_w.view_mut());
                assert_eq!(bits(&d_w), bits(&alone), "{rows} {inputs} {columns}");

                let (mut d_x, mut plain) = (Array2::from_elem(x.dim(), f32::NAN), Array2::zeros(x.dim()));
                input_gradient(start.view(), w.view(), d_x.view_mut());
                let (d_z, flat_w) = (start.as_slice().unwrap(), w.as_slice().unwrap());
                plain::add_input_gradient(d_z, inputs, flat_w, plain.as_slice_mut().unwrap());
                assert_eq!(bits(&d_x), bits(&plain), "{rows} {inputs} {columns}");
            }
        }
    }
}

#[test]
fn what_is_left_out_changes_no_bit() {
    let mut generator = Generator::new(7);
    for (rows, inputs) in [(4, 2), (5, 196), (32, 784), (33, 198), (130, 230), (260, 500)] {
        for columns in [17, 24, 26, 32, 40, 50, 64, 75] {
            // Nothing lit, hardly anything, half, everything: lists are asked for whether they pay off or not.
            for lit in [0.0, 0.02, 0.5, 1.0] {
                let mut x = mostly_black(rows, inputs, lit, &mut generator);
                // An image that is black altogether, and a pixel.
                x.row_mut(rows / 2).fill(0.0);
                x.column_mut(inputs / 2).fill(-0.0);
                let w = random(inputs, columns, &mut generator);
                let mut start = random(rows, columns, &mut generator);
                let mut kept = random(inputs, columns, &mut generator);
                // The one sum that adding 0 could change.
                start.row_mut(0).fill(-0.0);
                kept.row_mut(0).fill(-0.0);
                let [sum, with_kept] = plainly(&x, &w, &start, &kept);
                let (flat_x, d_z) = (x.as_slice().unwrap(), start.as_slice().unwrap());
                let place = format!("{rows} {inputs} {columns} {lit}");

                let mut lists = Lists::new(Room::for_images(rows, inputs, columns));
                let mut of_pixels = Lists::new(Room::for_gradient(rows, inputs, columns));
                // Twice, the second time over what the first has left there.
                for _ in 0..2 {
                    let mut z = start.clone();
                    let to = z.as_slice_mut().unwrap();
                    sparse::add_product(flat_x, inputs, w.as_slice().unwrap(), to, &mut lists);
                    assert_eq!(bits(&z), bits(&sum), "{place}");
                }
                let mut d_w = kept.clone();
                sparse::gradient(flat_x, inputs, d_z, true, d_w.as_slice_mut().unwrap(), &mut of_pixels);
                assert_eq!(bits(&d_w), bits(&with_kept), "{place}");
                let [_, alone] = plainly(&x, &w, &start, &Array2::zeros(w.dim()));
                d_w.fill(f32::NAN);
                sparse::gradient(flat_x, inputs, d_z, false, d_w.as_slice_mut().unwrap(), &mut of_pixels);
                assert_eq!(bits(&d_w), bits(&alone), "{place}");

                // And by the door that layers use, which decides for itself.
                let mut z = start.clone();
                add_product_of_images(x.view(), w.view(), z.view_mut(), &mut lists);
                assert_eq!(bits(&z), bits(&sum), "{place}");
                gradient_of_images(x.view(), start.view(), false, d_w.view_mut(), &mut of_pixels);
                assert_eq!(bits(&d_w), bits(&alone), "{place}");
            }
        }
    }
}

/// `0 · ∞` is NaN. The weight of a black pixel is not looked at, so here it counts for nothing; where a batch is
/// largely lit, or asks a way that leaves nothing out, it is NaN. No run gets so far: see `docs/decisions/products.md`.
#[test]
fn the_weight_of_a_black_pixel_is_not_looked_at() {
    let (mut x, mut w) = (Array2::<f32>::zeros((8, 20)), Array2::ones((20, 17)));
    x[[3, 6]] = 1.0;
    x[[5, 0]] = 1.0;
    w.row_mut(6).fill(f32::INFINITY);
    let of_images = |x: &Array2<f32>| {
        let mut z = Array2::zeros((8, 17));
        add_product_of_images(x.view(), w.view(), z.view_mut(), &mut Lists::new(Room::for_images(8, 20, 17)));
        z
    };
    let z = of_images(&x);
    assert!(z.row(3).iter().all(|&z| z == f32::INFINITY));
    assert!(z.row(5).iter().all(|&z| z == 1.0));
    assert!(z.row(0).iter().all(|&z| z == 0.0));
    x.column_mut(0).fill(1.0);
    (7..20).for_each(|pixel| x.column_mut(pixel).fill(1.0));
    assert!(of_images(&x).row(0).iter().all(|z| z.is_nan()));
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
