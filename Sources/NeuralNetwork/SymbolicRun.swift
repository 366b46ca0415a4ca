/// One forward pass, backward pass and update on symbols.
public struct SymbolicRun<Number: Scalar> {
  public typealias Term = Symbolic<Number>
  public typealias Update = (
    _ old: [Parameters<Term>], _ gradients: [Parameters<Term>], _ rate: Term
  )
    throws -> [Parameters<Term>]

  public let network: Network<Term>
  public let pass: ForwardPass<Term>
  public let targets: Matrix<Term>
  public let loss: Loss
  public let regularization: Regularization
  /// Nil where the forward pass was stated, and need not follow from the network.
  public let cost: Term?
  /// The deltas of layer 1…L.
  public let deltas: [Matrix<Term>]
  /// The gradients of layer 1…L.
  public let gradients: [Parameters<Term>]
  /// Nil where there is no update.
  public let learningRate: Number?
  /// The parameters of layer 1…L after the update.
  public let updated: [Parameters<Term>]?

  /// - Parameters:
  ///   - inputs: inputs × examples.
  ///   - targets: outputs × examples.
  ///   - masks: dropout's factors, one matrix a hidden layer; none without dropout.
  ///   - stated: a forward pass as a document states it, instead of the network's own; an entry that is
  ///     NaN is unknown and stays a symbol.
  ///   - biasless: the layers (from 1) that have no biases; theirs are no symbols but zeros.
  ///   - tying: makes one gradient of those of a parameter that is used in several places.
  ///   - update: the step, where it is not the plain one on all parameters.
  /// - Throws: as `forward`, `backward` and `update`.
  public init(
    of network: Network<Number>, inputs: Matrix<Number>, targets: Matrix<Number>, loss: Loss,
    regularization: Regularization = .none, masks: [Matrix<Number>] = [],
    stated: ForwardPass<Number>? = nil, learningRate: Number? = nil, biasless: Set<Int> = [],
    tying: ([Parameters<Term>]) -> [Parameters<Term>] = { $0 }, update: Update? = nil
  ) throws {
    let symbols = try network.symbolic(biasless: biasless)
    let y = targets.symbolic { .target(unit: $0, example: $1) }
    let pass =
      try stated?.symbolic()
      ?? symbols.forward(
        inputs.symbolic { .a(layer: 0, unit: $0, example: $1) },
        masks: masks.enumerated().map { layer, mask in
          mask.symbolic { .mask(layer: layer + 1, unit: $0, example: $1) }
        })
    let back = try symbols.backward(
      pass, targets: y, loss: loss, regularization: regularization)
    cost =
      stated == nil
      ? try symbols.cost(of: pass, targets: y, loss: loss, regularization: regularization) : nil
    deltas = (1...symbols.layers.count).map(back.delta)
    let gradients = tying(back.gradients)
    self.gradients = gradients
    updated = try learningRate.map { rate in
      let rate = Term(.learningRate, rate)
      if let update { return try update(symbols.layers.map(\.parameters), gradients, rate) }
      var moved = symbols
      try moved.update(with: gradients, learningRate: rate)
      return moved.layers.map(\.parameters)
    }
    self.network = symbols
    self.pass = pass
    self.targets = y
    self.loss = loss
    self.regularization = regularization
    self.learningRate = learningRate
  }
}
