/// The inputs of all examples, a column each, in memory that somebody else owns.
struct ExampleInputs<T: Scalar> {
  let shape: Shape
  private let start: UnsafeRawPointer
  /// From a column to the next.
  let columnBytes: Int
  /// The inputs that are numbers.
  let panel: Panel<T>?
  /// For inputs that are bytes, the number of every byte.
  let numbers: UnsafePointer<T>?

  init(_ panel: Panel<T>) {
    shape = panel.shape
    start = UnsafeRawPointer(panel.start)
    columnBytes = panel.columnBytes
    self.panel = panel
    numbers = nil
  }

  init(bytes: UnsafeBufferPointer<UInt8>, shape: Shape, numbers: UnsafePointer<T>) {
    self.shape = shape
    // A matrix without entries has no memory, and none of it is touched.
    start = UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!)
    columnBytes = shape.rows
    panel = nil
    self.numbers = numbers
  }

  /// Writes where the chosen columns begin.
  @inline(__always)
  func list(
    _ chosen: UnsafeBufferPointer<Int>, in list: UnsafeMutablePointer<UnsafeRawPointer>
  ) {
    list.set(to: start, columnBytes: columnBytes, chosen)
  }

  /// - Throws: `NetworkError.notFinite` with the place of an input that is not finite; all bytes are.
  func requireFinite() throws {
    try panel?.matrix(columns: 0..<shape.columns).requireFinite("inputs")
  }
}

extension ByteMatrix {
  /// Lends its memory for reading.
  func withInputs<T: Scalar>(_ body: (ExampleInputs<T>) throws -> Void) throws {
    let numbers: [T] = numbers()
    try bytes.withUnsafeBufferPointer { bytes in
      try numbers.withUnsafeBufferPointer { numbers in
        try body(ExampleInputs(bytes: bytes, shape: shape, numbers: numbers.baseAddress!))
      }
    }
  }
}
