import Testing

@testable import Notebook

@Suite struct SVGTests {
  private func plot(
    x: Plot.Axis = .init("x"), y: Plot.Axis = .init("y"), _ series: [Plot.Series]
  ) -> Plot {
    Plot(title: "Title", description: "Description.", x: x, y: y, series)
  }

  private let two = [
    Plot.Series("first", x: [0, 1, 2], y: [0, 1, 4]),
    Plot.Series("second", .linePoints, x: [0, 1, 2], y: [4, 1, 0]),
  ]

  // MARK: The document

  @Test func aFigureIsWellFormedWithTitleAndDescription() throws {
    let plot = Plot(
      title: "Loss & <error>", description: "\"It\" falls > 0.", x: .init("a < b"),
      y: .init("σ & η"), [.init("<first>", x: [1], y: [1]), .init("R&D", x: [2], y: [2])])
    let svg = try SVGDocument(plot.svg)
    #expect(svg.elements.prefix(3).map(\.name) == ["svg", "title", "desc"])
    #expect(svg.elements[1].text == "Loss & <error>")
    #expect(svg.elements[2].text == "\"It\" falls > 0.")
    let texts = svg.all("text").map(\.text)
    for text in ["Loss & <error>", "a < b", "σ & η", "<first>", "R&D"] {
      #expect(texts.contains(text))
    }
    #expect(svg.elements[0].attributes["role"] == "img")
    #expect(plot.svg.hasSuffix("</svg>\n"))
  }

