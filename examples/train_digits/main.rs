//! Trains the models that the page ships: `cargo run --release --example train_digits`.
//!
//! Writes `assets/models/`: the digits network, a softmax layer on plain MNIST
//! and a small Fashion-MNIST network, and `card.json` with what they score.
//! Only training images are trained on. The same seed gives the same bytes on
//! every machine: the arithmetic is the page's (`tests/same_bits.rs`).
//! With the argument `card` nothing is trained: the files that are there are scored again.
// The data sets come from files: nothing for a browser.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

mod card;
mod digits;
mod distance;
mod fitting;

#[path = "../../tests/support/pen_digits.rs"]
mod pen_digits;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use atelier::nn::Model;
use atelier::nn::model::Precision;
use digits::{Digits, Variations};
use fitting::{Plan, fit};

const SEED: u64 = 42;

fn main() {
    let begin = Instant::now();
    let argument = std::env::args().nth(1);
    let only_card = argument.as_deref() == Some("card");
    let epochs =
        argument.filter(|_| !only_card).map_or(80, |text| text.parse().expect("the number of epochs"));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/models");
    std::fs::create_dir_all(&folder).expect("assets/models can be made");
    let mut models = Vec::new();
    let mut keep = |name: &str, precision: Precision, train: &dyn Fn() -> Model| -> Model {
        let file = folder.join(format!("{name}.safetensors"));
        if !only_card {
            std::fs::write(&file, train().to_bytes(precision)).expect("assets/models can be written");
        }
        // What is scored is what is shipped: the numbers as the file keeps them.
        let bytes = std::fs::read(&file).expect("a model's file");
        println!("{name}: {} bytes after {:.0} s", bytes.len(), begin.elapsed().as_secs_f32());
        models.push((name.to_owned(), bytes.len()));
        Model::from_bytes(&bytes).expect("a whole model")
    };

    let train = Digits::mnist("train", SEED);
    let plan = Plan { hidden: &[512, 128], epochs, learning_rate: 1e-3, seed: SEED };
    let digits = keep("digits", Precision::Half, &|| fit(&plan, &train, Some(Variations::default())));

    let plan = Plan { hidden: &[], epochs: 20, learning_rate: 1e-3, seed: SEED };
    let softmax = keep("softmax", Precision::Single, &|| fit(&plan, &train, None));

    let clothes = Digits::plain("fashion-mnist", "train");
    let plan = Plan { hidden: &[128], epochs: 15, learning_rate: 1e-3, seed: SEED };
    let fashion = keep("fashion", Precision::Half, &|| fit(&plan, &clothes, None));

    let quantiles = [distance::quantiles("mnist", &train), distance::quantiles("fashion-mnist", &clothes)];
    println!("distances after {:.0} s", begin.elapsed().as_secs_f32());
    let card = card::write(&folder, epochs, SEED, &models, [&digits, &softmax, &fashion], quantiles);
    println!("{card}\nin {:.0} s", begin.elapsed().as_secs_f32());
}
