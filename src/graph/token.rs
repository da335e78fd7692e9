//! From characters to tokens.

use super::{Fault, FaultKind, Operation};

/// A word of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Name(String),
    /// `+ − × ÷ ^`
    Binary(Operation),
    /// `²` or `³`
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
pub(super) fn tokens(text: &[char]) -> Result<Vec<(Token, Span)>, Fault> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        let token = match text[at] {
            '\n' | ';' => Token::Separator,
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '0'..='9' | '.' => {
                at = number_end(text, at);
                let span = Span { start, end: at };
                found.push((number(text, span)?, span));
                continue;
            }
            c if is_name(c) => {
                at += text[at..].iter().take_while(|&&c| is_name(c)).count();
                let span = Span { start, end: at };
                found.push((Token::Name(text[start..at].iter().collect()), span));
                continue;
            }
            // Two stars are a power, as in Python.
            '*' if text.get(at + 1) == Some(&'*') => {
                at += 1;
                Token::Binary(Operation::Power)
            }
            c => symbol(c)
                .ok_or_else(|| Span { start, end: start + 1 }.fault(FaultKind::UnknownCharacter, text))?,
        };
        at += 1;
        found.push((token, Span { start, end: at }));
    }
    Ok(found)
}

/// Signs as keyboards, textbooks and word processors write them.
fn symbol(c: char) -> Option<Token> {
    Some(match c {
        '+' | '\u{ff0b}' => Token::Binary(Operation::Add),
        '-' | '−' | '–' | '—' | '\u{ff0d}' => Token::Binary(Operation::Subtract),
        '*' | '×' | '·' | '⋅' | '∙' | '∗' => Token::Binary(Operation::Multiply),
        '/' | '÷' | '∕' => Token::Binary(Operation::Divide),
        '^' => Token::Binary(Operation::Power),
        '²' => Token::Superscript(2.0),
        '³' => Token::Superscript(3.0),
        '(' | '\u{ff08}' => Token::Open,
        ')' | '\u{ff09}' => Token::Close,
        ',' | '\u{ff0c}' => Token::Comma,
        '=' | '\u{ff1d}' => Token::Equals,
        _ => return None,
    })
}

/// Letters of any script, digits (also low ones: p₁) and `_`; a digit `0..=9` or a superscript never starts one.
fn is_name(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !matches!(c, '²' | '³' | '¹')
}

/// Where the number that starts at `at` ends. It swallows every digit and point, so that `1.2.3` is one mistake.
fn number_end(text: &[char], at: usize) -> usize {
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = at + text[at..].iter().take_while(|&&c| c.is_ascii_digit() || c == '.').count();
    // An exponent only where digits follow: in `2e` the e is a name.
    if matches!(text.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some('+' | '-' | '−')));
        let first = end + 1 + sign;
        if first < text.len() && digits(first) > 0 {
            end = first + digits(first);
        }
    }
    end
}

fn number(text: &[char], span: Span) -> Result<Token, Fault> {
    let written: String =
        text[span.start..span.end].iter().map(|&c| if c == '−' { '-' } else { c }).collect();
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Token::Number(value)),
        Ok(_) => Err(span.fault(FaultKind::NumberTooLarge, text)),
        Err(_) => Err(span.fault(FaultKind::BadNumber, text)),
    }
}
