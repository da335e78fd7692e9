//! Teaching a trained model a visitor's own drawings, without letting it forget the rest.

use ndarray::ArrayViewMut1;
use rand::RngExt;

use crate::data::{LabelledImages, PIXELS};
use crate::draw::warp::{Distortion, distort};
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Backward, Forward, Loss, Model, Optimizer, OptimizerSettings};
use crate::{Error, Generator, Result};

/// Images of a batch that come from the visitor's drawings.
const OWN: usize = 8;
/// Images of a batch in all: the rest come from the training images.
const BATCH: usize = 64;
/// Most drawings that are taken.
pub const MAX_DRAWINGS: usize = 1000;

/// What a lesson is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LessonSettings {
    /// Updates, 1 to 1000.
    pub steps: usize,
    /// Adam's learning rate.
    pub learning_rate: f64,
    /// Decides which images are mixed in, and how drawings are varied.
    pub seed: u64,
}

impl Default for LessonSettings {
    fn default() -> Self {
        Self { steps: 60, learning_rate: 3e-4, seed: 42 }
    }
}

/// A copy of `model` after some updates on `drawings`, with many more images of `others` in every batch.
///
/// Each batch is 8 drawings, drawn with replacement and a little distorted, so
/// that three of them teach more than three points, and 56 images of `others`: what
/// the network learned before stays under its eyes (rehearsal).
/// Shapes: `drawings` N × 784 values 0…1, `labels` (N,).
///
/// # Errors
/// [`Error::Shape`] when drawings and labels do not fit each other or the model,
/// [`Error::Setting`] for no drawing, too many, an unknown class, no steps, or a rate outside 0…0.1.
pub fn teach(
    model: &Model,
    drawings: &[f32],
    labels: &[u8],
    others: &LabelledImages,
    settings: LessonSettings,
) -> Result<Model> {
    check(model, drawings, labels, others, settings)?;
    let architecture = model.network.architecture().clone();
    let mut taught = model.clone();
    let mut optimizer = Optimizer::new(OptimizerSettings::ADAM, &architecture)?;
    let mut forward = Forward::with_capacity(&architecture, BATCH);
    let mut backward = Backward::with_capacity(&architecture, BATCH);
    let mut generator = Generator::new(settings.seed);
    // A hand's own strokes vary by less than a whole writer from another.
    let little = Distortion { turn: 0.06, scale: 0.04, shear: 0.06, shift: 0.4, bend: 0.4 };
    let mut image = vec![0.0; PIXELS];
    let put = |image: &[f32], mut row: ArrayViewMut1<f32>| {
        row.iter_mut().zip(model.inputs(image)).for_each(|(to, from)| *to = from);
    };
    for _ in 0..settings.steps {
        let mut batch = Vec::with_capacity(BATCH);
        let mut inputs = forward.inputs_mut(BATCH);
        for row in 0..OWN {
            let index = generator.random_range(0..labels.len());
            distort(&drawings[index * PIXELS..][..PIXELS], &mut image, &little, &mut generator);
            put(&image, inputs.row_mut(row));
            batch.push(labels[index]);
        }
        for row in OWN..BATCH {
            let index = generator.random_range(0..others.len());
            for (to, &from) in image.iter_mut().zip(others.image(index)) {
                *to = f32::from(from) / 255.0;
            }
            put(&image, inputs.row_mut(row));
            batch.push(others.labels()[index]);
        }
        taught.network.forward_into(&mut forward);
        taught.network.backward_into(&forward, &batch, Loss::CategoricalCrossEntropy, 0.0, &mut backward);
        optimizer.update(settings.learning_rate, &mut taught.network.parameters, &backward.parameters);
    }
    Ok(taught)
}

