//! Logic gates of two inputs by one neuron, or by two layers of them, and why one cannot do XOR.
//!
//! One neuron says 1 on one side of the line `w₁·x₁ + w₂·x₂ + b = 0` and 0 on
//! the other. XOR wants the corners (0, 1) and (1, 0) on one side and (0, 0) and
//! (1, 1) on the other; but then
//!
//! ```text
//! (w₂ + b) + (w₁ + b) > 0     and     b + (w₁ + w₂ + b) ≤ 0,
//! ```
//!
//! and both left sides are `w₁ + w₂ + 2b`. No number is above 0 and not.

use serde::{Deserialize, Serialize};

use super::Neuron;
use crate::elementary::hypot;
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::Activation;
use crate::{Error, Result};

/// What a gate of two inputs should say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Gate {
    /// 1 when both are.
    And,
    /// 1 when at least one is.
    Or,
    /// 0 when both are.
    Nand,
    /// 1 when exactly one is.
    Xor,
}

impl Gate {
    /// The right answer.
    pub fn answer(self, first: bool, second: bool) -> bool {
        match self {
            Self::And => first && second,
            Self::Or => first || second,
            Self::Nand => !(first && second),
            Self::Xor => first != second,
        }
    }
}

/// Neurons that look at the two inputs: one alone, or some whose outputs another looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GateNetwork {
    /// Neurons between the inputs and the last one; none for a single neuron.
    pub hidden: Vec<Neuron>,
    /// The neuron that answers.
    pub output: Neuron,
    /// What each neuron does with its weighted sum.
    pub activation: Activation,
}

/// One line of a truth table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GateRow {
    /// The two inputs, 0 or 1.
    pub inputs: [f64; 2],
    /// Outputs of the hidden neurons.
    pub hidden: Vec<f64>,
    /// The weighted sum of the last neuron.
    pub pre_activation: f64,
    /// Its output.
    pub output: f64,
    /// The output read as an answer: 1 when it is above one half, that is when its sum is above 0.
    pub answer: bool,
    /// What the gate should answer.
    pub wanted: bool,
}

/// How a network does as a gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct GateReport {
    /// Inputs 00, 01, 10, 11.
    pub rows: Vec<GateRow>,
    /// Answers that are wanted.
    pub num_right: usize,
    /// The sum of the last neuron's sums at 01 and 10.
    pub mixed_sum: f64,
    /// The sum of the last neuron's sums at 00 and 11; with one neuron the same number, `w₁ + w₂ + 2b`.
    pub equal_sum: f64,
    /// For every neuron that sees the inputs, the two ends (first, second) of its line `z = 0` in the drawn
    /// square; none outside it.
    pub lines: Vec<Option<[[f64; 2]; 2]>>,
    /// The last neuron's line over the two hidden outputs; none without a hidden layer or outside the square.
    pub hidden_line: Option<[[f64; 2]; 2]>,
}

/// The square that is drawn reaches this far beyond 0 and 1.
pub const MARGIN: f64 = 0.5;

impl GateNetwork {
    /// Checks the sizes and the numbers.
    ///
    /// # Errors
    /// [`Error::Shape`] when a neuron has another number of weights than inputs or the hidden layer is not of
    /// 0 or 2 neurons, [`Error::Setting`] for a number that is not finite.
    pub fn check(&self) -> Result<()> {
        if !matches!(self.hidden.len(), 0 | 2) {
            return Err(Error::shape(ArrayName::HiddenLayer, 2, self.hidden.len()));
        }
        self.hidden.iter().try_for_each(|neuron| neuron.check(2))?;
        self.output.check(2)
    }

    /// Hidden outputs, the last sum, the last output.
    fn run(&self, inputs: [f64; 2]) -> (Vec<f64>, f64, f64) {
        let hidden: Vec<f64> =
            self.hidden.iter().map(|neuron| self.activation.value(neuron.weighted_sum(&inputs))).collect();
        let z = self.output.weighted_sum(if hidden.is_empty() { &inputs } else { &hidden });
        (hidden, z, self.activation.value(z))
    }

    /// The truth table beside what `gate` wants, the lines, and the sums of the proof.
    ///
    /// # Errors
    /// As [`GateNetwork::check`].
    ///
    /// # Examples
    /// ```
    /// use atelier::nn::Activation;
    /// use atelier::rooms::neuron::{Neuron, gate::{Gate, GateNetwork}};
    /// let neuron = |w1, w2, bias| Neuron { weights: vec![w1, w2], bias };
    /// // XOR is (OR) AND (NAND).
    /// let hidden = vec![neuron(1.0, 1.0, -0.5), neuron(-1.0, -1.0, 1.5)];
    /// let network = GateNetwork { hidden, output: neuron(1.0, 1.0, -1.5), activation: Activation::Step };
    /// assert_eq!(network.report(Gate::Xor)?.num_right, 4);
    /// # Ok::<(), atelier::Error>(())
    /// ```
    pub fn report(&self, gate: Gate) -> Result<GateReport> {
        self.check()?;
        let rows: Vec<GateRow> = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
            .map(|inputs| {
                let (hidden, pre_activation, output) = self.run(inputs);
                let wanted = gate.answer(inputs[0] == 1.0, inputs[1] == 1.0);
                GateRow { inputs, hidden, pre_activation, output, answer: pre_activation > 0.0, wanted }
            })
            .into();
        let seers = if self.hidden.is_empty() { std::slice::from_ref(&self.output) } else { &self.hidden };
        Ok(GateReport {
            num_right: rows.iter().filter(|row| row.answer == row.wanted).count(),
            mixed_sum: rows[1].pre_activation + rows[2].pre_activation,
            equal_sum: rows[0].pre_activation + rows[3].pre_activation,
            lines: seers.iter().map(line).collect(),
            hidden_line: if self.hidden.is_empty() { None } else { line(&self.output) },
            rows,
        })
    }

