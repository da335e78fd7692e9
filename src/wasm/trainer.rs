//! A training run for the page.

use std::rc::Rc;

use crate::data::PIXELS;
use crate::train::{
    self, EpochRecord, Evaluation, Mistake, RateFrom, Report, Scores, SettingsTable, TrainingSettings,
};
use crate::wasm::data::DataSet;
use crate::wasm::{received, sent};
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since some moment; the browser's, the worker's and Node's clock alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

/// How many of the most confident mistakes [`Trainer::scores`] tells.
const NUM_MISTAKES: usize = 100;

/// A run in `f32`; see [`train::Trainer`].
#[wasm_bindgen]
pub struct Trainer {
    pub(super) trainer: train::Trainer<f32>,
    /// Answers to a set apart, gathered over several calls.
    pub(super) exam: Evaluation,
}

/// A run at an earlier step, as bytes.
#[wasm_bindgen]
pub struct SavedSnapshot {
    /// The step that it stands at.
    #[wasm_bindgen(readonly)]
    pub step: u32,
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl SavedSnapshot {
    /// Its bytes, to be taken once; they are of no use where they were.
    #[wasm_bindgen(js_name = takeBytes)]
    pub fn take_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What each setting may be and usually is, for a run on `dataSet`.
#[wasm_bindgen(js_name = settingsTable)]
pub fn settings_table(
    #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
) -> Result<Ts<SettingsTable>, JsValue> {
    sent(&SettingsTable::of(data_set.images.len()))
}

/// The course's settings.
#[wasm_bindgen(js_name = defaultTrainingSettings)]
pub fn default_training_settings() -> Result<Ts<TrainingSettings>, JsValue> {
    sent(&TrainingSettings::default())
}

/// Bytes that a run of these settings on `dataSet` will hold, the images aside; told before it is begun.
#[wasm_bindgen(js_name = bytesOfRun)]
pub fn bytes_of_run(
    #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
    settings: Ts<TrainingSettings>,
) -> Result<f64, JsValue> {
    let (images, settings) = (&data_set.images, received(settings)?);
    Ok(train::memory::bytes_of_run::<f32>(&settings, images.len(), images.num_classes()) as f64)
}

#[wasm_bindgen]
impl Trainer {
    /// A run at its start. Settings that are left out have the course's values.
    ///
    /// Throws for the first setting outside its range, with its name and the range.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        settings: Ts<TrainingSettings>,
    ) -> Result<Self, JsValue> {
        let settings = received(settings)?;
        let trainer = train::Trainer::new(Rc::clone(&data_set.images), settings)?;
        Ok(Self { trainer, exam: Evaluation::default() })
    }

    /// One piece of work: a mini-batch, a slice of the validation images, or nothing when finished.
    pub fn step(&mut self) -> Result<Ts<Report>, JsValue> {
        self.trainer.advance();
        self.report()
    }

    /// As many pieces of work as fit `maxMs` (at least one), no further than the end of epoch `untilEpoch`.
    pub fn run(
        &mut self,
        #[wasm_bindgen(js_name = maxMs)] max_ms: f64,
        #[wasm_bindgen(js_name = untilEpoch)] until_epoch: Option<u32>,
    ) -> Result<Ts<Report>, JsValue> {
        let until_epoch = until_epoch.map_or(usize::MAX, |epoch| epoch as usize);
        self.towards(0, until_epoch, max_ms)
    }

    /// As many pieces of work as fit `maxMs` (at least one), until `step` updates are made and
    /// `finishedEpochs` epochs recorded.
    #[wasm_bindgen(js_name = runTowards)]
    pub fn run_towards(
        &mut self,
        step: u32,
        #[wasm_bindgen(js_name = finishedEpochs)] finished_epochs: u32,
        #[wasm_bindgen(js_name = maxMs)] max_ms: f64,
    ) -> Result<Ts<Report>, JsValue> {
        self.towards(step as usize, finished_epochs as usize, max_ms)
    }

    /// `count` more updates, with the validation of an epoch that ends before the last of them.
    #[wasm_bindgen(js_name = runSteps)]
    pub fn run_steps(&mut self, count: u32) -> Result<Ts<Report>, JsValue> {
        sent(&self.trainer.advance_steps(count as usize))
    }

    /// Where the run stands.
    pub fn report(&self) -> Result<Ts<Report>, JsValue> {
        sent(&self.trainer.report())
    }

    /// The settings, those left out filled in.
    pub fn settings(&self) -> Result<Ts<TrainingSettings>, JsValue> {
        sent(self.trainer.settings())
    }

    /// Changes the learning rate from the next update on.
    #[wasm_bindgen(js_name = setLearningRate)]
    pub fn set_learning_rate(
        &mut self,
        #[wasm_bindgen(js_name = learningRate)] rate: f64,
    ) -> Result<(), JsValue> {
        Ok(self.trainer.set_learning_rate(rate)?)
    }

    /// Every learning rate so far, by the step from which on it acts.
    #[wasm_bindgen(js_name = learningRates)]
    pub fn learning_rates(&self) -> Result<Vec<Ts<RateFrom>>, JsValue> {
        self.trainer.learning_rates().map(|rate| sent(&rate)).collect()
    }

    /// Takes over the learning rates of a run that went on from here, so that its steps are made again.
    #[wasm_bindgen(js_name = followLearningRates)]
    pub fn follow_learning_rates(&mut self, rates: Vec<Ts<RateFrom>>) -> Result<(), JsValue> {
        let rates = rates.into_iter().map(received).collect::<Result<Vec<_>, _>>()?;
        Ok(self.trainer.follow_learning_rates(&rates)?)
    }

    /// Changes how many epochs the run has; a finished run goes on when there are more now.
    #[wasm_bindgen(js_name = setEpochs)]
    pub fn set_epochs(&mut self, epochs: u32) -> Result<(), JsValue> {
        Ok(self.trainer.set_epochs(epochs as usize)?)
    }

    /// Undoes the last update to the bit; false when none was made yet.
    #[wasm_bindgen(js_name = backOneStep)]
    pub fn back_one_step(&mut self) -> bool {
        self.trainer.back_one_step()
    }

    /// Returns to the exact state after `step` updates.
    #[wasm_bindgen(js_name = goBackTo)]
    pub fn go_back_to(&mut self, step: u32) -> Result<(), JsValue> {
        Ok(self.trainer.go_back_to(step as usize)?)
    }

    /// The finished epochs.
    pub fn history(&self) -> Result<Vec<Ts<EpochRecord>>, JsValue> {
        self.trainer.history().epochs.iter().map(sent).collect()
    }

    /// Mean loss of each batch, from update `from` (0 for all) on.
    #[wasm_bindgen(js_name = batchLosses)]
    pub fn batch_losses(&self, from: u32) -> Vec<f32> {
        let losses = &self.trainer.history().losses;
        losses[losses.len().min(from as usize)..].to_vec()
    }

    /// Accuracy of each batch, from update `from` on.
    #[wasm_bindgen(js_name = batchAccuracies)]
    pub fn batch_accuracies(&self, from: u32) -> Vec<f32> {
        self.trainer.batch_accuracies(from as usize)
    }

    /// Outputs for N × 784 bytes: N × K numbers, probabilities for softmax and sigmoid.
    pub fn predict(&mut self, images: &[u8]) -> Result<Vec<f32>, JsValue> {
        Ok(self.trainer.predict(images)?)
    }

    /// Outputs for the images of `dataSet` at `indices`: N × K numbers.
    #[wasm_bindgen(js_name = predictIndices)]
    pub fn predict_indices(
        &mut self,
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        indices: &[u32],
    ) -> Result<Vec<f32>, JsValue> {
        let mut pixels = Vec::with_capacity(indices.len() * PIXELS);
        for &index in indices {
            pixels.extend(data_set.image(index)?);
        }
        self.predict(&pixels)
    }

    /// Indices of the validation images in the data set, in the order of the split.
    #[wasm_bindgen(js_name = validationIndices)]
    pub fn validation_indices(&self) -> Vec<u32> {
        self.trainer.validation_indices().to_vec()
    }

    /// Indices of the training images in the data set, in the order of the split.
    #[wasm_bindgen(js_name = trainIndices)]
    pub fn train_indices(&self) -> Vec<u32> {
        self.trainer.train_indices().to_vec()
    }

    /// Indices of the images of the next batch.
    #[wasm_bindgen(js_name = nextBatch)]
    pub fn next_batch(&mut self) -> Vec<u32> {
        self.trainer.next_batch().to_vec()
    }

    /// Scores of the last validation; undefined before the first and after a step that followed it.
    pub fn scores(&self) -> Result<Option<Ts<Scores>>, JsValue> {
        self.trainer.validation().scores(NUM_MISTAKES).as_ref().map(sent).transpose()
    }

    /// What each validation image was taken for, in the order of the split; as long as [`Trainer::scores`] is there.
    #[wasm_bindgen(js_name = validationPredictions)]
    pub fn validation_predictions(&self) -> Vec<u8> {
        self.trainer.validation().predictions().collect()
    }

    /// The output for that class, image by image.
    #[wasm_bindgen(js_name = validationConfidences)]
    pub fn validation_confidences(&self) -> Vec<f32> {
        self.trainer.validation().confidences().collect()
    }

    /// Validation images of one cell of the confusion table, most confident first.
    #[wasm_bindgen(js_name = confusionCell)]
    pub fn confusion_cell(&self, label: u8, prediction: u8) -> Result<Vec<Ts<Mistake>>, JsValue> {
        self.trainer.validation().cell(label, prediction).iter().map(sent).collect()
    }

    /// Validation images with the largest weighted sum into a unit of the first layer, largest first:
    /// index and sum, one after the other.
    #[wasm_bindgen(js_name = mostExciting)]
    pub fn most_exciting(&mut self, unit: usize, count: usize) -> Result<Vec<f64>, JsValue> {
        let indices = self.trainer.validation_indices().to_vec();
        let found = self.trainer.most_exciting(unit, &indices, count)?;
        Ok(found.iter().flat_map(|&(index, sum)| [f64::from(index), f64::from(sum)]).collect())
    }

    /// The whole run as bytes, to go on with later.
    pub fn save(&self) -> Vec<u8> {
        self.trainer.save()
    }

    /// The run as it was at its newest snapshot, a moment ago: half the bytes.
    #[wasm_bindgen(js_name = saveSnapshot)]
    pub fn save_snapshot(&self) -> SavedSnapshot {
        let (step, bytes) = self.trainer.save_snapshot();
        SavedSnapshot { step: step as u32, bytes }
    }

    /// Reads a saved run back, for the images it was made with; throws for damaged bytes or other images.
    pub fn restore(
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        bytes: &[u8],
    ) -> Result<Self, JsValue> {
        let trainer = train::Trainer::restore(Rc::clone(&data_set.images), bytes)?;
        Ok(Self { trainer, exam: Evaluation::default() })
    }

    /// Begins an evaluation of a set apart (the test set).
    #[wasm_bindgen(js_name = beginExam)]
    pub fn begin_exam(&mut self, #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet) {
        self.exam = Evaluation::new(data_set.images.num_classes(), data_set.images.len());
    }

    /// Answers images of that set for `maxMs`; true when all are answered.
    #[wasm_bindgen(js_name = continueExam)]
    pub fn continue_exam(
        &mut self,
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        #[wasm_bindgen(js_name = maxMs)] max_ms: f64,
    ) -> Result<bool, JsValue> {
        let deadline = now_ms() + max_ms;
        let count = data_set.images.len() as u32;
        loop {
            let start = self.exam.count() as u32;
            let slice: Vec<u32> = (start..count.min(start + 64)).collect();
            self.trainer.evaluate(&data_set.images, &slice, &mut self.exam)?;
            if self.exam.count() as u32 >= count {
                return Ok(true);
            }
            if now_ms() >= deadline {
                return Ok(false);
            }
        }
    }

    /// Scores of that evaluation so far; undefined before its first image.
    #[wasm_bindgen(js_name = examScores)]
    pub fn exam_scores(&self) -> Result<Option<Ts<Scores>>, JsValue> {
        self.exam.scores(NUM_MISTAKES).as_ref().map(sent).transpose()
    }
}

impl Trainer {
    fn towards(&mut self, step: usize, num_finished: usize, max_ms: f64) -> Result<Ts<Report>, JsValue> {
        let deadline = now_ms() + max_ms;
        let mut first = true;
        let go_on = || std::mem::take(&mut first) || now_ms() < deadline;
        sent(&self.trainer.advance_towards(step, num_finished, go_on))
    }
}
