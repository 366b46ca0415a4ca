import NeuralNetwork
import Testing

@Suite("Information: content, entropy, cross-entropy, divergence")
struct InformationTests {
  /// 001's prediction.
  private let p = [0.2, 0.1, 0.4, 0.3]
  private let uniform = [0.25, 0.25, 0.25, 0.25]

  @Test(
    "The content of an event is −log p, in bits, nats or any base",
    arguments: [
      (0.75, 2, 0.41503749927884381855), (0.5, 2, 1), (0.125, 2, 3),
      (0.01, 2, 6.6438561897747246957), (0.1, Information.e, 2.302585092994045684), (0.1, 10, 1),
      (0.25, 4, 1),
    ])
  func content(probability: Double, base: Double, expected: Double) throws {
    #expect(
      try Information.content(probability, base: base).isClose(to: expected, relative: 4e-16))
  }

  @Test("Powers of a half tell a whole number of bits, to the last digit")
  func wholeBits() throws {
    var probability = 1.0
    for bits in 0...60 {
      #expect(try Information.content(probability) == Double(bits))
      probability /= 2
    }
  }

  @Test("Certainty tells nothing, and not minus nothing; the impossible tells infinitely much")
  func limits() throws {
    let certain = try Information.content(1)
    #expect(certain == 0 && certain.sign == .plus)
    #expect(try Information.content(0) == .infinity)
  }

  @Test("The entropy of 001's prediction in bits, nats and base 10")
  func entropy() throws {
    #expect(try Information.entropy(p).isClose(to: 1.8464393446710154934, relative: 4e-16))
    #expect(
      try Information.entropy(p, base: Information.e)
        .isClose(to: 1.2798542258336674672, relative: 4e-16))
    #expect(
      try Information.entropy(p, base: 10).isClose(to: 0.5558336279201200736, relative: 4e-16))
  }

  @Test("0 · log 0 is 0: a certain outcome has entropy 0, two equal ones have one bit")
  func zeroTimesLogZero() throws {
    #expect(try Information.entropy([0, 1, 0, 0]) == 0)
    #expect(try Information.entropy([0.5, 0, 0.5]) == 1)
    #expect(try Information.entropy(uniform) == 2)
  }

  @Test("Cross-entropy and divergence of 001's prediction and four equal chances; no symmetry")
  func crossEntropy() throws {
    #expect(
      try Information.crossEntropy(uniform, p).isClose(to: 2.1756874697070733025, relative: 4e-16))
    #expect(try Information.crossEntropy(p, uniform).isClose(to: 2, relative: 4e-16))
    #expect(
      try Information.divergence(uniform, p).isClose(to: 0.17568746970707330251, relative: 4e-15))
    #expect(
      try Information.divergence(p, uniform).isClose(to: 0.15356065532898450657, relative: 4e-15))
  }

  @Test("For a one-hot outcome the cross-entropy is the content of what happened")
  func oneHot() throws {
    for t in 0..<4 {
      let y = (0..<4).map { $0 == t ? 1.0 : 0 }
      #expect(try Information.crossEntropy(y, p) == Information.content(p[t]))
      #expect(
        try Information.divergence(y, p).isClose(to: Information.content(p[t]), relative: 4e-16))
    }
  }

  @Test("What was ruled out and happens costs infinitely much; what was ruled out and does not, 0")
  func ruledOut() throws {
    #expect(try Information.crossEntropy([0.5, 0.5], [1, 0]) == .infinity)
    #expect(try Information.divergence([0.5, 0.5], [1, 0]) == .infinity)
    #expect(try Information.crossEntropy([1, 0], [1, 0]) == 0)
    #expect(try Information.divergence([1, 0], [0.5, 0.5]) == 1)
  }

  @Test("Cross-entropy is entropy plus divergence, and divergence is 0 for equals only")
  func decomposition() throws {
    var random = SplitMix64(seed: 51)
    func distribution(_ count: Int) -> [Double] {
      let parts = (0..<count).map { _ in random.uniform(0, 1) }
      let sum = parts.reduce(0, +)
      return parts.map { $0 / sum }
    }
    for count in [1, 2, 3, 10] {
      for base in [2, Information.e, 10] {
        let (p, q) = (distribution(count), distribution(count))
        let divergence = try Information.divergence(p, q, base: base)
        let sum = try Information.entropy(p, base: base) + divergence
        #expect(try Information.crossEntropy(p, q, base: base).isClose(to: sum, absolute: 1e-14))
        #expect(count == 1 ? divergence == 0 : divergence > 0)
        #expect(try Information.divergence(p, p, base: base) == 0)
      }
    }
  }

  @Test("It is what the loss of a softmax network computes")
  func agreesWithTheLoss() throws {
    let z = Matrix(column: [0.5, -1, 2])
    let a = Activation.softmax.forward(z)
    let y = [0.25, 0, 0.75]
    let loss = try Loss.crossEntropy(reduction: .mean).perExample(
      z: z, a: a, activation: .softmax, targets: Matrix(column: y))
    #expect(
      try Information.crossEntropy(y, a.elements, base: Information.e)
        .isClose(to: loss[0], relative: 1e-15))
  }

  @Test(
    "A probability outside 0 to 1 is an error",
    arguments: [(-0.5, "-0.5"), (1.5, "1.5"), (.nan, "nan"), (.infinity, "inf")])
  func probability(value: Double, text: String) throws {
    #expect(
      try message { try Information.content(value) }
        == "probability is \(text); allowed: 0 to 1")
    #expect(
      try message { try Information.entropy([0.5, value]) }
        == "probability 2 is \(text); allowed: 0 to 1")
  }

  @Test("Probabilities that do not add up to 1 are an error, on either side")
  func notADistribution() throws {
    let expected = "the sum of the probabilities is 0.75; allowed: 1, as in a distribution"
    #expect(try message { try Information.crossEntropy([0.5, 0.25], [0.5, 0.5]) } == expected)
    #expect(try message { try Information.crossEntropy([0.5, 0.5], [0.5, 0.25]) } == expected)
    #expect(try message { try Information.divergence([0.5, 0.5], [0.5, 0.25]) } == expected)
    #expect(
      try message { try Information.entropy([]) }
        == "the sum of the probabilities is 0; allowed: 1, as in a distribution")
    // Thirds do not add up to 1 exactly.
    #expect(try Information.entropy([1.0 / 3, 1.0 / 3, 1.0 / 3]) > 1.58)
  }

  @Test("Distributions over different numbers of events are an error")
  func lengths() throws {
    let expected = "distributions over the same events: the shapes 2×1 and 3×1 do not fit"
    #expect(
      try message { try Information.crossEntropy([0.5, 0.5], [0.5, 0.25, 0.25]) } == expected)
    #expect(try message { try Information.divergence([0.5, 0.5], [0.5, 0.25, 0.25]) } == expected)
  }

  @Test(
    "A base that is no unit is an error", arguments: [(1.0, "1"), (0, "0"), (.infinity, "inf")])
  func base(base: Double, text: String) throws {
    let expected = "base is \(text); allowed: a number above 1"
    #expect(try message { try Information.content(0.5, base: base) } == expected)
    #expect(try message { try Information.entropy([1], base: base) } == expected)
    #expect(try message { try Information.divergence([1], [1], base: base) } == expected)
  }

  private func message(_ body: () throws -> Double) throws -> String {
    try #require(throws: NetworkError.self) { _ = try body() }.description
  }
}
