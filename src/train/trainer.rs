//! The training machine: a mini-batch at a time, then the validation images, a slice at a time.
//!
//! ```text
//!            last batch of the epoch             all validation images seen
//! training ─────────────────────────▶ validating ──────────────────────────▶ training … finished
//! ```
//!
//! [`Trainer::advance`] does one small piece of work and returns, so that
//! whoever drives it can stop, change the learning rate or step back between
//! any two pieces. The order of epoch `e` is a function of the seed and `e`, the
//! weights of the settings and the steps made: nothing else has a say.

use std::rc::Rc;

use super::Evaluation;
use super::batch::{Part, UNBROKEN, overflow};
use super::history::{EpochRecord, History, Running};
use super::inputs::Inputs;
use super::replay::{Snapshots, State};
use super::report::{Phase, Report, Stopped};
use super::settings::TrainingSettings;
use super::start::Start;
use crate::data::{LabelledImages, PixelScaling, batches};
use crate::error::{Rule, SettingName};
use crate::nn::{Backward, Forward, Network, Optimizer};
use crate::{Generator, Real, Result};

/// A run: settings, images, weights, and everything they have been through.
#[derive(Clone, Debug)]
pub struct Trainer<R: Real> {
    pub(super) settings: TrainingSettings,
    pub(super) images: Rc<LabelledImages>,
    pub(super) train: Vec<u32>,
    pub(super) validation: Rc<[u32]>,
    pub(super) inputs: Inputs<R>,
    pub(super) state: State<R>,
    /// What it began with, where that was not drawn from the seed.
    pub(super) start: Option<Start<R>>,
    /// The learning rate from each of these steps on, by step.
    pub(super) learning_rates: Vec<(usize, f64)>,
    pub(super) history: History,
    pub(super) running: Running,
    pub(super) evaluation: Evaluation,
    pub(super) stopped: Option<Stopped>,
    pub(super) snapshots: Snapshots<R>,
    pub(super) order: Vec<u32>,
    pub(super) order_of_epoch: Option<usize>,
    /// Whether the first epoch takes the training images as they come.
    pub(super) begins_in_file_order: bool,
    pub(super) labels: Vec<u8>,
    pub(super) forward: Forward<R>,
    pub(super) backward: Backward<R>,
    /// What comes next of the batch that is under way; none between two batches.
    pub(super) part: Option<Part>,
    /// Whether one batch is so much work that it is done in parts.
    pub(super) in_parts: bool,
    /// After which update `backward` holds that update's gradients; none before the first.
    pub(super) gradients_of: Option<usize>,
    pub(super) inference: Forward<R>,
}

/// Images in a slice of inference: a few milliseconds of work for the largest network.
pub(crate) const SLICE: usize = 64;

impl<R: Real> Trainer<R> {
    /// A run at its start: images split and scaled, weights drawn.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for the first setting outside its range.
    pub fn new(images: Rc<LabelledImages>, settings: TrainingSettings) -> Result<Self> {
        settings.check(&images)?;
        let count = settings.num_images(&images) as u32;
        let (train, validation) = if settings.validation_fraction == 0.0 {
            ((0..count).collect(), Vec::new())
        } else {
            images.split(count, settings.validation_fraction, settings.seed)?
        };
        let scaling = PixelScaling::fit(settings.pixels, &images, &train);
        let architecture = settings.architecture(images.num_classes());
        let state = Self::first_state(&settings, images.num_classes())?;
        Ok(Self {
            inputs: Inputs::new(&scaling),
            snapshots: Snapshots::new(&state, settings.batch_size),
            state,
            start: None,
            learning_rates: vec![(0, settings.learning_rate)],
            history: History::default(),
            running: Running::default(),
            evaluation: Evaluation::new(images.num_classes(), validation.len()),
            stopped: None,
            order: train.clone(),
            order_of_epoch: None,
            begins_in_file_order: false,
            labels: Vec::with_capacity(settings.batch_size),
            forward: Forward::with_capacity(&architecture, settings.batch_size.min(train.len())),
            backward: Backward::with_capacity(&architecture, settings.batch_size.min(train.len())),
            part: None,
            in_parts: architecture.num_multiply_adds_of_step(settings.batch_size.min(train.len())) > UNBROKEN,
            gradients_of: None,
            inference: Forward::with_capacity(&architecture, SLICE),
            settings,
            images,
            train,
            validation: validation.into(),
        })
    }

