import Datasets
import Foundation
import NeuralNetwork
import Testing

@Suite("The digits that are shipped")
struct DigitsTests {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("notebooks/data/digits.csv")

  @Test("1,797 images of 64 pixels from 0 to 1, every digit about equally often")
  func shipped() throws {
    let digits = try LabeledImages.digits(Self.file)
    #expect(digits.count == 1797)
    #expect(digits.pixels.shape == Shape(64, 1797))
    #expect(digits.pixels.elements.min() == 0)
    #expect(digits.pixels.elements.max() == 1)
    // The counts that the data set's description prints.
    let counts = (0...9).map { digit in digits.labels.filter { $0 == digit }.count }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    // The first image, third pixel: 5 of 16.
    #expect(digits.pixels[2, 0] == 5.0 / 16)
  }

  @Test("A small network learns them")
  func learned() throws {
    let digits = try LabeledImages.digits(Self.file)
    let train = digits.subset(0..<1400)
    let test = digits.subset(1400..<1797)
    var generator = SplitMix64(seed: 1)
    var network = try Network.random(
      sizes: [64, 32, 10], hidden: .relu, output: .softmax, .he, using: &generator)
    let targets = try Matrix<Double>.oneHot(train.labels, classes: 10)
    for _ in 0..<10 {
      try network.trainEpoch(
        inputs: train.pixels, targets: targets, loss: .crossEntropy(reduction: .mean),
        learningRate: 0.3, batchSize: 32, using: &generator)
    }
    let answers = try network.forward(test.pixels).output.largestRows
    let right = zip(answers, test.labels).filter { $0 == $1 }.count
    #expect(Double(right) / Double(test.count) > 0.88)
  }

  @Test(
    "A row that is no image is an error with its line",
    arguments: [
      ("7,1,2\n", ":2: error: expected a label of 0 to 9 and 64 pixels of 0 to 16"),
      ("x\n", ":2: error: 'x' is not a whole number"),
      ("", ": error: has no images"),
      (
        "12" + String(repeating: ",0", count: 64) + "\n",
        ":2: error: expected a label of 0 to 9 and 64 pixels of 0 to 16"
      ),
      (
        "1" + String(repeating: ",17", count: 64) + "\n",
        ":2: error: expected a label of 0 to 9 and 64 pixels of 0 to 16"
      ),
    ])
  func malformed(rows: String, message: String) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(("header\n" + rows).utf8).write(to: url)
    let error = #expect(throws: DataError.self) { try LabeledImages.digits(url) }
    #expect(error?.description == url.path + message)
  }

  @Test("A file that is not there is an error with its path")
  func absent() {
    let error = #expect(throws: DataError.self) {
      try LabeledImages.digits(URL(fileURLWithPath: "/nowhere/digits.csv"))
    }
    #expect(error?.description == "/nowhere/digits.csv: error: cannot be read")
  }
}
