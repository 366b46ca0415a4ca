import NeuralNetwork
import Testing

@Suite("Batches: the examples are the columns")
struct BatchTests {
  /// Four examples, so that dividing by their number is exact.
  private let inputs = Matrix(rows: 2, columns: 4, elements: [0.5, -1, 1, 0, -0.25, 2, 0, 0.75])
  private let targets = Matrix(rows: 1, columns: 4, elements: [1.0, 0, 1, 0])

  @Test("Column i of a batch pass is the pass of example i, to the last bit", arguments: 0..<32)
  func columns(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let batch = try example.network.forward(example.inputs)
    #expect(batch.examples == example.inputs.columns)
    for column in 0..<batch.examples {
      let single = try example.network.forward(Matrix(column: example.inputs.column(column)))
      for layer in 1...example.network.layers.count {
        #expect(batch.z(layer).column(column) == single.z(layer).elements)
        #expect(batch.a(layer).column(column) == single.a(layer).elements)
      }
    }
  }

  @Test(
    "Each column of a delta is that example's own, undivided, to the last bit", arguments: 0..<32)
  func deltaColumns(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let batch = try example.backward()
    for column in 0..<example.inputs.columns {
      let pass = try example.network.forward(Matrix(column: example.inputs.column(column)))
      let single = try example.network.backward(
        pass, targets: Matrix(column: example.targets.column(column)), loss: example.loss)
      for layer in 1...example.network.layers.count {
        #expect(batch.delta(layer).column(column) == single.delta(layer).elements)
      }
    }
  }

  @Test("A batch's gradient is the mean, or the sum, of its examples' gradients", arguments: 0..<32)
  func gradients(seed: Int) throws {
    let example = try RandomCase(seed: UInt64(seed))
    let count = example.inputs.columns
    let batch = try example.network.backward(
      example.network.forward(example.inputs), targets: example.targets, loss: example.loss
    ).gradients.flatMap(\.elements)
    var sums = Array(repeating: 0.0, count: batch.count)
    for column in 0..<count {
      let single = try example.gradients(ofExample: column).flatMap(\.elements)
      for index in sums.indices { sums[index] += single[index] }
    }
    let expected = sums.map { example.loss.reduction == .mean ? $0 / Double(count) : $0 }
    // Only the order of the roundings differs.
    #expect(batch.isClose(to: expected, absolute: 1e-12))
  }

  @Test("The sum's cost and gradient are m times the mean's; the deltas are the same")
  func sumAndMean() throws {
    let network = try Example2221.network()
    let sum = Loss.squaredError(factor: 0.5, reduction: .sum)
    let mean = Loss.squaredError(factor: 0.5, reduction: .mean)
    let pass = try network.forward(inputs)
    let meanCost = try network.cost(of: pass, targets: targets, loss: mean)
    #expect(try network.cost(of: pass, targets: targets, loss: sum) == 4 * meanCost)
    let ofSum = try network.backward(pass, targets: targets, loss: sum)
    let ofMean = try network.backward(pass, targets: targets, loss: mean)
    for layer in 1...3 {
      #expect(ofSum.delta(layer) == ofMean.delta(layer))
      #expect(ofSum.gradient(layer).elements == ofMean.gradient(layer).elements.map { 4 * $0 })
    }
  }

  @Test("A batch of two by hand: dW is ½ Σ δ x and db is ½ Σ δ")
  func batchOfTwo() throws {
    // z = 2 x + 1 is 3 and 7; with targets 1 and 4 the errors are 2 and 3, the deltas 4 and 6.
    let network = try Network([Layer(weights: [[2]], biases: [1], activation: .identity)])
    let pass = try network.forward(Matrix([[1, 3]]))
    let targets = try Matrix([[1.0, 4]])
    let loss = Loss.squaredError(factor: 1, reduction: .mean)
    #expect(try network.cost(of: pass, targets: targets, loss: loss) == 6.5)
    let back = try network.backward(pass, targets: targets, loss: loss)
    #expect(back.delta(1).elements == [4, 6])
    #expect(back.gradient(1).weights.elements == [11])
    #expect(back.gradient(1).biases == [5])
  }

  @Test("The same example twice has the mean gradient of once")
  func repeated() throws {
    let network = try Example2221.network()
    let loss = Loss.binaryCrossEntropy(reduction: .mean)
    let once = try network.backward(
      network.forward(Example2221.inputs), targets: Example2221.targets, loss: loss)
    let column = Example2221.inputs.elements
    let twice = try network.backward(
      network.forward(Matrix(rows: 2, columns: 2, elements: column + column)),
      targets: Matrix([[1, 1]]), loss: loss)
    #expect(twice.gradients == once.gradients)
  }

  @Test("The order of the examples does not matter beyond rounding")
  func order() throws {
    let network = try Example2221.network()
    let loss = Loss.squaredError(factor: 0.5, reduction: .mean)
    let forward = try network.cost(inputs: inputs, targets: targets, loss: loss)
    let reversed = try network.cost(
      inputs: Matrix(rows: 2, columns: 4) { inputs[$0, 3 - $1] },
      targets: Matrix(rows: 1, columns: 4) { targets[$0, 3 - $1] }, loss: loss)
    #expect(forward.isClose(to: reversed, relative: 1e-14))
  }
}
