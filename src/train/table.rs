//! The settings as one table: what each may be and usually is, and what a change of it does to the run in hand.
//!
//! [`TrainingSettings::check`] goes by it, and so does the page: fields, addresses and refusals are drawn from it.
//! What a network may be stands with the networks, in [`nn`](crate::nn), and is gathered here.

use serde::{Deserialize, Serialize};

use super::TrainingSettings;
use crate::data::Scaling;
use crate::error::{Rule, SettingName};
use crate::nn::{Activation, Architecture, Initializer, Loss, OptimizerSettings, Output};

/// What the learning rate may be, at the start and mid-run.
pub const LEARNING_RATE: Rule = Rule::AboveUpTo { above: 0.0, max: 100.0 };

/// Units of a hidden layer that is added.
const USUAL_UNITS: f64 = 64.0;

/// What a change of a setting does to the run in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Effect {
    /// It acts from the next mini-batch on.
    AtOnce,
    /// The run starts anew.
    Restart,
}

/// A number among the settings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct NumberSetting {
    /// Its name.
    pub name: SettingName,
    /// What it may be.
    pub rule: Rule,
    /// Whether it has no fraction.
    pub whole: bool,
    /// Whether 0 stands for no limit, beside what the rule allows: all images, no early stop.
    pub or_zero: bool,
    /// What it is unless somebody asks for something else; 0 where that is no limit.
    pub usual: f64,
    /// What a change of it does.
    pub effect: Effect,
}

/// A loss, and the output that it is defined on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LossChoice {
    /// The loss.
    pub loss: Loss,
    /// Its output; none where every output will do.
    pub output: Option<Output>,
}

/// Everything that a run can be made from. A change of a choice starts the run anew.
///
/// # Examples
/// ```
/// use atelier::error::{Rule, SettingName};
/// use atelier::train::table::{Effect, SettingsTable};
/// let table = SettingsTable::of(60_000);
/// let rate = table.numbers.iter().find(|number| number.name == SettingName::LearningRate).unwrap();
/// assert_eq!((rate.usual, rate.effect), (0.001, Effect::AtOnce));
/// assert_eq!(rate.rule, Rule::AboveUpTo { above: 0.0, max: 100.0 });
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SettingsTable {
    /// The course's settings.
    pub usual: TrainingSettings,
    /// Every number, those of optimizers and layers among them.
    pub numbers: Vec<NumberSetting>,
    /// What a hidden unit can do.
    pub activations: Vec<Activation>,
    /// What the last layer can make of its logits.
    pub outputs: Vec<Output>,
    /// What training can make small.
    pub losses: Vec<LossChoice>,
    /// How first weights can be drawn.
    pub initializers: Vec<Initializer>,
    /// The rules that make steps, each with its usual constants.
    pub optimizers: Vec<OptimizerSettings>,
    /// How bytes can become inputs.
    pub pixels: Vec<Scaling>,
}

impl SettingsTable {
    /// The table for a set of so many images.
    pub fn of(images: usize) -> Self {
        let with_output = |loss: Loss| LossChoice { loss, output: loss.output() };
        Self {
            usual: TrainingSettings::default(),
            numbers: numbers(images),
            activations: Activation::ALL.to_vec(),
            outputs: Output::ALL.to_vec(),
            losses: Loss::ALL.map(with_output).to_vec(),
            initializers: Initializer::ALL.to_vec(),
            optimizers: OptimizerSettings::ALL.to_vec(),
            pixels: Scaling::ALL.to_vec(),
        }
    }
}

