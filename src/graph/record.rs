//! A computed expression as the page reads it: one record with both passes.

use serde::{Deserialize, Serialize};

use super::letters::{Spelling, normalized};
use super::{Bad, Expression, Fault, Nudge, NudgeVerdict, Operation, Tape, Trouble};
use crate::{Error, Real, Result};

/// What a text gives: a graph, or the place of its first mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum GraphAnswer {
    /// The text was understood.
    Graph(GraphRecord),
    /// It was not.
    Fault(Fault),
}

/// A graph after its forward and backward pass.
///
/// Places in the text are counted in UTF-16 units, as JavaScript counts them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct GraphRecord {
    /// Each after its inputs: the order of the forward pass. The backward pass goes from the output down.
    pub nodes: Vec<NodeRecord>,
    /// The numbers that may be changed.
    pub leaves: Vec<LeafRecord>,
    /// The node that is the result.
    pub output: usize,
    /// The first node whose value is not finite.
    pub bad_value: Option<BadRecord>,
    /// The first node on the way back that sent a gradient which is not finite.
    pub bad_gradient: Option<BadRecord>,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct NodeRecord {
    /// What it does.
    pub operation: Operation,
    /// The learner's name for it.
    pub name: Option<String>,
    /// Its value.
    pub value: f64,
    /// The derivative of the output with respect to it; none for constants.
    pub gradient: Option<f64>,
    /// Its inputs in their order.
    pub edges: Vec<EdgeRecord>,
    /// Where its text begins.
    pub start: usize,
    /// Where its text ends.
    pub end: usize,
}

/// One input of a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct EdgeRecord {
    /// The input.
    pub from: usize,
    /// The derivative of the node with respect to this input; none towards a constant.
    pub local: Option<f64>,
    /// The node's gradient times `local`: what flows back here.
    pub product: Option<f64>,
}

/// A number that may be changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LeafRecord {
    /// Its name.
    pub name: String,
    /// Its node.
    pub node: usize,
    /// Where the text gives its number, if it does.
    pub given: Option<(usize, usize)>,
    /// The gradient held against a nudge, in 64 bits; none where that would take long.
    pub nudge: Option<Nudge>,
}

/// Where and why numbers stopped being finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BadRecord {
    /// The node.
    pub node: usize,
    /// Why.
    pub trouble: Trouble,
}

/// Nodes and edges to compute for one nudge of every leaf; above it they are left out.
const MAX_CHECKED: usize = 500_000;
/// How far a gradient of fewer bits may lie from that of 64 before its rounding is named: the page shows four digits.
const ROUNDED: f64 = 1e-4;

impl GraphAnswer {
    /// Understands a text and runs both passes in `T`; `spelling` makes names the same that look the same.
    ///
    /// # Errors
    /// As [`Expression::tape`]; a mistake in the text is an answer, not an error.
    pub fn of<T: Real>(text: &str, values: &[(String, f64)], spelling: Spelling) -> Result<Self> {
        let places = Utf16::new(text);
        let values: Vec<_> =
            values.iter().map(|(name, value)| (normalized(name, spelling), *value)).collect();
        match Expression::parse_spelled(text, spelling) {
            Ok(expression) => Ok(Self::Graph(record::<T>(&expression, &values, &places)?)),
            Err(Error::Expression { fault }) => {
                let (start, end) = (places.of(fault.start), places.of(fault.end));
                Ok(Self::Fault(Fault { start, end, ..fault }))
            }
            Err(error) => Err(error),
        }
    }
}

fn record<T: Real>(expression: &Expression, values: &[(String, f64)], places: &Utf16) -> Result<GraphRecord> {
    let output = expression.output();
    let mut tape = expression.tape::<T>(values)?;
    tape.backward(output);
    let mut exact = expression.tape::<f64>(values)?;
    exact.backward(output);
    let leaves = expression.leaves();
    let is_checked = leaves.len() * exact.size() <= MAX_CHECKED;
    let nudge = |node: usize| {
        let (shown, gradient) = (tape.gradient(node).to_f64(), exact.gradient(node));
        let nudge = exact.nudge(output, node, gradient);
        let is_near = shown == gradient || (shown - gradient).abs() <= ROUNDED * gradient.abs();
        match nudge.verdict {
            NudgeVerdict::Agrees if !is_near => Nudge { verdict: NudgeVerdict::Rounded, ..nudge },
            _ => nudge,
        }
    };
    let bad = |bad: Bad| BadRecord { node: bad.node, trouble: bad.trouble };
    Ok(GraphRecord {
        nodes: (0..tape.len()).map(|node| node_record(expression, &tape, node, places)).collect(),
        leaves: leaves
            .iter()
            .map(|leaf| LeafRecord {
                name: leaf.name.clone(),
                node: leaf.node,
                given: leaf.given.map(|(_, start, end)| (places.of(start), places.of(end))),
                nudge: is_checked.then(|| nudge(leaf.node)),
            })
            .collect(),
        output,
        bad_value: tape.bad_value().map(bad),
        bad_gradient: tape.bad_gradient().map(bad),
    })
}

