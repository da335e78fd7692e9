//! Random expressions that the test evaluates by itself, and short ways to run one.

use atelier::Error;
use atelier::graph::{Expression, Fault, Tape};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// An expression after both passes.
pub struct Run {
    pub expression: Expression,
    pub tape: Tape<f64>,
}

impl Run {
    pub fn new(text: &str, values: &[(&str, f64)]) -> Self {
        let parsed = Expression::parse_spelled(text, |name| name.nfkc().collect());
        let expression = parsed.unwrap_or_else(|error| panic!("{text}: {error}"));
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let mut tape = expression.tape(&values).unwrap();
        tape.backward(expression.output());
        Self { expression, tape }
    }

    pub fn value(&self) -> f64 {
        self.tape.value(self.expression.output())
    }

    pub fn node(&self, name: &str) -> usize {
        self.expression.sources().iter().position(|source| source.name.as_deref() == Some(name)).unwrap()
    }

    pub fn gradient(&self, name: &str) -> f64 {
        self.tape.gradient(self.node(name))
    }
}

/// Equal but for ten roundings of f64 on numbers of this size.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 10.0 * f64::EPSILON * a.abs().max(b.abs()).max(1.0)
}

/// The mistake in a text that must have one.
pub fn fault(text: &str) -> Fault {
    match Expression::parse(text) {
        Err(Error::Expression { fault }) => fault,
        other => panic!("{text}: {other:?}"),
    }
}

/// An expression that the test evaluates recursively, in plain Rust.
#[derive(Clone, Debug)]
pub enum Tree {
    Name(usize),
    Number(f64),
    Unary(&'static str, Box<Tree>),
    Binary(char, Box<Tree>, Box<Tree>),
    Many(&'static str, Vec<Tree>),
}

pub const NAMES: [&str; 3] = ["x", "y", "온도"];

impl Tree {
    /// The value, and the smallest distance to a kink or a pole on the way.
    pub fn eval(&self, at: &[f64; 3]) -> (f64, f64) {
        match self {
            Self::Name(index) => (at[*index], f64::INFINITY),
            Self::Number(value) => (*value, f64::INFINITY),
            Self::Unary(function, inner) => {
                let (a, kink) = inner.eval(at);
                match *function {
                    "-" => (-a, kink),
                    "exp" => (a.exp(), kink),
                    "ln" => (a.ln(), kink.min(a)),
                    "sqrt" => (a.sqrt(), kink.min(a)),
                    "sigmoid" => (1.0 / (1.0 + (-a).exp()), kink),
                    "tanh" => (a.tanh(), kink),
                    "relu" => (a.max(0.0), kink.min(a.abs())),
                    "step" => (f64::from(u8::from(a > 0.0)), kink.min(a.abs())),
                    _ => unreachable!(),
                }
            }
            Self::Binary(operator, a, b) => {
                let ((a, kink_a), (b, kink_b)) = (a.eval(at), b.eval(at));
                let kink = kink_a.min(kink_b);
                match operator {
                    '+' => (a + b, kink),
                    '−' => (a - b, kink),
                    '×' => (a * b, kink),
                    '÷' => (a / b, kink.min(b.abs())),
                    '^' => (a.powf(b), kink.min(a)),
                    _ => unreachable!(),
                }
            }
            Self::Many(function, inner) => {
                let values: Vec<_> = inner.iter().map(|tree| tree.eval(at)).collect();
                let kink = values.iter().fold(f64::INFINITY, |least, value| least.min(value.1));
                if *function == "sum" {
                    return (values.iter().skip(1).fold(values[0].0, |sum, value| sum + value.0), kink);
                }
                let mut sorted: Vec<f64> = values.iter().map(|value| value.0).collect();
                sorted.sort_by(f64::total_cmp);
                let [.., second, first] = sorted[..] else { unreachable!() };
                (first, kink.min(first - second))
            }
        }
    }

    /// How tightly the outermost part binds, as in the grammar.
    fn strength(&self) -> u8 {
        match self {
            Self::Binary('+' | '−', ..) => 1,
            Self::Binary('×' | '÷', ..) => 2,
            Self::Unary("-", _) => 3,
            Self::Binary(..) => 4,
            _ => 5,
        }
    }

    /// The text with as few brackets as the grammar allows, so that precedence is tested.
    pub fn write(&self) -> String {
        let within = |tree: &Self, least: u8| {
            if tree.strength() < least { format!("({})", tree.write()) } else { tree.write() }
        };
        match self {
            Self::Name(index) => NAMES[*index].to_owned(),
            Self::Number(value) => format!("{value:?}"),
            Self::Unary("-", inner) => format!("−{}", within(inner, 3)),
            Self::Unary(function, inner) => format!("{function}({})", inner.write()),
            Self::Binary('^', a, b) => format!("{} ^ {}", within(a, 5), within(b, 3)),
            Self::Binary(operator, a, b) => {
                let own = self.strength();
                format!("{} {operator} {}", within(a, own), within(b, own + 1))
            }
            Self::Many(function, inner) => {
                let inner: Vec<String> = inner.iter().map(Self::write).collect();
                format!("{function}({})", inner.join(", "))
            }
        }
    }
}

/// Random expressions of the three names, up to five levels deep.
pub fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        3 => (0..3usize).prop_map(Tree::Name),
        1 => (0..40i32).prop_map(|n| Tree::Number(f64::from(n) / 8.0)),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let functions = vec!["-", "exp", "ln", "sqrt", "sigmoid", "tanh", "relu", "step"];
        let one = inner.clone().prop_map(Box::new);
        prop_oneof![
            3 => (prop::sample::select(functions), one.clone()).prop_map(|(f, a)| Tree::Unary(f, a)),
            4 => (prop::sample::select(vec!['+', '−', '×', '÷', '^']), one.clone(), one)
                .prop_map(|(operator, a, b)| Tree::Binary(operator, a, b)),
            1 => (prop::sample::select(vec!["max", "sum"]), prop::collection::vec(inner, 2..4))
                .prop_map(|(function, inner)| Tree::Many(function, inner)),
        ]
    })
}