/// Every number among the settings, for a set of so many images.
pub fn numbers(images: usize) -> Vec<NumberSetting> {
    let usual = TrainingSettings::default();
    let real = |name, rule, usual| NumberSetting {
        name,
        rule,
        whole: false,
        or_zero: false,
        usual,
        effect: Effect::Restart,
    };
    let whole = |name, rule, usual: usize| NumberSetting { whole: true, ..real(name, rule, usual as f64) };
    let at_once = |number| NumberSetting { effect: Effect::AtOnce, ..number };
    let or_zero = |number| NumberSetting { or_zero: true, ..number };
    let mut numbers = vec![
        at_once(real(SettingName::LearningRate, LEARNING_RATE, usual.learning_rate)),
        at_once(whole(SettingName::Epochs, Rule::range(1.0, 1000.0), usual.epochs)),
        whole(SettingName::BatchSize, Rule::range(1.0, 2048.0), usual.batch_size),
        whole(SettingName::Seed, Rule::range(0.0, u32::MAX as f64), usual.seed as usize),
        or_zero(whole(
            SettingName::TrainingImages,
            Rule::ImagesOfSet { min: 10, images },
            usual.training_images,
        )),
        real(SettingName::ValidationFraction, Rule::range(0.0, 0.9), usual.validation_fraction),
        real(SettingName::L2, Rule::range(0.0, 1.0), usual.l2),
        or_zero(whole(SettingName::Patience, Rule::range(1.0, 1000.0), usual.patience.unwrap_or(0))),
        whole(SettingName::Hidden, Architecture::HIDDEN, usual.hidden.len()),
        whole(SettingName::Units, Architecture::UNITS, USUAL_UNITS as usize),
    ];
    for initializer in Initializer::ALL {
        if let Initializer::Normal { deviation } = initializer {
            numbers.push(real(SettingName::Deviation, Initializer::DEVIATION, deviation));
        }
    }
    for (name, value, rule) in OptimizerSettings::ALL.into_iter().flat_map(OptimizerSettings::constants) {
        if numbers.iter().all(|number| number.name != name) {
            numbers.push(real(name, rule, value));
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::data::{LabelledImages, PIXELS};
    use crate::nn::Hidden;

    fn images() -> LabelledImages {
        LabelledImages::new(vec![0; 20 * PIXELS], vec![0; 20], vec!["a".into(), "b".into()]).unwrap()
    }

    /// The settings with `value` under a name, the optimizer or initializer being one that has it.
    fn with(name: SettingName, value: f64) -> TrainingSettings {
        let mut s = TrainingSettings::default();
        let layer = Hidden { units: value as usize, activation: Activation::Relu };
        let constants = OptimizerSettings::ALL
            .into_iter()
            .find(|optimizer| optimizer.constants().iter().any(|&(constant, ..)| constant == name));
        match name {
            SettingName::LearningRate => s.learning_rate = value,
            SettingName::Epochs => s.epochs = value as usize,
            SettingName::BatchSize => s.batch_size = value as usize,
            SettingName::Seed => s.seed = value as u32,
            SettingName::TrainingImages => s.training_images = value as usize,
            SettingName::ValidationFraction => s.validation_fraction = value,
            SettingName::L2 => s.l2 = value,
            SettingName::Patience => s.patience = Some(value as usize),
            SettingName::Hidden => s.hidden = vec![Hidden { units: 1, ..layer }; value as usize],
            SettingName::Units => s.hidden = vec![layer],
            SettingName::Deviation => s.initializer = Initializer::Normal { deviation: value },
            _ => s.optimizer = changed(constants.expect("a name of the table is somebody's"), name, value),
        }
        s
    }

    fn changed(optimizer: OptimizerSettings, name: SettingName, value: f64) -> OptimizerSettings {
        use OptimizerSettings as O;
        match (optimizer, name) {
            (O::Momentum { .. }, SettingName::Momentum) => O::Momentum { momentum: value },
            (O::Adagrad { epsilon, .. }, SettingName::InitialAccumulator) => {
                O::Adagrad { initial_accumulator: value, epsilon }
            }
            (O::Adagrad { initial_accumulator, .. }, SettingName::Epsilon) => {
                O::Adagrad { initial_accumulator, epsilon: value }
            }
            (O::Rmsprop { epsilon, .. }, SettingName::Rho) => O::Rmsprop { rho: value, epsilon },
            (O::Adam { beta2, epsilon, .. }, SettingName::Beta1) => O::Adam { beta1: value, beta2, epsilon },
            (O::Adam { beta1, epsilon, .. }, SettingName::Beta2) => O::Adam { beta1, beta2: value, epsilon },
            (O::Adamw { beta1, beta2, epsilon, .. }, SettingName::WeightDecay) => {
                O::Adamw { beta1, beta2, epsilon, weight_decay: value }
            }
            other => panic!("{other:?} is not tried"),
        }
    }

    /// Numbers just in and just out of what a rule allows.
    fn edges(rule: Rule, whole: bool) -> (Vec<f64>, Vec<f64>) {
        let step = if whole { 1.0 } else { 1e-9 };
        match rule {
            Rule::Range { min, max } => (vec![min, max], vec![min - step, max + step]),
            Rule::AboveUpTo { above, max } => (vec![above + step, max], vec![above, max + step]),
            Rule::FromBelow { min, below } => (vec![min, below - step], vec![min - step, below]),
            Rule::ImagesOfSet { min, images } => {
                (vec![min as f64, images as f64], vec![min as f64 - 1.0, images as f64 + 1.0])
            }
            other => panic!("{other} is no range of a field"),
        }
    }

    #[test]
    fn every_row_is_what_is_checked() {
        let images = images();
        for number in numbers(images.len()) {
            let (good, bad) = edges(number.rule, number.whole);
            for value in good {
                assert_eq!(with(number.name, value).check(&images), Ok(()), "{} {value}", number.name);
            }
            // What a whole field cannot hold, below 0 or beyond 32 bits, does not come so far.
            let held = |value: &f64| !number.whole || (0.0..=u32::MAX as f64).contains(value);
            let no_limit = |value: &f64| number.name == SettingName::TrainingImages && *value == 0.0;
            for value in bad.into_iter().filter(|value| held(value) && !no_limit(value)) {
                let refused = with(number.name, value).check(&images);
                let Err(Error::Setting { name, rule, .. }) = refused else {
                    panic!("{} may be {value}: {refused:?}", number.name)
                };
                assert_eq!((name, rule), (number.name, number.rule));
            }
        }
    }

    #[test]
    fn what_is_usual_passes_and_no_name_stands_twice() {
        let table = SettingsTable::of(60_000);
        for (at, number) in table.numbers.iter().enumerate() {
            let fits = number.rule.allows(number.usual) || (number.or_zero && number.usual == 0.0);
            assert!(fits, "{} is usually {}", number.name, number.usual);
            assert!(!number.whole || number.usual.fract() == 0.0);
            assert!(table.numbers[..at].iter().all(|other| other.name != number.name), "{}", number.name);
        }
        for optimizer in table.optimizers {
            assert_eq!(optimizer.check(), Ok(()));
        }
        for initializer in table.initializers {
            assert_eq!(initializer.check(), Ok(()));
        }
        for LossChoice { loss, output } in table.losses {
            for other in Output::ALL {
                assert_eq!(loss.check(other).is_ok(), output.is_none_or(|output| output == other));
            }
        }
    }

    #[test]
    fn a_constant_has_one_rule_and_one_usual_value_in_every_optimizer() {
        let table = numbers(60_000);
        for (name, value, rule) in OptimizerSettings::ALL.into_iter().flat_map(OptimizerSettings::constants) {
            let row = table.iter().find(|number| number.name == name).unwrap();
            assert_eq!((row.usual, row.rule), (value, rule), "{name}");
        }
    }
}
