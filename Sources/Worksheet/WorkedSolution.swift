import NeuralNetwork
import Notebook

/// The worked solution as a page: what is given, and every step with its formula, the numbers put in and the
/// result, in one document's notation.
struct WorkedSolution {
  let sheet: Sheet
  let notation: Notation

  /// A step is written out entry by entry up to so many lines, with matrices beyond.
  private static let mostLines = 64
  /// A matrix with more rows or columns does not fit on a page.
  private static let widestMatrix = 12

  /// The page with every number, and the one to fill in.
  ///
  /// - Parameter steps: the steps to write out, and perhaps the pass after the last one.
  func pages(_ steps: [Step<LineNumber>]) throws -> (solved: String, blank: String) {
    (try page(steps, solved: true), try page(steps, solved: false))
  }

  private func page(_ steps: [Step<LineNumber>], solved: Bool) throws -> String {
    var parts = ["# \(sheet.title)", introduction]
    for step in steps where step.gradients != nil || sheet.isForwardOnly {
      parts += try section(step, isFirst: step.number == 1, solved: solved)
    }
    if let last = steps.last, last.gradients == nil, solved, !sheet.isForwardOnly {
      let count = last.number - 1
      parts += [
        "## After \(count == 1 ? "the step" : "\(count) steps")",
        "The cost of all examples is \(notation.format.text(last.cost.value)).",
      ]
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var introduction: String {
    var lines = [
      sheet.summary + ".", "The symbols are those of document \(notation.dialect.document).",
    ]
    if sheet.training.map({ $0.batchSize > 1 }) ?? (sheet.exampleCount > 1) {
      lines.append("A second index after a comma is the number of the example.")
    }
    if let rule = notation.rule {
      lines.append("Every result is \(rule), and the next step goes on with that.")
    }
    return lines.joined(separator: "\n")
  }

  // MARK: A step

  private func section(_ step: Step<LineNumber>, isFirst: Bool, solved: Bool) throws -> [String] {
    let count = sheet.training?.steps ?? 1
    let isAll = step.examples.count == sheet.exampleCount
    var parts: [String] = []
    if count > 1 || !isAll {
      let examples = step.examples.map { String($0 + 1) }.joined(separator: ", ")
      let which = isAll ? "" : ", example\(step.examples.count == 1 ? "" : "s") \(examples)"
      parts.append("## Step \(step.number)\(which)")
    }
    guard !isTooWide(step) else {
      return parts + ["Its matrices do not fit on a page; `values.csv` has every number."]
    }
    let derivation = Derivation(
      try sheet.run(step, notation.rule), in: notation.dialect, format: notation.format)
    let isShort = derivation.order.count <= Self.mostLines
    if isFirst || solved {
      let given = derivation.given(withTargets: !sheet.isForwardOnly, inEntries: isShort)
      parts += ["### Given", block(given)]
    }
    let headings: [(DerivationStage, String)] = [
      (.forward, "Forward pass"), (.cost, "Cost"), (.deltas, "Backward pass"),
      (.gradients, "Gradients"), (.update, "Update"),
    ]
    for (stage, heading) in headings where stage == .forward || !sheet.isForwardOnly {
      let lines =
        isShort || stage == .cost
        ? derivation.lines(stage, solved: solved) : derivation.matrixLines(stage, solved: solved)
      if !lines.isEmpty { parts += ["### \(heading)", block(lines)] }
    }
    return solved && !sheet.isForwardOnly ? parts + (try check(step)) : parts
  }

  private func isTooWide(_ step: Step<LineNumber>) -> Bool {
    let sizes = sheet.network.layers.flatMap { [$0.weights.rows, $0.weights.columns] }
    return (sizes + [step.examples.count]).contains { $0 > Self.widestMatrix }
  }

  private func block(_ lines: [DerivationLine]) -> String { "```math\n\(lines.tex)\n```" }

  /// The gradients beside what knows nothing of backpropagation, at full precision.
  private func check(_ step: Step<LineNumber>) throws -> [String] {
    let checked = try CheckedGradient(
      "all parameters", sheet.network(step.before.map { $0.map(\.value) }),
      inputs: step.a[0].map(\.value), targets: step.targets.map(\.value), loss: sheet.loss,
      regularization: sheet.regularization, masks: step.masks.map { $0.map(\.value) })
    let error = NumberFormat.scientific(1)
    return [
      "### Gradient check",
      "Of the \(checked.backward.count) derivatives by the backward pass, none is further from the exact one (dual "
        + "numbers) than \(error.text(checked.exactError)), nor from the finite difference than "
        + "\(error.text(checked.differencesError)).",
    ]
  }
}

extension Parameters {
  fileprivate func map<Other: Scalar>(_ transform: (T) -> Other) -> Parameters<Other> {
    Parameters<Other>(weights: weights.map(transform), biases: biases.map(transform))
  }
}

extension Sheet {
  /// The sheet's network with other parameters, in their arithmetic.
  func network<T: Scalar>(_ parameters: [Parameters<T>]) throws -> Network<T> {
    try Network(
      zip(network.layers, parameters).map { try Layer($1, activation: $0.activation) })
  }

  /// A step on symbols, with the sheet's fixed, shared and missing parameters.
  func run(_ step: Step<LineNumber>, _ rule: RoundingRule?) throws -> SymbolicRun<LineNumber> {
    let biasless = settings.indices.filter { !settings[$0].hasBiases }.map { $0 + 1 }
    return try checked(step.number) {
      try SymbolicRun(
        of: network(step.before), inputs: step.a[0], targets: step.targets, loss: loss,
        regularization: regularization, masks: step.masks,
        learningRate: training.map { LineNumber($0.learningRate, rule) }, biasless: Set(biasless),
        tying: { shared($0) }, update: { updated($0, with: $1, rate: $2) })
    }
  }

  /// The network and how it learns, in a sentence.
  var summary: String {
    let sizes = [network.inputCount] + network.layers.map(\.weights.rows)
    let activations = network.layers.map(\.activation.name)
    var text =
      "A \(sizes.map(String.init).joined(separator: "-")) network (\(activations.joined(separator: ", ")))"
    if isForwardOnly { return text }
    text += ", \(lossKind.rawValue)"
    if averagesOutputs { text += " averaged over the outputs" }
    if isInBits { text += " in bits" }
    if exampleCount > 1 {
      text += loss.reduction == .mean ? ", mean over the examples" : ", summed over the examples"
    }
    if regularization.lambda != 0 {
      text += ", L2 with λ = \(NumberFormat.plain.text(regularization.lambda))"
    }
    if let training {
      text += ", learning rate \(NumberFormat.plain.text(training.learningRate))"
    }
    return text
  }
}

extension Activation {
  fileprivate var name: String {
    switch self {
    case .identity: "identity"
    case .step: "step"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .relu: "ReLU"
    case .leakyReLU(let slope): "leaky ReLU with slope \(NumberFormat.plain.text(slope))"
    case .elu(let alpha): "ELU with α = \(NumberFormat.plain.text(alpha))"
    case .softmax: "softmax"
    }
  }
}
