/// A penalty on the size of the weights that is added to the cost.
public enum Regularization: Equatable, Sendable {
  case none
  /// `(λ/2m) Σ W²` over all weights, without the biases; its gradient is `(λ/m) W`.
  ///
  /// Source: 003 "Review: Logistic Regression Cost Function" and "Cost Function for Neural Networks".
  case lambdaOver2m(lambda: Double)

  /// What a weight is multiplied by in the gradient; the penalty is half of it times `Σ W²`.
  ///
  /// - Throws: `NetworkError.invalidSetting` for a λ that is negative or not finite.
  func slope(examples count: Int) throws -> Double {
    switch self {
    case .none: return 0
    case .lambdaOver2m(let lambda):
      guard lambda >= 0, lambda.isFinite else {
        throw NetworkError.invalidSetting(name: "lambda", value: lambda, allowed: "0 or more")
      }
      return lambda / Double(count)
    }
  }
}
