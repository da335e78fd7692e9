//! What the Loss room asks for: losses of probabilities, a small descent, and the scatter of mini-batches.

use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::trainer::Trainer;
use super::{received, sent};
use crate::Error;
use crate::elementary::ln;
use crate::error::{Rule, SettingName};
use crate::nn::{Loss, probability_loss as textbook};
use crate::rooms::loss::batch_means::{self, BatchMeans};
use crate::rooms::loss::descent::{self, Bowl, Descent, DescentSettings, Point};
use crate::rooms::loss::hubble::galaxies;

/// One loss over a list of probabilities of the true class.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LossCurve {
    /// The loss at each probability.
    pub losses: Vec<f64>,
    /// Its slope along the probability.
    pub slopes: Vec<f64>,
    /// Its gradient with respect to the true class's logit.
    pub logit_gradients: Vec<f64>,
}

/// `loss` where the true class of `classes` has each of `probabilities`, and the others share the rest equally.
#[wasm_bindgen(js_name = lossCurve)]
pub fn loss_curve(loss: Ts<Loss>, probabilities: &[f64], classes: u32) -> Result<Ts<LossCurve>, JsValue> {
    let loss = received(loss)?;
    let points = probabilities.iter().map(|&q| textbook::along_truth(loss, q, classes as usize));
    let points = points.collect::<Result<Vec<_>, Error>>()?;
    sent(&LossCurve {
        losses: points.iter().map(|point| point.loss).collect(),
        slopes: points.iter().map(|point| point.slope).collect(),
        logit_gradients: points.iter().map(|point| point.logit_gradient).collect(),
    })
}

/// The logarithm to the base e of each number.
#[wasm_bindgen(js_name = naturalLogarithm)]
pub fn natural_logarithm(numbers: &[f64]) -> Vec<f64> {
    numbers.iter().map(|number| ln(*number)).collect()
}

/// The logistic cost of a prediction, part by part.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LogisticCost {
    /// `ln p`.
    pub log_p: f64,
    /// `ln(1 − p)`.
    pub log_rest: f64,
    /// The branch of `y = 1`: `−ln p`.
    pub if_one: f64,
    /// The branch of `y = 0`: `−ln(1 − p)`.
    pub if_zero: f64,
    /// Both in one formula: `−[y ln p + (1 − y) ln(1 − p)]`.
    pub joined: f64,
    /// `∂/∂p` of it.
    pub slope: f64,
}

/// The logistic cost of each prediction `p` of a truth `y`, 0 or 1.
#[wasm_bindgen(js_name = logisticCosts)]
pub fn logistic_costs(predictions: &[f64], y: f64) -> Result<Vec<Ts<LogisticCost>>, JsValue> {
    Rule::ZeroOrOne.check(SettingName::Truth, y)?;
    let costs = predictions.iter().map(|&p| {
        textbook::check_probability(p)?;
        sent(&LogisticCost {
            log_p: ln(p),
            log_rest: ln(1.0 - p),
            if_one: textbook::binary_cross_entropy(p, 1.0),
            if_zero: textbook::binary_cross_entropy(p, 0.0),
            joined: textbook::binary_cross_entropy(p, y),
            slope: textbook::binary_cross_entropy_slope(p, y),
        })
    });
    costs.collect()
}

/// A row of probabilities held against its label, written both ways.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LabelledLosses {
    /// The label as a one-hot row.
    pub targets: Vec<f64>,
    /// `(pₖ − tₖ)²`.
    pub squares: Vec<f64>,
    /// `−tₖ ln pₖ`.
    pub terms: Vec<f64>,
    /// `Σ pₖ`.
    pub sum: f64,
    /// `½ Σ (pₖ − tₖ)²`.
    pub half_sum_of_squares: f64,
    /// `1/K Σ (pₖ − tₖ)²`.
    pub mean_squared_error: f64,
    /// `−Σ tₖ ln pₖ`, from the one-hot row.
    pub from_one_hot: f64,
    /// `−ln p(label)`, from the index.
    pub from_index: f64,
}

