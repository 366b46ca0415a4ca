import NeuralNetwork

/// A figure of a function over a rectangle: a coloured cell a value, from dark (low) to bright (high).
public struct HeatMap: Figure {
  /// A point that is picked out, and what it is called.
  public struct Mark: Sendable {
    let label: String
    let x, y: Double

    public init(_ label: String, x: Double, y: Double) {
      self.label = label
      self.x = x
      self.y = y
    }
  }

  public let title: String
  public let description: String
  let x, y: Plot.Axis
  let valueLabel: String
  let columns, rows: [Double]
  let values: [[Double]]
  let marks: [Mark]
  /// What the palette's ends stand for. A constant has the colour of the middle.
  private let low, high: Double

  /// - Parameters:
  ///   - x, y: the axes; without a range they reach from the first to the last column or row.
  ///   - valueLabel: stands beside the colour bar.
  ///   - columns: the x values, increasing.
  ///   - rows: the y values, increasing: the first row is drawn at the bottom.
  ///   - values: the function's values, `values[row][column]`; one that is not finite is drawn grey.
  public init(
    title: String, description: String, x: Plot.Axis, y: Plot.Axis, valueLabel: String,
    columns: [Double], rows: [Double], values: [[Double]], marks: [Mark] = []
  ) {
    for (name, places) in [("columns", columns), ("rows", rows)] {
      precondition(places.count > 1, "\(title): a heat map needs at least two \(name)")
      precondition(
        zip(places, places.dropFirst()).allSatisfy(<), "\(title): the \(name) must increase")
    }
    precondition(
      values.count == rows.count, "\(title): \(values.count) rows of values, \(rows.count) rows")
    precondition(
      values.allSatisfy { $0.count == columns.count },
      "\(title): every row must have a value for each of the \(columns.count) columns")
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.valueLabel = valueLabel
    self.columns = columns
    self.rows = rows
    self.values = values
    self.marks = marks
    let finite = values.joined().filter(\.isFinite)
    let (lowest, highest) = (finite.min() ?? 0, finite.max() ?? 0)
    let room = lowest < highest ? 0 : max(1, abs(highest) / 2)
    (low, high) = (lowest - room, highest + room)
  }

  /// The data in long form, row by row: `x,y,value`.
  public var csv: String {
    CSV.text(
      header: ["x", "y", "value"],
      rows: zip(rows, values).flatMap { y, values in
        zip(columns, values).map { x, value in [x, y, value].map { CSV.text($0) } }
      })
  }

  public var svg: String {
    let frame = Frame(left: 62, right: 352, top: 36, bottom: 326)
    let xScale = Scale(fitted(x, columns), values: [], from: frame.left, to: frame.right)
    let yScale = Scale(fitted(y, rows), values: [], from: frame.bottom, to: frame.top)
    var svg = SVGText.opening(title: title, description: description, width: 480, height: 374)
    svg += frame.clipPath + frame.labels(x: x, xScale, y: y, yScale) + colourBar(beside: frame)
    for position in xScale.ticks.map({ xScale.position($0.value) }) {
      svg +=
        "<path d=\"M\(n(position)) \(n(frame.bottom))V\(n(frame.bottom + 4))\" stroke=\"#555\"/>\n"
    }
    for position in yScale.ticks.map({ yScale.position($0.value) }) {
      svg += "<path d=\"M\(n(frame.left)) \(n(position))H\(n(frame.left - 4))\" stroke=\"#555\"/>\n"
    }
    svg += "<g clip-path=\"url(#frame)\" shape-rendering=\"crispEdges\">\n"
    let across = edges(columns.map(xScale.position))
    let upward = edges(rows.map(yScale.position))
    for row in rows.indices {
      for column in columns.indices {
        let cell = Frame(
          left: across[column], right: across[column + 1], top: upward[row + 1], bottom: upward[row]
        )
        svg += cell.rect("fill=\"\(colour(values[row][column]))\"") + "\n"
      }
    }
    svg += "</g>\n"
    for mark in marks {
      let (x, y) = (xScale.position(mark.x), yScale.position(mark.y))
      svg += "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"5\" fill=\"#ffffff\" stroke=\"#222\"/>\n"
      svg += SVGText.text(
        mark.label, x: x, y: y - 10, anchor: "middle",
        style:
          "stroke=\"#ffffff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
    }
    return svg + "</svg>\n"
  }

  private func colour(_ value: Double) -> String {
    value.isFinite ? Palette.colour((value - low) / (high - low)) : "#bbbbbb"
  }

  /// The palette from bottom to top, with five numbers from the lowest value to the highest.
  private func colourBar(beside frame: Frame) -> String {
    let bar = Frame(left: 374, right: 390, top: frame.top, bottom: frame.bottom)
    let step = (high - low) / 4
    let decimals = DecimalDigits(step).rounded(toSignificant: 2).decimals
    var svg = Palette.gradient + bar.rect("fill=\"url(#palette)\"") + "\n"
    for index in 0...4 {
      let y = bar.bottom + (bar.top - bar.bottom) * Double(index) / 4
      let value = DecimalDigits(low + Double(index) * step).rounded(toDecimals: decimals)
      let label = value.text(decimals: decimals).replacing("-", with: "−")
      svg += "<path d=\"M\(n(bar.right)) \(n(y))H\(n(bar.right + 4))\" stroke=\"#555\"/>\n"
      svg += SVGText.text(label, x: bar.right + 8, y: y + 4.5, anchor: "start")
    }
    return svg + bar.upright(valueLabel, x: 446)
  }

  /// The borders of cells around these positions: halfway between two, and as far outside the first
  /// and the last. What lies outside the frame is cut off. Rounded, so that neighbours meet.
  private func edges(_ positions: [Double]) -> [Double] {
    let last = positions.count - 1
    let inner = zip(positions, positions.dropFirst()).map { ($0 + $1) / 2 }
    let all = [2 * positions[0] - inner[0]] + inner + [2 * positions[last] - inner[last - 1]]
    return all.map { ($0 * 100).rounded() / 100 }
  }

  /// The axis with a range: its own, or from the first place to the last.
  private func fitted(_ axis: Plot.Axis, _ places: [Double]) -> Plot.Axis {
    Plot.Axis(axis.label, axis.scale, range: axis.range ?? places[0]...places[places.count - 1])
  }
}

private func n(_ value: Double) -> String { SVGText.n(value) }
