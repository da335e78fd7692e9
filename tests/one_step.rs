//! What the One step room shows of a step: the values and sums behind its pictures and tables.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/steps.rs"]
mod steps;

use approx::assert_relative_eq;
use atelier::nn::gradient_check::Objective;
use atelier::nn::{Loss, OptimizerSettings, Output};
use atelier::rooms::one_step::check::Place;
use atelier::rooms::one_step::{Bug, Step, WeightQuantity};
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

#[test]
fn a_scene_has_the_numbers_of_the_pass_and_they_add_up() {
    for settings in networks() {
        for bug in [None, Some(Bug::DropMaximum), Some(Bug::ForgetTarget)] {
            let mut trainer = run(settings.clone(), 4);
            let Ok(step) = Step::of(&mut trainer, bug) else { continue };
            let image = step.image(2).unwrap();
            let scene = step.scene(2, &image).unwrap();
            assert_eq!((scene.place, scene.images.len(), scene.layers.len()), (2, 16, settings.hidden.len()));
            for (layer, values) in scene.layers.iter().enumerate() {
                let units = settings.hidden[layer].units;
                let slopes = values.derivatives.iter().zip(&values.d_activations);
                for (delta, (slope, d_a)) in values.deltas.iter().zip(slopes) {
                    assert_relative_eq!(*delta, slope * d_a, max_relative = 1e-12, epsilon = 1e-300);
                }
                assert_eq!((values.activations.len(), values.pre_activations.len()), (units, units));
                let busiest = values.deltas[values.busiest].abs();
                assert!(values.deltas.iter().all(|delta| delta.abs() <= busiest));
            }
            let classes = &scene.classes;
            let terms = classes.weighted_sums.iter().zip(&classes.bias).zip(&classes.logits);
            for ((sum, bias), logit) in terms {
                assert_relative_eq!(sum + bias, *logit, max_relative = 1e-9, epsilon = 1e-12);
            }
            assert_eq!(classes.targets.iter().sum::<f64>(), 1.0);
            assert_eq!(classes.targets[usize::from(classes.label)], 1.0);
            assert!(classes.logits.iter().all(|logit| *logit <= classes.maximum));
            let share = if settings.loss == Loss::CategoricalCrossEntropy { 1.0 } else { 10.0 };
            let mean = classes.losses.iter().sum::<f64>() / share;
            assert_relative_eq!(mean, classes.loss, max_relative = 1e-12);
            if settings.output == Output::Softmax {
                assert_relative_eq!(
                    classes.exponentials.iter().sum::<f64>(),
                    classes.sum,
                    max_relative = 1e-6
                );
                for (e, p) in classes.exponentials.iter().zip(&classes.outputs) {
                    assert_relative_eq!(e / classes.sum, *p, max_relative = 1e-6);
                }
            }
            if bug.is_none() {
                assert_eq!(scene.mean_loss, scene.consequence.batch_loss);
            }
        }
    }
}

/// A nudge above the first layer runs the layers above alone; the whole network says the same.
#[test]
fn a_loss_from_the_middle_of_the_network_is_the_loss_of_the_whole() {
    for settings in networks() {
        let step = Step::of(&mut run(settings.clone(), 3), None).unwrap();
        let image = step.image(0).unwrap();
        for layer in 0..=settings.hidden.len() {
            let weight = step.weight(0, &image, Place { layer, input: Some(1), unit: 2 }).unwrap();
            let mut network = step.network().clone();
            network.parameters.layers[layer].weights[[1, 2]] += weight.batch.nudge;
            let objective = Objective {
                images: step.inputs(),
                labels: step.labels(),
                loss: settings.loss,
                l2: settings.l2,
            };
            assert_relative_eq!(objective.value(&network), weight.batch.loss_above, max_relative = 1e-12);
        }
    }
}

/// What the lines into a unit carry adds up to what the unit gets, and back likewise, when every unit is drawn.
#[test]
fn the_lines_of_the_picture_add_up_to_the_units_sums() {
    for settings in networks() {
        let step = Step::of(&mut run(settings.clone(), 3), None).unwrap();
        let image = step.image(0).unwrap();
        let opened = vec![0; settings.hidden.len()];
        let all = step.signals(&image, usize::MAX, &opened).unwrap();
        assert_eq!(all.forward[0].len(), 28);
        for layer in 0..=settings.hidden.len() {
            for unit in 0..all.forward[layer][0].len() {
                let sum: f64 = all.forward[layer].iter().map(|from| from[unit]).sum();
                let z = sum + step.network().parameters.layers[layer].bias[unit];
                let expected = image.pre_activations[layer][[0, unit]];
                assert_relative_eq!(z, expected, max_relative = 1e-9, epsilon = 1e-12);
            }
            if layer == 0 {
                assert!(all.back[0].is_empty());
                continue;
            }
            for (unit, terms) in all.back[layer].iter().enumerate() {
                let expected = image.d_activations[layer - 1][[0, unit]];
                assert_relative_eq!(
                    terms.iter().sum::<f64>(),
                    expected,
                    max_relative = 1e-9,
                    epsilon = 1e-12
                );
            }
        }
        // Fewer of them are the same ones.
        let few = step.signals(&image, 4, &opened).unwrap();
        for (layer, units) in few.units.iter().enumerate() {
            assert!(units.len() == 4 && units[0] == 0, "{units:?}");
            for (place, &unit) in units.iter().enumerate() {
                for from in 0..28.min(few.forward[layer].len()) {
                    let source = if layer == 0 { from } else { few.units[layer - 1][from] };
                    assert_eq!(few.forward[layer][from][place], all.forward[layer][source][unit]);
                }
            }
        }
        assert_eq!(step.signals(&image, 4, &vec![99; settings.hidden.len()]).is_err(), !opened.is_empty());
    }
}

/// The four numbers of a step: of plain gradient descent the length is `η‖g‖`, whatever the network.
#[test]
fn a_step_is_as_long_as_its_rate_times_the_gradient() {
    let sgd = TrainingSettings { optimizer: OptimizerSettings::Sgd, ..TrainingSettings::default() };
    let step = Step::of(&mut run(sgd, 3), None).unwrap();
    let consequence = step.consequence(0).unwrap();
    let gradients: Vec<f64> = step.batch().gradients.slices().flatten().copied().collect();
    assert_eq!(consequence.num_parameters, 7_850);
    assert_eq!(gradients.len(), 7_850);
    assert_eq!(consequence.largest_gradient, gradients.iter().fold(0.0, |a, g| f64::max(a, g.abs())));
    let norm = gradients.iter().map(|g| g * g).sum::<f64>().sqrt();
    // The step is taken in f64 from weights that hold about sixteen digits.
    assert_relative_eq!(consequence.step_length, step.shape().learning_rate * norm, max_relative = 1e-9);
}

#[test]
fn the_optimizers_state_goes_by_its_name() {
    let adam = TrainingSettings { optimizer: OptimizerSettings::ADAM, ..TrainingSettings::default() };
    let step = Step::of(&mut run(adam, 3), None).unwrap();
    for (place, name) in step.shape().state_names.iter().enumerate() {
        assert_eq!(step.state(name).unwrap(), &step.optimizer().state()[place]);
    }
    assert!(step.state("x").unwrap_err().to_string().contains("state is x"));
}
