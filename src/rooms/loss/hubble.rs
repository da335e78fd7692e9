//! Hubble's galaxies of 1929: a real data set small enough to see every point of.
//!
//! Edwin Hubble, "A relation between distance and radial velocity among extra-galactic nebulae",
//! Proceedings of the National Academy of Sciences 15 (1929), Table 1: distance in
//! megaparsecs (10⁶ parsecs) and measured radial velocity in km/s, away from us counted positive.

/// How far, and how fast away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Galaxy {
    /// Megaparsecs.
    pub distance: f64,
    /// Thousands of km/s.
    pub velocity: f64,
}

/// The 24 galaxies in the order of the table.
pub fn galaxies() -> Vec<Galaxy> {
    TABLE.iter().map(|&(distance, velocity)| Galaxy { distance, velocity: velocity / 1000.0 }).collect()
}

/// Megaparsecs and km/s.
const TABLE: [(f64, f64); 24] = [
    (0.032, 170.0),
    (0.034, 290.0),
    (0.214, -130.0),
    (0.263, -70.0),
    (0.275, -185.0),
    (0.275, -220.0),
    (0.45, 200.0),
    (0.5, 290.0),
    (0.5, 270.0),
    (0.63, 200.0),
    (0.8, 300.0),
    (0.9, -30.0),
    (0.9, 650.0),
    (0.9, 150.0),
    (0.9, 500.0),
    (1.0, 920.0),
    (1.1, 450.0),
    (1.1, 500.0),
    (1.4, 500.0),
    (1.7, 960.0),
    (2.0, 500.0),
    (2.0, 850.0),
    (2.0, 800.0),
    (2.0, 1090.0),
];
