import Foundation
import NeuralNetwork
import Testing

@Suite("Initialization")
struct InitializationTests {
  private func parameters(
    _ sizes: [Int], _ initialization: Initialization, seed: UInt64
  ) throws -> [Double] {
    var random = SplitMix64(seed: seed)
    return try Network.random(
      sizes: sizes, hidden: .tanh, output: .sigmoid, initialization, using: &random
    ).parameters
  }

  /// Weights of a layer with 200 inputs and 50 units: the rules differ in what they make of both.
  private func weights(_ initialization: Initialization) throws -> [Double] {
    try Array(parameters([200, 50], initialization, seed: 4).prefix(10_000))
  }

  private func moment(_ order: Int, _ values: [Double]) -> Double {
    values.map { pow($0, Double(order)) }.reduce(0, +) / Double(values.count)
  }

  @Test("Zeros are zeros, weights and biases")
  func zeros() throws {
    let all = try parameters([3, 4, 2], .zeros, seed: 1)
    #expect(all == [Double](repeating: 0, count: 3 * 4 + 4 + 4 * 2 + 2))
  }

  @Test(
    "The first numbers of seed 1234567, from 40-digit arithmetic",
    arguments: [
      (
        Initialization.xavier,
        [
          0.27099954322930248708, 0.0048608625433854506712, -1.1755352943232942995,
          -0.13374303340415883306, 0.28385726633700536276, -0.62271169741850094511, 0, 0,
          0.059573587381318460628, 0.45107495858508947009, 0,
        ]
      ),
      (
        .he,
        [
          0.34985890591896849094, 0.0062753465595784259587, -1.5176095392643843436,
          -0.17266151368185647033, 0.3664581550743949945, -0.80391734453013542445, 0, 0,
          0.072962445615668470305, 0.55245174214026175967, 0,
        ]
      ),
      (
        .leCun,
        [
          0.24738760483380896926, 0.0044373401065735758622, -1.0731119964072382237,
          -0.12209012717437456477, 0.25912504647421612171, -0.56845540583074080792, 0, 0,
          0.051592240066793858805, 0.39064237314570104823, 0,
        ]
      ),
    ])
  func pinned(initialization: Initialization, expected: [Double]) throws {
    let found = try parameters([3, 2, 1], initialization, seed: 1_234_567)
    #expect(found.isClose(to: expected, relative: 1e-13))
  }

  @Test("Uniform numbers are drawn layer by layer: the weights column by column, then the biases")
  func order() throws {
    var random = SplitMix64(seed: 11)
    let drawn = (0..<(3 * 2 + 2 + 2 * 1 + 1)).map { _ in random.uniform(-0.5, 0.5) }
    #expect(try parameters([3, 2, 1], .uniform(0.5), seed: 11) == drawn)
  }

  @Test("Uniform numbers keep to −ε … ε, with mean 0 and variance ε²/3", arguments: [0.01, 1, 30])
  func uniform(range: Double) throws {
    let all = try parameters([200, 50], .uniform(range), seed: 4)
    #expect(all.allSatisfy { -range <= $0 && $0 < range })
    // Four standard errors of 10,050 draws: 4 · ε/√3 / √n and 4 · ε²/3 · √0.8 / √n.
    #expect(moment(1, all).isClose(to: 0, absolute: 0.0231 * range))
    #expect(moment(2, all).isClose(to: range * range / 3, relative: 0.036))
    #expect(all.suffix(50).allSatisfy { $0 != 0 }, "the biases are drawn too")
  }

