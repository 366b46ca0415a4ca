import NeuralNetwork

/// Every step of one forward pass, backward pass and update as formula, numbers put in, and result, in
/// the symbols of one document.
///
/// The network itself writes them: it is run once on symbolic numbers, and each line is read off what its
/// result remembers. A `Derivation<HandNumber>` notes the values of a person with a calculator.
public struct Derivation<Number: Scalar> {
  typealias Term = Symbolic<Number>

  /// The document whose symbols are used.
  public let dialect: Dialect
  /// What each quantity's formula is, in the order of the computation.
  let steps: [(quantity: Quantity, term: Term)]
  let names: QuantityNames
  let network: Network<Term>
  let learningRate: Number?
  let targets: Matrix<Term>
  let pass: ForwardPass<Term>
  let back: BackwardPass<Term>
  private let quantities: [ObjectIdentifier: Quantity]
  private let gradients: [ObjectIdentifier: Quantity]
  private let index: [Quantity: Int]
  private let activations: [Activation]
  let constants: ConstantNames
  let format: NumberFormat

  /// Runs the network on symbols.
  ///
  /// - Parameters:
  ///   - stated: a forward pass as a document states it, instead of the network's own; an entry that is
  ///     NaN is unknown and stays a symbol.
  ///   - learningRate: of the update; no update without one.
  ///   - format: of computed numbers.
  /// - Throws: as `forward`, `backward` and `update`.
  public init(
    _ network: Network<Number>, inputs: Matrix<Number>, targets: Matrix<Number>, loss: Loss,
    regularization: Regularization = .none, masks: [Matrix<Number>] = [],
    stated: ForwardPass<Number>? = nil, learningRate: Number? = nil, in dialect: Dialect,
    format: NumberFormat = .upTo(6)
  ) throws {
    let symbols = try network.symbolic()
    let count = inputs.columns
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
    var steps: [(quantity: Quantity, term: Term)] = []
    var quantities: [ObjectIdentifier: Quantity] = [:]
    var gradients: [ObjectIdentifier: Quantity] = [:]

    // A result that is another quantity's very object, as `a` is `z` in a linear unit, is written as that
    // quantity's name.
    func note(_ term: Term, _ quantity: Quantity) {
      let earlier = quantities[ObjectIdentifier(term)]
      steps.append((quantity, earlier.map { Term(.quantity($0), number: term.number) } ?? term))
      quantities[ObjectIdentifier(term)] = quantity
    }
    func note(_ matrix: Matrix<Term>, _ quantity: (Int, Int) -> Quantity) {
      for column in 0..<matrix.columns {
        for row in 0..<matrix.rows { note(matrix[row, column], quantity(row + 1, column + 1)) }
      }
    }
    if stated == nil {
      for layer in 1...symbols.layers.count {
        note(pass.z(layer)) { .z(layer: layer, unit: $0, example: $1) }
        note(pass.a(layer)) { .a(layer: layer, unit: $0, example: $1) }
      }
      let cost = try symbols.cost(
        of: pass, targets: y, loss: loss, regularization: regularization)
      steps.append((.cost, CostFormula(pass: pass, layers: symbols.layers.count).asWritten(cost)))
    }
    for layer in stride(from: symbols.layers.count, to: 0, by: -1) {
      note(back.delta(layer)) { .delta(layer: layer, unit: $0, example: $1) }
    }
    let known = quantities
    func noteGradient(_ term: Term, _ quantity: Quantity) {
      let earlier = known[ObjectIdentifier(term)]
      steps.append((quantity, earlier.map { Term(.quantity($0), number: term.number) } ?? term))
      gradients[ObjectIdentifier(term)] = quantity
    }
    for layer in 1...symbols.layers.count {
      let gradient = back.gradient(layer)
      for unit in 1...gradient.weights.rows {
        for source in 1...gradient.weights.columns {
          noteGradient(
            gradient.weights[unit - 1, source - 1],
            .weightGradient(layer: layer, unit: unit, source: source))
        }
        noteGradient(gradient.biases[unit - 1], .biasGradient(layer: layer, unit: unit))
      }
    }
    if let learningRate {
      var updated = symbols
      try updated.update(
        with: back.gradients, learningRate: Term(.learningRate, learningRate))
      for (layer, new) in updated.layers.enumerated() {
        for unit in 1...new.weights.rows {
          for source in 1...new.weights.columns {
            steps.append(
              (
                .newWeight(layer: layer + 1, unit: unit, source: source),
                new.weights[unit - 1, source - 1]
              ))
          }
          steps.append((.newBias(layer: layer + 1, unit: unit), new.biases[unit - 1]))
        }
      }
    }
    self.dialect = dialect
    self.format = format
    self.pass = pass
    self.back = back
    self.network = symbols
    self.learningRate = learningRate
    self.targets = y
    self.steps = steps
    self.quantities = quantities
    self.gradients = gradients
    index = Dictionary(
      steps.enumerated().map { ($1.quantity, $0) }, uniquingKeysWith: { first, _ in first })
    activations = symbols.layers.map(\.activation)
    names = QuantityNames(
      dialect: dialect, layers: symbols.layers.count, outputs: targets.rows, examples: count)
    constants = ConstantNames(
      loss: loss, regularization: regularization, examples: count,
      exampleCount: dialect.exampleCount)
  }

