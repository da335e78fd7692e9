//! Everything a run is made from: one record, with the course's values as defaults, checked once.

use serde::{Deserialize, Serialize};

use super::table;
use crate::Result;
use crate::data::{LabelledImages, PIXELS, Scaling};
use crate::error::{SettingName, SettingValue};
use crate::nn::{Architecture, Hidden, Initializer, Loss, OptimizerSettings, Output};

/// A run's settings; the same settings and the same images give the same bits.
///
/// # Examples
/// ```
/// use atelier::train::TrainingSettings;
/// // The course's: Dense(10) with softmax, RMSprop, batches of 32, ten epochs, seed 42.
/// let settings = TrainingSettings::default();
/// assert_eq!((settings.batch_size, settings.epochs, settings.seed), (32, 10, 42));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TrainingSettings {
    /// Hidden layers from the input up, 0 to 6.
    pub hidden: Vec<Hidden>,
    /// What the last layer makes of its logits.
    pub output: Output,
    /// What training makes small.
    pub loss: Loss,
    /// How the first weights are drawn.
    pub initializer: Initializer,
    /// Which rule makes the steps.
    pub optimizer: OptimizerSettings,
    /// The learning rate at the start; [`super::Trainer::set_learning_rate`] changes it mid-run.
    pub learning_rate: f64,
    /// Images in a mini-batch; the last one of an epoch may be smaller.
    pub batch_size: usize,
    /// Passes over the training images.
    pub epochs: usize,
    /// Seed of the split, of the first weights and of every epoch's order.
    pub seed: u32,
    /// How bytes become inputs.
    pub pixels: Scaling,
    /// How many images of the set to use, validation included; 0 for all.
    pub training_images: usize,
    /// The part of those that is held back for validation; 0 for none.
    pub validation_fraction: f64,
    /// `l2 · Σ W²` is added to the loss; 0 for none.
    pub l2: f64,
    /// Stop after this many epochs without a lower validation loss; null for never.
    pub patience: Option<usize>,
}

impl Default for TrainingSettings {
    fn default() -> Self {
        Self {
            hidden: Vec::new(),
            output: Output::Softmax,
            loss: Loss::CategoricalCrossEntropy,
            initializer: Initializer::GlorotUniform,
            optimizer: OptimizerSettings::RMSPROP,
            learning_rate: 0.001,
            batch_size: 32,
            epochs: 10,
            seed: 42,
            pixels: Scaling::MinMax,
            training_images: 0,
            validation_fraction: 0.2,
            l2: 0.0,
            patience: None,
        }
    }
}

impl TrainingSettings {
    /// Checks every setting against its range, for a given set of images.
    ///
    /// # Errors
    /// [`crate::Error::OutputOfLoss`] for a loss and an output that do not go together;
    /// [`crate::Error::Setting`] with the name, the value and the allowed range of the first one outside it.
    pub fn check(&self, images: &LabelledImages) -> Result<()> {
        self.architecture(images.num_classes()).check()?;
        self.loss.check(self.output)?;
        let numbers = table::numbers(images.len());
        numbers.iter().try_for_each(|number| {
            let mut values = self.values_of(number.name, images).into_iter();
            values.try_for_each(|value| number.rule.check(number.name, value))
        })
    }

    /// What the settings hold under a name of the table: one value, none, or one a layer.
    fn values_of(&self, name: SettingName, images: &LabelledImages) -> Vec<SettingValue> {
        match name {
            SettingName::LearningRate => vec![self.learning_rate.into()],
            SettingName::Epochs => vec![self.epochs.into()],
            SettingName::BatchSize => vec![self.batch_size.into()],
            SettingName::Seed => vec![self.seed.into()],
            SettingName::TrainingImages => vec![self.num_images(images).into()],
            SettingName::ValidationFraction => vec![self.validation_fraction.into()],
            SettingName::L2 => vec![self.l2.into()],
            SettingName::Patience => self.patience.into_iter().map(SettingValue::from).collect(),
            SettingName::Hidden => vec![self.hidden.len().into()],
            SettingName::Units => self.hidden.iter().map(|layer| layer.units.into()).collect(),
            SettingName::Deviation => match self.initializer {
                Initializer::Normal { deviation } => vec![deviation.into()],
                _ => Vec::new(),
            },
            constant => {
                let constants = self.optimizer.constants().into_iter();
                constants.filter(|&(name, ..)| name == constant).map(|(_, value, _)| value.into()).collect()
            }
        }
    }