    /// Outputs over the drawn square, `side` × `side`, from the top (second input largest) down.
    ///
    /// # Errors
    /// As [`GateNetwork::check`], and [`Error::Setting`] for a side outside 2 to 512.
    pub fn plane(&self, side: usize) -> Result<Vec<f64>> {
        self.check()?;
        Rule::range(2.0, 512.0).check(SettingName::Side, side)?;
        let span = 1.0 + 2.0 * MARGIN;
        // Each value stands for the middle of its pixel.
        let at = |index: usize| span * (index as f64 + 0.5) / side as f64 - MARGIN;
        let places = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        Ok(places.map(|(row, column)| self.run([at(column), at(side - 1 - row)]).2).collect())
    }
}

/// Where `w₁·x₁ + w₂·x₂ + b = 0` crosses the border of the square from −margin to 1 + margin.
fn line(neuron: &Neuron) -> Option<[[f64; 2]; 2]> {
    let (low, high) = (-MARGIN, 1.0 + MARGIN);
    let [w1, w2] = [neuron.weights[0], neuron.weights[1]];
    if w1 == 0.0 && w2 == 0.0 {
        return None;
    }
    let inside = |x: &f64| (low..=high).contains(x);
    // Crossed through its steeper side, so that the division is by the larger weight and parallel
    // borders never meet it.
    let mut ends: Vec<[f64; 2]> = Vec::new();
    let mut meet = |point: [f64; 2]| {
        if point.iter().all(inside) && !ends.contains(&point) {
            ends.push(point);
        }
    };
    for border in [low, high] {
        if w2 != 0.0 {
            meet([border, -(w1 * border + neuron.bias) / w2]);
        }
        if w1 != 0.0 {
            meet([-(w2 * border + neuron.bias) / w1, border]);
        }
    }
    // A line through a corner of the square meets two borders in one point; the farthest pair is the line.
    let distance = |a: &[f64; 2], b: &[f64; 2]| hypot(a[0] - b[0], a[1] - b[1]);
    let first = *ends.first()?;
    let last = *ends.iter().max_by(|a, b| distance(a, &first).total_cmp(&distance(b, &first)))?;
    (last != first).then_some([first, last])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neuron(w1: f64, w2: f64, bias: f64) -> Neuron {
        Neuron { weights: vec![w1, w2], bias }
    }
    fn one(w1: f64, w2: f64, bias: f64, activation: Activation) -> GateNetwork {
        GateNetwork { hidden: Vec::new(), output: neuron(w1, w2, bias), activation }
    }

    #[test]
    fn one_neuron_does_and_or_and_nand() {
        for activation in [Activation::Step, Activation::Sigmoid] {
            for (gate, w, b) in [(Gate::And, 1.0, -1.5), (Gate::Or, 1.0, -0.5), (Gate::Nand, -1.0, 1.5)] {
                let report = one(w, w, b, activation).report(gate).unwrap();
                assert_eq!(report.num_right, 4, "{gate:?} by {activation:?}");
            }
        }
    }

    #[test]
    fn no_neuron_does_xor_whatever_its_numbers() {
        let numbers: Vec<f64> = (-12..=12).map(|n| f64::from(n) / 4.0).collect();
        let mut best = 0;
        for &w1 in &numbers {
            for &w2 in &numbers {
                for &b in &numbers {
                    let report = one(w1, w2, b, Activation::Step).report(Gate::Xor).unwrap();
                    // Quarters add up exactly, so the two sums of the proof are the same bits.
                    assert_eq!(report.mixed_sum, report.equal_sum);
                    best = best.max(report.num_right);
                }
            }
        }
        assert_eq!(best, 3);
    }

    #[test]
    fn a_line_has_both_ends_on_the_border_and_on_the_neuron() {
        for n in
            [neuron(1.0, 1.0, -1.5), neuron(0.0, 2.0, -1.0), neuron(-3.0, 0.5, 0.25), neuron(1.0, -1.0, 0.0)]
        {
            let ends = line(&n).unwrap();
            for end in ends {
                assert!(n.weighted_sum(&end).abs() < 1e-12, "{end:?}");
                assert!(end.iter().any(|&x| x == -MARGIN || x == 1.0 + MARGIN), "{end:?}");
            }
            assert!(ends[0] != ends[1]);
        }
        assert_eq!(line(&neuron(1.0, 1.0, 9.0)), None);
        assert_eq!(line(&neuron(0.0, 0.0, 1.0)), None);
    }

    #[test]
    fn the_plane_has_the_second_input_upwards() {
        // Only the second input counts: the upper half says 1.
        let plane = one(0.0, 1.0, -0.5, Activation::Step).plane(8).unwrap();
        assert!(plane[..32].iter().all(|&y| y == 1.0) && plane[32..].iter().all(|&y| y == 0.0));
    }

    #[test]
    fn wrong_sizes_are_refused() {
        let mut network = one(1.0, 1.0, 0.0, Activation::Step);
        network.hidden = vec![neuron(1.0, 1.0, 0.0)];
        assert!(network.report(Gate::And).is_err());
        network.hidden.clear();
        network.output.weights.push(1.0);
        assert!(network.plane(8).is_err());
        assert!(one(1.0, 1.0, 0.0, Activation::Step).plane(1).is_err());
    }
}
