import NeuralNetwork
import Testing

@testable import Notebook

/// Derivations that a network writes itself.
@Suite struct DerivationTests {
  static let worked = try! Network([
    Layer(weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: .sigmoid),
    Layer(weights: [[1.0, -3.0]], biases: [0.2], activation: .sigmoid),
  ])

  static func derivation(
    _ document: String, loss: Loss = .squaredError(factor: 0.5, reduction: .sum)
  ) throws -> Derivation<Double> {
    try Derivation(
      worked, inputs: Matrix(column: [1.0]), targets: Matrix(column: [1.0]), loss: loss,
      learningRate: 1, in: .of(document))
  }

  @Test(
    "The same sum in five notations",
    arguments: [
      ("000", "z_{1}^{(2)} = W_{11}^{(1)} \\, x_{1} + b_{1}^{(1)} = 0.3 \\cdot 1 + 0.1 = 0.4"),
      ("001", "z_{1}^{1} = w_{11}^{1} \\, x_{1} + b_{1}^{1} = 0.3 \\cdot 1 + 0.1 = 0.4"),
      ("002", "z_{1}^{[1]} = w_{11}^{[1]} \\, x_{1} + b_{1}^{[1]} = 0.3 \\cdot 1 + 0.1 = 0.4"),
      (
        "003",
        "z_{1}^{(2)} = \\Theta_{10}^{(1)} \\, a_{0}^{(1)} + \\Theta_{11}^{(1)} \\, a_{1}^{(1)}"
          + " = 0.1 \\cdot 1 + 0.3 \\cdot 1 = 0.4"
      ),
      ("004", "z_{1}^{1} = w_{11}^{1} \\, a_{1}^{0} + b_{1}^{1} = 0.3 \\cdot 1 + 0.1 = 0.4"),
    ])
  func sums(document: String, expected: String) throws {
    let line = try Self.derivation(document).line(.z(layer: 1, unit: 1, example: 1))
    #expect(line.tex == expected)
  }

  @Test(
    "The gradient of a bias in five notations",
    arguments: [
      (
        "000",
        "\\frac{\\partial J}{\\partial b_{1}^{(2)}} = \\frac{\\partial J}{\\partial z_{1}^{(3)}} "
          + "\\approx -0.757364"
      ),
      ("001", "\\frac{\\partial L}{\\partial b_{1}^{2}} = \\delta_{1}^{2} \\approx -0.757364"),
      ("002", "db_{1}^{[2]} = dz_{1}^{[2]} \\approx -0.757364"),
      (
        "003",
        "D_{10}^{(2)} = \\delta_{1}^{(3)} \\, a_{0}^{(2)} \\approx -0.757364 \\cdot 1 = -0.757364"
      ),
      ("004", "\\frac{\\partial C}{\\partial b_{1}^{2}} = \\delta_{1}^{2} \\approx -0.757364"),
    ])
  func biasGradients(document: String, expected: String) throws {
    let loss = Loss.binaryCrossEntropy(reduction: .mean)
    let line = try Self.derivation(document, loss: loss).line(.biasGradient(layer: 2, unit: 1))
    #expect(line.tex == expected)
  }

