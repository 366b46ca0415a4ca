import NeuralNetwork
import Testing

@Suite("Activations: values, derivatives and conventions")
struct ActivationTests {
  /// A value and a derivative, computed with 50 digits and written with 20.
  struct Pin: Sendable {
    let activation: Activation
    let z: Double
    let a: Double
    let slope: Double

    init(_ activation: Activation, _ z: Double, a: Double, slope: Double) {
      self.activation = activation
      self.z = z
      self.a = a
      self.slope = slope
    }
  }

  static let smooth = [
    Pin(.sigmoid, -10, a: 0.000045397868702434394505, slope: 0.000045395807735951671032),
    Pin(.sigmoid, -5, a: 0.0066928509242848555594, slope: 0.006648056670790154914),
    Pin(.sigmoid, -1, a: 0.26894142136999512075, slope: 0.19661193324148185254),
    Pin(.sigmoid, 0, a: 0.5, slope: 0.25),
    Pin(.sigmoid, 0.5, a: 0.62245933120185456464, slope: 0.23500371220159448907),
    Pin(.sigmoid, 2, a: 0.88079707797788244406, slope: 0.10499358540350651735),
    Pin(.sigmoid, 5, a: 0.99330714907571514444, slope: 0.006648056670790154914),
    Pin(.sigmoid, 10, a: 0.99995460213129756561, slope: 0.000045395807735951671032),
    Pin(.tanh, -5, a: -0.99990920426259513121, slope: 0.00018158323094380668413),
    Pin(.tanh, -1, a: -0.76159415595576488812, slope: 0.41997434161402606939),
    Pin(.tanh, 0, a: 0, slope: 1),
    Pin(.tanh, 0.5, a: 0.4621171572600097585, slope: 0.78644773296592741015),
    Pin(.tanh, 2, a: 0.96402758007581688395, slope: 0.070650824853164465686),
    Pin(.tanh, 10, a: 0.99999999587769276362, slope: 8.2446144557673973746e-9),
    Pin(.elu(alpha: 1), -5, a: -0.9932620530009145329, slope: 0.0067379469990854670966),
    Pin(.elu(alpha: 1), -1, a: -0.6321205588285576784, slope: 0.3678794411714423216),
    Pin(.elu(alpha: 0.5), -2, a: -0.43233235838169365405, slope: 0.067667641618306345946),
  ]

  @Test(
    "Smooth activations have the values and derivatives of 50-digit arithmetic", arguments: smooth)
  func smoothPins(pin: Pin) {
    #expect(pin.activation(pin.z).isClose(to: pin.a, relative: 2e-15))
    // The derivative is computed from a, whose last place near ±1 is 1e−16.
    #expect(pin.activation.derivative(at: pin.z).isClose(to: pin.slope, absolute: 1e-15))
  }

  static let straight = [
    Pin(.identity, -5, a: -5, slope: 1), Pin(.identity, 0, a: 0, slope: 1),
    Pin(.identity, 2.5, a: 2.5, slope: 1),
    Pin(.relu, -5, a: 0, slope: 0), Pin(.relu, 5, a: 5, slope: 1),
    Pin(.leakyReLU(slope: 0.01), -5, a: -0.05, slope: 0.01),
    Pin(.leakyReLU(slope: 0.01), 5, a: 5, slope: 1),
    Pin(.leakyReLU(slope: 0.25), -2, a: -0.5, slope: 0.25),
    Pin(.elu(alpha: 0.5), 3, a: 3, slope: 1),
    Pin(.step, -1e-9, a: 0, slope: 0), Pin(.step, 1e-9, a: 1, slope: 0),
  ]

  @Test("Piecewise linear activations are exact", arguments: straight)
  func straightPins(pin: Pin) {
    #expect(pin.activation(pin.z) == pin.a)
    #expect(pin.activation.derivative(at: pin.z) == pin.slope)
  }

  static let atZero = [
    Pin(.relu, 0, a: 0, slope: 0), Pin(.leakyReLU(slope: 0.01), 0, a: 0, slope: 0.01),
    Pin(.elu(alpha: 0.5), 0, a: 0, slope: 0.5), Pin(.step, 0, a: 1, slope: 0),
  ]

  @Test("At z = 0, or −0, a kink has its left derivative and the step is 1", arguments: atZero)
  func kinks(pin: Pin) {
    for zero in [0.0, -0.0] {
      #expect(pin.activation(zero) == pin.a)
      #expect(pin.activation.derivative(at: zero) == pin.slope)
    }
  }

  @Test("A derivative uses the activation that the forward pass kept")
  func derivativeFromKeptActivation() {
    let a = HandNumber(0.65, .decimals(2))
    let slope = Activation.sigmoid.derivative(z: HandNumber(0.6, .decimals(2)), a: a)
    #expect(slope.value == 0.23)  // 0.65 · 0.35 = 0.2275
  }

  @Test("A whole layer is activated entry by entry")
  func layerForward() throws {
    let z = try Matrix([[-1.0, 2], [3, -4]])
    #expect(try Activation.relu.forward(z) == Matrix([[0, 2], [3, 0]]))
  }

  @Test("A whole layer's dZ is dA times g′, entry by entry")
  func layerBackward() throws {
    let z = try Matrix([[-1.0, 2], [3, -4]])
    let dA = try Matrix([[10.0, 20], [30, 40]])
    let activation = Activation.leakyReLU(slope: 0.5)
    let dZ = try activation.backward(dA: dA, z: z, a: activation.forward(z))
    #expect(dZ == (try Matrix([[5, 20], [30, 20]])))
  }

  @Test("A layer's dA, z and a must have one shape")
  func layerShapes() throws {
    let column = Matrix(column: [1.0, 2])
    let row = try Matrix([[1.0, 2]])
    let kept = try #require(throws: NetworkError.self) {
      try Activation.tanh.backward(dA: column, z: column, a: row)
    }
    #expect("\(kept)" == "z and a of a layer: the shapes 2×1 and 1×2 do not fit")
    let incoming = try #require(throws: NetworkError.self) {
      try Activation.tanh.backward(dA: row, z: column, a: column)
    }
    #expect("\(incoming)" == "element-wise product: the shapes 1×2 and 2×1 do not fit")
  }
}
