/// Comma-separated values after RFC 4180, with LF line ends and `snake_case` headers.
public enum CSV {
  /// One record and the line of the file it starts on.
  public struct Record: Equatable, Sendable {
    public let line: Int
    public let fields: [String]
  }

  /// The text of a table: the header, then one line a row.
  public static func text(header: [String], rows: [[String]]) -> String {
    ([header] + rows).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// Full precision: the shortest text that reads back as the same number.
  public static func text(_ number: Double) -> String {
    if number == 0 { return "0" }
    if number == number.rounded() && abs(number) < 1e15 { return String(Int(number)) }
    return number.isNaN ? "" : number.description
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  /// Reads records by name of column.
  ///
  /// - Throws: `Diagnostic` for an unclosed quote, a wrong header or a record of another length.
  public static func read(_ text: String, path: String, header: [String]) throws -> [Record] {
    let records = try parse(text, path: path)
    guard records.first?.fields == header else {
      throw Diagnostic(path, 1, "the header must be \(header.joined(separator: ","))")
    }
    for record in records where record.fields.count != header.count {
      throw Diagnostic(
        path, record.line, "expected \(header.count) fields, found \(record.fields.count)")
    }
    return Array(records.dropFirst())
  }

  /// Splits a text into records.
  public static func parse(_ text: String, path: String) throws -> [Record] {
    var records: [Record] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var line = 1
    var start = 1
    var characters = Array(text)[...]
    if let last = characters.last, !last.isNewline { characters.append("\n") }
    while let character = characters.popFirst() {
      if isQuoted {
        if character == "\"" {
          if characters.first == "\"" {
            field.append("\"")
            characters.removeFirst()
          } else {
            isQuoted = false
          }
        } else {
          if character.isNewline { line += 1 }
          field.append(character)
        }
      } else if character == "\"" && field.isEmpty {
        isQuoted = true
      } else if character == "," {
        fields.append(field)
        field = ""
      } else if character.isNewline {
        records.append(Record(line: start, fields: fields + [field]))
        fields = []
        field = ""
        line += 1
        start = line
      } else {
        field.append(character)
      }
    }
    guard !isQuoted else { throw Diagnostic(path, start, "a quoted field is not closed") }
    return records
  }
}
