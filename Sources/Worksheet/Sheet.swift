import NeuralNetwork

/// A worksheet that can be worked: every shape fits, every number is in its range.
struct Sheet: Sendable {
  /// One layer as the file states it.
  struct LayerSetting: Sendable {
    /// Whether the layer has biases at all.
    let hasBiases: Bool
    /// Whether all units share one bias, which is then one parameter.
    let sharesBias: Bool
    var trainsWeights: Bool
    var trainsBiases: Bool
    /// Single weights that stay, by row and column from 0: missing connections, say.
    var fixedWeights: Set<[Int]> = []
    /// Single biases that stay, by unit from 0.
    var fixedBiases: Set<Int> = []

    /// The parameters after a step; what is fixed stays.
    func updated<T: Scalar>(_ old: Parameters<T>, with gradient: Parameters<T>, rate: T)
      -> Parameters<T>
    {
      let (w, dw) = (old.weights, gradient.weights)
      return Parameters(
        weights: Matrix(rows: w.rows, columns: w.columns) { row, column in
          trainsWeights && !fixedWeights.contains([row, column])
            ? (w[row, column] - rate * dw[row, column]).noted : w[row, column]
        },
        biases: old.biases.indices.map { unit in
          trainsBiases && !fixedBiases.contains(unit)
            ? (old.biases[unit] - rate * gradient.biases[unit]).noted : old.biases[unit]
        })
    }
  }

  struct Dropout: Sendable {
    /// 1 for a kept and 0 for a dropped unit, one matrix a hidden layer, units × examples; nil where
    /// they are drawn.
    let masks: [Matrix<Double>]?
    /// The probability of dropping a unit, one a hidden layer.
    let rates: [Double]
    let seed: UInt64
    let isInverted: Bool

    /// What a kept unit of each hidden layer is multiplied by.
    var scales: [Double] { rates.map { isInverted ? 1 / (1 - $0) : 1 } }
  }

  struct Training: Sendable {
    let learningRate: Double
    let steps: Int
    /// How many examples a step takes.
    let batchSize: Int
  }

  let title: String
  let network: Network<Double>
  var settings: [LayerSetting]
  /// Inputs × examples.
  let inputs: Matrix<Double>
  /// Outputs × examples; zeros where the file has none.
  let targets: Matrix<Double>
  /// Whether the file states no targets and no loss, so that there is only the forward pass.
  let isForwardOnly: Bool
  let lossKind: LossKind
  /// Its factor holds ½, the average over the outputs, and the unit.
  let loss: Loss
  let averagesOutputs: Bool
  let isInBits: Bool
  let regularization: Regularization
  let dropout: Dropout?
  var training: Training?

  var exampleCount: Int { inputs.columns }
  /// The numbers that the file states beside inputs, targets and parameters, as formulas write them.
  var constants: [Double] {
    let activations: [Double] = network.layers.compactMap {
      switch $0.activation {
      case .leakyReLU(let slope): slope
      case .elu(let alpha): alpha
      default: nil
      }
    }
    return [loss.factor, 2 * loss.factor, regularization.lambda] + activations
      + (training.map { [$0.learningRate] } ?? [])
  }
  /// About how many numbers a step computes: z, a and δ of every unit and example, and the parameters
  /// before and after with their gradients.
  var numbersPerStep: Int { Self.numbersPerStep(network, examples: exampleCount) }

  static func numbersPerStep(_ network: Network<Double>, examples: Int) -> Int {
    3 * network.layers.map(\.weights.rows).reduce(0, +) * examples + 3 * network.parameters.count
  }

  /// The numbers of the examples that a step (from 1) takes, from 0: in the order of the file, from the
  /// start again after the last; the last batch of an epoch may be smaller.
  func examples(ofStep step: Int) -> Range<Int> {
    guard let training else { return 0..<exampleCount }
    let batches = (exampleCount + training.batchSize - 1) / training.batchSize
    let start = ((step - 1) % batches) * training.batchSize
    return start..<min(start + training.batchSize, exampleCount)
  }
}
