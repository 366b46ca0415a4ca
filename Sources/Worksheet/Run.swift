import NeuralNetwork

/// A worksheet worked by the engine.
struct Run<T: Scalar> {
  /// The steps that were asked for, and last the pass after the last update.
  let steps: [Step<T>]
  /// The cost of all examples before each step and after the last, without dropout.
  let costs: [Double]

  /// - Parameters:
  ///   - recorded: the numbers of the steps to keep, from 1.
  ///   - number: makes the arithmetic's number of a given one.
  ///   - progress: is told how many steps are done.
  /// - Throws: `Fault` where the numbers overflow.
  init(
    _ sheet: Sheet, recording recorded: Set<Int>, keepingCosts: Bool = true,
    progress: (Int) -> Void = { _ in }, as number: (Double) -> T
  ) throws {
    var network = try sheet.network.map(number)
    let inputs = sheet.inputs.map(number)
    let targets = sheet.targets.map(number)
    let all = Array(0..<sheet.exampleCount)
    var draws = MaskDraws(sheet)
    var steps: [Step<T>] = []
    var costs: [Double] = []
    let count = sheet.training?.steps ?? 0
    // Without training there is one pass, all the way back, and no update.
    for step in 1...max(count, 1) {
      let examples = Array(sheet.examples(ofStep: step))
      let masks = try draws.masks(examples).map { $0.map(number) }
      let batch = try Self.pass(
        sheet, network, inputs, targets, examples: examples, masks: masks, step: step)
      // Named where it begins, not at the next step that is written.
      if !batch.step.cost.value.isFinite { try batch.step.requireFinite() }
      if keepingCosts && count > 0 {
        let isBatch = examples == all && masks.isEmpty
        costs.append(
          isBatch
            ? batch.step.cost.value
            : try Self.pass(
              sheet, network, inputs, targets, examples: all, masks: [], step: step
            ).step.cost.value)
      }
      var result = batch.step
      if sheet.isForwardOnly {
        try result.requireFinite()
        steps.append(result)
        break
      }
      let back = try sheet.checked(step) {
        try network.backward(
          batch.pass, targets: result.targets, loss: sheet.loss,
          regularization: sheet.regularization)
      }
      let gradients = sheet.shared(back.gradients)
      result.deltas = (1...network.layers.count).map(back.delta)
      result.gradients = gradients
      if let training = sheet.training {
        result.after = sheet.updated(
          result.before, with: gradients, rate: number(training.learningRate))
        network.parameters = result.after!.flatMap(\.elements)
      }
      if recorded.contains(step) {
        try result.requireFinite()
        steps.append(result)
      }
      progress(step)
    }
    if count > 0 {
      let last = try Self.pass(
        sheet, network, inputs, targets, examples: all, masks: [], step: count + 1
      ).step
      try last.requireFinite()
      steps.append(last)
      costs.append(last.cost.value)
    }
    self.steps = steps
    self.costs = costs
  }

  private static func pass(
    _ sheet: Sheet, _ network: Network<T>, _ inputs: Matrix<T>, _ targets: Matrix<T>,
    examples: [Int], masks: [Matrix<T>], step: Int
  ) throws -> (pass: ForwardPass<T>, step: Step<T>) {
    try sheet.checked(step) {
      let pass = try network.forward(inputs.columns(examples), masks: masks)
      let targets = targets.columns(examples)
      let last = network.layers.count
      let losses = try sheet.loss.perExample(
        z: pass.z(last), a: pass.a(last), activation: network.layers[last - 1].activation,
        targets: targets)
      let cost = try network.cost(
        of: pass, targets: targets, loss: sheet.loss, regularization: sheet.regularization)
      let result = Step<T>(
        number: step, examples: examples,
        before: network.layers.map { Parameters(weights: $0.weights, biases: $0.biases) },
        z: (1...last).map(pass.z), a: (0...last).map(pass.a), masks: masks, targets: targets,
        losses: losses.map(\.noted),
        outputLosses: try sheet.outputLosses(
          z: pass.z(last), a: pass.a(last), targets: targets, loss: sheet.loss)?.map(\.noted),
        dataCost: sheet.loss.reduce(losses).noted, cost: cost)
      return (pass, result)
    }
  }
}

extension Sheet {
  /// What a body computes; the engine's refusals, which only numbers beyond all bounds can cause in a
  /// worksheet whose shapes are right, as a fault.
  func checked<Result>(_ step: Int, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as NetworkError {
      throw Fault(Path(), "step \(step): the numbers leave what can be computed with: \(error)")
    }
  }
}

extension Step {
  /// - Throws: `Fault` naming the first quantity that is not finite.
  func requireFinite() throws {
    var quantities: [(String, [T])] = zip(1..., z).map { ("z of layer \($0)", $1.elements) }
    quantities += zip(0..., a).map { ("a of layer \($0)", $1.elements) }
    quantities.append(("the loss", losses + (outputLosses?.elements ?? [])))
    quantities.append(("the cost", [dataCost, cost]))
    quantities += zip(1..., deltas ?? []).map { ("delta of layer \($0)", $1.elements) }
    quantities += zip(1..., gradients ?? []).map { ("the gradient of layer \($0)", $1.elements) }
    quantities += zip(1..., after ?? []).map { ("the update of layer \($0)", $1.elements) }
    for (name, numbers) in quantities {
      if let bad = numbers.first(where: { !$0.value.isFinite }) {
        throw Fault(
          Path(),
          "step \(number): \(name) is \(bad.value.isNaN ? "no number" : "\(bad.value)"): "
            + "the numbers grow beyond all bounds")
      }
    }
  }
}

/// Dropout's masks, step by step.
struct MaskDraws {
  private let dropout: Sheet.Dropout?
  private let network: Network<Double>
  private var generator: SplitMix64

  init(_ sheet: Sheet) {
    dropout = sheet.dropout
    network = sheet.network
    generator = SplitMix64(seed: sheet.dropout?.seed ?? 0)
  }

  /// The factors for the examples of the next step: given masks follow their examples, others are drawn
  /// anew for each step.
  mutating func masks(_ examples: [Int]) throws -> [Matrix<Double>] {
    guard let dropout else { return [] }
    if let masks = dropout.masks {
      return zip(masks, dropout.scales).map { $0.columns(examples).scaled(by: $1) }
    }
    let drawn = try network.dropoutMasks(
      rates: dropout.rates, examples: examples.count, using: &generator)
    return dropout.isInverted ? drawn : drawn.map { $0.map { $0 > 0 ? 1 : 0 } }
  }
}
