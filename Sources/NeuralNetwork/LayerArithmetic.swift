import Kernels

extension Scalar {
  public static var lineLength: Int { 1 }

  public static func compute(_ product: MatrixProduct<Self>) { product.computePlainly() }

  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Self>,
    into a: UnsafeMutableBufferPointer<Self>
  ) -> Bool { false }

  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Self>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Self>, a: UnsafeBufferPointer<Self>
  ) -> Bool { false }

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

  public static func areFinite(_ x: UnsafeBufferPointer<Self>) -> Bool {
    x.allSatisfy(\.value.isFinite)
  }

  public static func areDistributions(
    _ columns: UnsafeBufferPointer<Self>, rows: Int, tolerance: Double
  ) -> Bool { false }
}

extension Activation {
  /// The kernel's name of a function that kernels have.
  @inline(__always)
  var kernel: KernelFunction? {
    switch self {
    case .sigmoid: KernelFunctionSigmoid
    case .tanh: KernelFunctionTanh
    case .relu: KernelFunctionReLU
    case .identity: KernelFunctionIdentity
    default: nil
    }
  }
}

extension MatrixProduct {
  /// The product as kernels take it.
  @inline(__always)
  fileprivate var kernel: KernelProduct {
    var kernel = KernelProduct()
    (kernel.rows, kernel.columns, kernel.terms) = (rows, columns, terms)
    (kernel.left, kernel.leftStep) = (UnsafeRawPointer(left), leftStep)
    (kernel.right, kernel.isByTerm) = (UnsafeRawPointer(right.starts), isTransposed ? 1 : 0)
    kernel.numbers = UnsafeRawPointer(right.numbers)
    (kernel.into, kernel.intoStep) = (UnsafeMutableRawPointer(into), intoStep)
    kernel.ending = KernelEndingStore
    switch ending {
    case .store: break
    case .addBiases(let biases):
      kernel.ending = KernelEndingAddBiases
      kernel.biases = UnsafeRawPointer(biases)
    case .descend(let rate, let weight, let shrink):
      kernel.ending = KernelEndingDescend
      (kernel.rate, kernel.weight, kernel.shrink) = (rate.value, weight, shrink)
    }
    return kernel
  }
}

extension Double {
  public static var lineLength: Int { 8 }

  @inline(__always)
  public static func compute(_ product: MatrixProduct<Double>) {
    guard product.rows % lineLength == 0 else { return product.computePlainly() }
    var kernel = product.kernel
    kernelProductF64(&kernel)
  }

  @inline(__always)
  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Double>,
    into a: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    guard let function = activation.kernel else { return false }
    if !z.isEmpty { kernelApplyF64(function, z.count, z.baseAddress, a.baseAddress) }
    return true
  }

  @inline(__always)
  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Double>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Double>, a: UnsafeBufferPointer<Double>
  ) -> Bool {
    guard let function = activation.kernel else { return false }
    if !z.isEmpty {
      kernelSlopesF64(function, z.count, z.baseAddress, a.baseAddress, dA.baseAddress)
    }
    return true
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

  public static func areFinite(_ x: UnsafeBufferPointer<Double>) -> Bool {
    x.baseAddress.map { kernelAreFiniteF64(x.count, $0) != 0 } ?? true
  }

  public static func areDistributions(
    _ columns: UnsafeBufferPointer<Double>, rows: Int, tolerance: Double
  ) -> Bool {
    guard let numbers = columns.baseAddress else { return true }
    return kernelAreDistributionsF64(rows, columns.count / rows, numbers, tolerance) != 0
  }
}

extension Float {
  public static var lineLength: Int { 16 }

  @inline(__always)
  public static func compute(_ product: MatrixProduct<Float>) {
    guard product.rows % lineLength == 0 else { return product.computePlainly() }
    var kernel = product.kernel
    kernelProductF32(&kernel)
  }

  @inline(__always)
  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Float>,
    into a: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    guard let function = activation.kernel else { return false }
    if !z.isEmpty { kernelApplyF32(function, z.count, z.baseAddress, a.baseAddress) }
    return true
  }

  @inline(__always)
  public static func multiply(
    _ dA: UnsafeMutableBufferPointer<Float>, bySlopeOf activation: Activation,
    z: UnsafeBufferPointer<Float>, a: UnsafeBufferPointer<Float>
  ) -> Bool {
    guard let function = activation.kernel else { return false }
    if !z.isEmpty {
      kernelSlopesF32(function, z.count, z.baseAddress, a.baseAddress, dA.baseAddress)
    }
    return true
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

  public static func areFinite(_ x: UnsafeBufferPointer<Float>) -> Bool {
    x.baseAddress.map { kernelAreFiniteF32(x.count, $0) != 0 } ?? true
  }

  public static func areDistributions(
    _ columns: UnsafeBufferPointer<Float>, rows: Int, tolerance: Double
  ) -> Bool {
    guard let numbers = columns.baseAddress else { return true }
    return kernelAreDistributionsF32(rows, columns.count / rows, numbers, Float(tolerance)) != 0
  }
}
