import NeuralNetwork

/// Reads the layers' parameters: shapes, biases, Θ, activation.
struct LayerValidator {
  let file: SheetFile

  /// Nobody works more by hand, and each step writes a line for each of their numbers.
  static let most = 1000

  init(_ file: SheetFile) { self.file = file }

  func layers() throws -> [(layer: Layer<Double>, setting: Sheet.LayerSetting)] {
    let path = Path().key("layers")
    guard !file.layers.isEmpty else { throw Fault(path, "expected at least one layer") }
    guard file.layers.count <= Self.most else {
      throw Fault(path, "has \(file.layers.count) layers; at most \(Self.most) are worked")
    }
    var result: [(layer: Layer<Double>, setting: Sheet.LayerSetting)] = []
    for (index, layer) in file.layers.enumerated() {
      let below = result.last?.layer.weights.rows
      result.append(try read(layer, path[index], inputs: below))
    }
    return result
  }

  private func read(_ file: LayerFile, _ path: Path, inputs: Int?) throws -> (
    layer: Layer<Double>, setting: Sheet.LayerSetting
  ) {
    let activation = try activation(file, path)
    let parameters: Parameters<Double>
    let isTheta = file.theta != nil
    if let theta = file.theta {
      for (name, isThere) in [
        ("weights", file.weights != nil), ("biases", file.biases != nil),
        ("sharedBias", file.sharedBias != nil),
      ] where isThere {
        throw Fault(path.key(name), "contradicts theta, which holds the weights and the biases")
      }
      parameters = try split(theta, path.key("theta"), inputs: inputs)
    } else {
      guard let grid = file.weights else {
        throw Fault(path.key("weights"), "is missing: the layer needs weights, or theta")
      }
      let weights = try matrix(grid, path.key("weights"), columns: inputs)
      parameters = Parameters(weights: weights, biases: try biases(file, path, units: weights.rows))
    }
    do {
      let layer = try Layer(parameters, activation: activation)
      let hasBiases = isTheta || file.biases != nil || file.sharedBias != nil
      return (
        layer,
        Sheet.LayerSetting(
          hasBiases: hasBiases, sharesBias: file.sharedBias != nil, trainsWeights: true,
          trainsBiases: hasBiases)
      )
    } catch {
      throw Fault(path, "\(error)")
    }
  }

  // MARK: Weights

  /// Units × columns, whatever way the file writes it.
  private func matrix(_ grid: Grid, _ path: Path, columns: Int?) throws -> Matrix<Double> {
    guard case .rows(let rows) = grid else {
      throw Fault(path, "expected a list of rows, such as [[0.1, 0.2], [0.3, 0.4]]")
    }
    let written = try rectangle(rows, path)
    let matrix = file.weightRows == .units ? written : written.transposed
    if let columns, matrix.columns != columns {
      // A network's shapes fit where the other orientation does: the likeliest mistake.
      let turned = matrix.rows == columns
      let expected =
        file.weightRows == .units ? Shape(matrix.rows, columns) : Shape(columns, matrix.rows)
      let other = file.weightRows == .units ? "inputs" : "units"
      throw Fault(
        path,
        "expected \(expected), found \(written.shape)"
          + (turned ? "; if its rows are \(other), write weightRows: \"\(other)\"" : ""))
    }
    return matrix
  }

  /// The biases are a column of Θ as it multiplies activations: column 0, or the last one.
  private func split(_ grid: Grid, _ path: Path, inputs: Int?) throws -> Parameters<Double> {
    let theta = try matrix(grid, path, columns: inputs.map { $0 + 1 })
    guard theta.columns >= 2 else {
      throw Fault(path, "expected a bias column and at least one weight, found \(theta.shape)")
    }
    let bias = file.biasColumn == .first ? 0 : theta.columns - 1
    let skipped = file.biasColumn == .first ? 1 : 0
    let weights = Matrix(rows: theta.rows, columns: theta.columns - 1) { row, column in
      theta[row, column + skipped]
    }
    return Parameters(weights: weights, biases: theta.column(bias))
  }

  private func biases(_ file: LayerFile, _ path: Path, units: Int) throws -> [Double] {
    if let shared = file.sharedBias {
      guard file.biases == nil else {
        throw Fault(path.key("sharedBias"), "contradicts biases: a layer has one or the other")
      }
      return Array(repeating: shared, count: units)
    }
    switch file.biases {
    case nil: return Array(repeating: 0, count: units)
    case .number(let number)? where units == 1: return [number]
    case .number?:
      throw Fault(
        path.key("biases"),
        "expected \(units) numbers, one a unit, found one; write sharedBias for one that all share")
    case .list(let list)?:
      guard list.count == units else {
        throw Fault(
          path.key("biases"), "expected \(count(units, "number")), one a unit, found \(list.count)")
      }
      return list
    case .rows(let rows)?:
      // As a column, or as a row, of a matrix.
      let flat = rows.flatMap { $0 }
      guard flat.count == units, rows.count == 1 || rows.allSatisfy({ $0.count == 1 }) else {
        throw Fault(path.key("biases"), "expected \(count(units, "number")), one a unit")
      }
      return flat
    }
  }

  // MARK: Activation

  private func activation(_ file: LayerFile, _ path: Path) throws -> Activation {
    if file.slope != nil && file.activation != .leakyReLU {
      throw Fault(
        path.key("slope"), "belongs to leaky ReLU; the activation is \(file.activation.rawValue)")
    }
    if file.alpha != nil && file.activation != .elu {
      throw Fault(
        path.key("alpha"), "belongs to ELU; the activation is \(file.activation.rawValue)")
    }
    return switch file.activation {
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .relu
    case .leakyReLU: .leakyReLU(slope: file.slope ?? 0.01)
    case .elu: .elu(alpha: file.alpha ?? 1)
    case .softmax: .softmax
    case .identity: .identity
    case .step: .step
    }
  }
}

/// The matrix of rows as they are written.
///
/// - Throws: `Fault` at the first row that is empty or differs in length from the first.
func rectangle(_ rows: [[Double]], _ path: Path) throws -> Matrix<Double> {
  let width = rows.first?.count ?? 0
  guard width > 0 else { throw Fault(path, "expected at least one number") }
  if let odd = rows.firstIndex(where: { $0.count != width }) {
    throw Fault(
      path[odd], "expected \(count(width, "number")), as in the first row, found \(rows[odd].count)"
    )
  }
  return Matrix(rows: rows.count, columns: width) { rows[$0][$1] }
}

/// `1 number`, `2 numbers`.
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