    /// The same run with the training images of its first epoch as they come, as Home's network takes them
    /// ([`crate::rooms::home`]).
    ///
    /// To be called at its start. It is nothing of the settings, and no saved run remembers it.
    pub fn in_file_order(self) -> Self {
        Self { begins_in_file_order: true, order_of_epoch: None, ..self }
    }

    /// The state before the first step: a function of the settings.
    fn first_state(settings: &TrainingSettings, num_classes: usize) -> Result<State<R>> {
        let architecture = settings.architecture(num_classes);
        let optimizer = Optimizer::new(settings.optimizer, &architecture)?;
        let mut generator = Generator::new(u64::from(settings.seed));
        let network = Network::new(architecture, settings.initializer, &mut generator)?;
        Ok(State { step: 0, network, optimizer })
    }

    /// The state before the first step, once more.
    pub(super) fn first_again(&self) -> State<R> {
        let mut state = Self::first_state(&self.settings, self.images.num_classes())
            .expect("these settings have made a first state before");
        if let Some(start) = &self.start {
            state.network.parameters.clone_from(&start.parameters);
        }
        state
    }

    /// Changes how many epochs the run has; acts at once.
    ///
    /// A run whose epochs were all done goes on when there are more of them now. Nothing that was
    /// trained changes.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] as [`TrainingSettings::check`], and for fewer epochs than were begun already.
    pub fn set_epochs(&mut self, epochs: usize) -> Result<()> {
        let settings = TrainingSettings { epochs, ..self.settings.clone() };
        settings.check(&self.images)?;
        let begun = self.state.step.div_ceil(self.batches_per_epoch());
        Rule::EpochsBegun { epochs: begun }.check(SettingName::Epochs, epochs)?;
        self.settings = settings;
        if matches!(self.stopped, None | Some(Stopped::Finished)) {
            self.stopped = (self.history.epochs.len() == epochs).then_some(Stopped::Finished);
        }
        Ok(())
    }

    /// One piece of work: a mini-batch, or a part of a large one, or a slice of the validation images, or nothing when
    /// finished.
    pub fn advance(&mut self) {
        match self.phase() {
            Phase::Training => self.train(),
            Phase::Validating => self.validate_slice(),
            Phase::Finished => {}
        }
    }

    /// Advances until `go_on` says no, `num_finished` epochs are recorded, or the run is over.
    pub fn advance_while(&mut self, num_finished: usize, go_on: impl FnMut() -> bool) -> Report {
        self.advance_towards(0, num_finished, go_on)
    }

    /// Advances until `step` updates are made **and** `num_finished` epochs recorded, `go_on` says no, or
    /// the run is over. Where both are of one moment of a run, it stops at that moment.
    pub fn advance_towards(
        &mut self,
        step: usize,
        num_finished: usize,
        mut go_on: impl FnMut() -> bool,
    ) -> Report {
        while self.phase() != Phase::Finished
            && (self.state.step < step || self.history.epochs.len() < num_finished)
            && go_on()
        {
            self.advance();
        }
        self.report()
    }

    /// Advances until `num_steps` more updates are made or the run is over.
    pub fn advance_steps(&mut self, num_steps: usize) -> Report {
        let target = self.state.step.saturating_add(num_steps);
        while self.phase() != Phase::Finished && self.state.step < target {
            self.advance();
        }
        self.report()
    }

    /// What comes next.
    pub fn phase(&self) -> Phase {
        let epoch_end = (self.history.epochs.len() + 1) * self.batches_per_epoch();
        match self.stopped {
            Some(_) => Phase::Finished,
            None if self.state.step == epoch_end => Phase::Validating,
            None => Phase::Training,
        }
    }

