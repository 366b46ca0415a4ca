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
    try loss.check(targets: targets)
    if !dropRates.isEmpty { try check(dropRates) }
    let order = generator.permutation(of: inputs.columns)
    let workspace = Workspace(
      of: self, examples: min(batchSize, max(order.count, 1)), isMasked: !dropRates.isEmpty)
    defer {
      for index in layers.indices { layers[index].parameters = workspace.parameters(index) }
    }
    try order.withUnsafeBufferPointer { order in
      try inputs.withPanel { inputs in
        try targets.withPanel { targets in
          for start in stride(from: 0, to: order.count, by: batchSize) {
            let batch = UnsafeBufferPointer(
              rebasing: order[start..<min(start + batchSize, order.count)])
            for (layer, rate) in zip(workspace.layers, dropRates) {
              layer.mask.drawMask(rate, columns: 0..<batch.count, using: &generator)
            }
            try workspace.step(
              batch, inputs: inputs, targets: targets, loss: loss, regularization: regularization,
              learningRate: learningRate)
          }
        }
      }
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
    try check(rates)
    return zip(layers, rates).map { layer, rate in
      var mask = Matrix<T>(zeros: Shape(layer.weights.rows, examples))
      mask.withMutablePanel {
        $0.drawMask(rate, columns: 0..<examples, using: &generator)
      }
      return mask
    }
  }

  private func check(_ dropRates: [Double]) throws {
    guard dropRates.count == layers.count - 1 else {
      throw NetworkError.invalidSetting(
        name: "number of drop rates", value: Double(dropRates.count),
        allowed: "\(layers.count - 1), one a hidden layer")
    }
    if let bad = dropRates.first(where: { !(0..<1).contains($0) }) {
      throw NetworkError.invalidSetting(
        name: "drop rate", value: bad, allowed: "from 0 up to, not including, 1")
    }
  }
}

extension Panel {
  /// 0 for a dropped unit and `1/(1 − rate)` for a kept one, example by example.
  @inline(__always)
  fileprivate func drawMask(
    _ rate: Double, columns: Range<Int>, using generator: inout SplitMix64
  ) {
    let kept = T(1 / (1 - rate))
    for column in columns {
      for row in 0..<rows { self[column][row] = generator.uniform(0, 1) < rate ? T(0) : kept }
    }
  }
}

extension Workspace {
  /// One step on a batch: gather, forward, backward, and down the gradient.
  ///
  /// Two threads share the examples up to the deltas, and then the columns of the weights.
  ///
  /// - Throws: `NetworkError.notFinite` for an input, and as `Loss.delta`; the parameters are as before.
  @inline(__always)
  func step(
    _ batch: UnsafeBufferPointer<Int>, inputs: Panel<T>, targets: Panel<T>, loss: Loss,
    regularization: Regularization, learningRate: T
  ) throws {
    let weight = loss.weight(examples: batch.count)
    let shrink = try regularization.slope(examples: batch.count)
    let isShared = T.lineLength > 1 && batch.count > 1 && multiplications * batch.count > 40000
    guard isShared else {
      try passes(batch, 0..<batch.count, inputs: inputs, targets: targets, loss: loss)
      descend(
        0, of: 1, examples: batch.count, rate: learningRate, weight: weight, shrink: shrink,
        regularization)
      return
    }
    inTwoParts { part in
      let middle = batch.count / 2
      do {
        try passes(
          batch, part == 0 ? 0..<middle : middle..<batch.count, inputs: inputs, targets: targets,
          loss: loss)
      } catch { failures[part] = error }
    }
    for part in 0..<2 {
      if let failure = failures[part] { throw failure }
    }
    inTwoParts { part in
      descend(
        part, of: 2, examples: batch.count, rate: learningRate, weight: weight, shrink: shrink,
        regularization)
    }
  }

  @inline(__always)
  private func passes(
    _ batch: UnsafeBufferPointer<Int>, _ examples: Range<Int>, inputs: Panel<T>,
    targets: Panel<T>, loss: Loss
  ) throws {
    if !input.gather(inputs, batch, columns: examples) {
      try inputs.matrix(columns: 0..<inputs.columns).requireFinite("inputs")
    }
    _ = self.targets.gather(targets, batch, columns: examples)
    forward(examples)
    try deltas(examples, loss: loss)
  }

  /// `W := W − η (weight · δ aᵀ + shrink · W)`, `b := b − η weight · δ`: what `backward` and `update` do,
  /// without a gradient in between.
  @inline(__always)
  private func descend(
    _ part: Int, of parts: Int, examples: Int, rate: T, weight: Double, shrink: Double,
    _ regularization: Regularization
  ) {
    for (index, layer) in layers.enumerated() {
      let count = layer.weights.columns
      // Halves are whole tiles of the kernels.
      let middle = parts == 1 ? count : (count / 2 + 15) / 16 * 16
      let columns = part == 0 ? 0..<min(middle, count) : min(middle, count)..<count
      T.compute(
        MatrixProduct(
          delta: layer.delta, a: layer.below, examples: examples, into: layer.weights,
          columns: columns, ending: .descend(rate: rate, weight: weight, shrink: shrink)))
      if index > 0 { layer.weights.transpose(into: layer.transposed, columns: columns) }
      if part == parts - 1 {
        T.compute(
          MatrixProduct(
            delta: layer.delta, one: one, examples: examples, into: layer.biases,
            ending: .descend(
              rate: rate, weight: weight,
              shrink: regularization.includesBiases ? shrink : 0)))
      }
    }
  }
}
