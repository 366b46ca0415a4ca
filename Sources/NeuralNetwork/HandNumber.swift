/// A number of the hand arithmetic: after every step the result is rounded to a number of decimals.
///
/// A worked example on a slide is made this way: σ(0.4) is noted as 0.60 and the 0.60 goes into the
/// next line. Running a network on hand numbers replays such an example; no formula is written twice.
/// Numbers that are given, such as weights, stand as given; only results are rounded.
///
/// Source: document 000, "Forward Propagation": "Calculations done with rounded numbers".
public struct HandNumber: Scalar {
  /// The number as noted on paper.
  public let value: Double
  /// Digits after the point that a result keeps; nil for a constant of a formula, which imposes none.
  public let decimals: Int?

  /// A given number; results computed from it are rounded to `decimals` digits after the point.
  public init(_ value: Double, decimals: Int) {
    precondition(decimals >= 0, "decimals: \(decimals) is negative")
    self.value = value
    self.decimals = decimals
  }

  /// A constant of a formula, such as the 1 of `1 − a`.
  public init(_ value: Double) {
    self.value = value
    self.decimals = nil
  }

  /// The result of one step, rounded half away from zero.
  private init(step value: Double, decimals: Int?) {
    if let decimals, value.isFinite {
      self.value = DecimalDigits(value).rounded(toDecimals: decimals).value
    } else {
      self.value = value
    }
    self.decimals = decimals
  }

  private static func step(_ left: HandNumber, _ right: HandNumber, _ result: Double) -> HandNumber
  {
    switch (left.decimals, right.decimals) {
    case (let l?, let r?): HandNumber(step: result, decimals: min(l, r))
    case (let l, let r): HandNumber(step: result, decimals: l ?? r)
    }
  }

  private static func step(_ number: HandNumber, _ result: Double) -> HandNumber {
    HandNumber(step: result, decimals: number.decimals)
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
