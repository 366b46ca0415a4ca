/// The loss of one example, with its factor, and how the examples' losses make one cost.
///
/// The documents differ in exactly these two things, and a gradient is only right together with them:
///
/// | document | factor | reduction |
/// |---|---|---|
/// | 000 `½(y − ŷ)²`, summed over the examples | ½ | sum |
/// | 001 `(1/m) Σ (y − ŷ)²` | 1 | mean |
/// | 002, 003 `−(1/m) Σ (y log ŷ + (1 − y) log(1 − ŷ))` | 1 | mean |
/// | 004 `(1/2n) Σ ‖y − a‖²` | ½ | mean |
public struct Loss: Equatable, Sendable {
  /// What is measured for one example.
  public enum Kind: Equatable, Sendable {
    /// `factor · Σₖ (aₖ − yₖ)²` over the outputs.
    case squaredError
    /// `−factor · Σₖ (yₖ log aₖ + (1 − yₖ) log(1 − aₖ))` over the outputs.
    case binaryCrossEntropy
    /// `−factor · Σₖ yₖ log aₖ`: the outputs of an example are one distribution over classes.
    case crossEntropy
  }

  /// How the examples' losses become one cost, and their gradients one gradient.
  public enum Reduction: Equatable, Sendable {
    /// Added up.
    case sum
    /// Added up and divided by the number of examples.
    case mean
  }

  /// What is measured for one example.
  public let kind: Kind
  /// What it is multiplied by: ½ in 000 and 004, `1 / log 2` for bits.
  public let factor: Double
  /// How the examples' losses become one cost.
  public let reduction: Reduction

  /// `factor · Σₖ (aₖ − yₖ)²`.
  public static func squaredError(factor: Double, reduction: Reduction) -> Loss {
    Loss(kind: .squaredError, factor: factor, reduction: reduction)
  }

  /// Cross-entropy of a yes/no output in nats; with `factor: 1 / log 2` in bits.
  public static func binaryCrossEntropy(factor: Double = 1, reduction: Reduction) -> Loss {
    Loss(kind: .binaryCrossEntropy, factor: factor, reduction: reduction)
  }

  /// Cross-entropy of a distribution over classes in nats; with `factor: 1 / log 2` in bits.
  public static func crossEntropy(factor: Double = 1, reduction: Reduction) -> Loss {
    Loss(kind: .crossEntropy, factor: factor, reduction: reduction)
  }

  /// Each example's loss.
  ///
  /// Cross-entropy after a sigmoid is computed from the logits as `softplus(z) − y z`, which stays
  /// exact where `a` itself has rounded to 0 or 1. For `y = 1` that is `softplus(−z)`, which is used
  /// because the difference would cancel where the loss is small.
  ///
  /// - Parameters:
  ///   - z: the output layer's pre-activations, units × examples.
  ///   - a: its activations, of the same shape.
  ///   - activation: its activation function.
  ///   - targets: `Y`, of the same shape.
  /// - Throws: `NetworkError.shapeMismatch`, and `.outOfRange` for targets or outputs outside [0, 1]
  ///   with cross-entropy.
  public func perExample<T: Scalar>(
    z: Matrix<T>, a: Matrix<T>, activation: Activation, targets: Matrix<T>
  ) throws -> [T] {
    try check(outputs: a, targets: targets)
    let terms = Matrix(rows: a.rows, columns: a.columns) { row, column in
      let (a, y) = (a[row, column], targets[row, column])
      switch kind {
      case .squaredError:
        let error = a - y
        return error * error
      case .binaryCrossEntropy where activation == .sigmoid:
        let z = z[row, column]
        return a.preferred(
          Self.crossEntropy(of: a, target: y),
          orExactly: y.value == 1 ? T.softplus(-z) : T.softplus(z) - y * z)
      case .binaryCrossEntropy:
        return Self.crossEntropy(of: a, target: y)
      case .crossEntropy where y.value == 0:
        return T(0)
      case .crossEntropy:
        let information =
          activation == .softmax
          ? a.preferred(
            -T.log(a), orExactly: Softmax.information(of: row, logits: z.column(column)))
          : -T.log(a)
        return y.value == 1 ? information : y * information
      }
    }
    return terms.transposed.rowSums.map { factor == 1 ? $0 : T(factor) * $0 }
  }

