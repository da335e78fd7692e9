//! A gradient beside what a small nudge of its input does to the result.
//!
//! ```text
//! left  = (f(x) − f(x − h)) / h      right = (f(x + h) − f(x)) / h
//! slope = (4·c(h/2) − c(h)) / 3      c(h)  = (f(x + h) − f(x − h)) / 2h
//! ```
//! Where `f` is smooth, the two sides come together as `h` shrinks, and what
//! is left of the error of `slope` falls with `h⁴`. At a kink they stay apart,
//! at a jump they grow. No one `h` fits every `f`: near a pole of `ln` it must
//! be small beside `x`, under a large summand large beside rounding. So several
//! are tried, and the gradient is confirmed by the first that can do so.

use serde::{Deserialize, Serialize};

use super::Tape;
use crate::elementary::cbrt;

/// Largest relative error of a confirmed gradient: the page shows seven digits.
pub const TOLERANCE: f64 = 1e-6;

/// What a nudge says of a gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum NudgeVerdict {
    /// The slope is the gradient.
    Agrees,
    /// The slope is that of 64 bits, from which the shown gradient differs by the rounding of its own.
    Rounded,
    /// The slopes to the left and to the right are two numbers.
    Kink,
    /// The result jumps.
    Jump,
    /// On one side there is no result.
    Edge,
    /// The result, its gradient or both neighbours are no finite numbers.
    NotFinite,
    /// The nudge changes the result by less than its rounding.
    TooSmallToTell,
    /// None of these explains the difference.
    Differs,
}

/// A nudge of one input in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Nudge {
    /// The slope, from both sides.
    pub slope: f64,
    /// The slope from the left.
    pub left: f64,
    /// The slope to the right.
    pub right: f64,
    /// What they say of the gradient.
    pub verdict: NudgeVerdict,
}

impl Tape<f64> {
    /// Holds a claimed gradient of `output` with respect to a leaf against nudges of the leaf.
    ///
    /// [`Self::backward`] must have run: its gradients also say how much rounding reaches the output.
    pub fn nudge(&self, output: usize, leaf: usize, gradient: f64) -> Nudge {
        let (x, value) = (self.value(leaf), self.value(output));
        let rounding = self.rounding(output);
        let mut shifted = self.clone();
        let mut at = |x: f64| {
            shifted.set_leaf(leaf, x);
            shifted.forward();
            shifted.value(output)
        };
        let mut tried: Vec<Rung> = Vec::new();
        for step in steps(x) {
            let mut sides = |step| Sides::of(&mut at, (x, value), step);
            let rung = Rung { wide: sides(step), narrow: sides(step / 2.0), noise: 4.0 * rounding / step };
            if rung.confirms(gradient) {
                return rung.says(NudgeVerdict::Agrees);
            }
            tried.push(rung);
        }
        let finite = tried.iter().filter(|rung| rung.is_finite());
        match finite.min_by(|a, b| a.error().total_cmp(&b.error())) {
            Some(best) if value.is_finite() && gradient.is_finite() => best.says(best.verdict(gradient)),
            // The narrowest comes nearest to what is at `x` itself.
            _ => tried.iter().min_by(|a, b| a.narrow.step.total_cmp(&b.narrow.step)).map_or(
                Nudge { slope: f64::NAN, left: f64::NAN, right: f64::NAN, verdict: NudgeVerdict::NotFinite },
                |last| last.says(last.end(value)),
            ),
        }
    }

    /// How far rounding may have moved the output: each node's own, times what it does to the output.
    fn rounding(&self, output: usize) -> f64 {
        let of = |node: usize| (self.value(node) * self.gradient(node)).abs();
        let reaching: f64 = (0..self.len())
            .filter(|&node| self.is_tracked(node) && !self.edges(node).is_empty())
            .map(of)
            .filter(|size| size.is_finite())
            .sum();
        f64::EPSILON * (reaching + self.value(output).abs())
    }
}

