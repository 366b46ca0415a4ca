/// A number with a derivative: `x + x′ε` with `ε² = 0`, forward-mode differentiation.
///
/// Every operation also differentiates, by its own rule. A network that is run with one parameter's
/// derivative set to 1, and all others 0, has in its cost's `derivative` the derivative by that
/// parameter: no step size, no truncation, no subtraction of nearly equal costs.
public struct DualNumber: Scalar {
  public let value: Double
  /// What the value grows by, for each unit that the chosen variable grows.
  public var derivative: Double

  /// A number with the derivative it has: 1 for the variable itself.
  public init(_ value: Double, derivative: Double) {
    self.value = value
    self.derivative = derivative
  }

  /// A constant, whose derivative is 0.
  public init(_ value: Double) {
    self.init(value, derivative: 0)
  }

  public static func + (l: Self, r: Self) -> Self {
    Self(l.value + r.value, derivative: l.derivative + r.derivative)
  }
  public static func - (l: Self, r: Self) -> Self {
    Self(l.value - r.value, derivative: l.derivative - r.derivative)
  }
  public static func * (l: Self, r: Self) -> Self {
    Self(l.value * r.value, derivative: l.derivative * r.value + l.value * r.derivative)
  }
  public static func / (l: Self, r: Self) -> Self {
    let quotient = l.value / r.value
    return Self(quotient, derivative: (l.derivative - quotient * r.derivative) / r.value)
  }
  public static prefix func - (x: Self) -> Self { Self(-x.value, derivative: -x.derivative) }

  public static func exp(_ x: Self) -> Self {
    let e = Double.exp(x.value)
    return Self(e, derivative: e * x.derivative)
  }
  public static func log(_ x: Self) -> Self {
    Self(.log(x.value), derivative: x.derivative / x.value)
  }
  // The slopes of tanh and sigmoid are taken from z, not from a: 1 − a would cancel near saturation.
  public static func tanh(_ x: Self) -> Self {
    Self(.tanh(x.value), derivative: Activation.tanh.derivative(at: x.value) * x.derivative)
  }
  public static func sigmoid(_ x: Self) -> Self {
    Self(.sigmoid(x.value), derivative: Activation.sigmoid.derivative(at: x.value) * x.derivative)
  }
  public static func softplus(_ x: Self) -> Self {
    Self(.softplus(x.value), derivative: .sigmoid(x.value) * x.derivative)
  }
}
