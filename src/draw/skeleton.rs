//! The other way round: from a digit's pixels to paths that a pen could have taken.
//!
//! A digit is thinned to a line one sample wide, the line becomes a graph (ends,
//! junctions and the ways between them), and a pen walks it: it starts at the
//! top, goes straight on at a junction, and lifts where it must turn back. What
//! it does not know is the order in which the writer really wrote.

use super::{Point, SIDE};
use rand::RngExt;
use rand_distr::StandardNormal;

use crate::Generator;
use crate::elementary::hypot;

/// Samples a pixel along each axis while thinning: strokes two pixels wide need finer steps than their own.
const FINE: usize = 2;
/// Side of the fine grid, with a rim of paper so that every sample has eight neighbours.
const GRID: usize = SIDE * FINE + 2;
/// A way that ends freely and is shorter than this (in samples) is a bump of the rim, not a stroke.
const SPUR: usize = 6;
/// Junctions nearer than this (in samples) are one crossing that thinning tore apart.
const CROSSING: usize = 6;
/// How far along a way its direction is taken, in samples.
const REACH: usize = 6;

/// The samples of a digit's centre line.
#[derive(Clone, Debug, PartialEq)]
pub struct Skeleton {
    grid: Vec<bool>,
}

/// The eight neighbours clockwise from the top.
const RING: [(isize, isize); 8] = [(0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)];

fn neighbour(index: usize, (dx, dy): (isize, isize)) -> usize {
    (index as isize + dy * GRID as isize + dx) as usize
}

impl Skeleton {
    /// Thins an image of 784 values 0…1: ink is what is darker than one half, on a grid twice as fine.
    ///
    /// # References
    /// T. Y. Zhang, C. Y. Suen, *A fast parallel algorithm for thinning digital patterns*, 1984.
    pub fn of(image: &[f32]) -> Self {
        let mut grid = vec![false; GRID * GRID];
        let pixel = |x: isize, y: isize| -> f32 {
            let inside = |v: isize| (0..SIDE as isize).contains(&v);
            if inside(x) && inside(y) { image[y as usize * SIDE + x as usize] } else { 0.0 }
        };
        for y in 0..SIDE * FINE {
            for x in 0..SIDE * FINE {
                let place = |v: usize| (v as f32 + 0.5) / FINE as f32 - 0.5;
                let (px, py) = (place(x), place(y));
                let (x0, y0) = (px.floor(), py.floor());
                let (fx, fy) = (px - x0, py - y0);
                let (x0, y0) = (x0 as isize, y0 as isize);
                let top = pixel(x0, y0) * (1.0 - fx) + pixel(x0 + 1, y0) * fx;
                let bottom = pixel(x0, y0 + 1) * (1.0 - fx) + pixel(x0 + 1, y0 + 1) * fx;
                grid[(y + 1) * GRID + x + 1] = top * (1.0 - fy) + bottom * fy > 0.5;
            }
        }
        let mut skeleton = Self { grid };
        skeleton.thin();
        skeleton
    }

    fn thin(&mut self) {
        let mut ink: Vec<usize> = (0..GRID * GRID).filter(|&i| self.grid[i]).collect();
        loop {
            let before = ink.len();
            for pass in 0..2 {
                let gone: Vec<usize> = ink.iter().copied().filter(|&i| self.is_rim(i, pass)).collect();
                for &index in &gone {
                    self.grid[index] = false;
                }
                ink.retain(|&i| self.grid[i]);
            }
            if ink.len() == before {
                return;
            }
        }
    }

    /// Zhang and Suen's conditions for taking a sample away in the first or second pass.
    fn is_rim(&self, index: usize, pass: usize) -> bool {
        let p: [bool; 8] = RING.map(|step| self.grid[neighbour(index, step)]);
        let count = p.iter().filter(|&&v| v).count();
        let rises = (0..8).filter(|&k| !p[k] && p[(k + 1) % 8]).count();
        let (top, right, bottom, left) = (p[0], p[2], p[4], p[6]);
        let side =
            if pass == 0 { !(right && bottom && (top || left)) } else { !(top && left && (right || bottom)) };
        (2..=6).contains(&count) && rises == 1 && side
    }

