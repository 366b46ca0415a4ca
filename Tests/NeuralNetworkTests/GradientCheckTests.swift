import NeuralNetwork
import Testing

@Suite("Gradient check")
struct GradientCheckTests {
  @Test("Backward and central differences agree on random networks", arguments: 0..<64)
  func backwardIsTheGradient(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let exact = try example.backward().gradients.flatMap(\.elements)
    let numerical = try example.network.numericalGradient(
      inputs: example.inputs, targets: example.targets, loss: example.loss,
      regularization: example.regularization, epsilon: 1e-5)
    #expect(exact.count == numerical.count)
    for (index, pair) in zip(exact, numerical).enumerated() {
      // Truncation is ε²/6 · |J‴| ≈ 2e−11 · |J‴|, rounding about 1e−16 · |J| / ε = 1e−11 · |J|.
      // Here both are below 1e−9; a wrong formula is off by far more than 1e−8.
      let tolerance = 1e-8 * max(1, pair.0.magnitude)
      #expect(pair.0.isClose(to: pair.1, absolute: tolerance), "parameter \(index)")
    }
  }

  @Test("The random networks reach every activation, both losses and reductions, and a penalty")
  func coverage() throws {
    let cases = try (0..<64).map { try RandomCase(seed: $0) }
    for activation in RandomCase.activations {
      // Hidden as well as in the output layer.
      #expect(
        cases.contains { $0.network.layers.dropLast().contains { $0.activation == activation } })
      #expect(cases.contains { $0.network.layers.last?.activation == activation })
    }
    for kind in [Loss.Kind.squaredError, .binaryCrossEntropy] {
      for reduction in [Loss.Reduction.sum, .mean] {
        for penalized in [false, true] {
          #expect(
            cases.contains {
              $0.loss.kind == kind && $0.loss.reduction == reduction
                && ($0.regularization != .none) == penalized && $0.inputs.columns > 1
            })
        }
      }
    }
    #expect(Set(cases.map(\.network.layers.count)) == [1, 2, 3, 4, 5, 6])
    #expect(Set(cases.map(\.inputs.columns)) == [1, 2, 3, 4, 5])
  }

  @Test(
    "Cross-entropy after another function than the sigmoid agrees too",
    arguments: [Activation.identity, .tanh, .relu])
  func crossEntropyWithoutSigmoid(activation: Activation) throws {
    // Inputs between 0 and 1 keep z, and so the output, between 0.2 and 0.6.
    let network = try Network([
      Layer(weights: [[0.3, -0.2], [0.1, 0.05]], biases: [0.4, 0.25], activation: activation)
    ])
    let inputs = try Matrix([[0.0, 1, 0.5], [1, 0, 0.25]])
    let targets = try Matrix([[0, 1, 0.5], [1, 0, 0.25]])
    let loss = Loss.binaryCrossEntropy(reduction: .mean)
    let back = try network.backward(network.forward(inputs), targets: targets, loss: loss)
    let numerical = try network.numericalGradient(inputs: inputs, targets: targets, loss: loss)
    #expect(back.gradients.flatMap(\.elements).isClose(to: numerical, absolute: 1e-8))
  }

  @Test("000's 1-2-1 network: the differences are the gradients, in the order of the parameters")
  func exampleOf000() throws {
    let numerical = try Example121.network().numericalGradient(
      inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss)
    #expect(
      numerical.isClose(
        to: [
          -0.033438548331786933228, 0.095523880005239949479, -0.033438548331786933228,
          0.095523880005239949479, -0.083323000586417978876, -0.089859912549678230797,
          -0.13917607817533327893,
        ], absolute: 1e-10))
  }

  @Test("A parabola's central difference is exact: d(w·2 − 1)²/dw = 20 at w = 3")
  func parabola() throws {
    let network = try Network([Layer(weights: [[3]], biases: [0], activation: .identity)])
    let numerical = try network.numericalGradient(
      inputs: Matrix(column: [2]), targets: Matrix(column: [1]),
      loss: .squaredError(factor: 1, reduction: .sum), epsilon: 0.5)
    #expect(numerical == [20, 10])
  }

  @Test(
    "A step that is not a positive number is an error",
    arguments: [(0.0, "0"), (-1e-5, "-1e-05"), (.nan, "nan"), (.infinity, "inf")])
  func epsilon(epsilon: Double, text: String) throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().numericalGradient(
        inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss,
        epsilon: epsilon)
    }
    #expect("\(error)" == "epsilon is \(text); allowed: a positive number")
  }
}
