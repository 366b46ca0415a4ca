extension Network {
  /// One epoch of gradient descent: every example once, in batches, a step after each batch.
  ///
  /// With `batchSize` the number of examples this is batch gradient descent, with 1 stochastic
  /// gradient descent, in between mini-batch gradient descent.
  ///
  /// - Parameters:
  ///   - inputs: `X`, inputs × examples.
  ///   - targets: `Y`, outputs × examples.
  ///   - dropRates: the probability of dropping a unit, for each hidden layer; empty for no dropout.
  ///   - generator: shuffles the examples and draws the masks.
  /// - Throws: `NetworkError.invalidSetting` unless `batchSize` is 1 or more, and as `backward`.
  ///
  /// Source: 000 "Stochastic gradient descent algorithm"; 004 "Batch size for stochastic gradient
  /// descent update".
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  public mutating func trainEpoch(
    inputs: Matrix<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none,
    learningRate: T, batchSize: Int, dropRates: [Double] = [], using generator: inout SplitMix64
  ) throws {
    guard batchSize >= 1 else {
      throw NetworkError.invalidSetting(
        name: "batch size", value: Double(batchSize), allowed: "1 or more examples")
    }
    guard inputs.rows == inputCount else {
      throw NetworkError.shapeMismatch(
        operation: "weights of layer 1 and inputs", left: layers[0].weights.shape,
        right: inputs.shape)
    }
    guard inputs.columns == targets.columns, targets.rows == outputCount else {
      throw NetworkError.shapeMismatch(
        operation: "outputs and targets", left: Shape(outputCount, inputs.columns),
        right: targets.shape)
    }
    guard learningRate.value.isFinite else {
      throw NetworkError.invalidSetting(
        name: "learningRate", value: learningRate.value, allowed: "a finite number")
    }
    let order = generator.permutation(of: inputs.columns)
    var workspace = Workspace(of: self, examples: min(batchSize, max(order.count, 1)))
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let batch = order[start..<min(start + batchSize, order.count)]
      if batch.count != workspace.pass.examples {
        workspace = Workspace(of: self, examples: batch.count)
      }
      workspace.pass.masks =
        dropRates.isEmpty
        ? [] : try dropoutMasks(rates: dropRates, examples: batch.count, using: &generator)
      if !workspace.pass.activations[0].gather(inputs, columns: batch) {
        try inputs.requireFinite("inputs")
      }
      _ = workspace.targets.gather(targets, columns: batch)
      try step(
        in: &workspace, loss: loss, regularization: regularization, learningRate: learningRate)
    }
  }

  /// One step on the batch that the workspace holds: forward, backward, and down the gradient.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  mutating func step(
    in workspace: inout Workspace<T>, loss: Loss, regularization: Regularization, learningRate: T
  ) throws {
    try forward(in: &workspace.pass)
    try deltas(
      in: &workspace.deltas, transposed: &workspace.transposed, workspace.pass,
      targets: workspace.targets, loss: loss)
    let weight = loss.weight(examples: workspace.pass.examples)
    let shrink = try regularization.slope(examples: workspace.pass.examples)
    for layer in 1...layers.count {
      let delta = workspace.deltas[layer - 1]
      // W := W − η (weight · δ aᵀ + shrink · W), b := b − η weight · δ: what `backward` and `update`
      // do, without a gradient in between.
      layers[layer - 1].parameters.weights.descend(
        delta: delta, a: try workspace.pass.passedOn(layer - 1), rate: learningRate,
        weight: weight, shrink: shrink)
      layers[layer - 1].parameters.biases.descend(
        delta: delta, rate: learningRate, weight: weight,
        shrink: regularization.includesBiases ? shrink : 0)
    }
  }

  /// Inverted dropout: for each hidden layer, 0 for a dropped unit and `1/(1 − p)` for a kept one,
  /// drawn anew for every example.
  ///
  /// The expectation of a masked activation is the activation itself, so nothing is scaled at test
  /// time.
  ///
  /// - Parameter rates: the probability p of dropping a unit, one for each hidden layer.
  /// - Throws: `NetworkError.invalidSetting` unless there is one rate in `0 ..< 1` a hidden layer.
  ///
  /// Source: 003 "Dropout".
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  public func dropoutMasks(
    rates: [Double], examples: Int, using generator: inout SplitMix64
  ) throws -> [Matrix<T>] {
    guard rates.count == layers.count - 1 else {
      throw NetworkError.invalidSetting(
        name: "number of drop rates", value: Double(rates.count),
        allowed: "\(layers.count - 1), one a hidden layer")
    }
    if let bad = rates.first(where: { !(0..<1).contains($0) }) {
      throw NetworkError.invalidSetting(
        name: "drop rate", value: bad, allowed: "from 0 up to, not including, 1")
    }
    return zip(layers, rates).map { layer, rate in
      Matrix(rows: layer.weights.rows, columns: examples) { _, _ in
        T(generator.uniform(0, 1) < rate ? 0 : 1 / (1 - rate))
      }
    }
  }
}

/// The memory of a training step, used again by the next one.
struct Workspace<T: Scalar> {
  var pass: ForwardPass<T>
  var targets: Matrix<T>
  var deltas: [Matrix<T>]
  var transposed: [Matrix<T>]

  init(of network: Network<T>, examples: Int) {
    pass = ForwardPass(
      of: network, inputs: Matrix(zeros: Shape(network.inputCount, examples)), masks: [])
    targets = Matrix(zeros: Shape(network.outputCount, examples))
    deltas = pass.preActivations
    transposed = network.layers.map { Matrix(zeros: $0.weights.transposedShape) }
  }
}

extension Array where Element: Scalar {
  /// `b := b − rate · (weight · Σ δ + shrink · b)`, the sum over the examples.
  @inline(__always)
  mutating func descend(delta: Matrix<Element>, rate: Element, weight: Double, shrink: Double) {
    let units = count
    withUnsafeMutableBufferPointer { biases in
      delta.elements.withUnsafeBufferPointer { delta in
        guard !delta.isEmpty else { return }
        for unit in 0..<units {
          var sum = delta[unit]
          for index in Swift.stride(from: unit + units, to: delta.count, by: units) {
            sum = sum + delta[index]
          }
          biases[unit] = biases[unit].descended(
            along: sum, rate: rate, weight: weight, shrink: shrink)
        }
      }
    }
  }
}
