import Testing

@testable import Notebook

@Suite struct PlotTests {
  @Test func theDataAreInLongForm() {
    let plot = Plot(
      title: "Loss", description: "It falls.", x: .init("step"), y: .init("loss"),
      [
        .init("η = 0.1, slow", x: [0, 1], y: [0.1 + 0.2, 0.5]),
        .init("points", .points, x: [2], y: [1e-7]),
      ])
    #expect(
      plot.csv == """
        series,x,y
        "η = 0.1, slow",0,0.30000000000000004
        "η = 0.1, slow",1,0.5
        points,2,1e-07

        """)
  }

  @Test func aFunctionIsSampledAtEqualStepsIncludingBothEnds() {
    let series = Plot.Series("square", over: -1...1, count: 4) { $0 * $0 }
    #expect(series.points.map(\.x) == [-1, -0.5, 0, 0.5, 1])
    #expect(series.points.map(\.y) == [1, 0.25, 0, 0.25, 1])
  }

  @Test func aFunctionThatThrowsStopsTheSeries() {
    struct Undefined: Error {}
    #expect(throws: Undefined.self) {
      try Plot.Series("half", over: -1...1) { x in
        if x > 0 { throw Undefined() }
        return x
      }
    }
  }

  @Test func unequalNumbersOfCoordinatesAreAProgrammersMistake() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Plot.Series("loss", x: [1, 2], y: [1])
    }
    let error = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(error?.contains("loss: 2 x values, 1 y values") == true)
  }
}
