//! From characters to tokens.

use super::letters::{
    Spelling, begins_name, continues_name, digit, is_invisible, is_minus, is_plus, looks_numeric, normalized,
    raised,
};
use super::{Fault, FaultKind, Operation};

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Name(String),
    /// `+ − × ÷ ^`
    Binary(Operation),
    /// A raised number: `²`, `¹⁰`, `⁻¹`
    Superscript(f64),
    Open,
    Close,
    Comma,
    Equals,
    /// The end of a line.
    Separator,
}

/// A range of characters, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The smallest range that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The mistake `kind` at this place of `text`.
    pub fn fault(self, kind: FaultKind, text: &[char]) -> Fault {
        let found: String = text[self.start..self.end].iter().take(24).collect();
        let found = if self.end - self.start > 24 { found + "…" } else { found };
        Fault { kind, start: self.start, end: self.end, found, limit: None }
    }
}

/// Cuts a text into tokens.
pub(super) fn tokens(text: &[char], spelling: Spelling) -> Result<Vec<(Token, Span)>, Fault> {
    // What shows nothing is left out; places are those of the whole text.
    let visible = text.iter().enumerate().filter(|(_, c)| !is_invisible(**c));
    let (places, seen): (Vec<usize>, Vec<char>) = visible.map(|(place, &c)| (place, c)).unzip();
    let mut found = Vec::new();
    let mut at = 0;
    while at < seen.len() {
        let start = at;
        let span = |end: usize| Span { start: places[start], end: places[end - 1] + 1 };
        let token = match seen[at] {
            '\n' | ';' | '；' => Token::Separator,
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            c if digit(c).is_some() || is_point(c) => {
                at = number_end(&seen, at);
                Token::Number(number(&seen[start..at]).map_err(|kind| span(at).fault(kind, text))?)
            }
            c if begins_name(c) => {
                at += count(&seen[at..], continues_name);
                Token::Name(normalized(&seen[start..at].iter().collect::<String>(), spelling))
            }
            c if raised(c).is_some() => {
                at = raised_end(&seen, at);
                let written: String = seen[start..at].iter().filter_map(|&c| raised(c)).collect();
                Token::Superscript(value(&written).map_err(|kind| span(at).fault(kind, text))?)
            }
            c if looks_numeric(c) => return Err(span(at + 1).fault(FaultKind::UnreadNumeral, text)),
            // Two stars are a power, as in Python.
            '*' | '＊' if matches!(seen.get(at + 1), Some('*' | '＊')) => {
                at += 2;
                Token::Binary(Operation::Power)
            }
            c => symbol(c).ok_or_else(|| span(at + 1).fault(FaultKind::UnknownCharacter, text))?,
        };
        // A sign alone has moved nothing yet.
        at = at.max(start + 1);
        found.push((token, span(at)));
    }
    Ok(found)
}

/// Signs as keyboards, textbooks and word processors write them.
fn symbol(c: char) -> Option<Token> {
    Some(match c {
        c if is_plus(c) => Token::Binary(Operation::Add),
        c if is_minus(c) => Token::Binary(Operation::Subtract),
        '*' | '×' | '·' | '⋅' | '∙' | '∗' | '＊' => Token::Binary(Operation::Multiply),
        '/' | '÷' | '∕' | '⁄' | '／' => Token::Binary(Operation::Divide),
        '^' | '＾' => Token::Binary(Operation::Power),
        '(' | '（' => Token::Open,
        ')' | '）' => Token::Close,
        ',' | '，' => Token::Comma,
        '=' | '＝' => Token::Equals,
        _ => return None,
    })
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | '．')
}

/// How many characters from the first on are such.
fn count(text: &[char], is: impl Fn(char) -> bool) -> usize {
    text.iter().take_while(|&&c| is(c)).count()
}

/// Where the number that starts at `at` ends. It swallows every digit and point, so that `1.2.3` is one mistake.
fn number_end(text: &[char], at: usize) -> usize {
    let is_digit = |c| digit(c).is_some();
    let mut end = at + count(&text[at..], |c| is_digit(c) || is_point(c));
    // An exponent only where digits follow: in `2e` the e is a name.
    if text.get(end).is_some_and(|&c| is_exponent(c)) {
        let first = end + 1 + usize::from(text.get(end + 1).is_some_and(|&c| is_plus(c) || is_minus(c)));
        let digits = text.get(first..).map_or(0, |rest| count(rest, is_digit));
        if digits > 0 {
            end = first + digits;
        }
    }
    end
}

fn is_exponent(c: char) -> bool {
    matches!(c, 'e' | 'E' | 'ｅ' | 'Ｅ')
}

/// Where the power that starts at `at` ends: x¹⁰ is one, x⁻¹ too.
fn raised_end(text: &[char], at: usize) -> usize {
    let is_digit = |c: char| raised(c).is_some_and(|c| c.is_ascii_digit());
    let signs = usize::from(!is_digit(text[at]));
    at + signs + count(&text[at + signs..], is_digit)
}

fn number(written: &[char]) -> Result<f64, FaultKind> {
    let plain = |&c: &char| match c {
        c if is_point(c) => '.',
        c if is_exponent(c) => 'e',
        c if is_plus(c) => '+',
        c if is_minus(c) => '-',
        c => digit(c).unwrap_or(c),
    };
    value(&written.iter().map(plain).collect::<String>())
}

fn value(written: &str) -> Result<f64, FaultKind> {
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(FaultKind::NumberTooLarge),
        Err(_) => Err(FaultKind::BadNumber),
    }
}
