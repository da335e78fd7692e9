//! A run as bytes: saved at any step and read back, it goes on to the same bits.
//!
//! ```text
//! "ATELIER" and the format's number │ the run, in postcard │ what it began with │ 64-bit FNV-1a of all before
//! ```
//!
//! Weights, optimizer state, position, history, learning rates and a validation
//! under way are in it; images are not (a fingerprint tells whether the same
//! ones are offered again), nor is the generator: split, first weights and
//! every epoch's order follow from the seed. One earlier snapshot goes along, so
//! that going back one step stays quick; steps before it are made again from the first.
//!
//! A run that began with a network from a file has that network in it as well, and another number.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::fingerprint::fnv1a;
use super::replay::{State, are_rates};
use super::start::Start;
use super::{Evaluation, History, Quantity, SavedRunProblem, Stopped, Trainer, TrainingSettings};
use crate::data::{LabelledImages, Scaling};
use crate::nn::{
    Architecture, Hidden, Initializer, Loss, Network, Optimizer, OptimizerSettings, Output, Parameters,
};
use crate::{Error, Real, Result};

/// The last byte is the format's number, and that of the arithmetic: what a seed means is part of a run.
///
/// 1 was of the engine's own shuffles and normal numbers.
const MAGIC: &[u8; 8] = b"ATELIER\x02";
/// Of a run that began with a network from a file: the same number, and a bit that says so.
const MAGIC_WITH_START: &[u8; 8] = b"ATELIER\x82";
const CHECKSUM: usize = 8;

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct SavedRun<R: Real> {
    float_bytes: u8,
    images: u64,
    settings: SavedSettings,
    state: SavedState<R>,
    snapshot: Option<SavedState<R>>,
    learning_rates: Vec<(usize, f64)>,
    history: History,
    evaluation: Evaluation,
    stopped: Option<SavedStop>,
}

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct SavedState<R: Real> {
    step: usize,
    parameters: Parameters<R>,
    num_updates: u64,
    optimizer: Vec<Parameters<R>>,
}

/// [`TrainingSettings`] with its enums as plain numbers: postcard has no names to tell variants by.
#[derive(Serialize, Deserialize)]
struct SavedSettings {
    hidden: Vec<Hidden>,
    output: Output,
    loss: Loss,
    initializer: (u8, f64),
    optimizer: (u8, [f64; 4]),
    learning_rate: f64,
    batch_size: usize,
    epochs: usize,
    seed: u32,
    pixels: Scaling,
    training_images: usize,
    validation_fraction: f64,
    l2: f64,
    patience: Option<usize>,
}

/// [`Stopped`], as above.
#[derive(Serialize, Deserialize)]
enum SavedStop {
    Finished,
    EarlyStopped(usize),
    Diverged(usize, Option<usize>, Quantity),
}

impl<R: Real> Trainer<R> {
    /// The whole run as bytes.
    pub fn save(&self) -> Vec<u8> {
        let run = SavedRun {
            float_bytes: size_of::<R>() as u8,
            images: images_fingerprint(&self.images),
            settings: SavedSettings::from(&self.settings),
            state: SavedState::from(&self.state),
            snapshot: self.snapshots.before(self.state.step).map(SavedState::from),
            learning_rates: self.learning_rates.clone(),
            history: self.history.clone(),
            evaluation: self.evaluation.clone(),
            stopped: self.stopped.as_ref().map(SavedStop::from),
        };
        self.written(&run)
    }

    /// The run as it was at its newest snapshot, with the step of that: half the bytes of [`Trainer::save`], and what
    /// came after is made again in a moment. Before the first snapshot, the run as it is.
    pub fn save_snapshot(&self) -> (usize, Vec<u8>) {
        let Some(snapshot) = self.snapshots.before(self.state.step + 1) else {
            return (self.state.step, self.save());
        };
        let step = snapshot.step;
        let History { losses, correct, epochs } = &self.history;
        // A snapshot is taken before a batch: the epochs that end there are recorded, and nothing is being validated.
        let run = SavedRun {
            float_bytes: size_of::<R>() as u8,
            images: images_fingerprint(&self.images),
            settings: SavedSettings::from(&self.settings),
            state: SavedState::from(snapshot),
            snapshot: None,
            learning_rates: self.learning_rates.iter().copied().filter(|&(from, _)| from <= step).collect(),
            history: History {
                losses: losses[..step].to_vec(),
                correct: correct[..step].to_vec(),
                epochs: epochs.iter().filter(|record| record.step <= step).cloned().collect(),
            },
            evaluation: Evaluation::new(self.images.num_classes(), 0),
            stopped: None,
        };
        (step, self.written(&run))
    }

