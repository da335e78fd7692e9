//! The graph: textbook examples, and gradients against finite differences on random expressions.

#![cfg(not(target_arch = "wasm32"))]

mod graph_support;

use atelier::graph::{Expression, MAX_NODES, NudgeVerdict, Source, output_unit};
use atelier::nn::{Activation, Architecture, Hidden, Initializer, Loss, Network, Output};
use atelier::{Error, Generator};
use graph_support::{NAMES, Run, close, fault, tree};
use ndarray::ArrayView2;
use proptest::prelude::*;
use rand::RngExt;

const SHOP: &str = "(apple_price × apple_count + orange_price × orange_count) × tax";
const SHOP_VALUES: [(&str, f64); 5] = [
    ("apple_price", 100.0),
    ("apple_count", 2.0),
    ("orange_price", 150.0),
    ("orange_count", 3.0),
    ("tax", 1.1),
];

#[test]
fn apples_and_oranges_cost_715_and_every_gradient_is_the_textbooks() {
    let run = Run::new(SHOP, &SHOP_VALUES);
    assert!(close(run.value(), 715.0), "{}", run.value());
    for (name, gradient) in [
        ("apple_price", 2.2),
        ("apple_count", 110.0),
        ("orange_price", 3.3),
        ("orange_count", 165.0),
        ("tax", 650.0),
    ] {
        assert!(close(run.gradient(name), gradient), "{name}: {}", run.gradient(name));
    }
}

#[test]
fn a_square_has_slope_2_x_plus_y_whichever_way_it_is_written() {
    for text in ["(x + y)^2", "(x + y)²", "t = x + y\nz = t × t", "(x+y)**2", "x=3;y=-1.5;(x+y)·(x+y)"] {
        let run = Run::new(text, &[("x", 3.0), ("y", -1.5)]);
        assert_eq!((run.value(), run.gradient("x"), run.gradient("y")), (2.25, 3.0, 3.0), "{text}");
    }
}

#[test]
fn a_value_used_twice_sums_what_flows_back() {
    let run = Run::new("t = x + 1\nt × t + t", &[("x", 2.0)]);
    let products: Vec<f64> = (0..run.tape.len())
        .flat_map(|node| run.tape.edges(node).to_vec())
        .filter(|edge| edge.from == run.node("t"))
        .map(|edge| edge.product)
        .collect();
    assert_eq!(products, [3.0, 3.0, 1.0]);
    assert_eq!(run.gradient("t"), 7.0);
}

#[test]
fn the_sigmoid_as_a_graph_has_the_sigmoids_slope() {
    for x in [-3.0, -0.5, 0.0, 1.0, 6.0] {
        let run = Run::new("y = 1 ÷ (1 + exp(−x))", &[("x", x)]);
        let y = run.value();
        assert!(close(run.gradient("x"), y * (1.0 - y)), "{x}");
        let one = Run::new("sigmoid(x)", &[("x", x)]);
        assert!(close(one.value(), y) && close(one.gradient("x"), y * (1.0 - y)), "{x}");
    }
}

#[test]
fn softmax_with_loss_ends_in_p_minus_y() {
    let text = "e1 = exp(z1)\ne2 = exp(z2)\ne3 = exp(z3)\ns = e1 + e2 + e3
        p1 = e1 ÷ s\np2 = e2 ÷ s\np3 = e3 ÷ s\nL = −(y1 × ln(p1) + y2 × ln(p2) + y3 × ln(p3))";
    let values = [("z1", 2.0), ("z2", 1.0), ("z3", -0.5), ("y1", 0.0), ("y2", 1.0), ("y3", 0.0)];
    let run = Run::new(text, &values);
    for (p, y, z) in [("p1", 0.0, "z1"), ("p2", 1.0, "z2"), ("p3", 0.0, "z3")] {
        let expected = run.tape.value(run.node(p)) - y;
        assert!(close(run.gradient(z), expected), "{z}: {} is not {expected}", run.gradient(z));
    }
}

