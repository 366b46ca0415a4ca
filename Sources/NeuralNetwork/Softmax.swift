/// Softmax, column by column: one column is one example's logits.
public enum Softmax {
  /// `e^(zᵢ − max z) / Σₖ e^(zₖ − max z)`: the shift changes nothing and keeps every exponential ≤ 1.
  ///
  /// Source: 001 "Output Activation Function".
  public static func probabilities<T: Scalar>(_ logits: Matrix<T>) -> Matrix<T> {
    Activation.softmax.forward(logits)
  }

  /// The same, in some columns.
  static func probabilities<T: Scalar>(
    _ logits: Panel<T>, into probabilities: Panel<T>, columns: Range<Int>
  ) {
    let units = logits.rows
    precondition(units > 0, "softmax of no numbers")
    for column in columns {
      let (z, a) = (logits[column], probabilities[column])
      var shift = z[0]
      for row in 1..<max(units, 1) where z[row].value > shift.value { shift = z[row] }
      for row in 0..<units { a[row] = z[row] - shift }
      // Padding becomes e⁰, at every step.
      for row in units..<probabilities.stride { a[row] = T(0) }
    }
    let block = probabilities.block(columns)
    T.exponentials(UnsafeBufferPointer(block), into: block)
    for column in columns {
      let a = probabilities[column]
      var sum = a[0]
      for row in 1..<max(units, 1) { sum = sum + a[row] }
      for row in 0..<units { a[row] = a[row] / sum }
    }
  }

  /// `log Σₖ e^(zₖ)` of one example, finite for all finite logits.
  public static func logSumExp<T: Scalar>(_ logits: [T]) -> T {
    let shift = largest(logits)
    let exponentials = logits.map { T.exp($0 - shift) }
    return shift + T.log(exponentials.dropFirst().reduce(exponentials[0], +))
  }

  /// `−log ŷₜ` of one example from its logits: `softplus(log Σ_(k≠t) e^(zₖ − zₜ))`, which keeps its
  /// digits where the class is certain, where it is out of the question, and where all logits are large.
  static func information<T: Scalar>(of t: Int, logits: [T]) -> T {
    var others = logits
    let own = others.remove(at: t)
    return others.isEmpty ? T(0) : T.softplus(logSumExp(others.map { $0 - own }))
  }

  /// The Jacobian of one example: entry (t, i) is `∂ŷₜ/∂zᵢ = ŷₜ (1₍ₜ₌ᵢ₎ − ŷᵢ)`.
  ///
  /// On the diagonal `1 − ŷₜ` is added up from the other probabilities, which keeps its digits where
  /// class t is nearly certain.
  ///
  /// Source: 001 "Gradients w.r.t. output units".
  public static func jacobian<T: Scalar>(_ probabilities: [T]) -> Matrix<T> {
    let count = probabilities.count
    return Matrix(rows: count, columns: count) { t, i in
      guard t == i else { return -(probabilities[t] * probabilities[i]) }
      var others = probabilities
      others.remove(at: t)
      return probabilities[t] * others.reduce(T(0), +)
    }
  }

  /// `dZᵢ = ŷᵢ (dAᵢ − Σₖ dAₖ ŷₖ)`: the Jacobian's transpose times `dA`, for any loss, in some columns.
  static func backward<T: Scalar>(_ dA: Panel<T>, a: Panel<T>, columns: Range<Int>) {
    for column in columns where a.rows > 0 {
      let (dA, y) = (dA[column], a[column])
      var mean = dA[0] * y[0]
      for row in 1..<max(a.rows, 1) { mean = mean + dA[row] * y[row] }
      for row in 0..<a.rows { dA[row] = y[row] * (dA[row] - mean) }
    }
  }

  private static func largest<T: Scalar>(_ numbers: [T]) -> T {
    precondition(!numbers.isEmpty, "softmax of no numbers")
    return numbers.dropFirst().reduce(numbers[0]) { $1.value > $0.value ? $1 : $0 }
  }
}
