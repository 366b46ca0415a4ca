import NeuralNetwork
import Testing

@Suite("Backward pass: worked examples")
struct BackwardTests {
  private func back121(_ loss: Loss) throws -> BackwardPass<Double> {
    let network = try Example121.network()
    return try network.backward(
      network.forward(Example121.inputs), targets: Example121.targets, loss: loss)
  }

  @Test("000's 1-2-1 network with squared error: deltas")
  func deltasOf000() throws {
    let back = try back121(Example121.loss)
    #expect(back.delta(2).elements.isClose(to: [-0.13917607817533327893], relative: 1e-14))
    #expect(
      back.delta(1).elements.isClose(
        to: [-0.033438548331786933228, 0.095523880005239949479], relative: 1e-14))
  }

  @Test("000's 1-2-1 network with squared error: gradients, in the shapes of the parameters")
  func gradientsOf000() throws {
    let back = try back121(Example121.loss)
    let output = back.gradient(2)
    #expect(output.weights.shape == Shape(1, 2))
    #expect(
      output.weights.elements.isClose(
        to: [-0.083323000586417978876, -0.089859912549678230797], relative: 1e-14))
    #expect(output.biases.isClose(to: [-0.13917607817533327893], relative: 1e-14))
    let hidden = back.gradient(1)
    #expect(hidden.weights.shape == Shape(2, 1))
    #expect(
      hidden.weights.elements.isClose(
        to: [-0.033438548331786933228, 0.095523880005239949479], relative: 1e-14))
    // x = 1, so the biases have the same gradient as the weights.
    #expect(hidden.biases == hidden.weights.elements)
    #expect(back.gradients == [hidden, output])
  }

  @Test("The same network with cross-entropy: deltas and gradients")
  func crossEntropy() throws {
    let back = try back121(.binaryCrossEntropy(reduction: .mean))
    #expect(back.delta(2).elements.isClose(to: [-0.75736393626528931184], relative: 1e-14))
    #expect(
      back.gradient(2).weights.elements.isClose(
        to: [-0.45342444285622228697, -0.48899680155767546611], relative: 1e-14))
    #expect(
      back.delta(1).elements.isClose(
        to: [-0.18196482412483836393, 0.51981879872315527331], relative: 1e-14))
  }

  private func back2221() throws -> BackwardPass<Double> {
    let network = try Example2221.network()
    return try network.backward(
      network.forward(Example2221.inputs), targets: Example2221.targets, loss: Example2221.loss)
  }

  @Test("The 2-2-2-1 network: deltas of all three layers")
  func deltas2221() throws {
    let back = try back2221()
    #expect(back.delta(3).elements.isClose(to: [-0.085641805218759570435], relative: 1e-13))
    #expect(
      back.delta(2).elements.isClose(
        to: [0.018982466357113779591, -0.020590490655823840554], relative: 1e-13))
    #expect(
      back.delta(1).elements.isClose(
        to: [-0.0011935989210395183756, -0.0067564314626393319919], relative: 1e-13))
  }

  @Test("The 2-2-2-1 network: gradients of all three layers, weights column by column")
  func gradients2221() throws {
    let back = try back2221()
    #expect(
      back.gradient(3).elements.isClose(
        to: [-0.048046272763859517599, -0.058004203250827133104, -0.085641805218759570435],
        relative: 1e-13))
    #expect(
      back.gradient(2).elements.isClose(
        to: [
          0.011135448456289755415, -0.012078743777239288924, 0.0078470179008240241765,
          -0.0085117468785845516302, 0.018982466357113779591, -0.020590490655823840554,
        ], relative: 1e-13))
    #expect(
      back.gradient(1).elements.isClose(
        to: [
          -0.00059679946051975918778, -0.0033782157313196659959, 0.0011935989210395183756,
          0.0067564314626393319919, -0.0011935989210395183756, -0.0067564314626393319919,
        ], relative: 1e-13))
  }

  @Test("000's chain rule: ∂J/∂W₁₁ of layer 1 is the sum over its two paths")
  func twoPaths() throws {
    let network = try Example2221.network()
    let pass = try network.forward(Example2221.inputs)
    let back = try back2221()
    let slope = Activation.sigmoid.derivative(z: pass.z(1)[0, 0], a: pass.a(1)[0, 0])
    let paths = (0..<2).map { unit in
      back.delta(2)[unit, 0] * network.layers[1].weights[unit, 0] * slope * pass.a(0)[0, 0]
    }
    #expect(paths.isClose(to: [0.00115079966067558, -0.00174759912119534], relative: 1e-13))
    let sum = back.gradient(1).weights[0, 0]
    #expect(sum.isClose(to: -0.000596799460519759, relative: 1e-13))
    #expect(sum.isClose(to: paths[0] + paths[1], absolute: 1e-17))
  }

  @Test("001's numbers: the hidden delta −2.0979 and its weight gradient −125.874")
  func exampleOf001() throws {
    // Biases that bring the hidden activation to 0.37 and the output to 0.25: their logits.
    let hiddenLogit = -0.53221681374730823834
    let outputLogit = -1.0986122886681098
    let network = try Network([
      Layer(weights: [[0.1]], biases: [hiddenLogit - 0.1 * 60], activation: .sigmoid),
      Layer(weights: [[12]], biases: [outputLogit - 12 * 0.37], activation: .sigmoid),
    ])
    let back = try network.backward(
      network.forward(Matrix(column: [60])), targets: Matrix(column: [1]),
      loss: .binaryCrossEntropy(reduction: .mean))
    // The biases cancel the weights' share of z, which costs about three digits.
    #expect(back.delta(2).elements.isClose(to: [-0.75], relative: 1e-12))
    #expect(back.gradient(2).weights.elements.isClose(to: [-0.2775], relative: 1e-12))
    #expect(back.delta(1).elements.isClose(to: [-2.0979], relative: 1e-12))
    #expect(back.gradient(1).weights.elements.isClose(to: [-125.874], relative: 1e-12))
  }

  @Test("A unit that ReLU has shut off passes nothing back; a leaky one passes its slope")
  func deadUnit() throws {
    for (activation, expected) in [(Activation.relu, 0.0), (.leakyReLU(slope: 0.01), 0.12)] {
      let network = try Network([
        Layer(weights: [[1]], biases: [-10], activation: activation),
        Layer(weights: [[3]], biases: [0], activation: .identity),
      ])
      let pass = try network.forward(Matrix(column: [2]))
      // The target makes the output's error 2, its delta 2 · 1 · 2 = 4 and dA = 12.
      let target = Matrix(column: [pass.output[0, 0] - 2])
      let back = try network.backward(
        pass, targets: target, loss: .squaredError(factor: 1, reduction: .sum))
      #expect(back.delta(1).elements.isClose(to: [expected], absolute: 1e-15))
    }
  }

  @Test("Targets of the wrong shape are an error")
  func targetShape() throws {
    let network = try Example121.network()
    let pass = try network.forward(Example121.inputs)
    let error = try #require(throws: NetworkError.self) {
      try network.backward(pass, targets: Matrix([[1, 0]]), loss: Example121.loss)
    }
    #expect("\(error)" == "outputs and targets: the shapes 1×1 and 1×2 do not fit")
  }
}
