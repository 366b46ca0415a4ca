/// What becomes of the finished sums S of a product.
public enum ProductEnding<T: Scalar> {
  /// `C := S`.
  case store
  /// `C := S + b`, one b a row.
  case addBiases(UnsafePointer<T>)
  /// `C := C − rate · (weight · S + shrink · C)`: a step of gradient descent, when S is a gradient's sum
  /// over the examples.
  case descend(rate: T, weight: Double, shrink: Double)

  @inline(__always)
  fileprivate func from(row: Int) -> ProductEnding {
    if case .addBiases(let biases) = self { .addBiases(biases + row) } else { self }
  }
}

/// A matrix product, each of whose sums starts from its first product and goes on in order.
///
/// `C(i, j) = Σₖ left(i, k) · right(k, j)`; `left` and C lie column by column.
public struct MatrixProduct<T: Scalar> {
  let rows: Int
  let columns: Int
  let terms: Int
  let left: UnsafePointer<T>
  /// From a column of `left` to the next.
  let leftStep: Int
  let right: UnsafePointer<T>
  /// From `right(k, j)` to `right(k + 1, j)`.
  let rightTermStep: Int
  /// From `right(k, j)` to `right(k, j + 1)`.
  let rightColumnStep: Int
  let into: UnsafeMutablePointer<T>
  /// From a column of C to the next.
  let intoStep: Int
  let ending: ProductEnding<T>
  /// What a kernel may fetch into the cache meanwhile.
  let upcoming: Upcoming<T>?
}

extension MatrixProduct {
  /// Some rows and columns of `C = left · right`.
  @inline(__always)
  init(
    _ left: Panel<T>, _ right: Panel<T>, into: Panel<T>, rows: Range<Int>? = nil,
    columns: Range<Int>, ending: ProductEnding<T>
  ) {
    let rows = rows ?? 0..<into.paddedRows
    self.init(
      rows: rows.count, columns: columns.count, terms: left.columns,
      left: left.start + rows.lowerBound, leftStep: left.stride,
      right: right[columns.lowerBound], rightTermStep: 1, rightColumnStep: right.stride,
      into: into[columns.lowerBound] + rows.lowerBound, intoStep: into.stride,
      ending: ending.from(row: rows.lowerBound), upcoming: nil)
  }

  /// Some rows of `C = δ aᵀ`, summed over the first examples.
  @inline(__always)
  init(
    delta: Panel<T>, a: Panel<T>, examples: Int, into: Panel<T>, rows: Range<Int>,
    ending: ProductEnding<T>, upcoming: Upcoming<T>? = nil
  ) {
    self.init(
      rows: rows.count, columns: into.columns, terms: examples,
      left: delta.start + rows.lowerBound, leftStep: delta.stride, right: a.start,
      rightTermStep: a.stride, rightColumnStep: 1, into: into.start + rows.lowerBound,
      intoStep: into.stride, ending: ending, upcoming: upcoming)
  }

  /// Some rows of the sum over the examples, `C = δ 1`: the gradient of biases.
  @inline(__always)
  init(
    delta: Panel<T>, one: Panel<T>, examples: Int, into: Panel<T>, rows: Range<Int>,
    ending: ProductEnding<T>
  ) {
    self.init(
      rows: rows.count, columns: 1, terms: examples, left: delta.start + rows.lowerBound,
      leftStep: delta.stride, right: one.start, rightTermStep: 0, rightColumnStep: 0,
      into: into.start + rows.lowerBound, intoStep: into.stride, ending: ending, upcoming: nil)
  }

  /// In plain loops, for every arithmetic.
  @inline(__always)
  func computePlainly() {
    for column in 0..<columns {
      let right = right + column &* rightColumnStep
      let into = into + column &* intoStep
      for row in 0..<rows {
        // Starts from the first product, not from 0: a person adds no zero, and rounds none.
        var sum = terms > 0 ? left[row] * right[0] : T(0)
        var k = 1
        while k < terms {
          sum = sum + left[k &* leftStep &+ row] * right[k &* rightTermStep]
          k &+= 1
        }
        switch ending {
        case .store: into[row] = sum
        case .addBiases(let biases): into[row] = sum + biases[row]
        case .descend(let rate, let weight, let shrink):
          var slope = weight == 1 ? sum : T(weight) * sum
          if shrink != 0 { slope = slope + (shrink == 1 ? into[row] : T(shrink) * into[row]) }
          into[row] = into[row] - rate * slope
        }
      }
    }
  }
}
