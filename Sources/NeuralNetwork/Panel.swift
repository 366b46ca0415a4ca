/// A matrix in memory that somebody else owns, column by column.
///
/// Where kernels compute, each column begins a cache line: `stride` numbers lie from one to the next. What
/// is past the rows is padding; it is computed along, so that kernels have whole vectors only, and it stays
/// finite: padded weights, biases and deltas are 0.
struct Panel<T: Scalar> {
  let start: UnsafeMutablePointer<T>
  let rows: Int
  let columns: Int
  /// From a column to the next.
  let stride: Int

  var shape: Shape { Shape(rows, columns) }

  /// From a column to the next, in memory.
  var columnBytes: Int { stride * MemoryLayout<T>.stride }

  /// The rows in whole cache lines.
  var paddedRows: Int { stride == rows ? rows : Self.padded(rows) }

  private static func padded(_ rows: Int) -> Int {
    (rows + T.lineLength - 1) / T.lineLength * T.lineLength
  }

  /// Zeros in memory of their own, which `deallocate` gives back.
  init(zeros shape: Shape) {
    (rows, columns) = (shape.rows, shape.columns)
    let padded = Self.padded(rows)
    // Columns 8, 16, … cache lines apart would all lie in the same few places of the cache.
    let isCrowded = T.lineLength > 1 && padded > 0 && padded % (8 * T.lineLength) == 0
    stride = isCrowded ? padded + T.lineLength : padded
    start = UnsafeMutableRawPointer.allocate(
      byteCount: Swift.max(stride * columns, 1) * MemoryLayout<T>.stride,
      alignment: Swift.max(64, MemoryLayout<T>.alignment)
    ).bindMemory(to: T.self, capacity: stride * columns)
    start.initialize(repeating: T(0), count: stride * columns)
  }

  /// The memory of a matrix, which must outlive the panel and, where it is written, be a variable's.
  init(_ elements: UnsafeBufferPointer<T>, shape: Shape) {
    (rows, columns, stride) = (shape.rows, shape.columns, shape.rows)
    // A matrix without entries has no memory, and none of it is touched.
    start = UnsafeMutablePointer(
      mutating: elements.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<T>.alignment)!)
  }

  func deallocate() {
    start.deinitialize(count: stride * columns)
    UnsafeMutableRawPointer(start).deallocate()
  }

  subscript(column: Int) -> UnsafeMutablePointer<T> { start + column &* stride }

  /// The memory of some columns, with their padding.
  func block(_ columns: Range<Int>) -> UnsafeMutableBufferPointer<T> {
    UnsafeMutableBufferPointer(start: self[columns.lowerBound], count: columns.count &* stride)
  }

  /// Lends the list of where each column begins.
  @inline(__always)
  func withColumns<Result>(_ body: (Columns<T>) throws -> Result) rethrows -> Result {
    try withUnsafeTemporaryAllocation(
      of: UnsafeRawPointer.self, capacity: Swift.max(columns, 1)
    ) { list in
      list.baseAddress!.set(to: self, 0..<columns)
      return try body(Columns(list.baseAddress!))
    }
  }

  /// Takes over a matrix of as many rows, from a column on.
  func set(to matrix: Matrix<T>, from first: Int = 0) {
    precondition(matrix.rows == rows && first + matrix.columns <= columns)
    for column in 0..<matrix.columns {
      for row in 0..<rows { self[first + column][row] = matrix.elements[column * rows + row] }
    }
  }

  /// Some columns as a matrix.
  func matrix(columns: Range<Int>) -> Matrix<T> {
    Matrix(rows: rows, columns: columns.count) { self[columns.lowerBound + $1][$0] }
  }

  /// Element by element, in some columns.
  func set(to a: Panel<T>, times b: Panel<T>, _ columns: Range<Int>) {
    let (product, a, b) = (block(columns), a.block(columns), b.block(columns))
    for index in product.indices { product[index] = a[index] * b[index] }
  }

  /// Makes every entry of some columns the result of a line.
  @inline(__always)
  func note(_ columns: Range<Int>) {
    guard T.notesLines else { return }
    let block = block(columns)
    for index in block.indices { block[index] = block[index].noted }
  }

  /// Writes some rows as columns.
  func transpose(into other: Panel<T>, rows: Range<Int>) {
    let rows = rows.clamped(to: 0..<self.rows)
    T.transpose(
      rows: rows.count, columns: columns, from: start + rows.lowerBound, step: stride,
      into: other[rows.lowerBound], step: other.stride)
  }
}

extension Matrix {
  /// Lends its memory for reading.
  @inline(__always)
  func withPanel<Result>(_ body: (Panel<Element>) throws -> Result) rethrows -> Result {
    try elements.withUnsafeBufferPointer { try body(Panel($0, shape: shape)) }
  }

  /// Lends its memory for writing.
  @inline(__always)
  mutating func withMutablePanel<Result>(
    _ body: (Panel<Element>) throws -> Result
  ) rethrows -> Result {
    let shape = shape
    return try elements.withUnsafeMutableBufferPointer {
      try body(Panel(UnsafeBufferPointer($0), shape: shape))
    }
  }
}

extension UnsafeMutablePointer<UnsafeRawPointer> {
  /// Becomes the beginnings of the chosen columns.
  @inline(__always)
  func set<T: Scalar>(to panel: Panel<T>, _ chosen: some RandomAccessCollection<Int>) {
    set(to: UnsafeRawPointer(panel.start), columnBytes: panel.columnBytes, chosen)
  }

  /// Becomes the beginnings of the chosen columns, which lie so many bytes apart.
  @inline(__always)
  func set(
    to start: UnsafeRawPointer, columnBytes: Int, _ chosen: some RandomAccessCollection<Int>
  ) {
    var place = self
    for column in chosen {
      place.pointee = start + column &* columnBytes
      place += 1
    }
  }
}