/// The nudges to try: the usual `∛ε`, then smaller ones, also beside a small `x`, then larger ones.
fn steps(x: f64) -> impl Iterator<Item = f64> {
    let (size, near) = (x.abs().max(1.0), x.abs());
    let by_tenths = |first: f64| std::iter::successors(Some(first), |step| Some(step / 10.0));
    let usual = cbrt(f64::EPSILON);
    let small = by_tenths(usual * size).take(9);
    let beside = by_tenths(usual * near).take(3).filter(move |_| near > 0.0 && near < 1.0);
    let large = std::iter::successors(Some(10.0 * usual * size), |step| Some(10.0 * step)).take(4);
    small.chain(beside).chain(large).filter(move |&step| x + step / 2.0 != x && x - step / 2.0 != x)
}

/// The slopes to both sides for one nudge.
struct Sides {
    step: f64,
    left: f64,
    right: f64,
    both: f64,
}

impl Sides {
    fn of(at: &mut impl FnMut(f64) -> f64, (x, value): (f64, f64), step: f64) -> Self {
        // The nudges as they are after rounding.
        let (above, below) = (x + step, x - step);
        let (over, under) = (at(above), at(below));
        let right = (over - value) / (above - x);
        let left = (value - under) / (x - below);
        Self { step, left, right, both: (over - under) / (above - below) }
    }

    fn largest(&self) -> f64 {
        self.left.abs().max(self.right.abs())
    }

    fn gap(&self) -> f64 {
        (self.right - self.left).abs()
    }
}

/// A nudge and its half.
struct Rung {
    wide: Sides,
    narrow: Sides,
    /// What rounding may have done to a slope of the narrow one.
    noise: f64,
}

impl Rung {
    fn slope(&self) -> f64 {
        match self.narrow.both.is_finite() && self.wide.both.is_finite() {
            true => (4.0 * self.narrow.both - self.wide.both) / 3.0,
            false => self.narrow.both,
        }
    }

    fn is_finite(&self) -> bool {
        [&self.wide, &self.narrow].iter().all(|sides| sides.left.is_finite() && sides.right.is_finite())
    }

    fn error(&self) -> f64 {
        (self.narrow.both - self.wide.both).abs() + self.noise
    }

    fn says(&self, verdict: NudgeVerdict) -> Nudge {
        Nudge { slope: self.slope(), left: self.narrow.left, right: self.narrow.right, verdict }
    }

    /// Whether these two nudges show the gradient to be right.
    fn confirms(&self, gradient: f64) -> bool {
        let Self { wide, narrow, noise } = self;
        if !gradient.is_finite() {
            return gradient.is_infinite() && narrow.both == gradient && wide.both == gradient;
        }
        if !self.is_finite() {
            return false;
        }
        if gradient == 0.0 {
            // Flat, or flatter with every smaller nudge.
            return wide.largest() == 0.0 && narrow.largest() == 0.0
                || narrow.largest() <= 0.75 * wide.largest();
        }
        let near = TOLERANCE * gradient.abs();
        let is_smooth = narrow.gap() <= near || narrow.gap() <= 0.75 * wide.gap();
        is_smooth && *noise <= near && (self.slope() - gradient).abs() <= near
    }

    /// Why these finite slopes do not confirm the gradient.
    fn verdict(&self, gradient: f64) -> NudgeVerdict {
        let Self { wide, narrow, noise } = self;
        let is_seen = |slope: f64| slope > 8.0 * noise;
        // Half the nudge makes the slope of a jump twice as steep, and leaves that of a kink.
        if is_seen(narrow.largest()) && narrow.largest() >= 1.9 * wide.largest() {
            NudgeVerdict::Jump
        } else if is_seen(narrow.gap())
            && narrow.gap() > TOLERANCE * narrow.largest()
            && narrow.gap() >= 0.75 * wide.gap()
        {
            NudgeVerdict::Kink
        } else if (self.slope() - gradient).abs() <= 8.0 * noise {
            NudgeVerdict::TooSmallToTell
        } else {
            NudgeVerdict::Differs
        }
    }

