import Foundation

/// A number that the network can be run with.
///
/// The forward and the backward pass are written once, for any `Scalar`. `Double` gives the worked
/// numbers; `HandNumber` rounds after every step as a person with a calculator does; `DualNumber`
/// differentiates. Elementary functions are requirements, so that each arithmetic takes them as *one* step.
///
/// What trains a network is compiled for `Double` ahead of time (`@_specialize`): callers are in other
/// modules, where generic code would run ten times as long.
public protocol Scalar: Equatable, Sendable {
  /// The constant `value`, without any rounding of its own.
  init(_ value: Double)

  /// The number itself. Used to choose the branch at a kink (ReLU, step) and to check input, never
  /// to go on computing.
  var value: Double { get }

  /// The number as the result of a line, such as one z, one δ or one gradient, in an arithmetic that notes
  /// lines; else the number itself.
  var noted: Self { get }
  /// Whether `noted` is anything but the number itself.
  static var notesLines: Bool { get }
  /// Whether it is noted to some digits only, as on paper.
  var isRounded: Bool { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (number: Self) -> Self

  /// `eˣ`.
  static func exp(_ x: Self) -> Self
  /// The natural logarithm.
  static func log(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// The logistic function `1 / (1 + e⁻ˣ)`.
  static func sigmoid(_ x: Self) -> Self
  /// `log(1 + eˣ)`, the integral of the logistic function.
  static func softplus(_ x: Self) -> Self
}

extension Scalar {
  public var noted: Self { self }
  public static var notesLines: Bool { false }
  public var isRounded: Bool { false }
}

extension Matrix where Element: Scalar {
  /// Every entry as the result of a line.
  var noted: Matrix { Element.notesLines ? map(\.noted) : self }
}

extension Double: Scalar {
  public var value: Double { self }

  public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  public static func log(_ x: Double) -> Double { Foundation.log(x) }
  public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }

  /// `1 / (1 + e⁻ˣ)`, written so that the exponential never overflows and that small results keep
  /// all their digits: σ(−745) is about 5e−324, not 0.
  public static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Foundation.exp(-x)) }
    let e = Foundation.exp(x)
    return e / (1 + e)
  }

  /// `log(1 + eˣ) = max(x, 0) + log1p(e^(−|x|))`, finite for every finite x.
  public static func softplus(_ x: Double) -> Double {
    Swift.max(x, 0) + Foundation.log1p(Foundation.exp(-abs(x)))
  }
}
