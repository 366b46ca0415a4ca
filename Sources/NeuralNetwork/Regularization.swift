/// A penalty on the size of the weights that is added to the cost: `c Σ W²`, with gradient `2c W`.
public struct Regularization: Equatable, Sendable {
  /// What `c` is, for `m` examples. Documents agree on the square and differ in this.
  public enum Convention: String, CaseIterable, Sendable {
    /// `λ/2m`. Source: 003 "Cost Function for Neural Networks".
    case lambdaOver2m = "lambda/2m"
    /// `λ/m`.
    case lambdaOverM = "lambda/m"
    /// `λ/2`.
    case lambdaOver2 = "lambda/2"
    /// `λ`.
    case lambda = "lambda"
  }

  /// λ; 0 for no penalty.
  public let lambda: Double
  /// What λ is divided by.
  public let convention: Convention
  /// Whether the biases count like weights.
  public let includesBiases: Bool

  public init(lambda: Double, _ convention: Convention, includesBiases: Bool = false) {
    self.lambda = lambda
    self.convention = convention
    self.includesBiases = includesBiases
  }

  /// No penalty.
  public static let none = Regularization(lambda: 0, .lambdaOver2m)

  /// `(λ/2m) Σ W²` over all weights, without the biases; its gradient is `(λ/m) W`.
  ///
  /// Source: 003 "Review: Logistic Regression Cost Function" and "Cost Function for Neural Networks".
  public static func lambdaOver2m(lambda: Double) -> Regularization {
    Regularization(lambda: lambda, .lambdaOver2m)
  }

  /// What a weight is multiplied by in the gradient; the penalty is half of it times `Σ W²`.
  ///
  /// - Throws: `NetworkError.invalidSetting` for a λ that is negative or not finite.
  func slope(examples count: Int) throws -> Double {
    guard lambda >= 0, lambda.isFinite else {
      throw NetworkError.invalidSetting(name: "lambda", value: lambda, allowed: "0 or more")
    }
    return factor(examples: count)
  }

  /// `2c`, what a parameter is multiplied by in the gradient.
  public func factor(examples count: Int) -> Double {
    switch convention {
    case .lambdaOver2m: lambda / Double(count)
    case .lambdaOverM: 2 * lambda / Double(count)
    case .lambdaOver2: lambda
    case .lambda: 2 * lambda
    }
  }
}
