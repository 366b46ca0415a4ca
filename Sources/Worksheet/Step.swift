import NeuralNetwork

/// Everything that one step computes, in any arithmetic. Layers are numbered from 1; layer 0 is the
/// input.
struct Step<T: Scalar> {
  /// The step's number, from 1; the pass that follows the last update has one more.
  let number: Int
  /// The numbers of its examples, from 0.
  let examples: [Int]
  let before: [Parameters<T>]
  /// `z[0]` belongs to layer 1.
  let z: [Matrix<T>]
  /// `a[0]` is the input.
  let a: [Matrix<T>]
  /// Dropout's factors for each hidden layer; empty without dropout.
  let masks: [Matrix<T>]
  let targets: Matrix<T>
  /// The loss of each example.
  let losses: [T]
  /// The losses of the outputs, outputs × examples, where an output has a loss of its own.
  let outputLosses: Matrix<T>?
  /// The examples' losses, added up or averaged.
  let dataCost: T
  /// The data's cost and the penalty.
  let cost: T
  /// Nil in the pass after the last update.
  var deltas: [Matrix<T>]?
  var gradients: [Parameters<T>]?
  /// Nil where nothing is trained.
  var after: [Parameters<T>]?
}

extension Sheet {
  /// Each output's own part of the loss; cross-entropy of a distribution has none.
  func outputLosses<T: Scalar>(
    z: Matrix<T>, a: Matrix<T>, targets: Matrix<T>, loss: Loss
  ) throws -> Matrix<T>? {
    guard a.rows > 1, lossKind != .softmaxCrossEntropy else { return nil }
    let activation = network.layers[network.layers.count - 1].activation
    func row(_ matrix: Matrix<T>, _ index: Int) -> Matrix<T> {
      Matrix(rows: 1, columns: matrix.columns, elements: matrix.row(index))
    }
    let rows = try (0..<a.rows).map { index in
      try loss.perExample(
        z: row(z, index), a: row(a, index), activation: activation, targets: row(targets, index))
    }
    return try Matrix(rows)
  }

  /// The parameters after a step; what is fixed stays.
  func updated<T: Scalar>(
    _ parameters: [Parameters<T>], with gradients: [Parameters<T>], rate: T
  ) -> [Parameters<T>] {
    settings.indices.map { settings[$0].updated(parameters[$0], with: gradients[$0], rate: rate) }
  }

  /// The gradients with each shared bias as the one parameter that it is.
  func shared<T: Scalar>(_ gradients: [Parameters<T>]) -> [Parameters<T>] {
    zip(gradients, settings).map { gradient, setting in
      guard setting.sharesBias else { return gradient }
      let sum = gradient.biases.dropFirst().reduce(gradient.biases[0], +).noted
      return Parameters(
        weights: gradient.weights, biases: gradient.biases.map { _ in sum })
    }
  }
}
