/// Softmax, column by column: one column is one example's logits.
public enum Softmax {
  /// `e^(zᵢ − max z) / Σₖ e^(zₖ − max z)`: the shift changes nothing and keeps every exponential ≤ 1.
  ///
  /// Source: 001 "Output Activation Function".
  public static func probabilities<T: Scalar>(_ logits: Matrix<T>) -> Matrix<T> {
    var probabilities = logits
    self.probabilities(logits, into: &probabilities)
    return probabilities
  }

  /// The same, into a matrix of the logits' shape.
  @inline(__always)
  static func probabilities<T: Scalar>(_ logits: Matrix<T>, into probabilities: inout Matrix<T>) {
    let units = logits.rows
    precondition(units > 0, "softmax of no numbers")
    probabilities.elements.withUnsafeMutableBufferPointer { a in
      logits.elements.withUnsafeBufferPointer { z in
        for first in stride(from: 0, to: z.count, by: units) {
          var shift = z[first]
          for index in first..<first + units where z[index].value > shift.value {
            shift = z[index]
          }
          for index in first..<first + units { a[index] = z[index] - shift }
        }
        T.exponentials(UnsafeBufferPointer(a), into: a)
        for first in stride(from: 0, to: z.count, by: units) {
          var sum = a[first]
          for index in first + 1..<first + units { sum = sum + a[index] }
          for index in first..<first + units { a[index] = a[index] / sum }
        }
      }
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

  /// `dZᵢ = ŷᵢ (dAᵢ − Σₖ dAₖ ŷₖ)`: the Jacobian's transpose times `dA`, for any loss.
  ///
  /// - Throws: `NetworkError.shapeMismatch`.
  static func backward<T: Scalar>(dA: Matrix<T>, a: Matrix<T>) throws -> Matrix<T> {
    let weighted = try dA.hadamard(a)
    return Matrix(rows: a.rows, columns: a.columns) { row, column in
      let terms = weighted.column(column)
      let mean = terms.dropFirst().reduce(terms[0], +)
      return a[row, column] * (dA[row, column] - mean)
    }
  }

  private static func largest<T: Scalar>(_ numbers: [T]) -> T {
    precondition(!numbers.isEmpty, "softmax of no numbers")
    return numbers.dropFirst().reduce(numbers[0]) { $1.value > $0.value ? $1 : $0 }
  }
}
