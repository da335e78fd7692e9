//! What runs along the lines of a picture of the network, forward and back, for one image.

use serde::Serialize;

use super::{Pass, Step};
use crate::Result;
use crate::data::{PIXELS, SIDE};

/// What each line of a picture carries: a line of the first layer is a row of pixels, added up.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Signals {
    /// The units of each hidden layer that are drawn, in their order.
    pub units: Vec<Vec<usize>>,
    /// What goes forward into each layer, `Σ x·w` over a row of pixels or `a·w`: a row of numbers a source drawn,
    /// a number a unit drawn.
    pub forward: Vec<Vec<Vec<f64>>>,
    /// What comes back out of each layer, `w·δ`, in the same order. Nothing comes back to the pixels: of the first
    /// layer there is none.
    pub back: Vec<Vec<Vec<f64>>>,
}

impl Step {
    /// The lines of a picture with at most `most` units a hidden layer: those with the largest `|δ|` for the image of
    /// `pass`, and of `opened` the layer's own in any case.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for an opened unit that its layer does not have.
    pub fn signals(&self, pass: &Pass, most: usize, opened: &[usize]) -> Result<Signals> {
        let last = self.network.num_layers() - 1;
        for (layer, &unit) in opened.iter().enumerate().take(last) {
            self.check_place(layer, None, unit)?;
        }
        let units: Vec<Vec<usize>> = (0..last)
            .map(|layer| {
                let deltas = pass.d_pre_activations[layer].row(0);
                largest(&deltas.to_vec(), most.max(1), opened.get(layer).copied())
            })
            .collect();
        let outputs: Vec<usize> = (0..pass.logits().ncols()).collect();
        let drawn = |layer: usize| if layer == last { &outputs } else { &units[layer] };
        let forward = (0..=last).map(|layer| match layer {
            0 => self.pixel_lines(pass, drawn(0)),
            _ => self.unit_lines(pass, layer, drawn(layer - 1), drawn(layer)),
        });
        let back = (0..=last).map(|layer| match layer {
            0 => Ok(Vec::new()),
            _ => self.lines_back(pass, layer, drawn(layer - 1), drawn(layer)),
        });
        Ok(Signals { forward: forward.collect(), back: back.collect::<Result<_>>()?, units })
    }

    fn pixel_lines(&self, pass: &Pass, units: &[usize]) -> Vec<Vec<f64>> {
        let weights = &self.network.parameters.layers[0].weights;
        let x = pass.inputs_of(0);
        let inputs = weights.nrows();
        let a_row = if inputs == PIXELS { SIDE } else { 1 };
        let sum = |first: usize, unit: usize| {
            (first..first + a_row).map(|input| x[[0, input]] * weights[[input, unit]]).sum()
        };
        (0..inputs).step_by(a_row).map(|first| units.iter().map(|&unit| sum(first, unit)).collect()).collect()
    }

    fn unit_lines(&self, pass: &Pass, layer: usize, from: &[usize], to: &[usize]) -> Vec<Vec<f64>> {
        let weights = &self.network.parameters.layers[layer].weights;
        let a = pass.inputs_of(layer);
        from.iter().map(|&j| to.iter().map(|&k| a[[0, j]] * weights[[j, k]]).collect()).collect()
    }

    fn lines_back(&self, pass: &Pass, layer: usize, from: &[usize], to: &[usize]) -> Result<Vec<Vec<f64>>> {
        from.iter()
            .map(|&j| {
                let terms = self.passed_back(pass, layer - 1, j)?;
                Ok(to.iter().map(|&k| terms[k].product).collect())
            })
            .collect()
    }
}

/// The places of the `most` largest magnitudes, `always` among them, in their order. Of equals the first; what is not
/// a number comes last.
fn largest(values: &[f64], most: usize, always: Option<usize>) -> Vec<usize> {
    let size = |at: usize| if values[at].is_nan() { -1.0 } else { values[at].abs() };
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|&one, &other| size(other).total_cmp(&size(one)));
    if let Some(always) = always {
        places.retain(|&place| place != always);
        places.insert(0, always);
    }
    places.truncate(most);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn the_largest_magnitudes_are_drawn_in_their_order_and_the_opened_one_always() {
        let values = [0.0, -3.0, 1.0, f64::NAN, 2.0, -1.0];
        assert_eq!(largest(&values, 3, None), [1, 2, 4]);
        assert_eq!(largest(&values, 3, Some(0)), [0, 1, 4]);
        assert_eq!(largest(&values, 3, Some(1)), [1, 2, 4]);
        assert_eq!(largest(&values, 9, Some(3)), [0, 1, 2, 3, 4, 5]);
    }
}
