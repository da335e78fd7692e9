//! Home's network: the same run however its images arrive, and the run that a trainer makes of it.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/bands.rs"]
#[expect(dead_code, reason = "the settings in it are another test's")]
mod band_images;

use std::rc::Rc;

use atelier::data::{LabelledImages, PIXELS};
use atelier::rooms::home::{Arrived, FirstLook, WATCHED};
use atelier::train::Trainer;
use atelier::train::fingerprint::fingerprint;
use band_images::bands;

/// 205 images: six full mini-batches and one of 13.
const COUNT: usize = 205;

fn whole(images: &LabelledImages) -> Arrived<'_> {
    Arrived { pixels: images.pixels(), labels: images.labels() }
}

fn part(images: &LabelledImages, num_images: usize, num_labels: usize) -> Arrived<'_> {
    Arrived { pixels: &images.pixels()[..num_images * PIXELS], labels: &images.labels()[..num_labels] }
}

fn hash(look: &FirstLook) -> u64 {
    fingerprint(&look.network().parameters)
}

/// Steps made until the next one waits for images, or until `limit`.
fn learn(look: &mut FirstLook, arrived: Arrived<'_>, limit: usize) {
    while look.step() < limit && look.learn(arrived).unwrap() {}
}

#[test]
fn it_is_the_same_run_in_one_piece_and_in_crumbs() {
    let (images, tests) = (bands(COUNT, 1), bands(WATCHED + 20, 2));
    let mut at_once = FirstLook::new(COUNT, 10).unwrap();
    at_once.watch(whole(&tests)).unwrap();
    learn(&mut at_once, whole(&images), 18);

    let mut in_crumbs = FirstLook::new(COUNT, 10).unwrap();
    in_crumbs.watch(whole(&tests)).unwrap();
    for there in 0..=COUNT {
        // Labels come ahead of their images at first, and behind them at last.
        let num_labels = if there < 100 { (there + 50).min(COUNT) } else { there.saturating_sub(3) };
        learn(&mut in_crumbs, part(&images, there, num_labels), usize::MAX);
        assert_eq!(in_crumbs.step(), num_labels.min(there) / 32, "with {there} images");
    }
    assert_eq!(in_crumbs.step(), 6, "the last batch waits for its last label");
    learn(&mut in_crumbs, whole(&images), 18);
    assert_eq!(in_crumbs.standing(), at_once.standing());
    assert_eq!(in_crumbs.losses(), at_once.losses());
    assert_eq!(hash(&in_crumbs), hash(&at_once));
}

#[test]
fn a_later_epoch_waits_for_the_whole_file() {
    let images = bands(COUNT, 1);
    let mut look = FirstLook::new(COUNT, 10).unwrap();
    learn(&mut look, whole(&images), 7);
    assert!(!look.learn(part(&images, COUNT - 1, COUNT)).unwrap());
    assert!(!look.learn(part(&images, COUNT, COUNT - 1)).unwrap());
    assert!(look.learn(whole(&images)).unwrap());
}

#[test]
fn a_trainer_makes_the_same_run_of_it() {
    let images = bands(COUNT, 1);
    let mut look = FirstLook::new(COUNT, 10).unwrap();
    let mut trainer = Trainer::<f32>::new(Rc::clone(&images), FirstLook::settings()).unwrap().in_file_order();
    assert_eq!(hash(&look), trainer.fingerprint());
    // Into the third epoch: one in the order of the file, two shuffled.
    for step in 1..=17 {
        let first = (step - 1) * 32;
        if step < 8 {
            let expected: Vec<u32> = (first as u32..(first + 32).min(COUNT) as u32).collect();
            assert_eq!(trainer.next_batch(), expected);
        }
        learn(&mut look, whole(&images), step);
        trainer.advance_steps(1);
        assert_eq!(hash(&look), trainer.fingerprint(), "after {step} steps");
    }
    assert_eq!(look.losses(), trainer.history().losses);
    let usual = Trainer::<f32>::new(images, FirstLook::settings()).unwrap().next_batch().to_vec();
    assert_ne!(usual, (0..32).collect::<Vec<u32>>());

    // And back again: the steps are made anew in the same order.
    trainer.go_back_to(3).unwrap();
    trainer.advance_steps(14);
    assert_eq!(hash(&look), trainer.fingerprint());
}

