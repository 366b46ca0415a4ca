import Foundation
import NeuralNetwork

/// Where a value of an axis lies on the page, and which values are labelled.
struct Scale {
  let range: ClosedRange<Double>
  let isLogarithmic: Bool
  let start: Double
  let end: Double

  init(_ axis: Plot.Axis, values: [Double], from start: Double, to end: Double) {
    isLogarithmic = axis.scale == .logarithmic
    self.start = start
    self.end = end
    let shown = values.filter { $0.isFinite && (axis.scale == .linear || $0 > 0) }
    let low = shown.min() ?? (isLogarithmic ? 1 : 0)
    let high = shown.max() ?? (isLogarithmic ? 10 : 1)
    if let range = axis.range {
      self.range = range
    } else if isLogarithmic {
      // Whole decades, and a little room for the markers at the ends.
      let bottom = Foundation.floor(Foundation.log10(low))
      let top = max(Foundation.ceil(Foundation.log10(high)), bottom + 1)
      let room = (top - bottom) * 0.03
      range = Foundation.pow(10, bottom - room)...Foundation.pow(10, top + room)
    } else {
      let margin = high > low ? (high - low) * 0.05 : max(1, abs(high) * 0.05)
      range = (low - margin)...(high + margin)
    }
  }

  /// Whether the value can be drawn: a logarithmic axis has no place for 0.
  func shows(_ value: Double) -> Bool { value.isFinite && (!isLogarithmic || value > 0) }

  func position(_ value: Double) -> Double {
    let fraction =
      isLogarithmic
      ? Foundation.log(value / range.lowerBound)
        / Foundation.log(range.upperBound / range.lowerBound)
      : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    // A line far outside is cut by the frame; its coordinates stay small.
    return start + (end - start) * min(max(fraction, -2), 3)
  }

  var ticks: [(value: Double, label: String)] {
    isLogarithmic ? decades : steps
  }

  private var decades: [(value: Double, label: String)] {
    let first = Int(Foundation.log10(range.lowerBound).rounded(.up))
    let last = Int(Foundation.log10(range.upperBound).rounded(.down))
    let stride = max(1, (last - first + 6) / 7)
    return Swift.stride(from: first, through: last, by: stride).map {
      (Foundation.pow(10, Double($0)), "10\(superscript($0))")
    }
  }

  /// About five round steps of 1, 2 or 5 times a power of ten.
  private var steps: [(value: Double, label: String)] {
    let rough = (range.upperBound - range.lowerBound) / 5
    let power = Foundation.pow(10, Foundation.floor(Foundation.log10(rough)))
    let step = power * ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10)
    let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    let decimals = DecimalDigits(step).rounded(toSignificant: 2).decimals
    return (first...last).map { index in
      let value = Double(index) * step
      return (value, NumberFormat.decimals(decimals).text(value))
    }
  }
}