  /// The quantities in the order of their computation.
  public var order: [Quantity] { steps.map(\.quantity) }

  /// All lines of a stage, in the order of the computation.
  public func lines(_ stage: DerivationStage) -> [DerivationLine] {
    order.filter { $0.stage == stage }.map { line($0) }
  }

  /// One line of the derivation.
  ///
  /// - Parameter throughDeltas: whether deltas are written out down to the outputs, as a chain rule.
  public func line(_ quantity: Quantity, throughDeltas: Bool = false) -> DerivationLine {
    guard let step = index[quantity] else {
      preconditionFailure("the derivation has no \(quantity)")
    }
    let term = withBiasColumn(steps[step].term, of: quantity)
    let writer = self.writer { name(of: $0, in: quantity, throughDeltas: throughDeltas) }
    let formula = writer.text(term, .symbols)
    let numbers = writer.text(term, .numbers)
    let result = writer.result(term)
    return DerivationLine(
      symbol: names(quantity), isAssignment: quantity.gradient != nil, formula: formula,
      numbers: numbers, result: result, condition: condition(quantity),
      numbersAreExact: writer.isExact(term),
      resultIsExact: !term.isKnown
        || isClose(writer.asShown(term), format.rounded(term.value), within: 1e-12))
  }

  /// A writer that stops where `quantity` gives a name.
  func writer(stoppingAt quantity: @escaping (Term) -> Quantity?) -> FormulaWriter<Number> {
    FormulaWriter(
      quantity: quantity, name: { names($0) }, format: format, constants: constants)
  }

  /// The number of a quantity, in its own arithmetic.
  public func number(_ quantity: Quantity) -> Number {
    guard let step = index[quantity] else {
      preconditionFailure("the derivation has no \(quantity)")
    }
    return steps[step].term.number
  }

  private func name(
    of term: Term, in line: Quantity, throughDeltas: Bool = false
  ) -> Quantity? {
    if case .quantity(let quantity) = term.form { return quantity }
    if term.isKnown, let gradient = gradients[ObjectIdentifier(term)], gradient == line.gradient {
      return gradient
    }
    let quantity = quantities[ObjectIdentifier(term)]
    if throughDeltas, case .delta? = quantity { return nil }
    return quantity
  }

  /// 003 has the bias as weight of a unit `a₀ = 1`: first in a sum, and a factor of its gradient.
  private func withBiasColumn(_ term: Term, of quantity: Quantity) -> Term {
    guard dialect.hasBiasColumn else { return term }
    func one(_ layer: Int, _ example: Int) -> Term {
      Term(.quantity(.a(layer: layer, unit: 0, example: example)), number: Number(1))
    }
    switch (quantity, term.form) {
    case (.z(let layer, _, let example), .sum(let products, let bias)):
      let first = Term(.product(bias, one(layer - 1, example)), number: bias.number)
      return Term(.sum(first, products), number: term.number)
    case (.biasGradient, _):
      if case .delta(let layer, _, let example)? = name(of: term, in: quantity) {
        return Term(.product(term, one(layer - 1, example)), number: term.number)
      }
      switch term.form {
      case .sum(let l, let r):
        return Term(
          .sum(withBiasColumn(l, of: quantity), withBiasColumn(r, of: quantity)),
          number: term.number)
      case .product(let l, let r):
        return Term(.product(l, withBiasColumn(r, of: quantity)), number: term.number)
      default: return term
      }
    default: return term
    }
  }

  /// Which side of a kink a unit is on.
  private func condition(_ quantity: Quantity) -> String? {
    let place: (layer: Int, unit: Int, example: Int)
    switch quantity {
    case .a(let layer, let unit, let example): place = (layer, unit, example)
    case .delta(let layer, let unit, let example): place = (layer, unit, example)
    default: return nil
    }
    guard activations[place.layer - 1].hasKink else { return nil }
    let z = pass.z(place.layer)[place.unit - 1, place.example - 1].value
    let name = names(.z(layer: place.layer, unit: place.unit, example: place.example))
    return z > 0 ? "\(name) > 0" : "\(name) \\le 0"
  }
}

extension Quantity {
  /// Whether it is put in, not computed.
  var isGiven: Bool {
    switch self {
    case .a(let layer, let unit, _): layer == 0 || unit == 0
    case .target, .mask, .weight, .bias, .learningRate: true
    default: false
    }
  }

  var stage: DerivationStage? {
    switch self {
    case .z, .a: .forward
    case .cost: .cost
    case .delta: .deltas
    case .weightGradient, .biasGradient: .gradients
    case .newWeight, .newBias: .update
    case .target, .mask, .weight, .bias, .learningRate: nil
    }
  }

  /// Of a parameter after the step, the gradient that moved it.
  var gradient: Quantity? {
    switch self {
    case .newWeight(let layer, let unit, let source):
      .weightGradient(layer: layer, unit: unit, source: source)
    case .newBias(let layer, let unit): .biasGradient(layer: layer, unit: unit)
    default: nil
    }
  }
}

extension Activation {
  fileprivate var hasKink: Bool {
    switch self {
    case .relu, .leakyReLU, .elu, .step: true
    case .identity, .sigmoid, .tanh, .softmax: false
    }
  }
}
