//! A visitor's own drawings as a data set: each varied a little, and parts that no drawing stands on both sides of.

use serde::{Deserialize, Serialize};

use crate::data::{LabelledImages, PIXELS, SIDE, split};
use crate::draw::warp::{Distortion, distort};
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Generator, Result};
use rand::RngExt;

/// Images that one drawing becomes, itself the first.
pub const VARIATIONS: usize = 20;
/// Fewer drawings of a class leave one part without it.
pub const FEWEST_OF_CLASS: usize = 3;
/// Most drawings of a class.
pub const MOST_OF_CLASS: usize = 50;

/// Of so many drawings of a class one is for the test.
const TEST_EVERY: usize = 6;
/// Decides how drawings are varied, and which of them test.
const SEED: u32 = 42;
/// As the Train room validates by itself.
const VALIDATION: f64 = 0.2;
/// How differently a hand draws the same thing again.
const AGAIN: Distortion = Distortion { turn: 0.1, scale: 0.06, shear: 0.1, shift: 0.8, bend: 0.5 };
/// A line becomes thinner by at most this share of the way to its neighbours' least, thicker to their most.
const THICKNESS: f32 = 0.6;

/// A line made thicker (`by` above 0) or thinner (below): each pixel goes a share `by` of the way to the most,
/// or the least, of itself and its four neighbours.
///
/// Units        `image` and `into` 784 values 0…1; `by` −1…1; beyond the edge there is paper
pub fn thicken(image: &[f32], by: f32, into: &mut [f32]) {
    let at = |x: Option<usize>, y: Option<usize>| match (x, y) {
        (Some(x), Some(y)) if x < SIDE && y < SIDE => image[y * SIDE + x],
        _ => 0.0,
    };
    for y in 0..SIDE {
        for x in 0..SIDE {
            let here = image[y * SIDE + x];
            let around = [
                at(x.checked_sub(1), Some(y)),
                at(Some(x + 1), Some(y)),
                at(Some(x), y.checked_sub(1)),
                at(Some(x), Some(y + 1)),
            ];
            let end = if by > 0.0 {
                around.into_iter().fold(here, f32::max)
            } else {
                around.into_iter().fold(here, f32::min)
            };
            into[y * SIDE + x] = here + by.abs() * (end - here);
        }
    }
}

/// A drawing and what the same hand might have drawn in its place: [`VARIATIONS`] × 784 bytes, itself the first.
///
/// Each of the others is turned, shifted, stretched, sheared and bent a little, and thicker or thinner. What is drawn by
/// chance depends on the drawing alone, so that it has the same variations whatever is drawn beside it.
///
/// # Errors
/// [`Error::Shape`] unless there are 784 pixels.
pub fn variations(drawing: &[u8]) -> Result<Vec<u8>> {
    if drawing.len() != PIXELS {
        return Err(Error::shape(ArrayName::Image, PIXELS, drawing.len()));
    }
    let image: Vec<f32> = drawing.iter().map(|&value| f32::from(value) / 255.0).collect();
    let mut generator = Generator::new(u64::from(SEED) ^ fingerprint(drawing));
    let (mut moved, mut inked) = (vec![0.0; PIXELS], vec![0.0; PIXELS]);
    let mut all = drawing.to_vec();
    for _ in 1..VARIATIONS {
        distort(&image, &mut moved, &AGAIN, &mut generator);
        thicken(&moved, generator.random_range(-THICKNESS..THICKNESS), &mut inked);
        all.extend(inked.iter().map(|value| (value * 255.0).round() as u8));
    }
    Ok(all)
}

/// FNV-1a of the pixels.
fn fingerprint(pixels: &[u8]) -> u64 {
    let mix = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    pixels.iter().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// Drawings of a part, and the images that they become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CollectionPart {
    /// Drawings.
    pub drawings: u32,
    /// Images: each drawing with its variations.
    pub images: u32,
}

/// What becomes of a collection of drawings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CollectionPlan {
    /// Images that a drawing becomes.
    pub variations: u32,
    /// Fewest drawings of a class, and the most.
    pub fewest: u32,
    /// Most drawings of a class.
    pub most: u32,
    /// Drawings of each class.
    pub counts: Vec<u32>,
    /// How many each class lacks.
    pub missing: Vec<u32>,
    /// All of it.
    pub all: CollectionPart,
    /// What trains.
    pub train: CollectionPart,
    /// What validates, at the Train room's usual share.
    pub validation: CollectionPart,
    /// What tests.
    pub test: CollectionPart,
}

