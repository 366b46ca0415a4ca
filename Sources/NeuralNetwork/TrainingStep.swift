import Kernels

extension Workspace {
  /// One step on a batch: forward, backward, and down the gradient.
  ///
  /// Two threads share a step that is worth it: rows of the weights for the sums of layer 1, then the
  /// examples up to the deltas, then rows of the weights again. So each keeps its rows of the weights in its
  /// cache; and each sum is one thread's, with the bits that it has without another.
  ///
  /// - Parameter next: the next batch, which is fetched into the cache meanwhile.
  /// - Throws: `NetworkError.notFinite` for an input, and as `Loss.delta`; the parameters are as before.
  @inline(__always)
  func step(
    _ batch: UnsafeBufferPointer<Int>, next: UnsafeBufferPointer<Int>, inputs: Panel<T>,
    targets: Panel<T>, loss: Loss, regularization: Regularization, learningRate: T
  ) throws {
    self.inputs.set(to: inputs, batch)
    self.targets.set(to: targets, batch)
    upcoming.set(to: inputs, next)
    let examples = batch.count
    let weight = loss.weight(examples: examples)
    let shrink = try regularization.slope(examples: examples)
    let parts = parts(examples: examples)
    try inParts(parts) { part in
      firstSums(rows: layers[0].z.rows(part, of: parts), examples: examples)
    }
    try inParts(parts) { part in
      let columns = examples.half(part, of: parts, unit: 1)
      // An input that is not finite makes no sum that is.
      if !T.areFinite(UnsafeBufferPointer(layers[0].z.block(columns))) {
        try inputs.matrix(columns: 0..<inputs.columns).requireFinite("inputs")
      }
      forward(columns)
      try deltas(columns, loss: loss)
    }
    try inParts(parts) { part in
      UnsafeMutableRawPointer(upcoming).withMemoryRebound(
        to: UnsafeRawPointer?.self, capacity: next.count
      ) {
        kernelFetch(next.count, $0, inputs.rows * MemoryLayout<T>.stride)
      }
      for (index, layer) in layers.enumerated() {
        // W := W − η (weight · δ aᵀ + shrink · W), b := b − η weight · δ: what `backward` and `update` do,
        // without a gradient in between.
        let rows = layer.weights.rows(part, of: parts)
        T.compute(
          MatrixProduct(
            delta: layer.delta, a: layer.below, examples: examples, into: layer.weights, rows: rows,
            ending: .descend(rate: learningRate, weight: weight, shrink: shrink)))
        T.compute(
          MatrixProduct(
            delta: layer.delta, a: ones, examples: examples, into: layer.biases, rows: rows,
            ending: .descend(
              rate: learningRate, weight: weight,
              shrink: regularization.includesBiases ? shrink : 0)))
        if index > 0 { layer.weights.transpose(into: layer.transposed, rows: rows) }
      }
    }
  }

  /// Does `body(0)`, and `body(1)` by another thread when there are two parts.
  @inline(__always)
  private func inParts(_ parts: Int, _ body: (Int) throws -> Void) throws {
    if parts == 1 { return try body(0) }
    inTwoParts { part in
      do { try body(part) } catch { failures[part] = error }
    }
    for part in 0..<2 {
      if let failure = failures[part] { throw failure }
    }
  }
}

extension Panel {
  /// The rows of a part, in whole cache lines.
  @inline(__always)
  fileprivate func rows(_ part: Int, of parts: Int) -> Range<Int> {
    paddedRows.half(part, of: parts, unit: T.lineLength)
  }
}

extension Int {
  /// All numbers below this one, or one of two parts of them, in whole units.
  @inline(__always)
  fileprivate func half(_ part: Int, of parts: Int, unit: Int) -> Range<Int> {
    if parts == 1 { return 0..<self }
    let middle = Swift.min((self / 2 + unit - 1) / unit * unit, self)
    return part == 0 ? 0..<middle : middle..<self
  }
}
