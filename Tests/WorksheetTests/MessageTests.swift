import Foundation
import Testing

@testable import Worksheet

/// One change to a right worksheet that makes it wrong, and the message.
struct Bad: CustomTestStringConvertible, Sendable {
  enum Base {
    /// A 2-2-1 network with squared error.
    case base
    case binary
    case softmax
    /// A 2-2-2 network with labels.
    case labels

    var text: String {
      switch self {
      case .base:
        """
        {
          inputs: [[1, 2]],
          targets: [[1]],
          layers: [
            { weights: [[0.1, 0.2], [0.3, 0.4]], biases: [0, 0], activation: "sigmoid" },
            { weights: [[0.5, 0.6]], biases: [0], activation: "sigmoid" },
          ],
          loss: { kind: "half squared error" },
          training: { learningRate: 0.5 },
        }

        """
      case .binary: Base.base.text.replacing("half squared error", with: "binary cross-entropy")
      case .softmax: Base.base.text.replacing("half squared error", with: "softmax cross-entropy")
      case .labels:
        Base.softmax.text.replacing("targets: [[1]]", with: "labels: [2]")
          .replacing("[[0.5, 0.6]], biases: [0]", with: "[[1, 2], [3, 4]], biases: [0, 0]")
      }
    }
  }

  let base: Base
  let old: String
  let new: String
  let message: String

  init(_ base: Base, _ old: String, _ new: String, _ message: String) {
    self.base = base
    self.old = old
    self.new = new
    self.message = message
  }

  var testDescription: String { "\(old) → \(new)" }
}

@Suite("Messages of the reader")
struct MessageTests {
  @Test("the base is right", arguments: [Bad.Base.base, .binary])
  func base(base: Bad.Base) {
    #expect(message { _ = try SheetReader.sheet(text: base.text, path: "bad.json5") } == nil)
  }

