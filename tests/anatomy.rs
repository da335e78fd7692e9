//! One step taken apart: sound where it should be, wrong where a bug is planted, and never in the run itself.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/steps.rs"]
mod steps;

use atelier::data::Scaling;
use atelier::nn::Hidden;
use atelier::rooms::one_step::check::Place;
use atelier::rooms::one_step::{Bug, Changes, Edit, Step, Verdict};
use atelier::train::TrainingSettings;
use steps::{networks, run};

#[test]
fn a_sound_step_agrees_with_central_differences_everywhere() {
    for settings in networks() {
        for steps in [0, 9] {
            let survey = Step::of(&mut run(settings.clone(), steps), None).unwrap().survey(8);
            assert_eq!(survey.differ, 0, "{settings:?} after {steps}: {survey:?}");
            assert!(survey.worst <= 1e-6, "{survey:?}");
            assert!(survey.agree * 2 > survey.compared, "{settings:?} after {steps}: {survey:?}");
        }
    }
}

#[test]
fn a_sound_step_is_the_runs_own_step() {
    for settings in networks() {
        let mut trainer = run(settings.clone(), 5);
        let step = Step::of(&mut trainer, None).unwrap();
        trainer.advance_steps(1);
        let copy = step.network_after().parameters.slices().flatten();
        let run = trainer.network().parameters.slices().flatten();
        for (copy, &run) in copy.zip(run) {
            // The run rounds to 24 bits at every operation. Where a gradient is all rounding, Adam
            // divides it by its own size: such a weight may go its own way by up to a whole step.
            let rate = f64::from(settings.learning_rate as f32) * 0.2;
            assert!((copy - f64::from(run)).abs() < 1e-5 + rate, "{settings:?}: {copy} {run}");
        }
        // Most weights are far nearer than that.
        let copy = step.network_after().parameters.slices().flatten();
        let run = trainer.network().parameters.slices().flatten();
        let far = copy.zip(run).filter(|(copy, run)| (**copy - f64::from(**run)).abs() > 1e-6).count();
        assert!(far * 100 < trainer.network().architecture().num_parameters(), "{settings:?}: {far}");
    }
}

#[test]
fn no_bug_and_no_edit_reaches_the_run() {
    for settings in networks() {
        let mut trainer = run(settings.clone(), 3);
        let (before, batch) = (trainer.fingerprint(), trainer.next_batch().to_vec());
        let state = trainer.save();
        for bug in Bug::ALL {
            if !bug.has_a_place(settings.output, settings.optimizer) {
                assert!(Step::of(&mut trainer, Some(bug)).is_err());
                continue;
            }
            let edits = vec![Edit { layer: 0, input: Some(400), unit: 3, value: 12.5 }];
            let step = Step::changed(&mut trainer, &Changes { bug: Some(bug), edits }, None).unwrap();
            assert_eq!(step.num_edited(), 1);
            step.survey(2);
            step.consequence(0).unwrap();
            assert_eq!(Step::of(&mut trainer, Some(bug)).unwrap().num_edited(), 0);
            assert_eq!(trainer.fingerprint(), before, "{bug:?}");
            assert!(trainer.save() == state, "{bug:?}");
            assert_eq!(trainer.next_batch(), batch);
        }
        // And the run goes on as one that nobody ever looked into.
        trainer.advance_steps(2);
        assert_eq!(trainer.fingerprint(), run(settings, 5).fingerprint());
    }
}

#[test]
fn bugs_of_the_backward_pass_turn_the_check_red() {
    for settings in networks() {
        for bug in Bug::ALL.into_iter().filter(|bug| bug.is_of_the_backward_pass()) {
            let survey = Step::of(&mut run(settings.clone(), 4), Some(bug)).unwrap().survey(8);
            assert!(survey.differ > 0, "{bug:?} in {settings:?}: {survey:?}");
        }
    }
}

#[test]
fn gradients_left_over_are_the_step_befores() {
    let mut trainer = run(TrainingSettings::default(), 4);
    let mut earlier = run(TrainingSettings::default(), 3);
    let old = Step::of(&mut earlier, None).unwrap();
    let sound = Step::of(&mut trainer, None).unwrap();
    let bug = Step::of(&mut trainer, Some(Bug::KeepGradients)).unwrap();
    let all = |step: &Step| step.batch().gradients.slices().flatten().copied().collect::<Vec<f64>>();
    let sums = all(&old).into_iter().zip(all(&sound)).map(|(old, new)| new + old);
    assert_eq!(sums.collect::<Vec<f64>>(), all(&bug));
    // Before the first step there is nothing left over.
    let mut fresh = run(TrainingSettings::default(), 0);
    let (sound, bug) = (Step::of(&mut fresh, None).unwrap(), Step::of(&mut fresh, Some(Bug::KeepGradients)));
    assert_eq!(all(&sound), all(&bug.unwrap()));
}

