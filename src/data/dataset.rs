//! Images with their labels and the names of the classes.

use super::{FileProblem, IdxKind, IdxReader, MAX_CLASSES, PIXELS};
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Result};

/// N images of 784 pixels, N labels, and two to ten class names.
///
/// Pixels stay the bytes of the file (47 MB for 60,000 images; as `f32` they
/// would be 188 MB); batches become floats when they are needed. It never
/// changes once made, so one set is shared by `Rc` between all who read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledImages {
    pixels: Vec<u8>,
    labels: Vec<u8>,
    class_names: Vec<String>,
    /// Images that stand together because they show one thing; 1 where each shows its own.
    run: usize,
}

impl LabelledImages {
    /// Puts pixels (N × 784), labels (N) and class names (2…10) together.
    ///
    /// # Errors
    /// [`Error::Setting`] for fewer than two or more than ten names, [`Error::Shape`] when the sizes disagree or a label has no name.
    pub fn new(pixels: Vec<u8>, labels: Vec<u8>, class_names: Vec<String>) -> Result<Self> {
        check_names(&class_names)?;
        if pixels.len() != labels.len() * PIXELS {
            return Err(Error::shape(ArrayName::Pixels, labels.len() * PIXELS, pixels.len()));
        }
        if let Some(&largest) = labels.iter().max()
            && usize::from(largest) >= class_names.len()
        {
            let expected = usize::from(largest) + 1;
            return Err(Error::shape(ArrayName::ClassNames, expected, class_names.len()));
        }
        Ok(Self { pixels, labels, class_names, run: 1 })
    }

    /// Takes over two files that have been read whole.
    ///
    /// # Errors
    /// [`Error::File`] when a file is not whole, when their counts differ, or when a label has no class name.
    pub fn from_files(images: IdxReader, labels: IdxReader, class_names: Vec<String>) -> Result<Self> {
        check_names(&class_names)?;
        for (reader, kind) in [(&images, IdxKind::Images), (&labels, IdxKind::Labels)] {
            if reader.kind() != kind {
                return Err(Error::setting(SettingName::FileKind, reader.file(), Rule::ImagesThenLabels));
            }
        }
        let file = labels.file().to_owned();
        let (pixels, labels) = (images.finish()?, labels.finish()?);
        let num_images = pixels.len() / PIXELS;
        if num_images != labels.len() {
            let problem =
                FileProblem::CountsDiffer { images: num_images as u32, labels: labels.len() as u32 };
            return Err(Error::File { file, problem });
        }
        let largest = class_names.len() as u8 - 1;
        if let Some(index) = labels.iter().position(|&label| label > largest) {
            let problem = FileProblem::WrongLabel { index: index as u32, label: labels[index], largest };
            return Err(Error::File { file, problem });
        }
        Self::new(pixels, labels, class_names)
    }

    /// Refuses images of one class alone, whose labels came from `file`: there is nothing to tell apart.
    ///
    /// # Errors
    /// [`Error::File`] when all labels are the same.
    pub fn check_classes(&self, file: &str) -> Result<()> {
        match self.labels.split_first() {
            Some((&label, rest)) if rest.iter().all(|&other| other == label) => {
                Err(Error::File { file: file.to_owned(), problem: FileProblem::OneClass { label } })
            }
            _ => Ok(()),
        }
    }

    /// A part to train on and a part to test on, for a visitor's own files that come without test files.
    ///
    /// To test on is a sixth of the images (rounded up), drawn by `seed` as [`super::split`] draws; both parts keep
    /// the order of the files.
    ///
    /// # Errors
    /// [`Error::Setting`] when a part would be empty.
    pub fn hold_out_test(&self, seed: u32) -> Result<(Self, Self)> {
        let (mut train, mut test) = super::split::train_validation(self.len() as u32, 1.0 / 6.0, seed)?;
        train.sort_unstable();
        test.sort_unstable();
        Ok((self.select(&train), self.select(&test)))
    }

    fn select(&self, indices: &[u32]) -> Self {
        Self {
            pixels: indices.iter().flat_map(|&index| self.image(index as usize)).copied().collect(),
            labels: indices.iter().map(|&index| self.labels[index as usize]).collect(),
            class_names: self.class_names.clone(),
            run: 1,
        }
    }

    /// The same images, of which each `run` in order are variations of one thing: [`LabelledImages::split`] does not
    /// part them.
    ///
    /// # Errors
    /// [`Error::Shape`] unless the images are whole runs.
    pub fn in_runs_of(self, run: usize) -> Result<Self> {
        let run = run.max(1);
        if !self.len().is_multiple_of(run) {
            return Err(Error::shape(
                ArrayName::Pixels,
                self.len().next_multiple_of(run) * PIXELS,
                self.pixels.len(),
            ));
        }
        Ok(Self { run, ..self })
    }

    /// How many images in order are variations of one thing; 1 where each is its own.
    pub fn run(&self) -> usize {
        self.run
    }

    /// The first `count` images, split as [`super::split::train_validation`] splits, but by whole runs.
    ///
    /// # Errors
    /// As there.
    pub fn split(&self, count: u32, validation_fraction: f64, seed: u32) -> Result<(Vec<u32>, Vec<u32>)> {
        let run = self.run as u32;
        let (train, validation) =
            super::split::train_validation(count.div_ceil(run), validation_fraction, seed)?;
        let images = |runs: Vec<u32>| -> Vec<u32> {
            runs.into_iter().flat_map(|at| at * run..((at + 1) * run).min(count)).collect()
        };
        Ok((images(train), images(validation)))
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// All pixels, N × 784, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// All labels, N class indices.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The 784 pixels of image `index`.
    ///
    /// # Panics
    /// When there is no such image: indices come from [`super::split`] or are checked at the boundary.
    pub fn image(&self, index: usize) -> &[u8] {
        &self.pixels[index * PIXELS..(index + 1) * PIXELS]
    }

    /// The class of image `index`.
    ///
    /// # Panics
    /// As [`LabelledImages::image`].
    pub fn label(&self, index: usize) -> usize {
        usize::from(self.labels[index])
    }

    /// The names of the classes, in order.
    pub fn class_names(&self) -> &[String] {
        &self.class_names
    }

    /// Number of classes.
    pub fn num_classes(&self) -> usize {
        self.class_names.len()
    }
}

fn check_names(class_names: &[String]) -> Result<()> {
    Rule::range(2.0, MAX_CLASSES as f64).check(SettingName::ClassNames, class_names.len())
}
