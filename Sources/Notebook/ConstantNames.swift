import NeuralNetwork

/// How a formula writes the constants that the loss and the penalty put into it.
struct ConstantNames {
  let loss: Loss
  let regularization: Regularization
  let examples: Int
  /// The document's letter for the number of examples.
  let exampleCount: String

  /// What a sum over the examples is multiplied by, where that is not 1.
  func mean(_ symbols: Bool) -> String? {
    loss.reduction == .mean && examples > 1
      ? "\\frac{1}{\(symbols ? exampleCount : "\(examples)")}" : nil
  }

  /// What the parameters are multiplied by in their gradient, by the penalty; nil without one.
  func slope(_ symbols: Bool) -> String? {
    regularization.lambda == 0 ? nil : penalty(symbols, ofGradient: true)
  }

  /// The constant by name, `\frac{1}{m}`, or with the numbers put in, `\frac{1}{4}`; nil where its digits
  /// are what people write.
  ///
  /// - Parameter ofPenalty: whether it multiplies parameters, as λ/m does.
  func name(of value: Double, _ symbols: Bool, ofPenalty: Bool) -> String? {
    if ofPenalty {
      if value == regularization.factor(examples: examples) {
        return penalty(symbols, ofGradient: true)
      }
      if value == regularization.factor(examples: examples) / 2 {
        return penalty(symbols, ofGradient: false)
      }
    }
    if value == 1 / Double(examples), let mean = mean(symbols) { return mean }
    if value == 1 / Double.log(2) { return "\\frac{1}{\\log 2}" }
    return fraction(value)
  }

  /// λ with what its convention divides it by: of the penalty itself, or doubled, of its gradient.
  private func penalty(_ symbols: Bool, ofGradient: Bool) -> String {
    let lambda = symbols ? "\\lambda" : NumberFormat.plain.tex(regularization.lambda)
    let two = symbols ? "2" : "2 \\cdot "
    let count = symbols ? exampleCount : "\(examples)"
    return switch (regularization.convention, ofGradient) {
    case (.lambdaOver2m, true): "\\frac{\(lambda)}{\(count)}"
    case (.lambdaOver2m, false): "\\frac{\(lambda)}{\(two)\(count)}"
    case (.lambdaOverM, true): "\\frac{\(two)\(lambda)}{\(count)}"
    case (.lambdaOverM, false): "\\frac{\(lambda)}{\(count)}"
    case (.lambdaOver2, true): lambda
    case (.lambdaOver2, false): "\\frac{\(lambda)}{2}"
    case (.lambda, true): "\(two)\(lambda)"
    case (.lambda, false): lambda
    }
  }

  /// ½, and a third or a sixth, whose digits do not end.
  private func fraction(_ value: Double) -> String? {
    if value == 0.5 { return "\\frac{1}{2}" }
    guard NumberFormat.upTo(6).rounded(value) != value else { return nil }
    for denominator in 2...64 {
      let numerator = value * Double(denominator)
      if numerator.rounded() / Double(denominator) == value, (1...64).contains(numerator.rounded())
      {
        return "\\frac{\(Int(numerator.rounded()))}{\(denominator)}"
      }
    }
    return nil
  }
}