fn check(
    model: &Model,
    drawings: &[f32],
    labels: &[u8],
    others: &LabelledImages,
    settings: LessonSettings,
) -> Result<()> {
    let architecture = model.network.architecture();
    if drawings.len() != labels.len() * PIXELS {
        return Err(Error::shape(ArrayName::Drawings, labels.len() * PIXELS, drawings.len()));
    }
    if architecture.inputs != PIXELS {
        return Err(Error::shape(ArrayName::Image, architecture.inputs, PIXELS));
    }
    Rule::range(1.0, MAX_DRAWINGS as f64).check(SettingName::Drawings, labels.len())?;
    let classes = Rule::Place { count: architecture.outputs };
    let mut all = labels.iter().chain(others.labels());
    all.try_for_each(|&label| classes.check(SettingName::Label, usize::from(label)))?;
    Rule::AtLeast { min: 1.0 }.check(SettingName::OtherImages, others.len())?;
    Rule::range(1.0, 1000.0).check(SettingName::Steps, settings.steps)?;
    Rule::AboveUpTo { above: 0.0, max: 0.1 }.check(SettingName::LearningRate, settings.learning_rate)
}

/// Which share of images the model reads as their label says, 0…1.
///
/// # Errors
/// [`Error::Shape`] as [`Model::forward`]; 0 images are an error too.
pub fn accuracy(model: &Model, images: &[f32], labels: &[u8]) -> Result<f64> {
    if images.len() != labels.len() * PIXELS {
        return Err(Error::shape(ArrayName::Pixels, labels.len() * PIXELS, images.len()));
    }
    let mut right = 0;
    // 250 images at a time: their activations stay in the cache.
    for (images, labels) in images.chunks(250 * PIXELS).zip(labels.chunks(250)) {
        let forward = model.forward(images)?;
        right +=
            labels.iter().enumerate().filter(|&(row, &k)| forward.prediction(row) == usize::from(k)).count();
    }
    Ok(right as f64 / labels.len().max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Architecture, Initializer, Network, Output};

    /// Class 0 is bright above, class 1 below.
    fn halves() -> LabelledImages {
        let pixels = (0..40 * PIXELS)
            .map(|i| if (i % PIXELS < 392) == (i / PIXELS).is_multiple_of(2) { 200 } else { 0 });
        let labels = (0..40).map(|i| i % 2).collect();
        LabelledImages::new(pixels.collect(), labels, vec!["a".into(), "b".into(), "c".into()]).unwrap()
    }

    fn model() -> Model {
        let architecture =
            Architecture { inputs: PIXELS, hidden: Vec::new(), outputs: 3, output: Output::Softmax };
        Model::new(Network::new(architecture, Initializer::GlorotUniform, &mut Generator::new(1)).unwrap())
    }

    /// A drawing that is bright on the left: class 2.
    fn left() -> Vec<f32> {
        (0..PIXELS).map(|i| if i % 28 < 10 { 0.9 } else { 0.0 }).collect()
    }

    #[test]
    fn a_lesson_learns_the_drawing_and_keeps_the_others() {
        let others = halves();
        let settings = LessonSettings { steps: 200, learning_rate: 3e-3, seed: 1 };
        let taught = teach(&model(), &left(), &[2], &others, settings).unwrap();
        assert_eq!(accuracy(&taught, &left(), &[2]).unwrap(), 1.0);
        let images: Vec<f32> = others.pixels().iter().map(|&v| f32::from(v) / 255.0).collect();
        assert_eq!(accuracy(&taught, &images, others.labels()).unwrap(), 1.0);
        assert_eq!(taught, teach(&model(), &left(), &[2], &others, settings).unwrap());
    }

    #[test]
    fn what_does_not_fit_is_refused_by_name() {
        let (others, settings) = (halves(), LessonSettings::default());
        let refused = |drawings: &[f32], labels: &[u8], settings| {
            teach(&model(), drawings, labels, &others, settings).unwrap_err().to_string()
        };
        assert!(refused(&[], &[], settings).starts_with("drawings is 0"));
        assert!(refused(&left(), &[3], settings).starts_with("label is 3"));
        assert!(refused(&left()[1..], &[0], settings).contains("783"));
        assert!(refused(&left(), &[0], LessonSettings { steps: 0, ..settings }).starts_with("steps"));
        let rate = LessonSettings { learning_rate: f64::NAN, ..settings };
        assert!(refused(&left(), &[0], rate).starts_with("learningRate is NaN"));
        assert!(accuracy(&model(), &left(), &[]).is_err());
    }
}
