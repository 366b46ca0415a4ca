//- hide
import ArgumentParser
import Foundation
import NeuralNetwork
import Notebook

@main struct Softmax: Lecture {
  static let title = "Softmax, cross-entropy and information"
  static let source = #filePath

  @Option(
    parsing: .unconditional,
    help: "t, the team that wins in document 001's example: 1 is A, 4 is D.")
  var target = 2

  @Option(
    parsing: .unconditional,
    help: "η, the learning rate of the worked step and of the training run.")
  var learningRate = 0.1

  @OptionGroup var options: LectureOptions

  var parameters: [Parameter] {
    [
      Parameter("target", "t", Double(target), in: 1...4),
      Parameter("learning-rate", "η", learningRate, in: 1e-6...10),
    ]
  }

  func run(_ notebook: Notebook) throws {
    //- end
    //: # Softmax, cross-entropy and information
    //:
    //: A network that chooses among classes should answer with a probability for each of them. Three
    //: questions follow. What is such an answer worth once the true class is known? That is what
    //: information measures, and it becomes the loss. How do the sums of the output layer become
    //: probabilities? By softmax. And how does the error go back through it? Through a Jacobian, which
    //: shrinks to $`\hat y - y`$ when the loss is cross-entropy.
    //:
    //: Most of this is document 001; 000 and 003 add a loss and an encoding. Classes are counted from 1,
    //: the true class is $`t`$, and $`e(t)`$ is the vector with a 1 in place $`t`$. Logarithms are natural
    //: unless “log₂” or bits are mentioned.
    //:
    //: ## Information content and entropy
    //:
    //: Four teams play. Document 001 prints a prediction, what each team's victory would earn, and who won:

    let teams = ["A", "B", "C", "D"]
    let prediction = [0.2, 0.1, 0.4, 0.3]
    let profit: [Double] = [10, 5, 8, 1]
    let t = target - 1
    let outcome = try Matrix<Double>.oneHot([t], classes: 4).elements
    let content = try prediction.map { try Information.content($0) }
    let contentInNats = try prediction.map { try Information.content($0, base: Information.e) }
    notebook.table(
      "teams", "The prediction and the outcome",
      [
        .texts("team", "Team", teams),
        .numbers("prediction", "Prediction $`\\hat y`$", prediction, .decimals(1)),
        .numbers("outcome", "Outcome $`y`$", outcome, .plain),
        .numbers("profit", "Profit (K)", profit, .plain),
        .numbers("bits", "$`-\\log_2 \\hat y`$ (bits)", content, .decimals(4)),
        .numbers("nats", "$`-\\log \\hat y`$ (nats)", contentInNats, .decimals(4)),
      ])
    notebook.value("winner", text: teams[t])
    notebook.value("surprise", content[t], .decimals(4))
    notebook.value("surpriseNats", contentInNats[t], .decimals(4))

    //: The *information content* of an event is $`-\log p`$: what was certain tells nothing, what was
    //: thought impossible would tell infinitely much. Team {{winner}} wins, which tells {{surprise}} bits or
    //: {{surpriseNats}} nats. The base of the logarithm is only the unit.

    notebook.figure(
      "information_content",
      Plot(
        title: "The information content of an event",
        description:
          "Two curves that fall from the upper left to 0 at p = 1. In bits the curve passes through 1 at "
          + "p = 1/2; in nats it is everywhere lower by the same factor.",
        x: Plot.Axis("probability p", range: 0...1), y: Plot.Axis("−log p", range: 0...7),
        [
          try Plot.Series("bits (base 2)", over: 0.005...1, count: 400) {
            try Information.content($0)
          },
          try Plot.Series("nats (base e)", over: 0.005...1, count: 400) {
            try Information.content($0, base: Information.e)
          },
        ]))

    //: *Entropy* is the information content to be expected, $`H(p) = -\sum_i p_i \log p_i`$, where an event
    //: of probability 0 counts as 0:

    let uniform = [0.25, 0.25, 0.25, 0.25]
    let distributions: [(name: String, p: [Double])] = [
      ("the outcome y", outcome), ("certain but for a tenth", [0.9, 0.1, 0, 0]),
      ("two teams alike", [0.5, 0.5, 0, 0]), ("the prediction ŷ", prediction),
      ("all teams alike", uniform),
    ]
    notebook.table(
      "entropy", "The entropy of five distributions over four teams",
      [
        .texts("distribution", "Distribution", distributions.map(\.name)),
        .numbers(
          "bits", "Bits", try distributions.map { try Information.entropy($0.p) }, .decimals(4)),
        .numbers(
          "nats", "Nats",
          try distributions.map { try Information.entropy($0.p, base: Information.e) },
          .decimals(4)),
      ])
    func expected(_ values: [Double], under p: [Double]) -> Double {
      zip(p, values).map { $0 * $1 }.reduce(0, +)
    }
    let expectedProfit = expected(profit, under: prediction)
    notebook.value("profit", expectedProfit, .decimals(1))
    notebook.value("profitTrue", expected(profit, under: outcome))
    notebook.value("entropyTrue", try Information.entropy(outcome))

    //: The slide heads this “Entropy” and then asks for the “Expected profit??”. That is an expectation of
    //: the same form, with the profit in place of the information: {{profit}} K under the prediction, and
    //: {{profitTrue}} K once it is known who won. The entropy of that outcome is {{entropyTrue}}: nothing is
    //: left open.

    //- fold: How the statements about information are checked
    let probabilities = [0.99, 0.5, 0.01]
    notebook.claim(
      "softmax.deeplearning.ic", try probabilities.map { try Information.content($0) },
      asPrinted: probabilities.map { -Double.log2($0) })
    let entropy = try Information.entropy(prediction)
    notebook.claim(
      "softmax.deeplearning.entropy-def", [entropy, entropy],
      asPrinted: [
        0.2 * content[0] + 0.1 * content[1] + 0.4 * content[2] + 0.3 * content[3],
        -(0.2 * Double.log2(0.2) + 0.1 * Double.log2(0.1) + 0.4 * Double.log2(0.4) + 0.3
          * Double.log2(0.3)),
      ])
    notebook.claim(
      "softmax.deeplearning.profit", [expectedProfit, expected(profit, under: outcome)])
    notebook.claim("softmax.deeplearning.ic-pred", content)
    notebook.claim(
      "softmax.deeplearning.entropy-pred",
      [entropy, try Information.entropy(prediction, base: Information.e)])
    notebook.claim("softmax.deeplearning.entropy-true", try Information.entropy(outcome))
    notebook.erratum(
      "erratum.deeplearning.entropy-heading", printed: [try Information.entropy(outcome)],
      right: [expectedProfit])
    //- end

    //: ## Cross-entropy
    //:
    //: Events follow $`p`$, but $`q`$ was predicted. The information content to be expected is then the
    //: *cross-entropy* $`-\sum_i p_i \log q_i`$. It is never below the entropy of $`p`$; what it is above
    //: is the *divergence* of Kullback and Leibler, $`\sum_i p_i \log (p_i/q_i)`$. The three are computed
    //: separately here, and the sum comes out:

    let pairs: [(name: String, p: [Double], q: [Double])] = [
      ("outcome, prediction", outcome, prediction),
      ("outcome, all alike", outcome, uniform),
      ("prediction, prediction", prediction, prediction),
      ("prediction, all alike", prediction, uniform),
      ("all alike, prediction", uniform, prediction),
    ]
    let entropies = try pairs.map { try Information.entropy($0.p) }
    let divergences = try pairs.map { try Information.divergence($0.p, $0.q) }
    notebook.table(
      "cross_entropy", "Entropy, divergence and cross-entropy, in bits",
      [
        .texts("pair", "p, q", pairs.map(\.name)),
        .numbers("entropy", "$`H(p)`$", entropies, .decimals(4)),
        .numbers("divergence", "Divergence", divergences, .decimals(4)),
        .numbers("sum", "Sum", zip(entropies, divergences).map { $0 + $1 }, .decimals(4)),
        .numbers(
          "cross_entropy", "Cross-entropy",
          try pairs.map { try Information.crossEntropy($0.p, $0.q) }, .decimals(4)),
      ])

    //: So “if prediction is close to actual, cross entropy will be low”, but it is 0 only where the outcome
    //: itself is certain. Over two classes, against the probability predicted for the first:

    let soft = 0.7
    func pair(_ p: Double) -> [Double] { [p, 1 - p] }
    notebook.figure(
      "cross_entropy_curve",
      Plot(
        title: "Cross-entropy and its lower bound",
        description:
          "For a certain outcome, y = (1, 0), the curve falls all the way to 0. For y = (0.7, 0.3) it touches the "
          + "dotted line, the entropy of y, at the prediction 0.7 and rises on both sides.",
        x: Plot.Axis("predicted probability of class 1", range: 0...1),
        y: Plot.Axis("cross-entropy (bits)", range: 0...5),
        [
          try Plot.Series("y = (1, 0)", over: 0.01...0.99, count: 196) {
            try Information.crossEntropy(pair(1), pair($0))
          },
          try Plot.Series("y = (0.7, 0.3)", over: 0.01...0.99, count: 196) {
            try Information.crossEntropy(pair(soft), pair($0))
          },
          try Plot.Series("H(0.7, 0.3)", over: 0.01...0.99, count: 2) { _ in
            try Information.entropy(pair(soft))
          },
        ]))

    notebook.value(
      "uniformNats", try Information.crossEntropy(outcome, uniform, base: Information.e),
      .decimals(4))
    notebook.value("uniformBits", try Information.crossEntropy(outcome, uniform))

    //: For a one-hot $`y`$ only the true class is left of the sum, and the cross-entropy is the information
    //: content of the true class: $`L = -\log \hat y_t`$. The slide calls “log₂(ŷ_t)” the
    //: “probability that x belongs to” the class. The probability is $`\hat y_t = {{probability}}`$; its
    //: logarithm, {{logLikelihood}}, is the *log-likelihood*, which is never positive.
    //:
    //: The number to remember is what knowing nothing costs: with $`K`$ classes alike, $`\log K`$. For four
    //: teams that is {{uniformNats}} nats or {{uniformBits}} bits. A network of four classes whose cost
    //: starts far above that is not ignorant but wrong.

    //- fold: How the statements about cross-entropy are checked
    let logLikelihood = prediction.map { Double.log2($0) }
    notebook.value("probability", prediction[t])
    notebook.value("logLikelihood", logLikelihood[t], .decimals(4))
    notebook.claim(
      "softmax.deeplearning.cross-entropy",
      [
        try Information.crossEntropy(outcome, prediction),
        try Information.crossEntropy(outcome, prediction, base: Information.e),
      ])
    notebook.claim(
      "softmax.deeplearning.kl", try Information.divergence(outcome, prediction))
    let grid = (1...99).map { Double($0) / 100 }
    let certain = try grid.map { try Information.crossEntropy(pair(1), pair($0)) }
    let uncertain = try grid.map { try Information.crossEntropy(pair(soft), pair($0)) }
    let falls = zip(certain, certain.dropFirst()).filter { $1 < $0 }.count
    let lowest = grid.indices.min { uncertain[$0] < uncertain[$1] } ?? 0
    notebook.claim(
      "softmax.deeplearning.low-ce", [Double(falls), grid[lowest]],
      asPrinted: [Double(grid.count - 1), soft])
    let eachWinner = try (0..<4).map { try Matrix<Double>.oneHot([$0], classes: 4).elements }
    notebook.claim(
      "softmax.deeplearning.true-class",
      try eachWinner.map { try Information.crossEntropy($0, prediction) },
      asPrinted: prediction.map { -Double.log2($0) })
    notebook.claim("softmax.deeplearning.log-probability", prediction, asPrinted: logLikelihood)
    notebook.claim(
      "softmax.all.uniform",
      [
        try Information.crossEntropy(outcome, uniform, base: Information.e),
        try Information.crossEntropy(outcome, uniform),
      ])
    //- end

    //: ### Bits in the loss, nats in the gradient
    //:
    //: Document 001 states the loss as “−log₂(ŷ_t)” and its gradient as $`-\frac{1}{\hat y_t}`$. But the
    //: derivative of $`\log_2 x`$ is $`1/(x \ln 2)`$: the printed gradient is that of the natural
    //: logarithm.

    let nats = Loss.crossEntropy(reduction: .mean)
    let bits = Loss.crossEntropy(factor: 1 / Double.log(2), reduction: .mean)
    let answer = Matrix(column: prediction)
    let y = Matrix(column: outcome)
    func slope(_ loss: Loss) throws -> Double { try loss.gradient(a: answer, targets: y)[t, 0] }
    func information(_ loss: Loss) throws -> Double {
      try loss.perExample(z: answer, a: answer, activation: .identity, targets: y)[0]
    }
    let step = 1e-6
    let measured =
      (Double.log2(prediction[t] - step) - Double.log2(prediction[t] + step)) / (2 * step)
    notebook.table(
      "units", "The loss and its slope in both units, for the team that wins",
      [
        .texts("unit", "Unit", ["nats: −log ŷ", "bits: −log₂ ŷ"]),
        .numbers("loss", "$`L`$", [try information(nats), try information(bits)], .decimals(6)),
        .numbers(
          "slope", "$`\\partial L/\\partial \\hat y_t`$", [try slope(nats), try slope(bits)],
          .decimals(6)),
      ])
    let unitFactor = try slope(bits) / slope(nats)
    notebook.value("unitFactor", unitFactor, .decimals(6))
    notebook.value("measured", measured, .decimals(4))

    //: A difference quotient of $`-\log_2 \hat y_t`$ gives {{measured}}, the second row. Bits multiply the
    //: loss and every gradient by $`1/\ln 2 = {{unitFactor}}`$, which a learning rate can absorb;
    //: $`\hat y - y`$, below, needs the natural logarithm.

    notebook.claim(
      "softmax.deeplearning.ce-gradient-base", [try slope(bits)], asPrinted: [-1 / prediction[t]],
      also: [unitFactor])

    //: ## One-hot targets
    //:
    //: A class is written as a vector with a single 1, so that it can be compared with an answer in
    //: probabilities. Decoding takes the place of the largest entry. Document 003's five classes:

    let animals = ["fish", "amphibians", "birds", "reptiles", "mammals"]
    let encoded = try Matrix<Double>.oneHot([0, 1, 2, 3, 4], classes: 5)
    var generator = SplitMix64(seed: 5)
    let zoo = try Network.random(
      sizes: [3, 5], hidden: .sigmoid, output: .sigmoid, .uniform(2), using: &generator)
    let guesses = try zoo.forward(
      Matrix(rows: 3, columns: 5) { _, _ in generator.uniform(-2, 2) }
    ).output
    notebook.table(
      "one_hot", "The five targets, and what an untrained network says to five examples",
      [.texts("animal", "Class", animals)]
        + (0..<5).map {
          .numbers("e\($0 + 1)", "$`e(\($0 + 1))`$", encoded.column($0), .plain)
        }
        + (0..<5).map {
          .numbers("h\($0 + 1)", "$`h(x^{(\($0 + 1))})`$", guesses.column($0), .decimals(2))
        })
    let decoded = guesses.largestRows
    notebook.value("decoded", text: decoded.map { animals[$0] }.joined(separator: ", "))

    //: The goal is $`h(x) \approx y`$; before training the five answers decode to {{decoded}}. Encoding and
    //: then decoding gives back every label.

    notebook.claim(
      "softmax.deeplearning.one-hot", try Matrix<Double>.oneHot([0, 1], classes: 4).elements)
    notebook.claim("softmax.damlf.onehot-5", encoded.elements)
    notebook.claim(
      "softmax.damlf.onehot-4", try Matrix<Double>.oneHot([0, 1, 2, 3], classes: 4).elements)
    notebook.claim(
      "softmax.damlf.h-r5", Double(guesses.rows), also: encoded.largestRows.map { Double($0 + 1) })

    //: ## Softmax
    //:
    //: A sigmoid makes a number between 0 and 1 of every sum, but the outputs need not add up to 1. Softmax
    //: makes all sums positive and divides by their total:
    //:
    //: ```math
    //: \hat y_j = \frac{e^{z_j}}{\sum_{i=1}^{k} e^{z_i}}
    //: ```
    //:
    //: On the same sums $`z^L`$, as three output layers would have it:

    let sums = [2, 1, -1, 0.5]
    let logits = Matrix(column: sums)
    let outputLayers: [(name: String, heading: String, activation: Activation)] = [
      ("linear", "Linear", .identity), ("sigmoid", "Sigmoid", .sigmoid),
      ("softmax", "Softmax", .softmax),
    ]
    notebook.table(
      "output_layers", "The same sums through three output layers",
      [
        .texts("class", "", ["class 1", "class 2", "class 3", "class 4", "sum"])
      ]
        + outputLayers.map { layer in
          let outputs = layer.activation.forward(logits).elements
          return .numbers(
            layer.name, layer.heading, outputs + [outputs.reduce(0, +)], .decimals(4))
        })

    //: All three have the same winner, as all three keep the order. Only softmax says how the classes share
    //: one certainty. The slide's “sum not equal to 1” is right about its example. It need not be so: two
    //: opposite sums give 1 together, since $`\sigma(z) + \sigma(-z) = 1`$. In {{notOne}} of these {{sets}}
    //: rows the sigmoids do not add up to 1:

    let example: [Double] = [10, 20, -30]
    let logitSets = [example, [1, -1], [0, 0, 0]]
    func written(_ numbers: [Double]) -> String {
      numbers.map { NumberFormat.plain.text($0) }.joined(separator: ", ")
    }
    func total(_ activation: Activation, _ z: [Double]) -> Double {
      activation.forward(Matrix(column: z)).elements.reduce(0, +)
    }
    notebook.table(
      "sums", "What the outputs add up to",
      [
        .texts("logits", "$`z^L`$", logitSets.map(written)),
        .numbers("sigmoid", "Sigmoids", logitSets.map { total(.sigmoid, $0) }, .decimals(6)),
        .numbers("softmax", "Softmax", logitSets.map { total(.softmax, $0) }, .decimals(6)),
      ])
    let notOne = logitSets.filter { abs(total(.sigmoid, $0) - 1) > 1e-12 }.count
    notebook.value("notOne", Double(notOne))
    notebook.value("sets", Double(logitSets.count))
    notebook.claim(
      "softmax.deeplearning.sigmoid-sum",
      [total(.sigmoid, example)],
      asPrinted: [1 / (1 + Double.exp(-10)) + 1 / (1 + Double.exp(-20)) + 1 / (1 + Double.exp(30))],
      also: example.map { Activation.sigmoid($0) })
    notebook.erratum(
      "erratum.deeplearning.sigmoid-sum", printed: [Double(logitSets.count)],
      right: [Double(notOne)])

    //: ### The slide's example
    //:
    //: Document 001 leaves the example as fractions. Here it is, with the loss that each class would have
    //: if it were the true one:

    let z = Matrix(column: example)
    let yHat = Activation.softmax.forward(z).elements
    func losses(_ logits: [Double]) throws -> [Double] {
      try logits.indices.map { label in
        let z = Matrix(column: logits)
        return try nats.perExample(
          z: z, a: Activation.softmax.forward(z), activation: .softmax,
          targets: .oneHot([label], classes: logits.count))[0]
      }
    }
    let lossPerClass = try losses(example)
    notebook.value("denominator", Double.exp(10) + Double.exp(20) + Double.exp(-30), .decimals(3))
    notebook.table(
      "example", "Softmax of the slide's logits",
      [
        .numbers("class", "Class", [1, 2, 3], .plain),
        .numbers("z", "$`z`$", example, .plain),
        .numbers("exponential", "$`e^z`$", example.map { Double.exp($0) }, .scientific(6)),
        .numbers("y_hat", "$`\\hat y`$", yHat, .scientific(6)),
        .numbers("loss", "$`-\\log \\hat y`$ (nats)", lossPerClass, .significant(9)),
      ])
    notebook.figure(
      "softness",
      Plot(
        title: "How sure softmax is depends on the scale",
        description:
          "The slide's logits times a factor s. At s = 0 the three classes have a third each; as s grows the second "
          + "rises to 1, and the first gives way after the third has.",
        x: Plot.Axis("factor s", range: 0...0.5), y: Plot.Axis("ŷ", range: 0...1),
        (0..<3).map { index in
          Plot.Series(
            "class \(index + 1): z = \(NumberFormat.plain.text(example[index])) s", over: 0...0.5
          ) { scale in
            Activation.softmax.forward(Matrix(column: example.map { scale * $0 }))[index, 0]
          }
        }))

    //: The common denominator of the three fractions is {{denominator}}. The factor $`s`$ in the figure
    //: shows what the size of the sums does: the order of the classes stays, the certainty grows.
    //:
    //: Two slips in the notation. In “e^{z_j} / Σ e^{z_j}” the sum needs an index of its own: read as
    //: written, the same $`e^{z_j}`$ is added for every class, and each class gets $`1/k`$. And
    //: “softmax(z_t)” is not a function of one number: of one number alone, softmax is 1.

    //- fold: How the statements about softmax are checked
    let total3 = Double.exp(10) + Double.exp(20) + Double.exp(-30)
    notebook.claim("softmax.deeplearning.example", yHat)
    notebook.claim("softmax.deeplearning.example-sum", yHat.reduce(0, +))
    notebook.claim(
      "softmax.deeplearning.denominator", Double.exp(NeuralNetwork.Softmax.logSumExp(example)),
      also: [total3])
    notebook.claim(
      "softmax.deeplearning.softmax-first", yHat[0], asPrinted: Double.exp(10) / total3)
    notebook.erratum(
      "erratum.deeplearning.softmax-index",
      printed: example.map { zj in Double.exp(zj) / example.map { _ in Double.exp(zj) }.reduce(0, +)
      },
      right: yHat)
    let negatives = (1...700).map { -Double($0) }
    notebook.claim(
      "softmax.deeplearning.positive",
      [Double.exp(-30), Double(negatives.filter { Double.exp($0) > 0 }.count)],
      asPrinted: [1 / Double.exp(30), Double(negatives.count)], within: 1e-15)
    notebook.claim("softmax.deeplearning.loss-per-class", lossPerClass)
    notebook.claim(
      "softmax.deeplearning.notation", yHat,
      readings: [
        example.map { Double.exp($0) / total3 },
        example.map { Activation.softmax.forward(Matrix(column: [$0]))[0, 0] },
      ])
    //- end

    //: ### Large sums
    //:
    //: Evaluated as printed, the fraction breaks down: $`e^z`$ becomes infinite, and ∞/∞ is no number. The
    //: engine subtracts the largest sum first, which changes nothing, as $`e^{-c}`$ cancels, and keeps
    //: every exponential at 1 or below.

    func naive(_ z: [Double]) -> [Double] {
      let exponentials = z.map { Double.exp($0) }
      return exponentials.map { $0 / exponentials.reduce(0, +) }
    }
    func naive(_ z: [Float]) -> [Float] {
      let exponentials = z.map { Float.exp($0) }
      return exponentials.map { $0 / exponentials.reduce(0, +) }
    }
    let large: [[Double]] = [
      example, [88, 87, 0], [89, 88, 0], [709, 708, 0], [710, 709, 0], [1000, 999, -1000],
      [-1000, -1001, -1002],
    ]
    notebook.table(
      "overflow", "The first output, as printed and shifted",
      [
        .texts("logits", "$`z^L`$", large.map(written)),
        .numbers(
          "naive_float", "As printed, Float", large.map { Double(naive($0.map(Float.init))[0]) },
          .significant(6)),
        .numbers(
          "naive_double", "As printed, Double", large.map { naive($0)[0] }, .significant(6)),
        .numbers(
          "shifted", "Shifted (engine)",
          large.map { Activation.softmax.forward(Matrix(column: $0))[0, 0] }, .significant(6)),
      ])
    //- fold: How the limits are found
    /// The largest argument up to which a condition holds, found by halving.
    func last(below high: Double, _ holds: (Double) -> Bool) -> Double {
      var (low, high) = (0.0, high)
      for _ in 0..<100 {
        let middle = (low + high) / 2
        if holds(middle) { low = middle } else { high = middle }
      }
      return low
    }
    let limits = [
      Double.log(Double.greatestFiniteMagnitude),
      Double.log(Double(Float.greatestFiniteMagnitude)),
    ]
    let found = [
      last(below: 1000) { Double.exp($0).isFinite },
      last(below: 1000) { Float.exp(Float($0)).isFinite },
    ]
    let underflow = last(below: 1000) { Double.exp(-$0) > 0 }
    notebook.value("underflow", underflow, .decimals(2))
    notebook.value("limitDouble", limits[0], .decimals(2))
    notebook.value("limitFloat", limits[1], .decimals(2))
    notebook.value("foundDouble", found[0], .decimals(2))
    notebook.value("foundFloat", found[1], .decimals(2))
    //- end

    //: The limits are the logarithms of the largest numbers, {{limitDouble}} for Double and {{limitFloat}}
    //: for Float; trying it out finds {{foundDouble}} and {{foundFloat}}. The last row fails the other way.
    //: The exponential of a negative number is positive, as the slide notes, but Double has no number that
    //: small below −{{underflow}}.
    //:
    //: The loss needs the same care, as $`\hat y_t`$ may have been rounded to 0 or to 1. The engine
    //: computes it from the sums, as $`-\log \hat y_t = \log(1 + \sum_{i \ne t} e^{z_i - z_t})`$, with the
    //: largest exponent taken out. Where class 1 is the true one:

    let extreme: [[Double]] = [[1000, 0, -1000], [0, 1000, -1000], [40, 0, 0], [800, 799, 0]]
    notebook.table(
      "large_losses", "The loss for t = 1",
      [
        .texts("logits", "$`z^L`$", extreme.map(written)),
        .numbers(
          "naive", "As printed", extreme.map { -Double.log(naive($0)[0]) }, .significant(6)),
        .numbers(
          "output", "From the output",
          extreme.map { z in
            -Double.log(Activation.softmax.forward(Matrix(column: z))[0, 0])
          }, .significant(6)),
        .numbers(
          "logits_loss", "From the sums", try extreme.map { try losses($0)[0] }, .significant(6)),
      ])
    let shifted = example.map { $0 - 20 }
    notebook.claim(
      "softmax.all.shift", Activation.softmax.forward(Matrix(column: shifted)).elements,
      also: yHat)
    notebook.claim("softmax.all.overflow", limits, also: found)

    //: ### One term for each class, or two
    //:
    //: Document 000 prints $`-\sum_k y_k \log \hat y_k`$ for several outputs, with logistic units
    //: everywhere. With softmax one term is enough, because what class $`t`$ gains the others lose.
    //: Sigmoids are not tied together: an answer of nearly 1 to *everything* costs nearly nothing. Four
    //: classes, the first is true, all four sums equal to $`c`$:

    let commonLogits: [Double] = [0, 2, 5, 10]
    let twoTerm = Loss.binaryCrossEntropy(reduction: .mean)
    func cost(_ loss: Loss, after activation: Activation, allAt c: Double) throws -> Double {
      let z = Matrix(column: [c, c, c, c])
      return try loss.perExample(
        z: z, a: activation.forward(z), activation: activation,
        targets: .oneHot([0], classes: 4))[0]
    }
    let costs: [(name: String, heading: String, cost: (Double) throws -> Double)] = [
      ("one_term", "Sigmoids, one term", { try cost(nats, after: .sigmoid, allAt: $0) }),
      ("two_terms", "Sigmoids, two terms", { try cost(twoTerm, after: .sigmoid, allAt: $0) }),
      ("softmax", "Softmax, one term", { try cost(nats, after: .softmax, allAt: $0) }),
    ]
    notebook.table(
      "terms", "The cost of giving every class the same sum",
      [.numbers("c", "$`c`$", commonLogits, .plain)]
        + (try costs.map { kind in
          .numbers(kind.name, kind.heading, try commonLogits.map(kind.cost), .decimals(6))
        }))
    notebook.figure(
      "terms_curve",
      Plot(
        title: "The same sum c for all four classes",
        description:
          "The one-term cost of sigmoids falls towards 0 as c grows: the constant answer is rewarded. With both terms "
          + "it has a minimum and then grows without limit. Softmax stays level: equal sums say nothing.",
        x: Plot.Axis("common sum c"), y: Plot.Axis("cost (nats)", range: 0...10),
        try costs.map {
          try Plot.Series($0.heading.lowercased(), over: -4...6, count: 100, $0.cost)
        }))
    notebook.claim(
      "softmax.sellie.ce-multi", try commonLogits.map(costs[1].cost),
      asPrinted: commonLogits.map { Double.log(1 + Double.exp(-$0)) })

    //: ## The gradient
    //:
    //: ### The Jacobian
    //:
    //: Every output depends on every sum, so the derivative is a matrix:
    //:
    //: ```math
    //: \frac{\partial \hat y_t}{\partial z_i} = \hat y_t\,(1_{(t=i)} - \hat y_i)
    //: ```
    //:
    //: For the prediction of the four teams (its sums are the logarithms of the prediction, up to a
    //: constant):

    let teamLogits = prediction.map { Double.log($0) }
    let jacobian = NeuralNetwork.Softmax.jacobian(prediction)
    func differences(_ z: [Double], step: Double = 1e-5) -> Matrix<Double> {
      Matrix(rows: z.count, columns: z.count) { row, column in
        func output(_ h: Double) -> Double {
          var moved = z
          moved[column] += h
          return Activation.softmax.forward(Matrix(column: moved))[row, 0]
        }
        return (output(step) - output(-step)) / (2 * step)
      }
    }
    let numerical = differences(teamLogits)
    func exact(_ z: [Double]) -> Matrix<Double> {
      Matrix(rows: z.count, columns: z.count) { row, column in
        let logits = z.enumerated().map { DualNumber($1, derivative: $0 == column ? 1 : 0) }
        return Activation.softmax.forward(Matrix(column: logits))[row, 0].derivative
      }
    }
    let jacobianExact =
      zip(jacobian.elements, exact(teamLogits).elements).map { abs($0 - $1) }.max() ?? 0
    let jacobianError = zip(jacobian.elements, numerical.elements).map { abs($0 - $1) }.max() ?? 0
    // What is left of a sum of rounded numbers is no number.
    func tidy(_ number: Double) -> Double { abs(number) < 1e-15 ? 0 : number }
    notebook.table(
      "jacobian", "The Jacobian of softmax at the prediction",
      [.texts("row", "", teams.map { "$`\\hat y_{\($0)}`$" })]
        + (0..<4).map {
          .numbers(
            "dz_\(teams[$0].lowercased())", "$`\\partial/\\partial z_{\(teams[$0])}`$",
            jacobian.column($0),
            .decimals(2))
        }
        + [.numbers("row_sum", "Row sum", jacobian.rowSums.map(tidy), .decimals(2))])
    notebook.value("jacobianError", jacobianError, .scientific(1))
    notebook.value("jacobianExact", jacobianExact, .scientific(1))

    //: Central differences of the engine's softmax agree to {{jacobianError}}. *Dual numbers* agree to
    //: {{jacobianExact}}: a dual number $`x + x'\epsilon`$, with $`\epsilon^2 = 0`$, carries its derivative along, so
    //: that softmax itself, run on dual numbers, gives the exact derivative and needs no step. The rows add up to 0,
    //: because raising all sums alike changes nothing; and so do the columns, because the outputs always
    //: add up to 1.

    let exampleJacobian = NeuralNetwork.Softmax.jacobian(yHat)
    notebook.claim(
      "softmax.deeplearning.jacobian",
      [
        exampleJacobian[0, 0], exampleJacobian[1, 1], exampleJacobian[2, 2], exampleJacobian[0, 1],
      ] + jacobian.elements,
      asPrinted: {
        let exactExample = exact(example)
        return [exactExample[0, 0], exactExample[1, 1], exactExample[2, 2], exactExample[0, 1]]
          + exact(teamLogits).elements
      }())

    //: ### How the error goes back
    //:
    //: The loss depends on one output only, $`\partial L/\partial \hat y = -\frac{1}{\hat y_t} e(t)`$.
    //: Multiplied by the transposed Jacobian it becomes $`-(e(t) - \hat y) = \hat y - y`$, and every sum
    //: gets its share:

    let outer = try nats.gradient(a: answer, targets: y)
    let chain = try jacobian.transposed * outer
    let fused = try nats.delta(
      z: Matrix(column: teamLogits), a: answer, activation: .softmax, targets: y)
    let measuredDelta = try (0..<4).map { index in
      func loss(_ h: Double) throws -> Double {
        var moved = teamLogits
        moved[index] += h
        return try losses(moved)[t]
      }
      return try (loss(1e-5) - loss(-1e-5)) / 2e-5
    }
    let elementwise = zip(outer.elements, prediction).map { $0 * $1 * (1 - $1) }
    func withSum(_ numbers: [Double]) -> [Double] { numbers + [tidy(numbers.reduce(0, +))] }
    notebook.table(
      "chain", "From the loss to the sums",
      [
        .texts("team", "Team", teams + ["sum"]),
        .numbers("y_hat", "$`\\hat y`$", withSum(prediction), .decimals(2)),
        .numbers(
          "outer", "$`\\partial L/\\partial \\hat y`$", withSum(outer.elements), .decimals(2)),
        .numbers("chain", "Jacobianᵀ times that", withSum(chain.elements), .decimals(4)),
        .numbers("fused", "$`\\hat y - y`$ (engine)", withSum(fused.elements), .decimals(4)),
        .numbers(
          "measured", "Difference quotient", withSum(measuredDelta).map { abs($0) < 1e-9 ? 0 : $0 },
          .decimals(4)),
        .numbers(
          "elementwise", "$`\\odot\\, \\hat y(1 - \\hat y)`$", withSum(elementwise), .decimals(4)),
      ])
    notebook.value("elementwiseShare", elementwise[t], .decimals(1))

    //: The last column is what 001's equation $`\delta^L = \partial L/\partial \hat y \odot \sigma'(z^L)`$
    //: gives, which is made for sigmoids: the true class gets its {{elementwiseShare}}, and the wrong
    //: classes are never pushed down. After a softmax the product with $`\odot`$ is not enough.

    //- fold: How the statements about the gradient are checked
    notebook.claim(
      "softmax.deeplearning.grad-yhat", outer.elements,
      asPrinted: (0..<4).map { $0 == t ? -1 / prediction[t] : 0 })
    let everyTarget = try Matrix<Double>.oneHot([0, 1, 2, 3], classes: 4)
    let everyAnswer = Matrix(rows: 4, columns: 4) { row, _ in prediction[row] }
    let everyOuter = try nats.gradient(a: everyAnswer, targets: everyTarget)
    let everyChain = try jacobian.transposed * everyOuter
    let everyBackward = try Activation.softmax.backward(
      dA: everyOuter, z: everyAnswer.map { Double.log($0) }, a: everyAnswer)
    let everyPrinted = (0..<4).flatMap { t in
      (0..<4).map { i in -((t == i ? 1 : 0) - prediction[i]) }
    }
    notebook.claim(
      "softmax.deeplearning.grad-z", everyChain.elements + everyBackward.elements,
      asPrinted: everyPrinted + everyPrinted)
    notebook.claim("softmax.deeplearning.grad-example", fused.elements)
    //- end

    //: ### The derivation, line by line
    //:
    //: Document 001 derives the result in steps. Each line is evaluated as it is printed, for $`i = t`$ and
    //: for another class $`i`$. Two lines do not fit between their neighbours: one has a minus too many,
    //: one lacks the parentheses around the two terms of the quotient rule.

    //- fold: How the lines are evaluated
    let p = prediction[t]
    let other = t == 0 ? 1 : 0
    func lines(_ i: Int) -> [Double] {
      let q = prediction[i]
      let indicator = i == t ? 1.0 : 0
      let slope = jacobian[t, i]
      let exponentials = teamLogits.map { Double.exp($0) }
      let total = exponentials.reduce(0, +)
      let first = indicator * exponentials[t] / total
      let second = exponentials[t] * exponentials[i] / (total * total)
      return [
        -(-1 / p) * slope, -(1 / p) * slope, -(1 / p) * first - second,
        -(1 / p) * (first - second), -(1 / p) * (indicator * p - p * q), -(indicator - q),
      ]
    }
    let onTarget = lines(t)
    let offTarget = lines(other)
    //- end
    notebook.table(
      "derivation", "The printed lines for ∂L/∂z",
      [
        .texts(
          "line", "Line",
          [
            "$`-\\frac{\\partial(-\\log \\hat y_t)}{\\partial \\hat y_t} \\frac{\\partial \\hat y_t}{\\partial z_i}`$ (printed)",
            "$`-\\frac{1}{\\hat y_t} \\frac{\\partial \\hat y_t}{\\partial z_i}`$",
            "$`-\\frac{1}{\\hat y_t} \\cdot A - B`$ (printed)", "$`-\\frac{1}{\\hat y_t} (A - B)`$",
            "$`-\\frac{1}{\\hat y_t} (1_{(t=i)} \\hat y_t - \\hat y_t \\hat y_i)`$",
            "$`-(1_{(t=i)} - \\hat y_i)`$",
          ]),
        .numbers("on_target", "$`i = t`$: team \(teams[t])", onTarget, .decimals(4)),
        .numbers("off_target", "$`i`$: team \(teams[other])", offTarget, .decimals(4)),
        .texts(
          "agrees", "Agrees",
          zip(onTarget, offTarget).map { on, off in
            abs(on - fused[t, 0]) < 1e-12 && abs(off - fused[other, 0]) < 1e-12 ? "yes" : "no"
          }),
      ])

    //: Here $`A = \frac{1_{(t=i)}\, e^{z_t}}{\sum_j e^{z_j}}`$ and
    //: $`B = \frac{e^{z_t} e^{z_i}}{(\sum_j e^{z_j})^2}`$ are the two terms of the quotient rule, which
    //: itself is printed correctly.

    //- fold: How the lines are checked
    notebook.claim(
      "softmax.deeplearning.double-negation", [fused[t, 0], fused[other, 0]],
      asPrinted: [onTarget[0], offTarget[0]])
    notebook.claim(
      "softmax.deeplearning.quotient", [fused[t, 0]], asPrinted: [onTarget[2]])
    // f/g is the first output of softmax([x, 2, −1]), then its second, as functions of x at ½.
    let x = 0.5
    let g = Double.exp(x) + Double.exp(2) + Double.exp(-1)
    let byEngine = NeuralNetwork.Softmax.jacobian(
      Activation.softmax.forward(Matrix(column: [x, 2, -1])).elements)
    let quotients = [(f: Double.exp(x), fPrime: Double.exp(x)), (f: Double.exp(2), fPrime: 0)]
    notebook.claim(
      "softmax.deeplearning.quotient-rule",
      [byEngine[0, 0], byEngine[1, 0], byEngine[0, 0], byEngine[1, 0]],
      asPrinted: quotients.map { (g * $0.fPrime - $0.f * Double.exp(x)) / (g * g) }
        + quotients.map { $0.fPrime / g - $0.f * Double.exp(x) / (g * g) })
    //- end

    //: ## Which loss with which output
    //:
    //: Document 001's table pairs real values with a linear output and squared error, probabilities with
    //: softmax and cross-entropy. Here are all four pairs on the same answer, the prediction, with
    //: $`\frac12 \sum (\hat y - y)^2`$ as squared error:

    let halfSquares = Loss.squaredError(factor: 0.5, reduction: .mean)
    let combinations: [(output: String, loss: String, formula: String, delta: [Double])] = [
      (
        "linear", "squared error", "$`\\hat y - y`$",
        try halfSquares.delta(z: answer, a: answer, activation: .identity, targets: y).elements
      ),
      (
        "linear", "cross-entropy", "$`-y/\\hat y`$",
        try nats.delta(z: answer, a: answer, activation: .identity, targets: y).elements
      ),
      (
        "softmax", "squared error", "$`J^\\top(\\hat y - y)`$",
        try halfSquares.delta(
          z: Matrix(column: teamLogits), a: answer, activation: .softmax, targets: y
        ).elements
      ),
      ("softmax", "cross-entropy", "$`\\hat y - y`$", fused.elements),
    ]
    notebook.table(
      "output_and_loss", "∂L/∂z for each output and loss",
      [
        .texts("output", "Output", combinations.map(\.output)),
        .texts("loss", "Loss", combinations.map(\.loss)),
        .texts("formula", "$`\\partial L/\\partial z`$", combinations.map(\.formula)),
      ]
        + (0..<4).map { index in
          .numbers(
            "z_\(teams[index].lowercased())", "\(teams[index])",
            combinations.map { $0.delta[index] },
            .decimals(4))
        })
    notebook.claim(
      "softmax.deeplearning.output-table", combinations[0].delta + combinations[3].delta,
      asPrinted: {
        let error = (0..<4).map { prediction[$0] - ($0 == t ? 1 : 0) }
        return error + error
      }())

    //: The two pairs of the slide give the plain error. A linear output has nothing to keep it between 0
    //: and 1, so cross-entropy is not even defined for most of its answers. Softmax with squared error is
    //: possible: the error goes back through the Jacobian, which the engine does for any loss.
    //:
    //: ### Softmax with squared error
    //:
    //: A network with a hidden layer, softmax and squared error, against central differences of its cost and
    //: against dual numbers; and the tempting short cut $`\odot\,\hat y(1 - \hat y)`$ for comparison:

    var random = SplitMix64(seed: 3)
    let squareNet = try Network.random(
      sizes: [2, 4, 3], hidden: .tanh, output: .softmax, .uniform(1), using: &random)
    let fewInputs = Matrix(rows: 2, columns: 5) { _, _ in random.uniform(-2, 2) }
    let fewTargets = try Matrix<Double>.oneHot([0, 1, 2, 0, 1], classes: 3)
    let squarePass = try squareNet.forward(fewInputs)
    let squareBack = try squareNet.backward(squarePass, targets: fewTargets, loss: halfSquares)
    let squareCheck = try CheckedGradient(
      "2-4-3, softmax and squared error", squareNet, inputs: fewInputs, targets: fewTargets,
      loss: halfSquares)
    // The biases' gradient is the mean of the deltas, so the short cut can be compared there.
    let output = squarePass.output
    let shortCut = try (output - fewTargets).hadamard(output.map { $0 * (1 - $0) }).rowSums
      .map { $0 / 5 }
    notebook.table(
      "softmax_squared", "The gradient of the output biases",
      [
        .numbers("class", "Class", [1, 2, 3], .plain),
        .numbers(
          "jacobian", "By the Jacobian (engine)", squareBack.gradient(2).biases, .decimals(8)),
        .numbers(
          "numerical", "Difference quotient", Array(squareCheck.differences.suffix(3)), .decimals(8)
        ),
        .numbers("exact", "Dual numbers", Array(squareCheck.exact.suffix(3)), .decimals(8)),
        .numbers("short_cut", "$`\\odot\\,\\hat y(1 - \\hat y)`$", shortCut, .decimals(8)),
      ])
    notebook.value("squareError", squareCheck.differencesError, .scientific(1))
    notebook.value("squareExact", squareCheck.exactError, .scientific(1))
    notebook.value("squareCount", Double(squareCheck.exact.count))

    //: Over all {{squareCount}} parameters the engine is at most {{squareError}} off the difference quotients,
    //: which are no more exact than that, and {{squareExact}} off the dual numbers.
    //:
    //: ### A confident mistake
    //:
    //: Possible is not good. Three classes, the sums start at 8, 0 and 0, and the second class is the true
    //: one. Gradient descent on the weights and biases of three units with $`x = 1`$ and step size 1:

    let confident = try Network([
      Layer(weights: [[8.0], [0], [0]], biases: [0, 0, 0], activation: .softmax)
    ])
    let one = Matrix(column: [1.0])
    let second = try Matrix<Double>.oneHot([1], classes: 3)
    func learning(_ loss: Loss) throws -> [Double] {
      var network = confident
      var path: [Double] = []
      while path.count < 1000 {
        let pass = try network.forward(one)
        path.append(pass.output[1, 0])
        if path[path.count - 1] >= 0.9 { break }
        try network.update(
          with: network.backward(pass, targets: second, loss: loss).gradients, learningRate: 1)
      }
      return path
    }
    let squaredPath = try learning(halfSquares)
    let crossPath = try learning(nats)
    func firstHalf(_ path: [Double]) -> Int { (path.firstIndex { $0 > 0.5 } ?? path.count) + 1 }
    notebook.figure(
      "wrong_start",
      Plot(
        title: "Softmax learns from a confident mistake",
        description:
          "The probability of the true class by step, steps on a logarithmic axis. Under cross-entropy it passes one "
          + "half at step \(firstHalf(crossPath)); under squared error it stays near 0 until it jumps, at step "
          + "\(firstHalf(squaredPath)).",
        x: Plot.Axis("step, the first is 1", .logarithmic, range: 1...1000),
        y: Plot.Axis("ŷ of the true class", range: 0...1),
        [
          Plot.Series(
            "squared error (½)", x: squaredPath.indices.map { Double($0 + 1) }, y: squaredPath),
          Plot.Series(
            "cross-entropy", .linePoints, x: crossPath.indices.map { Double($0 + 1) }, y: crossPath),
        ]))
    notebook.value("squaredSteps", Double(squaredPath.count - 1))
    notebook.value("crossSteps", Double(crossPath.count - 1))
    notebook.value("startAnswer", squaredPath[0], .decimals(4))

    //: The true class starts with {{startAnswer}}. To nine tenths cross-entropy needs {{crossSteps}} steps
    //: and squared error {{squaredSteps}}: its gradient passes through the Jacobian, whose entries are all
    //: small where one output is nearly 1. It is the saturation of the sigmoid again.
    //:
    //: ## One step of 001's algorithm
    //:
    //: Two inputs, hidden layers of two and four sigmoid units, three classes: the last two layers have the
    //: shapes of 001's picture. The weights are drawn and rounded to tenths; the example is $`x = (1, -2)`$
    //: of class 3.

    var weightSource = SplitMix64(seed: 11)
    let network = try Network.random(
      sizes: [2, 2, 4, 3], hidden: .sigmoid, output: .softmax, .uniform(1), using: &weightSource
    ).map { ($0 * 10).rounded() / 10 }
    let input = Matrix(column: [1.0, -2])
    let label = try Matrix<Double>.oneHot([2], classes: 3)
    let pass = try network.forward(input)
    let back = try network.backward(pass, targets: label, loss: nats)
    var stepped = network
    try stepped.update(with: back.gradients, learningRate: learningRate)
    // ∂L/∂a: at the output by the loss, below it what comes back through the weights.
    let dA =
      try (1...2).map { try network.layers[$0].weights.transposed * back.delta($0 + 1) }
      + [nats.gradient(a: pass.output, targets: label)]
    let units = (1...3).flatMap { layer in
      network.layers[layer - 1].biases.indices.map { (layer: layer, unit: $0) }
    }
    notebook.table(
      "step_units", "Forward and backward: the units",
      [
        .numbers("layer", "Layer", units.map { Double($0.layer) }, .plain),
        .numbers("unit", "Unit", units.map { Double($0.unit + 1) }, .plain),
        .numbers("z", "$`z`$", units.map { pass.z($0.layer)[$0.unit, 0] }, .decimals(4)),
        .numbers("a", "$`a`$", units.map { pass.a($0.layer)[$0.unit, 0] }, .decimals(4)),
        .numbers(
          "dA", "$`\\partial L/\\partial a`$", units.map { dA[$0.layer - 1][$0.unit, 0] },
          .decimals(4)),
        .numbers(
          "delta", "$`\\delta = \\partial L/\\partial z`$",
          units.map { back.delta($0.layer)[$0.unit, 0] }, .decimals(4)),
        .numbers(
          "bias", "Bias", units.map { network.layers[$0.layer - 1].biases[$0.unit] }, .decimals(1)),
        .numbers(
          "new_bias", "New bias", units.map { stepped.layers[$0.layer - 1].biases[$0.unit] },
          .decimals(4)),
      ])

    //: Read it downwards for the forward pass and upwards for the backward pass. At the output
    //: $`\delta = \hat y - e(3)`$, and not $`\partial L/\partial a`$ times a slope; in the hidden layers
    //: $`\delta = \partial L/\partial a \cdot a(1 - a)`$. The way of one weight through the step, as the network
    //: writes it down itself:

    let written = try Derivation(
      network, inputs: input, targets: label, loss: nats, learningRate: learningRate, in: .of("001")
    )
    let way: [Quantity] =
      [.a(layer: 3, unit: 1, example: 1)]
      + (1...3).map { .delta(layer: 3, unit: $0, example: 1) }
      + [
        .delta(layer: 2, unit: 4, example: 1), .weightGradient(layer: 2, unit: 4, source: 1),
        .newWeight(layer: 2, unit: 4, source: 1),
      ]
    notebook.equation(way.map { written.line($0) }.tex)

    //: A bias moves by $`-\eta\,\delta`$, a weight by $`-\eta\,\delta_p a_q`$:

    let edges = (1...3).flatMap { layer in
      let weights = network.layers[layer - 1].weights
      return (0..<weights.rows).flatMap { p in
        (0..<weights.columns).map { (layer: layer, p: p, q: $0) }
      }
    }
    notebook.table(
      "step_weights", "The weights before and after",
      [
        .texts("weight", "Weight", edges.map { "$`W^{\($0.layer)}_{\($0.p + 1)\($0.q + 1)}`$" }),
        .numbers(
          "old", "Old", edges.map { network.layers[$0.layer - 1].weights[$0.p, $0.q] }, .decimals(1)
        ),
        .numbers(
          "delta", "$`\\delta_p`$", edges.map { back.delta($0.layer)[$0.p, 0] }, .decimals(4)),
        .numbers("below", "$`a_q`$", edges.map { pass.a($0.layer - 1)[$0.q, 0] }, .decimals(4)),
        .numbers(
          "gradient", "$`\\delta_p a_q`$",
          edges.map { back.gradient($0.layer).weights[$0.p, $0.q] }, .decimals(4)),
        .numbers(
          "new", "New", edges.map { stepped.layers[$0.layer - 1].weights[$0.p, $0.q] }, .decimals(4)
        ),
      ])
    let stepCheck = try CheckedGradient(
      "2-2-4-3, one step of 001's algorithm", network, inputs: input, targets: label, loss: nats)
    notebook.value("eta", learningRate)
    notebook.value("stepError", stepCheck.differencesError, .scientific(1))
    notebook.value("stepExact", stepCheck.exactError, .scientific(1))
    notebook.value(
      "costBefore", try network.cost(of: pass, targets: label, loss: nats), .decimals(4))
    notebook.value(
      "costAfter", try stepped.cost(inputs: input, targets: label, loss: nats), .decimals(4))

    //: With $`\eta = {{eta}}`$ the loss of this example goes from {{costBefore}} to {{costAfter}}. Central
    //: differences agree with all gradients to {{stepError}}, dual numbers to {{stepExact}}.

    //- fold: How the statements about the output layer are checked
    let w3 = network.layers[2].weights
    let sumsWritten = (0..<3).map { j in
      network.layers[2].biases[j] + w3[j, 0] * pass.a(2)[0, 0] + w3[j, 1] * pass.a(2)[1, 0]
        + w3[j, 2] * pass.a(2)[2, 0] + w3[j, 3] * pass.a(2)[3, 0]
    }
    notebook.claim(
      "softmax.deeplearning.shapes-output", [Double(pass.z(3).rows)] + pass.z(3).elements,
      asPrinted: [3] + sumsWritten)
    let exponentials = sumsWritten.map { Double.exp($0) }
    let partition = exponentials[0] + exponentials[1] + exponentials[2]
    notebook.claim(
      "softmax.deeplearning.pseudo-output", back.delta(3).elements,
      asPrinted: (0..<3).map { -(($0 == 2 ? 1 : 0) - exponentials[$0] / partition) })
    //- end

    //: ## A training run
    //:
    //: Three clouds of points that overlap a little, drawn with the project's own generator:

    var cloud = SplitMix64(seed: 21)
    let centers = [(0.0, 1.6), (-1.6, -0.8), (1.6, -0.8)]
    func draw(_ count: Int) throws -> (x: Matrix<Double>, labels: [Int], y: Matrix<Double>) {
      let labels = (0..<count).map { $0 % 3 }
      let x = Matrix(rows: 2, columns: count) { row, column in
        let center = centers[labels[column]]
        return (row == 0 ? center.0 : center.1) + 0.8 * cloud.normal()
      }
      return (x, labels, try Matrix.oneHot(labels, classes: 3))
    }
    let training = try draw(150)
    let fresh = try draw(300)
    notebook.figure(
      "clouds",
      Plot(
        title: "Three classes",
        description:
          "Three clouds of points, one above, one below on the left and one below on the right. Between them a few "
          + "points of one class lie among those of another.",
        x: Plot.Axis("x₁", range: -4.5...4.5), y: Plot.Axis("x₂", range: -3.5...4),
        (0..<3).map { label in
          let members = training.labels.indices.filter { training.labels[$0] == label }
          return Plot.Series(
            "class \(label + 1)", .points, x: members.map { training.x[0, $0] },
            y: members.map { training.x[1, $0] })
        }))

    //: A network of two inputs, six tanh units and softmax, trained in batches of thirty, with the cost,
    //: the accuracy and the size of the gradient taken over all training points before each epoch:

    struct Epoch {
      let cost, accuracy, gradient: Double
    }
    func accuracy(
      _ network: Network<Double>, _ data: (x: Matrix<Double>, labels: [Int], y: Matrix<Double>)
    ) throws -> Double {
      let decoded = try network.forward(data.x).output.largestRows
      return Double(zip(decoded, data.labels).filter { $0 == $1 }.count) / Double(data.labels.count)
    }
    var starter = SplitMix64(seed: 8)
    let untrained = try Network.random(
      sizes: [2, 6, 3], hidden: .tanh, output: .softmax, .xavier, using: &starter)
    func train(_ loss: Loss, epochs: Int) throws -> (network: Network<Double>, history: [Epoch]) {
      var generator = starter
      var network = untrained
      var history: [Epoch] = []
      for epoch in 0...epochs {
        let pass = try network.forward(training.x)
        let back = try network.backward(pass, targets: training.y, loss: loss)
        history.append(
          Epoch(
            cost: try network.cost(of: pass, targets: training.y, loss: loss),
            accuracy: try accuracy(network, training),
            gradient: back.gradients.flatMap(\.elements).map { $0 * $0 }.reduce(0, +).squareRoot()))
        if epoch == epochs { break }
        try network.trainEpoch(
          inputs: training.x, targets: training.y, loss: loss, learningRate: learningRate,
          batchSize: 30, using: &generator)
      }
      return (network, history)
    }
    let run = try train(nats, epochs: 30)
    let epochs = run.history.indices.map(Double.init)
    let top = run.history.map { max(1, $0.cost, $0.gradient) }.max() ?? 1
    let decimals2 = NumberFormat.decimals(2)
    notebook.figure(
      "training",
      Plot(
        title: "Training with softmax and cross-entropy",
        description:
          "Cost, share of points answered correctly and size of the gradient by epoch. The cost goes from "
          + "\(decimals2.text(run.history[0].cost)) to \(decimals2.text(run.history[30].cost)) nats, the accuracy from "
          + "\(decimals2.text(run.history[0].accuracy)) to \(decimals2.text(run.history[30].accuracy)).",
        x: Plot.Axis("epoch"), y: Plot.Axis("value", range: 0...1.2 * top),
        [
          Plot.Series("cost (nats)", .linePoints, x: epochs, y: run.history.map(\.cost)),
          Plot.Series("accuracy", .linePoints, x: epochs, y: run.history.map(\.accuracy)),
          Plot.Series("‖gradient‖", .linePoints, x: epochs, y: run.history.map(\.gradient)),
        ]))
    let shown = [0, 1, 2, 5, 10, 20, 30]
    notebook.table(
      "epochs", "The run in numbers",
      [
        .numbers("epoch", "Epoch", shown.map(Double.init), .plain),
        .numbers("cost", "Cost", shown.map { run.history[$0].cost }, .decimals(4)),
        .numbers("accuracy", "Accuracy", shown.map { run.history[$0].accuracy }, .decimals(4)),
        .numbers("gradient", "‖gradient‖", shown.map { run.history[$0].gradient }, .decimals(4)),
      ])
    notebook.value("logK", Double.log(3), .decimals(4))
    notebook.value("freshAccuracy", try accuracy(run.network, fresh), .decimals(4))
    notebook.value("freshCount", Double(fresh.labels.count))

    //: A network that knows nothing would start at $`\log 3 = {{logK}}`$. On {{freshCount}} points that it
    //: has not seen, the trained network has an accuracy of {{freshAccuracy}}.
    //:
    //: ### One-vs-all
    //:
    //: Document 003 trains “One-vs-all Networks with Multiple Outputs”: $`K`$ sigmoids, each with a
    //: two-term cross-entropy for “my class or not”. Without a hidden layer that is the same as $`K`$
    //: separate networks, down to the weights. Softmax on the same points ties the outputs together:

    func descend(_ start: Network<Double>, _ targets: Matrix<Double>, _ loss: Loss) throws
      -> Network<Double>
    {
      var network = start
      for _ in 0..<50 {
        let back = try network.backward(
          network.forward(training.x), targets: targets, loss: loss)
        try network.update(with: back.gradients, learningRate: 1)
      }
      return network
    }
    func start(units: Int, _ output: Activation) throws -> Network<Double> {
      try Network([
        Layer(
          weights: Array(repeating: [0.0, 0], count: units),
          biases: Array(repeating: 0, count: units), activation: output)
      ])
    }
    let joint = try descend(start(units: 3, .sigmoid), training.y, twoTerm)
    let separate = try (0..<3).map { label in
      try descend(
        start(units: 1, .sigmoid), Matrix([training.y.row(label)]), twoTerm)
    }
    let tied = try descend(start(units: 3, .softmax), training.y, nats)
    let methods = [("sigmoids, one-vs-all", joint), ("softmax", tied)]
    func outputSums(_ network: Network<Double>) throws -> [Double] {
      try network.forward(fresh.x).output.transposed.rowSums
    }
    notebook.table(
      "one_vs_all", "Fifty steps without a hidden layer, on points not seen",
      [
        .texts("method", "Output", methods.map(\.0)),
        .numbers(
          "accuracy", "Accuracy", try methods.map { try accuracy($0.1, fresh) }, .decimals(4)),
        .numbers(
          "least", "Least sum of outputs", try methods.map { try outputSums($0.1).min() ?? 0 },
          .decimals(4)),
        .numbers(
          "largest", "Largest", try methods.map { try outputSums($0.1).max() ?? 0 }, .decimals(4)),
      ])
    let decisions = try methods.map { try $0.1.forward(fresh.x).output.largestRows }
    notebook.value(
      "alike", Double(zip(decisions[0], decisions[1]).filter { $0 == $1 }.count))
    notebook.claim(
      "softmax.damlf.one-vs-all", joint.layers[0].parameters.elements,
      asPrinted: separate.map { $0.layers[0].weights[0, 0] }
        + separate.map { $0.layers[0].weights[0, 1] } + separate.map { $0.layers[0].biases[0] })

    //: Both decode by the largest output and decide alike on {{alike}} of the {{freshCount}} points. The
    //: difference is in what the numbers mean: only softmax's can be read as the probabilities of exactly
    //: one class.
    //:
    //: ## Every gradient, checked
    //:
    //: Each network of the lecture with its cost; where it is trained, at its start. The last two columns are the
    //: largest differences of backpropagation from finite differences and from dual numbers:

    //- fold: The networks that are checked
    func check(
      _ name: String, _ network: Network<Double>, _ x: Matrix<Double>, _ y: Matrix<Double>,
      _ loss: Loss
    ) throws -> CheckedGradient {
      try CheckedGradient(name, network, inputs: x, targets: y, loss: loss)
    }
    let checks = try [
      squareCheck,
      check("1-3, confident and wrong, squared error", confident, one, second, halfSquares),
      check("1-3, confident and wrong, cross-entropy", confident, one, second, nats),
      stepCheck,
      check("2-6-3, training with cross-entropy", untrained, training.x, training.y, nats),
      check("2-3, one-vs-all", start(units: 3, .sigmoid), training.x, training.y, twoTerm),
      check("2-3, softmax", start(units: 3, .softmax), training.x, training.y, nats),
    ]
    //- end
    notebook.table(
      "gradient_checks", "The largest differences of each gradient", CheckedGradient.columns(checks)
    )
    //- hide
  }
}
//- end
