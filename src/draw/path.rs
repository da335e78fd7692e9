//! A stroke as a path: how long it is, and points along it.

use super::Point;

/// From its first point to its last, along the stroke.
pub(super) fn length(stroke: &[Point]) -> f32 {
    stroke.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

/// `count` points equally spaced along the stroke, its ends among them.
pub fn resample(stroke: &[Point], count: usize) -> Vec<Point> {
    let whole = length(stroke);
    if stroke.len() < 2 || count < 2 || whole == 0.0 {
        return stroke.first().copied().into_iter().collect();
    }
    let mut points = vec![stroke[0]];
    let (mut piece, mut before) = (0, 0.0);
    for index in 1..count - 1 {
        let wanted = whole * index as f32 / (count - 1) as f32;
        while piece + 2 < stroke.len() && before + stroke[piece].distance(stroke[piece + 1]) < wanted {
            before += stroke[piece].distance(stroke[piece + 1]);
            piece += 1;
        }
        let here = stroke[piece].distance(stroke[piece + 1]);
        let share = if here > 0.0 { ((wanted - before) / here).clamp(0.0, 1.0) } else { 0.0 };
        points.push(stroke[piece].towards(stroke[piece + 1], share));
    }
    points.push(stroke[stroke.len() - 1]);
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resampled_points_are_equally_spaced_and_keep_the_ends() {
        let corner = [Point::new(0.0, 0.0), Point::new(3.0, 0.0), Point::new(3.0, 4.0)];
        let points = resample(&corner, 8);
        assert_eq!(points.len(), 8);
        assert_eq!((points[0], points[7]), (corner[0], corner[2]));
        assert_eq!(points[3], Point::new(3.0, 0.0));
        assert!(points.windows(2).all(|p| (p[0].distance(p[1]) - 1.0).abs() < 1e-5));
        assert_eq!(resample(&[Point::new(1.0, 1.0)], 8).len(), 1);
    }
}
