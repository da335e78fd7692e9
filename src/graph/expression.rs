//! A learner's text, understood: the nodes in order, their names and places.

use std::collections::HashMap;

use super::letters::Spelling;
use super::parser::{self, Builder};
use super::token::{Span, Token, tokens};
use super::{Fault, FaultKind, Operation, Tape};
use crate::{Error, Real, Result};

/// The longest text that is read.
pub const MAX_CHARACTERS: usize = 65_536;
/// The largest graph that is built.
pub const MAX_NODES: usize = 2_000;
/// Inputs of all its operations together: as many as if each had two. One operation may take any number, and each
/// is an edge to compute, to lay out and to draw.
pub const MAX_INPUTS: usize = 2 * MAX_NODES;

/// Where a node came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// What the node does.
    pub operation: Operation,
    /// The nodes it takes, in order.
    pub inputs: Vec<usize>,
    /// The number, for a constant.
    pub number: f64,
    /// The learner's name for it, if any.
    pub name: Option<String>,
    /// Its text: from this character, counted from 0 …
    pub start: usize,
    /// … to before this one.
    pub end: usize,
}

/// A number that may be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its name in the text.
    pub name: String,
    /// Its node.
    pub node: usize,
    /// The value from a line such as `x = 3`, and the place of that number.
    pub given: Option<(f64, usize, usize)>,
}

/// A text that was understood.
///
/// One line is one expression, with or without a name before it; `;` ends a
/// line too. A line that gives a name a number makes it a leaf with that value.
/// Names that no line defines are leaves as well. The last line that is not
/// such a number is the output.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    sources: Vec<Source>,
    leaves: Vec<Leaf>,
    output: usize,
}

impl Expression {
    /// Understands a text; names are the same when their letters are.
    ///
    /// # Errors
    /// [`Error::Expression`] with the place of the first mistake. Any text
    /// either parses or gives an error, in time that grows with its length.
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_spelled(text, str::to_owned)
    }

    /// The same; names are also the same when `spelling` makes one of them.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_spelled(text: &str, spelling: Spelling) -> Result<Self> {
        let text: Vec<char> = text.chars().collect();
        understand(&text, spelling).map_err(|fault| Error::Expression { fault })
    }

    /// The nodes, each after its inputs.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The leaves, in the order in which the text first mentions them.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The node that is the result.
    pub fn output(&self) -> usize {
        self.output
    }

    /// Computes the expression; node `i` of the tape is source `i`.
    ///
    /// A leaf takes its value from its line in the text, else from `values`, else 1.
    ///
    /// # Errors
    /// [`Error::Leaf`] when a value is not finite.
    pub fn tape<T: Real>(&self, values: &[(String, f64)]) -> Result<Tape<T>> {
        let values: HashMap<&str, f64> = values.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let mut tape = Tape::new();
        let mut leaves = self.leaves.iter();
        for source in &self.sources {
            match source.operation {
                Operation::Leaf => {
                    let Leaf { name, given, .. } = leaves.next().expect("leaves stand in the order of nodes");
                    let given = given.map(|(value, ..)| value);
                    let value = given.or(values.get(name.as_str()).copied()).unwrap_or(1.0);
                    if !value.is_finite() {
                        return Err(Error::Leaf { name: name.clone(), value });
                    }
                    tape.leaf(T::of(value))
                }
                Operation::Constant => tape.constant(T::of(source.number)),
                operation => tape.apply(operation, &source.inputs),
            };
        }
        Ok(tape)
    }
}

/// What a step of reading gives.
type Parsed<T> = std::result::Result<T, Fault>;

/// One line of the text.
struct Line<'a> {
    /// The name before `=`, if any.
    name: Option<(&'a str, Span)>,
    tokens: &'a [(Token, Span)],
    /// Where the line ends.
    end: usize,
}

impl Line<'_> {
    /// Whether the line makes a leaf: a name and a number.
    fn is_given(&self) -> bool {
        self.name.is_some() && self.number().is_some()
    }

    /// The whole line without its name.
    fn span(&self) -> Span {
        Span { start: self.tokens[0].1.start, end: self.end }
    }

    /// The number and its place when the line only gives one.
    fn number(&self) -> Option<(f64, Span)> {
        match self.tokens {
            [(Token::Number(value), span)] => Some((*value, *span)),
            [(Token::Binary(Operation::Subtract), sign), (Token::Number(value), span)] => {
                Some((-value, sign.join(*span)))
            }
            _ => None,
        }
    }
}

