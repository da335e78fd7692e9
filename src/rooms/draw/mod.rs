//! What one asks of a network that has read a drawing.
//!
//! | file | subject |
//! |---|---|
//! | [`collection`] | a visitor's own drawings as a data set |
//! | [`contributions`] | how much each pixel spoke for a class |
//! | [`nearest`] | the training images that look most like it |
//! | [`teach`] | a few more steps on a visitor's own drawings |
//!
//! How a drawing becomes pixels is in [`crate::draw`].

pub mod collection;
pub mod contributions;
pub mod nearest;
pub mod teach;
