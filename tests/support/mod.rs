//! The real data sets, for tests.

use atelier::data::{IdxKind, IdxReader, LabelledImages};
use std::io::Read;

/// Decompresses a file below `assets/`.
pub fn asset(path: &str) -> Vec<u8> {
    let path = format!("{}/assets/{path}", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    bytes
}

/// `set` is "fashion-mnist" or "mnist", `part` is "train" (60,000) or "t10k" (10,000).
pub fn data_set(set: &str, part: &str) -> LabelledImages {
    let read = |kind, name: String| {
        let mut reader = IdxReader::new(name.clone(), kind);
        reader.feed(&asset(&format!("{set}/{name}.gz"))).unwrap();
        reader
    };
    let names = (0..10).map(|class| class.to_string()).collect();
    LabelledImages::from_files(
        read(IdxKind::Images, format!("{part}-images-idx3-ubyte")),
        read(IdxKind::Labels, format!("{part}-labels-idx1-ubyte")),
        names,
    )
    .unwrap()
}
