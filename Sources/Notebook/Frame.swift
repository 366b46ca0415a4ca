/// Where the data of a figure are drawn, in the figure's coordinates.
struct Frame {
  let left, right, top, bottom: Double

  /// The element `rect` of this place, with further attributes.
  func rect(_ attributes: String = "") -> String {
    """
    <rect x="\(SVGText.n(left))" y="\(SVGText.n(top))" width="\(SVGText.n(right - left))" \
    height="\(SVGText.n(bottom - top))"\(attributes.isEmpty ? "" : " ")\(attributes)/>
    """
  }

  /// The path to which a figure's data are cut: `clip-path="url(#frame)"`.
  var clipPath: String { "<clipPath id=\"frame\">\(rect())</clipPath>\n" }

  /// The numbers along both axes and the axes' names.
  func labels(x: Plot.Axis, _ xScale: Scale, y: Plot.Axis, _ yScale: Scale) -> String {
    var svg = ""
    for tick in xScale.ticks {
      svg += SVGText.text(
        tick.label, x: xScale.position(tick.value), y: bottom + 17, anchor: "middle")
    }
    for tick in yScale.ticks {
      svg += SVGText.text(
        tick.label, x: left - 6, y: yScale.position(tick.value) + 4.5, anchor: "end")
    }
    svg += SVGText.text(
      x.label, x: (left + right) / 2, y: bottom + 38, anchor: "middle",
      style: "font-style=\"italic\"")
    return svg + upright(y.label, x: 14)
  }

  /// A name that is read from the bottom up, halfway up the frame.
  func upright(_ text: String, x: Double) -> String {
    let y = (top + bottom) / 2
    return SVGText.text(
      text, x: x, y: y, anchor: "middle",
      style: "font-style=\"italic\" transform=\"rotate(-90 \(SVGText.n(x)) \(SVGText.n(y)))\"")
  }
}
