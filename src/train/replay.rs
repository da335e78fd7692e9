//! The way back: snapshots at intervals, and the same steps again from the nearest one.
//!
//! A step is a function of the state before it and of nothing else, so going
//! back to step `n` is: take a snapshot at or before `n`, and step until `n`.
//! The bits are the same because the steps are.
//!
//! Memory is bounded: at most [`Snapshots::BYTES`], or four snapshots where
//! four are more than that. When room runs out, old snapshots are thinned so
//! that their gaps grow with their age: yesterday is remembered hourly, the
//! last minute by the second. Step 0 is never dropped, so every step stays in reach.

use serde::{Deserialize, Serialize};

use super::history::{RateFrom, Running};
use super::settings::check_learning_rate;
use super::{SavedRunProblem, Trainer};
use crate::error::{Rule, SettingName};
use crate::nn::{Architecture, Network, Optimizer, OptimizerSettings};
use crate::{Real, Result};

/// Everything that a step reads and changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct State<R: Real> {
    /// Updates made.
    pub step: usize,
    /// Weights and biases.
    pub network: Network<R>,
    /// The rule's averages.
    pub optimizer: Optimizer<R>,
}

/// Bytes of the numbers in a [`State`]: weights, biases, and what the rule keeps for each.
pub fn bytes_of_state<R: Real>(architecture: &Architecture, optimizer: OptimizerSettings) -> usize {
    architecture.num_parameters() * (1 + optimizer.state_names().len()) * size_of::<R>()
}

/// Snapshots of a run, oldest first.
#[derive(Clone, Debug)]
pub struct Snapshots<R: Real> {
    interval: usize,
    capacity: usize,
    states: Vec<State<R>>,
}

impl<R: Real> Snapshots<R> {
    /// Most bytes of numbers kept, as long as at least four snapshots are.
    pub const BYTES: usize = 64 << 20;
    /// Multiply–adds that going back may have to repeat between two snapshots: about a tenth of a second.
    const REPEATED: u64 = 1 << 30;

    /// No snapshot yet, for a run that starts like `state` and takes `batch_size` images a step.
    pub fn new(state: &State<R>, batch_size: usize) -> Self {
        let architecture = state.network.architecture();
        let bytes = bytes_of_state::<R>(architecture, state.optimizer.settings());
        Self {
            interval: Self::interval_for(architecture, batch_size),
            capacity: Self::capacity_for(bytes),
            states: Vec::new(),
        }
    }

    /// Steps between two snapshots of a network that takes `batch_size` images a step.
    pub fn interval_for(architecture: &Architecture, batch_size: usize) -> usize {
        // Forward once, backward twice: gradients of weights and of inputs.
        let step = 3 * architecture.num_multiply_adds() as u64 * batch_size as u64;
        (Self::REPEATED / step).clamp(4, 64) as usize
    }

    /// How many are kept at most where one takes so many bytes.
    pub fn capacity_for(bytes: usize) -> usize {
        (Self::BYTES / bytes).clamp(4, 256)
    }

    /// Steps between two snapshots.
    pub fn interval(&self) -> usize {
        self.interval
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Keeps a copy of `state` when a snapshot is due, and thins the old ones when there are too many.
    pub fn offer(&mut self, state: &State<R>) {
        let newest = self.states.last().map(|last| last.step);
        if !state.step.is_multiple_of(self.interval) || newest >= Some(state.step) {
            return;
        }
        self.keep(state.clone());
    }

    /// Keeps `state`, which must be newer than every other.
    pub(super) fn keep(&mut self, state: State<R>) {
        if self.states.len() == self.capacity {
            self.states.remove(self.most_crowded(state.step));
        }
        self.states.push(state);
    }

    /// The snapshot whose neighbours are nearest to each other, measured against its age.
    fn most_crowded(&self, now: usize) -> usize {
        let crowding = |i: usize| {
            let gap = (self.states[i + 1].step - self.states[i - 1].step) as f64;
            gap / (now - self.states[i].step) as f64
        };
        (1..self.states.len() - 1)
            .min_by(|&a, &b| crowding(a).total_cmp(&crowding(b)))
            .expect("at least four snapshots")
    }

    /// The newest snapshot at or before `step`; forgets the newer ones, which are no longer of this run.
    pub fn back_to(&mut self, step: usize) -> Option<&State<R>> {
        self.states.retain(|state| state.step <= step);
        self.states.last()
    }

    /// The newest snapshot before `step`.
    pub fn before(&self, step: usize) -> Option<&State<R>> {
        self.states.iter().rev().find(|state| state.step < step)
    }
}

/// The way back, and what can be changed on the way.
impl<R: Real> Trainer<R> {
    /// Undoes the last update, to the bit; `false` when none was made yet.
    pub fn back_one_step(&mut self) -> bool {
        let Some(step) = self.state.step.checked_sub(1) else { return false };
        self.go_back_to(step).is_ok()
    }

