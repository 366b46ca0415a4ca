import NeuralNetwork

/// Reads the loss, and whether outputs and targets are what it is defined for.
struct LossValidator {
  let file: SheetFile
  let field: LossFile
  let network: Network<Double>
  let targets: Matrix<Double>

  func loss() throws -> Loss {
    let path = Path().key("loss")
    guard field.factor > 0 else {
      throw Fault(
        path.key("factor"), "\(shown(field.factor)) is out of range; allowed: more than 0")
    }
    let reduction: Loss.Reduction = field.examples == .mean ? .mean : .sum
    let factor =
      field.factor * unit * (field.outputs == .mean ? 1 / Double(network.outputCount) : 1)
    guard factor > 0, factor.isFinite else {
      throw Fault(path.key("factor"), "\(shown(field.factor)) is too far from 1 to compute with")
    }
    switch field.kind {
    case .squaredError, .halfSquaredError:
      guard field.unit == nil else {
        throw Fault(path.key("unit"), "belongs to cross-entropy; a squared error has no such unit")
      }
      let half = field.kind == .halfSquaredError ? 0.5 : 1
      return .squaredError(factor: half * factor, reduction: reduction)
    case .binaryCrossEntropy:
      try requireProbabilities([.sigmoid, .softmax], "sigmoid (or softmax)")
      return .binaryCrossEntropy(factor: factor, reduction: reduction)
    case .softmaxCrossEntropy:
      try requireProbabilities([.softmax, .sigmoid], "softmax (or sigmoid)")
      try requireDistributions()
      return .crossEntropy(factor: factor, reduction: reduction)
    }
  }

  /// Bits are logarithms to base 2: nats divided by ln 2.
  private var unit: Double { field.unit == .bits ? 1 / Double.log(2) : 1 }

  private var kind: String { field.kind.rawValue }

  private func requireProbabilities(_ allowed: [Activation], _ names: String) throws {
    let last = network.layers.count - 1
    guard allowed.contains(network.layers[last].activation) else {
      throw Fault(
        Path().key("loss").key("kind"),
        "\(kind) needs outputs between 0 and 1: \(names) in the last layer, layers[\(last)], not "
          + "\(file.layers[last].activation.rawValue)")
    }
    guard let bad = targets.elements.firstIndex(where: { !(0...1).contains($0) }) else { return }
    throw Fault(
      place(of: bad),
      "\(shown(targets.elements[bad])) is out of range; allowed: 0 to 1 with \(kind)")
  }

  private func requireDistributions() throws {
    for column in 0..<targets.columns {
      let sum = targets.column(column).reduce(0, +)
      guard abs(sum - 1) < 1e-9 else {
        throw Fault(
          Path().key("targets"),
          "the targets of example \(column + 1) add up to \(shown(sum)); with \(kind) they are one "
            + "distribution and add up to 1")
      }
    }
  }

  /// The place in the file of a target, by its number in the matrix.
  private func place(of element: Int) -> Path {
    let path = Path().key("targets")
    let (row, column) = (element % targets.rows, element / targets.rows)
    switch file.targets {
    case .rows?: return file.examples == .rows ? path[column][row] : path[row][column]
    case .list?: return path[targets.columns == 1 ? row : column]
    default: return path
    }
  }
}
