//! Seeds that nobody chose, from the browser's own randomness.
#![cfg(target_arch = "wasm32")]

use std::collections::BTreeSet;

use atelier::wasm::fresh_seed;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn fresh_seeds_differ_and_are_short() {
    let seeds: BTreeSet<u32> = (0..50).map(|_| fresh_seed().unwrap()).collect();
    // Of a million, 50 draws have more than three in common once in a billion times.
    assert!(seeds.len() > 46, "{seeds:?}");
    assert!(seeds.iter().all(|&seed| seed < 1_000_000));
    // Evenly from all of them: 50 below a tenth would be 10⁻⁵⁰.
    assert!(seeds.last().is_some_and(|&seed| seed >= 100_000));
}
