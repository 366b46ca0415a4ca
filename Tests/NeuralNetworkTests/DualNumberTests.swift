import NeuralNetwork
import Testing

@Suite("Dual numbers")
struct DualNumberTests {
  let x = DualNumber(3, derivative: 2)
  let y = DualNumber(4, derivative: 8)

  @Test("Sum, difference and negation are differentiated term by term")
  func sums() {
    #expect(x + y == DualNumber(7, derivative: 10))
    #expect(x - y == DualNumber(-1, derivative: -6))
    #expect(-x == DualNumber(-3, derivative: -2))
  }

  @Test("(xy)′ = x′y + xy′ and (x/y)′ = (x′ − (x/y) y′)/y")
  func products() {
    #expect(x * y == DualNumber(12, derivative: 2 * 4 + 3 * 8))
    #expect(x / y == DualNumber(0.75, derivative: (2 - 0.75 * 8) / 4))
  }

  @Test("A constant has the derivative 0 and scales the derivative of what it multiplies")
  func constants() {
    #expect(DualNumber(5) == DualNumber(5, derivative: 0))
    #expect(DualNumber(5) * x == DualNumber(15, derivative: 10))
  }

  // mpmath, 40 digits. One rounding of the slope and one of the product: a few units in the last place.
  @Test(
    "Elementary functions have their derivative, and its digits where they saturate",
    arguments: [
      (0.5, 0.23500371220159448907, 0.78644773296592741015, 0.62245933120185456464),
      (-3, 0.045176659730912132649, 0.0098660371654401912732, 0.047425873177566780879),
      (20, 2.0611536139418493437e-9, 1.6993417021166355837e-17, 0.99999999793884638181),
      (-20, 2.0611536139418493437e-9, 1.6993417021166355837e-17, 2.0611536181902035814e-9),
      (40, 4.2483542552915889592e-18, 7.2194055513816606892e-35, 0.99999999999999999575),
    ])
  func slopes(z: Double, sigmoid: Double, tanh: Double, softplus: Double) {
    let z = DualNumber(z, derivative: 2)
    for (result, value, slope) in [
      (DualNumber.sigmoid(z), Double.sigmoid(z.value), sigmoid),
      (.tanh(z), .tanh(z.value), tanh),
      (.softplus(z), .softplus(z.value), softplus),
      (.exp(z), .exp(z.value), .exp(z.value)),
    ] {
      #expect(result.value == value)
      #expect(result.derivative.isClose(to: 2 * slope, relative: 1e-15))
    }
    #expect(DualNumber.log(DualNumber(8, derivative: 2)) == DualNumber(.log(8), derivative: 0.25))
  }

  @Test("The chain rule: the derivative of a nested expression at 0.7 is mpmath's")
  func nested() {
    let x = DualNumber(0.7, derivative: 1)
    let one = DualNumber(1)
    let f =
      x * .sigmoid(x) / (one + .exp(-(x + x))) - .log(x) * .tanh(x) + .softplus(x * x)
    #expect(f.value.isClose(to: 1.5586336193835107701, relative: 1e-15))
    #expect(f.derivative.isClose(to: 1.0401136173566573014, relative: 2e-15))
  }

  @Test(
    "At a kink the branch that the activation takes is differentiated",
    arguments: [
      (.relu, 0, 0), (.relu, 1e-300, 1), (.leakyReLU(slope: 0.01), 0, 0.01),
      (.elu(alpha: 0.5), 0, 0.5),
      (.step, 0, 0), (.identity, 0, 1),
    ] as [(Activation, Double, Double)])
  func kinks(activation: Activation, z: Double, slope: Double) {
    let a = activation(DualNumber(z, derivative: 1))
    #expect(a == DualNumber(activation(z), derivative: slope))
  }
}
