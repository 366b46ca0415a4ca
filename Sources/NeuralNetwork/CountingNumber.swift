/// How many operations a computation made.
public final class Tally: @unchecked Sendable {
  // One computation counts on one tally, on one thread.
  public fileprivate(set) var sums = 0
  public fileprivate(set) var products = 0
  /// Calls of exp, log, tanh, sigmoid and softplus.
  public fileprivate(set) var functions = 0

  public init() {}
}

/// A number that counts the operations that are made with it, on a tally that they share.
public struct CountingNumber: Scalar {
  public let value: Double
  private let tally: Tally?

  /// A given number, whose operations are counted on `tally`.
  public init(_ value: Double, on tally: Tally) {
    self.value = value
    self.tally = tally
  }

  /// A constant of a formula, which counts on the tally of the number it meets.
  public init(_ value: Double) {
    self.value = value
    tally = nil
  }

  private init(_ value: Double, _ tally: Tally?) {
    self.value = value
    self.tally = tally
  }

  public static func == (l: CountingNumber, r: CountingNumber) -> Bool { l.value == r.value }

  private typealias Counter = ReferenceWritableKeyPath<Tally, Int>

  private static func count(
    _ result: Double, _ counter: Counter, _ l: CountingNumber, _ r: CountingNumber? = nil
  ) -> CountingNumber {
    let tally = l.tally ?? r?.tally
    tally?[keyPath: counter] += 1
    return CountingNumber(result, tally)
  }

  public static func + (l: Self, r: Self) -> Self { count(l.value + r.value, \.sums, l, r) }
  public static func - (l: Self, r: Self) -> Self { count(l.value - r.value, \.sums, l, r) }
  public static func * (l: Self, r: Self) -> Self { count(l.value * r.value, \.products, l, r) }
  public static func / (l: Self, r: Self) -> Self { count(l.value / r.value, \.products, l, r) }
  public static prefix func - (x: Self) -> Self { Self(-x.value, x.tally) }
  public static func exp(_ x: Self) -> Self { count(.exp(x.value), \.functions, x) }
  public static func log(_ x: Self) -> Self { count(.log(x.value), \.functions, x) }
  public static func tanh(_ x: Self) -> Self { count(.tanh(x.value), \.functions, x) }
  public static func sigmoid(_ x: Self) -> Self { count(.sigmoid(x.value), \.functions, x) }
  public static func softplus(_ x: Self) -> Self { count(.softplus(x.value), \.functions, x) }
}
