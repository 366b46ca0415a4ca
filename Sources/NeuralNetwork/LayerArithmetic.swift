import Kernels

extension Scalar {
  public static var lineLength: Int { 1 }

  public static func compute(_ product: MatrixProduct<Self>) { product.computePlainly() }

  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Self>,
    into a: UnsafeMutableBufferPointer<Self>
  ) {
    for index in z.indices { a[index] = activation(z[index]) }
  }

  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Self>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Self>, a: UnsafeBufferPointer<Self>
  ) {
    for index in dA.indices {
      dA[index] = dA[index] * activation.derivative(z: z[index], a: a[index])
    }
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Self>, into y: UnsafeMutableBufferPointer<Self>
  ) {
    for index in x.indices { y[index] = exp(x[index]) }
  }

  public static func transpose(
    rows: Int, columns: Int, from source: UnsafePointer<Self>, step: Int,
    into target: UnsafeMutablePointer<Self>, step targetStep: Int
  ) {
    for column in 0..<columns {
      for row in 0..<rows { target[row &* targetStep &+ column] = source[column &* step &+ row] }
    }
  }

  public static func copy(
    _ count: Int, from source: UnsafePointer<Self>, to target: UnsafeMutablePointer<Self>
  ) -> Bool {
    var isFinite = true
    for index in 0..<count {
      target[index] = source[index]
      isFinite = isFinite && source[index].value.isFinite
    }
    return isFinite
  }
}

extension Activation {
  /// The kernel's name of a function that kernels have.
  @inline(__always)
  fileprivate var kernel: KernelFunction? {
    switch self {
    case .sigmoid: KernelFunctionSigmoid
    case .tanh: KernelFunctionTanh
    case .relu: KernelFunctionReLU
    default: nil
    }
  }
}

extension KernelFetch {
  @inline(__always)
  fileprivate init<T: Scalar>(_ upcoming: Upcoming<T>?) {
    self.init()
    guard let upcoming, let order = upcoming.order.baseAddress else { return }
    let size = MemoryLayout<T>.stride
    from = UnsafeRawPointer(upcoming.source.start).assumingMemoryBound(to: CChar.self)
    step = upcoming.source.stride * size
    bytes = upcoming.source.rows * size
    self.order = order
    count = upcoming.order.count
  }
}

extension Double {
  public static var lineLength: Int { 8 }

  @inline(__always)
  public static func compute(_ p: MatrixProduct<Double>) {
    guard p.rows % lineLength == 0 else { return p.computePlainly() }
    var kernel = KernelProductF64(
      rows: p.rows, columns: p.columns, terms: p.terms, left: p.left, leftStep: p.leftStep,
      right: p.right, rightTermStep: p.rightTermStep, rightColumnStep: p.rightColumnStep,
      into: p.into, intoStep: p.intoStep, ending: KernelEndingStore, biases: nil, rate: 0,
      weight: 1, shrink: 0, fetch: KernelFetch(p.upcoming))
    switch p.ending {
    case .store: break
    case .addBiases(let biases):
      kernel.ending = KernelEndingAddBiases
      kernel.biases = biases
    case .descend(let rate, let weight, let shrink):
      kernel.ending = KernelEndingDescend
      (kernel.rate, kernel.weight, kernel.shrink) = (rate, weight, shrink)
    }
    kernelProductF64(&kernel)
  }

  @inline(__always)
  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Double>,
    into a: UnsafeMutableBufferPointer<Double>
  ) {
    guard let from = z.baseAddress, let to = a.baseAddress else { return }
    guard let function = activation.kernel else {
      for index in z.indices { a[index] = activation(z[index]) }
      return
    }
    kernelApplyF64(function, z.count, from, to)
  }

  @inline(__always)
  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Double>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Double>, a: UnsafeBufferPointer<Double>
  ) {
    guard let z0 = z.baseAddress, let a0 = a.baseAddress, let d0 = dA.baseAddress else { return }
    guard let function = activation.kernel else {
      for index in dA.indices {
        dA[index] = dA[index] * activation.derivative(z: z[index], a: a[index])
      }
      return
    }
    kernelSlopesF64(function, dA.count, z0, a0, d0)
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>
  ) {
    guard let from = x.baseAddress, let to = y.baseAddress else { return }
    kernelApplyF64(KernelFunctionExp, x.count, from, to)
  }

  public static func transpose(
    rows: Int, columns: Int, from source: UnsafePointer<Double>, step: Int,
    into target: UnsafeMutablePointer<Double>, step targetStep: Int
  ) {
    kernelTransposeF64(rows, columns, source, step, target, targetStep)
  }

  public static func copy(
    _ count: Int, from source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>
  ) -> Bool {
    kernelCopyF64(count, source, target) != 0
  }
}

extension Float {
  public static var lineLength: Int { 16 }

  @inline(__always)
  public static func compute(_ p: MatrixProduct<Float>) {
    guard p.rows % lineLength == 0 else { return p.computePlainly() }
    var kernel = KernelProductF32(
      rows: p.rows, columns: p.columns, terms: p.terms, left: p.left, leftStep: p.leftStep,
      right: p.right, rightTermStep: p.rightTermStep, rightColumnStep: p.rightColumnStep,
      into: p.into, intoStep: p.intoStep, ending: KernelEndingStore, biases: nil, rate: 0,
      weight: 1, shrink: 0, fetch: KernelFetch(p.upcoming))
    switch p.ending {
    case .store: break
    case .addBiases(let biases):
      kernel.ending = KernelEndingAddBiases
      kernel.biases = biases
    case .descend(let rate, let weight, let shrink):
      kernel.ending = KernelEndingDescend
      (kernel.rate, kernel.weight, kernel.shrink) = (rate, Float(weight), Float(shrink))
    }
    kernelProductF32(&kernel)
  }

  @inline(__always)
  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Float>,
    into a: UnsafeMutableBufferPointer<Float>
  ) {
    guard let from = z.baseAddress, let to = a.baseAddress else { return }
    guard let function = activation.kernel else {
      for index in z.indices { a[index] = activation(z[index]) }
      return
    }
    kernelApplyF32(function, z.count, from, to)
  }

  @inline(__always)
  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Float>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Float>, a: UnsafeBufferPointer<Float>
  ) {
    guard let z0 = z.baseAddress, let a0 = a.baseAddress, let d0 = dA.baseAddress else { return }
    guard let function = activation.kernel else {
      for index in dA.indices {
        dA[index] = dA[index] * activation.derivative(z: z[index], a: a[index])
      }
      return
    }
    kernelSlopesF32(function, dA.count, z0, a0, d0)
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Float>, into y: UnsafeMutableBufferPointer<Float>
  ) {
    guard let from = x.baseAddress, let to = y.baseAddress else { return }
    kernelApplyF32(KernelFunctionExp, x.count, from, to)
  }

  public static func transpose(
    rows: Int, columns: Int, from source: UnsafePointer<Float>, step: Int,
    into target: UnsafeMutablePointer<Float>, step targetStep: Int
  ) {
    kernelTransposeF32(rows, columns, source, step, target, targetStep)
  }

  public static func copy(
    _ count: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) -> Bool {
    kernelCopyF32(count, source, target) != 0
  }
}
