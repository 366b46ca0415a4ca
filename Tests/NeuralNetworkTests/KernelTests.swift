import Kernels
import Testing

@testable import NeuralNetwork

/// Serialized: the level and the number of threads are set for the whole process. Other tests may run
/// meanwhile, and give the same bits at every level.
@Suite(
  "Kernels: the bits of the plain loops, at every level and with one or two threads", .serialized)
struct KernelTests {
  /// Every number by its bits, so that −0 and 0 differ.
  private func bits(_ matrix: Matrix<Double>) -> [UInt64] { matrix.elements.map(\.bitPattern) }
  private func bits(_ matrix: Matrix<Float>) -> [UInt32] { matrix.elements.map(\.bitPattern) }

  private func random<T: Scalar>(
    _ rows: Int, _ columns: Int, _ generator: inout SplitMix64
  ) -> Matrix<T> {
    Matrix(rows: rows, columns: columns) { _, _ in
      generator.index(below: 8) == 0 ? T(-0.0) : T(generator.uniform(-2, 2))
    }
  }

  /// `W A`, `W A + b` and a step of descent, by `compute`.
  private func results<T: Scalar>(
    _ w: Matrix<T>, _ a: Matrix<T>, _ delta: Matrix<T>, _ compute: (MatrixProduct<T>) -> Void
  ) -> [Matrix<T>] {
    let biases = (0..<w.rows).map { T(Double($0) * 0.3 - 1) }
    func product(
      _ left: Matrix<T>, _ right: Matrix<T>, into start: Matrix<T>, steps: (Int, Int),
      _ ending: ProductEnding<T>
    ) -> Matrix<T> {
      var result = start
      result.elements.withUnsafeMutableBufferPointer { into in
        left.elements.withUnsafeBufferPointer { l in
          right.elements.withUnsafeBufferPointer { r in
            guard let into = into.baseAddress else { return }
            compute(
              MatrixProduct(
                rows: start.rows, columns: start.columns, terms: left.columns,
                left: l.baseAddress ?? UnsafePointer(into),
                right: r.baseAddress ?? UnsafePointer(into), rightTermStep: steps.0,
                rightColumnStep: steps.1, into: into, ending: ending))
          }
        }
      }
      return result
    }
    let zeros = Matrix<T>(zeros: Shape(w.rows, a.columns))
    return biases.withUnsafeBufferPointer { b in
      [
        product(w, a, into: zeros, steps: (1, a.rows), .store),
        b.baseAddress.map { product(w, a, into: zeros, steps: (1, a.rows), .addBiases($0)) }
          ?? zeros,
        product(
          delta, a, into: w, steps: (a.rows, 1),
          .descend(rate: T(0.3), weight: 0.25, shrink: 0.125)),
      ]
    }
  }

  /// Shapes with every remainder of the blocks, empty ones, and one that two threads share.
  private static let shapes: [(Int, Int, Int)] =
    (0...35).map { ($0, 1 + $0 % 5, 7) } + (0...35).map { (9, $0, 1 + $0 % 19) }
    + (0...20).map { (1 + $0 % 3, 17, $0) } + [(1, 1, 1), (130, 67, 131)]

  @Test("Products, biases and descent")
  func products() {
    defer {
      kernelSetLevel(0)
      kernelSetThreads(0)
    }
    var generator = SplitMix64(seed: 1)
    for (rows, columns, terms) in Self.shapes {
      let w: Matrix<Double> = random(rows, terms, &generator)
      let a: Matrix<Double> = random(terms, columns, &generator)
      let delta: Matrix<Double> = random(rows, columns, &generator)
      let plain = results(w, a, delta, Double.plainly).map(bits)
      let w32 = w.map { Float($0) }
      let a32 = a.map { Float($0) }
      let delta32 = delta.map { Float($0) }
      let plain32 = results(w32, a32, delta32, Float.plainly).map(bits)
      for level in 1...kernelLevelCount() {
        for threads in 1...2 {
          #expect(kernelSetLevel(level) == level)
          kernelSetThreads(Int32(threads))
          #expect(results(w, a, delta, Double.compute).map(bits) == plain)
          #expect(results(w32, a32, delta32, Float.compute).map(bits) == plain32)
        }
      }
    }
  }

