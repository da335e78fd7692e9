//! What the Loss room asks for, across the boundary, in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::nn::{Loss, OptimizerSettings};
use atelier::rooms::loss::descent::DescentSettings;
use atelier::train::TrainingSettings;
use atelier::wasm::data::DataSet;
use atelier::wasm::loss_room::{
    LossSurvey, descend, descent_surface, labelled_losses, largest_learning_rate, logistic_costs, loss_curve,
    natural_logarithm,
};
use atelier::wasm::trainer::Trainer;
use tsify::Tsify;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn message<T>(answer: Result<T, JsValue>) -> String {
    let error: js_sys::Error = answer.err().expect("an error").into();
    assert_eq!(error.name(), "EngineError");
    error.message().into()
}

#[wasm_bindgen_test]
fn a_curve_has_its_loss_slope_and_gradient() {
    let curve = |loss: Loss, classes| {
        loss_curve(loss.into_ts().unwrap(), &[0.25, 0.5], classes).map(|curve| curve.to_rust().unwrap())
    };
    let cross_entropy = curve(Loss::CategoricalCrossEntropy, 10).unwrap();
    assert_eq!(cross_entropy.losses[1], 2_f64.ln());
    assert_eq!((cross_entropy.slopes[0], cross_entropy.logit_gradients[0]), (-4.0, -0.75));
    let squares = curve(Loss::MeanSquaredError, 2).unwrap();
    assert_eq!((squares.losses[1], squares.slopes[1]), (0.25, -1.0));
    assert!(message(curve(Loss::BinaryCrossEntropy, 1)).contains("numClasses is 1"));
    let outside = loss_curve(Loss::MeanSquaredError.into_ts().unwrap(), &[1.5], 2);
    assert!(message(outside).contains("probability is 1.5"));
}

#[wasm_bindgen_test]
fn logarithms_are_the_lesson_s() {
    let logs = natural_logarithm(&[0.6, 0.1, 1.0, 0.0]);
    assert_eq!(logs.iter().map(|log| format!("{:.2}", -log)).take(2).collect::<Vec<_>>(), ["0.51", "2.30"]);
    assert_eq!(logs[2..], [0.0, f64::NEG_INFINITY]);
}

#[wasm_bindgen_test]
fn one_formula_joins_both_branches() {
    for y in [0.0, 1.0] {
        for cost in logistic_costs(&[0.0, 0.2, 1.0], y).unwrap() {
            let cost = cost.to_rust().unwrap();
            assert_eq!(cost.joined, if y == 1.0 { cost.if_one } else { cost.if_zero });
        }
    }
    let cost = logistic_costs(&[0.2], 1.0).unwrap()[0].to_rust().unwrap();
    assert_eq!((cost.if_one, cost.slope), (-cost.log_p, -5.0));
    assert!(message(logistic_costs(&[0.2], 0.5)).contains("0 or 1"));
    assert!(message(logistic_costs(&[-0.2], 1.0)).contains("probability"));
}

#[wasm_bindgen_test]
fn one_hot_and_index_give_the_same_loss() {
    let answer = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0];
    let losses = labelled_losses(&answer, 2).unwrap().to_rust().unwrap();
    assert_eq!(losses.from_one_hot, losses.from_index);
    assert_eq!(format!("{:.4} {:.2}", losses.half_sum_of_squares, losses.from_index), "0.0975 0.51");
    assert_eq!(format!("{:.4}", losses.mean_squared_error), "0.0195");
    let hopeless = labelled_losses(&answer, 3).unwrap().to_rust().unwrap();
    assert_eq!(hopeless.from_index, f64::INFINITY);
    assert!(message(labelled_losses(&answer, 10)).contains("label is 10"));
    assert!(message(labelled_losses(&[2.0], 0)).contains("probability"));
}

#[wasm_bindgen_test]
fn a_descent_walks_on_its_surface() {
    let surface = descent_surface(&[0.001, 0.2]).unwrap().to_rust().unwrap();
    assert_eq!((surface.points.len(), surface.contours[0].len(), surface.contours[1].len()), (24, 0, 96));
    let walk = |learning_rate| {
        let settings = DescentSettings {
            start: [-0.4, 0.9],
            optimizer: OptimizerSettings::Sgd,
            learning_rate,
            batch_size: 24,
            steps: 200,
            seed: 1,
        };
        descend(settings.into_ts().unwrap()).map(|walk| walk.to_rust().unwrap())
    };
    let limit = largest_learning_rate(0.0).unwrap();
    let near = walk(limit / 2.0).unwrap();
    assert!((near.steps[200].weight - surface.bowl.minimum[0]).abs() < 1e-6 && !near.diverged);
    assert!(walk(1.1 * limit).unwrap().diverged);
    assert!(message(walk(0.0)).contains("learningRate"));
}

#[wasm_bindgen_test]
fn a_survey_draws_batches_of_a_run() {
    let pixels: Vec<u8> = (0..100_u8).flat_map(|number| vec![number; 784]).collect();
    let labels: Vec<u8> = (0..100).map(|number| number % 2).collect();
    let set = DataSet::from_bytes(pixels, labels, vec!["even".to_owned(), "odd".to_owned()]).unwrap();
    let trainer = Trainer::new(&set, TrainingSettings::default().into_ts().unwrap()).unwrap();
    let mut survey = LossSurvey::new(&trainer);
    assert!(message(survey.draw(10, 5, 1)).contains("losses"));
    assert!(!survey.advance() && survey.share() == 0.64);
    assert!(survey.advance());
    let drawn = survey.draw(10, 5, 1).unwrap().to_rust().unwrap();
    assert_eq!((drawn.num_images, drawn.batch_size, drawn.means.len()), (100, 10, 5));
    assert!(message(survey.draw(0, 5, 1)).contains("batchSize"));
}
