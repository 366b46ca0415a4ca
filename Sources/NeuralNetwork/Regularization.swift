/// A penalty on the size of the weights that is added to the cost.
public enum Regularization: Equatable, Sendable {
  case none
  /// `(λ/2m) Σ W²` over all weights, without the biases; its gradient is `(λ/m) W`.
  ///
  /// Source: 003 "Review: Logistic Regression Cost Function" and "Cost Function for Neural Networks".
  case lambdaOver2m(lambda: Double)

  /// What a weight is multiplied by in the gradient; the penalty is half of it times `Σ W²`.
  func slope(examples count: Int) -> Double {
    switch self {
    case .none: 0
    case .lambdaOver2m(let lambda): lambda / Double(count)
    }
  }
}
