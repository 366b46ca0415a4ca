/// One column of a table: a name for the CSV file, a heading for the page, and the cells.
public struct Column: Sendable {
  enum Cells: Sendable {
    case numbers([Double], NumberFormat)
    case texts([String])
  }

  let name: String
  let heading: String
  let cells: Cells

  /// A column of numbers: at full precision in the CSV file, as `format` says on the page.
  public static func numbers(
    _ name: String, _ heading: String, _ values: [Double], _ format: NumberFormat
  ) -> Column {
    Column(name: name, heading: heading, cells: .numbers(values, format))
  }

  /// A column of text.
  public static func texts(_ name: String, _ heading: String, _ values: [String]) -> Column {
    Column(name: name, heading: heading, cells: .texts(values))
  }

  var count: Int {
    switch cells {
    case .numbers(let values, _): values.count
    case .texts(let values): values.count
    }
  }

  private var shown: [String] {
    switch cells {
    case .numbers(let values, let format): values.map { format.text($0) }
    case .texts(let values): values.map(MarkdownRules.cell)
    }
  }

  private var precise: [String] {
    switch cells {
    case .numbers(let values, _): values.map { CSV.text($0) }
    case .texts(let values): values
    }
  }

  private var rule: String {
    if case .numbers = cells { return "---:" }
    return "---"
  }

  static func markdown(_ columns: [Column]) -> String {
    let shown = columns.map(\.shown)
    let rows = (0..<(columns.first?.count ?? 0)).map { row in shown.map { $0[row] } }
    return ([columns.map(\.heading), columns.map(\.rule)] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  static func csv(_ columns: [Column]) -> String {
    let cells = columns.map(\.precise)
    return CSV.text(
      header: columns.map(\.name),
      rows: (0..<(columns.first?.count ?? 0)).map { row in cells.map { $0[row] } })
  }
}
