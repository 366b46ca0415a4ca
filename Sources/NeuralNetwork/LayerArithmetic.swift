import Kernels

/// What becomes of the finished sums S of a product.
public enum ProductEnding<T: Scalar> {
  /// `C := S`.
  case store
  /// `C := S + b`, one b a row.
  case addBiases(UnsafePointer<T>)
  /// `C := C − rate · (weight · S + shrink · C)`: a step of gradient descent, when S is a gradient's sum
  /// over the examples.
  case descend(rate: T, weight: Double, shrink: Double)
}

/// A matrix product, each of whose sums starts from its first product and goes on in order.
///
/// `C(i, j) = Σₖ left(i, k) · right(k, j)`; `left` and C lie column by column without gaps.
public struct MatrixProduct<T: Scalar> {
  let rows: Int
  let columns: Int
  let terms: Int
  let left: UnsafePointer<T>
  let right: UnsafePointer<T>
  /// From `right(k, j)` to `right(k + 1, j)`.
  let rightTermStep: Int
  /// From `right(k, j)` to `right(k, j + 1)`.
  let rightColumnStep: Int
  let into: UnsafeMutablePointer<T>
  let ending: ProductEnding<T>
}

extension Scalar {
  /// The product in plain loops.
  public static func compute(_ product: MatrixProduct<Self>) { plainly(product) }

  /// The plain loops by a name of their own, to compare kernels with.
  static func plainly(_ p: MatrixProduct<Self>) {
    for column in 0..<p.columns {
      for row in 0..<p.rows {
        var sum = Self(0)
        for k in 0..<p.terms {
          let term =
            p.left[k * p.rows + row]
            * p.right[k * p.rightTermStep + column * p.rightColumnStep]
          // Starts from the first product, not from 0: a person adds no zero, and rounds none.
          sum = k == 0 ? term : sum + term
        }
        let index = column * p.rows + row
        switch p.ending {
        case .store: p.into[index] = sum
        case .addBiases(let biases): p.into[index] = sum + biases[row]
        case .descend(let rate, let weight, let shrink):
          p.into[index] = p.into[index].descended(
            along: sum, rate: rate, weight: weight, shrink: shrink)
        }
      }
    }
  }

