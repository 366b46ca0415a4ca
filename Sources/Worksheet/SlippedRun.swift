import NeuralNetwork

/// A worksheet worked with one mistake, by a backward pass of its own: the engine makes none. Without a
/// mistake it gives what the engine gives.
struct SlippedRun {
  let steps: [Step<Double>]

  /// - Parameters:
  ///   - slip: the mistake; nil for none.
  ///   - recorded: the numbers of the steps to keep.
  init(_ sheet: Sheet, _ slip: Slip?, recording recorded: Set<Int>) throws {
    var steps: [Step<Double>] = []
    var draws = MaskDraws(sheet)
    var parameters = sheet.network.layers.map {
      Parameters(weights: $0.weights, biases: $0.biases)
    }
    let worker = Worker(sheet: sheet, slip: slip)
    let count = sheet.training?.steps ?? 1
    for number in 1...max(recorded.max() ?? 1, 1) {
      let isLast = number > count
      let examples = isLast ? Array(0..<sheet.exampleCount) : Array(sheet.examples(ofStep: number))
      let masks = isLast ? [] : try draws.masks(examples)
      var step = try worker.forward(number, examples, parameters, masks)
      if !isLast && !sheet.isForwardOnly {
        try worker.backward(&step)
        parameters = step.after ?? parameters
      }
      if recorded.contains(number) { steps.append(step) }
      if isLast { break }
    }
    self.steps = steps
  }
}

private struct Worker {
  let sheet: Sheet
  let slip: Slip?

  // MARK: Forward

  func forward(
    _ number: Int, _ examples: [Int], _ parameters: [Parameters<Double>],
    _ drawn: [Matrix<Double>]
  ) throws -> Step<Double> {
    let masks = slip == .maskForgotten ? [] : rescaled(drawn)
    let inputs = sheet.inputs.columns(examples)
    let targets = sheet.targets.columns(examples)
    var z: [Matrix<Double>] = []
    var a = [inputs]
    for (index, layer) in parameters.enumerated() {
      var below = a[index]
      if index > 0 && !masks.isEmpty { below = try below.hadamard(masks[index - 1]) }
      let weights = turned(layer.weights, if: slip == .forwardTransposed)
      var sum = try weights * below
      if slip != .biasForgotten { sum = try sum.addingToEachColumn(layer.biases) }
      z.append(sum)
      a.append(sheet.network.layers[index].activation.forward(sum))
    }
    let last = z.count
    let losses = try loss.perExample(
      z: z[last - 1], a: a[last], activation: outputActivation, targets: targets)
    let dataCost = loss.reduce(losses)
    return Step(
      number: number, examples: examples, before: parameters, z: z, a: a, masks: masks,
      targets: targets, losses: losses,
      outputLosses: try sheet.outputLosses(
        z: z[last - 1], a: a[last], targets: targets, loss: loss),
      dataCost: dataCost,
      cost: dataCost + penalty(parameters, examples.count))
  }

  private func rescaled(_ masks: [Matrix<Double>]) -> [Matrix<Double>] {
    guard slip == .maskScale, let dropout = sheet.dropout else { return masks }
    return zip(masks, dropout.rates).map { mask, rate in
      mask.map { $0 == 0 ? 0 : dropout.isInverted ? 1 : 1 / (1 - rate) }
    }
  }

  /// The matrix, or its transpose where that fits just as well.
  private func turned(_ matrix: Matrix<Double>, if isSlip: Bool) -> Matrix<Double> {
    isSlip && matrix.rows == matrix.columns ? matrix.transposed : matrix
  }

  // MARK: Backward

  func backward(_ step: inout Step<Double>) throws {
    let last = step.z.count
    let parameters = step.before
    var deltas = [try outputDelta(step)]
    var updated: [Parameters<Double>?] = Array(repeating: nil, count: last)
    var gradients: [Parameters<Double>] = []
    for layer in stride(from: last, through: 1, by: -1) {
      var below = step.a[layer - 1]
      if layer > 1 && !step.masks.isEmpty { below = try below.hadamard(step.masks[layer - 2]) }
      let gradient = try gradient(
        deltas[0], below, parameters[layer - 1], examples: step.examples.count)
      gradients.insert(gradient, at: 0)
      updated[layer - 1] = move(parameters[layer - 1], gradient, layer: layer - 1)
      guard layer > 1 else { break }
      let weights =
        slip == .updatedTooEarly
        ? updated[layer - 1]?.weights ?? parameters[layer - 1].weights
        : parameters[layer - 1].weights
      var dA = try turned(weights, if: slip == .backwardNotTransposed).transposed * deltas[0]
      if !step.masks.isEmpty && slip != .maskForgottenBackward {
        dA = try dA.hadamard(step.masks[layer - 2])
      }
      let isBare = slip == .hiddenDerivativeForgotten || slip == .allDerivativesForgotten
      deltas.insert(
        isBare
          ? dA
          : try sheet.network.layers[layer - 2].activation.backward(
            dA: dA, z: step.z[layer - 2], a: step.a[layer - 1]), at: 0)
    }
    step.deltas = deltas
    step.gradients = sheet.shared(gradients)
    if sheet.training != nil { step.after = updated.compactMap { $0 } }
  }

