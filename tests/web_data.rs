//! Data sets through the WebAssembly boundary, in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::data::{IdxKind, Scaling};
use atelier::picture::Palette;
use atelier::wasm::data::{DataSet, IdxReader};
use atelier::wasm::data_room::{
    ClosestPairs, DoubtfulLabels, PixelStatistics, class_means, permutation, train_indices,
};
use js_sys::Reflect;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn palette() -> Ts<Palette> {
    Palette { ink: [1, 2, 3], positive: [0, 0, 255], negative: [255, 0, 0] }.into_ts().unwrap()
}

fn scaling(scaling: Scaling) -> Ts<Scaling> {
    scaling.into_ts().unwrap()
}

fn file(magic: u32, dimensions: &[u32], items: &[u8]) -> Vec<u8> {
    let header = [&[magic], dimensions].concat();
    header.iter().flat_map(|number| number.to_be_bytes()).chain(items.iter().copied()).collect()
}

fn reader(kind: IdxKind, bytes: &[u8]) -> IdxReader {
    let mut reader = IdxReader::new(format!("some {kind:?}"), kind.into_ts().unwrap()).unwrap();
    for chunk in bytes.chunks(1000) {
        reader.feed(chunk).unwrap();
    }
    reader
}

/// Images whose pixels are all 10·number, labelled 0 1 0 1 …
fn data_set(count: u8) -> DataSet {
    let pixels: Vec<u8> = (0..count).flat_map(|number| vec![number * 10; 784]).collect();
    let labels: Vec<u8> = (0..count).map(|number| number % 2).collect();
    let images = reader(IdxKind::Images, &file(2051, &[u32::from(count), 28, 28], &pixels));
    let labels = reader(IdxKind::Labels, &file(2049, &[u32::from(count)], &labels));
    DataSet::new(images, labels, vec!["even".into(), "odd".into()]).unwrap()
}

fn get(record: &JsValue, key: &str) -> JsValue {
    Reflect::get(record, &key.into()).unwrap()
}

fn number(record: &JsValue, key: &str) -> f64 {
    get(record, key).as_f64().unwrap_or_else(|| panic!("{key} is no number"))
}

#[wasm_bindgen_test]
fn images_can_be_painted_while_they_arrive() {
    let bytes = file(2051, &[2, 28, 28], &[7; 2 * 784]);
    let mut images = IdxReader::new("x".into(), IdxKind::Images.into_ts().unwrap()).unwrap();
    assert_eq!((images.received(), images.total()), (0, None));
    images.feed(&bytes[..16 + 800]).unwrap();
    assert_eq!((images.received(), images.total()), (1, Some(2)));
    let picture = images.picture(0, palette()).unwrap().unwrap();
    assert_eq!((picture.width(), picture.height()), (28, 28));
    assert_eq!(picture.data()[..4], [1, 2, 3, 7]);
    assert!(images.picture(1, palette()).unwrap().is_none());
    assert_eq!(images.label(0), None);
    let error = images.finish().unwrap_err();
    assert_eq!(get(&error, "message"), "x is too short: its header says 2, but only 1 arrived whole.");
    images.feed(&bytes[16 + 800..]).unwrap();
    images.finish().unwrap();
}

#[wasm_bindgen_test]
fn an_error_carries_the_file_and_the_problem() {
    let mut images = IdxReader::new("page.gz".into(), IdxKind::Images.into_ts().unwrap()).unwrap();
    let error = images.feed(b"<html>").unwrap_err();
    assert_eq!(get(&error, "name"), "EngineError");
    let record = get(&error, "record");
    assert_eq!((get(&record, "kind"), get(&record, "file")), ("file".into(), "page.gz".into()));
    assert_eq!(get(&get(&record, "problem"), "kind"), "web-page");
    let mut labels = IdxReader::new("labels".into(), IdxKind::Labels.into_ts().unwrap()).unwrap();
    let record = get(&labels.feed(&file(2049, &[2], &[1, 77])).unwrap_err(), "record");
    let problem = get(&record, "problem");
    assert_eq!((number(&problem, "label"), number(&problem, "index")), (77.0, 1.0));
    assert!(IdxReader::new("x".into(), Ts::new_unchecked("pictures".into())).is_err());
}

#[wasm_bindgen_test]
fn a_data_set_gives_images_labels_and_names() {
    let set = data_set(6);
    assert_eq!((set.length(), set.class_names()), (6, vec!["even".to_owned(), "odd".to_owned()]));
    assert_eq!((set.labels(), set.label(5).unwrap()), (vec![0, 1, 0, 1, 0, 1], 1));
    assert_eq!(set.image(3).unwrap(), [30; 784]);
    assert_eq!(set.class_counts(), [3, 3]);
    let pictures = set.pictures(&[3, 0], palette()).unwrap();
    assert_eq!(pictures.iter().map(|picture| picture.data()[3]).collect::<Vec<_>>(), [30, 0]);
    assert!(set.image(6).is_err() && set.label(6).is_err() && set.pictures(&[0, 6], palette()).is_err());
}

