import NeuralNetwork

/// The time of one epoch as the task grows: in proportion to examples, parameters and layers.
struct Growth {
  let what: String
  let size: Int
  let nanoseconds: Double

  static func measure() throws -> [Growth] {
    func time(_ what: String, _ size: Int, _ shape: Case) throws -> Growth {
      let epoch = try shape.trainer()
      try epoch()
      let clock = ContinuousClock()
      let times = try (0..<5).map { _ in try clock.measure { try epoch() }.inSeconds }.sorted()
      return Growth(what: what, size: size, nanoseconds: times[2] * 1e9)
    }
    func shape(_ sizes: [Int], examples: Int) -> Case {
      Case(letter: "-", name: "", sizes: sizes, batch: 32, examples: examples, isFloat: true)
    }
    return try [320, 3200, 32000, 320_000].map {
      try time("examples", $0, shape([64, 32, 10], examples: $0))
    }
      + [32, 320, 3200, 32000].map {
        try time("parameters", 64 * $0 + $0 + 10 * $0 + 10, shape([64, $0, 10], examples: 640))
      }
      + [2, 20, 200, 2000].map {
        try time(
          "layers", $0,
          shape([64] + Array(repeating: 32, count: $0 - 1) + [10], examples: 640))
      }
  }
}
