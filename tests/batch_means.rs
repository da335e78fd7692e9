//! Mini-batches drawn from all images: their means scatter as σ/√B says.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::rc::Rc;

use atelier::rooms::loss::batch_means::{BatchMeans, LossSurvey, NUM_BINS};
use atelier::train::{Evaluation, Trainer, TrainingSettings};

fn ramp() -> Vec<f32> {
    (0..1000).map(|index| index as f32 / 1000.0).collect()
}

#[test]
fn means_scatter_by_the_standard_error() {
    let drawn = BatchMeans::draw(&ramp(), 100, 2000, 7).unwrap();
    // A ramp 0, 1/n … (n − 1)/n: mean (n − 1)/2n, variance (n² − 1)/12n²; losses are f32, 6e-8 each.
    assert!((drawn.full_mean - 0.4995).abs() < 1e-7);
    assert!((drawn.deviation - ((1e6 - 1.0) / 12e6_f64).sqrt()).abs() < 1e-7);
    assert_eq!(drawn.standard_error, drawn.deviation / 10.0);
    // The deviation of 2000 means has a relative error of 1/√4000 = 1.6%: five times that.
    assert!((drawn.observed_error / drawn.standard_error - 1.0).abs() < 0.08, "{drawn:?}");
    // 68.3% and 95.4%; standard errors of the shares 1.0% and 0.5%, five times those.
    assert!((drawn.within_one - 0.683).abs() < 0.052 && (drawn.within_two - 0.954).abs() < 0.024);
    assert_eq!(drawn.histogram.iter().sum::<u32>(), 2000);
    assert_eq!((drawn.histogram.len(), drawn.means.len(), drawn.first_batch.len()), (NUM_BINS, 2000, 100));
    let first = drawn.first_batch.iter().map(|&index| f64::from(ramp()[index as usize])).sum::<f64>() / 100.0;
    assert_eq!(first, drawn.means[0]);
    assert_eq!(drawn, BatchMeans::draw(&ramp(), 100, 2000, 7).unwrap());
    assert_ne!(drawn, BatchMeans::draw(&ramp(), 100, 2000, 8).unwrap());
}

#[test]
fn images_are_put_back() {
    // Ten from three: without putting back it could not be done.
    let drawn = BatchMeans::draw(&[1.0, 2.0, 3.0], 10, 5, 1).unwrap();
    assert_eq!(drawn.first_batch.len(), 10);
    let equal = BatchMeans::draw(&[2.5; 4], 3, 9, 1).unwrap();
    assert_eq!((equal.standard_error, equal.observed_error, equal.within_one), (0.0, 0.0, 1.0));
    assert_eq!(equal.histogram[NUM_BINS / 2], 9);
}

#[test]
fn bad_requests_are_refused() {
    assert!(BatchMeans::draw(&[], 1, 1, 1).is_err());
    assert!(BatchMeans::draw(&ramp(), 0, 1, 1).is_err());
    assert!(BatchMeans::draw(&ramp(), 1, 0, 1).is_err());
    assert!(BatchMeans::draw(&ramp(), 10_001, 1, 1).is_err());
    let refused = BatchMeans::draw(&[1.0, f32::NAN], 1, 1, 1).unwrap_err();
    assert!(refused.to_string().contains("overflowed"), "{refused}");
}

#[test]
fn a_survey_of_the_sixty_thousand_agrees_with_the_evaluation_and_keeps_its_weights() {
    let images = Rc::new(support::data_set("fashion-mnist", "train"));
    let mut trainer = Trainer::<f32>::new(Rc::clone(&images), TrainingSettings::default()).unwrap();
    trainer.advance_steps(300);
    let mut survey = LossSurvey::of(&trainer);
    let mut evaluation = Evaluation::new(10, images.len());
    let all: Vec<u32> = (0..images.len() as u32).collect();
    trainer.evaluate(&images, &all, &mut evaluation).unwrap();
    assert!(!survey.advance());
    // The run goes on; the survey does not notice.
    trainer.advance_steps(50);
    while !survey.advance() {}
    assert!(survey.advance() && survey.share() == 1.0 && survey.losses().len() == 60_000);
    let drawn = BatchMeans::draw(survey.losses(), 100, 300, 42).unwrap();
    // Losses were rounded to f32: relative 6e-8 each.
    assert!((drawn.full_mean - evaluation.loss().unwrap()).abs() < 1e-6);
    println!(
        "mean {:.4}, deviation {:.4}, standard error {:.4}, observed {:.4}, within one {:.3}",
        drawn.full_mean, drawn.deviation, drawn.standard_error, drawn.observed_error, drawn.within_one
    );
    // 300 means: the relative error of their deviation is 1/√600 = 4%; five times that.
    assert!((drawn.observed_error / drawn.standard_error - 1.0).abs() < 0.2);
}
