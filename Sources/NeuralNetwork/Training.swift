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
  public mutating func trainEpoch(
    inputs: Matrix<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none,
    learningRate: T, batchSize: Int, dropRates: [Double] = [], using generator: inout SplitMix64
  ) throws {
    try inputs.withPanel {
      try trainEpoch(
        ExampleInputs($0), targets: targets, loss: loss, regularization: regularization,
        learningRate: learningRate, batchSize: batchSize, dropRates: dropRates, using: &generator)
    }
  }

  /// One epoch of gradient descent on images as they are stored, a byte a pixel.
  ///
  /// The parameters become the same, to the last bit, as with `Matrix(inputs)`, which takes eight times the memory
  /// in `Double`.
  ///
  /// - Throws: as with a matrix of numbers.
  public mutating func trainEpoch(
    inputs: ByteMatrix, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none,
    learningRate: T, batchSize: Int, dropRates: [Double] = [], using generator: inout SplitMix64
  ) throws {
    try inputs.withInputs {
      try trainEpoch(
        $0, targets: targets, loss: loss, regularization: regularization,
        learningRate: learningRate, batchSize: batchSize, dropRates: dropRates, using: &generator)
    }
  }

  @_specialize(where T == Double)
  @_specialize(where T == Float)
  private mutating func trainEpoch(
    _ inputs: ExampleInputs<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization,
    learningRate: T, batchSize: Int, dropRates: [Double], using generator: inout SplitMix64
  ) throws {
    let shape = inputs.shape
    guard batchSize >= 1 else {
      throw NetworkError.invalidSetting(
        name: "batch size", value: Double(batchSize), allowed: "1 or more examples")
    }
    guard shape.rows == inputCount else {
      throw NetworkError.shapeMismatch(
        operation: "weights of layer 1 and inputs", left: layers[0].weights.shape,
        right: shape)
    }
    guard shape.columns == targets.columns, targets.rows == outputCount else {
      throw NetworkError.shapeMismatch(
        operation: "outputs and targets", left: Shape(outputCount, shape.columns),
        right: targets.shape)
    }
    guard learningRate.value.isFinite else {
      throw NetworkError.invalidSetting(
        name: "learningRate", value: learningRate.value, allowed: "a finite number")
    }
    try loss.check(targets: targets)
    if !dropRates.isEmpty { try check(dropRates) }
    let order = generator.permutation(of: shape.columns)
    let size = min(batchSize, max(order.count, 1))
    let workspace = Workspace(
      of: self, examples: size, isMasked: !dropRates.isEmpty, numbers: inputs.numbers)
    defer {
      for index in layers.indices { layers[index].parameters = workspace.parameters(index) }
    }
    try order.withUnsafeBufferPointer { order in
      try targets.withPanel { targets in
        let step = TrainingStep(
          in: workspace, inputs: inputs, targets: targets, loss: loss,
          regularization: regularization, learningRate: learningRate)
        let done = try step.takeSmall(order, batchSize: size)
        try step.begin(UnsafeBufferPointer(rebasing: order[done...].prefix(size)))
        for start in stride(from: done, to: order.count, by: size) {
          let end = min(start + size, order.count)
          let batch = UnsafeBufferPointer(rebasing: order[start..<end])
          let next = UnsafeBufferPointer(rebasing: order[end...].prefix(size))
          for (layer, rate) in zip(workspace.layers, dropRates) {
            layer.mask.drawMask(rate, columns: 0..<batch.count, using: &generator)
          }
          try step.take(batch, next: next)
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
