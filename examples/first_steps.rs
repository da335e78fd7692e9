//! Trains, steps, goes back a step and checks gradients: `cargo run --release --example first_steps IMAGES LABELS`,
//! with two decompressed IDX files; without them on images that are made here, class *c* one lit row.
// It reads files: nothing for a browser.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use std::{env, error::Error, fs, rc::Rc};

use atelier::data::{IdxKind, IdxReader, LabelledImages, PIXELS, SIDE};
use atelier::nn::{Activation, Hidden};
use atelier::rooms::one_step::Step;
use atelier::train::{Trainer, TrainingSettings};

fn main() -> Result<(), Box<dyn Error>> {
    let names = (0..10).map(|class| class.to_string()).collect();
    let files: Vec<String> = env::args().skip(1).collect();
    let images = Rc::new(match files.as_slice() {
        [images, labels] => {
            LabelledImages::from_files(read(images, IdxKind::Images)?, read(labels, IdxKind::Labels)?, names)?
        }
        _ => {
            let labels: Vec<u8> = (0..3000).map(|image| (image % 10) as u8).collect();
            let lit = |label: u8, pixel: usize| if pixel / SIDE == label as usize { 255 } else { 0 };
            let pixels = labels.iter().flat_map(|&label| (0..PIXELS).map(move |pixel| lit(label, pixel)));
            LabelledImages::new(pixels.collect(), labels, names)?
        }
    });

    // Train: a hundred mini-batches of a network with a hidden layer; what is not named has the course's value.
    let hidden = vec![Hidden { units: 32, activation: Activation::Relu }];
    let settings = TrainingSettings { hidden, seed: 42, ..TrainingSettings::default() };
    let mut trainer = Trainer::<f32>::new(images, settings)?;
    let trained = trainer.advance_steps(100);
    println!("after {} steps the loss is {:.4}", trained.step, trained.loss.ok_or("no step was made")?);

    // Step: one mini-batch more, and every weight is another.
    let before = trainer.fingerprint();
    trainer.advance();
    println!("one more: the weights {before:016x} are now {:016x}", trainer.fingerprint());

    // Back: the same weights, to the bit.
    trainer.back_one_step();
    println!("back at step {}, the weights are {:016x}", trainer.report().step, trainer.fingerprint());

    // Check: the next step's gradients beside central differences, in 64 bits, as many as 50 million products allow.
    let step = Step::of(&mut trainer, None)?;
    let found = step.survey(step.affordable(5e7));
    println!("of {} gradients {} agree and {} differ", found.compared, found.agree, found.differ);
    Ok(())
}

fn read(file: &str, kind: IdxKind) -> Result<IdxReader, Box<dyn Error>> {
    let mut reader = IdxReader::new(file, kind);
    reader.feed(&fs::read(file)?)?;
    Ok(reader)
}
