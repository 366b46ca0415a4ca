import NeuralNetwork

/// The names that a document gives the quantities of one run of a network, in LaTeX.
///
/// Where there are several examples, the example is a second index: `a_{1,2}^{(2)}` is unit 1 for
/// example 2, as 002 writes the columns of its matrices.
struct QuantityNames: Sendable {
  let dialect: Dialect
  /// The number of the output layer, the input being layer 0.
  let layers: Int
  let outputs: Int
  let examples: Int

  func callAsFunction(_ quantity: Quantity) -> String {
    switch quantity {
    case .z(let layer, let unit, let example):
      dialect.indexed(dialect.pre, index(unit, example), dialect.number(ofLayer: layer))
    case .a(let layer, let unit, let example): activation(layer, unit, example)
    case .target(let unit, let example): atOutput("y", unit, example)
    case .mask(let layer, let unit, let example):
      dialect.indexed("r", index(unit, example), dialect.number(ofLayer: layer))
    case .weight(let layer, let unit, let source): dialect.weight(layer, unit, source)
    case .bias(let layer, let unit): dialect.bias(layer, unit)
    case .delta(let layer, let unit, let example): delta(layer, unit, example)
    case .weightGradient(let layer, let unit, let source):
      gradient(dialect.weight(layer, unit, source))
    case .biasGradient(let layer, let unit): gradient(dialect.bias(layer, unit))
    case .newWeight(let layer, let unit, let source): dialect.weight(layer, unit, source)
    case .newBias(let layer, let unit): dialect.bias(layer, unit)
    case .learningRate: dialect.learningRate ?? "\\alpha"
    case .cost: dialect.cost
    }
  }

  private func index(_ unit: Int, _ example: Int) -> String {
    examples > 1 ? "\(unit),\(example)" : "\(unit)"
  }

  private func activation(_ layer: Int, _ unit: Int, _ example: Int) -> String {
    if layer == 0, let input = dialect.input { return "\(input)_{\(index(unit, example))}" }
    if layer == layers, let output = dialect.output { return atOutput(output, unit, example) }
    return dialect.indexed("a", index(unit, example), dialect.number(ofLayer: layer))
  }

  /// A network with one output answers ŷ, not ŷ₁.
  private func atOutput(_ symbol: String, _ unit: Int, _ example: Int) -> String {
    outputs == 1 && examples == 1 ? symbol : "\(symbol)_{\(index(unit, example))}"
  }

  private func delta(_ layer: Int, _ unit: Int, _ example: Int) -> String {
    guard let symbol = dialect.deltaSymbol else {
      let z = self(.z(layer: layer, unit: unit, example: example))
      return "\\frac{\\partial \(dialect.cost)}{\\partial \(z)}"
    }
    return dialect.indexed(symbol, index(unit, example), dialect.number(ofLayer: layer))
  }

  /// 002 writes `dw`, 003 `D` with the indices of its Θ, the others ∂ over ∂.
  func gradient(_ parameter: String) -> String {
    switch dialect.gradient {
    case .quotient: "\\frac{\\partial \(dialect.cost)}{\\partial \(parameter)}"
    case .prefixed(let prefix): prefix + parameter
    case .instead(let symbol): parameter.replacing(dialect.weight, with: symbol)
    }
  }
}
