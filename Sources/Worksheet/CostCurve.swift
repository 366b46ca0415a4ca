import Notebook

/// The cost of all examples, step by step.
struct CostCurve {
  let title: String
  let costs: [Double]

  /// More points than a page is wide show nothing more.
  private static let mostPoints = 1000

  /// The figure and its data; nothing for a single step.
  var files: [OutputFile] {
    guard costs.count > 2, let plot else { return [] }
    return [
      OutputFile(name: "cost.svg", text: plot.svg), OutputFile(name: "cost.csv", text: table),
    ]
  }

  private var steps: [Int] {
    let stride = (costs.count + Self.mostPoints - 1) / Self.mostPoints
    let chosen = Array(Swift.stride(from: 0, to: costs.count, by: stride))
    return chosen.last == costs.count - 1 ? chosen : chosen + [costs.count - 1]
  }

  private var table: String {
    CSV.text(
      header: ["steps_done", "cost"], rows: steps.map { [String($0), CSV.text(costs[$0])] })
  }

  private var plot: Plot? {
    let shown = steps.map { costs[$0] }
    // An axis has no room for numbers near the end of what a Double holds.
    guard let low = shown.min(), let high = shown.max(), high < 1e200 else { return nil }
    let isWide = low > 1e-200 && high > 100 * low
    let number = NumberFormat.significant(4)
    return Plot(
      title: "Cost by step",
      description:
        "The cost of all examples before each step and after the last: from "
        + "\(number.text(costs[0])) to \(number.text(costs[costs.count - 1])) in "
        + "\(costs.count - 1) steps\(isWide ? ", on a logarithmic axis" : "").",
      x: Plot.Axis("steps done"), y: Plot.Axis("cost", isWide ? .logarithmic : .linear),
      [Plot.Series("cost", x: steps.map(Double.init), y: shown)])
  }
}
