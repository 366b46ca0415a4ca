import NeuralNetwork

/// One of the shapes that are measured; `peers.py` has the same.
struct Case {
  let letter: Character
  let name: String
  let sizes: [Int]
  let batch: Int
  let examples: Int
  let isFloat: Bool

  static let all = [
    Case(letter: "a", name: "1-2-1", sizes: [1, 2, 1], batch: 1, examples: 4096, isFloat: false),
    Case(letter: "b", name: "2-4-1", sizes: [2, 4, 1], batch: 4, examples: 4096, isFloat: false),
    Case(
      letter: "c", name: "784-30-10", sizes: [784, 30, 10], batch: 10, examples: 10000,
      isFloat: false),
    Case(
      letter: "d", name: "784-128-10", sizes: [784, 128, 10], batch: 64, examples: 9984,
      isFloat: true),
    Case(
      letter: "e", name: "784-512-512-10", sizes: [784, 512, 512, 10], batch: 128,
      examples: 2560, isFloat: true),
    Case(
      letter: "f", name: "64-32-10", sizes: [64, 32, 10], batch: 32, examples: 1792,
      isFloat: true),
  ]

  /// Trains one epoch at each call: sigmoid and squared error in `Double`, ReLU, softmax and
  /// cross-entropy in `Float`.
  func trainer() throws -> () throws -> Void {
    var random = SplitMix64(seed: 1)
    let network = try Network<Double>.random(
      sizes: sizes, hidden: isFloat ? .relu : .sigmoid, output: isFloat ? .softmax : .sigmoid,
      isFloat ? .he : .xavier, using: &random)
    let inputs = Matrix(rows: sizes[0], columns: examples) { _, _ in random.uniform(0, 1) }
    let classes = sizes[sizes.count - 1]
    let labels = (0..<examples).map { _ in random.index(below: max(classes, 2)) }
    let targets = Matrix(rows: classes, columns: examples) { row, column in
      classes == 1 ? Double(labels[column]) : labels[column] == row ? 1 : 0
    }
    return isFloat
      ? trainer(
        try network.map { Float($0) }, inputs.map { Float($0) }, targets.map { Float($0) },
        .crossEntropy(reduction: .mean), rate: 0.01)
      : trainer(
        network, inputs, targets, .squaredError(factor: 0.5, reduction: .mean), rate: 0.01)
  }

  private func trainer<T: Scalar>(
    _ start: Network<T>, _ inputs: Matrix<T>, _ targets: Matrix<T>, _ loss: Loss, rate: T
  ) -> () throws -> Void {
    var network = start
    var random = SplitMix64(seed: 2)
    let batch = batch
    return {
      try network.trainEpoch(
        inputs: inputs, targets: targets, loss: loss, learningRate: rate, batchSize: batch,
        using: &random)
    }
  }
}