  /// `−y log a − (1 − y) log(1 − a)`, with 0 · log 0 taken as 0.
  ///
  /// Source: 000 "Error/loss function"; 001 "Assuming binary cross-entropy function"; 002 "Cost
  /// function doesn't change in this context".
  public static func crossEntropy<T: Scalar>(of a: T, target y: T) -> T {
    if y.value == 1 { return -T.log(a) }
    if y.value == 0 { return -T.log(T(1) - a) }
    return -(y * T.log(a)) - (T(1) - y) * T.log(T(1) - a)
  }

  /// ∂loss/∂a of each example, undivided: `2 factor (a − y)` or `factor ((1 − y)/(1 − a) − y/a)`.
  ///
  /// - Throws: as `perExample`.
  ///
  /// Source: 002 "What formula do we use for dA?".
  public func gradient<T: Scalar>(a: Matrix<T>, targets: Matrix<T>) throws -> Matrix<T> {
    try check(outputs: a, targets: targets)
    switch kind {
    case .squaredError:
      return try (a - targets).scaled(by: 2 * factor)
    case .binaryCrossEntropy:
      return Matrix(rows: a.rows, columns: a.columns) { row, column in
        let a = a[row, column]
        let y = targets[row, column]
        if y.value == 1 { return -(T(1) / a) }
        if y.value == 0 { return T(1) / (T(1) - a) }
        return (T(1) - y) / (T(1) - a) - y / a
      }.scaled(by: factor)
    case .crossEntropy:
      return Matrix(rows: a.rows, columns: a.columns) { row, column in
        let y = targets[row, column]
        return y.value == 0 ? T(0) : -(y / a[row, column])
      }.scaled(by: factor)
    }
  }

  /// ∂loss/∂z of the output layer for each example, undivided.
  ///
  /// After a sigmoid, cross-entropy's `(−y/a + (1 − y)/(1 − a)) · a(1 − a)` is `a − y`. The product
  /// would be 0 · ∞ where `a` has rounded to 0 or 1, so `a − y` is what is computed. So it is after
  /// a softmax, where the Jacobian takes the sigmoid's place.
  ///
  /// - Throws: as `perExample`.
  ///
  /// Source: 001 "Backpropagation with sigmoid output activation & binary cross-entropy loss"; 003
  /// "δ^(4) = a^(4) − y"; 004 equation ①.
  public func delta<T: Scalar>(
    z: Matrix<T>, a: Matrix<T>, activation: Activation, targets: Matrix<T>
  ) throws -> Matrix<T> {
    try check(outputs: a, targets: targets)
    var delta = z
    try delta.withMutablePanel { delta in
      try z.withPanel { z in
        try a.withPanel { a in
          try targets.withPanel { y in
            try y.withColumns {
              try self.delta(
                z: z, a: a, activation: activation, targets: $0, into: delta,
                columns: 0..<z.columns)
            }
          }
        }
      }
    }
    return delta
  }

