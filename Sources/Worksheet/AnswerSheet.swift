import Notebook

/// The answers of a student: `values.csv` with the value column filled in.
struct AnswerSheet {
  struct Entry {
    let line: Int
    let key: Value.Key
    let answer: Answer
  }

  let entries: [Entry]
  /// The steps that answers are for.
  var steps: Set<Int> { Set(entries.map(\.key.step)) }

  /// - Throws: `Diagnostic` with file, line and column of what cannot be read.
  init(text: String, path: String) throws {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    let records = try CSV.parse(text, path: path)
    guard let header = records.first, header.fields == Values.header else {
      let isGerman = records.first?.fields.first?.contains(";") == true
      throw Diagnostic(
        path, 1,
        "the header must be \(Values.header.joined(separator: ","))"
          + (isGerman ? "; the columns are separated by commas" : ""))
    }
    var seen: [Value.Key: Int] = [:]
    var entries: [Entry] = []
    for record in records.dropFirst() where record.fields.contains(where: { !$0.isEmpty }) {
      guard record.fields.count == Values.header.count else {
        throw Diagnostic(
          path, record.line,
          "expected \(Values.header.count) fields, found \(record.fields.count)"
            + (record.fields.count > Values.header.count
              ? "; a decimal point is written '.', not ','" : ""))
      }
      let key = try Self.key(record, path)
      if let first = seen.updateValue(record.line, forKey: key) {
        throw Diagnostic(path, record.line, "\(key.description) is on line \(first) already")
      }
      let text = record.fields[6].filter { !$0.isWhitespace }
      if text.isEmpty { continue }
      guard let answer = Answer(text) else {
        throw Diagnostic(
          path, record.line,
          "value: '\(text.prefix(30))' is no number"
            + (text.contains(",") ? "; a decimal point is written '.'" : ""))
      }
      entries.append(Entry(line: record.line, key: key, answer: answer))
    }
    self.entries = entries
  }

  private static func key(_ record: CSV.Record, _ path: String) throws -> Value.Key {
    func number(_ column: Int) throws -> Int? {
      let text = record.fields[column].filter { !$0.isWhitespace }
      if text.isEmpty { return nil }
      guard let number = Int(text) else {
        throw Diagnostic(
          path, record.line,
          "\(Values.header[column]): '\(text.prefix(30))' is no whole number")
      }
      return number
    }
    guard let step = try number(0) else { throw Diagnostic(path, record.line, "step: is blank") }
    return Value.Key(
      step: step, example: try number(1), layer: try number(2),
      quantity: record.fields[3].filter { !$0.isWhitespace }, row: try number(4),
      column: try number(5))
  }
}
