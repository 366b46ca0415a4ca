import NeuralNetwork

/// Images as columns of grey values from 0 to 1, with the class of each.
public struct LabeledImages: Equatable, Sendable {
  /// Pixels × images, a byte each; a column is one image, row by row.
  public let bytes: ByteMatrix
  /// The class of each image, from 0.
  public let labels: [Int]

  public init(bytes: ByteMatrix, labels: [Int]) {
    precondition(bytes.columns == labels.count, "one label an image")
    self.bytes = bytes
    self.labels = labels
  }

  /// Pixels × images as numbers, made anew at each call and with eight times the memory.
  public var pixels: Matrix<Double> { Matrix(bytes) }

  public var count: Int { labels.count }

  /// The images with the given numbers, in that order.
  public func subset(_ chosen: some Sequence<Int>) -> LabeledImages {
    let chosen = Array(chosen)
    return LabeledImages(bytes: bytes.columns(chosen), labels: chosen.map { labels[$0] })
  }
}

/// A file of data that cannot be used, with its place.
public struct DataError: Error, Equatable, CustomStringConvertible {
  public let path: String
  public let message: String

  public init(_ path: String, _ message: String) {
    self.path = path
    self.message = message
  }

  public var description: String { "\(path): error: \(message)" }
}