  /// `self − rate · (weight · gradient + shrink · self)`; a factor of 1 or 0 makes no step.
  func descended(along gradient: Self, rate: Self, weight: Double, shrink: Double) -> Self {
    var slope = weight == 1 ? gradient : Self(weight) * gradient
    if shrink != 0 { slope = slope + (shrink == 1 ? self : Self(shrink) * self) }
    return self - rate * slope
  }

  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Self>,
    into a: UnsafeMutableBufferPointer<Self>
  ) {
    for index in z.indices { a[index] = activation(z[index]) }
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Self>, into y: UnsafeMutableBufferPointer<Self>
  ) {
    for index in x.indices { y[index] = exp(x[index]) }
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

extension Double {
  public static func compute(_ p: MatrixProduct<Double>) {
    var kernel = KernelProductF64(
      rows: p.rows, columns: p.columns, terms: p.terms, left: p.left, right: p.right,
      rightTermStep: p.rightTermStep, rightColumnStep: p.rightColumnStep, into: p.into,
      ending: KernelEndingStore, biases: nil, rate: 0, weight: 1, shrink: 0)
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

  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Double>,
    into a: UnsafeMutableBufferPointer<Double>
  ) {
    guard let from = z.baseAddress, let to = a.baseAddress else { return }
    switch activation {
    case .sigmoid: kernelApplyF64(KernelFunctionSigmoid, z.count, from, to)
    case .tanh: kernelApplyF64(KernelFunctionTanh, z.count, from, to)
    case .relu: for index in z.indices { a[index] = z[index] > 0 ? z[index] : 0 }
    default: for index in z.indices { a[index] = activation(z[index]) }
    }
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>
  ) {
    guard let from = x.baseAddress, let to = y.baseAddress else { return }
    kernelApplyF64(KernelFunctionExp, x.count, from, to)
  }

  public static func copy(
    _ count: Int, from source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>
  ) -> Bool {
    kernelCopyF64(count, source, target) != 0
  }
}

extension Float {
  public static func compute(_ p: MatrixProduct<Float>) {
    var kernel = KernelProductF32(
      rows: p.rows, columns: p.columns, terms: p.terms, left: p.left, right: p.right,
      rightTermStep: p.rightTermStep, rightColumnStep: p.rightColumnStep, into: p.into,
      ending: KernelEndingStore, biases: nil, rate: 0, weight: 1, shrink: 0)
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

  public static func activate(
    _ activation: Activation, _ z: UnsafeBufferPointer<Float>,
    into a: UnsafeMutableBufferPointer<Float>
  ) {
    guard let from = z.baseAddress, let to = a.baseAddress else { return }
    switch activation {
    case .sigmoid: kernelApplyF32(KernelFunctionSigmoid, z.count, from, to)
    case .tanh: kernelApplyF32(KernelFunctionTanh, z.count, from, to)
    case .relu: for index in z.indices { a[index] = z[index] > 0 ? z[index] : 0 }
    default: for index in z.indices { a[index] = activation(z[index]) }
    }
  }

  public static func exponentials(
    _ x: UnsafeBufferPointer<Float>, into y: UnsafeMutableBufferPointer<Float>
  ) {
    guard let from = x.baseAddress, let to = y.baseAddress else { return }
    kernelApplyF32(KernelFunctionExp, x.count, from, to)
  }

  public static func copy(
    _ count: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) -> Bool {
    kernelCopyF32(count, source, target) != 0
  }
}

extension Matrix {
  /// `self := left · right`, in the memory that is there.
  @inline(__always)
  mutating func set(to left: Matrix, times right: Matrix, _ ending: ProductEnding<Element>) {
    let (rows, columns) = (rows, columns)
    elements.withUnsafeMutableBufferPointer { into in
      left.elements.withUnsafeBufferPointer { l in
        right.elements.withUnsafeBufferPointer { r in
          guard let into = into.baseAddress else { return }
          Element.compute(
            MatrixProduct(
              rows: rows, columns: columns, terms: left.columns,
              // Never read where there are no terms.
              left: l.baseAddress ?? UnsafePointer(into),
              right: r.baseAddress ?? UnsafePointer(into),
              rightTermStep: 1, rightColumnStep: right.rows, into: into, ending: ending))
        }
      }
    }
  }

  /// A step down the gradient `weight · δ aᵀ + shrink · W` of these weights W.
  @inline(__always)
  mutating func descend(
    delta: Matrix, a: Matrix, rate: Element, weight: Double, shrink: Double
  ) {
    let (rows, columns) = (rows, columns)
    elements.withUnsafeMutableBufferPointer { into in
      delta.elements.withUnsafeBufferPointer { l in
        a.elements.withUnsafeBufferPointer { r in
          guard let into = into.baseAddress, let l = l.baseAddress, let r = r.baseAddress else {
            return
          }
          Element.compute(
            MatrixProduct(
              rows: rows, columns: columns, terms: delta.columns, left: l, right: r,
              rightTermStep: a.rows, rightColumnStep: 1, into: into,
              ending: .descend(rate: rate, weight: weight, shrink: shrink)))
        }
      }
    }
  }

  /// `self := other`, rows and columns exchanged, in blocks that fit the cache's lines.
  @inline(__always)
  mutating func setTransposed(_ other: Matrix) {
    let (rows, columns) = (rows, columns)
    let block = 8
    elements.withUnsafeMutableBufferPointer { into in
      other.elements.withUnsafeBufferPointer { from in
        for top in stride(from: 0, to: rows, by: block) {
          for leftmost in stride(from: 0, to: columns, by: block) {
            for column in leftmost..<min(leftmost + block, columns) {
              for row in top..<min(top + block, rows) {
                into[column &* rows &+ row] = from[row &* columns &+ column]
              }
            }
          }
        }
      }
    }
  }

  /// The chosen columns of `source`, one after the other; false when one is not finite.
  @inline(__always)
  mutating func gather(_ source: Matrix, columns chosen: ArraySlice<Int>) -> Bool {
    let rows = rows
    var isFinite = true
    elements.withUnsafeMutableBufferPointer { into in
      source.elements.withUnsafeBufferPointer { from in
        guard let into = into.baseAddress, let from = from.baseAddress else { return }
        var place = into
        for column in chosen {
          if !Element.copy(rows, from: from + column * rows, to: place) { isFinite = false }
          place += rows
        }
      }
    }
    return isFinite
  }
}
