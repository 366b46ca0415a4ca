import NeuralNetwork
import Notebook

/// Reads the training: learning rate, steps, order, and what stays fixed.
struct TrainingValidator {
  let file: TrainingFile
  let exampleCount: Int
  let network: Network<Double>
  let weightRows: WeightRows

  private var path: Path { Path().key("training") }

  func training(_ settings: inout [Sheet.LayerSetting]) throws -> Sheet.Training {
    guard file.learningRate > 0 else {
      throw Fault(
        path.key("learningRate"),
        "\(shown(file.learningRate)) is out of range; allowed: more than 0")
    }
    let batchSize = try batchSize()
    let parts = ["weights", "biases"]
    let known =
      parts
      + settings.indices.flatMap { index in
        ["layers[\(index)]"] + parts.map { "layers[\(index)].\($0)" }
      }
    let names = Set(known)
    for (index, name) in file.fixed.enumerated() {
      if fixEntry(name, &settings) { continue }
      guard names.contains(name) else {
        let meant = nearest(to: name, among: known.prefix(200)).map { "; did you mean '\($0)'?" }
        throw Fault(
          path.key("fixed")[index],
          "there is no '\(name.prefix(40))'\(meant ?? "; write \"biases\" or \"layers[0].weights\"")"
        )
      }
    }
    for name in names.intersection(file.fixed) { fix(name, &settings) }
    return Sheet.Training(
      learningRate: file.learningRate, steps: try steps(batchSize), batchSize: batchSize)
  }

  private func batchSize() throws -> Int {
    let path = path.key("batchSize")
    guard file.order == .miniBatch else {
      if file.batchSize != nil {
        throw Fault(path, "belongs to order: \"mini-batch\"; the order is \(file.order.rawValue)")
      }
      return file.order == .online ? 1 : exampleCount
    }
    guard let size = file.batchSize?.value else {
      throw Fault(path, "is missing: how many examples a mini-batch has")
    }
    guard (1...exampleCount).contains(size) else {
      throw Fault(path, "\(size) is out of range; allowed: 1 to \(exampleCount), the examples")
    }
    return size
  }

  private func steps(_ batchSize: Int) throws -> Int {
    if file.steps != nil && file.epochs != nil {
      throw Fault(path.key("epochs"), "contradicts steps: write one or the other")
    }
    let name = file.epochs == nil ? "steps" : "epochs"
    let number = (file.epochs ?? file.steps)?.value ?? 1
    guard (1...1_000_000).contains(number) else {
      throw Fault(path.key(name), "\(number) is out of range; allowed: 1 to 1000000")
    }
    return file.epochs == nil ? number : number * ((exampleCount + batchSize - 1) / batchSize)
  }

  /// Fixes a single number, `layers[0].weights[1][0]` or `layers[0].biases[1]`, counted as in the file.
  ///
  /// - Returns: whether the name is one of a number that is there.
  private func fixEntry(_ name: String, _ settings: inout [Sheet.LayerSetting]) -> Bool {
    guard
      let match = name.wholeMatch(
        of: /layers\[(\d{1,4})\]\.(weights|biases)\[(\d+)\](?:\[(\d+)\])?/),
      let layer = Int(match.1), network.layers.indices.contains(layer), let first = Int(match.3)
    else { return false }
    let shape = network.layers[layer].weights.shape
    if match.2 == "biases" {
      let setting = settings[layer]
      guard match.4 == nil, first < shape.rows, setting.hasBiases, !setting.sharesBias else {
        return false
      }
      settings[layer].fixedBiases.insert(first)
      return true
    }
    guard let second = match.4.flatMap({ Int($0) }) else { return false }
    let place = weightRows == .units ? [first, second] : [second, first]
    guard place[0] < shape.rows, place[1] < shape.columns else { return false }
    settings[layer].fixedWeights.insert(place)
    return true
  }

  /// Fixes what a name stands for: `biases`, `layers[1]`, `layers[1].weights`.
  private func fix(_ name: String, _ settings: inout [Sheet.LayerSetting]) {
    for index in settings.indices
    where !name.hasPrefix("layers") || name.hasPrefix("layers[\(index)]") {
      if !name.hasSuffix("biases") { settings[index].trainsWeights = false }
      if !name.hasSuffix("weights") { settings[index].trainsBiases = false }
    }
  }
}
