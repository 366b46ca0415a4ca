import NeuralNetwork
import Notebook

/// What an answer is.
enum Grade: Equatable {
  /// Right, to the digits that were written.
  case right
  /// Right, but rounded in another way; says how.
  case rounded(String)
  /// What one gets by one of these mistakes.
  case slip([Slip])
  case wrong
}

/// Compares answers with the worksheet, worked rightly, rounded by hand, and with each known slip.
struct Grader {
  struct Result {
    let entry: AnswerSheet.Entry
    let value: Value
    let grade: Grade
  }

  let sheet: Sheet
  let results: [Result]
  /// How many numbers of the same steps are to be solved and were left blank.
  let unanswered: Int

  /// Slips and hand arithmetic are worked up to here; a longer calculation is nobody's by hand.
  static let mostSlippedSteps = 200

  /// - Throws: `Diagnostic` for an answer to no number of the worksheet, and as `Run`.
  init(_ sheet: Sheet, _ answers: AnswerSheet, path: String) throws {
    self.sheet = sheet
    let count = sheet.training?.steps ?? 0
    let recorded = answers.steps.filter { $0 <= count + 1 }
    let run = try Run(sheet, recording: recorded, keepingCosts: false) { LineNumber($0) }
    let values = Values(sheet, run.steps).all
    let right = Dictionary(uniqueKeysWithValues: values.map { ($0.key, $0) })
    let replayed = recorded.filter { $0 <= Self.mostSlippedSteps }
    let slipped = Slip.allCases.filter { $0.isPossible(in: sheet) }.compactMap { slip in
      (try? SlippedRun(sheet, slip, recording: replayed)).map {
        (slip, Self.table(Values(sheet, $0.steps)))
      }
    }
    let byHand = ByHand(sheet: sheet, steps: replayed)
    results = try answers.entries.compactMap { entry in
      guard let value = right[entry.key] else {
        throw Diagnostic(path, entry.line, Self.unknown(entry.key, among: values))
      }
      // What the sheet states and the student left as it is, is no answer.
      if value.isGiven && entry.answer.isExactly(value.value) { return nil }
      return Result(
        entry: entry, value: value,
        grade: Self.grade(
          entry.answer, value.value, byHand: { byHand.value(of: entry.key, decimals: $0) },
          slips: slipped.compactMap { slip, table in table[entry.key].map { (slip, $0) } }))
    }
    let answered = Set(answers.entries.map(\.key))
    unanswered =
      values.filter {
        recorded.contains($0.key.step) && !$0.isGiven && !answered.contains($0.key)
      }.count
  }

  private static func table(_ values: Values) -> [Value.Key: Double] {
    Dictionary(values.all.map { ($0.key, $0.value) }) { first, _ in first }
  }

  static func grade(
    _ answer: Answer, _ computed: Double, byHand: (Int) -> Double?,
    slips: [(slip: Slip, value: Double)]
  ) -> Grade {
    if answer.isExactly(computed) { return .right }
    if answer.prints(computed) {
      return answer.isCoarse ? .rounded("to one digit") : .right
    }
    if answer.value != 0 || answer.decimals >= 2, answer.prints(computed, .towardZero) {
      return .rounded("cut off")
    }
    if (1...8).contains(answer.decimals), let value = byHand(answer.decimals),
      answer.prints(value)
    {
      return .rounded("every line rounded to \(answer.decimals) decimals")
    }
    let matching = slips.filter { _, value in
      // A rounded 0 says nothing of how it came about.
      answer.isExactly(value)
        || !answer.isCoarse && answer.value != 0 && answer.prints(value)
    }
    if !matching.isEmpty { return .slip(matching.map(\.slip)) }
    // With three digits or more, one unit of the last is a matter of rounding on the way.
    if answer.significant >= 3 && abs(answer.value - computed) <= 1.5 * answer.lastPlace {
      return .rounded("off by one in the last digit")
    }
    return .wrong
  }

  private static func unknown(_ key: Value.Key, among values: [Value]) -> String {
    let quantities = Set(values.map(\.key.quantity)).sorted()
    if !quantities.contains(key.quantity) && !quantities.isEmpty {
      return "quantity: there is no '\(key.quantity.prefix(40))'"
        + (nearest(to: key.quantity, among: quantities).map { "; did you mean '\($0)'?" }
          ?? "; known: \(quantities.joined(separator: ", "))")
    }
    return "the worksheet has no \(key.description)"
  }

  // MARK: Report

  /// One line an answer, then the counts.
  func report(path: String) -> String {
    let lines = results.map { result in
      "\(path):\(result.entry.line): \(result.entry.key.description) = "
        + "\(NumberFormat.upTo(17).text(result.entry.answer.value)): \(words(result))"
    }
    return (lines + [summary]).joined(separator: "\n")
  }

  private func words(_ result: Result) -> String {
    let computed = NumberFormat.upTo(max(6, result.entry.answer.significant + 2)).text(
      result.value.value)
    if result.value.isGiven { return "changed: the worksheet says \(computed)" }
    switch result.grade {
    case .right: return "right"
    case .rounded(let how): return "right, but rounded differently: \(how) (computed \(computed))"
    case .slip(let slips):
      let names = slips.map { $0.description(sheet) }.joined(separator: "; or: ")
      return "wrong, a known slip: \(names) (right is \(computed))"
    case .wrong: return "wrong (right is \(computed))"
    }
  }

  private var summary: String {
    func count(_ isCounted: (Grade) -> Bool) -> Int { results.filter { isCounted($0.grade) }.count }
    let rounded = count { if case .rounded = $0 { true } else { false } }
    let slips = count { if case .slip = $0 { true } else { false } }
    return "\(count { $0 == .right }) right, \(rounded) rounded differently, "
      + "\(slips) known slip\(slips == 1 ? "" : "s"), "
      + "\(count { $0 == .wrong }) wrong, \(unanswered) not answered"
  }
}

/// The worksheet worked with every line rounded, once for each number of decimals that answers have.
private final class ByHand {
  private let sheet: Sheet
  private let steps: Set<Int>
  private var tables: [Int: [Value.Key: Double]] = [:]

  init(sheet: Sheet, steps: Set<Int>) {
    self.sheet = sheet
    self.steps = steps
  }

  func value(of key: Value.Key, decimals: Int) -> Double? {
    guard (sheet.training?.steps ?? 1) <= Grader.mostSlippedSteps else { return nil }
    if tables[decimals] == nil {
      // Rounded numbers can leave what a loss is defined for; then there is nothing to compare with.
      let run = try? Run(sheet, recording: steps, keepingCosts: false) {
        LineNumber($0, .decimals(decimals))
      }
      tables[decimals] =
        run.map {
          Dictionary(Values(sheet, $0.steps).all.map { ($0.key, $0.value) }) { first, _ in first }
        } ?? [:]
    }
    return tables[decimals]?[key]
  }
}
