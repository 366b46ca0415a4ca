//- hide
import ArgumentParser
import Foundation
import NeuralNetwork
import Notebook

@main struct Notation: Lecture {
  static let title = "Notation"
  static let source = #filePath

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] { [] }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # Notation: one network, five ways to write it
    //:
    //: The five documents describe the same networks and agree on hardly a symbol. They differ in where they
    //: start counting layers, in which layer a weight's number names, in where the bias stands, in whether an
    //: example is a row or a column. Below, one network is written in all five ways, from one table of names;
    //: then each document's own statements are checked against a network whose shapes and indices are *measured*:
    //: move an input, see which sums move, and by how much.
    //:
    //: ## The same network five times
    //:
    //: The network of document 000: three inputs, four hidden units, one output.

    var generator = SplitMix64(seed: 1)
    func network(_ sizes: [Int]) throws -> Network<Double> {
      try Network.random(
        sizes: sizes, hidden: .sigmoid, output: .sigmoid, .uniform(1), using: &generator)
    }
    let net = try network([3, 4, 1])
    let sizes = [3, 4, 1]
    notebook.figure(
      "network",
      NetworkDiagram(
        title: "The 3-4-1 network",
        description:
          "Three inputs and four hidden units, each layer with a bias unit that is always 1, and one output. "
          + "Picked out is the weight from input 3 to hidden unit 2.",
        sizes: sizes, showsBiasUnits: true, weight: (layer: 1, unit: 2, source: 3),
        weightName: "W₂₃",
        layerNames: ["input", "hidden", "output"]))
    let dialects = Dialect.all
    //- hide
    func written(_ network: Network<Double>, in dialect: Dialect) throws -> Derivation<Double> {
      try Derivation(
        network, inputs: Matrix(column: [0.5, -1, 2]),
        targets: Matrix(column: Array(repeating: 1.0, count: network.outputCount)),
        loss: .squaredError(factor: 0.5, reduction: .sum), in: dialect)
    }
    func sums(_ derivation: Derivation<Double>, units: ClosedRange<Int>) -> [DerivationLine] {
      units.map { derivation.line(.z(layer: 1, unit: $0, example: 1)).inSymbols }
    }
    let derivations = try dialects.map { try written(net, in: $0) }
    func names(_ quantity: Quantity) -> [String] {
      derivations.map { math($0.symbol(quantity)) }
    }
    func math(_ latex: String) -> String { "$`\(latex)`$" }
    notebook.table(
      "symbols", "The names of the same things",
      [
        .texts("document", "Document", dialects.map(\.document)),
        .numbers(
          "input_layer", "The input is layer", dialects.map { Double($0.inputLayer) }, .plain),
        .texts("input", "Input 3", names(.a(layer: 0, unit: 3, example: 1))),
        .texts(
          "weight", "Weight from input 3 to hidden unit 2",
          names(.weight(layer: 1, unit: 2, source: 3))),
        .texts("bias", "Bias of hidden unit 2", names(.bias(layer: 1, unit: 2))),
        .texts("sum", "Its sum", names(.z(layer: 1, unit: 2, example: 1))),
        .texts("activation", "Its activation", names(.a(layer: 1, unit: 2, example: 1))),
        .texts("delta", "Its delta", names(.delta(layer: 1, unit: 2, example: 1))),
        .texts("rate", "Learning rate", dialects.map { $0.learningRate.map(math) ?? "none" }),
        .texts("examples", "Examples", dialects.map { math($0.exampleCount) }),
      ])

    //- end

    //: The sum of the second hidden unit, of the output unit, and the gradient of the weight that is picked out,
    //: in the symbols of each document:

    //- hide
    let picked: [Quantity] = [
      .z(layer: 1, unit: 2, example: 1), .z(layer: 2, unit: 1, example: 1),
      .weightGradient(layer: 1, unit: 2, source: 3),
    ]
    for quantity in picked {
      let lines = derivations.map {
        "\\text{\($0.dialect.document):}\\quad & \($0.line(quantity).inSymbols.tex)"
      }
      notebook.equation(
        "\\begin{aligned}\n\(lines.joined(separator: " \\\\\n"))\n\\end{aligned}")
    }

    //- end

    //: The same parameters need matrices of different shapes where the bias is a column of the weights:

    func shape(_ dialect: Dialect, _ layer: Int) -> String {
      let shape = dialect.weightShape(units: sizes[layer], inputs: sizes[layer - 1])
      return "\(shape.rows)×\(shape.columns)"
    }
    notebook.table(
      "shapes", "Shapes and layer numbers",
      [
        .texts("document", "Document", dialects.map(\.document)),
        .texts("first", "Weights to the hidden layer", dialects.map { shape($0, 1) }),
        .texts("second", "Weights to the output", dialects.map { shape($0, 2) }),
        .numbers(
          "weights_number", "Number on the first weights",
          dialects.map { Double($0.number(ofWeightsTo: 1)) }, .plain),
        .numbers(
          "sum_number", "Number on the sums they make",
          dialects.map { Double($0.number(ofLayer: 1)) }, .plain),
      ])

    //: So $`W^{(1)}`$ of 000 and $`W^1`$ of 001 are the same matrix, but the sums that it makes are $`z^{(2)}`$ in the
    //: one and $`z^1`$ in the other. And “layers” are three in 000 and 003, which count the input, two in 001,
    //: 004 and in 002 as it computes, and one by 002's words, which count hidden layers only.

    notebook.erratum(
      "erratum.cross.layer-count",
      printed: [net.layers.count + 1, net.layers.count, net.layers.count - 1].map(Double.init),
      right: dialects.prefix(3).map { _ in Double(net.layers.count) })
    notebook.erratum(
      "erratum.cross.layer-1", printed: dialects.prefix(4).map { Double($0.inputLayer) },
      right: [0, 0, 0, 0])
    let offsets = dialects.map {
      Double($0.number(ofWeightsTo: 1) - $0.number(ofLayer: 1))
    }
    notebook.erratum("erratum.cross.w-superscript", printed: offsets, right: [0, 0, 0, 0, 0])
    notebook.erratum("erratum.cross.bias-index", printed: offsets, right: [0, 0, 0, 0, 0])

    //: ## Document 000
    //:
    //: ### Shapes and indices, measured
    //:
    //: Nothing about a matrix has to be taken on trust. Put a one on input $`j`$ and nothing on the others: the sums
    //: grow by column $`j`$. What comes out is the matrix, entry by entry.

    func measured(_ layer: Layer<Double>) throws -> Matrix<Double> {
      let alone = try Network([layer])
      let rest = try alone.forward(
        Matrix(column: (0..<alone.inputCount).map { _ in 0 })
      ).z(1)
      let columns = try (0..<alone.inputCount).map { j in
        let one = Matrix(column: (0..<alone.inputCount).map { $0 == j ? 1.0 : 0 })
        return try (alone.forward(one).z(1) - rest).elements
      }
      return Matrix(rows: rest.rows, columns: columns.count, elements: columns.flatMap { $0 })
    }
    let measured1 = try measured(net.layers[0])
    let measured2 = try measured(net.layers[1])
    func pair<T>(_ matrix: Matrix<T>) -> [Double] { [Double(matrix.rows), Double(matrix.columns)] }
    let edges = measured1.elements.filter { $0 != 0 }.count
    notebook.claim(
      "notation.sellie.units",
      [measured1.columns, measured1.rows, measured2.rows].map(Double.init),
      also: [measured1.columns + 1, measured1.rows + 1, measured2.rows].map(Double.init))
    notebook.claim("notation.sellie.layer-count", 3, asPrinted: Double(net.layers.count + 1))
    notebook.claim("notation.sellie.weight-index", Double(edges), asPrinted: 4 * 3)
    notebook.claim(
      "notation.sellie.superscript-rule", pair(measured1) + pair(measured2),
      asPrinted: [sizes[1], sizes[0], sizes[2], sizes[1]].map(Double.init))
    notebook.claim("notation.sellie.shape-w1", pair(measured1))
    notebook.claim("notation.sellie.shape-w2", pair(measured2))
    notebook.claim(
      "notation.sellie.shape-b1", Double(net.layers[0].biases.count),
      asPrinted: Double(measured1.rows))
    notebook.claim(
      "notation.sellie.shape-b2", Double(net.layers[1].biases.count),
      asPrinted: Double(measured2.rows))
    let x = [0.5, -1, 2]
    let pass = try net.forward(Matrix(column: x))
    notebook.claim(
      "notation.sellie.shape-za",
      [pass.z(1), pass.a(1), pass.z(2), pass.a(2)].map { Double($0.elements.count) },
      asPrinted: [4, 4, 1, 1])

    //: (The diagram draws five circles in the hidden column, but one is the bias unit; 000 does not count it.)
    //:
    //: ### Written out
    //:
    //: The four rows of $`z^{(2)} = W^{(1)}x + b^{(1)}`$ and the one row of $`z^{(3)}`$, as the slides have them:

    let sellie = derivations[0]
    notebook.equation(
      (sums(sellie, units: 1...4) + [sellie.line(.z(layer: 2, unit: 1, example: 1)).inSymbols]).tex)
    func expanded(_ layer: Layer<Double>, _ a: [Double]) -> [Double] {
      (0..<layer.biases.count).map { i in
        a.indices.map { layer.weights[i, $0] * a[$0] }.reduce(0, +) + layer.biases[i]
      }
    }
    let hidden = pass.a(1).elements
    notebook.claim(
      "notation.sellie.expand-z2", [Double(edges), 4] + pass.z(1).elements,
      asPrinted: [12, 4] + expanded(net.layers[0], x))
    notebook.claim(
      "notation.sellie.expand-z3",
      [Double(measured2.elements.filter { $0 != 0 }.count), 1] + pass.z(2).elements,
      asPrinted: [4, 1] + expanded(net.layers[1], hidden))
    let sigmoid = Activation.sigmoid
    notebook.claim(
      "notation.sellie.general-step", pass.a(1).elements + pass.a(2).elements,
      asPrinted: (expanded(net.layers[0], x) + expanded(net.layers[1], hidden)).map {
        1 / (1 + Double.exp(-$0))
      })
    let outputs = try [x, [1, 1, 1]].map { try net.forward(Matrix(column: $0)).output[0, 0] }
    notebook.claim(
      "notation.sellie.hypothesis", outputs[0], asPrinted: 1 / (1 + Double.exp(-pass.z(2)[0, 0])))
    notebook.erratum(
      "erratum.sellie.hypothesis-argument", printed: [outputs[0], outputs[0]], right: outputs)

    //: ### Counting parameters
    //:
    //: {{weights}} weights and {{biases}} biases make {{parameters}} parameters. With the bias as a column of
    //: $`\Theta`$, as 003 has it, the matrices are larger and the count is the same. Where 000 calls
    //: $`W_{11}, W_{12}, W_{13}, b_1`$ “the weights (aka parameters)” it means parameters.

    let weightCount = net.layers.map { $0.weights.elements.count }.reduce(0, +)
    let biasCount = net.layers.map(\.biases.count).reduce(0, +)
    notebook.value("weights", Double(weightCount))
    notebook.value("biases", Double(biasCount))
    notebook.value("parameters", Double(net.parameters.count))
    func theta(_ layer: Layer<Double>) -> Matrix<Double> {
      Matrix(rows: layer.weights.rows, columns: layer.weights.columns + 1) { i, j in
        j == 0 ? layer.biases[i] : layer.weights[i, j - 1]
      }
    }
    let thetas = net.layers.map(theta)
    notebook.claim(
      "notation.sellie.params", [weightCount, biasCount, net.parameters.count].map(Double.init))
    notebook.claim(
      "notation.sellie.theta-equivalent",
      thetas.map { Double($0.elements.count) } + [Double(net.parameters.count)]
        + thetas.flatMap(pair))
    notebook.claim(
      "notation.sellie.weights-aka-parameters",
      thetas.map { Double($0.columns) } + [Double(net.parameters.count)],
      asPrinted: [3 + 1, 4 + 1, 4 * (3 + 1) + 1 * (4 + 1)])
    notebook.erratum(
      "erratum.sellie.bias-as-weight", printed: [Double(net.parameters.count)],
      right: [Double(weightCount)])

    //: ### The quiz
    //:
    //: *What is* $`a_3^{(2)}`$*?* The subscript is the unit, the superscript the layer. Each option names a unit and a
    //: layer whose activation it is; the inputs to the neurons of layer 3 are the activations of layer 2.

    let symbol = (layer: 2, unit: 3)
    let choices: [(letter: String, text: String, layer: Int, unit: Int?)] = [
      ("a", "one of the inputs to neurons on layer 2", 1, nil),
      ("b", "one of the inputs to neurons on layer 3", 2, nil),
      ("c", "activation of the 3rd neuron on layer 2", 2, 3),
      ("d", "activation of the 2nd neuron on layer 3", 3, 2),
      ("e", "activation of the 3rd neuron on layer 3", 3, 3),
      ("f", "activation of the 2nd neuron on layer 3", 3, 2),
    ]
    let truths = choices.map { choice in
      choice.layer == symbol.layer && (choice.unit == nil || choice.unit == symbol.unit)
    }
    notebook.table(
      "quiz", "The options of the quiz",
      [
        .texts("option", "Option", choices.map(\.letter)),
        .texts("text", "Says", choices.map(\.text)),
        .texts("truth", "True", truths.map { $0 ? "yes" : "no" }),
      ])
    let correct = truths.filter { $0 }.count
    notebook.claim(
      "notation.sellie.quiz-a32", Double(correct), asPrinted: 1, also: truths.map { $0 ? 1 : 0 })

    //: Two options are true, and d) and f) are the same option.
    //:
    //: ### Which layer a bias belongs to
    //:
    //: One slide has $`b_i^{(1)}`$ as “the bias of unit i in level 2”, another $`b^{(1)}`$ as “bias values for the
    //: neurons on layer 1”, and $`f^{(1)}`$ as the activation function “for layer 1”. Move $`b^{(1)}`$ and look which
    //: layer's sums move first: layer {{biasLayer}} in 000's numbers. Layer 1 is the input; it has no sums and no
    //: activation function.

    var moved = net
    var shifted = net.parameters
    shifted[measured1.elements.count] += 0.5
    moved.parameters = shifted
    let movedPass = try moved.forward(Matrix(column: x))
    let firstMoved = (1...2).first { movedPass.z($0) != pass.z($0) } ?? 0
    let biasLayer = Double(sellie.dialect.number(ofLayer: firstMoved))
    let activated =
      (0...2).first { layer in
        layer > 0 && pass.a(layer) == sigmoid.forward(pass.z(layer))
      } ?? 0
    notebook.value("biasLayer", biasLayer)
    notebook.claim("notation.sellie.bias-level", [biasLayer, biasLayer])
    notebook.claim(
      "notation.sellie.activation-level", Double(sellie.dialect.number(ofLayer: activated)))

    //: ### Storing derivatives
    //:
    //: A gradient has the shape of its parameter. 000 prints $`W^{(\ell)}`$ with $`W_{11}, W_{21}, \dots`$ as its first
    //: *row*, the transpose of the gradient beside it; the last entry of $`b^{(\ell)}`$ as $`b_{s_\ell + 1}`$ where
    //: $`b_{s_{\ell+1}}`$ is meant (for $`\ell = 1`$ both are 4); and $`J/b`$ without the two ∂.

    let loss = Loss.squaredError(factor: 0.5, reduction: .sum)
    let y = Matrix(column: [1.0])
    let back = try net.backward(pass, targets: y, loss: loss)
    let gradientShapes = back.gradients.flatMap { pair($0.weights) }
    notebook.claim(
      "notation.sellie.store-w", net.layers.flatMap { pair($0.weights) },
      asPrinted: net.layers.flatMap { pair($0.weights.transposed) })
    notebook.claim(
      "notation.sellie.store-b", net.layers.map { Double($0.biases.count) },
      asPrinted: [sizes[0] + 1, sizes[1] + 1].map(Double.init))
    notebook.claim(
      "notation.sellie.store-grad-w", gradientShapes,
      asPrinted: [sizes[1], sizes[0], sizes[2], sizes[1]].map(Double.init))
    let cost = try net.cost(of: pass, targets: y, loss: loss)
    notebook.claim(
      "notation.sellie.store-grad-b", back.gradient(1).biases,
      asPrinted: net.layers[0].biases.map { cost / $0 })

    //: Two more things to trip over: $`n_\ell`$ is one number, the number of layers, although its index is the loop's
    //: variable; and a superscript can be a layer, $`w_{11}^2 = 12`$, or a power, $`1 - y^2`$ (001).

    notebook.erratum(
      "erratum.sellie.subscript-l", printed: sizes.map { Double($0 - 1) },
      right: sizes.map { _ in Double(sizes.count - 1) })
    let twelve = 12.0
    notebook.erratum(
      "erratum.deeplearning.superscript-power", printed: [twelve * twelve], right: [twelve])

    //: ## Document 001
    //:
    //: The input is layer 0, and $`L`$ counts layers with weights: {{hiddenLayers}} hidden ones when $`L = 3`$. The
    //: printed shapes are transposed: $`z^i = W^i a^{i-1} + b^i`$ needs as many rows as units.

    let wideSizes = [3, 4, 5, 2]
    let wide = try network(wideSizes)
    let wideShapes = try wide.layers.map { try measured($0) }
    let deep = wide.layers.count
    // W^i as n^(i−1) × n^i and W^L as n^i × k; the example's list has the hidden layers right.
    func printedShapes(upTo last: Int) -> [Double] {
      (1...last).flatMap { [Double(wideSizes[$0 - 1]), Double(wideSizes[$0])] }
    }
    let printedLast = [Double(wideSizes[2]), Double(wideSizes[3])]
    let printedExample =
      (1...2).flatMap { [wideSizes[$0], wideSizes[$0 - 1], wideSizes[$0]].map(Double.init) }
      + printedLast + [Double(wideSizes[3])]
    notebook.value("hiddenLayers", Double(deep - 1))
    let deeplearning = Dialect.of("001")
    notebook.claim(
      "notation.deeplearning.input-layer-0", Double(deeplearning.number(ofLayer: 0)))
    notebook.claim(
      "notation.deeplearning.hidden-count", Double(wideSizes.count - 2), asPrinted: Double(deep - 1)
    )
    notebook.claim(
      "notation.deeplearning.shape-wi", wideShapes.prefix(2).flatMap(pair),
      asPrinted: printedShapes(upTo: 2))
    notebook.claim(
      "notation.deeplearning.shape-bi", wide.layers.map { Double($0.biases.count) },
      asPrinted: wideSizes.dropFirst().map(Double.init))
    notebook.claim(
      "notation.deeplearning.shape-wl", pair(wideShapes[2]), asPrinted: printedLast)
    notebook.claim(
      "notation.deeplearning.example-shapes",
      zip(wideShapes, wide.layers).flatMap { pair($0) + [Double($1.biases.count)] },
      asPrinted: printedExample)
    let widePass = try wide.forward(Matrix(column: x))
    let wideBack = try wide.backward(
      widePass, targets: Matrix(column: [1.0, 0]), loss: loss)
    notebook.claim(
      "notation.deeplearning.grad-shapes", wideBack.gradients.flatMap { pair($0.weights) },
      asPrinted: printedShapes(upTo: 2) + printedLast)
    notebook.erratum(
      "erratum.deeplearning.y-dimension", printed: [Double(wide.inputCount)],
      right: [Double(wide.outputCount)])

    //: The parameter counts are printed as products, $`(L-1)(n^{i-1} n^i) + nk`$ weights and $`(L-1)n^i + k`$ biases.
    //: That is right only when all layers but the output are equally wide. The true counts are sums:

    let lists = [
      [3, 3, 3, 2], [3, 4, 5, 2], [2, 2, 1], [3, 4, 1], [3, 3, 1], [3, 6, 5, 5], [2, 2, 2, 1],
      [10, 10, 10, 1], [784, 30, 10], [784, 100, 10],
    ]
    func printedCounts(_ sizes: [Int], i: Int) -> (weights: Double, biases: Double) {
      let depth = sizes.count - 1
      return (
        Double((depth - 1) * sizes[i - 1] * sizes[i] + sizes[0] * sizes[depth]),
        Double((depth - 1) * sizes[i] + sizes[depth])
      )
    }
    let counted = try lists.map { list -> (weights: Double, biases: Double, all: Double) in
      let built = try network(list)
      return (
        weights: built.layers.map { Double($0.weights.elements.count) }.reduce(0, +),
        biases: built.layers.map { Double($0.biases.count) }.reduce(0, +),
        all: Double(built.parameters.count)
      )
    }
    let products = lists.map { printedCounts($0, i: 1) }
    let listNames = lists.map { $0.map { String($0) }.joined(separator: "-") }
    notebook.table(
      "parameter_counts", "Parameters by the sums and by the printed products (i = 1)",
      [
        .texts("sizes", "Sizes", listNames),
        .numbers("weights", "Weights", counted.map(\.weights), .plain),
        .numbers(
          "printed_weights", "Printed", products.map(\.weights), .plain),
        .numbers("biases", "Biases", counted.map(\.biases), .plain),
        .numbers("printed_biases", "Printed", products.map(\.biases), .plain),
        .numbers("all", "All parameters", counted.map(\.all), .plain),
      ])
    let byLayer = [1, 2].map { printedCounts(wideSizes, i: $0) }
    notebook.claim(
      "notation.deeplearning.weights-count", [counted[1].weights],
      readings: byLayer.map { [$0.weights] })
    notebook.claim(
      "notation.deeplearning.bias-count", [counted[1].biases],
      readings: byLayer.map { [$0.biases] })
    notebook.claim(
      "notation.deeplearning.params-3332", [counted[0].weights, counted[0].biases, counted[0].all])
    notebook.claim(
      "notation.deeplearning.params-3452", [counted[1].weights, counted[1].biases, counted[1].all])
    notebook.claim("notation.deeplearning.theta-vector", counted[0].all)

    //: Written-out layers: the first hidden layer with three inputs, and an output layer with two units, whose slide
    //: gives both the same bias “b” and calls the activations below “x”.

    let square = try network([3, 3, 3])
    let squarePass = try square.forward(Matrix(column: x))
    notebook.equation(
      try sums(written(square, in: .of("001")), units: 1...3).tex)
    let squareEdges = try measured(square.layers[0]).elements.filter { $0 != 0 }.count
    notebook.claim(
      "notation.deeplearning.z1-3x3", [Double(squareEdges), 3] + squarePass.z(1).elements,
      asPrinted: [9, 3] + expanded(square.layers[0], x))
    let pairOut = try network([3, 2])
    let pairLayer = pairOut.layers[0]
    let pairZ = try pairOut.forward(Matrix(column: x)).z(1).elements
    notebook.claim(
      "notation.deeplearning.output-2", pairZ,
      asPrinted: (0..<2).map { i in
        (0..<3).map { pairLayer.weights[i, $0] * x[$0] }.reduce(0, +) + pairLayer.biases[0]
      })
    let fourToThree = try network([4, 3])
    let top = fourToThree.layers[0]
    notebook.claim(
      "notation.deeplearning.wl-3x4",
      [top.weights.elements.count, top.biases.count, fourToThree.parameters.count].map(Double.init),
      asPrinted: [3 * 4, 3, 3 * 4 + 3])
    notebook.claim(
      "notation.deeplearning.dz-da", try measured(top)[0, 1], asPrinted: top.weights[0, 1])
    let wrongBias = try Layer(
      Parameters(weights: square.layers[1].weights, biases: square.layers[0].biases),
      activation: .sigmoid)
    notebook.claim(
      "notation.deeplearning.square-layer", squarePass.z(2).elements,
      asPrinted: expanded(wrongBias, squarePass.a(1).elements))
    let n = square.layers[1].weights.rows
    notebook.claim(
      "notation.deeplearning.zero-based", [1, 1, n, n].map(Double.init),
      asPrinted: [0, 0, n - 1, n - 1].map(Double.init))

    //: $`\hat y = [\hat y^1 \dots \hat y^k]`$ has the class as a superscript, $`\hat y_j^i`$ the example: read by the one rule
    //: $`\hat y_1^2`$ is the second class of the first example, by the other the first class of the second. And
    //: $`z^1 = w_1 a_1 + b_1`$, with the layer below instead of above, reads as the layer's own activation.

    let two = try wide.forward(Matrix([[0.5, 1], [-1, 0], [2, 1]]))
    notebook.claim(
      "notation.deeplearning.yhat-row", [two.output[1, 0]],
      readings: [[two.output[1, 0]], [two.output[0, 1]]])
    let chain = try network([1, 1, 1])
    let chainPass = try chain.forward(Matrix(column: [1.5]))
    notebook.erratum(
      "erratum.deeplearning.sub-super",
      printed: expanded(chain.layers[0], chainPass.a(1).elements),
      right: chainPass.z(1).elements)

    //: ## Document 002
    //:
    //: Examples stand side by side as the columns of $`X`$. Every shape follows:

    let m = 4
    let batchNet = try network([4, 3, 1])
    let batch = try batchNet.forward(
      Matrix(rows: 4, columns: m) { _, _ in generator.uniform(-1, 1) })
    func shapeText(_ matrix: Matrix<Double>) -> String { matrix.shape.description }
    notebook.table(
      "batch_shapes", "Shapes for four examples in a 4-3-1 network",
      [
        .texts("layer", "Layer", ["1", "2"]),
        .texts("w", "$`W^{[l]}`$", batchNet.layers.map { shapeText($0.weights) }),
        .texts("b", "$`b^{[l]}`$", batchNet.layers.map { "\($0.biases.count)×1" }),
        .texts("z", "$`Z^{[l]}`$", [1, 2].map { shapeText(batch.z($0)) }),
        .texts("a", "$`A^{[l]}`$", [1, 2].map { shapeText(batch.a($0)) }),
      ])
    let wang = Dialect.of("002")
    let logistic = try network([4, 1])
    let logisticZ = try logistic.forward(batch.a(0)).z(1)
    let first = try measured(batchNet.layers[0])
    notebook.claim(
      "notation.wang.brackets", Double(wang.number(ofLayer: 2)),
      asPrinted: Double(wideSizes.indices.dropFirst().dropLast()[2]))
    notebook.claim("notation.wang.input-layer", 0, asPrinted: Double(wang.number(ofLayer: 0)))
    notebook.claim(
      "notation.wang.layer-count", Double(batchNet.layers.count - 1),
      asPrinted: Double(batchNet.layers.count))
    notebook.erratum(
      "erratum.wang.l-symbol", printed: [Double(batchNet.layers.count)],
      right: [
        try batchNet.cost(
          of: batch, targets: Matrix([[1.0, 0, 1, 0]]),
          loss: .binaryCrossEntropy(reduction: .mean))
      ])
    notebook.claim(
      "notation.wang.x-orientation", pair(batch.a(0)),
      asPrinted: [Double(batchNet.inputCount), Double(m)])
    notebook.claim("notation.wang.x-q", pair(batch.a(0)))
    notebook.claim(
      "notation.wang.w-q",
      pair(logistic.layers[0].weights) + pair(batchNet.layers[0].weights)
        + [Double(batchNet.layers[0].biases.count), 1])
    notebook.claim("notation.wang.y-shape", pair(batch.output), asPrinted: [Double(m), 1])
    notebook.claim(
      "notation.wang.w1-row", pair(logistic.layers[0].weights),
      asPrinted: [1, Double(first.columns)])
    notebook.claim("notation.wang.w1", pair(first), asPrinted: [3, 4])
    notebook.claim(
      "notation.wang.w-rule", try batchNet.layers.flatMap { pair(try measured($0)) },
      asPrinted: [3, 4, 1, 3])
    notebook.claim(
      "notation.wang.b-rule", pair(Matrix(column: batchNet.layers[0].biases)), asPrinted: [3, 1])
    notebook.claim("notation.wang.z-logistic", pair(logisticZ), asPrinted: [1, Double(m)])
    notebook.claim("notation.wang.z1", pair(batch.z(1)), asPrinted: [3, Double(m)])
    notebook.claim(
      "notation.wang.z-general", pair(batch.z(1)) + pair(batch.a(1)) + pair(batch.z(2)),
      asPrinted: [3, 4, 3, 4, 1, 4])
    notebook.claim(
      "notation.wang.review",
      batchNet.layers.flatMap { pair($0.weights) + [Double($0.biases.count)] }
        + pair(batch.z(1)) + pair(batch.a(2)),
      asPrinted: [3, 4, 3, 1, 3, 1, 3, 4, 1, 4])
    notebook.claim(
      "notation.wang.params-1",
      [first.elements.count, batchNet.layers[0].biases.count, first.elements.count + first.rows]
        .map(
          Double.init))

    //: “No need to take the transpose”: a row of $`W`$ is already what $`w^T`$ was in logistic regression. The bias is one
    //: column, added to every column of $`WX`$; 002 calls that broadcasting. Had $`Y`$ the printed shape, a column, then
    //: $`A - Y`$ would be broadcast to {{broadcast}} numbers instead of {{m}}.

    notebook.value("broadcast", Double(m * m))
    notebook.value("m", Double(m))
    let w0 = Matrix(column: logistic.layers[0].weights.row(0))
    notebook.claim(
      "notation.wang.no-transpose", logisticZ.elements,
      asPrinted: try (w0.transposed * batch.a(0)).elements.map { $0 + logistic.layers[0].biases[0] }
    )
    let onesRow = Matrix(rows: 1, columns: m) { _, _ in 1.0 }
    notebook.claim(
      "notation.wang.broadcast", batch.z(1).elements,
      asPrinted: try
        (batchNet.layers[0].weights * batch.a(0)
        + Matrix(column: batchNet.layers[0].biases) * onesRow).elements)
    notebook.erratum("erratum.wang.layer-ordinals", printed: [2, 1], right: [1, 0])
    let exceptions = try [1, 2].filter { l in
      let layer = batchNet.layers[l - 1]
      let z = try (layer.weights * batch.a(l - 1)).addingToEachColumn(layer.biases)
      return z != batch.z(l)
    }
    notebook.erratum("erratum.wang.a0", printed: [1], right: [Double(exceptions.count)])

    //: ## Document 003
    //:
    //: The bias is column 0 of $`\Theta`$, and every layer gets a unit $`a_0 = 1`$. For a 3-3-1 network:

    let review = try network([3, 3, 1])
    let damlf = try written(review, in: .of("003"))
    notebook.equation(
      (sums(damlf, units: 1...3) + [damlf.line(.z(layer: 2, unit: 1, example: 1)).inSymbols]).tex)
    let reviewPass = try review.forward(Matrix(column: x))
    let reviewThetas = review.layers.map(theta)
    func thetaSums(_ theta: Matrix<Double>, _ a: [Double]) -> [Double] {
      let withBias = [1] + a
      return (0..<theta.rows).map { i in
        (0..<theta.columns).map { theta[i, $0] * withBias[$0] }.reduce(0, +)
      }
    }
    notebook.claim(
      "notation.damlf.vectors", [reviewPass.z(1).rows, reviewThetas[0].columns].map(Double.init),
      asPrinted: [3, 4])
    notebook.claim(
      "notation.damlf.theta1", pair(reviewThetas[0]) + reviewPass.a(1).elements,
      asPrinted: [3, 4] + thetaSums(reviewThetas[0], x).map { sigmoid($0) })
    notebook.claim(
      "notation.damlf.theta2", pair(reviewThetas[1]) + reviewPass.output.elements,
      asPrinted: [1, 4]
        + thetaSums(reviewThetas[1], reviewPass.a(1).elements).map { sigmoid($0) })
    // What a_0 has to be for the column of biases to count once: (z − Σ Θ_ij a_j) / Θ_i0.
    let withoutBias = (0..<3).map { review.layers[0].weights[0, $0] * x[$0] }.reduce(0, +)
    notebook.claim(
      "notation.damlf.bias-unit", (reviewPass.z(1)[0, 0] - withoutBias) / reviewThetas[0][0, 0])
    notebook.claim(
      "notation.damlf.params-331",
      reviewThetas.map { Double($0.elements.count) } + [Double(review.parameters.count)])
    let withoutUnit = try? reviewThetas[1] * reviewPass.a(1)
    notebook.erratum(
      "erratum.damlf.bias-append", printed: withoutUnit?.elements ?? [],
      right: reviewPass.z(2).elements)
    notebook.erratum(
      "erratum.damlf.h-superscript", printed: (1...3).map(Double.init),
      right: (1...5).map(Double.init))
    notebook.erratum(
      "erratum.damlf.theta-case", printed: [reviewThetas[0][1, 2], reviewThetas[0][0, 1]],
      right: [reviewThetas[0][0, 1], reviewThetas[0][0, 1]])

    //: The example with {{layers3655}} layers has 3, 6, 5 and 5 units. Its “dimension” lacks a pair of brackets: read as
    //: printed $`\sum s_{j+1} \times s_j + 1`$ is {{literal}} (or {{once}} if the 1 is added once); with
    //: $`s_{j+1}(s_j + 1)`$ it is the {{true3655}} that the network has. And it is the dimension of the parameter vector; $`J`$
    //: itself is one number.

    let s = [3, 6, 5, 5]
    let net3655 = try network(s)
    let thetas3655 = net3655.layers.map(theta)
    let productSum = (0..<3).map { s[$0 + 1] * s[$0] }
    let literal = Double(productSum.map { $0 + 1 }.reduce(0, +))
    let once = Double(productSum.reduce(0, +) + 1)
    notebook.value("layers3655", Double(s.count))
    notebook.value("literal", literal)
    notebook.value("once", once)
    notebook.value("true3655", Double(net3655.parameters.count))
    notebook.shared("parameters of the 3-6-5-5 network", Double(net3655.parameters.count))
    notebook.shared("parameters of the 10-10-10-1 network", counted[7].all)
    notebook.claim(
      "notation.damlf.s-3655",
      [Double(net3655.layers.count + 1), Double(net3655.inputCount)]
        + net3655.layers.map { Double($0.biases.count) },
      also: [Double(net3655.layers.count - 1)])
    notebook.claim("notation.damlf.theta-shapes-3655", thetas3655.flatMap(pair))
    notebook.claim(
      "notation.damlf.params-3655",
      thetas3655.map { Double($0.elements.count) } + [Double(net3655.parameters.count)])
    notebook.claim(
      "notation.damlf.dimension-formula", [Double(net3655.parameters.count)],
      readings: [[literal], [once]])
    let costOf3655 = try net3655.forward(Matrix(column: x)).output
    notebook.erratum(
      "erratum.damlf.dimension-column", printed: [Double(net3655.parameters.count)],
      right: [Double([costOf3655].count)])
    notebook.claim(
      "notation.damlf.symbols",
      [Double(s.count), Double(net3655.inputCount), Double(net3655.outputCount)],
      asPrinted: [Double(net3655.layers.count + 1), Double(s[0]), Double(s[3])])
    notebook.claim(
      "notation.damlf.binary",
      [Double(review.outputCount), Double(reviewPass.output.elements.count)])
    notebook.claim(
      "notation.damlf.multiclass", Double(net3655.outputCount), asPrinted: Double(s[s.count - 1]))
    let net2221 = try network([2, 2, 2, 1])
    let thetas2221 = net2221.layers.map(theta)
    notebook.claim("notation.damlf.theta-2x3", pair(thetas2221[1]))
    notebook.claim(
      "notation.damlf.params-2221",
      thetas2221.map { Double($0.elements.count) } + [Double(net2221.parameters.count)])

    //: ## Document 004
    //:
    //: The notes let level $`l`$ have “m nodes” and sum over $`m`$ nodes of the level *below*; and further on over $`n`$, which
    //: is the number of examples. Both are right only by coincidence. In a 2-3-1 network the sum into a unit of the
    //: hidden level has two terms, not three; with two examples the sum into the output has three, not two.

    let net231 = try network([2, 3, 1])
    let input2 = [0.5, -1]
    let pass231 = try net231.forward(Matrix(column: input2))
    let hidden231 = net231.layers[0]
    let overM: [Double] =
      hidden231.biases.count <= input2.count ? expanded(hidden231, input2) : []
    notebook.claim("notation.dmml.z", pass231.z(1).elements, asPrinted: overM)
    let output231 = net231.layers[1]
    let overN =
      (0..<2).map { output231.weights[0, $0] * pass231.a(1)[$0, 0] }.reduce(0, +)
      + output231.biases[0]
    notebook.claim("notation.dmml.fan-in", pass231.z(2)[0, 0], asPrinted: overN)
    let below = Double(measured2.columns)
    notebook.claim(
      "notation.dmml.output-weights", Double(back.gradient(2).elements.count), asPrinted: below + 1)
    notebook.claim("notation.dmml.layers", Double(net.outputCount), asPrinted: 1)
    notebook.claim(
      "notation.dmml.fully-connected", [Double(edges), Double(measured2.elements.count)])

    //: *How do we compute weights and biases?* By gradient descent on $`C`$: one derivative for each of the
    //: {{parameters}} parameters. Whether layer 1 is the input the notes do not say. With 3, 4 and 1 nodes in layers 1 to 3 the
    //: network has {{asInput}} parameters if it is, and {{asHidden}} if two inputs come before it.

    let asHidden = try network([2, 3, 4, 1]).parameters.count
    notebook.value("asInput", Double(net.parameters.count))
    notebook.value("asHidden", Double(asHidden))
    notebook.claim(
      "notation.dmml.weights-q", Double(back.gradients.flatMap(\.elements).count))
    notebook.erratum(
      "erratum.dmml.layer-1", printed: [Double(asHidden)], right: [Double(net.parameters.count)])
    let four = try Matrix([[0.5, 1, 0, 2], [-1, 0, 1, 1], [2, 1, -1, 0]])
    notebook.erratum(
      "erratum.cross.x-orientation", printed: pair(four.transposed), right: pair(four))
    let fourTargets = try Matrix([[1.0, 0, 1, 0]])
    let mean = try net.backward(
      net.forward(four), targets: fourTargets,
      loss: .squaredError(factor: 0.5, reduction: .mean))
    let one = try net.backward(
      net.forward(Matrix(column: four.column(0))), targets: Matrix(column: [1.0]), loss: loss)
    notebook.erratum(
      "erratum.dmml.symbol", printed: one.gradient(2).biases, right: mean.gradient(2).biases)

    //: ### The derivatives, checked
    //:
    //: The shapes say where a derivative stands, not whether it is right. What backpropagation stores there is compared
    //: with finite differences, and with *dual numbers* $`x + x'\epsilon`$, $`\epsilon^2 = 0`$: run on numbers that carry a
    //: derivative along, the forward pass itself gives the exact derivative of the cost by one parameter. The
    //: [lecture on backpropagation](../backprop/report.md#the-four-equations) has more of both.

    let column = Matrix(column: x)
    let checks = try [
      CheckedGradient("3-4-1, squared error", net, inputs: column, targets: y, loss: loss),
      CheckedGradient(
        wideSizes.map(String.init).joined(separator: "-"), wide, inputs: column,
        targets: Matrix(column: [1.0, 0]), loss: loss),
      CheckedGradient(
        "3-4-1, mean of four examples", net, inputs: four, targets: fourTargets,
        loss: .squaredError(factor: 0.5, reduction: .mean)),
      CheckedGradient(
        "3-4-1, the first of the four", net, inputs: Matrix(column: four.column(0)), targets: y,
        loss: loss),
    ]
    notebook.table(
      "gradient_checks", "The largest differences of each gradient", CheckedGradient.columns(checks)
    )

    //: ## Numbers into vectors
    //:
    //: Two more ways of writing. A class becomes a vector with a single 1, “one-hot”: $`e(t)`$ in 001, a column of five in
    //: 003. Decoding takes the largest entry, so it also works on outputs that are not exactly 0 and 1, such as those of
    //: five one-vs-all sigmoid units. And the matrices of all layers are unrolled into one vector for an optimizer that
    //: knows nothing of networks, and reshaped afterwards: for three matrices $`\Theta`$ of 10×11, 10×11 and 1×11,
    //: {{unrolled}} numbers.

    let animals = ["fish", "amphibians", "birds", "reptiles", "mammals"]
    let oneHot = try Matrix<Double>.oneHot(Array(animals.indices), classes: animals.count)
    let noisy = Matrix(rows: 5, columns: 5) { i, j in
      oneHot[i, j] == 1 ? 0.6 : 0.1 * Double((i + 2 * j) % 5)
    }
    notebook.table(
      "one_hot", "One-hot classes, and what is decoded from outputs that are not exact",
      [.texts("class", "Class", animals)]
        + (0..<5).map { k in
          .numbers("y_\(k + 1)", "$`y_\(k + 1)`$", oneHot.row(k), .plain)
        }
        + [
          .texts("decoded", "Decoded", noisy.largestRows.map { animals[$0] })
        ])
    let unrollable = try network([10, 10, 10, 1])
    var rebuilt = try network([10, 10, 10, 1])
    rebuilt.parameters = unrollable.parameters
    notebook.value(
      "unrolled", Double(unrollable.layers.map(theta).map(\.elements.count).reduce(0, +)))
    notebook.value("reshaped", text: rebuilt == unrollable ? "the same network" : "another network")

    //: Reshaping the vector gives {{reshaped}} again.
    //:
    //: ## What cannot be computed

    notebook.notComputable("notation.sellie.fragment")
    notebook.notComputable("notation.sellie.net-4-layers", known: [4, 2, 1])
    notebook.notComputable("notation.wang.deeper-sizes")
    //- hide
  }
}
//- end
