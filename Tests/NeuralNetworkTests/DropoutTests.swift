import NeuralNetwork
import Testing

@Suite("Dropout: masks that are given")
struct MaskTests {
  /// 000's network for x = 1 and y = 1 with p = ½: the output under the masks 00, 01, 10 and 11.
  static let outputs = [
    0.54983399731247790856, 0.024748323034907879276, 0.80176706115600948408,
    0.077517655251948560602,
  ]
  static let masks = Matrix<Double>(
    rows: 2, columns: 4, elements: [0, 0, 0, 2, 2, 0, 2, 2])
  static let inputs = Matrix<Double>(rows: 1, columns: 4) { _, _ in 1 }

  @Test("000's network answers under each of its four masks; the output itself is not masked")
  func forward() throws {
    let pass = try Example121.network().forward(Self.inputs, masks: [Self.masks])
    #expect(pass.output.elements.isClose(to: Self.outputs, relative: 1e-13))
  }

  @Test("The pass keeps the activations and passes on the masked ones")
  func passedOn() throws {
    let pass = try Example121.network().forward(Self.inputs, masks: [Self.masks])
    let hidden = try Example121.network().forward(Example121.inputs).a(1).elements
    for column in 0..<4 {
      #expect(pass.a(1).column(column) == hidden)
      #expect(
        try pass.passedOn(1).column(column)
          == zip(hidden, Self.masks.column(column)).map { $0 * $1 })
    }
    #expect(try pass.passedOn(0) == Self.inputs)
  }

  @Test(
    "000's gradient goes back through the mask: w¹, b¹, w², b²",
    arguments: [
      (
        [0.0, 2],
        [
          0, 0.03231145711132189088, 0, 0.03231145711132189088, 0, -0.030395590193957705032,
          -0.02353852188917358968,
        ]
      ),
      (
        [2, 0],
        [
          -0.015139539509715915982, 0, -0.015139539509715915982, 0, -0.037725078461225928212, 0,
          -0.031506477396026498522,
        ]
      ),
      ([0, 0], [0, 0, 0, 0, 0, 0, -0.11142354613661340098]),
    ])
  func backward(mask: [Double], gradient: [Double]) throws {
    let network = try Example121.network()
    let pass = try network.forward(Example121.inputs, masks: [Matrix(column: mask)])
    let back = try network.backward(pass, targets: Example121.targets, loss: Example121.loss)
    #expect(back.gradients.flatMap(\.elements).isClose(to: gradient, relative: 1e-13))
  }

  @Test("Under a mask backward and central differences agree", arguments: 0..<64)
  func gradientCheck(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let network = example.network
    var generator = SplitMix64(seed: UInt64(1000 + seed))
    var masks: [Matrix<Double>]
    repeat {
      masks = try network.dropoutMasks(
        rates: network.layers.dropLast().map { _ in generator.uniform(0.1, 0.7) },
        examples: example.inputs.columns, using: &generator)
    } while try !RandomCase.keepsClearOfKinks(network, example.inputs, masks: masks)
    let back = try network.backward(
      network.forward(example.inputs, masks: masks), targets: example.targets, loss: example.loss,
      regularization: example.regularization)
    let numerical = try network.numericalGradient(
      inputs: example.inputs, targets: example.targets, loss: example.loss,
      regularization: example.regularization, masks: masks)
    for (exact, difference) in zip(back.gradients.flatMap(\.elements), numerical) {
      // As without masks; factors of up to 1/(1 − 0.7) in each layer make the third derivative larger.
      #expect(difference.isClose(to: exact, absolute: 1e-7 * max(1, exact.magnitude)))
    }
  }

  @Test("A mask of ones changes nothing, to the last bit")
  func ones() throws {
    let network = try Example2221.network()
    let ones = Matrix(column: [1.0, 1])
    let plain = try network.forward(Example2221.inputs)
    let masked = try network.forward(Example2221.inputs, masks: [ones, ones])
    #expect(masked.output == plain.output)
    let gradients = try [plain, masked].map {
      try network.backward($0, targets: Example2221.targets, loss: Example2221.loss).gradients
    }
    #expect(gradients[0] == gradients[1])
  }

  @Test(
    "A number of masks that is not the number of hidden layers is an error", arguments: [1, 3])
  func count(count: Int) throws {
    let masks = Array(repeating: Matrix(column: [1.0, 1]), count: count)
    let error = try #require(throws: NetworkError.self) {
      try Example2221.network().forward(Example2221.inputs, masks: masks)
    }
    #expect(
      "\(error)" == "number of dropout masks is \(count); allowed: none, or 2, one a hidden layer")
  }

  @Test("A mask of another shape is an error")
  func shape() throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().forward(Example121.inputs, masks: [Matrix(column: [1, 1, 1])])
    }
    #expect("\(error)" == "element-wise product: the shapes 2×1 and 3×1 do not fit")
  }
}

@Suite("Dropout: masks that are drawn")
struct DrawnMaskTests {
  private static func network() throws -> Network<Double> {
    var generator = SplitMix64(seed: 5)
    return try .random(
      sizes: [2, 8, 6, 3], hidden: .tanh, output: .identity, .xavier, using: &generator)
  }

