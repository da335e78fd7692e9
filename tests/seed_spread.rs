//! How far another seed moves the course's ten epochs: the tolerance that the page prints beside the note's numbers.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::ops::Range;
use std::rc::Rc;

use atelier::train::{EpochRecord, Trainer, TrainingSettings};

/// A number of the page's own table: `name: 0.0079,`.
fn printed(name: &str) -> f64 {
    let table = include_str!("../www/rooms/course/note.ts");
    let spread = table.split("seedSpread").nth(1).expect("the page has the table");
    let value = spread.split(&format!(" {name}: ")).nth(1).expect("a number of that name");
    value.split(',').next().unwrap().parse().unwrap()
}

/// The largest difference between two of them.
fn width(values: impl Iterator<Item = f64>) -> f64 {
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    high - low
}

/// The ten epochs of each seed.
fn epochs_of(seeds: Range<u32>) -> Vec<Vec<EpochRecord>> {
    let images = Rc::new(support::data_set("fashion-mnist", "train"));
    let run = |seed| {
        let settings = TrainingSettings { seed, ..TrainingSettings::default() };
        let mut run = Trainer::<f32>::new(Rc::clone(&images), settings).unwrap();
        run.advance_while(usize::MAX, || true);
        run.history().epochs.clone()
    };
    seeds.map(run).collect()
}

#[test]
fn seeds_0_to_9_lie_as_far_apart_as_the_page_says() {
    let halves = [0..5, 5..10].map(|seeds| std::thread::spawn(|| epochs_of(seeds)));
    let runs: Vec<_> = halves.into_iter().flat_map(|half| half.join().unwrap()).collect();
    let widest = |of: fn(&EpochRecord) -> f64| {
        (0..10).map(|epoch| width(runs.iter().map(|run| of(&run[epoch])))).fold(0.0, f64::max)
    };
    let last = |of: fn(&EpochRecord) -> Option<f64>| width(runs.iter().map(|run| of(&run[9]).unwrap()));
    let measured = [
        ("loss", widest(|epoch| epoch.loss)),
        ("accuracy", widest(|epoch| epoch.accuracy)),
        ("validationLoss", last(|epoch| epoch.validation_loss)),
        ("validationAccuracy", last(|epoch| epoch.validation_accuracy)),
    ];
    for (name, measured) in measured {
        // Another processor may round otherwise; the page shows three digits.
        let printed = printed(name);
        assert!((printed - measured).abs() < 5e-4, "{name}: the page says {printed}, measured {measured}");
    }
}