#[wasm_bindgen_test]
fn different_counts_and_a_sixth_held_out() {
    let images = reader(IdxKind::Images, &file(2051, &[1, 28, 28], &[0; 784]));
    let labels = reader(IdxKind::Labels, &file(2049, &[2], &[0, 1]));
    let error = DataSet::new(images, labels, vec!["a".into(), "b".into()]).err().unwrap();
    assert_eq!(get(&get(&get(&error, "record"), "problem"), "kind"), "counts-differ");
    let mut set = data_set(12);
    let test = set.hold_out_test(42).unwrap();
    assert_eq!((set.length(), test.length()), (10, 2));
    // One image cannot be dealt into two parts, and the set stays as it is.
    let mut one = data_set(1);
    assert_eq!(get(&one.hold_out_test(42).err().unwrap(), "name"), "EngineError");
    assert_eq!(one.length(), 1);
    // Names for 2 to 10 classes, and one for every label.
    for names in [1, 11] {
        let names = (0..names).map(|k| k.to_string()).collect();
        assert!(DataSet::from_bytes(vec![0; 784], vec![0], names).is_err());
    }
    assert!(DataSet::from_bytes(vec![0; 784], vec![2], vec!["a".into(), "b".into()]).is_err());
}

#[wasm_bindgen_test]
fn histograms_and_single_pixels() {
    let set = data_set(3);
    let statistics = PixelStatistics::new(&set, &[0, 2]).unwrap();
    let view: JsValue = statistics.view(scaling(Scaling::MinMax), 0.0, 1.0, 4).unwrap().into();
    assert_eq!(number(&view, "largest") as f32, 20.0 / 255.0);
    assert_eq!(get(&get(&view, "counts"), "length"), 4);
    let view: JsValue = statistics.view(scaling(Scaling::Standardized), -1.5, 1.5, 3).unwrap().into();
    // Values 0 and 20: mean 10, deviation 10, so −1 and 1.
    let counts = js_sys::Array::from(&get(&view, "counts")).to_vec();
    assert_eq!(counts, [784.0, 0.0, 784.0].map(JsValue::from));
    let pixel: JsValue = statistics.pixel(scaling(Scaling::Standardized), 1, 5).unwrap().into();
    let numbers = ["raw", "mean", "deviation", "scaled"].map(|key| number(&pixel, key));
    assert_eq!(numbers, [10.0, 10.0, 10.0, 0.0]);
    assert!(statistics.pixel(scaling(Scaling::None), 3, 0).is_err());
    assert!(statistics.view(scaling(Scaling::None), 1.0, 0.0, 4).is_err());
    assert!(PixelStatistics::new(&set, &[3]).is_err());
}

#[wasm_bindgen_test]
fn the_split_is_that_of_scikit_learn() {
    assert_eq!(train_indices(10, 0.2, 42).unwrap(), [5, 0, 7, 2, 9, 4, 3, 6]);
    assert!(train_indices(10, 1.0, 42).is_err());
    assert_eq!(permutation(10, 42), [8, 1, 5, 0, 7, 2, 9, 4, 3, 6]);
}

#[wasm_bindgen_test]
fn class_means_are_pictures() {
    let means = class_means(&data_set(4), palette()).unwrap();
    assert_eq!((means.len(), means[1].width(), means[1].height()), (2, 28, 28));
    // 10 and 30.
    assert_eq!(means[1].data()[..4], [1, 2, 3, 20]);
}

/// An `ImageData` keeps the array that it is given: of a view of the engine's memory nothing would be left here.
#[wasm_bindgen_test]
fn a_picture_outlives_the_growth_of_the_engines_memory() {
    let picture = data_set(4).pictures(&[3], palette()).unwrap().remove(0);
    let large = vec![1u8; 64 << 20];
    assert_eq!((picture.data().len(), picture.data()[783 * 4 + 3]), (4 * 784, 30));
    drop(large);
}

#[wasm_bindgen_test]
fn searches_run_in_slices() {
    let (train, test) = (data_set(5), data_set(2));
    let mut search = ClosestPairs::new(&train, &test, 3);
    while !search.advance(2) {}
    assert_eq!(search.share(), 1.0);
    let pairs = js_sys::Array::from(&search.pairs().unwrap().into());
    // The two test images are the first two of the training set.
    let first = pairs.get(0);
    assert_eq!(["first", "second", "difference"].map(|key| number(&first, key)), [0.0, 5.0, 0.0]);
    assert_eq!(number(&pairs.get(2), "difference"), 10.0);

    let mut search = DoubtfulLabels::new(&train, 42).unwrap();
    while !search.advance(20).unwrap() {
        assert!(search.share() < 1.0);
    }
    let doubts: JsValue = search.doubts(10).unwrap().into();
    let found = js_sys::Array::from(&get(&doubts, "labels"));
    assert_eq!(f64::from(found.length()), number(&doubts, "numDisagreements"));
}
