import NeuralNetwork

/// Images as columns of numbers from 0 to 1, with the class of each.
public struct LabeledImages: Equatable, Sendable {
  /// Pixels × images; a column is one image, row by row.
  public let pixels: Matrix<Double>
  /// The class of each image, from 0.
  public let labels: [Int]

  public init(pixels: Matrix<Double>, labels: [Int]) {
    precondition(pixels.columns == labels.count, "one label an image")
    self.pixels = pixels
    self.labels = labels
  }

  public var count: Int { labels.count }

  /// The images with the given numbers, in that order.
  public func subset(_ chosen: some Sequence<Int>) -> LabeledImages {
    let chosen = Array(chosen)
    return LabeledImages(pixels: pixels.columns(chosen), labels: chosen.map { labels[$0] })
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
