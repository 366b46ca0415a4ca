import NeuralNetwork
import Testing

@Suite("Activations: properties and extreme arguments")
struct ActivationPropertyTests {
  static let differentiable: [Activation] = [
    .identity, .sigmoid, .tanh, .relu, .leakyReLU(slope: 0.01), .leakyReLU(slope: 0.3),
    .elu(alpha: 1), .elu(alpha: 0.5),
  ]

  @Test("The derivative is the limit of the central difference", arguments: differentiable)
  func centralDifference(activation: Activation) {
    var random = SplitMix64(seed: 11)
    let step = 1e-5
    for _ in 0..<500 {
      let z = random.uniform(-5, 5)
      // A difference across a kink is no derivative.
      if z.magnitude < 1e-3 { continue }
      let difference = (activation(z + step) - activation(z - step)) / (2 * step)
      // Truncation is below step²/6 · |g‴| < 4e−11, rounding about 5 · 1e−16 / step = 5e−11.
      #expect(activation.derivative(at: z).isClose(to: difference, absolute: 1e-9), "z = \(z)")
    }
  }

  @Test("σ(z) = (1 + tanh(z/2)) / 2")
  func sigmoidFromTanh() {
    var random = SplitMix64(seed: 12)
    for _ in 0..<500 {
      let z = random.uniform(-20, 20)
      let expected = (1 + Activation.tanh(z / 2)) / 2
      #expect(Activation.sigmoid(z).isClose(to: expected, absolute: 1e-15), "z = \(z)")
    }
  }

  @Test("σ(z) + σ(−z) = 1")
  func sigmoidSymmetry() {
    var random = SplitMix64(seed: 13)
    for _ in 0..<500 {
      let z = random.uniform(-40, 40)
      let sum = Activation.sigmoid(z) + Activation.sigmoid(-z)
      #expect(sum.isClose(to: 1, absolute: 1e-15), "z = \(z)")
    }
  }

  @Test("softplus(z) − softplus(−z) = z, and its slope is σ")
  func softplusIdentities() {
    var random = SplitMix64(seed: 14)
    for _ in 0..<500 {
      let z = random.uniform(-20, 20)
      let difference = Double.softplus(z) - Double.softplus(-z)
      #expect(difference.isClose(to: z, absolute: 1e-14), "z = \(z)")
      let slope = (Double.softplus(z + 1e-5) - Double.softplus(z - 1e-5)) / 2e-5
      #expect(slope.isClose(to: Double.sigmoid(z), absolute: 2e-9), "z = \(z)")
    }
  }

  @Test(
    "At ±1000 every activation is finite and has its limit",
    arguments: [
      (.identity, 1000, -1000), (.step, 1, 0), (.sigmoid, 1, 0), (.tanh, 1, -1), (.relu, 1000, 0),
      (.leakyReLU(slope: 0.01), 1000, -10), (.elu(alpha: 2), 1000, -2),
    ] as [(Activation, Double, Double)])
  func limits(activation: Activation, above: Double, below: Double) {
    #expect(activation(1000.0) == above)
    #expect(activation(-1000.0) == below)
  }

  @Test(
    "At ±745 and ±1000 every derivative is finite and has its limit",
    arguments: [
      (.identity, 1, 1), (.step, 0, 0), (.sigmoid, 0, 0), (.tanh, 0, 0), (.relu, 1, 0),
      (.leakyReLU(slope: 0.01), 1, 0.01), (.elu(alpha: 2), 1, 0),
    ] as [(Activation, Double, Double)])
  func slopeLimits(activation: Activation, above: Double, below: Double) {
    for z in [745.0, 1000] {
      // At 745 the smooth derivatives are the smallest Doubles, not yet 0.
      #expect(activation.derivative(at: z).isClose(to: above, absolute: 1e-300))
      #expect(activation.derivative(at: -z).isClose(to: below, absolute: 1e-300))
    }
  }

  @Test("σ keeps its digits where e⁻ᶻ overflows: σ(−710) and σ(−745) are not 0")
  func sigmoidBelowOverflow() {
    // The literal itself would be below the normal range of a Double.
    #expect((Double.sigmoid(-710) * 1e300).isClose(to: 4.4762862256751299561e-9, relative: 1e-14))
    #expect(Double.sigmoid(-745) == .leastNonzeroMagnitude)
    #expect(Double.sigmoid(745) == 1)
  }

  @Test(
    "softplus keeps its digits on both sides",
    arguments: [
      (-1000, 0), (-40, 4.2483542552915889863e-18), (-30, 9.3576229688397367794e-14),
      (-1, 0.31326168751822283405), (0, 0.69314718055994530942), (2, 2.1269280110429724964),
      (30, 30.000000000000093576), (1000, 1000),
    ])
  func softplus(z: Double, expected: Double) {
    #expect(Double.softplus(z).isClose(to: expected, relative: 2e-15))
  }
}
