/// Everything that a forward pass computes. Layers are numbered from 1; layer 0 is the input.
public struct ForwardPass<T: Scalar>: Equatable, Sendable {
  let preActivations: [Matrix<T>]
  let activations: [Matrix<T>]
  /// Dropout's factors for each hidden layer; empty without dropout.
  let masks: [Matrix<T>]

  /// The pass as somebody states it: the input, then `Z` and `A` of each layer.
  ///
  /// A document may print a forward pass that does not follow from its weights; this is how its
  /// backward pass is carried out all the same.
  ///
  /// - Throws: `NetworkError.shapeMismatch` when a layer's `Z` and `A` differ in shape, or the layers in
  ///   the number of examples.
  public init(stated input: Matrix<T>, layers: [(z: Matrix<T>, a: Matrix<T>)]) throws {
    for layer in layers where layer.z.shape != layer.a.shape {
      throw NetworkError.shapeMismatch(
        operation: "z and a of a layer", left: layer.z.shape, right: layer.a.shape)
    }
    for layer in layers where layer.z.columns != input.columns {
      throw NetworkError.shapeMismatch(
        operation: "examples of the input and of a layer", left: input.shape, right: layer.z.shape)
    }
    preActivations = layers.map(\.z)
    activations = [input] + layers.map(\.a)
    masks = []
  }

  /// What a workspace holds.
  init(_ workspace: Workspace<T>, of inputs: Matrix<T>, masks: [Matrix<T>]) {
    let columns = 0..<inputs.columns
    preActivations = workspace.layers.map { $0.z.matrix(columns: columns) }
    activations = [inputs] + workspace.layers.map { $0.a.matrix(columns: columns) }
    self.masks = masks
  }

  /// `Z` of a layer 1…L, units × examples.
  public func z(_ layer: Int) -> Matrix<T> { preActivations[layer - 1] }
  /// `A` of a layer 0…L, units × examples; `a(0)` is the input.
  public func a(_ layer: Int) -> Matrix<T> { activations[layer] }
  /// What a layer 0…L−1 passes on to the next one: its `A`, with dropout `A ⊙ mask`.
  public func passedOn(_ layer: Int) throws -> Matrix<T> {
    guard let mask = mask(layer) else { return a(layer) }
    return try a(layer).hadamard(mask)
  }
  /// Dropout's factors of a layer 1…L−1; nil without dropout.
  public func mask(_ layer: Int) -> Matrix<T>? {
    masks.indices.contains(layer - 1) ? masks[layer - 1] : nil
  }
  /// `ŷ`: the activations of the output layer, outputs × examples.
  public var output: Matrix<T> { activations[activations.count - 1] }
  /// The number of examples.
  public var examples: Int { activations[0].columns }
}

/// Everything that a backward pass computes. Layers are numbered from 1.
public struct BackwardPass<T: Scalar>: Equatable, Sendable {
  let deltas: [Matrix<T>]
  /// ∂cost/∂W and ∂cost/∂b of every layer, divided as the loss's reduction says.
  public let gradients: [Parameters<T>]

  /// `δ` of a layer 1…L, units × examples: each example's own ∂loss/∂z, undivided.
  public func delta(_ layer: Int) -> Matrix<T> { deltas[layer - 1] }
  /// ∂cost/∂W and ∂cost/∂b of a layer 1…L.
  public func gradient(_ layer: Int) -> Parameters<T> { gradients[layer - 1] }
}

extension Network {
  /// The forward pass: `Z = W A + b`, `A = g(Z)`, layer by layer, for all examples at once.
  ///
  /// - Parameters:
  ///   - inputs: `X`, inputs × examples; every column is one example.
  ///   - masks: dropout's factors, one matrix a hidden layer, units × examples; none at test time.
  /// - Returns: every `Z` and `A` on the way.
  /// - Throws: `NetworkError.shapeMismatch` or `.notFinite`, and `.invalidSetting` for no examples,
  ///   which have no mean.
  ///
  /// Source: 000 "Forward Propagation"; 001 "Pseudo code: Forward Propagation"; 002 "Forward
  /// propagation simply continues for all layers"; 003 "Review: Forward Propagation"; 004 "Forward
  /// pass".
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  @_specialize(where T == LineNumber)
  public func forward(
    _ inputs: Matrix<T>, masks: [Matrix<T>] = []
  ) throws -> ForwardPass<T> {
    guard inputs.rows == inputCount else {
      throw NetworkError.shapeMismatch(
        operation: "weights of layer 1 and inputs", left: layers[0].weights.shape,
        right: inputs.shape)
    }
    guard inputs.columns > 0 else {
      throw NetworkError.invalidSetting(
        name: "number of examples", value: 0, allowed: "1 or more")
    }
    guard masks.isEmpty || masks.count == layers.count - 1 else {
      throw NetworkError.invalidSetting(
        name: "number of dropout masks", value: Double(masks.count),
        allowed: "none, or \(layers.count - 1), one a hidden layer")
    }
    try inputs.requireFinite("inputs")
    let workspace = Workspace(
      of: self, examples: inputs.columns, isMasked: !masks.isEmpty, goesBack: false)
    try workspace.set(masks: masks)
    inputs.withPanel {
      workspace.inputs.set(to: $0, 0..<inputs.columns)
      workspace.firstSums(
        Columns(workspace.inputs), rows: 0..<workspace.layers[0].z.paddedRows,
        examples: inputs.columns)
    }
    workspace.forward(0..<inputs.columns)
    return ForwardPass(workspace, of: inputs, masks: masks)
  }

