import Notebook
import NeuralNetwork

/// One number of a worked solution, with its place.
struct Value: Equatable {
  let key: Key
  let value: Double
  /// Whether the worksheet states it, so that there is nothing to solve.
  let isGiven: Bool

  /// Which number it is. Steps, examples, rows and columns are counted from 1; layer 0 is the input.
  struct Key: Hashable {
    let step: Int
    let example: Int?
    let layer: Int?
    let quantity: String
    let row: Int?
    let column: Int?

    /// The fields as `values.csv` has them.
    var fields: [String] {
      func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
      return [
        String(step), text(example), text(layer), quantity, text(row), text(column),
      ]
    }

    /// In words, for messages: `step 1, example 2, layer 1, z[1]`.
    var description: String {
      let indices = [row, column].compactMap { $0.map(String.init) }.joined(separator: ", ")
      return
        (["step \(step)"]
        + [example.map { "example \($0)" }, layer.map { "layer \($0)" }]
        .compactMap { $0 } + [quantity + (indices.isEmpty ? "" : "[\(indices)]")])
        .joined(separator: ", ")
    }
  }
}

/// All numbers of a worked solution, in the order in which a person computes them.
struct Values {
  static let header = ["step", "example", "layer", "quantity", "row", "column", "value"]

  let all: [Value]

  init<T: Scalar>(_ sheet: Sheet, _ steps: [Step<T>]) {
    var rows = Rows(sheet: sheet)
    for step in steps { rows.add(step) }
    all = rows.values
  }

  /// The table; with `solved: false` the value of what is to be solved is blank.
  func csv(solved: Bool = true) -> String {
    CSV.text(
      header: Self.header,
      rows: all.map { $0.key.fields + [solved || $0.isGiven ? CSV.text($0.value) : ""] })
  }
}

private struct Rows {
  let sheet: Sheet
  var values: [Value] = []

  mutating func add<T: Scalar>(_ step: Step<T>) {
    let isFirst = step.number == 1
    addParameters(step, step.before, "weight", "bias", isGiven: isFirst)
    for (column, example) in step.examples.enumerated() {
      add(step, example, 0, "x", step.a[0].column(column), isGiven: true)
      if !sheet.isForwardOnly {
        add(step, example, step.z.count, "y", step.targets.column(column), isGiven: true)
      }
      for layer in 1...step.z.count {
        add(step, example, layer, "z", step.z[layer - 1].column(column))
        let a = step.a[layer].column(column)
        add(step, example, layer, "a", a)
        if step.masks.indices.contains(layer - 1) {
          let mask = step.masks[layer - 1].column(column)
          add(step, example, layer, "mask", mask, isGiven: true)
          add(step, example, layer, "a_masked", zip(a, mask).map { ($0 * $1).noted })
        }
      }
      if sheet.isForwardOnly { continue }
      if let losses = step.outputLosses {
        add(step, example, step.z.count, "output_loss", losses.column(column))
      }
      add(step, example, "loss", step.losses[column])
    }
    if sheet.isForwardOnly { return }
    if sheet.regularization != .none {
      add(step, nil, "data_cost", step.dataCost)
      add(step, nil, "penalty", (step.cost - step.dataCost).noted)
    }
    add(step, nil, "cost", step.cost)
    if let deltas = step.deltas {
      for (column, example) in step.examples.enumerated() {
        for layer in deltas.indices.reversed() {
          add(step, example, layer + 1, "delta", deltas[layer].column(column))
        }
      }
    }
    if let gradients = step.gradients {
      addParameters(step, gradients, "weight_gradient", "bias_gradient", isGiven: false)
    }
    if let after = step.after {
      addParameters(step, after, "weight_after", "bias_after", isGiven: false)
    }
  }

  private mutating func addParameters<T: Scalar>(
    _ step: Step<T>, _ parameters: [Parameters<T>], _ weight: String, _ bias: String, isGiven: Bool
  ) {
    for (index, layer) in parameters.enumerated() {
      for row in 0..<layer.weights.rows {
        for column in 0..<layer.weights.columns {
          add(
            step, nil, index + 1, weight, row + 1, column + 1, layer.weights[row, column],
            isGiven)
        }
      }
      guard sheet.settings[index].hasBiases else { continue }
      // A shared bias is one number.
      for (row, number) in layer.biases.enumerated()
      where row == 0 || !sheet.settings[index].sharesBias {
        let isShared = sheet.settings[index].sharesBias
        add(step, nil, index + 1, bias, isShared ? nil : row + 1, nil, number, isGiven)
      }
    }
  }

  private mutating func add<T: Scalar>(
    _ step: Step<T>, _ example: Int, _ layer: Int, _ quantity: String, _ numbers: [T],
    isGiven: Bool = false
  ) {
    for (row, number) in numbers.enumerated() {
      add(step, example, layer, quantity, row + 1, nil, number, isGiven)
    }
  }

  private mutating func add<T: Scalar>(
    _ step: Step<T>, _ example: Int?, _ quantity: String, _ number: T
  ) {
    add(step, example, nil, quantity, nil, nil, number, false)
  }

  private mutating func add<T: Scalar>(
    _ step: Step<T>, _ example: Int?, _ layer: Int?, _ quantity: String, _ row: Int?,
    _ column: Int?, _ number: T, _ isGiven: Bool
  ) {
    let key = Value.Key(
      step: step.number, example: example.map { $0 + 1 }, layer: layer, quantity: quantity,
      row: row, column: column)
    values.append(Value(key: key, value: number.value, isGiven: isGiven))
  }
}