/// What `labels` of drawings in `num_classes` classes become.
///
/// # Errors
/// [`Error::Setting`] for a number of classes other than 2…10, or a label that is none of them.
pub fn plan(labels: &[u8], num_classes: usize) -> Result<CollectionPlan> {
    let counts = counted(labels, num_classes)?;
    let part = |drawings: usize| CollectionPart {
        drawings: drawings as u32,
        images: (drawings * VARIATIONS) as u32,
    };
    let test: usize = counts.iter().map(|&count| count.div_ceil(TEST_EVERY)).sum();
    let rest = labels.len() - test;
    let validation = split::num_validation(rest, VALIDATION);
    Ok(CollectionPlan {
        variations: VARIATIONS as u32,
        fewest: FEWEST_OF_CLASS as u32,
        most: MOST_OF_CLASS as u32,
        missing: counts.iter().map(|&count| FEWEST_OF_CLASS.saturating_sub(count) as u32).collect(),
        counts: counts.iter().map(|&count| count as u32).collect(),
        all: part(labels.len()),
        train: part(rest - validation),
        validation: part(validation),
        test: part(test),
    })
}

fn counted(labels: &[u8], num_classes: usize) -> Result<Vec<usize>> {
    Rule::range(2.0, crate::data::MAX_CLASSES as f64).check(SettingName::ClassNames, num_classes)?;
    let mut counts = vec![0; num_classes];
    for &label in labels {
        Rule::Place { count: num_classes }.check(SettingName::Label, usize::from(label))?;
        counts[usize::from(label)] += 1;
    }
    Ok(counts)
}