    /// What is said where numbers end.
    fn end(&self, value: f64) -> NudgeVerdict {
        match value.is_finite() && self.narrow.left.is_finite() != self.narrow.right.is_finite() {
            true => NudgeVerdict::Edge,
            false => NudgeVerdict::NotFinite,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NudgeVerdict::*;
    use super::*;
    use crate::graph::Expression;

    fn tape(text: &str, x: f64) -> (Tape<f64>, usize, usize) {
        let expression = Expression::parse(text).unwrap();
        let mut tape = expression.tape(&[("x".to_owned(), x)]).unwrap();
        tape.backward(expression.output());
        (tape, expression.output(), expression.leaves()[0].node)
    }

    fn nudge(text: &str, x: f64) -> Nudge {
        let (tape, output, leaf) = tape(text, x);
        tape.nudge(output, leaf, tape.gradient(leaf))
    }

    #[test]
    fn a_smooth_slope_is_confirmed_at_any_size() {
        for (text, x) in [
            ("ln(x)", 1e-5),
            ("ln(x)", 1e-200),
            ("ln(x + 1e-8)", 0.0),
            ("sqrt(x)", 1e-12),
            ("relu(x)", 1e-9),
            ("relu(x)", -1e-9),
            ("1 ÷ x", 1e-4),
            ("exp(300 × x)", 0.5),
            ("exp(−x)", 20.0),
            ("tanh(x)", 8.0),
            ("sigmoid(x)", 12.0),
            ("1e6 + x", 1.0),
            ("1e-30 × x²", 1e10),
            ("x × 1e-300", 3.0),
            ("x^3", 1e50),
        ] {
            let Nudge { slope, verdict, .. } = nudge(text, x);
            assert_eq!(verdict, Agrees, "{text} at {x}: {slope}");
        }
    }

    #[test]
    fn a_slope_of_zero_is_confirmed_where_it_is_one() {
        for (text, x) in [
            ("x²", 0.0),
            ("x^3", 0.0),
            ("x^5", 0.0),
            ("(x − 1)²", 1.0),
            ("step(x)", 1.0),
            ("relu(x)", -2.0),
            ("exp(−x)", 1000.0),
            ("sigmoid(x)", 40.0),
            ("x − x", 3.0),
        ] {
            assert_eq!(nudge(text, x).verdict, Agrees, "{text} at {x}");
        }
    }

    #[test]
    fn a_kink_is_told_from_a_slope_however_flat_it_is() {
        for (text, x, left, right) in [
            ("relu(x) × 0.001", 0.0, 0.0, 0.001),
            ("relu(x) × 1e-12", 0.0, 0.0, 1e-12),
            ("max(x, 1)", 1.0, 0.0, 1.0),
            ("1000 × relu(x) − 999 × x", 0.0, -999.0, 1.0),
        ] {
            let found = nudge(text, x);
            assert_eq!(found.verdict, Kink, "{text}");
            let is_near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
            assert!(is_near(found.left, left) && is_near(found.right, right), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_slope_is_called_by_its_name() {
        for (text, x, verdict) in [
            ("step(x)", 0.0, Jump),
            ("1e-9 × step(x)", 0.0, Jump),
            ("sqrt(x)", 0.0, Edge),
            ("x^1.5", 0.0, Edge),
            ("ln(x)", 0.0, NotFinite),
            ("ln(x)", -1.0, NotFinite),
            ("1e12 + 1e-9 × x", 1.0, TooSmallToTell),
        ] {
            assert_eq!(nudge(text, x).verdict, verdict, "{text} at {x}");
        }
    }

    #[test]
    fn an_infinite_slope_is_one_number() {
        let Nudge { slope, verdict, .. } = nudge("x × 1e200 × −1e200", 0.0);
        assert_eq!((slope, verdict), (f64::NEG_INFINITY, Agrees));
        assert_ne!(nudge("1 ÷ x", 0.0).verdict, Agrees);
    }

    #[test]
    fn a_wrong_gradient_is_not_confirmed() {
        for (text, x, wrong) in [
            ("x²", 3.0, 6.00001),
            ("x²", 3.0, 0.0),
            ("x² × 1e-9", 3.0, 6.1e-9),
            ("ln(x)", 1e-5, -1e5),
            ("relu(x)", -1.0, 1.0),
            ("x²", 0.0, 1e-6),
        ] {
            let (tape, output, leaf) = tape(text, x);
            assert_eq!(tape.nudge(output, leaf, wrong).verdict, Differs, "{text} {wrong}");
        }
    }
}
