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
  public mutating func trainEpoch(
    inputs: Matrix<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none,
    learningRate: T, batchSize: Int, dropRates: [Double] = [], using generator: inout SplitMix64
  ) throws {
    guard batchSize >= 1 else {
      throw NetworkError.invalidSetting(
        name: "batch size", value: Double(batchSize), allowed: "1 or more examples")
    }
    let order = generator.permutation(of: inputs.columns)
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let batch = order[start..<min(start + batchSize, order.count)]
      let masks =
        dropRates.isEmpty
        ? [] : try dropoutMasks(rates: dropRates, examples: batch.count, using: &generator)
      let pass = try forward(inputs.columns(batch), masks: masks)
      let back = try backward(
        pass, targets: targets.columns(batch), loss: loss, regularization: regularization)
      try update(with: back.gradients, learningRate: learningRate)
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
