//! Some test images, asked about after every step.

use serde::Serialize;

use crate::data::{PIXELS, PixelScaling};
use crate::nn::{Forward, Network};

/// What the network says of an image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Answer {
    /// The class that it is.
    pub label: u8,
    /// The class that it is taken for.
    pub prediction: u8,
    /// The probability of that class, 0…1.
    pub confidence: f32,
    /// The updates after which this answer came in place of another; 0 for one that stood at the start.
    pub changed_at: usize,
}

impl Answer {
    /// Whether it is taken for what it is.
    pub fn is_right(&self) -> bool {
        self.prediction == self.label
    }
}

/// Updates for which one image is told of, as long as it is wrong: a visitor is to read the sentence in peace.
const TOLD_FOR: usize = 1000;

#[derive(Clone, Debug)]
pub(super) struct Watched {
    forward: Forward<f32>,
    pub answers: Vec<Answer>,
    /// Which image is told of, and since which step.
    telling: Option<(usize, usize)>,
}

impl Watched {
    /// Images of bytes, asked about for the first time at `step`.
    pub fn new(
        pixels: &[u8],
        labels: &[u8],
        scaling: &PixelScaling,
        network: &Network<f32>,
        step: usize,
    ) -> Self {
        let mut forward = Forward::with_capacity(network.architecture(), labels.len());
        let mut inputs = forward.inputs_mut(labels.len());
        for (image, mut row) in pixels.chunks_exact(PIXELS).zip(inputs.rows_mut()) {
            scaling.apply(image, row.as_slice_mut().expect("rows are contiguous"));
        }
        network.forward_into(&mut forward);
        let answer = |(image, &label)| {
            let (prediction, confidence) = said(&forward, image);
            Answer { label, prediction, confidence, changed_at: step }
        };
        let answers = labels.iter().enumerate().map(answer).collect();
        let mut watched = Self { forward, answers, telling: None };
        watched.tell(step);
        watched
    }

    /// Asks again, after the update that made it `step` of them.
    pub fn ask(&mut self, network: &Network<f32>, step: usize) {
        network.forward_into(&mut self.forward);
        for (image, answer) in self.answers.iter_mut().enumerate() {
            let (prediction, confidence) = said(&self.forward, image);
            if prediction != answer.prediction {
                answer.changed_at = step;
            }
            (answer.prediction, answer.confidence) = (prediction, confidence);
        }
        self.tell(step);
    }

    /// The image that is told of; none before the first update, whose answers are chance, and when all are right.
    pub fn told(&self) -> Option<usize> {
        self.telling.map(|(image, _)| image)
    }

    /// Of the wrong answers the newest, and of those the surest.
    fn tell(&mut self, step: usize) {
        let is_told =
            |&(image, since): &(usize, usize)| !self.answers[image].is_right() && step - since < TOLD_FOR;
        if step == 0 || self.telling.as_ref().is_some_and(is_told) {
            return;
        }
        let wrong = self.answers.iter().enumerate().filter(|(_, answer)| !answer.is_right());
        let newest = wrong.max_by(|(_, a), (_, b)| {
            a.changed_at.cmp(&b.changed_at).then(a.confidence.total_cmp(&b.confidence))
        });
        self.telling = newest.map(|(image, _)| (image, step));
    }
}

/// What a pass says of an image, and with which probability.
fn said(forward: &Forward<f32>, image: usize) -> (u8, f32) {
    let prediction = forward.prediction(image);
    (prediction as u8, forward.outputs()[[image, prediction]])
}
