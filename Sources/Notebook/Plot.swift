/// A picture with its data.
public protocol Figure: Sendable {
  /// Stands above the figure and in the SVG's `<title>`.
  var title: String { get }
  /// What the reader should see in it: the caption, and the text for those who cannot see it.
  var description: String { get }
  var svg: String { get }
  /// The data, at full precision.
  var csv: String { get }
}

/// A figure of lines and points over two axes.
public struct Plot: Figure {
  /// How an axis is labelled and divided.
  public struct Axis: Sendable {
    public enum Scale: Sendable {
      case linear
      case logarithmic
    }

    let label: String
    let scale: Scale
    let range: ClosedRange<Double>?

    /// - Parameter range: what is shown; nil fits the data.
    public init(_ label: String, _ scale: Scale = .linear, range: ClosedRange<Double>? = nil) {
      self.label = label
      self.scale = scale
      self.range = range
    }
  }

  /// One line or set of points.
  public struct Series: Sendable {
    public enum Style: Sendable {
      case line
      case points
      case linePoints
    }

    let name: String
    let points: [(x: Double, y: Double)]
    let style: Style

    public init(_ name: String, _ style: Style = .line, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "\(name): \(x.count) x values, \(y.count) y values")
      self.name = name
      self.style = style
      points = zip(x, y).map { ($0, $1) }
    }

    /// The line of a function over a range, at `count` equal steps.
    public init(
      _ name: String, over range: ClosedRange<Double>, count: Int = 200,
      _ function: (Double) throws -> Double
    ) rethrows {
      let x = (0...count).map {
        range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count)
      }
      self.init(name, x: x, y: try x.map(function))
    }
  }

  public let title: String
  public let description: String
  let x: Axis
  let y: Axis
  let series: [Series]

  /// - Parameters:
  ///   - title: stands above the figure and in the SVG's `<title>`.
  ///   - description: what the reader should see in it; the figure's text for those who cannot.
  public init(title: String, description: String, x: Axis, y: Axis, _ series: [Series]) {
    self.title = title
    self.description = description
    self.x = x
    self.y = y
    self.series = series
  }

  /// The data in long form: `series,x,y`.
  public var csv: String {
    CSV.text(
      header: ["series", "x", "y"],
      rows: series.flatMap { series in
        series.points.map { [series.name, CSV.text($0.x), CSV.text($0.y)] }
      })
  }
}
