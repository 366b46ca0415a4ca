import NeuralNetwork

/// What comparing a document's statement with the computation says.
public enum Verdict: String, CaseIterable, Sendable {
  /// Equal.
  case exact
  /// The computed value rounds to the printed digits.
  case rounded
  /// The computed value cut off gives the printed digits.
  case truncated
  /// The printed digits follow when the intermediate steps are rounded too.
  case handRounded = "hand-rounded"
  /// The statement is right in one reading and wrong in another.
  case ambiguous
  /// Wrong; the erratum says what is right.
  case inconsistent
  /// A formula that holds on numbers on which it could have failed.
  case identity
  /// Asked for or implied by the document, not printed.
  case derived
  /// Asked by the document, answered here.
  case question
  /// A figure or datum is missing from the document.
  case notComputable = "not computable"
  /// Not the document's numbers: a parameter was changed.
  case variant

  /// Whether the document, as it stands, needs a correction or a caution.
  var needsErratum: Bool { self == .inconsistent || self == .ambiguous }

  /// Whether a claim with this verdict shows the erratum it is linked to.
  var showsErratum: Bool {
    needsErratum || self == .truncated || self == .handRounded
  }
}

/// A number with the digits a document prints, such as `0.60` or `-1.15`.
struct PrintedNumber: Equatable {
  let value: Double
  /// Digits after the point, trailing zeros included.
  let decimals: Int

  /// - Returns: nil for a text that is not a plain decimal number.
  init?(_ text: String) {
    let ascii = text.replacing("−", with: "-")
    guard let value = Double(ascii), value.isFinite,
      ascii.allSatisfy({ $0.isNumber || $0 == "-" || $0 == "." })
    else { return nil }
    self.value = value
    decimals = ascii.firstIndex(of: ".").map { ascii[$0...].count - 1 } ?? 0
  }

  /// How many digits are printed from the first one that is not zero; 1 for zero.
  var significant: Int { value == 0 ? 1 : decimals + 1 + DecimalDigits(value).exponent }

  /// The verdict on the printed digits, given the computed value and, where there is one, the value
  /// that the same computation gives by hand, with the rule of its rounding.
  func verdict(computed: Double, byHand: (value: Double, rule: RoundingRule)? = nil) -> Verdict {
    if isClose(computed, value, within: Self.exactness) { return .exact }
    if prints(computed, .halfAwayFromZero) { return .rounded }
    if prints(computed, .towardZero) { return .truncated }
    if let byHand, prints(byHand.value, byHand.rule.rest) { return .handRounded }
    return .inconsistent
  }

  /// Double arithmetic errs in the sixteenth digit a step; a document prints at most seven digits.
  private static let exactness = 1e-12

  private func prints(_ number: Double, _ rule: DecimalDigits.Rule) -> Bool {
    number.isFinite
      && DecimalDigits(number).rounded(toDecimals: decimals, rule)
        == DecimalDigits(value)
  }
}

/// Whether two numbers agree to `tolerance`, relative to the larger one or to 1.
func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  // Without the test an infinite value would be close to every other: ∞ <= tolerance * ∞.
  a == b || (a - b).isFinite && abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
