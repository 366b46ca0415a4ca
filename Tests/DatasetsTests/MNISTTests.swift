import Datasets
import Foundation
import NeuralNetwork
import Testing

@Suite("MNIST from the files a user has")
struct MNISTTests {
  /// The bytes of an IDX file: whole numbers of four bytes, the most significant first, then bytes.
  private static func idx(_ header: [UInt32], _ bytes: [UInt8]) -> Data {
    Data(header.flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } } + bytes)
  }

  private static func images(_ count: Int) -> Data {
    idx([0x803, UInt32(count), 28, 28], (0..<(784 * count)).map { UInt8($0 % 251) })
  }

  private static func labels(_ labels: [UInt8]) -> Data {
    idx([0x801, UInt32(labels.count)], labels)
  }

  private static let imageFile = "train-images-idx3-ubyte"
  private static let labelFile = "train-labels-idx1-ubyte"

  /// A folder with these files, removed afterwards.
  private func withFiles(_ files: [String: Data], _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    try body(folder)
  }

  /// The error of reading the training images; its path is given from the folder on.
  private func fault(_ files: [String: Data]) throws -> DataError {
    var found: DataError?
    try withFiles(files) { folder in
      let error = try #require(throws: DataError.self) {
        try LabeledImages.mnist(.train, in: folder)
      }
      found = DataError(error.path.replacing(folder.path, with: ""), error.message)
    }
    return try #require(found)
  }

  @Test("Images are columns of 784 pixels, row by row, divided by 255, with their labels")
  func read() throws {
    try withFiles([Self.imageFile: Self.images(3), Self.labelFile: Self.labels([7, 0, 9])]) {
      folder in
      let images = try LabeledImages.mnist(.train, in: folder)
      #expect(images.labels == [7, 0, 9])
      #expect(images.pixels.shape == Shape(784, 3))
      // Pixel j of image i is the byte 784 i + j, here its remainder by 251.
      #expect(images.pixels[0, 0] == 0)
      #expect(images.pixels[250, 0] == 250.0 / 255)
      #expect(images.pixels[29, 1] == Double((784 + 29) % 251) / 255)
      #expect(images.pixels[783, 2] == Double(2351 % 251) / 255)
    }
  }

  @Test("The test images have files of their own; a dot may stand for the hyphen before idx")
  func otherNames() throws {
    try withFiles([
      "t10k-images.idx3-ubyte": Self.images(2), "t10k-labels-idx1-ubyte": Self.labels([1, 2]),
      Self.imageFile: Self.images(1), Self.labelFile: Self.labels([5]),
    ]) { folder in
      let test = try LabeledImages.mnist(.test, in: folder)
      #expect(test.labels == [1, 2])
      let train = try LabeledImages.mnist(.train, in: folder)
      #expect(train.labels == [5])
    }
  }

  @Test("No more images are taken than are asked for, and no more than there are")
  func first() throws {
    try withFiles([Self.imageFile: Self.images(4), Self.labelFile: Self.labels([4, 3, 2, 1])]) {
      folder in
      let two = try LabeledImages.mnist(.train, in: folder, first: 2)
      #expect(try two == LabeledImages.mnist(.train, in: folder).subset(0..<2))
      #expect(try LabeledImages.mnist(.train, in: folder, first: 9).count == 4)
    }
  }

  @Test("A white pixel is 1")
  func white() throws {
    let image = Self.idx([0x803, 1, 28, 28], Array(repeating: 255, count: 784))
    try withFiles([Self.imageFile: image, Self.labelFile: Self.labels([1])]) { folder in
      let images = try LabeledImages.mnist(.train, in: folder)
      #expect(images.pixels.elements.allSatisfy { $0 == 1 })
    }
  }

  @Test(
    "An image file that cannot be used is named, with what is wrong",
    arguments: [
      (
        images(2).dropLast(),
        "is too short: 2 × 28 × 28 images need 1568 bytes after the header, found 1567"
      ),
      (
        images(2) + [0],
        "is too long: 2 × 28 × 28 images need 1568 bytes after the header, found 1569"
      ),
      (
        images(2).prefix(16),
        "is too short: 2 × 28 × 28 images need 1568 bytes after the header, found 0"
      ),
      (images(2).prefix(15), "is cut off in its header: 15 of 16 bytes"),
      (Data([0, 0, 8]), "is cut off in its header: 3 of 16 bytes"),
      (Data(), "is cut off in its header: 0 of 16 bytes"),
      (labels([1, 2]), "the magic number is 0x00000801; images have 0x00000803"),
      (
        idx([0x0308_0000, 2, 28, 28], []),
        "the magic number is 0x03080000; images have 0x00000803"
      ),
      (
        Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]), "is compressed; unpack it with gunzip"
      ),
      (
        idx([0x803, 1, 20, 20], Array(repeating: 0, count: 400)),
        "holds 1 images of 20 × 20 pixels; allowed: 1 or more of 28 × 28"
      ),
      (
        idx([0x803, 0, 28, 28], []),
        "holds 0 images of 28 × 28 pixels; allowed: 1 or more of 28 × 28"
      ),
      (
        idx([0x803, .max, .max, .max], []),
        "is too short: 4294967295 × 4294967295 × 4294967295 images need 7.9228162458924105e+28 bytes "
          + "after the header, found 0"
      ),
    ])
  func imageFaults(data: Data, message: String) throws {
    let error = try fault([Self.imageFile: data, Self.labelFile: Self.labels([1, 2])])
    #expect(error == DataError("/\(Self.imageFile)", message))
  }

  @Test(
    "A label file that cannot be used is named, with what is wrong",
    arguments: [
      (labels([1, 2, 3]), "holds 3 labels for 2 images"),
      (labels([1]), "holds 1 labels for 2 images"),
      (labels([9, 10]), "label 2 is 10; allowed: 0 to 9"),
      (labels([255, 0]), "label 1 is 255; allowed: 0 to 9"),
      (labels([1, 2]).dropLast(), "is too short: 2 labels need 2 bytes after the header, found 1"),
      (labels([1, 2]) + [0], "is too long: 2 labels need 2 bytes after the header, found 3"),
      (labels([1, 2]).prefix(6), "is cut off in its header: 6 of 8 bytes"),
      (images(2), "the magic number is 0x00000803; labels have 0x00000801"),
      (Data([0x1F, 0x8B]), "is compressed; unpack it with gunzip"),
    ])
  func labelFaults(data: Data, message: String) throws {
    let error = try fault([Self.imageFile: Self.images(2), Self.labelFile: data])
    #expect(error == DataError("/\(Self.labelFile)", message))
  }

  @Test("Files that are missing or still packed are named")
  func missing() throws {
    #expect(try fault([:]) == DataError("", "holds no train-images-idx3-ubyte"))
    #expect(
      try fault([Self.imageFile: Self.images(1)])
        == DataError("", "holds no train-labels-idx1-ubyte"))
    #expect(
      try fault(["\(Self.imageFile).gz": Data([0x1F, 0x8B]), Self.labelFile: Self.labels([1])])
        == DataError("/\(Self.imageFile).gz", "is compressed; unpack it with gunzip"))
  }

  @Test("A folder in a file's place is an error")
  func folder() throws {
    try withFiles([Self.labelFile: Self.labels([1])]) { folder in
      let taken = folder.appendingPathComponent(Self.imageFile)
      try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
      let error = try #require(throws: DataError.self) {
        try LabeledImages.mnist(.train, in: folder)
      }
      #expect(error == DataError(taken.path, "cannot be read"))
    }
  }
}
