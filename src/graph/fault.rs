//! What is wrong with an expression, and at which character.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mistake in an expression, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Which mistake.
    pub kind: FaultKind,
    /// The first character concerned, counted from 0 in Unicode characters.
    pub start: usize,
    /// One past the last character concerned.
    pub end: usize,
    /// What stands there, shortened.
    pub found: String,
    /// The largest number allowed, where there is one.
    pub limit: Option<usize>,
}

/// The mistakes that an expression can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is told by its sentence below")]
pub enum FaultKind {
    Empty,
    TooLong,
    TooManyNodes,
    TooManyInputs,
    UnknownCharacter,
    UnreadNumeral,
    BadNumber,
    NumberTooLarge,
    MissingOperator,
    MissingValue,
    UnclosedBracket,
    UnopenedBracket,
    UnknownFunction,
    FunctionWithoutBrackets,
    WrongArgumentCount,
    MisplacedComma,
    MisplacedEquals,
    ReservedName,
    DefinedTwice,
    UsedBeforeDefined,
    UnnamedLine,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, start, found, limit, .. } = self;
        let limit = limit.unwrap_or_default();
        write!(f, "character {}: ", start + 1)?;
        match kind {
            FaultKind::Empty => write!(f, "nothing to compute; write an expression such as (x + y)^2"),
            FaultKind::TooLong => write!(f, "the text is longer than {limit} characters; shorten it"),
            FaultKind::TooManyNodes => write!(f, "more than {limit} nodes; write a smaller expression"),
            FaultKind::TooManyInputs => {
                write!(f, "the operations have more than {limit} inputs together; write a smaller expression")
            }
            FaultKind::UnknownCharacter => write!(f, "“{found}” has no meaning here; remove it"),
            FaultKind::UnreadNumeral => {
                write!(
                    f,
                    "“{found}” is not read; write numbers with 0 to 9 and powers with ^, as in 0.5 or x^n"
                )
            }
            FaultKind::BadNumber => write!(f, "“{found}” is not a number; write it like 0.5 or 1e-3"),
            FaultKind::NumberTooLarge => write!(f, "{found} is larger than any 64-bit number"),
            FaultKind::MissingOperator => {
                write!(f, "an operator is missing before “{found}”; write × to multiply")
            }
            FaultKind::MissingValue if found.is_empty() => {
                write!(f, "the line ends where a number or a name is needed")
            }
            FaultKind::MissingValue => write!(f, "a number or a name is missing before “{found}”"),
            FaultKind::UnclosedBracket => write!(f, "this bracket is never closed; add a )"),
            FaultKind::UnopenedBracket => write!(f, "this bracket was never opened; remove it or add a ("),
            FaultKind::UnknownFunction => write!(
                f,
                "there is no function “{found}”; there are exp, ln, sqrt, max, sum, sigmoid, tanh, relu and step"
            ),
            FaultKind::FunctionWithoutBrackets => {
                write!(f, "“{found}” is a function and needs brackets: {found}(x)")
            }
            FaultKind::WrongArgumentCount => write!(f, "{found} got a wrong number of arguments"),
            FaultKind::MisplacedComma => {
                write!(f, "a comma belongs between the arguments of max or sum; decimals take a point")
            }
            FaultKind::MisplacedEquals => {
                write!(f, "“=” belongs after one name at the start of a line, as in y = 2 × x")
            }
            FaultKind::ReservedName => write!(f, "“{found}” is a function and cannot be a name"),
            FaultKind::DefinedTwice => write!(f, "“{found}” already has a meaning; choose another name"),
            FaultKind::UsedBeforeDefined => {
                write!(f, "“{found}” is used before it is defined; move its line up, or choose another name")
            }
            FaultKind::UnnamedLine => {
                write!(f, "only the last line may stand without a name; begin this one with a name and =")
            }
        }
    }
}
