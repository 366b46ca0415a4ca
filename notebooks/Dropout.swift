//- hide
import ArgumentParser
import Datasets
import Foundation
import NeuralNetwork
import Notebook

@main struct Dropout: Lecture {
  static let title = "Dropout"
  static let source = #filePath

  @Option(help: "p, the probability of dropping a unit in the worked examples.")
  var dropRate = 0.5

  @Option(help: "m, the number of training images in the overfitting experiment.")
  var images = 200

  @Option(help: "The share of the training images that get a wrong label.")
  var wrongLabels = 0.2

  @Option(help: "The number of epochs in the overfitting experiment.")
  var epochs = 100

  @Option(
    help: "A folder with the unpacked files of MNIST, to train on instead of the small digits.")
  var mnist: String?

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] {
    [
      Parameter("drop-rate", "p", dropRate, in: 0.05...0.95),
      Parameter("images", "m", Double(images), in: 20...60000),
      Parameter("wrong-labels", "share of wrong labels", wrongLabels, in: 0...0.9),
      Parameter("epochs", "epochs", Double(epochs), in: 2...1000),
      Parameter("mnist", "images from MNIST", mnist == nil ? 0 : Double(images), in: 0...60000),
    ]
  }

  func validate() throws {
    // A number outside its range is reported with the range, like the other parameters.
    guard (20...60000).contains(images) else { return }
    do {
      _ = try dataSet()
    } catch let error as DataError {
      throw ValidationError("\(error.path): \(error.message)")
    }
  }

  /// The first images for training, others for the test.
  func dataSet() throws -> (name: String, train: LabeledImages, test: LabeledImages) {
    if let mnist {
      let folder = URL(fileURLWithPath: mnist)
      let train = try LabeledImages.mnist(.train, in: folder, first: images)
      try requireImages(train.count, in: mnist)
      let test = try LabeledImages.mnist(.test, in: folder, first: 1000)
      return ("digits of 28 × 28 pixels from MNIST", train, test)
    }
    let file = URL(fileURLWithPath: Self.source).deletingLastPathComponent()
      .appendingPathComponent("data/digits.csv")
    let digits = try LabeledImages.digits(file)
    let forTraining = digits.count - 500
    try requireImages(forTraining, in: file.path)
    return (
      "digits of 8 × 8 pixels", digits.subset(0..<images),
      digits.subset(forTraining..<digits.count)
    )
  }

  private func requireImages(_ count: Int, in path: String) throws {
    if count < images {
      throw DataError(path, "has \(count) images for training; --images asks for \(images)")
    }
  }

  func run(_ notebook: Notebook) throws {
    let p = dropRate
    //- end
    //: # Dropout
    //:
    //: In every pass of training, dropout switches off a part of the hidden units, chosen at random; when
    //: the network is used, all of them work. Document 003 has one slide on it: three sentences and ten
    //: notes, without a number. This lecture turns each of them into something that can be computed.
    //: Layers are counted as in 001 and 002: the input is layer 0.
    //:
    //: ## A mask
    //:
    //: A unit is dropped by multiplying its activation by 0, and kept by multiplying it by 1. The factors of
    //: a layer are its mask $`m`$; the layer above gets $`a \odot m`$ instead of $`a`$. The worked network of
    //: document 000 has two hidden units, so there are four masks. A mask has a column for each example,
    //: so four copies of the example show all four in one pass.

    let network = try Network([
      Layer(weights: [[0.3], [0.4]], biases: [0.1, 0.2], activation: .sigmoid),
      Layer(weights: [[1.0, -3.0]], biases: [0.2], activation: .sigmoid),
    ])
    let x = try Matrix([[1.0, 1, 1, 1]])
    let masks = try Matrix([
      [0.0, 0, 1, 1],
      [0.0, 1, 0, 1],
    ])
    let masked = try network.forward(x, masks: [masks])

    //: The document says that dropout “removes nodes”, and then: “what is temporarily "removed" are the
    //: links going in and out”. So the masks are compared with networks that are built without these links,
    //: and with the smaller networks that have no such node at all.

    //- fold: How the networks without the links are built
    let maskNames = ["00", "01", "10", "11"]
    let hidden = network.layers[0].parameters
    let top = network.layers[1].parameters
    func answer(hidden: Parameters<Double>, top weights: Matrix<Double>) throws -> Double {
      let rebuilt = try Network([
        Layer(hidden, activation: .sigmoid),
        Layer(Parameters(weights: weights, biases: top.biases), activation: .sigmoid),
      ])
      return try rebuilt.forward(Matrix(column: [1.0])).output[0, 0]
    }
    let linksOut = try (0..<4).map { mask in
      try answer(
        hidden: hidden,
        top: Matrix(rows: 1, columns: 2) { top.weights[$0, $1] * masks[$1, mask] })
    }
    let linksIn = try (0..<4).map { mask in
      try answer(
        hidden: Parameters(
          weights: Matrix(rows: 2, columns: 1) { hidden.weights[$0, $1] * masks[$0, mask] },
          biases: (0..<2).map { hidden.biases[$0] * masks[$0, mask] }),
        top: top.weights)
    }
    let nodes = try (0..<4).map { mask in
      let kept = (0..<2).filter { masks[$0, mask] == 1 }
      return try answer(
        hidden: Parameters(
          weights: Matrix(rows: kept.count, columns: 1) { hidden.weights[kept[$0], $1] },
          biases: kept.map { hidden.biases[$0] }),
        top: top.weights.columns(kept))
    }
    //- end

    notebook.table(
      "removed", "The output of the 1-2-1 network for x = 1 under each mask",
      [
        .texts("mask", "Mask $`(m_1, m_2)`$", maskNames),
        .numbers("masked", "Masked", masked.output.elements, .decimals(6)),
        .numbers("nodes", "Nodes removed", nodes, .decimals(6)),
        .numbers("links_out", "Links out removed", linksOut, .decimals(6)),
        .numbers("links_in", "Links in removed", linksIn, .decimals(6)),
      ])
    notebook.claim("dropout.damlf.remove", masked.output.elements, asPrinted: nodes)

    //: To mask a unit is to remove its links *out*: what no other unit sees does not matter. To remove only
    //: its links *in*, weight and bias, is not enough. The sum is then 0, and the unit goes on answering
    //: $`\sigma(0) = \frac12`$. With ReLU or tanh, where $`g(0) = 0`$, either would do.
    //:
    //: ## Dropping and keeping
    //:
    //: The document calls $`p`$ “the probability of a unit in a given layer dropping out” and, a few lines
    //: on, says that the “Probability for keeping units” can be varied by layer. Both are in use, and
    //: $`q = 1 - p`$. A bare number is ambiguous: in a layer of ten units a probability of one fifth leaves
    //: {{activeDrop}} units on average if it is that of dropping, {{activeKeep}} if it is that of keeping.
    //: The engine takes $`p`$, one for each hidden layer, and draws a mask for every example:

    var generator = SplitMix64(seed: 2019)
    let ten = try Network.random(
      sizes: [1, 10, 10, 1], hidden: .relu, output: .identity, .he, using: &generator)
    let rates = [0.2, p]
    let draws = 20_000
    let drawn = try ten.dropoutMasks(rates: rates, examples: draws, using: &generator)

    //: What is drawn is set beside what follows from $`p`$. The number of active units is binomial: its
    //: mean is $`nq`$, its variance $`npq`$.

    //- fold: How all masks are listed and weighted
    /// All masks of n units as columns, in the order 00…0 to 11…1.
    func allMasks(_ n: Int) -> Matrix<Double> {
      Matrix(rows: n, columns: 1 << n) { unit, mask in Double(mask >> (n - 1 - unit) & 1) }
    }
    /// The probability of each mask when each unit is dropped with probability p.
    func probabilities(_ masks: Matrix<Double>, dropping p: Double) -> [Double] {
      (0..<masks.columns).map { masks.column($0).map { $0 == 0 ? p : 1 - p }.reduce(1, *) }
    }
    func mean(_ values: [Double], _ weights: [Double]) -> Double {
      zip(values, weights).map(*).reduce(0, +)
    }
    func variance(_ values: [Double], _ weights: [Double]) -> Double {
      let center = mean(values, weights)
      return mean(values.map { ($0 - center) * ($0 - center) }, weights)
    }
    let all = allMasks(10)
    let active = (0..<all.columns).map { all.column($0).reduce(0, +) }
    let expected = rates.map { mean(active, probabilities(all, dropping: $0)) }
    let spread = rates.map { variance(active, probabilities(all, dropping: $0)) }
    /// How many units each drawn mask leaves active; a kept unit has the factor 1/(1 − p).
    let activeDrawn = zip(drawn, rates).map { mask, rate in
      mask.transposed.rowSums.map { ($0 * (1 - rate)).rounded() }
    }
    let meanDrawn = activeDrawn.map { $0.reduce(0, +) / Double(draws) }
    let varianceDrawn = zip(activeDrawn, meanDrawn).map { counts, center in
      counts.map { ($0 - center) * ($0 - center) }.reduce(0, +) / Double(draws - 1)
    }
    //- end

    notebook.table(
      "keep_by_layer", "Two layers of ten units, \(draws) masks drawn",
      [
        .numbers("layer", "Layer", [1, 2], .plain),
        .numbers("p", "$`p`$", rates, .decimals(2)),
        .numbers("q", "$`q = 1 - p`$", rates.map { 1 - $0 }, .decimals(2)),
        .numbers("scale", "$`1/(1 - p)`$", rates.map { 1 / (1 - $0) }, .decimals(4)),
        .numbers("active", "Active units", expected, .decimals(4)),
        .numbers("active_drawn", "drawn", meanDrawn, .decimals(4)),
        .numbers("variance", "Variance", spread, .decimals(4)),
        .numbers("variance_drawn", "drawn", varianceDrawn, .decimals(4)),
      ])
    //- fold: How the shares of dropped units are compared with p
    // They are drawn, so they may be off; by more than four standard errors they hardly ever are.
    let standardErrors = rates.map { ($0 * (1 - $0) / Double(10 * draws)).squareRoot() }
    notebook.claim(
      "dropout.damlf.probability", meanDrawn.map { 1 - $0 / 10 }, asPrinted: rates,
      within: 4 * (standardErrors.max() ?? 0))
    let fifth = mean(active, probabilities(all, dropping: 0.2))
    notebook.claim(
      "dropout.damlf.keep-by-layer", [fifth], readings: [[10 * (1 - 0.2)], [10 * 0.2]])
    notebook.value("activeDrop", fifth)
    notebook.value("activeKeep", mean(active, probabilities(all, dropping: 0.8)))
    notebook.claim("dropout.damlf.sparse", expected[1], also: [meanDrawn[1]])
    //- end

    //: “Nodes are drawn randomly on each pass.” Ten units have $`2^{10}`$ masks, {{subnetworks}} networks
    //: that share their weights; among the {{draws}} masks drawn for the second layer, {{distinct}} different
    //: ones occur. One of them drops every unit. In a layer of four that happens with probability
    //: $`p^4 = {{allDropped}}`$, and then the layer above hears nothing but its bias.

    let distinct = Set(
      (0..<draws).map { column in
        (0..<10).reduce(0) { 2 * $0 + (drawn[1][$1, column] == 0 ? 0 : 1) }
      })
    let ofFour = allMasks(4)
    let chances = probabilities(ofFour, dropping: p)
    notebook.value("subnetworks", Double(all.columns))
    notebook.value("draws", Double(draws))
    notebook.value("distinct", Double(distinct.count))
    notebook.value("allDropped", chances[0])
    notebook.claim("dropout.damlf.redraw", Double(all.columns), also: [Double(distinct.count)])
    notebook.claim("dropout.damlf.all-dropped", chances[0])

    //: ## Scaling
    //:
    //: Four units that contribute 1, 2, 3 and 4 to a sum, at $`p = {{p}}`$. Each mask is one example; the
    //: mean over all sixteen, weighted with their probabilities, is exact.

    let four = try Network([
      Layer(weights: [[1], [2], [3], [4]], biases: [0, 0, 0, 0], activation: .identity),
      Layer(weights: [[1, 1, 1, 1]], biases: [0], activation: .identity),
    ])
    let ones = Matrix(rows: 1, columns: ofFour.columns) { _, _ in 1.0 }
    let plain = try four.forward(ones, masks: [ofFour]).output.elements
    let inverted = try four.forward(ones, masks: [ofFour.scaled(by: 1 / (1 - p))]).output.elements
    let atTest = try four.forward(Matrix(column: [1.0])).output[0, 0]
    let shrunk = try Network([
      four.layers[0],
      Layer(
        Parameters(weights: four.layers[1].weights.scaled(by: 1 - p), biases: [0]),
        activation: .identity),
    ]).forward(Matrix(column: [1.0])).output[0, 0]

    notebook.value("p", p)
    notebook.table(
      "scaling", "The sum in training, over all masks, and at test time",
      [
        .texts(
          "convention", "Convention",
          [
            "no scaling", "weights times $`1 - p`$ at test time",
            "activations times $`1/(1 - p)`$ in training",
          ]),
        .numbers(
          "training", "Training: mean",
          [mean(plain, chances), mean(plain, chances), mean(inverted, chances)], .decimals(4)),
        .numbers(
          "variance", "Variance",
          [variance(plain, chances), variance(plain, chances), variance(inverted, chances)],
          .decimals(4)),
        .numbers("test", "Test", [atTest, shrunk, atTest], .decimals(4)),
      ])
    notebook.claim(
      "dropout.damlf.enumeration",
      [
        Double(ofFour.columns), mean(plain, chances), variance(plain, chances),
        mean(inverted, chances),
      ])
    notebook.claim(
      "dropout.damlf.scaling", [atTest],
      readings: [[mean(plain, chances)], [mean(inverted, chances)]])

    //: The document says that dropout is “not used at test time” and nothing of scaling. Taken literally,
    //: the layer above is trained on sums around {{plainMean}} and then meets {{atTest}}. Two conventions
    //: repair that: the weights are multiplied by $`1 - p`$ at test time, or the activations by
    //: $`1/(1 - p)`$ in training. The second is *inverted dropout*, and what the engine's masks do: nothing
    //: has to be remembered when the network is used. The same with masks drawn by the engine, not listed:

    let samples = try [100, 1000, 10_000].map { count in
      let drawn = try four.dropoutMasks(rates: [p], examples: count, using: &generator)
      let inputs = Matrix(rows: 1, columns: count) { _, _ in 1.0 }
      return try four.forward(inputs, masks: drawn).output.elements
    }

    //- fold: How the standard errors are computed
    let sampleMeans = samples.map { $0.reduce(0, +) / Double($0.count) }
    let sampleErrors = zip(samples, sampleMeans).map { sample, center in
      let squares = sample.map { ($0 - center) * ($0 - center) }.reduce(0, +)
      return (squares / Double(sample.count - 1) / Double(sample.count)).squareRoot()
    }
    //- end
    notebook.value("plainMean", mean(plain, chances))
    notebook.value("atTest", atTest)
    notebook.table(
      "sampled",
      "The mean sum over masks that are drawn, against \(NumberFormat.plain.text(atTest))",
      [
        .numbers("masks", "Masks", samples.map { Double($0.count) }, .plain),
        .numbers("mean", "Mean", sampleMeans, .decimals(3)),
        .numbers("standard_error", "Standard error", sampleErrors, .decimals(3)),
        .numbers(
          "distance", "Off by standard errors",
          zip(sampleMeans, sampleErrors).map { abs($0 - atTest) / $1 }, .decimals(1)),
      ])

    //: ## Not at test time
    //:
    //: “Otherwise, the predictions would be random.” The 1-2-1 network has one answer for $`x = 1`$; with
    //: inverted dropout left on it has four:

    let chance = probabilities(masks, dropping: p)
    let random = try network.forward(x, masks: [masks.scaled(by: 1 / (1 - p))])
    let calm = try network.forward(Matrix(column: [1.0]))
    let halfSquares = Loss.squaredError(factor: 0.5, reduction: .sum)
    let y = Matrix(column: [1.0])
    func costs(_ pass: ForwardPass<Double>) throws -> [Double] {
      try halfSquares.perExample(
        z: pass.z(2), a: pass.a(2), activation: .sigmoid,
        targets: Matrix(rows: 1, columns: pass.examples) { _, _ in 1 })
    }
    let randomCosts = try costs(random)

    let sums = random.z(2).elements
    let answers = random.output.elements
    let calmCost = try network.cost(of: calm, targets: y, loss: halfSquares)
    notebook.table(
      "test_time", "Four answers and four costs, and those without dropout",
      [
        .texts("mask", "Mask", maskNames + ["mean", "no dropout"]),
        .texts(
          "probability", "Probability",
          chance.map { NumberFormat.decimals(4).text($0) } + ["", ""]),
        .numbers("z", "$`z^2`$", sums + [mean(sums, chance), calm.z(2)[0, 0]], .decimals(6)),
        .numbers(
          "output", "$`\\hat y`$", answers + [mean(answers, chance), calm.output[0, 0]],
          .decimals(6)),
        .numbers(
          "cost", "$`J`$", randomCosts + [mean(randomCosts, chance), calmCost], .decimals(6)),
      ])
    notebook.claim("dropout.damlf.test-time", answers + [calm.output[0, 0]])
    notebook.claim(
      "dropout.damlf.mean-pre-activation", [mean(sums, chance), mean(answers, chance)],
      also: [calm.z(2)[0, 0], calm.output[0, 0]])
    notebook.claim("dropout.damlf.cost-undefined", randomCosts)
    notebook.value("meanAnswer", mean(answers, chance), .decimals(4))
    notebook.value("calmAnswer", calm.output[0, 0], .decimals(4))
    notebook.shared("worked 1-2-1 network: z^(3)", calm.z(2)[0, 0])
    notebook.shared("worked 1-2-1 network: output", calm.output[0, 0])

    //: The mean of the sums *is* the sum without dropout: that is what the scaling is for. The mean of the
    //: answers, {{meanAnswer}}, is not the answer without dropout, {{calmAnswer}}, because $`\sigma`$ is not
    //: linear. So a network without dropout averages its sub-networks exactly up to the next activation
    //: function, and approximately beyond it.
    //:
    //: ## The backward pass goes through the same mask
    //:
    //: The gradient belongs to the pass that was made, so the error takes the way back that the activations
    //: took: times 0 where a unit was dropped, times $`1/(1 - p)`$ where it was kept. With the mask held
    //: fixed the cost is an ordinary function of the weights, and two ways that know nothing of
    //: backpropagation can check the gradient: central differences, and dual numbers $`x + x'\epsilon`$,
    //: $`\epsilon^2 = 0`$, which carry the exact derivative through the forward pass. Under the mask 01, which
    //: drops the first hidden unit ($`r`$ are the mask's factors, 0 or $`1/(1 - p)`$):

    let mask = Matrix(column: [0, 1 / (1 - p)])
    let one = Matrix(column: [1.0])
    let pass = try network.forward(one, masks: [mask])
    let back = try network.backward(pass, targets: y, loss: halfSquares)
    let maskedCheck = try CheckedGradient(
      "1-2-1 under the mask 01", network, inputs: one, targets: y, loss: halfSquares, masks: [mask])

    let written = try Derivation(
      network, inputs: one, targets: y, loss: halfSquares, masks: [mask], in: .of("001"))
    notebook.equation((written.lines(.forward) + written.lines(.deltas)).tex)
    let unmasked = try network.backward(calm, targets: y, loss: halfSquares)
    notebook.table(
      "backward", "The gradient under the mask 01",
      [
        .texts(
          "parameter", "Parameter",
          ["$`w_{11}^1`$", "$`w_{21}^1`$", "$`b_1^1`$", "$`b_2^1`$"]
            + ["$`w_{11}^2`$", "$`w_{12}^2`$", "$`b_1^2`$"]),
        .numbers("gradient", "Backward pass", back.gradients.flatMap(\.elements), .decimals(6)),
        .numbers("difference", "Central difference", maskedCheck.differences, .decimals(6)),
        .numbers("exact", "Dual numbers", maskedCheck.exact, .decimals(6)),
        .numbers(
          "unmasked", "Without dropout", unmasked.gradients.flatMap(\.elements), .decimals(6)),
      ])

    notebook.value("differencesError", maskedCheck.differencesError, .scientific(1))
    notebook.value("exactError", maskedCheck.exactError, .scientific(1))

    //: The weights into and out of the dropped unit do not move in this step. The backward pass is at most
    //: {{differencesError}} off the central differences and {{exactError}} off the dual numbers.
    //:
    //: ## Spreading the weights
    //:
    //: “Dropout effectively spreads out weights; ensures that the network does not rely on any single
    //: feature.” The smallest case: a linear unit with two inputs that always say the same, $`x = (1, 1)`$,
    //: and the target 1. Without dropout every pair with $`w_1 + w_2 = 1`$ is perfect, $`(1, 0)`$ as well as
    //: $`(\frac12, \frac12)`$. With dropout on the two inputs the expected loss is
    //:
    //: ```math
    //: E\left[\left(1 - \frac{m_1 w_1 + m_2 w_2}{1 - p}\right)^2\right]
    //:   = (1 - w_1 - w_2)^2 + \frac{p}{1 - p}\,(w_1^2 + w_2^2)
    //: ```
    //:
    //: The second term, the variance that the masks bring in, is a ridge penalty. It decides between the
    //: perfect pairs, and it shrinks the best one. Gradient descent on the expected loss, a pass and its
    //: backward pass for each of the four masks, finds it:

    let squares = Loss.squaredError(factor: 1, reduction: .sum)
    func unit(_ w: [Double]) throws -> Network<Double> {
      try Network([
        Layer(weights: [[1], [1]], biases: [0, 0], activation: .identity),
        Layer(weights: [w], biases: [0], activation: .identity),
      ])
    }
    let scaledMasks = masks.scaled(by: 1 / (1 - p))
    func expectedLoss(_ w: [Double]) throws -> Double {
      let pass = try unit(w).forward(x, masks: [scaledMasks])
      let losses = try squares.perExample(
        z: pass.z(2), a: pass.a(2), activation: .identity, targets: x)
      return mean(losses, chance)
    }
    func expectedGradient(_ w: [Double]) throws -> [Double] {
      let network = try unit(w)
      let gradients = try (0..<4).map { mask in
        let pass = try network.forward(one, masks: [scaledMasks.columns([mask])])
        return try network.backward(pass, targets: y, loss: squares).gradient(2).weights.elements
      }
      return (0..<2).map { i in mean(gradients.map { $0[i] }, chance) }
    }
    let ridge = p / (1 - p)
    var best = [1.0, 0.0]
    for _ in 0..<Int((40 / -Double.log(1 - p)).rounded(.up)) {
      best = zip(best, try expectedGradient(best)).map { $0 - $1 / (2 + 2 * ridge) }
    }

    let pairs = [[1.0, 0], [0.5, 0.5], best]
    func squaredNorm(_ w: [Double]) -> Double { w.map { $0 * $0 }.reduce(0, +) }
    notebook.table(
      "spread", "Two features that say the same, p = \(NumberFormat.plain.text(p))",
      [
        .texts("pair", "Pair", ["one feature", "both alike", "best with dropout"]),
        .numbers("w1", "$`w_1`$", pairs.map { $0[0] }, .decimals(4)),
        .numbers("w2", "$`w_2`$", pairs.map { $0[1] }, .decimals(4)),
        .numbers("norm", "$`w_1^2 + w_2^2`$", pairs.map(squaredNorm), .decimals(4)),
        .numbers(
          "plain", "Loss without dropout",
          try pairs.map { try unit($0).cost(inputs: one, targets: y, loss: squares) },
          .decimals(4)),
        .numbers("expected", "Expected loss", try pairs.map(expectedLoss), .decimals(4)),
        .numbers(
          "ridge", "Ridge form",
          pairs.map { (1 - $0[0] - $0[1]) * (1 - $0[0] - $0[1]) + ridge * squaredNorm($0) },
          .decimals(4)),
      ])
    notebook.claim(
      "dropout.damlf.spread",
      best + [squaredNorm(best), try expectedLoss(best), squaredNorm(pairs[0])])
    notebook.claim("dropout.damlf.norm", [best, [0.5, 0.5], [1, 0]].map(squaredNorm))
    notebook.value("best", best[0], .decimals(4))
    notebook.value("bestNorm", squaredNorm(best), .decimals(4))
    notebook.value("norm", squaredNorm([0.5, 0.5]))

    //: Started from $`(1, 0)`$, the weights end at {{best}} each, with the squared norm {{bestNorm}}. That
    //: is less than the {{norm}} of the smallest perfect pair: this is the sense in which dropout “reduces
    //: the squared norm”, here for a linear unit, where it is exact.
    //:
    //: ## The cost that jumps
    //:
    //: “Downside: the cost function is no longer well-defined.” There is one cost for each mask, as the
    //: table of the 1-2-1 network shows, and each step of training goes against the gradient of its own.
    //: “To plot J, to check that it is monotonically decreasing, turn off dropout.” That can be done in two
    //: ways: for the plotted cost only, while the steps go on with dropout, or for the whole run. The data
    //: are the first {{few}} of the {{data}}, all in one batch, so that nothing but the masks is random:

    let (name, train, test) = try dataSet()
    let classes = try Matrix<Double>.oneHot(train.labels, classes: 10)
    let crossEntropy = Loss.crossEntropy(reduction: .mean)
    var start = SplitMix64(seed: 1)
    let untrained = try Network.random(
      sizes: [train.bytes.rows, 64, 10], hidden: .relu, output: .softmax, .he, using: &start)
    let few = 20
    let fewInputs = train.subset(0..<few).pixels
    let fewTargets = classes.columns(0..<few)
    func descent(dropping rate: Double?) throws -> (noisy: [Double], clean: [Double]) {
      var network = untrained
      var noisy: [Double] = []
      var clean: [Double] = []
      for _ in 0..<100 {
        let masks = try rate.map {
          try network.dropoutMasks(rates: [$0], examples: few, using: &generator)
        }
        let pass = try network.forward(fewInputs, masks: masks ?? [])
        noisy.append(try network.cost(of: pass, targets: fewTargets, loss: crossEntropy))
        clean.append(
          try network.cost(inputs: fewInputs, targets: fewTargets, loss: crossEntropy))
        let back = try network.backward(pass, targets: fewTargets, loss: crossEntropy)
        try network.update(with: back.gradients, learningRate: 0.1)
      }
      return (noisy, clean)
    }
    let dropped = try descent(dropping: p)
    let off = try descent(dropping: nil)

    func rises(_ curve: [Double]) -> Double {
      Double(zip(curve, curve.dropFirst()).filter { $0 < $1 }.count)
    }
    let steps = (1...dropped.noisy.count).map(Double.init)
    notebook.value("few", Double(few))
    notebook.value("data", text: name)
    notebook.value("steps", Double(steps.count))
    notebook.value("risesNoisy", rises(dropped.noisy))
    notebook.value("risesClean", rises(dropped.clean))
    notebook.value("risesOff", rises(off.clean))
    notebook.figure(
      "noisy_cost",
      Plot(
        title: "One run with dropout, plotted twice, and one without",
        description:
          "The cost under each step's own masks rises \(Int(rises(dropped.noisy))) times in "
          + "\(steps.count) steps; the same network's cost with dropout turned off rises \(Int(rises(dropped.clean))) "
          + "times, and that of a run without dropout \(Int(rises(off.clean))) times.",
        x: Plot.Axis("step"), y: Plot.Axis("J"),
        [
          Plot.Series("masks on", x: steps, y: dropped.noisy),
          Plot.Series("plotted without masks", x: steps, y: dropped.clean),
          Plot.Series("trained without dropout", x: steps, y: off.clean),
        ]))
    notebook.claim(
      "dropout.damlf.monotone", [dropped.noisy, dropped.clean, off.clean].map(rises))

    //: In {{steps}} steps the cost with masks rises {{risesNoisy}} times, the same run's cost without masks
    //: {{risesClean}} times, and a run that is trained without dropout {{risesOff}} times. A rising
    //: curve of the first kind says nothing about the learning rate or the gradients; only for the last kind
    //: does gradient descent, with a step that is small enough, promise a falling cost.
    //:
    //: ## Overfitting
    //:
    //: “Dropout is used to address overfitting.” To see that, a network needs something to overfit to: only
    //: {{m}} training images, the first of the {{data}}, with a wrong label on {{wrong}} of them. A
    //: network with 64 ReLU units has the room to learn such labels by heart. It is tested on {{tested}} other
    //: images with the right labels. The document gives neither network nor data for this. (The small
    //: digits that come with the lectures are by E. Alpaydin and C. Kaynak, UCI Machine Learning Repository.
    //: For MNIST instead: `--mnist` and the folder with its files.)

    var labels = train.labels
    var noise = SplitMix64(seed: 3)
    let wrong = Int((wrongLabels * Double(train.count)).rounded())
    for image in noise.permutation(of: train.count).prefix(wrong) {
      labels[image] = (labels[image] + 1 + noise.index(below: 9)) % 10
    }
    let mislabeled = LabeledImages(bytes: train.bytes, labels: labels)
    let targets = try Matrix<Double>.oneHot(labels, classes: 10)

    typealias Measure = (cost: Double, accuracy: Double)
    /// Cost and share of right answers, without dropout, of a thousand images at a time.
    func measure(_ network: Network<Double>, _ images: LabeledImages) throws -> Measure {
      var (cost, right) = (0.0, 0)
      for start in stride(from: 0, to: images.count, by: 1000) {
        let part = images.subset(start..<min(start + 1000, images.count))
        let pass = try network.forward(part.pixels)
        let targets = try Matrix<Double>.oneHot(part.labels, classes: 10)
        let share = Double(part.count) / Double(images.count)
        cost += share * (try network.cost(of: pass, targets: targets, loss: crossEntropy))
        right += zip(pass.output.largestRows, part.labels).filter { $0 == $1 }.count
      }
      return (cost, Double(right) / Double(images.count))
    }
    let dropRates = [0, 0.2, 0.5]
    //- hide
    let line = ProgressLine.standardError
    let began = Date()
    var done = 0
    func progress(_ rate: Double, _ epoch: Int, _ cost: Double, _ accuracy: Double) {
      done += 1
      let format = NumberFormat.decimals(3)
      let left = ProgressLine.timeLeft(
        done: done, of: dropRates.count * epochs, seconds: Date().timeIntervalSince(began))
      line.show(
        "\(name), p = \(rate): epoch \(epoch) of \(epochs), cost \(format.text(cost)), test accuracy "
          + "\(format.text(accuracy)), \(left)")
    }
    //- end
    let runs = try dropRates.map { rate in
      var network = untrained
      var generator = SplitMix64(seed: 4)
      var curve: [(train: Measure, test: Measure)] = []
      for epoch in 1...epochs {
        try network.trainEpoch(
          inputs: train.bytes, targets: targets, loss: crossEntropy, learningRate: 0.2,
          batchSize: 20, dropRates: rate == 0 ? [] : [rate], using: &generator)
        curve.append(
          (
            try measure(network, mislabeled),
            try measure(network, test)
          ))
        progress(rate, epoch, curve[epoch - 1].train.cost, curve[epoch - 1].test.accuracy)
      }
      return (network: network, curve: curve)
    }
    //- hide
    line.clear()
    //- end
    //- fold: What the figures and the table show
    let lasts = runs.map { $0.curve[epochs - 1] }
    let lowest = runs.map { run in
      (0..<epochs).min { run.curve[$0].test.cost < run.curve[$1].test.cost } ?? 0
    }
    let lowestCosts = zip(runs, lowest).map { $0.curve[$1].test.cost }
    /// The sum of all squared weights, without the biases.
    func norm(_ network: Network<Double>) -> Double {
      network.layers.flatMap(\.weights.elements).map { $0 * $0 }.reduce(0, +)
    }
    notebook.value("m", Double(train.count))
    notebook.value("wrong", Double(wrong))
    notebook.value("tested", Double(test.count))
    let epochNumbers = (1...epochs).map(Double.init)
    let rateNames = dropRates.map { "p = \(NumberFormat.plain.text($0))" }
    func list(_ values: [Double], _ format: NumberFormat) -> String {
      let texts = values.map { format.text($0) }
      return texts.dropLast().joined(separator: ", ") + " and " + texts[texts.count - 1]
    }
    notebook.figure(
      "overfitting",
      Plot(
        title: "Cost on \(train.count) training and \(test.count) test images",
        description:
          "After \(epochs) epochs with p = \(list(dropRates, .plain)) the training cost is "
          + "\(list(lasts.map(\.train.cost), .decimals(2))), the test cost "
          + "\(list(lasts.map(\.test.cost), .decimals(2))). All costs are taken without masks.",
        x: Plot.Axis("epoch"), y: Plot.Axis("J"),
        zip(rateNames, runs).map { name, run in
          Plot.Series("train, \(name)", x: epochNumbers, y: run.curve.map(\.train.cost))
        }
          + zip(rateNames, runs).map { name, run in
            Plot.Series("test, \(name)", x: epochNumbers, y: run.curve.map(\.test.cost))
          }))
    notebook.figure(
      "accuracy",
      Plot(
        title: "Share of right answers",
        description:
          "After \(epochs) epochs with p = \(list(dropRates, .plain)) the share of the training "
          + "labels, wrong ones included, that the network gives is "
          + "\(list(lasts.map(\.train.accuracy), .decimals(3))); of the test images it recognizes "
          + "\(list(lasts.map(\.test.accuracy), .decimals(3))).",
        x: Plot.Axis("epoch"), y: Plot.Axis("accuracy"),
        zip(rateNames, runs).map { name, run in
          Plot.Series("train, \(name)", x: epochNumbers, y: run.curve.map(\.train.accuracy))
        }
          + zip(rateNames, runs).map { name, run in
            Plot.Series("test, \(name)", x: epochNumbers, y: run.curve.map(\.test.accuracy))
          }))
    let gaps = lasts.map { $0.test.cost - $0.train.cost }
    notebook.table(
      "overfitting_runs", "After \(epochs) epochs",
      [
        .numbers("p", "$`p`$", dropRates, .decimals(1)),
        .numbers("train_cost", "Training cost", lasts.map(\.train.cost), .decimals(4)),
        .numbers("test_cost", "Test cost", lasts.map(\.test.cost), .decimals(4)),
        .numbers("gap", "Gap", gaps, .decimals(4)),
        .numbers("train_accuracy", "Training accuracy", lasts.map(\.train.accuracy), .decimals(4)),
        .numbers("test_accuracy", "Test accuracy", lasts.map(\.test.accuracy), .decimals(4)),
        .numbers("lowest", "Lowest test cost", lowestCosts, .decimals(4)),
        .numbers("lowest_epoch", "at epoch", lowest.map { Double($0 + 1) }, .plain),
        .numbers("norm", "$`\\lVert W \\rVert_F^2`$", runs.map { norm($0.network) }, .decimals(2)),
      ])
    notebook.claim("dropout.damlf.overfitting", gaps)
    //- end
    notebook.value("epochs", Double(epochs))
    notebook.value("lowestEpoch", Double(lowest[0] + 1))
    notebook.value("lowestCost", lowestCosts[0], .decimals(3))
    notebook.value("lastCost", lasts[0].test.cost, .decimals(3))
    notebook.value("trainCost", lasts[0].train.cost, .decimals(3))
    notebook.value("gap0", gaps[0], .decimals(3))
    notebook.value("gap2", gaps[1], .decimals(3))
    notebook.value("gap5", gaps[2], .decimals(3))
    notebook.value("normBefore", norm(untrained), .decimals(2))

    //: Without dropout the test cost is lowest after epoch {{lowestEpoch}} of {{epochs}}, with
    //: {{lowestCost}}; at the end it is {{lastCost}}, and the training cost {{trainCost}}. The gap between the
    //: two is {{gap0}}. With one unit in five dropped it is {{gap2}}, with every second one {{gap5}}. The
    //: squared norm of all weights is {{normBefore}} at the start of each run; where it ends is the last
    //: column of the table. For this network that is an experiment and no theorem: the ridge form above
    //: holds for a linear unit.
    //:
    //: ## Every gradient, checked
    //:
    //: Each network of the lecture, with its masks held fixed. The last two columns are the largest differences of
    //: backpropagation from finite differences and from dual numbers.
    //- reference
    //: The network for the images is checked at its start, on two of them.
    //- end

    //- fold: The networks that are checked
    var checks = try [
      maskedCheck,
      CheckedGradient("1-2-1 without dropout", network, inputs: one, targets: y, loss: halfSquares),
      CheckedGradient(
        "two like features, each mask once", unit(best), inputs: x, targets: x, loss: squares,
        masks: [scaledMasks]),
    ]
    // A forward pass for each parameter: with the images of MNIST that takes minutes.
    if mnist == nil {
      let masks = try untrained.dropoutMasks(rates: [p], examples: 2, using: &generator)
      for (name, masks) in [("with", masks), ("without", [])] {
        checks.append(
          try CheckedGradient(
            "two images \(name) dropout", untrained, inputs: train.subset(0..<2).pixels,
            targets: targets.columns(0..<2), loss: crossEntropy, masks: masks))
      }
    }
    //- end
    notebook.table(
      "gradient_checks", "The largest differences of each gradient", CheckedGradient.columns(checks)
    )

    //: ## What cannot be computed
    //:
    //: That the library Keras leaves dropout out at test time is a statement about its code, and the figures
    //: of “Dropout Intuition” are not in the text.

    notebook.notComputable("dropout.damlf.keras")
    notebook.notComputable("dropout.damlf.figures")
    //- hide
  }
}
//- end
