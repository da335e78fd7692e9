//! Back-propagation on a computational graph of single numbers.
//!
//! A [`Tape`] records operations in the order in which they are applied. Going
//! down the tape computes every value; going up it multiplies each node's
//! gradient with the local derivative of each of its inputs and adds the
//! product to that input: the chain rule, one edge at a time.
//!
//! ```text
//! forward    value[n]     = operation(value[a], value[b], …)
//! backward   gradient[a] += gradient[n] · ∂value[n]/∂value[a]
//! ```
//!
//! An [`Expression`] is what a learner writes. It becomes a tape node for node:
//! nothing is simplified, shared or reordered, so that the graph is the text.
//!
//! Numbers here are scalars; the networks of [`crate::nn`] compute with
//! matrices. [`output_unit`] joins the two: one output unit of a trained
//! network, written as an expression.
//!
//! # Examples
//! ```
//! use atelier::graph::Expression;
//!
//! let expression = Expression::parse("z = (x + y)²\nx = 1\ny = 2")?;
//! let mut tape = expression.tape::<f64>(&[])?;
//! tape.backward(expression.output());
//! let x = expression.leaves().iter().find(|leaf| leaf.name == "x").unwrap();
//! assert_eq!(tape.value(expression.output()), 9.0);
//! assert_eq!(tape.gradient(x.node), 6.0); // 2(x + y)
//! # Ok::<(), atelier::Error>(())
//! ```

mod expression;
mod fault;
mod letters;
mod nudge;
mod operation;
mod parser;
mod record;
mod tape;
mod token;
mod unit;

pub use expression::{Expression, Leaf, MAX_CHARACTERS, MAX_INPUTS, MAX_NODES, Source};
pub use fault::{Fault, FaultKind};
pub use letters::Spelling;
pub use nudge::{Nudge, NudgeVerdict};
pub use operation::{Operation, Trouble};
pub use record::{BadRecord, EdgeRecord, GraphAnswer, GraphRecord, LeafRecord, NodeRecord};
pub use tape::{Bad, Edge, Tape};
pub use unit::{UnitText, output_unit};