fn node_record<T: Real>(expression: &Expression, tape: &Tape<T>, node: usize, places: &Utf16) -> NodeRecord {
    let source = &expression.sources()[node];
    let edge = |edge: &super::Edge<T>| {
        let is_tracked = tape.is_tracked(edge.from);
        EdgeRecord {
            from: edge.from,
            local: is_tracked.then(|| edge.local.to_f64()),
            product: is_tracked.then(|| edge.product.to_f64()),
        }
    };
    NodeRecord {
        operation: source.operation,
        name: source.name.clone(),
        value: tape.value(node).to_f64(),
        gradient: tape.is_tracked(node).then(|| tape.gradient(node).to_f64()),
        edges: tape.edges(node).iter().map(edge).collect(),
        start: places.of(source.start),
        end: places.of(source.end),
    }
}

/// From characters to UTF-16 units.
struct Utf16(Vec<usize>);

impl Utf16 {
    fn new(text: &str) -> Self {
        let mut places = vec![0];
        places.extend(text.chars().scan(0, |place, c| {
            *place += c.len_utf16();
            Some(*place)
        }));
        Self(places)
    }

    fn of(&self, character: usize) -> usize {
        self.0[character]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(text: &str, values: &[(String, f64)]) -> GraphRecord {
        match GraphAnswer::of::<f32>(text, values, str::to_owned) {
            Ok(GraphAnswer::Graph(graph)) => graph,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_record_holds_both_passes_and_the_check() {
        let graph = graph("z = (x + y)^2; x = 1", &[("y".to_owned(), 2.0)]);
        let power = &graph.nodes[graph.output];
        assert_eq!((power.name.as_deref(), power.value, power.gradient), (Some("z"), 9.0, Some(1.0)));
        assert_eq!((power.edges[0].local, power.edges[0].product), (Some(6.0), Some(6.0)));
        assert_eq!((power.edges[1].local, graph.nodes[power.edges[1].from].gradient), (None, None));
        assert_eq!(graph.leaves[0].given, Some((19, 20)));
        assert_eq!(graph.leaves[1].given, None);
        let nudges: Vec<Nudge> = graph.leaves.iter().filter_map(|leaf| leaf.nudge).collect();
        assert_eq!(nudges.len(), 2);
        // Central differences of a parabola are exact but for rounding, ε^⅔.
        assert!(nudges.iter().all(|nudge| nudge.verdict == NudgeVerdict::Agrees));
        assert!(nudges.iter().all(|nudge| (nudge.slope - 6.0).abs() < 1e-9));
    }

    #[test]
    fn places_count_as_javascript_does() {
        let text = "𝑥 + 𝑦 + $";
        let Ok(GraphAnswer::Fault(fault)) = GraphAnswer::of::<f64>(text, &[], str::to_owned) else {
            panic!("{text}")
        };
        assert_eq!((fault.start, fault.found.as_str()), (10, "$"));
        let graph = graph("𝑥 + 𝑦", &[]);
        assert_eq!((graph.nodes[1].start, graph.nodes[1].end), (5, 7));
    }

    #[test]
    fn a_graph_too_large_to_check_is_not_checked() {
        let text = (0..600).map(|i| format!("x{i}")).collect::<Vec<_>>().join(" + ");
        assert!(graph(&text, &[]).leaves.iter().all(|leaf| leaf.nudge.is_none()));
    }

    #[test]
    fn a_gradient_that_32_bits_round_away_is_named() {
        let verdict = |text| graph(text, &[("x".to_owned(), 8.0)]).leaves[0].nudge.unwrap().verdict;
        // 1 − tanh² is 4.5e-7 there, and the tanh of 32 bits has steps of 6e-8.
        assert_eq!(verdict("tanh(x)"), NudgeVerdict::Rounded);
        assert_eq!(verdict("tanh(x ÷ 8)"), NudgeVerdict::Agrees);
    }
}