    /// Returns to the exact state after `step` updates, by the nearest snapshot and the same steps again.
    ///
    /// The history, the learning rate and the validated epochs go back with it.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] when the run has not come that far.
    pub fn go_back_to(&mut self, step: usize) -> Result<()> {
        Rule::AtMost { max: self.state.step as f64 }.check(SettingName::Step, step)?;
        self.replay_to(step);
        self.learning_rates.retain(|&(from, _)| from <= step);
        self.history.losses.truncate(step);
        self.history.correct.truncate(step);
        self.history.epochs.retain(|record| record.step <= step);
        self.evaluation.clear();
        let ends_an_epoch = self.history.epochs.last().is_some_and(|record| record.step == step);
        self.stopped = if ends_an_epoch { self.reason_to_stop() } else { None };
        self.recount();
        Ok(())
    }

    /// Puts the weights and the optimizer where they were after `step` updates.
    pub(super) fn replay_to(&mut self, step: usize) {
        // Of a batch that was under way nothing is left: its buffers are used for the way back.
        self.part = None;
        self.state = match self.snapshots.back_to(step) {
            Some(snapshot) => snapshot.clone(),
            None => self.first_again(),
        };
        while self.state.step < step {
            self.snapshots.offer(&self.state);
            self.forward_batch(self.state.step);
            self.update();
        }
    }

    /// The running means of the epoch that the run stands in, from its history.
    pub(super) fn recount(&mut self) {
        let per_epoch = self.batches_per_epoch();
        self.running = Running::default();
        // At an epoch's very end the means shown are that epoch's, until the next one begins.
        let start = self.state.step.saturating_sub(1) / per_epoch * per_epoch;
        for step in start..self.state.step {
            let size = self.batch_range(step).len();
            self.running.add(self.history.losses[step], self.history.correct[step], size);
        }
    }

    /// Changes the learning rate from the next update on.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] as [`check_learning_rate`].
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()> {
        check_learning_rate(learning_rate)?;
        let step = self.state.step;
        self.learning_rates.retain(|&(from, _)| from < step);
        self.learning_rates.push((step, learning_rate));
        Ok(())
    }

    /// Every learning rate that the run has had, by the step from which on it acts.
    pub fn learning_rates(&self) -> impl ExactSizeIterator<Item = RateFrom> {
        self.learning_rates.iter().map(|&(step, learning_rate)| RateFrom { step, learning_rate })
    }

    /// Takes over the learning rates of a run that was like this one so far and went on: made again with
    /// them, every step is that run's, to the bit.
    ///
    /// # Errors
    /// [`crate::Error::SavedRun`] when these are no run's rates, or not those of the steps made already.
    pub fn follow_learning_rates(&mut self, rates: &[RateFrom]) -> Result<()> {
        let rates: Vec<_> = rates.iter().map(|rate| (rate.step, rate.learning_rate)).collect();
        let made = |all: &[(usize, f64)]| all.iter().filter(|(from, _)| *from < self.state.step).count();
        let agree = rates[..made(&rates)] == self.learning_rates[..made(&self.learning_rates)];
        if !agree || !are_rates(&rates) {
            return Err(SavedRunProblem::RatesDoNotFit.into());
        }
        self.learning_rates = rates;
        Ok(())
    }
}

/// Rates from step 0 on, in the order in which they were set, each one possible.
pub(super) fn are_rates(rates: &[(usize, f64)]) -> bool {
    rates.first().is_some_and(|&(from, _)| from == 0)
        && rates.is_sorted_by(|(earlier, _), (later, _)| earlier < later)
        && rates.iter().all(|&(_, rate)| check_learning_rate(rate).is_ok())
}
