import Kernels

/// Steps of gradient descent of a network of a few units a layer, one after the other.
///
/// The sums of such a network take less time than dividing them into products, functions and slopes; so one
/// kernel does what the phases of `TrainingStep` do, with the same bits.
public struct SmallSteps<T: Scalar> {
  let workspace: Workspace<T>
  let inputs: Panel<T>
  let targets: Panel<T>
  /// δ of the output is `scale · (a − y)`, times the slope unless it is fused with the loss.
  let scale: Double
  let isFused: Bool
  let rate: T
  let weight: Double
  let shrink: Double
  let biasShrink: Double
  /// The examples, as many to each step.
  let order: UnsafeBufferPointer<Int>
  let steps: Int
  let examples: Int
}

extension Scalar {
  public static func take(_ steps: SmallSteps<Self>) -> Int { 0 }
}

extension Double {
  public static func take(_ small: SmallSteps<Double>) -> Int {
    let layers = small.workspace.smallLayers(examples: small.examples)
    guard let first = layers.first else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: first.inputs * small.examples) {
      batch in
      layers.withUnsafeBufferPointer { layers in
        var network = KernelSmall(
          layers: layers.baseAddress, count: layers.count, inputs: small.inputs.start,
          targets: small.targets.start, inputStep: small.inputs.stride,
          targetStep: small.targets.stride, batch: batch.baseAddress, scale: small.scale,
          isFused: small.isFused ? 1 : 0, rate: small.rate, weight: small.weight,
          shrink: small.shrink, biasShrink: small.biasShrink)
        return kernelTrainSmall(&network, small.steps, small.examples, small.order.baseAddress)
      }
    }
  }
}

extension Workspace where T == Double {
  /// The layers as the kernel takes them for steps on so many examples; none where one is too large for it, or
  /// has dropout or a function that it has not.
  func smallLayers(examples: Int) -> [KernelLayer] {
    let small = layers.compactMap { layer -> KernelLayer? in
      let (units, inputs) = (layer.z.rows, layer.weights.columns)
      guard 1...smallStride ~= units, inputs > 0,
        units * inputs * examples <= Self.fewMultiplications, layer.mask.columns == 0,
        let function = layer.activation.kernel
      else { return nil }
      return KernelLayer(
        units: units, inputs: inputs, function: function, weights: layer.weights.start,
        transposed: layer.transposed.start, biases: layer.biases.start, a: layer.a.start,
        slopes: layer.z.start, delta: layer.delta.start)
    }
    return small.count == layers.count ? small : []
  }

  /// With more of them in a layer the phases are faster.
  private static var fewMultiplications: Int { 1000 }
}
