import Testing

@testable import Notebook

/// A function over a rectangle as coloured cells.
@Suite struct HeatMapTests {
  private func map(
    columns: [Double] = [0, 0.5, 1], rows: [Double] = [-1, 1],
    values: [[Double]] = [[0, 1, 2], [3, 4, 1 / 3]], marks: [HeatMap.Mark] = []
  ) -> HeatMap {
    HeatMap(
      title: "Cost & <more>", description: "A < B.", x: .init("x & y"), y: .init("y"),
      valueLabel: "J > 0", columns: columns, rows: rows, values: values, marks: marks)
  }

  private func cells(_ map: HeatMap) throws -> [SVGDocument.Element] {
    try SVGDocument(map.svg).all("rect").filter { $0.parent == "g" }
  }

  @Test("It is well-formed, with title, description and labels")
  func wellFormed() throws {
    let svg = try SVGDocument(map(marks: [.init("R&D", x: 0.5, y: 0)]).svg)
    #expect(svg.elements.prefix(3).map(\.name) == ["svg", "title", "desc"])
    #expect(svg.elements[2].text == "A < B.")
    let texts = svg.all("text").map(\.text)
    for text in ["Cost & <more>", "x & y", "y", "J > 0", "R&D"] { #expect(texts.contains(text)) }
    #expect(map().svg == map().svg)
    #expect(map().svg.firstMatch(of: /\.\d{3}/) == nil)
  }

  @Test("Its data are one row a value, at full precision")
  func data() {
    #expect(
      map().csv == """
        x,y,value
        0,-1,0
        0.5,-1,1
        1,-1,2
        0,1,3
        0.5,1,4
        1,1,0.3333333333333333

        """)
  }

  @Test("A cell a value, the first row at the bottom, without gaps")
  func places() throws {
    let cells = try cells(map())
    #expect(cells.count == 6)
    #expect(cells.map { $0.number("x") } == [-10.5, 134.5, 279.5, -10.5, 134.5, 279.5])
    #expect(cells.map { $0.number("y") } == [181, 181, 181, -109, -109, -109])
    #expect(cells.allSatisfy { $0.number("width") == 145 && $0.number("height") == 290 })
    let uneven = try self.cells(
      map(columns: [0, 1.0 / 3, 1], rows: [0, 1 / 7], values: [[0, 1, 2], [3, 4, 5]]))
    for (left, right) in zip(uneven.prefix(2), uneven.dropFirst()) {
      let end = try #require(left.number("x")) + #require(left.number("width"))
      #expect(abs(try end - #require(right.number("x"))) < 1e-9)
    }
  }

  @Test("The lowest value has the palette's first colour, the highest its last")
  func colours() throws {
    let colours = try cells(map()).map { $0.attributes["fill"] }
    #expect(colours[0] == "#440154")
    #expect(colours[4] == "#fde725")
    #expect(colours[2] == "#21918c")
    #expect(Set(colours).count == 6)
    let ends = try SVGDocument(map().svg).all("stop").map { $0.attributes["stop-color"] }
    #expect(ends.first == colours[0] && ends.last == colours[4])
  }

  @Test("The colour bar has five numbers from the lowest value to the highest")
  func colourBar() throws {
    func labels(_ values: [[Double]]) throws -> [String] {
      try SVGDocument(map(values: values).svg).all("text")
        .filter { $0.attributes["text-anchor"] == "start" }.map(\.text)
    }
    #expect(try labels([[0, 1, 2], [3, 4, 1]]) == ["0", "1", "2", "3", "4"])
    #expect(
      try labels([[1e-44, 0, 0], [0, 0, -1]]) == ["−1.00", "−0.75", "−0.50", "−0.25", "0.00"])
  }

  @Test("A mark lies where the axes say")
  func marks() throws {
    let svg = try SVGDocument(map(marks: [.init("here", x: 0.25, y: 0.5)]).svg)
    #expect(svg.all("circle").map { $0.number("cx") } == [134.5])
    #expect(svg.all("circle").map { $0.number("cy") } == [108.5])
  }

  @Test(
    "Constant and missing values are drawn all the same",
    arguments: [0.0, -7, 1e17, 1e-300, .nan, .infinity])
  func constant(value: Double) throws {
    let row = [value, value, value]
    let map = map(values: [row, row])
    #expect(Set(try cells(map).map { $0.attributes["fill"] }).count == 1)
    #expect(!map.svg.contains("nan") && !map.svg.contains("inf"))
    #expect(try SVGDocument(map.svg).coordinates.allSatisfy { abs($0) < 1500 })
  }
}
