import NeuralNetwork
import Notebook

/// The worksheet to hand out: what is given stands there, what is to be solved is blank.
struct StudentSheet {
  let files: [OutputFile]

  /// - Throws: `Diagnostic` when a solved value stands in a file.
  ///
  /// - Parameter constants: the further numbers that the worksheet states, such as the learning rate.
  init(_ values: Values, further: [OutputFile] = [], stating constants: [Double] = []) throws {
    files = [OutputFile(name: "values.csv", text: values.csv(solved: false))] + further
    for file in files {
      if let leak = try Self.leak(of: values, in: file, constants) {
        throw Diagnostic(
          file.name, nil,
          "holds \(leak.text), which solves \(leak.key.description); nothing was written")
      }
    }
  }

  /// The first number in a file that is a solved value, exactly or rounded or cut off to three digits or
  /// more. A number that the worksheet states is no leak, whatever else it equals.
  static func leak(
    of values: Values, in file: OutputFile, _ constants: [Double] = []
  ) throws -> (text: String, key: Value.Key)? {
    let given = values.all.filter(\.isGiven).map(\.value)
    let solved = values.all.filter { !$0.isGiven }
    let written = try numbers(in: file).compactMap { text in Answer(text).map { (text, $0) } }
      .filter { _, answer in
        answer.significant >= 3 && !given.contains(answer.value)
          && !constants.contains(where: answer.isExactly)
      }
    // One look-up for each way of rounding that occurs in the file.
    for decimals in Set(written.map(\.1.decimals)).sorted() {
      var known: [Double: Value.Key] = [:]
      for value in solved where !given.contains(value.value) {
        let digits = DecimalDigits(value.value)
        for rule in [DecimalDigits.Rule.halfAwayFromZero, .towardZero] {
          let number = digits.rounded(toDecimals: decimals, rule).value
          if known[number] == nil { known[number] = value.key }
        }
      }
      for (text, answer) in written where answer.decimals == decimals {
        if let key = known[answer.value] ?? known[-answer.value] { return (text, key) }
      }
    }
    return nil
  }

  /// The numbers of a table's value column; of another file, every number.
  private static func numbers(in file: OutputFile) throws -> [String] {
    if file.name.hasSuffix(".csv") {
      let records = try CSV.parse(file.text, path: file.name)
      if let column = records.first?.fields.firstIndex(of: "value") {
        return records.dropFirst().compactMap {
          $0.fields.indices.contains(column) ? $0.fields[column] : nil
        }
      }
    }
    let isPart = { (character: Character) in
      character.isASCII && character.isNumber || ".eE".contains(character)
    }
    return file.text.split { !isPart($0) }.map { $0.trimmingSuffix { !$0.isNumber } }
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
    var rest = self
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return String(rest)
  }
}
