//! Whole data sets: counts, means, histograms, closest pairs, doubtful labels.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use approx::assert_relative_eq;
use atelier::data::statistics::{PixelCounts, class_counts, class_means, grey_levels};
use atelier::data::{LabelledImages, PIXELS, PixelScaling, Scaling, split};
use atelier::rooms::data::closest_pairs::{ClosestPairs, Pair};
use atelier::rooms::data::doubtful_labels::DoubtfulLabels;
use proptest::prelude::*;

fn names(count: usize) -> Vec<String> {
    (0..count).map(|class| class.to_string()).collect()
}

fn all(images: &LabelledImages) -> Vec<u32> {
    (0..images.len() as u32).collect()
}

#[test]
fn classes_counted_and_averaged_by_hand() {
    let mut pixels = vec![0; 3 * PIXELS];
    pixels[5] = 10;
    pixels[2 * PIXELS + 5] = 25;
    let set = LabelledImages::new(pixels, vec![1, 0, 1], names(3)).unwrap();
    assert_eq!(class_counts(&set), [1, 2, 0]);
    let means = class_means(&set);
    assert_eq!((means[1][5], means[0][5]), (17.5, 0.0));
    assert!(means[2].iter().all(|&mean| mean == 0.0));
    assert_eq!(grey_levels(&means[1])[4..6], [0, 18]);
}

/// 0.2860 and 0.3530 are the mean and deviation that everyone normalises Fashion-MNIST with.
#[test]
fn the_known_mean_and_deviation_of_fashion_mnist() {
    let set = support::data_set("fashion-mnist", "train");
    let counts = PixelCounts::of(&set, &all(&set));
    let moments = counts.moments(&PixelScaling::fit(Scaling::MinMax, &set, &[]));
    assert_relative_eq!(moments.mean, 0.2860, epsilon = 5e-5);
    assert_relative_eq!(moments.deviation, 0.3530, epsilon = 5e-5);
    assert_eq!((moments.smallest, counts.num_images()), (0.0, 60_000));
}

#[test]
fn a_histogram_holds_every_pixel_once_and_puts_the_ends_inside() {
    let set = support::data_set("mnist", "t10k");
    let counts = PixelCounts::of(&set, &all(&set));
    let total = (set.len() * PIXELS) as u64;
    let raw = PixelScaling::fit(Scaling::None, &set, &[]);
    let histogram = counts.histogram(&raw, 0.0, 255.0, 255);
    assert_eq!(histogram.counts.iter().sum::<u64>(), total);
    let zeros = set.pixels().iter().filter(|&&x| x == 0).count() as u64;
    let brightest = set.pixels().iter().filter(|&&x| x >= 254).count() as u64;
    assert_eq!((histogram.counts[0], histogram.counts[254]), (zeros, brightest));
    let standardized = PixelScaling::fit(Scaling::Standardized, &set, &all(&set));
    let histogram = counts.histogram(&standardized, -1.0, 1.0, 7);
    assert!(histogram.below > 0 && histogram.above > 0);
    assert_eq!(histogram.counts.iter().sum::<u64>() + histogram.below + histogram.above, total);
}

/// The brightest byte becomes 1 as a network gets it, and 1 is inside a histogram that ends there.
#[test]
fn every_pixel_scaled_to_0_and_1_stands_in_a_bin() {
    for (name, brightest) in [("fashion-mnist", 578_045), ("mnist", 2_831_353)] {
        let set = support::data_set(name, "train");
        let (train, _) = split::train_validation(60_000, 0.2, 42).unwrap();
        let counts = PixelCounts::of(&set, &train);
        // 32 bins: the last begins at 31/32 of 255, so it holds the bytes from 248 on.
        let bytes = train.iter().flat_map(|&index| set.image(index as usize));
        assert_eq!(bytes.filter(|&&byte| byte >= 248).count() as u64, brightest);
        for (scaling, high) in [(Scaling::MinMax, 1.0), (Scaling::None, 255.0)] {
            let fitted = PixelScaling::fit(scaling, &set, &train);
            let histogram = counts.histogram(&fitted, 0.0, high, 32);
            assert_eq!((histogram.below, histogram.above), (0, 0), "{name} {scaling:?}");
            assert_eq!(histogram.counts[31], brightest, "{name} {scaling:?}");
            assert_eq!(histogram.counts.iter().sum::<u64>(), 48_000 * PIXELS as u64);
            assert_eq!(counts.moments(&fitted).largest, high);
        }
    }
}

