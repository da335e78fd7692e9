//! The arrays whose size can be wrong.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which array has another size than is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[allow(missing_docs, reason = "each is told by its words below")]
pub enum ArrayName {
    Image,
    Pixels,
    ClassNames,
    StrokePoints,
    Drawings,
    Values,
    Samples,
    Features,
    Inputs,
    Weights,
    WeightsRow,
    SecondLayerRows,
    HiddenLayer,
    Layers,
    LayerWeights,
    LayerBias,
    OptimizerState,
    ModelInput,
    SetClasses,
    EvaluationClasses,
}

impl fmt::Display for ArrayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Image => "the image",
            Self::Pixels => "the list of pixels",
            Self::ClassNames => "the list of class names",
            Self::StrokePoints => "the strokes' x, y, pressure",
            Self::Drawings => "the drawings' pixels",
            Self::Values => "the table of values",
            Self::Samples => "the list of samples",
            Self::Features => "the list of features",
            Self::Inputs => "the list of inputs",
            Self::Weights => "the list of weights",
            Self::WeightsRow => "a row of weights",
            Self::SecondLayerRows => "the second layer's rows of weights",
            Self::HiddenLayer => "the hidden layer",
            Self::Layers => "the list of layers",
            Self::LayerWeights => "a layer's weights",
            Self::LayerBias => "a layer's bias",
            Self::OptimizerState => "the optimizer's state",
            Self::ModelInput => "the model's input",
            Self::SetClasses => "the set's list of classes",
            Self::EvaluationClasses => "the evaluation's list of classes",
        })
    }
}
