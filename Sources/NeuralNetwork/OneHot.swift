extension Matrix {
  /// One column an example, with a 1 in the row of its class: `e(t)`. Classes are counted from 0.
  ///
  /// - Throws: `NetworkError.invalidSetting` for a label outside `0 ..< classes`.
  ///
  /// Source: 001 "e(t): One hot k-dimensional vector"; 003 "One-vs-all Networks".
  public static func oneHot(_ labels: [Int], classes: Int) throws -> Matrix {
    if let bad = labels.first(where: { !(0..<classes).contains($0) }) {
      throw NetworkError.invalidSetting(
        name: "label", value: Double(bad), allowed: "0 to \(classes - 1)")
    }
    return Matrix(rows: classes, columns: labels.count) { row, column in
      Element(labels[column] == row ? 1 : 0)
    }
  }

  /// The row of each column's largest entry, from 0; the first of equals.
  public var largestRows: [Int] {
    (0..<columns).map { column in
      (0..<rows).reduce(0) { self[$1, column].value > self[$0, column].value ? $1 : $0 }
    }
  }

  /// The columns with the given numbers, in that order.
  public func columns(_ chosen: some Sequence<Int>) -> Matrix {
    let chosen = Array(chosen)
    return Matrix(
      rows: rows, columns: chosen.count,
      elements: chosen.flatMap { elements[($0 * rows)..<(($0 + 1) * rows)] })
  }
}
