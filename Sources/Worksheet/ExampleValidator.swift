import NeuralNetwork

/// Reads the examples: inputs, and targets as numbers, one-hot or labels.
struct ExampleValidator {
  let file: SheetFile
  let network: Network<Double>

  /// Inputs × examples.
  func inputs() throws -> Matrix<Double> {
    let path = Path().key("inputs")
    let matrix = try examples(file.inputs, path, numbers: network.inputCount, count: nil)
    guard matrix.rows == network.inputCount else {
      throw mismatch(path, file.inputs, network.inputCount, matrix, "an input of layers[0]")
    }
    return matrix
  }

  /// Outputs × examples.
  func targets(count: Int) throws -> Matrix<Double> {
    if let labels = file.labels {
      guard file.targets == nil else {
        throw Fault(Path().key("labels"), "contradicts targets: write one or the other")
      }
      return try oneHot(labels.map(\.value), count)
    }
    if file.firstLabel != nil {
      throw Fault(Path().key("firstLabel"), "belongs to labels, and there are none")
    }
    guard let grid = file.targets else {
      throw Fault(Path().key("targets"), "is missing: what the outputs should be, or labels")
    }
    let path = Path().key("targets")
    let outputs = network.outputCount
    let matrix = try examples(grid, path, numbers: outputs, count: count)
    guard matrix.rows == outputs else {
      throw mismatch(path, grid, outputs, matrix, "an output of the last layer")
    }
    guard matrix.columns == count else {
      throw Fault(
        path, "expected \(number(count, "example")), as in inputs, found \(matrix.columns)")
    }
    return matrix
  }

  private func oneHot(_ labels: [Int], _ count: Int) throws -> Matrix<Double> {
    let path = Path().key("labels")
    let first = file.firstLabel?.value ?? 0
    guard first == 0 || first == 1 else {
      throw Fault(Path().key("firstLabel"), "is \(first); allowed: 0 or 1")
    }
    guard network.outputCount > 1 else {
      throw Fault(
        path, "needs one output a class; for a single output write targets, such as [0, 1]")
    }
    guard labels.count == count else {
      throw Fault(path, "expected \(number(count, "label")), one an example, found \(labels.count)")
    }
    let allowed = first...(first + network.outputCount - 1)
    if let bad = labels.firstIndex(where: { !allowed.contains($0) }) {
      throw Fault(
        path[bad],
        "\(labels[bad]) is out of range; allowed: \(allowed.lowerBound) to \(allowed.upperBound), "
          + "counted from firstLabel")
    }
    return Matrix(rows: network.outputCount, columns: count) { row, column in
      labels[column] - first == row ? 1 : 0
    }
  }

  /// Numbers × examples.
  ///
  /// A plain list is one example, or, where an example is a single number, one number an example.
  private func examples(_ grid: Grid, _ path: Path, numbers: Int, count: Int?) throws
    -> Matrix<Double>
  {
    switch grid {
    case .number(let number): return Matrix(column: [number])
    case .list(let list):
      guard !list.isEmpty else { throw Fault(path, "expected at least one number") }
      guard numbers == 1 && count != 1 else {
        if let count, count > 1 {
          throw Fault(path, "expected a list of \(count) lists, one an example")
        }
        return Matrix(column: list)
      }
      return Matrix(rows: 1, columns: list.count, elements: list)
    case .rows(let rows):
      let written = try rectangle(rows, path)
      return file.examples == .rows ? written.transposed : written
    }
  }

  private func mismatch(
    _ path: Path, _ grid: Grid, _ expected: Int, _ found: Matrix<Double>, _ each: String
  ) -> Fault {
    let isRow = file.examples == .rows
    if case .rows = grid {
      return Fault(
        isRow ? path[0] : path,
        "expected \(number(expected, isRow ? "number" : "row")), one \(each), found \(found.rows)"
          + (found.columns == expected
            ? "; if examples are \(isRow ? "columns" : "rows"), write examples: \""
              + "\(isRow ? "columns" : "rows")\"" : ""))
    }
    return Fault(path, "expected \(number(expected, "number")), one \(each), found \(found.rows)")
  }

  private func number(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
