import Foundation
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

  /// What the weights are multiplied by in their gradient.
  func slope(_ symbols: Bool) -> String? {
    guard case .lambdaOver2m(let lambda) = regularization, lambda != 0 else { return nil }
    return name(of: lambda / Double(examples), symbols, ofPenalty: true)
  }

  /// The constant by name, `\frac{1}{m}`, or with the numbers put in, `\frac{1}{4}`; nil where its digits
  /// are what people write.
  ///
  /// - Parameter ofPenalty: whether it multiplies weights, as λ/m does.
  func name(of value: Double, _ symbols: Bool, ofPenalty: Bool) -> String? {
    let count = symbols ? exampleCount : "\(examples)"
    if ofPenalty, case .lambdaOver2m(let lambda) = regularization {
      let lambdaText = symbols ? "\\lambda" : NumberFormat.plain.tex(lambda)
      let slope = lambda / Double(examples)
      if value == slope { return "\\frac{\(lambdaText)}{\(count)}" }
      if value == slope / 2 {
        return "\\frac{\(lambdaText)}{2\(symbols ? count : " \\cdot \(count)")}"
      }
    }
    if loss.reduction == .mean, examples > 1, value == 1 / Double(examples) {
      return "\\frac{1}{\(count)}"
    }
    if value == 0.5 { return "\\frac{1}{2}" }
    if value == 1 / log(2) { return "\\frac{1}{\\log 2}" }
    return nil
  }
}
