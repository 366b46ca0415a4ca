import Foundation
import NeuralNetwork
import Notebook

/// Worksheets like a given one with other numbers, pleasant to work by hand.
///
/// Inputs, weights and biases are drawn anew with as many decimals as the file has, and in the range of
/// the numbers that stand there. Zeros stay, and so do inputs that are all 0 or 1, and targets.
struct Variants {
  let text: String
  let path: String
  let seed: UInt64

  struct Variant {
    let text: String
    let sheet: Sheet
  }

  /// A variant is drawn anew this often before the range is halved, and given up after four ranges.
  private static let drawsPerRange = 150

  /// - Throws: `Diagnostic` where no draw is pleasant.
  func drawn(_ count: Int) throws -> [Variant] {
    var scanner = SourceScanner(text)
    guard let root = try? scanner.scan() else { throw Diagnostic(path, nil, "is not JSON5") }
    let groups = groups(root)
    var seeds = SplitMix64(seed: seed)
    var answers: [[Double]] = []
    return try (1...count).map { number in
      var generator = SplitMix64(seed: seeds.next())
      var reason = "there is no number to draw"
      for attempt in 0..<(4 * Self.drawsPerRange) where !groups.isEmpty {
        let shrink = attempt / Self.drawsPerRange
        let drawn = groups.flatMap { $0.drawn(halved: shrink, using: &generator) }
        let text = rewritten(drawn, root, comments: scanner.comments, number: number)
        let sheet = try SheetReader.sheet(text: text, path: path)
        let step: Step<Double>
        do {
          guard
            let first = try Run(
              sheet.single, recording: [1], keepingCosts: false, as: { $0 }
            ).steps.first
          else { continue }
          step = first
        } catch let fault as Fault {
          reason = fault.message
          continue
        }
        if let unpleasant = Self.unpleasant(sheet, step) {
          reason = unpleasant
        } else if answers.contains(where: { Self.areClose($0, Self.answer(step)) }) {
          reason = "its cost and its gradients are those of another variant"
        } else {
          answers.append(Self.answer(step))
          return Variant(text: text, sheet: sheet)
        }
      }
      throw Diagnostic(
        path, nil,
        "no pleasant variant \(number) was found in \(4 * Self.drawsPerRange) draws; the last: \(reason)"
      )
    }
  }

  // MARK: What makes an exercise unpleasant

  /// The cost, and the gradients: from weights that are all 0 every variant may have the same cost.
  private static func answer(_ step: Step<Double>) -> [Double] {
    [step.cost] + (step.gradients ?? []).flatMap(\.elements)
  }

