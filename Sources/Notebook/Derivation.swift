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
  let run: SymbolicRun<Number>
  /// What each quantity's formula is, in the order of the computation.
  let steps: [(quantity: Quantity, term: Term)]
  let names: QuantityNames
  let constants: ConstantNames
  let format: NumberFormat
  private let quantities: [ObjectIdentifier: Quantity]
  private let gradients: [ObjectIdentifier: Set<Quantity>]
  private let index: [Quantity: Int]

  /// Runs the network on symbols and reads off its steps.
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
    self.init(
      try SymbolicRun(
        of: network, inputs: inputs, targets: targets, loss: loss, regularization: regularization,
        masks: masks, stated: stated, learningRate: learningRate), in: dialect, format: format)
  }

  /// Reads off the steps of a run.
  public init(_ run: SymbolicRun<Number>, in dialect: Dialect, format: NumberFormat = .upTo(6)) {
    let trace = DerivationTrace(run)
    self.run = run
    self.dialect = dialect
    self.format = format
    steps = trace.steps
    quantities = trace.quantities
    gradients = trace.gradients
    index = Dictionary(
      steps.enumerated().map { ($1.quantity, $0) }, uniquingKeysWith: { first, _ in first })
    names = QuantityNames(
      dialect: dialect, layers: run.network.layers.count, outputs: run.targets.rows,
      examples: run.targets.columns)
    constants = ConstantNames(
      loss: run.loss, regularization: run.regularization, examples: run.targets.columns,
      exampleCount: dialect.exampleCount)
  }

  /// The quantities in the order of their computation.
  public var order: [Quantity] { steps.map(\.quantity) }

  /// All lines of a stage, in the order of the computation.
  ///
  /// - Parameter solved: whether the numbers stand there, or only formulas with room for a result.
  public func lines(_ stage: DerivationStage, solved: Bool = true) -> [DerivationLine] {
    order.filter { $0.stage == stage }.map { solved ? line($0) : blankLine($0) }
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
      symbol: names(quantity), isAssignment: quantity.stage == .update, formula: formula,
      numbers: numbers, result: result, condition: condition(quantity),
      numbersAreExact: writer.isExact(term),
      resultIsExact: !term.isKnown
        || isClose(writer.asShown(term), format.rounded(term.value), within: 1e-12))
  }

  /// A line to fill in. Which side of a kink a unit is on is for the reader to find out.
  func blankLine(_ quantity: Quantity) -> DerivationLine {
    let line = self.line(quantity)
    switch quantity {
    case .a(let layer, let unit, let example) where activation(layer).hasKink:
      let z = names(.z(layer: layer, unit: unit, example: example))
      return line.blank(formula: "\(activation(layer).symbol)(\(z))")
    case .delta(let layer, let unit, let example) where activation(layer).hasKink:
      let z = names(.z(layer: layer, unit: unit, example: example))
      let above = layer == run.network.layers.count ? nil : run.network.layers[layer]
      let terms = (above.map { 1...$0.weights.rows } ?? 1...1).map { j in
        above == nil
          ? "\\frac{\\partial \(dialect.cost)}{\\partial \(names(.a(layer: layer, unit: unit, example: example)))}"
          : names(.weight(layer: layer + 1, unit: j, source: unit)) + " \\, "
            + names(.delta(layer: layer + 1, unit: j, example: example))
      }
      let mask =
        run.pass.mask(layer) == nil
        ? "" : " \\, \(names(.mask(layer: layer, unit: unit, example: example)))"
      let sum = terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " + ")))"
      return line.blank(formula: "\(sum)\(mask) \\, g'(\(z))")
    default: return line.blank(formula: line.formula)
    }
  }

  private func activation(_ layer: Int) -> Activation { run.network.layers[layer - 1].activation }

  /// A writer that stops where `quantity` gives a name.
  func writer(stoppingAt quantity: @escaping (Term) -> Quantity?) -> FormulaWriter<Number> {
    FormulaWriter(
      quantity: quantity, name: { names($0) }, format: format, constants: constants)
  }

  /// The document's name of a quantity.
  public func symbol(_ quantity: Quantity) -> String { names(quantity) }

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
    if line.stage == .update, let gradient = line.gradient, term.isKnown,
      gradients[ObjectIdentifier(term)]?.contains(gradient) == true
    {
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
    case (.z(let layer, _, let example), .sum(let products, let bias)) where bias.quantity != nil:
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
    guard activation(place.layer).hasKink else { return nil }
    let z = run.pass.z(place.layer)[place.unit - 1, place.example - 1].value
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
}

extension Activation {
  fileprivate var hasKink: Bool {
    switch self {
    case .relu, .leakyReLU, .elu, .step: true
    case .identity, .sigmoid, .tanh, .softmax: false
    }
  }
}
