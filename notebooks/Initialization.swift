//- hide
import ArgumentParser
import Datasets
import Foundation
import NeuralNetwork
import Notebook

@main struct Initialization: Lecture {
  static let title = "Initialization and the training recipe"
  static let source = #filePath

  @Option(parsing: .unconditional, help: "α, the step size on the network that starts from zero.")
  var learningRate = 1.0

  @Option(parsing: .unconditional, help: "ε, the range of the recipe's first weights.")
  var epsilon = 0.3

  @Option(
    parsing: .unconditional,
    help: "How many random starts on exclusive or are counted for each width.")
  var starts = 100

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] {
    [
      Parameter("learning-rate", "α", learningRate, in: 1e-3...10),
      Parameter("epsilon", "ε", epsilon, in: 1e-3...10),
      Parameter("starts", "the number of starts", Double(starts), in: 20...1000),
    ]
  }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # Initialization and the training recipe
    //:
    //: Backpropagation gives the gradient of the cost at any weights. Two things are missing before a network
    //: can be trained: weights to start from, and a way to go downhill. The lecture shows why zeros will not do,
    //: which random numbers will, and then trains on handwritten digits by the recipe of 003, step by step.
    //:
    //: Layers are counted as in 003: the input is layer 1, $`\Theta^{(l)}`$ leads from layer $`l`$ to layer
    //: $`l + 1`$, and its column 0 holds the biases.
    //:
    //: ## All parameters in one vector
    //:
    //: A minimizer knows nothing of layers; it wants a function of *one* vector. So the matrices are
    //: unrolled into a vector, and each time the cost is wanted, the vector is reshaped into matrices. The
    //: example of 003 has ten inputs, two hidden layers of ten units and one output:

    func theta(_ parameters: Parameters<Double>) -> Matrix<Double> {
      Matrix(rows: parameters.weights.rows, columns: parameters.weights.columns + 1) { i, j in
        j == 0 ? parameters.biases[i] : parameters.weights[i, j - 1]
      }
    }
    func reshaped(_ vector: [Double], _ shapes: [Shape]) -> [Matrix<Double>] {
      var rest = vector[...]
      return shapes.map { shape in
        defer { rest = rest.dropFirst(shape.rows * shape.columns) }
        return Matrix(
          rows: shape.rows, columns: shape.columns,
          elements: Array(rest.prefix(shape.rows * shape.columns)))
      }
    }
    var generator = SplitMix64(seed: 9)
    let three = try Network.random(
      sizes: [10, 10, 10, 1], hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    let thetas = three.layers.map { theta($0.parameters) }
    let vector = thetas.flatMap(\.elements)
    let counts = thetas.map(\.elements.count)
    let firsts = counts.indices.map { counts[..<$0].reduce(0, +) }
    let lasts = zip(firsts, counts).map { $0 + $1 - 1 }
    let back = reshaped(vector, thetas.map(\.shape))
    notebook.table(
      "unrolled", "Three matrices in one vector",
      [
        .texts("matrix", "Matrix", (1...3).map { "$`\\Theta^{(\($0))}`$" }),
        .texts("shape", "Shape", thetas.map { "\($0.shape)" }),
        .numbers("entries", "Entries", counts.map(Double.init), .plain),
        .numbers("first", "First place", firsts.map(Double.init), .plain),
        .numbers("last", "Last place", lasts.map(Double.init), .plain),
      ])
    notebook.value("length", Double(vector.count))
    notebook.value("lost", Double(zip(thetas, back).filter { $0 != $1 }.count))

    //: The vector has {{length}} numbers. Reshaped, it gives the matrices back: {{lost}} of them differ.
    //: The derivatives $`D^{(l)}`$ have the same shapes, so the gradient unrolls into a vector of the same
    //: length. Any order will do that is the same both ways; the engine's `parameters` puts each layer's
    //: biases last.
    //:
    //: Three matrices join *four* layers. The slide's “s_1 = s_2 = 10; s_3 = 1” has three; with those sizes there
    //: would be {{twoMatrices}} parameters and no $`\Theta^{(3)}`$.

    let derivatives = try three.backward(
      three.forward(Matrix(column: (1...10).map(Double.init))), targets: Matrix(column: [1.0]),
      loss: .binaryCrossEntropy(reduction: .mean)
    ).gradients.map(theta)
    let twoMatrices = try Network.random(
      sizes: [10, 10, 1], hidden: .sigmoid, output: .sigmoid, .zeros, using: &generator)
    func sizes(_ matrices: [Matrix<Double>]) -> [Double] {
      matrices.flatMap { [Double($0.rows), Double($0.columns)] }
    }
    notebook.value("twoMatrices", Double(twoMatrices.parameters.count))
    notebook.shared("parameters of the 10-10-10-1 network", Double(vector.count))
    notebook.claim("initialization.damlf.unroll-theta", sizes(thetas))
    notebook.claim("initialization.damlf.unroll-d", sizes(derivatives))
    let slices = zip(firsts, lasts).flatMap { [$0, $1] }
    notebook.claim(
      "initialization.damlf.unroll-length", (counts + [vector.count] + slices).map(Double.init))
    notebook.claim(
      "initialization.damlf.unroll-sizes",
      [Double(three.inputCount)] + three.layers.prefix(2).map { Double($0.weights.rows) },
      also: [Double(three.outputCount), Double(vector.count)])

    //: Under “Unroll and Reshape” 003 shows another reshaping only: that of the images of MNIST, 28 rows of 28
    //: pixels, into vectors. Row $`r`$, column $`c`$ of an image goes to place $`28 r + c`$. On three made-up
    //: images with every grey value:

    let grey = { (image: Int, row: Int, column: Int) in (100 * image + 28 * row + column) % 256 }
    let flat = (0..<3).flatMap { image in
      (0..<28).flatMap { row in (0..<28).map { Double(grey(image, row, $0)) } }
    }
    let images = Matrix(rows: 28 * 28, columns: 3, elements: flat)
    let scaled = images.map { $0 / 255 }
    let moved = (0..<3).flatMap { image in
      (0..<784).filter { images[$0, image] != Double(grey(image, $0 / 28, $0 % 28)) }
    }
    let stored: [(name: String, images: Int)] = [("X_train", 60000), ("X_test", 10000)]
    let numbers = stored.map { $0.images * images.rows }
    notebook.table(
      "mnist", "What the slide's code does to the images",
      [
        .texts("array", "Array", stored.map { "`\($0.name)`" }),
        .texts("before", "Before", stored.map { "\($0.images)×28×28" }),
        .texts("after", "After", stored.map { "\($0.images)×\(images.rows)" }),
        .numbers("numbers", "Numbers", numbers.map(Double.init), .plain),
        .numbers(
          "bytes", "Bytes as `float32`", numbers.map { Double($0 * MemoryLayout<Float>.size) },
          .plain),
      ])
    notebook.value("pixels", Double(flat.count))
    notebook.value("moved", Double(moved.count))
    notebook.value("darkest", scaled.elements.min() ?? .nan)
    notebook.value("brightest", scaled.elements.max() ?? .nan)

    //: Of the {{pixels}} pixels {{moved}} are out of place, and division by 255 brings the grey values into the range from
    //: {{darkest}} to {{brightest}}. NumPy stores row by row with an image a row, the engine column by column
    //: with an image a column: in memory that is the same. The code's two `print` lines show “(60000, 784)” and
    //: “(10000, 784)”, so the sentence below it, that “X_∗” is reshaped to 60,000 rows, is true of
    //: `X_train` only: the test set's numbers fill {{testRows}} rows of 784.

    let testRows = numbers[1] / 784
    let half = scaled.elements[flat.firstIndex(of: 128) ?? 0]
    notebook.value("testRows", Double(testRows))
    notebook.claim("initialization.damlf.mnist-784", Double(images.rows))
    func size(_ index: Int) -> [Double] {
      [Double(numbers[index]), Double(numbers[index] * MemoryLayout<Float>.size)]
    }
    notebook.claim(
      "initialization.damlf.mnist-train", [Double(stored[0].images), Double(images.rows)],
      also: size(0))
    notebook.claim(
      "initialization.damlf.mnist-test", [Double(stored[1].images), Double(images.rows)],
      also: size(1))
    notebook.claim(
      "initialization.damlf.mnist-scale",
      [scaled.elements.min() ?? .nan, half, scaled.elements.max() ?? .nan],
      asPrinted: [0, 128.0 / 255, 1])
    notebook.claim(
      "initialization.damlf.mnist-print",
      stored.indices.flatMap {
        [Double(stored[$0].images), Double(numbers[$0] / stored[$0].images)]
      },
      asPrinted: [60000, 784, 10000, 784])
    notebook.claim("initialization.damlf.mnist-wildcard", Double(testRows))
    notebook.erratum(
      "erratum.damlf.unroll-heading", printed: [Double(images.rows)], right: [Double(vector.count)])

    //: ## Zeros serve logistic regression
    //:
    //: Logistic regression is a network without hidden layer, and 003 starts it from zero, “because g(z) = 1 if
    //: z ≥ 0 and g(z) = 0 if z < 0”. That is the step function, not the sigmoid: at 0 the sigmoid answers
    //: {{gZero}}, and the gradient is $`(\tfrac12 - y)\,x`$. For $`x = (1, \tfrac12)`$, $`y = 1`$ it is
    //: {{gradientX1}} and {{gradientX2}}: different weights, different slopes. The step function would answer 1,
    //: the wanted answer, and nothing would move.

    let x = Matrix(column: [1.0, 0.5])
    let y = Matrix(column: [1.0])
    let crossEntropy = Loss.binaryCrossEntropy(reduction: .mean)
    let regression = try Network.random(
      sizes: [2, 1], hidden: .sigmoid, output: .sigmoid, .zeros, using: &generator)
    let regressionPass = try regression.forward(x)
    let slope = try regression.backward(regressionPass, targets: y, loss: crossEntropy).gradient(1)
    let stepAnswer = Activation.step(0.0)
    notebook.value("gZero", regressionPass.output[0, 0])
    notebook.value("gradientX1", slope.weights[0, 0])
    notebook.value("gradientX2", slope.weights[0, 1])
    notebook.claim(
      "initialization.damlf.logreg-zero", [regressionPass.output[0, 0]] + slope.weights.elements,
      asPrinted: [stepAnswer, (stepAnswer - 1) * 1, (stepAnswer - 1) * 0.5])

    //: Zeros do no harm because this cost is convex: every start leads to the same place. Sixty points of two
    //: classes that overlap, from zero and from two far corners:

    let points = Matrix(rows: 2, columns: 60) { row, column in
      generator.normal() + (column % 2 == row ? 1 : 0)
    }
    let classes = Matrix(rows: 1, columns: 60) { _, column in Double(column % 2) }
    let corners = [[0.0, 0, 0], [8, -8, 8], [-8, 8, 8]]
    func last(_ path: LBFGS.Path) -> Double { path.iterates[path.iterates.count - 1].value }
    let regressions = try corners.map { corner in
      try LBFGS(gradientTolerance: 1e-9).minimize(from: corner) {
        try regression.costAndGradient(at: $0, inputs: points, targets: classes, loss: crossEntropy)
      }
    }
    notebook.table(
      "logistic_starts", "Logistic regression from three starts",
      [
        .texts(
          "start", "Start",
          corners.map { "(" + $0.map(NumberFormat.plain.text).joined(separator: ", ") + ")" }),
        .numbers(
          "first_cost", "First cost", regressions.map { $0.iterates[0].value }, .decimals(6)),
        .numbers("theta_1", "$`\\theta_1`$", regressions.map { $0.point[0] }, .decimals(6)),
        .numbers("theta_2", "$`\\theta_2`$", regressions.map { $0.point[1] }, .decimals(6)),
        .numbers("theta_0", "$`\\theta_0`$", regressions.map { $0.point[2] }, .decimals(6)),
        .numbers(
          "last_cost", "Last cost", regressions.map(last),
          .decimals(6)),
      ])

    //: ## Zeros fail with hidden units
    //:
    //: The network of 003 has two inputs, two hidden units and one output: {{count1}} and {{count2}}, together
    //: {{count}} parameters. All are zero; the one example is $`x = (1, \tfrac12)`$, $`y = 1`$, and the step
    //: size $`\alpha = {{alpha}}`$.

    func zeros(_ sizes: [Int], hidden: Activation = .sigmoid) throws -> Network<Double> {
      try Network.random(
        sizes: sizes, hidden: hidden, output: .sigmoid, .zeros, using: &generator)
    }
    typealias Step = (
      network: Network<Double>, pass: ForwardPass<Double>, back: BackwardPass<Double>
    )
    func steps(_ count: Int, from start: Network<Double>) throws -> [Step] {
      var network = start
      return try (0..<count).map { _ in
        let before = network
        let pass = try network.forward(x)
        let back = try network.backward(pass, targets: y, loss: crossEntropy)
        try network.update(with: back.gradients, learningRate: learningRate)
        return (before, pass, back)
      }
    }
    let twins = try zeros([2, 2, 1])
    let descent = try steps(1000, from: twins)
    let shown = Array(descent.prefix(5))
    func row(_ unit: Int, _ step: Step) -> [Double] {
      theta(step.network.layers[0].parameters).row(unit)
    }
    notebook.table(
      "zero_steps", "Five steps from zero",
      [
        .numbers("step", "Step", shown.indices.map { Double($0 + 1) }, .plain),
        .numbers("theta_10", "$`\\Theta_{10}`$", shown.map { row(0, $0)[0] }, .decimals(6)),
        .numbers("theta_20", "$`\\Theta_{20}`$", shown.map { row(1, $0)[0] }, .decimals(6)),
        .numbers("a_1", "$`a_1^{(2)}`$", shown.map { $0.pass.a(1)[0, 0] }, .decimals(6)),
        .numbers("a_2", "$`a_2^{(2)}`$", shown.map { $0.pass.a(1)[1, 0] }, .decimals(6)),
        .numbers(
          "delta_1", "$`\\delta_1^{(2)}`$", shown.map { $0.back.delta(1)[0, 0] }, .decimals(6)),
        .numbers(
          "delta_2", "$`\\delta_2^{(2)}`$", shown.map { $0.back.delta(1)[1, 0] }, .decimals(6)),
        .numbers("h", "$`h`$", shown.map { $0.pass.output[0, 0] }, .decimals(6)),
      ])
    let second = try Derivation(
      descent[1].network, inputs: x, targets: y, loss: crossEntropy, in: .of("003"))
    notebook.equation(
      (second.lines(.deltas)
        + (1...2).map { second.line(.weightGradient(layer: 1, unit: $0, source: 1)) }).tex)
    let unequal = descent.filter {
      row(0, $0) != row(1, $0) || $0.pass.a(1)[0, 0] != $0.pass.a(1)[1, 0]
        || $0.back.delta(1)[0, 0] != $0.back.delta(1)[1, 0]
    }.count
    notebook.value("count1", Double(theta(twins.layers[0].parameters).elements.count))
    notebook.value("count2", Double(theta(twins.layers[1].parameters).elements.count))
    notebook.value("count", Double(twins.parameters.count))
    notebook.value("alpha", learningRate)
    notebook.value("unequal", Double(unequal))

    //: The answer $`h`$ gets better, but the two hidden units are one unit counted twice. In a thousand steps there
    //: are {{unequal}} at which a weight, an activation or a delta of one differs from the other's, in any bit.

    //- fold: How it is checked: one hidden unit, counted twice
    struct Unit {
      var theta = [0.0, 0, 0]
      var top = [0.0, 0]
    }
    func sigmoid(_ z: Double) -> Double { 1 / (1 + Double.exp(-z)) }
    var unit = Unit()
    let replay = (0..<5).map { _ in
      let before = unit
      let a = sigmoid(unit.theta[0] + unit.theta[1] * 1 + unit.theta[2] * 0.5)
      let h = sigmoid(unit.top[0] + 2 * unit.top[1] * a)
      let delta = (h - 1) * unit.top[1] * a * (1 - a)
      let gradient = [delta, delta * 1, delta * 0.5]
      unit.theta = zip(unit.theta, gradient).map { $0 - learningRate * $1 }
      unit.top = [unit.top[0] - learningRate * (h - 1), unit.top[1] - learningRate * (h - 1) * a]
      return (theta: before.theta, a: a, delta: delta, gradient: gradient)
    }
    notebook.claim(
      "initialization.damlf.zero-equal-theta", shown.flatMap { row(0, $0) + row(1, $0) },
      asPrinted: replay.flatMap { $0.theta + $0.theta })
    notebook.claim(
      "initialization.damlf.zero-equal-a", shown.prefix(3).flatMap { $0.pass.a(1).elements },
      asPrinted: replay.prefix(3).flatMap { [$0.a, $0.a] })
    notebook.claim(
      "initialization.damlf.zero-equal-delta",
      shown.prefix(3).flatMap { $0.back.delta(1).elements },
      asPrinted: replay.prefix(3).flatMap { [$0.delta, $0.delta] })
    notebook.claim(
      "initialization.damlf.zero-equal-grad",
      shown.flatMap { step in (0..<2).flatMap { theta(step.back.gradient(1)).row($0) } },
      asPrinted: replay.flatMap { $0.gradient + $0.gradient })
    notebook.claim(
      "initialization.damlf.params-221",
      (twins.layers.map { Double($0.parameters.elements.count) }) + [Double(twins.parameters.count)]
    )
    notebook.claim(
      "initialization.damlf.zero-output", shown.prefix(3).map { $0.pass.output[0, 0] })
    //- end

    //: So the slide's chain of equalities holds: equal weights, equal activations, equal deltas, equal derivatives,
    //: equal weights again. They compute the same function *of* the input; “the same function as the input”
    //: would mean $`a = x`$. And before any step every answer is one half, so that each of K outputs costs
    //: $`\ln 2`$: {{costOne}} for one, {{costFive}} for five.

    let probes = Matrix(rows: 2, columns: 3) { _, column in Double(column) - 1 }
    let fifth = try steps(5, from: twins)[4].network.forward(probes).a(1)
    let five = try zeros([2, 2, 5])
    let zeroCosts = try [(twins, 1), (five, 5)].map { network, outputs in
      try network.cost(
        inputs: x, targets: Matrix(rows: outputs, columns: 1) { row, _ in row == 0 ? 1 : 0 },
        loss: crossEntropy)
    }
    notebook.value("costOne", zeroCosts[0], .decimals(4))
    notebook.value("costFive", zeroCosts[1], .decimals(4))
    notebook.shared("cross-entropy of five outputs at zero weights", zeroCosts[1])
    notebook.claim("initialization.damlf.zero-cost", zeroCosts)
    notebook.claim(
      "initialization.damlf.same-function", fifth.row(0), asPrinted: probes.row(0),
      also: fifth.row(1))

    //: ### When the deltas are zero
    //:
    //: The slide gives $`\delta_1^{(l)} = \delta_2^{(l)} = 0`$ as the reason. Equal they are, but zero only at
    //: first. The error passes down through the weights, and zero weights let nothing through. The first step makes
    //: $`\Theta^{(L-1)}`$ nonzero, the next one $`\Theta^{(L-2)}`$, and so on: with L layers, $`\delta^{(l)}`$
    //: is zero up to step $`L - l`$ and not from step $`L - l + 1`$ on.

    let depths = [3, 4, 5]
    let deep = try depths.map { depth in
      try steps(40, from: zeros(Array(repeating: 2, count: depth - 1) + [1]))
    }
    func first(layer: Int, _ steps: [Step]) -> Double {
      let step = steps.firstIndex { $0.back.delta(layer - 1).elements.contains { $0 != 0 } }
      return step.map { Double($0 + 1) } ?? .infinity
    }
    let firstSteps = zip(depths, deep).map { depth, steps in
      stride(from: depth, to: 1, by: -1).map { first(layer: $0, steps) }
    }
    notebook.table(
      "first_delta", "The first step with a nonzero delta",
      [
        .texts("network", "Network", ["2-2-1", "2-2-2-1", "2-2-2-2-1"]),
        .texts(
          "steps", "$`\\delta^{(L)}`$, $`\\delta^{(L-1)}`$, …, $`\\delta^{(2)}`$",
          firstSteps.map { $0.map(NumberFormat.plain.text).joined(separator: ", ") }),
      ])
    notebook.figure(
      "delta_by_step",
      Plot(
        title: "Five layers from zero: the error comes down",
        description:
          "The size of a delta of each layer by step, on a logarithmic axis, where zero has no place: each layer's "
          + "line begins one step after that of the layer above, and far below it.",
        x: Plot.Axis("step", range: 0.5...40), y: Plot.Axis("|δ|", .logarithmic),
        [5, 4, 3, 2].map { layer in
          Plot.Series(
            "layer \(layer)", .line, x: deep[2].indices.map { Double($0 + 1) },
            y: deep[2].map { abs($0.back.delta(layer - 1)[0, 0]) })
        }))
    notebook.claim(
      "initialization.damlf.zero-delta-zero", firstSteps.flatMap { $0 },
      asPrinted: firstSteps.flatMap { [1] + $0.dropFirst().map { _ in .infinity } })

    //: Nor is it the zero as such. What counts is that the units start *equal*; and with tanh or ReLU in the
    //: hidden layer, where $`g(0) = 0`$, zeros are worse: no product of an activation and a delta is ever
    //: nonzero, and only the output's bias moves. Exclusive or is worse still: the four errors cancel, and all
    //: derivatives are zero.

    let xorInputs = try Matrix([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    let xorTargets = try Matrix([[0.0, 1, 1, 0]])
    let relatives = try [Activation.sigmoid, .tanh, .relu].map { hidden in
      try steps(100, from: zeros([2, 2, 1], hidden: hidden))[99].network
    }
    let xorZero = try twins.costAndGradient(
      at: twins.parameters, inputs: xorInputs, targets: xorTargets, loss: crossEntropy)
    notebook.table(
      "moved_from_zero", "A hundred steps from zero",
      [
        .texts("hidden", "Hidden units", ["sigmoid", "tanh", "ReLU"]),
        .numbers(
          "moved", "Parameters that moved, of 9",
          relatives.map { Double($0.parameters.filter { $0 != 0 }.count) }, .plain),
        .numbers(
          "h", "Answer $`h`$", try relatives.map { try $0.forward(x).output[0, 0] }, .decimals(4)),
      ])
    notebook.claim(
      "initialization.damlf.zero-fails-q",
      [Double(unequal), xorZero.gradient.map(\.magnitude).max() ?? .nan, xorZero.value])

    //: ## Random starts
    //:
    //: Random weights make the units different. On exclusive or, with four hidden units and L-BFGS (of which
    //: [below](#four-ways-downhill)), five ways to begin; the third and fourth column say how far apart the two
    //: most similar units are, before and after:

    //- fold: How a start is drawn, trained and measured
    let wide = try zeros([2, 4, 1])
    func random(
      _ hidden: Int, _ scheme: NeuralNetwork.Initialization, seed: UInt64
    ) throws -> Network<Double> {
      var generator = SplitMix64(seed: seed)
      return try Network.random(
        sizes: [2, hidden, 1], hidden: .sigmoid, output: .sigmoid, scheme, using: &generator)
    }
    func learned(_ start: Network<Double>) throws -> LBFGS.Path {
      try LBFGS(gradientTolerance: 1e-4, maxIterations: 60).minimize(from: start.parameters) {
        try start.costAndGradient(
          at: $0, inputs: xorInputs, targets: xorTargets, loss: crossEntropy)
      }
    }
    func with(_ parameters: [Double], _ network: Network<Double>) -> Network<Double> {
      var changed = network
      changed.parameters = parameters
      return changed
    }
    func apart(_ network: Network<Double>) -> Double {
      let rows = theta(network.layers[0].parameters)
      return (0..<rows.rows).flatMap { i in
        (0..<i).map { j in zip(rows.row(i), rows.row(j)).map { abs($0 - $1) }.max() ?? 0 }
      }.min() ?? 0
    }
    /// The network with the weights or the biases of every layer replaced by zero.
    func cleared(_ network: Network<Double>, weights: Bool) throws -> Network<Double> {
      try Network(
        network.layers.map { layer in
          try Layer(
            Parameters(
              weights: layer.weights.scaled(by: weights ? 0 : 1),
              biases: layer.biases.map { weights ? $0 : 0 }),
            activation: layer.activation)
        })
    }
    //- end
    let seeded = try random(4, .uniform(1), seed: 6)
    let begins: [(name: String, network: Network<Double>)] = [
      ("all zero", wide), ("all one half", with(wide.parameters.map { _ in 0.5 }, wide)),
      ("random biases, weights zero", try cleared(seeded, weights: true)),
      ("random weights, biases zero", try cleared(seeded, weights: false)),
      ("both random", seeded),
    ]
    let ends = try begins.map { try learned($0.network) }
    notebook.table(
      "starts", "Five starts on exclusive or",
      [
        .texts("start", "Start", begins.map(\.name)),
        .numbers(
          "first_cost", "First cost", ends.map { $0.iterates[0].value }, .decimals(4)),
        .numbers("apart_before", "Apart before", begins.map { apart($0.network) }, .decimals(4)),
        .numbers(
          "apart_after", "Apart after", ends.map { apart(with($0.point, wide)) }, .decimals(4)),
        .numbers("last_cost", "Last cost", ends.map(last), .decimals(4)),
      ])

    //: “Both random” is what 000 asks for, and 003 too, for whom the biases are part of $`\Theta`$. Random weights are
    //: enough: the biases may start at zero. Random biases are not: without weights no answer depends on the
    //: input, and the errors cancel again. From equal nonzero weights the four units end where one unit would.
    //: “Initialize θ_0” in 001 says nothing of the distribution, and zeros would be allowed.

    //- fold: How the statements about random starts are checked
    func different(_ network: Network<Double>) -> Double {
      let rows = theta(network.layers[0].parameters)
      return Double(Set((0..<rows.rows).map(rows.row)).count)
    }
    let hundred = try (1...100).map { try random(2, .uniform(1), seed: UInt64($0)) }
    let separate = try hundred.filter { start in
      let a = try start.forward(xorInputs).a(1)
      return (0..<4).allSatisfy { a[0, $0] != a[1, $0] }
    }
    notebook.claim(
      "initialization.damlf.random-symmetry", Double(separate.count),
      asPrinted: Double(hundred.count))
    notebook.claim(
      "initialization.sellie.random",
      [different(seeded)], asPrinted: [Double(seeded.layers[0].biases.count)],
      also: [different(try cleared(seeded, weights: false))])
    notebook.claim(
      "initialization.deeplearning.theta0", [different(seeded)],
      readings: [[different(try cleared(seeded, weights: false))], [different(wide)]])
    //- end

    //: ### Which random numbers
    //:
    //: 003 says “in some range, [−ε, ε]” and leaves open how they are distributed and what ε is. If every number
    //: of the range is equally likely, the mean is 0 and the variance $`\varepsilon^2/3`$; other distributions in
    //: the same range have up to $`\varepsilon^2`$. Three later rules choose the variance by the layer's number
    //: of inputs $`n`$ and units $`m`$, so that a sum of $`n`$ terms neither grows nor shrinks. Drawn for a layer
    //: with a hundred inputs and fifty units:

    let rules:
      [(name: String, variance: String, scheme: NeuralNetwork.Initialization, asked: Double)] = [
        ("uniform, ε one tenth", "$`\\varepsilon^2/3`$", .uniform(0.1), 0.1 * 0.1 / 3),
        ("LeCun", "$`1/n`$", .leCun, 1.0 / 100), ("Xavier", "$`2/(n+m)`$", .xavier, 2.0 / 150),
        ("He", "$`2/n`$", .he, 2.0 / 100),
      ]
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func variance(_ values: [Double]) -> Double {
      let center = mean(values)
      return mean(values.map { ($0 - center) * ($0 - center) })
    }
    let drawn = try rules.map { rule in
      try Network.random(
        sizes: [100, 50], hidden: .tanh, output: .tanh, rule.scheme, using: &generator
      ).layers[0]
    }
    notebook.table(
      "schemes", "Five thousand weights by each rule",
      [
        .texts("rule", "Rule", rules.map(\.name)),
        .texts("variance", "Variance", rules.map(\.variance)),
        .numbers("asked", "Asked for", rules.map(\.asked), .decimals(5)),
        .numbers("found", "Found", drawn.map { variance($0.weights.elements) }, .decimals(5)),
        .numbers("mean", "Mean", drawn.map { mean($0.weights.elements) }, .decimals(5)),
        .numbers(
          "largest", "Largest", drawn.map { $0.weights.elements.map(\.magnitude).max() ?? 0 },
          .decimals(3)),
        .texts(
          "biases", "Biases", drawn.map { $0.biases.allSatisfy { $0 == 0 } ? "0" : "random" }),
      ])

    //: A uniform range has Xavier's variance when $`\varepsilon = \sqrt{6/(n + m)}`$. The figure has ten thousand
    //: weights of either kind for a hundred inputs and a hundred units:

    let matching = (6.0 / 200).squareRoot()
    func square(_ scheme: NeuralNetwork.Initialization) throws -> [Double] {
      try Network.random(
        sizes: [100, 100], hidden: .tanh, output: .tanh, scheme, using: &generator
      ).layers[0].weights.elements
    }
    let uniform = try square(.uniform(matching))
    let normal = try square(.xavier)
    //- fold: How the histogram is counted
    func histogram(_ name: String, _ values: [Double]) -> Plot.Series {
      let width = matching / 10
      let bins = (-20..<20).map(Double.init)
      var counts = [Double](repeating: 0, count: bins.count)
      for value in values {
        let bin = Int((value / width).rounded(.down)) + 20
        if counts.indices.contains(bin) { counts[bin] += 1 }
      }
      let heights = counts.map { $0 / Double(values.count) / width }
      return Plot.Series(
        name, x: bins.flatMap { [$0 * width, ($0 + 1) * width] },
        y: heights.flatMap { [$0, $0] })
    }
    //- end
    notebook.value("matching", matching, .decimals(4))
    notebook.value("uniformMean", mean(uniform), .scientific(2))
    notebook.value("uniformVariance", variance(uniform), .decimals(5))
    notebook.value("third", matching * matching / 3, .decimals(5))
    notebook.value("normalVariance", variance(normal), .decimals(5))
    notebook.figure(
      "random_weights",
      Plot(
        title: "Uniform and normal weights of one variance",
        description:
          "Density of the weights drawn: a table with steep edges at −ε and ε, and a bell with tails beyond them.",
        x: Plot.Axis("weight", range: -0.35...0.35), y: Plot.Axis("density", range: 0...4.5),
        [histogram("uniform in [−ε, ε]", uniform), histogram("normal (Xavier)", normal)]))

    //: With $`\varepsilon = {{matching}}`$ the uniform weights have mean {{uniformMean}} and variance
    //: {{uniformVariance}}, where $`\varepsilon^2/3`$ is {{third}}; the normal ones have {{normalVariance}}.

    let inside = uniform.filter { -matching <= $0 && $0 <= matching }
    notebook.claim(
      "initialization.damlf.random", [Double(inside.count)], asPrinted: [Double(uniform.count)],
      also: [mean(uniform), variance(uniform)])
    let coin = uniform.map { $0 < 0 ? -matching : matching }
    notebook.erratum(
      "erratum.damlf.epsilon", printed: [variance(coin)], right: [matching * matching / 3])

    //: ### What depth does to the spread
    //:
    //: Ten layers of forty units, fifty random inputs. How far does a unit's activation still vary from input
    //: to input? Where it does not, all inputs look the same to the layers above, and nothing can be learned from
    //: them. (With as many units as inputs in every layer, LeCun's rule is Xavier's.)

    let inputs = Matrix(rows: 40, columns: 50) { _, _ in generator.normal() }
    let schemes: [(name: String, scheme: NeuralNetwork.Initialization)] = [
      ("uniform, ε = 0.05", .uniform(0.05)), ("Xavier", .xavier), ("He", .he),
      ("uniform, ε = 1", .uniform(1)),
    ]
    func spread(_ hidden: Activation, _ scheme: NeuralNetwork.Initialization) throws -> [Double] {
      let network = try Network.random(
        sizes: Array(repeating: 40, count: 11), hidden: hidden, output: hidden, scheme,
        using: &generator)
      let pass = try network.forward(inputs)
      return (1...10).map { layer in
        mean((0..<40).map { variance(pass.a(layer).row($0)) }).squareRoot()
      }
    }
    let hiddens: [(name: String, activation: Activation)] = [
      ("sigmoid", .sigmoid), ("tanh", .tanh), ("ReLU", .relu),
    ]
    let spreads = try hiddens.map { hidden in
      try schemes.map { try spread(hidden.activation, $0.scheme) }
    }
    //- hide
    func figure(_ index: Int, _ description: String) -> Plot {
      Plot(
        title: "Spread of the activations by layer: \(hiddens[index].name)",
        description: description,
        x: Plot.Axis("layer", range: 0.5...10.5), y: Plot.Axis("standard deviation", .logarithmic),
        zip(schemes, spreads[index]).map { scheme, values in
          Plot.Series(scheme.name, .linePoints, x: (1...10).map(Double.init), y: values)
        })
    }
    //- end
    notebook.figure(
      "spread_sigmoid",
      figure(
        0,
        "On a logarithmic axis. Whatever the rule, the spread falls by about the same factor in every layer; the smaller the weights, the faster."
      ))
    notebook.figure(
      "spread_tanh",
      figure(
        1,
        "With ε = 0.05 the spread falls by a constant factor. Under Xavier's rule it falls slowly, under He's it settles; with ε = 1 it is close to 1, because the units answer −1 or 1."
      ))
    notebook.figure(
      "spread_relu",
      figure(
        2,
        "Under He's rule the spread falls at first and then holds. Xavier's loses about a third of it in every layer, ε = 0.05 far more, and with ε = 1 the activations explode."
      ))
    notebook.table(
      "spread",
      "Standard deviation of an activation over the inputs, root mean square of the units",
      [
        .texts("hidden", "Units", hiddens.flatMap { hidden in schemes.map { _ in hidden.name } }),
        .texts("weights", "Weights", hiddens.flatMap { _ in schemes.map(\.name) }),
      ]
        + [1, 5, 10].map { layer in
          .numbers(
            "layer_\(layer)", "Layer \(layer)", spreads.flatMap { $0.map { $0[layer - 1] } },
            .scientific(2))
        })

    //: The slope of the sigmoid is at most a quarter, that of tanh and ReLU up to 1; a deep sigmoid network would
    //: need weights four times as large, and would then saturate. Tanh goes well with Xavier's rule, which was made
    //: for it, and ReLU with He's, which makes up for the half of the sums that ReLU drops.
    //:
    //: ### How large ε should be
    //:
    //: The same on exclusive or, four hidden units, twelve starts for each ε: how many learn it (the cost
    //: falls below one tenth) within sixty iterations, and how many evaluations of the gradient it takes.

    let ranges = [0.0001, 0.01, 0.1, 0.5, 1, 2, 5, 20, 100]
    func median(_ values: [Double]) -> Double {
      let sorted = values.sorted()
      let half = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
    let sweep = try ranges.map { range in
      try (1...12).map { try learned(random(4, .uniform(range), seed: UInt64($0))) }
    }
    notebook.table(
      "epsilon", "Twelve starts for each range",
      [
        .numbers("epsilon", "ε", ranges, .plain),
        .numbers(
          "learned", "Learned", sweep.map { Double($0.filter { last($0) < 0.1 }.count) }, .plain),
        .numbers(
          "evaluations", "Evaluations, median",
          sweep.map { median($0.map { Double($0.iterates[$0.iterates.count - 1].evaluations) }) },
          .decimals(1)),
        .numbers(
          "first", "First cost, median", sweep.map { median($0.map { $0.iterates[0].value }) },
          .decimals(3)),
        .numbers("last", "Last cost, median", sweep.map { median($0.map(last)) }, .scientific(2)),
      ])

    //: Very small weights are next to zeros: the search begins so close to the point where all derivatives vanish
    //: that it takes it for a minimum. Very large ones saturate the units, the first answers are wrong with
    //: certainty, and most starts stay stuck.
    //:
    //: The other ε of 003, the step of gradient checking, has nothing to do with this one. Ten times the range
    //: is ten times the weights; ten times the checking step must change nothing:

    let tenfold = try [0.05, 0.5].map { try random(4, .uniform($0), seed: 1) }
    let check = try [1e-5, 1e-4].map {
      try seeded.numericalGradient(
        inputs: xorInputs, targets: xorTargets, loss: crossEntropy, epsilon: $0)
    }
    notebook.claim(
      "initialization.damlf.epsilon-two-uses",
      [tenfold[1].parameters[0] / tenfold[0].parameters[0], check[1][0] / check[0][0]],
      asPrinted: [10, 1], within: 1e-6)

    //: ## The recipe
    //:
    //: Seven steps, 0 to 6. The data are 8×8 images of handwritten digits; {{training}} are trained on and
    //: {{testing}} are kept for the test.
    //:
    //: ### 0. Pick a network architecture
    //:
    //: The inputs are as many as the features, the outputs as many as the classes. (“K is a ℝ^K vector”, says the
    //: slide: K is a number, here {{classCount}}; the target $`y`$ is the vector in $`\mathbb{R}^K`$.) One hidden
    //: layer is the default to try. More units are better, but cost more: parameters and multiplications grow
    //: with the width.

    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("data/digits.csv")
    let digits = try LabeledImages.digits(file)
    let order = generator.permutation(of: digits.count)
    let train = digits.subset(order.prefix(1397))
    let test = digits.subset(order.dropFirst(1397))
    let targets = try Matrix<Double>.oneHot(train.labels, classes: 10)
    let widths = [4, 12, 30, 100]
    let costs = try widths.map { width in
      let tally = Tally()
      let network = try Network.random(
        sizes: [64, width, 10], hidden: .sigmoid, output: .sigmoid, .zeros, using: &generator)
      let counting = try network.map { CountingNumber($0, on: tally) }
      _ = try counting.forward(Matrix(rows: 64, columns: 1) { _, _ in CountingNumber(1) })
      return (parameters: Double(network.parameters.count), products: Double(tally.products))
    }
    notebook.table(
      "widths", "The price of hidden units",
      [
        .numbers("hidden", "Hidden units", widths.map(Double.init), .plain),
        .numbers("parameters", "Parameters", costs.map(\.parameters), .plain),
        .numbers("products", "Multiplications an image", costs.map(\.products), .plain),
      ])
    notebook.value("training", Double(train.count))
    notebook.value("testing", Double(test.count))
    notebook.value("classCount", Double(targets.rows))
    let mnist = try [100, 30].map { try zeros([images.rows, $0, 10]) }
    notebook.claim(
      "initialization.damlf.input-units", Double(mnist[0].inputCount), asPrinted: 28 * 28)
    notebook.claim(
      "initialization.damlf.output-units", Double([targets.rows].count),
      asPrinted: Double(targets.rows))
    notebook.claim(
      "initialization.damlf.hidden-units", costs.map(\.parameters) + costs.map(\.products))
    notebook.claim(
      "initialization.damlf.mnist-params", mnist.map { Double($0.parameters.count) })

    //: ### 1. Randomly initialize weights
    //:
    //: Every weight and bias is drawn from $`[-\varepsilon, \varepsilon]`$, $`\varepsilon = {{epsilon}}`$.

    var recipe = SplitMix64(seed: 3)
    let start = try Network.random(
      sizes: [64, 12, 10], hidden: .sigmoid, output: .sigmoid, .uniform(epsilon), using: &recipe)
    notebook.value("epsilon", epsilon)
    notebook.claim("initialization.damlf.hidden-layers", Double(start.layers.count - 1))

    //: ### 2. Implement forward propagation
    //:
    //: For any $`x^{(i)}`$; here for all images at once, an image a column. The untrained network answers
    //: {{meanAnswer}} on average where one answer in ten should be 1.

    let pixels = train.pixels
    let pass = try start.forward(pixels)
    notebook.value("meanAnswer", mean(pass.output.elements), .decimals(4))

    //: ### 3. Implement code to compute the cost function
    //:
    //: The cross-entropy of ten outputs, averaged over the images: {{firstCost}}. All zeros would give
    //: $`10 \ln 2 = {{zeroCost}}`$.

    let cost = try start.cost(of: pass, targets: targets, loss: crossEntropy)
    notebook.value("firstCost", cost, .decimals(4))
    notebook.value("zeroCost", 10 * Double.log(2), .decimals(4))

    //: ### 4. Implement back propagation to compute partial derivatives
    //:
    //: The slide's pseudo-code has *two* loops, “for i = 1:m” and “for each training example”, one inside the
    //: other. Carried out to the letter on five images, every $`\Delta`$ is {{deltaRatio}} times too large; one
    //: loop is meant.

    let recipeGradient = try start.backward(pass, targets: targets, loss: crossEntropy)
    func accumulated(_ examples: [Int]) throws -> Matrix<Double> {
      var delta = Matrix(rows: 12, columns: 64) { _, _ in 0.0 }
      for i in examples {
        let one = try start.forward(pixels.columns([i]))
        let back = try start.backward(one, targets: targets.columns([i]), loss: crossEntropy)
        delta = try delta + back.delta(1) * one.a(0).transposed
      }
      return delta
    }
    let single = try accumulated(Array(0..<5))
    let nested = try accumulated((0..<5).flatMap { _ in 0..<5 })
    let largest =
      single.elements.indices.max {
        abs(single.elements[$0]) < abs(single.elements[$1])
      } ?? 0
    notebook.value("deltaRatio", nested.elements[largest] / single.elements[largest])

    //: ### 5. Use gradient checking
    //:
    //: All derivatives, on two images, against central differences: the relative difference
    //: $`\lVert g - \tilde g \rVert / (\lVert g \rVert + \lVert \tilde g \rVert)`$ is {{checked}}. Then checking is
    //: disabled: it takes {{checkCosts}} evaluations of the cost where backpropagation takes one forward and one
    //: backward pass. A sharper check is one with *dual numbers* $`x + x'\epsilon`$, $`\epsilon^2 = 0`$, which carry a
    //: derivative along through the same forward pass and need no step: there the relative difference is
    //: {{checkedExactly}}. The table has the largest difference for every gradient that this lecture starts
    //: from.

    let few = pixels.columns(0..<2)
    let fewTargets = targets.columns(0..<2)
    let twoImages = try CheckedGradient(
      "64-12-10, two images", start, inputs: few, targets: fewTargets, loss: crossEntropy)
    func norm(_ values: [Double]) -> Double { values.map { $0 * $0 }.reduce(0, +).squareRoot() }
    func relative(_ g: [Double], _ other: [Double]) -> Double {
      norm(zip(g, other).map { $0 - $1 }) / (norm(g) + norm(other))
    }
    let checked = relative(twoImages.backward, twoImages.differences)
    notebook.value("checked", checked, .scientific(2))
    notebook.value("checkedExactly", relative(twoImages.backward, twoImages.exact), .scientific(2))
    notebook.value("checkCosts", Double(2 * twoImages.backward.count))
    //- fold: The other networks that are checked
    func gradient(
      _ name: String, _ network: Network<Double>, _ x: Matrix<Double>, _ y: Matrix<Double>
    ) throws -> CheckedGradient {
      try CheckedGradient(name, network, inputs: x, targets: y, loss: crossEntropy)
    }
    let checks = try [
      gradient("10-10-10-1", three, Matrix(column: (1...10).map(Double.init)), y),
      gradient("2-1, logistic regression at zero", regression, x, y),
      gradient("2-1, sixty points, at zero", regression, points, classes),
      gradient("2-1, sixty points, from a corner", with(corners[1], regression), points, classes),
      gradient("2-2-1 at zero", twins, x, y),
      gradient("2-2-1 at zero, tanh", zeros([2, 2, 1], hidden: .tanh), x, y),
      gradient("2-2-1 at zero, ReLU", zeros([2, 2, 1], hidden: .relu), x, y),
      gradient("2-2-1 at zero, exclusive or", twins, xorInputs, xorTargets),
      gradient("2-4-1 at random, exclusive or", seeded, xorInputs, xorTargets),
      twoImages,
    ]
    //- end
    notebook.table(
      "gradient_checks", "The largest differences of each gradient", CheckedGradient.columns(checks)
    )

    //: How small should the step be? For $`\sigma`$ at one half the two errors of a central difference can be told
    //: apart. The quotient is $`\sinh\varepsilon / \big(2\varepsilon(\cosh x + \cosh\varepsilon)\big)`$ in exact
    //: arithmetic, so the truncation error is known without any rounding: {{truncation}} at
    //: $`\varepsilon = {{checkStep}}`$. Rounding adds up to $`2^{-53}/\varepsilon`$.

    //- fold: The truncation error without rounding
    let at = 0.5
    func truncation(_ e: Double) -> Double {
      let c = (Double.exp(at) + Double.exp(-at)) / 2
      let squared = e * e
      // sinh ε/ε − 1 and cosh ε − 1, without subtracting.
      let sinhc = squared / 6 * (1 + squared / 20 * (1 + squared / 42 * (1 + squared / 72)))
      let cosh =
        squared / 2
        * (1 + squared / 12 * (1 + squared / 30 * (1 + squared / 56 * (1 + squared / 90))))
      return (cosh - sinhc * (1 + c)) / (2 * (1 + c + cosh) * (1 + c))
    }
    //- end
    let checkSteps = (1...10).map { Double("1e-\($0)")! }
    let measured = checkSteps.map { e in
      let quotient = (Activation.sigmoid(at + e) - Activation.sigmoid(at - e)) / (2 * e)
      return abs(quotient - Activation.sigmoid.derivative(at: at))
    }
    notebook.value("truncation", truncation(1e-4), .significant(4))
    notebook.value("checkStep", 1e-4)
    notebook.figure(
      "checking_step",
      Plot(
        title: "A central difference of σ at ½: the two errors",
        description:
          "On logarithmic axes: from the right the measured error follows the truncation error down; from the left it stays below the bound on rounding.",
        x: Plot.Axis("ε", .logarithmic), y: Plot.Axis("error", .logarithmic, range: 1e-17...1e-1),
        [
          Plot.Series("measured", .points, x: checkSteps, y: measured),
          Plot.Series("truncation", x: checkSteps, y: checkSteps.map(truncation)),
          Plot.Series("bound on rounding", x: checkSteps, y: checkSteps.map { 0x1p-53 / $0 }),
        ]))
    notebook.claim("initialization.damlf.gradcheck", truncation(1e-4), also: [checked])

    //: ### 6. Use gradient descent or an advanced optimization method
    //:
    //: L-BFGS for thirty iterations; the whole recipe in one table:

    func objective(_ parameters: [Double]) throws -> (value: Double, gradient: [Double]) {
      try start.costAndGradient(
        at: parameters, inputs: pixels, targets: targets, loss: crossEntropy)
    }
    let path = try LBFGS(maxIterations: 30).minimize(from: start.parameters, objective)
    func accuracy(_ network: Network<Double>) throws -> Double {
      let answers = try network.forward(test.pixels).output.largestRows
      return Double(zip(answers, test.labels).filter { $0 == $1 }.count) / Double(test.count)
    }
    let startAccuracy = try accuracy(start)
    let endAccuracy = try accuracy(with(path.point, start))
    //- hide
    func text(_ value: Double, _ format: NumberFormat = .plain) -> String { format.text(value) }
    let log = [
      "64-12-10, \(text(Double(start.parameters.count))) parameters",
      "uniform in [−\(text(epsilon)), \(text(epsilon))]",
      "mean answer \(text(mean(pass.output.elements), .decimals(4)))",
      "\(text(cost, .decimals(4)))",
      "largest \(text(recipeGradient.gradients.flatMap(\.elements).map(\.magnitude).max() ?? 0, .decimals(4)))",
      "relative difference \(text(checked, .scientific(2)))",
      "cost \(text(last(path), .decimals(4))), \(text(100 * endAccuracy, .decimals(1))) % of the test right",
    ]
    //- end
    notebook.table(
      "recipe", "One run of the recipe",
      [
        .texts(
          "step", "Step",
          [
            "0. Pick an architecture", "1. Initialize at random", "2. Forward propagation",
            "3. Cost function", "4. Back propagation", "5. Gradient checking", "6. Minimize",
          ]),
        .texts("result", "Result", log),
      ])
    notebook.value("startAccuracy", 100 * startAccuracy, .decimals(1))
    notebook.value("endAccuracy", 100 * endAccuracy, .decimals(1))
    notebook.claim(
      "initialization.damlf.recipe", Double(log.count),
      asPrinted: Double(
        notebook.printed("initialization.damlf.recipe").matches(of: /[0-6]\. [A-Z]/).count))

    //: Before training {{startAccuracy}} % of the test images are read rightly, afterwards {{endAccuracy}} %.
    //:
    //: ## Four ways downhill
    //:
    //: From the same start: gradient descent on the whole batch, on mini-batches of twenty, on one image at a
    //: time, and L-BFGS, which remembers its last ten steps to learn how the gradient bends. A *pass* uses every
    //: image once, however many steps it makes.

    func trained(
      passes: Int, batchSize: Int, rate: Double
    ) throws -> (costs: [Double], accuracy: Double) {
      var network = start
      var shuffle = SplitMix64(seed: 4)
      let costs = try (0..<passes).map { _ in
        try network.trainEpoch(
          inputs: train.bytes, targets: targets, loss: crossEntropy, learningRate: rate,
          batchSize: batchSize, using: &shuffle)
        return try network.cost(inputs: pixels, targets: targets, loss: crossEntropy)
      }
      return ([cost] + costs, try accuracy(network))
    }
    let batch = try trained(passes: 30, batchSize: train.count, rate: 1)
    let mini = try trained(passes: 30, batchSize: 20, rate: 1)
    let stochastic = try trained(passes: 4, batchSize: 1, rate: 0.2)
    // A step's last evaluation is the next step's first: it counts there.
    let evaluations = path.iterates.map { Double($0.evaluations - 1) }
    func passes(_ costs: [Double]) -> [Double] { costs.indices.map(Double.init) }
    notebook.figure(
      "descent",
      Plot(
        title: "Cost against passes over the images",
        description:
          "On a logarithmic axis. Whole batches creep; one image at a time is fastest at first, batches of 20 go on from there; L-BFGS takes a while to learn the terrain and then falls steadily.",
        x: Plot.Axis("passes"), y: Plot.Axis("J", .logarithmic),
        [
          Plot.Series("whole batch", x: passes(batch.costs), y: batch.costs),
          Plot.Series("batches of 20", x: passes(mini.costs), y: mini.costs),
          Plot.Series("one at a time", x: passes(stochastic.costs), y: stochastic.costs),
          Plot.Series("L-BFGS", x: evaluations, y: path.iterates.map(\.value)),
        ]))
    let finals = [batch.costs[30], mini.costs[30], stochastic.costs[4], last(path)]
    notebook.table(
      "methods", "Where they arrive",
      [
        .texts("method", "Method", ["whole batch", "batches of 20", "one at a time", "L-BFGS"]),
        .numbers("passes", "Passes", [30, 30, 4, evaluations[30]], .plain),
        .numbers(
          "steps", "Steps",
          [
            30, 30 * Double(train.count / 20), 4 * Double(train.count),
            Double(path.iterates.count - 1),
          ],
          .plain),
        .numbers("cost", "Cost", finals, .decimals(4)),
        .numbers(
          "accuracy", "Test images right, %",
          [batch, mini, stochastic].map { 100 * $0.accuracy } + [100 * endAccuracy], .decimals(1)),
      ])
    notebook.claim(
      "initialization.damlf.bfgs",
      [Double(path.iterates.count - 1), evaluations[30], last(path), batch.costs[30]])

    //: L-BFGS needs the gradient of all examples, one evaluation or two a step; that suits small data and exact
    //: work.

    //: ## Not convex
    //:
    //: None of this is certain to work, for “the cost function J(Θ) is non-convex”. Take the 1-2-1 network of
    //: 000 and its twin with the two hidden units exchanged: the same function and so the same cost. In a
    //: convex cost no point between them could lie higher. It does, for $`x = 1`$, $`y = 0`$ and either loss:

    let worked = try Network([
      Layer(weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: .sigmoid),
      Layer(weights: [[1.0, -3.0]], biases: [0.2], activation: .sigmoid),
    ])
    let twin = try Network([
      Layer(weights: [[0.4], [0.3]], biases: [0.2, 0.1], activation: .sigmoid),
      Layer(weights: [[-3.0, 1.0]], biases: [0.2], activation: .sigmoid),
    ])
    let halfSquares = Loss.squaredError(factor: 0.5, reduction: .sum)
    func height(_ t: Double, _ loss: Loss) throws -> Double {
      let mixed = zip(worked.parameters, twin.parameters).map { (1 - t) * $0 + t * $1 }
      return try with(mixed, worked).cost(
        inputs: Matrix(column: [1.0]), targets: Matrix(column: [0.0]), loss: loss)
    }
    let squaredEnds = try [
      height(0, halfSquares), height(0.5, halfSquares), height(1, halfSquares),
    ]
    let crossEnds = try [
      height(0, crossEntropy), height(0.5, crossEntropy), height(1, crossEntropy),
    ]
    notebook.figure(
      "twins",
      Plot(
        title: "From a network to its twin",
        description:
          "The cost in parts of the cost at the ends. Both losses have a hill in the middle.",
        x: Plot.Axis("share of the twin", range: 0...1), y: Plot.Axis("J / J at the ends"),
        [
          try Plot.Series("squared error", over: 0...1, count: 100) {
            try height($0, halfSquares) / squaredEnds[0]
          },
          try Plot.Series("cross-entropy", over: 0...1, count: 100) {
            try height($0, crossEntropy) / crossEnds[0]
          },
        ]))

    //- fold: How the hill is checked
    // Halfway both hidden units have weight 0.35 and bias 0.15, and both output weights are −1.
    let middle = sigmoid(0.2 - 2 * sigmoid(0.35 + 0.15))
    // Convex would mean: the middle is not above the mean of the ends.
    func notConvex(_ ends: [Double], middle: Double) -> [Double] {
      [ends[2], max(middle, (ends[0] + ends[2]) / 2)]
    }
    notebook.shared("worked 1-2-1 network: cost halfway to its twin for y = 0", squaredEnds[1])
    notebook.claim(
      "initialization.damlf.nonconvex", Array(squaredEnds.prefix(2)) + crossEnds.prefix(2),
      asPrinted: notConvex(squaredEnds, middle: 0.5 * middle * middle)
        + notConvex(crossEnds, middle: -Double.log(1 - middle)))
    //- end

    //: The whole terrain can be seen where there are two weights only. Two hidden units $`\sigma(w_i x + 2)`$ are
    //: to answer 1 in the middle of $`-2 \dots 2`$ and 0 at the ends; everything but $`w_1`$, $`w_2`$ is fixed.
    //: Exchanging the units mirrors the figure in its diagonal, so there is a valley for each order:

    let bump = try Network([
      Layer(weights: [[0.0], [0.0]], biases: [2, 2], activation: .sigmoid),
      Layer(weights: [[6.0, 6.0]], biases: [-9], activation: .sigmoid),
    ])
    let bumpInputs = try Matrix([[-2.0, -1, 0, 1, 2]])
    let bumpTargets = try Matrix([[0.0, 0, 1, 0, 0]])
    func terrain(_ w1: Double, _ w2: Double) throws -> Double {
      try with([w1, w2] + bump.parameters.dropFirst(2), bump).cost(
        inputs: bumpInputs, targets: bumpTargets, loss: crossEntropy)
    }
    let grid = stride(from: -5.0, through: 5, by: 0.25).map { $0 }
    let heights = try grid.map { w2 in try grid.map { w1 in try terrain(w1, w2) } }
    notebook.figure(
      "terrain",
      HeatMap(
        title: "The cost over two weights",
        description:
          "Two dark valleys, one the mirror image of the other, that run on out of the figure. Halfway between a network and its twin lies the brightest point of all.",
        x: Plot.Axis("w₁"), y: Plot.Axis("w₂"), valueLabel: "J", columns: grid, rows: grid,
        values: heights,
        marks: [
          HeatMap.Mark("network", x: 4, y: -4), HeatMap.Mark("halfway", x: 0, y: 0),
          HeatMap.Mark("twin", x: -4, y: 4),
        ]))
    notebook.value("valley", try terrain(4, -4), .decimals(4))
    notebook.value("twinValley", try terrain(-4, 4), .decimals(4))
    notebook.value("halfway", try terrain(0, 0), .decimals(4))
    notebook.value("higher", Double(heights.joined().filter { $0 > heights[20][20] }.count))
    notebook.value("gridPoints", Double(grid.count * grid.count))

    //: The network at $`(4, -4)`$ costs {{valley}}, its twin at $`(-4, 4)`$ costs {{twinValley}}, and halfway,
    //: where both units have weight 0, the cost is {{halfway}}: of the {{gridPoints}} points of the figure
    //: {{higher}} lie higher. On the diagonal the units are equal, as after zeros, and so are their slopes: small
    //: steps downhill from one side of it never lead to the other.
    //:
    //: The two valleys are two solutions of one kind. In a network with four hidden units of tanh, all
    //: orders of the units and all changes of their signs give {{twinCount}} different networks that answer the
    //: same; {{orders}} of them by order alone.

    //- fold: How the twins are counted
    let signed = try Network.random(
      sizes: [2, 4, 1], hidden: .tanh, output: .sigmoid, .uniform(1), using: &generator)
    let answers = try signed.forward(xorInputs).output
    func orders(of items: [Int]) -> [[Int]] {
      items.isEmpty
        ? [[]]
        : items.flatMap { item in orders(of: items.filter { $0 != item }).map { [item] + $0 } }
    }
    func twinOf(_ order: [Int], signs: Int) throws -> Network<Double> {
      let sign = (0..<4).map { signs >> $0 & 1 == 0 ? 1.0 : -1 }
      let (low, top) = (signed.layers[0], signed.layers[1])
      return try Network([
        Layer(
          weights: order.map { unit in low.weights.row(unit).map { sign[unit] * $0 } },
          biases: order.map { sign[$0] * low.biases[$0] }, activation: .tanh),
        Layer(
          weights: [order.map { sign[$0] * top.weights[0, $0] }], biases: top.biases,
          activation: .sigmoid),
      ])
    }
    let twinsOfSigns = try (0..<16).map { signs in
      try orders(of: Array(0..<4)).map { try twinOf($0, signs: signs) }.filter {
        norm(try ($0.forward(xorInputs).output - answers).elements) < 1e-12
      }.map(\.parameters)
    }
    let orderCount = Double(Set(twinsOfSigns[0]).count)
    let twinCount = Double(Set(twinsOfSigns.flatMap { $0 }).count)
    //- end
    notebook.value("orders", orderCount)
    notebook.value("twinCount", twinCount)
    notebook.claim("initialization.damlf.symmetric-minima", [orderCount, twinCount])

    //: ## Start again, or start wider
    //:
    //: Besides the valleys that are all equally deep there are worse places to end in. A network that cannot tell
    //: some of the four inputs apart answers with their mean, and its cost says which. Twenty starts of two
    //: hidden units on exclusive or, sorted by the nearest such cost:

    func starts(_ hidden: Int, _ count: Int) throws -> [Double] {
      try (1...count).map { last(try learned(random(hidden, .uniform(1), seed: UInt64($0)))) }
    }
    let twenty = try starts(2, 20)
    func bits(_ p: Double) -> Double { -p * Double.log(p) - (1 - p) * Double.log(1 - p) }
    let levels: [(name: String, cost: Double)] = [
      ("all four answers", 0), ("two; one half for the other two", bits(0.5) / 2),
      ("one; one third or two thirds for the other three", bits(1 / 3.0) * 3 / 4),
      ("none; one half for all", bits(0.5)),
    ]
    let endings = twenty.map { cost in
      levels.indices.min { abs(levels[$0].cost - cost) < abs(levels[$1].cost - cost) } ?? 0
    }
    notebook.table(
      "endings", "Where twenty starts end",
      [
        .texts("learned", "Learned", levels.map(\.name)),
        .numbers("level", "Cost at best", levels.map(\.cost), .decimals(4)),
        .numbers(
          "starts", "Starts",
          levels.indices.map { level in Double(endings.filter { $0 == level }.count) }, .plain),
      ])
    notebook.value("bestStart", twenty.min() ?? .nan, .scientific(2))
    notebook.value("medianStart", median(twenty), .decimals(4))
    notebook.value("worstStart", twenty.max() ?? .nan, .decimals(4))

    //: The final costs run from {{bestStart}} over {{medianStart}}, the median, to {{worstStart}}. So 000's advice,
    //: “try different initial weights”, works here. The other way is 003's “over-provisioning”: with more hidden
    //: units there are more ways to be right, and fewer starts miss all of them.

    let hiddenCounts = [2, 3, 4, 8, 16]
    let share = try hiddenCounts.map { hidden in
      Double(try starts(hidden, self.starts).filter { $0 < 0.1 }.count) / Double(self.starts)
    }
    notebook.value("starts", Double(self.starts))
    notebook.value("shareOfTwo", 100 * share[0], .decimals(0))
    notebook.value("shareOfSixteen", 100 * share[4], .decimals(0))
    notebook.value(
      "startsNeeded", (Double.log(0.01) / Double.log(1 - share[0])).rounded(.up))
    notebook.figure(
      "over_provisioning",
      Plot(
        title: "Random starts that learn exclusive or",
        description: "The share of starts that learn it grows with the number of hidden units"
          + (share.last == 1 ? " until none fails." : "."),
        x: Plot.Axis("hidden units", range: 0...17), y: Plot.Axis("share", range: 0...1.05),
        [Plot.Series("share", .linePoints, x: hiddenCounts.map(Double.init), y: share)]))

    //: Of {{starts}} starts each, {{shareOfTwo}} % of the smallest networks learn it and {{shareOfSixteen}} % of the
    //: widest. At that rate {{startsNeeded}} starts of the smallest make failure rarer than one in a hundred.
    //:
    //: *Why does gradient descent work at all?* This is a part of the answer and no proof: the cost of a wide
    //: network is as little convex as that of a narrow one, but most of its starts lead down to some solution.

    notebook.claim(
      "initialization.sellie.restarts",
      [twenty.min() ?? .nan, median(twenty), twenty.max() ?? .nan])
    notebook.claim("initialization.damlf.why-gd-q", share)

    //: What the slides show in figures only, the networks of the zero initialization and the architectures, is
    //: missing from the text; the 2-2-1 network above follows from its indices.

    notebook.notComputable("initialization.damlf.figures")
    //- hide
  }
}
//- end
