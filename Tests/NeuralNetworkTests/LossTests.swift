import Foundation
import NeuralNetwork
import Testing

@Suite("Loss: kinds, factors and reductions")
struct LossTests {
  /// One layer that passes its two inputs on, so that the outputs are chosen by the test.
  private func passThrough(_ activation: Activation) throws -> Network<Double> {
    try Network([Layer(weights: [[1, 0], [0, 1]], biases: [0, 0], activation: activation)])
  }

  @Test(
    "Squared error: factor times the sum of squares, added or averaged over the examples",
    arguments: [
      (0.5, .sum, 10.5), (0.5, .mean, 5.25), (1, .sum, 21), (1, .mean, 10.5), (2, .sum, 42),
      (2, .mean, 21),
    ] as [(Double, Loss.Reduction, Double)])
  func squaredError(factor: Double, reduction: Loss.Reduction, expected: Double) throws {
    // The examples are the columns: errors (1, 2) and (0, 4), squares 5 and 16.
    let outputs = try Matrix([[1.0, 2], [3, 5]])
    let targets = try Matrix([[0.0, 2], [1, 1]])
    let loss = Loss.squaredError(factor: factor, reduction: reduction)
    let cost = try passThrough(.identity).cost(inputs: outputs, targets: targets, loss: loss)
    #expect(cost == expected)
  }

  @Test("Squared error: each example has its own loss")
  func squaredErrorPerExample() throws {
    let outputs = try Matrix([[1.0, 2], [3, 5]])
    let losses = try Loss.squaredError(factor: 0.5, reduction: .mean).perExample(
      z: outputs, a: outputs, activation: .identity, targets: Matrix([[0, 2], [1, 1]]))
    #expect(losses == [2.5, 8])
  }

  static let logits = [[0.5, -1], [2, -0.25]]
  static let labels = [[1.0, 0], [0, 1]]

  @Test(
    "Cross-entropy after a sigmoid: factor times the sum, added or averaged over the examples",
    arguments: [
      (1, .sum, 3.7402061026201455736), (1, .mean, 1.8701030513100727868),
      (0.5, .mean, 0.9350515256550363934),
      // In bits: divided by log 2.
      (1 / log(2.0), .sum, 5.3959767961527213843),
    ] as [(Double, Loss.Reduction, Double)])
  func crossEntropy(factor: Double, reduction: Loss.Reduction, expected: Double) throws {
    let loss = Loss.binaryCrossEntropy(factor: factor, reduction: reduction)
    let cost = try passThrough(.sigmoid).cost(
      inputs: Matrix(Self.logits), targets: Matrix(Self.labels), loss: loss)
    #expect(cost.isClose(to: expected, relative: 1e-14))
  }

  @Test("Cross-entropy: each example has its own loss")
  func crossEntropyPerExample() throws {
    let z = try Matrix(Self.logits)
    let losses = try Loss.binaryCrossEntropy(reduction: .mean).perExample(
      z: z, a: Activation.sigmoid.forward(z), activation: .sigmoid, targets: Matrix(Self.labels))
    #expect(losses.isClose(to: [2.6010049952230791773, 1.1392011073970663963], relative: 2e-15))
  }

  @Test("Cross-entropy is in nats; with the factor 1/log 2 it is in bits")
  func units() throws {
    let a = Matrix(column: [0.25])
    let y = Matrix(column: [1.0])
    let nats = try Loss.binaryCrossEntropy(reduction: .mean).perExample(
      z: a, a: a, activation: .identity, targets: y)
    #expect(nats.isClose(to: [1.3862943611198906188], relative: 2e-15))
    let bits = try Loss.binaryCrossEntropy(factor: 1 / log(2.0), reduction: .mean).perExample(
      z: a, a: a, activation: .identity, targets: y)
    #expect(bits.isClose(to: [2], relative: 2e-15))
  }

  @Test(
    "Cross-entropy of an output a and a target y is −y log a − (1 − y) log(1 − a)",
    arguments: [
      (0.25, 1, 1.3862943611198906188), (0.25, 0, 0.28768207245178092744),
      (0.3, 0.25, 0.56849940903553328234), (0.3, 1, 1.2039728043259359926),
    ])
  func crossEntropyOfOne(a: Double, y: Double, expected: Double) {
    #expect(Loss.crossEntropy(of: a, target: y).isClose(to: expected, relative: 2e-15))
  }

  @Test("0 · log 0 is 0, and a certain wrong answer costs infinitely much")
  func zeroTimesLogZero() {
    #expect(Loss.crossEntropy(of: 0.0, target: 0) == 0)
    #expect(Loss.crossEntropy(of: 1.0, target: 1) == 0)
    #expect(Loss.crossEntropy(of: 0.0, target: 1) == .infinity)
    #expect(Loss.crossEntropy(of: 1.0, target: 0) == .infinity)
  }

  @Test("A target between 0 and 1 is allowed: −¼ log σ(½) − ¾ log(1 − σ(½))")
  func softTarget() throws {
    let z = Matrix(column: [0.5])
    let losses = try Loss.binaryCrossEntropy(reduction: .mean).perExample(
      z: z, a: Activation.sigmoid.forward(z), activation: .sigmoid, targets: Matrix(column: [0.25]))
    #expect(losses.isClose(to: [0.84907698418010668087], relative: 2e-15))
  }

  @Test("Cross-entropy from the logits and from the outputs agree on ordinary values")
  func fromLogitsAndOutputs() throws {
    var random = SplitMix64(seed: 21)
    for _ in 0..<200 {
      let z = random.uniform(-5, 5)
      let y = [0, 1, random.uniform(0, 1)][random.index(below: 3)]
      let a = Activation.sigmoid(z)
      let fused = try Loss.binaryCrossEntropy(reduction: .mean).perExample(
        z: Matrix(column: [z]), a: Matrix(column: [a]), activation: .sigmoid,
        targets: Matrix(column: [y]))
      #expect(fused[0].isClose(to: Loss.crossEntropy(of: a, target: y), absolute: 1e-12))
    }
  }
}