  @Test("exp, sigmoid and tanh of many numbers are those of one, in every lane and tail")
  func functions() {
    defer { kernelSetLevel(0) }
    var generator = SplitMix64(seed: 2)
    let special = [0, -0.0, 1e-300, -745, -746, 709.7, 710, 1e9, -1e9, 355, -355, 20, -20.5]
    for level in 1...kernelLevelCount() {
      kernelSetLevel(level)
      for count in 0...40 {
        let x = (0..<count).map { _ in
          generator.index(below: 3) == 0
            ? special[generator.index(below: special.count)] : generator.uniform(-30, 30)
        }
        let z = Matrix(column: x)
        #expect(bits(Activation.sigmoid.forward(z)) == x.map { Double.sigmoid($0).bitPattern })
        #expect(bits(Activation.tanh.forward(z)) == x.map { Double.tanh($0).bitPattern })
        let y = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
          x.withUnsafeBufferPointer { Double.exponentials($0, into: buffer) }
          filled = count
        }
        #expect(y.map(\.bitPattern) == x.map { Double.exp($0).bitPattern })
      }
    }
  }

  @Test(
    "exp, sigmoid and tanh are within three units of the last place of 50-digit arithmetic",
    arguments: [
      // mpmath: exp, sigmoid and tanh of the double nearest to z.
      (0.001, 1.0010005001667083, 0.50024999997916667, 0.00099999966666680002),
      (-3.75, 0.023517745856009108, 0.022977369910025615, -0.9988944427261528),
      (0.25, 1.2840254166877415, 0.5621765008857981, 0.24491866240370913),
      (17.5, 39824784.397576225, 0.99999997489000907, 0.99999999999999874),
    ])
  func values(z: Double, exp: Double, sigmoid: Double, tanh: Double) {
    #expect(Swift.abs(Double.exp(z) - exp) <= 3 * exp.ulp)
    #expect(Swift.abs(Double.sigmoid(z) - sigmoid) <= 3 * sigmoid.ulp)
    #expect(Swift.abs(Double.tanh(z) - tanh) <= 3 * tanh.ulp)
  }

  @Test("NaN stays NaN, and infinities have their limits")
  func notFinite() {
    #expect(Double.exp(.nan).isNaN && Double.sigmoid(.nan).isNaN && Double.tanh(.nan).isNaN)
    #expect(Double.exp(.infinity) == .infinity && Double.exp(-.infinity) == 0)
    #expect(Double.sigmoid(.infinity) == 1 && Double.sigmoid(-.infinity) == 0)
    #expect(Double.tanh(.infinity) == 1 && Double.tanh(-.infinity) == -1)
  }

  @Test("A Float network trains like a Double one, to rounding")
  func float() throws {
    var generator = SplitMix64(seed: 3)
    var double = try Network<Double>.random(
      sizes: [9, 7, 3], hidden: .relu, output: .softmax, .he, using: &generator)
    var float = try double.map { Float($0) }
    let inputs: Matrix<Double> = random(9, 21, &generator)
    let targets = try Matrix<Double>.oneHot((0..<21).map { $0 % 3 }, classes: 3)
    for seed in 0..<10 {
      var one = SplitMix64(seed: UInt64(seed))
      var two = one
      try double.trainEpoch(
        inputs: inputs, targets: targets, loss: .crossEntropy(reduction: .mean),
        learningRate: 0.1, batchSize: 8, using: &one)
      try float.trainEpoch(
        inputs: inputs.map { Float($0) }, targets: targets.map { Float($0) },
        loss: .crossEntropy(reduction: .mean), learningRate: 0.1, batchSize: 8, using: &two)
    }
    for (a, b) in zip(double.parameters, float.parameters) {
      #expect(Swift.abs(a - Double(b)) < 1e-5)
    }
  }
}
