//! The reader of expressions: what it takes, where it points when it does not, and hostile texts.

#![cfg(not(target_arch = "wasm32"))]

use atelier::graph::{Expression, FaultKind, MAX_INPUTS, MAX_NODES, Operation, Trouble};
use atelier::{Error, Generator};
use graph_support::{Run, close, fault};
use proptest::prelude::*;
use rand::RngExt;

#[allow(dead_code, reason = "the random trees are for the other test file")]
mod graph_support;

#[test]
fn signs_of_textbooks_and_word_processors_mean_the_same() {
    let values = [("x", 7.0), ("사과_값", 2.0), ("p₁", 0.5)];
    for (text, expected) in [
        ("2 × x − 4 ÷ 사과_값", 12.0),
        ("2·x – 4/사과_값", 12.0),
        ("x*p₁", 3.5),
        ("−x²", -49.0),
        ("2^3^2", 512.0),
        ("2^−1", 0.5),
        ("-2^2", -4.0),
        ("8 ÷ 4 ÷ 2", 1.0),
        ("1 - 2 - 3", -4.0),
        ("2^x²", 2f64.powi(49)),
        ("- - x", 7.0),
        ("+x", 7.0),
        ("1e-3 × 1E3 + .5", 1.5),
        ("max(1, x, 3) + sum(1, 2, 3)", 13.0),
        ("relu(−x) + step(x) + tanh(0)", 1.0),
        ("sqrt(9) + ln(exp(2))", 5.0),
        ("（2＋x）", 9.0),
        ("２ × x", 14.0),
        ("１．５ｅ１ ＋ ｘ ＊ 2 － 8 ／ 4 ＋ 2 ＾ 2 ＋ 2 ＊＊ 3", 39.0),
        ("x⁴", 2401.0),
        ("x²³ ÷ x²²", 7.0),
        ("x⁻¹ × 14", 2.0),
        ("x² + x¹⁰ ÷ x¹⁰", 50.0),
        ("2‐x‑1", -6.0),
        ("12 ⁄ 4", 3.0),
        ("z = 2； z × x", 14.0),
        ("ｅｘｐ（０）", 1.0),
    ] {
        assert!(close(Run::new(text, &values).value(), expected), "{text}");
    }
}

#[test]
fn a_fault_points_at_its_character() {
    for (text, kind, start, end) in [
        ("", FaultKind::Empty, 0, 0),
        (" \n;", FaultKind::Empty, 0, 3),
        ("x + $", FaultKind::UnknownCharacter, 4, 5),
        ("x × ½", FaultKind::UnreadNumeral, 4, 5),
        ("x½", FaultKind::UnreadNumeral, 1, 2),
        ("④ + 1", FaultKind::UnreadNumeral, 0, 1),
        ("Ⅳ", FaultKind::UnreadNumeral, 0, 1),
        ("٣ × x", FaultKind::UnreadNumeral, 0, 1),
        ("xⁿ", FaultKind::UnreadNumeral, 1, 2),
        ("x⁻", FaultKind::BadNumber, 1, 2),
        ("² + x", FaultKind::MissingValue, 0, 1),
        // What shows nothing is not there, and the places stay those of the text.
        ("\u{200b}x\u{feff} + $", FaultKind::UnknownCharacter, 6, 7),
        ("\u{200b}", FaultKind::Empty, 0, 1),
        ("x \u{7}", FaultKind::UnknownCharacter, 2, 3),
        ("1.2.3", FaultKind::BadNumber, 0, 5),
        ("x + 1e999", FaultKind::NumberTooLarge, 4, 9),
        ("2x", FaultKind::MissingOperator, 1, 2),
        ("2 (x)", FaultKind::MissingOperator, 2, 3),
        ("x + ", FaultKind::MissingValue, 3, 3),
        ("y =", FaultKind::MissingValue, 3, 3),
        ("x × ÷ y", FaultKind::MissingValue, 4, 5),
        ("((x)", FaultKind::UnclosedBracket, 0, 1),
        ("x)", FaultKind::UnopenedBracket, 1, 2),
        ("()", FaultKind::MissingValue, 1, 2),
        ("cos(x)", FaultKind::UnknownFunction, 0, 3),
        ("exp x", FaultKind::FunctionWithoutBrackets, 0, 3),
        ("1 + exp(x, y)", FaultKind::WrongArgumentCount, 4, 7),
        ("max(x)", FaultKind::WrongArgumentCount, 0, 3),
        ("1,5", FaultKind::MisplacedComma, 1, 2),
        ("max(1, (2, 3))", FaultKind::MisplacedComma, 9, 10),
        ("2 × y = 3", FaultKind::MisplacedEquals, 6, 7),
        ("= 3", FaultKind::MisplacedEquals, 0, 1),
        ("ln = 3", FaultKind::ReservedName, 0, 2),
        ("y = 1; y = 2; y", FaultKind::DefinedTwice, 7, 8),
        ("x = x + 1", FaultKind::UsedBeforeDefined, 4, 5),
        ("a = b; b = x + 1; a + b", FaultKind::UsedBeforeDefined, 4, 5),
        ("x + 1\nx + 2", FaultKind::UnnamedLine, 0, 5),
        // Counted in characters: each of these is more than one byte.
        ("사과 × ÷", FaultKind::MissingValue, 5, 6),
    ] {
        let fault = fault(text);
        assert_eq!((fault.kind, fault.start, fault.end), (kind, start, end), "{text}: {fault}");
        assert!(fault.to_string().starts_with(&format!("character {}: ", start + 1)));
    }
}

