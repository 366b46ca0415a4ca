import NeuralNetwork
import Testing

@Suite("Training: one epoch in batches")
struct TrainEpochTests {
  /// The learning rate of all runs.
  private static let rate = 0.3

  private func epoch(
    _ example: RandomCase, batchSize: Int, seed: UInt64 = 5
  ) throws -> Network<Double> {
    var network = example.network
    var random = SplitMix64(seed: seed)
    try network.trainEpoch(
      inputs: example.inputs, targets: example.targets, loss: example.loss,
      regularization: example.regularization, learningRate: Self.rate, batchSize: batchSize,
      using: &random)
    return network
  }

  /// A random case with that many examples, or nil.
  private static func cases(atLeast examples: Int) throws -> [RandomCase] {
    try (0..<64).map { try RandomCase(seed: $0) }.filter { $0.inputs.columns >= examples }
  }

  /// Steps on the given groups of examples, one after the other, written out.
  private func byHand(_ example: RandomCase, _ groups: [[Int]]) throws -> [Double] {
    var network = example.network
    for group in groups {
      let pass = try network.forward(example.inputs.columns(group))
      let back = try network.backward(
        pass, targets: example.targets.columns(group), loss: example.loss,
        regularization: example.regularization)
      network.parameters = zip(network.parameters, back.gradients.flatMap(\.elements)).map {
        $0 - Self.rate * $1
      }
    }
    return network.parameters
  }

  @Test("A batch of all examples is one step of batch gradient descent", arguments: 0..<16)
  func wholeBatch(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let expected = try byHand(example, [Array(0..<example.inputs.columns)])
    for batchSize in [example.inputs.columns, example.inputs.columns + 7, .max] {
      // The examples are added up in another order.
      #expect(
        try epoch(example, batchSize: batchSize).parameters.isClose(to: expected, absolute: 1e-12))
    }
  }

  @Test("A penalty that counts the biases moves them too, exactly as backward and update do")
  func penalizedBiases() throws {
    let penalty = Regularization(lambda: 0.5, .lambda, includesBiases: true)
    for seed in 0..<16 {
      let example = try RandomCase(seed: UInt64(seed))
      let one = Matrix(column: example.inputs.column(0))
      let target = Matrix(column: example.targets.column(0))
      var trained = example.network
      var random = SplitMix64(seed: 5)
      try trained.trainEpoch(
        inputs: one, targets: target, loss: example.loss, regularization: penalty,
        learningRate: Self.rate, batchSize: 1, using: &random)
      var stepped = example.network
      let back = try stepped.backward(
        stepped.forward(one), targets: target, loss: example.loss, regularization: penalty)
      try stepped.update(with: back.gradients, learningRate: Self.rate)
      #expect(trained.parameters == stepped.parameters)
    }
  }

  @Test("Batches of 1, 2 and 3 step through the shuffled examples in order, the last one short")
  func batches() throws {
    let examples = try Self.cases(atLeast: 4)
    #expect(examples.count >= 10)
    for example in examples {
      var random = SplitMix64(seed: 5)
      let order = random.permutation(of: example.inputs.columns)
      for size in 1...3 {
        let groups = stride(from: 0, to: order.count, by: size).map {
          Array(order[$0..<min($0 + size, order.count)])
        }
        #expect(try epoch(example, batchSize: size).parameters == byHand(example, groups))
      }
    }
  }

  @Test("The order is drawn anew in every epoch, from the generator")
  func shuffled() throws {
    let example = try #require(Self.cases(atLeast: 5).first)
    #expect(try epoch(example, batchSize: 1) == epoch(example, batchSize: 1))
    #expect(try epoch(example, batchSize: 1) != epoch(example, batchSize: 1, seed: 6))
    var random = SplitMix64(seed: 5)
    var continued = SplitMix64(seed: 5)
    _ = continued.permutation(of: 5)
    var network = example.network
    for expected in [
      try epoch(example, batchSize: 1), try trained(example, &continued),
    ] {
      network = example.network
      try network.trainEpoch(
        inputs: example.inputs, targets: example.targets, loss: example.loss,
        regularization: example.regularization, learningRate: Self.rate, batchSize: 1,
        using: &random)
      #expect(network == expected)
    }
  }

  private func trained(
    _ example: RandomCase, _ random: inout SplitMix64
  ) throws -> Network<Double> {
    var network = example.network
    try network.trainEpoch(
      inputs: example.inputs, targets: example.targets, loss: example.loss,
      regularization: example.regularization, learningRate: Self.rate, batchSize: 1,
      using: &random)
    return network
  }

  @Test("Data and settings that do not fit are errors, and the network stays as it was")
  func unfitting() throws {
    let example = try Example121.network()
    let one = Matrix(column: [1.0])
    func message(
      inputs: Matrix<Double>, targets: Matrix<Double>, rate: Double = 0.1
    ) throws -> String {
      var network = example
      var random = SplitMix64(seed: 5)
      let error = try #require(throws: NetworkError.self) {
        try network.trainEpoch(
          inputs: inputs, targets: targets, loss: Example121.loss, learningRate: rate,
          batchSize: 1, using: &random)
      }
      #expect(network == example)
      return "\(error)"
    }
    #expect(
      try message(inputs: Matrix(column: [1, 2]), targets: one)
        == "weights of layer 1 and inputs: the shapes 2×1 and 2×1 do not fit")
    #expect(
      try message(inputs: one, targets: Matrix([[1, 2]]))
        == "outputs and targets: the shapes 1×1 and 1×2 do not fit")
    #expect(
      try message(inputs: one, targets: Matrix(column: [1, 2]))
        == "outputs and targets: the shapes 1×1 and 2×1 do not fit")
    #expect(
      try message(inputs: one, targets: one, rate: .nan)
        == "learningRate is nan; allowed: a finite number")
    #expect(
      try message(inputs: Matrix(column: [.infinity]), targets: one)
        == "inputs, entry [1, 1], is inf; every number must be finite")
  }

  @Test("A batch size below 1 is an error, and the network stays as it was", arguments: [0, -2])
  func batchSize(size: Int) throws {
    let example = try RandomCase(seed: 1)
    var network = example.network
    var random = SplitMix64(seed: 1)
    let error = try #require(throws: NetworkError.self) {
      try network.trainEpoch(
        inputs: example.inputs, targets: example.targets, loss: example.loss, learningRate: 1,
        batchSize: size, using: &random)
    }
    #expect("\(error)" == "batch size is \(size); allowed: 1 or more examples")
    #expect(network == example.network)
  }

  @Test("A convex cost falls to its minimum: the mean, where batches of all are used")
  func mean() throws {
    // One identity unit without inputs that matter: the bias goes to the mean of the targets.
    var network = try Network([Layer(weights: [[0.0]], biases: [0], activation: .identity)])
    let inputs = try Matrix([[0.0, 0, 0, 0]])
    let targets = try Matrix([[1.0, 2, 3, 6]])
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      try network.trainEpoch(
        inputs: inputs, targets: targets, loss: .squaredError(factor: 0.5, reduction: .mean),
        learningRate: 0.2, batchSize: 4, using: &random)
    }
    #expect(network.layers[0].biases[0].isClose(to: 3, absolute: 1e-12))
  }
}