    /// Length of the centre line in pixels of the image: 1 a straight step, √2 a diagonal one.
    pub fn length(&self) -> f32 {
        let steps: f32 = (0..GRID * GRID)
            .filter(|&i| self.grid[i])
            .flat_map(|i| self.linked(i))
            .map(|(_, straight)| if straight { 1.0 } else { std::f32::consts::SQRT_2 })
            .sum();
        // Each step was seen from both its ends.
        steps / (2 * FINE) as f32
    }

    /// The samples that `index` is linked to, and whether straight; a corner's diagonal is no link of its own.
    fn linked(&self, index: usize) -> impl Iterator<Item = (usize, bool)> + '_ {
        (0..8).filter_map(move |k| {
            let to = neighbour(index, RING[k]);
            let straight = k % 2 == 0;
            let around = || {
                self.grid[neighbour(index, RING[(k + 1) % 8])]
                    || self.grid[neighbour(index, RING[(k + 7) % 8])]
            };
            (self.grid[to] && (straight || !around())).then_some((to, straight))
        })
    }

    /// A pen's way over the whole line: strokes in pixels of the image, in the order drawn.
    ///
    /// `generator` decides where several starts are as good; a digit without ink has no strokes.
    pub fn trace(&self, generator: &mut Generator) -> Vec<Vec<Point>> {
        let mut graph = self.graph();
        graph.prune();
        graph.join_crossings();
        graph.walk(generator)
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph { nodes: Vec::new(), ways: Vec::new() };
        let mut node_of = vec![usize::MAX; GRID * GRID];
        let ink: Vec<usize> = (0..GRID * GRID).filter(|&i| self.grid[i]).collect();
        for &index in &ink {
            let degree = self.linked(index).count();
            if degree == 2 || node_of[index] != usize::MAX {
                continue;
            }
            // Junction samples that touch are one node.
            let node = graph.nodes.len();
            let (mut members, mut next) = (vec![index], 0);
            node_of[index] = node;
            while degree > 2 && next < members.len() {
                let at = members[next];
                next += 1;
                for (to, _) in self.linked(at) {
                    if node_of[to] == usize::MAX && self.linked(to).count() > 2 {
                        node_of[to] = node;
                        members.push(to);
                    }
                }
            }
            graph.nodes.push(middle(&members));
        }
        let mut seen = vec![false; GRID * GRID];
        for &start in &ink {
            if node_of[start] == usize::MAX {
                continue;
            }
            for (first, _) in self.linked(start) {
                if node_of[first] != usize::MAX || seen[first] {
                    // Two neighbouring nodes: a way without samples of its own, counted once.
                    let to = node_of[first];
                    if to != usize::MAX && to > node_of[start] {
                        graph.ways.push(Way { ends: [node_of[start], to], samples: Vec::new(), used: false });
                    }
                    continue;
                }
                self.follow(start, first, &mut node_of, &mut seen, &mut graph);
            }
        }
        // What is left are rings without a node: their topmost sample becomes one.
        for &index in &ink {
            if !seen[index] && node_of[index] == usize::MAX {
                node_of[index] = graph.nodes.len();
                graph.nodes.push(place(index));
                if let Some((first, _)) = self.linked(index).next() {
                    self.follow(index, first, &mut node_of, &mut seen, &mut graph);
                }
            }
        }
        graph
    }

    /// The way from the node at `start` through `first` to the next node.
    fn follow(
        &self,
        start: usize,
        first: usize,
        node_of: &mut [usize],
        seen: &mut [bool],
        graph: &mut Graph,
    ) {
        let (mut before, mut at, mut samples) = (start, first, Vec::new());
        loop {
            if node_of[at] != usize::MAX {
                graph.ways.push(Way { ends: [node_of[start], node_of[at]], samples, used: false });
                return;
            }
            seen[at] = true;
            samples.push(place(at));
            let mut onward = self.linked(at).map(|(to, _)| to).filter(|&to| to != before);
            let Some(next) = onward.next() else { return };
            (before, at) = (at, next);
        }
    }
}

