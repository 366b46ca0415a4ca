import NeuralNetwork

/// One step for a whole layer and all examples.
public enum MatrixStep: Hashable, Sendable {
  case z(layer: Int)
  case a(layer: Int)
  case delta(layer: Int)
  case weightGradient(layer: Int)
  case biasGradient(layer: Int)
  case newWeights(layer: Int)
  case newBiases(layer: Int)
}

extension Derivation {
  /// A step with matrices: `Z^{[1]} = W^{[1]} X + b^{[1]}` and the same with all numbers put in.
  ///
  /// Reads better than single entries where a layer has many inputs or there are many examples. With 003's
  /// bias column the biases are column 0 of Θ and the activations have a row of ones on top.
  public func line(_ step: MatrixStep) -> DerivationLine {
    switch step {
    case .z(let layer): sums(layer)
    case .a(let layer): activations(layer)
    case .delta(let layer): deltas(layer)
    case .weightGradient(let layer): weightGradient(layer)
    case .biasGradient(let layer): biasGradient(layer)
    case .newWeights(let layer): update(layer, ofBiases: false)
    case .newBiases(let layer): update(layer, ofBiases: true)
    }
  }

  /// All matrix steps in the order of the computation.
  public var matrixOrder: [MatrixStep] {
    let layers = 1...network.layers.count
    let separateBiases = !dialect.hasBiasColumn
    let forward = layers.flatMap { [MatrixStep.z(layer: $0), .a(layer: $0)] }
    let deltas = layers.reversed().map { MatrixStep.delta(layer: $0) }
    let gradients = layers.flatMap {
      [.weightGradient(layer: $0)] + (separateBiases ? [MatrixStep.biasGradient(layer: $0)] : [])
    }
    let update = layers.flatMap {
      [.newWeights(layer: $0)] + (separateBiases ? [MatrixStep.newBiases(layer: $0)] : [])
    }
    return forward + deltas + gradients + (learningRate == nil ? [] : update)
  }

  /// The whole run with matrices.
  public var matrixLines: [DerivationLine] { matrixOrder.map(line) }

  // MARK: Steps

  private func sums(_ layer: Int) -> DerivationLine {
    let parameters = network.layers[layer - 1]
    let below = passedOn(layer - 1)
    let w = names.weights(layer)
    let formula =
      dialect.hasBiasColumn
      ? "\(w) \(below.name)" : "\(w) \(below.name) + \(names.biases(layer))"
    let weights = withBiases(parameters.weights, parameters.biases)
    let numbers =
      dialect.hasBiasColumn
      ? "\(tex(weights)) \(tex(withOnes(below.matrix)))"
      : "\(tex(parameters.weights)) \(tex(below.matrix)) + \(tex(Matrix(column: parameters.biases)))"
    return line(
      names.z(layer), formula, numbers, pass.z(layer), from: [weights, below.matrix])
  }

  private func activations(_ layer: Int) -> DerivationLine {
    let z = pass.z(layer)
    let activation = network.layers[layer - 1].activation
    guard activation != .identity else {
      return line(names.a(layer), names.z(layer), nil, pass.a(layer), from: [z])
    }
    return line(
      names.a(layer), "\(activation.symbol)(\(names.z(layer)))",
      "\(activation.symbol)\(tex(z, bracket: "p"))", pass.a(layer), from: [z])
  }