  private static func areClose(_ a: [Double], _ b: [Double]) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= 1e-4 * max(abs($0), abs($1)) }
  }

  /// Why nobody would like to work the numbers by hand; nil where nothing is wrong.
  static func unpleasant(_ sheet: Sheet, _ step: Step<Double>) -> String? {
    for (index, layer) in sheet.network.layers.enumerated() {
      let (z, a) = (step.z[index], step.a[index + 1])
      if let limit = limit(layer.activation), let bad = z.elements.first(where: { abs($0) > limit })
      {
        return "a unit of layer \(index + 1) is saturated: z = \(NumberFormat.plain.text(bad))"
      }
      switch layer.activation {
      case .softmax where a.elements.contains { $0 > 0.99 }:
        return "softmax is certain of a class"
      case .relu, .leakyReLU, .elu, .step:
        if z.elements.contains(where: { abs($0) < 0.02 }) {
          return "a unit of layer \(index + 1) stands at the kink"
        }
        if (0..<z.columns).contains(where: { z.column($0).allSatisfy { $0 < 0 } }) {
          return "all units of layer \(index + 1) are off"
        }
      default: break
      }
      if hasTwins(z), !isSymmetric(layer.weights) {
        return "two units of layer \(index + 1) have the same sum"
      }
    }
    return nil
  }

  /// Where a unit's derivative is below a fiftieth or so.
  private static func limit(_ activation: Activation) -> Double? {
    switch activation {
    case .sigmoid: 4
    case .tanh: 2.5
    default: nil
    }
  }

  private static func hasTwins(_ z: Matrix<Double>) -> Bool {
    (0..<z.columns).contains { column in
      let sorted = z.column(column).sorted()
      return zip(sorted, sorted.dropFirst()).contains { $1 - $0 < 1e-6 }
    }
  }

  /// Whether the file makes the units equal, as zero weights do.
  private static func isSymmetric(_ weights: Matrix<Double>) -> Bool {
    weights.elements.allSatisfy { $0 == weights.elements[0] }
  }

  // MARK: Numbers

  /// The numbers of one field, drawn together.
  private struct Group {
    let ranges: [Range<Int>]
    let originals: [Double]
    let decimals: Int

    func drawn(halved: Int, using generator: inout SplitMix64) -> [(
      range: Range<Int>, text: String
    )] {
      let largest = originals.map(abs).max() ?? 1
      var decimals = decimals
      var steps = Foundation.floor(largest * Foundation.pow(10, Double(decimals)))
      // Finer steps where the range would leave no choice.
      for _ in 0..<3 where steps < 4 * Foundation.pow(2, Double(halved)) {
        decimals += 1
        steps = Foundation.floor(largest * Foundation.pow(10, Double(decimals)))
      }
      let most = max(1, min(Int(min(steps, 1e6)) >> halved, 1_000_000))
      return zip(ranges, originals).map { range, original in
        let size = 1 + generator.index(below: most)
        let isNegative = generator.index(below: 2) == 0
        guard original != 0 else { return (range, "0") }
        let number = Double(size) / Foundation.pow(10, Double(decimals))
        let digits = DecimalDigits(isNegative ? -number : number).rounded(toDecimals: decimals)
        return (range, digits.text(decimals: digits.decimals))
      }
    }
  }

  private func groups(_ root: SourceNode) -> [Group] {
    let bytes = Array(text.utf8)
    var paths = [Path().key("inputs")]
    for index in (root.child(.key("layers"))?.children ?? []).indices {
      let layer = Path().key("layers")[index]
      paths += ["weights", "biases", "sharedBias", "theta"].map { layer.key($0) }
    }
    return paths.compactMap { path -> Group? in
      var node = root
      for step in path.steps {
        guard let next = node.child(step) else { return nil }
        node = next
      }
      let ranges = leaves(node).map(\.range)
      let texts = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
      let numbers = texts.map { Double($0.trimmingPrefix("+")) ?? 0 }
      let isBinary = path == paths[0] && numbers.allSatisfy { $0 == 0 || $0 == 1 }
      guard !isBinary, numbers.contains(where: { $0 != 0 }) else { return nil }
      let decimals = numbers.map { DecimalDigits($0).decimals }.max() ?? 1
      return Group(ranges: ranges, originals: numbers, decimals: min(decimals, 2))
    }
  }

  private func leaves(_ node: SourceNode) -> [SourceNode] {
    node.kind == .list ? node.children.flatMap(leaves) : [node]
  }

  // MARK: Text

  /// The file with the drawn numbers. Comments go: they speak of the old ones.
  private func rewritten(
    _ drawn: [(range: Range<Int>, text: String)], _ root: SourceNode, comments: [Range<Int>],
    number: Int
  ) -> String {
    var edits = drawn.map { ($0.range, $0.text) } + comments.map { ($0, "") }
    if let title = root.child(.key("title")), title.kind == .text {
      let end = title.range.upperBound - 1
      edits.append((end..<end, ", variant \(number)"))
    }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    for (range, text) in edits.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      result += bytes[position..<range.lowerBound] + Array(text.utf8)
      position = range.upperBound
    }
    result += bytes[position...]
    let lines = String(decoding: result, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.replacing(/\s+$/, with: "") }.filter { !$0.isEmpty }
    let name = URL(fileURLWithPath: path).lastPathComponent
    return "// Variant \(number) of \(name), seed \(seed).\n"
      + lines.joined(separator: "\n").replacing("\u{FEFF}", with: "") + "\n"
  }
}

extension Sheet {
  /// The worksheet with at most one step, which is all that a variant is judged by.
  fileprivate var single: Sheet {
    guard let training else { return self }
    var short = self
    short.training = Training(
      learningRate: training.learningRate, steps: 1, batchSize: training.batchSize)
    return short
  }
}
