//! IDX files, read while they arrive.
//!
//! An IDX file is a header of big-endian numbers, then bytes. The first number
//! (the magic number) is `00 00 type dimensions`, with type 08 for unsigned
//! bytes: 2051 = `00 00 08 03` for images (count, rows, columns), 2049 =
//! `00 00 08 01` for labels (count). This reader takes the file in pieces of
//! any size, even single bytes, and each image is usable as soon as its last
//! byte is there. It does not decompress.
//!
//! References: Y. LeCun, C. Cortes, C. J. C. Burges, *The MNIST database of handwritten digits*, "File formats".

use serde::{Deserialize, Serialize};

use super::{FileProblem, MAX_CLASSES, PIXELS, SIDE};
use crate::{Error, Result};

/// The most items a file may promise: as many as the official training sets have. Their 47 MB are what room is made
/// for before they arrive, so that a header alone never costs more.
pub const MAX_ITEMS: u32 = 60_000;

/// Which of the two files this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum IdxKind {
    /// 28×28 images, one byte a pixel.
    Images,
    /// Class indices 0…9, one byte each.
    Labels,
}

impl IdxKind {
    /// Bytes of one item.
    pub fn item_len(self) -> usize {
        match self {
            Self::Images => PIXELS,
            Self::Labels => 1,
        }
    }
    fn dimensions(self) -> u32 {
        match self {
            Self::Images => 3,
            Self::Labels => 1,
        }
    }
    fn magic(self) -> u32 {
        0x0800 + self.dimensions()
    }
    fn header_len(self) -> usize {
        4 + 4 * self.dimensions() as usize
    }
}

/// Reads one IDX file from pieces of any size.
///
/// # Examples
/// ```
/// use atelier::data::{IdxKind, IdxReader};
/// let mut reader = IdxReader::new("labels", IdxKind::Labels);
/// for byte in [0, 0, 8, 1, 0, 0, 0, 3, 9, 0] {
///     reader.feed(&[byte])?;
/// }
/// assert_eq!((reader.received(), reader.total()), (2, Some(3)));
/// reader.feed(&[5])?;
/// assert_eq!(reader.finish()?, [9, 0, 5]);
/// # Ok::<(), atelier::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IdxReader {
    file: String,
    kind: IdxKind,
    header: Vec<u8>,
    total: Option<u32>,
    bytes: Vec<u8>,
    problem: Option<FileProblem>,
}

impl IdxReader {
    /// A reader at the start of a file; the name is for messages.
    pub fn new(file: impl Into<String>, kind: IdxKind) -> Self {
        Self { file: file.into(), kind, header: Vec::new(), total: None, bytes: Vec::new(), problem: None }
    }

