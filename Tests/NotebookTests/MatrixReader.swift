/// Computes what an equation of matrices on the page says. Written for the tests, apart from the writer.
struct MatrixReader {
  typealias Value = [[Double]]
  struct Unreadable: Error { let rest: String }
  private var rest: Substring

  static func value(of text: String) throws -> Value {
    var reader = MatrixReader(rest: text[...])
    let value = try reader.sum()
    guard reader.rest.isEmpty else { throw Unreadable(rest: String(reader.rest)) }
    return value
  }

  private mutating func take(_ text: String) -> Bool {
    while rest.hasPrefix(" ") { rest = rest.dropFirst() }
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  private mutating func sum() throws -> Value {
    var value = try odot()
    while true {
      if take("+") {
        value = Self.combined(value, try odot(), +)
      } else if take("-") {
        value = Self.combined(value, try odot(), -)
      } else {
        return value
      }
    }
  }

  private mutating func odot() throws -> Value {
    var value = try product()
    while take("\\odot") { value = Self.combined(value, try product(), *) }
    return value
  }

  private mutating func product() throws -> Value {
    var value = try factor()
    while rest.hasPrefix(" \\begin") || rest.hasPrefix(" \\left(") {
      value = Self.product(value, try factor())
    }
    return value
  }

  private mutating func factor() throws -> Value {
    if take("\\left(") {
      let value = try sum()
      guard take("\\right)") else { throw Unreadable(rest: String(rest)) }
      return value
    }
    if take("\\begin{bmatrix}") {
      guard let end = rest.range(of: "\\end{bmatrix}") else { throw Unreadable(rest: String(rest)) }
      let body = rest[..<end.lowerBound]
      rest = rest[end.upperBound...]
      return try body.split(separator: " \\\\ ").map { row in
        try row.split(separator: " & ").map { try Self.number(String($0)) }
      }
    }
    // A scalar: what the matrix after it is multiplied by.
    let ends = [" \\begin", " \\left("].compactMap { rest.range(of: $0) }
    guard let end = ends.min(by: { $0.lowerBound < $1.lowerBound }) else {
      throw Unreadable(rest: String(rest))
    }
    let scalar = String(rest[..<end.lowerBound])
    rest = rest[end.lowerBound...]
    return [[try Self.number(scalar)]]
  }

  private static func number(_ text: String) throws -> Double {
    var reader = FormulaReader()
    return try reader.value(of: text.trimmingPrefix(" ").description)
  }

  private static func combined(
    _ a: Value, _ b: Value, _ operation: (Double, Double) -> Double
  ) -> Value {
    // A column added to a matrix is added to each of its columns.
    a.indices.map { i in
      a[i].indices.map { j in operation(a[i][j], b[i][b[i].count == 1 ? 0 : j]) }
    }
  }

  private static func product(_ a: Value, _ b: Value) -> Value {
    if a.count == 1, a[0].count == 1, b.count != 1 { return b.map { $0.map { a[0][0] * $0 } } }
    return a.map { row in
      b[0].indices.map { j in row.indices.map { row[$0] * b[$0][j] }.reduce(0, +) }
    }
  }
}
