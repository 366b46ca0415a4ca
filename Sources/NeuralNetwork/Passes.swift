/// Everything that a forward pass computes. Layers are numbered from 1; layer 0 is the input.
public struct ForwardPass<T: Scalar>: Equatable, Sendable {
  var preActivations: [Matrix<T>]
  var activations: [Matrix<T>]
  /// Dropout's factors for each hidden layer; empty without dropout.
  var masks: [Matrix<T>]

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

  /// The place for a pass of a network.
  init(of network: Network<T>, inputs: Matrix<T>, masks: [Matrix<T>]) {
    preActivations = network.layers.map {
      Matrix(zeros: Shape($0.weights.rows, inputs.columns))
    }
    activations = [inputs] + preActivations
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
    var pass = ForwardPass(of: self, inputs: inputs, masks: masks)
    try forward(in: &pass)
    return pass
  }

  /// The forward pass, in memory that is there.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  func forward(in pass: inout ForwardPass<T>) throws {
    for (index, layer) in layers.enumerated() {
      try layer.biases.withUnsafeBufferPointer { biases in
        // Z = W A + b; a layer without units has no biases, and nothing to compute.
        guard let biases = biases.baseAddress else { return }
        pass.preActivations[index].set(
          to: layer.weights, times: try pass.passedOn(index), .addBiases(biases))
      }
      pass.preActivations[index].note()
      layer.activation.forward(pass.preActivations[index], into: &pass.activations[index + 1])
      pass.activations[index + 1].note()
    }
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
    var deltas = pass.preActivations
    var transposed = layers.map { Matrix<T>(zeros: $0.weights.transposedShape) }
    try self.deltas(in: &deltas, transposed: &transposed, pass, targets: targets, loss: loss)
    let weight = loss.weight(examples: pass.examples)
    let shrink = try regularization.slope(examples: pass.examples)
    let gradients = try (1...last).map { layer in
      let delta = deltas[layer - 1]
      var weights = try (delta * pass.passedOn(layer - 1).transposed).scaled(by: weight)
      if shrink != 0 { weights = try weights + layers[layer - 1].weights.scaled(by: shrink) }
      var biases = delta.rowSums.map { weight == 1 ? $0 : T(weight) * $0 }
      if shrink != 0 && regularization.includesBiases {
        biases = zip(biases, layers[layer - 1].biases).map { $0 + T(shrink) * $1 }
      }
      weights.note()
      return Parameters(weights: weights, biases: biases.map(\.noted))
    }
    return BackwardPass(deltas: deltas, gradients: gradients)
  }

  /// The deltas, in memory that is there; `transposed` has place for the transposes of the weights.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  func deltas(
    in deltas: inout [Matrix<T>], transposed: inout [Matrix<T>], _ pass: ForwardPass<T>,
    targets: Matrix<T>, loss: Loss
  ) throws {
    let last = layers.count
    try loss.delta(
      z: pass.z(last), a: pass.a(last), activation: layers[last - 1].activation,
      targets: targets, into: &deltas[last - 1])
    deltas[last - 1].note()
    for layer in stride(from: last - 1, to: 0, by: -1) {
      // δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ g′(z^l)
      transposed[layer].setTransposed(layers[layer].weights)
      deltas[layer - 1].set(to: transposed[layer], times: deltas[layer], .store)
      if let mask = pass.mask(layer) {
        deltas[layer - 1] = try deltas[layer - 1].hadamard(mask)
      }
      try layers[layer - 1].activation.backward(
        &deltas[layer - 1], z: pass.z(layer), a: pass.a(layer))
      deltas[layer - 1].note()
    }
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