#[test]
fn without_the_mean_the_gradient_is_as_many_times_too_long_as_there_are_images() {
    let mut trainer = run(TrainingSettings::default(), 2);
    let sound = Step::of(&mut trainer, None).unwrap();
    let bug = Step::of(&mut trainer, Some(Bug::ForgetMean)).unwrap();
    let pairs = sound.batch().gradients.slices().flatten().zip(bug.batch().gradients.slices().flatten());
    for (sound, bug) in pairs {
        approx::assert_relative_eq!(16.0 * sound, *bug, max_relative = 1e-9, epsilon = 1e-15);
    }
}

#[test]
fn the_maximum_matters_once_a_logit_passes_88() {
    // Small logits: the same up to f32's rounding.
    let mut small = run(TrainingSettings::default(), 2);
    let step = Step::of(&mut small, Some(Bug::DropMaximum)).unwrap();
    assert!(step.batch().outputs().iter().all(|p| p.is_finite()));
    // Bytes as they are: logits in the hundreds.
    let mut large = run(TrainingSettings { pixels: Scaling::None, ..TrainingSettings::default() }, 12);
    let step = Step::of(&mut large, Some(Bug::DropMaximum)).unwrap();
    assert!(step.batch().logits().iter().any(|&z| z > 89.0), "{:?}", step.batch().logits());
    let survey = step.survey(8);
    // Every gradient is NaN, and a NaN agrees with nothing, not even with a 0.
    assert!(survey.differ == survey.compared && survey.worst.is_nan(), "{survey:?}");
    assert_eq!(Step::of(&mut large, None).unwrap().survey(8).differ, 0);
}

#[test]
fn bugs_of_the_update_leave_the_gradient_sound_and_break_the_rule() {
    let settings = networks().remove(1);
    let mut trainer = run(settings, 2);
    let sound = Step::of(&mut trainer, None).unwrap();
    let good = sound.consequence(0).unwrap();
    assert_eq!(good.off_the_rule, 0.0);
    assert!(good.foretold < 0.0 && good.batch_loss_after < good.batch_loss, "{good:?}");
    for bug in [Bug::WrongSign, Bug::MultiplyCorrection] {
        let step = Step::of(&mut trainer, Some(bug)).unwrap();
        assert_eq!(step.survey(4).differ, 0);
        let bad = step.consequence(0).unwrap();
        assert!(bad.off_the_rule > 0.5, "{bug:?} {bad:?}");
        if bug == Bug::WrongSign {
            assert!(bad.foretold > 0.0 && bad.batch_loss_after > bad.batch_loss, "{bad:?}");
            approx::assert_relative_eq!(bad.foretold, -good.foretold, max_relative = 1e-9);
        } else {
            // t = 3: (1 − 0.9³)² / (1 − 0.999³) = 24.5 times the step.
            let (numerator, denominator) = ((1.0 - 0.9_f64.powi(3)).powi(2), 1.0 - 0.999_f64.powi(3));
            let times = numerator / denominator;
            approx::assert_relative_eq!(bad.foretold, times * good.foretold, max_relative = 1e-6);
        }
    }
}

#[test]
fn a_weights_arithmetic_adds_up() {
    let mut trainer = run(networks().remove(2), 3);
    let step = Step::of(&mut trainer, None).unwrap();
    let image = step.image(2).unwrap();
    for layer in 0..3 {
        let input = step.most_telling(&image, layer, 4).unwrap();
        let place = Place { layer, input: Some(input), unit: 4 };
        let weight = step.weight(2, &image, place).unwrap();
        assert_eq!(weight.product, weight.input * weight.weight);
        approx::assert_relative_eq!(weight.image.analytic, weight.input * weight.delta, max_relative = 1e-12);
        assert_eq!(weight.image.verdict, Verdict::Agrees);
        approx::assert_relative_eq!(weight.step, -0.001 * weight.batch.analytic, max_relative = 1e-9);
        // A unit's products and its bias are its weighted sum.
        let products: f64 = (0..image.inputs_of(layer).ncols())
            .map(|input| {
                step.weight(2, &image, Place { layer, input: Some(input), unit: 4 }).unwrap().product
            })
            .sum();
        let bias = step.weight(2, &image, Place { layer, input: None, unit: 4 }).unwrap();
        assert_eq!(bias.input, 1.0);
        let sum = products + bias.weight;
        approx::assert_relative_eq!(sum, weight.pre_activation, max_relative = 1e-9, epsilon = 1e-12);
    }
}

#[test]
fn an_images_gradient_is_what_came_in_times_the_blame_and_what_was_added() {
    for settings in networks() {
        for bug in [None, Some(Bug::KeepGradients), Some(Bug::ForgetTarget)] {
            let step = Step::of(&mut run(settings.clone(), 3), bug).unwrap();
            let image = step.image(0).unwrap();
            for layer in 0..=settings.hidden.len() {
                for input in [None, Some(3)] {
                    let weight = step.weight(0, &image, Place { layer, input, unit: 2 }).unwrap();
                    let expected = weight.gradient + weight.added;
                    approx::assert_relative_eq!(
                        weight.image.analytic,
                        expected,
                        max_relative = 1e-9,
                        epsilon = 1e-15
                    );
                    let plain = bug != Some(Bug::KeepGradients) && (settings.l2 == 0.0 || input.is_none());
                    assert!(weight.added == 0.0 || !plain);
                }
            }
        }
    }
}

