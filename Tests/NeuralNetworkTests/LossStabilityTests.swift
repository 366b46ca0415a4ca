import NeuralNetwork
import Testing

@Suite("Loss: extreme logits and what is refused")
struct LossStabilityTests {
  private let nats = Loss.binaryCrossEntropy(reduction: .mean)

  private func loss(logit z: Double, target y: Double) throws -> Double {
    let z = Matrix(column: [z])
    return try nats.perExample(
      z: z, a: Activation.sigmoid.forward(z), activation: .sigmoid, targets: Matrix(column: [y]))[0]
  }

  @Test(
    "At logits of ±1000 loss and delta are finite and right",
    arguments: [
      (1000, 1, 0, 0), (1000, 0, 1000, 1), (-1000, 1, 1000, -1), (-1000, 0, 0, 0),
      (1000, 0.25, 750, 0.75), (-1000, 0.25, 250, -0.25),
    ])
  func extremeLogits(z: Double, y: Double, expected: Double, delta: Double) throws {
    #expect(try loss(logit: z, target: y) == expected)
    let zMatrix = Matrix(column: [z])
    let computed = try nats.delta(
      z: zMatrix, a: Activation.sigmoid.forward(zMatrix), activation: .sigmoid,
      targets: Matrix(column: [y]))
    #expect(computed.elements == [delta])
  }

  @Test(
    "The small loss of a confident right answer keeps its digits, for y = 1 and for y = 0",
    arguments: [
      (2, 0.12692801104297249644), (10, 0.000045398899216864646769),
      (30, 9.3576229688397367794e-14), (40, 4.2483542552915889863e-18),
    ])
  func confidentAndRight(z: Double, expected: Double) throws {
    #expect(try loss(logit: -z, target: 0).isClose(to: expected, relative: 1e-14))
    #expect(try loss(logit: z, target: 1).isClose(to: expected, relative: 1e-14))
  }

  @Test("A whole network with huge weights has a finite cost and gradient")
  func saturatedNetwork() throws {
    let network = try Network([
      Layer(weights: [[1000]], biases: [0], activation: .sigmoid),
      Layer(weights: [[-1000]], biases: [0], activation: .sigmoid),
    ])
    let inputs = Matrix(column: [1.0])
    let targets = Matrix(column: [1.0])
    let pass = try network.forward(inputs)
    #expect(try network.cost(of: pass, targets: targets, loss: nats) == 1000)
    let back = try network.backward(pass, targets: targets, loss: nats)
    #expect(back.gradient(2) == Parameters(weights: try Matrix([[-1]]), biases: [-1]))
    #expect(back.gradient(1).elements == [0, 0])
  }

  /// The text of the error that a loss throws for these outputs and targets, in every entry point.
  private func messages(
    _ loss: Loss, outputs: Matrix<Double>, targets: Matrix<Double>
  ) throws -> Set<String> {
    let errors = [
      try #require(throws: NetworkError.self) {
        try loss.perExample(z: outputs, a: outputs, activation: .sigmoid, targets: targets)
      },
      try #require(throws: NetworkError.self) {
        try loss.delta(z: outputs, a: outputs, activation: .sigmoid, targets: targets)
      },
      try #require(throws: NetworkError.self) {
        try loss.gradient(a: outputs, targets: targets)
      },
    ]
    return Set(errors.map(\.description))
  }

  @Test("A target outside 0 to 1 is refused by cross-entropy, with its place and value")
  func targetOutOfRange() throws {
    let outputs = try Matrix([[0.5, 0.5], [0.5, 0.5]])
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[0, 1], [1.5, 0]]))
        == ["targets, entry [2, 1], is 1.5; allowed: 0 to 1 with binary cross-entropy"])
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[0, -0.25], [1, 0]]))
        == ["targets, entry [1, 2], is -0.25; allowed: 0 to 1 with binary cross-entropy"])
  }

  @Test("An output outside 0 to 1 is refused by cross-entropy, with its place and value")
  func outputOutOfRange() throws {
    #expect(
      try messages(nats, outputs: Matrix(column: [0.5, -0.5]), targets: Matrix(column: [0, 1]))
        == ["outputs, entry [2, 1], is -0.5; allowed: 0 to 1 with binary cross-entropy"])
  }

  @Test("Squared error takes any finite target")
  func squaredErrorTakesAnyTarget() throws {
    let loss = Loss.squaredError(factor: 1, reduction: .sum)
    let a = Matrix(column: [0.5])
    #expect(try loss.gradient(a: a, targets: Matrix(column: [-20])).elements == [41])
  }

  @Test("A target that is not finite is refused by both losses")
  func targetNotFinite() throws {
    for loss in [nats, .squaredError(factor: 1, reduction: .sum)] {
      #expect(
        try messages(loss, outputs: Matrix([[0.5, 0.5]]), targets: Matrix([[1, .nan]]))
          == ["targets, entry [1, 2], is nan; every number must be finite"])
    }
  }

  @Test("Outputs and targets of different shapes are refused by both losses")
  func shapes() throws {
    for loss in [nats, .squaredError(factor: 1, reduction: .sum)] {
      #expect(
        try messages(loss, outputs: Matrix(column: [0.5, 0.5]), targets: Matrix([[1, 0]]))
          == ["outputs and targets: the shapes 2×1 and 1×2 do not fit"])
    }
  }
}
