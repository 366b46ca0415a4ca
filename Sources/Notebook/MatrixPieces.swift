import NeuralNetwork

/// What the matrices of a derivation are put together from.
extension Derivation {
  // MARK: What becomes of the biases

  func hasBiases(_ layer: Int) -> Bool {
    run.network.layers[layer - 1].biases[0].quantity != nil
  }

  /// Whether the units' biases are one parameter.
  func tiesBiases(_ layer: Int) -> Bool {
    let gradients = run.gradients[layer - 1].biases
    return gradients.count > 1 && gradients.dropFirst().allSatisfy { $0 === gradients[0] }
  }

  func movesWeights(_ layer: Int) -> Bool {
    let old = run.network.layers[layer - 1].weights.elements
    let new = run.updated?[layer - 1].weights.elements ?? old
    return zip(old, new).contains { $0 !== $1 }
  }

  func movesBiases(_ layer: Int) -> Bool {
    let old = run.network.layers[layer - 1].biases
    return zip(old, run.updated?[layer - 1].biases ?? old).contains { $0 !== $1 }
  }

  /// Whether the biases are column 0 of Θ, which they can be only where they share its fate.
  func hasBiasColumn(_ layer: Int) -> Bool {
    dialect.hasBiasColumn && hasBiases(layer) && !tiesBiases(layer)
      && movesBiases(layer) == movesWeights(layer)
  }

  func separatesBiases(_ layer: Int) -> Bool { hasBiases(layer) && !hasBiasColumn(layer) }

  // MARK: Pieces

  var writer: FormulaWriter<Number> {
    writer { $0.quantity }
  }

  /// ∂loss/∂a of the outputs, which the output function's slope is multiplied with.
  var fromLoss: Matrix<Term> {
    run.deltas[run.network.layers.count - 1].map { term in
      if case .product(let dA, _) = term.form { dA } else { term }
    }
  }

  /// The columns of Θ that are weights.
  func sources(_ layer: Int) -> String { hasBiasColumn(layer) ? "_{j \\ge 1}" : "" }

  /// What a layer passes on, by name and in numbers.
  func passedOn(_ layer: Int) -> (name: String, matrix: Matrix<Term>) {
    guard run.pass.mask(layer) != nil, let matrix = try? run.pass.passedOn(layer) else {
      return (names.a(layer), run.pass.a(layer))
    }
    return ("(\(names.a(layer)) \\odot \(names.mask(layer)))", matrix)
  }

  func withBiases(
    _ weights: Matrix<Term>, _ biases: [Term], _ layer: Int
  ) -> Matrix<Term> {
    guard hasBiasColumn(layer) else { return weights }
    return Matrix(
      rows: weights.rows, columns: weights.columns + 1, elements: biases + weights.elements)
  }

  func withOnes(_ matrix: Matrix<Term>, _ layer: Int) -> Matrix<Term> {
    guard hasBiasColumn(layer) else { return matrix }
    return Matrix(rows: matrix.rows + 1, columns: matrix.columns) {
      $0 == 0 ? Term(1) : matrix[$0 - 1, $1]
    }
  }

  func transposed(_ name: String) -> String {
    name.contains("^") && !name.hasPrefix("(")
      ? "\\left(\(name)\\right)^{\\top}" : "\(name)^{\\top}"
  }

  func tex(_ matrix: Matrix<Term>, bracket: String = "b") -> String {
    let rows = (0..<matrix.rows).map { row in
      matrix.row(row).map { writer.entry($0) }.joined(separator: " & ")
    }
    return "\\begin{\(bracket)matrix} \(rows.joined(separator: " \\\\ ")) \\end{\(bracket)matrix}"
  }

  func line(
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
  var errorFactor: Double? {
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
