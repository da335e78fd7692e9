//! IDX files: the real ones, the wrong ones, and pieces of every size.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use atelier::data::{FileProblem, IdxKind, IdxReader, LabelledImages};
use atelier::{Error, Result};
use proptest::prelude::*;

fn file(magic: u32, dimensions: &[u32], items: &[u8]) -> Vec<u8> {
    let header = [&[magic], dimensions].concat();
    header.iter().flat_map(|number| number.to_be_bytes()).chain(items.iter().copied()).collect()
}

fn labels(items: &[u8]) -> Vec<u8> {
    file(2049, &[items.len() as u32], items)
}

fn images(count: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..count * 784).map(|i| (i % 251) as u8).collect();
    file(2051, &[count, 28, 28], &pixels)
}

fn read(kind: IdxKind, bytes: &[u8], piece: usize) -> Result<Vec<u8>> {
    let mut reader = IdxReader::new("the-file", kind);
    for chunk in bytes.chunks(piece.max(1)) {
        reader.feed(chunk)?;
    }
    reader.finish()
}

#[test]
fn the_real_training_set_begins_9_0_0_3_0_2_7_2_5_5_with_6000_of_each_class() {
    let set = support::data_set("fashion-mnist", "train");
    assert_eq!((set.len(), set.pixels().len()), (60_000, 60_000 * 784));
    assert_eq!(set.labels()[..10], [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]);
    for class in 0..10 {
        assert_eq!(set.labels().iter().filter(|&&label| label == class).count(), 6000);
    }
}

