//! From tokens to operations: operator precedence with a stack of our own.
//!
//! ```text
//! line      = [name "="] sum
//! sum       = product { ("+" | "−") product }
//! product   = sign { ("×" | "÷") sign }
//! sign      = ["−" | "+"] power
//! power     = value ["^" sign]             from the right: 2^3^2 = 2^9
//! value     = number | name | "(" sum ")" | function "(" sum { "," sum } ")"
//!             each with any number of raised numbers behind it: x², x⁻¹
//! ```
//! The stack lives on the heap, so that ten thousand brackets are no deeper
//! for the machine than one (Dijkstra's shunting yard, with a state that knows
//! whether a value or an operator comes next).

use super::token::{Span, Token};
use super::{Fault, FaultKind, Operation};

/// The functions by name.
const FUNCTIONS: [(&str, Operation); 10] = [
    ("exp", Operation::Exp),
    ("ln", Operation::Ln),
    ("sqrt", Operation::Sqrt),
    ("max", Operation::Max),
    ("sum", Operation::Add),
    ("sigmoid", Operation::Sigmoid),
    ("σ", Operation::Sigmoid),
    ("tanh", Operation::Tanh),
    ("relu", Operation::Relu),
    ("step", Operation::Step),
];

/// The function of this name.
pub(super) fn function(name: &str) -> Option<Operation> {
    FUNCTIONS.iter().find(|(known, _)| *known == name).map(|&(_, operation)| operation)
}

/// What the parser calls when it has understood something.
pub(super) trait Builder {
    /// A number of the text.
    fn number(&mut self, value: f64, span: Span) -> Result<usize, Fault>;
    /// A name of the text.
    fn name(&mut self, name: &str, span: Span) -> Result<usize, Fault>;
    /// An operation on what these calls returned.
    fn apply(&mut self, operation: Operation, inputs: &[usize], span: Span) -> Result<usize, Fault>;
    /// The opposite: of a number the number itself, so that `−3` is one node.
    fn negate(&mut self, input: usize, span: Span) -> Result<usize, Fault>;
}

/// What waits on the stack for its right side.
enum Pending {
    Binary(Operation),
    Negate(Span),
    Bracket { function: Option<(Operation, Span)>, open: Span, first_value: usize },
}

/// A value that waits for its operator, with the text it came from.
#[derive(Clone, Copy)]
struct Value {
    node: usize,
    span: Span,
}

struct Parser<'a, B> {
    text: &'a [char],
    builder: &'a mut B,
    values: Vec<Value>,
    pending: Vec<Pending>,
}

/// Parses one line without its name and gives its last node.
///
/// # Errors
/// A [`Fault`] at the first character that fits no rule. `end` is where the
/// line ends, for the fault of a line that stops too early.
pub(super) fn parse<B: Builder>(
    text: &[char],
    tokens: &[(Token, Span)],
    end: usize,
    builder: &mut B,
) -> Result<usize, Fault> {
    let mut parser = Parser { text, builder, values: Vec::new(), pending: Vec::new() };
    let mut tokens = tokens.iter().peekable();
    let mut needs_value = true;
    while let Some((token, span)) = tokens.next() {
        needs_value = if needs_value {
            let next = tokens.peek().filter(|(next, _)| *next == Token::Open).map(|(_, span)| *span);
            if parser.value(token, *span, next)? {
                tokens.next();
            }
            // A number or a name alone is a value; a sign or a bracket asks for one.
            match token {
                Token::Number(_) => false,
                Token::Name(_) => next.is_some(),
                _ => true,
            }
        } else {
            parser.operator(token, *span)?
        };
    }
    if needs_value {
        return Err(Span { start: end, end }.fault(FaultKind::MissingValue, text));
    }
    parser.reduce(0)?;
    match parser.pending.pop() {
        Some(Pending::Bracket { open, .. }) => Err(open.fault(FaultKind::UnclosedBracket, text)),
        _ => Ok(parser.values[0].node),
    }
}