    fn written(&self, run: &SavedRun<R>) -> Vec<u8> {
        const WRITABLE: &str = "a run holds nothing that postcard cannot write";
        let mut bytes = if self.start.is_some() { MAGIC_WITH_START } else { MAGIC }.to_vec();
        bytes.extend(postcard::to_allocvec(run).expect(WRITABLE));
        if let Some(start) = &self.start {
            bytes.extend(postcard::to_allocvec(start).expect(WRITABLE));
        }
        bytes.extend(fnv1a(bytes.iter().copied()).to_le_bytes());
        bytes
    }

    /// Reads a saved run back, for the images it was made with.
    ///
    /// # Errors
    /// [`Error::SavedRun`] when the bytes are cut short, damaged, of another version, or of other images.
    pub fn restore(images: Rc<LabelledImages>, bytes: &[u8]) -> Result<Self> {
        let (run, start): (SavedRun<R>, Option<Start<R>>) = read(bytes)?;
        if usize::from(run.float_bytes) != size_of::<R>() {
            return Err(SavedRunProblem::OtherFloats.into());
        }
        if run.images != images_fingerprint(&images) {
            return Err(SavedRunProblem::OtherImages.into());
        }
        let mut trainer = Self::new(images, run.settings.try_into()?)?;
        if let Some(start) = start {
            if !start.is_sound() {
                return Err(SavedRunProblem::NotFinite.into());
            }
            trainer = trainer.begun_with(start)?;
        }
        let architecture = trainer.state.network.architecture().clone();
        trainer.state = run.state.restored(&architecture, trainer.settings.optimizer)?;
        if let Some(snapshot) = run.snapshot {
            let snapshot = snapshot.restored(&architecture, trainer.settings.optimizer)?;
            if snapshot.step >= trainer.state.step {
                return Err(SavedRunProblem::FutureSnapshot.into());
            }
            trainer.snapshots.keep(snapshot);
        }
        trainer.learning_rates = run.learning_rates;
        trainer.history = run.history;
        trainer.evaluation = run.evaluation;
        trainer.stopped = run.stopped.map(Stopped::from);
        if !trainer.fits_together() {
            return Err(SavedRunProblem::PartsDoNotFit.into());
        }
        trainer.recount();
        Ok(trainer)
    }

    /// Whether the parts of a restored run fit together, so that nothing that is done with it later fails.
    fn fits_together(&self) -> bool {
        let step = self.state.step;
        let (history, per_epoch) = (&self.history, self.batches_per_epoch());
        let num_epochs = history.epochs.len();
        num_epochs <= self.settings.epochs
            && (num_epochs * per_epoch..=(num_epochs + 1) * per_epoch).contains(&step)
            && history.epochs.iter().enumerate().all(|(i, record)| {
                record.epoch == i + 1 && record.step == record.epoch * per_epoch && record.loss.is_finite()
            })
            && history.losses.len() == step
            && history.losses.iter().all(|loss| loss.is_finite())
            && history.correct.len() == step
            && (0..step).all(|step| usize::from(history.correct[step]) <= self.batch_range(step).len())
            && self.learning_rates_fit()
            && self.evaluation.answers_fit(self.images.labels(), self.images.num_classes(), &self.validation)
            && self.stop_fits()
    }

    /// Changes in the order in which they were made, none of them still to come.
    fn learning_rates_fit(&self) -> bool {
        are_rates(&self.learning_rates)
            && self.learning_rates.iter().all(|&(from, _)| from <= self.state.step)
    }

