extension Network where T == Double {
  /// Every partial derivative by the central difference `(J(θ + ε) − J(θ − ε)) / 2ε`, in the order of
  /// `parameters`.
  ///
  /// The truncation error falls with ε², the rounding error grows with 1/ε; near ε = 1e−5 to 1e−4
  /// both are small.
  ///
  /// - Parameter masks: dropout's factors, the same in every evaluation; none without dropout.
  /// - Throws: `NetworkError.invalidSetting` unless `epsilon` is positive, and as `cost`.
  ///
  /// Source: 003 "Training a Neural Network", step 5.
  public func numericalGradient(
    inputs: Matrix<Double>, targets: Matrix<Double>, loss: Loss,
    regularization: Regularization = .none, masks: [Matrix<Double>] = [], epsilon: Double = 1e-5
  ) throws -> [Double] {
    guard epsilon > 0, epsilon.isFinite else {
      throw NetworkError.invalidSetting(
        name: "epsilon", value: epsilon, allowed: "a positive number")
    }
    return try parameters.indices.map { index in
      func cost(_ step: Double) throws -> Double {
        var moved = self
        moved[parameter: index] += step
        return try moved.cost(
          of: moved.forward(inputs, masks: masks), targets: targets, loss: loss,
          regularization: regularization)
      }
      return try (cost(epsilon) - cost(-epsilon)) / (2 * epsilon)
    }
  }

  /// Every partial derivative by dual numbers, exact to rounding, in the order of `parameters`.
  ///
  /// The same `forward` and `cost` run once for each parameter, whose derivative is set to 1. At a kink
  /// the branch that the activation takes decides, as in `backward`; the derivative of a step is 0.
  ///
  /// - Parameter masks: dropout's factors, the same in every run; none without dropout.
  /// - Throws: as `cost`.
  public func exactGradient(
    inputs: Matrix<Double>, targets: Matrix<Double>, loss: Loss,
    regularization: Regularization = .none, masks: [Matrix<Double>] = []
  ) throws -> [Double] {
    let constant = try map { DualNumber($0) }
    let inputs = inputs.map { DualNumber($0) }
    let targets = targets.map { DualNumber($0) }
    let masks = masks.map { mask in mask.map { DualNumber($0) } }
    return try parameters.indices.map { index in
      var varied = constant
      varied[parameter: index].derivative = 1
      return try varied.cost(
        of: varied.forward(inputs, masks: masks), targets: targets, loss: loss,
        regularization: regularization
      ).derivative
    }
  }
}
