import NeuralNetwork
import Testing

@Suite("Derivatives from z alone")
struct DerivativeTests {
  // Computed with 50 digits; a few operations in Double keep 1e-14 of them.
  @Test(
    "Where the unit saturates, all digits stay",
    arguments: [
      (.tanh, 10, 8.2446144557673977e-9), (.tanh, -10, 8.2446144557673977e-9),
      (.sigmoid, 10, 4.5395807735951671e-5), (.sigmoid, -30, 9.3576229688384233e-14),
      (.elu(alpha: 2), -30, 1.8715245937680349e-13), (.elu(alpha: 1), 3, 1),
    ] as [(Activation, Double, Double)])
  func saturated(activation: Activation, z: Double, expected: Double) {
    #expect(activation.derivative(at: z).isClose(to: expected, relative: 1e-14))
  }

  @Test(
    "On ordinary sums it is the derivative that the backward pass takes from a",
    arguments: [.identity, .step, .sigmoid, .tanh, .relu, .leakyReLU(slope: 0.1), .elu(alpha: 2)]
      as [Activation])
  func agreesWithActivation(activation: Activation) {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let z = generator.uniform(-3, 3)
      let fromA = activation.derivative(z: z, a: activation(z))
      #expect(activation.derivative(at: z).isClose(to: fromA, absolute: 1e-14))
    }
  }
}
