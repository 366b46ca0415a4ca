import NeuralNetwork
import Testing

/// `backward` against dual numbers, which differentiate `forward` and `cost` and know nothing of it.
@Suite("Exact gradient")
struct ExactGradientTests {
  static let activations = RandomCase.activations + [.step, .softmax]

  /// What can measure the answers of an output layer. Cross-entropy of an answer 0 or 1, as a step
  /// gives, is infinite.
  static let outputs: [(Activation, Loss.Kind)] = activations.flatMap { output in
    ([.squaredError, .binaryCrossEntropy, .crossEntropy] as [Loss.Kind])
      .filter { output != .step || $0 == .squaredError }.map { (output, $0) }
  }

  @Test(
    "Backward is the exact gradient: all activations in 1 to 6 layers, with L2 and dropout",
    arguments: outputs)
  func backwardIsExact(output: Activation, kind: Loss.Kind) throws {
    var random = SplitMix64(seed: 1)
    for hidden in Self.activations {
      for layers in 1...6 {
        for penalty in [Regularization.none, .lambdaOver2m(lambda: random.uniform(0.1, 2))] {
          for drops in [false, true] {
            let example = try RandomExample(
              layers: layers, hidden: hidden, output: output, kind: kind, drops: drops,
              using: &random)
            let error = try example.error(regularization: penalty)
            // Relative to the largest entry of the gradient: smaller ones may be differences of such.
            #expect(error <= 1e-12, "\(hidden), \(layers) layers, \(penalty), dropout: \(drops)")
          }
        }
      }
    }
  }

  @Test(
    "The cases have gradients to compare: layers, units, examples, dropped units, entries not 0")
  func coverage() throws {
    var random = SplitMix64(seed: 1)
    let cases = try (0..<60).map {
      try RandomExample(
        layers: 1 + $0 % 6, hidden: .sigmoid, output: .softmax, kind: .crossEntropy, drops: true,
        using: &random)
    }
    #expect(Set(cases.map(\.network.layers.count)) == [1, 2, 3, 4, 5, 6])
    #expect(Set(cases.map(\.inputs.columns)) == [1, 2, 3, 4])
    #expect(Set(cases.map(\.network.inputCount)) == [1, 2, 3, 4, 5])
    #expect(cases.contains { $0.masks.contains { $0.elements.contains(0) } })
    for example in cases where example.network.outputCount > 1 {
      #expect(try example.exact().contains { $0 != 0 })
    }
  }

  @Test("A parabola's derivative is exact: d(w·2 − 1)²/dw = 20 and by the bias 10 at w = 3")
  func parabola() throws {
    let network = try Network([Layer(weights: [[3]], biases: [0], activation: .identity)])
    let exact = try network.exactGradient(
      inputs: Matrix(column: [2]), targets: Matrix(column: [1]),
      loss: .squaredError(factor: 1, reduction: .sum))
    #expect(exact == [20, 10])
  }

  @Test("000's 1-2-1 network: the derivatives, in the order of the parameters")
  func exampleOf000() throws {
    let exact = try Example121.network().exactGradient(
      inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss)
    // mpmath; a few roundings of numbers below 1.
    #expect(
      exact.isClose(
        to: [
          -0.033438548331786933228, 0.095523880005239949479, -0.033438548331786933228,
          0.095523880005239949479, -0.083323000586417978876, -0.089859912549678230797,
          -0.13917607817533327893,
        ], absolute: 1e-16))
  }

  @Test("A mask of another shape is the error that the forward pass throws")
  func badMask() throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().exactGradient(
        inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss,
        masks: [Matrix(column: [1, 1, 1])])
    }
    #expect("\(error)" == "element-wise product: the shapes 2×1 and 3×1 do not fit")
  }
}