  private func deltas(_ layer: Int) -> DerivationLine {
    let activation = network.layers[layer - 1].activation
    let z = pass.z(layer)
    let a = pass.a(layer)
    var formula: String
    var numbers: String
    if layer == network.layers.count {
      // The loss and the output function together: either ŷ − y, or what the loss sends back, times g′.
      if let factor = back.delta(layer)[0, 0].errorFactor {
        formula = "\(names.a(layer)) - \(names.target)"
        numbers = "\(tex(a)) - \(tex(targets))"
        if factor != 1 {
          let number = writer.entry(Term(factor))
          formula = "\(number) \\left(\(formula)\\right)"
          numbers = "\(number) \\left(\(numbers)\\right)"
        }
        return line(names.delta(layer), formula, numbers, back.delta(layer), from: [a, targets])
      }
      formula = "\\frac{\\partial \(dialect.cost)}{\\partial \(names.a(layer))}"
      numbers = tex(fromLoss)
    } else {
      let above = network.layers[layer]
      formula = "\(transposed(names.weights(layer + 1) + sources)) \(names.delta(layer + 1))"
      numbers = "\(tex(above.weights.transposed)) \(tex(back.delta(layer + 1)))"
      if let mask = pass.mask(layer) {
        formula += " \\odot \(names.mask(layer))"
        numbers += " \\odot \(tex(mask))"
      }
    }
    let operands = layer == network.layers.count ? [fromLoss] : [back.delta(layer + 1)]
    if activation == .identity {
      return line(names.delta(layer), formula, numbers, back.delta(layer), from: operands)
    }
    if activation == .softmax {
      let jacobian =
        "\\left(\\frac{\\partial \(names.a(layer))}{\\partial \(names.z(layer))}\\right)^{\\top}"
      return line(
        names.delta(layer), "\(jacobian) \(formula)", nil, back.delta(layer), from: operands)
    }
    let slopes = Matrix(
      rows: z.rows, columns: z.columns,
      elements: zip(z.elements, a.elements).map { activation.derivative(z: $0, a: $1) })
    return line(
      names.delta(layer),
      "\(formula) \\odot \(activation.slope(a: names.a(layer), z: names.z(layer)))",
      "\(numbers) \\odot \(tex(slopes))", back.delta(layer), from: operands + [slopes])
  }

  private func weightGradient(_ layer: Int) -> DerivationLine {
    let below = passedOn(layer - 1)
    let gradient = back.gradient(layer)
    let delta = back.delta(layer)
    let inputs = dialect.hasBiasColumn ? withOnes(below.matrix) : below.matrix
    var formula = "\(names.delta(layer)) \(transposed(below.name))"
    var numbers = "\(tex(delta)) \(tex(inputs.transposed))"
    if let symbol = constants.mean(true), let number = constants.mean(false) {
      formula = "\(symbol) \(formula)"
      numbers = "\(number) \(numbers)"
    }
    if let symbol = constants.slope(true), let number = constants.slope(false) {
      let parameters = network.layers[layer - 1]
      let penalized = withBiases(parameters.weights, parameters.biases.map { _ in Term(0) })
      formula += " + \(symbol) \(names.weights(layer))\(sources)"
      numbers += " + \(number) \(tex(penalized))"
    }
    return line(
      names.gradient(names.weights(layer)), formula, numbers,
      withBiases(gradient.weights, gradient.biases), from: [delta, inputs])
  }

  private func biasGradient(_ layer: Int) -> DerivationLine {
    let delta = back.delta(layer)
    let result = Matrix(column: back.gradient(layer).biases)
    guard delta.columns > 1 else {
      return line(
        names.gradient(names.biases(layer)), names.delta(layer), nil, result, from: [delta])
    }
    let columns = (0..<delta.columns).map { tex(Matrix(column: delta.column($0))) }
    var formula = "\\sum_{i} \(names.delta(layer))_{\\cdot i}"
    var numbers = columns.joined(separator: " + ")
    if let symbol = constants.mean(true), let number = constants.mean(false) {
      formula = "\(symbol) \(formula)"
      numbers = "\(number) \\left(\(numbers)\\right)"
    }
    return line(
      names.gradient(names.biases(layer)), formula, numbers, result, from: [delta])
  }