    fn stop_fits(&self) -> bool {
        let num_epochs = self.history.epochs.len();
        match self.stopped {
            None => num_epochs < self.settings.epochs,
            Some(Stopped::Finished) => num_epochs == self.settings.epochs,
            Some(Stopped::EarlyStopped { best_epoch }) => (1..=num_epochs).contains(&best_epoch),
            Some(Stopped::Diverged { step, layer, .. }) => {
                step == self.state.step + 1 && layer.is_none_or(|layer| layer < self.network().num_layers())
            }
        }
    }
}

fn read<R: Real>(bytes: &[u8]) -> Result<(SavedRun<R>, Option<Start<R>>)> {
    let magic: [u8; 8] = *bytes.first_chunk().ok_or(SavedRunProblem::NoRun)?;
    if magic != *MAGIC && magic != *MAGIC_WITH_START {
        let other_version = bytes.starts_with(&MAGIC[..7]);
        let problem = if other_version { SavedRunProblem::OtherVersion } else { SavedRunProblem::NoRun };
        return Err(problem.into());
    }
    let Some(body) = (bytes.len() - MAGIC.len()).checked_sub(CHECKSUM) else {
        return Err(SavedRunProblem::CutShort.into());
    };
    let (whole, checksum) = bytes.split_at(MAGIC.len() + body);
    if fnv1a(whole.iter().copied()).to_le_bytes() != checksum {
        return Err(SavedRunProblem::Damaged.into());
    }
    let other = |_| SavedRunProblem::OtherContents;
    let (run, rest) = postcard::take_from_bytes(&whole[MAGIC.len()..]).map_err(other)?;
    let start = if magic == *MAGIC { None } else { Some(postcard::from_bytes(rest).map_err(other)?) };
    Ok((run, start))
}

/// Tells data sets apart, as a saved run does: sixteen hexadecimal digits.
pub fn images_identity(images: &LabelledImages) -> String {
    format!("{:016x}", images_fingerprint(images))
}

/// Tells data sets apart: counts, every label, and one pixel in 4099 (a prime, so that it wanders over the image).
fn images_fingerprint(images: &LabelledImages) -> u64 {
    let count = (images.len() as u64).to_le_bytes();
    if images.run() > 1 {
        // A few drawings are mostly paper: every pixel of the first of each run, of which the others are made.
        let drawn = images.pixels().chunks(crate::data::PIXELS).step_by(images.run()).flatten();
        return fnv1a(count.into_iter().chain(images.labels().iter().copied()).chain(drawn.copied()));
    }
    let pixels = images.pixels().iter().step_by(4099);
    fnv1a(count.into_iter().chain(images.labels().iter().copied()).chain(pixels.copied()))
}

impl<R: Real> From<&State<R>> for SavedState<R> {
    fn from(state: &State<R>) -> Self {
        Self {
            step: state.step,
            parameters: state.network.parameters.clone(),
            num_updates: state.optimizer.num_updates(),
            optimizer: state.optimizer.state().to_vec(),
        }
    }
}

impl<R: Real> SavedState<R> {
    fn restored(self, architecture: &Architecture, optimizer: OptimizerSettings) -> Result<State<R>> {
        // A run keeps no state but finite ones, and makes one update a step.
        let arrays = self.optimizer.iter().chain([&self.parameters]);
        if arrays.into_iter().any(|arrays| arrays.first_not_finite().is_some()) {
            return Err(SavedRunProblem::NotFinite.into());
        }
        if self.num_updates != self.step as u64 {
            return Err(SavedRunProblem::PartsDoNotFit.into());
        }
        Ok(State {
            step: self.step,
            network: Network::with_parameters(architecture.clone(), self.parameters)?,
            optimizer: Optimizer::with_state(optimizer, architecture, self.num_updates, self.optimizer)?,
        })
    }
}

