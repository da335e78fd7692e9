//! Training and validation indices against scikit-learn's (tests/fixtures/split.py), and as a partition.

#![cfg(not(target_arch = "wasm32"))]

use atelier::data::split::train_validation;
use proptest::prelude::*;
use serde_json::Value;

fn fnv1a(indices: &[u32]) -> String {
    let bytes = indices.iter().flat_map(|index| index.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn compare(indices: &[u32], expected: &Value) {
    let list = |key: &str| -> Vec<u32> {
        expected[key].as_array().unwrap().iter().map(|index| index.as_u64().unwrap() as u32).collect()
    };
    assert_eq!(indices.len() as u64, expected["count"].as_u64().unwrap());
    let (first, last) = (list("first"), list("last"));
    assert_eq!(indices[..first.len()], first);
    assert_eq!(indices[indices.len() - last.len()..], last);
    assert_eq!(fnv1a(indices), expected["fnv1a"].as_str().unwrap());
}

#[test]
fn the_indices_and_their_order_are_those_of_scikit_learn() {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/split.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 12);
    for case in cases {
        let (train, validation) = train_validation(
            case["count"].as_u64().unwrap() as u32,
            case["fraction"].as_f64().unwrap(),
            case["seed"].as_u64().unwrap() as u32,
        )
        .unwrap();
        compare(&train, &case["train"]);
        compare(&validation, &case["validation"]);
    }
}

#[test]
fn a_fraction_or_count_that_leaves_a_part_empty_is_refused() {
    for fraction in [0.0, 1.0, -0.2, 1.5, f64::NAN] {
        let message = train_validation(100, fraction, 0).unwrap_err().to_string();
        assert!(message.starts_with("validationFraction is "), "{message}");
    }
    for count in [0, 1] {
        let message = train_validation(count, 0.2, 0).unwrap_err().to_string();
        assert!(message.starts_with(&format!("images is {count}, ")), "{message}");
    }
}

proptest! {
    #[test]
    fn a_split_is_a_partition(count in 2u32..3000, fraction in 0.01f64..0.99, seed: u32) {
        let Ok((train, validation)) = train_validation(count, fraction, seed) else {
            // Refused only where a part would be empty.
            prop_assert!((f64::from(count) * fraction).ceil() as u32 >= count);
            return Ok(());
        };
        prop_assert_eq!(validation.len(), (f64::from(count) * fraction).ceil() as usize);
        let mut all = [train, validation].concat();
        all.sort_unstable();
        prop_assert!(all.into_iter().eq(0..count));
    }
}
