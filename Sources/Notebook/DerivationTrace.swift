import NeuralNetwork

/// Goes through a run in the order of its computation and notes which object is which quantity.
struct DerivationTrace<Number: Scalar> {
  typealias Term = Symbolic<Number>

  private(set) var steps: [(quantity: Quantity, term: Term)] = []
  private(set) var quantities: [ObjectIdentifier: Quantity] = [:]
  /// A gradient may be another quantity too, as ∂L/∂b is δ for one example, or that of several parameters
  /// that are one.
  private(set) var gradients: [ObjectIdentifier: Set<Quantity>] = [:]

  init(_ run: SymbolicRun<Number>) {
    let layers = Array(run.network.layers.indices)
    if let cost = run.cost {
      for layer in layers {
        note(run.pass.z(layer + 1)) { .z(layer: layer + 1, unit: $0, example: $1) }
        note(run.pass.a(layer + 1)) { .a(layer: layer + 1, unit: $0, example: $1) }
      }
      steps.append((.cost, CostFormula(pass: run.pass, layers: layers.count).asWritten(cost)))
    }
    for layer in layers.reversed() {
      note(run.deltas[layer]) { .delta(layer: layer + 1, unit: $0, example: $1) }
    }
    for layer in layers {
      let parameters = run.network.layers[layer].parameters
      for (parameter, term) in zip(parameters.inRows, run.gradients[layer].inRows) {
        if let quantity = parameter.quantity?.gradient { noteGradient(term, quantity) }
      }
    }
    for (layer, updated) in (run.updated ?? []).enumerated() {
      let parameters = run.network.layers[layer].parameters
      for (parameter, term) in zip(parameters.inRows, updated.inRows) where term !== parameter {
        if let quantity = parameter.quantity?.afterStep { steps.append((quantity, term)) }
      }
    }
  }

  private mutating func note(_ matrix: Matrix<Term>, _ quantity: (Int, Int) -> Quantity) {
    for column in 0..<matrix.columns {
      for row in 0..<matrix.rows {
        let term = matrix[row, column]
        append(term, quantity(row + 1, column + 1))
        quantities[ObjectIdentifier(term)] = quantity(row + 1, column + 1)
      }
    }
  }

  private mutating func noteGradient(_ term: Term, _ quantity: Quantity) {
    append(term, quantity, or: gradients[ObjectIdentifier(term)]?.first)
    gradients[ObjectIdentifier(term), default: []].insert(quantity)
  }

  /// A result that is another quantity's very object, as `a` is `z` in a linear unit, is written as that
  /// quantity's name.
  private mutating func append(_ term: Term, _ quantity: Quantity, or other: Quantity? = nil) {
    let earlier = quantities[ObjectIdentifier(term)] ?? other
    steps.append((quantity, earlier.map { Term(.quantity($0), number: term.number) } ?? term))
  }
}

extension Parameters {
  /// The weights of a unit and then its bias, unit by unit, as they are written on the page.
  fileprivate var inRows: [T] {
    (0..<weights.rows).flatMap { weights.row($0) + [biases[$0]] }
  }
}

extension Symbolic {
  /// The quantity that was given, if it is one.
  var quantity: Quantity? {
    if case .quantity(let quantity) = form { quantity } else { nil }
  }
}

extension Quantity {
  /// Of a parameter, before or after the step, the gradient that moves it.
  var gradient: Quantity? {
    switch self {
    case .weight(let layer, let unit, let source), .newWeight(let layer, let unit, let source):
      .weightGradient(layer: layer, unit: unit, source: source)
    case .bias(let layer, let unit), .newBias(let layer, let unit):
      .biasGradient(layer: layer, unit: unit)
    default: nil
    }
  }

  /// Of a parameter, what it is after the step.
  var afterStep: Quantity? {
    switch self {
    case .weight(let layer, let unit, let source):
      .newWeight(layer: layer, unit: unit, source: source)
    case .bias(let layer, let unit): .newBias(layer: layer, unit: unit)
    default: nil
    }
  }
}
