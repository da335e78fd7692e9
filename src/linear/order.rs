//! The order in which a model visits its samples.
//!
//! scikit-learn draws one seed a class from NumPy's `RandomState`, and shuffles
//! with a 32-bit xorshift generator that starts at that seed again each epoch;
//! the order of the last epoch is shuffled on. Both are repeated here, so that
//! the same `random_state` visits the same samples in the same order.
//!
//! References: G. Marsaglia, *Xorshift RNGs*, Journal of Statistical Software 8(14), 2003;
//! M. Matsumoto, T. Nishimura, *Mersenne Twister*, ACM TOMACS 8(1), 1998.

use rand_mt::Mt;

/// The largest value of NumPy's `int32`, below which seeds are drawn.
const SEED_BOUND: u32 = i32::MAX as u32;

/// The seeds with which the `num_classes` models shuffle, for scikit-learn's `random_state = seed`.
///
/// The classifier draws one seed a class; each model seeds a generator of its
/// own with it and takes the second draw (the first goes to a shuffle that plain
/// SGD never uses).
///
/// # Examples
/// ```
/// // RandomState(42).randint(2**31 - 1, size=3) is 1608637542, 1273642419, 1935803228; from each, its second draw:
/// let seeds = atelier::linear::order::shuffle_seeds(42, 3);
/// assert_eq!(seeds, [637_209_641, 434_209_431, 154_696_110]);
/// ```
pub fn shuffle_seeds(seed: u32, num_classes: usize) -> Vec<u32> {
    let mut twister = Mt::new(seed);
    (0..num_classes)
        .map(|_| {
            let mut own = Mt::new(draw_up_to(&mut twister, SEED_BOUND - 1));
            draw_up_to(&mut own, SEED_BOUND - 2);
            draw_up_to(&mut own, SEED_BOUND - 1)
        })
        .collect()
}

/// NumPy's legacy whole number in `0..=largest`: masked to the next power of two, rejected when too large.
fn draw_up_to(twister: &mut Mt, largest: u32) -> u32 {
    let mask = u32::MAX >> largest.leading_zeros();
    loop {
        let draw = twister.next_u32() & mask;
        if draw <= largest {
            return draw;
        }
    }
}

/// Shuffles `order` in place, from the first place up, with xorshift numbers that start at `seed`.
pub fn shuffle(order: &mut [u32], seed: u32) {
    // The state 0 would stay 0 for ever.
    let mut state = seed.max(1);
    for place in 0..order.len().saturating_sub(1) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let left = (order.len() - place) as u32;
        order.swap(place, place + ((state & i32::MAX as u32) % left) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_is_a_permutation_and_goes_on_from_the_last() {
        let mut order: Vec<u32> = (0..1000).collect();
        shuffle(&mut order, 7);
        let first = order.clone();
        shuffle(&mut order, 7);
        assert_ne!(first, order);
        for mut one in [first, order] {
            one.sort_unstable();
            assert!(one.into_iter().eq(0..1000));
        }
    }

    #[test]
    fn the_order_is_that_of_scikit_learn() {
        // ArrayDataset64 of eight samples, `_shuffle_py(42)`, then `_next_py()` eight times.
        let mut order: Vec<u32> = (0..8).collect();
        shuffle(&mut order, 42);
        assert_eq!(order, [0, 1, 5, 6, 4, 2, 3, 7]);
    }

    #[test]
    fn shuffling_nothing_or_one_is_nothing() {
        shuffle(&mut [], 3);
        let mut one = [5];
        shuffle(&mut one, 0);
        assert_eq!(one, [5]);
    }
}
