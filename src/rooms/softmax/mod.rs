//! Softmax with and without its guard.
//!
//! | file | subject |
//! |---|---|
//! | [`steps`] | each step in 16, 32 and 64 bits, and the first value that goes wrong |
//! | [`unguarded`] | an experiment: the course's layer trained without the guard, until its numbers end |

pub mod steps;
pub mod unguarded;