  private func outputDelta(_ step: Step<Double>) throws -> Matrix<Double> {
    let last = step.z.count
    let isBare = slip == .outputDerivativeForgotten || slip == .allDerivativesForgotten
    let delta =
      isBare
      ? try loss.gradient(a: step.a[last], targets: step.targets)
      : try loss.delta(
        z: step.z[last - 1], a: step.a[last], activation: outputActivation, targets: step.targets)
    return slip == .errorSign ? delta.map { -$0 } : delta
  }

  private func gradient(
    _ delta: Matrix<Double>, _ below: Matrix<Double>, _ parameters: Parameters<Double>,
    examples: Int
  ) throws -> Parameters<Double> {
    let weight = loss.reduction == .mean ? 1 / Double(examples) : 1
    let shrink = 2 * penaltyFactor(examples)
    let weights = try (delta * below.transposed).map { weight * $0 }
    var biases = delta.rowSums.map { weight * $0 }
    if countsBiases { biases = zip(biases, parameters.biases).map { $0 + shrink * $1 } }
    return Parameters(
      weights: try weights + parameters.weights.map { shrink * $0 }, biases: biases)
  }

  private func move(
    _ parameters: Parameters<Double>, _ gradient: Parameters<Double>, layer: Int
  ) -> Parameters<Double> {
    let setting = sheet.settings[layer]
    let rate = (sheet.training?.learningRate ?? 0) * (slip == .stepSign ? -1 : 1)
    let total = gradient.biases.reduce(0, +)
    let biases = gradient.biases.map { setting.sharesBias ? total : $0 }
    return setting.updated(
      parameters, with: Parameters(weights: gradient.weights, biases: biases), rate: rate)
  }

  // MARK: Loss and penalty

  private var outputActivation: Activation {
    sheet.network.layers[sheet.network.layers.count - 1].activation
  }

  /// The worksheet's loss with the slip in its factor or reduction.
  private var loss: Loss {
    let own = sheet.loss
    var factor = own.factor
    var reduction = own.reduction
    switch slip {
    case .lossTwice: factor *= 2
    case .lossHalf: factor /= 2
    case .examplesReduced: reduction = reduction == .mean ? .sum : .mean
    case .outputsReduced:
      factor *=
        sheet.averagesOutputs
        ? Double(sheet.network.outputCount) : 1 / Double(sheet.network.outputCount)
    case .bitsForNats: factor *= sheet.isInBits ? Double.log(2) : 1 / Double.log(2)
    case .decimalLogarithm:
      factor *= (sheet.isInBits ? Double.log(2) : 1) / Double.log(10)
    default: break
    }
    switch own.kind {
    case .squaredError: return .squaredError(factor: factor, reduction: reduction)
    case .binaryCrossEntropy: return .binaryCrossEntropy(factor: factor, reduction: reduction)
    case .crossEntropy: return .crossEntropy(factor: factor, reduction: reduction)
    }
  }

  private var countsBiases: Bool {
    sheet.regularization.includesBiases != (slip == .penaltyBiases)
  }

  /// What the sum of squares is multiplied by.
  private func penaltyFactor(_ examples: Int) -> Double {
    let lambda = sheet.regularization.lambda
    let factor =
      switch sheet.regularization.convention {
      case .lambdaOver2m: lambda / (2 * Double(examples))
      case .lambdaOverM: lambda / Double(examples)
      case .lambdaOver2: lambda / 2
      case .lambda: lambda
      }
    switch slip {
    case .penaltyForgotten: return 0
    case .penaltyTwice: return 2 * factor
    case .penaltyHalf: return factor / 2
    default: return factor
    }
  }

  private func penalty(_ parameters: [Parameters<Double>], _ examples: Int) -> Double {
    let squares = parameters.map { layer in
      (layer.weights.elements + (countsBiases ? layer.biases : [])).map { $0 * $0 }.reduce(0, +)
    }
    return penaltyFactor(examples) * squares.reduce(0, +)
  }
}