impl From<&TrainingSettings> for SavedSettings {
    fn from(settings: &TrainingSettings) -> Self {
        let s = settings.clone();
        let initializer = match s.initializer {
            Initializer::GlorotUniform => (0, 0.0),
            Initializer::GlorotNormal => (1, 0.0),
            Initializer::HeUniform => (2, 0.0),
            Initializer::HeNormal => (3, 0.0),
            Initializer::Normal { deviation } => (4, deviation),
            Initializer::Zeros => (5, 0.0),
        };
        let optimizer = match s.optimizer {
            OptimizerSettings::Sgd => (0, [0.0; 4]),
            OptimizerSettings::Momentum { momentum } => (1, [momentum, 0.0, 0.0, 0.0]),
            OptimizerSettings::Nesterov { momentum } => (2, [momentum, 0.0, 0.0, 0.0]),
            OptimizerSettings::Adagrad { initial_accumulator, epsilon } => {
                (3, [initial_accumulator, epsilon, 0.0, 0.0])
            }
            OptimizerSettings::Rmsprop { rho, epsilon } => (4, [rho, epsilon, 0.0, 0.0]),
            OptimizerSettings::Adam { beta1, beta2, epsilon } => (5, [beta1, beta2, epsilon, 0.0]),
            OptimizerSettings::Adamw { beta1, beta2, epsilon, weight_decay } => {
                (6, [beta1, beta2, epsilon, weight_decay])
            }
        };
        Self {
            hidden: s.hidden,
            output: s.output,
            loss: s.loss,
            initializer,
            optimizer,
            learning_rate: s.learning_rate,
            batch_size: s.batch_size,
            epochs: s.epochs,
            seed: s.seed,
            pixels: s.pixels,
            training_images: s.training_images,
            validation_fraction: s.validation_fraction,
            l2: s.l2,
            patience: s.patience,
        }
    }
}

impl TryFrom<SavedSettings> for TrainingSettings {
    type Error = Error;

    fn try_from(s: SavedSettings) -> Result<Self> {
        let initializer = match s.initializer {
            (0, _) => Initializer::GlorotUniform,
            (1, _) => Initializer::GlorotNormal,
            (2, _) => Initializer::HeUniform,
            (3, _) => Initializer::HeNormal,
            (4, deviation) => Initializer::Normal { deviation },
            (5, _) => Initializer::Zeros,
            _ => return Err(SavedRunProblem::UnknownInitializer.into()),
        };
        let (kind, [a, b, c, d]) = s.optimizer;
        let optimizer = match kind {
            0 => OptimizerSettings::Sgd,
            1 => OptimizerSettings::Momentum { momentum: a },
            2 => OptimizerSettings::Nesterov { momentum: a },
            3 => OptimizerSettings::Adagrad { initial_accumulator: a, epsilon: b },
            4 => OptimizerSettings::Rmsprop { rho: a, epsilon: b },
            5 => OptimizerSettings::Adam { beta1: a, beta2: b, epsilon: c },
            6 => OptimizerSettings::Adamw { beta1: a, beta2: b, epsilon: c, weight_decay: d },
            _ => return Err(SavedRunProblem::UnknownOptimizer.into()),
        };
        Ok(Self {
            hidden: s.hidden,
            output: s.output,
            loss: s.loss,
            initializer,
            optimizer,
            learning_rate: s.learning_rate,
            batch_size: s.batch_size,
            epochs: s.epochs,
            seed: s.seed,
            pixels: s.pixels,
            training_images: s.training_images,
            validation_fraction: s.validation_fraction,
            l2: s.l2,
            patience: s.patience,
        })
    }
}

impl From<&Stopped> for SavedStop {
    fn from(stopped: &Stopped) -> Self {
        match *stopped {
            Stopped::Finished => Self::Finished,
            Stopped::EarlyStopped { best_epoch } => Self::EarlyStopped(best_epoch),
            Stopped::Diverged { step, layer, quantity } => Self::Diverged(step, layer, quantity),
        }
    }
}

impl From<SavedStop> for Stopped {
    fn from(stopped: SavedStop) -> Self {
        match stopped {
            SavedStop::Finished => Self::Finished,
            SavedStop::EarlyStopped(best_epoch) => Self::EarlyStopped { best_epoch },
            SavedStop::Diverged(step, layer, quantity) => Self::Diverged { step, layer, quantity },
        }
    }
}