/// Drawings as images to train on and images to test on.
///
/// Of each class one drawing in six (rounded up), drawn by a seed, tests; the others train, the classes by turns. A
/// drawing's variations stand together, and [`LabelledImages::split`] leaves them together.
/// Shapes: `pixels` N × 784, `labels` (N,).
///
/// # Errors
/// [`Error::Shape`] when pixels and labels disagree; [`Error::Setting`] for a number of names other than 2…10, a label
/// without a name, or a class with fewer than three drawings or more than fifty.
pub fn data_sets(
    pixels: &[u8],
    labels: &[u8],
    class_names: Vec<String>,
) -> Result<(LabelledImages, LabelledImages)> {
    let counts = counted(labels, class_names.len())?;
    if pixels.len() != labels.len() * PIXELS {
        return Err(Error::shape(ArrayName::Drawings, labels.len() * PIXELS, pixels.len()));
    }
    let range = Rule::range(FEWEST_OF_CLASS as f64, MOST_OF_CLASS as f64);
    counts.iter().try_for_each(|&count| range.check(SettingName::Drawings, count))?;
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (class, &count) in counts.iter().enumerate() {
        let of_class = (0..labels.len()).filter(|&index| usize::from(labels[index]) == class);
        let order = split::permutation(count as u32, SEED);
        let tests = &order[..count.div_ceil(TEST_EVERY)];
        for (place, index) in of_class.enumerate() {
            let part = if tests.contains(&(place as u32)) { &mut test } else { &mut train };
            part.push((place, class, index));
        }
    }
    // By turns: the first images of the set are of every class.
    train.sort_unstable();
    let made = |part: &[(usize, usize, usize)]| -> Result<LabelledImages> {
        let mut images = Vec::with_capacity(part.len() * VARIATIONS * PIXELS);
        for &(_, _, index) in part {
            images.extend(variations(&pixels[index * PIXELS..][..PIXELS])?);
        }
        let labels = part.iter().flat_map(|&(_, class, _)| [class as u8; VARIATIONS]).collect();
        LabelledImages::new(images, labels, class_names.clone())?.in_runs_of(VARIATIONS)
    };
    Ok((made(&train)?, made(&test)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar of `shade` whose place tells drawings apart.
    fn bar(at: usize, shade: u8) -> Vec<u8> {
        (0..PIXELS)
            .map(|i| if (4..24).contains(&(i / SIDE)) && i % SIDE / 2 == at { shade } else { 0 })
            .collect()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|class| class.to_string()).collect()
    }

    fn ink(image: &[f32]) -> f32 {
        image.iter().sum()
    }

    #[test]
    fn a_line_becomes_thicker_and_thinner_and_stays_between_paper_and_ink() {
        let image: Vec<f32> = bar(6, 200).iter().map(|&v| f32::from(v) / 255.0).collect();
        let by = |by: f32| {
            let mut into = vec![f32::NAN; PIXELS];
            thicken(&image, by, &mut into);
            assert!(into.iter().all(|value| (0.0..=1.0).contains(value)));
            into
        };
        assert_eq!(by(0.0), image);
        assert!(ink(&by(-0.5)) < ink(&image) && ink(&image) < ink(&by(0.5)) && ink(&by(0.5)) < ink(&by(1.0)));
        // Two columns of twenty: four more columns' worth of sides and two ends.
        assert!((ink(&by(1.0)) - ink(&image) - 44.0 * 200.0 / 255.0).abs() < 1e-3);
    }

    #[test]
    fn variations_begin_with_the_drawing_and_depend_on_nothing_else() {
        let drawing = bar(6, 255);
        let all = variations(&drawing).unwrap();
        assert_eq!(all.len(), VARIATIONS * PIXELS);
        assert_eq!(all[..PIXELS], drawing);
        assert_eq!(all, variations(&drawing).unwrap());
        let each: std::collections::HashSet<&[u8]> = all.chunks(PIXELS).collect();
        assert_eq!(each.len(), VARIATIONS);
        // None is lost, and none is another thing.
        let whole: f32 = drawing.iter().map(|&v| f32::from(v)).sum();
        for image in all.chunks(PIXELS) {
            let share = image.iter().map(|&v| f32::from(v)).sum::<f32>() / whole;
            assert!((0.3..2.2).contains(&share), "{share} of the ink");
        }
        assert!(variations(&drawing[1..]).is_err());
    }

    #[test]
    fn no_drawing_stands_on_two_sides() {
        // Each drawing has a shade of its own, so that an image says which one it comes from: the first of a run.
        let labels: Vec<u8> = (0..21).map(|at| (at % 3) as u8).collect();
        let pixels: Vec<u8> = (0..21).flat_map(|at| bar(at % 12 + 1, 100 + at as u8)).collect();
        let (train, test) = data_sets(&pixels, &labels, names(3)).unwrap();
        let told = plan(&labels, 3).unwrap();
        assert_eq!((train.len(), test.len()), (15 * VARIATIONS, 6 * VARIATIONS));
        assert_eq!(told.test, CollectionPart { drawings: 6, images: 120 });
        assert_eq!(told.all.images as usize, train.len() + test.len());
        let (training, validating) = train.split(train.len() as u32, VALIDATION, SEED).unwrap();
        assert_eq!(
            (training.len(), validating.len()),
            (told.train.images as usize, told.validation.images as usize)
        );
        let origin = |images: &LabelledImages, index: u32| {
            *images.image(index as usize / VARIATIONS * VARIATIONS).iter().max().unwrap()
        };
        let drawings = |images, indices: &[u32]| -> std::collections::HashSet<u8> {
            indices.iter().map(|&index| origin(images, index)).collect()
        };
        let tested = drawings(&test, &(0..test.len() as u32).collect::<Vec<_>>());
        let (trained, validated) = (drawings(&train, &training), drawings(&train, &validating));
        assert_eq!((trained.len(), validated.len(), tested.len()), (12, 3, 6));
        assert!(
            trained.is_disjoint(&validated) && trained.is_disjoint(&tested) && validated.is_disjoint(&tested)
        );
        // Every class is tested, and the first images are of every class.
        assert_eq!(test.labels().iter().collect::<std::collections::HashSet<_>>().len(), 3);
        assert_eq!([0, 1, 2].map(|at| train.label(at * VARIATIONS)), [0, 1, 2]);
        assert_eq!(data_sets(&pixels, &labels, names(3)).unwrap(), (train, test));
    }

    #[test]
    fn what_is_missing_is_said_and_what_does_not_fit_is_refused() {
        let told = plan(&[0, 0, 1, 0, 0], 3).unwrap();
        assert_eq!((told.counts, told.missing), (vec![4, 1, 0], vec![0, 2, 3]));
        assert_eq!(plan(&[], 2).unwrap().all, CollectionPart { drawings: 0, images: 0 });
        assert!(plan(&[0], 1).is_err() && plan(&[0], 11).is_err() && plan(&[2], 2).is_err());
        let pixels = |count| -> Vec<u8> { (0..count).flat_map(|at| bar(1 + at % 12, 255)).collect() };
        let refused = |count, labels: &[u8], classes| {
            data_sets(&pixels(count), labels, names(classes)).unwrap_err().to_string()
        };
        assert!(refused(5, &[0, 0, 0, 1, 1], 2).starts_with("drawings is 2"));
        assert!(refused(5, &[0, 0, 0, 1, 1, 1], 2).contains("drawings"));
        assert!(refused(6, &[0, 0, 0, 2, 2, 2], 2).starts_with("label is 2"));
        assert!(refused(54, &[[0; 51].as_slice(), &[1; 3]].concat(), 2).starts_with("drawings is 51"));
    }
}
