//! Descent on a bowl: the shape is right, the walk arrives, and it diverges where theory says so.

#![cfg(not(target_arch = "wasm32"))]

use atelier::Error;
use atelier::error::SettingName;
use atelier::nn::OptimizerSettings;
use atelier::rooms::loss::descent::{
    Bowl, DIVERGED, Descent, DescentSettings, Point, descend, squared_error,
};
use atelier::rooms::loss::hubble::galaxies;

fn points() -> Vec<Point> {
    galaxies().iter().map(|galaxy| [galaxy.distance, galaxy.velocity]).collect()
}

fn all() -> Vec<u32> {
    (0..24).collect()
}

fn settings(learning_rate: f64) -> DescentSettings {
    DescentSettings {
        start: [-0.4, 0.9],
        optimizer: OptimizerSettings::Sgd,
        learning_rate,
        batch_size: 24,
        steps: 400,
        seed: 1,
    }
}

fn distance(walk: &Descent, bowl: &Bowl) -> f64 {
    let last = walk.steps.last().unwrap();
    (last.weight - bowl.minimum[0]).hypot(last.bias - bowl.minimum[1])
}

#[test]
fn the_lowest_point_is_hubble_s_line() {
    let bowl = Bowl::of(&points()).unwrap();
    // The published least-squares fit of Hubble's table: 454.16 km/s per megaparsec, −40.78 km/s.
    assert!((bowl.minimum[0] - 0.454_16).abs() < 5e-6, "{:?}", bowl.minimum);
    assert!((bowl.minimum[1] + 0.040_78).abs() < 5e-6, "{:?}", bowl.minimum);
    // The gradient vanishes there, but for roundings of 24 numbers near 1.
    let (loss, gradient) = squared_error(&points(), &all(), bowl.minimum[0], bowl.minimum[1]);
    assert!(gradient.iter().all(|slope| slope.abs() < 1e-14), "{gradient:?}");
    assert_eq!(loss, bowl.lowest_loss);
}

#[test]
fn gradients_are_slopes_on_every_batch() {
    let points = points();
    let h = 1e-5;
    for batch in [all(), vec![3], vec![0, 5, 23]] {
        let loss = |w, b| squared_error(&points, &batch, w, b).0;
        let (_, gradient) = squared_error(&points, &batch, 0.3, -0.2);
        // A quadratic has no truncation error; rounding is ε·L/h, 1e-11.
        assert!((gradient[0] - (loss(0.3 + h, -0.2) - loss(0.3 - h, -0.2)) / (2.0 * h)).abs() < 1e-9);
        assert!((gradient[1] - (loss(0.3, -0.2 + h) - loss(0.3, -0.2 - h)) / (2.0 * h)).abs() < 1e-9);
    }
}

#[test]
fn contours_have_their_level() {
    let bowl = Bowl::of(&points()).unwrap();
    for level in [0.06, 0.2, 3.0] {
        let contour = bowl.contour(level, 40);
        assert_eq!(contour.len(), 40);
        for [w, b] in contour {
            let loss = squared_error(&points(), &all(), w, b).0;
            assert!((loss - level).abs() < 1e-12 * level.max(1.0), "{loss} {level}");
        }
    }
    assert!(bowl.contour(bowl.lowest_loss / 2.0, 40).is_empty());
}

#[test]
fn the_rate_decides_and_theory_says_where() {
    let (points, bowl) = (points(), Bowl::of(&points()).unwrap());
    let limit = bowl.largest_rate(0.0);
    // λ = 4.07 gives a limit near 0.49.
    assert!((0.48..0.50).contains(&limit), "{limit}");
    let arrived = descend(&points, &settings(0.95 * limit)).unwrap();
    assert!(!arrived.diverged && distance(&arrived, &bowl) < 1e-6);
    let too_small = descend(&points, &settings(0.005)).unwrap();
    assert!(!too_small.diverged && distance(&too_small, &bowl) > 0.1);
    let too_large = descend(&points, &settings(1.05 * limit)).unwrap();
    assert!(too_large.diverged && too_large.steps.len() < 401);
    let losses = (too_large.steps[0].loss, too_large.steps.last().unwrap().loss);
    assert!(losses.1 > DIVERGED * losses.0);
    // Momentum moves the limit out by 1 + μ.
    let mut heavy = settings(1.4 * limit);
    heavy.optimizer = OptimizerSettings::Momentum { momentum: 0.5 };
    assert!((bowl.largest_rate(0.5) - 1.5 * limit).abs() < 1e-15);
    assert!(distance(&descend(&points, &heavy).unwrap(), &bowl) < 1e-6);
    heavy.learning_rate = 1.6 * limit;
    assert!(descend(&points, &heavy).unwrap().diverged);
}

