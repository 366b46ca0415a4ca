/// A mistake that people make when they work a network by hand. The grader makes it on purpose and
/// compares: no wrong value is stored anywhere.
enum Slip: CaseIterable {
  case forwardTransposed
  case biasForgotten
  case lossTwice
  case lossHalf
  case examplesReduced
  case outputsReduced
  case bitsForNats
  case decimalLogarithm
  case errorSign
  case outputDerivativeForgotten
  case hiddenDerivativeForgotten
  case allDerivativesForgotten
  case backwardNotTransposed
  case updatedTooEarly
  case stepSign
  case maskScale
  case maskForgottenBackward
  case maskForgotten
  case penaltyForgotten
  case penaltyTwice
  case penaltyHalf
  case penaltyBiases

  /// What went wrong, as a student reads it.
  func description(_ sheet: Sheet) -> String {
    switch self {
    case .forwardTransposed: "the weights are transposed in the forward pass (Wᵀa for Wa)"
    case .biasForgotten: "the bias is left out of z"
    case .lossTwice: "twice too large: a factor ½ is left out"
    case .lossHalf:
      "half as large: a factor ½ too much, or the 2 of the square's derivative left out"
    case .examplesReduced:
      sheet.loss.reduction == .mean
        ? "summed over the examples: 1/m is left out" : "divided by the number of examples (1/m)"
    case .outputsReduced: "the outputs are averaged instead of summed, or the other way round"
    case .bitsForNats: "the logarithm has the wrong base (2 for e, or e for 2)"
    case .decimalLogarithm: "the logarithm is taken to base 10"
    case .errorSign: "the error's sign is turned round (y − a for a − y)"
    case .outputDerivativeForgotten: "the output's derivative g′(z) is left out"
    case .hiddenDerivativeForgotten: "a hidden layer's derivative g′(z) is left out"
    case .allDerivativesForgotten: "every derivative g′(z) is left out"
    case .backwardNotTransposed: "the weights are not transposed on the way back (Wδ for Wᵀδ)"
    case .updatedTooEarly: "the updated weights are used on the way back, too early"
    case .stepSign: "the step goes up the gradient: + for −"
    case .maskScale:
      sheet.dropout?.isInverted == true
        ? "the kept units are not scaled by 1/(1 − rate)"
        : "the kept units are scaled by 1/(1 − rate)"
    case .maskForgottenBackward: "dropout's mask is left out on the way back"
    case .maskForgotten: "dropout's mask is left out"
    case .penaltyForgotten: "the penalty is left out"
    case .penaltyTwice: "the penalty is twice too large"
    case .penaltyHalf: "the penalty is half as large"
    case .penaltyBiases: "the biases count in the penalty, or do not, the wrong way round"
    }
  }

  /// Whether the slip can be made in a worksheet.
  func isPossible(in sheet: Sheet) -> Bool {
    let isSquared = sheet.lossKind == .squaredError || sheet.lossKind == .halfSquaredError
    let isPenalized = sheet.regularization.lambda > 0
    switch self {
    case .biasForgotten: return sheet.settings.contains { $0.hasBiases }
    case .lossTwice, .lossHalf: return isSquared
    case .examplesReduced: return sheet.exampleCount > 1
    case .outputsReduced: return sheet.network.outputCount > 1
    case .bitsForNats, .decimalLogarithm: return !isSquared
    case .hiddenDerivativeForgotten, .allDerivativesForgotten, .backwardNotTransposed:
      return sheet.network.layers.count > 1
    case .updatedTooEarly: return sheet.training != nil && sheet.network.layers.count > 1
    case .stepSign: return sheet.training != nil
    case .maskScale, .maskForgottenBackward, .maskForgotten: return sheet.dropout != nil
    case .penaltyForgotten, .penaltyTwice, .penaltyHalf, .penaltyBiases: return isPenalized
    case .forwardTransposed, .errorSign, .outputDerivativeForgotten: return true
    }
  }
}