/// Bin by bin the values that `apply` makes, whatever the bins: no scaling is counted as another one than trains.
#[test]
fn a_histogram_counts_what_enters_the_network() {
    let set = part_of(&support::data_set("fashion-mnist", "train"), 0, 500);
    let counts = PixelCounts::of(&set, &all(&set));
    for scaling in [Scaling::None, Scaling::MinMax, Scaling::Standardized] {
        let fitted = PixelScaling::fit(scaling, &set, &all(&set));
        let mut values = vec![0.0; set.len() * PIXELS];
        for (index, row) in values.chunks_exact_mut(PIXELS).enumerate() {
            fitted.apply(set.image(index), row);
        }
        let largest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        assert_eq!(counts.moments(&fitted).largest, f64::from(largest));
        for (low, high, bins) in [(0.0, f64::from(largest), 32), (-3.0, 5.0, 32)] {
            let histogram = counts.histogram(&fitted, low, high, bins);
            let inside = values.iter().filter(|&&value| (low..=high).contains(&f64::from(value))).count();
            assert_eq!(histogram.counts.iter().sum::<u64>(), inside as u64, "{scaling:?} {low}…{high}");
            let last_edge = low + (high - low) / bins as f64 * (bins - 1) as f64;
            let last = values.iter().filter(|&&v| f64::from(v) >= last_edge && f64::from(v) <= high).count();
            assert_eq!(histogram.counts[bins - 1], last as u64, "{scaling:?} {low}…{high}");
        }
    }
}

/// Every pair, one by one: what the search must agree with.
fn by_brute_force(images: &LabelledImages, wanted: usize) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for second in 0..images.len() {
        for first in 0..second {
            let squares = images.image(first).iter().zip(images.image(second));
            let squared_distance = squares.map(|(&a, &b)| u32::from(a.abs_diff(b)).pow(2)).sum();
            pairs.push(Pair { squared_distance, first: first as u32, second: second as u32 });
        }
    }
    pairs.sort_unstable();
    pairs.truncate(wanted);
    pairs
}

fn part_of(set: &LabelledImages, start: usize, count: usize) -> LabelledImages {
    let pixels = set.pixels()[start * PIXELS..(start + count) * PIXELS].to_vec();
    LabelledImages::new(pixels, set.labels()[start..start + count].to_vec(), names(10)).unwrap()
}

#[test]
fn the_closest_pairs_are_those_of_the_full_search() {
    let set = support::data_set("fashion-mnist", "train");
    for (start, count, wanted) in
        [(0, 700, 30), (1234, 300, 1), (0, 3, 5), (0, 2, 1), (0, 1, 4), (7, 20, 500)]
    {
        let part = part_of(&set, start, count);
        let mut search = ClosestPairs::new(&[&part], wanted);
        while !search.advance(&[&part], 50) {}
        assert_eq!(search.pairs(), by_brute_force(&part, wanted), "{count} images, {wanted} wanted");
        assert_eq!(search.share(), 1.0);
    }
}

#[test]
fn a_training_set_and_its_test_set_are_searched_as_one() {
    let whole = part_of(&support::data_set("mnist", "train"), 0, 400);
    let (front, back) = (part_of(&whole, 0, 270), part_of(&whole, 270, 130));
    let mut search = ClosestPairs::new(&[&front, &back], 25);
    while !search.advance(&[&front, &back], 33) {}
    assert_eq!(search.pairs(), by_brute_force(&whole, 25));
}

