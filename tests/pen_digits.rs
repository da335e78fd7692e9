//! How well the shipped network reads: real pens, MNIST's test set, and what the model card says.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/pen_digits.rs"]
mod pen_digits;
mod support;

use atelier::draw::{DrawSettings, PIXELS, prepare};
use atelier::nn::Model;
use atelier::rooms::draw::nearest::{nearest, share_nearer};
use atelier::rooms::draw::teach::accuracy;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/assets/models/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn card() -> serde_json::Value {
    serde_json::from_slice(&bytes("card.json")).unwrap()
}

/// The thousand digits through strokes → raster → box, as 784 pixels each.
fn pen_images() -> (Vec<f32>, Vec<u8>) {
    let (mut images, mut labels) = (Vec::new(), Vec::new());
    for (strokes, digit) in pen_digits::pen_digits() {
        let prepared = prepare(&strokes, &DrawSettings::default()).unwrap();
        assert_eq!(prepared.refusal, None, "digit {} of the file", labels.len());
        images.extend(prepared.image);
        labels.push(digit);
    }
    (images, labels)
}

/// What the card says must be what is found: on another processor a tie may fall otherwise, so within 3 images.
fn agrees(found: f64, card: &serde_json::Value, images: usize) {
    let said = card.as_f64().unwrap();
    assert!((found - said).abs() <= 3.0 / images as f64, "found {found}, the card says {said}");
}

#[test]
fn real_pens_are_read_and_the_card_tells_how_well() {
    let (images, labels) = pen_images();
    assert_eq!(labels.len(), 1000);
    let model = Model::from_bytes(&bytes("digits.safetensors")).unwrap();
    let mut confusion = [[0u32; 10]; 10];
    for (image, &label) in images.chunks_exact(PIXELS).zip(&labels) {
        confusion[usize::from(label)][model.forward(image).unwrap().prediction(0)] += 1;
    }
    println!("rows: the digit, columns: the answer");
    for (digit, row) in confusion.iter().enumerate() {
        println!("{digit}: {}", row.map(|count| format!("{count:>4}")).concat());
    }
    let right: u32 = (0..10).map(|digit| confusion[digit][digit]).sum();
    println!("{right} of 1000 pen digits are read right");
    assert!(right >= 830, "{right}");
    let accuracies = &card()["models"]["digits"]["accuracy"];
    agrees(f64::from(right) / 1000.0, &accuracies["penDigits"], 1000);
    let softmax = Model::from_bytes(&bytes("softmax.safetensors")).unwrap();
    agrees(
        accuracy(&softmax, &images, &labels).unwrap(),
        &card()["models"]["softmax"]["accuracy"]["penDigits"],
        1000,
    );
}

#[test]
fn the_test_sets_are_read_and_the_files_are_small() {
    for (name, set, key, least) in [
        ("digits", "mnist", "mnistTest", 0.985),
        ("softmax", "mnist", "mnistTest", 0.92),
        ("fashion", "fashion-mnist", "fashionTest", 0.87),
    ] {
        let file = bytes(&format!("{name}.safetensors"));
        assert!(file.len() <= 1_000_000, "{name} has {} bytes", file.len());
        let model = Model::from_bytes(&file).unwrap();
        let test = support::data_set(set, "t10k");
        let images: Vec<f32> = test.pixels().iter().map(|&v| f32::from(v) / 255.0).collect();
        let found = accuracy(&model, &images, test.labels()).unwrap();
        println!("{name} reads {found} of the {set} test images");
        assert!(found >= least, "{name}: {found}");
        let card = card();
        agrees(found, &card["models"][name]["accuracy"][key], 10_000);
        assert_eq!(card["models"][name]["bytes"].as_u64().unwrap(), file.len() as u64);
    }
}

#[test]
fn the_gauge_of_distances_is_calibrated() {
    for set in ["mnist", "fashion-mnist"] {
        let quantiles = &card()["nearestDistance"][set];
        let quantiles: Vec<f32> =
            quantiles.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect();
        assert_eq!(quantiles.len(), 101);
        let (train, test) = (support::data_set(set, "train"), support::data_set(set, "t10k"));
        // Every fifth test image made the scale: these are others, evenly over the set.
        let mut shares: Vec<f32> = (0..100)
            .map(|k| {
                let image: Vec<f32> = test.image(100 * k + 3).iter().map(|&v| f32::from(v) / 255.0).collect();
                share_nearer(&quantiles, nearest(&image, train.pixels(), 1).unwrap()[0].distance)
            })
            .collect();
        shares.sort_by(f32::total_cmp);
        // Of images like those that made the scale the shares are even from 0 to 1: the largest gap of 100 of
        // them to that (Kolmogorov, Smirnov) exceeds 0.195 once in a thousand sets.
        let gap = shares
            .iter()
            .enumerate()
            .map(|(k, share)| (share - (k as f32 + 0.5) / 100.0).abs())
            .fold(0.0, f32::max);
        println!("{set}: largest gap {gap}");
        assert!(gap < 0.195, "{set}: {gap}");
    }
}