#[test]
fn it_stands_where_a_hand_counts() {
    let (images, tests) = (bands(COUNT, 1), bands(WATCHED + 20, 2));
    let mut look = FirstLook::new(COUNT, 10).unwrap();
    let start = look.standing();
    assert_eq!((start.step, start.epoch, start.seen, start.num_parameters), (0, 1, 0, 7850));
    assert_eq!((start.right, start.answers.len(), start.loss), (0, 0, None));
    look.watch(whole(&tests)).unwrap();
    assert_eq!(look.standing().answers.len(), WATCHED);
    assert_eq!(look.standing().telling, None, "answers of noise are nobody's mistake");

    let mut trainer = Trainer::<f32>::new(Rc::clone(&images), FirstLook::settings()).unwrap().in_file_order();
    let mut before = look.standing().answers;
    for step in 1..=15 {
        learn(&mut look, whole(&images), step);
        trainer.advance_steps(1);
        let outputs = trainer.predict(&tests.pixels()[..WATCHED * PIXELS]).unwrap();
        let standing = look.standing();
        for ((at, answer), earlier) in standing.answers.iter().enumerate().zip(&before) {
            let own = &outputs[at * 10..][..10];
            assert_eq!(answer.confidence, own.iter().copied().fold(0.0, f32::max));
            assert_eq!(answer.confidence, own[usize::from(answer.prediction)]);
            assert_eq!(answer.label, tests.labels()[at]);
            let has_changed = answer.prediction != earlier.prediction;
            assert_eq!(answer.changed_at, if has_changed { step } else { earlier.changed_at });
        }
        let right = standing.answers.iter().filter(|answer| answer.label == answer.prediction).count();
        assert_eq!(standing.right, right);
        if let Some(told) = standing.telling {
            assert!(!standing.answers[told].is_right());
        }
        assert_eq!(standing.telling.is_none(), right == WATCHED);
        before = standing.answers;
    }
    let standing = look.standing();
    assert_eq!((standing.step, standing.epoch, standing.seen), (15, 3, 32));
    assert_eq!(look.seen_by(14), 2 * COUNT);
    let mean = look.losses().iter().map(|&loss| f64::from(loss)).sum::<f64>() / 15.0;
    assert!((standing.loss.unwrap() - mean).abs() < 1e-12, "a sum of 15 in another order");
    let mut at_the_end = FirstLook::new(COUNT, 10).unwrap();
    learn(&mut at_the_end, whole(&images), 7);
    assert_eq!((at_the_end.standing().epoch, at_the_end.standing().seen), (1, COUNT));
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_learned() {
    let images = bands(64, 1);
    assert!(FirstLook::new(0, 10).unwrap_err().to_string().starts_with("images is 0"));
    assert!(FirstLook::new(64, 1).unwrap_err().to_string().starts_with("outputs is 1"));
    let mut look = FirstLook::new(64, 4).unwrap();
    let start = hash(&look);
    let mut refused =
        |pixels: &[u8], labels: &[u8]| look.learn(Arrived { pixels, labels }).unwrap_err().to_string();
    assert_eq!(
        refused(&images.pixels()[1..], images.labels()),
        "the list of pixels has 50175 values, but 50176 are needed"
    );
    let twice = [images.pixels(), images.pixels()].concat();
    assert!(refused(&twice, images.labels()).starts_with("images is 128"));
    assert!(refused(images.pixels(), &[0; 65]).starts_with("images is 65"));
    assert!(refused(images.pixels(), &[4; 64]).starts_with("label is 4"));
    assert_eq!((look.step(), hash(&look)), (0, start));
    assert!(look.watch(Arrived { pixels: images.pixels(), labels: &[0; 63] }).is_err());
    assert!(look.watch(Arrived { pixels: images.pixels(), labels: &[4; 64] }).is_err());
    assert!(look.standing().answers.is_empty());
}
