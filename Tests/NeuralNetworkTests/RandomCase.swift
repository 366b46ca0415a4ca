import NeuralNetwork

/// A network with inputs, targets, a loss and a penalty, all drawn from one seed.
struct RandomCase {
  /// Every activation that a gradient check can be made with.
  static let activations: [Activation] = [
    .identity, .sigmoid, .tanh, .relu, .leakyReLU(slope: 0.01), .elu(alpha: 1), .elu(alpha: 0.5),
  ]

  let network: Network<Double>
  let inputs: Matrix<Double>
  let targets: Matrix<Double>
  let loss: Loss
  let regularization: Regularization

  /// 1 to 6 layers of 1 to 6 units, 1 to 5 examples; weights, biases and inputs between −1 and 1.
  ///
  /// Draws again until every pre-activation keeps 1e−3 away from the kinks, so that a step of a
  /// gradient check does not cross one.
  init(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let isCrossEntropy = random.index(below: 2) == 0
    let reduction = [Loss.Reduction.sum, .mean][random.index(below: 2)]
    let factor = [0.5, 1][random.index(below: 2)]
    loss =
      isCrossEntropy
      ? .binaryCrossEntropy(factor: factor, reduction: reduction)
      : .squaredError(factor: factor, reduction: reduction)
    regularization =
      random.index(below: 2) == 0 ? .none : .lambdaOver2m(lambda: random.uniform(0.1, 2))
    let layerCount = 1 + random.index(below: 6)
    let widths = (0...layerCount).map { _ in 1 + random.index(below: 6) }
    let examples = 1 + random.index(below: 5)
    var activations = (0..<layerCount).map { _ in
      Self.activations[random.index(below: Self.activations.count)]
    }
    if isCrossEntropy { activations[layerCount - 1] = .sigmoid }

    func matrix(_ rows: Int, _ columns: Int) -> Matrix<Double> {
      Matrix(rows: rows, columns: columns) { _, _ in random.uniform(-1, 1) }
    }
    var network: Network<Double>
    var inputs: Matrix<Double>
    repeat {
      network = try Network(
        activations.indices.map { layer in
          try Layer(
            Parameters(
              weights: matrix(widths[layer + 1], widths[layer]),
              biases: matrix(widths[layer + 1], 1).elements),
            activation: activations[layer])
        })
      inputs = matrix(widths[0], examples)
    } while try !Self.keepsClearOfKinks(network, inputs)
    self.network = network
    self.inputs = inputs
    // Cross-entropy: each target is 0, 1 or between; squared error: any number.
    targets = Matrix(rows: widths[layerCount], columns: examples) { _, _ in
      isCrossEntropy
        ? [0, 1, random.uniform(0, 1)][random.index(below: 3)] : random.uniform(-1, 1)
    }
  }

  static func keepsClearOfKinks(
    _ network: Network<Double>, _ inputs: Matrix<Double>, masks: [Matrix<Double>] = []
  ) throws -> Bool {
    let pass = try network.forward(inputs, masks: masks)
    return network.layers.indices.allSatisfy { index in
      switch network.layers[index].activation {
      case .identity, .sigmoid, .tanh, .softmax: true
      case .step, .relu, .leakyReLU, .elu:
        pass.z(index + 1).elements.allSatisfy { $0.magnitude >= 1e-3 }
      }
    }
  }

  func backward() throws -> BackwardPass<Double> {
    try network.backward(
      network.forward(inputs), targets: targets, loss: loss, regularization: regularization)
  }

  /// The gradients of one example alone, without a penalty.
  func gradients(ofExample column: Int) throws -> [Parameters<Double>] {
    let pass = try network.forward(Matrix(column: inputs.column(column)))
    let targets = Matrix(column: targets.column(column))
    return try network.backward(pass, targets: targets, loss: loss).gradients
  }
}
