import NeuralNetwork
import Testing

@Suite("Regularization: λ/2m over the weights, without the biases")
struct RegularizationTests {
  private let inputs = Matrix(rows: 1, columns: 2, elements: [1.0, -0.5])
  private let targets = Matrix(rows: 1, columns: 2, elements: [1.0, 0])
  private let loss = Loss.binaryCrossEntropy(reduction: .mean)

  @Test("The penalty of 000's weights, Σ W² = 10.25, with λ = 3 and m = 2 is 7.6875")
  func penalty() throws {
    let network = try Example121.network()
    let plain = try network.cost(inputs: inputs, targets: targets, loss: loss)
    let penalized = try network.cost(
      inputs: inputs, targets: targets, loss: loss, regularization: .lambdaOver2m(lambda: 3))
    #expect((penalized - plain).isClose(to: 7.6875, relative: 1e-14))
  }

  @Test("The penalty's gradient is (λ/m) W: 1.5 W with λ = 3 and m = 2; the biases have none")
  func gradient() throws {
    let network = try Example121.network()
    let pass = try network.forward(inputs)
    let plain = try network.backward(pass, targets: targets, loss: loss)
    let penalized = try network.backward(
      pass, targets: targets, loss: loss, regularization: .lambdaOver2m(lambda: 3))
    let difference = try (1...2).flatMap { layer in
      try (penalized.gradient(layer).weights - plain.gradient(layer).weights).elements
    }
    #expect(difference.isClose(to: [0.45, 0.6, 1.5, -4.5], relative: 1e-14))
    for layer in 1...2 {
      #expect(penalized.gradient(layer).biases == plain.gradient(layer).biases)
      #expect(penalized.delta(layer) == plain.delta(layer))
    }
  }

  @Test("The penalty does not depend on the loss's reduction")
  func reduction() throws {
    let network = try Example121.network()
    let sum = Loss.binaryCrossEntropy(reduction: .sum)
    let plain = try network.cost(inputs: inputs, targets: targets, loss: sum)
    let penalized = try network.cost(
      inputs: inputs, targets: targets, loss: sum, regularization: .lambdaOver2m(lambda: 3))
    #expect((penalized - plain).isClose(to: 7.6875, relative: 1e-14))
  }

  @Test("Biases leave the penalty as it is")
  func biasesExcluded() throws {
    // Without inputs the weights have no part in z: only the penalty sees them.
    func penalty(bias: Double) throws -> Double {
      let network = try Network([Layer(weights: [[2]], biases: [bias], activation: .identity)])
      return try network.cost(
        inputs: Matrix(column: [0]), targets: Matrix(column: [bias]),
        loss: .squaredError(factor: 1, reduction: .mean), regularization: .lambdaOver2m(lambda: 5))
    }
    // 5/2 · 2²
    #expect(try penalty(bias: 0) == 10)
    #expect(try penalty(bias: 100) == 10)
  }

  @Test("λ = 0 is no regularization")
  func lambdaZero() throws {
    let network = try Example121.network()
    let pass = try network.forward(inputs)
    let zero = Regularization.lambdaOver2m(lambda: 0)
    #expect(
      try network.cost(of: pass, targets: targets, loss: loss, regularization: zero)
        == network.cost(of: pass, targets: targets, loss: loss))
    #expect(
      try network.backward(pass, targets: targets, loss: loss, regularization: zero)
        == network.backward(pass, targets: targets, loss: loss))
  }

  @Test("Cost and gradient agree: central differences of the penalized cost", arguments: [0.5, 4])
  func centralDifferences(lambda: Double) throws {
    let network = try Example121.network()
    let penalty = Regularization.lambdaOver2m(lambda: lambda)
    let back = try network.backward(
      network.forward(inputs), targets: targets, loss: loss, regularization: penalty)
    let numerical = try network.numericalGradient(
      inputs: inputs, targets: targets, loss: loss, regularization: penalty)
    // The cost is about 10 and smooth: rounding of 1e−15 / ε is the larger part.
    #expect(back.gradients.flatMap(\.elements).isClose(to: numerical, absolute: 2e-9))
  }
}
