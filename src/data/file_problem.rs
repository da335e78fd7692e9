//! What can be wrong with a file of images or labels.

use serde::{Deserialize, Serialize};

/// Why a file cannot be read, with the numbers.
///
/// The text continues a sentence that begins with the file's name. The same
/// record crosses to the page, which words it in the visitor's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum FileProblem {
    /// A web page (an error page, a login page) came in the file's place.
    #[error("is a web page, not an IDX file")]
    WebPage,
    /// The bytes are still gzipped.
    #[error("is compressed twice: after decompression it is still gzip")]
    StillCompressed,
    /// The first four bytes are not those of an IDX file of unsigned bytes.
    #[error("starts with the magic number {actual}, but this IDX file must start with {expected}")]
    WrongMagic {
        /// 2051 for images, 2049 for labels.
        expected: u32,
        /// What the file starts with.
        actual: u32,
    },
    /// An IDX file of bytes, but of another number of dimensions (labels for images, say).
    #[error("has {actual} dimension(s), but {expected} are needed (images have 3, labels 1)")]
    WrongDimensions {
        /// 3 for images, 1 for labels.
        expected: u32,
        /// What the header says.
        actual: u32,
    },
    /// Images of another size than 28×28.
    #[error("holds images of {rows}×{columns} pixels, but 28×28 are needed")]
    WrongSize {
        /// Rows of an image.
        rows: u32,
        /// Columns of an image.
        columns: u32,
    },
    /// The header promises nothing.
    #[error("holds nothing: its header says 0")]
    Empty,
    /// The header promises more than is taken.
    #[error("claims {count} items, but at most {limit} are read")]
    TooMany {
        /// What the header says.
        count: u32,
        /// The most that are read.
        limit: u32,
    },
    /// The file ends before the header is complete.
    #[error("ends after {actual} bytes, before its {expected}-byte header is complete")]
    HeaderCut {
        /// 16 for images, 8 for labels.
        expected: u32,
        /// Bytes there were.
        actual: u32,
    },
    /// Fewer items than the header says.
    #[error("is too short: its header says {expected}, but only {actual} arrived whole")]
    TooShort {
        /// Items by the header.
        expected: u32,
        /// Whole items that arrived.
        actual: u32,
    },
    /// Bytes follow after the last item.
    #[error("is too long: bytes follow after the {expected} its header says")]
    TooLong {
        /// Items by the header.
        expected: u32,
    },
    /// A label that no class has.
    #[error("has the label {label} at number {index}, but labels go from 0 to {largest}")]
    WrongLabel {
        /// Which label, counted from 0.
        index: u32,
        /// Its value.
        label: u8,
        /// The largest allowed.
        largest: u8,
    },
    /// All labels that there are to train on are the same.
    #[error("leaves only the label {label} to train on, but a network tells at least two classes apart")]
    OneClass {
        /// The label.
        label: u8,
    },
    /// Images and labels do not pair up.
    #[error("holds {labels} labels, but there are {images} images")]
    CountsDiffer {
        /// Images in the images' file.
        images: u32,
        /// Labels in this file.
        labels: u32,
    },
}
