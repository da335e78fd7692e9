//! The graph across the boundary, in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::graph::{FaultKind, GraphAnswer, Trouble};
use atelier::train::TrainingSettings;
use atelier::wasm::data::DataSet;
use atelier::wasm::graph::{GraphRequest, Precision, evaluate_graph};
use atelier::wasm::trainer::Trainer;
use tsify::Tsify;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn evaluate(request: GraphRequest) -> Result<GraphAnswer, JsValue> {
    evaluate_graph(request.into_ts().unwrap()).map(|answer| answer.to_rust().unwrap())
}

fn request(text: &str, precision: Precision) -> GraphRequest {
    GraphRequest { text: text.to_owned(), values: vec![("y".to_owned(), 2.0)], precision }
}

#[wasm_bindgen_test]
fn an_expression_comes_back_with_both_passes() {
    for precision in [Precision::F32, Precision::F64] {
        let Ok(GraphAnswer::Graph(graph)) = evaluate(request("(x + y)²", precision)) else { panic!() };
        assert_eq!(graph.nodes[graph.output].value, 9.0);
        assert_eq!(graph.nodes[0].gradient, Some(6.0));
    }
}

#[wasm_bindgen_test]
fn names_that_look_the_same_are_one_input() {
    // Composed and not, the sign of micro and the letter mu, full width and usual.
    for text in ["사과 + \u{1109}\u{1161}\u{1100}\u{116a}", "µ + μ", "ｙ + y", "y\u{200b} + y"] {
        let Ok(GraphAnswer::Graph(graph)) = evaluate(request(text, Precision::F64)) else { panic!("{text}") };
        assert_eq!(graph.leaves.len(), 1, "{text}");
    }
    let mut request = request("μ × 3", Precision::F64);
    request.values[0].0 = "µ".into();
    let Ok(GraphAnswer::Graph(graph)) = evaluate(request) else { panic!() };
    assert_eq!(graph.nodes[graph.output].value, 6.0);
}

#[wasm_bindgen_test]
fn precision_decides_where_numbers_end() {
    let bad = |precision| match evaluate(request("exp(100 × x)", precision)) {
        Ok(GraphAnswer::Graph(graph)) => graph.bad_value.map(|bad| bad.trouble),
        _ => panic!(),
    };
    assert_eq!((bad(Precision::F32), bad(Precision::F64)), (Some(Trouble::Overflow), None));
}

#[wasm_bindgen_test]
fn a_mistake_is_an_answer_with_its_place() {
    let answer = evaluate(request("x + ", Precision::F64));
    let Ok(GraphAnswer::Fault(fault)) = answer else { panic!() };
    assert_eq!((fault.kind, fault.start), (FaultKind::MissingValue, 3));
}

#[wasm_bindgen_test]
fn hostile_texts_do_not_end_the_worker() {
    let deep = format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(matches!(evaluate(request(&deep, Precision::F32)), Ok(GraphAnswer::Graph(_))));
    let deep = format!("{}x{}", "exp(".repeat(10_000), ")".repeat(10_000));
    assert!(matches!(evaluate(request(&deep, Precision::F32)), Ok(GraphAnswer::Fault(_))));
}

#[wasm_bindgen_test]
fn a_value_that_is_no_number_throws() {
    let mut request = request("x + y", Precision::F64);
    request.values[0].1 = f64::NAN;
    let thrown = evaluate(request).unwrap_err();
    let error: js_sys::Error = thrown.into();
    assert_eq!(error.name(), "EngineError");
    assert!(String::from(error.message()).contains("y = NaN"));
}

/// Ten images whose pixels are all 20·number, labelled 0 1 0 1 …
fn data_set() -> DataSet {
    let pixels = (0..10u8).flat_map(|number| vec![number * 20; 784]).collect();
    let labels = (0..10u8).map(|number| number % 2).collect();
    DataSet::from_bytes(pixels, labels, vec!["even".into(), "odd".into()]).unwrap()
}

#[wasm_bindgen_test]
fn a_unit_of_a_network_comes_back_as_an_expression() {
    let set = data_set();
    let settings = TrainingSettings { batch_size: 5, ..TrainingSettings::default() };
    let trainer = Trainer::new(&set, settings.into_ts().unwrap()).unwrap();
    let unit = |index, unit| trainer.output_unit(&set, index, unit, 6).map(|unit| unit.to_rust().unwrap());
    let own = unit(3, None).unwrap();
    assert_eq!((own.unit, own.label, own.terms, own.inputs), (1, 1, 6, 784));
    assert_eq!(unit(3, Some(0)).unwrap().unit, 0);
    let values = own.values;
    let request = GraphRequest { text: own.text, values, precision: Precision::F32 };
    assert!(matches!(evaluate(request), Ok(GraphAnswer::Graph(_))));
    assert!(unit(3, Some(2)).is_err());
    assert!(unit(10, None).is_err());
}