#[test]
fn lines_of_numbers_make_leaves_wherever_they_stand() {
    let run = Run::new("z = x × y\nx = 3\ny = −4", &[]);
    assert_eq!((run.value(), run.gradient("x"), run.gradient("y")), (-12.0, -4.0, 3.0));
    let given: Vec<_> = run.expression.leaves().iter().map(|leaf| leaf.given).collect();
    assert_eq!(given, [Some((3.0, 14, 15)), Some((-4.0, 20, 22))]);
    assert_eq!(Run::new("x = 3", &[]).value(), 3.0);
}

#[test]
fn what_the_text_gives_wins_over_a_value_beside_it() {
    assert_eq!(Run::new("x = 2\ny = 3\nx × y", &[("x", 10.0), ("y", 5.0)]).value(), 6.0);
    // A name that the text leaves free takes it.
    assert_eq!(Run::new("x = 3; x + y", &[("x", 5.0), ("y", 5.0)]).value(), 8.0);
}

#[test]
fn names_that_look_the_same_are_the_same() {
    for text in [
        "사과 + 사과 × \u{1109}\u{1161}\u{1100}\u{116a}",
        "µ + μ",
        "ｘ + x",
        "é + e\u{301}",
        "x + x\u{200b}",
        "ab + a\u{ad}b",
    ] {
        assert_eq!(Run::new(text, &[]).expression.leaves().len(), 1, "{text}");
    }
    for text in ["p₁ + p1", "x + X", "ㄱㅏ + 가"] {
        assert_eq!(Run::new(text, &[]).expression.leaves().len(), 2, "{text}");
    }
}

#[test]
fn the_limit_counts_what_an_operation_costs() {
    for function in ["max", "sum"] {
        let of = |count: usize| format!("{function}(x{})", ", x".repeat(count - 1));
        assert_eq!(Run::new(&of(MAX_INPUTS), &[("x", 2.0)]).tape.len(), 2);
        let fault = fault(&of(MAX_INPUTS + 1));
        assert_eq!((fault.kind, fault.start, fault.limit), (FaultKind::TooManyInputs, 0, Some(MAX_INPUTS)));
    }
}

#[test]
fn the_first_bad_node_is_named_with_its_reason() {
    for (text, x, operation, trouble) in [
        ("1 + 0 ÷ 0 + ln(x)", -1.0, Operation::Divide, Trouble::DivisionByZero),
        ("1 + ln(x)", -1.0, Operation::Ln, Trouble::LogarithmOfNegative),
        ("exp(ln(x))", 0.0, Operation::Ln, Trouble::LogarithmOfZero),
        ("sqrt(x)", -4.0, Operation::Sqrt, Trouble::RootOfNegative),
        ("x^0.5", -4.0, Operation::Power, Trouble::PowerOfNegative),
        ("x^-1", 0.0, Operation::Power, Trouble::DivisionByZero),
        ("x × 1e308 × 10", 1.0, Operation::Multiply, Trouble::Overflow),
        ("exp(x)", 710.0, Operation::Exp, Trouble::Overflow),
    ] {
        let run = Run::new(text, &[("x", x)]);
        let bad = run.tape.bad_value().unwrap_or_else(|| panic!("{text} is finite"));
        assert_eq!((run.tape.operation(bad.node), bad.trouble), (operation, trouble), "{text}");
    }
    let narrow = Expression::parse("1e308 × x").unwrap().tape::<f32>(&[]).unwrap();
    assert_eq!(narrow.bad_value().map(|bad| (bad.node, bad.trouble)), Some((0, Trouble::Overflow)));
    assert_eq!(Run::new("x × 1e308", &[("x", 1.0)]).tape.bad_value(), None);
}

#[test]
fn a_slope_without_bound_is_named_although_every_value_is_finite() {
    for (text, x, trouble) in [
        ("sqrt(x) + 1", 0.0, Trouble::UnboundedSlope),
        ("x^0.5", 0.0, Trouble::UnboundedSlope),
        ("(−2)^x", 2.0, Trouble::LogarithmOfNegative),
    ] {
        let run = Run::new(text, &[("x", x)]);
        assert_eq!(run.tape.bad_value(), None, "{text}");
        assert_eq!(run.tape.bad_gradient().unwrap().trouble, trouble, "{text}");
    }
    // Towards a constant nothing flows, so ln(−2) is never asked for.
    assert_eq!(Run::new("x^2", &[("x", -2.0)]).tape.bad_gradient(), None);
    assert_eq!(Run::new("x^2 + x^0", &[("x", 0.0)]).gradient("x"), 0.0);
}

