import NeuralNetwork
import Testing

@Suite("Hand arithmetic")
struct HandNumberTests {
  @Test("A given number stands as given; a result is rounded")
  func roundsResultsOnly() {
    let given = HandNumber(0.123, .decimals(1))
    #expect(given.value == 0.123)
    #expect((given + HandNumber(0, .decimals(1))).value == 0.1)
    #expect((-given).value == -0.1)
  }

  @Test("Every operation rounds its result by the rule of the operands, halves away from zero")
  func operations() {
    let x = HandNumber(0.5, .decimals(2))
    let y = HandNumber(0.25, .decimals(2))
    #expect((x * y).value == 0.13)  // 0.125
    #expect((x / HandNumber(3, .decimals(2))).value == 0.17)
    #expect((HandNumber(0.125, .decimals(2)) + HandNumber(0.5, .decimals(2))).value == 0.63)
    #expect((HandNumber(0.125, .decimals(2)) - HandNumber(0.5, .decimals(2))).value == -0.38)
  }

  @Test("An elementary function is one step")
  func functions() {
    #expect(HandNumber.exp(HandNumber(1, .decimals(2))).value == 2.72)
    #expect(HandNumber.log(HandNumber(2, .decimals(2))).value == 0.69)
    #expect(HandNumber.tanh(HandNumber(0.5, .decimals(2))).value == 0.46)
    #expect(HandNumber.sigmoid(HandNumber(0.4, .decimals(2))).value == 0.6)
    #expect(HandNumber.softplus(HandNumber(0, .decimals(2))).value == 0.69)
  }

  @Test("A constant of a formula imposes no rounding")
  func constants() {
    let third = HandNumber(1) / HandNumber(3)
    #expect(third.value == 1.0 / 3)
    #expect(third.rule == nil)
    let product = HandNumber(0.01) * HandNumber(1.2345, .decimals(3))
    #expect(product.value == 0.012)
    #expect(product.rule == .decimals(3))
    #expect((HandNumber(1.2345, .decimals(3)) * HandNumber(0.01)) == product)
  }

  @Test("Each step can be cut off, rounded to even, or kept to significant digits")
  func rules() {
    let cut = { HandNumber($0, .decimals(2, .towardZero)) }
    #expect((cut(2) / cut(3)).value == 0.66)
    #expect(HandNumber.sigmoid(-cut(0.5)).value == 0.37)  // 0.3775: document 001's hidden unit
    let even = { HandNumber($0, .decimals(2, .halfToEven)) }
    #expect((even(0.5) * even(0.25)).value == 0.12)  // 0.125
    let significant = { HandNumber($0, .significant(3)) }
    #expect((significant(33.3) * significant(3.003)).value == 100)  // 99.9999
    #expect((significant(0.001) / significant(3)).value == 0.000333)
  }

  @Test("An infinite result is not rounded")
  func infinite() {
    #expect((HandNumber(1, .decimals(2)) / HandNumber(0, .decimals(2))).value == .infinity)
  }

  @Test("000's network at two decimals gives the numbers of the slide")
  func slideOf000() throws {
    let network = try Example121.network().map { HandNumber($0, .decimals(2)) }
    let pass = try network.forward(Matrix(column: [HandNumber(1, .decimals(2))]))
    #expect(pass.z(1).elements.map(\.value) == [0.4, 0.6])
    #expect(pass.a(1).elements.map(\.value) == [0.60, 0.65])
    #expect(pass.z(2).elements.map(\.value) == [-1.15])
    #expect(pass.output.elements.map(\.value) == [0.24])
  }

  @Test("000's input as a constant gives the same numbers")
  func slideOf000WithConstantInput() throws {
    let network = try Example121.network().map { HandNumber($0, .decimals(2)) }
    let pass = try network.forward(Matrix(column: [HandNumber(1)]))
    #expect(pass.z(2).elements.map(\.value) == [-1.15])
    #expect(pass.output.elements.map(\.value) == [0.24])
  }

  @Test("000's network backward at two decimals, each step rounded")
  func backwardByHand() throws {
    let network = try Example121.network().map { HandNumber($0, .decimals(2)) }
    let pass = try network.forward(Matrix(column: [HandNumber(1)]))
    let back = try network.backward(
      pass, targets: Matrix(column: [HandNumber(1)]), loss: .binaryCrossEntropy(reduction: .mean))
    #expect(back.delta(2).elements.map(\.value) == [-0.76])  // 0.24 − 1
    // −0.76 · 0.60 = −0.456 and −0.76 · 0.65 = −0.494
    #expect(back.gradient(2).weights.elements.map(\.value) == [-0.46, -0.49])
    // 1 · (−0.76) · 0.60 · 0.40 and −3 · (−0.76) · (0.65 · 0.35 → 0.23)
    #expect(back.delta(1).elements.map(\.value) == [-0.18, 0.52])
    #expect(back.gradient(1).biases.map(\.value) == [-0.18, 0.52])
  }

  @Test("A gradient step at four decimals: 12 − 0.01 · (−0.2775) = 12.0028")
  func stepOf001() throws {
    let four = { HandNumber($0, .decimals(4)) }
    var network = try Network([
      Layer(weights: [[four(12)]], biases: [four(0)], activation: .sigmoid)
    ])
    let gradient = Parameters(weights: try Matrix([[four(-0.2775)]]), biases: [four(0)])
    try network.update(with: [gradient], learningRate: four(0.01))
    #expect(network.layers[0].weights.elements.map(\.value) == [12.0028])
  }
}
