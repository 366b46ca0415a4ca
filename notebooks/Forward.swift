//- hide
import ArgumentParser
import Foundation
import NeuralNetwork
import Notebook

@main struct Forward: Lecture {
  static let title = "The forward pass"
  static let source = #filePath

  @Option(parsing: .unconditional, help: "x, the input of the worked 1-2-1 network.")
  var input = 1.0

  @Option(
    parsing: .unconditional,
    help: "The digits after the point that a person notes in the hand calculation.")
  var decimals = 2

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] {
    [
      Parameter("input", "x", input, in: -1000...1000),
      Parameter("decimals", "decimals", Double(decimals), in: 0...12),
    ]
  }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # The forward pass
    //:
    //: A feed-forward network turns an input $`x`$ into an output $`\hat y`$ by repeating two steps:
    //: every unit adds up its weighted inputs and its bias, $`z = Wa + b`$, and passes the sum
    //: through its activation function, $`a = g(z)`$. The five lecture documents are cited by number,
    //: 000 to 004. Every number below comes from running the engine; where a document prints a
    //: number or a statement, a table says whether it is right.
    //:
    //: Layers are counted here as in 001 and 002: the input is layer 0. Documents 000 and 003 call
    //: the input layer 1, so their $`z^{(2)}`$ is $`z^1`$ here; a superscript in parentheses is theirs.
    //:
    //: ## One unit
    //:
    //: One unit with the weight and the bias of 000's first hidden unit, and the logistic activation
    //:
    //: ```math
    //: \sigma(z) = \frac{1}{1 + e^{-z}}
    //: ```

    let unit = try Network([Layer(weights: [[0.3]], biases: [0.1], activation: .sigmoid)])
    func response(_ x: Double) throws -> Double {
      try unit.forward(Matrix(column: [x])).output[0, 0]
    }
    let sigmoid = Activation.sigmoid
    let arguments: [Double] = [-10, -1, 0, 1, 10]
    notebook.table(
      "sigmoid", "The logistic function and its derivative",
      [
        .numbers("z", "$`z`$", arguments, .plain),
        .numbers("sigma", "$`\\sigma(z)`$", arguments.map { sigmoid($0) }, .decimals(6)),
        .numbers(
          "sigma_prime", "$`\\sigma'(z)`$", arguments.map { sigmoid.derivative(at: $0) },
          .decimals(6)),
      ])
    let bend = try response(0) - 2 * response(1) + response(2)
    notebook.value("firstStep", try response(1) - response(0), .decimals(4))
    notebook.value("secondStep", try response(2) - response(1), .decimals(4))

    //: Far from zero the curve is flat: that will matter for learning. A unit is *not* a linear
    //: function of its input, as 000 has it. On a straight line equal steps of the input give equal steps
    //: of the answer; from 0 to 1 this unit grows by {{firstStep}}, from 1 to 2 by {{secondStep}}.
    //: Linear (with its constant: affine) is only the sum inside.

    //- fold: How the statements about one unit are checked
    notebook.claim("forward.sellie.sigmoid", arguments.map { sigmoid($0) })
    notebook.claim("forward.sellie.neuron", bend, asPrinted: 0)
    var generator = SplitMix64(seed: 1)
    let layers = try Network.random(
      sizes: [3, 4, 2], hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    let example = [0.5, -1, 2]
    let pass = try layers.forward(Matrix(column: example))
    let rowSums = (0..<4).map { i in
      (0..<3).map { layers.layers[0].weights[i, $0] * example[$0] }.reduce(0, +)
        + layers.layers[0].biases[i]
    }
    notebook.claim("forward.deeplearning.aggregation", pass.z(1).elements, asPrinted: rowSums)
    notebook.claim(
      "forward.deeplearning.activation", pass.a(1).elements,
      asPrinted: rowSums.map { 1 / (1 + Double.exp(-$0)) })
    //- end

    //: ## The worked network of document 000
    //:
    //: One input, two hidden units, one output unit, all logistic:

    let weights1 = [[0.3], [0.4]]
    let biases1 = [0.1, 0.2]
    let weights2 = [[1.0, -3.0]]
    let biases2 = [0.2]
    let network = try Network([
      Layer(weights: weights1, biases: biases1, activation: .sigmoid),
      Layer(weights: weights2, biases: biases2, activation: .sigmoid),
    ])
    let x = Matrix(column: [input])
    let target = 1.0
    let exact = try network.forward(x)
    let halfSquares = Loss.squaredError(factor: 0.5, reduction: .sum)

    //: Run on numbers that remember how they were made, the network writes down its own pass: the formula in the
    //: document's symbols, the numbers put in, the result.

    let written = try Derivation(
      network, inputs: x, targets: Matrix(column: [target]), loss: halfSquares, in: .of("000"))
    notebook.equation(written.lines(.forward).tex)

    //: On the slide every intermediate result is rounded before the next step uses it. The same
    //: network run on hand numbers, which round after each operation, replays that, by any rule of rounding:

    func onPaper(_ rule: RoundingRule) throws -> ForwardPass<HandNumber> {
      try network.map { HandNumber($0, rule) }.forward(x.map { HandNumber($0, rule) })
    }
    let rule = RoundingRule.decimals(decimals)
    let byHand = try onPaper(rule)
    let noted = NumberFormat.decimals(decimals)
    let writtenByHand = try Derivation(
      network.map { HandNumber($0, rule) }, inputs: x.map { HandNumber($0, rule) },
      targets: Matrix(column: [HandNumber(target, rule)]), loss: halfSquares, in: .of("000"),
      format: noted)
    notebook.equation(writtenByHand.lines(.forward).tex)

    //-
    let symbols = ["z₁⁽²⁾", "z₂⁽²⁾", "a₁⁽²⁾", "a₂⁽²⁾", "z₁⁽³⁾", "a₁⁽³⁾"]
    func trace<T>(_ pass: ForwardPass<T>) -> [Double] {
      [pass.z(1), pass.a(1), pass.z(2), pass.a(2)].flatMap { $0.elements.map(\.value) }
    }
    // What is left of the binary fractions of 0.4 and 0.6 is no difference on paper.
    let differences = zip(trace(byHand), trace(exact)).map { abs($0 - $1) < 1e-12 ? 0 : $0 - $1 }
    notebook.table(
      "worked_pass", "The forward pass of the 1-2-1 network, unrounded and rounded by hand",
      [
        .texts("quantity", "Quantity", symbols),
        .texts(
          "printed", "Printed",
          ["z2-1", "z2-2", "a2-1", "a2-2", "z3", "a3"].map {
            notebook.printed("forward.sellie.\($0)")
          }),
        .numbers("exact", "Unrounded", trace(exact), .decimals(6)),
        .numbers("by_hand", "By hand", trace(byHand), .decimals(decimals)),
        .numbers(
          "difference", "Difference", differences, .decimals(6)),
      ])
    let z3 = exact.z(2)[0, 0]
    let a3 = exact.a(2)[0, 0]
    let z3Hand = byHand.z(2)[0, 0].value
    notebook.value("z3", z3, .decimals(4))
    notebook.value("z3Hand", z3Hand, .decimals(decimals))
    notebook.value("a3", a3, .decimals(4))
    notebook.shared("worked 1-2-1 network: z^(3)", z3)
    notebook.shared("worked 1-2-1 network: output", a3)

    //- reference
    //: The slide's “−1.15” is not the rounded $`z^{(3)} = {{z3}}`$; it is what a person gets who
    //: notes the activations with {{decimals}} decimals and goes on with those: {{z3Hand}}. The output is
    //: $`\hat y = {{a3}}`$, and “0.24” is right on both paths. The rule need not be guessed. The ledger replays
    //: the pass by one rule after the other, as many digits as are printed before more of them, rounding before
    //: cutting off; its verdict names the first that gives the printed number.
    //- end

    notebook.value("decimals", Double(decimals), .plain)
    notebook.claim("forward.sellie.z2-1", exact.z(1)[0, 0], asPrinted: 1 * 0.3 + 0.1)
    notebook.claim("forward.sellie.z2-2", exact.z(1)[1, 0], asPrinted: 1 * 0.4 + 0.2)
    notebook.claim("forward.sellie.a2-1", exact.a(1)[0, 0])
    notebook.claim("forward.sellie.a2-2", exact.a(1)[1, 0])
    notebook.claim("forward.sellie.z3", z3, byHand: { try onPaper($0).z(2)[0, 0].value })
    notebook.claim("forward.sellie.a3", a3, also: [sigmoid(z3Hand)])
    notebook.claim("forward.sellie.rounding-error", [z3Hand - z3, sigmoid(z3Hand) - a3])

    //: The cost of this example is $`J = \frac12 (y - \hat y)^2 = {{cost}}`$ for the target
    //: $`y = 1`$. The table also has the cost from the slide's rounded sum and from its rounded output.

    func cost(ofOutput output: Double) throws -> Double {
      let one = Matrix(column: [output])
      return try halfSquares.perExample(
        z: one, a: one, activation: .identity, targets: Matrix(column: [target]))[0]
    }
    notebook.value("cost", try cost(ofOutput: a3), .decimals(4))
    notebook.shared("worked 1-2-1 network: ½(y − ŷ)² for y = 1", try cost(ofOutput: a3))
    notebook.claim(
      "forward.sellie.cost",
      [
        try network.cost(of: exact, targets: Matrix(column: [target]), loss: halfSquares),
        try cost(ofOutput: sigmoid(z3Hand)), try cost(ofOutput: byHand.a(2)[0, 0].value),
      ])

    //: ### The same pass as a formula and as a loop
    //:
    //: Document 000 writes the pass three ways: as a nested expression, as a loop and as labels under
    //: each matrix. The nested expression and the loop are carried out below step by step, with matrix
    //: products only, and agree with the engine. Two of the labels do not.

    let w1 = try Matrix(weights1)
    let w2 = try Matrix(weights2)
    let nested = try sigmoid.forward(
      (w2 * sigmoid.forward((w1 * x).addingToEachColumn(biases1))).addingToEachColumn(biases2))
    var a = x
    var looped: [Double] = []
    for (w, b) in [(w1, biases1), (w2, biases2)] {
      let z = try (w * a).addingToEachColumn(b)
      a = sigmoid.forward(z)
      looped += z.elements + a.elements
    }
    notebook.claim("forward.sellie.composition", a3, asPrinted: nested[0, 0])
    notebook.claim(
      "forward.sellie.loop",
      [exact.z(1), exact.a(1), exact.z(2), exact.a(2)].flatMap(\.elements), asPrinted: looped)

    //-
    let fromWrongLayer = sigmoid.forward(exact.z(1)).elements
    let fromInput = try undefinedIfShapesDiffer {
      try sigmoid.forward((w2 * x).addingToEachColumn(biases2)).elements
    }
    notebook.claim("forward.sellie.a3-label", [a3], asPrinted: fromWrongLayer)
    notebook.claim(
      "forward.sellie.a3-input-label", [a3],
      asPrinted: fromInput)
    notebook.erratum(
      "erratum.sellie.loop-overlay", printed: exact.z(1).elements, right: exact.z(2).elements)

    //: ## Activation functions
    //:
    //: The documents use these six, besides none at all. The perceptron's step is the oldest; the logistic function and tanh
    //: are smooth steps; ReLU, its leaky variant and ELU leave positive sums alone.

    let leaky = Activation.leakyReLU(slope: 0.01)
    let elu = Activation.elu(alpha: 1)
    let shapes: [(name: String, function: Activation)] = [
      ("sigmoid", .sigmoid), ("tanh", .tanh), ("ReLU", .relu), ("leaky ReLU", leaky),
      ("ELU", elu), ("step", .step),
    ]
    let points: [Double] = [-5, -1, 0, 1, 5]
    notebook.table(
      "activations", "Activation functions at five points",
      [.numbers("z", "$`z`$", points, .plain)]
        + shapes.map { shape in
          .numbers(
            shape.name.lowercased().replacing(" ", with: "_"), shape.name,
            points.map { shape.function($0) },
            [.relu, .step].contains(shape.function) ? .plain : .decimals(4))
        })
    notebook.figure(
      "activation_functions",
      Plot(
        title: "Activation functions",
        description:
          "The step jumps from 0 to 1; sigmoid rises from 0 to 1, tanh from −1 to 1; ReLU is 0 left of 0 and the diagonal right of it; "
          + "leaky ReLU and ELU differ from it on the left only.",
        x: Plot.Axis("z"), y: Plot.Axis("g(z)", range: -1.2...2.2),
        shapes.map { shape in
          Plot.Series(shape.name, over: -4...4) { shape.function($0) }
        }))

    //: Their derivatives decide how much of an error passes through a unit on the way back. Where
    //: sigmoid and tanh are flat, hardly anything does. ReLU passes everything or nothing; the
    //: variants keep a little.

    notebook.figure(
      "activation_derivatives",
      Plot(
        title: "Their derivatives",
        description:
          "The derivative of sigmoid peaks at a quarter, that of tanh at 1, both at z = 0; ReLU jumps from 0 to 1, "
          + "leaky ReLU from 0.01 to 1, and ELU rises smoothly to 1.",
        x: Plot.Axis("z"), y: Plot.Axis("g′(z)", range: -0.1...1.2),
        shapes.dropLast().map { shape in
          Plot.Series(shape.name, over: -4...4) { shape.function.derivative(at: $0) }
        }))
    notebook.claim(
      "forward.wang.relu", points.map { Activation.relu($0) },
      asPrinted: points.map { $0 <= 0 ? 0 : $0 })
    notebook.claim("forward.wang.relu-name", Activation.relu(-1.0), asPrinted: elu(-1.0))
    notebook.claim("forward.wang.elu", [elu(-1.0), elu(-5.0)])
    notebook.claim("forward.wang.leaky", leaky(-5.0), asPrinted: 0.01 * -5)
    let hyperbolic = Activation.tanh
    let secant = 2 / (Double.exp(2) + Double.exp(-2))
    notebook.claim(
      "forward.deeplearning.tanh-prime", hyperbolic.derivative(at: 2.0),
      asPrinted: secant * secant)

    //: At $`z = 0`$ ReLU and leaky ReLU have a kink: the slope from the left is not the slope from the
    //: right. ELU has one only where its $`\alpha`$ is not 1. The derivative at a kink is a convention; for
    //: ReLU document 002 takes the left slope, and so does the engine throughout.

    let step = 1e-6
    let kinked: [(name: String, function: Activation)] = [
      ("ReLU", .relu), ("leaky ReLU", leaky), ("ELU", elu), ("ELU, α = ½", .elu(alpha: 0.5)),
    ]
    func slope(_ function: Activation, _ h: Double) -> Double { (function(h) - function(0)) / h }
    notebook.table(
      "kinks", "One-sided slopes at z = 0",
      [
        .texts("function", "Function", kinked.map(\.name)),
        .numbers("left", "From the left", kinked.map { slope($0.function, -step) }, .decimals(2)),
        .numbers("right", "From the right", kinked.map { slope($0.function, step) }, .decimals(2)),
        .numbers(
          "convention", "Convention", kinked.map { $0.function.derivative(at: 0.0) },
          .decimals(2)),
      ])
    notebook.erratum(
      "erratum.wang.relu-zero",
      printed: [Activation.relu.derivative(at: 0.0), Activation.relu.derivative(at: 0.0)],
      right: [slope(.relu, -step), slope(.relu, step)])

    //: ### What the variants cost
    //:
    //: Document 002 says that the variants cost more time. A number type that counts operations,
    //: run through the same activation functions, shows what is meant: leaky ReLU needs one more
    //: product than ReLU, and only ELU needs an exponential.

    let counted = kinked.prefix(3).map { kink in
      let tally = Tally()
      _ = kink.function(CountingNumber(-1, on: tally))
      return tally
    }
    notebook.table(
      "operations", "Operations for one negative sum",
      [
        .texts("function", "Function", kinked.prefix(3).map(\.name)),
        .numbers("sums", "Sums", counted.map { Double($0.sums) }, .plain),
        .numbers("products", "Products", counted.map { Double($0.products) }, .plain),
        .numbers("exponentials", "Exponentials", counted.map { Double($0.functions) }, .plain),
      ])
    let costlier = counted.dropFirst().filter {
      $0.sums + $0.products + $0.functions
        > counted[0].sums + counted[0].products + counted[0].functions
    }
    let exponential = counted.dropFirst().filter { $0.functions > counted[0].functions }
    notebook.claim(
      "forward.wang.variant-cost", [2],
      readings: [[Double(costlier.count)], [Double(exponential.count)]])

    notebook.erratum(
      "erratum.wang.leaky-cost", printed: [1, 1],
      right: counted.dropFirst().map { Double($0.functions) })

    //: ### Averages
    //:
    //: tanh is preferred in hidden layers because its “average value is 0 instead of 0.5”. That is
    //: true when the sums are spread evenly around zero, and not otherwise: over 0 to 4 the average
    //: of tanh is {{tanhMean}}. (The averages are integrals; the antiderivative of σ is
    //: $`\log(1 + e^z)`$, and $`\tanh z = 2\sigma(2z) - 1`$.)

    func meanSigmoid(_ low: Double, _ high: Double) -> Double {
      (Double.softplus(high) - Double.softplus(low)) / (high - low)
    }
    func meanTanh(_ low: Double, _ high: Double) -> Double {
      2 * meanSigmoid(2 * low, 2 * high) - 1
    }
    notebook.value("tanhMean", meanTanh(0, 4), .decimals(4))
    notebook.table(
      "means", "Average activation for sums spread evenly",
      [
        .texts("range", "Sums from", ["−4 to 4", "0 to 4"]),
        .numbers("tanh", "tanh", [meanTanh(-4, 4), meanTanh(0, 4)], .decimals(4)),
        .numbers("sigmoid", "sigmoid", [meanSigmoid(-4, 4), meanSigmoid(0, 4)], .decimals(4)),
      ])
    notebook.claim("forward.wang.mean-tanh", [meanTanh(-4, 4), meanSigmoid(-4, 4)])
    notebook.erratum(
      "erratum.wang.tanh-mean", printed: [meanTanh(-4, 4), meanSigmoid(-4, 4)],
      right: [meanTanh(0, 4), meanSigmoid(0, 4)])

    //: Layers may differ in their activation function. Here a ReLU layer feeds a logistic output:

    let mixed = try Network([
      Layer(weights: weights1, biases: biases1, activation: .relu),
      Layer(weights: weights2, biases: biases2, activation: .sigmoid),
    ])
    let rectified = try Activation.relu.forward((w1 * x).addingToEachColumn(biases1))
    notebook.claim(
      "forward.wang.mixed", try mixed.forward(x).output.elements,
      asPrinted: try sigmoid.forward((w2 * rectified).addingToEachColumn(biases2)).elements)

    //: ## Without activation functions
    //:
    //: If every unit only adds, two layers are no more than one: $`W^{(2)}(W^{(1)}x)`$ is
    //: $`(W^{(2)}W^{(1)})x`$. For the worked network the one weight is {{collapsed}}.

    func linear(_ parameters: [(weights: [[Double]], biases: [Double])]) throws -> Network<Double> {
      try Network(
        parameters.map { try Layer(weights: $0.weights, biases: $0.biases, activation: .identity) })
    }
    let noBias = try linear([(weights1, [0, 0]), (weights2, [0])])
    let product = try w2 * w1
    notebook.value("collapsed", product[0, 0], .plain)
    notebook.claim(
      "forward.sellie.linear-q", try noBias.forward(x).output[0, 0],
      asPrinted: try (product * x)[0, 0])

    //: With biases the slide adds $`b^{(1)} + b^{(2)}`$. But the second layer multiplies the first
    //: layer's biases too: the bias that is left is $`W^{(2)}b^{(1)} + b^{(2)} = {{collapsedBias}}`$.
    //: The slide's sum does not even have the right shape, a number plus a pair.

    let withBias = try linear([(weights1, biases1), (weights2, biases2)])
    let z3Linear = try withBias.forward(x).output[0, 0]
    let bias = try (w2 * Matrix(column: biases1)).addingToEachColumn(biases2)[0, 0]
    let printedSum = biases1.map { (product[0, 0] * input + $0) + biases2[0] }
    notebook.value("collapsedBias", bias, .plain)
    notebook.claim("forward.sellie.linear-bias", [bias, z3Linear], asPrinted: printedSum)

    notebook.erratum(
      "erratum.sellie.linear-collapse-bias", printed: printedSum, right: [z3Linear])

    //: The same with three layers of two units, where all shapes fit. The product of the weights is
    //: right; the sum of the biases is not.

    let deep: [(weights: [[Double]], biases: [Double])] = [
      ([[1, 2], [0, 1]], [1, -1]), ([[2, 0], [1, 1]], [0.5, 0.5]), ([[0, 1], [1, -1]], [0, 2]),
    ]
    let point = Matrix(column: [1.0, 1.0])
    let matrices = try deep.map { try Matrix($0.weights) }
    let threefold = try matrices[2] * (matrices[1] * matrices[0])
    let unbiased = try linear(deep.map { ($0.weights, [0, 0]) })
    let z4 = try linear(deep).forward(point).output
    let productOnly = try threefold * point
    let printed4 = try productOnly.addingToEachColumn(
      (0..<2).map { i in deep.map { $0.biases[i] }.reduce(0, +) })
    notebook.table(
      "collapse", "Three linear layers and their collapsed form",
      [
        .numbers("entry", "Entry", [1, 2], .plain),
        .numbers(
          "without_biases", "Without biases", try unbiased.forward(point).output.elements, .plain),
        .numbers("product", "$`\\tilde W x`$", productOnly.elements, .plain),
        .numbers("with_biases", "With biases", z4.elements, .plain),
        .numbers("printed", "With the printed bias sum", printed4.elements, .plain),
      ])
    notebook.claim("forward.sellie.linear-4", z4.elements, asPrinted: printed4.elements)

    //: ### What a single layer is
    //:
    //: A network without a hidden layer is a familiar model: with the logistic function it is
    //: logistic regression, without activation linear regression.

    let w = [0.5, -1.2]
    let examples = try Matrix([[1, 0, -2, 3], [2, -1, 0.5, 1]])
    let scores = (0..<4).map { j in w[0] * examples[0, j] + w[1] * examples[1, j] + 0.1 }
    func singleLayer(_ activation: Activation) throws -> [Double] {
      try Network([Layer(weights: [w], biases: [0.1], activation: activation)])
        .forward(examples).output.elements
    }
    notebook.claim(
      "forward.sellie.extends", try singleLayer(.sigmoid) + singleLayer(.identity),
      asPrinted: scores.map { 1 / (1 + Double.exp(-$0)) } + scores)
    notebook.claim(
      "forward.wang.logistic-nn", try singleLayer(.sigmoid),
      asPrinted: scores.map { 1 / (1 + Double.exp(-$0)) })

    //: A logistic output never leaves the interval from 0 to 1, which is why 000 has the targets moved
    //: into it. For a target of 2 the loss $`\frac12(y - a)^2`$ cannot fall below {{unreachable}}, half
    //: the squared distance from 2 to the interval, however large the sum.

    let range = stride(from: -50.0, through: 1000, by: 10).map { $0 }
    let sums = Matrix(rows: 1, columns: range.count, elements: range)
    let smallest =
      try halfSquares.perExample(
        z: sums, a: sigmoid.forward(sums), activation: .sigmoid, targets: sums.map { _ in 2.0 }
      ).min() ?? 0
    notebook.value("unreachable", smallest, .decimals(1))
    notebook.claim("forward.sellie.target-range", smallest, asPrinted: 0.5 * (2 - 1) * (2 - 1))

    //: ## Which way the numbers flow
    //:
    //: Moving the biases of one layer changes that layer and those after it, never one before: the
    //: graph has no cycles, and a forward pass can go from left to right once. The error goes the
    //: other way: every delta depends on the target, no activation does. Each entry below is the
    //: number of layers that changed in a 3-6-5-5 network when one thing was moved.

    generator = SplitMix64(seed: 3)
    let four = try Network.random(
      sizes: [3, 6, 5, 5], hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    let start = Matrix(column: [0.2, -0.4, 0.9])
    let label = Matrix(column: [0.0, 1, 0, 0, 0])
    let crossEntropy = Loss.binaryCrossEntropy(reduction: .mean)
    func changes(_ moved: Network<Double>, _ movedTarget: Matrix<Double>) throws -> (
      sums: [Int], deltas: [Int]
    ) {
      let before = try four.forward(start)
      let after = try moved.forward(start)
      let back = try four.backward(before, targets: label, loss: crossEntropy)
      let movedBack = try moved.backward(after, targets: movedTarget, loss: crossEntropy)
      return (
        (1...3).filter { before.z($0) != after.z($0) },
        (1...3).filter { back.delta($0) != movedBack.delta($0) }
      )
    }
    //- fold: How a layer's biases are moved
    func nudged(layer: Int) throws -> Network<Double> {
      try Network(
        four.layers.enumerated().map { index, old in
          try Layer(
            Parameters(
              weights: old.weights,
              biases: old.biases.map { index == layer - 1 ? $0 + 0.1 : $0 }),
            activation: old.activation)
        })
    }
    //- end
    let byLayer = try (1...3).map { try changes(nudged(layer: $0), label) }
    let byTarget = try changes(four, Matrix(column: [1.0, 0, 0, 0, 0]))
    notebook.table(
      "flow", "How many layers change",
      [
        .texts(
          "moved", "Moved",
          ["biases of layer 1", "biases of layer 2", "biases of layer 3", "target"]),
        .numbers(
          "sums", "Layers whose sums change", (byLayer + [byTarget]).map { Double($0.sums.count) },
          .plain),
        .numbers(
          "deltas", "Layers whose deltas change",
          (byLayer + [byTarget]).map { Double($0.deltas.count) }, .plain),
      ])
    notebook.claim(
      "forward.damlf.left-to-right",
      byLayer.map { Double($0.sums.count) } + [
        Double(byTarget.sums.count), Double(byTarget.deltas.count),
      ], asPrinted: (1...3).map { Double(3 - $0 + 1) } + [0, 3])
    let backwards = (1...3).map { layer in byLayer[layer - 1].sums.filter { $0 < layer }.count }
    notebook.claim(
      "forward.dmml.acyclic", Double(backwards.reduce(0, +)), asPrinted: 0)

    //: “Dense” means that every unit hears every input. In the 3-4-2 network from above, moving one
    //: input moves every sum of the first layer:

    let reached = try (0..<3).map { i in
      var moved = Matrix(column: example)
      moved[i, 0] += 0.5
      let after = try layers.forward(moved)
      return zip(after.z(1).elements, pass.z(1).elements).filter { $0 != $1 }.count
    }
    notebook.claim(
      "forward.deeplearning.dense", Double(reached.reduce(0, +)), asPrinted: Double(3 * 4))

    //: ## The documents' other forms
    //:
    //: Three layers as the nested model of 001, the components of 004, and the form of 003, which puts
    //: each bias into a column 0 of $`\Theta`$ and gives every layer a unit $`a_0 = 1`$. They agree
    //: with the engine; 003's only once $`a_0 = 1`$ is put in front of *every* layer's activations,
    //: a step that its slide leaves out.

    func theta(_ layer: Layer<Double>) -> Matrix<Double> {
      Matrix(rows: layer.weights.rows, columns: layer.weights.columns + 1) { i, j in
        j == 0 ? layer.biases[i] : layer.weights[i, j - 1]
      }
    }
    func thetaForward(_ network: Network<Double>, _ x: Matrix<Double>) throws -> Matrix<Double> {
      try network.layers.reduce(x) { a, layer in
        let withBiasUnit = Matrix(column: [1] + a.elements)
        return layer.activation.forward(try theta(layer) * withBiasUnit)
      }
    }
    generator = SplitMix64(seed: 5)
    let review = try Network.random(
      sizes: [3, 3, 1], hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    notebook.claim(
      "forward.damlf.review", try review.forward(start).output.elements,
      asPrinted: try thetaForward(review, start).elements)
    notebook.claim(
      "forward.damlf.four-layers", try four.forward(start).output.elements,
      asPrinted: try thetaForward(four, start).elements,
      also: four.layers.map(theta).flatMap { [Double($0.rows), Double($0.columns)] })
    func affine(_ layer: Int, _ a: Matrix<Double>) throws -> Matrix<Double> {
      try (four.layers[layer - 1].weights * a).addingToEachColumn(four.layers[layer - 1].biases)
    }
    let model = try sigmoid.forward(
      affine(3, sigmoid.forward(affine(2, sigmoid.forward(affine(1, start))))))
    let fourPass = try four.forward(start)
    notebook.claim(
      "forward.deeplearning.model", fourPass.output.elements, asPrinted: model.elements)
    let component = (0..<5).map { j in
      let layer = four.layers[2]
      return zip(layer.weights.row(j), fourPass.a(2).elements).map { $0 * $1 }.reduce(0, +)
        + layer.biases[j]
    }
    notebook.claim(
      "forward.dmml.pass", fourPass.z(3).elements + fourPass.a(3).elements,
      asPrinted: component + component.map { sigmoid($0) })

    //: The loop of 001 starts at “v = 0”. Only layers with weights can be computed, and in a network of
    //: three layers those below the output are 1 and 2:

    let hidden = (0..<four.layers.count).filter { four.layers.indices.contains($0 - 1) }
    notebook.claim(
      "forward.deeplearning.pseudo", hidden.map(Double.init),
      asPrinted: (0...(four.layers.count - 1)).map(Double.init))

    //: ## Many examples at once
    //:
    //: Document 002 puts the examples side by side as the columns of $`X`$. One pass then computes a
    //: column of $`Z`$ and $`A`$ for each of them. The network has four inputs, three hidden units and
    //: one output, as on 002's slides; there are four examples.

    generator = SplitMix64(seed: 7)
    let batchNetwork = try Network.random(
      sizes: [4, 3, 1], hidden: .tanh, output: .sigmoid, .uniform(1), using: &generator)
    let batch = Matrix(rows: 4, columns: 4) { _, _ in generator.uniform(-1, 1) }
    let together = try batchNetwork.forward(batch)
    let singles = try (0..<4).map { try batchNetwork.forward(Matrix(column: batch.column($0))) }
    notebook.table(
      "batch", "The output of each example, in the batch and alone",
      [
        .numbers("example", "Example", [1, 2, 3, 4], .plain),
        .numbers("batch", "Column of $`A^{[2]}`$", together.output.elements, .decimals(6)),
        .numbers("alone", "Alone", singles.map { $0.output[0, 0] }, .decimals(6)),
      ])
    notebook.claim(
      "forward.wang.columns", together.a(1).elements + together.output.elements,
      asPrinted: singles.flatMap { $0.a(1).elements } + singles.flatMap(\.output.elements))

    //: With $`A^{[0]} = X`$ the formula $`Z^{[l]} = W^{[l]}A^{[l-1]} + b^{[l]}`$ holds for every layer,
    //: so $`Z^{[1]}`$ is no exception. The bias column is added to each column, which 002 calls
    //: broadcasting.

    let recomputed = try (1...2).map { l in
      let layer = batchNetwork.layers[l - 1]
      let ones = Matrix(rows: 1, columns: 4) { _, _ in 1.0 }
      return try layer.weights * together.a(l - 1) + Matrix(column: layer.biases) * ones
    }
    notebook.claim(
      "forward.wang.layer", together.z(1).elements + together.z(2).elements,
      asPrinted: recomputed.flatMap(\.elements))

    //: ## Every Boolean function
    //:
    //: A perceptron answers 1 when its sum is not negative. One perceptron can be made to fire for
    //: exactly one row of a truth table: weight 1 where the row has a one, −1 where it has a zero, and
    //: a bias that leaves half a unit of room. A second layer that fires when any of them does, an OR,
    //: represents any Boolean function. For exclusive or the network is:

    /// The perceptron network for the truth table with a 1 in each of `rows`; row r holds the bits of r.
    func perceptrons(inputs n: Int, rows: [Int], hidden: Activation = .step, scale: Double = 1)
      throws
      -> Network<Double>
    {
      // A function that is never 1 still needs one unit: one that never fires.
      let units = rows.isEmpty ? [-1] : rows
      let weights = units.map { row in (0..<n).map { row >= 0 && row >> $0 & 1 == 1 ? 1.0 : -1.0 } }
      let biases = units.map { row in row < 0 ? -0.5 - Double(n) : 0.5 - Double(row.nonzeroBitCount)
      }
      return try Network([
        Layer(
          weights: weights.map { $0.map { scale * $0 } }, biases: biases.map { scale * $0 },
          activation: hidden),
        Layer(
          weights: [units.map { _ in scale }], biases: [-0.5 * scale], activation: hidden),
      ])
    }
    func truthTable(_ n: Int) -> Matrix<Double> {
      Matrix(rows: n, columns: 1 << n) { bit, row in Double(row >> bit & 1) }
    }
    let xor = try perceptrons(inputs: 2, rows: [1, 2])
    let xorPass = try xor.forward(truthTable(2))
    let xorUnits = xor.layers.flatMap { layer in
      layer.biases.indices.map { (weights: layer.weights.row($0), bias: layer.biases[$0]) }
    }
    notebook.table(
      "xor_weights", "The three perceptrons",
      [
        .texts("unit", "Unit", ["first hidden", "second hidden", "output"]),
        .numbers("w1", "First weight", xorUnits.map { $0.weights[0] }, .plain),
        .numbers("w2", "Second weight", xorUnits.map { $0.weights[1] }, .plain),
        .numbers("bias", "Bias", xorUnits.map(\.bias), .decimals(1)),
      ])
    notebook.table(
      "xor", "Exclusive or by three perceptrons",
      [
        .numbers("x1", "$`x_1`$", truthTable(2).row(0), .plain),
        .numbers("x2", "$`x_2`$", truthTable(2).row(1), .plain),
        .numbers("z1", "$`z_1^1`$", xorPass.z(1).row(0), .decimals(1)),
        .numbers("z2", "$`z_2^1`$", xorPass.z(1).row(1), .decimals(1)),
        .numbers("a1", "$`a_1^1`$", xorPass.a(1).row(0), .plain),
        .numbers("a2", "$`a_2^1`$", xorPass.a(1).row(1), .plain),
        .numbers("output", "$`\\hat y`$", xorPass.output.row(0), .plain),
      ])

    //: How many of the $`2^{2^n}`$ functions of $`n`$ inputs does the construction represent, and how
    //: many can a single perceptron? The single perceptrons are tried with whole weights from −2 to
    //: 2 and biases halfway between whole numbers, which is enough for three inputs.

    func represented(_ n: Int) throws -> Int {
      try (0..<(1 << (1 << n))).filter { table in
        let wanted = (0..<(1 << n)).map { Double(table >> $0 & 1) }
        let rows = (0..<(1 << n)).filter { table >> $0 & 1 == 1 }
        return try perceptrons(inputs: n, rows: rows).forward(truthTable(n)).output.elements
          == wanted
      }.count
    }
    func singlePerceptrons(_ n: Int) throws -> Int {
      var tables: Set<[Double]> = []
      let choices = (0..<n).reduce(1) { product, _ in product * 5 }
      // All biases at once: one unit for each, all with the same weights.
      let biases = stride(from: -6.5, through: 6.5, by: 1).map { $0 }
      for choice in 0..<choices {
        var rest = choice
        let weights = (0..<n).map { _ in
          defer { rest /= 5 }
          return Double(rest % 5 - 2)
        }
        let unit = try Network([
          Layer(weights: biases.map { _ in weights }, biases: biases, activation: .step)
        ])
        let output = try unit.forward(truthTable(n)).output
        for row in 0..<biases.count { tables.insert(output.row(row)) }
      }
      return tables.count
    }
    let inputs = [1, 2, 3]
    let byNetwork = try inputs.map { Double(try represented($0)) }
    let bySingle = try inputs.map { Double(try singlePerceptrons($0)) }
    let functions = inputs.map { Double(1 << (1 << $0)) }
    notebook.table(
      "boolean", "Boolean functions that are represented exactly",
      [
        .numbers("inputs", "Inputs", inputs.map(Double.init), .plain),
        .numbers("functions", "Functions", functions, .plain),
        .numbers("network", "By one hidden layer", byNetwork, .plain),
        .numbers("single", "By one perceptron", bySingle, .plain),
      ])
    notebook.claim(
      "forward.deeplearning.boolean", byNetwork, asPrinted: functions, also: bySingle)

    //: “Approximate … precisely” is a slip of the pen: perceptrons *represent* the function. To
    //: approximate is what sigmoid units in the same places do; with weights ten times as large, their
    //: exclusive or is off by up to {{xorError}}.

    let soft = try perceptrons(inputs: 2, rows: [1, 2], hidden: .sigmoid, scale: 10)
    let softOutput = try soft.forward(truthTable(2)).output.elements
    func largestError(_ output: [Double]) -> Double {
      zip(output, [0, 1, 1, 0]).map { abs($0 - $1) }.max() ?? 0
    }
    notebook.value("xorError", largestError(softOutput), .decimals(4))
    notebook.erratum(
      "erratum.deeplearning.approximate-precisely", printed: [largestError(softOutput)],
      right: [largestError(xorPass.output.elements)])

    //: ## Towers
    //:
    //: Why can one hidden layer approximate a curve? Document 001 builds it from towers. Step one: a
    //: steep logistic function is nearly a step. At $`x = {{justRight}}`$ it has reached

    let justRight = 0.01
    notebook.value("justRight", justRight)
    let steepness: [Double] = [1, 10, 100, 1000]
    let nearStep = steepness.map { sigmoid($0 * justRight) }
    notebook.table(
      "steps", "σ(wx) just right of zero",
      [
        .numbers("w", "$`w`$", steepness, .plain),
        .numbers("sigma", "$`\\sigma(wx)`$", nearStep, .decimals(6)),
        .numbers("step", "Step", steepness.map { Activation.step($0 * justRight) }, .plain),
      ])
    notebook.claim("forward.deeplearning.step", nearStep)
    notebook.claim("forward.deeplearning.slope", 4 * sigmoid.derivative(at: 0.0))
    // Where σ(100 x − 40) crosses one half, by halving the interval.
    let unit100 = try Network([Layer(weights: [[100.0]], biases: [-40], activation: .sigmoid)])
    var (below, above) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (below + above) / 2
      if try unit100.forward(Matrix(column: [middle])).output[0, 0] < 0.5 {
        below = middle
      } else {
        above = middle
      }
    }
    notebook.claim(
      "forward.deeplearning.shift", (below + above) / 2, also: [sigmoid(100 * above - 40)])

    //: The weight sets the slope, $`w/4`$ in the middle, and the bias the place, $`x = -b/w`$. Step two:
    //: the difference of two such functions with different biases is a tower. As a network that is two
    //: hidden units and an output that subtracts:

    func tower(_ w: Double, from left: Double, to right: Double) throws -> Network<Double> {
      try Network([
        Layer(weights: [[w], [w]], biases: [-w * left, -w * right], activation: .sigmoid),
        Layer(weights: [[1, -1]], biases: [0], activation: .identity),
      ])
    }
    func value(_ network: Network<Double>, at x: Double) throws -> Double {
      try network.forward(Matrix(column: [x])).output[0, 0]
    }
    let towers = try [10.0, 100, 1000].map { (w: $0, network: try tower($0, from: 0.4, to: 0.6)) }
    func area(_ w: Double) -> Double {
      func integral(_ x: Double) -> Double {
        (Double.softplus(w * (x - 0.4)) - Double.softplus(w * (x - 0.6))) / w
      }
      return integral(50) - integral(-50)
    }
    notebook.table(
      "tower", "A tower between 0.4 and 0.6",
      [
        .numbers("w", "$`w`$", towers.map(\.w), .plain),
        .numbers(
          "height", "At 0.5", try towers.map { try value($0.network, at: 0.5) }, .decimals(6)),
        .numbers(
          "leak", "At 0.2", try towers.map { try value($0.network, at: 0.2) },
          .significant(4)),
        .numbers("area", "Area", towers.map { area($0.w) }, .decimals(6)),
      ])
    notebook.claim(
      "forward.deeplearning.tower",
      try towers.prefix(2).flatMap { try [value($0.network, at: 0.5), value($0.network, at: 0.2)] }
        + [area(10)])
    notebook.figure(
      "towers",
      Plot(
        title: "Towers from two sigmoid units",
        description:
          "Three towers between 0.4 and 0.6. With w = 10 it is a low hill, with w = 100 almost a box, with w = 1000 a box.",
        x: Plot.Axis("x", range: 0...1), y: Plot.Axis("tower(x)", range: -0.05...1.15),
        try towers.map { tower in
          try Plot.Series("w = \(Int(tower.w))", over: 0...1, count: 400) {
            try value(tower.network, at: $0)
          }
        }))

    //: The area stays the same: a steeper tower is higher in the middle and leaks less. Step three: add
    //: towers side by side, each as high as the function in its middle. That is one hidden layer of
    //: $`2N`$ units for $`N`$ towers.

    func staircase(_ count: Int, _ function: (Double) -> Double) throws -> Network<Double> {
      let w = 40 * Double(count)
      let towers = (0..<count).map { k -> (left: Double, right: Double, height: Double) in
        // The outer edges lie outside, where no half step is seen.
        let left = k == 0 ? -1 : Double(k) / Double(count)
        let right = k == count - 1 ? 2 : Double(k + 1) / Double(count)
        return (left, right, function((Double(k) + 0.5) / Double(count)))
      }
      return try Network([
        Layer(
          weights: towers.flatMap { _ in [[w], [w]] },
          biases: towers.flatMap { [-w * $0.left, -w * $0.right] }, activation: .sigmoid),
        Layer(
          weights: [towers.flatMap { [$0.height, -$0.height] }], biases: [0], activation: .identity),
      ])
    }
    let curves: [(name: String, function: (Double) -> Double)] = [
      ("sin 2πx", { .sin(2 * .pi * $0) }), ("x²", { $0 * $0 }), ("|x − ½|", { abs($0 - 0.5) }),
    ]
    let counts = [4, 8, 16, 32, 64]
    let grid = Matrix(rows: 1, columns: 401) { _, j in Double(j) / 400 }
    func errors(_ function: (Double) -> Double) throws -> [Double] {
      try counts.map { count in
        let output = try staircase(count, function).forward(grid).output
        return zip(output.elements, grid.elements).map { abs($0 - function($1)) }.max() ?? 0
      }
    }
    let errorsByCurve = try curves.map { try errors($0.function) }
    notebook.figure(
      "approximation",
      Plot(
        title: "sin 2πx by 8 and by 32 towers",
        description:
          "The curve of sin 2πx, a staircase of 8 towers that crosses it in the middle of every step, and a much finer one of 32.",
        x: Plot.Axis("x", range: 0...1), y: Plot.Axis("f(x)", range: -1.2...1.2),
        [Plot.Series("sin 2πx", over: 0...1, curves[0].function)]
          + (try [8, 32].map { count in
            let output = try staircase(count, curves[0].function).forward(grid).output
            return Plot.Series("\(count) towers", x: grid.elements, y: output.elements)
          })))
    notebook.table(
      "tower_errors", "The largest error on 401 points",
      [.numbers("towers", "Towers", counts.map(Double.init), .plain)]
        + zip(["sine", "square", "absolute"], zip(curves, errorsByCurve)).map { name, pair in
          .numbers(name, pair.0.name.replacing("|", with: "∣"), pair.1, .decimals(4))
        })
    notebook.figure(
      "tower_error_curve",
      Plot(
        title: "The error halves when the towers double",
        description:
          "Largest error against the number of towers on logarithmic axes: three straight lines that fall with slope −1.",
        x: Plot.Axis("towers", .logarithmic, range: 3...100),
        y: Plot.Axis("largest error", .logarithmic, range: 0.005...2),
        zip(curves, errorsByCurve).map { curve, errors in
          Plot.Series(curve.name, .linePoints, x: counts.map(Double.init), y: errors)
        }))
    let slope64 = Double.log(errorsByCurve[0][4] / errorsByCurve[0][0]) / Double.log(64 / 4)
    notebook.value("errorSlope", slope64, .decimals(2))

    //: On logarithmic axes the error of the sine falls with slope {{errorSlope}}: half the width of a
    //: step, half the error. So for any ε there is a number of towers that is enough, as long as the
    //: function has no jumps. For the sine:

    //- hide
    let wanted = [0.5, 0.2, 0.1, 0.05]
    let needed = wanted.map { epsilon in
      zip(counts, errorsByCurve[0]).first { $0.1 < epsilon }.map { Double($0.0) } ?? .infinity
    }
    notebook.table(
      "epsilon", "The first of these that brings the error of sin 2πx below ε",
      [
        .numbers("epsilon", "ε", wanted, .decimals(2)),
        .numbers("towers", "Towers", needed, .plain),
      ])
    notebook.claim("forward.deeplearning.tower-sum", errorsByCurve[0])
    notebook.claim(
      "forward.deeplearning.universal", Double(needed.filter(\.isFinite).count),
      asPrinted: Double(wanted.count))
    //- end

    //: ### Where approximation fails
    //:
    //: “Any function” (001) and “any bounded function” (000) say too much. The unit step is
    //: bounded, but it jumps; a network of sigmoid units is continuous. Just left of the jump the step
    //: is 0, at the jump 1, and the network's output is nearly the same on both sides, so it is wrong by
    //: at least one half on one of them. Steeper units do shrink the *area* between the curves.

    let widths: [Double] = [10, 100, 1000, 10000]
    let supremum = widths.map { w in
      [-1e-12, 0].map { abs(Activation.step($0) - sigmoid(w * $0)) }.max() ?? 0
    }
    let areas = widths.map { w in 2 * (Double.softplus(0) - Double.softplus(-w)) / w }
    notebook.table(
      "jump", "σ(wx) against the unit step on −1 to 1",
      [
        .numbers("w", "$`w`$", widths, .plain),
        .numbers("largest_error", "Largest error", supremum, .decimals(6)),
        .numbers("area", "Area between", areas, .significant(4)),
      ])
    // The better of all weights and biases tried: still one half on one side of the jump.
    func errorAtJump(_ w: Double, _ b: Double) -> Double {
      max(sigmoid(b - w * 1e-12), abs(1 - sigmoid(b)))
    }
    let tried = [1.0, 10, 100, 1000].flatMap { w in
      (-12...12).map { errorAtJump(w, Double($0) / 4) }
    }
    notebook.claim("forward.sellie.universal", tried.min() ?? 0, asPrinted: 0, within: 1e-9)
    let jump = { (x: Double) in Activation.step(x - 0.5) }
    let jumpErrors = try counts.map { count in
      let network = try staircase(count, jump)
      return try [0.5 - 1e-12, 0.5].map { abs(try value(network, at: $0) - jump($0)) }.max() ?? 0
    }
    notebook.claim(
      "forward.deeplearning.universal-any", jumpErrors.min() ?? 0, asPrinted: 0, within: 1e-9)

    //: ### Two inputs
    //:
    //: Document 001 asks for two parameters and answers with a figure that is not in the text. The usual
    //: construction: a tower along each input, added, is 2 on the square where both stand and at most 1
    //: elsewhere; a second sigmoid with its threshold between leaves the square alone. As a network:

    let square = try Network([
      Layer(
        weights: [[100, 0], [100, 0], [0, 100], [0, 100]], biases: [-40, -60, -40, -60],
        activation: .sigmoid),
      Layer(weights: [[1, -1, 1, -1]], biases: [0], activation: .identity),
      Layer(weights: [[100]], biases: [-150], activation: .sigmoid),
    ])
    let places: [(name: String, x1: Double, x2: Double)] = [
      ("in the square", 0.5, 0.5), ("beside it", 0.2, 0.5), ("above it", 0.5, 0.9),
      ("in a corner", 0.1, 0.1),
    ]
    let placesPass = try square.forward(Matrix([places.map(\.x1), places.map(\.x2)]))
    let squareOutputs = placesPass.output.elements
    notebook.table(
      "square_tower", "A tower over a square",
      [
        .texts("place", "Place", places.map(\.name)),
        .numbers("x1", "$`x_1`$", places.map(\.x1), .decimals(1)),
        .numbers("x2", "$`x_2`$", places.map(\.x2), .decimals(1)),
        .numbers("sum", "Sum of two towers", placesPass.a(2).elements, .decimals(4)),
        .numbers("output", "Output", squareOutputs, .decimals(4)),
      ])

    //: All points of a grid are the columns of one matrix, and one pass computes both figures:

    let ticks = (0...40).map { Double($0) / 40 }
    let squarePass = try square.forward(
      Matrix([ticks.flatMap { _ in ticks }, ticks.flatMap { x2 in ticks.map { _ in x2 } }]))
    func heatMap(_ title: String, _ description: String, _ values: Matrix<Double>) -> HeatMap {
      HeatMap(
        title: title, description: description, x: Plot.Axis("x₁"), y: Plot.Axis("x₂"),
        valueLabel: "height", columns: ticks, rows: ticks,
        values: ticks.indices.map { row in ticks.indices.map { values[0, ticks.count * row + $0] } }
      )
    }
    notebook.figure(
      "square_tower_sum",
      heatMap(
        "The sum of two towers",
        "Two walls of height 1 cross; where they cross, the sum is 2.", squarePass.a(2)))
    notebook.figure(
      "square_tower_output",
      heatMap(
        "The output: a tower over a square",
        "The walls are gone. The output is 1 in the square, one half in the middle of its sides and 0 outside.",
        squarePass.output))

    //: ## What cannot be computed

    notebook.notComputable("forward.deeplearning.tower-2d", known: squareOutputs)
    notebook.notComputable("forward.wang.notebook")
    notebook.notComputable("forward.damlf.figures")
    //- hide
  }
}
//- end
