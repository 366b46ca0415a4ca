import NeuralNetwork
import Testing

@Suite("A pass as somebody states it, and random networks")
struct StatedPassTests {
  @Test("001's stated activations give 001's gradients: −0.75, −0.2775 and −125.874")
  func document001() throws {
    let network = try Network([
      Layer(weights: [[0.1]], biases: [0], activation: .sigmoid),
      Layer(weights: [[12.0]], biases: [0], activation: .sigmoid),
    ])
    let pass = try ForwardPass(
      stated: Matrix(column: [60.0]),
      layers: [
        (Matrix(column: [0.5]), Matrix(column: [0.37])),
        (Matrix(column: [-1.0986]), Matrix(column: [0.25])),
      ])
    let back = try network.backward(
      pass, targets: Matrix(column: [1.0]), loss: .binaryCrossEntropy(reduction: .sum))
    #expect(back.delta(2)[0, 0] == -0.75)
    // −0.75 · 0.37 and −0.75 · 12 · 0.37 · 0.63 · 60 by hand; one rounding an operation.
    #expect(back.gradient(2).weights[0, 0].isClose(to: -0.2775, relative: 1e-15))
    #expect(back.gradient(1).weights[0, 0].isClose(to: -125.874, relative: 1e-15))
  }

  @Test("Sums and activations of different shapes are refused")
  func shapes() throws {
    let error = #expect(throws: NetworkError.self) {
      try ForwardPass(
        stated: Matrix(column: [1.0]),
        layers: [(Matrix(column: [0.5, 0.5]), Matrix(column: [0.37]))])
    }
    #expect(error?.description == "z and a of a layer: the shapes 2×1 and 1×1 do not fit")
  }

  @Test("A random network has the sizes and range asked for, and the same seed gives the same one")
  func random() throws {
    func draw(_ seed: UInt64) throws -> Network<Double> {
      var generator = SplitMix64(seed: seed)
      return try .random(
        sizes: [3, 5, 2], hidden: .tanh, output: .sigmoid, .uniform(0.5), using: &generator)
    }
    let network = try draw(1)
    #expect(network.layers.map(\.weights.shape) == [Shape(5, 3), Shape(2, 5)])
    #expect(network.layers.map(\.activation) == [.tanh, .sigmoid])
    #expect(network.parameters.count == 5 * 3 + 5 + 2 * 5 + 2)
    #expect(network.parameters.allSatisfy { (-0.5..<0.5).contains($0) })
    #expect(Set(network.parameters).count == network.parameters.count)
    #expect(try draw(1) == network)
    #expect(try draw(2) != network)
  }

  @Test(
    "A range or a size that makes no network is refused",
    arguments: [
      ([2, 1], 0.0, "range is 0; allowed: a positive number"),
      ([2, 1], Double.infinity, "range is inf; allowed: a positive number"),
      ([2, 0, 1], 1, "layer size is 0; allowed: 1 or more units"),
    ])
  func randomErrors(sizes: [Int], range: Double, message: String) {
    var generator = SplitMix64(seed: 1)
    let error = #expect(throws: NetworkError.self) {
      try Network.random(
        sizes: sizes, hidden: .tanh, output: .tanh, .uniform(range), using: &generator)
    }
    #expect(error?.description == message)
  }

  @Test("A loss's factor must be positive", arguments: [0, -1, Double.nan])
  func factor(value: Double) throws {
    let one = Matrix(column: [1.0])
    let error = #expect(throws: NetworkError.self) {
      try Loss.squaredError(factor: value, reduction: .sum)
        .perExample(z: one, a: one, activation: .identity, targets: one)
    }
    #expect(error?.description.hasPrefix("the loss's factor is ") == true)
  }
}
