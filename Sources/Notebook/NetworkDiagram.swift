/// A drawing of a network: a circle a unit, a line a weight, one weight picked out.
public struct NetworkDiagram: Figure {
  public let title: String
  public let description: String
  let sizes: [Int]
  let showsBiasUnits: Bool
  let weight: (layer: Int, unit: Int, source: Int)
  let weightName: String
  let layerNames: [String]

  /// - Parameters:
  ///   - sizes: units a layer, the input first.
  ///   - showsBiasUnits: whether a unit that is always 1 is drawn above each layer but the last.
  ///   - weight: the layer 1…L that the weight leads to, the unit there and the source below, from 1.
  ///   - weightName: what the weight is called, in plain text.
  ///   - layerNames: one a layer, in plain text.
  public init(
    title: String, description: String, sizes: [Int], showsBiasUnits: Bool,
    weight: (layer: Int, unit: Int, source: Int), weightName: String, layerNames: [String]
  ) {
    precondition(layerNames.count == sizes.count, "one name a layer")
    self.title = title
    self.description = description
    self.sizes = sizes
    self.showsBiasUnits = showsBiasUnits
    self.weight = weight
    self.weightName = weightName
    self.layerNames = layerNames
  }

  /// Every weight: the layer it leads to, from and to which unit, and whether it is picked out.
  public var csv: String {
    CSV.text(
      header: ["layer", "from_unit", "to_unit", "highlighted"],
      rows: edges.map { [$0.layer, $0.source, $0.unit, isPicked($0) ? 1 : 0].map { String($0) } })
  }

  private var edges: [(layer: Int, unit: Int, source: Int)] {
    sizes.indices.dropFirst().flatMap { layer in
      ((showsBiasUnits ? 0 : 1)...sizes[layer - 1]).flatMap { source in
        (1...sizes[layer]).map { unit in (layer, unit, source) }
      }
    }
  }

  private func isPicked(_ edge: (layer: Int, unit: Int, source: Int)) -> Bool { edge == weight }

  public var svg: String {
    var svg = SVGText.opening(
      title: title, description: description, width: Self.width, height: Self.height)
    for edge in edges where !isPicked(edge) {
      svg += line(edge, "stroke=\"#9aa7b0\" stroke-width=\"1\"")
    }
    svg += line(weight, "stroke=\"#d55e00\" stroke-width=\"3\"")
    for layer in sizes.indices {
      for unit in (showsBiasUnits && layer < sizes.count - 1 ? 0 : 1)...sizes[layer] {
        svg += circle(layer, unit)
      }
      svg += SVGText.text(
        layerNames[layer], x: x(layer), y: Self.height - 12, anchor: "middle",
        style: "font-style=\"italic\"")
    }
    // The name stands beside the arrow, nearer its source, on paper white.
    let from = (x(weight.layer - 1), y(weight.layer - 1, weight.source))
    let to = (x(weight.layer), y(weight.layer, weight.unit))
    let middle = (from.0 + (to.0 - from.0) * 0.5, from.1 + (to.1 - from.1) * 0.5)
    let half = 5 + 4.2 * Double(weightName.count)
    svg += """
      <rect x="\(SVGText.n(middle.0 - half))" y="\(SVGText.n(middle.1 - 11))" \
      width="\(SVGText.n(2 * half))" height="21" rx="4" fill="#ffffff" stroke="#d55e00"/>

      """
    svg += SVGText.text(
      weightName, x: middle.0, y: middle.1 + 4.5, anchor: "middle", style: "fill=\"#a04000\"")
    return svg + "</svg>\n"
  }

  private static let width = 480.0
  private static let height = 320.0

  private func x(_ layer: Int) -> Double {
    60 + (Self.width - 120) * Double(layer) / Double(max(sizes.count - 1, 1))
  }

  private func y(_ layer: Int, _ unit: Int) -> Double {
    let rows = Double((sizes.max() ?? 1) + (showsBiasUnits ? 1 : 0))
    let step = min(56, (Self.height - 90) / rows)
    let count = Double(sizes[layer] + (showsBiasUnits && layer < sizes.count - 1 ? 1 : 0))
    let first = showsBiasUnits && layer < sizes.count - 1 ? 0 : 1
    return 40 + (Self.height - 90) / 2 + step * (Double(unit - first) - (count - 1) / 2)
  }

  private func line(_ edge: (layer: Int, unit: Int, source: Int), _ style: String) -> String {
    """
    <line x1="\(SVGText.n(x(edge.layer - 1)))" y1="\(SVGText.n(y(edge.layer - 1, edge.source)))" \
    x2="\(SVGText.n(x(edge.layer)))" y2="\(SVGText.n(y(edge.layer, edge.unit)))" \(style)/>

    """
  }

  private func circle(_ layer: Int, _ unit: Int) -> String {
    let place = "cx=\"\(SVGText.n(x(layer)))\" cy=\"\(SVGText.n(y(layer, unit)))\""
    let isBias = unit == 0
    return
      "<circle \(place) r=\"16\" fill=\"\(isBias ? "#fff3c4" : "#dcecf7")\" stroke=\"#33566e\"/>\n"
      + SVGText.text(
        isBias ? "+1" : "\(unit)", x: x(layer), y: y(layer, unit) + 4.5, anchor: "middle")
  }
}
