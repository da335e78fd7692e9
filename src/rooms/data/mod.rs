//! What one asks of a data set before one trusts it.
//!
//! | file | subject |
//! |---|---|
//! | [`closest_pairs`] | images that are nearly the same |
//! | [`doubtful_labels`] | labels that a network which never saw them does not believe |

pub mod closest_pairs;
pub mod doubtful_labels;
