import Kernels
import Testing

@testable import NeuralNetwork

/// `CountingNumber` computes as `Double` does, in the plain loops that every arithmetic has.
@Suite("Training: kernels, small steps and threads have the bits of plain loops")
struct FastTrainingTests {
  /// Trains in `Double` and in plain loops.
  private func bothWays(
    _ network: Network<Double>, inputs: Matrix<Double>, targets: Matrix<Double>, loss: Loss,
    regularization: Regularization, rate: Double = 0.3, batchSize: Int, dropRates: [Double] = []
  ) throws -> (fast: [UInt64], plain: [UInt64]) {
    var fast = network
    var plain = try network.map { CountingNumber($0) }
    var random = SplitMix64(seed: 11)
    for _ in 0..<3 {
      var same = random
      try fast.trainEpoch(
        inputs: inputs, targets: targets, loss: loss, regularization: regularization,
        learningRate: rate, batchSize: batchSize, dropRates: dropRates, using: &random)
      try plain.trainEpoch(
        inputs: inputs.map { CountingNumber($0) }, targets: targets.map { CountingNumber($0) },
        loss: loss, regularization: regularization, learningRate: CountingNumber(rate),
        batchSize: batchSize, dropRates: dropRates, using: &same)
    }
    return (
      fast.parameters.map(\.bitPattern), plain.parameters.map(\.value.bitPattern)
    )
  }

  @Test("Random networks of 1 to 6 units a layer, every activation and loss, batches of 1 to 3")
  func small() throws {
    for seed in 0..<200 {
      let example = try RandomCase(seed: UInt64(seed))
      for batchSize in 1...3 {
        let (fast, plain) = try bothWays(
          example.network, inputs: example.inputs, targets: example.targets, loss: example.loss,
          regularization: example.regularization, batchSize: batchSize)
        #expect(fast == plain, "case \(seed), batches of \(batchSize)")
      }
    }
  }

  @Test(
    "Steps of networks as wide as a small step takes, with every level's vectors, batches of 1 to 6",
    arguments: [1, 2, 3, 4, 5, 7, 8], [Activation.sigmoid, .tanh, .relu, .identity])
  func wide(units: Int, activation: Activation) throws {
    defer { kernelSetLevel(0) }
    var random = SplitMix64(seed: UInt64(units))
    let network = try Network<Double>.random(
      sizes: [3, units, units, 2], hidden: activation, output: .sigmoid, .xavier, using: &random)
    // Some sums are beyond the sigmoid's table.
    let inputs = Matrix(rows: 3, columns: 13) { _, column in
      random.uniform(-1, 1) * (column % 5 == 0 ? 200 : 1)
    }
    let targets = Matrix(rows: 2, columns: 13) { row, column in Double((row + column) % 2) }
    for batchSize in 1...6 {
      #expect(
        !Workspace(of: network, examples: batchSize, isMasked: false)
          .smallLayers(examples: batchSize).isEmpty)
      for level in 1...kernelLevelCount() {
        kernelSetLevel(level)
        for regularization in [Regularization.none, .lambdaOver2m(lambda: 0.5)] {
          let (fast, plain) = try bothWays(
            network, inputs: inputs, targets: targets,
            loss: .squaredError(factor: 0.5, reduction: .mean), regularization: regularization,
            rate: 0.01, batchSize: batchSize)
          #expect(fast == plain, "batches of \(batchSize), level \(level)")
        }
      }
    }
  }

  @Test(
    "Networks with remainders of every size, penalty and dropout",
    arguments: [[9, 7, 3], [8, 16, 8], [17, 33, 1], [3, 40, 5, 2], [150, 70, 33, 5]])
  func larger(sizes: [Int]) throws {
    var random = SplitMix64(seed: 12)
    for (hidden, output, loss) in [
      (Activation.relu, Activation.softmax, Loss.crossEntropy(reduction: .mean)),
      (.tanh, .sigmoid, .binaryCrossEntropy(reduction: .sum)),
      (.sigmoid, .identity, .squaredError(factor: 0.5, reduction: .mean)),
      (.elu(alpha: 1), .softmax, .squaredError(factor: 1, reduction: .mean)),
    ] {
      let network = try Network<Double>.random(
        sizes: sizes, hidden: hidden, output: output, .xavier, using: &random)
      let inputs = Matrix(rows: sizes[0], columns: 50) { _, _ in random.uniform(-1, 1) }
      let classes = sizes[sizes.count - 1]
      let targets = Matrix(rows: classes, columns: 50) { row, column in
        Double(classes == 1 && output != .softmax ? column % 2 : column % classes == row ? 1 : 0)
      }
      let (fast, plain) = try bothWays(
        network, inputs: inputs, targets: targets, loss: loss,
        regularization: Regularization(lambda: 0.1, .lambdaOver2m, includesBiases: true),
        rate: 0.01, batchSize: 23,
        dropRates: Array(repeating: 0.25, count: sizes.count - 2))
      #expect(fast == plain, "\(sizes), \(hidden) and \(output)")
    }
  }

  @Test("Sums that overflow go on as in plain loops", arguments: 1...4)
  func overflow(batchSize: Int) throws {
    // With 1e150, the fifth of the epoch, the first unit's sum overflows; the second one's δ needs the
    // weights as they are by then.
    let network = try Network([
      Layer(weights: [[1e200, 0], [0, -0.3]], biases: [0, 0], activation: .tanh),
      Layer(weights: [[1, 2]], biases: [0], activation: .identity),
    ])
    let (fast, plain) = try bothWays(
      network, inputs: Matrix([[0, 0, 0, 0, 0, 1e150], [1, 2, 3, 4, 5, 6]]),
      targets: Matrix([[1, 0, 1, 0, 1, 0]]), loss: .squaredError(factor: 0.5, reduction: .mean),
      regularization: .none, batchSize: batchSize)
    #expect(fast == plain)
  }

  @Test(
    "An input that is not finite stops the epoch at its batch, which changes nothing",
    arguments: [
      ([1, 2, 1], Activation.sigmoid), ([1, 2, 1], .tanh), ([1, 3, 1], .relu),
      ([1, 5, 1], .identity), ([1, 70, 1], .sigmoid),
    ], [Double.nan, .infinity])
  func notFinite(_ shape: (sizes: [Int], hidden: Activation), bad: Double) throws {
    var random = SplitMix64(seed: 3)
    let network = try Network<Double>.random(
      sizes: shape.sizes, hidden: shape.hidden, output: .sigmoid, .xavier, using: &random)
    let loss = Loss.squaredError(factor: 0.5, reduction: .mean)
    var trained = network
    var shuffled = SplitMix64(seed: 5)
    let order = SplitMix64.order(of: 4, seed: 5)
    // The third of the epoch.
    let inputs = Matrix(rows: 1, columns: 4) { _, column in
      column == order[2] ? bad : Double(column)
    }
    let targets = try Matrix([[1.0, 0, 0, 1]])
    let error = try #require(throws: NetworkError.self) {
      try trained.trainEpoch(
        inputs: inputs, targets: targets, loss: loss, learningRate: 0.5, batchSize: 1,
        using: &shuffled)
    }
    #expect(
      "\(error)" == "inputs, entry [1, \(order[2] + 1)], is \(bad); every number must be finite")
    var expected = network
    for example in order.prefix(2) {
      let pass = try expected.forward(inputs.columns([example]))
      try expected.update(
        with: expected.backward(pass, targets: targets.columns([example]), loss: loss).gradients,
        learningRate: 0.5)
    }
    #expect(trained == expected)
  }
}

