import NeuralNetwork
import Testing

@Suite("Update: one step against the gradient")
struct UpdateTests {
  private func backward(_ network: Network<Double>) throws -> BackwardPass<Double> {
    try network.backward(
      network.forward(Example121.inputs), targets: Example121.targets, loss: Example121.loss)
  }

  private func cost(_ network: Network<Double>) throws -> Double {
    try network.cost(
      inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss)
  }

  /// The parameters of 000's network after one step with α = 1.
  private static let stepped = [
    0.33343854833178693323, 0.30447611999476005052, 0.13343854833178693323,
    0.10447611999476005052, 1.0833230005864179789, -2.9101400874503217692, 0.33917607817533327893,
  ]

  @Test("000's network after one step with α = 1: parameters, and J from 0.2868 to 0.2297")
  func stepOf000() throws {
    var network = try Example121.network()
    #expect(try cost(network).isClose(to: 0.28680006597762660543, relative: 1e-14))
    try network.update(with: backward(network).gradients, learningRate: 1)
    #expect(network.parameters.isClose(to: Self.stepped, relative: 1e-14))
    #expect(try cost(network).isClose(to: 0.2296774832976880523, absolute: 1e-13))
  }

  @Test("All gradients come from the old weights: moving the output layer first gives others")
  func oldWeightsThroughout() throws {
    let network = try Example121.network()
    let back = try backward(network)
    let pass = try network.forward(Example121.inputs)
    // The slip: the output weights move first, and the error goes back through the new ones.
    let moved = try network.layers[1].weights - back.gradient(2).weights
    let slip = try Activation.sigmoid.backward(
      dA: moved.transposed * back.delta(2), z: pass.z(1), a: pass.a(1))
    #expect(
      slip.elements.isClose(
        to: [-0.036224748514045381795, 0.092662624170681009892], relative: 1e-13))
    #expect(
      back.delta(1).elements.isClose(
        to: [-0.033438548331786933228, 0.095523880005239949479], relative: 1e-14))
    // After the slip J would be 0.23005681683680253743.
    var slipped = network
    let slippedHidden = Parameters(weights: slip, biases: slip.elements)
    try slipped.update(with: [slippedHidden, back.gradient(2)], learningRate: 1)
    #expect(try cost(slipped).isClose(to: 0.23005681683680253743, absolute: 1e-13))
  }

  @Test("The learning rate multiplies the gradient, in every layer, weights and biases")
  func learningRate() throws {
    var network = try Network([
      Layer(weights: [[1], [2]], biases: [3, 4], activation: .sigmoid),
      Layer(weights: [[5, 6]], biases: [7], activation: .sigmoid),
    ])
    let gradients = [
      Parameters(weights: Matrix(column: [4.0, 8]), biases: [-4, 16]),
      Parameters(weights: try Matrix([[0.0, 4]]), biases: [20]),
    ]
    try network.update(with: gradients, learningRate: 0.25)
    #expect(network.parameters == [0, 0, 4, 0, 5, 5, 2])
  }

  @Test("A learning rate of 0 changes nothing; a negative one climbs")
  func zeroAndNegativeRate() throws {
    let start = try Example121.network()
    var network = start
    try network.update(with: backward(start).gradients, learningRate: 0)
    #expect(network == start)
    try network.update(with: backward(start).gradients, learningRate: -0.1)
    #expect(try cost(network) > cost(start))
  }

  @Test(
    "A learning rate that is not finite is an error, and the network stays as it was",
    arguments: [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")])
  func rateNotFinite(rate: Double, text: String) throws {
    let start = try Example121.network()
    var network = start
    let gradients = try backward(start).gradients
    let error = try #require(throws: NetworkError.self) {
      try network.update(with: gradients, learningRate: rate)
    }
    #expect("\(error)" == "learningRate is \(text); allowed: a finite number")
    #expect(network == start)
  }

  @Test("Gradients of other shapes are an error, and the network stays as it was")
  func gradientShape() throws {
    let start = try Example121.network()
    var network = start
    var gradients = try backward(start).gradients
    gradients[1].weights = Matrix(column: [1, 2])
    let error = try #require(throws: NetworkError.self) {
      try network.update(with: gradients, learningRate: 1)
    }
    #expect("\(error)" == "matrix difference: the shapes 1×2 and 2×1 do not fit")
    #expect(network == start)
  }

  @Test("Gradients with another number of biases are an error, and the network stays as it was")
  func gradientBiases() throws {
    let start = try Example121.network()
    for biases in [[1.0], [1, 2, 3]] {
      var network = start
      var gradients = try backward(start).gradients
      gradients[0].biases = biases
      let error = try #require(throws: NetworkError.self) {
        try network.update(with: gradients, learningRate: 1)
      }
      #expect("\(error)" == "weights 2×1 need 2 biases, found \(biases.count)")
      #expect(network == start)
    }
  }

  @Test("A hundred small steps bring the cost down at every step")
  func descent() throws {
    var network = try Example121.network()
    var last = try cost(network)
    for _ in 0..<100 {
      try network.update(with: backward(network).gradients, learningRate: 0.5)
      let next = try cost(network)
      #expect(next < last)
      last = next
    }
  }
}