#[test]
fn the_other_three_sets_read_whole() {
    for (set, part, count) in
        [("fashion-mnist", "t10k", 10_000), ("mnist", "train", 60_000), ("mnist", "t10k", 10_000)]
    {
        assert_eq!(support::data_set(set, part).len(), count);
    }
    assert_eq!(support::data_set("mnist", "train").labels()[..10], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
}

#[test]
fn an_image_is_usable_when_its_last_byte_is_there() {
    let bytes = images(3);
    let mut reader = IdxReader::new("images", IdxKind::Images);
    assert_eq!((reader.received(), reader.total()), (0, None));
    reader.feed(&bytes[..16 + 783]).unwrap();
    assert_eq!((reader.received(), reader.total(), reader.item(0)), (0, Some(3), None));
    reader.feed(&bytes[16 + 783..16 + 785]).unwrap();
    assert_eq!(reader.received(), 1);
    assert_eq!(reader.item(0).unwrap(), &bytes[16..16 + 784]);
    assert_eq!(reader.item(usize::MAX), None);
}

/// Each wrong file, in pieces of one byte, five bytes and whole, with what is wrong and how it reads.
#[test]
fn a_wrong_file_is_named_with_what_is_wrong() {
    use FileProblem::*;
    use IdxKind::{Images, Labels};
    let short = images(2)[..16 + 784 + 5].to_vec();
    let long = [images(2), vec![0]].concat();
    let cases: Vec<(IdxKind, Vec<u8>, FileProblem, &str)> = vec![
        (
            Images,
            b"<!DOCTYPE html><title>404</title>".to_vec(),
            WebPage,
            "the-file is a web page, not an IDX file.",
        ),
        (Labels, b"\xef\xbb\xbf\n <html>".to_vec(), WebPage, "the-file is a web page, not an IDX file."),
        (Images, b"<".to_vec(), WebPage, "the-file is a web page, not an IDX file."),
        (
            Images,
            vec![0x1f, 0x8b, 8, 0, 0],
            StillCompressed,
            "the-file is compressed twice: after decompression it is still gzip.",
        ),
        (
            Images,
            file(0x0d03, &[1, 28, 28], &[]),
            WrongMagic { expected: 2051, actual: 3331 },
            "the-file starts with the magic number 3331, but this IDX file must start with 2051.",
        ),
        (
            Labels,
            b"PNG.....".to_vec(),
            WrongMagic { expected: 2049, actual: 0x504e_472e },
            "the-file starts with the magic number 1347307310, but this IDX file must start with 2049.",
        ),
        (
            Images,
            labels(&[1, 2, 3]),
            WrongDimensions { expected: 3, actual: 1 },
            "the-file has 1 dimension(s), but 3 are needed (images have 3, labels 1).",
        ),
        (
            Labels,
            images(1),
            WrongDimensions { expected: 1, actual: 3 },
            "the-file has 3 dimension(s), but 1 are needed (images have 3, labels 1).",
        ),
        (
            Images,
            file(2051, &[1, 32, 28], &[]),
            WrongSize { rows: 32, columns: 28 },
            "the-file holds images of 32×28 pixels, but 28×28 are needed.",
        ),
        (Images, file(2051, &[0, 28, 28], &[]), Empty, "the-file holds nothing: its header says 0."),
        (
            Images,
            file(2051, &[60_001, 28, 28], &[1; 900]),
            TooMany { count: 60_001, limit: 60_000 },
            "the-file claims 60001 items, but at most 60000 are read.",
        ),
        (
            Labels,
            file(2049, &[u32::MAX], &[]),
            TooMany { count: u32::MAX, limit: 60_000 },
            "the-file claims 4294967295 items, but at most 60000 are read.",
        ),
        (
            Images,
            images(1)[..9].to_vec(),
            HeaderCut { expected: 16, actual: 9 },
            "the-file ends after 9 bytes, before its 16-byte header is complete.",
        ),
        (
            Labels,
            vec![],
            HeaderCut { expected: 8, actual: 0 },
            "the-file ends after 0 bytes, before its 8-byte header is complete.",
        ),
        (
            Images,
            short,
            TooShort { expected: 2, actual: 1 },
            "the-file is too short: its header says 2, but only 1 arrived whole.",
        ),
        (
            Images,
            long,
            TooLong { expected: 2 },
            "the-file is too long: bytes follow after the 2 its header says.",
        ),
        (
            Labels,
            labels(&[9, 0, 10]),
            WrongLabel { index: 2, label: 10, largest: 9 },
            "the-file has the label 10 at number 2, but labels go from 0 to 9.",
        ),
    ];
    for (kind, bytes, problem, sentence) in cases {
        for piece in [1, 5, 4096] {
            let error = read(kind, &bytes, piece).unwrap_err();
            assert_eq!(error, Error::File { file: "the-file".into(), problem: problem.clone() });
            assert_eq!(error.to_string(), sentence);
        }
    }
}

#[test]
fn a_file_once_refused_stays_refused() {
    let mut reader = IdxReader::new("x", IdxKind::Labels);
    let first = reader.feed(b"<htm").unwrap_err();
    assert_eq!(reader.feed(&labels(&[1])).unwrap_err(), first);
    assert_eq!(reader.finish().unwrap_err(), first);
}

#[test]
fn images_and_labels_of_different_counts_are_refused_by_name() {
    let reader = |name, kind, bytes: &[u8]| {
        let mut reader = IdxReader::new(name, kind);
        reader.feed(bytes).unwrap();
        reader
    };
    let names = |count: usize| (0..count).map(|class| class.to_string()).collect::<Vec<_>>();
    let pair = |bytes: &[u8], count| {
        LabelledImages::from_files(
            reader("images", IdxKind::Images, &images(2)),
            reader("labels", IdxKind::Labels, bytes),
            names(count),
        )
    };
    assert_eq!(pair(&labels(&[1, 0]), 2).unwrap().labels(), [1, 0]);
    let problem = FileProblem::CountsDiffer { images: 2, labels: 3 };
    let error = pair(&labels(&[1, 2, 3]), 10).unwrap_err();
    assert_eq!(error, Error::File { file: "labels".into(), problem });
    let error = pair(&labels(&[1, 2]), 2).unwrap_err().to_string();
    assert_eq!(error, "labels has the label 2 at number 1, but labels go from 0 to 1.");
    for count in [0, 1, 11] {
        let error = pair(&labels(&[0, 0]), count).unwrap_err().to_string();
        assert_eq!(error, format!("classNames is {count}, but must be 2 to 10"));
    }
}

#[test]
fn a_sixth_is_held_out_to_test_on_and_nothing_is_lost() {
    let set = support::data_set("mnist", "t10k");
    let (train, test) = set.hold_out_test(42).unwrap();
    assert_eq!((train.len(), test.len()), (8333, 1667));
    let mut found: Vec<&[u8]> = train.pixels().chunks(784).chain(test.pixels().chunks(784)).collect();
    let mut all: Vec<&[u8]> = set.pixels().chunks(784).collect();
    found.sort_unstable();
    all.sort_unstable();
    assert!(found == all);
    let one = LabelledImages::new(vec![0; 784], vec![0], vec!["a".into(), "b".into()]).unwrap();
    assert!(one.hold_out_test(42).is_err());
}

#[test]
fn images_of_one_class_alone_are_refused_by_name() {
    let names = || vec!["a".into(), "b".into(), "c".into()];
    let set =
        |labels: &[u8]| LabelledImages::new(vec![0; 784 * labels.len()], labels.to_vec(), names()).unwrap();
    assert!(set(&[2, 2, 1, 2]).check_classes("labels").is_ok());
    let error = set(&[2, 2, 2]).check_classes("labels").unwrap_err();
    assert_eq!(error, Error::File { file: "labels".into(), problem: FileProblem::OneClass { label: 2 } });
    // What is held out may take the other class along.
    let (train, _) = set(&[1, 2]).hold_out_test(42).unwrap();
    assert!(train.check_classes("labels").is_err());
}

proptest! {
    #[test]
    fn the_size_of_the_pieces_does_not_matter(items in prop::collection::vec(0u8..10, 1..200), cuts in prop::collection::vec(0usize..50, 0..40)) {
        let bytes = labels(&items);
        let mut reader = IdxReader::new("labels", IdxKind::Labels);
        let mut rest = &bytes[..];
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            reader.feed(piece).unwrap();
            rest = after;
        }
        reader.feed(rest).unwrap();
        prop_assert_eq!(reader.finish().unwrap(), items);
    }

    #[test]
    fn any_bytes_give_items_or_an_error_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..64), piece in 1usize..16, as_images: bool) {
        let kind = if as_images { IdxKind::Images } else { IdxKind::Labels };
        // A valid opening in half of the cases, or random bytes would never pass the magic number.
        let opening = [0, 0, 8, if as_images { 3 } else { 1 }];
        for bytes in [bytes.clone(), [&opening[..], &bytes].concat()] {
            if let Ok(items) = read(kind, &bytes, piece) {
                prop_assert!(!items.is_empty());
            }
        }
    }
}
