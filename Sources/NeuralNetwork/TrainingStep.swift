extension Workspace {
  /// One step on a batch: gather, forward, backward, and down the gradient.
  ///
  /// Two threads share a step that is worth it: rows of the weights for the sums of layer 1, then the
  /// examples up to the deltas, then rows of the weights again. So each keeps its rows of the weights, and
  /// inputs of its own, in its cache; and each sum is one thread's, with the bits that it has without another.
  ///
  /// - Parameter upcoming: the next batch, which is fetched into the cache meanwhile.
  /// - Throws: `NetworkError.notFinite` for an input, and as `Loss.delta`; the parameters are as before.
  @inline(__always)
  func step(
    _ batch: UnsafeBufferPointer<Int>, upcoming: UnsafeBufferPointer<Int>, inputs: Panel<T>,
    targets: Panel<T>, loss: Loss, regularization: Regularization, learningRate: T
  ) throws {
    let examples = batch.count
    let weight = loss.weight(examples: examples)
    let shrink = try regularization.slope(examples: examples)
    let parts = parts(examples: examples)
    try inParts(parts) { part in
      guard input(part).gather(inputs, batch, columns: 0..<examples) else {
        try inputs.matrix(columns: 0..<inputs.columns).requireFinite("inputs")
        return
      }
      firstSums(of: input(part), rows: layers[0].z.rows(part, of: parts), examples: examples)
    }
    try inParts(parts) { part in
      let columns = examples.half(part, of: parts, unit: 1)
      _ = self.targets.gather(targets, batch, columns: columns)
      forward(columns)
      try deltas(columns, loss: loss)
    }
    try inParts(parts) { part in
      for (index, layer) in layers.enumerated() {
        // W := W − η (weight · δ aᵀ + shrink · W), b := b − η weight · δ: what `backward` and `update` do,
        // without a gradient in between.
        let rows = layer.weights.rows(part, of: parts)
        T.compute(
          MatrixProduct(
            delta: layer.delta, a: index == 0 ? input(part) : layer.below,
            examples: examples, into: layer.weights, rows: rows,
            ending: .descend(rate: learningRate, weight: weight, shrink: shrink),
            upcoming: index == 0 ? Upcoming(source: inputs, order: upcoming) : nil))
        T.compute(
          MatrixProduct(
            delta: layer.delta, one: one, examples: examples, into: layer.biases, rows: rows,
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
