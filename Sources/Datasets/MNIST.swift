import Foundation
import NeuralNetwork

extension LabeledImages {
  /// The two halves of MNIST, by the beginning of their files' names.
  public enum MNISTPart: String, Sendable {
    case train = "train"
    case test = "t10k"
  }

  /// Reads the first images of MNIST, 28 × 28 pixels of 0 to 255, which are scaled to 0 to 1.
  ///
  /// The folder holds the files as they are distributed, unpacked: `train-images-idx3-ubyte` and
  /// `train-labels-idx1-ubyte`, or `t10k-…`; some copies write `.idx` for `-idx`. The files of other
  /// data sets in this form (Fashion-MNIST, KMNIST) do as well.
  ///
  /// - Parameter count: how many images to take at most.
  /// - Throws: `DataError` for a file that is missing, compressed, cut off, too long or of another kind,
  ///   for images and labels that differ in number, and for a label over 9.
  ///
  /// Source: 003 "Unroll and Reshape", "Python".
  public static func mnist(
    _ part: MNISTPart, in folder: URL, first count: Int = .max
  ) throws -> LabeledImages {
    let imageFile = try file("\(part.rawValue)-images-idx3-ubyte", in: folder)
    let labelFile = try file("\(part.rawValue)-labels-idx1-ubyte", in: folder)
    let images = try IDXFile(imageFile, dimensions: 3, what: "images")
    let labels = try IDXFile(labelFile, dimensions: 1, what: "labels")
    guard images.sizes[0] > 0, Array(images.sizes.dropFirst()) == [28, 28] else {
      throw DataError(
        imageFile.path,
        "holds \(images.sizes[0]) images of \(images.sizes[1]) × \(images.sizes[2]) pixels; allowed: 1 or "
          + "more of 28 × 28")
    }
    guard labels.sizes[0] == images.sizes[0] else {
      throw DataError(
        labelFile.path, "holds \(labels.sizes[0]) labels for \(images.sizes[0]) images")
    }
    if let bad = labels.bytes.firstIndex(where: { $0 > 9 }) {
      throw DataError(
        labelFile.path,
        "label \(bad - labels.bytes.startIndex + 1) is \(labels.bytes[bad]); allowed: 0 to 9")
    }
    let taken = min(count, images.sizes[0])
    return LabeledImages(
      bytes: ByteMatrix(
        rows: 784, columns: taken, bytes: Array(images.bytes.prefix(784 * taken)), scale: 255),
      labels: labels.bytes.prefix(taken).map(Int.init))
  }

  /// The file of that name, or of the same name with `.idx` for `-idx`.
  private static func file(_ name: String, in folder: URL) throws -> URL {
    let names = [name, name.replacing("-idx", with: ".idx")]
    func exists(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    if let found = names.first(where: exists) { return folder.appendingPathComponent(found) }
    if let packed = names.map({ "\($0).gz" }).first(where: exists) {
      throw DataError(
        folder.appendingPathComponent(packed).path, "is compressed; unpack it with gunzip")
    }
    throw DataError(folder.path, "holds no \(name)")
  }
}
