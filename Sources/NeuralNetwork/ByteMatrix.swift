/// A matrix of bytes, each of which stands for `byte / scale`.
///
/// So images are stored: a grey value takes one byte, and as a `Double` eight. `Network.trainEpoch` reads them as
/// they are; for everything else there is `Matrix(bytes)`.
///
/// Source: 003 "Unroll and Reshape", whose code divides by 255.
public struct ByteMatrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// The bytes, column by column.
  public let bytes: [UInt8]
  /// What each byte is divided by, from 1 to 255.
  public let scale: Int

  /// Rows and columns.
  public var shape: Shape { Shape(rows, columns) }

  /// The matrix with the entries `byte / scale`, column by column.
  public init(rows: Int, columns: Int, bytes: [UInt8], scale: Int) {
    precondition(bytes.count == rows * columns, "\(rows)×\(columns) is not \(bytes.count) bytes")
    precondition(1...255 ~= scale, "a scale of \(scale) is not from 1 to 255")
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    self.scale = scale
  }

  /// The columns with the given numbers, in that order.
  public func columns(_ chosen: some Sequence<Int>) -> ByteMatrix {
    let chosen = Array(chosen)
    return ByteMatrix(
      rows: rows, columns: chosen.count,
      bytes: chosen.flatMap { bytes[($0 * rows)..<(($0 + 1) * rows)] }, scale: scale)
  }

  /// For every byte the number that it stands for.
  @_specialize(where T == Double)
  @_specialize(where T == Float)
  func numbers<T: Scalar>() -> [T] {
    (0...255).map { T(Double($0) / Double(scale)) }
  }
}

extension Matrix {
  /// The numbers that the bytes stand for.
  @_specialize(where Element == Double)
  @_specialize(where Element == Float)
  public init(_ bytes: ByteMatrix) {
    let numbers: [Element] = bytes.numbers()
    self.init(
      rows: bytes.rows, columns: bytes.columns, elements: bytes.bytes.map { numbers[Int($0)] })
  }
}
