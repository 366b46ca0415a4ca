/// The matrix product of `Double` matrices, without the generic arithmetic: the same sums in the same
/// order, so the same bits. Nil for any other number.
func fastProduct<Element: Scalar>(
  _ left: Matrix<Element>, _ right: Matrix<Element>
) -> Matrix<Element>? {
  guard left.columns > 0, let a = left.elements as? [Double], let b = right.elements as? [Double]
  else { return nil }
  let rows = left.rows
  let inner = left.columns
  var product = [Double](repeating: 0, count: rows * right.columns)
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      product.withUnsafeMutableBufferPointer { product in
        for column in 0..<right.columns {
          let into = column * rows
          let first = b[column * inner]
          for row in 0..<rows { product[into + row] = a[row] * first }
          for k in stride(from: 1, to: inner, by: 1) {
            let factor = b[column * inner + k]
            let from = k * rows
            for row in 0..<rows { product[into + row] += a[from + row] * factor }
          }
        }
      }
    }
  }
  return Matrix(rows: rows, columns: right.columns, elements: product as! [Element])
}
