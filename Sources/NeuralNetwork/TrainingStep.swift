import Kernels

/// The steps of an epoch: forward, backward, and down the gradient.
///
/// Two threads share a step that is worth it: the examples up to the deltas, then rows of the weights, for the
/// descent and, in layer 1, at once for the sums of the next batch. So each keeps its rows of the weights in its
/// cache; and each sum is one thread's, with the bits that it has without another.
final class TrainingStep<T: Scalar>: SharedWork {
  private enum Phase { case sums, passes, descent }

  private let workspace: Workspace<T>
  private let inputs: ExampleInputs<T>
  private let targets: Panel<T>
  private let loss: Loss
  private let regularization: Regularization
  private let learningRate: T
  /// What went wrong in each part.
  private let failures: UnsafeMutableBufferPointer<(any Error)?>

  // This step's.
  private var phase = Phase.sums
  private var parts = 1
  private var examples = 0
  private var upcoming = 0
  private var weight = 1.0
  private var shrink = 0.0

  /// - Parameters:
  ///   - inputs: `X`, all examples; it must stay where it is as long as there are steps.
  ///   - targets: `Y`, likewise, checked for the loss.
  init(
    in workspace: Workspace<T>, inputs: ExampleInputs<T>, targets: Panel<T>, loss: Loss,
    regularization: Regularization, learningRate: T
  ) {
    self.workspace = workspace
    self.inputs = inputs
    self.targets = targets
    self.loss = loss
    self.regularization = regularization
    self.learningRate = learningRate
    failures = .allocate(capacity: 2)
    failures.initialize(repeating: nil)
  }

  deinit {
    failures.deinitialize()
    failures.deallocate()
  }

  /// Steps on the first batches in order, as far as a kernel can make them whole.
  ///
  /// - Returns: how many examples had their step.
  func takeSmall(_ order: UnsafeBufferPointer<Int>, batchSize: Int) throws -> Int {
    let output = workspace.layers[workspace.layers.count - 1].activation
    guard let inputs = inputs.panel,
      let (scale, isFused) = loss.simpleDelta(after: output)
    else { return 0 }
    var done = 0
    // The last batch may be smaller.
    for examples in [batchSize, order.count % batchSize] where examples > 0 {
      let steps = (order.count - done) / examples
      let shrink = try regularization.slope(examples: examples)
      let made = T.take(
        SmallSteps(
          workspace: workspace, inputs: inputs, targets: targets, scale: scale, isFused: isFused,
          rate: learningRate, weight: loss.weight(examples: examples), shrink: shrink,
          biasShrink: regularization.includesBiases ? shrink : 0,
          order: UnsafeBufferPointer(rebasing: order[done...]), steps: steps, examples: examples))
      done += made * examples
      if made < steps { break }
    }
    return done
  }

  /// The sums of layer 1 of the first batch.
  func begin(_ batch: UnsafeBufferPointer<Int>) throws {
    inputs.list(batch, in: workspace.upcoming)
    upcoming = batch.count
    parts = workspace.parts(examples: upcoming)
    try perform(.sums)
  }

  /// One step on the batch whose sums of layer 1 are there; afterwards those of the next one are.
  ///
  /// - Parameter next: the batch after this one.
  /// - Throws: `NetworkError.notFinite` for an input, and as `Loss.delta`; the parameters are as before.
  func take(_ batch: UnsafeBufferPointer<Int>, next: UnsafeBufferPointer<Int>) throws {
    inputs.list(batch, in: workspace.inputs)
    workspace.targets.set(to: targets, batch)
    let weight = loss.weight(examples: batch.count)
    let shrink = try regularization.slope(examples: batch.count)
    (examples, self.weight, self.shrink) = (batch.count, weight, shrink)
    inputs.list(next, in: workspace.upcoming)
    upcoming = next.count
    parts = workspace.parts(examples: examples)
    try perform(.passes)
    try perform(.descent)
  }

  private func perform(_ phase: Phase) throws {
    if parts == 1 { return try perform(phase, part: 0) }
    self.phase = phase
    inTwoParts(self)
    for part in 0..<2 {
      if let failure = failures[part] { throw failure }
    }
  }

  @_specialize(where T == Double)
  @_specialize(where T == Float)
  override func perform(part: Int) {
    do { try perform(phase, part: part) } catch { failures[part] = error }
  }

  private func perform(_ phase: Phase, part: Int) throws {
    let layers = workspace.layers
    switch phase {
    case .sums:
      computeUpcomingSums(part)
    case .passes:
      let columns = examples.half(part, of: parts, unit: 1)
      // An input that is not finite makes no sum that is.
      if !T.areFinite(UnsafeBufferPointer(layers[0].z.block(columns))) {
        try inputs.requireFinite()
      }
      workspace.forward(columns)
      try workspace.deltas(columns, loss: loss)
    case .descent:
      fetchUpcoming()
      for (index, layer) in layers.enumerated() {
        // W := W − η (weight · δ aᵀ + shrink · W), b := b − η weight · δ: what `backward` and `update` do,
        // without a gradient in between.
        let rows = layer.weights.rows(part, of: parts)
        T.compute(
          MatrixProduct(
            delta: layer.delta, a: layer.below, examples: examples, into: layer.weights,
            rows: rows, ending: .descend(rate: learningRate, weight: weight, shrink: shrink)))
        T.compute(
          MatrixProduct(
            delta: layer.delta, a: workspace.ones, examples: examples, into: layer.biases,
            rows: rows,
            ending: .descend(
              rate: learningRate, weight: weight,
              shrink: regularization.includesBiases ? shrink : 0)))
        if index > 0 { layer.weights.transpose(into: layer.transposed, rows: rows) }
      }
      computeUpcomingSums(part)
    }
  }

  private func computeUpcomingSums(_ part: Int) {
    workspace.firstSums(
      Columns(workspace.upcoming, numbers: inputs.numbers),
      rows: workspace.layers[0].z.rows(part, of: parts), examples: upcoming)
  }

  private func fetchUpcoming() {
    // So little stays in the cache by itself.
    guard inputs.shape.columns * inputs.columnBytes > 1 << 19 else { return }
    UnsafeMutableRawPointer(workspace.upcoming).withMemoryRebound(
      to: UnsafeRawPointer?.self, capacity: upcoming
    ) { kernelFetch(upcoming, $0, inputs.columnBytes) }
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
