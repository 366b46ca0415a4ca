import Foundation
import NeuralNetwork
import Testing

@testable import Notebook
@testable import Worksheet

/// Whatever a file holds, reading it ends with a worksheet or with one message. A trap would end the
/// tests.
@Suite("Broken files")
struct FuzzTests {
  /// Reads a text, and works it if it is a worksheet.
  private func isHandled(_ text: String, _ notation: String = "sellie") -> Bool {
    do {
      let sheet = try SheetReader.sheet(text: text, path: "fuzz.json5")
      var short = sheet
      // A mutated file may ask for a million steps.
      short.training = sheet.training.map {
        Sheet.Training(
          learningRate: $0.learningRate, steps: min($0.steps, 3), batchSize: $0.batchSize)
      }
      let run = try Run(short, recording: [1, 2, 3]) { LineNumber($0) }
      let values = Values(short, run.steps)
      _ = CostCurve(title: "", costs: run.costs).files
      let pages = try WorkedSolution(sheet: short, notation: Notation(notation, round: nil))
        .pages(run.steps)
      guard pages.solved.hasSuffix("\n"), !pages.solved.contains("nan") else { return false }
      _ = try StudentSheet(
        values, further: [OutputFile(name: "worked.md", text: pages.blank)],
        stating: short.constants)
      return values.all.allSatisfy(\.value.isFinite)
    } catch let error as Diagnostic {
      return !error.message.isEmpty && !error.message.contains("\n")
    } catch let fault as Fault {
      return fault.message.hasPrefix("step ")
    } catch {
      return false
    }
  }

  @Test("bytes changed, cut off, left out or doubled")
  func bytes() throws {
    let texts = try shipped().map { try Array(String(contentsOf: $0, encoding: .utf8).utf8) }
    var random = SplitMix64(seed: 1)
    for round in 0..<3000 {
      var bytes = texts[random.index(below: texts.count)]
      for _ in 0...random.index(below: 4) where bytes.count > 2 {
        let place = random.index(below: bytes.count)
        switch random.index(below: 5) {
        case 0: bytes[place] = UInt8(random.index(below: 256))
        case 1: bytes[place] = Array("[]{},:0129.-+eE\"'/*\n xXN".utf8)[random.index(below: 24)]
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.remove(at: place)
        default: bytes.insert(bytes[place], at: place)
        }
      }
      #expect(
        isHandled(String(decoding: bytes, as: UTF8.self), "00\(round % 5)"), "round \(round)")
    }
  }

  @Test("words exchanged for others")
  func words() throws {
    let texts = try shipped().map { try String(contentsOf: $0, encoding: .utf8) }
    let others = [
      "1e999", "-1e308", "1e308", "NaN", "-0", "0", "null", "true", "[]", "[[]]", "{}", "[[[1]]]",
      "\"softmax\"", "\"step\"", "\"identity\"", "\"tanh\"", "1e-320", "99999999999999999999",
      "0x7fffffffffffffff", "weights", "theta", "biases", "labels", "'", "\"mini-batch\"", "1.5",
      "\"softmax cross-entropy\"", "\"squared error\"", "seed", "1000000", "0.5", "2", "-1",
    ]
    var random = SplitMix64(seed: 2)
    for round in 0..<3000 {
      let text = texts[random.index(below: texts.count)]
      var words: [String] = []
      for character in text {
        let isWord = character.isLetter || character.isNumber || "\".-+_".contains(character)
        if isWord, let last = words.last, last.count > 0,
          last.last.map({ $0.isLetter || $0.isNumber || "\".-+_".contains($0) }) == true
        {
          words[words.count - 1].append(character)
        } else {
          words.append(String(character))
        }
      }
      for _ in 0...random.index(below: 3) {
        let (a, b) = (random.index(below: words.count), random.index(below: words.count))
        switch random.index(below: 3) {
        case 0: words.swapAt(a, b)
        case 1: words[a] = others[random.index(below: others.count)]
        default: words.remove(at: a)
        }
      }
      #expect(isHandled(words.joined(), "00\(round % 5)"), "round \(round)")
    }
  }

  @Test(
    "brackets nested a hundred thousand deep", arguments: ["[", "{a:", "{\"inputs\":[", "/*", "("])
  func nesting(open: String) {
    #expect(isHandled(String(repeating: open, count: 100_000)))
  }

  @Test("long lists of numbers and long texts")
  func long() {
    #expect(isHandled("{ inputs: [" + String(repeating: "1,", count: 300_000) + "] }"))
    #expect(isHandled("{ title: \"" + String(repeating: "x", count: 1_000_000) + "\" }"))
    #expect(isHandled("{ " + String(repeating: "y", count: 1_000_000) + ": 1 }"))
  }
}
