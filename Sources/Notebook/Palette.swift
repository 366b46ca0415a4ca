import Foundation

/// Viridis in nine stops: ever brighter, so that a grey print and every kind of colour vision keep the
/// order.
enum Palette {
  private static let colours: [[Double]] = [
    [68, 1, 84], [71, 45, 123], [59, 82, 139], [44, 114, 142], [33, 145, 140], [40, 174, 128],
    [94, 201, 98], [173, 220, 48], [253, 231, 37],
  ]

  /// The colour of a share from 0 (dark) to 1 (bright); between two stops in proportion.
  static func colour(_ share: Double) -> String {
    let place = share * Double(colours.count - 1)
    let stop = min(Int(place), colours.count - 2)
    let mixed = zip(colours[stop], colours[stop + 1]).map {
      $0 + (place - Double(stop)) * ($1 - $0)
    }
    return "#" + mixed.map { String(format: "%02x", Int($0.rounded())) }.joined()
  }

  /// The definition of a fill from bottom to top: `fill="url(#palette)"`.
  static var gradient: String {
    let stops = colours.indices.map { index in
      let share = Double(index) / Double(colours.count - 1)
      return "<stop offset=\"\(SVGText.n(share))\" stop-color=\"\(colour(share))\"/>\n"
    }
    return "<linearGradient id=\"palette\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">\n"
      + stops.joined() + "</linearGradient>\n"
  }
}