#[test]
fn what_comes_down_to_a_hidden_unit_is_the_sum_of_its_terms() {
    for settings in networks() {
        for bug in [None, Some(Bug::ReshapeTranspose), Some(Bug::ForgetTarget)] {
            let step = Step::of(&mut run(settings.clone(), 3), bug).unwrap();
            let image = step.image(1).unwrap();
            let hidden = settings.hidden.len();
            for (layer, Hidden { units, .. }) in settings.hidden.iter().enumerate() {
                for unit in [0, units / 2, units - 1] {
                    let terms = step.passed_back(&image, layer, unit).unwrap();
                    assert_eq!(terms.len(), step.shape().widths[layer + 2]);
                    let sum: f64 = terms.iter().map(|term| term.product).sum();
                    let expected = image.d_activations[layer][[0, unit]];
                    approx::assert_relative_eq!(sum, expected, max_relative = 1e-9, epsilon = 1e-14);
                    for (k, term) in terms.iter().enumerate() {
                        assert_eq!(term.product, term.weight * term.delta);
                        let own = step.network().parameters.layers[layer + 1].weights[[unit, k]];
                        if bug != Some(Bug::ReshapeTranspose) {
                            assert_eq!(term.weight, own);
                        }
                    }
                }
                assert!(step.passed_back(&image, layer, *units).is_err());
            }
            assert!(step.passed_back(&image, hidden, 0).unwrap_err().to_string().contains("layer is"));
        }
    }
}

#[test]
fn an_edited_weight_shows_at_every_station() {
    let mut trainer = run(TrainingSettings::default(), 6);
    let step = Step::of(&mut trainer, None).unwrap();
    let (before, image) = (step.consequence(0).unwrap(), step.image(0).unwrap());
    let input = step.most_telling(&image, 0, 3).unwrap();
    let edits = vec![Edit { layer: 0, input: Some(input), unit: 3, value: 5.0 }];
    let step = Step::changed(&mut trainer, &Changes { bug: None, edits }, None).unwrap();
    let edited = step.image(0).unwrap();
    assert!(edited.logits()[[0, 3]] > image.logits()[[0, 3]]);
    assert_ne!(edited.losses, image.losses);
    assert_ne!(step.consequence(0).unwrap().batch_loss, before.batch_loss);
    assert_eq!(step.survey(8).differ, 0);
    assert_eq!(Step::of(&mut trainer, None).unwrap().consequence(0).unwrap(), before);
}

#[test]
fn what_is_not_there_is_refused() {
    let mut trainer = run(TrainingSettings::default(), 0);
    let mut refused = |layer, input, unit, value| {
        let edits = vec![Edit { layer, input, unit, value }];
        Step::changed(&mut trainer, &Changes { bug: None, edits }, None).unwrap_err().to_string()
    };
    assert!(refused(1, Some(0), 0, 1.0).contains("layer is 1"));
    assert!(refused(0, Some(784), 0, 1.0).contains("input is 784"));
    assert!(refused(0, None, 10, 1.0).contains("unit is 10"));
    assert!(refused(0, None, 0, f64::NAN).contains("weight is NaN"));
    let step = Step::of(&mut trainer, None).unwrap();
    assert!(step.image(16).unwrap_err().to_string().contains("image is 16"));
    assert!(step.check(Place { layer: 0, input: Some(784), unit: 0 }).is_err());
    assert!(step.consequence(99).is_err());
}

#[test]
fn a_guest_sits_in_the_first_place_of_a_copy_and_leaves_the_run_as_it_is() {
    let mut trainer = run(TrainingSettings::default(), 3);
    let before = trainer.fingerprint();
    let plain = Step::of(&mut trainer, None).unwrap();
    // The second image of the batch as the guest: both places then hold the same image.
    let index = plain.images_in_batch()[1].index as usize;
    let (pixels, label) = (trainer.images().image(index).to_vec(), trainer.images().labels()[index]);
    let step = Step::changed(&mut trainer, &Changes::default(), Some((&pixels, label))).unwrap();
    let (images, others) = (step.images_in_batch(), plain.images_in_batch());
    assert_eq!((images[0].label, images[0].loss), (others[1].label, others[1].loss));
    assert_eq!(
        images[1..].iter().map(|i| i.loss).collect::<Vec<_>>(),
        others[1..].iter().map(|i| i.loss).collect::<Vec<_>>()
    );
    assert_eq!(step.survey(8).differ, 0);
    assert_eq!(trainer.fingerprint(), before);
    assert!(Step::changed(&mut trainer, &Changes::default(), Some((&pixels[1..], label))).is_err());
    assert!(Step::changed(&mut trainer, &Changes::default(), Some((&pixels, 200))).is_err());
}