#[test]
fn changing_a_leaf_changes_what_follows() {
    let mut run = Run::new(SHOP, &SHOP_VALUES);
    let price = run.node("apple_price");
    run.tape.set_leaf(price, 200.0);
    run.tape.forward();
    run.tape.backward(run.expression.output());
    assert!(close(run.value(), 935.0));
    assert!(close(run.gradient("tax"), 850.0));
}

#[test]
fn a_graph_of_the_largest_size_is_exact() {
    // One leaf, then a constant and an addition a line.
    let text =
        (1..MAX_NODES / 2).fold("t0 = x".to_owned(), |text, i| format!("{text}\nt{i} = t{} + 1", i - 1));
    let run = Run::new(&text, &[("x", 0.0)]);
    assert_eq!(run.tape.len(), MAX_NODES - 1);
    assert_eq!((run.value(), run.gradient("x")), ((MAX_NODES / 2 - 1) as f64, 1.0));
    let more = format!("{text}\nu = x + x\nv = u + x");
    assert_eq!(fault(&more).limit, Some(MAX_NODES));
}

fn network(hidden: Vec<Hidden>, output: Output) -> Network<f32> {
    let architecture = Architecture { inputs: 784, hidden, outputs: 4, output };
    Network::new(architecture, Initializer::GlorotUniform, &mut Generator::new(3)).unwrap()
}

/// An image of noise with a blank margin.
fn image() -> Vec<f32> {
    let mut generator = Generator::new(8);
    (0..784).map(|i| if i % 28 < 4 { 0.0 } else { generator.random::<f32>() }).collect()
}

#[test]
fn an_output_unit_has_the_gradients_of_the_network() {
    let relu = Hidden { units: 12, activation: Activation::Relu };
    for hidden in [vec![], vec![relu]] {
        let last = hidden.len();
        let network = network(hidden, Output::Softmax);
        let image = image();
        let forward = network.forward(ArrayView2::from_shape((1, 784), &image).unwrap());
        for (label, unit) in [(1, 1), (1, 2), (3, 0)] {
            let backward = network.backward(&forward, &[label], Loss::CategoricalCrossEntropy, 0.0);
            let written = output_unit(&network, &image, (unit, usize::from(label)), 5).unwrap();
            let expression = Expression::parse(&written.text).unwrap();
            let mut tape = expression.tape::<f32>(&written.values).unwrap();
            tape.backward(expression.output());
            let named = |source: &Source, name: &str| source.name.as_deref() == Some(name);
            let node = |name: &str| expression.sources().iter().position(|s| named(s, name)).unwrap();
            // f32, 784 products added in another order: some units in the last place of 1.
            let close = |a: f32, b: f32| (a - b).abs() < 2e-6 * a.abs().max(1.0);
            assert!(close(tape.value(node("z")), forward.logits()[[0, unit]]));
            assert!(close(tape.value(node("p")), forward.outputs()[[0, unit]]));
            let loss = forward.loss_of(Loss::CategoricalCrossEntropy, 0, label);
            assert!(close(tape.value(node("loss")), loss));
            let p_minus_y = forward.outputs()[[0, unit]] - f32::from(u8::from(unit == usize::from(label)));
            assert!(close(tape.gradient(node("z")), p_minus_y));
            assert!(close(tape.gradient(node("b")), backward.parameters.layers[last].bias[unit]));
            let weights: Vec<_> = written.values.iter().filter(|(name, _)| name.starts_with("w_")).collect();
            assert_eq!((weights.len(), written.terms), (5, 5));
            for (name, _) in weights {
                let index = match name.trim_start_matches("w_r").split_once('c') {
                    Some((r, c)) if last == 0 => {
                        r.parse::<usize>().unwrap() * 28 + c.parse::<usize>().unwrap()
                    }
                    _ => name.trim_start_matches("w_").parse::<usize>().unwrap() - 1,
                };
                let expected = backward.parameters.layers[last].weights[[index, unit]];
                assert!(close(tape.gradient(node(name)), expected), "{name}");
            }
        }
    }
}