  @Test("a change makes it wrong, with the line and the path", arguments: table)
  func change(bad: Bad) throws {
    let place = try #require(bad.base.text.range(of: bad.old))
    let text = bad.base.text.replacingCharacters(in: place, with: bad.new)
    #expect(
      message { _ = try SheetReader.sheet(text: text, path: "bad.json5") }
        == "bad.json5:\(bad.message)")
  }

  @Test("what is not JSON5", arguments: broken)
  func syntax(text: String, expected: String) {
    #expect(
      message { _ = try SheetReader.sheet(text: text, path: "bad.json5") }
        == "bad.json5:\(expected)")
  }

  @Test("ten thousand layers are refused in one line")
  func manyLayers() {
    let layers = String(repeating: "{ weights: [[1]], activation: \"tanh\" }, ", count: 10_000)
    let text = "{ inputs: 1, targets: 1, layers: [\(layers)], loss: { kind: \"squared error\" } }"
    #expect(
      message { _ = try SheetReader.sheet(text: text, path: "bad.json5") }
        == "bad.json5:1: error: layers: has 10000 layers; at most 1000 are worked")
  }

  @Test("a step of more numbers than anybody reads is refused")
  func tooManyNumbers() {
    let inputs = String(repeating: "1,", count: 100_000)
    let layers = String(repeating: "{ weights: [[1]], activation: \"tanh\" }, ", count: 10)
    let text =
      "{\ninputs: [\(inputs)], targets: [\(inputs)], layers: [\(layers)], "
      + "loss: { kind: \"squared error\" } }"
    #expect(
      message { _ = try SheetReader.sheet(text: text, path: "bad.json5") }
        == "bad.json5:2: error: inputs: 100000 examples through 10 units make about 3000060 numbers a "
        + "step; at most 1000000 are worked")
  }

  @Test("a run that would take hours is refused")
  func tooMuchWork() {
    let layers = String(repeating: "{ weights: [[1]], activation: \"tanh\" }, ", count: 500)
    let text =
      "{ inputs: 1, targets: 1, layers: [\(layers)], loss: { kind: \"squared error\" },\n"
      + "training: { learningRate: 1, steps: 1000000 } }"
    #expect(
      message { _ = try SheetReader.sheet(text: text, path: "bad.json5") }
        == "bad.json5:2: error: training.steps: 1000000 steps of this network are more than one run "
        + "works out; allowed here: up to 66225")
  }

  static let table: [Bad] = [
    Bad(
      .base, "learningRate: 0.5",
      #"learningRate: 0.5, fixed: ["biases", "layers[1].weights[1][0]"]"#,
      #"9: error: training.fixed[1]: there is no 'layers[1].weights[1][0]'; did you mean 'layers[1].weights'?"#
    ),
    Bad(
      .base, "learningRate: 0.5", #"learningRate: 0.5, fixed: ["biases", "layers[0].biases[2]"]"#,
      #"9: error: training.fixed[1]: there is no 'layers[0].biases[2]'; did you mean 'layers[0].biases'?"#
    ),
    Bad(
      .base, #"loss: { kind: "half squared error" },"#, "",
      #"1: error: loss: is missing: targets need what is measured, such as loss: { kind: "half squared error" }"#
    ),
    Bad(
      .base, "inputs: [[1, 2]],", #""#,
      #"1: error: inputs: is missing: the numbers that go into the network"#),
    Bad(
      .base, #"inputs:"#, #"input:"#,
      #"2: error: input: there is no such field; did you mean 'inputs'?"#),
    Bad(
      .base, #"biases: [0, 0]"#, #"bias: [0, 0]"#,
      #"5: error: layers[0].bias: there is no such field; did you mean 'biases'?"#),
    Bad(
      .base, #"loss:"#, #"zzzzzzzz:"#,
      #"8: error: zzzzzzzz: there is no such field; known: title, examples, inputs, targets, labels, firstLabel, weightRows, biasColumn, layers, loss, regularization, dropout, training"#
    ),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, NaN]]"#,
      #"2: error: inputs[0][1]: NaN is not a finite number"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, -Infinity]]"#,
      #"2: error: inputs[0][1]: -Infinity is not a finite number"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, 1e999]]"#,
      #"2: error: inputs[0][1]: '1e999' is too large for a number"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, '2']]"#,
      #"2: error: inputs[0][1]: expected a number, found text"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, null]]"#,
      #"2: error: inputs[0][1]: expected a number, found null"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, two]]"#,
      #"2: error: inputs[0][1]: expected a value, found 'two'; text needs quotes"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[]"#,
      #"2: error: inputs: expected at least one number"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[]]"#,
      #"2: error: inputs: expected at least one number"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, 2], [3]]"#,
      #"2: error: inputs[1]: expected 2 numbers, as in the first row, found 1"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1, 2, 3]]"#,
      #"2: error: inputs[0]: expected 2 numbers, one an input of layers[0], found 3"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[1, 2, 3]"#,
      #"2: error: inputs: expected 2 numbers, one an input of layers[0], found 3"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[1], [2]]"#,
      #"2: error: inputs[0]: expected 2 numbers, one an input of layers[0], found 1; if examples are columns, write examples: "columns""#
    ),
    Bad(
      .base, #"[[1, 2]]"#, #"{}"#,
      #"2: error: inputs: expected a list, found an object"#),
    Bad(
      .base, #"[[1, 2]]"#, #"[[[1]]]"#,
      #"2: error: inputs[0][0]: expected a number, found a list"#),
    Bad(
      .base, "targets: [[1]],", #""#,
      #"1: error: targets: is missing: what the outputs should be, or labels"#),
    Bad(
      .base, #"targets: [[1]]"#, #"targets: [[1], [0]]"#,
      #"3: error: targets: expected 1 example, as in inputs, found 2"#),
    Bad(
      .base, #"targets: [[1]]"#, #"targets: [[1, 0]]"#,
      #"3: error: targets[0]: expected 1 number, one an output of the last layer, found 2; if examples are columns, write examples: "columns""#
    ),
    Bad(
      .base, #"targets: [[1]]"#, #"labels: [0]"#,
      #"3: error: labels: needs one output a class; for a single output write targets, such as [0, 1]"#
    ),
    Bad(
      .base, #"targets: [[1]]"#, #"targets: [[1]], labels: [0]"#,
      #"3: error: labels: contradicts targets: write one or the other"#),
    Bad(
      .base, #"targets: [[1]]"#, #"targets: [[1]], firstLabel: 1"#,
      #"3: error: firstLabel: belongs to labels, and there are none"#),
    Bad(
      .base, #"targets: [[1]]"#, #"targets: [0, 1]"#,
      #"3: error: targets: expected 1 number, one an output of the last layer, found 2"#),
    Bad(
      .base, #"[[0.5, 0.6]]"#, #"[[0.5, 0.6, 0.7]]"#,
      #"6: error: layers[1].weights: expected 1×2, found 1×3"#),
    Bad(
      .base, #"[[0.5, 0.6]]"#, #"[[0.5], [0.6]]"#,
      #"6: error: layers[1].weights: expected 2×2, found 2×1; if its rows are inputs, write weightRows: "inputs""#
    ),
    Bad(
      .base, #"[[0.5, 0.6]]"#, #"[0.5, 0.6]"#,
      #"6: error: layers[1].weights: expected a list of rows, such as [[0.1, 0.2], [0.3, 0.4]]"#),
    Bad(
      .base, #"[[0.5, 0.6]]"#, #"[[0.5, 0.6], [1]]"#,
      #"6: error: layers[1].weights[1]: expected 2 numbers, as in the first row, found 1"#),
    Bad(
      .base, #"[[0.5, 0.6]]"#, #"[]"#,
      #"6: error: layers[1].weights: expected a list of rows, such as [[0.1, 0.2], [0.3, 0.4]]"#),
    Bad(
      .base, #"[0.3, 0.4]]"#, #"[0.3, 0.4]], theta: [[1]]"#,
      #"5: error: layers[0].weights: contradicts theta, which holds the weights and the biases"#),
    Bad(
      .base, #"weights: [[0.5, 0.6]], biases: [0]"#, #"theta: [[0.5, 0.6]]"#,
      #"6: error: layers[1].theta: expected 1×3, found 1×2"#),
    Bad(
      .base, #"weights: [[0.5, 0.6]], "#, #""#,
      #"6: error: layers[1].weights: is missing: the layer needs weights, or theta"#),
    Bad(
      .base, #"biases: [0, 0]"#, #"biases: [0]"#,
      #"5: error: layers[0].biases: expected 2 numbers, one a unit, found 1"#),
    Bad(
      .base, #"biases: [0, 0]"#, #"biases: 0"#,
      #"5: error: layers[0].biases: expected 2 numbers, one a unit, found one; write sharedBias for one that all share"#
    ),
    Bad(
      .base, #"biases: [0, 0]"#, #"biases: [0, 0], sharedBias: 1"#,
      #"5: error: layers[0].sharedBias: contradicts biases: a layer has one or the other"#),
    Bad(
      .base, #"biases: [0, 0]"#, #"biases: [[0, 0], [0, 0]]"#,
      #"5: error: layers[0].biases: expected 2 numbers, one a unit"#),
    Bad(
      .base, #"activation: "sigmoid""#, #"activation: "sigmod""#,
      #"5: error: layers[0].activation: there is no 'sigmod'; did you mean 'sigmoid'? (one of: sigmoid, tanh, ReLU, leaky ReLU, ELU, softmax, identity, step)"#
    ),
    Bad(
      .base, #"activation: "sigmoid""#, #"activation: 3"#,
      #"5: error: layers[0].activation: expected text in quotes, found a number"#),
    Bad(
      .base, #"activation: "sigmoid""#, #"activation: "qqqqqqqqqqqq""#,
      #"5: error: layers[0].activation: there is no 'qqqqqqqqqqqq' (one of: sigmoid, tanh, ReLU, leaky ReLU, ELU, softmax, identity, step)"#
    ),
    Bad(
      .base, #", activation: "sigmoid""#, #""#,
      #"5: error: layers[0].activation: is missing: one of sigmoid, tanh, ReLU, leaky ReLU, ELU, softmax, identity, step"#
    ),
    Bad(
      .base, #"activation: "sigmoid""#, #"activation: "sigmoid", slope: 0.1"#,
      #"5: error: layers[0].slope: belongs to leaky ReLU; the activation is sigmoid"#),
    Bad(
      .base, #"activation: "sigmoid""#, #"activation: "ReLU", alpha: 0.1"#,
      #"5: error: layers[0].alpha: belongs to ELU; the activation is ReLU"#),
    Bad(
      .base, #""half squared error""#, #""half squarred error""#,
      #"8: error: loss.kind: there is no 'half squarred error'; did you mean 'half squared error'? (one of: squared error, half squared error, binary cross-entropy, softmax cross-entropy)"#
    ),
    Bad(
      .base, #""half squared error""#, #""MSE""#,
      #"8: error: loss.kind: 'MSE' is not said the same way everywhere; write kind: "squared error" and say what is averaged, outputs: "mean" or examples: "mean""#
    ),
    Bad(
      .base, #""half squared error""#, #""half squared error", factor: 0"#,
      #"8: error: loss.factor: 0 is out of range; allowed: more than 0"#),
    Bad(
      .base, #""half squared error""#, #""half squared error", unit: "bits""#,
      #"8: error: loss.unit: belongs to cross-entropy; a squared error has no such unit"#),
    Bad(
      .base, #"kind: "half squared error""#, #""#,
      #"8: error: loss.kind: is missing: one of squared error, half squared error, binary cross-entropy, softmax cross-entropy"#
    ),
    Bad(
      .base, #""half squared error""#, #""softmax cross-entropy", outputs: "avg""#,
      #"8: error: loss.outputs: there is no 'avg' (one of: sum, mean)"#),
    Bad(
      .binary, #"targets: [[1]]"#, #"targets: [[1.5]]"#,
      #"3: error: targets[0][0]: 1.5 is out of range; allowed: 0 to 1 with binary cross-entropy"#),
    Bad(
      .binary, #"[0], activation: "sigmoid""#, #"[0], activation: "tanh""#,
      #"8: error: loss.kind: binary cross-entropy needs outputs between 0 and 1: sigmoid (or softmax) in the last layer, layers[1], not tanh"#
    ),
    Bad(
      .softmax, #"targets: [[1]]"#, #"targets: [[0.5]]"#,
      #"3: error: targets: the targets of example 1 add up to 0.5; with softmax cross-entropy they are one distribution and add up to 1"#
    ),
    Bad(
      .softmax, #"[0], activation: "sigmoid""#, #"[0], activation: "ReLU""#,
      #"8: error: loss.kind: softmax cross-entropy needs outputs between 0 and 1: softmax (or sigmoid) in the last layer, layers[1], not ReLU"#
    ),
    Bad(
      .labels, #"labels: [2]"#, #"labels: [2]"#,
      #"3: error: labels[0]: 2 is out of range; allowed: 0 to 1, counted from firstLabel"#),
    Bad(
      .labels, #"labels: [2]"#, #"labels: [1, 0]"#,
      #"3: error: labels: expected 1 label, one an example, found 2"#),
    Bad(
      .labels, #"labels: [2]"#, #"labels: [1], firstLabel: 2"#,
      #"3: error: firstLabel: is 2; allowed: 0 or 1"#),
    Bad(
      .labels, #"labels: [2]"#, #"labels: [1.5]"#,
      #"3: error: labels[0]: expected a whole number, found 1.5"#),
    Bad(
      .labels, #"labels: [2]"#, #"labels: [0], firstLabel: 1"#,
      #"3: error: labels[0]: 0 is out of range; allowed: 1 to 2, counted from firstLabel"#),
    Bad(
      .base, #"loss:"#, #"regularization: { convention: "lambda", lambda: -1 }, loss:"#,
      #"8: error: regularization.lambda: -1 is out of range; allowed: 0 or more"#),
    Bad(
      .base, #"loss:"#, #"regularization: { lambda: 1 }, loss:"#,
      #"8: error: regularization.convention: is missing: one of lambda/2m, lambda/m, lambda/2, lambda"#
    ),
    Bad(
      .base, #"loss:"#, #"regularization: { convention: "lambda/3", lambda: 1 }, loss:"#,
      #"8: error: regularization.convention: there is no 'lambda/3'; did you mean 'lambda/m'? (one of: lambda/2m, lambda/m, lambda/2, lambda)"#
    ),
    Bad(
      .base, #"loss:"#, #"regularization: { convention: "lambda/2" }, loss:"#,
      #"8: error: regularization.lambda: is missing: the number λ"#),
    Bad(
      .base, #"loss:"#, #"regularization: { convention: "lambda", lambda: 1, biases: 0 }, loss:"#,
      #"8: error: regularization.biases: expected true or false, found a number"#),
    Bad(
      .base, #"loss:"#, #"dropout: {  }, loss:"#,
      #"8: error: dropout: needs masks, or a rate and a seed to draw them with"#),
    Bad(
      .base, #"loss:"#, #"dropout: { rate: 0.5 }, loss:"#,
      #"8: error: dropout: needs masks, or a rate and a seed to draw them with"#),
    Bad(
      .base, #"loss:"#, #"dropout: { seed: 1 }, loss:"#,
      #"8: error: dropout: needs masks, or a rate and a seed to draw them with"#),
    Bad(
      .base, #"loss:"#, #"dropout: { rate: 1, seed: 1 }, loss:"#,
      #"8: error: dropout.rate: 1 is out of range; allowed: 0 up to, not including, 1"#),
    Bad(
      .base, #"loss:"#, #"dropout: { rate: [0.1, 0.2], seed: 1 }, loss:"#,
      #"8: error: dropout.rate: expected 1 number, one a hidden layer, found 2"#),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 0]] }, loss:"#,
      #"8: error: dropout.rate: is missing: kept units are divided by 1 − rate; for none of that write scaling: "none""#
    ),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 0]], rate: 0.5, seed: 1 }, loss:"#,
      #"8: error: dropout.seed: contradicts masks: they are given, so nothing is drawn"#),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 0, 1]], scaling: "none" }, loss:"#,
      #"8: error: dropout.masks[0]: expected 1×2 (examples × units), found 1×3"#),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 2]], scaling: "none" }, loss:"#,
      #"8: error: dropout.masks[0]: a mask holds 1 for a kept unit and 0 for a dropped one; scaling is said apart"#
    ),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 0], [1]], scaling: "none" }, loss:"#,
      #"8: error: dropout.masks: expected 1 mask, one a hidden layer, found 2"#),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[[1, 0], [1, 1]]], scaling: "none" }, loss:"#,
      #"8: error: dropout.masks[0]: expected 1×2 (examples × units), found 2×2"#),
    Bad(
      .base, #"loss:"#, #"dropout: { rate: 0.5, seed: -1 }, loss:"#,
      #"8: error: dropout.seed: -1 is out of range; allowed: 0 or more"#),
    Bad(
      .base, #"loss:"#, #"dropout: { rate: [2], seed: 1 }, loss:"#,
      #"8: error: dropout.rate[0]: 2 is out of range; allowed: 0 up to, not including, 1"#),
    Bad(
      .base, #"loss:"#, #"dropout: { masks: [[1, 0]], scaling: "invert" }, loss:"#,
      #"8: error: dropout.scaling: there is no 'invert'; did you mean 'inverted'? (one of: inverted, none)"#
    ),
    Bad(
      .base, #"learningRate: 0.5"#, #""#,
      #"9: error: training.learningRate: is missing: the number that a gradient is multiplied by"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 0"#,
      #"9: error: training.learningRate: 0 is out of range; allowed: more than 0"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: "fast""#,
      #"9: error: training.learningRate: expected a number, found text"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, steps: 0"#,
      #"9: error: training.steps: 0 is out of range; allowed: 1 to 1000000"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, steps: 1.5"#,
      #"9: error: training.steps: expected a whole number, found 1.5"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, steps: 1e300"#,
      #"9: error: training.steps: expected a whole number, found 1e+300"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, steps: 2000000"#,
      #"9: error: training.steps: 2000000 is out of range; allowed: 1 to 1000000"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, steps: 2, epochs: 2"#,
      #"9: error: training.epochs: contradicts steps: write one or the other"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, order: "mini-batch""#,
      #"9: error: training.batchSize: is missing: how many examples a mini-batch has"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, order: "mini-batch", batchSize: 2"#,
      #"9: error: training.batchSize: 2 is out of range; allowed: 1 to 1, the examples"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, batchSize: 1"#,
      #"9: error: training.batchSize: belongs to order: "mini-batch"; the order is full batch"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, order: "random""#,
      #"9: error: training.order: there is no 'random' (one of: full batch, online, mini-batch)"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, fixed: ["bias"]"#,
      #"9: error: training.fixed[0]: there is no 'bias'; did you mean 'biases'?"#),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, fixed: ["layers[2].biases"]"#,
      #"9: error: training.fixed[0]: there is no 'layers[2].biases'; did you mean 'layers[0].biases'?"#
    ),
    Bad(
      .base, #"learningRate: 0.5"#, #"learningRate: 1, fixed: "biases""#,
      #"9: error: training.fixed: expected a list, found text"#),
  ]

  static let broken: [(String, String)] = [
    (#""#, #"1: error: is not JSON5: expected a value, found the end of the file"#),
    (#"nonsense"#, #"1: error: expected a value, found 'nonsense'; text needs quotes"#),
    (#"[1]"#, #"1: error: expected an object, { … }, found a list"#),
    (
      #"{inputs: [[1]"#,
      #"1: error: is not JSON5: expected a comma or ']', found the end of the file"#
    ),
    (#"{inputs: [[1, 2]], inputs: [[1]]}"#, #"1: error: inputs: is here twice, first on line 1"#),
    (#"{ "a": "unclosed"#, #"1: error: is not JSON5: a text is not closed"#),
    (#"{ /* open"#, #"1: error: is not JSON5: a comment is not closed"#),
  ]
}
