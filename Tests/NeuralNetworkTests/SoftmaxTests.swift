import NeuralNetwork
import Testing

@Suite("Softmax: probabilities, log-sum-exp, Jacobian")
struct SoftmaxTests {
  private static let example: [Double] = [10, 20, -30]

  private func random(_ count: Int, _ generator: inout SplitMix64) -> [Double] {
    (0..<count).map { _ in generator.uniform(-4, 4) }
  }

  private func probabilities(_ logits: [Double]) -> [Double] {
    Softmax.probabilities(Matrix(column: logits)).elements
  }

  @Test("001's example: 10, 20 and −30")
  func exampleOf001() {
    #expect(
      probabilities(Self.example).isClose(
        to: [0.000045397868702434394505, 0.99995460213129756561, 1.9286622868315600768e-22],
        relative: 4e-16))
  }

  @Test("Every column is one example; the activation softmax is the same function")
  func columns() throws {
    let z = try Matrix([[0.5, 10], [-1, 20], [2, -30]])
    let a = Activation.softmax.forward(z)
    #expect(
      a.column(0).isClose(
        to: [0.17529039214003668995, 0.039112573270687451954, 0.78559703458927585809],
        relative: 4e-16))
    #expect(a.column(1) == probabilities(Self.example))
    #expect(a.shape == z.shape)
    #expect(Softmax.probabilities(z) == a)
  }

  @Test(
    "At ±1000 nothing overflows and nothing is 0/0",
    arguments: [
      ([1000, 0, -1000], [1, 0, 0]), ([1000, 1000], [0.5, 0.5]), ([-1000, 1000], [0, 1]),
      ([-1000, -1000], [0.5, 0.5]),
      ([1000, 999], [0.73105857863000487925, 0.26894142136999512075]),
      ([-1000, -999], [0.26894142136999512075, 0.73105857863000487925]), ([-1000], [1]),
    ] as [([Double], [Double])])
  func extreme(logits: [Double], expected: [Double]) {
    #expect(probabilities(logits).isClose(to: expected, relative: 4e-16))
  }

  @Test("The probabilities add up to 1, keep the order, and do not feel a common shift")
  func properties() {
    var generator = SplitMix64(seed: 41)
    for count in [1, 2, 3, 10] {
      for _ in 0..<50 {
        let z = random(count, &generator)
        let a = probabilities(z)
        #expect(a.reduce(0, +).isClose(to: 1, absolute: 1e-15))
        #expect(a.allSatisfy { $0 > 0 })
        for (i, j) in zip(0..<count, 1..<count) { #expect((z[i] < z[j]) == (a[i] < a[j])) }
        let shift = generator.uniform(-100, 100)
        #expect(probabilities(z.map { $0 + shift }).isClose(to: a, relative: 1e-13))
      }
    }
  }

  @Test("Two classes: the first probability is the sigmoid of the difference")
  func twoClasses() {
    var generator = SplitMix64(seed: 42)
    for _ in 0..<100 {
      let z = random(2, &generator)
      #expect(probabilities(z)[0].isClose(to: Double.sigmoid(z[0] - z[1]), relative: 1e-15))
    }
  }

  @Test("By hand with two decimals: 1 and 0.82 of 1.82 are 0.55 and 0.45")
  func byHand() {
    let z = Matrix(column: [0.3, 0.1].map { HandNumber($0, .decimals(2)) })
    #expect(Softmax.probabilities(z).elements.map(\.value) == [0.55, 0.45])
  }

  @Test(
    "Log-sum-exp is finite for all finite logits",
    arguments: [
      (example, 20.000045398899216865), ([1000, 1000], 1000.6931471805599453),
      ([-1000, -1000], -999.30685281944005469), ([1000, -1000], 1000), ([-1000, 1000], 1000),
      ([-7], -7),
    ] as [([Double], Double)])
  func logSumExp(logits: [Double], expected: Double) {
    #expect(Softmax.logSumExp(logits).isClose(to: expected, relative: 2e-16))
  }

  @Test("001's example: the Jacobian keeps its digits where a class is nearly certain")
  func jacobianOf001() {
    let jacobian = Softmax.jacobian(probabilities(Self.example))
    #expect(
      jacobian.elements.isClose(
        to: [
          0.000045395807735951671032, -0.000045395807735951671032, -8.7557157268916028254e-27,
          -0.000045395807735951671032, 0.000045395807735951671225, -1.9285747296742911607e-22,
          -8.7557157268916028254e-27, -1.9285747296742911607e-22, 1.9286622868315600768e-22,
        ], relative: 1e-15))
  }

  @Test("The Jacobian is the derivative; its rows and columns add up to 0")
  func jacobian() {
    var generator = SplitMix64(seed: 43)
    let step = 1e-5
    for count in [1, 2, 4] {
      for _ in 0..<20 {
        let z = random(count, &generator)
        let jacobian = Softmax.jacobian(probabilities(z))
        for i in 0..<count {
          var (above, below) = (z, z)
          above[i] += step
          below[i] -= step
          let difference = zip(probabilities(above), probabilities(below)).map {
            ($0 - $1) / (2 * step)
          }
          // Truncation is step²/6 · |g‴| < 2e−11, rounding about 1e−16/step = 1e−11.
          #expect(jacobian.column(i).isClose(to: difference, absolute: 1e-10))
        }
        let zeros = Array(repeating: 0.0, count: count)
        #expect(jacobian.rowSums.isClose(to: zeros, absolute: 1e-15))
        #expect(jacobian.transposed.rowSums.isClose(to: zeros, absolute: 1e-15))
      }
    }
  }

  @Test("The way back is the product with the transposed Jacobian, column by column")
  func backward() throws {
    var generator = SplitMix64(seed: 44)
    let z = Matrix(rows: 4, columns: 3) { _, _ in generator.uniform(-2, 2) }
    let dA = Matrix(rows: 4, columns: 3) { _, _ in generator.uniform(-2, 2) }
    let a = Activation.softmax.forward(z)
    let dZ = try Activation.softmax.backward(dA: dA, z: z, a: a)
    for column in 0..<3 {
      let product =
        try Softmax.jacobian(a.column(column)).transposed * Matrix(column: dA.column(column))
      #expect(dZ.column(column).isClose(to: product.elements, absolute: 1e-15))
    }
  }

  @Test("Shapes that do not fit are refused on the way back")
  func shapes() throws {
    let a = Matrix(column: [0.5, 0.5])
    let wide = try Matrix([[0.5, 0.5]])
    let incoming = try #require(throws: NetworkError.self) {
      try Activation.softmax.backward(dA: wide, z: a, a: a)
    }
    #expect(
      incoming.description == "element-wise product: the shapes 1×2 and 2×1 do not fit")
    let layer = try #require(throws: NetworkError.self) {
      try Activation.softmax.backward(dA: a, z: wide, a: a)
    }
    #expect(layer.description == "z and a of a layer: the shapes 1×2 and 2×1 do not fit")
  }

  @Test(
    "Networks with softmax: backward is the gradient, with any loss and in any layer",
    arguments: [
      Loss.crossEntropy(reduction: .mean), .crossEntropy(factor: 0.5, reduction: .sum),
      .squaredError(factor: 0.5, reduction: .mean), .squaredError(factor: 1, reduction: .sum),
      .binaryCrossEntropy(reduction: .mean),
    ], [Activation.tanh, .softmax])
  func gradientCheck(loss: Loss, hidden: Activation) throws {
    var generator = SplitMix64(seed: 45)
    let network = try Network.random(
      sizes: [2, 4, 3], hidden: hidden, output: .softmax, .uniform(1), using: &generator)
    let inputs = Matrix(rows: 2, columns: 4) { _, _ in generator.uniform(-2, 2) }
    let targets = try Matrix([[1.0, 0, 0, 0.25], [0, 1, 0, 0.75], [0, 0, 1, 0]])
    let back = try network.backward(network.forward(inputs), targets: targets, loss: loss)
    let numerical = try network.numericalGradient(inputs: inputs, targets: targets, loss: loss)
    #expect(back.gradients.flatMap(\.elements).isClose(to: numerical, absolute: 1e-9))
  }
}
