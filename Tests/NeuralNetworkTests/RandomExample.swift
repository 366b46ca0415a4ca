import NeuralNetwork

/// A network of a given kind with data and masks, all drawn.
struct RandomExample {
  let network: Network<Double>
  let inputs: Matrix<Double>
  let targets: Matrix<Double>
  let masks: [Matrix<Double>]
  let loss: Loss

  /// 1 to 5 units a layer, 1 to 4 examples. The weights shrink with the number of inputs, so that no
  /// unit saturates: there `a(1 − a)` and `1 − a²` of the backward pass keep fewer digits.
  init(
    layers: Int, hidden: Activation, output: Activation, kind: Loss.Kind, drops: Bool,
    using random: inout SplitMix64
  ) throws {
    let isBounded = output == .sigmoid || output == .softmax || kind == .squaredError
    let reduction = [Loss.Reduction.sum, .mean][random.index(below: 2)]
    loss =
      switch kind {
      case .squaredError: .squaredError(factor: random.uniform(0.5, 1), reduction: reduction)
      case .binaryCrossEntropy: .binaryCrossEntropy(factor: 1, reduction: reduction)
      case .crossEntropy: .crossEntropy(factor: 1 / .log(2), reduction: reduction)
      }
    var network: Network<Double>
    var inputs: Matrix<Double>
    var masks: [Matrix<Double>]
    repeat {
      var sizes = (0...layers).map { _ in 1 + random.index(below: 5) }
      // One class alone has the probability 1, whose complement has no logarithm.
      if output == .softmax { sizes[layers] += 1 }
      network = try Network(
        (1...layers).map { layer in
          let limit = layer == layers && !isBounded ? 0.1 : 1
          let scale = limit / Double(sizes[layer - 1]).squareRoot()
          return try Layer(
            Parameters(
              weights: Matrix(rows: sizes[layer], columns: sizes[layer - 1]) { _, _ in
                random.uniform(-scale, scale)
              },
              // Without a squashing function the bias keeps the answers between 0 and 1.
              biases: (0..<sizes[layer]).map { _ in
                limit == 1 ? random.uniform(-1, 1) : random.uniform(0.3, 0.7)
              }),
            activation: layer == layers ? output : hidden)
        })
      inputs = Matrix(rows: sizes[0], columns: 1 + random.index(below: 4)) { _, _ in
        random.uniform(-1, 1)
      }
      masks =
        drops
        ? sizes[1..<layers].map { units in
          Matrix(rows: units, columns: inputs.columns) { _, _ in
            random.uniform(0, 1) < 0.7 ? 1 / 0.7 : 0
          }
        } : []
    } while try !isBounded
      && !network.forward(inputs, masks: masks).output.elements.allSatisfy { 0.05...0.95 ~= $0 }
    self.network = network
    self.inputs = inputs
    self.masks = masks
    switch kind {
    case .crossEntropy:
      // One-hot, or a distribution.
      let classes = network.outputCount
      let columns = (0..<inputs.columns).map { _ in
        let weights =
          random.index(below: 2) == 0
          ? (0..<classes).map { _ in random.uniform(0.1, 1) }
          : { hot in (0..<classes).map { $0 == hot ? 1 : 0 } }(random.index(below: classes))
        return weights.map { $0 / weights.reduce(0, +) }
      }
      targets = Matrix(rows: classes, columns: inputs.columns) { columns[$1][$0] }
    case .binaryCrossEntropy, .squaredError:
      targets = Matrix(rows: network.outputCount, columns: inputs.columns) { _, _ in
        [0, 1, random.uniform(0, 1)][random.index(below: 3)]
      }
    }
  }

  func exact(regularization: Regularization = .none) throws -> [Double] {
    try network.exactGradient(
      inputs: inputs, targets: targets, loss: loss, regularization: regularization, masks: masks)
  }

  /// The largest difference between `backward` and the exact gradient, relative to its largest entry.
  func error(regularization: Regularization) throws -> Double {
    let back = try network.backward(
      network.forward(inputs, masks: masks), targets: targets, loss: loss,
      regularization: regularization
    ).gradients.flatMap(\.elements)
    let exact = try exact(regularization: regularization)
    let largest = exact.map(\.magnitude).max() ?? 0
    let error = zip(back, exact).map { ($0 - $1).magnitude }.max() ?? 0
    guard back.count == exact.count, error.isFinite else { return .infinity }
    return error == 0 ? 0 : error / largest
  }
}