  /// The same in some columns, of targets that have been checked.
  ///
  /// - Throws: `NetworkError.outOfRange` for outputs outside [0, 1] with cross-entropy.
  @inline(__always)
  func delta<T: Scalar>(
    z: Panel<T>, a: Panel<T>, activation: Activation, targets: Columns<T>, into delta: Panel<T>,
    columns: Range<Int>
  ) throws {
    guard let (scale, isFused) = simpleDelta(after: activation) else {
      let y = Matrix(rows: a.rows, columns: columns.count) { targets[columns.lowerBound + $1][$0] }
      delta.set(
        to: try gradient(a: a.matrix(columns: columns), targets: y), from: columns.lowerBound)
      return activation.backward(delta, z: z, a: a, columns: columns)
    }
    for column in columns {
      let (a, y, delta) = (a[column], targets[column], delta[column])
      for row in 0..<z.rows { delta[row] = a[row] - y[row] }
      if scale != 1 {
        for row in 0..<z.rows { delta[row] = T(scale) * delta[row] }
      }
    }
    if !isFused {
      activation.backward(delta, z: z, a: a, columns: columns)
    } else if !T.areFinite(UnsafeBufferPointer(a.block(columns))) {
      // Sigmoid and softmax give nothing else outside of 0 to 1.
      try requireProbabilities("outputs", a.matrix(columns: columns))
    }
  }

  /// Where δ of the output is `scale · (a − y)`, times the activation's slope unless it is fused with the loss.
  @inline(__always)
  func simpleDelta(after activation: Activation) -> (scale: Double, isFused: Bool)? {
    switch kind {
    case .squaredError: (2 * factor, false)
    case .binaryCrossEntropy where activation == .sigmoid: (factor, true)
    case .crossEntropy where activation == .softmax: (factor, true)
    default: nil
    }
  }

  /// The cost of all examples, at least one: their losses added up or averaged, as the reduction says.
  public func reduce<T: Scalar>(_ losses: [T]) -> T {
    precondition(!losses.isEmpty, "no example, no cost")
    let sum = losses.dropFirst().reduce(losses[0], +)
    return reduction == .sum ? sum : T(weight(examples: losses.count)) * sum
  }

  /// What a sum over `count` examples is multiplied by: 1 or 1/m.
  func weight(examples count: Int) -> Double {
    switch reduction {
    case .sum: 1
    case .mean: 1 / Double(count)
    }
  }

  func check<T: Scalar>(outputs a: Matrix<T>, targets: Matrix<T>) throws {
    guard a.shape == targets.shape else {
      throw NetworkError.shapeMismatch(
        operation: "outputs and targets", left: a.shape, right: targets.shape)
    }
    try check(targets: targets)
    if kind != .squaredError { try requireProbabilities("outputs", a) }
  }

  /// - Throws: `NetworkError.notFinite`, `.outOfRange` or `.invalidSetting` for targets that the loss is not
  ///   defined for, and for a factor that is not positive.
  @inline(__always)
  func check<T: Scalar>(targets: Matrix<T>) throws {
    guard factor > 0, factor.isFinite else {
      throw NetworkError.invalidSetting(
        name: "the loss's factor", value: factor, allowed: "a positive number")
    }
    if kind == .squaredError { return try targets.requireFinite("targets") }
    // A third shows how far off a rounded number may be.
    let tolerance = max(1e-9, Double(targets.rows) * abs(T(1.0 / 3).value - 1.0 / 3))
    let areDistributions = targets.elements.withUnsafeBufferPointer {
      T.areDistributions($0, rows: targets.rows, tolerance: tolerance)
    }
    if areDistributions { return }
    try targets.requireFinite("targets")
    try requireProbabilities("targets", targets)
    guard kind == .crossEntropy else { return }
    for column in 0..<targets.columns {
      let sum = targets.column(column).map(\.value).reduce(0, +)
      guard abs(sum - 1) < tolerance else {
        throw NetworkError.invalidSetting(
          name: "the sum of column \(column + 1) of the targets", value: sum,
          allowed: "1, as in a distribution over classes")
      }
    }
  }

  @inline(__always)
  private func requireProbabilities<T: Scalar>(_ what: String, _ matrix: Matrix<T>) throws {
    if let index = matrix.elements.firstIndex(where: { !(0...1).contains($0.value) }) {
      let name = kind == .crossEntropy ? "cross-entropy" : "binary cross-entropy"
      throw NetworkError.outOfRange(
        name: what, row: index % matrix.rows + 1, column: index / matrix.rows + 1,
        value: matrix.elements[index].value, allowed: "0 to 1 with \(name)")
    }
  }
}