fn understand(text: &[char], spelling: Spelling) -> Parsed<Expression> {
    if text.len() > MAX_CHARACTERS {
        let span = Span { start: MAX_CHARACTERS, end: text.len() };
        return Err(Fault { limit: Some(MAX_CHARACTERS), ..span.fault(FaultKind::TooLong, text) });
    }
    let tokens = tokens(text, spelling)?;
    let lines = lines(&tokens, text)?;
    let mut building = Building::new(text);
    for line in &lines {
        if let (Some((name, span)), number) = (line.name, line.number()) {
            building.announce(name, span, number)?;
        }
    }
    let result = lines.iter().rposition(|line| !line.is_given());
    let mut output = None;
    for (index, line) in lines.iter().enumerate() {
        match line.name {
            Some((name, span)) if line.is_given() => {
                building.name(name, span)?;
            }
            None if Some(index) != result => {
                return Err(line.span().fault(FaultKind::UnnamedLine, text));
            }
            name => {
                let node = parser::parse(text, line.tokens, line.end, &mut building)?;
                if let Some((name, _)) = name {
                    building.define(name, node);
                }
                output = Some(node);
            }
        }
    }
    // Lines of numbers alone: the last one is all there is to show.
    let output = output.or_else(|| building.sources.len().checked_sub(1));
    match output {
        Some(output) => Ok(Expression { sources: building.sources, leaves: building.leaves, output }),
        None => Err(Span { start: 0, end: text.len() }.fault(FaultKind::Empty, text)),
    }
}

/// Cuts the tokens into lines that are not empty, and takes the names off them.
fn lines<'a>(tokens: &'a [(Token, Span)], text: &[char]) -> Parsed<Vec<Line<'a>>> {
    let mut lines = Vec::new();
    for part in tokens.split(|(token, _)| *token == Token::Separator) {
        let Some((_, last)) = part.last() else { continue };
        lines.push(match part {
            [(Token::Name(name), span), (Token::Equals, _), rest @ ..] => {
                if parser::function(name).is_some() {
                    return Err(span.fault(FaultKind::ReservedName, text));
                }
                Line { name: Some((name, *span)), tokens: rest, end: last.end }
            }
            _ => Line { name: None, tokens: part, end: last.end },
        });
    }
    Ok(lines)
}

/// The expression while it is being read.
struct Building<'a> {
    text: &'a [char],
    sources: Vec<Source>,
    leaves: Vec<Leaf>,
    /// Names that some line defines: a number with its place, or a computation.
    announced: HashMap<String, Option<(f64, Span)>>,
    /// Names that have a node.
    nodes: HashMap<String, usize>,
    /// What counts towards [`MAX_INPUTS`].
    num_inputs: usize,
}

impl<'a> Building<'a> {
    fn new(text: &'a [char]) -> Self {
        Self {
            text,
            sources: Vec::new(),
            leaves: Vec::new(),
            announced: HashMap::new(),
            nodes: HashMap::new(),
            num_inputs: 0,
        }
    }

    /// Remembers that a line will define `name`.
    fn announce(&mut self, name: &str, span: Span, number: Option<(f64, Span)>) -> Parsed<()> {
        match self.announced.insert(name.to_owned(), number) {
            None => Ok(()),
            Some(_) => Err(span.fault(FaultKind::DefinedTwice, self.text)),
        }
    }

    /// Gives the node of a line the line's name.
    ///
    /// In `b = a` both names mean one node, which keeps its first name.
    fn define(&mut self, name: &str, node: usize) {
        self.sources[node].name.get_or_insert_with(|| name.to_owned());
        self.nodes.insert(name.to_owned(), node);
    }

    fn push(&mut self, source: Source) -> Parsed<usize> {
        self.num_inputs += source.inputs.len();
        let refused = if self.sources.len() == MAX_NODES {
            Some((FaultKind::TooManyNodes, MAX_NODES))
        } else if self.num_inputs > MAX_INPUTS {
            Some((FaultKind::TooManyInputs, MAX_INPUTS))
        } else {
            None
        };
        if let Some((kind, limit)) = refused {
            let span = Span { start: source.start, end: source.end };
            return Err(Fault { limit: Some(limit), ..span.fault(kind, self.text) });
        }
        self.sources.push(source);
        Ok(self.sources.len() - 1)
    }
}

impl Builder for Building<'_> {
    fn number(&mut self, number: f64, Span { start, end }: Span) -> Parsed<usize> {
        let (operation, inputs) = (Operation::Constant, Vec::new());
        self.push(Source { operation, inputs, number, name: None, start, end })
    }

    fn name(&mut self, name: &str, span: Span) -> Parsed<usize> {
        if let Some(&node) = self.nodes.get(name) {
            return Ok(node);
        }
        let given = match self.announced.get(name) {
            Some(None) => return Err(span.fault(FaultKind::UsedBeforeDefined, self.text)),
            Some(Some((value, place))) => Some((*value, place.start, place.end)),
            None => None,
        };
        let node = self.push(Source {
            operation: Operation::Leaf,
            inputs: Vec::new(),
            number: 0.0,
            name: Some(name.to_owned()),
            start: span.start,
            end: span.end,
        })?;
        self.leaves.push(Leaf { name: name.to_owned(), node, given });
        self.nodes.insert(name.to_owned(), node);
        Ok(node)
    }

    fn apply(&mut self, operation: Operation, inputs: &[usize], span: Span) -> Parsed<usize> {
        let Span { start, end } = span;
        self.push(Source { operation, inputs: inputs.to_vec(), number: 0.0, name: None, start, end })
    }

    fn negate(&mut self, input: usize, span: Span) -> Parsed<usize> {
        let source = &mut self.sources[input];
        if source.operation == Operation::Constant && source.name.is_none() {
            source.number = -source.number;
            (source.start, source.end) = (span.start, span.end);
            return Ok(input);
        }
        self.apply(Operation::Negate, &[input], span)
    }
}
