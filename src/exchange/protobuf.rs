//! Protocol buffers, as much of them as ONNX needs: fields of varints and of bytes, one after the other.
//!
//! A field is its number and its kind in one varint, then its value. A message within a message is bytes.
//!
//! # References
//! Google: Protocol Buffers, Encoding, <https://protobuf.dev/programming-guides/encoding/>.

use super::NetworkProblem;

/// A message that is being written.
///
/// # Examples
/// ```
/// use atelier::exchange::protobuf::Message;
/// // The encoding guide's own example: field 1 is 150.
/// assert_eq!(Message::default().number(1, 150).bytes(), [0x08, 0x96, 0x01]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(Vec<u8>);

const VARINT: u64 = 0;
const BYTES: u64 = 2;

impl Message {
    /// Adds a whole number.
    #[must_use]
    pub fn number(mut self, field: u64, value: u64) -> Self {
        self.varint(field << 3 | VARINT);
        self.varint(value);
        self
    }

    /// Adds bytes.
    #[must_use]
    pub fn raw(mut self, field: u64, value: &[u8]) -> Self {
        self.varint(field << 3 | BYTES);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, field: u64, value: &str) -> Self {
        self.raw(field, value.as_bytes())
    }

    /// Adds a message.
    #[must_use]
    pub fn message(self, field: u64, value: &Self) -> Self {
        self.raw(field, &value.0)
    }

    /// What is written so far.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

/// A field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A whole number.
    Number(u64),
    /// Bytes: a text, a message, or many numbers.
    Bytes(&'a [u8]),
    /// A number of four or eight bytes.
    Fixed(&'a [u8]),
}

/// The fields of a message, in the order in which they stand. Ends after the first that breaks off.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where the message stands in the file.
    offset: usize,
}

impl<'a> Fields<'a> {
    /// The fields of a whole file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, offset: 0 }
    }

    /// The fields of a message that stands within this one.
    pub fn within(&self, message: &'a [u8]) -> Self {
        Self { bytes: message, at: 0, offset: self.offset + self.at - message.len() }
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let end = self.at.checked_add(usize::try_from(count).ok()?)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let tag = self.varint()?;
        let value = match tag & 7 {
            VARINT => Value::Number(self.varint()?),
            1 => Value::Fixed(self.take(8)?),
            BYTES => {
                let count = self.varint()?;
                Value::Bytes(self.take(count)?)
            }
            5 => Value::Fixed(self.take(4)?),
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), NetworkProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        let field = self.field();
        if field.is_none() {
            self.at = self.bytes.len();
        }
        Some(field.ok_or(NetworkProblem::BreaksOff { offset: self.offset + start }))
    }
}
