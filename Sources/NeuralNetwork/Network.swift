/// The weights and biases of one layer, or their gradients.
public struct Parameters<T: Scalar>: Equatable, Sendable {
  /// Units × inputs: row i holds the weights into unit i.
  public var weights: Matrix<T>
  /// One bias a unit.
  public var biases: [T]

  /// - Parameters:
  ///   - weights: units × inputs.
  ///   - biases: one a unit.
  public init(weights: Matrix<T>, biases: [T]) {
    self.weights = weights
    self.biases = biases
  }

  /// All numbers in one list: the weights column by column, then the biases.
  public var elements: [T] { weights.elements + biases }
}

/// One layer: `z = W a + b`, then `a = g(z)`.
public struct Layer<T: Scalar>: Equatable, Sendable {
  /// The weights and biases.
  public internal(set) var parameters: Parameters<T>
  /// The function that makes activations of the sums.
  public let activation: Activation

  /// Units × inputs: row i holds the weights into unit i.
  public var weights: Matrix<T> { parameters.weights }
  /// One bias a unit.
  public var biases: [T] { parameters.biases }

  /// - Parameters:
  ///   - weights: units × inputs, as written on the page.
  ///   - biases: one a unit.
  /// - Throws: `NetworkError.raggedRows` or `.biasCount`.
  public init(weights: [[T]], biases: [T], activation: Activation) throws {
    try self.init(
      Parameters(weights: Matrix(weights), biases: biases), activation: activation)
  }

  /// - Throws: `NetworkError.biasCount` unless there is one bias a unit, and `.invalidSetting` for a
  ///   slope or an alpha that is not finite.
  public init(_ parameters: Parameters<T>, activation: Activation) throws {
    try activation.requireFiniteSetting()
    guard parameters.biases.count == parameters.weights.rows else {
      throw NetworkError.biasCount(
        weights: parameters.weights.shape, biases: parameters.biases.count)
    }
    self.parameters = parameters
    self.activation = activation
  }
}

/// A feed-forward network: layers in order, each fully connected to the one below.
///
/// Layers are numbered as in 001 and 002: the input is layer 0, `layers[0]` computes layer 1. A
/// document that counts the input as layer 1 (000, 003) is one ahead.
public struct Network<T: Scalar>: Equatable, Sendable {
  /// The layers with weights, the first hidden one first.
  public internal(set) var layers: [Layer<T>]

  /// - Throws: `NetworkError.layersDoNotChain`, or `.notFinite` for a weight or bias.
  public init(_ layers: [Layer<T>]) throws {
    precondition(!layers.isEmpty, "a network needs at least one layer")
    for (index, layer) in layers.enumerated() {
      if index > 0 && layer.weights.columns != layers[index - 1].weights.rows {
        throw NetworkError.layersDoNotChain(
          layer: index + 1, expectedInputs: layers[index - 1].weights.rows,
          weights: layer.weights.shape)
      }
      try layer.weights.requireFinite("weights of layer \(index + 1)")
      try Matrix(column: layer.biases).requireFinite("biases of layer \(index + 1)")
    }
    self.layers = layers
  }

  /// The number of inputs.
  public var inputCount: Int { layers[0].weights.columns }
  /// The number of output units.
  public var outputCount: Int { layers[layers.count - 1].weights.rows }

  /// The same network in another arithmetic, each parameter converted by `transform`.
  public func map<Other: Scalar>(_ transform: (T) -> Other) throws -> Network<Other> {
    try Network<Other>(
      layers.map { layer in
        try Layer(
          Parameters(
            weights: layer.weights.map(transform), biases: layer.biases.map(transform)),
          activation: layer.activation)
      })
  }

  /// All parameters in one list, layer by layer: the weights column by column, then the biases.
  public var parameters: [T] {
    get { layers.flatMap(\.parameters.elements) }
    set {
      precondition(newValue.count == parameters.count, "\(newValue.count) numbers do not fit")
      var rest = newValue[...]
      for index in layers.indices {
        let weights = layers[index].weights
        layers[index].parameters = Parameters(
          weights: Matrix(
            rows: weights.rows, columns: weights.columns,
            elements: Array(rest.prefix(weights.elements.count))),
          biases: Array(rest.dropFirst(weights.elements.count).prefix(weights.rows)))
        rest = rest.dropFirst(weights.elements.count + weights.rows)
      }
    }
  }

  /// One of the `parameters`, by its place among them.
  subscript(parameter index: Int) -> T {
    get {
      let (layer, place) = place(ofParameter: index)
      let weights = layers[layer].weights.elements
      return place < weights.count ? weights[place] : layers[layer].biases[place - weights.count]
    }
    set {
      let (layer, place) = place(ofParameter: index)
      let weights = layers[layer].weights.elements.count
      if place < weights {
        layers[layer].parameters.weights.elements[place] = newValue
      } else {
        layers[layer].parameters.biases[place - weights] = newValue
      }
    }
  }

  private func place(ofParameter index: Int) -> (layer: Int, place: Int) {
    var place = index
    for (number, layer) in layers.enumerated() {
      let count = layer.weights.elements.count + layer.biases.count
      if place < count { return (number, place) }
      place -= count
    }
    preconditionFailure("there is no parameter \(index)")
  }

  /// One step against the gradient: `W := W − η ∂J/∂W`, `b := b − η ∂J/∂b`, in every layer.
  ///
  /// The gradients are those of a finished backward pass, so no layer sees another's new weights.
  ///
  /// - Throws: `NetworkError.invalidSetting` for a learning rate that is not finite; `.shapeMismatch`
  ///   or `.biasCount` for gradients of another network.
  ///
  /// Source: 000 "Local Optimization"; 001 "Gradient Descent".
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  public mutating func update(with gradients: [Parameters<T>], learningRate: T) throws {
    guard learningRate.value.isFinite else {
      throw NetworkError.invalidSetting(
        name: "learningRate", value: learningRate.value, allowed: "a finite number")
    }
    precondition(gradients.count == layers.count, "one gradient a layer")
    let updated = try zip(layers, gradients).map { layer, gradient in
      guard gradient.biases.count == layer.biases.count else {
        throw NetworkError.biasCount(
          weights: layer.weights.shape, biases: gradient.biases.count)
      }
      return Parameters(
        weights: try layer.weights - gradient.weights.map { learningRate * $0 },
        biases: zip(layer.biases, gradient.biases).map { $0 - learningRate * $1 })
    }
    for index in layers.indices { layers[index].parameters = updated[index] }
  }
}
