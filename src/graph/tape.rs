//! The tape: nodes in the order in which they were computed.

use super::{Operation, Trouble};
use crate::Real;

/// One scalar, and how it came about.
#[derive(Clone, Debug)]
struct Node<T> {
    operation: Operation,
    value: T,
    gradient: T,
    /// Whether a leaf stands anywhere below: only such nodes have a gradient.
    is_tracked: bool,
    edges: Vec<Edge<T>>,
}

/// The way from one input into a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge<T> {
    /// The input.
    pub from: usize,
    /// `∂node/∂input`: what a small change of the input does to the node.
    /// 0 before [`Tape::backward`] and towards constants.
    pub local: T,
    /// `node gradient · local`: what flows back along this edge.
    pub product: T,
}

/// Where and why a computation left the finite numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bad {
    /// The first node that is not finite, in the order of computing.
    pub node: usize,
    /// Why.
    pub trouble: Trouble,
}

/// Scalars with a memory of how they were computed.
///
/// # Examples
/// Two apples at 100 with a tax of 1.1: what does one more coin an apple cost?
/// ```
/// use atelier::graph::{Operation, Tape};
///
/// let mut tape = Tape::<f64>::new();
/// let (price, count, tax) = (tape.leaf(100.0), tape.leaf(2.0), tape.leaf(1.1));
/// let apples = tape.apply(Operation::Multiply, &[price, count]);
/// let total = tape.apply(Operation::Multiply, &[apples, tax]);
/// tape.backward(total);
/// assert!((tape.value(total) - 220.0).abs() < 1e-9);
/// assert_eq!(tape.gradient(price), 2.2);
/// ```
///
/// # References
/// Andreas Griewank, Andrea Walther, *Evaluating Derivatives*, second edition
/// 2008, chapters 2 and 3 (tapes and the reverse mode).
#[derive(Clone, Debug, Default)]
pub struct Tape<T> {
    nodes: Vec<Node<T>>,
    bad_gradient: Option<Bad>,
}

impl<T: Real> Tape<T> {
    /// An empty tape.
    pub fn new() -> Self {
        Self { nodes: Vec::new(), bad_gradient: None }
    }

    /// Adds a number that may be changed and gets a gradient.
    pub fn leaf(&mut self, value: T) -> usize {
        self.push(Operation::Leaf, value, true, Vec::new())
    }

    /// Adds a number that stays, and gets no gradient.
    pub fn constant(&mut self, value: T) -> usize {
        self.push(Operation::Constant, value, false, Vec::new())
    }

    /// Computes an operation and remembers it.
    ///
    /// # Panics
    /// When an input is not yet on the tape, or their number does not fit the operation.
    pub fn apply(&mut self, operation: Operation, inputs: &[usize]) -> usize {
        let values: Vec<T> = inputs.iter().map(|&input| self.nodes[input].value).collect();
        let is_tracked = inputs.iter().any(|&input| self.nodes[input].is_tracked);
        let edges = inputs.iter().map(|&from| Edge { from, local: T::zero(), product: T::zero() }).collect();
        self.push(operation, operation.forward(&values), is_tracked, edges)
    }

    fn push(&mut self, operation: Operation, value: T, is_tracked: bool, edges: Vec<Edge<T>>) -> usize {
        self.nodes.push(Node { operation, value, gradient: T::zero(), is_tracked, edges });
        self.nodes.len() - 1
    }

    /// Gives a leaf another value; [`Self::forward`] makes the rest follow.
    ///
    /// # Panics
    /// When the node is not a leaf.
    pub fn set_leaf(&mut self, leaf: usize, value: T) {
        assert_eq!(self.nodes[leaf].operation, Operation::Leaf, "node {leaf} is computed, not set");
        self.nodes[leaf].value = value;
    }

    /// Computes every node again, in the order of the tape.
    pub fn forward(&mut self) {
        let mut values = Vec::new();
        for node in 0..self.nodes.len() {
            if !self.nodes[node].edges.is_empty() {
                self.input_values(node, &mut values);
                self.nodes[node].value = self.nodes[node].operation.forward(&values);
            }
        }
    }