/// A sample's place in pixels of the image.
fn place(index: usize) -> Point {
    let along = |v: usize| (v as f32 - 0.5) / FINE as f32;
    Point::new(along(index % GRID), along(index / GRID))
}

fn middle(members: &[usize]) -> Point {
    let count = members.len() as f32;
    let sum = members.iter().map(|&m| place(m)).fold((0.0, 0.0), |s, p| (s.0 + p.x, s.1 + p.y));
    Point::new(sum.0 / count, sum.1 / count)
}

struct Graph {
    nodes: Vec<Point>,
    ways: Vec<Way>,
}

struct Way {
    ends: [usize; 2],
    samples: Vec<Point>,
    used: bool,
}

impl Graph {
    fn degree(&self, node: usize) -> usize {
        self.ways.iter().filter(|w| !w.used).flat_map(|w| w.ends).filter(|&end| end == node).count()
    }

    /// Takes away the short ways that end freely, the ends of a single line excepted.
    fn prune(&mut self) {
        let degrees: Vec<usize> = (0..self.nodes.len()).map(|n| self.degree(n)).collect();
        self.ways.retain(|way| {
            let [a, b] = way.ends.map(|end| degrees[end]);
            way.samples.len() >= SPUR || !((a == 1 && b > 2) || (b == 1 && a > 2))
        });
    }

    /// Makes one node of two junctions that stand close together.
    fn join_crossings(&mut self) {
        while let Some(index) = self.ways.iter().position(|way| {
            let [a, b] = way.ends;
            a != b && way.samples.len() < CROSSING && self.degree(a) > 2 && self.degree(b) > 2
        }) {
            let [keep, gone] = self.ways.remove(index).ends;
            self.nodes[keep] = self.nodes[keep].towards(self.nodes[gone], 0.5);
            for end in self.ways.iter_mut().flat_map(|way| &mut way.ends) {
                if *end == gone {
                    *end = keep;
                }
            }
            // A second short way between the same two is now a loop of nothing.
            self.ways.retain(|way| way.ends != [keep, keep] || way.samples.len() >= CROSSING);
        }
    }

    fn walk(&mut self, generator: &mut Generator) -> Vec<Vec<Point>> {
        let mut strokes = Vec::new();
        while self.ways.iter().any(|way| !way.used) {
            let start = self.start(generator);
            let mut at = start;
            let mut stroke = vec![self.nodes[start]];
            while let Some((index, from)) = self.onward(at, &stroke) {
                let way = &mut self.ways[index];
                way.used = true;
                if from == 0 {
                    stroke.extend(way.samples.iter().copied());
                } else {
                    stroke.extend(way.samples.iter().rev().copied());
                }
                at = way.ends[1 - from];
                stroke.push(self.nodes[at]);
            }
            strokes.push(stroke);
        }
        if strokes.is_empty() {
            // Thinned to dots: each is a stroke of one point.
            strokes = self.nodes.iter().map(|&node| vec![node]).collect();
        }
        strokes
    }

    /// Where the pen sets down: an odd node if there is one (a line's end), the higher the likelier.
    fn start(&self, generator: &mut Generator) -> usize {
        let mut best = (false, f32::INFINITY, 0);
        for (node, place) in self.nodes.iter().enumerate() {
            let degree = self.degree(node);
            if degree == 0 {
                continue;
            }
            let height = place.y + 0.2 * place.x + 2.0 * generator.sample::<f32, _>(StandardNormal);
            let odd = degree % 2 == 1;
            if best.1 == f32::INFINITY || (odd, -height) > (best.0, -best.1) {
                best = (odd, height, node);
            }
        }
        best.2
    }

