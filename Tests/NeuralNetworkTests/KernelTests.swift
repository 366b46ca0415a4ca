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

  /// `W A`, `W A + b` and a step of descent for weights and biases, by `compute`, in padded memory. The
  /// products are made in halves of the columns, the step in halves of the rows, as by two threads.
  private func results<T: Scalar>(
    _ w: Matrix<T>, _ a: Matrix<T>, _ delta: Matrix<T>, _ compute: (MatrixProduct<T>) -> Void
  ) -> [Matrix<T>] {
    a.withPanel { results(w, ExampleInputs($0), a.columns, delta, compute) }
  }

  private func results<T: Scalar>(
    _ w: Matrix<T>, _ a: ByteMatrix, _ delta: Matrix<T>, _ compute: (MatrixProduct<T>) -> Void
  ) throws -> [Matrix<T>] {
    var all: [Matrix<T>] = []
    try a.withInputs { all = results(w, $0, a.columns, delta, compute) }
    return all
  }

  private func results<T: Scalar>(
    _ w: Matrix<T>, _ a: ExampleInputs<T>, _ count: Int, _ delta: Matrix<T>,
    _ compute: (MatrixProduct<T>) -> Void
  ) -> [Matrix<T>] {
    func panel(_ matrix: Matrix<T>) -> Panel<T> {
      let panel = Panel<T>(zeros: matrix.shape)
      panel.set(to: matrix)
      return panel
    }
    let biases = panel(Matrix(rows: w.rows, columns: 1) { row, _ in T(Double(row) * 0.3 - 1) })
    let one = panel(Matrix(column: [T(1)]))
    let (w, delta) = (panel(w), panel(delta))
    let z = Panel<T>(zeros: delta.shape)
    defer { for panel in [biases, one, w, delta, z] { panel.deallocate() } }
    let lists = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: 2 * count)
    defer { lists.deallocate() }
    Array(0..<count).withUnsafeBufferPointer { a.list($0, in: lists) }
    (lists + count).set(to: one, repeatElement(0, count: count))
    let (columns, ones) = (Columns(lists, numbers: a.numbers), Columns<T>(lists + count))
    var results: [Matrix<T>] = []
    for ending in [ProductEnding.store, .addBiases(biases.start)] {
      let middle = z.columns / 2
      for half in [0..<middle, middle..<z.columns] {
        compute(MatrixProduct(w, columns, into: z, columns: half, ending: ending))
      }
      results.append(z.matrix(columns: 0..<z.columns))
    }
    let descend = ProductEnding.descend(rate: T(0.3), weight: 0.25, shrink: 0.125)
    let middle = w.paddedRows / 2 / T.lineLength * T.lineLength
    for rows in [0..<middle, middle..<w.paddedRows] {
      compute(
        MatrixProduct(
          delta: delta, a: columns, examples: delta.columns, into: w, rows: rows,
          ending: descend))
      compute(
        MatrixProduct(
          delta: delta, a: ones, examples: delta.columns, into: biases, rows: rows,
          ending: descend))
    }
    results.append(w.matrix(columns: 0..<w.columns))
    results.append(biases.matrix(columns: 0..<1))
    for panel in [w, z, biases] {
      for column in 0..<panel.columns {
        for row in panel.rows..<panel.stride { #expect(panel[column][row].value.isFinite) }
      }
    }
    return results
  }

  /// Shapes with every remainder of the blocks, empty ones, and one that two threads share.
  private static let shapes: [(Int, Int, Int)] =
    (0...35).map { ($0, 1 + $0 % 5, 7) } + (0...35).map { (9, $0, 1 + $0 % 19) }
    + (0...20).map { (1 + $0 % 3, 17, $0) } + [(1, 1, 1), (9, 6, 64), (130, 67, 131)]

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
      let plain = results(w, a, delta, { $0.computePlainly() }).map(bits)
      let w32 = w.map { Float($0) }
      let a32 = a.map { Float($0) }
      let delta32 = delta.map { Float($0) }
      let plain32 = results(w32, a32, delta32, { $0.computePlainly() }).map(bits)
      for level in 1...kernelLevelCount() {
        #expect(kernelSetLevel(level) == level)
        #expect(results(w, a, delta, Double.compute).map(bits) == plain)
        #expect(results(w32, a32, delta32, Float.compute).map(bits) == plain32)
      }
    }
  }

  @Test("Products with bytes, and descent: the bits of the same with the bytes' numbers")
  func bytes() throws {
    defer { kernelSetLevel(0) }
    var generator = SplitMix64(seed: 3)
    for (rows, columns, terms) in Self.shapes {
      let w: Matrix<Double> = random(rows, terms, &generator)
      let a = ByteMatrix(
        rows: terms, columns: columns,
        bytes: (0..<(terms * columns)).map { _ in UInt8(generator.index(below: 256)) }, scale: 255)
      let delta: Matrix<Double> = random(rows, columns, &generator)
      let (w32, delta32) = (w.map { Float($0) }, delta.map { Float($0) })
      let numbers = results(w, Matrix(a), delta, { $0.computePlainly() }).map(bits)
      let numbers32 = results(w32, Matrix(a), delta32, { $0.computePlainly() }).map(bits)
      #expect(try results(w, a, delta, { $0.computePlainly() }).map(bits).elementsEqual(numbers))
      #expect(
        try results(w32, a, delta32, { $0.computePlainly() }).map(bits).elementsEqual(numbers32))
      for level in 1...kernelLevelCount() {
        kernelSetLevel(level)
        #expect(try results(w, a, delta, Double.compute).map(bits).elementsEqual(numbers))
        #expect(try results(w32, a, delta32, Float.compute).map(bits).elementsEqual(numbers32))
      }
    }
  }

  @Test("Trained parameters have the same bits at every level, with one thread and with two")
  func training() throws {
    defer {
      kernelSetLevel(0)
      kernelSetThreads(0)
    }
    func parameters<T: Scalar>(
      _ network: Network<T>, _ inputs: Matrix<T>, _ targets: Matrix<T>, _ loss: Loss
    ) throws -> [Double] {
      var network = network
      var generator = SplitMix64(seed: 9)
      for _ in 0..<2 {
        try network.trainEpoch(
          inputs: inputs, targets: targets, loss: loss,
          regularization: .lambdaOver2m(lambda: 0.1), learningRate: T(0.1), batchSize: 23,
          dropRates: [0, 0.5], using: &generator)
      }
      return network.parameters.map(\.value)
    }
    var generator = SplitMix64(seed: 8)
    let network = try Network<Double>.random(
      sizes: [320, 50, 33, 5], hidden: .sigmoid, output: .softmax, .xavier, using: &generator)
    let inputs: Matrix<Double> = random(320, 61, &generator)
    let targets = try Matrix<Double>.oneHot((0..<61).map { $0 % 5 }, classes: 5)
    var results: [[Double]] = []
    var results32: [[Double]] = []
    for level in 1...kernelLevelCount() {
      for threads in 1...2 {
        kernelSetLevel(level)
        kernelSetThreads(Int32(threads))
        let workspace = Workspace(of: try network.map { Float($0) }, examples: 23, isMasked: true)
        #expect(workspace.parts(examples: 23) == Int(kernelThreads()))
        results.append(
          try parameters(network, inputs, targets, .squaredError(factor: 1, reduction: .sum)))
        results32.append(
          try parameters(
            try network.map { Float($0) }, inputs.map { Float($0) }, targets.map { Float($0) },
            .crossEntropy(reduction: .mean)))
      }
    }
    #expect(results.allSatisfy { $0.elementsEqual(results[0]) })
    #expect(results32.allSatisfy { $0.elementsEqual(results32[0]) })
    #expect(results[0] != network.parameters)
  }

  /// The functions of `count` numbers are those of one, in every lane and tail; so are the slopes.
  private func compareFunctions<T: Scalar>(
    _ x: [T], _ bits: (T) -> UInt64
  ) throws {
    let z = Matrix(column: x)
    for activation in [Activation.sigmoid, .tanh, .relu] {
      let a = activation.forward(z)
      #expect(a.elements.map(bits) == x.map { bits(activation($0)) })
      let dA = z.map { T(0.7) * $0 + T(1) }
      let expected = x.indices.map {
        dA.elements[$0] * activation.derivative(z: x[$0], a: a.elements[$0])
      }
      #expect(
        try activation.backward(dA: dA, z: z, a: a).elements.map(bits) == expected.map(bits))
    }
    let y = [T](unsafeUninitializedCapacity: x.count) { buffer, filled in
      x.withUnsafeBufferPointer { T.exponentials($0, into: buffer) }
      filled = x.count
    }
    #expect(y.map(bits) == x.map { bits(T.exp($0)) })
  }

  @Test("The functions and slopes of many numbers are those of one, in every lane and tail")
  func functions() throws {
    defer { kernelSetLevel(0) }
    var generator = SplitMix64(seed: 2)
    let special = [
      0, -0.0, 1e-300, -745, -746, 709.7, 710, 1e9, -1e9, 355, -355, 20, -20.5, 88.8, -103, -87.5,
      38, -38, 38.0.nextDown, -38.0.nextUp, 1.0 / 64, -3.0 / 64, 37.984375,
    ]
    for level in 1...kernelLevelCount() {
      kernelSetLevel(level)
      for count in 0...40 {
        let x = (0..<count).map { _ in
          generator.index(below: 3) == 0
            ? special[generator.index(below: special.count)] : generator.uniform(-30, 30)
        }
        try compareFunctions(x) { $0.bitPattern }
        try compareFunctions(x.map { Float($0) }) { UInt64($0.bitPattern) }
      }
    }
  }

  @Test("A transpose has rows for columns, in every remainder of its squares")
  func transposes() {
    func compare<T: Scalar>(_ matrix: Matrix<T>) {
      let panel = Panel<T>(zeros: matrix.shape)
      let other = Panel<T>(zeros: matrix.transposedShape)
      defer { for panel in [panel, other] { panel.deallocate() } }
      panel.set(to: matrix)
      let middle = matrix.rows / 2
      for rows in [0..<middle, middle..<panel.paddedRows] {
        panel.transpose(into: other, rows: rows)
      }
      #expect(other.matrix(columns: 0..<matrix.rows) == matrix.transposed)
    }
    var generator = SplitMix64(seed: 4)
    for rows in 1...13 {
      for columns in 1...13 {
        let matrix: Matrix<Double> = random(rows, columns, &generator)
        compare(matrix)
        compare(matrix.map { Float($0) })
      }
    }
  }

  @Test("Numbers are finite unless one is not, wherever it stands")
  func finite() {
    defer { kernelSetLevel(0) }
    for level in 1...kernelLevelCount() {
      kernelSetLevel(level)
      for count in 0...40 {
        var x = (0..<count).map { $0 % 2 == 0 ? Double.greatestFiniteMagnitude : -0.0 }
        #expect(x.withUnsafeBufferPointer(Double.areFinite))
        let y = x.map { Float($0 == 0 ? -1 : Double(Float.greatestFiniteMagnitude)) }
        #expect(y.withUnsafeBufferPointer(Float.areFinite))
        for place in x.indices {
          for bad in [Double.nan, .infinity, -.infinity] {
            let old = x[place]
            x[place] = bad
            #expect(!x.withUnsafeBufferPointer(Double.areFinite))
            #expect(!x.map { Float($0) }.withUnsafeBufferPointer(Float.areFinite))
            x[place] = old
          }
        }
      }
    }
  }

  @Test(
    "Columns are distributions unless a number is negative or NaN or a sum is off, wherever it stands"
  )
  func distributions() {
    for rows in 1...9 {
      let columns = [Double](repeating: 1 / Double(rows), count: rows * 3)
      func areDistributions(_ numbers: [Double]) -> [Bool] {
        [
          numbers.withUnsafeBufferPointer {
            Double.areDistributions($0, rows: rows, tolerance: 1e-9)
          },
          numbers.map { Float($0) }.withUnsafeBufferPointer {
            Float.areDistributions($0, rows: rows, tolerance: 1e-6)
          },
        ]
      }
      #expect(areDistributions(columns) == [true, true])
      for place in columns.indices {
        for bad in [-0.25, .nan, .infinity, columns[place] + 1e-3, columns[place] - 1e-3] {
          var numbers = columns
          numbers[place] = bad
          #expect(areDistributions(numbers) == [false, false], "\(bad) at \(place) of \(rows)")
        }
        guard rows > 1 else { continue }
        // A sum of 1 in spite of it.
        var numbers = columns
        numbers[place] = -0.25
        numbers[place % rows == 0 ? place + 1 : place - 1] += 0.25 + columns[place]
        #expect(areDistributions(numbers) == [false, false], "place \(place) of \(rows)")
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
    // The same of Float, at a number that both have.
    let x = Double(Float(z))
    #expect(Swift.abs(Float.exp(Float(z)) - Float(Double.exp(x))) <= 3 * Float.exp(Float(z)).ulp)
    #expect(
      Swift.abs(Float.sigmoid(Float(z)) - Float(Double.sigmoid(x)))
        <= 3 * Float.sigmoid(Float(z)).ulp)
    #expect(
      Swift.abs(Float.tanh(Float(z)) - Float(Double.tanh(x))) <= 3 * Float.tanh(Float(z)).ulp)
  }

  @Test(
    "The sigmoid is within two units of the last place: at the ends of its table and its cells, and beyond",
    arguments: [
      // 50-digit arithmetic, of the double nearest to z.
      (-37.99, 3.170681601107497e-17),
      (-38.01, 3.1078978988837195e-17),
      (-23.5678, 5.81613541344043e-11),
      (-8.015625, 0.00033015272509780104),
      (-0.015625, 0.4960938294709195),
      (0.015625, 0.5039061705290805),
      (0.75, 0.679178699175393),
      (2.984375, 0.9518632288833652),
      (5.4321, 0.9956451467374158),
      (36.6, 0.9999999999999999),
      (-700.5, 5.980196118639791e-305),
    ])
  func sigmoidValues(z: Double, sigmoid: Double) {
    #expect(Swift.abs(Double.sigmoid(z) - sigmoid) <= 2 * sigmoid.ulp)
  }

  @Test("NaN stays NaN, and infinities have their limits")
  func notFinite() {
    #expect(Double.exp(.nan).isNaN && Double.sigmoid(.nan).isNaN && Double.tanh(.nan).isNaN)
    #expect(Double.exp(.infinity) == .infinity && Double.exp(-.infinity) == 0)
    #expect(Double.sigmoid(.infinity) == 1 && Double.sigmoid(-.infinity) == 0)
    #expect(Double.tanh(.infinity) == 1 && Double.tanh(-.infinity) == -1)
  }

  @Test("Distributions in Float add up to 1 as far as a Float can")
  func softTargets() throws {
    let loss = Loss.crossEntropy(reduction: .mean)
    try loss.check(targets: Matrix<Float>(rows: 10, columns: 2) { _, _ in 0.1 })
    #expect(throws: NetworkError.self) {
      try loss.check(targets: Matrix<Float>(rows: 10, columns: 2) { _, _ in 0.100001 })
    }
    #expect(throws: NetworkError.self) {
      try loss.check(targets: Matrix<Double>(rows: 10, columns: 1) { _, _ in Double(Float(0.1)) })
    }
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
