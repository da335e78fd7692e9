//! The hot pieces of a training step, natively: `cargo bench --bench hot`.
//!
//! Shapes are those of the page's jobs: batches of 32 images, 784 pixels, ten
//! classes or 128 hidden units. Times of the whole job in a browser come from `make bench`.

use std::hint::black_box;
use std::rc::Rc;

use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS};
use atelier::nn::{
    Activation, Architecture, Hidden, Initializer, Loss, Network, Optimizer, OptimizerSettings, Output,
    product, softmax,
};
use atelier::train::{Trainer, TrainingSettings};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array2;
use rand::RngExt;

const BATCH: usize = 32;

fn random(rows: usize, columns: usize) -> Array2<f32> {
    let mut generator = Generator::new(1);
    Array2::from_shape_simple_fn((rows, columns), || generator.random::<f32>())
}

/// Multiply–adds a second are printed as elements a second.
fn products(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("product");
    for units in [10, 128] {
        let (x, w, d_z) = (random(BATCH, PIXELS), random(PIXELS, units), random(BATCH, units));
        group.throughput(Throughput::Elements((BATCH * PIXELS * units) as u64));
        let mut z = Array2::zeros((BATCH, units));
        group.bench_function(format!("forward 32x784x{units}"), |bench| {
            bench.iter(|| product::add_product(black_box(x.view()), w.view(), z.view_mut()));
        });
        let mut d_w = Array2::zeros((PIXELS, units));
        group.bench_function(format!("gradient 784x32x{units}"), |bench| {
            bench.iter(|| product::gradient(black_box(x.view()), d_z.view(), false, d_w.view_mut()));
        });
    }
    let (d_z, w) = (random(BATCH, 128), random(128, 128));
    let mut d_x = Array2::zeros((BATCH, 128));
    group.throughput(Throughput::Elements((BATCH * 128 * 128) as u64));
    group.bench_function("input gradient 32x128x128", |bench| {
        bench.iter(|| product::input_gradient(black_box(d_z.view()), w.view(), d_x.view_mut()));
    });
    let (image, w) = (random(1, PIXELS), random(PIXELS, 128));
    let mut z = Array2::zeros((1, 128));
    group.throughput(Throughput::Elements((PIXELS * 128) as u64));
    group.bench_function("forward one image", |bench| {
        bench.iter(|| product::add_product(black_box(image.view()), w.view(), z.view_mut()));
    });
}

fn network_128() -> Network<f32> {
    let hidden = vec![Hidden { units: 128, activation: Activation::Relu }];
    let architecture = Architecture { inputs: PIXELS, hidden, outputs: 10, output: Output::Softmax };
    Network::new(architecture, Initializer::GlorotUniform, &mut Generator::new(1)).unwrap()
}

fn optimizers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("optimizer, 101770 parameters");
    let mut network = network_128();
    let images = random(BATCH, PIXELS);
    let forward = network.forward(images.view());
    let gradients = network.backward(&forward, &[3; BATCH], Loss::CategoricalCrossEntropy, 0.0).parameters;
    group.throughput(Throughput::Elements(network.architecture().num_parameters() as u64));
    for (name, settings) in [
        ("sgd", OptimizerSettings::Sgd),
        ("momentum", OptimizerSettings::MOMENTUM),
        ("adagrad", OptimizerSettings::ADAGRAD),
        ("rmsprop", OptimizerSettings::RMSPROP),
        ("adam", OptimizerSettings::ADAM),
        ("adamw", OptimizerSettings::ADAMW),
    ] {
        let mut optimizer = Optimizer::new(settings, network.architecture()).unwrap();
        group.bench_function(name, |bench| {
            bench.iter(|| optimizer.update(1e-6, &mut network.parameters, black_box(&gradients)));
        });
    }
}

fn softmaxes(criterion: &mut Criterion) {
    let logits = random(BATCH, 10);
    let mut p = [0.0; 10];
    criterion.bench_function("softmax of 32 x 10", |bench| {
        bench.iter(|| {
            for row in logits.rows() {
                black_box(softmax::shifted(row.as_slice().unwrap(), &mut p));
            }
        });
    });
}

fn steps(criterion: &mut Criterion) {
    let mut generator = Generator::new(1);
    let pixels = (0..2000 * PIXELS).map(|_| generator.random()).collect();
    let labels = (0..2000).map(|_| generator.random_range(0..10)).collect();
    let names = (0..10).map(|k| k.to_string()).collect();
    let images = Rc::new(LabelledImages::new(pixels, labels, names).unwrap());
    let mut group = criterion.benchmark_group("step");
    group.throughput(Throughput::Elements(BATCH as u64));
    let relu = vec![Hidden { units: 128, activation: Activation::Relu }];
    for (name, hidden) in [("784-10 rmsprop", vec![]), ("784-128-10 rmsprop", relu)] {
        let settings = TrainingSettings { hidden, epochs: 1000, ..TrainingSettings::default() };
        group.bench_function(name, |bench| {
            bench.iter_batched_ref(
                || Trainer::<f32>::new(Rc::clone(&images), settings.clone()).unwrap(),
                |run| run.advance_steps(50),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, products, optimizers, softmaxes, steps);
criterion_main!(benches);
