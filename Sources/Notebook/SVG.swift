import Foundation
import NeuralNetwork

extension Plot {
  /// The figure as SVG: opaque, without fonts, links or scripts of its own, every coordinate with two
  /// decimals, readable at the width of a phone.
  public var svg: String {
    let legend = legendRows()
    let top = 38 + 18 * Double(legend.count)
    let frame = Frame(left: 62, right: Self.width - 16, top: top, bottom: Self.height - 48)
    let xScale = Scale(
      x, values: series.flatMap { $0.points.map(\.x) }, from: frame.left, to: frame.right)
    let yScale = Scale(
      y, values: series.flatMap { $0.points.map(\.y) }, from: frame.bottom, to: frame.top)

    var svg = SVGText.opening(
      title: title, description: description, width: Self.width, height: Self.height)
    svg += frame.clipPath
    for (row, entries) in legend.enumerated() {
      svg += legendRow(entries, y: 40 + 18 * Double(row))
    }
    svg += axes(xScale, yScale, frame)
    svg += "<g clip-path=\"url(#frame)\" fill=\"none\" stroke-linejoin=\"round\">\n"
    for (index, series) in series.enumerated() {
      svg += marks(of: series, Look(index), xScale, yScale)
    }
    return svg + "</g>\n</svg>\n"
  }

  private static let width = 480.0
  private static let height = 340.0

  /// Colour, dash and marker of a series: three differences, so that a grey print still tells them
  /// apart. The colours are Okabe and Ito's, chosen for every kind of colour vision.
  private struct Look {
    let color: String
    let dash: String
    let isSquare: Bool

    init(_ index: Int) {
      let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#000000"]
      let dashes = ["", "7 4", "2 3", "10 3 2 3", "14 4", "5 2 1 2 1 2"]
      color = colors[index % colors.count]
      // With more series than colours, the second round has other dashes.
      dash = dashes[(index + index / colors.count) % dashes.count]
      isSquare = index % 2 == 1
    }

    var stroke: String {
      "stroke=\"\(color)\" stroke-width=\"2\""
        + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
    }

    func marker(_ x: Double, _ y: Double) -> String {
      isSquare
        ? "<rect x=\"\(n(x - 3.5))\" y=\"\(n(y - 3.5))\" width=\"7\" height=\"7\" fill=\"\(color)\"/>\n"
        : "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"4\" fill=\"\(color)\"/>\n"
    }
  }

  // MARK: Legend

  private typealias Entry = (series: Series, look: Look, width: Double)

  /// The series' names in rows that fit the width; none for a single series.
  private func legendRows() -> [[Entry]] {
    guard series.count > 1 else { return [] }
    var rows: [[Entry]] = [[]]
    var used = 0.0
    for (index, series) in series.enumerated() {
      let width = 46 + 7 * Double(series.name.count)
      if used + width > Self.width - 20 && !rows[rows.count - 1].isEmpty {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append((series, Look(index), width))
      used += width
    }
    return rows
  }

  private func legendRow(_ entries: [Entry], y: Double) -> String {
    var x = (Self.width - entries.map(\.width).reduce(0, +)) / 2
    var svg = ""
    for (series, look, width) in entries {
      if series.style != .points {
        svg +=
          "<line x1=\"\(n(x))\" y1=\"\(n(y))\" x2=\"\(n(x + 24))\" y2=\"\(n(y))\" \(look.stroke)/>\n"
      }
      if series.style != .line { svg += look.marker(x + 12, y) }
      svg += "<text x=\"\(n(x + 29))\" y=\"\(n(y + 4.5))\">\(escaped(series.name))</text>\n"
      x += width
    }
    return svg
  }

  // MARK: Axes and data

  private func axes(_ xScale: Scale, _ yScale: Scale, _ frame: Frame) -> String {
    var svg = "<g stroke=\"#e2e2e2\" stroke-width=\"1\">\n"
    for tick in xScale.ticks {
      let x = xScale.position(tick.value)
      svg +=
        "<line x1=\"\(n(x))\" y1=\"\(n(frame.top))\" x2=\"\(n(x))\" y2=\"\(n(frame.bottom))\"/>\n"
    }
    for tick in yScale.ticks {
      let y = yScale.position(tick.value)
      svg +=
        "<line x1=\"\(n(frame.left))\" y1=\"\(n(y))\" x2=\"\(n(frame.right))\" y2=\"\(n(y))\"/>\n"
    }
    svg += "</g>\n"
    svg += """
      <path d="M\(n(frame.left)) \(n(frame.top))V\(n(frame.bottom))H\(n(frame.right))" fill="none" \
      stroke="#555"/>

      """
    return svg + frame.labels(x: x, xScale, y: y, yScale)
  }

  private func marks(of series: Series, _ look: Look, _ xScale: Scale, _ yScale: Scale) -> String {
    let points = series.points.filter { xScale.shows($0.x) && yScale.shows($0.y) }
      .map { (x: xScale.position($0.x), y: yScale.position($0.y)) }
    guard !points.isEmpty else { return "" }
    var svg = ""
    if series.style != .points {
      let path = points.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L")
      svg += "<path d=\"M\(path)\" \(look.stroke)/>\n"
    }
    if series.style != .line {
      for point in points { svg += look.marker(point.x, point.y) }
    }
    return svg
  }
}

private func n(_ value: Double) -> String { SVGText.n(value) }
private func escaped(_ text: String) -> String { SVGText.escaped(text) }
