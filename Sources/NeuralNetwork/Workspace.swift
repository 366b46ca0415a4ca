import Kernels

/// The memory of the passes of a network, for up to so many examples: allocated once, used by every step.
///
/// What the passes do, they do for some rows or some examples, so that two threads can share a step.
final class Workspace<T: Scalar> {
  /// One layer's matrices. Layer 1 needs no transpose, since inputs have no δ.
  struct Layer {
    let activation: Activation
    let weights, biases, transposed: Panel<T>
    let z, a, delta: Panel<T>
    /// Dropout's factors, and what is passed on: `a ⊙ mask`. Without dropout that is `a` itself.
    let mask, passed: Panel<T>
    /// The columns of what the layer below passes on, or the inputs; and those of δ.
    let below, deltas: Columns<T>
  }

  let layers: UnsafeMutableBufferPointer<Layer>
  /// The columns of the batch, and those of the next one.
  let inputs, targets, upcoming: UnsafeMutablePointer<UnsafeRawPointer>
  /// For each example a 1, the input that belongs to biases.
  let ones: Columns<T>
  /// Multiplications of one example in one forward pass.
  private let multiplications: Int
  private let panels: [Panel<T>]
  private let tables: [UnsafeMutablePointer<UnsafeRawPointer>]

  /// - Parameters:
  ///   - examples: how many there is room for.
  ///   - isMasked: whether there is dropout.
  ///   - goesBack: whether there is a backward pass.
  ///   - numbers: the number of every byte, where the inputs are bytes.
  init(
    of network: Network<T>, examples: Int, isMasked: Bool, goesBack: Bool = true,
    numbers: UnsafePointer<T>? = nil
  ) {
    let shapes = network.layers.map(\.weights.shape)
    multiplications = shapes.map { $0.rows * $0.columns }.reduce(0, +)
    var panels: [Panel<T>] = []
    func panel(_ rows: Int, _ columns: Int) -> Panel<T> {
      panels.append(Panel(zeros: Shape(rows, columns)))
      return panels[panels.count - 1]
    }
    let one = panel(1, 1)
    one[0][0] = T(1)
    var tables: [UnsafeMutablePointer<UnsafeRawPointer>] = []
    /// The columns of a panel, or at first one and the same for all.
    func table(_ panel: Panel<T>? = nil) -> UnsafeMutablePointer<UnsafeRawPointer> {
      let table = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: examples)
      for column in 0..<examples { table[column] = UnsafeRawPointer(panel?[column] ?? one.start) }
      tables.append(table)
      return table
    }
    inputs = table()
    ones = Columns(goesBack ? table() : inputs)
    targets = goesBack ? table() : inputs
    upcoming = goesBack ? table() : inputs
    layers = .allocate(capacity: shapes.count)
    var below = Columns(inputs, numbers: numbers)
    for (index, layer) in network.layers.enumerated() {
      let (units, inputs) = (shapes[index].rows, shapes[index].columns)
      let hasMask = isMasked && index < shapes.count - 1
      let a = panel(units, examples)
      let delta = panel(units, goesBack ? examples : 0)
      let matrices = Layer(
        activation: layer.activation, weights: panel(units, inputs), biases: panel(units, 1),
        transposed: panel(inputs, index > 0 && goesBack ? units : 0), z: panel(units, examples),
        a: a, delta: delta, mask: panel(units, hasMask ? examples : 0),
        passed: hasMask ? panel(units, examples) : a, below: below,
        deltas: goesBack ? Columns(table(delta)) : below)
      matrices.weights.set(to: layer.weights)
      matrices.biases.set(to: Matrix(column: layer.biases))
      layers.initializeElement(at: index, to: matrices)
      below = Columns(table(matrices.passed))
    }
    self.panels = panels
    self.tables = tables
    if goesBack { transpose() }
  }

  /// Brings the transposes of the weights up to date.
  func transpose() {
    for layer in layers.dropFirst() {
      layer.weights.transpose(into: layer.transposed, rows: 0..<layer.weights.rows)
    }
  }

  /// How many threads share a step on so many examples.
  func parts(examples: Int) -> Int {
    // In lines of numbers. Neighbouring cores gain from half as much on; distant ones lose below.
    let isWorthTwo = T.lineLength > 1 && multiplications * examples / T.lineLength > 25_000
    return examples > 1 && isWorthTwo ? Int(kernelThreads()) : 1
  }

  deinit {
    for panel in panels { panel.deallocate() }
    for table in tables { table.deallocate() }
    layers.deallocate()
  }

  /// The parameters as they stand now.
  func parameters(_ index: Int) -> Parameters<T> {
    Parameters(
      weights: layers[index].weights.matrix(columns: 0..<layers[index].weights.columns),
      biases: layers[index].biases.matrix(columns: 0..<1).elements)
  }

  /// Takes over a pass, its masks too.
  ///
  /// - Throws: `NetworkError.shapeMismatch` for the pass of another network.
  func set(to pass: ForwardPass<T>) throws {
    guard pass.a(0).rows == layers[0].weights.columns else {
      throw NetworkError.shapeMismatch(
        operation: "weights of layer 1 and inputs", left: layers[0].weights.shape,
        right: pass.a(0).shape)
    }
    for (index, layer) in layers.enumerated() {
      try set(layer.z, to: pass.z(index + 1), "units of layer \(index + 1) and its z")
      try set(layer.a, to: pass.a(index + 1), "units of layer \(index + 1) and its a")
    }
    try set(masks: pass.masks)
    for layer in layers where layer.mask.columns > 0 {
      layer.passed.set(to: layer.a, times: layer.mask, 0..<pass.examples)
    }
  }

  /// - Throws: `NetworkError.shapeMismatch` for masks that do not fit the units and examples.
  func set(masks: [Matrix<T>]) throws {
    for (layer, mask) in zip(layers, masks) {
      try set(layer.mask, to: mask, "element-wise product")
    }
  }

  private func set(_ panel: Panel<T>, to matrix: Matrix<T>, _ operation: String) throws {
    guard panel.shape == matrix.shape else {
      throw NetworkError.shapeMismatch(
        operation: operation, left: panel.shape, right: matrix.shape)
    }
    panel.set(to: matrix)
  }

  // MARK: The passes

  /// The sums of layer 1, in some rows: `Z = W X + b`.
  func firstSums(_ inputs: Columns<T>, rows: Range<Int>, examples: Int) {
    let layer = layers[0]
    T.compute(
      MatrixProduct(
        layer.weights, inputs, into: layer.z, rows: rows, columns: 0..<examples,
        ending: .addBiases(layer.biases.start)))
  }

  /// `Z = W A + b`, `A = g(Z)`, layer by layer; the sums of layer 1 are there.
  func forward(_ examples: Range<Int>) {
    for (index, layer) in layers.enumerated() {
      if index > 0 {
        T.compute(
          MatrixProduct(
            layer.weights, layer.below, into: layer.z, columns: examples,
            ending: .addBiases(layer.biases.start)))
      }
      layer.z.note(examples)
      layer.activation.forward(layer.z, into: layer.a, columns: examples)
      layer.a.note(examples)
      if layer.mask.columns > 0 { layer.passed.set(to: layer.a, times: layer.mask, examples) }
    }
  }

  /// The deltas from the output down: `δ^l = (W^(l+1))ᵀ δ^(l+1) ⊙ g′(z^l)`.
  ///
  /// - Throws: as `Loss.delta`.
  func deltas(_ examples: Range<Int>, loss: Loss) throws {
    var above = layers[layers.count - 1]
    try loss.delta(
      z: above.z, a: above.a, activation: above.activation, targets: Columns(targets),
      into: above.delta, columns: examples)
    above.delta.note(examples)
    for index in stride(from: layers.count - 2, through: 0, by: -1) {
      let layer = layers[index]
      T.compute(
        MatrixProduct(
          above.transposed, above.deltas, into: layer.delta, columns: examples, ending: .store))
      if layer.mask.columns > 0 { layer.delta.set(to: layer.delta, times: layer.mask, examples) }
      layer.activation.backward(layer.delta, z: layer.z, a: layer.a, columns: examples)
      layer.delta.note(examples)
      above = layer
    }
  }

  /// `δ aᵀ`, summed over the first examples, of a layer from 0.
  func gradient(_ index: Int, examples: Int) -> Matrix<T> {
    let layer = layers[index]
    let gradient = Panel<T>(zeros: layer.weights.shape)
    defer { gradient.deallocate() }
    T.compute(
      MatrixProduct(
        delta: layer.delta, a: layer.below, examples: examples, into: gradient,
        rows: 0..<gradient.paddedRows, ending: .store))
    return gradient.matrix(columns: 0..<gradient.columns)
  }
}
