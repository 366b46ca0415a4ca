import NeuralNetwork

/// One of the shapes that are measured; `peers.py` has the same.
struct Case {
  let letter: Character
  let name: String
  let sizes: [Int]
  let batch: Int
  let examples: Int
  let isFloat: Bool
  /// Whether the inputs are images as they are stored, a byte a pixel, and not numbers.
  var isOfBytes = false

  static let all = [
    Case(letter: "a", name: "1-2-1", sizes: [1, 2, 1], batch: 1, examples: 4096, isFloat: false),
    Case(letter: "b", name: "2-4-1", sizes: [2, 4, 1], batch: 4, examples: 4096, isFloat: false),
    Case(
      letter: "c", name: "784-30-10", sizes: [784, 30, 10], batch: 10, examples: 10000,
      isFloat: false, isOfBytes: true),
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
    let pixels = ByteMatrix(
      rows: sizes[0], columns: examples,
      bytes: (0..<(sizes[0] * examples)).map { _ in UInt8(random.index(below: 256)) }, scale: 255)
    let classes = sizes[sizes.count - 1]
    let labels = (0..<examples).map { _ in random.index(below: max(classes, 2)) }
    let targets = Matrix(rows: classes, columns: examples) { row, column in
      classes == 1 ? Double(labels[column]) : labels[column] == row ? 1 : 0
    }
    if isFloat {
      let inputs = Matrix<Float>(pixels)
      return trainer(try network.map { Float($0) }) { [targets = targets.map { Float($0) }] in
        try $0.trainEpoch(
          inputs: inputs, targets: targets, loss: .crossEntropy(reduction: .mean),
          learningRate: 0.01, batchSize: batch, using: &$1)
      }
    }
    let loss = Loss.squaredError(factor: 0.5, reduction: .mean)
    if isOfBytes {
      return trainer(network) {
        try $0.trainEpoch(
          inputs: pixels, targets: targets, loss: loss, learningRate: 0.01, batchSize: batch,
          using: &$1)
      }
    }
    let inputs = Matrix<Double>(pixels)
    return trainer(network) {
      try $0.trainEpoch(
        inputs: inputs, targets: targets, loss: loss, learningRate: 0.01, batchSize: batch,
        using: &$1)
    }
  }

  private func trainer<T: Scalar>(
    _ start: Network<T>, epoch: @escaping (inout Network<T>, inout SplitMix64) throws -> Void
  ) -> () throws -> Void {
    var network = start
    var random = SplitMix64(seed: 2)
    return { try epoch(&network, &random) }
  }
}
