import NeuralNetwork
import Testing

@Suite("Loss: gradient and output delta")
struct LossGradientTests {
  private let nats = Loss.binaryCrossEntropy(reduction: .mean)

  @Test("Squared error: ∂loss/∂a is 2 · factor · (a − y)", arguments: [(0.5, 3), (1, 6), (2, 12)])
  func squaredError(factor: Double, expected: Double) throws {
    let gradient = try Loss.squaredError(factor: factor, reduction: .mean).gradient(
      a: Matrix([[5.0, 2]]), targets: Matrix([[2, 5]]))
    #expect(gradient.elements == [expected, -expected])
  }

  @Test(
    "Cross-entropy: ∂loss/∂a is (1 − y)/(1 − a) − y/a",
    arguments: [(0.25, 1, -4), (0.75, 0, 4), (0.5, 0.25, 1), (0.75, 0.75, 0)])
  func crossEntropy(a: Double, y: Double, expected: Double) throws {
    let gradient = try nats.gradient(a: Matrix(column: [a]), targets: Matrix(column: [y]))
    #expect(gradient.elements == [expected])
  }

  @Test("Cross-entropy: the factor multiplies the gradient and the fused delta")
  func crossEntropyFactor() throws {
    let half = Loss.binaryCrossEntropy(factor: 0.5, reduction: .mean)
    let a = Matrix(column: [0.25])
    let y = Matrix(column: [1.0])
    #expect(try half.gradient(a: a, targets: y).elements == [-2])
    #expect(try half.delta(z: a, a: a, activation: .sigmoid, targets: y).elements == [-0.375])
  }

  @Test("001's output: ŷ = 0.25 and y = 1 give the delta −0.75; ŷ = 0.75 and y = 0 give 0.75")
  func deltaOf001() throws {
    let a = try Matrix([[0.25, 0.75]])
    let delta = try nats.delta(
      z: Matrix([[0, 0]]), a: a, activation: .sigmoid, targets: Matrix([[1, 0]]))
    #expect(delta.elements == [-0.75, 0.75])
  }

  @Test("After a sigmoid, cross-entropy's delta is a − y and equals gradient ⊙ g′")
  func fusedDelta() throws {
    var random = SplitMix64(seed: 22)
    for _ in 0..<200 {
      let z = Matrix(column: [random.uniform(-5, 5)])
      let a = Activation.sigmoid.forward(z)
      let y = Matrix(column: [[0, 1, random.uniform(0, 1)][random.index(below: 3)]])
      let fused = try nats.delta(z: z, a: a, activation: .sigmoid, targets: y)
      #expect(try fused == a - y)
      let chain = try Activation.sigmoid.backward(
        dA: nats.gradient(a: a, targets: y), z: z, a: a)
      #expect(fused.elements.isClose(to: chain.elements, absolute: 1e-12))
    }
  }

  @Test("Squared error's delta is gradient ⊙ g′: 2 · ½ · (a − y) · a · (1 − a)")
  func squaredErrorDelta() throws {
    let a = Matrix(column: [0.25, 0.5])
    let delta = try Loss.squaredError(factor: 0.5, reduction: .mean).delta(
      z: a, a: a, activation: .sigmoid, targets: Matrix(column: [1, 0]))
    #expect(delta.elements == [-0.75 * 0.1875, 0.5 * 0.25])
  }

  @Test("A correct but uncertain answer still has a delta: a = 0.9, y = 1 gives −0.009")
  func correctAnswerStillLearns() throws {
    let a = Matrix(column: [0.9])
    let delta = try Loss.squaredError(factor: 0.5, reduction: .sum).delta(
      z: a, a: a, activation: .sigmoid, targets: Matrix(column: [1]))
    #expect(delta.elements.isClose(to: [-0.009], relative: 1e-14))
  }

  @Test("The delta is the derivative of the loss by z", arguments: [Activation.sigmoid, .tanh])
  func deltaIsTheDerivative(activation: Activation) throws {
    var random = SplitMix64(seed: 23)
    let step = 1e-5
    for loss in [nats, .squaredError(factor: 0.5, reduction: .sum)] {
      for _ in 0..<100 {
        // tanh gives outputs between 0 and 1 for positive z.
        let z = random.uniform(activation == .tanh ? 0.1 : -3, 2)
        let y = Matrix(column: [random.uniform(0, 1)])
        func lossAt(_ z: Double) throws -> Double {
          let z = Matrix(column: [z])
          return try loss.perExample(
            z: z, a: activation.forward(z), activation: activation, targets: y)[0]
        }
        let difference = try (lossAt(z + step) - lossAt(z - step)) / (2 * step)
        let delta = try loss.delta(
          z: Matrix(column: [z]), a: Matrix(column: [activation(z)]), activation: activation,
          targets: y)
        // Truncation grows as 1/z² · step² near z = 0.1, to about 1e−8; rounding is below 1e−10.
        #expect(delta.elements.isClose(to: [difference], absolute: 1e-7), "z = \(z)")
      }
    }
  }
}
