import NeuralNetwork
import Testing

@Suite("Loss: cross-entropy over classes")
struct CrossEntropyTests {
  private let nats = Loss.crossEntropy(reduction: .mean)

  /// The losses of examples whose logits are the columns of `z`.
  private func losses(
    _ loss: Loss, _ z: Matrix<Double>, _ targets: Matrix<Double>
  ) throws -> [Double] {
    try loss.perExample(
      z: z, a: Activation.softmax.forward(z), activation: .softmax, targets: targets)
  }

  private func delta(
    _ loss: Loss, _ z: Matrix<Double>, _ targets: Matrix<Double>
  ) throws -> [Double] {
    try loss.delta(
      z: z, a: Activation.softmax.forward(z), activation: .softmax, targets: targets
    ).elements
  }

  @Test(
    "001's logits 10, 20 and −30: −log ŷ of the true class",
    arguments: [
      (0, 10.000045398899216865), (1, 0.000045398899216864646962), (2, 50.000045398899216865),
    ])
  func lossPerClass(label: Int, expected: Double) throws {
    let loss = try losses(nats, Matrix(column: [10, 20, -30]), .oneHot([label], classes: 3))
    #expect(loss.isClose(to: [expected], relative: 2e-15))
  }

  @Test("Each example has its own loss; the reduction adds or averages, the factor scales")
  func reductionAndFactor() throws {
    let z = try Matrix([[0.5, 1], [-1, 0], [2, -2]])
    let y = try Matrix<Double>.oneHot([2, 0], classes: 3)
    let each = [0.24131129665715706021, 0.34901221676818638542]
    #expect(try losses(nats, z, y).isClose(to: each, relative: 1e-15))
    #expect(
      try nats.reduce(losses(nats, z, y)).isClose(to: (each[0] + each[1]) / 2, relative: 1e-15))
    let double = Loss.crossEntropy(factor: 2, reduction: .sum)
    #expect(
      try double.reduce(losses(double, z, y)).isClose(to: 2 * (each[0] + each[1]), relative: 1e-15))
  }

  @Test("A target between the classes: −¼ log ŷ₁ − ¾ log ŷ₃")
  func softTarget() throws {
    let z = Matrix(column: [0.5, -1, 2])
    let y = Matrix(column: [0.25, 0, 0.75])
    let expected = 0.61631129665715706021
    #expect(try losses(nats, z, y).isClose(to: [expected], relative: 1e-15))
    // From the outputs, without the logits.
    let a = Activation.softmax.forward(z)
    let direct = try nats.perExample(z: z, a: a, activation: .identity, targets: y)
    #expect(direct.isClose(to: [expected], relative: 1e-15))
  }

  @Test(
    "The small loss of a confident right answer keeps its digits",
    arguments: [
      (2, 0.23954476622188450487), (10, 0.000090795737467244446275),
      (40, 8.4967085105831779546e-18),
      (100, 7.4401519520416719289e-44),
    ])
  func confidentAndRight(z: Double, expected: Double) throws {
    let loss = try losses(nats, Matrix(column: [z, 0, 0]), .oneHot([0], classes: 3))
    #expect(loss.isClose(to: [expected], relative: 4e-15))
  }

  @Test(
    "At logits of ±1000 loss and delta are finite and right",
    arguments: [
      ([1000, 0, -1000], 0, 0, [0, 0, 0]), ([1000, 0, -1000], 1, 1000, [1, -1, 0]),
      ([1000, 0, -1000], 2, 2000, [1, 0, -1]),
      ([-1000, -1000, -1000], 0, 1.0986122886681096914, [-2.0 / 3, 1.0 / 3, 1.0 / 3]),
    ] as [([Double], Int, Double, [Double])])
  func extremeLogits(z: [Double], label: Int, expected: Double, expectedDelta: [Double]) throws {
    let y = try Matrix<Double>.oneHot([label], classes: 3)
    #expect(try losses(nats, Matrix(column: z), y).isClose(to: [expected], relative: 1e-15))
    #expect(
      try delta(nats, Matrix(column: z), y).isClose(to: expectedDelta, absolute: 1e-15))
  }

  @Test("A shift of all logits by 960 leaves a small loss its digits")
  func shiftedLogits() throws {
    let z = Matrix(column: [1000.0, 960, 960])
    let loss = try losses(nats, z, .oneHot([0], classes: 3))
    #expect(loss.isClose(to: [8.4967085105831779546e-18], relative: 4e-15))
  }

  @Test("A single class is certain: no loss, no delta")
  func oneClass() throws {
    let (z, y) = (Matrix(column: [-5.0]), Matrix(column: [1.0]))
    #expect(try losses(nats, z, y) == [0])
    #expect(try delta(nats, z, y) == [0])
  }

  @Test("The fused delta is ŷ − y times the factor, and what the Jacobian chain gives")
  func fusedDelta() throws {
    var random = SplitMix64(seed: 46)
    for factor in [1, 0.5, 1.4426950408889634] {
      let loss = Loss.crossEntropy(factor: factor, reduction: .mean)
      for _ in 0..<50 {
        let z = Matrix(rows: 4, columns: 2) { _, _ in random.uniform(-5, 5) }
        let a = Activation.softmax.forward(z)
        let share = random.uniform(0, 1)
        // One-hot and spread over two classes.
        let y = try Matrix([[1, 0], [0, share], [0, 0], [0, 1 - share]])
        let fused = try delta(loss, z, y)
        #expect(
          fused.isClose(to: try (a - y).elements.map { factor * $0 }, absolute: 1e-15))
        let chain = try (0..<2).flatMap { column in
          let outer = try loss.gradient(a: a, targets: y).column(column)
          return try (Softmax.jacobian(a.column(column)).transposed * Matrix(column: outer))
            .elements
        }
        #expect(fused.isClose(to: chain, absolute: 1e-14))
      }
    }
  }

  @Test("001's team B: ∂L/∂ŷ is −10 for the true class and 0 elsewhere, ∂L/∂z is ŷ − y")
  func teamExample() throws {
    let prediction = Matrix(column: [0.2, 0.1, 0.4, 0.3])
    let y = try Matrix<Double>.oneHot([1], classes: 4)
    #expect(try nats.gradient(a: prediction, targets: y).elements == [0, -10, 0, 0])
    let delta = try nats.delta(z: prediction, a: prediction, activation: .softmax, targets: y)
    #expect(delta.elements == [0.2, -0.9, 0.4, 0.3])
  }

  @Test("A class that is ruled out and not true adds nothing, to the loss or to the gradient")
  func ruledOut() throws {
    let a = Matrix(column: [1.0, 0])
    let y = Matrix(column: [1.0, 0])
    #expect(try nats.perExample(z: a, a: a, activation: .identity, targets: y) == [0])
    #expect(try nats.gradient(a: a, targets: y).elements == [-1, 0])
    let wrong = Matrix(column: [0.0, 1])
    #expect(try nats.perExample(z: a, a: a, activation: .identity, targets: wrong) == [.infinity])
  }

  @Test("After other functions than softmax the loss is −log of the output, as it stands")
  func otherOutputs() throws {
    let z = Matrix(column: [2.0, 2, 2])
    let y = try Matrix<Double>.oneHot([0], classes: 3)
    let a = Activation.sigmoid.forward(z)
    let loss = try nats.perExample(z: z, a: a, activation: .sigmoid, targets: y)
    #expect(loss.isClose(to: [0.12692801104297249644], relative: 4e-15))
    let delta = try nats.delta(z: z, a: a, activation: .sigmoid, targets: y).elements
    #expect(delta.isClose(to: [-0.11920292202211755594, 0, 0], absolute: 1e-15))
  }

  /// The text of the error that the loss throws for these outputs and targets, in every entry point.
  private func messages(
    _ loss: Loss, outputs: Matrix<Double>, targets: Matrix<Double>
  ) throws -> Set<String> {
    let errors = [
      try #require(throws: NetworkError.self) {
        try loss.perExample(z: outputs, a: outputs, activation: .softmax, targets: targets)
      },
      try #require(throws: NetworkError.self) {
        try loss.delta(z: outputs, a: outputs, activation: .softmax, targets: targets)
      },
      try #require(throws: NetworkError.self) { try loss.gradient(a: outputs, targets: targets) },
    ]
    return Set(errors.map(\.description))
  }

  @Test("Targets of an example that are no distribution are refused, with column and sum")
  func notADistribution() throws {
    let outputs = try Matrix([[0.5, 0.5], [0.5, 0.5]])
    func expected(_ column: Int, _ sum: String) -> Set<String> {
      [
        "the sum of column \(column) of the targets is \(sum); allowed: 1, as in a distribution "
          + "over classes"
      ]
    }
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[1, 0.25], [0, 0.5]]))
        == expected(2, "0.75"))
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[1, 0], [1, 1]])) == expected(1, "2"))
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[1, 0], [0, 0]])) == expected(2, "0"))
  }

  @Test("A sum that misses 1 by rounding only is a distribution")
  func roundedDistribution() throws {
    let third = 1.0 / 3
    let y = Matrix(column: [third, third, third - 1e-10])
    #expect(
      try losses(nats, Matrix(column: [0, 0, 0]), y)[0].isClose(to: 1.0986122886681, absolute: 1e-9)
    )
    #expect(throws: NetworkError.self) {
      try losses(nats, Matrix(column: [0, 0, 0]), Matrix(column: [third, third, third - 1e-8]))
    }
  }

  @Test("Targets and outputs outside 0 to 1, NaN, other shapes and a factor of 0 are refused")
  func refused() throws {
    let outputs = Matrix(column: [0.5, 0.5])
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix(column: [1.5, -0.5]))
        == ["targets, entry [1, 1], is 1.5; allowed: 0 to 1 with cross-entropy"])
    #expect(
      try messages(nats, outputs: Matrix(column: [0.5, 2]), targets: Matrix(column: [1, 0]))
        == ["outputs, entry [2, 1], is 2.0; allowed: 0 to 1 with cross-entropy"])
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix(column: [1, .nan]))
        == ["targets, entry [2, 1], is nan; every number must be finite"])
    #expect(
      try messages(nats, outputs: outputs, targets: Matrix([[1, 0]]))
        == ["outputs and targets: the shapes 2×1 and 1×2 do not fit"])
    #expect(
      try messages(
        .crossEntropy(factor: 0, reduction: .sum), outputs: outputs,
        targets: Matrix(column: [1, 0]))
        == ["the loss's factor is 0; allowed: a positive number"])
  }
}
