import NeuralNetwork
import Testing

@testable import Notebook

/// The verdict on a claim of each kind.
@Suite struct EvidenceTests {
  private func claim(_ statement: Ledger.Claim.Statement, _ printed: String = "") -> Ledger.Claim {
    Ledger.Claim(
      id: "demo.a", document: "Doc", statement: statement, quote: "", printed: printed, errata: [],
      note: "", line: 2)
  }

  private func evidence(
    _ computed: [Double], readings: [[Double]] = [], byHand: HandCalculation? = nil,
    also: [Double] = [],
    tolerance: Double = 1e-12
  ) -> Evidence {
    Evidence(
      computed: computed, readings: readings, byHand: byHand, also: also, tolerance: tolerance)
  }

  // MARK: Numbers

  @Test(arguments: [
    ([1.0, 0.5], Verdict.exact),
    ([1.0, 0.498], .rounded),
    ([1.004, 0.509], .truncated),
    ([1.02, 0.5], .inconsistent),
    ([1.009, 0.52], .inconsistent),
  ])
  func theWeakestAgreementSpeaksForSeveralNumbers(computed: [Double], verdict: Verdict) throws {
    #expect(try evidence(computed).verdict(on: claim(.number, "1.00; 0.50")) == verdict)
  }

  @Test func handRoundingIsWeakerThanTruncationAndStrongerThanInconsistency() throws {
    let numbers = claim(.number, "1.00; 0.50")
    func byHand(_ values: [Double]) -> HandCalculation {
      HandCalculation(rule: .decimals(2), values: values)
    }
    #expect(
      try evidence([1.009, 0.52], byHand: byHand([1.009, 0.5])).verdict(on: numbers)
        == .handRounded)
    #expect(
      try evidence([1.02, 0.52], byHand: byHand([1.02, 0.5])).verdict(on: numbers)
        == .inconsistent)
  }

  @Test func theWrongReadingIsOneThatDiffersByMoreThanRounding() {
    let readings = [[0.1 + 0.2, 1], [0.3, 1], [0.5, 1], [0.3]]
    #expect(evidence([0.3, 1], readings: readings).wrongReading == [0.5, 1])
    #expect(evidence([0.3, 1], readings: Array(readings.prefix(2))).wrongReading == nil)
    #expect(evidence([0.3, 1], readings: [[0.3]]).wrongReading == [0.3])
  }

  @Test func theRuleIsNamedWhereDigitsAreCutOffOrRoundedByHand() {
    let numbers = claim(.number, "1.00; 0.5")
    let byHand = HandCalculation(rule: .significant(2, .towardZero), values: [1, 0.5])
    let evidence = evidence([1.009, 0.52], byHand: byHand)
    #expect(
      evidence.rule(on: numbers, .handRounded) == "cut off after 2 significant digits at each step")
    #expect(evidence.rule(on: numbers, .truncated) == "cut off after 2 decimals at the end")
    for verdict in Verdict.allCases where verdict != .handRounded && verdict != .truncated {
      #expect(evidence.rule(on: numbers, verdict) == nil)
    }
  }

  @Test(arguments: [Ledger.Claim.Statement.number, .formula, .words, .implied, .question])
  func nothingComputedIsAnError(statement: Ledger.Claim.Statement) {
    #expect(
      message { _ = try evidence([]).verdict(on: claim(statement, "0.24")) }
        == "demo.a: no value was computed")
  }

  @Test func theOtherValuesAreNotCompared() throws {
    let evidence = evidence([0.24], also: [7, 8])
    #expect(try evidence.verdict(on: claim(.number, "0.24")) == .exact)
    #expect(evidence.values == [0.24, 7, 8])
  }

  @Test func theCountsMustMatch() {
    #expect(
      message { _ = try evidence([0.24, 0.5]).verdict(on: claim(.number, "0.24")) }
        == "demo.a prints 1 number(s), 2 were computed")
  }

  // MARK: Formulas and words

  @Test(arguments: [
    (Ledger.Claim.Statement.formula, Verdict.identity), (.rule, .exact), (.words, .exact),
  ])
  func aStatementThatGivesTheRightValueHolds(
    statement: Ledger.Claim.Statement, verdict: Verdict
  ) throws {
    let right = evidence([0.1 + 0.2, 2], readings: [[0.3, 2]])
    #expect(try right.verdict(on: claim(statement)) == verdict)
  }

  @Test(arguments: [Ledger.Claim.Statement.formula, .rule, .words])
  func aStatementThatGivesAnotherValueIsInconsistent(statement: Ledger.Claim.Statement) throws {
    let statement = claim(statement)
    #expect(try evidence([1, 2], readings: [[1, 3]]).verdict(on: statement) == .inconsistent)
    #expect(try evidence([1, 2], readings: [[1]]).verdict(on: statement) == .inconsistent)
    #expect(try evidence([0], readings: [[.infinity]]).verdict(on: statement) == .inconsistent)
  }

  @Test(arguments: [Ledger.Claim.Statement.formula, .rule, .words])
  func aStatementWithOneRightReadingIsAmbiguous(statement: Ledger.Claim.Statement) throws {
    let statement = claim(statement)
    #expect(try evidence([1], readings: [[1], [2]]).verdict(on: statement) == .ambiguous)
    #expect(try evidence([1], readings: [[3], [2]]).verdict(on: statement) == .inconsistent)
  }

  @Test func theToleranceIsTheLecturesChoice() throws {
    let near = [[1 + 1e-9]]
    #expect(try evidence([1], readings: near).verdict(on: claim(.formula)) == .inconsistent)
    #expect(
      try evidence([1], readings: near, tolerance: 1e-8).verdict(on: claim(.formula)) == .identity)
  }

  @Test(arguments: [Ledger.Claim.Statement.formula, .rule, .words])
  func aStatementNeedsWhatItGives(statement: Ledger.Claim.Statement) {
    #expect(
      message { _ = try evidence([1]).verdict(on: claim(statement)) }
        == "demo.a is a statement (\(statement)): pass what it gives as `asPrinted:`, to be compared "
        + "with the computed value")
  }

  // MARK: Nothing printed

  @Test(arguments: [
    (Ledger.Claim.Statement.implied, Verdict.derived), (.question, .question),
    (.missing, .notComputable),
  ])
  func whereNothingIsPrintedTheKindIsTheVerdict(
    statement: Ledger.Claim.Statement, verdict: Verdict
  ) throws {
    #expect(try evidence([1]).verdict(on: claim(statement)) == verdict)
  }

  @Test(arguments: [Ledger.Claim.Statement.implied, .question])
  func whereNothingIsPrintedThereIsNothingToCompare(statement: Ledger.Claim.Statement) {
    #expect(
      message { _ = try evidence([1], readings: [[1]]).verdict(on: claim(statement)) }
        == "demo.a prints nothing to compare: leave out `asPrinted:`")
  }

  // MARK: Not a number

  @Test func aValueThatIsNotANumberIsAnErrorWhereverItStands() {
    let faulty = [
      evidence([.nan]), evidence([1], readings: [[1], [.nan]]),
      evidence([1], also: [.nan]),
    ]
    for evidence in faulty {
      for statement in Ledger.Claim.Statement.allCases {
        #expect(
          message { _ = try evidence.verdict(on: claim(statement, "1")) }
            == "demo.a: a recorded value is nan")
      }
    }
  }
}
