//! The loss as a band, beside NumPy and beside what a hand can work out.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/fixture.rs"]
#[expect(dead_code, reason = "rows are another test's")]
mod fixture;

use atelier::train::bands::bands;
use fixture::{floats, read};

#[test]
fn bands_are_numpys_percentiles() {
    let fixture = read("percentiles");
    let losses: Vec<f32> = floats(&fixture["losses"]).into_iter().map(|loss| loss as f32).collect();
    let number = |name: &str| fixture[name].as_u64().unwrap() as usize;
    let found = bands(&losses, number("width"), number("every"));
    let steps: Vec<f64> = found.iter().map(|band| band.step as f64).collect();
    assert_eq!(steps, floats(&fixture["steps"]));
    for (name, ours) in [
        ("mean", found.iter().map(|band| band.mean).collect::<Vec<f64>>()),
        ("low", found.iter().map(|band| band.low).collect()),
        ("high", found.iter().map(|band| band.high).collect()),
    ] {
        for (ours, theirs) in ours.iter().zip(floats(&fixture[name])) {
            // NumPy sums a mean in pairs: another order, some roundings of 1.1e-16 in numbers near 1.
            assert!((ours - theirs).abs() < 1e-14, "{name}: {ours} and {theirs}");
        }
    }
}

#[test]
fn nothing_has_no_band_and_one_loss_is_its_own() {
    assert!(bands(&[], 20, 5).is_empty());
    let [band] = bands(&[0.5], 20, 5)[..] else { panic!("one") };
    assert_eq!((band.step, band.mean, band.low, band.high), (1, 0.5, 0.5, 0.5));
    // As 1 and 1.
    assert_eq!(bands(&[0.5, 2.0], 0, 0).len(), 2);
}

mod properties {
    use atelier::train::bands::bands;
    use proptest::prelude::*;

    proptest! {
        /// Evenly spaced losses in any order: the percentile `q` of n of them is `first + q (n − 1) · gap`.
        #[test]
        fn evenly_spaced_losses_have_evenly_spaced_percentiles(
            order in (1usize..60).prop_flat_map(|n| Just((0..n).collect::<Vec<usize>>()).prop_shuffle()),
            first in 0u8..20,
        ) {
            // Whole numbers: `f32` holds them exactly.
            let losses: Vec<f32> = order.iter().map(|&k| f32::from(first) + 3.0 * k as f32).collect();
            let n = losses.len();
            let band = *bands(&losses, n, n).last().unwrap();
            let at = |q: f64| f64::from(first) + 3.0 * q * (n - 1) as f64;
            // Numbers below 200 in `f64`: a few roundings of 1.4e-14 each.
            prop_assert!((band.low - at(0.1)).abs() < 1e-12);
            prop_assert!((band.high - at(0.9)).abs() < 1e-12);
            prop_assert!((band.mean - at(0.5)).abs() < 1e-12);
        }

        /// Each band is of the losses before it and of no others, and the last is always there.
        #[test]
        fn a_band_is_of_the_losses_before_it(
            losses in prop::collection::vec(0.0f32..5.0, 1..80),
            width in 1usize..30,
            every in 1usize..30,
        ) {
            let found = bands(&losses, width, every);
            prop_assert_eq!(found.last().unwrap().step, losses.len());
            for (k, band) in found.iter().enumerate() {
                prop_assert_eq!(band.step, ((k + 1) * every).min(losses.len()));
                let window = &losses[band.step.saturating_sub(width)..band.step];
                let least = window.iter().copied().fold(f32::INFINITY, f32::min);
                let most = window.iter().copied().fold(0.0, f32::max);
                prop_assert!(f64::from(least) <= band.low && band.low <= band.high && band.high <= f64::from(most));
                let alone = *bands(window, width, width).last().unwrap();
                prop_assert_eq!((band.mean, band.low, band.high), (alone.mean, alone.low, alone.high));
            }
        }
    }
}
