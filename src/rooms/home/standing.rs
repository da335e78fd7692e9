//! Where the first look stands, in numbers for a sentence.

use serde::Serialize;

use super::{Answer, FirstLook};

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Standing {
    /// Updates made.
    pub step: usize,
    /// Updates in an epoch.
    pub steps_per_epoch: usize,
    /// The epoch under way, from 1; after its last update still that one.
    pub epoch: usize,
    /// Images that it has taken in in this epoch.
    pub seen: usize,
    /// Images in the file.
    pub num_images: usize,
    /// Images in a mini-batch.
    pub batch_size: usize,
    /// Weights and biases.
    pub num_parameters: usize,
    /// Watched images that it names right.
    pub right: usize,
    /// What it says of each watched image; empty before there are any.
    pub answers: Vec<Answer>,
    /// A watched image that it has got wrong of late; none before the first update and when all are right.
    pub telling: Option<usize>,
    /// The loss, the mean of the last mini-batches; none before the first.
    pub loss: Option<f64>,
    /// Over how many mini-batches, at most.
    pub band_width: usize,
    /// Updates that the picture of the way has room for.
    pub range: usize,
    /// Images taken in after so many updates, every epoch's counted.
    pub seen_by_range: usize,
    /// When the weights were remembered.
    pub portraits: Vec<PortraitAt>,
}

/// When a portrait was made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct PortraitAt {
    /// Updates made.
    pub step: usize,
    /// Images taken in by then, every epoch's counted.
    pub seen: usize,
}

impl FirstLook {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        let (step, steps_per_epoch) = (self.step(), self.steps_per_epoch());
        let epoch = step.div_ceil(steps_per_epoch).max(1);
        let answers = self.watched.as_ref().map(|watched| watched.answers.clone()).unwrap_or_default();
        Standing {
            step,
            steps_per_epoch,
            epoch,
            seen: self.seen_by(step) - (epoch - 1) * self.num_images,
            num_images: self.num_images,
            batch_size: self.settings.batch_size,
            num_parameters: self.network().architecture().num_parameters(),
            right: answers.iter().filter(|answer| answer.is_right()).count(),
            answers,
            telling: self.watched.as_ref().and_then(|watched| watched.told()),
            loss: self.bands().last().map(|band| band.mean),
            band_width: self.band_width(),
            range: self.range(),
            seen_by_range: self.seen_by(self.range()),
            portraits: self
                .portraits()
                .iter()
                .map(|&super::Portrait { step, .. }| PortraitAt { step, seen: self.seen_by(step) })
                .collect(),
        }
    }
}
