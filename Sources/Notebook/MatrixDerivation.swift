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

  var stage: DerivationStage {
    switch self {
    case .z, .a: .forward
    case .delta: .deltas
    case .weightGradient, .biasGradient: .gradients
    case .newWeights, .newBiases: .update
    }
  }
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
    let layers = 1...run.network.layers.count
    let forward = layers.flatMap { [MatrixStep.z(layer: $0), .a(layer: $0)] }
    let deltas = layers.reversed().map { MatrixStep.delta(layer: $0) }
    let gradients = layers.flatMap {
      [MatrixStep.weightGradient(layer: $0)]
        + (separatesBiases($0) ? [.biasGradient(layer: $0)] : [])
    }
    let update = layers.flatMap { layer in
      (movesWeights(layer) ? [MatrixStep.newWeights(layer: layer)] : [])
        + (separatesBiases(layer) && movesBiases(layer) ? [.newBiases(layer: layer)] : [])
    }
    return forward + deltas + gradients + update
  }

  /// All lines of a stage with matrices.
  ///
  /// - Parameter solved: whether the numbers stand there, or only formulas with room for a result.
  public func matrixLines(_ stage: DerivationStage, solved: Bool = true) -> [DerivationLine] {
    matrixOrder.filter { $0.stage == stage }.map {
      let line = line($0)
      return solved ? line : line.blank(formula: line.formula)
    }
  }

  /// What the run starts from: input, target, parameters, dropout's factors.
  ///
  /// - Parameter inEntries: whether entries follow, whose names in 003 always have the bias as column 0.
  public func given(withTargets: Bool = true, inEntries: Bool) -> [DerivationLine] {
    func line(_ name: String, _ matrix: Matrix<Term>) -> DerivationLine {
      self.line(name, tex(matrix), nil, matrix, from: [matrix])
    }
    let parameters = (1...run.network.layers.count).flatMap { layer in
      let parameters = run.network.layers[layer - 1].parameters
      let isColumn =
        inEntries ? dialect.hasBiasColumn && hasBiases(layer) : hasBiasColumn(layer)
      let weights = parameters.weights
      var lines = [
        line(
          names.weights(layer),
          isColumn
            ? Matrix(
              rows: weights.rows, columns: weights.columns + 1,
              elements: parameters.biases + weights.elements) : weights)
      ]
      if hasBiases(layer) && !isColumn {
        lines.append(line(names.biases(layer), Matrix(column: parameters.biases)))
      }
      if let mask = run.pass.mask(layer) { lines.append(line(names.mask(layer), mask)) }
      return lines
    }
    let targets = withTargets ? [line(names.target, run.targets)] : []
    return [line(names.a(0), run.pass.a(0))] + targets + parameters
  }

  // MARK: Steps

  private func sums(_ layer: Int) -> DerivationLine {
    let parameters = run.network.layers[layer - 1]
    let below = passedOn(layer - 1)
    let weights = withBiases(parameters.weights, parameters.biases, layer)
    let inputs = withOnes(below.matrix, layer)
    var formula = "\(names.weights(layer)) \(below.name)"
    var numbers = "\(tex(weights)) \(tex(inputs))"
    if separatesBiases(layer) {
      formula += " + \(names.biases(layer))"
      numbers += " + \(tex(Matrix(column: parameters.biases)))"
    }
    return line(names.z(layer), formula, numbers, run.pass.z(layer), from: [weights, below.matrix])
  }

  private func activations(_ layer: Int) -> DerivationLine {
    let z = run.pass.z(layer)
    let activation = run.network.layers[layer - 1].activation
    guard activation != .identity else {
      return line(names.a(layer), names.z(layer), nil, run.pass.a(layer), from: [z])
    }
    return line(
      names.a(layer), "\(activation.symbol)(\(names.z(layer)))",
      "\(activation.symbol)\(tex(z, bracket: "p"))", run.pass.a(layer), from: [z])
  }

  private func deltas(_ layer: Int) -> DerivationLine {
    let activation = run.network.layers[layer - 1].activation
    let z = run.pass.z(layer)
    let a = run.pass.a(layer)
    var formula: String
    var numbers: String
    if layer == run.network.layers.count {
      // The loss and the output function together: either ŷ − y, or what the loss sends back, times g′.
      if let factor = run.deltas[layer - 1][0, 0].errorFactor {
        formula = "\(names.a(layer)) - \(names.target)"
        numbers = "\(tex(a)) - \(tex(run.targets))"
        if factor != 1 {
          let number = writer.entry(Term(factor))
          formula = "\(number) \\left(\(formula)\\right)"
          numbers = "\(number) \\left(\(numbers)\\right)"
        }
        return line(
          names.delta(layer), formula, numbers, run.deltas[layer - 1], from: [a, run.targets])
      }
      formula = "\\frac{\\partial \(dialect.cost)}{\\partial \(names.a(layer))}"
      numbers = tex(fromLoss)
    } else {
      let above = run.network.layers[layer]
      formula =
        "\(transposed(names.weights(layer + 1) + sources(layer + 1))) \(names.delta(layer + 1))"
      numbers = "\(tex(above.weights.transposed)) \(tex(run.deltas[layer]))"
      if let mask = run.pass.mask(layer) {
        formula += " \\odot \(names.mask(layer))"
        numbers += " \\odot \(tex(mask))"
      }
    }
    let operands = layer == run.network.layers.count ? [fromLoss] : [run.deltas[layer]]
    if activation == .identity {
      return line(names.delta(layer), formula, numbers, run.deltas[layer - 1], from: operands)
    }
    if activation == .softmax {
      let jacobian =
        "\\left(\\frac{\\partial \(names.a(layer))}{\\partial \(names.z(layer))}\\right)^{\\top}"
      return line(
        names.delta(layer), "\(jacobian) \(formula)", nil, run.deltas[layer - 1], from: operands)
    }
    let slopes = Matrix(
      rows: z.rows, columns: z.columns,
      elements: zip(z.elements, a.elements).map { activation.derivative(z: $0, a: $1) })
    return line(
      names.delta(layer),
      "\(formula) \\odot \(activation.slope(a: names.a(layer), z: names.z(layer)))",
      "\(numbers) \\odot \(tex(slopes))", run.deltas[layer - 1], from: operands + [slopes])
  }

  private func weightGradient(_ layer: Int) -> DerivationLine {
    let below = passedOn(layer - 1)
    let gradient = run.gradients[layer - 1]
    let delta = run.deltas[layer - 1]
    let inputs = withOnes(below.matrix, layer)
    var formula = "\(names.delta(layer)) \(transposed(below.name))"
    var numbers = "\(tex(delta)) \(tex(inputs.transposed))"
    if let symbol = constants.mean(true), let number = constants.mean(false) {
      formula = "\(symbol) \(formula)"
      numbers = "\(number) \(numbers)"
    }
    if let symbol = constants.slope(true), let number = constants.slope(false) {
      let parameters = run.network.layers[layer - 1]
      let includesBiases = run.regularization.includesBiases
      let biases = includesBiases ? parameters.biases : parameters.biases.map { _ in Term(0) }
      formula += " + \(symbol) \(names.weights(layer))\(includesBiases ? "" : sources(layer))"
      numbers += " + \(number) \(tex(withBiases(parameters.weights, biases, layer)))"
    }
    return line(
      names.gradient(names.weights(layer)), formula, numbers,
      withBiases(gradient.weights, gradient.biases, layer), from: [delta, inputs])
  }

  private func biasGradient(_ layer: Int) -> DerivationLine {
    // One bias for all units has one gradient.
    if tiesBiases(layer) { return line(.biasGradient(layer: layer, unit: 1)) }
    let delta = run.deltas[layer - 1]
    let columns = (0..<delta.columns).map { tex(Matrix(column: delta.column($0))) }
    var formula = names.delta(layer)
    var numbers = columns.joined(separator: " + ")
    if delta.columns > 1 {
      formula = "\\sum_{i} \(formula)_{\\cdot i}"
      if let symbol = constants.mean(true), let number = constants.mean(false) {
        formula = "\(symbol) \(formula)"
        numbers = "\(number) \\left(\(numbers)\\right)"
      }
    }
    if run.regularization.includesBiases, let symbol = constants.slope(true),
      let number = constants.slope(false)
    {
      formula += " + \(symbol) \(names.biases(layer))"
      numbers += " + \(number) \(tex(Matrix(column: run.network.layers[layer - 1].biases)))"
    }
    return line(
      names.gradient(names.biases(layer)), formula, numbers,
      Matrix(column: run.gradients[layer - 1].biases), from: [delta])
  }

  private func update(_ layer: Int, ofBiases: Bool) -> DerivationLine {
    guard let rate = run.learningRate, let updated = run.updated else {
      preconditionFailure("there is no update without a learning rate")
    }
    func part(_ parameters: Parameters<Term>) -> Matrix<Term> {
      ofBiases
        ? Matrix(column: parameters.biases)
        : withBiases(parameters.weights, parameters.biases, layer)
    }
    let name = ofBiases ? names.biases(layer) : names.weights(layer)
    let old = part(run.network.layers[layer - 1].parameters)
    let slope = part(run.gradients[layer - 1])
    return line(
      name, "\(name) - \(names(.learningRate)) \\, \(names.gradient(name))",
      "\(tex(old)) - \(NumberFormat.plain.tex(rate.value, factor: true)) \(tex(slope))",
      part(updated[layer - 1]), from: [old, slope], isAssignment: true)
  }
}
