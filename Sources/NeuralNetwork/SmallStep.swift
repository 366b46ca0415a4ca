import Kernels

/// A step of gradient descent of a network of a few units, all at once.
///
/// The sums of such a network take less time than dividing them into products, functions and slopes; so one
/// kernel does what the phases of `TrainingStep` do, with the same bits.
public struct SmallStep<T: Scalar> {
  let layers: UnsafeBufferPointer<KernelLayer>
  let examples: Int
  let inputs: Columns<T>
  let targets: Columns<T>
  /// δ of the output is `scale · (a − y)`, times the slope unless it is fused with the loss.
  let scale: Double
  let isFused: Bool
  let rate: T
  let weight: Double
  let shrink: Double
  let biasShrink: Double
}

extension Scalar {
  public static func take(_ step: SmallStep<Self>) -> Bool { false }
}

extension Double {
  public static func take(_ step: SmallStep<Double>) -> Bool {
    var kernel = KernelSmallStep(
      layers: step.layers.baseAddress, count: step.layers.count, examples: step.examples,
      inputs: optional(step.inputs), targets: optional(step.targets), scale: step.scale,
      isFused: step.isFused ? 1 : 0, rate: step.rate, weight: step.weight, shrink: step.shrink,
      biasShrink: step.biasShrink)
    return kernelSmallStep(&kernel) != 0
  }
}

extension Workspace {
  /// The layers as the kernel takes them; none where there is dropout or a function that it has not.
  func smallLayers() -> UnsafeBufferPointer<KernelLayer> {
    let small = layers.compactMap { layer -> KernelLayer? in
      guard !isPadded, layer.mask.columns == 0, layer.weights.shape.count > 0,
        let function = layer.activation.kernel
      else { return nil }
      return KernelLayer(
        units: layer.z.rows, inputs: layer.weights.columns, function: function,
        weights: layer.weights.start, biases: layer.biases.start, z: layer.z.start,
        a: layer.a.start, delta: layer.delta.start)
    }
    let memory = UnsafeMutableBufferPointer<KernelLayer>.allocate(capacity: small.count)
    _ = memory.initialize(from: small)
    return UnsafeBufferPointer(
      start: memory.baseAddress, count: small.count == layers.count ? small.count : 0)
  }
}
