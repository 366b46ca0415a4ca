/// A worksheet as it stands in its file. What the fields mean is in `notebooks/worksheets/README.md`.
struct SheetFile: Decodable {
  var title: String?
  var examples: ExampleOrientation
  var inputs: Grid
  var targets: Grid?
  var labels: [Whole]?
  var firstLabel: Whole?
  var weightRows: WeightRows
  var biasColumn: BiasColumn
  var layers: [LayerFile]
  var loss: LossFile?
  var regularization: RegularizationFile?
  var dropout: DropoutFile?
  var training: TrainingFile?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case title, examples, inputs, targets, labels, firstLabel, weightRows, biasColumn, layers, loss
    case regularization, dropout, training
  }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    title = try fields.optional(.title)
    examples = try fields.optional(.examples) ?? .rows
    inputs = try fields.required(.inputs, "the numbers that go into the network")
    targets = try fields.optional(.targets)
    labels = try fields.optional(.labels)
    firstLabel = try fields.optional(.firstLabel)
    weightRows = try fields.optional(.weightRows) ?? .units
    biasColumn = try fields.optional(.biasColumn) ?? .first
    layers = try fields.required(
      .layers, "a list with one object a layer, the first hidden one first")
    loss = try fields.optional(.loss)
    regularization = try fields.optional(.regularization)
    dropout = try fields.optional(.dropout)
    training = try fields.optional(.training)
  }
}

/// How `inputs`, `targets` and masks are written.
enum ExampleOrientation: String, Choice {
  case rows
  case columns
}

/// What one row of `weights` or `theta` holds.
enum WeightRows: String, Choice {
  case units
  case inputs
}

/// Where the biases stand in `theta`.
enum BiasColumn: String, Choice {
  case first
  case last
}

struct LayerFile: Decodable {
  var weights: Grid?
  var biases: Grid?
  var sharedBias: Double?
  var theta: Grid?
  var activation: ActivationName
  var slope: Double?
  var alpha: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case weights, biases, sharedBias, theta, activation, slope, alpha
  }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    weights = try fields.optional(.weights)
    biases = try fields.optional(.biases)
    sharedBias = try fields.optional(.sharedBias)
    theta = try fields.optional(.theta)
    activation = try fields.required(
      .activation, "one of \(ActivationName.allCases.map(\.rawValue).joined(separator: ", "))")
    slope = try fields.optional(.slope)
    alpha = try fields.optional(.alpha)
  }
}

enum ActivationName: String, Choice {
  case sigmoid
  case tanh
  case relu = "ReLU"
  case leakyReLU = "leaky ReLU"
  case elu = "ELU"
  case softmax
  case identity
  case step

  static let synonyms: [String: ActivationName] = [
    "logistic": .sigmoid, "linear": .identity, "none": .identity,
  ]
}

struct LossFile: Decodable {
  var kind: LossKind
  var factor: Double
  var outputs: Reduce
  var examples: Reduce
  var unit: Unit?

  enum CodingKeys: String, CodingKey, CaseIterable { case kind, factor, outputs, examples, unit }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    kind = try fields.required(
      .kind, "one of \(LossKind.allCases.map(\.rawValue).joined(separator: ", "))")
    factor = try fields.optional(.factor) ?? 1
    outputs = try fields.optional(.outputs) ?? .sum
    examples = try fields.optional(.examples) ?? .mean
    unit = try fields.optional(.unit)
  }
}

enum LossKind: String, Choice {
  case squaredError = "squared error"
  case halfSquaredError = "half squared error"
  case binaryCrossEntropy = "binary cross-entropy"
  case softmaxCrossEntropy = "softmax cross-entropy"

  static let synonyms: [String: LossKind] = [
    "cross-entropy": .softmaxCrossEntropy, "categorical cross-entropy": .softmaxCrossEntropy,
    "log loss": .binaryCrossEntropy, "BCE": .binaryCrossEntropy,
  ]
  static let hints: [String: String] = {
    let hint =
      "is not said the same way everywhere; write kind: \"squared error\" and say what is "
      + "averaged, outputs: \"mean\" or examples: \"mean\""
    return ["mean squared error": hint, "MSE": hint]
  }()
}

enum Reduce: String, Choice {
  case sum
  case mean
}

enum Unit: String, Choice {
  case nats
  case bits
}

struct RegularizationFile: Decodable {
  var convention: ConventionName
  var lambda: Double
  var biases: Bool

  enum CodingKeys: String, CodingKey, CaseIterable { case convention, lambda, biases }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    convention = try fields.required(
      .convention, "one of \(ConventionName.allCases.map(\.rawValue).joined(separator: ", "))")
    lambda = try fields.required(.lambda, "the number λ")
    biases = try fields.optional(.biases) ?? false
  }
}

enum ConventionName: String, Choice {
  case lambdaOver2m = "lambda/2m"
  case lambdaOverM = "lambda/m"
  case lambdaOver2 = "lambda/2"
  case lambda

  static let synonyms: [String: ConventionName] = [
    "λ/2m": .lambdaOver2m, "λ/m": .lambdaOverM, "λ/2": .lambdaOver2, "λ": .lambda,
  ]
}

struct DropoutFile: Decodable {
  var masks: [Grid]?
  var rate: OneOrMore<Double>?
  var seed: Whole?
  var scaling: Scaling?

  enum CodingKeys: String, CodingKey, CaseIterable { case masks, rate, seed, scaling }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    masks = try fields.optional(.masks)
    rate = try fields.optional(.rate)
    seed = try fields.optional(.seed)
    scaling = try fields.optional(.scaling)
  }
}

enum Scaling: String, Choice {
  case inverted
  case none
}

struct TrainingFile: Decodable {
  var learningRate: Double
  var steps: Whole?
  var epochs: Whole?
  var order: Order
  var batchSize: Whole?
  var fixed: [String]

  enum CodingKeys: String, CodingKey, CaseIterable {
    case learningRate, steps, epochs, order, batchSize, fixed
  }

  init(from decoder: any Decoder) throws {
    let fields = try Fields(decoder, CodingKeys.self)
    learningRate = try fields.required(.learningRate, "the number that a gradient is multiplied by")
    steps = try fields.optional(.steps)
    epochs = try fields.optional(.epochs)
    order = try fields.optional(.order) ?? .fullBatch
    batchSize = try fields.optional(.batchSize)
    fixed = try fields.optional(.fixed) ?? []
  }
}

enum Order: String, Choice {
  case fullBatch = "full batch"
  case online
  case miniBatch = "mini-batch"

  static let synonyms: [String: Order] = [
    "batch": .fullBatch, "stochastic": .online, "SGD": .online,
  ]
}