  @Test(
    "Normal weights have the variance of their rule, mean 0, and biases of 0",
    arguments: [
      (Initialization.xavier, 2.0 / 250), (.he, 2.0 / 200), (.leCun, 1.0 / 200),
    ])
  func normalRules(initialization: Initialization, variance: Double) throws {
    let drawn = try weights(initialization)
    // Four standard errors of 10,000 draws: 4 · s / √n and 4 · s² √2 / √n.
    #expect(moment(1, drawn).isClose(to: 0, absolute: 0.04 * variance.squareRoot()))
    #expect(moment(2, drawn).isClose(to: variance, relative: 0.057))
    // A normal distribution's fourth moment is 3 s⁴, a uniform one's 1.8; 4 · √96 / √n is 0.39.
    #expect(moment(4, drawn) / (variance * variance) > 2.6)
    #expect(
      try parameters([200, 50], initialization, seed: 4).suffix(50).allSatisfy { $0 == 0 })
  }

  @Test("The last layer has the output's activation, all others the hidden one")
  func activations() throws {
    var random = SplitMix64(seed: 1)
    let network = try Network.random(
      sizes: [2, 3, 4, 1], hidden: .relu, output: .softmax, .he, using: &random)
    #expect(network.layers.map(\.activation) == [.relu, .relu, .softmax])
    #expect(network.layers.map(\.weights.shape) == [Shape(3, 2), Shape(4, 3), Shape(1, 4)])
  }

  @Test("A seed gives one network, the generator goes on to another")
  func seeds() throws {
    #expect(try parameters([3, 2], .he, seed: 5) == parameters([3, 2], .he, seed: 5))
    #expect(try parameters([3, 2], .he, seed: 5) != parameters([3, 2], .he, seed: 6))
    var random = SplitMix64(seed: 5)
    let two = try (0..<2).map { _ in
      try Network.random(sizes: [3, 2], hidden: .tanh, output: .tanh, .he, using: &random)
    }
    #expect(two[0] != two[1])
  }

  @Test(
    "A range that is not a positive number is an error",
    arguments: [(0.0, "0"), (-1, "-1"), (.nan, "nan"), (.infinity, "inf")])
  func range(range: Double, text: String) throws {
    let error = try #require(throws: NetworkError.self) {
      try parameters([2, 1], .uniform(range), seed: 1)
    }
    #expect("\(error)" == "range is \(text); allowed: a positive number")
  }

  @Test("A layer without units is an error", arguments: [[0, 2], [2, 0, 1], [2, -3]])
  func sizes(sizes: [Int]) throws {
    let error = try #require(throws: NetworkError.self) {
      try parameters(sizes, .zeros, seed: 1)
    }
    let bad = sizes.first { $0 < 1 }!
    #expect("\(error)" == "layer size is \(bad); allowed: 1 or more units")
  }
}

@Suite("SplitMix64: normal numbers and permutations")
struct RandomDrawTests {
  @Test("The first normal numbers of seed 1234567, from 40-digit arithmetic")
  func pinnedNormal() {
    var random = SplitMix64(seed: 1_234_567)
    let drawn = (0..<4).map { _ in random.normal() }
    #expect(
      drawn.isClose(
        to: [
          0.42848790073492911717, 0.0076856985150485301072, -1.8586844999890071142,
          -0.21146630336856239575,
        ], relative: 1e-13))
  }

  @Test("Bits that are all 0 and all 1 give finite normal numbers")
  func normalEnds() {
    // Seeds whose first 64 bits are all 0 and all 1.
    var zeros = SplitMix64(seed: 0x61C8_8646_80B5_83EB)
    #expect(zeros.normal() == 0)
    var ones = SplitMix64(seed: 0x3162_8AF6_7B21_31AB)
    // √(−2 log 2⁻⁵³) = 8.57 is the largest there can be.
    #expect(abs(ones.normal()) <= 8.58)
  }

  @Test("Normal numbers have mean 0, variance 1, and lie within 1 and 2 as often as they should")
  func normal() {
    var random = SplitMix64(seed: 3)
    let drawn = (0..<20_000).map { _ in random.normal() }
    let count = Double(drawn.count)
    // Four standard errors: 4/√n, 4 √2/√n, and 4 √(p (1 − p)/n).
    #expect((drawn.reduce(0, +) / count).isClose(to: 0, absolute: 0.0283))
    #expect((drawn.map { $0 * $0 }.reduce(0, +) / count).isClose(to: 1, absolute: 0.04))
    #expect((drawn.map { $0 * $0 * $0 }.reduce(0, +) / count).isClose(to: 0, absolute: 0.11))
    for (limit, share) in [(1.0, 0.6826894921), (2, 0.9544997361), (3, 0.9973002039)] {
      let found = Double(drawn.filter { abs($0) < limit }.count) / count
      let tolerance = 4 * (share * (1 - share) / count).squareRoot()
      #expect(found.isClose(to: share, absolute: tolerance), "\(limit)")
    }
    // Neighbours do not depend on each other: their product's mean is 0, its deviation 1.
    let products = zip(drawn, drawn.dropFirst()).map(*)
    #expect((products.reduce(0, +) / count).isClose(to: 0, absolute: 0.0283))
  }

  @Test("Permutations of two seeds, from an independent run of Fisher and Yates")
  func pinnedPermutations() {
    var first = SplitMix64(seed: 1_234_567)
    #expect(first.permutation(of: 10) == [6, 9, 0, 7, 2, 5, 8, 4, 1, 3])
    var second = SplitMix64(seed: 7)
    #expect(second.permutation(of: 5) == [3, 4, 2, 0, 1])
  }

  @Test("A permutation holds every number once", arguments: [0, 1, 2, 17, 1000])
  func complete(count: Int) {
    var random = SplitMix64(seed: 8)
    #expect(random.permutation(of: count).sorted() == Array(0..<count))
  }

  @Test("All six orders of three are about equally frequent")
  func fair() {
    var random = SplitMix64(seed: 9)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[random.permutation(of: 3), default: 0] += 1 }
    // 1000 of each, with a standard deviation of 29.
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (884...1116).contains($0) }, "\(counts)")
  }
}
