//! How good a network is: loss, accuracy, and who is mistaken for whom.

use serde::{Deserialize, Serialize};

/// The answers of a network to a list of images, gathered a slice at a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    num_classes: usize,
    loss_sum: f64,
    answers: Vec<Answer>,
}

/// One image's answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    index: u32,
    label: u8,
    prediction: u8,
    confidence: f32,
}

/// How well one class is told from the others; each 0…1, and null where nothing was there to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ClassScore {
    /// Of the images called this class, the part that is.
    pub precision: Option<f64>,
    /// Of the images of this class, the part that was called so.
    pub recall: Option<f64>,
    /// Harmonic mean of the two: `2 · TP / (2 · TP + FP + FN)`.
    pub f1: Option<f64>,
    /// Images of this class.
    pub support: usize,
}

/// An image the network is wrong about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Mistake {
    /// Which image of the data set.
    pub index: u32,
    /// What it is.
    pub label: u8,
    /// What the network says.
    pub prediction: u8,
    /// The output for the class it says (a probability for softmax and sigmoid).
    pub confidence: f32,
}

/// Everything an evaluation tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Scores {
    /// Images evaluated.
    pub count: usize,
    /// Mean loss, in nats for cross-entropies.
    pub loss: f64,
    /// Part of the images predicted right.
    pub accuracy: f64,
    /// Rows are labels, columns predictions, entries numbers of images.
    pub confusion: Vec<Vec<u32>>,
    /// One score a class.
    pub classes: Vec<ClassScore>,
    /// The wrong answers given with the largest output, largest first; ties by index.
    pub mistakes: Vec<Mistake>,
}

impl Evaluation {
    /// An evaluation of nothing yet, with room for `count` answers.
    pub fn new(num_classes: usize, count: usize) -> Self {
        Self { num_classes, loss_sum: 0.0, answers: Vec::with_capacity(count) }
    }

    /// Forgets every answer and keeps the room.
    pub fn clear(&mut self) {
        self.loss_sum = 0.0;
        self.answers.clear();
    }

    /// Takes in one image's answer.
    pub fn add(&mut self, index: u32, label: u8, prediction: u8, confidence: f32, loss: f64) {
        self.loss_sum += loss;
        self.answers.push(Answer { index, label, prediction, confidence });
    }

    /// How many classes there are.
    pub fn num_classes(&self) -> usize {
        self.num_classes
    }

    /// Whether these are answers to the first of the images at `indices`, in that order, with numbers that can
    /// be shown; one read from a file may hold anything. Shapes: `labels` of all images of the set.
    pub(super) fn answers_fit(&self, labels: &[u8], num_classes: usize, indices: &[u32]) -> bool {
        let fits = |(answer, &index): (&Answer, &u32)| {
            answer.index == index
                && answer.label == labels[index as usize]
                && usize::from(answer.prediction) < num_classes
                && answer.confidence.is_finite()
        };
        self.num_classes == num_classes
            && self.answers.len() <= indices.len()
            && self.loss_sum.is_finite()
            && self.answers.iter().zip(indices).all(fits)
    }

    /// Images so far.
    pub fn count(&self) -> usize {
        self.answers.len()
    }

    /// Mean loss of the images so far, without any penalty; none before the first.
    pub fn loss(&self) -> Option<f64> {
        (self.count() > 0).then(|| self.loss_sum / self.count() as f64)
    }

    /// Accuracy of the images so far; none before the first.
    pub fn accuracy(&self) -> Option<f64> {
        let right = self.answers.iter().filter(|answer| answer.label == answer.prediction).count();
        (self.count() > 0).then(|| right as f64 / self.count() as f64)
    }

    /// What each image in turn was taken for.
    pub fn predictions(&self) -> impl Iterator<Item = u8> {
        self.answers.iter().map(|answer| answer.prediction)
    }

    /// The output for that class, image by image.
    pub fn confidences(&self) -> impl Iterator<Item = f32> {
        self.answers.iter().map(|answer| answer.confidence)
    }

    /// Rows are labels, columns predictions.
    pub fn confusion(&self) -> Vec<Vec<u32>> {
        let mut table = vec![vec![0; self.num_classes]; self.num_classes];
        for answer in &self.answers {
            table[usize::from(answer.label)][usize::from(answer.prediction)] += 1;
        }
        table
    }

    /// The images of one cell of [`Evaluation::confusion`], most confident first.
    pub fn cell(&self, label: u8, prediction: u8) -> Vec<Mistake> {
        self.ranked(|answer| answer.label == label && answer.prediction == prediction)
    }

    /// Everything at once, with the `num_mistakes` most confident mistakes; none before the first image.
    pub fn scores(&self, num_mistakes: usize) -> Option<Scores> {
        let confusion = self.confusion();
        let mut mistakes = self.ranked(|answer| answer.label != answer.prediction);
        mistakes.truncate(num_mistakes);
        Some(Scores {
            count: self.count(),
            loss: self.loss()?,
            accuracy: self.accuracy()?,
            classes: (0..self.num_classes).map(|k| class_score(&confusion, k)).collect(),
            confusion,
            mistakes,
        })
    }

    fn ranked(&self, chosen: impl Fn(&Answer) -> bool) -> Vec<Mistake> {
        let mut list: Vec<&Answer> = self.answers.iter().filter(|answer| chosen(answer)).collect();
        list.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.index.cmp(&b.index)));
        list.into_iter()
            .map(|&Answer { index, label, prediction, confidence }| Mistake {
                index,
                label,
                prediction,
                confidence,
            })
            .collect()
    }
}

/// Precision, recall and F1 of class `k` from a confusion table.
fn class_score(confusion: &[Vec<u32>], k: usize) -> ClassScore {
    let right = f64::from(confusion[k][k]);
    let support: u32 = confusion[k].iter().sum();
    let called: u32 = confusion.iter().map(|row| row[k]).sum();
    let part = |of: u32| (of > 0).then(|| right / f64::from(of));
    ClassScore {
        precision: part(called),
        recall: part(support),
        f1: (called + support > 0).then(|| 2.0 * right / f64::from(called + support)),
        support: support as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_count_what_a_hand_counts() {
        let mut evaluation = Evaluation::new(3, 6);
        // Labels 0 0 0 1 1 2, predictions 0 0 1 1 0 0.
        for (index, (label, prediction, confidence)) in
            [(0, 0, 0.9), (0, 0, 0.8), (0, 1, 0.7), (1, 1, 0.6), (1, 0, 0.95), (2, 0, 0.7)]
                .into_iter()
                .enumerate()
        {
            evaluation.add(index as u32, label, prediction, confidence, 0.5);
        }
        let scores = evaluation.scores(2).unwrap();
        assert_eq!(scores.confusion, [[2, 1, 0], [1, 1, 0], [1, 0, 0]]);
        assert_eq!((scores.loss, scores.accuracy), (0.5, 0.5));
        assert_eq!((scores.classes[0].precision, scores.classes[0].recall), (Some(0.5), Some(2.0 / 3.0)));
        assert_eq!(scores.classes[0].f1, Some(4.0 / 7.0));
        // Class 2 was never called: precision has nothing to divide by.
        assert_eq!((scores.classes[2].precision, scores.classes[2].recall), (None, Some(0.0)));
        let order: Vec<u32> = scores.mistakes.iter().map(|mistake| mistake.index).collect();
        assert_eq!(order, [4, 2]);
        assert_eq!(evaluation.cell(0, 0).len(), 2);
        assert!(Evaluation::new(3, 0).scores(1).is_none());
    }
}