extension FastTrainingTests {
  @Test("So it does where two threads share the steps, in either one's examples", arguments: 0..<10)
  func notFiniteShared(bad: Int) throws {
    var random = SplitMix64(seed: 3)
    let network = try Network<Double>.random(
      sizes: [700, 40, 3], hidden: .relu, output: .softmax, .he, using: &random)
    let inputs = Matrix(rows: 700, columns: 10) { row, column in
      row == 7 && column == bad ? .nan : random.uniform(0, 1)
    }
    let targets = try Matrix<Double>.oneHot((0..<10).map { $0 % 3 }, classes: 3)
    var trained = network
    let error = try #require(throws: NetworkError.self) {
      try trained.trainEpoch(
        inputs: inputs, targets: targets, loss: .crossEntropy(reduction: .mean),
        learningRate: 0.5, batchSize: 10, using: &random)
    }
    #expect("\(error)" == "inputs, entry [8, \(bad + 1)], is nan; every number must be finite")
    #expect(trained == network)
  }
}

extension FastTrainingTests {
  @Test("Outputs that are no probabilities stop an epoch with cross-entropy, which changes nothing")
  func overflowingOutputs() throws {
    let network = try Network([
      Layer(weights: [[1e308], [1]], biases: [0, 0], activation: .softmax)
    ])
    var trained = network
    var random = SplitMix64(seed: 3)
    let error = try #require(throws: NetworkError.self) {
      try trained.trainEpoch(
        inputs: Matrix([[10]]), targets: Matrix([[1], [0]]), loss: .crossEntropy(reduction: .mean),
        learningRate: 0.5, batchSize: 1, using: &random)
    }
    #expect(
      "\(error)".hasPrefix("outputs, entry [1, 1], is ")
        && "\(error)".hasSuffix("nan; allowed: 0 to 1 with cross-entropy"))
    #expect(trained == network)
  }
}

extension FastTrainingTests {
  @Test(
    "Only a network of at most 8 units a layer and some 1000 multiplications of a step takes small steps",
    arguments: [
      ([1, 2, 1], true), ([2, 8, 8, 1], true), ([2, 9, 1], false), ([31, 8, 1], true),
      ([32, 8, 1], false),
    ])
  func smallNetworks(sizes: [Int], isSmall: Bool) throws {
    var random = SplitMix64(seed: 3)
    let network = try Network<Double>.random(
      sizes: sizes, hidden: .sigmoid, output: .sigmoid, .xavier, using: &random)
    let layers = Workspace(of: network, examples: 4, isMasked: false)
      .smallLayers(examples: 4)
    #expect(layers.isEmpty == !isSmall)
  }
}

extension SplitMix64 {
  fileprivate static func order(of count: Int, seed: UInt64) -> [Int] {
    var random = SplitMix64(seed: seed)
    return random.permutation(of: count)
  }
}