  @Test func theBackgroundIsOpaqueAndComesFirst() throws {
    let svg = try SVGDocument(plot(two).svg)
    #expect(svg.elements[3].name == "rect")
    #expect(
      svg.elements[3].attributes == ["width": "100%", "height": "100%", "fill": "#ffffff"])
  }

  @Test func nothingIsLoadedFromElsewhere() {
    let svg = plot(two).svg
    for foreign in ["href", "<script", "<style", "<image", "@import"] {
      #expect(!svg.contains(foreign))
    }
    #expect(svg.contains("font-family=\"sans-serif\""))
  }

  @Test func theSameDataGiveTheSameBytes() {
    #expect(plot(two).svg == plot(two).svg)
  }

  // MARK: Coordinates

  @Test func aPointLiesWhereTheAxesSay() throws {
    let svg = try SVGDocument(
      plot(
        x: .init("x", range: 0...10), y: .init("y", range: 0...1),
        [.init("points", .points, x: [0, 5, 10], y: [0, 0.5, 1])]
      ).svg)
    #expect(svg.marks.map(\.name) == ["circle", "circle", "circle"])
    #expect(svg.marks.map { $0.number("cx") } == [62, 263, 464])
    #expect(svg.marks.map { $0.number("cy") } == [292, 165, 38])
  }

  @Test func aPointOnALogarithmicAxisLiesByItsExponent() throws {
    let svg = try SVGDocument(
      plot(
        y: .init("y", .logarithmic, range: 0.01...1),
        [.init("points", .points, x: [0, 1, 2], y: [0.01, 0.1, 1])]
      ).svg)
    #expect(svg.marks.map { $0.number("cy") } == [292, 165, 38])
  }

  @Test func coordinatesHaveTwoDecimalsAtMost() throws {
    let plot = plot([.init("thirds", over: 0...1, count: 97) { $0 / 3 }])
    #expect(plot.svg.firstMatch(of: /\.\d{3}/) == nil)
    #expect(plot.svg.contains(/\d\.\d\d/))
    #expect(!plot.svg.contains("-0 "))
  }

  @Test func aValueFarOutsideTheRangeKeepsItsCoordinatesSmall() throws {
    let svg = try SVGDocument(
      plot(
        y: .init("y", range: 0...1), [.init("steep", x: [0, 1, 2], y: [-1e30, 0.5, 1e300])]
      ).svg)
    #expect(svg.coordinates.allSatisfy { abs($0) < 1500 })
  }

  @Test(
    arguments: [
      [0.0], [5.0], [0.0, 0.0], [1e-300, 2e-300], [-1e12, 1e12], [0.1, 0.1 + 1e-9], [1e17, 1e17],
      [.nan, 1], [.infinity, -.infinity], [],
    ] as [[Double]])
  func anyDataGivesAFigureWithFiniteCoordinates(values: [Double]) throws {
    for scale in [Plot.Axis.Scale.linear, .logarithmic] {
      let axis = Plot.Axis("value", scale)
      let svg = plot(
        x: axis, y: axis, [.init("data", .linePoints, x: values, y: values)]
      ).svg
      let document = try SVGDocument(svg)
      #expect(document.coordinates.allSatisfy { $0.isFinite && abs($0) < 1500 })
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  // MARK: Series

  @Test func aLogarithmicAxisSkipsWhatItHasNoPlaceFor() throws {
    let svg = try SVGDocument(
      plot(
        y: .init("y", .logarithmic),
        [.init("loss", .points, x: [0, 1, 2, 3], y: [0, 0.1, -1, 0.01])]
      ).svg)
    #expect(svg.marks.count == 2)
  }

  @Test func aSeriesWithNothingToDrawHasNoPath() throws {
    let svg = try SVGDocument(
      plot(y: .init("y", .logarithmic), [.init("zeros", x: [0, 1], y: [0, 0])]).svg)
    #expect(svg.marks.isEmpty)
  }

  @Test func aLineIsOnePathAndPointsAreMarkers() throws {
    let svg = try SVGDocument(plot(two).svg)
    #expect(svg.marks.map(\.name) == ["path", "path", "rect", "rect", "rect"])
    #expect(svg.marks[0].attributes["d"]?.split(separator: "L").count == 3)
  }

  @Test func seriesDifferInColourAndDash() throws {
    let many = (1...6).map { Plot.Series("s\($0)", x: [0, 1], y: [0, Double($0)]) }
    let paths = try SVGDocument(plot(many).svg).marks
    #expect(Set(paths.map { $0.attributes["stroke"] }).count == 6)
    #expect(Set(paths.map { $0.attributes["stroke-dasharray"] }).count == 6)
  }

  @Test func moreSeriesThanColoursStillDiffer() throws {
    let many = (1...12).map { Plot.Series("s\($0)", x: [0, 1], y: [0, Double($0)]) }
    let looks = try SVGDocument(plot(many).svg).marks.map {
      "\($0.attributes["stroke"] ?? "") \($0.attributes["stroke-dasharray"] ?? "")"
    }
    #expect(Set(looks).count == 12)
  }

  @Test func onlySeveralSeriesHaveALegend() throws {
    let one = try SVGDocument(plot([two[0]]).svg).all("text").map(\.text)
    let both = try SVGDocument(plot(two).svg).all("text").map(\.text)
    #expect(!one.contains("first"))
    #expect(both.contains("first") && both.contains("second"))
  }

  @Test func aLongLegendGoesOnInAnotherRow() throws {
    let many = (1...5).map { Plot.Series("a series of long name \($0)", x: [0, 1], y: [0, 1]) }
    let texts = try SVGDocument(plot(many).svg).all("text").filter { $0.text.contains("series") }
    #expect(Set(texts.map { $0.number("y") }).count == 3)
    #expect(texts.allSatisfy { $0.number("x")! >= 0 && $0.number("x")! < 480 })
  }

  // MARK: Ticks

  @Test(
    arguments: [
      (0.0...1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (0...100, ["0", "20", "40", "60", "80", "100"]),
      (-1...1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
      (0...0.05, ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05"]),
    ] as [(ClosedRange<Double>, [String])])
  func aLinearAxisHasRoundTicks(range: ClosedRange<Double>, labels: [String]) throws {
    #expect(try tickLabels(.init("y", range: range)) == labels)
  }

  @Test(
    arguments: [
      (0.01...1, ["10⁻²", "10⁻¹", "10⁰"]), (1...1e14, ["10⁰", "10²", "10⁴", "10⁶", "10⁸"]),
    ] as [(ClosedRange<Double>, [String])])
  func aLogarithmicAxisHasPowersOfTen(range: ClosedRange<Double>, labels: [String]) throws {
    #expect(try tickLabels(.init("y", .logarithmic, range: range)).starts(with: labels))
  }

  /// The labels at the left edge, from the bottom up.
  private func tickLabels(_ axis: Plot.Axis) throws -> [String] {
    try SVGDocument(plot(y: axis, [.init("data", x: [0, 1], y: [1, 1])]).svg).all("text")
      .filter { $0.attributes["text-anchor"] == "end" }.map(\.text)
  }
}
