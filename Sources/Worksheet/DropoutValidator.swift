import NeuralNetwork

/// Reads dropout: given masks, or a rate and a seed to draw them with.
struct DropoutValidator {
  let file: DropoutFile
  let orientation: ExampleOrientation
  let network: Network<Double>
  let exampleCount: Int

  private var path: Path { Path().key("dropout") }
  private var hidden: Int { network.layers.count - 1 }

  func dropout() throws -> Sheet.Dropout {
    guard hidden > 0 else { throw Fault(path, "drops hidden units, and there is no hidden layer") }
    let scaling = file.scaling ?? .inverted
    let rates = try rates()
    if file.masks != nil && file.seed != nil {
      throw Fault(path.key("seed"), "contradicts masks: they are given, so nothing is drawn")
    }
    if file.masks == nil && (file.seed == nil || rates == nil) {
      throw Fault(path, "needs masks, or a rate and a seed to draw them with")
    }
    if scaling == .inverted && rates == nil {
      throw Fault(
        path.key("rate"),
        "is missing: kept units are divided by 1 − rate; for none of that write scaling: \"none\"")
    }
    if let seed = file.seed, seed.value < 0 {
      throw Fault(path.key("seed"), "\(seed.value) is out of range; allowed: 0 or more")
    }
    return Sheet.Dropout(
      masks: try file.masks.map(masks), rates: rates ?? Array(repeating: 0, count: hidden),
      seed: UInt64(file.seed?.value ?? 0), isInverted: scaling == .inverted)
  }

  private func rates() throws -> [Double]? {
    let path = path.key("rate")
    guard let rate = file.rate else { return nil }
    let rates: [Double]
    switch rate {
    case .one(let rate): rates = Array(repeating: rate, count: hidden)
    case .list(let list): rates = list
    }
    guard rates.count == hidden else {
      throw Fault(
        path, "expected \(count(hidden, "number")), one a hidden layer, found \(rates.count)")
    }
    if let bad = rates.firstIndex(where: { !(0..<1).contains($0) }) {
      var place = path
      if case .list = rate { place = path[bad] }
      throw Fault(place, "\(shown(rates[bad])) is out of range; allowed: 0 up to, not including, 1")
    }
    return rates
  }

  private func masks(_ grids: [Grid]) throws -> [Matrix<Double>] {
    let path = path.key("masks")
    guard grids.count == hidden else {
      throw Fault(
        path, "expected \(count(hidden, "mask")), one a hidden layer, found \(grids.count)")
    }
    return try grids.enumerated().map { index, grid in
      try mask(grid, path[index], units: network.layers[index].weights.rows)
    }
  }

  /// Units × examples; a plain list is the mask of every example.
  private func mask(_ grid: Grid, _ path: Path, units: Int) throws -> Matrix<Double> {
    let mask: Matrix<Double>
    switch grid {
    case .number(let number): mask = Matrix(rows: 1, columns: exampleCount) { _, _ in number }
    case .list(let list):
      mask = Matrix(rows: list.count, columns: exampleCount) { row, _ in list[row] }
    case .rows(let rows):
      let written = try rectangle(rows, path)
      mask = orientation == .rows ? written.transposed : written
    }
    guard mask.rows == units, mask.columns == exampleCount else {
      let shapes = [Shape(units, exampleCount), mask.shape].map {
        orientation == .rows ? Shape($0.columns, $0.rows) : $0
      }
      throw Fault(
        path,
        "expected \(shapes[0]) (\(orientation == .rows ? "examples × units" : "units × examples")), "
          + "found \(shapes[1])")
    }
    guard mask.elements.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw Fault(
        path, "a mask holds 1 for a kept unit and 0 for a dropped one; scaling is said apart")
    }
    return mask
  }
}