    /// Where the run stands.
    pub fn report(&self) -> Report {
        let per_epoch = self.batches_per_epoch();
        let finished_epochs = self.history.epochs.len();
        let phase = self.phase();
        let epoch = (finished_epochs + 1).min(self.settings.epochs);
        let last = self.state.step.checked_sub(1);
        Report {
            phase,
            step: self.state.step,
            epoch,
            batch_in_epoch: self.state.step - (epoch - 1) * per_epoch,
            batches_per_epoch: per_epoch,
            finished_epochs,
            loss: last.map(|step| f64::from(self.history.losses[step])),
            accuracy: last.map(|step| {
                let size = self.batch_range(step).len();
                f64::from(self.history.correct[step]) / size as f64
            }),
            epoch_loss: self.running.loss(),
            epoch_accuracy: self.running.accuracy(),
            validated: self.evaluation.count(),
            num_validation: self.validation.len(),
            num_training: self.train.len(),
            learning_rate: rate_at(&self.learning_rates, self.state.step),
            stopped: self.stopped.clone(),
        }
    }

    /// Mini-batches in an epoch, the last partial one included.
    pub fn batches_per_epoch(&self) -> usize {
        batches::num_batches(self.train.len(), self.settings.batch_size)
    }

    /// Where in its epoch's order the batch of `step` (from 0 on) stands.
    pub(super) fn batch_range(&self, step: usize) -> std::ops::Range<usize> {
        let start = step % self.batches_per_epoch() * self.settings.batch_size;
        start..(start + self.settings.batch_size).min(self.train.len())
    }

    fn validate_slice(&mut self) {
        let (images, validation) = (Rc::clone(&self.images), Rc::clone(&self.validation));
        let mut evaluation = std::mem::take(&mut self.evaluation);
        let start = evaluation.count();
        self.answer(&images, &validation[start..(start + SLICE).min(validation.len())], &mut evaluation);
        let overflow = overflow(&self.inference, evaluation.loss().unwrap_or_default());
        self.evaluation = evaluation;
        if let Some((layer, quantity)) = overflow {
            // The last update led here: the state before it is kept, as where a batch overflows.
            let step = self.state.step;
            self.go_back_to(step - 1).expect("a validation follows an update");
            self.stopped = Some(Stopped::Diverged { step, layer, quantity });
        } else if self.evaluation.count() == self.validation.len() {
            self.record_epoch();
        }
    }

    fn record_epoch(&mut self) {
        let step = self.state.step;
        let penalty = self.state.network.penalty(self.settings.l2);
        self.history.epochs.push(EpochRecord {
            epoch: self.history.epochs.len() + 1,
            step,
            loss: self.running.loss().expect("an epoch has a batch"),
            accuracy: self.running.accuracy().expect("an epoch has a batch"),
            validation_loss: self.evaluation.loss().map(|loss| loss + penalty),
            validation_accuracy: self.evaluation.accuracy(),
            learning_rate: rate_at(&self.learning_rates, step - 1),
        });
        self.stopped = self.reason_to_stop();
    }

    pub(super) fn reason_to_stop(&self) -> Option<Stopped> {
        let epochs = &self.history.epochs;
        if let Some(patience) = self.settings.patience {
            let losses = epochs.iter().filter_map(|record| Some((record.epoch, record.validation_loss?)));
            // The first of equals: a loss that only stays the same has not fallen.
            let best = losses.reduce(|best, next| if next.1 < best.1 { next } else { best });
            if let Some((best_epoch, _)) = best
                && epochs.len() - best_epoch >= patience
            {
                return Some(Stopped::EarlyStopped { best_epoch });
            }
        }
        (epochs.len() == self.settings.epochs).then_some(Stopped::Finished)
    }
}

/// The learning rate of the update that follows `step` others.
pub(super) fn rate_at(learning_rates: &[(usize, f64)], step: usize) -> f64 {
    let (_, rate) = learning_rates.iter().rev().find(|(from, _)| *from <= step).expect("step 0 has a rate");
    *rate
}