#[test]
fn the_closest_pairs_of_all_of_fashion_mnist() {
    let (train, test) =
        (support::data_set("fashion-mnist", "train"), support::data_set("fashion-mnist", "t10k"));
    let sets = [&train, &test];
    let mut search = ClosestPairs::new(&sets, 60);
    while !search.advance(&sets, 1_000_000) {}
    let pairs = search.pairs();
    assert_eq!(pairs.len(), 60);
    // The number of exact duplicates, found another way: equal images stand together when sorted.
    let image = |index: u32| match (index as usize).checked_sub(train.len()) {
        Some(index) => test.image(index),
        None => train.image(index as usize),
    };
    let mut order: Vec<u32> = (0..70_000).collect();
    order.sort_by_key(|&index| image(index));
    let runs = order.chunk_by(|&a, &b| image(a) == image(b));
    let duplicates: usize = runs.map(|run| run.len() * (run.len() - 1) / 2).sum();
    assert_eq!(pairs.iter().filter(|pair| pair.squared_distance == 0).count(), duplicates.min(60));
    // And near-duplicates there are, by a difference that no eye sees: below ten of 255 grey levels.
    assert!(pairs[0].root_mean_square() < 10.0, "{:?}", pairs[0]);
    assert!(pairs.iter().any(|pair| pair.first < 60_000 && pair.second >= 60_000));
}

proptest! {
    #[test]
    fn any_images_give_the_pairs_of_the_full_search(
        grey in prop::collection::vec((any::<u8>(), 0usize..PIXELS, any::<u8>()), 1..40),
        wanted in 0usize..20,
        slice in 1usize..200,
    ) {
        // Flat images with one spot: many equal distances.
        let mut pixels = Vec::new();
        for &(flat, place, spot) in &grey {
            let mut image = vec![flat / 64; PIXELS];
            image[place] = spot;
            pixels.extend(image);
        }
        let set = LabelledImages::new(pixels, vec![0; grey.len()], names(2)).unwrap();
        let mut search = ClosestPairs::new(&[&set], wanted);
        while !search.advance(&[&set], slice) {}
        prop_assert_eq!(search.pairs(), by_brute_force(&set, wanted));
    }
}

#[test]
fn a_label_changed_on_purpose_is_among_the_most_doubtful() {
    let set = part_of(&support::data_set("mnist", "train"), 0, 4000);
    let changed: Vec<usize> = (0..20).map(|i| 37 + i * 190).collect();
    let mut labels = set.labels().to_vec();
    for &index in &changed {
        labels[index] = (labels[index] + 5) % 10;
    }
    let spoiled = LabelledImages::new(set.pixels().to_vec(), labels, names(10)).unwrap();
    let find = || {
        let mut search = DoubtfulLabels::new(&spoiled, 42).unwrap();
        let mut shares = vec![search.share()];
        while !search.advance(&spoiled, 25).unwrap() {
            shares.push(search.share());
        }
        assert!(shares.is_sorted() && shares[0] == 0.0 && search.share() == 1.0);
        assert!(search.num_disagreements() >= 20);
        search.most_doubtful(40)
    };
    let doubts = find();
    let found = doubts.iter().filter(|doubt| changed.contains(&(doubt.index as usize))).count();
    // Truly hard digits stand among them; 13 of 20 were measured here, and chance would give 0.2.
    assert!(found >= 10, "{found} of 20");
    assert_eq!(doubts, find(), "the same seed gives the same doubts");
    assert!(doubts.is_sorted_by(|a, b| a.log_probability_of_label <= b.log_probability_of_label));
}

#[test]
fn one_image_cannot_be_dealt_into_halves() {
    let set = LabelledImages::new(vec![0; PIXELS], vec![0], names(2)).unwrap();
    let error = DoubtfulLabels::new(&set, 1).err().unwrap().to_string();
    assert_eq!(error, "images is 1, but must be at least 2");
}
