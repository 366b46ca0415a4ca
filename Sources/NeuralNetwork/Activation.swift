/// The function that turns a pre-activation `z` into an activation `a = g(z)`.
public enum Activation: Equatable, Sendable {
  /// `g(z) = z`.
  case identity
  /// The perceptron: 1 for `z ≥ 0`, else 0. Its derivative is 0 wherever there is one, so it cannot
  /// be trained by gradients.
  case step
  /// `g(z) = 1 / (1 + e⁻ᶻ)`, `g′ = a (1 − a)`.
  case sigmoid
  /// `g(z) = tanh z`, `g′ = 1 − a²`.
  case tanh
  /// `g(z) = max(0, z)`; `g′` is 1 for `z > 0` and, by 002's convention, 0 for `z ≤ 0`.
  case relu
  /// `z` for `z > 0`, else `slope · z`. Document 002 uses the slope 0.01.
  case leakyReLU(slope: Double)
  /// `z` for `z > 0`, else `alpha · (eᶻ − 1)`, which 002 writes with `a` for alpha.
  case elu(alpha: Double)
  /// `g(z)ᵢ = e^(zᵢ) / Σₖ e^(zₖ)`: every unit's answer depends on the sums of the whole layer.
  case softmax

  /// - Throws: `NetworkError.invalidSetting` for a slope or an alpha that is not finite.
  func requireFiniteSetting() throws {
    switch self {
    case .leakyReLU(let slope) where !slope.isFinite:
      throw NetworkError.invalidSetting(name: "slope", value: slope, allowed: "a finite number")
    case .elu(let alpha) where !alpha.isFinite:
      throw NetworkError.invalidSetting(name: "alpha", value: alpha, allowed: "a finite number")
    default: break
    }
  }

  /// `g(z)` for one number; softmax needs a whole layer and is a precondition failure here.
  ///
  /// Source: 000 "Neural Network Model & Notation"; 001 "Activation at layer i"; 002 "But there are
  /// other activation functions".
  public func callAsFunction<T: Scalar>(_ z: T) -> T {
    switch self {
    case .identity: z
    case .step: T(z.value >= 0 ? 1 : 0)
    case .sigmoid: T.sigmoid(z)
    case .tanh: T.tanh(z)
    case .relu: z.value > 0 ? z : T(0)
    case .leakyReLU(let slope): z.value > 0 ? z : T(slope) * z
    case .elu(let alpha): z.value > 0 ? z : T(alpha) * (T.exp(z) - T(1))
    case .softmax: preconditionFailure("softmax acts on a whole layer: use forward(_:)")
    }
  }

  /// `g′(z)`, from `z` and the activation `a = g(z)` that the forward pass kept.
  ///
  /// At the kinks of ReLU, leaky ReLU and ELU (`z = 0`) the left derivative is taken.
  ///
  /// Source: 001 "y′ = 1 − y²"; 002 "dZ depends on derivative of the activation function".
  public func derivative<T: Scalar>(z: T, a: T) -> T {
    switch self {
    case .identity: T(1)
    case .step: T(0)
    case .sigmoid: a * (T(1) - a)
    case .tanh: T(1) - a * a
    case .relu: T(z.value > 0 ? 1 : 0)
    case .leakyReLU(let slope): T(z.value > 0 ? 1 : slope)
    case .elu(let alpha): z.value > 0 ? T(1) : a + T(alpha)
    case .softmax: preconditionFailure("softmax has a Jacobian: use backward(dA:z:a:)")
    }
  }

  /// `g′(z)` for one number, from `z` alone.
  ///
  /// Where the unit saturates, `1 − a` and `1 − a²` cancel; these forms keep all digits:
  /// `σ′ = σ(z) σ(−z)`, `tanh′ = 4 σ(2z) σ(−2z)`, and `α eᶻ` for the left branch of ELU.
  public func derivative<T: Scalar>(at z: T) -> T {
    switch self {
    case .sigmoid: T.sigmoid(z) * T.sigmoid(-z)
    case .tanh: T(4) * T.sigmoid(T(2) * z) * T.sigmoid(T(-2) * z)
    case .elu(let alpha) where z.value <= 0: T(alpha) * T.exp(z)
    default: derivative(z: z, a: self(z))
    }
  }

  /// `A = g(Z)` for a whole layer; units × examples in, the same shape out.
  public func forward<T: Scalar>(_ z: Matrix<T>) -> Matrix<T> {
    var a = z
    a.withMutablePanel { a in z.withPanel { forward($0, into: a, columns: 0..<z.columns) } }
    return a
  }

  /// `A = g(Z)`, in some columns.
  @inline(__always)
  func forward<T: Scalar>(_ z: Panel<T>, into a: Panel<T>, columns: Range<Int>) {
    if self == .softmax { return Softmax.probabilities(z, into: a, columns: columns) }
    let (z, a) = (UnsafeBufferPointer(z.block(columns)), a.block(columns))
    if T.activate(self, z, into: a) { return }
    for index in z.indices { a[index] = self(z[index]) }
  }

  /// `dZ = dA ⊙ g′(Z)` for a whole layer; for softmax, the product with its Jacobian.
  ///
  /// - Parameters:
  ///   - dA: ∂loss/∂A, units × examples.
  ///   - z: the layer's pre-activations, of the same shape.
  ///   - a: the layer's activations, of the same shape.
  /// - Throws: `NetworkError.shapeMismatch`.
  ///
  /// Source: 002 "The formula for dZ changes to this".
  public func backward<T: Scalar>(dA: Matrix<T>, z: Matrix<T>, a: Matrix<T>) throws -> Matrix<T> {
    guard z.shape == a.shape else {
      throw NetworkError.shapeMismatch(
        operation: "z and a of a layer", left: z.shape, right: a.shape)
    }
    guard dA.shape == z.shape else {
      throw NetworkError.shapeMismatch(
        operation: "element-wise product", left: dA.shape, right: z.shape)
    }
    var dZ = dA
    dZ.withMutablePanel { dZ in
      z.withPanel { z in a.withPanel { backward(dZ, z: z, a: $0, columns: 0..<z.columns) } }
    }
    return dZ
  }

  /// `dA` becomes `dZ = dA ⊙ g′(Z)`, in some columns.
  @inline(__always)
  func backward<T: Scalar>(_ dA: Panel<T>, z: Panel<T>, a: Panel<T>, columns: Range<Int>) {
    if self == .softmax { return Softmax.backward(dA, a: a, columns: columns) }
    let dA = dA.block(columns)
    let (z, a) = (UnsafeBufferPointer(z.block(columns)), UnsafeBufferPointer(a.block(columns)))
    if T.multiply(dA, bySlopeOf: self, z: z, a: a) { return }
    for index in dA.indices { dA[index] = dA[index] * derivative(z: z[index], a: a[index]) }
  }
}