    /// The network's shape.
    pub fn architecture(&self, num_classes: usize) -> Architecture {
        Architecture {
            inputs: PIXELS,
            hidden: self.hidden.clone(),
            outputs: num_classes,
            output: self.output,
        }
    }

    /// How many images of the set are used, validation included.
    pub fn num_images(&self, images: &LabelledImages) -> usize {
        if self.training_images == 0 { images.len() } else { self.training_images }
    }
}

/// Checks a learning rate.
///
/// # Errors
/// [`crate::Error::Setting`] unless `0 < learning_rate ≤ 100`.
pub fn check_learning_rate(learning_rate: f64) -> Result<()> {
    table::LEARNING_RATE.check(SettingName::LearningRate, learning_rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::Activation;

    /// Ten images, two classes.
    fn images() -> LabelledImages {
        LabelledImages::new(vec![0; 10 * PIXELS], vec![0; 10], vec!["a".into(), "b".into()]).unwrap()
    }

    fn refused(change: impl FnOnce(&mut TrainingSettings)) -> String {
        let mut settings = TrainingSettings::default();
        change(&mut settings);
        settings.check(&images()).expect_err("out of range").to_string()
    }

    #[test]
    fn the_defaults_pass() {
        assert_eq!(TrainingSettings::default().check(&images()), Ok(()));
    }

    #[test]
    fn every_number_is_refused_by_name_with_its_range() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0, 1e300] {
            assert!(refused(|s| s.learning_rate = bad).contains("learningRate is"));
            let message = refused(|s| s.l2 = if bad == 0.0 { -0.5 } else { bad });
            assert!(message.contains("l2 is") && message.contains("0 to 1"), "{message}");
            let message = refused(|s| s.validation_fraction = if bad == 0.0 { 1.0 } else { bad });
            assert!(message.contains("validationFraction is"), "{message}");
            let optimizer = OptimizerSettings::Rmsprop { rho: 0.9, epsilon: bad };
            assert!(refused(|s| s.optimizer = optimizer).contains("epsilon is"));
            let optimizer = OptimizerSettings::Momentum { momentum: if bad == 0.0 { 1.0 } else { bad } };
            assert!(refused(|s| s.optimizer = optimizer).contains("momentum is"));
        }
        for bad in [0, usize::MAX] {
            assert!(refused(|s| s.batch_size = bad).contains("batchSize is"));
            assert!(refused(|s| s.epochs = bad).contains("epochs is"));
            assert!(refused(|s| s.patience = Some(bad)).contains("patience is"));
            let layer = Hidden { units: bad, activation: Activation::Relu };
            assert_eq!(refused(|s| s.hidden = vec![layer]), format!("units is {bad}, but must be 1 to 512"));
        }
        assert!(refused(|s| s.training_images = 11).contains("trainingImages is 11"));
        let layer = Hidden { units: 1, activation: Activation::Relu };
        assert!(refused(|s| s.hidden = vec![layer; 7]).contains("hidden is 7"));
        assert!(refused(|s| s.output = Output::Sigmoid).contains("output is sigmoid"));
    }

    // Native only: on wasm32 the page's own tests write settings as JavaScript does.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn the_page_writes_settings_in_camel_case_and_may_leave_some_out() {
        let text = r#"{"hidden": [{"units": 128, "activation": "relu"}], "optimizer": {"kind": "sgd"}, "learningRate": 0.1}"#;
        let settings: TrainingSettings = serde_json::from_str(text).unwrap();
        assert_eq!(settings.hidden, [Hidden { units: 128, activation: Activation::Relu }]);
        assert_eq!((settings.optimizer, settings.learning_rate), (OptimizerSettings::Sgd, 0.1));
        assert_eq!(settings.batch_size, 32);
        let text = serde_json::to_string(&TrainingSettings::default()).unwrap();
        assert!(text.contains(r#""optimizer":{"kind":"rmsprop","rho":0.9,"epsilon":1e-7}"#), "{text}");
        assert!(text.contains(r#""loss":"categorical-cross-entropy""#), "{text}");
    }
}
