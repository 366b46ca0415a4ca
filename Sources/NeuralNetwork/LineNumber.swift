/// A number of a calculation that is noted line by line: `z = w₁ x₁ + w₂ x₂ + b` is one line.
///
/// A person with a calculator works a whole line and then writes its result down, so rounding takes place at
/// the end of a line and not, as with `HandNumber`, after every operation. Without a rule nothing is rounded,
/// but a result that is nothing except the noise of binary fractions, as 0.1 + 0.2 − 0.3 is, is noted as the 0
/// that it is on paper: at the kink of a ReLU or a step, the noise would decide the side.
public struct LineNumber: Scalar {
  public let value: Double
  /// The largest number that was added on this line; noise is a few units in its last place.
  private let scale: Double
  /// How the result of a line is noted; nil where it is not rounded, and for a constant of a formula.
  public let rule: RoundingRule?

  private init(_ value: Double, scale: Double, _ rule: RoundingRule?) {
    self.value = value
    self.scale = scale
    self.rule = rule
  }

  /// A given number; the lines that go on from it are noted by `rule`.
  public init(_ value: Double, _ rule: RoundingRule?) {
    self.init(value, scale: abs(value), rule)
  }

  public init(_ value: Double) { self.init(value, nil) }

  public static var notesLines: Bool { true }
  /// On paper the loss is what the noted output gives, unless that was rounded to 0 or 1.
  public func preferred(
    _ formula: @autoclosure () -> LineNumber, orExactly exact: @autoclosure () -> LineNumber
  ) -> LineNumber {
    rule != nil && value > 0 && value < 1 ? formula() : exact()
  }

  public var noted: LineNumber {
    guard value.isFinite else { return self }
    if abs(value) <= 4 * scale.ulp { return LineNumber(0, rule) }
    guard let rule else { return LineNumber(value, nil) }
    // What a calculator shows: 0.75 · 0.31 is 0.2325 there, in binary a little less.
    return LineNumber(rule(DecimalDigits(value).rounded(toSignificant: 15).value), rule)
  }

  private static func sum(_ l: LineNumber, _ r: LineNumber, _ value: Double) -> LineNumber {
    LineNumber(value, scale: max(l.scale, r.scale), l.rule ?? r.rule)
  }

  public static func + (l: LineNumber, r: LineNumber) -> LineNumber { sum(l, r, l.value + r.value) }
  public static func - (l: LineNumber, r: LineNumber) -> LineNumber { sum(l, r, l.value - r.value) }
  public static func * (l: LineNumber, r: LineNumber) -> LineNumber {
    LineNumber(l.value * r.value, scale: l.scale * r.scale, l.rule ?? r.rule)
  }
  public static func / (l: LineNumber, r: LineNumber) -> LineNumber {
    LineNumber(l.value / r.value, scale: l.scale / abs(r.value), l.rule ?? r.rule)
  }
  public static prefix func - (x: LineNumber) -> LineNumber {
    LineNumber(-x.value, scale: x.scale, x.rule)
  }
  public static func exp(_ x: LineNumber) -> LineNumber { LineNumber(.exp(x.value), x.rule) }
  public static func log(_ x: LineNumber) -> LineNumber { LineNumber(.log(x.value), x.rule) }
  public static func tanh(_ x: LineNumber) -> LineNumber { LineNumber(.tanh(x.value), x.rule) }
  public static func sigmoid(_ x: LineNumber) -> LineNumber {
    LineNumber(.sigmoid(x.value), x.rule)
  }
  public static func softplus(_ x: LineNumber) -> LineNumber {
    LineNumber(.softplus(x.value), x.rule)
  }
}