    /// The unused way that goes on straightest from `node`, and which of its ends stands there.
    fn onward(&self, node: usize, stroke: &[Point]) -> Option<(usize, usize)> {
        let here = self.nodes[node];
        let back = stroke[stroke.len().saturating_sub(1 + REACH)];
        let came = (here.x - back.x, here.y - back.y);
        let mut best: Option<(f32, usize, usize)> = None;
        for (index, way) in self.ways.iter().enumerate().filter(|(_, way)| !way.used) {
            for from in 0..2 {
                if way.ends[from] != node {
                    continue;
                }
                let reach = REACH.min(way.samples.len());
                let ahead = match (reach, from) {
                    (0, _) => self.nodes[way.ends[1 - from]],
                    (_, 0) => way.samples[reach - 1],
                    _ => way.samples[way.samples.len() - reach],
                };
                let goes = (ahead.x - here.x, ahead.y - here.y);
                let lengths = hypot(came.0, came.1) * hypot(goes.0, goes.1);
                let cosine = if lengths > 0.0 {
                    (came.0 * goes.0 + came.1 * goes.1) / lengths
                } else if stroke.len() == 1 {
                    // The first step: round a loop if there is one, and anticlockwise, to the upper left.
                    let loops = if way.ends[0] == way.ends[1] { 2.0 } else { 0.0 };
                    loops - (goes.0 + goes.1) / hypot(goes.0, goes.1).max(f32::MIN_POSITIVE)
                } else {
                    1.0
                };
                if best.is_none_or(|(most, ..)| cosine > most) {
                    best = Some((cosine, index, from));
                }
            }
        }
        // A pen lifts rather than turn back by more than 130 degrees.
        best.filter(|&(cosine, ..)| cosine > -0.64 || stroke.len() == 1).map(|(_, index, from)| (index, from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Raster, Strokes};

    fn image(list: Vec<Vec<(f32, f32)>>, width: f32) -> Vec<f32> {
        let points = |s: Vec<(f32, f32)>| s.into_iter().map(|(x, y)| Point::new(x, y)).collect();
        let mut raster = Raster::new();
        raster.ink(&Strokes::new(list.into_iter().map(points).collect()), width);
        raster.image((0.0, 0.0), false)
    }

    #[test]
    fn a_line_is_traced_from_top_to_bottom() {
        let line = image(vec![vec![(14.0, 5.0), (14.0, 23.0)]], 3.0);
        let strokes = Skeleton::of(&line).trace(&mut Generator::new(1));
        assert_eq!(strokes.len(), 1);
        let (first, last) = (strokes[0][0], *strokes[0].last().unwrap());
        assert!(first.y < 7.0 && last.y > 21.0, "{first:?} {last:?}");
        assert!(strokes[0].iter().all(|p| (p.x - 14.0).abs() < 0.6));
        // Thinning eats about half a pen width at each end.
        assert!((Skeleton::of(&line).length() - 18.0).abs() < 3.0);
    }

    #[test]
    fn a_cross_is_two_strokes_that_go_straight_on() {
        let cross = image(vec![vec![(6.0, 14.0), (22.0, 14.0)], vec![(14.0, 6.0), (14.0, 22.0)]], 2.5);
        let strokes = Skeleton::of(&cross).trace(&mut Generator::new(1));
        assert_eq!(strokes.len(), 2);
        for stroke in &strokes {
            let (first, last) = (stroke[0], stroke[stroke.len() - 1]);
            assert!(first.distance(last) > 12.0, "{first:?} {last:?}");
        }
    }

    #[test]
    fn a_ring_closes_and_an_eight_is_one_stroke() {
        let circle = |cy: f32, r: f32| -> Vec<(f32, f32)> {
            (0..=40).map(|i| i as f32 * 0.15708).map(|a| (14.0 + r * a.sin(), cy - r * a.cos())).collect()
        };
        let ring = Skeleton::of(&image(vec![circle(14.0, 7.0)], 2.5)).trace(&mut Generator::new(1));
        assert_eq!(ring.len(), 1);
        assert_eq!(ring[0][0], *ring[0].last().unwrap());
        let eight = image(vec![circle(9.5, 4.5), circle(18.5, 4.5)], 2.0);
        assert_eq!(Skeleton::of(&eight).trace(&mut Generator::new(1)).len(), 1);
        assert!(Skeleton::of(&[0.0; 784]).trace(&mut Generator::new(1)).is_empty());
    }
}
