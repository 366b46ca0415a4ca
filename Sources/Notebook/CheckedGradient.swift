import NeuralNetwork

/// A gradient by the backward pass, beside two that know nothing of backpropagation.
public struct CheckedGradient: Sendable {
  /// What the gradient is of, for the first column of a table.
  public let name: String
  /// By the backward pass, in the order of `Network.parameters`, as the other two.
  public let backward: [Double]
  /// By central differences.
  public let differences: [Double]
  /// By dual numbers.
  public let exact: [Double]

  /// The largest difference from the central differences.
  public var differencesError: Double { error(differences) }
  /// The largest difference from the dual numbers.
  public var exactError: Double { error(exact) }

  /// Computes a gradient in all three ways.
  ///
  /// - Parameter masks: dropout's factors, the same in every run; none without dropout.
  /// - Throws: as `Network.backward` and `Network.cost`.
  public init(
    _ name: String, _ network: Network<Double>, inputs: Matrix<Double>, targets: Matrix<Double>,
    loss: Loss, regularization: Regularization = .none, masks: [Matrix<Double>] = []
  ) throws {
    self.name = name
    let pass = try network.forward(inputs, masks: masks)
    backward = try network.backward(
      pass, targets: targets, loss: loss, regularization: regularization
    ).gradients.flatMap(\.elements)
    differences = try network.numericalGradient(
      inputs: inputs, targets: targets, loss: loss, regularization: regularization, masks: masks)
    exact = try network.exactGradient(
      inputs: inputs, targets: targets, loss: loss, regularization: regularization, masks: masks)
  }

  private func error(_ other: [Double]) -> Double {
    zip(backward, other).map { abs($0 - $1) }.max() ?? 0
  }

  /// One row a gradient: its size, and both errors.
  public static func columns(_ gradients: [CheckedGradient]) -> [Column] {
    [
      .texts("gradient", "Gradient of", gradients.map(\.name)),
      .numbers("entries", "Entries", gradients.map { Double($0.backward.count) }, .plain),
      .numbers(
        "largest", "Largest entry", gradients.map { $0.exact.map { abs($0) }.max() ?? 0 },
        .scientific(2)),
      .numbers(
        "differences_error", "Off the finite differences", gradients.map(\.differencesError),
        .scientific(1)),
      .numbers("exact_error", "Off the dual numbers", gradients.map(\.exactError), .scientific(1)),
    ]
  }
}
