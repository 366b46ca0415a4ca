import Testing

@testable import NeuralNetwork

@Suite("Bytes as numbers: images as they are stored")
struct ByteMatrixTests {
  private static func random(
    _ rows: Int, _ columns: Int, scale: Int = 255, _ generator: inout SplitMix64
  ) -> ByteMatrix {
    ByteMatrix(
      rows: rows, columns: columns,
      bytes: (0..<(rows * columns)).map { _ in UInt8(generator.index(below: 256)) }, scale: scale)
  }

  @Test("A byte stands for the byte divided by the scale, rounded once", arguments: 1...255)
  func values(scale: Int) {
    let all = ByteMatrix(rows: 256, columns: 1, bytes: Array(0...255), scale: scale)
    #expect(Matrix<Double>(all).elements == (0...255).map { Double($0) / Double(scale) })
    #expect(Matrix<Float>(all).elements == (0...255).map { Float($0) / Float(scale) })
  }

  @Test("A matrix of bytes has its columns one after the other")
  func order() throws {
    let bytes = ByteMatrix(rows: 2, columns: 3, bytes: [0, 51, 102, 153, 204, 255], scale: 255)
    #expect(try Matrix(bytes) == Matrix([[0, 0.4, 0.8], [0.2, 0.6, 1]]))
    #expect(bytes.shape == Shape(2, 3))
    #expect(
      bytes.columns([2, 0])
        == ByteMatrix(rows: 2, columns: 2, bytes: [204, 255, 0, 51], scale: 255))
    #expect(bytes.columns([]).shape == Shape(2, 0))
  }

  /// Trains on bytes and on their numbers, each from the same start. What they end with is compared as a whole:
  /// to show where thousands of parameters differ takes minutes.
  private func bothWays<T: Scalar>(
    _ network: Network<T>, _ inputs: ByteMatrix, _ targets: Matrix<T>, _ loss: Loss,
    batchSize: Int, dropRates: [Double] = []
  ) throws -> (bytes: [Double], numbers: [Double]) {
    var (ofBytes, ofNumbers) = (network, network)
    var random = SplitMix64(seed: 7)
    var same = random
    for _ in 0..<2 {
      try ofBytes.trainEpoch(
        inputs: inputs, targets: targets, loss: loss,
        regularization: .lambdaOver2m(lambda: 0.1), learningRate: T(0.1), batchSize: batchSize,
        dropRates: dropRates, using: &random)
      try ofNumbers.trainEpoch(
        inputs: Matrix(inputs), targets: targets, loss: loss,
        regularization: .lambdaOver2m(lambda: 0.1), learningRate: T(0.1), batchSize: batchSize,
        dropRates: dropRates, using: &same)
    }
    #expect(ofBytes != network)
    return (ofBytes.parameters.map(\.value), ofNumbers.parameters.map(\.value))
  }

  @Test(
    "Training on bytes ends with the bits of training on their numbers",
    arguments: [[1, 2, 1], [9, 7, 3], [64, 12, 10], [65, 3], [130, 40, 5, 2], [784, 30, 10]])
  func training(sizes: [Int]) throws {
    var random = SplitMix64(seed: 6)
    let network = try Network<Double>.random(
      sizes: sizes, hidden: .tanh, output: .sigmoid, .xavier, using: &random)
    let inputs = Self.random(sizes[0], 50, &random)
    let targets = Matrix(rows: sizes[sizes.count - 1], columns: 50) { row, column in
      Double((row + column) % 2)
    }
    for loss in [
      Loss.binaryCrossEntropy(reduction: .mean), .squaredError(factor: 0.5, reduction: .mean),
    ] {
      for batchSize in [1, 7, 23, 50] {
        let dropRates = Array(repeating: 0.25, count: sizes.count - 2)
        let double = try bothWays(
          network, inputs, targets, loss, batchSize: batchSize, dropRates: dropRates)
        #expect(double.bytes.elementsEqual(double.numbers), "batches of \(batchSize)")
        let float = try bothWays(
          network.map { Float($0) }, inputs, targets.map { Float($0) }, loss, batchSize: batchSize)
        #expect(float.bytes.elementsEqual(float.numbers), "Float, batches of \(batchSize)")
        let plain = try bothWays(
          network.map { CountingNumber($0) }, inputs, targets.map { CountingNumber($0) }, loss,
          batchSize: batchSize, dropRates: dropRates)
        #expect(plain.bytes.elementsEqual(double.bytes), "plain loops, batches of \(batchSize)")
        #expect(plain.bytes.elementsEqual(plain.numbers))
      }
    }
  }

  @Test("An epoch on no image changes nothing")
  func empty() throws {
    var random = SplitMix64(seed: 6)
    let network = try Network<Double>.random(
      sizes: [3, 2, 1], hidden: .tanh, output: .sigmoid, .xavier, using: &random)
    var trained = network
    try trained.trainEpoch(
      inputs: Self.random(3, 0, &random), targets: Matrix(zeros: Shape(1, 0)),
      loss: .binaryCrossEntropy(reduction: .mean), learningRate: 0.1, batchSize: 4, using: &random)
    #expect(trained == network)
  }

  @Test(
    "Images of another size, or more of them than targets, are refused with both shapes",
    arguments: [
      (4, 5, "weights of layer 1 and inputs: the shapes 2×3 and 4×5 do not fit"),
      (3, 4, "outputs and targets: the shapes 1×4 and 1×5 do not fit"),
    ])
  func shapes(rows: Int, columns: Int, message: String) throws {
    var random = SplitMix64(seed: 6)
    let network = try Network<Double>.random(
      sizes: [3, 2, 1], hidden: .tanh, output: .sigmoid, .xavier, using: &random)
    var trained = network
    let error = try #require(throws: NetworkError.self) {
      try trained.trainEpoch(
        inputs: Self.random(rows, columns, &random), targets: Matrix(zeros: Shape(1, 5)),
        loss: .binaryCrossEntropy(reduction: .mean), learningRate: 0.1, batchSize: 4,
        using: &random)
    }
    #expect("\(error)" == message)
    #expect(trained == network)
  }

  @Test("Sums that overflow are the weights' fault, and what they lead to is refused")
  func overflow() throws {
    let network = try Network([
      Layer(weights: [[1e308, 1e308], [1, 1]], biases: [0, 0], activation: .softmax)
    ])
    var trained = network
    var random = SplitMix64(seed: 3)
    let error = try #require(throws: NetworkError.self) {
      try trained.trainEpoch(
        inputs: ByteMatrix(rows: 2, columns: 1, bytes: [255, 255], scale: 1),
        targets: Matrix([[1], [0]]), loss: .crossEntropy(reduction: .mean), learningRate: 0.5,
        batchSize: 1, using: &random)
    }
    #expect("\(error)".hasPrefix("outputs, entry [1, 1], is "))
    #expect(trained == network)
  }
}