  @Test("One mask a hidden layer, units × examples, of 0 and 1/(1 − p)")
  func factors() throws {
    var generator = SplitMix64(seed: 6)
    let masks = try Self.network().dropoutMasks(
      rates: [0.2, 0.75], examples: 500, using: &generator)
    #expect(masks.map(\.shape) == [Shape(8, 500), Shape(6, 500)])
    for (mask, rate) in zip(masks, [0.2, 0.75]) {
      #expect(Set(mask.elements) == [0, 1 / (1 - rate)])
      let dropped = Double(mask.elements.filter { $0 == 0 }.count) / Double(mask.elements.count)
      let error = (rate * (1 - rate) / Double(mask.elements.count)).squareRoot()
      #expect(dropped.isClose(to: rate, absolute: 4 * error))
      // Every example has a mask of its own: of 2^8 or 2^6 masks, many occur.
      #expect(Set((0..<500).map { mask.column($0) }).count > 30)
    }
  }

  @Test("A unit is dropped where the generator's next number in 0 ..< 1 lies below p")
  func order() throws {
    var generator = SplitMix64(seed: 7)
    var copy = generator
    let masks = try Self.network().dropoutMasks(
      rates: [0.5, 0.25], examples: 3, using: &generator)
    let expected = [(24, 0.5), (18, 0.25)].flatMap { count, rate in
      (0..<count).map { _ in copy.uniform(0, 1) < rate ? 0 : 1 / (1 - rate) }
    }
    #expect(masks.flatMap(\.elements) == expected)
  }

  @Test("Rate 0 drops nothing")
  func nothing() throws {
    var generator = SplitMix64(seed: 8)
    let masks = try Self.network().dropoutMasks(rates: [0, 0], examples: 9, using: &generator)
    #expect(masks.flatMap(\.elements).allSatisfy { $0 == 1 })
  }

  @Test("A network without hidden layers has no masks")
  func noHiddenLayers() throws {
    var generator = SplitMix64(seed: 9)
    let network = try Network([Layer(weights: [[1.0]], biases: [0], activation: .identity)])
    #expect(try network.dropoutMasks(rates: [], examples: 4, using: &generator).isEmpty)
  }

  @Test("Another number of rates than hidden layers is an error", arguments: [0, 1, 3])
  func count(count: Int) throws {
    var generator = SplitMix64(seed: 10)
    let error = try #require(throws: NetworkError.self) {
      try Self.network().dropoutMasks(
        rates: Array(repeating: 0.5, count: count), examples: 1, using: &generator)
    }
    #expect("\(error)" == "number of drop rates is \(count); allowed: 2, one a hidden layer")
  }

  @Test(
    "A rate outside 0 ..< 1 is an error",
    arguments: [(-0.1, "-0.1"), (1.0, "1"), (1.5, "1.5"), (.nan, "nan")])
  func range(rate: Double, text: String) throws {
    var generator = SplitMix64(seed: 11)
    let error = try #require(throws: NetworkError.self) {
      try Self.network().dropoutMasks(rates: [0.5, rate], examples: 1, using: &generator)
    }
    #expect("\(error)" == "drop rate is \(text); allowed: from 0 up to, not including, 1")
  }
}

@Suite("Dropout: an epoch of training")
struct DropoutEpochTests {
  private let inputs = Matrix<Double>(
    rows: 2, columns: 5, elements: [0.5, -1, 1, 0, -0.25, 2, 0, 0.75, 1, 1])
  private let targets = Matrix<Double>(rows: 1, columns: 5, elements: [1, 0, 1, 0, 1])
  private let loss = Loss.binaryCrossEntropy(reduction: .mean)

  private func trained(_ rates: [Double], batchSize: Int = 2, seed: UInt64 = 12) throws
    -> Network<Double>
  {
    var network = try Example2221.network()
    var generator = SplitMix64(seed: seed)
    try network.trainEpoch(
      inputs: inputs, targets: targets, loss: loss, learningRate: 0.5, batchSize: batchSize,
      dropRates: rates, using: &generator)
    return network
  }

  @Test("The examples are shuffled, then every batch gets masks of its own and a step")
  func steps() throws {
    var generator = SplitMix64(seed: 12)
    var expected = try Example2221.network()
    let order = generator.permutation(of: 5)
    for batch in [order[0..<2], order[2..<4], order[4..<5]] {
      let masks = try expected.dropoutMasks(
        rates: [0.5, 0.25], examples: batch.count, using: &generator)
      let pass = try expected.forward(inputs.columns(batch), masks: masks)
      let back = try expected.backward(pass, targets: targets.columns(batch), loss: loss)
      try expected.update(with: back.gradients, learningRate: 0.5)
    }
    #expect(try trained([0.5, 0.25]) == expected)
  }

  @Test("With rate 0 an epoch is the epoch without dropout; with another it is not")
  func rateZero() throws {
    // One batch: no numbers are drawn between the shuffle and the step.
    let plain = try trained([], batchSize: 5)
    #expect(try trained([0, 0], batchSize: 5) == plain)
    #expect(try trained([0.5, 0.5], batchSize: 5) != plain)
  }

  @Test("Where every unit is dropped only the output's bias moves")
  func allDropped() throws {
    let start = try Example2221.network().parameters
    let end = try trained([1 - 1e-12, 1 - 1e-12]).parameters
    #expect(end.dropLast() == start.dropLast())
    #expect(end.last != start.last)
  }

  @Test("Rates that do not fit are an error, and the network stays as it was")
  func rates() throws {
    let start = try Example2221.network()
    var network = start
    var generator = SplitMix64(seed: 13)
    let error = try #require(throws: NetworkError.self) {
      try network.trainEpoch(
        inputs: inputs, targets: targets, loss: loss, learningRate: 0.5, batchSize: 2,
        dropRates: [0.5], using: &generator)
    }
    #expect("\(error)" == "number of drop rates is 1; allowed: 2, one a hidden layer")
    #expect(network == start)
  }
}