impl<B: Builder> Parser<'_, B> {
    /// Takes a token where a value must begin; true when the bracket after it was taken too.
    fn value(&mut self, token: &Token, span: Span, bracket: Option<Span>) -> Result<bool, Fault> {
        let first_value = self.values.len();
        match (token, bracket) {
            (Token::Number(value), _) => {
                let node = self.builder.number(*value, span)?;
                self.values.push(Value { node, span });
            }
            (Token::Name(name), Some(open)) => {
                let operation =
                    function(name).ok_or_else(|| span.fault(FaultKind::UnknownFunction, self.text))?;
                let function = Some((operation, span));
                self.pending.push(Pending::Bracket { function, open, first_value });
                return Ok(true);
            }
            (Token::Name(name), None) if function(name).is_some() => {
                return Err(span.fault(FaultKind::FunctionWithoutBrackets, self.text));
            }
            (Token::Name(name), None) => {
                let node = self.builder.name(name, span)?;
                self.values.push(Value { node, span });
            }
            (Token::Open, _) => {
                self.pending.push(Pending::Bracket { function: None, open: span, first_value });
            }
            (Token::Binary(Operation::Subtract), _) => self.pending.push(Pending::Negate(span)),
            (Token::Binary(Operation::Add), _) => {}
            (Token::Equals, _) => return Err(span.fault(FaultKind::MisplacedEquals, self.text)),
            _ => return Err(span.fault(FaultKind::MissingValue, self.text)),
        }
        Ok(false)
    }

    /// Takes a token behind a value; true when a value must follow it.
    fn operator(&mut self, token: &Token, span: Span) -> Result<bool, Fault> {
        match token {
            Token::Binary(operation) => {
                let (precedence, from_right) = precedence(*operation);
                self.reduce(precedence + u8::from(from_right))?;
                self.pending.push(Pending::Binary(*operation));
                Ok(true)
            }
            Token::Superscript(exponent) => {
                let base = self.values.pop().expect("a value stands before");
                let exponent = self.builder.number(*exponent, span)?;
                let span = base.span.join(span);
                let node = self.builder.apply(Operation::Power, &[base.node, exponent], span)?;
                self.values.push(Value { node, span });
                Ok(false)
            }
            Token::Close => self.close(span).map(|()| false),
            Token::Comma => {
                self.reduce(0)?;
                match self.pending.last() {
                    Some(Pending::Bracket { function: Some(_), .. }) => Ok(true),
                    _ => Err(span.fault(FaultKind::MisplacedComma, self.text)),
                }
            }
            Token::Equals => Err(span.fault(FaultKind::MisplacedEquals, self.text)),
            _ => Err(span.fault(FaultKind::MissingOperator, self.text)),
        }
    }

    /// Ends a bracket: what stands in it is one value, or a function's arguments.
    fn close(&mut self, close: Span) -> Result<(), Fault> {
        self.reduce(0)?;
        let Some(Pending::Bracket { function, open, first_value }) = self.pending.pop() else {
            return Err(close.fault(FaultKind::UnopenedBracket, self.text));
        };
        let Some((operation, name)) = function else {
            let value = self.values.last_mut().expect("a value stands before");
            value.span = open.join(close);
            return Ok(());
        };
        let span = name.join(close);
        let inputs: Vec<usize> = self.values.drain(first_value..).map(|value| value.node).collect();
        let takes_many = matches!(operation, Operation::Add | Operation::Max);
        if (inputs.len() > 1) != takes_many {
            return Err(name.fault(FaultKind::WrongArgumentCount, self.text));
        }
        let node = self.builder.apply(operation, &inputs, span)?;
        self.values.push(Value { node, span });
        Ok(())
    }

    /// Applies what waits and binds at least as tightly, down to the last open bracket.
    fn reduce(&mut self, at_least: u8) -> Result<(), Fault> {
        loop {
            let tightness = match self.pending.last() {
                Some(Pending::Binary(operation)) => precedence(*operation).0,
                Some(Pending::Negate(_)) => NEGATE,
                Some(Pending::Bracket { .. }) | None => return Ok(()),
            };
            if tightness < at_least {
                return Ok(());
            }
            let right = self.values.pop().expect("an operator was only taken before a value");
            let (node, span) = match self.pending.pop() {
                Some(Pending::Binary(operation)) => {
                    let left = self.values.pop().expect("an operator was only taken behind a value");
                    let span = left.span.join(right.span);
                    (self.builder.apply(operation, &[left.node, right.node], span)?, span)
                }
                Some(Pending::Negate(sign)) => {
                    let span = sign.join(right.span);
                    (self.builder.negate(right.node, span)?, span)
                }
                _ => unreachable!("matched above"),
            };
            self.values.push(Value { node, span });
        }
    }
}

/// A sign binds tighter than `×`, looser than `^`: −x² is −(x²).
const NEGATE: u8 = 3;

/// How tightly an operator binds, and whether it is read from the right.
fn precedence(operation: Operation) -> (u8, bool) {
    match operation {
        Operation::Add | Operation::Subtract => (1, false),
        Operation::Multiply | Operation::Divide => (2, false),
        _ => (4, true),
    }
}
