extension Double {
  /// Whether the number differs from `expected` by at most `relative` times the size of `expected`.
  func isClose(to expected: Double, relative: Double) -> Bool {
    (self - expected).magnitude <= relative * expected.magnitude
  }

  /// Whether the number differs from `expected` by at most `absolute`.
  func isClose(to expected: Double, absolute: Double) -> Bool {
    (self - expected).magnitude <= absolute
  }
}

extension [Double] {
  /// Whether the lists are equally long and each number is close to its partner.
  func isClose(to expected: [Double], relative: Double) -> Bool {
    count == expected.count
      && zip(self, expected).allSatisfy { $0.isClose(to: $1, relative: relative) }
  }

  /// Whether the lists are equally long and each number is close to its partner.
  func isClose(to expected: [Double], absolute: Double) -> Bool {
    count == expected.count
      && zip(self, expected).allSatisfy { $0.isClose(to: $1, absolute: absolute) }
  }
}
