import Kernels

/// A number that the network can be run with.
///
/// The forward and the backward pass are written once, for any `Scalar`. `Double` gives the worked
/// numbers, `Float` trains at speed; `HandNumber` rounds after every operation, `LineNumber` after every line,
/// as a person with a calculator does; `DualNumber` differentiates; `Symbolic` writes the formulas down.
/// Elementary functions are requirements, so that each arithmetic takes them as *one* step.
///
/// What trains a network is compiled for `Double` and `Float` ahead of time (`@_specialize`): callers are in other
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
  /// A formula in this number, an output, or the same exactly: from what the output was made of, where it may
  /// itself have rounded to 0 or 1.
  func preferred(_ formula: @autoclosure () -> Self, orExactly exact: @autoclosure () -> Self)
    -> Self

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

  // What a layer does with all its numbers at once. The defaults are plain loops; `Double` and `Float`
  // have kernels, which give the same bits.

  /// The numbers in a cache line, of which kernels compute whole ones only; 1 without kernels.
  static var lineLength: Int { get }
  /// Carries out a matrix product.
  static func compute(_ product: MatrixProduct<Self>)
  /// `into[i] = activation(z[i])`; false, and nothing is done, where there is no kernel for it.
  static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Self>,
    into a: UnsafeMutableBufferPointer<Self>
  ) -> Bool
  /// `dA[i] = dA[i] · g′(z[i])`; false, and nothing is done, where there is no kernel for it.
  static func multiply(
    _ dA: UnsafeMutableBufferPointer<Self>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Self>, a: UnsafeBufferPointer<Self>
  ) -> Bool
  /// `into[i] = eˣ` of `x[i]`; both may be the same memory.
  static func exponentials(
    _ x: UnsafeBufferPointer<Self>, into y: UnsafeMutableBufferPointer<Self>)
  /// `target(j, i) = source(i, j)`; columns lie `step` apart.
  static func transpose(
    rows: Int, columns: Int, from source: UnsafePointer<Self>, step: Int,
    into target: UnsafeMutablePointer<Self>, step targetStep: Int)
  /// Whether all numbers are finite.
  static func areFinite(_ x: UnsafeBufferPointer<Self>) -> Bool
  /// Whether each column is of numbers from 0 that add up to 1; false where there is no kernel for it.
  static func areDistributions(
    _ columns: UnsafeBufferPointer<Self>, rows: Int, tolerance: Double
  ) -> Bool
  /// Makes whole steps of gradient descent, and returns how many: all, or those before one that a kernel
  /// cannot make.
  static func take(_ steps: SmallSteps<Self>) -> Int
}

extension Scalar {
  public var noted: Self { self }
  public static var notesLines: Bool { false }
  public func preferred(
    _ formula: @autoclosure () -> Self, orExactly exact: @autoclosure () -> Self
  ) -> Self { exact() }
}

/// All functions are the kernels' own, so that they have the same last digit on every processor and with
/// every C library.
extension Double: Scalar {
  public var value: Double { self }

  public static func exp(_ x: Double) -> Double { kernelExpF64(x) }
  public static func log(_ x: Double) -> Double { kernelLog(x, 0) }
  /// The logarithm to base 2, a whole number for every power of two.
  public static func log2(_ x: Double) -> Double { kernelLog2(x) }
  /// The sine of x in radians.
  public static func sin(_ x: Double) -> Double { kernelSin(x) }
  public static func tanh(_ x: Double) -> Double { kernelTanhF64(x) }
  /// `1 / (1 + e⁻ˣ)`, computed so that the exponential never overflows and that small results keep
  /// all their digits: σ(−745) is about 5e−324, not 0.
  public static func sigmoid(_ x: Double) -> Double { kernelSigmoidF64(x) }

  /// `log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|))`, finite for every finite x.
  public static func softplus(_ x: Double) -> Double {
    let power = exp(-abs(x))
    let sum = 1 + power
    return Swift.max(x, 0) + kernelLog(sum, power - (sum - 1))
  }
}

/// For training at speed.
extension Float: Scalar {
  public var value: Double { Double(self) }

  public static func exp(_ x: Float) -> Float { kernelExpF32(x) }
  public static func log(_ x: Float) -> Float { Float(Double.log(Double(x))) }
  public static func tanh(_ x: Float) -> Float { kernelTanhF32(x) }
  public static func sigmoid(_ x: Float) -> Float { kernelSigmoidF32(x) }
  public static func softplus(_ x: Float) -> Float { Float(Double.softplus(Double(x))) }
}