  private func update(_ layer: Int, ofBiases: Bool) -> DerivationLine {
    let parameters = network.layers[layer - 1].parameters
    let gradient = back.gradient(layer)
    guard let learningRate else { preconditionFailure("there is no update without learning rate") }
    let name = ofBiases ? names.biases(layer) : names.weights(layer)
    let old =
      ofBiases
      ? Matrix(column: parameters.biases) : withBiases(parameters.weights, parameters.biases)
    let slope =
      ofBiases ? Matrix(column: gradient.biases) : withBiases(gradient.weights, gradient.biases)
    let rate = Term(.learningRate, learningRate)
    let new = Matrix(
      rows: old.rows, columns: old.columns,
      elements: zip(old.elements, slope.elements).map { $0 - rate * $1 })
    return line(
      name, "\(name) - \(names(.learningRate)) \\, \(names.gradient(name))",
      "\(tex(old)) - \(NumberFormat.plain.tex(learningRate.value, factor: true)) \(tex(slope))",
      new, from: [old, slope], isAssignment: true)
  }

  // MARK: Pieces

  private var writer: FormulaWriter<Number> {
    writer { term in
      if case .quantity(let quantity) = term.form { quantity } else { nil }
    }
  }

  /// ∂loss/∂a of the outputs, which the output function's slope is multiplied with.
  private var fromLoss: Matrix<Term> {
    back.delta(network.layers.count).map { term in
      if case .product(let dA, _) = term.form { dA } else { term }
    }
  }

  /// The columns of Θ that are weights.
  private var sources: String { dialect.hasBiasColumn ? "_{j \\ge 1}" : "" }

  /// What a layer passes on, by name and in numbers.
  private func passedOn(_ layer: Int) -> (name: String, matrix: Matrix<Term>) {
    guard pass.mask(layer) != nil, let matrix = try? pass.passedOn(layer) else {
      return (names.a(layer), pass.a(layer))
    }
    return ("(\(names.a(layer)) \\odot \(names.mask(layer)))", matrix)
  }

  private func withBiases(_ weights: Matrix<Term>, _ biases: [Term]) -> Matrix<Term> {
    guard dialect.hasBiasColumn else { return weights }
    return Matrix(
      rows: weights.rows, columns: weights.columns + 1, elements: biases + weights.elements)
  }

  private func withOnes(_ matrix: Matrix<Term>) -> Matrix<Term> {
    Matrix(rows: matrix.rows + 1, columns: matrix.columns) {
      $0 == 0 ? Term(1) : matrix[$0 - 1, $1]
    }
  }

  private func transposed(_ name: String) -> String {
    name.contains("^") && !name.hasPrefix("(")
      ? "\\left(\(name)\\right)^{\\top}" : "\(name)^{\\top}"
  }

  private func tex(_ matrix: Matrix<Term>, bracket: String = "b") -> String {
    let rows = (0..<matrix.rows).map { row in
      matrix.row(row).map { writer.entry($0) }.joined(separator: " & ")
    }
    return "\\begin{\(bracket)matrix} \(rows.joined(separator: " \\\\ ")) \\end{\(bracket)matrix}"
  }

  private func line(
    _ symbol: String, _ formula: String, _ numbers: String?, _ result: Matrix<Term>,
    from operands: [Matrix<Term>], isAssignment: Bool = false
  ) -> DerivationLine {
    let text = tex(result)
    func isExact(_ matrix: Matrix<Term>) -> Bool {
      matrix.elements.allSatisfy(writer.isShownInFull)
    }
    return DerivationLine(
      symbol: symbol, isAssignment: isAssignment, formula: formula, numbers: numbers ?? text,
      result: text, condition: nil, numbersAreExact: operands.allSatisfy(isExact),
      resultIsExact: operands.allSatisfy(isExact) && isExact(result))
  }
}

extension Symbolic {
  /// What `ŷ − y` is multiplied by, if that is all there is to it.
  fileprivate var errorFactor: Double? {
    switch form {
    case .difference(_, let y):
      if case .quantity(.target) = y.form { return 1 }
      return nil
    case .product(let factor, let error):
      if case .constant = factor.form, let inner = error.errorFactor { return factor.value * inner }
      return nil
    default: return nil
    }
  }
}
