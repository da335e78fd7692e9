//! What a setting may be.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Error, Result, SettingName, SettingValue};

/// What a setting may be; with [`Error::Setting`], what it should have been.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[non_exhaustive]
#[allow(missing_docs, reason = "the numbers are told by the variants' sentences")]
pub enum Rule {
    /// `min ≤ value ≤ max`.
    Range { min: f64, max: f64 },
    /// `above < value ≤ max`.
    AboveUpTo { above: f64, max: f64 },
    /// `min ≤ value < below`.
    FromBelow { min: f64, below: f64 },
    /// `above < value < below`.
    Between { above: f64, below: f64 },
    /// `min ≤ value`, and finite.
    AtLeast { min: f64 },
    /// `value ≤ max`.
    AtMost { max: f64 },
    /// `above < value`, and finite.
    Above { above: f64 },
    /// `value < below`, and finite.
    Below { below: f64 },
    /// A place in a list of `count`, counted from 0.
    Place { count: usize },
    /// A finite number.
    Finite,
    /// A list of finite numbers; the one at `index` is not.
    AllFinite { index: usize },
    /// 0 or 1.
    ZeroOrOne,
    /// One of the names there are.
    Known,
    /// A planted bug that the network has a place for.
    HasAPlace,
    /// How many images to use: `min` or more, and no more than there are.
    ImagesOfSet { min: usize, images: usize },
    /// Enough images to leave one in each part of a split.
    ImageInEachPart,
    /// Folds: 2 or more, and no more than the largest class has images.
    FoldsOfClass { images: usize },
    /// Epochs: no fewer than have begun already.
    EpochsBegun { epochs: usize },
    /// Finite, which a network that has overflowed is not.
    NotOverflowed,
    /// Points at two places `x` or more.
    TwoPlaces,
    /// No more points than the pad takes.
    FitsPad { max: usize },
    /// A reader of images first, then one of labels.
    ImagesThenLabels,
}

impl Rule {
    /// From `min` to `max`, both allowed.
    pub const fn range(min: f64, max: f64) -> Self {
        Self::Range { min, max }
    }

    /// Whether a number keeps the rule. Rules about something else than one number allow every finite one.
    pub fn allows(self, value: f64) -> bool {
        match self {
            Self::Range { min, max } => (min..=max).contains(&value),
            Self::AboveUpTo { above, max } => value > above && value <= max,
            Self::FromBelow { min, below } => (min..below).contains(&value),
            Self::Between { above, below } => value > above && value < below,
            Self::AtLeast { min } => value >= min && value.is_finite(),
            Self::AtMost { max } => value <= max,
            Self::Above { above } => value > above && value.is_finite(),
            Self::Below { below } => value < below && value.is_finite(),
            Self::Place { count } => (0.0..count as f64).contains(&value),
            Self::ZeroOrOne => value == 0.0 || value == 1.0,
            Self::ImagesOfSet { min, images } => (min as f64..=images as f64).contains(&value),
            Self::FoldsOfClass { images } => (2.0..=images as f64).contains(&value),
            Self::EpochsBegun { epochs } => value >= epochs as f64 && value.is_finite(),
            Self::FitsPad { max } => value <= max as f64,
            _ => value.is_finite(),
        }
    }

    /// Checks a setting's number.
    ///
    /// # Errors
    /// [`Error::Setting`] with this rule when the number breaks it.
    pub fn check(self, name: SettingName, value: impl Into<SettingValue>) -> Result<()> {
        let value = value.into();
        let keeps = value.number().is_some_and(|number| self.allows(number));
        if keeps { Ok(()) } else { Err(Error::Setting { name, value, rule: self }) }
    }
}

/// A number as a person writes it: 0.0001 and 60000, but 1e-12.
pub(super) struct Written(pub f64);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = self;
        let size = value.abs();
        if size == 0.0 || (1e-4..1e15).contains(&size) {
            write!(f, "{value}")
        } else {
            write!(f, "{value:e}")
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Range { min, max } => write!(f, "{} to {}", Written(min), Written(max)),
            Self::AboveUpTo { above, max } => {
                write!(f, "above {} and at most {}", Written(above), Written(max))
            }
            Self::FromBelow { min, below } => {
                write!(f, "at least {} and below {}", Written(min), Written(below))
            }
            Self::Between { above, below } => {
                write!(f, "between {} and {}, both excluded", Written(above), Written(below))
            }
            Self::AtLeast { min } => write!(f, "at least {}", Written(min)),
            Self::AtMost { max } => write!(f, "at most {}", Written(max)),
            Self::Above { above } => write!(f, "above {}", Written(above)),
            Self::Below { below } => write!(f, "below {}", Written(below)),
            Self::Place { count } => write!(f, "below {count}"),
            Self::Finite => write!(f, "a finite number"),
            Self::AllFinite { index } => write!(f, "finite everywhere (it is not at place {index})"),
            Self::ZeroOrOne => write!(f, "0 or 1"),
            Self::Known => write!(f, "one of those there are"),
            Self::HasAPlace => write!(f, "one that this network has a place for"),
            Self::ImagesOfSet { min, images } => {
                write!(f, "at least {min} and at most {images}, the number of images")
            }
            Self::ImageInEachPart => write!(f, "large enough to leave an image in each part"),
            Self::FoldsOfClass { images } => {
                write!(f, "from 2 to {images}, the number of samples of the largest class")
            }
            Self::EpochsBegun { epochs } => {
                write!(f, "at least {epochs}, the number of epochs begun already")
            }
            Self::NotOverflowed => {
                write!(f, "finite: the network has overflowed; train again with a smaller learning rate")
            }
            Self::TwoPlaces => write!(f, "points at two places x or more"),
            Self::FitsPad { max } => write!(f, "at most {max}: clear the pad"),
            Self::ImagesThenLabels => write!(f, "a reader of images, then a reader of labels"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_in_or_out_as_the_words_say() {
        let (above, below, min, max) = (0.0, 1.0, 0.0, 1.0);
        let cases = [
            (Rule::Range { min, max }, "0 to 1", [true, true, true]),
            (Rule::AboveUpTo { above, max }, "above 0 and at most 1", [false, true, true]),
            (Rule::FromBelow { min, below }, "at least 0 and below 1", [true, true, false]),
            (Rule::Between { above, below }, "between 0 and 1, both excluded", [false, true, false]),
        ];
        for (rule, words, allowed) in cases {
            assert_eq!([0.0, 0.5, 1.0].map(|value| rule.allows(value)), allowed, "{rule}");
            assert_eq!(rule.to_string(), words);
        }
        for rule in cases.map(|(rule, ..)| rule).into_iter().chain([
            Rule::AtLeast { min },
            Rule::Above { above },
            Rule::Place { count: 2 },
            Rule::Finite,
            Rule::ImagesOfSet { min: 1, images: 9 },
        ]) {
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert!(!rule.allows(bad), "{rule} allows {bad}");
            }
        }
    }

    #[test]
    fn numbers_are_written_as_a_person_would() {
        let rule = Rule::Range { min: 1e-12, max: 60_000.0 };
        assert_eq!(rule.to_string(), "1e-12 to 60000");
        let refused = rule.check(SettingName::Epsilon, -0.5).unwrap_err();
        assert_eq!(refused.to_string(), "epsilon is -0.5, but must be 1e-12 to 60000");
        assert_eq!(rule.check(SettingName::Epsilon, 1e-12), Ok(()));
        // A word where a number is needed keeps no rule.
        assert!(rule.check(SettingName::Epsilon, "small").is_err());
    }
}
