import NeuralNetwork
import Notebook

/// Turns the file's fields into a worksheet, or says what does not fit.
struct SheetValidator {
  let file: SheetFile
  let name: String

  init(_ file: SheetFile, name: String) {
    self.file = file
    self.name = name
  }

  func sheet() throws -> Sheet {
    let layers = try LayerValidator(file).layers()
    let network: Network<Double>
    do {
      network = try Network(layers.map(\.layer))
    } catch {
      throw Fault(Path().key("layers"), "\(error)")
    }
    let data = ExampleValidator(file: file, network: network)
    let inputs = try data.inputs()
    try requireShowable(network, examples: inputs.columns)
    let isForwardOnly = try isForwardOnly()
    let targets =
      isForwardOnly
      ? Matrix(rows: network.outputCount, columns: inputs.columns) { _, _ in 0 }
      : try data.targets(count: inputs.columns)
    let loss =
      try file.loss.map {
        try LossValidator(file: file, field: $0, network: network, targets: targets).loss()
      } ?? .squaredError(factor: 1, reduction: .mean)
    var settings = layers.map(\.setting)
    let training = try file.training.map {
      try TrainingValidator(
        file: $0, exampleCount: inputs.columns, network: network, weightRows: file.weightRows
      ).training(&settings)
    }
    if let training {
      try requireDoable(training, network, examples: inputs.columns)
    }
    return Sheet(
      title: file.title ?? name, network: network, settings: settings, inputs: inputs,
      targets: targets, isForwardOnly: isForwardOnly,
      lossKind: file.loss?.kind ?? .squaredError, loss: loss,
      averagesOutputs: file.loss?.outputs == .mean, isInBits: file.loss?.unit == .bits,
      regularization: try regularization(),
      dropout: try file.dropout.map {
        try DropoutValidator(
          file: $0, orientation: file.examples, network: network, exampleCount: inputs.columns
        ).dropout()
      },
      training: training)
  }

  /// A file with neither targets nor a loss asks for the forward pass alone.
  private func isForwardOnly() throws -> Bool {
    let hasTargets = file.targets != nil || file.labels != nil
    guard file.loss == nil else { return false }
    for (name, isThere) in [
      ("targets", hasTargets), ("training", file.training != nil),
      ("regularization", file.regularization != nil),
    ] where isThere {
      throw Fault(
        Path().key("loss"),
        "is missing: \(name) need what is measured, such as loss: { kind: \"half squared error\" }")
    }
    if file.firstLabel != nil {
      throw Fault(Path().key("firstLabel"), "belongs to labels, and there are none")
    }
    return true
  }

  private func regularization() throws -> Regularization {
    guard let field = file.regularization else { return .none }
    let path = Path().key("regularization")
    guard field.lambda >= 0 else {
      throw Fault(path.key("lambda"), "\(shown(field.lambda)) is out of range; allowed: 0 or more")
    }
    let convention: Regularization.Convention =
      switch field.convention {
      case .lambdaOver2m: .lambdaOver2m
      case .lambdaOverM: .lambdaOverM
      case .lambdaOver2: .lambdaOver2
      case .lambda: .lambda
      }
    return Regularization(lambda: field.lambda, convention, includesBiases: field.biases)
  }

  /// How many numbers a step may have: each becomes a line.
  private static let mostNumbers = 1_000_000

  private func requireShowable(_ network: Network<Double>, examples: Int) throws {
    let units = network.layers.map(\.weights.rows).reduce(0, +)
    let numbers = Sheet.numbersPerStep(network, examples: examples)
    guard numbers <= Self.mostNumbers else {
      throw Fault(
        Path().key("inputs"),
        "\(count(examples, "example")) through \(count(units, "unit")) make about \(numbers) numbers "
          + "a step; at most \(Self.mostNumbers) are worked")
    }
  }

  /// Keeps a run to some minutes: about ten billion products.
  private func requireDoable(
    _ training: Sheet.Training, _ network: Network<Double>, examples: Int
  ) throws {
    // Beside its products, a layer and a step take the time of some hundred.
    let pass = network.parameters.count * examples + 300 * network.layers.count
    let (work, overflow) = training.steps.multipliedReportingOverflow(by: pass)
    guard !overflow, work <= 10_000_000_000 else {
      throw Fault(
        Path().key("training").key(file.training?.steps == nil ? "epochs" : "steps"),
        "\(training.steps) steps of this network are more than one run works out; allowed here: "
          + "up to \(10_000_000_000 / pass)")
    }
  }
}

/// A number in a message.
func shown(_ number: Double) -> String { CSV.text(number) }
