//! The model card: `assets/models/card.json`, which the page shows and the tests recompute.

use std::path::Path;

use atelier::Generator;
use atelier::draw::mnist_box::{PEN_WIDTH, fit};
use atelier::nn::Model;
use serde_json::{Value, json};

use crate::digits::{Digits, Variations};
use crate::pen_digits::pen_digits;

/// Seed of the warped test images.
const WARP_SEED: u64 = 7;

fn score(model: &Model, images: &[Vec<f32>], labels: &[u8]) -> (f64, Vec<Vec<u32>>) {
    let mut confusion = vec![vec![0; 10]; 10];
    for (images, labels) in images.chunks(500).zip(labels.chunks(500)) {
        let forward = model.forward(&images.concat()).expect("784 pixels an image");
        for (row, &label) in labels.iter().enumerate() {
            confusion[usize::from(label)][forward.prediction(row)] += 1;
        }
    }
    let right: u32 = (0..10).map(|k| confusion[k][k]).sum();
    (f64::from(right) / labels.len() as f64, confusion)
}

/// Scores the models as shipped and writes the card; returns it as text.
pub fn write(
    folder: &Path,
    epochs: usize,
    seed: u64,
    files: &[(String, usize)],
    [digits, softmax, fashion]: [&Model; 3],
    [mnist_distances, fashion_distances]: [Vec<f32>; 2],
) -> String {
    let test = Digits::mnist("t10k", seed);
    let labels: Vec<u8> = test.0.iter().map(|digit| digit.label).collect();
    let clean: Vec<Vec<f32>> = test.0.iter().map(|digit| digit.image.clone()).collect();
    let mut generator = Generator::new(WARP_SEED);
    let all = Variations { redrawn: 0.5, distorted: 0.5 };
    let warp = |digit| {
        let mut image = vec![0.0; 784];
        all.vary(digit, &mut image, &mut generator);
        image
    };
    let warped: Vec<Vec<f32>> = test.0.iter().map(warp).collect();
    let (pen, pen_labels): (Vec<_>, Vec<u8>) = pen_digits()
        .into_iter()
        .map(|(strokes, digit)| (fit(&strokes, PEN_WIDTH).expect("every digit has points"), digit))
        .unzip();
    let scores = |model: &Model| {
        let (pen_accuracy, confusion) = score(model, &pen, &pen_labels);
        json!({
            "mnistTest": score(model, &clean, &labels).0,
            "warped": score(model, &warped, &labels).0,
            "penDigits": pen_accuracy,
            "penConfusion": confusion,
        })
    };
    let clothes = Digits::plain("fashion-mnist", "t10k");
    let clothes_labels: Vec<u8> = clothes.0.iter().map(|image| image.label).collect();
    let clothes: Vec<Vec<f32>> = clothes.0.into_iter().map(|image| image.image).collect();
    let accuracies: [Value; 3] = [
        scores(digits),
        scores(softmax),
        json!({ "fashionTest": score(fashion, &clothes, &clothes_labels).0 }),
    ];
    let data = [
        "MNIST, 60,000 training images",
        "MNIST, 60,000 training images",
        "Fashion-MNIST, 60,000 training images",
    ];
    let training = [
        format!(
            "{epochs} epochs, half of the images redrawn with the pen, 4 of 10 distorted, 1 of 10 as they are"
        ),
        "20 epochs, images as they are".to_owned(),
        "15 epochs, images as they are".to_owned(),
    ];
    let mut models = serde_json::Map::new();
    for (index, ((name, bytes), model)) in files.iter().zip([digits, softmax, fashion]).enumerate() {
        let architecture = model.network.architecture();
        models.insert(
            name.clone(),
            json!({
                "file": format!("{name}.safetensors"),
                "bytes": bytes,
                "layers": architecture.widths(),
                "parameters": architecture.num_parameters(),
                "data": data[index],
                "training": training[index],
                "optimizer": "Adam, learning rate 0.001 falling to 0 along a cosine, batch 128, running mean of the weights",
                "command": "cargo run --release --example train_digits",
                "seed": seed,
                "accuracy": accuracies[index],
            }),
        );
    }
    let card = json!({
        "models": models,
        "nearestDistance": { "mnist": mnist_distances, "fashion-mnist": fashion_distances },
    });
    let text = serde_json::to_string_pretty(&card).expect("numbers and text");
    std::fs::write(folder.join("card.json"), format!("{text}\n")).expect("assets/models can be written");
    text
}
