import NeuralNetwork

/// The names that a document gives whole layers: vectors for one example, matrices for several.
extension QuantityNames {
  func weights(_ layer: Int) -> String {
    whole(dialect.weight == "w" ? "W" : dialect.weight, dialect.number(ofWeightsTo: layer))
  }

  func biases(_ layer: Int) -> String { whole("b", dialect.number(ofWeightsTo: layer)) }

  func z(_ layer: Int) -> String { whole(batch(dialect.pre), dialect.number(ofLayer: layer)) }

  func a(_ layer: Int) -> String {
    if layer == 0, let input = dialect.input { return batch(input) }
    if layer == layers, let output = dialect.output { return examples > 1 ? "\\hat Y" : output }
    return whole(batch("a"), dialect.number(ofLayer: layer))
  }

  var target: String { batch("y") }

  func mask(_ layer: Int) -> String { whole(batch("r"), dialect.number(ofLayer: layer)) }

  func delta(_ layer: Int) -> String {
    guard let symbol = dialect.deltaSymbol else {
      return "\\frac{\\partial \(dialect.cost)}{\\partial \(z(layer))}"
    }
    return whole(
      symbol == "dz" && examples > 1 ? "dZ" : symbol, dialect.number(ofLayer: layer))
  }

  private func batch(_ symbol: String) -> String {
    examples > 1 ? symbol.uppercased() : symbol
  }

  private func whole(_ symbol: String, _ layer: Int) -> String {
    dialect.indexed(symbol, nil, layer)
  }
}

extension Activation {
  /// The function before its argument.
  var symbol: String {
    switch self {
    case .identity: ""
    case .step: "\\mathrm{step}"
    case .sigmoid: "\\sigma"
    case .tanh: "\\tanh"
    case .relu: "\\mathrm{ReLU}"
    case .leakyReLU: "\\mathrm{LeakyReLU}"
    case .elu: "\\mathrm{ELU}"
    case .softmax: "\\mathrm{softmax}"
    }
  }

  /// Its derivative as a matrix, from the layer's names.
  func slope(a: String, z: String) -> String {
    switch self {
    case .sigmoid: "\(a) \\odot (1 - \(a))"
    case .tanh: "(1 - \(a) \\odot \(a))"
    default: "g'(\(z))"
    }
  }
}