#[test]
fn an_output_unit_that_cannot_be_written_says_why() {
    let softmax = network(vec![], Output::Softmax);
    let short = output_unit(&softmax, &image()[1..], (0, 0), 5);
    assert!(matches!(short, Err(Error::Shape { expected: 784, actual: 783, .. })));
    assert!(output_unit(&softmax, &image(), (4, 0), 5).is_err());
    assert!(output_unit(&softmax, &image(), (0, 4), 5).is_err());
    assert!(output_unit(&network(vec![], Output::Sigmoid), &image(), (0, 0), 5).is_err());
    let mut broken = softmax.clone();
    broken.parameters.layers[0].bias[1] = f32::NAN;
    assert!(output_unit(&broken, &image(), (1, 0), 5).unwrap_err().to_string().contains("learning rate"));
    // More terms than inputs that are not 0: all of them, and nothing is left over.
    let all = output_unit(&softmax, &image(), (0, 0), 10_000).unwrap();
    assert_eq!((all.terms, all.inputs), (28 * 24, 784));
    assert!(all.values.contains(&("rest".to_owned(), 0.0)));
}

fn named(at: [f64; 3]) -> Vec<(String, f64)> {
    NAMES.iter().zip(at).map(|(name, value)| ((*name).to_owned(), value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, max_global_rejects: 1_000_000, ..Default::default() })]

    #[test]
    fn the_tape_computes_what_the_tree_means(tree in tree(), at in prop::array::uniform3(-3.0..3.0f64)) {
        let expression = Expression::parse(&tree.write()).unwrap();
        let value = expression.tape::<f64>(&named(at)).unwrap().value(expression.output());
        let (expected, kink) = tree.eval(&at);
        // Same operations in the same order; only the sigmoid is written in another way.
        let same = value == expected || (value.is_nan() && expected.is_nan())
            || (value - expected).abs() <= 1e-12 * expected.abs().max(1.0);
        // Near a pole or a kink one rounding of a sigmoid may decide between two values.
        prop_assert!(same || kink < 1e-9, "{} gave {value}, not {expected}", tree.write());
    }

    #[test]
    fn gradients_match_finite_differences(tree in tree(), at in prop::array::uniform3(-3.0..3.0f64)) {
        let expression = Expression::parse(&tree.write()).unwrap();
        let mut tape = expression.tape::<f64>(&named(at)).unwrap();
        // Bounded numbers, away from kinks and poles: elsewhere a difference says nothing about a slope.
        prop_assume!((0..tape.len()).all(|node| tape.value(node).abs() < 1e4) && tree.eval(&at).1 > 0.02);
        let output = expression.output();
        tape.backward(output);
        prop_assert_eq!(tape.bad_gradient(), None);
        for leaf in expression.leaves() {
            let at = |x: f64| {
                let mut shifted = tape.clone();
                shifted.set_leaf(leaf.node, x);
                shifted.forward();
                shifted.value(output)
            };
            let x = tape.value(leaf.node);
            let slope = |h: f64| (at(x + h) - at(x - h)) / (2.0 * h);
            let (coarse, fine) = (slope(2e-4), slope(1e-4));
            let gradient = tape.gradient(leaf.node);
            let size = gradient.abs().max(1.0);
            // A difference that is still far from settled is no reference.
            prop_assume!((coarse - fine).abs() < 1e-3 * size);
            // Halving h divides the truncation error by four, so what is left of it is a third of the
            // change; rounding leaves ε · 10⁴ / h = 2·10⁻⁸.
            let tolerance = (coarse - fine).abs() + 1e-6 * size;
            prop_assert!(
                (gradient - fine).abs() <= tolerance,
                "{}: d/d{} {gradient}, not {fine}", tree.write(), leaf.name
            );
            // The check can fail: half a percent off would be seen.
            prop_assert!((gradient + 0.005 * size - fine).abs() > tolerance);
            let of = |gradient| tape.nudge(output, leaf.node, gradient);
            let found = of(gradient);
            let is_told = matches!(found.verdict, NudgeVerdict::Agrees | NudgeVerdict::TooSmallToTell);
            prop_assert!(is_told, "{}: {found:?} for {gradient}", tree.write());
            prop_assert!(of(gradient + 0.005 * size).verdict != NudgeVerdict::Agrees);
        }
    }
}
