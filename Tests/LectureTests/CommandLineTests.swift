import Foundation
@testable import Lecture_Backprop
@testable import Lecture_Softmax
import Testing

@testable import Notebook

/// What a user meets who asks for something that cannot be done, and who changes a number.
@Suite struct CommandLineTests {
  @Test("a parameter out of its range is named with its symbol and its range; nothing is written")
  func outOfRange() throws {
    try withTemporaryFolder { folder in
      let output = folder.appendingPathComponent("variant")
      let command = try Command(
        "Lecture-Backprop", ["--learning-rate", "20", "--output", output.path])
      #expect(command.status == 1)
      #expect(command.errors == "--learning-rate: error: η is 20; allowed: 1·10⁻⁶ to 10\n")
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test("a parameter out of its range is named first, with or without a folder")
  func outOfRangeWithoutFolder() throws {
    let command = try Command("Lecture-Backprop", ["--learning-rate", "20"])
    #expect(command.status == 1)
    #expect(command.errors == "--learning-rate: error: η is 20; allowed: 1·10⁻⁶ to 10\n")
  }

  @Test("a negative number is a value, not an option", arguments: ["-60", "-0.5", "-.5", "-6e1"])
  func negativeNumber(input: String) throws {
    try withTemporaryFolder { folder in
      let command = try Command("Lecture-Backprop", ["--input", input, "--output", folder.path])
      #expect(command.status == 0, "\(command.errors)")
      let report = try String(
        contentsOf: folder.appendingPathComponent("report.md"), encoding: .utf8)
      let shown = NumberFormat.plain.text(try #require(Double(input)))
      #expect(report.contains("> A variant with x₁ = \(shown). "))
    }
  }

  @Test("a negative number out of its range has a true minus sign")
  func negativeOutOfRange() throws {
    let command = try Command("Lecture-Forward", ["--input", "-1001"])
    #expect(command.status == 1)
    #expect(command.errors == "--input: error: x is −1001; allowed: −1000 to 1000\n")
  }

  @Test("a folder without a name is refused; the reference outputs stay")
  func emptyFolderName() throws {
    let command = try Command("Lecture-Notation", ["--output", ""])
    #expect(command.status == 1)
    #expect(command.errors == "--output: error: the folder's name is empty\n")
    #expect(command.output == "")
  }

  @Test("a folder with files of other people is refused, and they stay")
  func otherFiles() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("claims.csv")
      try Data("mine".utf8).write(to: file)
      let command = try Command("Lecture-Forward", ["--output", folder.path])
      #expect(command.status == 1)
      #expect(
        command.errors == "\(folder.path): error: this folder holds other files; name a new or an "
          + "empty one\n")
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
  }

  @Test("a parameter that is no number is refused")
  func notANumber() throws {
    let command = try Command("Lecture-Backprop", ["--learning-rate", "fast"])
    #expect(command.status != 0)
    #expect(command.errors.contains("The value 'fast' is invalid for '--learning-rate"))
  }

  @Test("changed parameters without a folder leave the reference outputs alone")
  func variantNeedsFolder() throws {
    let report = try project().outputs.appendingPathComponent("backprop/report.md")
    let before = try String(contentsOf: report, encoding: .utf8)
    let command = try Command("Lecture-Backprop", ["--learning-rate", "0.1"])
    #expect(command.status == 1)
    #expect(command.errors.contains("changed parameters need --output with another"))
    #expect(try String(contentsOf: report, encoding: .utf8) == before)
  }

  @Test("a folder that cannot be written to is named, and what lies there stays")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("taken")
      try Data("mine".utf8).write(to: file)
      let command = try Command("Lecture-Forward", ["--output", file.path])
      #expect(command.status == 1)
      #expect(command.errors.hasPrefix("\(file.path): error: cannot write here: "))
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
  }

  @Test("a variant changes the claims that depend on the parameter and no others")
  func variant() throws {
    let changed = try Backprop.parse(["--learning-rate", "0.1"]).woven()
    let verdicts = Dictionary(
      uniqueKeysWithValues: changed.claims.map { ($0.entry.id, $0) })
    let moved = changed.claims.filter { $0.verdict == .variant }.map(\.entry.id)
    #expect(
      moved == [
        "backprop.deeplearning.w2-new", "backprop.deeplearning.w1-new",
        "backprop.deeplearning.example-z-plus", "backprop.deeplearning.example-z-minus",
        "backprop.deeplearning.overshoot",
      ])
    // 12 + 0.1 · 0.2775 and 0.1 + 0.1 · 125.874.
    #expect(
      abs(try #require(verdicts["backprop.deeplearning.w2-new"]).evidence.values[0] - 12.02775)
        < 1e-12)
    #expect(
      abs(try #require(verdicts["backprop.deeplearning.w1-new"]).evidence.values[0] - 12.6874)
        < 1e-12)
    #expect(changed.files[0].text.contains("> A variant with η = 0.1."))
  }

  @Test("another winner changes what depends on it: team D has probability 0.3")
  func anotherWinner() throws {
    let changed = try Softmax.parse(["--target", "4"]).woven()
    let moved = changed.claims.filter { $0.verdict == .variant }
    #expect(
      moved.map(\.entry.id) == [
        "softmax.deeplearning.profit", "softmax.deeplearning.cross-entropy",
        "softmax.deeplearning.kl", "softmax.deeplearning.ce-gradient-base",
        "softmax.deeplearning.grad-yhat", "softmax.deeplearning.grad-example",
        "softmax.deeplearning.double-negation", "softmax.deeplearning.quotient",
        "softmax.deeplearning.output-table",
      ])
    let values = Dictionary(
      uniqueKeysWithValues: moved.map { ($0.entry.id, $0.evidence.values) })
    #expect(values["softmax.deeplearning.profit"] == [6, 1])
    let slope = try #require(values["softmax.deeplearning.ce-gradient-base"]?[0])
    #expect(abs(slope + 4.8089834696298783) < 1e-14)
    let error = try #require(values["softmax.deeplearning.grad-example"])
    #expect(zip(error, [0.2, 0.1, 0.4, -0.7]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(changed.files[0].text.contains("> A variant with t = 4."))
  }

  @Test("the learning rate changes the step and the training run, and no claim")
  func learningRateOfSoftmax() throws {
    let changed = try Softmax.parse(["--learning-rate", "10"]).woven()
    #expect(changed.claims.allSatisfy { $0.verdict != .variant })
    #expect(changed.files != (try Run.lecture("Softmax")).files)
  }

  @Test("help explains each parameter with its symbol and default")
  func help() throws {
    let command = try Command("Lecture-Backprop", ["--help"])
    #expect(command.status == 0)
    let text = command.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(text.contains("η, the learning rate of document 001's worked step. (default: 0.01)"))
    #expect(text.contains("x₁, the input of document 001's worked step. (default: 60.0)"))
  }
}
