import NeuralNetwork
import Testing

@Suite("Network: construction and parameters")
struct NetworkTests {
  /// A 2-3-1 network whose parameters are 1, 2, 3, … in the order of `parameters`.
  private func counted() throws -> Network<Double> {
    try Network([
      Layer(weights: [[1, 4], [2, 5], [3, 6]], biases: [7, 8, 9], activation: .tanh),
      Layer(weights: [[10, 11, 12]], biases: [13], activation: .sigmoid),
    ])
  }

  @Test("Inputs and outputs are counted from the first and the last weights")
  func counts() throws {
    let network = try counted()
    #expect(network.inputCount == 2)
    #expect(network.outputCount == 1)
    #expect(network.layers.map(\.activation) == [.tanh, .sigmoid])
  }

  @Test("A layer whose inputs are not the outputs of the layer below is an error")
  func chain() throws {
    let error = try #require(throws: NetworkError.self) {
      try Network([
        Layer(weights: [[1.0], [2]], biases: [0, 0], activation: .sigmoid),
        Layer(weights: [[1, 2, 3]], biases: [0], activation: .sigmoid),
      ])
    }
    #expect(error == .layersDoNotChain(layer: 2, expectedInputs: 2, weights: Shape(1, 3)))
    #expect("\(error)" == "layer 2: weights are 1×3, but the layer below has 2 units")
  }

  @Test("A layer needs one bias a unit", arguments: [[], [0], [0, 0, 0]] as [[Double]])
  func biasCount(biases: [Double]) throws {
    let error = try #require(throws: NetworkError.self) {
      try Layer(weights: [[1], [2]], biases: biases, activation: .sigmoid)
    }
    #expect(error == .biasCount(weights: Shape(2, 1), biases: biases.count))
    #expect("\(error)" == "weights 2×1 need 2 biases, found \(biases.count)")
  }

  @Test("Weights of different row lengths are an error")
  func ragged() throws {
    let error = try #require(throws: NetworkError.self) {
      try Layer(weights: [[1.0, 2], [3]], biases: [0, 0], activation: .sigmoid)
    }
    #expect("\(error)" == "the rows of a matrix have different lengths: 2, 1")
  }

  @Test("A weight that is not finite is named by layer, row and column")
  func weightNotFinite() throws {
    let error = try #require(throws: NetworkError.self) {
      try Network([Layer(weights: [[1], [.infinity]], biases: [0, 0], activation: .sigmoid)])
    }
    #expect(
      error == .notFinite(name: "weights of layer 1", row: 2, column: 1, value: .infinity))
    #expect("\(error)" == "weights of layer 1, entry [2, 1], is inf; every number must be finite")
  }

  @Test("A bias that is not finite is named by layer and row")
  func biasNotFinite() throws {
    let error = try #require(throws: NetworkError.self) {
      try Network([
        Layer(weights: [[1.0]], biases: [0], activation: .sigmoid),
        Layer(weights: [[1], [1]], biases: [0, .nan], activation: .sigmoid),
      ])
    }
    #expect("\(error)" == "biases of layer 2, entry [2, 1], is nan; every number must be finite")
  }

  @Test("The parameters go layer by layer: the weights column by column, then the biases")
  func parameterOrder() throws {
    #expect(try counted().parameters == (1...13).map(Double.init))
    #expect(try counted().layers[0].parameters.elements == (1...9).map(Double.init))
  }

  @Test("Parameters that are set are the ones that are read, in the same places")
  func parametersRoundTrip() throws {
    var network = try counted()
    let numbers = (1...13).map { Double(100 * $0) }
    network.parameters = numbers
    #expect(network.parameters == numbers)
    #expect(
      network.layers[0].weights == (try Matrix([[100, 400], [200, 500], [300, 600]])))
    #expect(network.layers[0].biases == [700, 800, 900])
    #expect(network.layers[1].weights == (try Matrix([[1000, 1100, 1200]])))
    #expect(network.layers[1].biases == [1300])
    #expect(network.layers.map(\.activation) == [.tanh, .sigmoid])
  }

  @Test("Changing one parameter changes one number of the network")
  func oneParameter() throws {
    var network = try counted()
    network.parameters[4] = -5
    #expect(network.layers[0].weights == (try Matrix([[1, 4], [2, -5], [3, 6]])))
    #expect(network.layers[1] == (try counted().layers[1]))
  }

  @Test("A network mapped to another arithmetic and back is the same network")
  func map() throws {
    let network = try counted()
    let byHand = try network.map { HandNumber($0, .decimals(2)) }
    #expect(byHand.parameters.map(\.rule) == Array(repeating: .decimals(2), count: 13))
    #expect(try byHand.map(\.value) == network)
  }

  @Test("Mapping to a number that is not finite is an error")
  func mapNotFinite() throws {
    let network = try counted()
    let error = try #require(throws: NetworkError.self) {
      try network.map { $0 == 12 ? Double.nan : $0 }
    }
    #expect("\(error)" == "weights of layer 2, entry [1, 3], is nan; every number must be finite")
  }
}
