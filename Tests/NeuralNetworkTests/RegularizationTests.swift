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

  @Test(
    "The conventions: 10.25 times λ/2m, λ/m, λ/2, λ with λ = 3, m = 2; the gradient is twice that times W",
    arguments: [
      (Regularization.Convention.lambdaOver2m, 7.6875), (.lambdaOverM, 15.375),
      (.lambdaOver2, 15.375), (.lambda, 30.75),
    ])
  func conventions(convention: Regularization.Convention, expected: Double) throws {
    let network = try Example121.network()
    let penalty = Regularization(lambda: 3, convention)
    let pass = try network.forward(inputs)
    let plain = try network.cost(of: pass, targets: targets, loss: loss)
    let penalized = try network.cost(
      of: pass, targets: targets, loss: loss, regularization: penalty)
    #expect((penalized - plain).isClose(to: expected, relative: 1e-14))
    let difference =
      try
      (network.backward(pass, targets: targets, loss: loss, regularization: penalty)
      .gradient(2).weights
      - network.backward(pass, targets: targets, loss: loss).gradient(2).weights)
    // W² is 1 and −3: expected / 10.25 times 2, times W.
    let slope = 2 * expected / 10.25
    #expect(difference.elements.isClose(to: [slope, -3 * slope], relative: 1e-13))
  }

  @Test("With biases, 000's Σ b² = 0.09 counts too: λ/2 · 10.34, and λ b in the gradient")
  func biasesIncluded() throws {
    let network = try Example121.network()
    let penalty = Regularization(lambda: 2, .lambdaOver2, includesBiases: true)
    let pass = try network.forward(inputs)
    let plain = try network.backward(pass, targets: targets, loss: loss)
    let cost = try network.cost(of: pass, targets: targets, loss: loss)
    let penalized = try network.cost(
      of: pass, targets: targets, loss: loss, regularization: penalty)
    #expect((penalized - cost).isClose(to: 10.34, relative: 1e-14))
    let back = try network.backward(pass, targets: targets, loss: loss, regularization: penalty)
    let numerical = try network.numericalGradient(
      inputs: inputs, targets: targets, loss: loss, regularization: penalty)
    #expect(
      zip(back.gradients.flatMap(\.elements), numerical).allSatisfy { abs($0 - $1) < 1e-8 })
    let difference = zip(back.gradient(1).biases, plain.gradient(1).biases).map { $0 - $1 }
    #expect(difference.isClose(to: [0.2, 0.4], relative: 1e-13))
  }
}
