import Foundation
import Testing

@testable import Notebook

/// A drawing of a network and its edges.
@Suite struct NetworkDiagramTests {
  private func diagram(biases: Bool) -> NetworkDiagram {
    NetworkDiagram(
      title: "Net", description: "A net", sizes: [2, 2, 1], showsBiasUnits: biases,
      weight: (layer: 1, unit: 2, source: 1), weightName: "W₂₁",
      layerNames: ["input", "hidden", "output"])
  }

  @Test("Its data are the edges, the one that is picked out marked")
  func edges() {
    #expect(
      diagram(biases: false).csv == """
        layer,from_unit,to_unit,highlighted
        1,1,1,0
        1,1,2,1
        1,2,1,0
        1,2,2,0
        2,1,1,0
        2,2,1,0

        """)
  }

  @Test("Bias units add an edge to every unit of the next layer")
  func biasEdges() {
    let rows = diagram(biases: true).csv.split(separator: "\n").dropFirst()
    #expect(rows.count == 6 + 2 + 1)
    #expect(rows.filter { $0.split(separator: ",")[1] == "0" }.count == 3)
  }

  @Test("It draws a circle a unit and a line a weight")
  func drawing() {
    for (biases, units, lines) in [(false, 5, 6), (true, 7, 9)] {
      let svg = diagram(biases: biases).svg
      func count(_ text: String) -> Int { svg.components(separatedBy: text).count - 1 }
      #expect(count("<circle ") == units)
      #expect(count("<line ") == lines)
      #expect(count("stroke=\"#d55e00\" stroke-width=\"3\"") == 1)
      #expect(svg.contains("<title>Net</title>\n<desc>A net</desc>"))
      #expect(svg.contains(">W₂₁</text>"))
    }
  }
}