    /// Computes the gradient of `output` with respect to every node, from the last to the first.
    ///
    /// ```text
    /// gradient[output] = 1
    /// product[edge]    = gradient[node] · ∂node/∂input
    /// gradient[input]  = Σ product[edge] over the edges that leave it
    /// ```
    /// Nodes that `output` does not depend on get 0; constants get none at all.
    pub fn backward(&mut self, output: usize) {
        self.bad_gradient = None;
        for node in &mut self.nodes {
            node.gradient = T::zero();
            for edge in &mut node.edges {
                (edge.local, edge.product) = (T::zero(), T::zero());
            }
        }
        self.nodes[output].gradient = T::one();
        let reached = self.ancestors(output);
        let mut values = Vec::new();
        for node in (0..=output).rev().filter(|&node| reached[node]) {
            self.input_values(node, &mut values);
            self.backward_one(node, &values);
        }
    }

    /// Sends one node's gradient along each of its edges.
    fn backward_one(&mut self, node: usize, values: &[T]) {
        let Node { operation, value, gradient, .. } = self.nodes[node];
        let winner = operation.winner(values);
        let is_new = value.is_finite() && values.iter().all(|x| x.is_finite());
        for which in 0..values.len() {
            let from = self.nodes[node].edges[which].from;
            if !self.nodes[from].is_tracked {
                continue;
            }
            let local = operation.backward(values, value, which, winner);
            let product = gradient * local;
            self.nodes[node].edges[which] = Edge { from, local, product };
            self.nodes[from].gradient += product;
            if self.bad_gradient.is_none() && is_new && !product.is_finite() {
                let trouble = match local.is_finite() {
                    true => Trouble::Overflow,
                    false => operation.slope_trouble(values, which),
                };
                self.bad_gradient = Some(Bad { node, trouble });
            }
        }
    }

    /// Which nodes `output` is computed from, itself included.
    fn ancestors(&self, output: usize) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        reached[output] = true;
        for node in (0..=output).rev() {
            if reached[node] {
                self.nodes[node].edges.iter().for_each(|edge| reached[edge.from] = true);
            }
        }
        reached
    }

    fn input_values(&self, node: usize, values: &mut Vec<T>) {
        values.clear();
        values.extend(self.nodes[node].edges.iter().map(|edge| self.nodes[edge.from].value));
    }

    /// The first node whose value is not finite, and why.
    pub fn bad_value(&self) -> Option<Bad> {
        let node = self.nodes.iter().position(|node| !node.value.is_finite())?;
        let mut values = Vec::new();
        self.input_values(node, &mut values);
        let trouble = match values.is_empty() {
            true => Trouble::Overflow,
            false => self.nodes[node].operation.trouble(&values),
        };
        Some(Bad { node, trouble })
    }

    /// The first node on the way back from which a gradient left that is not
    /// finite, although every value there was.
    pub fn bad_gradient(&self) -> Option<Bad> {
        self.bad_gradient
    }

    /// How many values one pass computes, and over how many edges: what it costs.
    pub fn size(&self) -> usize {
        self.nodes.iter().map(|node| 1 + node.edges.len()).sum()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing has been computed yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node's value.
    pub fn value(&self, node: usize) -> T {
        self.nodes[node].value
    }

    /// `∂output/∂node` after [`Self::backward`].
    pub fn gradient(&self, node: usize) -> T {
        self.nodes[node].gradient
    }

    /// Whether the node depends on a leaf, and so has a gradient.
    pub fn is_tracked(&self, node: usize) -> bool {
        self.nodes[node].is_tracked
    }

    /// What the node does.
    pub fn operation(&self, node: usize) -> Operation {
        self.nodes[node].operation
    }

    /// The node's inputs, in their order, with what flowed back to them.
    pub fn edges(&self, node: usize) -> &[Edge<T>] {
        &self.nodes[node].edges
    }
}