#[test]
fn a_full_step_is_the_gradient_s() {
    let points = points();
    let walk = descend(&points, &settings(0.1)).unwrap();
    let [first, second] = [&walk.steps[0], &walk.steps[1]];
    let gradient = second.gradient.unwrap();
    assert_eq!(gradient, squared_error(&points, &all(), first.weight, first.bias).1);
    assert_eq!(second.weight, first.weight - 0.1 * gradient[0]);
    assert_eq!(second.bias, first.bias - 0.1 * gradient[1]);
    // Full batches only go down when the rate is below 2/λ.
    assert!(walk.steps.windows(2).all(|pair| pair[1].loss <= pair[0].loss));
}

#[test]
fn momentum_is_the_way_of_the_last_step() {
    let optimizer = OptimizerSettings::Momentum { momentum: 0.9 };
    let walk = descend(&points(), &DescentSettings { optimizer, ..settings(0.05) }).unwrap();
    let [before, first, second] = [0, 1, 2].map(|at| &walk.steps[at]);
    assert_eq!(before.momentum, [0.0; 2]);
    assert_eq!(second.weight, first.weight + second.momentum[0]);
    assert_eq!(second.momentum[1], 0.9 * first.momentum[1] - 0.05 * second.gradient.unwrap()[1]);
}

#[test]
fn mini_batches_visit_every_point_once_an_epoch_and_scatter_round_the_minimum() {
    let (points, bowl) = (points(), Bowl::of(&points()).unwrap());
    for batch_size in [1, 5] {
        let walk = descend(&points, &DescentSettings { batch_size, ..settings(0.05) }).unwrap();
        let per_epoch = 24_usize.div_ceil(batch_size);
        for epoch in 0..2 {
            let steps = &walk.steps[1 + epoch * per_epoch..][..per_epoch];
            let mut seen: Vec<u32> = steps.iter().flat_map(|step| step.batch.clone()).collect();
            seen.sort_unstable();
            assert_eq!(seen, all());
        }
        assert_ne!(walk.steps[1].batch, walk.steps[1 + per_epoch].batch);
        let again = descend(&points, &DescentSettings { batch_size, ..settings(0.05) }).unwrap();
        assert_eq!(walk, again);
        let other = descend(&points, &DescentSettings { batch_size, seed: 2, ..settings(0.05) }).unwrap();
        assert_ne!(walk, other);
        // It comes near and does not settle: the noise of a batch does not vanish there.
        assert!(distance(&walk, &bowl) < 0.3, "{}", distance(&walk, &bowl));
        assert!(walk.steps.windows(2).any(|pair| pair[1].loss > pair[0].loss));
    }
}

#[test]
fn bad_settings_are_refused_by_name() {
    let refused = |change: fn(&mut DescentSettings)| {
        let mut settings = settings(0.1);
        change(&mut settings);
        match descend(&points(), &settings).unwrap_err() {
            Error::Setting { name, .. } => name,
            other => panic!("{other}"),
        }
    };
    assert_eq!(refused(|s| s.learning_rate = 0.0), SettingName::LearningRate);
    assert_eq!(refused(|s| s.learning_rate = f64::NAN), SettingName::LearningRate);
    assert_eq!(refused(|s| s.batch_size = 25), SettingName::BatchSize);
    assert_eq!(refused(|s| s.steps = 0), SettingName::Steps);
    assert_eq!(refused(|s| s.start = [f64::INFINITY, 0.0]), SettingName::Start);
    assert_eq!(
        refused(|s| s.optimizer = OptimizerSettings::Momentum { momentum: 1.0 }),
        SettingName::Momentum
    );
    assert!(descend(&[], &settings(0.1)).is_err());
    assert!(Bowl::of(&[]).is_err() && Bowl::of(&[[1.0, 2.0], [1.0, 3.0]]).is_err());
}
