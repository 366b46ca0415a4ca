/// A number of the hand arithmetic: after every step the result is rounded as a person notes it.
///
/// A worked example on a slide is made this way: σ(0.4) is noted as 0.60 and the 0.60 goes into the
/// next line. Running a network on hand numbers replays such an example; no formula is written twice.
/// Numbers that are given, such as weights, stand as given; only results are rounded.
///
/// Source: document 000, "Forward Propagation": "Calculations done with rounded numbers".
public struct HandNumber: Scalar {
  /// The number as noted on paper.
  public let value: Double
  /// How a result is noted; nil for a constant of a formula, which imposes nothing.
  public let rule: RoundingRule?

  /// A given number; results computed from it are noted by `rule`.
  public init(_ value: Double, _ rule: RoundingRule) {
    self.value = value
    self.rule = rule
  }

  /// A constant of a formula, such as the 1 of `1 − a`.
  public init(_ value: Double) {
    self.value = value
    rule = nil
  }

  /// The result of one step.
  private init(step value: Double, _ rule: RoundingRule?) {
    self.value = rule?(value) ?? value
    self.rule = rule
  }

  private static func step(_ left: HandNumber, _ right: HandNumber, _ result: Double) -> HandNumber
  {
    precondition(
      left.rule == right.rule || left.rule == nil || right.rule == nil,
      "one calculation by hand, but two rules of rounding")
    return HandNumber(step: result, left.rule ?? right.rule)
  }

  private static func step(_ number: HandNumber, _ result: Double) -> HandNumber {
    HandNumber(step: result, number.rule)
  }

  public static func + (l: HandNumber, r: HandNumber) -> HandNumber {
    step(l, r, l.value + r.value)
  }
  public static func - (l: HandNumber, r: HandNumber) -> HandNumber {
    step(l, r, l.value - r.value)
  }
  public static func * (l: HandNumber, r: HandNumber) -> HandNumber {
    step(l, r, l.value * r.value)
  }
  public static func / (l: HandNumber, r: HandNumber) -> HandNumber {
    step(l, r, l.value / r.value)
  }
  public static prefix func - (x: HandNumber) -> HandNumber { step(x, -x.value) }
  public static func exp(_ x: HandNumber) -> HandNumber { step(x, .exp(x.value)) }
  public static func log(_ x: HandNumber) -> HandNumber { step(x, .log(x.value)) }
  public static func tanh(_ x: HandNumber) -> HandNumber { step(x, .tanh(x.value)) }
  public static func sigmoid(_ x: HandNumber) -> HandNumber { step(x, .sigmoid(x.value)) }
  public static func softplus(_ x: HandNumber) -> HandNumber { step(x, .softplus(x.value)) }
}
