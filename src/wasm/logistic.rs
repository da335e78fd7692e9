//! Logistic regression and its folds for the page.

use crate::Error;
use crate::data::PIXELS;
use crate::error::{Rule, SettingName};
use crate::linear::classifier::normalised_sigmoids;
use crate::train::cross_validation::fold_run;
use crate::train::logistic::{self, LogisticEpoch, LogisticRunSettings};
use crate::wasm::data::DataSet;
use crate::wasm::{received, sent};
use serde::Serialize;
use std::rc::Rc;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since some moment; the browser's, the worker's and Node's clock alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

/// Images between two looks at the clock: about a millisecond for ten models.
const IMAGES_A_LOOK: usize = 128;

/// Where a run stands.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LogisticReport {
    /// Epochs that are over.
    pub epoch: u32,
    /// Images of the running epoch that each model has taken.
    pub position: u32,
    /// Images of an epoch.
    pub num_samples: u32,
    /// Models that are still learning.
    pub num_learning: u32,
    /// Whether the run is over.
    pub is_finished: bool,
    /// The last ended epoch; none before the first has.
    pub last: Option<LogisticEpoch>,
}

/// The course's settings.
#[wasm_bindgen(js_name = defaultLogisticSettings)]
pub fn default_logistic_settings() -> Result<Ts<LogisticRunSettings>, JsValue> {
    sent(&LogisticRunSettings::default())
}

/// A run in `f32`; see [`logistic::LogisticRun`].
#[wasm_bindgen]
pub struct LogisticRun {
    run: logistic::LogisticRun,
}

#[wasm_bindgen]
impl LogisticRun {
    /// A run at its start, on a split of the set. Settings that are left out have the course's values.
    ///
    /// Throws for the first setting outside its range, with its name and the range.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        settings: Ts<LogisticRunSettings>,
    ) -> Result<Self, JsValue> {
        let run = logistic::LogisticRun::new(Rc::clone(&data_set.images), received(settings)?)?;
        Ok(Self { run })
    }

    /// A run at its start that holds out `fold` of `numFolds` stratified folds of the whole set.
    ///
    /// Of the settings, `trainingImages` and `validationFraction` have no meaning here.
    pub fn fold(
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        settings: Ts<LogisticRunSettings>,
        #[wasm_bindgen(js_name = numFolds)] num_folds: u32,
        fold: u32,
    ) -> Result<Self, JsValue> {
        let settings = received(settings)?;
        let images = Rc::clone(&data_set.images);
        let run = fold_run(images, settings.pixels, settings.classifier, num_folds as usize, fold as usize)?;
        Ok(Self { run })
    }

    /// Learns for about `maxMs`, at least from one slice of images, and no further than the end of the epoch.
    pub fn advance(
        &mut self,
        #[wasm_bindgen(js_name = maxMs)] max_ms: f64,
    ) -> Result<Ts<LogisticReport>, JsValue> {
        let deadline = now_ms() + max_ms;
        while !self.run.advance(IMAGES_A_LOOK)? && !self.run.model().is_finished() && now_ms() < deadline {}
        self.report()
    }

    /// Where the run stands.
    pub fn report(&self) -> Result<Ts<LogisticReport>, JsValue> {
        let model = self.run.model();
        sent(&LogisticReport {
            epoch: model.epoch(),
            position: model.position() as u32,
            num_samples: self.run.train().len() as u32,
            num_learning: model.models().iter().filter(|model| !model.has_converged()).count() as u32,
            is_finished: model.is_finished(),
            last: self.run.history().last().cloned(),
        })
    }

    /// The ended epochs.
    pub fn history(&self) -> Result<Vec<Ts<LogisticEpoch>>, JsValue> {
        self.run.history().iter().map(sent).collect()
    }

    /// Share of the held-out images that the models get right now, 0…1.
    pub fn accuracy(&self) -> Result<f64, JsValue> {
        Ok(self.run.accuracy()?)
    }

    /// Indices of the held-out images.
    #[wasm_bindgen(js_name = heldOutIndices)]
    pub fn held_out_indices(&self) -> Vec<u32> {
        self.run.held_out().to_vec()
    }

    /// Decision values w·x + b for N × 784 bytes: N × K numbers.
    pub fn decisions(&self, images: &[u8]) -> Result<Vec<f64>, JsValue> {
        self.for_each_image(images, |decisions| decisions)
    }

    /// Probabilities (each model's sigmoid, divided by their sum) for N × 784 bytes: N × K numbers.
    pub fn probabilities(&self, images: &[u8]) -> Result<Vec<f64>, JsValue> {
        self.for_each_image(images, |decisions| normalised_sigmoids(&decisions))
    }

    /// The 784 weights of the model of class `class_index`.
    pub fn weights(
        &self,
        #[wasm_bindgen(js_name = classIndex)] class_index: u32,
    ) -> Result<Vec<f32>, JsValue> {
        let model = self.run.model().models().get(class_index as usize).ok_or_else(|| {
            let classes = Rule::Place { count: self.run.model().models().len() };
            Error::setting(SettingName::Class, class_index, classes)
        })?;
        Ok(model.weights())
    }

    /// The intercepts, one a class.
    pub fn intercepts(&self) -> Vec<f64> {
        self.run.model().models().iter().map(|model| model.intercept()).collect()
    }
}

impl LogisticRun {
    fn for_each_image(
        &self,
        images: &[u8],
        answer: impl Fn(Vec<f64>) -> Vec<f64>,
    ) -> Result<Vec<f64>, JsValue> {
        let mut answers = Vec::new();
        for image in images.chunks(PIXELS) {
            answers.extend(answer(self.run.decisions(image)?));
        }
        Ok(answers)
    }
}
