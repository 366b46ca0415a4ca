import NeuralNetwork

/// The pieces that every figure's SVG is made of.
enum SVGText {
  /// The root element, the texts for those who cannot see, an opaque ground and the title.
  static func opening(title: String, description: String, width: Double, height: Double) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" \
    width="\(n(width))" height="\(n(height))" role="img" font-family="sans-serif" \
    font-size="13" fill="#222">
    <title>\(escaped(title))</title>
    <desc>\(escaped(description))</desc>
    <rect width="100%" height="100%" fill="#ffffff"/>
    <text x="\(n(width / 2))" y="21" text-anchor="middle" font-size="15" \
    font-weight="bold">\(escaped(title))</text>

    """
  }

  static func text(
    _ text: String, x: Double, y: Double, anchor: String, style: String = ""
  ) -> String {
    let style = style.isEmpty ? "" : " \(style)"
    return
      "<text x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\"\(style)>\(escaped(text))</text>\n"
  }

  /// A coordinate with two decimals at most.
  static func n(_ value: Double) -> String {
    let short = DecimalDigits(value).rounded(toDecimals: 2)
    return short.text(decimals: short.decimals)
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
