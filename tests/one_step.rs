//! What the One step room shows of a step: the values and sums behind its pictures and tables.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/steps.rs"]
mod steps;

use approx::assert_relative_eq;
use atelier::anatomy::{Bug, Step, WeightQuantity};
use atelier::train::TrainingSettings;
use steps::{networks, run};

#[test]
fn a_sheet_has_every_weight_of_its_units_unit_by_unit() {
    for settings in networks() {
        let step = Step::of(&mut run(settings.clone(), 4), None).unwrap();
        let image = step.image(1).unwrap();
        for layer in 0..=settings.hidden.len() {
            let sheet = |quantity| step.sheet(&image, quantity, layer, 1, 3).unwrap();
            let before = &step.network().parameters.layers[layer].weights;
            let after = &step.network_after().parameters.layers[layer].weights;
            let (own, batch) = (&image.gradients.layers[layer], &step.batch().gradients.layers[layer]);
            let x = image.inputs_of(layer);
            let inputs = before.nrows();
            assert_eq!(sheet(WeightQuantity::Weights).len(), 3 * inputs);
            for place in 0..3 * inputs {
                let (input, unit) = (place % inputs, 1 + place / inputs);
                let at = [input, unit];
                assert_eq!(sheet(WeightQuantity::Weights)[place], before[at]);
                assert_eq!(sheet(WeightQuantity::Products)[place], x[[0, input]] * before[at]);
                assert_eq!(sheet(WeightQuantity::Gradient)[place], own.weights[at]);
                assert_eq!(sheet(WeightQuantity::BatchGradient)[place], batch.weights[at]);
                assert_eq!(sheet(WeightQuantity::Step)[place], after[at] - before[at]);
                if place > 40 {
                    break;
                }
            }
            // The products of a unit, with its bias, are its weighted sum.
            let products = sheet(WeightQuantity::Products);
            for (unit, products) in (1..4).zip(products.chunks(inputs)) {
                let sum = products.iter().sum::<f64>() + step.network().parameters.layers[layer].bias[unit];
                assert_relative_eq!(
                    sum,
                    image.pre_activations[layer][[0, unit]],
                    max_relative = 1e-9,
                    epsilon = 1e-12
                );
            }
        }
    }
}

#[test]
fn with_a_bug_the_pictures_are_of_the_wrong_step() {
    let mut trainer = run(TrainingSettings::default(), 4);
    let sheet = |bug, quantity| {
        let step = Step::of(&mut trainer.clone(), bug).unwrap();
        step.sheet(&step.image(0).unwrap(), quantity, 0, 0, 1).unwrap()
    };
    let (right, wrong) =
        (sheet(None, WeightQuantity::Step), sheet(Some(Bug::WrongSign), WeightQuantity::Step));
    for (right, wrong) in right.iter().zip(&wrong) {
        assert_relative_eq!(*right, -wrong, max_relative = 1e-9, epsilon = 1e-15);
    }
    assert_eq!(sheet(None, WeightQuantity::Weights), sheet(Some(Bug::WrongSign), WeightQuantity::Weights));
    trainer.advance_steps(1);
}

#[test]
fn units_that_are_not_there_are_refused() {
    let step = Step::of(&mut run(TrainingSettings::default(), 0), None).unwrap();
    let image = step.image(0).unwrap();
    let refused = |layer, first, count| {
        step.sheet(&image, WeightQuantity::Weights, layer, first, count).unwrap_err().to_string()
    };
    assert!(refused(1, 0, 1).contains("layer is 1"));
    assert!(refused(0, 10, 1).contains("unit is 10"));
    assert!(refused(0, usize::MAX, 1).contains("unit is"));
    assert!(refused(0, 8, 3).contains("units is 3"));
    assert!(refused(0, 8, 0).contains("units is 0"));
}
