//! Strokes as points in units: what the pen did, not what a canvas shows.

use serde::{Deserialize, Serialize};

use crate::elementary::hypot;
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Result};

/// One point of a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right, in units of the pad's side: the pad is 0…1.
    pub x: f32,
    /// Downwards, in the same unit.
    pub y: f32,
    /// 0…1; a pen that knows no pressure says 0.5, and that is the pen's own width.
    pub pressure: f32,
}

impl Point {
    /// A point at the pen's own width.
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y, pressure: 0.5 }
    }

    /// Distance to `other`, in the points' unit.
    pub fn distance(self, other: Self) -> f32 {
        hypot(self.x - other.x, self.y - other.y)
    }

    /// The point a share `t` of the way to `other`.
    pub fn towards(self, other: Self, t: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        Self {
            x: mix(self.x, other.x),
            y: mix(self.y, other.y),
            pressure: mix(self.pressure, other.pressure),
        }
    }
}

/// A drawing: strokes in the order drawn, each a list of at least one point.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Strokes {
    list: Vec<Vec<Point>>,
}

/// More points than this are refused: it bounds time and memory, and is ten very long strokes.
pub const MAX_POINTS: usize = 1_000_000;

impl Strokes {
    /// A drawing from lists of points; empty lists are left out.
    pub fn new(list: Vec<Vec<Point>>) -> Self {
        Self { list: list.into_iter().filter(|stroke| !stroke.is_empty()).collect() }
    }

    /// A drawing from flat numbers: x, y, pressure of each point, and how many points each stroke has.
    ///
    /// What lies outside the pad is cut off at its edge, as the pad shows it;
    /// a stroke that leaves and comes back becomes two. Pressure is held to 0…1.
    ///
    /// # Errors
    /// When the lengths do not add up to the points, a coordinate is not finite,
    /// or there are more than a million points.
    pub fn from_flat(values: &[f32], lengths: &[u32]) -> Result<Self> {
        let num_points = lengths.iter().map(|&n| n as usize).sum::<usize>();
        if values.len() != 3 * num_points {
            return Err(Error::shape(ArrayName::StrokePoints, 3 * num_points, values.len()));
        }
        Rule::FitsPad { max: MAX_POINTS }.check(SettingName::StrokePoints, num_points)?;
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            let rule = Rule::AllFinite { index: index / 3 };
            return Err(Error::setting(SettingName::StrokePoints, values[index], rule));
        }
        let mut points =
            values.chunks_exact(3).map(|v| Point { x: v[0], y: v[1], pressure: v[2].clamp(0.0, 1.0) });
        let mut list = Vec::with_capacity(lengths.len());
        for &length in lengths {
            let stroke: Vec<Point> = points.by_ref().take(length as usize).collect();
            clip(&stroke, &mut list);
        }
        Ok(Self::new(list))
    }

    /// The strokes.
    pub fn list(&self) -> &[Vec<Point>] {
        &self.list
    }

    /// Whether nothing was drawn.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Smallest and largest coordinates of the points: `(left, top, right, bottom)`; `None` when empty.
    pub fn bounds(&self) -> Option<(f32, f32, f32, f32)> {
        let mut points = self.list.iter().flatten();
        let first = points.next()?;
        Some(points.fold((first.x, first.y, first.x, first.y), |(left, top, right, bottom), p| {
            (left.min(p.x), top.min(p.y), right.max(p.x), bottom.max(p.y))
        }))
    }

    /// Each point moved by `change`.
    pub fn map(&self, change: impl Fn(Point) -> Point) -> Self {
        Self { list: self.list.iter().map(|s| s.iter().map(|&p| change(p)).collect()).collect() }
    }

    /// Each stroke as a smooth curve through its points, `pieces` straight pieces between two of them.
    ///
    /// The centripetal Catmull–Rom spline: it passes through every point and has
    /// no cusp or loop between two of them. Ends are doubled by reflection.
    ///
    /// # References
    /// C. Yuksel, S. Schaefer, J. Keyser, *Parameterization and applications of Catmull–Rom curves*, 2011.
    pub fn smooth(&self, pieces: usize) -> Self {
        Self { list: self.list.iter().map(|stroke| catmull_rom(stroke, pieces.max(1))).collect() }
    }
}

/// Cuts one stroke at the pad's edges and pushes what lies inside.
fn clip(stroke: &[Point], into: &mut Vec<Vec<Point>>) {
    if let [only] = stroke {
        if (0.0..=1.0).contains(&only.x) && (0.0..=1.0).contains(&only.y) {
            into.push(vec![*only]);
        }
        return;
    }
    let mut piece: Vec<Point> = Vec::new();
    for pair in stroke.windows(2) {
        let Some((enter, leave)) = inside(pair[0], pair[1]) else { continue };
        let from = pair[0].towards(pair[1], enter);
        if enter > 0.0 && !piece.is_empty() {
            into.push(std::mem::take(&mut piece));
        }
        if piece.is_empty() {
            piece.push(from);
        }
        piece.push(if leave < 1.0 { pair[0].towards(pair[1], leave) } else { pair[1] });
        if leave < 1.0 {
            into.push(std::mem::take(&mut piece));
        }
    }
    into.push(piece);
}

