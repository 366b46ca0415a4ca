import ArgumentParser
import Foundation
@testable import Lecture_Dropout
import Testing

@testable import Notebook

/// The dropout lecture's experiment, and what a user meets who runs it on other data.
@Suite struct DropoutTests {
  /// Small files in the form of MNIST: the pixel in row `label` of an image is white.
  private func withMNIST(_ body: (URL) throws -> Void) throws {
    func idx(_ header: [Int], _ bytes: [UInt8]) -> Data {
      Data(
        header.flatMap { number in (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xFF) } } + bytes)
    }
    try withTemporaryFolder { folder in
      for (part, count) in [("train", 40), ("t10k", 20)] {
        let labels = (0..<count).map { UInt8($0 % 10) }
        let pixels = labels.flatMap { label in
          (0..<784).map { UInt8($0 / 28 == Int(label) ? 255 : 0) }
        }
        try idx([0x803, count, 28, 28], pixels)
          .write(to: folder.appendingPathComponent("\(part)-images-idx3-ubyte"))
        try idx([0x801, count], labels)
          .write(to: folder.appendingPathComponent("\(part)-labels-idx1-ubyte"))
      }
      try body(folder)
    }
  }

  @Test("dropout narrows the gap between training and test cost and keeps the weights smaller")
  func overfitting() throws {
    let runs = try #require(
      try Run.lecture("Dropout").files.first { $0.name == "overfitting_runs.csv" })
    let rows = runs.text.split(separator: "\n").dropFirst().map { row in
      row.split(separator: ",").map { Double($0)! }
    }
    #expect(rows.map { $0[0] } == [0, 0.2, 0.5])
    for column in [2, 3, 8] {
      let values = rows.map { $0[column] }
      #expect(values == values.sorted(by: >), "column \(column)")
    }
    // Training cost, test cost and squared norm of the same training in another program (NumPy).
    let expected = [
      (0.10489630570364321, 1.2934697531857715, 368.90380780056137),
      (0.1569451839090446, 1.0579779223085273, 353.30481510433594),
      (0.2913379810217944, 0.9317298873466419, 327.01382252602195),
    ]
    for (row, right) in zip(rows, expected) {
      #expect(abs(row[1] - right.0) < 1e-9)
      #expect(abs(row[2] - right.1) < 1e-9)
      #expect(abs(row[8] - right.2) < 1e-7)
    }
    // The network without dropout knows nearly all labels by heart, a fifth of them wrong.
    #expect(rows[0][4] > 0.95 && rows[0][5] < 0.75)
  }

  @Test("MNIST in a folder takes the digits' place; only the claims about the training change")
  func mnist() throws {
    try withMNIST { folder in
      let woven = try Dropout.parse(["--mnist", folder.path, "--images", "40", "--epochs", "3"])
        .woven()
      #expect(
        woven.claims.filter { $0.verdict == .variant }.map(\.entry.id)
          == ["dropout.damlf.monotone", "dropout.damlf.overfitting"])
      let report = woven.files[0].text
      #expect(report.contains("> A variant with m = 40, epochs = 3, images from MNIST = 40."))
      #expect(
        report.contains(
          "40 training images, the first of the digits of 28 × 28 pixels from MNIST, with a wrong label "
            + "on 8 of them"))
      #expect(!report.contains(folder.path))
    }
  }

  @Test("MNIST needs a folder for its output, and writes no progress into a pipe")
  func output() throws {
    try withMNIST { folder in
      let arguments = ["--mnist", folder.path, "--images", "40", "--epochs", "2"]
      let refused = try Command("Lecture-Dropout", arguments)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("changed parameters need --output with another"))
      let output = folder.appendingPathComponent("out")
      let written = try Command("Lecture-Dropout", arguments + ["--output", output.path])
      #expect(written.status == 0)
      #expect(written.errors == "")
    }
  }

  @Test("a folder without MNIST, and more images than there are, are named")
  func unusable() throws {
    try withMNIST { folder in
      let absent = folder.appendingPathComponent("absent").path
      let missing = try Command("Lecture-Dropout", ["--mnist", absent])
      #expect(missing.status != 0)
      #expect(missing.errors.contains("Error: \(absent): holds no train-images-idx3-ubyte\n"))
      let few = try Command("Lecture-Dropout", ["--mnist", folder.path, "--images", "41"])
      #expect(
        few.errors.contains(
          "Error: \(folder.path): has 40 images for training; --images asks for 41\n"))
    }
    let digits = try Command("Lecture-Dropout", ["--images", "1298"])
    #expect(
      digits.errors.contains("digits.csv: has 1297 images for training; --images asks for 1298\n"))
    for count in [-1, 10, 60001] {
      let command = try Command("Lecture-Dropout", ["--images=\(count)", "--output", "/nowhere/x"])
      #expect(command.status == 1)
      let shown = NumberFormat.plain.text(Double(count))
      #expect(command.errors == "--images: error: m is \(shown); allowed: 20 to 60000\n")
    }
  }

  @Test("with another p the worked examples follow, and the ridge form still is the expected loss")
  func dropRate() throws {
    let woven = try Dropout.parse(["--drop-rate", "0.2", "--epochs", "2"]).woven()
    let values = Dictionary(
      uniqueKeysWithValues: woven.claims.map { ($0.entry.id, $0.evidence.values) })
    func expect(_ id: String, _ expected: [Double]) throws {
      let found = try #require(values["dropout.damlf.\(id)"])
      for (value, right) in zip(found, expected) {
        #expect(abs(value - right) < 1e-12, "\(id): \(value), not \(right)")
      }
    }
    // n(1 − p), p⁴, mean 10(1 − p), variance 30 p(1 − p), and w = 1/(2 + p/(1 − p)) = 4/9.
    try expect("sparse", [8])
    try expect("all-dropped", [0.0016])
    try expect("enumeration", [16, 8, 4.8, 10])
    try expect("spread", [4.0 / 9, 4.0 / 9, 32.0 / 81, 1.0 / 9, 1])
  }
}
