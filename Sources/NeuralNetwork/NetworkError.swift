/// What can be wrong with the numbers that a network is given.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// Two shapes that do not fit the operation.
  case shapeMismatch(operation: String, left: Shape, right: Shape)
  /// Rows of different lengths, or none.
  case raggedRows(lengths: [Int])
  /// A layer whose inputs are not the outputs of the layer below.
  case layersDoNotChain(layer: Int, expectedInputs: Int, weights: Shape)
  /// A layer whose bias count is not its unit count.
  case biasCount(weights: Shape, biases: Int)
  /// A NaN or an infinity.
  case notFinite(name: String, row: Int, column: Int, value: Double)
  /// A target or output that the loss is not defined for.
  case outOfRange(name: String, row: Int, column: Int, value: Double, allowed: String)
  /// A setting outside its range.
  case invalidSetting(name: String, value: Double, allowed: String)

  public var description: String {
    switch self {
    case .shapeMismatch(let operation, let left, let right):
      "\(operation): the shapes \(left) and \(right) do not fit"
    case .raggedRows(let lengths):
      lengths.isEmpty || lengths.contains(0)
        ? "a matrix needs at least one row and one column"
        : "the rows of a matrix have different lengths: \(lengths.map(String.init).joined(separator: ", "))"
    case .layersDoNotChain(let layer, let expected, let weights):
      "layer \(layer): weights are \(weights), but the layer below has \(expected) units"
    case .biasCount(let weights, let biases):
      "weights \(weights) need \(weights.rows) biases, found \(biases)"
    case .notFinite(let name, let row, let column, let value):
      "\(name), entry [\(row), \(column)], is \(value); every number must be finite"
    case .outOfRange(let name, let row, let column, let value, let allowed):
      "\(name), entry [\(row), \(column)], is \(value); allowed: \(allowed)"
    case .invalidSetting(let name, let value, let allowed):
      "\(name) is \(Self.short(value)); allowed: \(allowed)"
    }
  }

  /// `0` and not `0.0`: some settings are counts.
  private static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
