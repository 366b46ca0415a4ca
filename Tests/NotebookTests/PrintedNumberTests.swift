import NeuralNetwork
import Testing

@testable import Notebook

/// One printed number against one computed value.
@Suite struct PrintedNumberTests {
  @Test(arguments: [
    ("0.60", 0.6, 2), ("-1.15", -1.15, 2), ("−1.15", -1.15, 2), ("12.0028", 12.0028, 4),
    ("3", 3, 0), ("3.", 3, 0), ("-0.0", 0, 1), ("007", 7, 0), (".5", 0.5, 1), ("-.25", -0.25, 2),
  ])
  func readsPlainDecimals(text: String, value: Double, decimals: Int) {
    let number = PrintedNumber(text)
    #expect(number?.value == value)
    #expect(number?.decimals == decimals)
  }

  @Test(arguments: [
    "", "x", "1e5", "0x10", "+1", "1,5", "1.2.3", "inf", "nan", "1/2", "½", "1 2", "--1", "0.5 ",
  ])
  func whatIsNotAPlainDecimalIsNoNumber(text: String) {
    #expect(PrintedNumber(text) == nil)
  }

  @Test(arguments: [
    ("-125.874", -125.87400000000001, Verdict.exact),
    ("-4", -4, .exact),
    ("0.5", 0.5 + 1e-13, .exact),
    ("0.5", 0.5 + 1e-11, .rounded),
    ("12.0028", 12.002775, .rounded),
    ("0.60", 0.598687660112452, .rounded),
    ("0.60", 0.604, .rounded),
    ("0.13", 0.125, .rounded),
    ("-0.13", -0.125, .rounded),
    ("0", 0.4, .rounded),
    ("-0.00", -0.001, .rounded),
    ("1.35", 1.35874, .truncated),
    ("0.60", 0.605, .truncated),
    ("-1.35", -1.35874, .truncated),
    ("0", 0.9, .truncated),
    // A trailing zero counts: two decimals are claimed.
    ("0.60", 0.62, .inconsistent),
    ("0.6", 0.62, .rounded),
    ("0.37", 0.622459331201855, .inconsistent),
    ("-1.15", -1.13828125856493, .inconsistent),
    ("1.15", -1.15, .inconsistent),
    ("0.24", .infinity, .inconsistent),
    ("0.24", -.infinity, .inconsistent),
  ])
  func comparesAsPrinted(printed: String, computed: Double, verdict: Verdict) throws {
    let number = try #require(PrintedNumber(printed))
    #expect(number.verdict(computed: computed) == verdict)
  }

  @Test(arguments: ["-1.15", "−1.15"])
  func whatFollowsByHandIsHandRounded(printed: String) throws {
    let number = try #require(PrintedNumber(printed))
    let computed = -1.13828125856493
    func verdict(_ byHand: Double, _ rule: RoundingRule = .decimals(2)) -> Verdict {
      number.verdict(computed: computed, byHand: (byHand, rule))
    }
    #expect(verdict(-1.15) == .handRounded)
    #expect(verdict(-1.154) == .handRounded)
    #expect(verdict(-1.16) == .inconsistent)
    #expect(verdict(.infinity) == .inconsistent)
    // Who cuts off at each step does so at the last one, too.
    #expect(verdict(-1.157, .decimals(3, .towardZero)) == .handRounded)
    #expect(verdict(-1.157, .decimals(3)) == .inconsistent)
  }

  @Test(arguments: [
    ("0.60", 2), ("-1.15", 3), ("12.0028", 6), ("0.05", 1), ("1200", 4), ("0", 1), ("0.00", 1),
  ])
  func significantDigitsCountFromTheFirstThatIsNotZero(printed: String, count: Int) throws {
    #expect(try #require(PrintedNumber(printed)).significant == count)
  }

  @Test func aBetterAgreementNeedsNoHandRounding() throws {
    let number = try #require(PrintedNumber("0.24"))
    #expect(number.verdict(computed: 0.24, byHand: (0.24, .decimals(2))) == .exact)
    #expect(number.verdict(computed: 0.2426, byHand: (0.24, .decimals(2))) == .rounded)
    #expect(number.verdict(computed: 0.2476, byHand: (0.24, .decimals(2))) == .truncated)
  }

  // MARK: Closeness

  @Test(
    arguments: [
      (1, 1, true), (1, 1 + 1e-7, true), (1, 1 + 1e-5, false),
      (1e9, 1e9 + 100, true), (1e9, 1e9 + 10000, false),
      (0, 1e-7, true), (0, 1e-5, false), (0.0, -0.0, true),
      (.infinity, .infinity, true), (.infinity, 1, false), (1, -.infinity, false),
      (.infinity, -.infinity, false), (.nan, .nan, false),
    ] as [(Double, Double, Bool)])
  func closeIsRelativeToTheLargerNumberOrToOne(a: Double, b: Double, expected: Bool) {
    #expect(isClose(a, b, within: 1e-6) == expected)
    #expect(isClose(b, a, within: 1e-6) == expected)
  }

  @Test func verdictsThatNeedOrShowAnErratum() {
    #expect(Verdict.allCases.filter(\.needsErratum) == [.ambiguous, .inconsistent])
    #expect(
      Verdict.allCases.filter(\.showsErratum)
        == [.truncated, .handRounded, .ambiguous, .inconsistent])
  }

  @Test func verdictsAreWrittenAsInTheClaimsFile() {
    #expect(
      Verdict.allCases.map(\.rawValue) == [
        "exact", "rounded", "truncated", "hand-rounded", "ambiguous", "inconsistent", "identity",
        "derived", "question", "not computable", "variant",
      ])
  }
}
