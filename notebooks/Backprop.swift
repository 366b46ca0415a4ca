//- hide
import ArgumentParser
import Foundation
import NeuralNetwork
import Notebook

@main struct Backprop: Lecture {
  static let title = "Backpropagation"
  static let source = #filePath

  @Option(parsing: .unconditional, help: "η, the learning rate of document 001's worked step.")
  var learningRate = 0.01

  @Option(parsing: .unconditional, help: "x₁, the input of document 001's worked step.")
  var input = 60.0

  @Option(
    parsing: .unconditional,
    help: "α, the learning rate of the step on document 000's worked network.")
  var alpha = 1.0

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] {
    [
      Parameter("learning-rate", "η", learningRate, in: 1e-6...10),
      Parameter("input", "x₁", input, in: -1000...1000),
      Parameter("alpha", "α", alpha, in: 1e-6...100),
    ]
  }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # Backpropagation: sigmoid outputs, squared error and cross-entropy
    //:
    //: The forward pass says what a network answers; backpropagation says how each weight and bias
    //: has to move for a better answer. The lecture follows the documents' worked numbers, sets right what
    //: does not follow, and checks every formula on a network on which it could fail.
    //:
    //: The input is layer 0, as in 001 and 002. A delta, $`\delta^l`$, is one example's
    //: $`\partial L / \partial z^l`$. A gradient is what the cost of all examples gives, summed or averaged.
    //: Superscripts in parentheses are those of 000 and 003, which count the input as layer 1.
    //:
    //- hide
    // Every network has a generator of its own, so that a new one moves no other's numbers.
    func random(
      _ sizes: [Int], hidden: Activation = .sigmoid, output: Activation = .sigmoid,
      range: Double = 1, seed: UInt64? = nil
    ) throws -> Network<Double> {
      let own = sizes.reduce(11) { $0 * 31 + $1 }
      var generator = SplitMix64(seed: seed ?? UInt64(own))
      return try .random(
        sizes: sizes, hidden: hidden, output: output, .uniform(range), using: &generator)
    }
    func draw(_ rows: Int, _ columns: Int, _ limit: Double = 1, seed: UInt64) -> Matrix<Double> {
      var generator = SplitMix64(seed: seed)
      return Matrix(rows: rows, columns: columns) { _, _ in generator.uniform(-limit, limit) }
    }
    //- end

    //: ## The cost functions
    //:
    //: The documents use two losses, squared error and cross-entropy, but four ways to scale them. For
    //: the worked 1-2-1 network of 000 and four examples:

    let network = try Network([
      Layer(weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: .sigmoid),
      Layer(weights: [[1.0, -3.0]], biases: [0.2], activation: .sigmoid),
    ])
    let inputs = try Matrix([[1.0, -2.0, 0.5, 3.0]])
    let answers = try Matrix([[1.0, 0.0, 0.0, 1.0]])
    let m = 4.0
    let halfSquares = Loss.squaredError(factor: 0.5, reduction: .sum)
    let meanSquares = Loss.squaredError(factor: 1, reduction: .mean)
    let halfMeanSquares = Loss.squaredError(factor: 0.5, reduction: .mean)
    let meanCrossEntropy = Loss.binaryCrossEntropy(reduction: .mean)
    let conventions: [(name: String, loss: Loss)] = [
      ("000: ½ Σ (y − ŷ)²", halfSquares), ("001: (1/m) Σ (y − ŷ)²", meanSquares),
      ("004: (1/2n) Σ (y − a)²", halfMeanSquares),
      ("002, 003: cross-entropy, 1/m", meanCrossEntropy),
    ]
    let four = try network.forward(inputs)
    func cost(_ loss: Loss) throws -> Double {
      try network.cost(of: four, targets: answers, loss: loss)
    }
    func slope(_ loss: Loss) throws -> Double {
      try network.backward(four, targets: answers, loss: loss).gradient(2).biases[0]
    }
    let slopes = try conventions.map { try slope($0.loss) }
    notebook.table(
      "conventions", "One network, four examples, four costs",
      [
        .texts("convention", "Cost", conventions.map(\.name)),
        .numbers("cost", "$`J`$", try conventions.map { try cost($0.loss) }, .decimals(6)),
        .numbers("gradient", "$`\\partial J / \\partial b^2`$", slopes, .decimals(6)),
        .numbers("ratio", "Ratio to 000", slopes.map { $0 / slopes[0] }, .decimals(4)),
      ])
    notebook.erratum(
      "erratum.cross.loss-scale", printed: slopes.prefix(3).map { $0 / slopes[0] },
      right: [1, 1, 1])

    //: The squared errors differ by a factor only, but so do their gradients: a learning rate that suits one is two
    //: or four times too large or too small for another.

    //- fold: How the statements about losses are checked
    let outputs = four.output.elements
    let squares = zip(outputs, answers.elements).map { ($1 - $0) * ($1 - $0) }
    let squareSum = squares.reduce(0, +)
    let x1 = Matrix(column: [1.0])
    let y1 = Matrix(column: [1.0])
    let pass = try network.forward(x1)
    let output = pass.output[0, 0]
    notebook.claim(
      "backprop.sellie.se", try network.cost(of: pass, targets: y1, loss: halfSquares),
      asPrinted: 0.5 * (1 - output) * (1 - output))
    let three = try Matrix([[0.7], [0.2], [0.4]])
    let oneHot = try Matrix([[1.0], [0], [0]])
    func direct(_ loss: Loss, _ outputs: Matrix<Double>, _ targets: Matrix<Double>) throws -> Double
    {
      loss.reduce(
        try loss.perExample(z: outputs, a: outputs, activation: .identity, targets: targets))
    }
    notebook.claim(
      "backprop.sellie.se-multi", try direct(halfSquares, three, oneHot),
      asPrinted: 0.5 * (0.3 * 0.3 + 0.2 * 0.2 + 0.4 * 0.4))
    notebook.claim("backprop.deeplearning.l2", try cost(meanSquares), asPrinted: squareSum / m)
    notebook.claim("backprop.dmml.cost", try cost(halfMeanSquares), asPrinted: squareSum / (2 * m))
    let alone = try (0..<4).map { i in
      try network.cost(
        inputs: Matrix(column: inputs.column(i)), targets: Matrix(column: answers.column(i)),
        loss: halfMeanSquares)
    }
    notebook.claim(
      "backprop.dmml.assumptions", try cost(halfMeanSquares), asPrinted: alone.reduce(0, +) / m)
    notebook.erratum(
      "erratum.dmml.a-of-n", printed: try network.forward(Matrix(column: [m])).output.elements,
      right: outputs)
    notebook.claim(
      "backprop.sellie.ce", try network.cost(of: pass, targets: y1, loss: meanCrossEntropy))
    let grid = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
    notebook.claim(
      "backprop.wang.cost",
      grid.flatMap { p in [1.0, 0].map { Loss.crossEntropy(of: p, target: $0) } },
      asPrinted: grid.flatMap { p in
        [1.0, 0].map { y in -(y * Double.log(p) + (1 - y) * Double.log(1 - p)) }
      })
    //- end

    let probabilities = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
    notebook.table(
      "cross_entropy", "Cross-entropy of one answer",
      [
        .numbers("y_hat", "$`\\hat y`$", probabilities, .decimals(2)),
        .numbers(
          "y_1", "$`y = 1`$", probabilities.map { Loss.crossEntropy(of: $0, target: 1) },
          .decimals(4)),
        .numbers(
          "y_0", "$`y = 0`$", probabilities.map { Loss.crossEntropy(of: $0, target: 0) },
          .decimals(4)),
      ])

    //: Document 001 prints its “sum of squared error” without the square. With residuals 3 and −3 the
    //: printed sum is {{printedSse}}: the errors cancel. The right sum is {{sse}}. (Nor does the slide say what its
    //: $`N`$ is beside the $`m`$ examples; read as the number of all outputs it gives half of 001's later $`1/m`$ here.)

    let residuals = try Matrix([[3.0, -3.0]])
    let zeros = try Matrix([[0.0, 0.0]])
    let sse = try direct(Loss.squaredError(factor: 1, reduction: .sum), residuals, zeros)
    let printedSse = residuals.elements.reduce(0, +)
    notebook.value("printedSse", printedSse)
    notebook.value("sse", sse)
    notebook.claim("backprop.deeplearning.sse", sse, asPrinted: printedSse)
    let pairs = try Matrix([[3.0, -3.0], [1.0, 1.0]])
    let pairZeros = try Matrix([[0.0, 0.0], [0.0, 0.0]])
    let perExample = try direct(meanSquares, pairs, pairZeros)
    notebook.erratum(
      "erratum.deeplearning.sse-n-vs-m", printed: [perExample / Double(pairs.rows)],
      right: [perExample])

    //: With several sigmoid outputs the cross-entropy needs both terms for every output. The one-term
    //: form $`-\sum_k y_k \log \hat y_k`$ of 000 rewards a network that answers 1 to everything: with all
    //: four logits at 10 it gives {{oneTerm}}, while three of the four answers are wrong.

    let tens = Matrix(column: [10.0, 10, 10, 10])
    let allOnes = Activation.sigmoid.forward(tens)
    let first = Matrix(column: [1.0, 0, 0, 0])
    let twoTerms = meanCrossEntropy.reduce(
      try meanCrossEntropy.perExample(z: tens, a: allOnes, activation: .sigmoid, targets: first))
    let oneTerm = -Double.log(allOnes[0, 0])
    notebook.value("oneTerm", oneTerm, .significant(3))
    notebook.claim("backprop.sellie.ce-multi", twoTerms, asPrinted: oneTerm)

    //: ## One step on document 000's network
    //:
    //: Document 000 works out the forward pass for $`x = 1`$, $`y = 1`$ and stops before the gradients.
    //: Here they are, for $`J = \frac12 (y - \hat y)^2`$, as the network writes them down when it is run on numbers
    //: that remember how they were made. The hidden deltas are what comes back through the weights 1 and −3, times
    //: $`a(1 - a)`$.

    let back = try network.backward(pass, targets: y1, loss: halfSquares)
    var stepped = network
    try stepped.update(with: back.gradients, learningRate: alpha)
    let written = try Derivation(
      network, inputs: x1, targets: y1, loss: halfSquares, in: .of("000"))
    notebook.equation((written.lines(.deltas) + written.lines(.gradients)).tex)
    let costBefore = try network.cost(of: pass, targets: y1, loss: halfSquares)
    let costAfter = try stepped.cost(inputs: x1, targets: y1, loss: halfSquares)
    notebook.table(
      "one_step", "One gradient step",
      [
        .texts(
          "parameter", "Parameter",
          ["$`W^{(1)}_{11}`$", "$`W^{(1)}_{21}`$", "$`b^{(1)}_1`$", "$`b^{(1)}_2`$"]
            + ["$`W^{(2)}_{11}`$", "$`W^{(2)}_{12}`$", "$`b^{(2)}_1`$"]),
        .numbers("old", "Old", network.parameters, .decimals(4)),
        .numbers("gradient", "Gradient", back.gradients.flatMap(\.elements), .decimals(6)),
        .numbers("new", "New", stepped.parameters, .decimals(6)),
      ])
    notebook.value("alpha", alpha)
    notebook.value("costBefore", costBefore, .decimals(4))
    notebook.shared("worked 1-2-1 network: output", output)
    notebook.shared("worked 1-2-1 network: ½(y − ŷ)² for y = 1", costBefore)
    notebook.value("costAfter", costAfter, .decimals(4))

    //: After one step with $`\alpha = {{alpha}}`$ the cost has gone from {{costBefore}} to {{costAfter}}.

    notebook.claim("backprop.sellie.example-delta3", back.delta(2)[0, 0])
    notebook.claim("backprop.sellie.example-gradW2", back.gradient(2).weights.elements)
    notebook.claim("backprop.sellie.example-gradb2", back.gradient(2).biases)
    notebook.claim("backprop.sellie.example-gradW1", back.gradient(1).weights.elements)
    notebook.claim("backprop.sellie.example-gradb1", back.gradient(1).biases)
    notebook.claim("backprop.sellie.example-step", [costAfter], also: [costBefore])
    notebook.claim(
      "backprop.sellie.update", stepped.parameters,
      asPrinted: zip(network.parameters, back.gradients.flatMap(\.elements)).map {
        $0 - alpha * $1
      })

    //: Three questions of 000 have their answer in this table. *How do we train a neural network?* A forward
    //: pass, a backward pass, a step. *How can we update the weights?* Against the gradient. *How would
    //: you store all the partial derivatives?* In matrices and vectors of the same shapes as the parameters.

    notebook.claim("backprop.sellie.train-q", [costBefore, costAfter])
    notebook.claim("backprop.sellie.update-q", stepped.parameters)
    notebook.claim(
      "backprop.sellie.store-q",
      back.gradients.flatMap {
        [Double($0.weights.rows), Double($0.weights.columns), Double($0.biases.count)]
      })

    //: The weights are $`W^{(1)}`$ and $`W^{(2)}`$. The step over “ℓ ∈ {1 … n_ℓ}” has one layer too
    //: many, as there is no $`W^{(3)}`$. Nor is it true that an example that is answered correctly changes
    //: nothing: with $`\hat y = {{nearly}}`$ and $`y = 1`$ the delta is {{correct}}. (The perceptron's
    //: rule stops there; gradient descent on squared error stops only where $`\hat y = y`$.)

    let layerCount = network.layers.count + 1
    notebook.claim(
      "backprop.sellie.sgd-range", network.layers.indices.map { Double($0 + 1) },
      asPrinted: (1...layerCount).map(Double.init))
    let nearlyRight = Matrix(column: [0.9])
    let correctDelta = try halfSquares.delta(
      z: nearlyRight, a: nearlyRight, activation: .sigmoid, targets: y1)[0, 0]
    notebook.value("nearly", nearlyRight[0, 0])
    notebook.value("correct", correctDelta)
    notebook.claim("backprop.sellie.no-change", correctDelta, asPrinted: 0)

    //: With many examples 000 adds the gradients up, 002 and 003 average them. Either is right, with a
    //: learning rate to match: for the four examples above the sum is {{sumRatio}} times the mean.

    let summed = try network.backward(four, targets: answers, loss: halfSquares)
    let averaged = try network.backward(four, targets: answers, loss: halfMeanSquares)
    let singleGradients = try (0..<4).map { i in
      let x = Matrix(column: inputs.column(i))
      return try network.backward(
        network.forward(x), targets: Matrix(column: answers.column(i)), loss: halfSquares
      ).gradients.flatMap(\.elements)
    }
    let added = singleGradients.dropFirst().reduce(singleGradients[0]) { zip($0, $1).map(+) }
    notebook.value("sumRatio", summed.gradient(2).biases[0] / averaged.gradient(2).biases[0])
    notebook.claim(
      "backprop.sellie.batch-sum", summed.gradients.flatMap(\.elements), asPrinted: added)
    notebook.erratum(
      "erratum.sellie.sum-vs-mean", printed: summed.gradient(2).biases,
      right: averaged.gradient(2).biases)

    //: ## Why cross-entropy: saturation
    //:
    //: A sigmoid unit with one input $`x = 1`$ answers $`\hat y`$ where 1 is wanted. The worse the
    //: answer, the *smaller* the gradient of squared error; that of cross-entropy is the error itself.

    let wrong = [0.5, 0.1, 0.01, 0.001, 0.0001]
    func sigmoidUnit(answering p: Double) throws -> Network<Double> {
      let logit = Double.log(p / (1 - p))
      return try Network([Layer(weights: [[logit]], biases: [0], activation: .sigmoid)])
    }
    func gradient(_ loss: Loss, answering p: Double, wanted y: Double) throws -> Double {
      let unit = try sigmoidUnit(answering: p)
      return try unit.backward(
        unit.forward(x1), targets: Matrix(column: [y]), loss: loss
      ).gradient(1).weights[0, 0]
    }
    let squaredGradients = try wrong.map { try gradient(halfSquares, answering: $0, wanted: 1) }
    let crossGradients = try wrong.map { try gradient(meanCrossEntropy, answering: $0, wanted: 1) }
    notebook.table(
      "saturation", "The gradient ∂L/∂w where 1 is wanted",
      [
        .numbers("y_hat", "$`\\hat y`$", wrong, .decimals(4)),
        .numbers("squared_error", "Squared error (½)", squaredGradients, .decimals(6)),
        .numbers("cross_entropy", "Cross-entropy", crossGradients, .decimals(4)),
      ])
    let confident = wrong.map { 1 - $0 }
    notebook.claim(
      "backprop.deeplearning.saturation-1", squaredGradients + crossGradients,
      asPrinted: wrong.map { ($0 - 1) * $0 * (1 - $0) } + wrong.map { $0 - 1 })
    notebook.claim(
      "backprop.deeplearning.saturation-0",
      try confident.map { try gradient(halfSquares, answering: $0, wanted: 0) }
        + confident.map { try gradient(meanCrossEntropy, answering: $0, wanted: 0) },
      asPrinted: confident.map { $0 * $0 * (1 - $0) } + confident)
    notebook.figure(
      "saturation_curve",
      Plot(
        title: "Size of the gradient where 1 is wanted",
        description:
          "Cross-entropy falls in a straight line from 1 at the worst answer to 0 at the right one. Squared error "
          + "is 0 at both ends and highest at a third.",
        x: Plot.Axis("answer ŷ", range: 0...1), y: Plot.Axis("|∂L/∂w|", range: 0...1.05),
        [
          try Plot.Series("squared error (½)", over: 0.001...0.999) {
            try abs(gradient(halfSquares, answering: $0, wanted: 1))
          },
          try Plot.Series("cross-entropy", over: 0.001...0.999) {
            try abs(gradient(meanCrossEntropy, answering: $0, wanted: 1))
          },
        ]))

    //: Squared error pushes hardest at $`\hat y = {{peak}}`$, with {{peakSize}}; from there down it gives up.
    //: Started at $`\hat y = {{start}}`$, with step size 1 on weight and bias, the unit needs {{squaredSteps}} steps to
    //: reach one half under squared error and {{crossSteps}} under cross-entropy.

    // The slope of (1 − p)² p is (1 − p)(1 − 3p): halve the interval around its sign change.
    var low = 0.1
    var high = 0.9
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if (1 - middle) * (1 - 3 * middle) > 0 { low = middle } else { high = middle }
    }
    let peakSize = try abs(gradient(halfSquares, answering: low, wanted: 1))
    //- hide
    notebook.value("peak", low, .decimals(4))
    notebook.value("peakSize", peakSize, .decimals(4))
    notebook.claim("backprop.deeplearning.saturation-max", [low, peakSize])
    //- end
    func learning(_ loss: Loss) throws -> [Double] {
      var unit = try sigmoidUnit(answering: 0.001)
      var path: [Double] = []
      while path.count < 2000 {
        let pass = try unit.forward(x1)
        path.append(pass.output[0, 0])
        if path[path.count - 1] >= 0.5 { break }
        try unit.update(
          with: unit.backward(pass, targets: y1, loss: loss).gradients, learningRate: 1)
      }
      return path
    }
    let squaredPath = try learning(halfSquares)
    let crossPath = try learning(meanCrossEntropy)
    notebook.value("start", 0.001)
    notebook.value("squaredSteps", Double(squaredPath.count - 1))
    notebook.value("crossSteps", Double(crossPath.count - 1))
    notebook.figure(
      "learning_from_a_wrong_start",
      Plot(
        title: "Learning from a confident mistake",
        description:
          "The answer step by step, steps on a logarithmic axis. Under cross-entropy it rises within a few steps; under squared error it stays near 0 for hundreds.",
        x: Plot.Axis("1 + updates", .logarithmic, range: 1...1000),
        y: Plot.Axis("answer ŷ", range: 0...0.7),
        [
          Plot.Series(
            "squared error (½)", x: squaredPath.indices.map { Double($0 + 1) }, y: squaredPath),
          Plot.Series(
            "cross-entropy", .linePoints, x: crossPath.indices.map { Double($0 + 1) }, y: crossPath),
        ]))

    //: The printed gradient $`(\hat y - y)\,\hat y(1 - \hat y)\,x`$ belongs to a loss with the factor ½. For
    //: the loss that 001 states, $`(1/m)\sum(y - \hat y)^2`$, it is {{factor}} times as large.

    let printedGradient = (0.1 - 1) * 0.1 * (1 - 0.1) * 1
    let statedGradient = try gradient(meanSquares, answering: 0.1, wanted: 1)
    notebook.value("factor", statedGradient / printedGradient)
    notebook.claim(
      "backprop.deeplearning.l2-gradient", statedGradient / printedGradient, asPrinted: 1,
      also: [statedGradient])

    //: ### The fused delta
    //:
    //: Cross-entropy's gradient does not vanish because its $`1/\hat y(1 - \hat y)`$ cancels the
    //: sigmoid's $`\hat y(1 - \hat y)`$. The chain written out and the fused $`\hat y - y`$ give the same
    //: number:

    let answersGiven = [0.1, 0.25, 0.5, 0.75, 0.9]
    func column(_ values: [Double], _ y: Double) -> (a: Matrix<Double>, y: Matrix<Double>) {
      (
        Matrix(rows: 1, columns: values.count, elements: values),
        Matrix(rows: 1, columns: values.count) { _, _ in y }
      )
    }
    let given = column(answersGiven, 1)
    let logits = given.a.map { Double.log($0 / (1 - $0)) }
    let outer = try meanCrossEntropy.gradient(a: given.a, targets: given.y)
    let chained = try Activation.sigmoid.backward(dA: outer, z: logits, a: given.a)
    let fused = try meanCrossEntropy.delta(
      z: logits, a: given.a, activation: .sigmoid, targets: given.y)
    notebook.table(
      "fused", "The chain and the fused delta for y = 1",
      [
        .numbers("y_hat", "$`\\hat y`$", answersGiven, .decimals(2)),
        .numbers("outer", "$`\\partial L/\\partial\\hat y`$", outer.elements, .decimals(4)),
        .numbers(
          "inner", "$`\\hat y(1 - \\hat y)`$", answersGiven.map { $0 * (1 - $0) }, .decimals(4)),
        .numbers("chain", "Product", chained.elements, .decimals(4)),
        .numbers("fused", "$`\\hat y - y`$", fused.elements, .decimals(4)),
      ])
    let given0 = column(answersGiven, 0)
    let between = column(answersGiven, 0.3)
    notebook.claim(
      "backprop.deeplearning.bce",
      try [given, given0, between].flatMap {
        try meanCrossEntropy.gradient(a: $0.a, targets: $0.y).elements
      },
      asPrinted: [1, 0, 0.3].flatMap { y in
        answersGiven.map { -y / $0 + (1 - y) / (1 - $0) }
      })
    notebook.claim(
      "backprop.deeplearning.bce-sigmoid", chained.elements, asPrinted: answersGiven.map { $0 - 1 })
    notebook.claim("backprop.wang.dz-logistic", chained.elements, asPrinted: fused.elements)
    notebook.erratum(
      "erratum.deeplearning.dl-dyhat-label", printed: [fused[0, 1]], right: [outer[0, 1]])
    notebook.claim(
      "backprop.wang.da-last",
      try meanCrossEntropy.gradient(a: Matrix(column: [0.25]), targets: y1)[0, 0],
      asPrinted: (1 - 1) / (1 - 0.25) - 1 / 0.25)
    notebook.claim(
      "backprop.all.delta-sse-vs-bce",
      [
        back.delta(2)[0, 0],
        try network.backward(pass, targets: y1, loss: meanCrossEntropy).delta(2)[0, 0],
      ])

    //: So the output's delta depends on the loss: 003's $`\delta = a - y`$ and 004's $`(a - y)\sigma'(z)`$ are
    //: both right, each for its own loss. On 000's worked example they are {{deltaCross}} and
    //: {{deltaSquared}}.

    //- hide
    let deltaCross = output - 1
    notebook.value("deltaCross", deltaCross, .decimals(4))
    notebook.value("deltaSquared", back.delta(2)[0, 0], .decimals(4))
    notebook.erratum(
      "erratum.cross.delta-output", printed: [deltaCross], right: [back.delta(2)[0, 0]])
    //- end

    //: ## Document 001's worked step
    //:
    //: The document states the forward pass and asks for the step: $`w_{11}^2 = {{w2Stated}}`$,
    //: $`w_{11}^1 = {{w1Stated}}`$, $`\hat y = {{yStated}}`$, $`y = 1`$, and at the hidden unit both “a = 0.37” and “z = 0.5”.
    //: The backward pass runs on the pass as it is stated:

    let chain = try Network([
      Layer(weights: [[0.1]], biases: [0], activation: .sigmoid),
      Layer(weights: [[12.0]], biases: [0], activation: .sigmoid),
    ])
    let stated = 0.25
    notebook.value("w2Stated", chain.layers[1].weights[0, 0])
    notebook.value("w1Stated", chain.layers[0].weights[0, 0])
    notebook.value("yStated", stated)
    let hiddenStated = 0.37
    let impliedZ2 = Double.log(stated / (1 - stated))
    let crossEntropy = Loss.binaryCrossEntropy(reduction: .sum)
    func worked(hidden a: Double) throws -> (back: BackwardPass<Double>, new: Network<Double>) {
      let pass = try ForwardPass(
        stated: Matrix(column: [input]),
        layers: [
          (Matrix(column: [0.5]), Matrix(column: [a])),
          (Matrix(column: [impliedZ2]), Matrix(column: [stated])),
        ])
      let back = try chain.backward(pass, targets: y1, loss: crossEntropy)
      var new = chain
      try new.update(with: back.gradients, learningRate: learningRate)
      return (back, new)
    }
    let printed = try worked(hidden: hiddenStated)
    let plus = try worked(hidden: Activation.sigmoid(0.5))
    let minus = try worked(hidden: Activation.sigmoid(-0.5))
    func steps(_ run: (back: BackwardPass<Double>, new: Network<Double>)) -> [Double] {
      [
        run.back.delta(2)[0, 0], run.back.gradient(2).weights[0, 0], run.new.parameters[2],
        run.back.delta(1)[0, 0], run.back.gradient(1).weights[0, 0], run.new.parameters[0],
      ]
    }
    // The document's figure has further inputs that its text leaves out; their weights take no part in it.
    let unknown = Matrix(column: [input, .nan, .nan])
    let step = try Derivation(
      Network([
        Layer(weights: [[0.1, 0, 0]], biases: [0], activation: .sigmoid), chain.layers[1],
      ]), inputs: unknown, targets: y1, loss: crossEntropy,
      stated: ForwardPass(
        stated: unknown,
        layers: [
          (Matrix(column: [0.5]), Matrix(column: [hiddenStated])),
          (Matrix(column: [impliedZ2]), Matrix(column: [stated])),
        ]), learningRate: learningRate, in: .of("001"))
    notebook.equation(
      [
        step.line(.weightGradient(layer: 2, unit: 1, source: 1), throughDeltas: true),
        step.line(.newWeight(layer: 2, unit: 1, source: 1)),
        step.line(.weightGradient(layer: 1, unit: 1, source: 1), throughDeltas: true),
        step.line(.newWeight(layer: 1, unit: 1, source: 1)),
      ].tex)
    notebook.table(
      "worked_step",
      "The step as printed, as it follows, and with a hidden unit that is consistent",
      [
        .texts(
          "quantity", "Quantity",
          [
            "$`\\partial L/\\partial z^2`$", "$`\\partial L/\\partial w^2`$", "new $`w^2`$",
            "$`\\partial L/\\partial z^1`$", "$`\\partial L/\\partial w^1`$", "new $`w^1`$",
          ]),
        .texts(
          "printed", "Printed",
          ["dl-dz2", "dl-dw2", "w2-new", "delta1", "dl-dw1", "w1-new"].map {
            notebook.printed("backprop.deeplearning.\($0)")
          }),
        .numbers("stated", "Computed", steps(printed), .decimals(6)),
        .numbers("plus", "With $`a = \\sigma(z)`$", steps(plus), .decimals(6)),
        .numbers("minus", "With $`a = \\sigma(-z)`$", steps(minus), .decimals(6)),
      ])

    //- reference
    //: Most of the printed numbers are exact. The first new weight is rounded to four decimals; the
    //: second, “1.35”, is cut off: rounded it would be {{w1Rounded}}. And a hidden unit with $`z = {{zStated}}`$
    //: does not answer “0.37” but {{sigmaHalf}}. The printed value fits $`\sigma({{minusZ}}) = {{sigmaMinus}}`$
    //: {{sigmaRule}}. Because $`\sigma'`$ is even, the gradient of $`w^1`$ is the same for both signs.
    //- end

    let w1New = printed.new.parameters[0]
    notebook.value("w1Rounded", w1New, .decimals(2))
    notebook.value("zStated", 0.5)
    notebook.value("minusZ", -0.5)
    notebook.value("sigmaMinus", Activation.sigmoid(-0.5), .decimals(4))
    let rules = [RoundingRule.decimals(2), .decimals(2, .towardZero)]
    let fits = rules.first { $0(Activation.sigmoid(-0.5)) == hiddenStated }
    notebook.value("sigmaRule", text: fits?.description ?? "by no rule of rounding")
    notebook.value("sigmaHalf", Activation.sigmoid(0.5), .decimals(4))
    notebook.claim(
      "backprop.deeplearning.dl-dyhat",
      try crossEntropy.gradient(a: Matrix(column: [stated]), targets: y1)[0, 0])
    notebook.claim(
      "backprop.deeplearning.dl-dz2", printed.back.delta(2)[0, 0],
      also: [-4 * stated * (1 - stated)])
    notebook.claim("backprop.deeplearning.dl-dw2", printed.back.gradient(2).weights[0, 0])
    notebook.claim("backprop.deeplearning.w2-new", printed.new.parameters[2])
    notebook.claim("backprop.deeplearning.delta1", printed.back.delta(1)[0, 0])
    notebook.claim("backprop.deeplearning.dl-dw1", printed.back.gradient(1).weights[0, 0])
    notebook.claim("backprop.deeplearning.w1-new", w1New)
    notebook.claim(
      "backprop.deeplearning.a-vs-z", Activation.sigmoid(0.5),
      also: [Double.log(hiddenStated / (1 - hiddenStated)), Activation.sigmoid(-0.5)])
    func exampleValues(_ run: (back: BackwardPass<Double>, new: Network<Double>)) -> [Double] {
      [1, 2, 4, 5].map { steps(run)[$0] }
    }
    notebook.claim("backprop.deeplearning.example-z-plus", exampleValues(plus))
    notebook.claim("backprop.deeplearning.example-z-minus", exampleValues(minus))

    //- reference
    //: What else the example implies: the loss is {{nats}} nats or {{bits}} bits, the output's sum is
    //: {{impliedZ2}}, and the step of $`w^1`$ alone moves the hidden sum from {{zStated}} to {{zNew}}: the
    //: unit is saturated after one step, its distance from 1 being {{distance}}. The input of {{x1}} is to
    //: blame. Scaled to $`x_1/255`$, as pixels are, the same step moves the sum to {{zScaled}}.
    //- end

    let bits = Loss.binaryCrossEntropy(factor: 1 / Double.log(2), reduction: .sum)
    let losses = try [crossEntropy, bits].map {
      try direct($0, Matrix(column: [stated]), y1)
    }
    let zNew = 0.5 + input * (w1New - 0.1)
    let scaled = input / 255
    let zScaled = 0.5 - learningRate * printed.back.delta(1)[0, 0] * scaled * scaled
    notebook.value("nats", losses[0], .decimals(4))
    notebook.value("bits", losses[1])
    notebook.value("impliedZ2", impliedZ2, .decimals(4))
    notebook.value("zNew", zNew)
    notebook.value("distance", Activation.sigmoid(-zNew), .significant(3))
    notebook.value("x1", input)
    notebook.value("zScaled", zScaled, .decimals(6))
    notebook.claim("backprop.deeplearning.loss-value", losses)
    notebook.claim("backprop.deeplearning.implied-z2", impliedZ2)
    notebook.claim("backprop.deeplearning.overshoot", [zNew, Activation.sigmoid(-zNew)])

    //: The assignment, $`\partial L/\partial w_{13}^1`$, needs $`x_3`$, which is in a figure that the text does
    //: not have. Everything else is known, so the symbol stays:

    notebook.equation(
      step.line(.weightGradient(layer: 1, unit: 1, source: 3), throughDeltas: true).tex)

    //: Likewise the stated sum cannot be checked: the one known input contributes {{known}}, so the missing inputs and
    //: the bias would have to contribute {{rest}}.

    //- hide
    let contribution = 0.1 * input
    notebook.value("known", contribution)
    notebook.value("rest", 0.5 - contribution)
    notebook.notComputable(
      "backprop.deeplearning.assignment", known: [printed.back.delta(1)[0, 0]])
    notebook.notComputable("backprop.deeplearning.inputs", known: [0.5 - contribution])
    notebook.erratum(
      "erratum.deeplearning.assignment-data", printed: [0.5], right: [contribution])
    //- end

    //: ## The chain rule along one path
    //:
    //: In a deep thin network, one unit a layer, the derivative with respect to a weight is one product
    //: from the loss down to that weight: seven factors for the lowest of three layers, then five, then three.

    let thin = try Network([
      Layer(weights: [[0.5]], biases: [0.1], activation: .sigmoid),
      Layer(weights: [[-1.2]], biases: [0.2], activation: .sigmoid),
      Layer(weights: [[0.8]], biases: [-0.3], activation: .sigmoid),
    ])
    let thinInput = Matrix(column: [1.5])
    let thinPass = try thin.forward(thinInput)
    let thinBack = try thin.backward(thinPass, targets: y1, loss: crossEntropy)
    let lossSlope = try crossEntropy.gradient(a: thinPass.output, targets: y1)[0, 0]
    func prime(_ layer: Int) -> Double {
      let a = thinPass.a(layer)[0, 0]
      return a * (1 - a)
    }
    func weight(_ layer: Int) -> Double { thin.layers[layer - 1].weights[0, 0] }
    let factors: [(name: String, value: Double)] = [
      ("∂L/∂ŷ", lossSlope), ("∂ŷ/∂z³", prime(3)), ("∂z³/∂a²", weight(3)), ("∂a²/∂z²", prime(2)),
      ("∂z²/∂a¹", weight(2)), ("∂a¹/∂z¹", prime(1)), ("∂z¹/∂w¹", thinInput[0, 0]),
    ]
    notebook.table(
      "thin_chain", "The seven factors of ∂L/∂w¹",
      [
        .texts("factor", "Factor", factors.map(\.name)),
        .numbers("value", "Value", factors.map(\.value), .decimals(6)),
        .numbers(
          "product", "Product so far",
          factors.indices.map { factors[...$0].map(\.value).reduce(1, *) }, .decimals(6)),
      ])
    let thinWritten = try Derivation(
      thin, inputs: thinInput, targets: y1, loss: crossEntropy, in: .of("001"))
    notebook.equation(
      (1...3).reversed().map {
        thinWritten.line(.weightGradient(layer: $0, unit: 1, source: 1), throughDeltas: true)
      }.tex)
    let thinGradients = (1...3).map { thinBack.gradient($0).weights[0, 0] }
    let products = [
      factors.map(\.value).reduce(1, *),
      factors.prefix(4).map(\.value).reduce(1, *) * thinPass.a(1)[0, 0],
      factors.prefix(2).map(\.value).reduce(1, *) * thinPass.a(2)[0, 0],
    ]
    notebook.claim("backprop.deeplearning.chain-thin", thinGradients, asPrinted: products)

    //: *Who is responsible for the loss?* Each weight as much as its derivative says: {{blame3}} for the
    //: top weight, {{blame2}} for the middle one, {{blame1}} for the lowest.

    notebook.value("blame1", thinGradients[0], .significant(3))
    notebook.value("blame2", thinGradients[1], .significant(3))
    notebook.value("blame3", thinGradients[2], .significant(3))
    notebook.claim("backprop.deeplearning.blame-q", thinGradients)

    //: For the shorter chains, in networks of one and of two layers, the products are 001's
    //: $`(\hat y - y)\,x`$ and $`(\hat y - y)\,w^2\,a^1(1 - a^1)\,x`$.

    //- fold: How the short chains are checked
    let logistic = try Network([Layer(weights: [[0.7]], biases: [-0.2], activation: .sigmoid)])
    let logisticPass = try logistic.forward(thinInput)
    let logisticBack = try logistic.backward(logisticPass, targets: y1, loss: crossEntropy)
    let error = logisticPass.output[0, 0] - 1
    notebook.claim(
      "backprop.deeplearning.one-layer", logisticBack.gradient(1).weights[0, 0],
      asPrinted: error * thinInput[0, 0])
    let answer = logisticPass.output[0, 0]
    // Read as ∂ŷ/∂w, the last factor has the slope of the sigmoid in it once more.
    notebook.erratum(
      "erratum.deeplearning.zhat", printed: [error * answer * (1 - answer) * thinInput[0, 0]],
      right: [logisticBack.gradient(1).weights[0, 0]])
    let double = try Network(Array(thin.layers.dropLast()))
    let doublePass = try double.forward(thinInput)
    let doubleBack = try double.backward(doublePass, targets: y1, loss: crossEntropy)
    let e = doublePass.output[0, 0] - 1
    let a1 = doublePass.a(1)[0, 0]
    let w2 = weight(2)
    notebook.claim(
      "backprop.deeplearning.two-layer",
      [
        doubleBack.gradient(2).weights[0, 0],
        try (double.layers[1].weights.transposed * doubleBack.delta(2))[0, 0],
        doubleBack.delta(1)[0, 0], doubleBack.gradient(1).weights[0, 0],
      ],
      asPrinted: [e * a1, e * w2, e * w2 * a1 * (1 - a1), e * w2 * a1 * (1 - a1) * thinInput[0, 0]])
    let top = try crossEntropy.gradient(a: doublePass.output, targets: y1)[0, 0]
    let deltaTop = top * Activation.sigmoid.derivative(at: doublePass.z(2)[0, 0])
    let deltaLow = deltaTop * w2 * Activation.sigmoid.derivative(at: doublePass.z(1)[0, 0])
    notebook.claim(
      "backprop.deeplearning.deltas",
      [
        doubleBack.delta(2)[0, 0],
        try (double.layers[1].weights.transposed * doubleBack.delta(2))[0, 0],
        doubleBack.delta(1)[0, 0], doubleBack.gradient(1).weights[0, 0],
      ],
      asPrinted: [deltaTop, deltaTop * w2, deltaLow, deltaLow * thinInput[0, 0]])
    //- end

    //: One slide prints the seven factors for $`\partial L/\partial w_{12}`$ with the layers in the wrong order. Its
    //: factor $`\partial a^1/\partial z^2`$ is zero, because the lower layer does not depend on the upper one, and
    //: with it the whole product. (The slide also leaves out which layer's $`w_{12}`$ is meant.)

    let wide = try random([3, 3, 3, 2])
    let wideInput = Matrix(column: [0.5, -1, 2])
    let wideTarget = Matrix(column: [1.0, 0])
    let widePass = try wide.forward(wideInput)
    let wideBack = try wide.backward(widePass, targets: wideTarget, loss: crossEntropy)
    let nudge = 1e-3
    func nudged(_ network: Network<Double>, layer: Int, unit: Int, by step: Double) throws
      -> Network<
        Double
      >
    {
      try Network(
        network.layers.enumerated().map { index, old in
          var biases = old.biases
          if index == layer - 1 { biases[unit] += step }
          return try Layer(
            Parameters(weights: old.weights, biases: biases), activation: old.activation)
        })
    }
    let lifted = try nudged(wide, layer: 2, unit: 0, by: nudge).forward(wideInput)
    let upwards = (lifted.a(1)[0, 0] - widePass.a(1)[0, 0]) / nudge
    notebook.claim(
      "backprop.deeplearning.chain-w12", wideBack.gradient(1).weights[0, 1],
      asPrinted: wideBack.delta(3)[0, 0] * upwards)
    notebook.erratum(
      "erratum.deeplearning.w12-layer", printed: [wideBack.gradient(2).weights[0, 1]],
      right: [wideBack.gradient(1).weights[0, 1]])

    //: ## Many paths
    //:
    //: A quantity that acts through several others gets a term for each:
    //: $`\partial z/\partial x = \sum_i (\partial z/\partial y_i)(\partial y_i/\partial x)`$. Document 000 carries this out for
    //: $`W_{11}^{(1)}`$ in a network with two units in its third layer. The check case is a 2-2-2-1 network:

    let twoPaths = try Network([
      Layer(weights: [[0.1, -0.2], [0.3, 0.4]], biases: [0.1, -0.1], activation: .sigmoid),
      Layer(weights: [[0.5, -0.6], [0.7, 0.8]], biases: [0.2, 0], activation: .sigmoid),
      Layer(weights: [[-0.9, 1.1]], biases: [0.3], activation: .sigmoid),
    ])
    let twoInput = Matrix(column: [0.5, -1])
    let twoPass = try twoPaths.forward(twoInput)
    let twoBack = try twoPaths.backward(twoPass, targets: y1, loss: halfSquares)
    let topDelta =
      -(1 - twoPass.output[0, 0]) * Activation.sigmoid.derivative(at: twoPass.z(3)[0, 0])
    func path(through unit: Int) -> Double {
      topDelta * twoPaths.layers[2].weights[0, unit]
        * Activation.sigmoid.derivative(at: twoPass.z(2)[unit, 0])
        * twoPaths.layers[1].weights[unit, 0]
        * Activation.sigmoid.derivative(at: twoPass.z(1)[0, 0]) * twoInput[0, 0]
    }
    let paths = [path(through: 0), path(through: 1)]
    let whole = twoBack.gradient(1).weights[0, 0]
    notebook.table(
      "two_paths", "∂J/∂W₁₁⁽¹⁾ by path",
      [
        .texts("path", "Path", ["through $`z_1^{(3)}`$", "through $`z_2^{(3)}`$", "sum"]),
        .numbers("value", "Contribution", paths + [paths[0] + paths[1]], .decimals(10)),
      ])
    let bothPaths = try Derivation(
      twoPaths, inputs: twoInput, targets: y1, loss: halfSquares, in: .of("000"))
    notebook.equation(
      bothPaths.line(.weightGradient(layer: 1, unit: 1, source: 1), throughDeltas: true).inSymbols
        .tex)
    // Each path by moving one sum: ∂J/∂z of the unit above times ∂z/∂W below.
    let tiny = 1e-5
    func twoCost(_ network: Network<Double>) throws -> Double {
      try network.cost(inputs: twoInput, targets: y1, loss: halfSquares)
    }
    func weightMoved(by step: Double) -> Network<Double> {
      var moved = twoPaths
      moved.parameters[0] += step
      return moved
    }
    let measuredPaths = try [0, 1].map { unit in
      let lossSlope =
        try
        (twoCost(nudged(twoPaths, layer: 2, unit: unit, by: tiny))
        - twoCost(nudged(twoPaths, layer: 2, unit: unit, by: -tiny))) / (2 * tiny)
      let sums = try [tiny, -tiny].map { try weightMoved(by: $0).forward(twoInput).z(2)[unit, 0] }
      return lossSlope * (sums[0] - sums[1]) / (2 * tiny)
    }
    notebook.claim(
      "backprop.sellie.chain", paths + [whole], asPrinted: measuredPaths + [paths[0] + paths[1]],
      within: 1e-9)
    notebook.claim("backprop.sellie.chain-top", twoBack.delta(3)[0, 0], asPrinted: topDelta)

    //: *Can we find a pattern to make this much easier?* Yes: the two paths share everything above the
    //: hidden unit. Collect it once, as a delta for every unit, and pass deltas down:
    //:
    //: ```math
    //: \delta^{l} = \left( (W^{l+1})^{T} \delta^{l+1} \right) \odot g'(z^{l})
    //: ```

    notebook.claim(
      "backprop.sellie.pattern-q", twoBack.delta(2).elements + twoBack.delta(1).elements)
    func sums(through count: Int) throws -> (paths: Double, difference: Double) {
      let fan = try random([1, count, 1], hidden: .tanh, output: .identity)
      func z(_ x: Double) throws -> Double { try fan.forward(Matrix(column: [x])).output[0, 0] }
      let y = try fan.forward(Matrix(column: [0.4])).z(1)
      let terms = (0..<count).map { i in
        fan.layers[1].weights[0, i] * Activation.tanh.derivative(at: y[i, 0])
          * fan.layers[0].weights[i, 0]
      }
      return (terms.reduce(0, +), try (z(0.4 + 1e-5) - z(0.4 - 1e-5)) / 2e-5)
    }
    let fans = try [2, 3].map { try sums(through: $0) }
    notebook.claim(
      "backprop.deeplearning.path-sum-2", fans.map(\.paths), asPrinted: fans.map(\.difference),
      within: 1e-9)

    //: What naive bookkeeping costs is counted [below](#what-the-naive-chain-rule-costs).
    //:
    //: ## The four equations
    //:
    //: Backpropagation is four equations: the output's delta, the step down a layer, and the gradients of a bias and
    //: of a weight. Documents 001 and 004:
    //:
    //: ```math
    //: \begin{aligned}
    //: \delta^L &= \frac{\partial L}{\partial \hat y} \odot \sigma'(z^L), &
    //: \delta^l &= \left((w^{l+1})^T \delta^{l+1}\right) \odot \sigma'(z^l), \\
    //: \frac{\partial L}{\partial b_j^l} &= \delta_j^l, &
    //: \frac{\partial L}{\partial w_{jk}^l} &= a_k^{l-1} \delta_j^l
    //: \end{aligned}
    //: ```
    //:
    //: (004 writes $`C`$ for $`L`$, and the step down unit by unit,
    //: $`\delta_j^l = \sum_k \delta_k^{l+1} w_{kj}^{l+1}\,\sigma'(z_j^l)`$.) Document 002, for all examples at once:
    //:
    //: ```math
    //: \begin{aligned}
    //: dZ^{[l]} &= dA^{[l]} * g^{[l]\prime}(Z^{[l]}), & dA^{[l-1]} &= W^{[l]T} dZ^{[l]}, \\
    //: dW^{[l]} &= \frac1m dZ^{[l]} A^{[l-1]T}, & db_j^{[l]} &= \frac1m \sum_{i=1}^m dZ_{ji}^{[l]}
    //: \end{aligned}
    //: ```
    //:
    //: Document 003, with the bias in column 0 (its last line is set right [below](#the-regularized-cost-of-document-003)):
    //:
    //: ```math
    //: \begin{aligned}
    //: \delta^{(4)} &= a^{(4)} - y, & \delta^{(3)} &= (\Theta^{(3)})^T \delta^{(4)} .* g'(z^{(3)}), \\
    //: \Delta_{ij}^{(l)} &:= \Delta_{ij}^{(l)} + a_j^{(l)} \delta_i^{(l+1)}, &
    //: D_{ij}^{(l)} &:= \frac1m \Delta_{ij}^{(l)} + \lambda \Theta_{ij}^{(l)}
    //: \end{aligned}
    //: ```
    //:
    //: Document 000 stops at the chain rule. The equations are carried out here on a 3-4-1 network, unit by unit, and
    //: compared with the engine's matrices, with finite differences and with *dual numbers*. A dual number
    //: $`x + x'\epsilon`$, with $`\epsilon^2 = 0`$, carries a derivative along with its value:
    //: $`(x + x'\epsilon)(y + y'\epsilon) = xy + (x'y + xy')\epsilon`$ is the product rule, and every other step of
    //: the forward pass and of the cost brings its own rule along. Run on dual numbers, with the derivative of one parameter set to 1, the
    //: same forward pass gives the exact derivative of the cost by that parameter. There is no step to choose and
    //: nothing to subtract. Of all {{entries341}} derivatives of this network, backpropagation is at most
    //: {{differences341}} off the finite differences, and {{exact341}} off the dual numbers.

    let net341 = try random([3, 4, 1])
    let pass341 = try net341.forward(wideInput)
    let back341 = try net341.backward(pass341, targets: y1, loss: crossEntropy)
    let hiddenPrime = pass341.z(1).elements.map { Activation.sigmoid.derivative(at: $0) }
    let dOutput = try crossEntropy.gradient(a: pass341.output, targets: y1)[0, 0]
    let delta2 = dOutput * Activation.sigmoid.derivative(at: pass341.z(2)[0, 0])
    let delta1 = (0..<4).map { j in net341.layers[1].weights[0, j] * delta2 * hiddenPrime[j] }
    let check341 = try CheckedGradient(
      "3-4-1, cross-entropy", net341, inputs: wideInput, targets: y1, loss: crossEntropy)
    func biases341(_ gradient: [Double]) -> [Double] { Array(gradient[12..<16]) + [gradient[20]] }
    notebook.value("entries341", Double(check341.exact.count))
    notebook.value("differences341", check341.differencesError, .scientific(1))
    notebook.value("exact341", check341.exactError, .scientific(1))
    notebook.table(
      "four_equations", "∂L/∂b of the 3-4-1 network",
      [
        .texts(
          "unit", "Unit", ["hidden 1", "hidden 2", "hidden 3", "hidden 4", "output"]),
        .numbers("equations", "Equations", delta1 + [delta2], .decimals(8)),
        .numbers(
          "engine", "Engine", back341.gradient(1).biases + back341.gradient(2).biases, .decimals(8)),
        .numbers(
          "differences", "Finite differences", biases341(check341.differences), .decimals(8)),
        .numbers("exact", "Dual numbers", biases341(check341.exact), .decimals(8)),
      ])
    let byUnit: [Double] =
      (0..<3).flatMap { k in delta1.map { wideInput[k, 0] * $0 } } + delta1
      + (0..<4).map { pass341.a(1)[$0, 0] * delta2 } + [delta2]
    notebook.claim(
      "backprop.deeplearning.four-equations", back341.gradients.flatMap(\.elements),
      asPrinted: byUnit)
    notebook.claim(
      "backprop.deeplearning.matrix-equations",
      back341.delta(1).elements + back341.gradient(1).weights.elements,
      asPrinted: try net341.layers[1].weights.transposed.map { $0 * delta2 }
        .hadamard(Matrix(column: hiddenPrime)).elements
        + (Matrix(column: delta1) * wideInput.transposed).elements)
    notebook.claim(
      "backprop.dmml.weight", back341.gradient(1).weights.elements,
      asPrinted: (0..<3).flatMap { k in delta1.map { wideInput[k, 0] * $0 } })

    //: ### Down through a layer
    //:
    //: A hidden unit gets one term from *every unit of the layer above*. Document 001 writes “k” terms,
    //: with $`k`$ the number of classes; that is right only just below the output. In a 3-4-5-2 network the
    //: first hidden unit hears from five units, not two.

    let net3452 = try random([3, 4, 5, 2])
    let pass3452 = try net3452.forward(wideInput)
    let back3452 = try net3452.backward(pass3452, targets: wideTarget, loss: crossEntropy)
    let above = net3452.layers[1].weights
    let deltaAbove = back3452.delta(2)
    func term(_ p: Int, _ j: Int) -> Double { deltaAbove[p, 0] * above[p, j] }
    let dA = try above.transposed * deltaAbove
    notebook.claim(
      "backprop.deeplearning.hidden-sum", dA[0, 0],
      asPrinted: (0..<2).map { term($0, 0) }.reduce(0, +))
    notebook.claim(
      "backprop.deeplearning.column-form", dA.elements,
      asPrinted: try (0..<4).map { j in
        try (Matrix(column: above.column(j)).transposed * deltaAbove)[0, 0]
      })
    notebook.claim(
      "backprop.deeplearning.vector-form", dA.elements,
      asPrinted: (0..<4).map { j in (0..<5).map { term($0, j) }.reduce(0, +) })
    notebook.erratum(
      "erratum.deeplearning.vector-subscript",
      printed: try undefinedIfShapesDiffer {
        try (above * Matrix(column: [pass3452.a(1)[0, 0]])).elements
      }, right: dA.elements)
    let primes = pass3452.z(1).elements.map { Activation.sigmoid.derivative(at: $0) }
    notebook.claim(
      "backprop.deeplearning.hidden-z", back3452.delta(1).elements,
      asPrinted: zip(dA.elements, primes).map { $0 * $1 })
    notebook.claim(
      "backprop.dmml.delta-rec", back3452.delta(1).elements,
      asPrinted: (0..<4).map { j in
        (0..<5).map { k in deltaAbove[k, 0] * above[k, j] * primes[j] }.reduce(0, +)
      })

    //: Document 004's inner derivative, $`\partial z_k^{l+1}/\partial z_j^l = w_{kj}^{l+1}\sigma'(z_j^l)`$, and
    //: $`\partial z/\partial b = 1`$ (its “1?” is right), against dual numbers: a bias with the derivative 1 moves one
    //: sum, and the layer above has the derivatives by it.

    let dualInput = wideInput.map { DualNumber($0) }
    let derivatives = try (0..<4).flatMap { j in
      var moved = try net3452.map { DualNumber($0) }
      moved.parameters[12 + j].derivative = 1
      return try moved.forward(dualInput).z(2).elements.map(\.derivative)
    }
    notebook.claim(
      "backprop.dmml.vanish",
      (0..<4).flatMap { j in (0..<5).map { k in above[k, j] * primes[j] } }, asPrinted: derivatives)
    let lifted1 = try nudged(net3452, layer: 1, unit: 0, by: 1).forward(wideInput)
    notebook.claim("backprop.dmml.bias", lifted1.z(1)[0, 0] - pass3452.z(1)[0, 0])
    let lowerWeights = net3452.layers[0].weights
    let slipped = try undefinedIfShapesDiffer { try (lowerWeights * pass3452.a(1)).elements }
    notebook.erratum(
      "erratum.dmml.w-superscript", printed: slipped, right: pass3452.z(2).elements)

    //: *How to compute* $`\partial L/\partial z^{l+1}`$ *for* $`l \le L-1`$*?* For $`l = L-1`$ it is the output's
    //: delta, which the loss gives; only below that does the recursion apply.

    notebook.claim(
      "backprop.deeplearning.range-q", back3452.delta(3).elements + back3452.delta(2).elements)
    //- hide
    let layers3452 = net3452.layers.count
    notebook.erratum(
      "erratum.deeplearning.l-range", printed: [Double((1...(layers3452 - 1)).count)],
      right: [Double((1..<(layers3452 - 1)).count)])
    //- end

    //: ### A parameter's gradient
    //:
    //: $`w_{pq}^l`$ acts on $`z_p^l`$ alone, so its gradient is $`\delta_p^l a_q^{l-1}`$. Document 001 drops the $`p`$;
    //: read literally, $`w_{11}`$ would act on every sum of its layer. It moves the first sum by {{moved}} and
    //: the second by {{unmoved}} for each unit that it grows.

    var grown = net3452
    var grownParameters = grown.parameters
    grownParameters[0] += 1
    grown.parameters = grownParameters
    let grownPass = try grown.forward(wideInput)
    let shifts = (0..<4).map { grownPass.z(1)[$0, 0] - pass3452.z(1)[$0, 0] }
    notebook.value("moved", shifts[0], .decimals(1))
    notebook.value("unmoved", shifts[1], .decimals(1))
    let exact3452 = try net3452.exactGradient(
      inputs: wideInput, targets: wideTarget, loss: crossEntropy)
    notebook.claim(
      "backprop.deeplearning.param-grad", back3452.gradient(1).weights.elements,
      asPrinted: Array(exact3452.prefix(12)))
    notebook.erratum(
      "erratum.deeplearning.dz-dw-subscript", printed: shifts.map { _ in wideInput[0, 0] },
      right: shifts)
    notebook.erratum(
      "erratum.deeplearning.stray-superscript", printed: [Double(layers3452)], right: [1])

    //: ### The pseudo-code
    //:
    //: Document 001's pseudo-code forgets two transposes that its equations have. With
    //: $`W = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}`$ and $`\delta = (1, 1)`$ the printed $`W\delta`$ is a pair,
    //: but the wrong one; when the layers differ in width it is not defined at all. And the loop, run down
    //: to $`v = 1`$, asks for the derivative at $`z^0`$, which the input does not have.

    let square = try Matrix([[1.0, 2], [3, 4]])
    let ones = Matrix(column: [1.0, 1])
    notebook.claim(
      "backprop.deeplearning.backprop-pseudo", try (square.transposed * ones).elements,
      asPrinted: try (square * ones).elements)
    let noTranspose = try undefinedIfShapesDiffer { try (deltaAbove * pass3452.a(1)).elements }
    notebook.erratum(
      "erratum.deeplearning.backprop-transpose-a", printed: noTranspose,
      right: back3452.gradient(2).weights.elements)
    let withSums = (0...layers3452).filter { net3452.layers.indices.contains($0 - 1) }
    notebook.claim(
      "backprop.deeplearning.backprop-range",
      withSums.filter { $0 < layers3452 }.reversed().map(Double.init),
      asPrinted: stride(from: layers3452, to: 0, by: -1).map { Double($0 - 1) })

    //: The gradient-descent loop around it tests “t++ < max_iterations” and increments before the update. It
    //: does make 1000 updates, but the first one reads $`\theta_1`$, which was never set, and the last writes
    //: $`\theta_{1001}`$.

    func updates(incrementFirst: Bool) -> [Double] {
      var t = 0
      var read: [Int] = []
      var written: [Int] = []
      while t < 1000 {
        if incrementFirst { t += 1 }
        read.append(t)
        written.append(t + 1)
        if !incrementFirst { t += 1 }
      }
      return [Double(read.count), Double(read[0]), Double(written[written.count - 1])]
    }
    notebook.claim(
      "backprop.deeplearning.gd", updates(incrementFirst: false),
      asPrinted: updates(incrementFirst: true))

    //: ## Many examples at once
    //:
    //: Document 002 keeps the examples as columns, so that one backward pass gives all deltas, and the mean
    //: over the examples gives the gradients. For a 4-3-1 network and five examples:

    let net431 = try random([4, 3, 1], hidden: .tanh)
    let batch = draw(4, 5, seed: 21)
    let batchTargets = try Matrix([[1.0, 0, 0, 1, 1]])
    let batchPass = try net431.forward(batch)
    let batchBack = try net431.backward(batchPass, targets: batchTargets, loss: meanCrossEntropy)
    let singles = try (0..<5).map { i in
      try net431.backward(
        net431.forward(Matrix(column: batch.column(i))),
        targets: Matrix(column: batchTargets.column(i)), loss: meanCrossEntropy)
    }
    func mean(_ quantity: (BackwardPass<Double>) -> [Double]) -> [Double] {
      let rows = singles.map(quantity)
      return rows[0].indices.map { j in rows.map { $0[j] }.reduce(0, +) / 5 }
    }
    notebook.table(
      "batch_gradient", "∂J/∂b in the batch and as the mean of five single examples",
      [
        .texts(
          "parameter", "Parameter",
          ["$`b_1^{[1]}`$", "$`b_2^{[1]}`$", "$`b_3^{[1]}`$", "$`b_1^{[2]}`$"]),
        .numbers(
          "batch", "Batch", batchBack.gradient(1).biases + batchBack.gradient(2).biases,
          .decimals(8)),
        .numbers(
          "mean", "Mean of singles", mean { $0.gradient(1).biases + $0.gradient(2).biases },
          .decimals(8)),
      ])
    notebook.claim(
      "backprop.wang.dw", batchBack.gradient(1).weights.elements,
      asPrinted: mean { $0.gradient(1).weights.elements })
    notebook.claim(
      "backprop.wang.db", batchBack.gradient(1).biases, asPrinted: mean { $0.gradient(1).biases })
    notebook.claim(
      "backprop.wang.cycle", batchBack.gradients.flatMap(\.elements),
      asPrinted: mean { $0.gradients.flatMap(\.elements) })
    let dZ = singles.flatMap { $0.delta(1).elements }
    let dA1 = try net431.layers[1].weights.transposed * batchBack.delta(2)
    let slopes1 = batchPass.z(1).map { Activation.tanh.derivative(at: $0) }
    notebook.claim(
      "backprop.wang.dz", batchBack.delta(1).elements,
      asPrinted: try dA1.hadamard(slopes1).elements)
    notebook.claim(
      "backprop.wang.da-prev", dA1.elements, asPrinted: zip(dZ, slopes1.elements).map(/))
    notebook.erratum(
      "erratum.deeplearning.single-sample", printed: singles[0].gradient(2).biases,
      right: batchBack.gradient(2).biases)

    //: Three of 002's questions. *What changes from our cost function?* Nothing: the cost sees only the
    //: output. *What formula do we use for dA?* At the output the derivative of the cost, below it
    //: $`W^{T}dZ`$ of the layer above. *Why wouldn't the output's formula work below?* Because the cost is
    //: not a direct function of $`A^{[1]}`$; here is what it would give for the first example. (The
    //: network now has sigmoid units in its hidden layer: the output's formula divides by $`a`$ and $`1 - a`$, and a tanh may
    //: be negative.)

    let squashed = try random([4, 3, 1])
    let squashedPass = try squashed.forward(Matrix(column: batch.column(0)))
    let squashedBack = try squashed.backward(squashedPass, targets: y1, loss: meanCrossEntropy)
    let rightDA = try squashed.layers[1].weights.transposed * squashedBack.delta(2)
    let misapplied = squashedPass.a(1).elements.map { (1 - 1) / (1 - $0) - 1 / $0 }
    notebook.table(
      "output_formula_below", "dA of the hidden layer",
      [
        .numbers("unit", "Unit", [1, 2, 3], .plain),
        .numbers("right", "$`W^{T}dZ`$", rightDA.elements, .decimals(6)),
        .numbers("misapplied", "Output's formula", misapplied, .decimals(6)),
      ])
    notebook.claim(
      "backprop.wang.cost-q",
      [
        try net431.cost(of: batchPass, targets: batchTargets, loss: meanCrossEntropy),
        try direct(meanCrossEntropy, batchPass.output, batchTargets),
      ])
    notebook.claim(
      "backprop.wang.da-q",
      try meanCrossEntropy.gradient(a: squashedPass.output, targets: y1).elements
        + rightDA.elements)
    notebook.claim("backprop.wang.why-q", rightDA.elements, also: misapplied)

    //: “The formula for dZ changes to this” needs care: at the output, with sigmoid and cross-entropy, the
    //: new formula *is* the old $`a - y`$. And with another cost it is $`dA^{[L]}`$ that changes; the formula
    //: $`dZ = dA * g'(Z)`$ stays, though its value does not.

    let squaredDelta = try halfSquares.delta(
      z: squashedPass.z(2), a: squashedPass.output, activation: .sigmoid, targets: y1)
    let squaredDA = try halfSquares.gradient(a: squashedPass.output, targets: y1)
    notebook.claim(
      "backprop.wang.cost-change", squaredDelta.elements,
      readings: [
        try Activation.sigmoid.backward(
          dA: squaredDA, z: squashedPass.z(2), a: squashedPass.output
        ).elements,
        [squashedPass.output[0, 0] - 1],
      ])
    // The layers whose dZ is not their own a − y: the hidden one.
    let changed = try [1, 2].filter { layer in
      let difference = try squashedPass.a(layer) - squashedPass.a(layer).map { _ in 1.0 }
      return zip(difference.elements, squashedBack.delta(layer).elements)
        .contains { abs($0 - $1) > 1e-12 }
    }
    notebook.erratum(
      "erratum.wang.new-dz", printed: [Double(squashed.layers.count)],
      right: [Double(changed.count)])

    //: ## The regularized cost of document 003
    //:
    //: Document 003 adds $`\frac{\lambda}{2m}`$ times the squares of all weights, biases left out. Its network has
    //: 3, 6, 5 and 5 units; the cost adds up {{outputs}} cross-entropies and {{matrices}} matrices of squares.

    let lambda = 0.7
    let ridge = Regularization.lambdaOver2m(lambda: lambda)
    let net3655 = try random([3, 6, 5, 5])
    let data = draw(3, 5, seed: 22)
    let classes = Matrix(rows: 5, columns: 5) { $0 == $1 ? 1.0 : 0 }
    let pass3655 = try net3655.forward(data)
    let plain = try net3655.backward(pass3655, targets: classes, loss: meanCrossEntropy)
    let penalized = try net3655.backward(
      pass3655, targets: classes, loss: meanCrossEntropy, regularization: ridge)
    notebook.value("outputs", Double(net3655.outputCount))
    notebook.value("matrices", Double(net3655.layers.count))
    notebook.claim(
      "backprop.damlf.verbal-cost",
      [Double(net3655.outputCount), Double(net3655.layers.count)],
      asPrinted: [Double(classes.rows), Double([3, 6, 5, 5].count - 1)])
    let wrongRange = net3655.layers.map {
      layer -> (pairs: Int, outside: Int, missed: Int, sum: Double) in
      // As printed: i = 1…s_l, j = 1…s_(l+1), on a matrix with s_(l+1) rows and s_l columns.
      let pairs = (0..<layer.weights.columns).flatMap { i in
        (0..<layer.weights.rows).map { j in (i, j) }
      }
      let inside = pairs.filter { $0.0 < layer.weights.rows && $0.1 < layer.weights.columns }
      return (
        pairs.count, pairs.count - inside.count, layer.weights.elements.count - inside.count,
        inside.map { layer.weights[$0.0, $0.1] * layer.weights[$0.0, $0.1] }.reduce(0, +)
      )
    }

    //: The printed sums run over $`i = 1..s_l`$ and $`j = 1..s_{l+1}`$, but $`\Theta_{ij}^{(l)}`$ has $`s_{l+1}`$ rows and
    //: $`s_l`$ columns: the ranges are swapped.

    notebook.table(
      "regularizer_range", "The index pairs of the printed penalty",
      [
        .numbers("layer", "$`l`$", [1, 2, 3], .plain),
        .numbers("pairs", "Pairs", wrongRange.map { Double($0.pairs) }, .plain),
        .numbers("outside", "Outside the matrix", wrongRange.map { Double($0.outside) }, .plain),
        .numbers("missed", "Entries never visited", wrongRange.map { Double($0.missed) }, .plain),
      ])
    notebook.claim(
      "backprop.damlf.regularizer-range",
      wrongRange.flatMap { [Double($0.pairs), Double($0.outside), Double($0.missed)] },
      asPrinted: wrongRange.flatMap { [Double($0.pairs), 0, 0] })
    let dataCost = try net3655.cost(of: pass3655, targets: classes, loss: meanCrossEntropy)
    let fullCost = try net3655.cost(
      of: pass3655, targets: classes, loss: meanCrossEntropy, regularization: ridge)
    let penalty =
      lambda / (2 * 5)
      * net3655.layers.flatMap { $0.weights.elements.map { $0 * $0 } }
      .reduce(0, +)
    var zeroed = net3655
    zeroed.parameters = net3655.parameters.map { _ in 0 }
    let zeroCost = try zeroed.cost(
      inputs: data, targets: classes, loss: meanCrossEntropy, regularization: ridge)
    notebook.table(
      "regularized_cost", "The cost of the 3-6-5-5 network and its parts",
      [
        .texts("network", "Network", ["random weights", "all weights zero"]),
        .numbers("data", "Cross-entropies", [dataCost, zeroCost], .decimals(6)),
        .numbers("penalty", "Penalty", [penalty, 0], .decimals(6)),
        .numbers("cost", "Cost", [fullCost, zeroCost], .decimals(6)),
      ])
    notebook.value("logTwos", zeroCost / Double.log(2))
    notebook.shared("cross-entropy of five outputs at zero weights", zeroCost)
    notebook.claim(
      "backprop.damlf.nn-cost", fullCost,
      asPrinted: dataCost + lambda / (2 * 5) * wrongRange.map(\.sum).reduce(0, +))

    //: With all weights zero every output is one half and the cost is {{logTwos}} times $`\log 2`$. (Entries outside the
    //: matrix are undefined; the value that the printed penalty “gives” below leaves them out.)
    //:
    //: Three more slips about squares: the sum of squares is the *squared* Frobenius norm, the norm includes the bias
    //: column while the printed sum does not, and on four slides the square stands outside the sum. For
    //: $`\Theta = \begin{bmatrix} 3 & 1 & 2 \\ 4 & 0 & 2 \end{bmatrix}`$ the sum of squares is {{frobenius2}}, the norm
    //: {{frobenius}}, without column 0 the sum is {{withoutBias}}. For $`\theta = (1, -1, 2)`$ the squares add up to
    //: {{squaresOfTheta}} and the square of the sum is {{squareOfSum}}.

    let theta = try Matrix([[3.0, 1, 2], [4, 0, 2]])
    let normSquared = theta.elements.map { $0 * $0 }.reduce(0, +)
    let withoutBias = (1...2).flatMap { theta.column($0) }.map { $0 * $0 }.reduce(0, +)
    let small = [1.0, -1, 2]
    let squaresOfTheta = small.map { $0 * $0 }.reduce(0, +)
    let squareOfSum = small.reduce(0, +) * small.reduce(0, +)
    //- hide
    notebook.value("frobenius2", normSquared)
    notebook.value("frobenius", normSquared.squareRoot(), .decimals(4))
    notebook.value("withoutBias", withoutBias)
    notebook.value("squaresOfTheta", squaresOfTheta)
    notebook.value("squareOfSum", squareOfSum)
    //- end
    notebook.claim(
      "backprop.damlf.frobenius", [normSquared, normSquared.squareRoot(), withoutBias],
      asPrinted: [normSquared, normSquared, normSquared])
    notebook.erratum(
      "erratum.damlf.frobenius-squared", printed: [normSquared], right: [normSquared.squareRoot()])
    notebook.erratum(
      "erratum.damlf.frobenius-bias", printed: [normSquared], right: [withoutBias])
    notebook.claim("backprop.damlf.square-outside", squaresOfTheta, asPrinted: squareOfSum)

    //: The gradient: average the accumulated $`\Delta`$ and add the penalty's slope. That slope is
    //: $`\frac{\lambda}{m}\Theta`$; the printed $`\lambda\Theta`$ is $`m`$ times too large. The bias column has none.

    var accumulated = net3655.layers.map { layer in
      Parameters(
        weights: layer.weights.map { _ in 0.0 }, biases: layer.biases.map { _ in 0.0 })
    }
    for i in 0..<5 {
      let pass = try net3655.forward(Matrix(column: data.column(i)))
      let back = try net3655.backward(
        pass, targets: Matrix(column: classes.column(i)), loss: meanCrossEntropy)
      for l in accumulated.indices {
        // Δ_ij := Δ_ij + a_j δ_i, entry by entry; the bias is column 0 with a_0 = 1.
        for unit in 0..<accumulated[l].biases.count {
          let delta = back.delta(l + 1)[unit, 0]
          accumulated[l].biases[unit] += delta
          for j in 0..<accumulated[l].weights.columns {
            accumulated[l].weights[unit, j] += pass.a(l)[j, 0] * delta
          }
        }
      }
    }
    let weights3655 = net3655.layers.flatMap { $0.weights.elements }
    let deltaWeights = accumulated.flatMap { $0.weights.elements }
    notebook.claim(
      "backprop.damlf.algorithm", plain.gradients.flatMap(\.elements),
      asPrinted: accumulated.flatMap(\.elements).map { $0 / 5 })
    notebook.claim(
      "backprop.damlf.d-regularised", penalized.gradients.flatMap { $0.weights.elements },
      asPrinted: zip(deltaWeights, weights3655).map { $0 / 5 + lambda * $1 })
    let check3655 = try CheckedGradient(
      "3-6-5-5, cross-entropy with λ", net3655, inputs: data, targets: classes,
      loss: meanCrossEntropy, regularization: ridge)
    notebook.table(
      "regularized_gradient", "The gradient of the weights into hidden unit 1",
      [
        .texts("weight", "Weight", (1...3).map { "$`\\Theta_{1\($0)}^{(1)}`$" }),
        .numbers(
          "right", "$`\\frac1m\\Delta + \\frac{\\lambda}{m}\\Theta`$",
          (0..<3).map {
            accumulated[0].weights[0, $0] / 5 + lambda / 5 * net3655.layers[0].weights[0, $0]
          },
          .decimals(6)),
        .numbers(
          "differences", "Finite differences", (0..<3).map { check3655.differences[$0 * 6] },
          .decimals(6)),
        .numbers("exact", "Dual numbers", (0..<3).map { check3655.exact[$0 * 6] }, .decimals(6)),
        .numbers(
          "printed", "$`\\frac1m\\Delta + \\lambda\\Theta`$",
          (0..<3).map {
            accumulated[0].weights[0, $0] / 5 + lambda * net3655.layers[0].weights[0, $0]
          },
          .decimals(6)),
      ])
    notebook.claim(
      "backprop.damlf.d-bias", penalized.gradients.flatMap(\.biases),
      asPrinted: accumulated.flatMap(\.biases).map { $0 / 5 })
    notebook.claim(
      "backprop.damlf.bias-excluded",
      zip(penalized.gradients.flatMap(\.biases), plain.gradients.flatMap(\.biases)).map { $0 - $1 },
      asPrinted: net3655.layers.flatMap(\.biases).map { _ in 0 })

    //: *What about lots of training examples?* That is what $`\Delta`$ is for: it collects one outer product for
    //: each. Two loops around it, as the later pseudo-code has them, would visit every example $`m`$ times.

    notebook.claim("backprop.damlf.many-q", accumulated[2].biases.map { $0 / 5 })
    // The bias of the first output, accumulated by one loop and by two.
    let firstDeltas = plain.delta(3).row(0)
    var once = 0.0
    var nested = 0.0
    for i in 0..<data.columns {
      once += firstDeltas[i]
      for j in 0..<data.columns { nested += firstDeltas[j] }
    }
    notebook.claim("backprop.damlf.loop", 1, asPrinted: nested / once, within: 1e-9)
    let deltaLayers = (2...4).map(Double.init)
    notebook.erratum(
      "erratum.damlf.delta-range", printed: deltaLayers,
      right: net3655.layers.indices.map { Double($0 + 1) })
    // Read with one i, example i would add to row i only.
    let literalRows = (0..<5).map { i in plain.delta(3)[i, i] }
    notebook.erratum(
      "erratum.damlf.index-shadow", printed: literalRows, right: accumulated[2].biases)

    //: For one output and no hidden layer the cost is logistic regression's:

    let single = try Network([
      Layer(weights: [[0.4, -0.8]], biases: [0.3], activation: .sigmoid)
    ])
    let two = try Matrix([[1.0, 2, -1], [0.5, -1, 1]])
    let twoTargets = try Matrix([[1.0, 0, 1]])
    let h3 = try single.forward(two).output.elements
    let terms = zip(h3, twoTargets.elements).map { h, y in
      y * Double.log(h) + (1 - y) * Double.log(1 - h)
    }
    notebook.claim(
      "backprop.damlf.logistic-cost",
      try single.cost(
        inputs: two, targets: twoTargets, loss: meanCrossEntropy, regularization: ridge),
      asPrinted: -terms.reduce(0, +) / 3 + lambda / (2 * 3) * (0.4 * 0.4 + 0.8 * 0.8))
    notebook.claim(
      "backprop.damlf.k1",
      [
        losses[0], try single.cost(inputs: two, targets: twoTargets, loss: meanCrossEntropy),
      ], asPrinted: [-(1 * Double.log(0.25) + 0 * Double.log(0.75)), -terms.reduce(0, +) / 3])
    notebook.claim(
      "backprop.damlf.single-example", -terms[0], asPrinted: -terms.reduce(0, +) / 3)
    // Without inner brackets the logarithm is taken of the whole vector: five numbers where one is meant.
    let logs = pass3655.output.column(0).map { Double.log($0) }
    notebook.erratum("erratum.damlf.log-parentheses", printed: logs, right: [logs[0]])

    //: Minimizing it is two steps again and again, forward for $`J`$ and back for $`\partial J`$. Fifty of them on
    //: the 3-6-5-5 network lower the cost every time:

    var descending = net3655
    var costs = [fullCost]
    for _ in 0..<50 {
      let pass = try descending.forward(data)
      let back = try descending.backward(
        pass, targets: classes, loss: meanCrossEntropy, regularization: ridge)
      try descending.update(with: back.gradients, learningRate: 0.5)
      costs.append(
        try descending.cost(
          inputs: data, targets: classes, loss: meanCrossEntropy, regularization: ridge))
    }
    notebook.figure(
      "descent",
      Plot(
        title: "Gradient descent on the regularized cost",
        description:
          "The cost of the 3-6-5-5 network falls fast at first and levels out.",
        x: Plot.Axis("steps"), y: Plot.Axis("J(Θ)"),
        [Plot.Series("J", x: costs.indices.map(Double.init), y: costs)]))
    notebook.claim(
      "backprop.damlf.objective", Double(zip(costs, costs.dropFirst()).filter { $0 > $1 }.count),
      asPrinted: 50)

    //: ## Document 003's picture of the deltas
    //:
    //: With the bias in column 0 of $`\Theta`$, $`(\Theta^{(3)})^T\delta^{(4)}`$ has {{thetaRows}} entries and $`g'(z^{(3)})`$ has
    //: {{deltaRows}}. Row 0 has to go. (With $`a_0 = 1`$ in place the product comes out: entry 0 is
    //: $`a_0(1 - a_0) = 0`$ and is then dropped.) The `.*` between them is element by element, not the
    //: “dot-product” that the slide calls it, which would be one number.

    let one = try net3655.forward(Matrix(column: data.column(0)))
    let oneBack = try net3655.backward(
      one, targets: Matrix(column: classes.column(0)), loss: meanCrossEntropy)
    let top3 = net3655.layers[2]
    let theta3 = Matrix(rows: 5, columns: 6) { i, j in
      j == 0 ? top3.biases[i] : top3.weights[i, j - 1]
    }
    let pulled = try theta3.transposed * oneBack.delta(3)
    let withBiasUnit = [1] + one.a(2).elements
    let withZero = zip(pulled.elements, withBiasUnit).map { $0 * ($1 * (1 - $1)) }
    notebook.value("thetaRows", Double(pulled.rows))
    notebook.value("deltaRows", Double(oneBack.delta(2).rows))
    notebook.claim(
      "backprop.damlf.delta-hidden", Double(oneBack.delta(2).rows), asPrinted: Double(pulled.rows))
    notebook.claim(
      "backprop.damlf.delta-hidden-a", [0] + oneBack.delta(2).elements, asPrinted: withZero)
    let pulledUnits = Array(pulled.elements.dropFirst())
    let slopes2 = one.a(2).elements.map { $0 * (1 - $0) }
    notebook.claim(
      "backprop.damlf.dot-star", oneBack.delta(2).elements,
      asPrinted: [zip(pulledUnits, slopes2).map { $0 * $1 }.reduce(0, +)])
    let outerProduct = try oneBack.delta(3) * one.a(2).transposed
    notebook.claim(
      "backprop.damlf.equivalent", oneBack.delta(2).elements, asPrinted: outerProduct.elements)
    let oneTargets = classes.column(0)
    let unfused = try Activation.sigmoid.backward(
      dA: meanCrossEntropy.gradient(a: one.output, targets: Matrix(column: oneTargets)),
      z: one.z(3), a: one.output)
    notebook.claim(
      "backprop.damlf.delta-output", unfused.elements,
      asPrinted: zip(one.output.elements, oneTargets).map { $0 - $1 })
    notebook.claim(
      "backprop.damlf.no-delta1", Double(oneBack.gradients.count),
      asPrinted: Double([3, 6, 5, 5].count - 1))
    notebook.claim(
      "backprop.damlf.delta-count",
      [
        (1...3).map { Double(one.z($0).elements.count) }.reduce(0, +),
        (1...3).map { Double(oneBack.delta($0).elements.count) }.reduce(0, +),
      ])
    notebook.claim(
      "backprop.dmml.passes",
      (1...3).map { Double(one.a($0).rows) } + (1...3).map { Double(oneBack.delta($0).rows) },
      asPrinted: [6, 5, 5, 6, 5, 5])

    //: Nor is $`(\Theta^{(l)})^T\delta^{(l+1)} .* a^{(l)}(1 - a^{(l)})`$ “equivalent” to $`a^{(l)}\delta^{(l+1)}`$: the one is a
    //: delta with five entries, the other a gradient with thirty.
    //:
    //: ### What a delta means
    //:
    //: $`\delta_j^{(l)}`$ is how fast the cost of the example grows with $`z_j^{(l)}`$. Move each sum by a millionth and
    //: watch the cost:

    let shift = 1e-6
    let exampleCost = { (network: Network<Double>) in
      try network.cost(
        inputs: Matrix(column: data.column(0)), targets: Matrix(column: oneTargets),
        loss: meanCrossEntropy)
    }
    let quotients = try (1...3).flatMap { layer in
      try (0..<oneBack.delta(layer).rows).map { unit in
        let up = try exampleCost(nudged(net3655, layer: layer, unit: unit, by: shift))
        let down = try exampleCost(nudged(net3655, layer: layer, unit: unit, by: -shift))
        return (up - down) / (2 * shift)
      }
    }
    let allDeltas = (1...3).flatMap { oneBack.delta($0).elements }
    let checkOne = try CheckedGradient(
      "3-6-5-5, one example", net3655, inputs: Matrix(column: data.column(0)),
      targets: Matrix(column: classes.column(0)), loss: meanCrossEntropy)
    // A bias moves its unit's sum and nothing else: its derivative is the delta.
    let biasDerivatives = [18..<24, 54..<59, 84..<89].flatMap { checkOne.exact[$0] }
    notebook.table(
      "perturbation", "Deltas and what moving the sum does to the cost",
      [
        .texts(
          "unit", "Unit",
          (1...3).flatMap { l in
            (1...oneBack.delta(l).rows).map { "$`z_{\($0)}^{(\(l + 1))}`$" }
          }),
        .numbers("delta", "$`\\delta`$", allDeltas, .decimals(6)),
        .numbers("quotient", "$`\\Delta\\mathrm{cost}/\\Delta z`$", quotients, .decimals(6)),
        .numbers("exact", "Dual numbers", biasDerivatives, .decimals(6)),
      ])
    notebook.claim("backprop.damlf.perturb", allDeltas)

    //: The printed $`\mathrm{cost}(i)`$ lacks its minus sign. At $`h = {{quarter}}`$ and $`y = 1`$ it is {{printedCost}} and falls
    //: as the answer gets worse; its slope is {{printedSlope}} where $`\delta`$ is {{rightSlope}}. *How well is the network
    //: doing on example i?* With the sign put right the answer is: {{rightCost}} nats of loss. The comment beside $`a - y`$, “difference
    //: between the actual value and the predicted value”, is right if it means predicted minus actual.

    //- hide
    let quarter = 0.25
    let printedCost = 1 * Double.log(quarter)
    notebook.value("quarter", quarter)
    notebook.value("printedCost", printedCost, .decimals(4))
    notebook.value("printedSlope", 1 - quarter)
    notebook.value("rightSlope", quarter - 1)
    notebook.value("rightCost", losses[0], .decimals(4))
    notebook.claim("backprop.damlf.cost-i", losses[0], asPrinted: printedCost)
    notebook.claim("backprop.damlf.how-well-q", losses[0])
    // The slope of log σ(z), the printed cost for y = 1, by a central difference at σ(z) = h.
    let zQuarter = Double.log(quarter / (1 - quarter))
    let printedCostSlope =
      (Double.log(Activation.sigmoid(zQuarter + 1e-5))
        - Double.log(Activation.sigmoid(zQuarter - 1e-5))) / 2e-5
    notebook.claim(
      "backprop.damlf.delta-formal", printed.back.delta(2)[0, 0],
      asPrinted: printedCostSlope, within: 1e-9)
    notebook.erratum(
      "erratum.damlf.delta-of-a",
      printed: try crossEntropy.gradient(a: Matrix(column: [quarter]), targets: y1).elements,
      right: printed.back.delta(2).elements)
    notebook.claim(
      "backprop.damlf.delta-comment", printed.back.delta(2).elements,
      readings: [[quarter - 1], [1 - quarter]])
    //- end

    //: One delta is worked out on a slide, $`\delta_2^{(2)}`$ of a network with two units in each layer. The
    //: printed line has lost a factor $`a`$ and took the first unit's activation in its first term. With
    //: $`\Theta_{12} = {{theta12}}`$, $`\Theta_{22} = {{theta22}}`$, $`\delta^{(3)} = ({{delta13}}, {{delta23}})`$ and
    //: $`a^{(2)} = ({{a12}}, {{a22}})`$:

    let thetaTwo = try Matrix([[0.0, 0.5], [0.0, -0.3]])
    let deltaThree = Matrix(column: [0.2, -0.1])
    let aTwo = Matrix(column: [0.6, 0.8])
    notebook.value("theta12", thetaTwo[0, 1])
    notebook.value("theta22", thetaTwo[1, 1])
    notebook.value("delta13", deltaThree[0, 0])
    notebook.value("delta23", deltaThree[1, 0])
    notebook.value("a12", aTwo[0, 0])
    notebook.value("a22", aTwo[1, 0])
    let zTwo = aTwo.map { Double.log($0 / (1 - $0)) }
    let deltaTwo = try Activation.sigmoid.backward(
      dA: thetaTwo.transposed * deltaThree, z: zTwo, a: aTwo)[1, 0]
    let printedDelta = 0.5 * 0.2 * (1 - 0.6) + -0.3 * -0.1 * (1 - 0.8)
    notebook.claim("backprop.damlf.delta22", deltaTwo, asPrinted: printedDelta)
    notebook.claim(
      "backprop.damlf.weighted-sum", deltaTwo / (0.8 * (1 - 0.8)),
      asPrinted: 0.5 * 0.2 + -0.3 * -0.1)

    //: Document 004 derives the output's delta from $`C = \frac{1}{2n}\sum\lVert y - a\rVert^2`$ and forgets the
    //: $`1/n`$ on the way. As the derivative of that $`C`$ it is $`(a - y)/n`$; $`a - y`$ belongs to one example's
    //: $`\frac12 (y - a)^2`$. With four examples:

    let undivided = try halfMeanSquares.gradient(a: four.output, targets: answers).elements
    // C is a parabola in each output, so its central difference is exact but for rounding.
    let slopesOfC = try (0..<4).map { i in
      let costs = try [1e-3, -1e-3].map { step in
        var moved = four.output
        moved[0, i] += step
        return try direct(halfMeanSquares, moved, answers)
      }
      return (costs[0] - costs[1]) / 2e-3
    }
    notebook.claim("backprop.dmml.delta-output", slopesOfC, asPrinted: undivided)

    //: ## Gradient checking
    //:
    //: Step 5 of 003's recipe: use gradient checking, “then disable” it, for it costs two forward passes for every
    //: parameter. Is a gradient right? Move each parameter a little both ways and compare:
    //: $`(J(\theta + \varepsilon) - J(\theta - \varepsilon))/2\varepsilon`$. The regularized 3-6-5-5 network has {{parameterCount}} parameters; the figure
    //: has the largest difference between the two gradients for each ε. Large steps err by the curve's bend, which
    //: falls with $`\varepsilon^2`$; small ones by rounding, which grows with $`1/\varepsilon`$. Between them the
    //: agreement is best, {{bestError}} at {{bestEpsilon}}. Dual numbers take no step. Their gradient is
    //: {{exactError}} off at most, which is rounding: the level line.

    let epsilons = (1...10).map { Double("1e-\($0)")! }
    let analytic = penalized.gradients.flatMap(\.elements)
    let errors = try epsilons.map { epsilon in
      let numerical = try net3655.numericalGradient(
        inputs: data, targets: classes, loss: meanCrossEntropy, regularization: ridge,
        epsilon: epsilon)
      return zip(analytic, numerical).map { abs($0 - $1) }.max() ?? 0
    }
    let best = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    notebook.value("parameterCount", Double(analytic.count))
    notebook.shared("parameters of the 3-6-5-5 network", Double(analytic.count))
    notebook.value("bestError", errors[best], .scientific(1))
    notebook.value("exactError", check3655.exactError, .scientific(1))
    notebook.value("bestEpsilon", epsilons[best], .scientific(1))
    notebook.figure(
      "gradient_check",
      Plot(
        title: "Gradient check: error against ε",
        description:
          "On logarithmic axes, read from the right: the error of finite differences falls steeply as ε gets smaller, reaches its least and rises again half as steeply. The error of dual numbers, which have no ε, lies far below.",
        x: Plot.Axis("ε", .logarithmic), y: Plot.Axis("largest difference", .logarithmic),
        [
          Plot.Series("finite differences", .linePoints, x: epsilons, y: errors),
          Plot.Series(
            "dual numbers", x: epsilons, y: epsilons.map { _ in check3655.exactError }),
        ]))
    notebook.claim(
      "backprop.damlf.upshot", oneBack.gradients.flatMap(\.elements), asPrinted: checkOne.exact)

    //: ## What the naive chain rule costs
    //:
    //: Without the deltas, the derivative of a weight is a sum over all paths from it to the output, and the paths
    //: multiply from layer to layer. Both ways are run here, with numbers that count their operations, for
    //: networks of the same width in every layer. They give the same gradient.

    func naive(
      _ network: Network<CountingNumber>, _ pass: ForwardPass<CountingNumber>,
      _ output: CountingNumber, layer: Int, unit: Int
    ) -> CountingNumber {
      let a = pass.a(layer)[unit, 0]
      let slope = a * (CountingNumber(1) - a)
      if layer == network.layers.count { return output * slope }
      let weights = network.layers[layer].weights
      let paths = (0..<weights.rows).map { p in
        naive(network, pass, output, layer: layer + 1, unit: p) * weights[p, unit]
      }
      return paths.dropFirst().reduce(paths[0], +) * slope
    }
    func multiplications(width: Int, depth: Int) throws -> (
      naive: Double, shared: Double, difference: Double
    ) {
      var generator = SplitMix64(seed: 13)
      let network = try Network.random(
        sizes: [1] + Array(repeating: width, count: depth - 1) + [1], hidden: .sigmoid,
        output: .sigmoid, .uniform(1), using: &generator)
      func counting(_ tally: Tally) throws -> (Network<CountingNumber>, ForwardPass<CountingNumber>)
      {
        let counted = try network.map { CountingNumber($0, on: tally) }
        return (counted, try counted.forward(Matrix(column: [CountingNumber(1, on: tally)])))
      }
      let byPaths = Tally()
      let (slow, slowPass) = try counting(byPaths)
      let before = byPaths.products
      let y = slowPass.output[0, 0]
      let gradients = (0..<width).map {
        naive(slow, slowPass, y - CountingNumber(1), layer: 1, unit: $0)
      }
      let byDeltas = Tally()
      let (fast, fastPass) = try counting(byDeltas)
      let start = byDeltas.products
      let back = try fast.backward(
        fastPass, targets: Matrix(column: [CountingNumber(1)]), loss: halfSquares)
      return (
        Double(byPaths.products - before), Double(byDeltas.products - start),
        zip(gradients, back.delta(1).elements).map { abs($0.value - $1.value) }.max() ?? 0
      )
    }
    let depths = Array(2...7)
    let widths = [2, 4]
    let counts = try widths.map { width in
      try depths.map { try multiplications(width: width, depth: $0) }
    }
    notebook.table(
      "path_cost", "Multiplications for the deltas of the first layer",
      [
        .numbers("depth", "Layers", depths.map(Double.init), .plain)
      ]
        + zip(widths, counts).flatMap { width, counts in
          [
            .numbers("paths_\(width)", "By paths, width \(width)", counts.map(\.naive), .plain),
            .numbers("deltas_\(width)", "Backprop, width \(width)", counts.map(\.shared), .plain),
          ]
        })
    notebook.figure(
      "path_cost_curve",
      Plot(
        title: "Paths multiply, deltas add",
        description:
          "Multiplications against the number of layers, on a logarithmic axis. By paths they grow exponentially, "
          + "steeper for the wider network; by backpropagation they grow in proportion to the layers.",
        x: Plot.Axis("layers with weights"), y: Plot.Axis("multiplications", .logarithmic),
        zip(widths, counts).flatMap { width, counts in
          [
            Plot.Series(
              "paths, width \(width)", .linePoints, x: depths.map(Double.init),
              y: counts.map(\.naive)),
            Plot.Series(
              "backprop, width \(width)", .linePoints, x: depths.map(Double.init),
              y: counts.map(\.shared)),
          ]
        }))
    let disagreement = counts.joined().map(\.difference).max() ?? 0
    notebook.value("pathRatio", counts[1][5].naive / counts[1][5].shared, .decimals(0))
    notebook.value("disagreement", text: disagreement < 1e-15 ? "nowhere" : "somewhere")

    //: For seven layers of width four the naive way makes {{pathRatio}} times as many multiplications, though the
    //: backward pass also computes all gradients. The gradients differ {{disagreement}} by more than rounding.
    //:
    //: ## Depth and activation
    //:
    //: Each layer multiplies the error by $`g'`$. For sigmoid that is at most a quarter:

    let layersPassed = [5, 10, 20]
    let bestCase = layersPassed.map { n in
      (0..<n).map { _ in Activation.sigmoid.derivative(at: 0.0) }.reduce(1, *)
    }
    let sums: [Double] = [1, 2, 5, 10]
    notebook.table(
      "vanishing", "What is left after n layers, at best",
      [
        .numbers("layers", "Layers", layersPassed.map(Double.init), .plain),
        .numbers("factor", "Factor", bestCase, .scientific(3)),
      ])
    notebook.table(
      "derivatives", "Derivatives away from zero",
      [
        .numbers("z", "$`z`$", sums, .plain),
        .numbers("tanh", "tanh′", sums.map { Activation.tanh.derivative(at: $0) }, .scientific(4)),
        .numbers(
          "sigmoid", "σ′", sums.map { Activation.sigmoid.derivative(at: $0) }, .scientific(4)),
      ])
    notebook.claim("backprop.wang.vanishing", bestCase)
    notebook.claim(
      "backprop.wang.vanishing-tanh",
      sums.map { Activation.tanh.derivative(at: $0) }
        + sums.map { Activation.sigmoid.derivative(at: $0) })
    notebook.claim(
      "backprop.wang.sigmoid-prime",
      [0.0, 2].map { Activation.sigmoid.derivative(at: $0) },
      asPrinted: [0.0, 2].map { z in
        let g = 1 / (1 + Double.exp(-z))
        return g * (1 - g)
      })
    notebook.claim(
      "backprop.wang.relu-prime",
      [0.0, 1, -1].map { Activation.relu.derivative(at: $0) }, asPrinted: [0, 1, 0])

    //: In a real network the weights play a part too. Ten layers of eight units with random weights: the figure has
    //: the size of the gradient in every layer. With sigmoid the lowest layers get next to nothing.

    let deepTargets = try Matrix([[1.0, 0, 1, 0]])
    func tenLayers(_ activation: Activation) throws -> (network: Network<Double>, x: Matrix<Double>)
    {
      var generator = SplitMix64(seed: 17)
      let deep = try Network.random(
        sizes: [8] + Array(repeating: 8, count: 9) + [1], hidden: activation, output: .sigmoid,
        .uniform(0.8), using: &generator)
      let x = Matrix(rows: 8, columns: 4) { _, _ in generator.uniform(-1, 1) }
      return (deep, x)
    }
    func gradientSizes(_ activation: Activation) throws -> [Double] {
      let (deep, x) = try tenLayers(activation)
      let back = try deep.backward(deep.forward(x), targets: deepTargets, loss: meanCrossEntropy)
      return (1...10).map { l in
        back.gradient(l).weights.elements.map { $0 * $0 }.reduce(0, +).squareRoot()
      }
    }
    let sizes = try [Activation.sigmoid, .tanh, .relu].map(gradientSizes)
    let spreads = sizes.map { NumberFormat.significant(1).text($0.max()! / $0.min()!) }
    notebook.figure(
      "gradient_by_layer",
      Plot(
        title: "Size of the gradient by layer",
        description:
          "Ten layers, 1 at the input. The largest gradient is \(spreads[0]) times the smallest with sigmoid, \(spreads[1]) times with tanh and \(spreads[2]) times with ReLU.",
        x: Plot.Axis("layer (10 is the output)"), y: Plot.Axis("‖∂J/∂W‖", .logarithmic),
        zip(["sigmoid", "tanh", "ReLU"], sizes).map { name, sizes in
          Plot.Series(name, .linePoints, x: (1...10).map(Double.init), y: sizes)
        }))

    //: ReLU has its own trouble: a unit whose sum is negative on every example has gradient 0 and never comes
    //: back. Here is one that starts with bias −10, trained to answer 1. ReLU does not move at all; the
    //: leaky variant creeps up until its sum is positive, and then learns.

    func trained(_ activation: Activation, steps: Int) throws -> (bias: Double, output: Double) {
      var unit = try Network([Layer(weights: [[1.0]], biases: [-10], activation: activation)])
      for _ in 0..<steps {
        let back = try unit.backward(unit.forward(x1), targets: y1, loss: halfSquares)
        try unit.update(with: back.gradients, learningRate: 0.8)
      }
      return (unit.layers[0].biases[0], try unit.forward(x1).output[0, 0])
    }
    let lifetimes = [100, 1000]
    let dead = try lifetimes.map { try trained(.relu, steps: $0) }
    let alive = try lifetimes.map { try trained(.leakyReLU(slope: 0.01), steps: $0) }
    notebook.table(
      "dying", "A unit that starts with bias −10",
      [
        .numbers("steps", "Steps", lifetimes.map(Double.init), .plain),
        .numbers("relu_bias", "ReLU: bias", dead.map(\.bias), .decimals(4)),
        .numbers("relu_answer", "Answer to 1", dead.map(\.output), .decimals(4)),
        .numbers("leaky_bias", "Leaky: bias", alive.map(\.bias), .decimals(4)),
        .numbers("leaky_answer", "Answer to 1", alive.map(\.output), .decimals(4)),
      ])
    notebook.claim("backprop.wang.dying", dead.map(\.bias), also: alive.map(\.bias))

    //: ## Not convex
    //:
    //: With hidden units the cost is no longer convex. Swap the two hidden units of the worked network: the function
    //: is the same, so the cost is, too. Halfway between the two networks it is higher, which for a convex cost it
    //: could not be. For $`x = 1`$, $`y = 0`$ and squared error: {{atA}} at both ends, {{atMiddle}} in the middle.

    let swapped = try Network([
      Layer(weights: [[0.4], [0.3]], biases: [0.2, 0.1], activation: .sigmoid),
      Layer(weights: [[-3.0, 1.0]], biases: [0.2], activation: .sigmoid),
    ])
    let zero = Matrix(column: [0.0])
    func along(_ t: Double) throws -> Double {
      var between = network
      between.parameters = zip(network.parameters, swapped.parameters).map { (1 - t) * $0 + t * $1 }
      return try between.cost(inputs: x1, targets: zero, loss: halfSquares)
    }
    let ends = try [along(0), along(0.5), along(1)]
    notebook.value("atA", ends[0], .decimals(4))
    notebook.value("atMiddle", ends[1], .decimals(4))
    notebook.shared("worked 1-2-1 network: cost halfway to its twin for y = 0", ends[1])
    notebook.figure(
      "between_twins",
      Plot(
        title: "The cost between a network and its twin",
        description:
          "The cost on the line from the worked network to the same network with its hidden units swapped: equal at both ends, with a hill between.",
        x: Plot.Axis("share of the twin", range: 0...1), y: Plot.Axis("J"),
        [try Plot.Series("J", over: 0...1, count: 100, along)]))
    notebook.claim(
      "backprop.sellie.convex", ends[1] > (ends[0] + ends[2]) / 2 ? 1 : 0, asPrinted: 1, also: ends)

    //: *Solutions?* Document 000 names two. With the lower layer fixed, the output layer alone under cross-entropy
    //: *is* convex: of {{midpoints}} midpoints tried, the number above the mean of their ends is {{hills}}. And one
    //: can start again from other weights: on exclusive or, eight starts of a 2-2-1 network end at costs from {{bestStart}} to
    //: {{worstStart}}.

    let xorInputs = try Matrix([[0.0, 0, 1, 1], [0, 1, 0, 1]])
    let xorTargets = try Matrix([[0.0, 1, 1, 0]])
    let fixed = try random([2, 2, 1], range: 2)
    let features = try fixed.forward(xorInputs).a(1)
    func topCost(_ parameters: [Double]) throws -> Double {
      try Network([
        Layer(weights: [Array(parameters.prefix(2))], biases: [parameters[2]], activation: .sigmoid)
      ]).cost(inputs: features, targets: xorTargets, loss: meanCrossEntropy)
    }
    let ends3 = draw(6, 200, 5, seed: 23)
    let hills = try (0..<ends3.columns).filter { trial in
      let pair = ends3.column(trial)
      let (a, b) = (Array(pair.prefix(3)), Array(pair.suffix(3)))
      let middle = zip(a, b).map { ($0 + $1) / 2 }
      return try topCost(middle) > (topCost(a) + topCost(b)) / 2 + 1e-12
    }.count
    func trainedXor(seed: UInt64) throws -> [Double] {
      var network = try random([2, 2, 1], range: 2, seed: seed)
      return try (0..<400).map { _ in
        let pass = try network.forward(xorInputs)
        let back = try network.backward(pass, targets: xorTargets, loss: meanCrossEntropy)
        try network.update(with: back.gradients, learningRate: 4)
        return try network.cost(of: pass, targets: xorTargets, loss: meanCrossEntropy)
      }
    }
    let starts = try (1...8).map { try trainedXor(seed: UInt64($0)) }
    let finals = starts.map { $0[$0.count - 1] }.sorted()
    let learned = finals.filter { $0 < 0.1 }.count
    notebook.value("midpoints", Double(ends3.columns))
    notebook.value("hills", Double(hills))
    notebook.value("bestStart", finals[0], .significant(2))
    notebook.value("worstStart", finals[7], .significant(2))
    notebook.figure(
      "restarts",
      Plot(
        title: "Starting again on exclusive or",
        description:
          "The best, the middle and the worst of \(starts.count) starts, on a logarithmic axis. \(learned) of them "
          + "fall below a tenth; the others stay on a plateau and would be thrown away.",
        x: Plot.Axis("steps"), y: Plot.Axis("J", .logarithmic),
        zip(["best", "middle", "worst"], [0, starts.count / 2, starts.count - 1]).map {
          name, rank in
          let path = starts.sorted { $0[$0.count - 1] < $1[$1.count - 1] }[rank]
          return Plot.Series(name, x: path.indices.map(Double.init), y: path)
        }))
    notebook.claim("backprop.sellie.solutions-q", [Double(hills), finals[0], finals[7]])

    //: ## One example at a time, or many
    //:
    //: Document 000's stochastic algorithm takes one example, steps, takes the next; its batch version takes the sum
    //: over all. In between are batches of a few. The same start and learning rate on exclusive or, with each step
    //: along the mean of its batch, and the cost of all four examples after every epoch:

    let epochs = 300
    func descent(batchSize: Int) throws -> [Double] {
      var generator = SplitMix64(seed: 5)
      var network = try random([2, 4, 1], range: 2, seed: 3)
      return try (0..<epochs).map { _ in
        let cost = try network.cost(
          inputs: xorInputs, targets: xorTargets, loss: meanCrossEntropy)
        try network.trainEpoch(
          inputs: xorInputs, targets: xorTargets, loss: meanCrossEntropy, learningRate: 1,
          batchSize: batchSize, using: &generator)
        return cost
      }
    }
    let batchSizes = [1, 2, 4]
    let descents = try batchSizes.map { try descent(batchSize: $0) }
    notebook.figure(
      "batch_sizes",
      Plot(
        title: "Exclusive or with batches of 1, 2 and 4",
        description:
          "Cost of all examples by epoch, on a logarithmic axis. Smaller batches make more steps an epoch and are "
          + "further along after the same number of passes.",
        x: Plot.Axis("epochs"), y: Plot.Axis("J", .logarithmic),
        zip(batchSizes, descents).map { size, costs in
          Plot.Series("batches of \(size)", x: costs.indices.map(Double.init), y: costs)
        }))
    notebook.table(
      "batch_costs", "After the same number of passes over the examples",
      [
        .numbers("batch", "Batch size", batchSizes.map(Double.init), .plain),
        .numbers("updates", "Updates", batchSizes.map { Double(epochs * (4 / $0)) }, .plain),
        .numbers("cost", "Cost", descents.map { $0[epochs - 1] }, .decimals(6)),
      ])

    //: Document 004 names the batch size without an example. With $`n`$ examples and batches of $`B`$ an epoch has
    //: $`\lceil n/B \rceil`$ updates; for the 60,000 images of MNIST:

    let batches = [1, 8, 32, 128, 60000]
    let updatesPerEpoch = batches.map { Double((60000 + $0 - 1) / $0) }
    notebook.table(
      "updates", "Updates per epoch of 60,000 examples",
      [
        .numbers("batch", "Batch size", batches.map(Double.init), .plain),
        .numbers("updates", "Updates", updatesPerEpoch, .plain),
      ])
    notebook.claim("backprop.dmml.batch", updatesPerEpoch[3])

    //: ## Every gradient, checked
    //:
    //: No gradient of this lecture need be taken on trust. The table has each network with its cost, and how far
    //: backpropagation is from the finite differences at $`\varepsilon = {{usualEpsilon}}`$ and from the dual numbers:
    //: at most {{worstDifference}} and {{worstExact}} in any of {{allEntries}} derivatives. Where a
    //: network is trained, its first gradient is checked. The step of document 001 stands here with the biases
    //: that its sums would need, for a pass that is only stated is no function of its weights.

    //- fold: The networks that are checked
    var checks: [CheckedGradient] = []
    func check(
      _ name: String, _ network: Network<Double>, _ x: Matrix<Double>, _ y: Matrix<Double>,
      _ loss: Loss, _ regularization: Regularization = .none
    ) throws {
      checks.append(
        try CheckedGradient(
          name, network, inputs: x, targets: y, loss: loss, regularization: regularization))
    }
    for (name, loss) in conventions { try check("1-2-1, \(name)", network, inputs, answers, loss) }
    try check("1-2-1, one example, squared error", network, x1, y1, halfSquares)
    try check("1-2-1, one example, cross-entropy", network, x1, y1, meanCrossEntropy)
    for p in [0.1, wrong[4]] {
      let unit = try sigmoidUnit(answering: p)
      let answering = "one unit answering \(NumberFormat.plain.text(p))"
      try check("\(answering), squared error", unit, x1, y1, halfSquares)
      try check("\(answering), cross-entropy", unit, x1, y1, meanCrossEntropy)
    }
    let hiddenSum = 0.5
    let consistent = try Network([
      Layer(weights: [[0.1]], biases: [hiddenSum - 0.1 * input], activation: .sigmoid),
      Layer(
        weights: [[12.0]], biases: [impliedZ2 - 12 * Activation.sigmoid(hiddenSum)],
        activation: .sigmoid),
    ])
    try check("1-1-1, document 001's step", consistent, Matrix(column: [input]), y1, crossEntropy)
    try check("1-1-1-1, one path", thin, thinInput, y1, crossEntropy)
    try check("1-1, logistic regression", logistic, thinInput, y1, crossEntropy)
    try check("1-1-1, the chain without its top", double, thinInput, y1, crossEntropy)
    try check("3-3-3-2", wide, wideInput, wideTarget, crossEntropy)
    try check("2-2-2-1, two paths", twoPaths, twoInput, y1, halfSquares)
    checks.append(check341)
    try check("3-4-5-2", net3452, wideInput, wideTarget, crossEntropy)
    try check("4-3-1, tanh, five examples", net431, batch, batchTargets, meanCrossEntropy)
    try check("4-3-1, one example", squashed, Matrix(column: batch.column(0)), y1, meanCrossEntropy)
    try check("3-6-5-5, cross-entropy", net3655, data, classes, meanCrossEntropy)
    checks.append(check3655)
    try check("3-6-5-5, after fifty steps", descending, data, classes, meanCrossEntropy, ridge)
    checks.append(checkOne)
    for activation in [Activation.relu, .leakyReLU(slope: 0.01)] {
      let unit = try Network([Layer(weights: [[1.0]], biases: [-10], activation: activation)])
      let name = activation == .relu ? "ReLU" : "leaky ReLU"
      try check("one \(name) unit with bias −10", unit, x1, y1, halfSquares)
    }
    for (name, activation) in [("sigmoid", Activation.sigmoid), ("tanh", .tanh), ("ReLU", .relu)] {
      let (deep, x) = try tenLayers(activation)
      try check("ten layers, \(name)", deep, x, deepTargets, meanCrossEntropy)
    }
    for (sizes, seed) in [([2, 2, 1], UInt64(1)), ([2, 4, 1], 3)] {
      let start = try random(sizes, range: 2, seed: seed)
      let name = sizes.map(String.init).joined(separator: "-")
      try check("\(name), exclusive or", start, xorInputs, xorTargets, meanCrossEntropy)
    }
    //- end
    notebook.value("usualEpsilon", 1e-5, .scientific(1))
    notebook.value(
      "worstDifference", checks.map(\.differencesError).max() ?? 0, .scientific(1))
    notebook.value("worstExact", checks.map(\.exactError).max() ?? 0, .scientific(1))
    notebook.value("allEntries", Double(checks.map(\.exact.count).reduce(0, +)))
    notebook.table(
      "gradient_checks", "The largest differences of each gradient", CheckedGradient.columns(checks)
    )

    //- reference
    //: Finite differences do worst on document 001's step: its input of {{x1}} bends the cost so sharply that a step of
    //: {{usualEpsilon}} is too long. Nothing of that concerns the dual numbers.
    //- end

    //- hide
  }
}
//- end
