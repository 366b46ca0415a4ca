import NeuralNetwork
import Testing

@Suite("Forward pass")
struct ForwardTests {
  @Test("000's 1-2-1 network: every z and a, unrounded")
  func exampleOf000() throws {
    let pass = try Example121.network().forward(Example121.inputs)
    #expect(pass.a(0) == Example121.inputs)
    #expect(pass.z(1).elements.isClose(to: [0.4, 0.6], relative: 1e-14))
    #expect(
      pass.a(1).elements.isClose(
        to: [0.59868766011245200037, 0.64565630622579545291], relative: 1e-14))
    #expect(pass.z(2).elements.isClose(to: [-1.1382812585649343584], relative: 1e-14))
    #expect(pass.a(2).elements.isClose(to: [0.24263606373471068816], relative: 1e-14))
    #expect(pass.output == pass.a(2))
    #expect(pass.examples == 1)
  }

  @Test("000's cost ½ (y − a)² and its cross-entropy, for y = 1")
  func costOf000() throws {
    let network = try Example121.network()
    let pass = try network.forward(Example121.inputs)
    let cost = try network.cost(of: pass, targets: Example121.targets, loss: Example121.loss)
    #expect(cost.isClose(to: 0.28680006597762660543, relative: 1e-14))
    let nats = try network.cost(
      of: pass, targets: Example121.targets, loss: .binaryCrossEntropy(reduction: .mean))
    #expect(nats.isClose(to: 1.4161926383895545279, relative: 1e-14))
  }

  @Test("The cost of the inputs is the cost of their forward pass")
  func costOfInputs() throws {
    let network = try Example121.network()
    let fromPass = try network.cost(
      of: network.forward(Example121.inputs), targets: Example121.targets, loss: Example121.loss)
    let fromInputs = try network.cost(
      inputs: Example121.inputs, targets: Example121.targets, loss: Example121.loss)
    #expect(fromInputs == fromPass)
  }

  @Test("Without an activation function the network is linear: −0.9 x − 0.3")
  func linear() throws {
    let network = try Example121.network(.identity)
    let output = try network.forward(Matrix([[1, 0, -2]])).output
    #expect(output.elements.isClose(to: [-1.2, -0.3, 1.5], absolute: 1e-15))
  }

  @Test("The 2-2-2-1 network: every z and a")
  func example2221() throws {
    let pass = try Example2221.network().forward(Example2221.inputs)
    #expect(pass.z(1).elements.isClose(to: [0.35, -0.35], relative: 1e-14))
    #expect(
      pass.a(1).elements.isClose(
        to: [0.58661757891733005779, 0.41338242108266994221], relative: 1e-14))
    #expect(
      pass.z(2).elements.isClose(
        to: [0.24527933680906306357, 0.74133824210826699422], relative: 1e-14))
    #expect(
      pass.a(2).elements.isClose(
        to: [0.5610142458012448731, 0.67728842359947701356], relative: 1e-14))
    #expect(pass.z(3).elements.isClose(to: [0.54010444473830432912], relative: 1e-14))
    #expect(pass.output.elements.isClose(to: [0.63183671390965498805], relative: 1e-14))
  }

  @Test("Layers may have different activation functions")
  func mixedActivations() throws {
    let network = try Network([
      Layer(weights: [[2], [-2]], biases: [1, 1], activation: .relu),
      Layer(weights: [[1, 1], [0, 3]], biases: [-3, 0.5], activation: .identity),
    ])
    let pass = try network.forward(Matrix(column: [1]))
    #expect(pass.z(1).elements == [3, -1])
    #expect(pass.a(1).elements == [3, 0])
    #expect(pass.output.elements == [0, 0.5])
  }

  @Test("Perceptrons compute the exclusive or of two bits")
  func exclusiveOr() throws {
    let network = try Network([
      Layer(weights: [[1, -1], [-1, 1]], biases: [-1, -1], activation: .step),
      Layer(weights: [[1, 1]], biases: [-1], activation: .step),
    ])
    let output = try network.forward(Matrix([[0, 0, 1, 1], [0, 1, 0, 1]])).output
    #expect(output.elements == [0, 1, 1, 0])
  }

  @Test("Inputs of another length than the weights have columns are an error")
  func inputShape() throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().forward(Matrix(column: [1, 2]))
    }
    #expect("\(error)" == "weights of layer 1 and inputs: the shapes 2×1 and 2×1 do not fit")
  }

  @Test("An input that is not finite is an error")
  func inputNotFinite() throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().forward(Matrix([[1, .infinity]]))
    }
    #expect("\(error)" == "inputs, entry [1, 2], is inf; every number must be finite")
  }

  @Test("No examples are an error: they have no mean cost")
  func noExamples() throws {
    let error = try #require(throws: NetworkError.self) {
      try Example121.network().forward(Matrix(rows: 1, columns: 0, elements: []))
    }
    #expect("\(error)" == "number of examples is 0; allowed: 1 or more")
  }
}