/// The part of the way from `a` to `b` that lies on the pad, as shares of it (Liang–Barsky).
fn inside(a: Point, b: Point) -> Option<(f32, f32)> {
    let (mut enter, mut leave) = (0.0f32, 1.0f32);
    for (from, by) in [(a.x, b.x - a.x), (a.y, b.y - a.y)] {
        if by == 0.0 {
            if !(0.0..=1.0).contains(&from) {
                return None;
            }
            continue;
        }
        let (at_0, at_1) = ((0.0 - from) / by, (1.0 - from) / by);
        enter = enter.max(at_0.min(at_1));
        leave = leave.min(at_0.max(at_1));
    }
    (enter <= leave).then_some((enter, leave))
}

/// The curve of [`Strokes::smooth`].
fn catmull_rom(stroke: &[Point], pieces: usize) -> Vec<Point> {
    let mut points: Vec<Point> = stroke.to_vec();
    points.dedup_by(|a, b| a.x == b.x && a.y == b.y);
    let Some((&first, &last)) = points.first().zip(points.last()) else { return points };
    if points.len() < 3 {
        return points;
    }
    let count = points.len();
    let at = |i: isize| -> Point {
        if i < 0 {
            points[1].towards(first, 2.0)
        } else if i as usize >= count {
            points[count - 2].towards(last, 2.0)
        } else {
            points[i as usize]
        }
    };
    let mut curve = vec![first];
    for i in 0..count as isize - 1 {
        let p = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        // Knots a square root of the distance apart: centripetal.
        let mut knot = [0.0f32; 4];
        for k in 1..4 {
            knot[k] = knot[k - 1] + p[k - 1].distance(p[k]).sqrt();
        }
        for step in 1..=pieces {
            let t = knot[1] + (knot[2] - knot[1]) * step as f32 / pieces as f32;
            let mix = |a: Point, b: Point, from: f32, to: f32| a.towards(b, (t - from) / (to - from));
            let a = [
                mix(p[0], p[1], knot[0], knot[1]),
                mix(p[1], p[2], knot[1], knot[2]),
                mix(p[2], p[3], knot[2], knot[3]),
            ];
            let b = [mix(a[0], a[1], knot[0], knot[2]), mix(a[1], a[2], knot[1], knot[3])];
            curve.push(mix(b[0], b[1], knot[1], knot[2]));
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_numbers_must_add_up_and_be_finite() {
        assert!(matches!(Strokes::from_flat(&[0.0; 5], &[2]), Err(Error::Shape { expected: 6, .. })));
        let bad = Strokes::from_flat(&[0.0, 0.0, 0.5, f32::NAN, 0.0, 0.5], &[2]);
        assert_eq!(
            bad.unwrap_err().to_string(),
            "strokePoints is NaN, but must be finite everywhere (it is not at place 1)"
        );
        assert!(Strokes::from_flat(&vec![0.5; 3 * (MAX_POINTS + 1)], &[MAX_POINTS as u32 + 1]).is_err());
        assert!(Strokes::from_flat(&[], &[]).unwrap().is_empty());
        assert!(Strokes::from_flat(&[], &[0, 0]).unwrap().is_empty());
    }

    #[test]
    fn a_stroke_that_leaves_the_pad_and_returns_becomes_two() {
        let flat = [0.5, 0.5, 0.5, 1.5, 0.5, 0.5, 0.5, 0.75, 0.5];
        let strokes = Strokes::from_flat(&flat, &[3]).unwrap();
        assert_eq!(strokes.list().len(), 2);
        assert_eq!(strokes.list()[0], vec![Point::new(0.5, 0.5), Point::new(1.0, 0.5)]);
        assert_eq!(strokes.list()[1].len(), 2);
        assert_eq!(strokes.list()[1][0].x, 1.0);
        // A dot outside is nothing at all.
        assert!(Strokes::from_flat(&[2.0, 0.5, 0.5], &[1]).unwrap().is_empty());
    }

    #[test]
    fn the_smooth_curve_passes_through_every_point() {
        let points = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.1, 0.9), (0.1, 0.9), (0.9, 0.4)];
        let strokes = Strokes::new(vec![points.iter().map(|&(x, y)| Point::new(x, y)).collect()]);
        let smooth = strokes.smooth(10);
        assert_eq!(smooth.list()[0].len(), 4 * 10 + 1);
        for &(x, y) in &points {
            let nearest =
                smooth.list()[0].iter().map(|p| p.distance(Point::new(x, y))).fold(f32::MAX, f32::min);
            assert!(nearest < 1e-6, "({x}, {y}) is {nearest} away");
        }
    }
}
