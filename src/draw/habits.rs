//! Habits of hands that MNIST's American writers have seldom: what other schools teach.
//!
//! A network sees them in nobody's strokes but MNIST's own: each is drawn onto a
//! path traced from a training digit.

use rand::RngExt;

use super::Point;
use super::chance::normal;
use super::path::{length, resample};
use crate::Generator;
use crate::elementary::{cos, sin};

/// Lets another school write `digit`, each habit by chance: a 1 with an upstroke and a foot, a 4 whose last
/// stroke begins low, a 5 with its hat put on last, a 7 with a bar (and a tick before it), a 9 with a hook.
///
/// The added strokes come in the order in which they are written: the upstroke
/// first, foot and bar last.
pub(super) fn add(strokes: &mut Vec<Vec<Point>>, digit: u8, generator: &mut Generator) {
    let points = || strokes.iter().flatten();
    let Some(top) = points().copied().reduce(|a, b| if b.y < a.y { b } else { a }) else { return };
    let Some(bottom) = points().copied().reduce(|a, b| if b.y > a.y { b } else { a }) else { return };
    let height = (bottom.y - top.y).max(1.0);
    match digit {
        1 => {
            if generator.random_bool(0.5) {
                let left = generator.random_range(0.1..0.5) * height;
                let down = generator.random_range(0.1..0.5) * height;
                let tip = Point::new(top.x - left, top.y + down);
                *strokes = vec![vec![tip, top, bottom]];
            }
            if generator.random_bool(0.35) {
                let half = generator.random_range(0.12..0.4) * height;
                let tilt = normal(generator, 0.05) * height;
                strokes.push(vec![
                    Point::new(bottom.x - half, bottom.y + tilt),
                    Point::new(bottom.x + half, bottom.y - tilt),
                ]);
            }
        }
        4 if strokes.len() > 1 && generator.random_bool(0.5) => {
            // The last stroke, downwards, begins lower.
            if let Some(last) = strokes.last_mut() {
                let skip = last.len() * generator.random_range(0..60) / 100;
                last.drain(..skip);
            }
        }
        5 if generator.random_bool(0.5) => {
            // Body first, then the hat from left to right: the first stroke is cut at its upper left corner.
            let first = &strokes[0];
            let half = &first[..first.len() / 2];
            let corner =
                (0..half.len()).min_by(|&a, &b| (half[a].x + half[a].y).total_cmp(&(half[b].x + half[b].y)));
            if let Some(corner) = corner.filter(|&corner| corner > 3) {
                let hat: Vec<Point> = first[..=corner].iter().rev().copied().collect();
                strokes[0].drain(..corner);
                strokes.push(hat);
            }
        }
        9 if generator.random_bool(0.6) => {
            if let Some(last) = strokes.last_mut() {
                let end = last[last.len() - 1];
                let left = generator.random_range(0.15..0.7) * height;
                let up = generator.random_range(-0.1..0.2) * height;
                last.push(Point::new(end.x - left * 0.5, end.y + 0.08 * height));
                last.push(Point::new(end.x - left, end.y - up));
            }
        }
        7 if generator.random_bool(0.65) => {
            let place = 8 + generator.random_range(0..8);
            let longest = strokes.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
            let Some(&at) = longest.map(|s| resample(s, 20)).as_deref().and_then(|s| s.get(place)) else {
                return;
            };
            let half = generator.random_range(0.12..0.5) * height;
            let (aside, tilt) = (normal(generator, 0.12) * height, normal(generator, 0.09) * height);
            if generator.random_bool(0.3) {
                let drop = generator.random_range(0.08..0.3) * height;
                let first = strokes[0][0];
                strokes[0].insert(0, Point::new(first.x + normal(generator, 0.04) * height, first.y + drop));
            }
            strokes.push(vec![
                Point::new(at.x + aside - half, at.y + tilt),
                Point::new(at.x + aside + half, at.y - tilt),
            ]);
        }
        _ => {}
    }
}

/// Bends the end of a stroke in or out, as a hand does that is already leaving or still arriving.
pub(super) fn curl(stroke: &mut [Point], generator: &mut Generator) {
    let count = stroke.len();
    if count < 4 || generator.random_bool(0.4) {
        return;
    }
    let from = count - 1 - (count as f32 * generator.random_range(0.15..0.4)) as usize;
    let angle = normal(generator, 0.6);
    let steps = (count - 1 - from) as f32;
    let old: Vec<Point> = stroke[from..].to_vec();
    for (k, pair) in old.windows(2).enumerate() {
        let turn = angle * (k + 1) as f32 / steps;
        let (sin, cos) = (sin(turn), cos(turn));
        let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let before = stroke[from + k];
        stroke[from + k + 1].x = before.x + cos * dx - sin * dy;
        stroke[from + k + 1].y = before.y + sin * dx + cos * dy;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A digit of one stroke, right, down and left again, with enough points to be cut.
    fn stroke() -> Vec<Vec<Point>> {
        let corners = [Point::new(8.0, 5.0), Point::new(19.0, 5.0), Point::new(12.0, 23.0)];
        vec![resample(&corners, 30)]
    }

    fn varied(digit: u8) -> Vec<Vec<Vec<Point>>> {
        let vary = |seed| {
            let mut strokes = stroke();
            add(&mut strokes, digit, &mut Generator::new(seed));
            strokes
        };
        (0..40).map(vary).collect()
    }

    #[test]
    fn a_7_gets_a_bar_across_its_stem_in_about_two_of_three() {
        let barred = varied(7).into_iter().filter(|strokes| strokes.len() == 2);
        let bars: Vec<Vec<Point>> = barred.map(|mut strokes| strokes.remove(1)).collect();
        // 40 draws with share 0.65: 26, give or take four deviations of 3.
        assert!((14..=38).contains(&bars.len()), "{}", bars.len());
        for bar in bars {
            assert!(bar[0].x < bar[1].x, "a bar is drawn from left to right");
            let height = (bar[0].y + bar[1].y) / 2.0;
            assert!((5.0..23.0).contains(&height), "{height}");
        }
    }

    #[test]
    fn other_digits_and_no_strokes_are_left_alone() {
        for digit in [0, 2, 3, 6, 8] {
            assert!(varied(digit).into_iter().all(|strokes| strokes == stroke()), "{digit}");
        }
        for digit in 0..10 {
            let mut none = Vec::new();
            add(&mut none, digit, &mut Generator::new(1));
            assert!(none.is_empty());
        }
    }

    #[test]
    fn a_curl_bends_the_end_and_keeps_every_length() {
        let (before, mut changed) = (stroke().remove(0), 0);
        for seed in 0..20 {
            let mut after = before.clone();
            curl(&mut after, &mut Generator::new(seed));
            assert_eq!(after[..15], before[..15]);
            for (a, b) in after.windows(2).zip(before.windows(2)) {
                assert!((a[0].distance(a[1]) - b[0].distance(b[1])).abs() < 1e-4);
            }
            changed += usize::from(after != before);
        }
        assert!((4..20).contains(&changed), "{changed}");
    }
}
