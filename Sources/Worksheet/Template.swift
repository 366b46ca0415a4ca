import NeuralNetwork
import Notebook

/// A new worksheet file with comments, for given layer sizes.
struct Template {
  let sizes: [Int]

  /// - Parameter text: sizes such as `2-3-1`, the input first.
  /// - Throws: `Diagnostic` for anything else.
  init(_ text: String) throws {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (2...10).contains(parts.count), parts.allSatisfy({ (1...30).contains($0 ?? 0) }) else {
      throw Diagnostic(
        "--template", nil,
        "'\(text.prefix(40))' is no list of layer sizes; write 2 to 10 numbers from 1 to 30, the "
          + "input first, such as 2-3-1")
    }
    sizes = parts.map { $0! }
  }

  var text: String {
    var generator = SplitMix64(seed: 2)
    func number() -> String {
      let tenths = 1 + generator.index(below: 9)
      return (generator.index(below: 3) == 0 ? "-" : "") + "0.\(tenths)"
    }
    func list(_ count: Int) -> String {
      "[" + (0..<count).map { _ in number() }.joined(separator: ", ") + "]"
    }
    let inputs = list(sizes[0])
    let layers = zip(sizes, sizes.dropFirst()).enumerated().map { index, size in
      let rows = (0..<size.1).map { _ in "        \(list(size.0)),\n" }.joined()
      return """
            { // layer \(index + 1): \(count(size.0, "input")), \(count(size.1, "unit"))
              weights: [ // one row a unit, one column an input
        \(rows)      ],
              biases: \(list(size.1)), // one a unit; leave it out for a layer without biases
              activation: "sigmoid", // sigmoid, tanh, ReLU, leaky ReLU, ELU, softmax, identity, step
            },

        """
    }
    let outputs = sizes[sizes.count - 1]
    let targets = (0..<outputs).map { $0 == 0 ? "1" : "0" }.joined(separator: ", ")
    return """
      // A worksheet: a network with numbers, to be worked in full.
      // Change what you like; every field is explained in notebooks/worksheets/README.md.
      {
        title: "A \(sizes.map(String.init).joined(separator: "-")) network",

        inputs: [\(inputs)], // one example a row
        targets: [[\(targets)]], // what the outputs should be, one example a row

        layers: [
      \(layers.joined())  ],

        loss: {
          kind: "half squared error", // or squared error, binary cross-entropy, softmax cross-entropy
          outputs: "sum", // over the outputs: sum or mean
          examples: "mean", // over the examples: sum or mean
        },

        training: {
          learningRate: 0.5,
          steps: 1, // one step is one update
          order: "full batch", // or online, or mini-batch with a batchSize
        },
      }

      """
  }
}