#[test]
fn a_value_that_is_not_finite_is_refused() {
    let expression = Expression::parse("x + 1").unwrap();
    let error = expression.tape::<f32>(&[("x".to_owned(), f64::NAN)]).unwrap_err();
    assert!(error.to_string().contains("x = NaN"), "{error}");
}

#[test]
fn deep_and_long_texts_get_an_answer() {
    let deep = format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(Run::new(&deep, &[("x", 5.0)]).value(), 5.0);
    let nested = format!("{}x{}", "exp(".repeat(10_000), ")".repeat(10_000));
    for (text, kind) in [
        ("(".repeat(10_000), FaultKind::MissingValue),
        (format!("{}x", "(".repeat(10_000)), FaultKind::UnclosedBracket),
        (")".repeat(10_000), FaultKind::MissingValue),
        (format!("{}x", "-".repeat(10_000)), FaultKind::TooManyNodes),
        (nested, FaultKind::TooManyNodes),
        (format!("x{}", "² ".repeat(10_000)), FaultKind::TooManyNodes),
        (format!("x{}", "²".repeat(10_000)), FaultKind::NumberTooLarge),
        (format!("x{}", "^2".repeat(30_000)), FaultKind::TooManyNodes),
        ("1".repeat(1_000), FaultKind::NumberTooLarge),
        ("x".repeat(70_000), FaultKind::TooLong),
    ] {
        assert_eq!(fault(&text).kind, kind, "{}", &text[..20]);
    }
    assert_eq!(fault(&format!("{}x", "(".repeat(10_000))).start, 9_999);
    assert!(fault(&"7".repeat(400)).found.chars().count() <= 25);
}

#[rustfmt::skip]
const ALPHABET: [&str; 48] = [
    "(", ")", "(", ")", "+", "-", "−", "×", "÷", "*", "/", "^", "²", "³", ",", "=", ";", "\n", " ", ".", "0", "7",
    "1e308", "1e-308", "1e", "x", "y", "t", "온도", "exp(", "ln(", "sqrt(", "max(", "sum(", "sigmoid(", "tanh(",
    "relu(", "step(", "$", "ln", "⁻", "⁴", "３", "½", "\u{301}", "\u{200b}", "，", "ｅ",
];

/// Parses and computes a text, checks what holds for every answer, and tells whether it was an expression.
fn answers(text: &str) -> bool {
    let length = text.chars().count();
    match Expression::parse(text) {
        Ok(expression) => {
            assert!(expression.sources().len() <= MAX_NODES);
            for (node, source) in expression.sources().iter().enumerate() {
                assert!(source.inputs.iter().all(|&input| input < node), "{text:?}");
                assert!(source.start < source.end && source.end <= length, "{text:?}");
            }
            let mut tape = expression.tape::<f32>(&[]).unwrap();
            tape.backward(expression.output());
            let is_finite = (0..tape.len()).all(|node| tape.value(node).is_finite());
            assert_eq!(tape.bad_value().is_none(), is_finite);
            true
        }
        Err(Error::Expression { fault }) => {
            assert!(fault.start <= fault.end && fault.end <= length, "{text:?}: {fault:?}");
            assert!(fault.to_string().len() > 20);
            false
        }
        Err(error) => panic!("{text:?}: {error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, ..Default::default() })]

    #[test]
    fn any_text_parses_or_says_why(text in any::<String>()) {
        answers(&text);
    }

    #[test]
    fn any_text_of_the_languages_own_signs_parses_or_says_why(
        parts in prop::collection::vec(prop::sample::select(ALPHABET.to_vec()), 0..60)
    ) {
        answers(&parts.concat());
    }
}

/// The fuzz for as long as `ATELIER_FUZZ_SECONDS` says: `cargo test --test graph_parser -- --ignored --nocapture`.
#[test]
#[ignore = "runs as long as it is told to"]
fn fuzz_for_a_while() {
    let seconds = std::env::var("ATELIER_FUZZ_SECONDS").map_or(60, |seconds| seconds.parse().unwrap());
    let seed = std::env::var("ATELIER_FUZZ_SEED").map_or(1, |seed| seed.parse().unwrap());
    let start = std::time::Instant::now();
    let mut generator = Generator::new(seed);
    let (mut texts, mut expressions) = (0u64, 0u64);
    while start.elapsed().as_secs() < seconds {
        let length = generator.random_range(0..if texts.is_multiple_of(97) { 20_000 } else { 40 });
        let piece = |generator: &mut Generator| match generator.random_range(0..50) {
            0 => char::from_u32(generator.random_range(0..0x11_0000)).map(String::from).unwrap_or_default(),
            _ => ALPHABET[generator.random_range(0..ALPHABET.len())].to_owned(),
        };
        let text: String = (0..length).map(|_| piece(&mut generator)).collect();
        texts += 1;
        expressions += u64::from(answers(&text));
    }
    println!("{texts} texts, {expressions} of them expressions");
    assert!(expressions > 0);
}
