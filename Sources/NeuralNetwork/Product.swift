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

/// A matrix by where each of its columns begins. They may lie anywhere, so a batch need not be copied together.
struct Columns<T: Scalar> {
  /// In columns of numbers or of bytes.
  let starts: UnsafePointer<UnsafeRawPointer>
  /// The number of every byte; nil where the columns are numbers.
  let numbers: UnsafePointer<T>?

  init(_ starts: UnsafePointer<UnsafeRawPointer>, numbers: UnsafePointer<T>? = nil) {
    self.starts = starts
    self.numbers = numbers
  }

  /// The columns from this one on.
  @inline(__always)
  fileprivate func from(_ column: Int) -> Columns {
    Columns(starts + column, numbers: numbers)
  }

  /// A column of numbers.
  @inline(__always)
  subscript(column: Int) -> UnsafePointer<T> { starts[column].assumingMemoryBound(to: T.self) }

  @inline(__always)
  subscript(row: Int, column: Int) -> T {
    guard let numbers else { return self[column][row] }
    return numbers[Int(starts[column].load(fromByteOffset: row, as: UInt8.self))]
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
  let right: Columns<T>
  /// Whether `right(k, j)` is entry j of column k, as where it is transposed, and not entry k of column j.
  let isTransposed: Bool
  let into: UnsafeMutablePointer<T>
  /// From a column of C to the next.
  let intoStep: Int
  let ending: ProductEnding<T>

  /// Some rows and columns of `C = left · right`.
  @inline(__always)
  init(
    _ left: Panel<T>, _ right: Columns<T>, into: Panel<T>, rows: Range<Int>? = nil,
    columns: Range<Int>, ending: ProductEnding<T>
  ) {
    let rows = rows ?? 0..<into.paddedRows
    self.rows = rows.count
    self.columns = columns.count
    terms = left.columns
    self.left = UnsafePointer(left.start + rows.lowerBound)
    leftStep = left.stride
    self.right = right.from(columns.lowerBound)
    isTransposed = false
    self.into = into[columns.lowerBound] + rows.lowerBound
    intoStep = into.stride
    self.ending = ending.from(row: rows.lowerBound)
  }

  /// Some rows of `C = δ aᵀ`, summed over the first examples.
  @inline(__always)
  init(
    delta: Panel<T>, a: Columns<T>, examples: Int, into: Panel<T>, rows: Range<Int>,
    ending: ProductEnding<T>
  ) {
    self.rows = rows.count
    columns = into.columns
    terms = examples
    left = UnsafePointer(delta.start + rows.lowerBound)
    leftStep = delta.stride
    right = a
    isTransposed = true
    self.into = into.start + rows.lowerBound
    intoStep = into.stride
    self.ending = ending
  }

  /// In plain loops, for every arithmetic.
  @inline(__always)
  func computePlainly() {
    for column in 0..<columns {
      let into = into + column &* intoStep
      for row in 0..<rows {
        // Starts from the first product, not from 0: a person adds no zero, and rounds none.
        var sum = terms > 0 ? left[row] * factor(0, column) : T(0)
        var k = 1
        while k < terms {
          sum = sum + left[k &* leftStep &+ row] * factor(k, column)
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

  @inline(__always)
  private func factor(_ k: Int, _ column: Int) -> T {
    isTransposed ? right[column, k] : right[k, column]
  }
}