  @Test("Numbers that are written in full are equal, rounded ones nearly")
  func relations() throws {
    let derivation = try Self.derivation("000")
    #expect(
      derivation.line(.z(layer: 2, unit: 1, example: 1)).tex
        == "z_{1}^{(3)} = W_{11}^{(2)} \\, a_{1}^{(2)} + W_{12}^{(2)} \\, a_{2}^{(2)} + b_{1}^{(2)}"
        + " \\approx 1 \\cdot 0.598688 - 3 \\cdot 0.645656 + 0.2 = -1.13828")
    #expect(
      derivation.line(.a(layer: 1, unit: 1, example: 1)).tex
        == "a_{1}^{(2)} = \\sigma(z_{1}^{(2)}) = \\sigma(0.4) \\approx 0.598688")
  }

  @Test("On hand numbers each line has what was noted on paper: −1.15 and 0.24")
  func byHand() throws {
    func noted(_ number: Double) -> HandNumber { HandNumber(number, .decimals(2)) }
    let derivation = try Derivation(
      Self.worked.map(noted), inputs: Matrix(column: [noted(1)]),
      targets: Matrix(column: [noted(1)]), loss: .squaredError(factor: 0.5, reduction: .sum),
      in: .of("000"), format: .decimals(2))
    #expect(
      derivation.line(.z(layer: 2, unit: 1, example: 1)).tex.hasSuffix(
        "= 1 \\cdot 0.60 - 3 \\cdot 0.65 + 0.2 = -1.15"))
    #expect(
      derivation.line(.a(layer: 2, unit: 1, example: 1)).tex
        == "\\hat y = \\sigma(z_{1}^{(3)}) = \\sigma(-1.15) \\approx 0.24")
  }

  @Test("A chain through the deltas starts with the error, and an unknown input stays a symbol")
  func chain() throws {
    let x = Matrix(column: [60.0, .nan])
    let derivation = try Derivation(
      Network([
        Layer(weights: [[0.1, 1]], biases: [0], activation: .sigmoid),
        Layer(weights: [[12.0]], biases: [0], activation: .sigmoid),
      ]), inputs: x, targets: Matrix(column: [1.0]), loss: .binaryCrossEntropy(reduction: .sum),
      stated: ForwardPass(
        stated: x,
        layers: [
          (Matrix(column: [0.5]), Matrix(column: [0.37])),
          (Matrix(column: [-1.1]), Matrix(column: [0.25])),
        ]), learningRate: 0.01, in: .of("001"))
    let chain = "(\\hat y - y) \\, w_{11}^{2} \\, a_{1}^{1} (1 - a_{1}^{1}) \\, "
    let numbers = "-0.75 \\cdot 12 \\cdot 0.37 \\cdot 0.63 \\cdot "
    #expect(
      derivation.line(.weightGradient(layer: 1, unit: 1, source: 1), throughDeltas: true).tex
        == "\\frac{\\partial L}{\\partial w_{11}^{1}} = \(chain)x_{1} = \(numbers)60 = -125.874")
    #expect(
      derivation.line(.weightGradient(layer: 1, unit: 1, source: 2), throughDeltas: true).tex
        == "\\frac{\\partial L}{\\partial w_{12}^{1}} = \(chain)x_{2} = \(numbers)x_{2} = -2.0979 \\, x_{2}"
    )
    #expect(
      derivation.line(.newWeight(layer: 1, unit: 1, source: 2)).tex.hasSuffix(
        "= 1 - 0.01 \\cdot (-2.0979) \\cdot x_{2} = 1 + 0.020979 \\, x_{2}"))
  }

  static let rectified = try! Network([
    Layer(weights: [[0.3, -1], [0.4, 2]], biases: [0.1, 0.2], activation: .relu),
    Layer(
      weights: [[1.0, -3.0], [0.5, 0.25], [0, 1]], biases: [0.2, 0, -0.5], activation: .softmax),
  ])

  static func batch(_ document: String) throws -> Derivation<Double> {
    try Derivation(
      rectified, inputs: Matrix([[1.0, 0.5], [-2, 0.3]]),
      targets: Matrix([[1.0, 0], [0, 1], [0, 0]]), loss: .crossEntropy(reduction: .mean),
      regularization: .lambdaOver2m(lambda: 0.1), masks: [Matrix([[2.0, 0], [2, 2]])],
      learningRate: 0.1, in: .of(document))
  }

  @Test("A unit with a kink says which side it is on")
  func kinks() throws {
    let derivation = try Self.batch("002")
    #expect(
      derivation.line(.a(layer: 1, unit: 1, example: 1)).tex
        == "a_{1,1}^{[1]} = z_{1,1}^{[1]} = 2.4 \\quad (z_{1,1}^{[1]} > 0)")
    #expect(
      derivation.line(.a(layer: 1, unit: 2, example: 1)).tex
        == "a_{2,1}^{[1]} = 0 \\quad (z_{2,1}^{[1]} \\le 0)")
  }

  @Test("Softmax is written without the shift that keeps its exponentials small")
  func softmax() throws {
    let line = try Self.batch("002").line(.a(layer: 2, unit: 2, example: 1))
    #expect(line.numbers == "\\frac{e^{2.4}}{e^{5} + e^{2.4} + e^{-0.5}}")
  }

  @Test("A mean, a penalty and dropout's factors are written by name, then with their numbers")
  func constants() throws {
    let line = try Self.batch("002").line(.weightGradient(layer: 2, unit: 1, source: 2))
    #expect(
      line.formula
        == "\\frac{1}{m} (dz_{1,1}^{[2]} \\, a_{2,1}^{[1]} \\, r_{2,1}^{[1]} + dz_{1,2}^{[2]} \\, "
        + "a_{2,2}^{[1]} \\, r_{2,2}^{[1]}) + \\frac{\\lambda}{m} \\, w_{12}^{[2]}")
    #expect(
      line.numbers
        == "\\frac{1}{2} \\cdot (-0.0726662 \\cdot 0 \\cdot 2 + 0.000493615 \\cdot 1 \\cdot 2)"
        + " + \\frac{0.1}{2} \\cdot (-3)")
  }

  @Test("A cost is written as the documents do, −log ŷ, whatever keeps its digits inside")
  func costs() throws {
    let loss = Loss.binaryCrossEntropy(factor: 1 / Double.log(2), reduction: .mean)
    #expect(
      try Self.derivation("001", loss: loss).line(.cost).tex
        == "L = -\\frac{1}{\\log 2} \\, \\log \\hat y \\approx -\\frac{1}{\\log 2} \\cdot "
        + "\\log 0.242636 \\approx 2.04313")
    #expect(
      try Self.batch("002").line(.cost).formula.hasPrefix(
        "\\frac{1}{m} (-\\log \\hat y_{1,1} - \\log \\hat y_{2,2}) + \\frac{\\lambda}{2m} ("))
  }

  @Test("Matrices have the bias column and its row of ones in 003 only")
  func matrices() throws {
    #expect(
      try Self.derivation("003").line(.z(layer: 1)).tex
        == "z^{(2)} = \\Theta^{(1)} a^{(1)} = \\begin{bmatrix} 0.1 & 0.3 \\\\ 0.2 & 0.4 \\end{bmatrix}"
        + " \\begin{bmatrix} 1 \\\\ 1 \\end{bmatrix} = \\begin{bmatrix} 0.4 \\\\ 0.6 \\end{bmatrix}"
    )
    #expect(
      try Self.derivation("000").line(.z(layer: 1)).tex
        == "z^{(2)} = W^{(1)} x + b^{(1)} = \\begin{bmatrix} 0.3 \\\\ 0.4 \\end{bmatrix} "
        + "\\begin{bmatrix} 1 \\end{bmatrix} + \\begin{bmatrix} 0.1 \\\\ 0.2 \\end{bmatrix} = "
        + "\\begin{bmatrix} 0.4 \\\\ 0.6 \\end{bmatrix}")
  }

  // MARK: What a reader computes from the page

  /// The names of a derivation's quantities with their numbers. Parameters keep their values from before
  /// the step.
  static func values(_ derivation: Derivation<Double>) throws -> [String: Double] {
    let layers = derivation.run.network.layers
    var values: [String: Double] = [:]
    func note(_ quantity: Quantity, _ value: Double) throws {
      let name = derivation.names(quantity)
      try #require(values.updateValue(value, forKey: name) == nil, "\(name) names two quantities")
    }
    for (index, layer) in layers.enumerated() {
      for unit in 1...layer.biases.count {
        try note(.bias(layer: index + 1, unit: unit), layer.biases[unit - 1].value)
        for source in 1...layer.weights.columns {
          try note(
            .weight(layer: index + 1, unit: unit, source: source),
            layer.weights[unit - 1, source - 1].value)
        }
      }
    }
    for example in 1...derivation.run.pass.examples {
      for (index, x) in derivation.run.pass.a(0).column(example - 1).enumerated() {
        try note(.a(layer: 0, unit: index + 1, example: example), x.value)
      }
      for (index, y) in derivation.run.targets.column(example - 1).enumerated() {
        try note(.target(unit: index + 1, example: example), y.value)
      }
      if derivation.dialect.hasBiasColumn {
        for layer in layers.indices { try note(.a(layer: layer, unit: 0, example: example), 1) }
      }
      for layer in 1..<max(layers.count, 1) {
        guard let mask = derivation.run.pass.mask(layer) else { continue }
        for (index, r) in mask.column(example - 1).enumerated() {
          try note(.mask(layer: layer, unit: index + 1, example: example), r.value)
        }
      }
    }
    try note(.learningRate, derivation.run.learningRate?.value ?? 0)
    for quantity in derivation.order
    where quantity.stage != .update && quantity != .cost {
      try note(quantity, derivation.number(quantity))
    }
    return values
  }

  static func check(_ derivation: Derivation<Double>, lambda: Double = 0) throws {
    var values = try values(derivation)
    values[derivation.dialect.exampleCount] = Double(derivation.run.pass.examples)
    values["\\lambda"] = lambda
    var symbols = FormulaReader(values)
    var numbers = FormulaReader()
    for quantity in derivation.order {
      for throughDeltas in [false, true] {
        let line = derivation.line(quantity, throughDeltas: throughDeltas)
        let value = derivation.number(quantity)
        // A log of 1 − a loses digits where a is near 1, which the engine's softplus keeps.
        let tolerance = 1e-9 * max(1, abs(value))
        #expect(abs(try symbols.value(of: line.formula) - value) <= tolerance, "\(line.tex)")
        #expect(abs(try numbers.value(of: line.numbers) - value) <= tolerance, "\(line.tex)")
        #expect(abs(try numbers.value(of: line.result) - value) <= tolerance, "\(line.tex)")
      }
    }
  }

  @Test("Every line of a batch with dropout and a penalty says what it computes, in each notation")
  func batchIsReadable() throws {
    for document in Dialect.all.map(\.document) {
      let derivation = try Derivation(
        Self.rectified, inputs: Matrix([[1.0, 0.5], [-2, 0.3]]),
        targets: Matrix([[1.0, 0], [0, 1], [0, 0]]), loss: .crossEntropy(reduction: .mean),
        regularization: .lambdaOver2m(lambda: 0.1), masks: [Matrix([[2.0, 0], [2, 2]])],
        learningRate: 0.1, in: .of(document), format: .upTo(17))
      try Self.check(derivation, lambda: 0.1)
    }
  }

  @Test(
    "On random networks every line, in symbols and in numbers, says what it computes",
    arguments: 1...15 as ClosedRange<UInt64>)
  func randomIsReadable(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let layerCount = 1 + random.index(below: 6)
    let sizes = (0...layerCount).map { _ in 1 + random.index(below: 3) }
    let hidden: [Activation] = [
      .identity, .sigmoid, .tanh, .relu, .leakyReLU(slope: 0.1), .elu(alpha: 0.5), .softmax,
    ]
    let outputs: [(Activation, Loss.Kind)] = [
      (.sigmoid, .binaryCrossEntropy), (.softmax, .crossEntropy), (.sigmoid, .squaredError),
      (.tanh, .squaredError), (.softmax, .squaredError), (.identity, .squaredError),
    ]
    let (output, kind) = outputs[random.index(below: outputs.count)]
    let factor = [0.5, 1, 3][random.index(below: 3)]
    let reduction = [Loss.Reduction.sum, .mean][random.index(below: 2)]
    let loss: Loss =
      switch kind {
      case .squaredError: .squaredError(factor: factor, reduction: reduction)
      case .binaryCrossEntropy: .binaryCrossEntropy(factor: factor, reduction: reduction)
      case .crossEntropy: .crossEntropy(factor: factor, reduction: reduction)
      }
    let network = try Network(
      (0..<layerCount).map { layer in
        try Layer(
          Parameters(
            weights: Matrix(rows: sizes[layer + 1], columns: sizes[layer]) { _, _ in
              random.uniform(-1, 1)
            }, biases: (0..<sizes[layer + 1]).map { _ in random.uniform(-1, 1) }),
          activation: layer == layerCount - 1 ? output : hidden[random.index(below: hidden.count)])
      })
    let examples = 1 + random.index(below: 3)
    let inputs = Matrix(rows: sizes[0], columns: examples) { _, _ in random.uniform(-1, 1) }
    let targets =
      kind == .crossEntropy
      ? Matrix(rows: sizes[layerCount], columns: examples) { row, column in
        column % sizes[layerCount] == row ? 1.0 : 0
      }
      : Matrix(rows: sizes[layerCount], columns: examples) { _, _ in
        [0, 1, random.uniform(0.1, 0.9)][random.index(below: 3)]
      }
    let isRegularized = random.index(below: 2) == 0
    for document in Dialect.all.map(\.document) {
      try Self.check(
        Derivation(
          network, inputs: inputs, targets: targets, loss: loss,
          regularization: isRegularized ? .lambdaOver2m(lambda: 0.7) : .none, learningRate: 0.3,
          in: .of(document), format: .upTo(17)), lambda: 0.7)
    }
  }

  @Test(
    "Every equation of matrices says what it computes, in each notation",
    arguments: Dialect.all.map(\.document))
  func matricesAreReadable(document: String) throws {
    let batch = try Derivation(
      Self.rectified, inputs: Matrix([[1.0, 0.5], [-2, 0.3]]),
      targets: Matrix([[1.0, 0], [0, 1], [0, 0]]), loss: .crossEntropy(reduction: .mean),
      regularization: .lambdaOver2m(lambda: 0.1), masks: [Matrix([[2.0, 0], [2, 2]])],
      learningRate: 0.1, in: .of(document), format: .upTo(17))
    let single = try Derivation(
      Self.worked, inputs: Matrix(column: [1.0]), targets: Matrix(column: [1.0]),
      loss: .squaredError(factor: 0.5, reduction: .sum), learningRate: 1, in: .of(document),
      format: .upTo(17))
    for derivation in [batch, single] {
      for step in derivation.matrixOrder {
        if case .a = step { continue }
        let line = derivation.line(step)
        let stated = try MatrixReader.value(of: line.result)
        let computed = try MatrixReader.value(of: line.numbers)
        #expect(stated.count == computed.count, "\(line.tex)")
        for (left, right) in zip(stated.joined(), computed.joined()) {
          #expect(abs(left - right) <= 1e-12, "\(line.tex)")
        }
      }
    }
  }

  @Test("Matrices stand for the entries of the run: deltas and gradients of the batch")
  func matrixResults() throws {
    let derivation = try Self.batch("002")
    #expect(
      try MatrixReader.value(of: derivation.line(.delta(layer: 1)).result)
        == [[-0.076456, 0], [0, 1.09284]])
    #expect(
      derivation.line(.delta(layer: 1)).formula
        == "\\left(W^{[2]}\\right)^{\\top} dZ^{[2]} \\odot R^{[1]} \\odot g'(Z^{[1]})")
    #expect(
      derivation.line(.a(layer: 2)).tex.hasPrefix(
        "\\hat Y = \\mathrm{softmax}(Z^{[2]}) = \\mathrm{softmax}\\begin{pmatrix} 5 & -5.8 \\\\"))
    #expect(
      derivation.line(.weightGradient(layer: 2)).formula
        == "\\frac{1}{m} dZ^{[2]} (A^{[1]} \\odot R^{[1]})^{\\top} + \\frac{\\lambda}{m} W^{[2]}")
  }

  @Test("Indices of two digits are kept apart: W with 1,11 and not 111")
  func longIndices() throws {
    let wide = try Network([
      Layer(weights: [Array(repeating: 1.0, count: 11)], biases: [0], activation: .identity)
    ])
    let derivation = try Derivation(
      wide, inputs: Matrix(column: Array(repeating: 1, count: 11)), targets: Matrix(column: [1.0]),
      loss: .squaredError(factor: 0.5, reduction: .sum), in: .of("000"))
    #expect(
      derivation.line(.z(layer: 1, unit: 1, example: 1)).formula.hasSuffix(
        " + W_{1,11}^{(1)} \\, x_{11} + b_{1}^{(1)}"))
  }

  @Test(
    "Binary cross-entropy for the targets 1, 0 and one between",
    arguments: [
      (1, "-\\log \\hat y"), (0, "-\\log(1 - \\hat y)"),
      (0.25, "-y \\, \\log \\hat y - (1 - y) \\, \\log(1 - \\hat y)"),
    ])
  func binaryCosts(target: Double, formula: String) throws {
    let derivation = try Derivation(
      Self.worked, inputs: Matrix(column: [1.0]), targets: Matrix(column: [target]),
      loss: .binaryCrossEntropy(reduction: .mean), in: .of("000"))
    #expect(derivation.line(.cost).formula == formula)
  }

  @Test("A name with a superscript is put in parentheses before it is squared")
  func squares() throws {
    let tanh = try Network([
      Layer(weights: [[0.5]], biases: [0], activation: .tanh),
      Layer(weights: [[1.0]], biases: [0], activation: .identity),
    ])
    let derivation = try Derivation(
      tanh, inputs: Matrix(column: [1.0]), targets: Matrix(column: [1.0]),
      loss: .squaredError(factor: 0.5, reduction: .sum), in: .of("001"))
    #expect(
      derivation.line(.delta(layer: 1, unit: 1, example: 1)).formula
        == "w_{11}^{2} \\, \\delta_{1}^{2} (1 - \\left(a_{1}^{1}\\right)^{2})")
  }

  @Test("In a product the difference 1 − a is put in as one number")
  func foldedDifference() throws {
    // δ = 4 · 1 · 0.395 · 0.605 = 0.9559. As written, 4 · 0.40 · 0.61 is 0.976 and not 0.96, which
    // 4 · 0.40 · (1 − 0.40) would be.
    let line = try Derivation(
      Network([
        Layer(weights: [[1.0]], biases: [0], activation: .sigmoid),
        Layer(weights: [[4.0]], biases: [0], activation: .identity),
      ]), inputs: Matrix(column: [1.0]), targets: Matrix(column: [0.0]),
      loss: .squaredError(factor: 0.5, reduction: .sum),
      stated: ForwardPass(
        stated: Matrix(column: [1.0]),
        layers: [
          (Matrix(column: [0.0]), Matrix(column: [0.395])),
          (Matrix(column: [1.0]), Matrix(column: [1.0])),
        ]), in: .of("001"), format: .decimals(2)
    ).line(.delta(layer: 1, unit: 1, example: 1))
    #expect(line.tex.hasSuffix(" 4 \\cdot 1.00 \\cdot 0.40 \\cdot 0.61 \\approx 0.96"))
  }

  @Test("Exponentials with different shifts are not cancelled")
  func differentShifts() throws {
    func given(_ unit: Int, _ value: Double) -> Symbolic<Double> {
      Symbolic(.z(layer: 1, unit: unit, example: 1), value)
    }
    let (a, b) = (given(1, 1), given(2, 2))
    let quotient = Symbolic.exp(a - b) / Symbolic.exp(b - a)
    let writer = FormulaWriter<Double>(
      quantity: { if case .quantity(let quantity) = $0.form { quantity } else { nil } },
      name: { if case .z(_, 1, _) = $0 { "a" } else { "b" } }, format: .upTo(6),
      constants: ConstantNames(
        loss: .squaredError(factor: 1, reduction: .sum), regularization: .none, examples: 1,
        exampleCount: "m"))
    #expect(writer.text(quotient, .symbols) == "\\frac{e^{a - b}}{e^{b - a}}")
  }
}
