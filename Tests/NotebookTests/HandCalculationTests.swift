import NeuralNetwork
import Testing

@testable import Notebook

/// The search for the rule of rounding that explains a printed number.
@Suite struct HandCalculationTests {
  private func printed(_ texts: String...) -> [PrintedNumber] {
    texts.compactMap(PrintedNumber.init)
  }

  /// 2/3 · 2/3 · 100, step by step.
  private func replay(_ rule: RoundingRule) -> [Double] {
    let twoThirds = HandNumber(2, rule) / HandNumber(3, rule)
    return [(twoThirds * twoThirds * HandNumber(100)).value]
  }

  @Test(arguments: [
    // 0.67 · 0.67 = 0.4489, noted as 0.45.
    ("45.00", RoundingRule.decimals(2)),
    // 0.66 · 0.66 = 0.4356, cut off.
    ("43.00", .decimals(2, .towardZero)),
    // 0.667 · 0.667 = 0.444889.
    ("44.50", .decimals(3)),
    // 0.666667 · 0.666667 = 0.4444448889, kept to six digits.
    ("44.4445", .significant(6)),
  ])
  func theFirstRuleThatGivesThePrintedDigitsExplainsThem(text: String, rule: RoundingRule) throws {
    let found = try HandCalculation(explaining: printed(text), computed: [400.0 / 9], by: replay)
    #expect(found == HandCalculation(rule: rule, values: replay(rule)))
  }

  @Test(arguments: ["44.4", "44", "44.444444444444", "46.00"])
  func noRuleIsNamedWhereNoneIsNeededOrNoneHelps(text: String) throws {
    #expect(
      try HandCalculation(explaining: printed(text), computed: [400.0 / 9], by: replay) == nil)
  }

  @Test func asManyDecimalsAsArePrintedAreTriedFirstThenSignificantDigitsThenMore() {
    let rules = HandCalculation.candidates(printed("-1.5", "12.25")).map(\.description)
    #expect(
      rules.prefix(7) == [
        "rounded to 2 decimals", "cut off after 2 decimals",
        "rounded to 2 decimals, halves to even", "rounded to 4 significant digits",
        "cut off after 4 significant digits", "rounded to 4 significant digits, halves to even",
        "rounded to 3 decimals",
      ])
    #expect(rules.last == "rounded to 7 significant digits, halves to even")
    #expect(rules.count == 24)
  }

  @Test func whoCutsOffAtEachStepCutsOffTheLastResultToo() throws {
    let cut = RoundingRule.decimals(3, .towardZero)
    let found = try HandCalculation(explaining: printed("0.66"), computed: [0.5]) { rule in
      [rule == cut ? 0.667 : 0.1]
    }
    #expect(found?.rule == cut)
  }

  @Test func oneRuleMustExplainAllNumbers() throws {
    func search(_ second: Double) throws -> HandCalculation? {
      try HandCalculation(explaining: printed("0.70", "0.40"), computed: [0.8, 0.6]) { rule in
        [rule == .decimals(2) ? 0.7 : 0.5, rule == .decimals(2) ? second : 0.4]
      }
    }
    #expect(try search(0.4)?.rule == .decimals(2))
    #expect(try search(0.5) == nil)
  }

  @Test func aReplayOfAnotherNumberOfValuesIsAFaultOfTheClaim() throws {
    let notebook = try Notebook(claims: "demo.a,000,number,a,0.5,,\n")
    notebook.claim("demo.a", [0.7], byHand: { _ in [1, 2] }, line: 3)
    #expect(
      notebook.diagnostics.map(\.message).contains(
        "demo.a: 1 number(s) are printed, 2 were replayed"))
  }
}
