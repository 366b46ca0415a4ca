/// Rows and columns of a matrix.
public struct Shape: Equatable, Sendable, CustomStringConvertible {
  public let rows: Int
  public let columns: Int

  /// A shape, rows first.
  public init(_ rows: Int, _ columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// The number of entries.
  var count: Int { rows * columns }

  /// As the documents print it: `4×3`.
  public var description: String { "\(rows)×\(columns)" }
}

/// A matrix of any scalar, stored column by column.
///
/// Examples are columns of `X`, so one example lies in one piece of memory. Row and column numbers
/// in the subscript start at 0.
public struct Matrix<Element: Scalar>: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// The entries, column by column.
  public internal(set) var elements: [Element]

  /// Rows and columns.
  public var shape: Shape { Shape(rows, columns) }

  /// The matrix with the given rows, as it is written on the page.
  ///
  /// - Throws: `NetworkError.raggedRows` when the rows differ in length or there is no entry.
  public init(_ rowsOfEntries: [[Element]]) throws {
    let width = rowsOfEntries.first?.count ?? 0
    guard width > 0, rowsOfEntries.allSatisfy({ $0.count == width }) else {
      throw NetworkError.raggedRows(lengths: rowsOfEntries.map(\.count))
    }
    self.init(rows: rowsOfEntries.count, columns: width) { rowsOfEntries[$0][$1] }
  }

  /// The matrix whose entry in row `i`, column `j` (from 0) is `entry(i, j)`.
  public init(rows: Int, columns: Int, entry: (Int, Int) throws -> Element) rethrows {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows)×\(columns)")
    self.rows = rows
    self.columns = columns
    elements = []
    elements.reserveCapacity(rows * columns)
    for column in 0..<columns {
      for row in 0..<rows { elements.append(try entry(row, column)) }
    }
  }

  /// The matrix with the entries of `elements`, column by column.
  public init(rows: Int, columns: Int, elements: [Element]) {
    precondition(
      elements.count == rows * columns, "\(rows)×\(columns) is not \(elements.count) entries")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The matrix of zeros.
  init(zeros shape: Shape) {
    self.init(
      rows: shape.rows, columns: shape.columns,
      elements: Array(repeating: Element(0), count: shape.rows * shape.columns))
  }

  /// A column vector.
  public init(column: [Element]) {
    self.init(rows: column.count, columns: 1, elements: column)
  }

  /// The entry in a row and column, both from 0; outside the matrix is a precondition failure.
  public subscript(row: Int, column: Int) -> Element {
    get {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "[\(row), \(column)] lies outside \(shape)")
      return elements[column * rows + row]
    }
    set {
      precondition(
        row >= 0 && row < rows && column >= 0 && column < columns,
        "[\(row), \(column)] lies outside \(shape)")
      elements[column * rows + row] = newValue
    }
  }

  /// The entries of a row, from 0.
  public func row(_ row: Int) -> [Element] { (0..<columns).map { self[row, $0] } }
  /// The entries of a column, from 0: one example.
  public func column(_ column: Int) -> [Element] { (0..<rows).map { self[$0, column] } }

  var transposedShape: Shape { Shape(columns, rows) }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    Matrix(rows: columns, columns: rows) { self[$1, $0] }
  }

  /// The matrix of `transform(entry)`.
  public func map<Result: Scalar>(_ transform: (Element) throws -> Result) rethrows -> Matrix<
    Result
  > {
    Matrix<Result>(rows: rows, columns: columns, elements: try elements.map(transform))
  }

  /// Every entry times `factor`; the matrix itself when the factor is 1, so that no step is added.
  public func scaled(by factor: Double) -> Matrix {
    factor == 1 ? self : map { Element(factor) * $0 }
  }

  /// The matrix product: entry (i, j) is `Σₖ left(i, k) · right(k, j)`, summed from k = 1 up.
  ///
  /// - Throws: `NetworkError.shapeMismatch` unless `left.columns == right.rows`.
  public static func * (left: Matrix, right: Matrix) throws -> Matrix {
    guard left.columns == right.rows else {
      throw NetworkError.shapeMismatch(
        operation: "matrix product", left: left.shape, right: right.shape)
    }
    var product = Matrix(zeros: Shape(left.rows, right.columns))
    product.withMutablePanel { product in
      left.withPanel { left in
        right.withPanel { right in
          right.withColumns {
            Element.compute(
              MatrixProduct(left, $0, into: product, columns: 0..<right.columns, ending: .store))
          }
        }
      }
    }
    return product
  }

  /// The sum, entry by entry.
  ///
  /// - Throws: `NetworkError.shapeMismatch` unless the shapes are equal.
  public static func + (left: Matrix, right: Matrix) throws -> Matrix {
    try left.combined(with: right, "matrix sum", +)
  }

  /// The difference, entry by entry.
  ///
  /// - Throws: `NetworkError.shapeMismatch` unless the shapes are equal.
  public static func - (left: Matrix, right: Matrix) throws -> Matrix {
    try left.combined(with: right, "matrix difference", -)
  }

  /// The element-wise product ⊙, which 002 writes `∗` and 003 `.∗`.
  ///
  /// - Throws: `NetworkError.shapeMismatch` unless the shapes are equal.
  public func hadamard(_ other: Matrix) throws -> Matrix {
    try combined(with: other, "element-wise product", *)
  }

  /// Adds a column to every column: the "broadcasting" of document 002.
  ///
  /// - Throws: `NetworkError.shapeMismatch` unless the column has one entry a row.
  public func addingToEachColumn(_ column: [Element]) throws -> Matrix {
    guard column.count == rows else {
      throw NetworkError.shapeMismatch(
        operation: "broadcast sum", left: shape, right: Shape(column.count, 1))
    }
    return Matrix(rows: rows, columns: columns) { self[$0, $1] + column[$0] }
  }

  /// The sum of every row: one number a unit, over all examples.
  public var rowSums: [Element] {
    (0..<rows).map { row in
      guard columns > 0 else { return Element(0) }
      var sum = self[row, 0]
      for column in 1..<max(columns, 1) { sum = sum + self[row, column] }
      return sum
    }
  }

  private func combined(
    with other: Matrix, _ operation: String, _ combine: (Element, Element) -> Element
  ) throws -> Matrix {
    guard shape == other.shape else {
      throw NetworkError.shapeMismatch(operation: operation, left: shape, right: other.shape)
    }
    return Matrix(
      rows: rows, columns: columns,
      elements: zip(elements, other.elements).map { combine($0, $1) })
  }

  /// - Throws: `NetworkError.notFinite` with the place of the first NaN or infinity.
  func requireFinite(_ name: String) throws {
    if elements.withUnsafeBufferPointer(Element.areFinite) { return }
    if let index = elements.firstIndex(where: { !$0.value.isFinite }) {
      throw NetworkError.notFinite(
        name: name, row: index % rows + 1, column: index / rows + 1, value: elements[index].value)
    }
  }
}