/// The losses of one row of probabilities for the class `label`.
#[wasm_bindgen(js_name = labelledLosses)]
pub fn labelled_losses(probabilities: &[f64], label: u32) -> Result<Ts<LabelledLosses>, JsValue> {
    probabilities.iter().try_for_each(|&p| textbook::check_probability(p))?;
    let targets = textbook::one_hot(label as usize, probabilities.len())?;
    let pairs = || probabilities.iter().zip(&targets);
    sent(&LabelledLosses {
        squares: pairs().map(|(&p, &t)| textbook::squared_error(p, t)).collect(),
        terms: pairs().map(|(&p, &t)| textbook::weighted_surprise(t, p)).collect(),
        sum: probabilities.iter().sum(),
        half_sum_of_squares: textbook::half_sum_of_squares(probabilities, &targets),
        mean_squared_error: textbook::mean_squared_error(probabilities, &targets),
        from_one_hot: textbook::cross_entropy_of_one_hot(probabilities, &targets),
        from_index: textbook::cross_entropy_of_index(probabilities, label as usize),
        targets,
    })
}

/// Hubble's galaxies, and the bowl that the squared error of a line through them is.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DescentSurface {
    /// Distance in megaparsecs, velocity in 1000 km/s.
    // Written out: the page's types do not know the name.
    pub points: Vec<[f64; 2]>,
    /// The bowl's shape.
    pub bowl: Bowl,
    /// One ellipse for each level asked for; empty below the lowest loss.
    pub contours: Vec<Vec<[f64; 2]>>,
}

fn points() -> Vec<Point> {
    galaxies().iter().map(|galaxy| [galaxy.distance, galaxy.velocity]).collect()
}

/// The surface of the descent, with the level lines of `levels`.
#[wasm_bindgen(js_name = descentSurface)]
pub fn descent_surface(levels: &[f64]) -> Result<Ts<DescentSurface>, JsValue> {
    let points = points();
    let bowl = Bowl::of(&points)?;
    let contours = levels.iter().map(|&level| bowl.contour(level, 96)).collect();
    sent(&DescentSurface { points, bowl, contours })
}

/// A walk on that surface.
#[wasm_bindgen]
pub fn descend(settings: Ts<DescentSettings>) -> Result<Ts<Descent>, JsValue> {
    sent(&descent::descend(&points(), &received(settings)?)?)
}

/// The learning rate above which full-batch descent on that surface diverges.
#[wasm_bindgen(js_name = largestLearningRate)]
pub fn largest_learning_rate(momentum: f64) -> Result<f64, JsValue> {
    Ok(Bowl::of(&points())?.largest_rate(momentum))
}

/// The loss of every image of a run's data set, by its network as it was when the survey was made.
#[wasm_bindgen]
pub struct LossSurvey {
    survey: batch_means::LossSurvey<f32>,
}

#[wasm_bindgen]
impl LossSurvey {
    /// A survey by the network of `trainer`, which can train on meanwhile.
    #[wasm_bindgen(constructor)]
    pub fn new(trainer: &Trainer) -> Self {
        Self { survey: batch_means::LossSurvey::of(&trainer.trainer) }
    }

    /// Goes on for 64 images; true once every image has its loss.
    pub fn advance(&mut self) -> bool {
        self.survey.advance()
    }

    /// 0…1.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> f64 {
        self.survey.share()
    }

    /// Draws mini-batches of the losses so far; see [`BatchMeans::draw`].
    pub fn draw(
        &self,
        #[wasm_bindgen(js_name = batchSize)] batch_size: u32,
        count: u32,
        seed: u32,
    ) -> Result<Ts<BatchMeans>, JsValue> {
        let (size, count) = (batch_size as usize, count as usize);
        sent(&BatchMeans::draw(self.survey.losses(), size, count, seed)?)
    }
}