    /// Takes the next bytes of the decompressed file.
    ///
    /// # Errors
    /// [`Error::File`] as soon as the bytes cannot belong to such a file, and again at each later call.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<()> {
        if self.problem.is_none() {
            self.problem = self.take(chunk).err();
        }
        self.check()
    }

    /// Items that have arrived whole.
    pub fn received(&self) -> usize {
        self.bytes.len() / self.kind.item_len()
    }

    /// Items by the header, once that is there.
    pub fn total(&self) -> Option<u32> {
        self.total
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What the file holds.
    pub fn kind(&self) -> IdxKind {
        self.kind
    }

    /// Item `index`, if it has arrived: 784 pixels, or one label.
    pub fn item(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(self.kind.item_len())?;
        self.bytes.get(start..start.checked_add(self.kind.item_len())?)
    }

    /// The items that have arrived whole, one behind the other.
    pub fn items(&self) -> &[u8] {
        &self.bytes[..self.received() * self.kind.item_len()]
    }

    /// Checks, after the last byte was fed, that the file is whole.
    ///
    /// # Errors
    /// [`Error::File`] when the header or items are missing, or when an earlier call failed.
    pub fn check_complete(&self) -> Result<()> {
        self.check()?;
        let problem = match self.total {
            None => self.opening_problem().unwrap_or(FileProblem::HeaderCut {
                expected: self.kind.header_len() as u32,
                actual: self.header.len() as u32,
            }),
            Some(total) if self.bytes.len() < total as usize * self.kind.item_len() => {
                FileProblem::TooShort { expected: total, actual: self.received() as u32 }
            }
            Some(_) => return Ok(()),
        };
        Err(Error::File { file: self.file.clone(), problem })
    }

    /// The items' bytes, once the file is whole.
    ///
    /// # Errors
    /// As [`IdxReader::check_complete`].
    pub fn finish(self) -> Result<Vec<u8>> {
        self.check_complete()?;
        Ok(self.bytes)
    }

    fn check(&self) -> Result<()> {
        match &self.problem {
            Some(problem) => Err(Error::File { file: self.file.clone(), problem: problem.clone() }),
            None => Ok(()),
        }
    }

    fn take(&mut self, chunk: &[u8]) -> std::result::Result<(), FileProblem> {
        let missing = self.kind.header_len() - self.header.len();
        let (header, items) = chunk.split_at(chunk.len().min(missing));
        self.header.extend_from_slice(header);
        if self.header.len() >= 4
            && let Some(problem) = self.opening_problem()
        {
            return Err(problem);
        }
        if self.header.len() < self.kind.header_len() {
            return Ok(());
        }
        let total = match self.total {
            Some(total) => total,
            None => self.read_header()?,
        };
        self.append(items, total)
    }

    /// What the first bytes say: a page, gzip, another kind of IDX, or nothing wrong.
    fn opening_problem(&self) -> Option<FileProblem> {
        let text = self.header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.header).trim_ascii_start();
        if text.first() == Some(&b'<') {
            return Some(FileProblem::WebPage);
        }
        if text.is_empty() && self.header.len() < self.kind.header_len() {
            // Blank so far, as a page may begin.
            return None;
        }
        if self.header.starts_with(&[0x1f, 0x8b]) {
            return Some(FileProblem::StillCompressed);
        }
        let actual = self.number(0)?;
        let expected = self.kind.magic();
        if actual == expected {
            None
        } else if actual & 0xffff_ff00 == 0x0800 {
            Some(FileProblem::WrongDimensions { expected: self.kind.dimensions(), actual: actual & 0xff })
        } else {
            Some(FileProblem::WrongMagic { expected, actual })
        }
    }

    fn read_header(&mut self) -> std::result::Result<u32, FileProblem> {
        let count = self.number(1).unwrap_or(0);
        if let (Some(rows), Some(columns)) = (self.number(2), self.number(3))
            && (rows, columns) != (SIDE as u32, SIDE as u32)
        {
            return Err(FileProblem::WrongSize { rows, columns });
        }
        if count == 0 {
            return Err(FileProblem::Empty);
        }
        if count > MAX_ITEMS {
            return Err(FileProblem::TooMany { count, limit: MAX_ITEMS });
        }
        self.bytes.reserve_exact(count as usize * self.kind.item_len());
        self.total = Some(count);
        Ok(count)
    }

    fn append(&mut self, items: &[u8], total: u32) -> std::result::Result<(), FileProblem> {
        let room = total as usize * self.kind.item_len() - self.bytes.len();
        if items.len() > room {
            return Err(FileProblem::TooLong { expected: total });
        }
        if self.kind == IdxKind::Labels {
            let largest = MAX_CLASSES as u8 - 1;
            if let Some(position) = items.iter().position(|&label| label > largest) {
                let index = (self.bytes.len() + position) as u32;
                return Err(FileProblem::WrongLabel { index, label: items[position], largest });
            }
        }
        // The allocator, not the header, has the last word on how much there is room for.
        if self.bytes.try_reserve(items.len()).is_err() {
            return Err(FileProblem::TooMany { count: total, limit: self.received() as u32 });
        }
        self.bytes.extend_from_slice(items);
        Ok(())
    }

    /// Big-endian number `position` of the header, if it is there.
    fn number(&self, position: usize) -> Option<u32> {
        let bytes = self.header.get(4 * position..4 * position + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    }
}