  /// The backward pass: the deltas from the output down, and from them every gradient.
  ///
  /// ```
  /// δ^L = ∂loss/∂z^L                    dW^l = δ^l (a^(l−1))ᵀ  (summed, or averaged, over examples)
  /// δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ g′(z^l)   db^l = δ^l
  /// ```
  ///
  /// - Parameters:
  ///   - pass: the forward pass of this network.
  ///   - targets: `Y`, outputs × examples.
  /// - Throws: `NetworkError.shapeMismatch`, `.notFinite` or `.outOfRange`.
  ///
  /// Source: 001 "Backpropagation Equations"; 002 "Backprop becomes more nuanced"; 003 "Back
  /// Propagation Algorithm"; 004 equations ① to ④.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  @_specialize(where T == LineNumber)
  public func backward(
    _ pass: ForwardPass<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none
  ) throws -> BackwardPass<T> {
    let last = layers.count
    precondition(
      pass.preActivations.count == last,
      "a pass of \(pass.preActivations.count) layers does not belong to a network of \(last)")
    try loss.check(outputs: pass.output, targets: targets)
    let workspace = Workspace(of: self, examples: pass.examples, isMasked: !pass.masks.isEmpty)
    try workspace.set(to: pass)
    let examples = 0..<pass.examples
    try targets.withPanel {
      workspace.targets.set(to: $0, examples)
      try workspace.deltas(examples, loss: loss)
    }
    let weight = loss.weight(examples: pass.examples)
    let shrink = try regularization.slope(examples: pass.examples)
    let deltas = workspace.layers.map { $0.delta.matrix(columns: examples) }
    let sums = pass.a(0).withPanel {
      workspace.inputs.set(to: $0, examples)
      return (0..<last).map { workspace.gradient($0, examples: pass.examples) }
    }
    let gradients = try (1...last).map { layer in
      var weights = sums[layer - 1].scaled(by: weight)
      if shrink != 0 { weights = try weights + layers[layer - 1].weights.scaled(by: shrink) }
      var biases = deltas[layer - 1].rowSums.map { weight == 1 ? $0 : T(weight) * $0 }
      if shrink != 0 && regularization.includesBiases {
        biases = zip(biases, layers[layer - 1].biases).map { $0 + T(shrink) * $1 }
      }
      return Parameters(weights: weights.map(\.noted), biases: biases.map(\.noted))
    }
    return BackwardPass(deltas: deltas, gradients: gradients)
  }

  /// The cost: the reduced loss of the examples plus the penalty.
  ///
  /// - Throws: as `forward` and `Loss.perExample`.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  @_specialize(where T == LineNumber)
  public func cost(
    inputs: Matrix<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none
  ) throws -> T {
    let pass = try forward(inputs)
    return try cost(of: pass, targets: targets, loss: loss, regularization: regularization)
  }

  /// The cost of a forward pass that has been made.
  ///
  /// - Throws: as `Loss.perExample`, and `NetworkError.invalidSetting` for a λ below 0.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  @_specialize(where T == LineNumber)
  public func cost(
    of pass: ForwardPass<T>, targets: Matrix<T>, loss: Loss, regularization: Regularization = .none
  ) throws -> T {
    let last = layers.count
    let losses = try loss.perExample(
      z: pass.z(last), a: pass.a(last), activation: layers[last - 1].activation, targets: targets)
    let data = loss.reduce(losses)
    let shrink = try regularization.slope(examples: pass.examples)
    guard shrink != 0 else { return data.noted }
    let penalized = layers.flatMap {
      regularization.includesBiases ? $0.parameters.elements : $0.weights.elements
    }
    let squares = penalized.map { $0 * $0 }
    return (data + T(shrink / 2) * squares.dropFirst().reduce(squares[0], +)).noted
  }
}
